package tui

import (
	"context"

	tea "github.com/charmbracelet/bubbletea"
)

// conflictTally is how many conflicts wait to be settled, of those the person
// who is signed in may see.
type conflictTally struct {
	n        int
	counting bool
	again    bool
}

type tallyMsg struct {
	of  *env
	n   int
	err error
}

// countConflicts reads how many conflicts the header must speak of, one count
// at a time.
func (a *App) countConflicts() tea.Cmd {
	if a.env == nil {
		return nil
	}
	if a.tally.counting {
		a.tally.again = true
		return nil
	}
	a.tally.counting = true
	e := a.env
	return func() tea.Msg {
		found, err := e.Conflicts(context.Background())
		return tallyMsg{e, len(found), err}
	}
}

func (a *App) countedConflicts(msg tallyMsg) tea.Cmd {
	if msg.of != a.env {
		return nil
	}
	again := a.tally.again
	a.tally.counting, a.tally.again = false, false
	if msg.err != nil {
		a.problem(msg.err)
	} else {
		a.tally.n, a.env.conflicts = msg.n, msg.n
	}
	if again {
		return a.countConflicts()
	}
	return nil
}
