package main

import (
	"time"

	"github.com/spf13/cobra"

	"github.com/throughgate/throughgate/cmd/internal/auditlist"
	"github.com/throughgate/throughgate/model"
)

func auditCommand(d *data) *cobra.Command {
	who := signIn{data: d}
	var out output
	var wanted auditlist.Flags
	cmd := &cobra.Command{
		Use:   "audit",
		Short: "List who looked at whose record, when, and what else is written down",
		Long: "List who looked at whose record, when, and what else is written down: sign-ins, wrong passphrases, exports, broken glass. With --writes, who changed what kind of thing. " +
			"It is for managers and auditors, and holds what every workstation of the site wrote down, as far as it has come from the hub. " +
			"Names of people, values and what was typed are not in it; that you read it is.",
		Example: "  throughgate audit --since -7d --person A1234AA --staff v.stone --passphrase-file pass.txt\n" +
			"  throughgate audit --break-glass --csv --staff v.stone --passphrase-file pass.txt",
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return who.with(cmd, func(session *signedIn) error {
				list, err := auditOf(cmd, session, &wanted)
				if err != nil {
					return err
				}
				if wanted.CSV() {
					return list.CSV(cmd.OutOrStdout())
				}
				return out.print(cmd, list, list.Lines)
			})
		},
	}
	who.flags(cmd)
	out.flags(cmd)
	wanted.Add(cmd)
	cmd.MarkFlagsMutuallyExclusive("csv", "json")
	cmd.AddCommand(auditAlarms(d), auditVerify(d), auditHead(d))
	return cmd
}

// auditOf reads the entries that are asked for.
func auditOf(cmd *cobra.Command, session *signedIn, wanted *auditlist.Flags) (auditlist.List, error) {
	var none auditlist.List
	if err := model.AllowAudit(session.Actor().Role); err != nil {
		return none, err
	}
	rows := session.Rows()
	filter, err := wanted.Filter(time.Now(), func(number string) (model.PersonID, error) {
		row, err := findPerson(rows, number)
		return row.ID, err
	})
	if err != nil {
		return none, err
	}
	names := auditlist.Names{Staff: staffNames(session.desk.Site()), Number: numbersOf(rows)}
	var list []auditlist.Row
	if wanted.Reads() {
		found, err := session.Accesses(cmd.Context(), filter, wanted.Most())
		if err != nil {
			return none, err
		}
		for _, a := range found {
			list = append(list, auditlist.Read(a, "", names))
		}
	}
	if wanted.Writes() {
		found, err := session.Writes(cmd.Context(), filter, wanted.Most())
		if err != nil {
			return none, err
		}
		for _, w := range found {
			list = append(list, auditlist.Written(w, "", names))
		}
	}
	return auditlist.Of(list, wanted.Most()), nil
}

// numbersOf finds prison numbers by person.
func numbersOf(rows []model.Row) func(model.PersonID) string {
	numbers := make(map[model.PersonID]string, len(rows))
	for i := range rows {
		numbers[rows[i].ID] = rows[i].Prison
	}
	return func(id model.PersonID) string { return numbers[id] }
}
