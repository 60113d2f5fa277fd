package main

import (
	"encoding/csv"
	"fmt"
	"io"
	"strconv"
	"time"

	"github.com/spf13/cobra"

	"github.com/throughgate/throughgate/cmd/internal/auditlist"
	"github.com/throughgate/throughgate/cmd/internal/edge"
	"github.com/throughgate/throughgate/model"
)

// measureWeeks is how many weeks are looked at when nobody says: this one and the
// eleven before.
const measureWeeks = 12

// maxMeasureDays bounds a period: a workstation keeps nobody for so long.
const maxMeasureDays = 3660

func measuresCommand(d *data) *cobra.Command {
	who := signIn{data: d}
	var out output
	var from, to string
	var table, publish bool
	cmd := &cobra.Command{
		Use:   "measures",
		Short: "Count how releases went, week by week",
		Long: "Count how releases went, week by week: medicines or a prescription at release, the letter signed and delivered the same day, registered with a practice before release, " +
			"no-notice releases rescued by the next day, and what is overdue by whose it is. Only releases that happened are counted, of the people this workstation still holds; who is left out is counted with the reason. " +
			"What is overdue is what each role's worklist says is, by the due days of the settings, [due]. Nobody's name or number is in it. With --publish, for readers outside the prison, numbers that tell of fewer than five people are hidden.",
		Example: "  throughgate measures --from 2026-09-01 --to 2026-11-30 --csv --staff e.wu --passphrase-file pass.txt\n" +
			"  throughgate measures --publish --json --staff e.wu --passphrase-file pass.txt",
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			now := time.Now()
			first, last, err := measurePeriod(from, to, now)
			if err != nil {
				return err
			}
			due, err := d.dueDays()
			if err != nil {
				return err
			}
			return who.with(cmd, func(session *signedIn) error {
				list := measureList{Site: session.desk.Identity().Site, Measures: model.MeasuresOf(session.Rows(), first, last, model.InstantOf(now), due)}
				if publish {
					list.Measures = list.Publishable()
				}
				if err := session.Note(cmd.Context(), model.AccessExport, model.PersonID{}, 0); err != nil {
					return err
				}
				if table {
					return list.csv(cmd.OutOrStdout())
				}
				return out.print(cmd, list, list.lines)
			})
		},
	}
	who.flags(cmd)
	out.flags(cmd)
	cmd.Flags().StringVar(&from, "from", "", "the first day of release counted, such as 2026-09-01, yesterday or -28d (default: the Monday eleven weeks ago)")
	cmd.Flags().StringVar(&to, "to", "", "the last day counted, with it (default: today)")
	cmd.Flags().BoolVar(&table, "csv", false, "print CSV for a spreadsheet")
	cmd.Flags().BoolVar(&publish, "publish", false, "hide numbers that tell of fewer than five people")
	cmd.MarkFlagsMutuallyExclusive("csv", "json")
	return cmd
}

// measurePeriod reads the two days, and has them in order.
func measurePeriod(from, to string, now time.Time) (first, last model.Day, err error) {
	last = model.DayOf(now)
	if to != "" {
		if last, err = auditlist.Day(to, now); err != nil {
			return 0, 0, err
		}
	}
	first = model.WeekOf(last).Monday() - 7*(measureWeeks-1)
	if from != "" {
		if first, err = auditlist.Day(from, now); err != nil {
			return 0, 0, err
		}
	}
	switch {
	case first > last:
		return 0, 0, edge.UsageError("--from must not be after --to", "")
	case last-first > maxMeasureDays:
		return 0, 0, edge.UsageError("The period is longer than ten years.", "Ask for a shorter one.")
	}
	return first, last, nil
}

// measureList is the measures of one prison. Its JSON is part of the command
// line's contract.
type measureList struct {
	Site model.SiteCode `json:"site"`
	model.Measures
}

func (l measureList) lines(w io.Writer) {
	line(w, "%s to %s: %d left", l.From, l.To, l.Left)
	for _, m := range l.Measures.Measures {
		line(w, "\n%s\t%s", m.Name, figureWords(m.Figure))
		for _, week := range m.Weeks {
			if week.Of > 0 || week.Hidden {
				line(w, "  %s\tfrom %s\t%s", week.Week, week.Begins, figureWords(week.Figure))
			}
		}
		for _, why := range model.Whys() {
			if n := m.Excluded[why]; n > 0 {
				line(w, "  not counted\t%d %s", n, why.Words())
			}
		}
	}
	line(w, "\nOverdue now")
	for _, o := range l.Overdue {
		line(w, "  %s\t%d", o.Words, o.Lines)
	}
}

func figureWords(f model.Figure) string {
	share, any := f.Percent()
	switch {
	case f.Hidden:
		return "too few to publish"
	case !any:
		return "nobody to count"
	}
	return fmt.Sprintf("%d of %d\t%d%%", f.Met, f.Of, share)
}

// csv writes a row for every measure and week, and one for every owner and week
// of what is overdue. A cell is empty where there is no number.
func (l measureList) csv(w io.Writer) error {
	table := csv.NewWriter(w)
	rows := [][]string{{"measure", "owner", "week", "begins", "met", "of", "lines", "not_counted", "hidden"}}
	figure := func(m model.Measure, week, begins string, f model.Figure) {
		row := []string{string(m.ID), "", week, begins, "", "", "", "", "yes"}
		if !f.Hidden {
			left := ""
			if !l.Published {
				left = strconv.Itoa(excluded(f))
			}
			row = []string{string(m.ID), "", week, begins, strconv.Itoa(f.Met), strconv.Itoa(f.Of), "", left, ""}
		}
		rows = append(rows, row)
	}
	for _, m := range l.Measures.Measures {
		figure(m, "all", l.From.ISO(), m.Figure)
		for _, week := range m.Weeks {
			figure(m, week.Week.String(), week.Begins.ISO(), week.Figure)
		}
	}
	for _, o := range l.Overdue {
		rows = append(rows, []string{"overdue", string(o.Owner), "all", "", "", "", strconv.Itoa(o.Lines), "", ""})
		for _, week := range o.Weeks {
			rows = append(rows, []string{"overdue", string(o.Owner), week.Week.String(), week.Week.Monday().ISO(), "", "", strconv.Itoa(week.Lines), "", ""})
		}
	}
	return table.WriteAll(rows)
}

func excluded(f model.Figure) int {
	n := 0
	for _, of := range f.Excluded {
		n += of
	}
	return n
}
