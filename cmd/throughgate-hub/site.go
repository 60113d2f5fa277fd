package main

import (
	"io"

	"github.com/spf13/cobra"

	"github.com/throughgate/throughgate/model"
	"github.com/throughgate/throughgate/sync/hub"
)

func siteCommand() *cobra.Command {
	return group("site", "The prisons of this service", siteAdd(), siteList())
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
