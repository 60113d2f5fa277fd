package tui

import (
	"fmt"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/throughgate/throughgate/model"
	"github.com/throughgate/throughgate/tui/part"
)

// rescueTally is how many rescue lists wait for the role of who is signed in,
// and how many steps of theirs are overdue: the header says so on every screen.
type rescueTally struct {
	running, late   int
	counting, again bool
}

type rescuesMsg struct {
	of            *env
	running, late int
}

// countRescues goes through everybody in a command, one count at a time.
func (a *App) countRescues() tea.Cmd {
	if !a.present() {
		return nil
	}
	if a.rescues.counting {
		a.rescues.again = true
		return nil
	}
	a.rescues.counting = true
	e, now := a.env, a.options.Now()
	return func() tea.Msg {
		msg := rescuesMsg{of: e}
		role, rows := e.Actor().Role, e.Rows()
		for i := range rows {
			if rows[i].Rescue.Open == 0 {
				continue
			}
			if rescueOf(rows[i].Rescue, role) > 0 {
				msg.running++
				msg.late += rows[i].Rescue.Overdue(now, role)
			}
		}
		return msg
	}
}

// rescueOf counts the open steps of a role.
func rescueOf(r model.RescueRow, role model.Role) int {
	n := 0
	for _, f := range r.Rest() {
		for _, owner := range f.Owners {
			if owner == role {
				n++
			}
		}
	}
	return n
}

func (a *App) countedRescues(msg rescuesMsg) tea.Cmd {
	if msg.of != a.env {
		return nil
	}
	again := a.rescues.again
	a.rescues = rescueTally{running: msg.running, late: msg.late}
	if again {
		return a.countRescues()
	}
	return nil
}

// rescueCell says on the board how far a rescue list is.
func rescueCell(e *env, r *model.Row) part.Cell {
	words, style := fmt.Sprintf("%d to do", len(r.Rescue.Rest())), e.theme.Warn
	if late := r.Rescue.Overdue(e.now(), ""); late > 0 {
		words, style = words+fmt.Sprintf(", %d LATE", late), e.theme.Danger
	}
	return part.Cell{Text: words, Style: style}
}

// rescueWords says on a person's page that a rescue list is not done.
func rescueWords(e *env, r *model.Record) (string, part.Style) {
	row := model.RowOf(r.ID, &r.Shared).Rescue
	if row.Open == 0 {
		return "", e.theme.Text
	}
	if !row.Back.IsZero() {
		return "BACK IN PRISON: the electronic prescription that was sent must be cancelled" + e.keys(": press t.", "."), e.theme.Danger
	}
	words := "RESCUE LIST, known for " + row.Known.Ago(e.now()) + ": " + plural(len(row.Rest()), "step", "steps") + " to do"
	if late := row.Overdue(e.now(), ""); late > 0 {
		words += fmt.Sprintf(", %d OVERDUE", late)
	}
	return words + e.keys(": press t.", "."), e.theme.Danger
}

// listOpens tells whether there is a list to work, or to look at, rather than a
// release to record.
func listOpens(e *env, r *model.Record) bool {
	list := &r.Shared.Rescue
	return !list.Known.IsZero() && (list.Running() || model.RowOf(r.ID, &r.Shared).Rescue.Open != 0 || whyNoLetGo(e, r) != "")
}

// letGoAction records a release without notice; where one is recorded it opens
// the list.
func letGoAction(e *env, r *model.Record) Action {
	if listOpens(e, r) {
		return Action{Key: "t", Name: "rescue list", Word: "rescue", Says: "Work the rescue list of a release without notice.", Run: func() tea.Cmd { return open(newRescue(e, r.ID)) }}
	}
	return Action{Key: "t", Word: "released at court", Says: "Record that the person was released at court, or by error; the rescue list starts.", Disabled: whyNoLetGo(e, r), Run: func() tea.Cmd { return open(newLetGoForm(e, r)) }}
}
