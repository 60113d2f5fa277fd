package main

import (
	"errors"

	"github.com/spf13/cobra"

	"github.com/throughgate/throughgate/cmd/internal/verified"
)

func auditVerify(d *data) *cobra.Command {
	who := signIn{data: d}
	var out output
	cmd := &cobra.Command{
		Use:   "verify",
		Short: "Prove that nothing of the log is missing or altered",
		Long: "Prove that nothing of the log is missing or altered: every entry this workstation holds against its place in the hub's log, the whole of them against what the hub signed, " +
			"every signature, the chain of every workstation, and the access log. What your role cannot open is compared byte for byte with its place. " +
			"The exit code is not 0 when anything is missing or altered; each thing is named by place, workstation and time, never by person.",
		Example: "  throughgate audit verify --staff v.stone --passphrase-file pass.txt",
		Args:    cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return who.with(cmd, func(session *signedIn) error {
				report, err := session.desk.VerifyAudit(cmd.Context(), session.Session)
				if err != nil {
					return err
				}
				return errors.Join(out.print(cmd, report, verified.Lines(report)), report.Err())
			})
		},
	}
	who.flags(cmd)
	out.flags(cmd)
	return cmd
}
