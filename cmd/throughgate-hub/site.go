package main

import (
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"github.com/throughgate/throughgate/model"
	"github.com/throughgate/throughgate/sync/hub"
)

func siteCommand() *cobra.Command {
	return group("site", "The prisons of this service", siteAdd(), siteList(), siteRotate())
}

func siteAdd() *cobra.Command {
	var from data
	var out show
	var name string
	cmd := &cobra.Command{
		Use:     "add CODE",
		Short:   "Add a prison, with keys of its own",
		Long:    "Add a prison, with keys of its own. The first one begins the hub: its folder, its key and its authority are made with it.",
		Example: `  throughgate-hub site add LEI --name "HMP Leeds" --data /var/lib/throughgate`,
		Args:    cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			source := from.source()
			source.Make = true
			added, err := ask[hub.SiteInfo](source, hub.VerbAddSite, hub.NewSite{Code: model.SiteCode(args[0]), Name: name})
			if err != nil {
				return err
			}
			return out.print(cmd, added, func(w io.Writer) { line(w, "Added %s, %s.", added.Code, added.Name) })
		},
	}
	from.flags(cmd)
	out.flag(cmd)
	cmd.Flags().StringVar(&name, "name", "", "the prison's name")
	_ = cmd.MarkFlagRequired("name")
	return cmd
}

func siteList() *cobra.Command {
	var from data
	var out show
	cmd := &cobra.Command{
		Use:     "list",
		Short:   "List the prisons",
		Example: "  throughgate-hub site list --data /var/lib/throughgate --json",
		Args:    cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			sites, err := ask[[]hub.SiteInfo](from.source(), hub.VerbSites, hub.Done{})
			if err != nil {
				return err
			}
			return out.print(cmd, sites, func(w io.Writer) {
				line(w, "CODE\tNAME\tSTAFF\tDEVICES\tENTRIES")
				for _, s := range sites {
					line(w, "%s\t%s\t%d\t%d\t%d", s.Code, s.Name, s.Staff, s.Devices, s.Ops)
				}
			})
		},
	}
	from.flags(cmd)
	out.flag(cmd)
	return cmd
}

func siteRotate() *cobra.Command {
	var from data
	var out show
	var compartment string
	cmd := &cobra.Command{
		Use:   "rotate CODE",
		Short: "Make new keys for a prison, and give them to its staff",
		Long: "Make new keys for a prison, of one compartment or of all, and give them to its staff. Nobody has to sign in again, " +
			"and what was written before stays readable. Do it when somebody leaves who may have kept a copy of a workstation's data: " +
			"what is written from now on they cannot read.",
		Example: "  throughgate-hub site rotate LEI --data /var/lib/throughgate\n" +
			"  throughgate-hub site rotate LEI --compartment health --data /var/lib/throughgate",
		Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			done, err := ask[hub.Rotated](from.source(), hub.VerbRotate, hub.Rotation{Site: model.SiteCode(args[0]), Compartment: compartment})
			if err != nil {
				return err
			}
			return out.print(cmd, done, func(w io.Writer) {
				line(w, "%s seals with new keys from now on; %s given them.", done.Site, people(done.Staff))
				for _, k := range done.Keys {
					line(w, "%s\tversion %d", k.Compartment, k.Version)
				}
				line(w, "Back the hub up now: a hub brought back from an older backup does not have these keys.")
			})
		},
	}
	from.flags(cmd)
	out.flag(cmd)
	cmd.Flags().StringVar(&compartment, "compartment", "", "shared, custody or health; all when not given")
	_ = cmd.RegisterFlagCompletionFunc("compartment", cobra.FixedCompletions([]string{"shared", "custody", "health"}, cobra.ShellCompDirectiveNoFileComp))
	return cmd
}

// people counts members of staff for a sentence that says what was done to them.
func people(n int) string {
	if n == 1 {
		return "1 member of staff was"
	}
	return fmt.Sprintf("%d members of staff were", n)
}
