package main

import (
	"encoding/csv"
	"io"
	"time"

	"github.com/spf13/cobra"

	"github.com/throughgate/throughgate/cmd/internal/auditlist"
	"github.com/throughgate/throughgate/cmd/internal/edge"
	"github.com/throughgate/throughgate/model"
)

func worklistCommand(d *data) *cobra.Command {
	who := signIn{data: d}
	var out output
	var role string
	var days int
	var asCSV bool
	cmd := &cobra.Command{
		Use:   "worklist",
		Short: "List what waits for a role, what is overdue first",
		Long: "List what is to be done about everybody's release checklist that is a role's: what is overdue first, then by the day it is due. Beside open lines it has what is left after a release, practices to be chased, and lines that are done and to be checked again. Without --role it is your own role's. " +
			"Due days are those of the settings, [due]. That you took a list is written down.",
		Example: "  throughgate worklist --staff b.jones --passphrase-file pass.txt --csv",
		Args:    cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if days < 0 || days > maxReleaseDays {
				return edge.UsageError("--days must be from 0 to 3660", "28 days are the usual time to prepare in.")
			}
			timeline, err := d.dueDays()
			if err != nil {
				return err
			}
			return who.with(cmd, func(session *signedIn) error {
				whose, err := roleOf(role, session.Actor().Role)
				if err != nil {
					return err
				}
				list := worklistOf(session.Rows(), whose, timeline, model.DayOf(time.Now()), days)
				if err := session.Note(cmd.Context(), model.AccessExport, model.PersonID{}, len(list.Lines)); err != nil {
					return err
				}
				if asCSV {
					return list.csv(cmd.OutOrStdout())
				}
				return out.print(cmd, list, list.lines)
			})
		},
	}
	who.flags(cmd)
	out.flags(cmd)
	cmd.Flags().StringVar(&role, "role", "", "whose worklist, such as nurse; your own role's without it")
	cmd.Flags().IntVar(&days, "days", model.WorklistDays, "how many days ahead to look")
	cmd.Flags().BoolVar(&asCSV, "csv", false, "print CSV")
	cmd.MarkFlagsMutuallyExclusive("csv", "json")
	return cmd
}

func roleOf(name string, own model.Role) (model.Role, error) {
	if name == "" {
		return own, nil
	}
	return model.ParseRole(name)
}

// worklistDoc is a worklist as a document. Its JSON is part of the command line's
// contract.
type worklistDoc struct {
	Today   model.Day      `json:"today"`
	Role    model.Role     `json:"role"`
	Words   string         `json:"roleWords"`
	Overdue int            `json:"overdue"`
	Lines   []worklistLine `json:"lines"`
}

type worklistLine struct {
	Person  model.PersonID `json:"person"`
	Prison  string         `json:"prisonNumber"`
	Name    string         `json:"name"`
	Cell    string         `json:"cell"`
	Release model.Day      `json:"release"`
	Item    model.ItemID   `json:"item"`
	What    string         `json:"what"`
	State   string         `json:"state"` // in words
	Due     model.Day      `json:"due"`
	Overdue bool           `json:"overdue"`
	Now     bool           `json:"dueNow"`     // at short notice
	Again   bool           `json:"checkAgain"` // done, and to be looked at again
	Blocks  bool           `json:"blocks"`     // nobody leaves while it is open
}

func worklistOf(rows []model.Row, role model.Role, t model.Timeline, today model.Day, days int) worklistDoc {
	doc := worklistDoc{Today: today, Role: role, Words: role.Words(), Lines: []worklistLine{}}
	for _, task := range model.Worklist(rows, role, t, today, days) {
		l := worklistLine{
			Person: task.Row.ID, Prison: task.Row.Prison, Name: task.Row.Name, Cell: task.Row.Stay.Cell, Release: task.Row.Release.Day,
			Item: task.Item.ID, What: task.What(), State: task.StateWords(), Due: task.Due, Overdue: task.Overdue(today), Now: task.Now, Again: task.Again, Blocks: task.Item.Blocks,
		}
		if l.Overdue {
			doc.Overdue++
		}
		doc.Lines = append(doc.Lines, l)
	}
	return doc
}

func (d worklistDoc) lines(w io.Writer) {
	if len(d.Lines) == 0 {
		line(w, "Nothing waits for %s.", d.Words)
		return
	}
	line(w, "%s: %d to do, %d overdue", d.Words, len(d.Lines), d.Overdue)
	for _, l := range d.Lines {
		line(w, "%s\t%s\t%s\t%s\t%s", l.Prison, plain(l.Name), l.What, l.when(), l.State)
	}
}

func (l worklistLine) when() string {
	switch {
	case l.Now:
		return "due now"
	case l.Overdue:
		return "OVERDUE since " + l.Due.String()
	}
	return "due " + l.Due.String()
}

// csv writes one line of the list a row. What could be a formula to a spreadsheet
// is kept from being one.
func (d worklistDoc) csv(w io.Writer) error {
	out := csv.NewWriter(w)
	if err := out.Write([]string{"prison_number", "name", "cell", "release", "item", "what", "state", "due", "when"}); err != nil {
		return err
	}
	for _, l := range d.Lines {
		row := []string{l.Prison, l.Name, l.Cell, l.Release.String(), string(l.Item), l.What, l.State, l.Due.String(), l.when()}
		for i := range row {
			row[i] = auditlist.Inert(row[i])
		}
		if err := out.Write(row); err != nil {
			return err
		}
	}
	out.Flush()
	return out.Error()
}
