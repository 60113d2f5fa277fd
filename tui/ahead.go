package tui

import (
	tea "github.com/charmbracelet/bubbletea"

	"github.com/throughgate/throughgate/tui/part"
)

// ahead is what is typed after a key whose action has not said yet what it does.
// Over a slow line several keys come in one breath: the second is meant for the
// screen that the first opens, and must not act on the one it leaves.
type ahead struct {
	waiting bool
	keys    []tea.KeyMsg
}

// aheadMost is how many keys wait. Nobody types as many before an action answers.
const aheadMost = 256

// actedMsg is what an action's command came to.
type actedMsg struct{ msg tea.Msg }

// inTurn has the next keys wait for what an action does. The sign-in screen opens
// nothing by itself.
func (a *App) inTurn(cmd tea.Cmd) tea.Cmd {
	if cmd == nil || !a.present() {
		return nil
	}
	a.ahead.waiting = true
	return func() tea.Msg { return actedMsg{cmd()} }
}

// typedAhead takes a key that must wait. Locking and leaving never wait.
func (a *App) typedAhead(msg tea.KeyMsg) bool {
	if key := part.PressedKey(msg); !a.ahead.waiting || key == part.KeyQuit || key == keyLock {
		return false
	}
	if len(a.ahead.keys) < aheadMost {
		a.ahead.keys = append(a.ahead.keys, msg)
	}
	return true
}

// acted does what an action asks of the frame, and then what was typed meanwhile,
// up to the next key that others must wait for. What was typed to somebody who is
// no longer there is nobody's.
func (a *App) acted(msg actedMsg) tea.Cmd {
	a.ahead.waiting = false
	cmds := []tea.Cmd{a.atOnce(msg.msg)}
	for len(a.ahead.keys) > 0 && !a.ahead.waiting && a.present() {
		next := a.ahead.keys[0]
		a.ahead.keys = a.ahead.keys[1:]
		cmds = append(cmds, a.key(next))
	}
	if !a.ahead.waiting {
		a.ahead.keys = nil
	}
	return tea.Batch(cmds...)
}

// atOnce does what changes which screen is shown. Everything else is as good a
// moment later, and some of it only bubbletea can do.
func (a *App) atOnce(msg tea.Msg) tea.Cmd {
	switch msg.(type) {
	case openMsg, replaceMsg, closeMsg, goHomeMsg, confirmMsg, noticeMsg, failMsg:
		return a.message(msg)
	}
	return func() tea.Msg { return msg }
}
