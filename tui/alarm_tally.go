package tui

import (
	"context"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/throughgate/throughgate/model"
)

// alarmEvery is how often alarms are counted for the header: they come from days,
// not from seconds, and counting them goes through a month's entries.
const alarmEvery = 5 * time.Minute

// alarmTally is how many alarms the header speaks of, for who may read them.
type alarmTally struct {
	n       int
	counted time.Time // when the last count was begun
}

type alarmsMsg struct {
	of  *env
	n   int
	err error
}

// countAlarms counts them when it is time.
func (a *App) countAlarms() tea.Cmd {
	if !a.present() || model.AllowAudit(a.env.Actor().Role) != nil || a.env.MustChange() {
		return nil
	}
	now := a.options.Now()
	if since := now.Sub(a.ringing.counted); since >= 0 && since < alarmEvery {
		return nil
	}
	a.ringing.counted = now
	e := a.env
	return func() tea.Msg {
		found, err := e.Alarms(context.Background(), e.today()-auditDays)
		return alarmsMsg{e, len(found), err}
	}
}

func (a *App) countedAlarms(msg alarmsMsg) {
	switch {
	case msg.of != a.env:
	case msg.err != nil:
		a.problem(msg.err)
	default:
		a.ringing.n, a.env.alarms = msg.n, msg.n
	}
}
