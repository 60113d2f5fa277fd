package main

import (
	"io"
	"math"
	"time"

	"github.com/spf13/cobra"

	"github.com/throughgate/throughgate/cmd/internal/edge"
	"github.com/throughgate/throughgate/model"
)

func auditCommand(d *data) *cobra.Command {
	who := signIn{data: d}
	var out output
	var wanted auditFlags
	cmd := &cobra.Command{
		Use:   "audit",
		Short: "List who looked at whose record, when, and what else is written down",
		Long: "List who looked at whose record, when, and what else is written down: sign-ins, wrong passphrases, exports, broken glass. " +
			"It is for managers and auditors. Names and what was typed are not in it; that you read it is.",
		Example: "  throughgate audit --since 2026-11-01 --person A1234AA --staff v.stone --passphrase-file pass.txt",
		Args:    cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return who.with(cmd, func(session *signedIn) error {
				if err := model.AllowAudit(session.Actor().Role); err != nil {
					return err
				}
				filter, err := wanted.filter(session.Rows(), time.Now())
				if err != nil {
					return err
				}
				found, err := session.Accesses(cmd.Context(), filter, wanted.most())
				if err != nil {
					return err
				}
				list := accessListOf(found, session.Rows(), staffNames(session.desk.Site()))
				return out.print(cmd, list, list.lines)
			})
		},
	}
	who.flags(cmd)
	out.flags(cmd)
	wanted.flags(cmd)
	return cmd
}

// auditFlags are what of the audit is asked for.
type auditFlags struct {
	since, until, by, person, what, device string
	glass                                  bool
	limit                                  int
}

func (a *auditFlags) flags(cmd *cobra.Command) {
	cmd.Flags().StringVar(&a.since, "since", "", "from this day on, such as 2026-11-23, yesterday or -7d")
	cmd.Flags().StringVar(&a.until, "until", "", "up to this day, with it")
	cmd.Flags().StringVar(&a.by, "by", "", "of one member of staff, by staff id")
	cmd.Flags().StringVar(&a.person, "person", "", "about one person, by prison number or NHS number")
	cmd.Flags().StringVar(&a.what, "what", "", "one kind of entry only, such as record, export or sign-in-failed")
	cmd.Flags().StringVar(&a.device, "device", "", "of one workstation")
	cmd.Flags().BoolVar(&a.glass, "break-glass", false, "only looks behind broken glass")
	cmd.Flags().IntVar(&a.limit, "limit", 0, "the newest so many entries only")
	cmd.MarkFlagsMutuallyExclusive("what", "break-glass")
	_ = cmd.RegisterFlagCompletionFunc("what", func(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
		var all []string
		for _, what := range model.AccessWhats() {
			all = append(all, string(what))
		}
		return all, cobra.ShellCompDirectiveNoFileComp
	})
}

func (a *auditFlags) most() int {
	if a.limit > 0 {
		return a.limit
	}
	return math.MaxInt
}

// filter reads the flags. Days are days in London, both of them included.
func (a *auditFlags) filter(rows []model.Row, now time.Time) (f model.AccessFilter, err error) {
	if a.limit < 0 {
		return f, edge.UsageError("--limit must not be below 0", "")
	}
	since, err := auditDay(a.since, now)
	if err != nil {
		return f, err
	}
	until, err := auditDay(a.until, now)
	if err != nil {
		return f, err
	}
	f.Within(since, until)
	if a.by != "" {
		if f.Staff, err = model.ParseStaffID(a.by); err != nil {
			return f, err
		}
	}
	if a.person != "" {
		row, err := findPerson(rows, a.person)
		if err != nil {
			return f, err
		}
		f.Person = row.ID
	}
	if a.device != "" {
		if err := f.Device.UnmarshalText([]byte(a.device)); err != nil {
			return f, model.Invalid("This is not a workstation's id.", "It has 32 digits and letters; throughgate status shows it.")
		}
	}
	if a.glass {
		a.what = string(model.AccessGlass)
	}
	if a.what != "" {
		f.What, err = model.ParseAccessWhat(a.what)
	}
	return f, err
}

// auditDay reads a day as a form does; one that can mean several is refused.
func auditDay(text string, now time.Time) (model.Day, error) {
	if text == "" {
		return 0, nil
	}
	readings, err := model.ReadDate(text, model.DayOf(now))
	if err != nil {
		return 0, err
	}
	if len(readings) != 1 {
		return 0, model.Invalid("This date can mean several days.", "Write it as 2026-11-23.")
	}
	if day, full := readings[0].Date.Day(); full {
		return day, nil
	}
	return 0, model.Invalid("This is not a whole date.", "Write it as 2026-11-23.")
}

// accessRow is an entry of the audit as a document. Its JSON is part of the
// command line's contract.
type accessRow struct {
	model.Access
	StaffName string `json:"staffName"`
	Number    string `json:"prisonNumber"`
	Words     string `json:"words"` // what was done
	// Parts are the compartments that could be seen, by name.
	Parts []string `json:"parts"`
}

func accessRowOf(a model.Access, name func(model.StaffID) string, number string) accessRow {
	row := accessRow{Access: a, StaffName: name(a.Staff), Number: number, Words: a.Words(), Parts: []string{}}
	for _, c := range a.Parts {
		row.Parts = append(row.Parts, c.String())
	}
	return row
}

type accessList struct {
	Entries []accessRow `json:"entries"` // newest first
}

func accessListOf(found []model.Access, rows []model.Row, name func(model.StaffID) string) accessList {
	numbers := make(map[model.PersonID]string, len(rows))
	for i := range rows {
		numbers[rows[i].ID] = rows[i].Prison
	}
	list := accessList{Entries: make([]accessRow, len(found))}
	for i, a := range found {
		list.Entries[i] = accessRowOf(a, name, numbers[a.Person])
	}
	return list
}

func roleWords(r model.Role) string {
	if r == "" {
		return "-"
	}
	return r.Words()
}

func (l accessList) lines(w io.Writer) {
	if len(l.Entries) == 0 {
		line(w, "Nothing that fits is written down.")
		return
	}
	for _, e := range l.Entries {
		line(w, "%s\t%s\t%s\t%s\t%s", e.At, orDash(string(e.Staff)), roleWords(e.Role), orDash(e.Number), e.Words)
	}
}
