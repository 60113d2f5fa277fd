package main

import (
	"time"

	"github.com/spf13/cobra"

	"github.com/throughgate/throughgate/cmd/internal/auditlist"
	"github.com/throughgate/throughgate/model"
	"github.com/throughgate/throughgate/sync/hub"
)

func auditCommand() *cobra.Command {
	var from data
	var out show
	var wanted auditlist.Flags
	var site string
	cmd := &cobra.Command{
		Use:   "audit",
		Short: "List who looked at whose record at every site, and what else is written down",
		Long: "List who looked at whose record at every site, when, and what else is written down: sign-ins, wrong passphrases, exports, broken glass, gaps in a workstation's log. " +
			"With --writes, who changed what kind of thing. People are named by their ids, and by the prison number that was asked for. " +
			"The newest 200,000 entries are given at most. That you read it is written down at each of the sites.",
		Example: "  throughgate-hub audit --since -7d --site LEI --break-glass --data /var/lib/throughgate\n" +
			"  throughgate-hub audit --person A1234AA --reads --writes --csv --data /var/lib/throughgate",
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			question := hub.AuditQuestion{Site: model.SiteCode(site), Reads: wanted.Reads(), Writes: wanted.Writes(), Limit: min(wanted.Most(), hub.MaxAudit)}
			var err error
			question.Filter, err = wanted.Filter(time.Now(), func(number string) (model.PersonID, error) {
				question.Number = number // the hub finds the id
				return model.PersonID{}, nil
			})
			if err != nil {
				return err
			}
			list, err := auditOf(&from, question, wanted.Most())
			if err != nil {
				return err
			}
			if wanted.CSV() {
				return list.CSV(cmd.OutOrStdout())
			}
			return out.print(cmd, list, list.Lines)
		},
	}
	from.flags(cmd)
	out.flag(cmd)
	wanted.Add(cmd)
	cmd.Flags().StringVar(&site, "site", "", "of one prison only")
	cmd.MarkFlagsMutuallyExclusive("csv", "json")
	cmd.AddCommand(auditVerify())
	return cmd
}

// auditOf asks the hub and names its staff.
func auditOf(from *data, question hub.AuditQuestion, most int) (auditlist.List, error) {
	answer, err := ask[hub.AuditAnswer](from.source(), hub.VerbAudit, question)
	if err != nil {
		return auditlist.List{}, err
	}
	staff, err := ask[[]hub.StaffInfo](from.source(), hub.VerbStaff, hub.At{})
	if err != nil {
		return auditlist.List{}, err
	}
	names := namesOf(staff, answer.Person, question.Number)
	rows := make([]auditlist.Row, 0, len(answer.Reads)+len(answer.Writes))
	for _, a := range answer.Reads {
		rows = append(rows, auditlist.Read(a.Access, a.Site, names))
	}
	for _, w := range answer.Writes {
		rows = append(rows, auditlist.Written(w.Written, w.Site, names))
	}
	return auditlist.Of(rows, most), nil
}

// namesOf names staff, and the one person whose number was asked for.
func namesOf(staff []hub.StaffInfo, person model.PersonID, number string) auditlist.Names {
	names := make(map[model.StaffID]string, len(staff))
	for _, s := range staff {
		names[s.ID] = s.Name
	}
	return auditlist.Names{
		Staff: func(id model.StaffID) string { return names[id] },
		Number: func(id model.PersonID) string {
			if id == person {
				return number
			}
			return ""
		},
	}
}
