package main

import (
	"io"

	"github.com/spf13/cobra"

	"github.com/throughgate/throughgate/model"
	"github.com/throughgate/throughgate/sync/hub"
)

func deviceCommand() *cobra.Command {
	return group("device", "The workstations of the prisons", deviceCode(), deviceList(), deviceWithdraw())
}

func deviceCode() *cobra.Command {
	var from data
	var out show
	var site string
	cmd := &cobra.Command{
		Use:     "code",
		Short:   "Print a code that enrols one workstation",
		Long:    "Print a code that enrols one workstation, once and within a day. It also says which hub it is good for: nothing else has to be carried to the workstation.",
		Example: "  throughgate-hub device code --site LEI --data /var/lib/throughgate",
		Args:    cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			code, err := ask[hub.NewCode](from.source(), hub.VerbAddCode, hub.At{Site: model.SiteCode(site)})
			if err != nil {
				return err
			}
			return out.print(cmd, code, func(w io.Writer) {
				line(w, "%s\n\nGood for one workstation of %s, until %s. On it:", code.Code, code.Site, code.Until)
				line(w, "throughgate enrol --hub URL --code %s --data DIR", code.Code)
			})
		},
	}
	from.flags(cmd)
	out.flag(cmd)
	cmd.Flags().StringVar(&site, "site", "", "the prison's code")
	_ = cmd.MarkFlagRequired("site")
	return cmd
}

func deviceList() *cobra.Command {
	var from data
	var out show
	var site string
	cmd := &cobra.Command{
		Use:     "list",
		Short:   "List the workstations",
		Example: "  throughgate-hub device list --data /var/lib/throughgate",
		Args:    cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			devices, err := ask[[]hub.DeviceInfo](from.source(), hub.VerbDevices, hub.At{Site: model.SiteCode(site)})
			if err != nil {
				return err
			}
			return out.print(cmd, devices, func(w io.Writer) {
				line(w, "DEVICE\tNUMBER\tSITE\tENROLLED\t")
				for _, d := range devices {
					withdrawn := ""
					if !d.Withdrawn.IsZero() {
						withdrawn = "withdrawn " + d.Withdrawn.String()
					}
					line(w, "%s\t%d\t%s\t%s\t%s", d.ID, d.Node, d.Site, d.Enrolled, withdrawn)
				}
			})
		},
	}
	from.flags(cmd)
	out.flag(cmd)
	cmd.Flags().StringVar(&site, "site", "", "of one prison only")
	return cmd
}

func deviceWithdraw() *cobra.Command {
	var from data
	cmd := &cobra.Command{
		Use:     "withdraw DEVICE",
		Short:   "Shut a lost or retired workstation out for good",
		Example: "  throughgate-hub device withdraw 5f0c9e3a7d2b41c88e6f00d1a2b3c4d5 --data /var/lib/throughgate",
		Args:    cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			var id model.DeviceID
			if id.UnmarshalText([]byte(args[0])) != nil {
				return model.Invalid("This is not a device.", "It has 32 hexadecimal digits; see: throughgate-hub device list.")
			}
			_, err := ask[hub.Done](from.source(), hub.VerbWithdrawDevice, id)
			if err == nil {
				line(cmd.OutOrStdout(), "Withdrawn. It gets nothing more, and is told to erase what it holds.")
			}
			return err
		},
	}
	from.flags(cmd)
	return cmd
}
