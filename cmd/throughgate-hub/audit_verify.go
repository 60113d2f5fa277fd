package main

import (
	"errors"

	"github.com/spf13/cobra"

	"github.com/throughgate/throughgate/cmd/internal/hubdata"
	"github.com/throughgate/throughgate/cmd/internal/verified"
	"github.com/throughgate/throughgate/model"
	"github.com/throughgate/throughgate/sync/hub"
)

func auditVerify() *cobra.Command {
	var from data
	var out show
	var file string
	cmd := &cobra.Command{
		Use:   "verify",
		Short: "Prove that nothing of any site's log is missing or altered",
		Long: "Prove that nothing of any site's log is missing or altered: every entry against its place in the tree, its workstation's chain and its author's signature, " +
			"the trees against every head the hub has signed, and the access logs. With --heads, also against heads that desks bring (throughgate audit head), " +
			"which give away a log that was put back to an older state, or that was shown to two desks in two forms. It works while the hub serves. " +
			"The exit code is not 0 when anything is missing or altered.",
		Example: "  throughgate-hub audit verify --data /var/lib/throughgate --heads head.txt",
		Args:    cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			var question hub.VerifyQuestion
			if file != "" {
				var err error
				if question.Heads, err = verified.Heads(file); err != nil {
					return err
				}
			}
			report, err := verifyHub(cmd, from.source(), question)
			if err != nil {
				return err
			}
			return errors.Join(out.print(cmd, report, verified.Lines(report)), report.Err())
		},
	}
	from.flags(cmd)
	out.flag(cmd)
	cmd.Flags().StringVar(&file, "heads", "", "a file with heads that desks printed")
	_ = cmd.MarkFlagFilename("heads") // fails for a flag that is not there
	return cmd
}

// verifyHub asks for one piece after another, so that a hub that serves is held
// up by none of them for long.
func verifyHub(cmd *cobra.Command, source hubdata.Source, question hub.VerifyQuestion) (*model.AuditReport, error) {
	admin, closer, err := hubdata.Connect(source)
	if err != nil {
		return nil, err
	}
	defer closer.Close()
	report := &model.AuditReport{Findings: []model.Finding{}, Feeds: []model.VerifiedFeed{}}
	for {
		if err := cmd.Context().Err(); err != nil {
			return nil, err
		}
		answer, err := hubdata.Call[hub.VerifyAnswer](admin, hub.VerbVerify, question)
		if err != nil {
			return nil, err
		}
		report.Join(&answer.Report)
		if answer.Done {
			report.At = answer.Report.At
			return report, nil
		}
		question.Cursor = answer.Cursor
	}
}
