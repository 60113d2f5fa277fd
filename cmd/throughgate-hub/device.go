package main

import (
	"fmt"
	"io"
	"strconv"

	"github.com/spf13/cobra"

	"github.com/throughgate/throughgate/model"
	"github.com/throughgate/throughgate/sync/hub"
)

func deviceCommand() *cobra.Command {
	return group("device", "The workstations of the prisons", deviceCode(), deviceList(), deviceResume(), deviceWithdraw())
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
		Short:   "List the workstations and how they stand",
		Long:    "List the workstations and how they stand: active, stopped and why, withdrawn, erased; when and from where each was last heard of, with which version of the program, and how many entries it said wait to be sent.",
		Example: "  throughgate-hub device list --data /var/lib/throughgate",
		Args:    cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			devices, err := ask[[]hub.DeviceInfo](from.source(), hub.VerbDevices, hub.At{Site: model.SiteCode(site)})
			if err != nil {
				return err
			}
			return out.print(cmd, devices, func(w io.Writer) { listDevices(w, devices) })
		},
	}
	from.flags(cmd)
	out.flag(cmd)
	cmd.Flags().StringVar(&site, "site", "", "of one prison only")
	return cmd
}

func listDevices(w io.Writer, devices []hub.DeviceInfo) {
	line(w, "DEVICE\tNUMBER\tSITE\tSTATE\tLAST HEARD OF\tFROM\tVERSION\tTO SEND\tENROLLED\tREMARK")
	for _, d := range devices {
		seen, toSend := "never", "unknown"
		if !d.Seen.IsZero() {
			seen, toSend = d.Seen.String(), strconv.Itoa(d.Pending)
		}
		line(w, "%s\t%d\t%s\t%s\t%s\t%s\t%s\t%s\t%s\t%s", d.ID, d.Node, d.Site, d.State, seen, d.Address, d.Version, toSend, d.Enrolled, remark(d))
	}
}

// remark is what an operator should know of a device besides its state.
func remark(d hub.DeviceInfo) string {
	switch d.State {
	case hub.DeviceStopped:
		return fmt.Sprintf("stopped %s: %s", d.Stopped, d.Why)
	case hub.DeviceResuming:
		return "the next copy that comes in goes on"
	case hub.DeviceWithdrawn:
		return fmt.Sprintf("withdrawn %s, not erased yet", d.Withdrawn)
	case hub.DeviceErased:
		return fmt.Sprintf("withdrawn %s, erased %s with %d not sent", d.Withdrawn, d.Erased, d.Unsent)
	}
	return ""
}

func deviceResume() *cobra.Command {
	var from data
	cmd := &cobra.Command{
		Use:   "resume DEVICE",
		Short: "Let one copy of a stopped workstation go on",
		Long: "Let one copy of a stopped workstation go on: the next that comes in. See first that the other copy is off, or that its program is closed. " +
			"The one that goes on gets an identity of its own; every other copy is told that it was left behind, and can only be read.",
		Example: "  throughgate-hub device resume 5f0c9e3a7d2b41c88e6f00d1a2b3c4d5 --data /var/lib/throughgate",
		Args:    cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			id, err := deviceID(args[0])
			if err != nil {
				return err
			}
			if _, err := ask[hub.Done](from.source(), hub.VerbResumeDevice, id); err != nil {
				return err
			}
			line(cmd.OutOrStdout(), "The next copy of it that comes in goes on. Every other stays stopped and has to be enrolled anew.")
			return nil
		},
	}
	from.flags(cmd)
	return cmd
}

func deviceID(text string) (id model.DeviceID, err error) {
	if id.UnmarshalText([]byte(text)) != nil {
		return id, model.Invalid("This is not a device.", "It has 32 hexadecimal digits; see: throughgate-hub device list.")
	}
	return id, nil
}

func deviceWithdraw() *cobra.Command {
	var from data
	cmd := &cobra.Command{
		Use:     "withdraw DEVICE",
		Short:   "Shut a lost or retired workstation out for good",
		Example: "  throughgate-hub device withdraw 5f0c9e3a7d2b41c88e6f00d1a2b3c4d5 --data /var/lib/throughgate",
		Args:    cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			id, err := deviceID(args[0])
			if err != nil {
				return err
			}
			_, err = ask[hub.Done](from.source(), hub.VerbWithdrawDevice, id)
			if err == nil {
				line(cmd.OutOrStdout(), "Withdrawn. It gets nothing more, and is told to erase what it holds.")
			}
			return err
		},
	}
	from.flags(cmd)
	return cmd
}
