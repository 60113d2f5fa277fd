package main

import (
	"io"

	"github.com/spf13/cobra"

	"github.com/throughgate/throughgate/model"
	"github.com/throughgate/throughgate/sync/hub"
)

func staffCommand() *cobra.Command {
	return group("staff", "Who works at the prisons",
		staffAdd(), staffList(), staffRole(), staffMove(), staffDisable(), staffEnable(), staffReset(), staffSSHKey())
}

func staffAdd() *cobra.Command {
	var from data
	var out show
	var site, role, name string
	cmd := &cobra.Command{
		Use:   "add ID",
		Short: "Add a member of staff and print their first passphrase",
		Long: "Add a member of staff and print their first passphrase, once. At their first sign-in they choose " +
			"their own and get another signing key, so that nobody who read it here can sign as them.",
		Example: `  throughgate-hub staff add a.khan --site LEI --role nurse --name "Khan, A" --data /var/lib/throughgate`,
		Args:    cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			add := hub.NewStaff{ID: model.StaffID(args[0]), Site: model.SiteCode(site), Role: model.Role(role), Name: name}
			first, err := ask[hub.FirstPassphrase](from.source(), hub.VerbAddStaff, add)
			if err != nil {
				return err
			}
			return out.print(cmd, first, func(w io.Writer) {
				line(w, "Added %s.", first.ID)
				firstLines(w, first)
			})
		},
	}
	from.flags(cmd)
	out.flag(cmd)
	cmd.Flags().StringVar(&site, "site", "", "the prison's code")
	cmd.Flags().StringVar(&role, "role", "", "their work, which decides what they may see and change")
	cmd.Flags().StringVar(&name, "name", "", "their name, as colleagues see it")
	for _, flag := range []string{"site", "role", "name"} {
		_ = cmd.MarkFlagRequired(flag)
	}
	_ = cmd.RegisterFlagCompletionFunc("role", completeRole)
	return cmd
}

func completeRole(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
	var roles []string
	for _, r := range model.Roles() {
		roles = append(roles, string(r))
	}
	return roles, cobra.ShellCompDirectiveNoFileComp
}

// firstLines says a first passphrase.
func firstLines(w io.Writer, first hub.FirstPassphrase) {
	line(w, "The first passphrase, which is shown this once:\n\n  %s\n", first.Passphrase)
	line(w, "They choose their own when they first sign in.")
}

func staffList() *cobra.Command {
	var from data
	var out show
	var site string
	cmd := &cobra.Command{
		Use:     "list",
		Short:   "List the staff",
		Example: "  throughgate-hub staff list --site LEI --data /var/lib/throughgate",
		Args:    cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			staff, err := ask[[]hub.StaffInfo](from.source(), hub.VerbStaff, hub.At{Site: model.SiteCode(site)})
			if err != nil {
				return err
			}
			return out.print(cmd, staff, func(w io.Writer) {
				line(w, "ID\tNAME\tROLE\tSITE\tSSH KEYS\tSTATE\t")
				for _, s := range staff {
					line(w, "%s\t%s\t%s\t%s\t%d\t%s\t%s", s.ID, s.Name, s.Role, s.Site, s.SSHKeys, stateOf(&s),
						yes(!s.Disabled && !s.SignedIn, "has not signed in yet"))
				}
			})
		},
	}
	from.flags(cmd)
	out.flag(cmd)
	cmd.Flags().StringVar(&site, "site", "", "of one prison only")
	return cmd
}

// stateOf is what was last done about somebody, and when.
func stateOf(s *hub.StaffInfo) string {
	if s.Since.IsZero() {
		return string(s.State)
	}
	return string(s.State) + " " + s.Since.String()
}

func staffDisable() *cobra.Command {
	var from data
	cmd := &cobra.Command{
		Use:   "disable ID",
		Short: "Take a member of staff's rights away",
		Long: "Take a member of staff's rights away. What they have signed stays; the hub takes nothing more of theirs, and desks let them in no more, " +
			"also while they are offline once they have heard of it. Keys that they may have copied go on opening what was written so far: see site rotate.",
		Example: "  throughgate-hub staff disable a.khan --data /var/lib/throughgate",
		Args:    cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			_, err := ask[hub.Done](from.source(), hub.VerbDisableStaff, args[0])
			if err == nil {
				line(cmd.OutOrStdout(), "Disabled. If they could have kept a copy of a workstation's data, make new keys: see site rotate.")
			}
			return err
		},
	}
	from.flags(cmd)
	return cmd
}
