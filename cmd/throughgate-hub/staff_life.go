package main

import (
	"io"

	"github.com/spf13/cobra"

	"github.com/throughgate/throughgate/model"
	"github.com/throughgate/throughgate/sync/hub"
)

func staffRole() *cobra.Command {
	var from data
	var out show
	cmd := &cobra.Command{
		Use:   "role ID ROLE",
		Short: "Give a member of staff other work",
		Long: "Give a member of staff other work, which decides what they may see and change. Their passphrase stays. " +
			"Where they are signed in they are told to sign in again; what they wrote in the old role before now is still taken from workstations that were offline, for 14 days.",
		Example:           "  throughgate-hub staff role a.khan wing --data /var/lib/throughgate",
		Args:              cobra.ExactArgs(2),
		ValidArgsFunction: completeRoleSecond,
		RunE: func(cmd *cobra.Command, args []string) error {
			to := hub.NewRole{ID: model.StaffID(args[0]), Role: model.Role(args[1])}
			now, err := ask[hub.StaffInfo](from.source(), hub.VerbStaffRole, to)
			if err != nil {
				return err
			}
			return out.print(cmd, now, func(w io.Writer) {
				line(w, "%s works in the role %s from now on. Their passphrase stays.", now.ID, now.Role)
				line(w, "Keys of the old role go on opening what was written so far: see site rotate.")
			})
		},
	}
	from.flags(cmd)
	out.flag(cmd)
	return cmd
}

func completeRoleSecond(cmd *cobra.Command, args []string, typed string) ([]string, cobra.ShellCompDirective) {
	if len(args) != 1 {
		return nil, cobra.ShellCompDirectiveNoFileComp
	}
	return completeRole(cmd, args, typed)
}

func staffMove() *cobra.Command {
	var from data
	var out show
	var role string
	cmd := &cobra.Command{
		Use:   "move ID SITE",
		Short: "Take a member of staff to another prison, with a new first passphrase",
		Long: "Take a member of staff to another prison, in the same role or another, and print a new first passphrase, once. " +
			"They leave the prison they were at: its workstations let them in no more. What they wrote there stays theirs.",
		Example: "  throughgate-hub staff move a.khan MDI --data /var/lib/throughgate\n" +
			"  throughgate-hub staff move a.khan MDI --role wing --data /var/lib/throughgate",
		Args: cobra.ExactArgs(2),
		RunE: func(cmd *cobra.Command, args []string) error {
			to := hub.Move{ID: model.StaffID(args[0]), Site: model.SiteCode(args[1]), Role: model.Role(role)}
			first, err := ask[hub.FirstPassphrase](from.source(), hub.VerbStaffMove, to)
			if err != nil {
				return err
			}
			return out.print(cmd, first, func(w io.Writer) {
				line(w, "%s works there from now on.", first.ID)
				firstLines(w, first)
			})
		},
	}
	from.flags(cmd)
	out.flag(cmd)
	cmd.Flags().StringVar(&role, "role", "", "their work there; the same when not given")
	_ = cmd.RegisterFlagCompletionFunc("role", completeRole)
	return cmd
}

func staffEnable() *cobra.Command {
	var from data
	var out show
	cmd := &cobra.Command{
		Use:     "enable ID",
		Short:   "Give a member of staff their rights back",
		Long:    "Give a member of staff who was disabled their rights back, in the role and with the passphrase they had.",
		Example: "  throughgate-hub staff enable a.khan --data /var/lib/throughgate",
		Args:    cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			now, err := ask[hub.StaffInfo](from.source(), hub.VerbStaffEnable, args[0])
			if err != nil {
				return err
			}
			return out.print(cmd, now, func(w io.Writer) {
				line(w, "%s may sign in again, in the role %s.", now.ID, now.Role)
			})
		},
	}
	from.flags(cmd)
	out.flag(cmd)
	return cmd
}

func staffReset() *cobra.Command {
	var from data
	var out show
	cmd := &cobra.Command{
		Use:   "reset ID",
		Short: "Give a member of staff a new first passphrase",
		Long: "Give a member of staff a new first passphrase, which is printed once. For somebody who has forgotten theirs, or whose passphrase others know: " +
			"it opens nothing at any workstation that has heard of this, and the signing key that went with it signs nothing new.",
		Example: "  throughgate-hub staff reset a.khan --data /var/lib/throughgate",
		Args:    cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			first, err := ask[hub.FirstPassphrase](from.source(), hub.VerbStaffReset, args[0])
			if err != nil {
				return err
			}
			return out.print(cmd, first, func(w io.Writer) {
				line(w, "The old passphrase of %s is void.", first.ID)
				firstLines(w, first)
			})
		},
	}
	from.flags(cmd)
	out.flag(cmd)
	return cmd
}
