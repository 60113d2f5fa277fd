package main

import (
	"context"
	"io"
	"maps"
	"slices"

	"github.com/spf13/cobra"

	"github.com/throughgate/throughgate/cmd/internal/edge"
	"github.com/throughgate/throughgate/model"
	"github.com/throughgate/throughgate/store"
)

func retentionCommand(d *data) *cobra.Command {
	who := signIn{data: d}
	var out output
	var days int
	var dry bool
	cmd := &cobra.Command{
		Use:   "retention",
		Short: "Remove from this workstation who left the prison long ago",
		Long: "Remove from this workstation everybody who left the prison longer ago than the settings say, and with whom nobody has anything left to do. " +
			"The hub keeps them; when they come back their whole record is fetched. Throughgate does this by itself once a day while it is open. " +
			"With --dry-run it says what it would remove, and removes nothing.",
		Example: "  throughgate retention --dry-run --staff a.khan",
		Args:    cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if days < 0 || days > maxReleaseDays {
				return edge.UsageError("--days must be from 1 to 3660", "183 days are half a year.")
			}
			chosen, err := d.settings()
			if err != nil {
				return err
			}
			switch {
			case days == 0:
				days = chosen.Retention.Days
			case days < chosen.Retention.Days && !dry:
				return edge.UsageError("--days must not be less than the settings say", "See what it would remove with --dry-run.")
			}
			return who.with(cmd, func(session *signedIn) error {
				done, err := session.Retain(cmd.Context(), days, dry)
				if err != nil {
					return err
				}
				return out.print(cmd, done, func(w io.Writer) { retained(w, done) })
			})
		},
	}
	who.flags(cmd)
	out.flags(cmd)
	cmd.Flags().IntVar(&days, "days", 0, "how many days after somebody has left (default: what the settings say)")
	cmd.Flags().BoolVar(&dry, "dry-run", false, "say what would be removed, and remove nothing")
	return cmd
}

// retained says what a run of the retention rule came to.
func retained(w io.Writer, r model.Retained) {
	line(w, "People here\t%d", r.Here)
	word := "Removed"
	if r.DryRun {
		word = "Would be removed"
	}
	line(w, "%s\t%d who left more than %d days ago, with %d entries", word, r.People, r.Days, r.Entries)
	for _, why := range slices.Sorted(maps.Keys(r.Kept)) {
		line(w, "Stay\t%d %s", r.Kept[why], why.Words())
	}
	if r.DryRun {
		line(w, "Nothing was removed.")
	} else if r.People > 0 {
		line(w, "The hub keeps them.")
	}
}

// retainDaily runs the retention rule when it was not run in the last day, with
// the session of who has just signed in: a workstation that nobody works at opens
// nobody's record. What fails is tried again at the next sign-in.
func retainDaily(desk *store.Store, session *store.Session, days int) {
	if days > 0 && desk.RetentionDue() {
		_, _ = session.Retain(context.Background(), days, false) // the sync screen says what the last run did
	}
}
