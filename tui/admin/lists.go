package admin

import (
	"strings"

	"github.com/throughgate/throughgate/model"
	"github.com/throughgate/throughgate/tui/part"
)

// tab is which list is shown.
type tab int

const (
	tabStaff tab = iota
	tabWorkstations
	tabPrisons
	tabs
)

var tabNames = [tabs]string{"Staff", "Workstations", "Prisons"}

func (a *App) list() *part.List { return a.lists[a.tab] }

// show puts into the lists what the filter leaves. The cursor stays on its row,
// unless the question has changed.
func (a *App) show(anew bool) {
	query := a.filter.Query()
	a.shown = standing{
		prisons: matching(a.all.prisons, query, func(p Prison) string { return string(p.Code) + " " + p.Name }),
		staff: matching(a.all.staff, query, func(m Member) string {
			return strings.Join([]string{string(m.ID), m.Name, m.Role.Words(), string(m.Site), m.standing()}, " ")
		}),
		workstations: matching(a.all.workstations, query, func(w Workstation) string {
			return strings.Join([]string{w.ID.String(), string(w.Site), w.State}, " ")
		}),
	}
	rows := a.rows()
	if anew {
		a.list().Reset(rows)
		return
	}
	a.list().SetRows(rows)
}

func matching[R any](all []R, query string, text func(R) string) []R {
	if query == "" {
		return all
	}
	var out []R
	for _, r := range all {
		if part.Matches(query, text(r)) {
			out = append(out, r)
		}
	}
	return out
}

func (a *App) rows() part.Rows {
	switch a.tab {
	case tabStaff:
		return part.Rows{Len: len(a.shown.staff), ID: func(i int) string { return string(a.shown.staff[i].ID) }, Line: a.memberLine}
	case tabWorkstations:
		return part.Rows{Len: len(a.shown.workstations), ID: func(i int) string { return a.shown.workstations[i].ID.String() }, Line: a.workstationLine}
	}
	return part.Rows{Len: len(a.shown.prisons), ID: func(i int) string { return string(a.shown.prisons[i].Code) }, Line: a.prisonLine}
}

// total is how many rows the shown list has without the filter.
func (a *App) total() int {
	return [tabs]int{len(a.all.staff), len(a.all.workstations), len(a.all.prisons)}[a.tab]
}

// member, workstation and prison are what the cursor is on, nil when it is on
// nothing.
func (a *App) member() *Member           { return at(a.shown.staff, a.lists[tabStaff]) }
func (a *App) workstation() *Workstation { return at(a.shown.workstations, a.lists[tabWorkstations]) }
func (a *App) prison() *Prison           { return at(a.shown.prisons, a.lists[tabPrisons]) }

func at[R any](rows []R, l *part.List) *R {
	if i := l.Index(); i >= 0 && i < len(rows) {
		return &rows[i]
	}
	return nil
}

// standing says in words how somebody stands.
func (m Member) standing() string {
	switch {
	case m.Disabled:
		return "DISABLED"
	case !m.SignedIn:
		return "Never signed in"
	case m.State != "":
		return m.State
	}
	return "Active"
}

// detail says of somebody what their line has no room for.
func (m Member) detail() string {
	said := m.Name + " (" + string(m.ID) + "). " + m.Role.Words() + " at " + string(m.Site) + ", reads " + compartmentWords(m.Role) + ". " + m.standing() + "."
	if !m.Since.IsZero() {
		said += " Last changed " + m.Since.String() + "."
	}
	return said
}

// when is a moment for people; never is for those that have not come.
func when(at model.Instant, never string) string {
	if at.IsZero() {
		return never
	}
	return at.String()
}
