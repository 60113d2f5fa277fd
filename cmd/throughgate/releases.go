package main

import (
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/throughgate/throughgate/cmd/internal/edge"
	"github.com/throughgate/throughgate/model"
)

// maxReleaseDays is how far ahead a list may look: sentences are long, but
// nobody prepares a release more than ten years ahead.
const maxReleaseDays = 3660

func releasesCommand(d *data) *cobra.Command {
	who := signIn{data: d}
	var out output
	var days int
	cmd := &cobra.Command{
		Use:   "releases",
		Short: "List who leaves, by day and by what is missing",
		Long: "List who leaves, by day and by what is missing, as the release board shows it: who should have left and has not, who leaves today, " +
			"who is at court today and could be released there, and everybody of the coming days. In a day those come first of whom something is overdue that is your role's.",
		Example: "  throughgate releases --days 28 --staff a.khan --passphrase-file pass.txt",
		Args:    cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if days < 0 || days > maxReleaseDays {
				return edge.UsageError("--days must be from 0 to 3660", "28 days are the usual time to prepare in.")
			}
			due, err := d.dueDays()
			if err != nil {
				return err
			}
			return who.with(cmd, func(session *signedIn) error {
				list := releasesOf(session.Rows(), session.Actor().Role, due, model.DayOf(time.Now()), days)
				if err := session.Note(cmd.Context(), model.AccessExport, model.PersonID{}, list.people()); err != nil {
					return err
				}
				return out.print(cmd, list, list.lines)
			})
		},
	}
	who.flags(cmd)
	out.flags(cmd)
	cmd.Flags().IntVar(&days, "days", 28, "how many days ahead to look")
	return cmd
}

// releaseList is the board as a document. Its JSON is part of the command line's
// contract.
type releaseList struct {
	Today  model.Day      `json:"today"`
	Days   int            `json:"days"`
	Groups []releaseGroup `json:"groups"`
}

type releaseGroup struct {
	Day      model.Day   `json:"day"`
	AtCourt  bool        `json:"atCourt"`
	Rescue   bool        `json:"rescue"` // released without notice, and their rescue list is not done
	After    bool        `json:"after"`  // have left, and are to be followed up
	NotReady int         `json:"notReady"`
	Overdue  int         `json:"overdue"` // of the first so many, lines are overdue that are your role's
	People   []personRow `json:"people"`
}

// personRow is a person in a list.
type personRow struct {
	ID         model.PersonID    `json:"id"`
	Prison     string            `json:"prisonNumber"`
	NHS        string            `json:"nhsNumber"`
	Name       string            `json:"name"` // "SMITH, John"
	Born       model.PartialDate `json:"born"`
	Cell       string            `json:"cell"`
	Release    model.Day         `json:"release"`
	Time       string            `json:"time"`
	Basis      string            `json:"basis"` // in words
	Why        string            `json:"why"`   // the reason, else the basis, in words
	AtCourt    bool              `json:"atCourt"`
	GP         string            `json:"gp"`
	Medicines  string            `json:"medicines"`
	Letter     string            `json:"letter"`
	Ready      bool              `json:"ready"`
	Missing    []string          `json:"missing"` // lines of the checklist, in words
	Conflicts  int               `json:"conflicts"`
	ACCTOpen   bool              `json:"acctOpen"`
	Restricted bool              `json:"restricted"`
	Deceased   bool              `json:"deceased"`
	Left       bool              `json:"left"`
}

func personRowOf(r *model.Row, today model.Day) personRow {
	p := personRow{
		ID: r.ID, Prison: r.Prison, NHS: r.NHS, Name: r.Name, Born: r.Born, Cell: r.Stay.Cell,
		Release: r.Release.Day, Time: r.Release.Time, Basis: r.Release.Basis.Words(), Why: r.Release.Words(), AtCourt: r.AtCourt(today),
		GP: r.GP, Medicines: r.Meds, Letter: r.Letter, Ready: r.Ready(), Missing: []string{}, Conflicts: r.Conflicts,
		ACCTOpen: r.ACCT, Restricted: r.Restricted, Deceased: r.Deceased, Left: r.Left(),
	}
	for _, item := range r.MissingItems() {
		p.Missing = append(p.Missing, item.Name)
	}
	return p
}

func releasesOf(rows []model.Row, role model.Role, due model.Timeline, today model.Day, days int) releaseList {
	list := releaseList{Today: today, Days: days, Groups: []releaseGroup{}}
	for _, g := range model.Board(rows, role, due, today, days) {
		group := releaseGroup{Day: g.Day, AtCourt: g.Court, Rescue: g.Rescue, After: g.After, NotReady: g.NotReady, Overdue: g.Late}
		for i := range g.Rows {
			group.People = append(group.People, personRowOf(&g.Rows[i], today))
		}
		list.Groups = append(list.Groups, group)
	}
	return list
}

// people counts the rows, for the access log.
func (l releaseList) people() int {
	n := 0
	for _, g := range l.Groups {
		n += len(g.People)
	}
	return n
}

func (l releaseList) lines(w io.Writer) {
	if len(l.Groups) == 0 {
		line(w, "Nobody leaves in the next %d days.", l.Days)
		return
	}
	for i, g := range l.Groups {
		if i > 0 {
			line(w, "")
		}
		line(w, "%s: %d people, %d not ready", g.heading(l.Today), len(g.People), g.NotReady)
		for _, p := range g.People {
			line(w, "%s\t%s\t%s\t%s\tGP %s\tMeds %s\tLetter %s\t%s", p.Prison, plain(p.Name), orDash(p.Time), p.Why, p.GP, p.Medicines, p.Letter, p.marks())
		}
	}
}

func (g releaseGroup) heading(today model.Day) string {
	switch {
	case g.After:
		return "After release, to be followed up"
	case g.Rescue:
		return "Released without notice, rescue lists not done"
	case g.AtCourt:
		return "At court today, and could be released there"
	case g.Day == today:
		return "Today, " + g.Day.Long()
	case g.Day == today+1:
		return "Tomorrow, " + g.Day.Long()
	case g.Day < today:
		return fmt.Sprintf("%s, %d days ago: should have left", g.Day.Long(), today-g.Day)
	}
	return g.Day.Long()
}

// marks are the words that must not be missed beside a name.
func (p *personRow) marks() string {
	var words []string
	for _, m := range []struct {
		is   bool
		word string
	}{{p.Restricted, "Restricted"}, {p.ACCTOpen, "ACCT open"}, {p.Conflicts > 0, "Conflict"}} {
		if m.is {
			words = append(words, m.word)
		}
	}
	return strings.Join(words, ", ")
}

func orDash(s string) string {
	if s == "" {
		return "-"
	}
	return s
}
