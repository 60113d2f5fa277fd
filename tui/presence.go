package tui

import (
	"context"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/throughgate/throughgate/model"
)

type (
	newsMsg   struct{}
	minuteMsg struct{}
	idleMsg   struct{}
)

// awaitNews waits for the next write, here or elsewhere.
func (a *App) awaitNews() tea.Cmd {
	tokens := a.tokens
	return func() tea.Msg {
		if _, more := <-tokens; !more {
			return nil
		}
		return newsMsg{}
	}
}

// laterMsg asks for a message after a while. All waiting of the screens goes
// this way, so that plain mode can tell work, which it waits for, from time.
type laterMsg struct {
	after time.Duration
	msg   tea.Msg
}

func later(after time.Duration, msg tea.Msg) tea.Cmd {
	return func() tea.Msg { return laterMsg{after, msg} }
}

// news is what follows when something was written, here or elsewhere.
func (a *App) news() tea.Cmd {
	a.status = a.gate.Status()
	if a.status.Erased != "" { // and with it whatever the screens show
		return tea.Quit
	}
	if a.env != nil {
		if why := a.env.Over(); why != nil {
			a.turnOut(why)
			return nil
		}
	}
	return tea.Batch(a.reload(), a.countConflicts(), a.countRescues())
}

// turnOut takes away the screens of a session that was ended from outside, locked
// or not, and says why above the sign-in.
func (a *App) turnOut(why error) {
	a.hush()
	a.cutHolders()
	a.env.Close()
	a.env, a.stack, a.overlay, a.locked = nil, nil, nil, false
	a.signIn.turnedOut(why)
}

// awaitMinute redraws the clock when it changes, and not before: an idle
// screen over a slow line sends nothing.
func (a *App) awaitMinute() tea.Cmd {
	now := a.options.Now()
	left := now.Truncate(time.Minute).Add(time.Minute).Sub(now)
	return later(left, minuteMsg{})
}

// minute is what the clock changes by itself. At midnight today's releases
// become yesterday's.
func (a *App) minute() tea.Cmd {
	a.status = a.gate.Status()
	cmds := []tea.Cmd{a.lockWhenIdle(), a.countAlarms(), a.countRescues()}
	if today := model.DayOf(a.options.Now()); today != a.day {
		a.day = today
		cmds = append(cmds, a.reload())
	}
	return tea.Batch(cmds...)
}

func (a *App) awaitIdle() tea.Cmd {
	left := a.options.Idle
	if a.present() {
		left = max(a.options.Idle-a.idle(), time.Second)
	}
	return later(left, idleMsg{})
}

// present tells whether somebody's session is open on the screen.
func (a *App) present() bool { return a.env != nil && !a.locked }

// touch takes note that somebody is there. The reading is of the wall clock: a
// computer that slept through the night has been left alone all night.
func (a *App) touch() { a.touched = a.options.Now().Round(0) }

func (a *App) idle() time.Duration { return a.options.Now().Round(0).Sub(a.touched) }

// lockWhenIdle locks a session that was left alone. It returns nil when it did
// not have to.
func (a *App) lockWhenIdle() tea.Cmd {
	if !a.present() || a.idle() < a.options.Idle {
		return nil
	}
	return a.lock("Locked after a while without a key.")
}

// lock hides everything behind the sign-in screen, and has it written down.
func (a *App) lock(why string) tea.Cmd {
	a.hush()
	a.locked, a.overlay, a.ahead = true, nil, ahead{}
	a.cutHolders()
	a.signIn.lockedBy(a.env.Actor().Staff, a.env.Name(), why)
	e := a.env
	return func() tea.Msg {
		_ = e.drafts.flush() // where the cursor stands, which is written after a moment otherwise
		err := e.Locked(context.Background())
		if err == nil || model.KindOf(err) == model.KindLocked { // somebody else has signed in over it meanwhile
			return nil
		}
		return failMsg{err}
	}
}

// enter shows the board to who has just signed in. Who unlocks their own
// session finds it as they left it; anybody else starts anew, and drafts keep
// what the first one had typed.
func (a *App) enter(s Session) tea.Cmd {
	a.signIn.arrival.taken()
	a.touch()
	same := a.locked && a.env.Actor().Staff == s.Actor().Staff && a.env.Over() == nil
	a.locked, a.overlay = false, nil
	a.hush()
	untold := a.untold
	a.untold = ""
	if same {
		s.Close()
		a.note(untold)
		return a.reload()
	}
	if a.env != nil {
		a.cutHolders()
		a.env.Close()
	}
	a.env = &env{
		Session: s, theme: a.options.Theme, now: a.options.Now, rand: a.options.Rand, place: a.gate.Place(), status: a.gate.Status,
		plain: a.options.plain, timeline: a.options.Timeline, drafts: newDraftBoxes(s), heard: make(map[Screen]string),
	}
	a.tally, a.ringing, a.rescues, a.places = conflictTally{}, alarmTally{}, rescueTally{}, newPlaceKeeper(a.env.drafts)
	board := newBoard(a.env)
	if s.MustChange() {
		a.stack = []Screen{newPassphrase(a.env, board)}
		return tea.Batch(a.top().Load(), a.countConflicts())
	}
	a.stack = []Screen{board}
	return tea.Batch(board.Load(), a.countConflicts(), a.countAlarms(), a.countRescues(), a.findPlace())
}

// leave ends the program. Ctrl+C means "copy" to many, so it asks twice while
// somebody is at work. Who leaves on purpose begins at the board next time;
// drafts stay.
func (a *App) leave() tea.Cmd {
	if !a.present() || a.tooSmall() {
		return tea.Quit
	}
	if a.leaving {
		return tea.Sequence(a.places.forget(), tea.Quit)
	}
	a.leaving = true
	a.note("Press Ctrl+C once more to leave. Everything you saw as kept is kept.")
	return nil
}
