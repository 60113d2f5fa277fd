package admin

import (
	"fmt"

	"github.com/throughgate/throughgate/tui/part"
)

var (
	memberColumns = part.NewColumns(part.Column{Title: "STAFF ID", Width: 14}, part.Column{Title: "NAME", Flex: 1, Width: 15},
		part.Column{Title: "ROLE", Width: 21}, part.Column{Title: "SITE", Width: 4}, part.Column{Title: "SSH", Width: 3, Right: true}, part.Column{Title: "STATE", Width: 16})
	workstationColumns = part.NewColumns(part.Column{Title: "WORKSTATION", Width: 12}, part.Column{Title: "SITE", Width: 4},
		part.Column{Title: "LAST CONTACT", Width: 17}, part.Column{Title: "ENROLLED", Width: 17, From: 100}, part.Column{Title: "STATE", Flex: 1, Width: 20})
	prisonColumns = part.NewColumns(part.Column{Title: "CODE", Width: 5}, part.Column{Title: "NAME", Flex: 1, Width: 20},
		part.Column{Title: "STAFF", Width: 6, Right: true}, part.Column{Title: "WORKSTATIONS", Width: 13, Right: true}, part.Column{Title: "ENTRIES", Width: 10, Right: true})
)

func (a *App) columns() *part.Columns {
	return [tabs]*part.Columns{memberColumns, workstationColumns, prisonColumns}[a.tab]
}

func (a *App) memberLine(i, width int) part.Line {
	m, t := a.shown.staff[i], a.theme
	style := t.Good
	switch {
	case m.Disabled:
		style = t.Danger
	case !m.SignedIn:
		style = t.Warn
	}
	keys := part.Cell{Text: fmt.Sprint(m.SSHKeys)}
	if m.SSHKeys == 0 {
		keys = part.Cell{Text: "-", Style: t.Muted}
	}
	return memberColumns.Line(width, part.Cell{Text: string(m.ID)}, part.Cell{Text: m.Name}, part.Cell{Text: m.Role.Words()},
		part.Cell{Text: string(m.Site)}, keys, part.Cell{Text: m.standing(), Style: style})
}

// shortID is the beginning of a device's id: enough to tell two apart, and what
// the workstation's own status shows first.
const shortID = 12

func (a *App) workstationLine(i, width int) part.Line {
	w, t := a.shown.workstations[i], a.theme
	style := t.Muted
	switch {
	case w.Active:
		style = t.Good
	case w.Stopped:
		style = t.Danger
	}
	return workstationColumns.Line(width, part.Cell{Text: w.ID.String()[:shortID]}, part.Cell{Text: string(w.Site)},
		part.Cell{Text: when(w.Seen, "Never")}, part.Cell{Text: when(w.Enrolled, ""), Style: t.Muted}, part.Cell{Text: w.State, Style: style})
}

func (a *App) prisonLine(i, width int) part.Line {
	p := a.shown.prisons[i]
	return prisonColumns.Line(width, part.Cell{Text: string(p.Code)}, part.Cell{Text: p.Name},
		part.Cell{Text: fmt.Sprint(p.Staff)}, part.Cell{Text: fmt.Sprint(p.Workstations)}, part.Cell{Text: fmt.Sprint(p.Entries)})
}
