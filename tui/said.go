package tui

import (
	"github.com/throughgate/throughgate/tui/part"
)

// said is what the frame has to say above the footer: what was just done, why
// something cannot be done, or what went wrong.
type said struct {
	text string
	bad  bool
	to   string // the key that was refused, when text is why
}

// saidMost is how many lines it may take.
const saidMost = 3

func (a *App) note(text string) { a.said = said{text: text} }

func (a *App) problem(err error) { a.said = said{text: err.Error(), bad: true} }

// tell says what came of a deed to whoever did it. Over a lock somebody else may
// stand there: it waits until its own person is back.
func (a *App) tell(text string) {
	if a.locked {
		a.untold = text
		return
	}
	a.note(text)
}

// refuse says why an action cannot be done.
func (a *App) refuse(action Action) { a.said = said{text: action.Disabled, to: action.Key} }

// refuseAnew keeps a refusal true: what the shown screen has read since may allow
// what it refused, or refuse it for another reason.
func (a *App) refuseAnew() {
	if a.said.to == "" {
		return
	}
	switch action, found := find(a.top().Actions(), a.said.to, false); {
	case found && action.Disabled != "":
		a.refuse(action)
	default:
		a.hush()
	}
}

// hush takes it away.
func (a *App) hush() { a.said = said{} }

// hushOn takes it away at the next key. A problem stays while somebody types
// on: they have not read it yet.
func (a *App) hushOn(key string, typing bool) {
	if a.said.bad && typing && isText(key) {
		return
	}
	a.hush()
}

// saying is the lines above the footer.
func (a *App) saying(screen Screen) []string {
	t := a.options.Theme
	switch working, ok := screen.(asking); {
	case a.said.bad:
		return part.Notices(a.width, a.said.text, t.Danger, saidMost)
	case a.said.text != "":
		return part.Notices(a.width, a.said.text, t.Good, saidMost)
	case ok && working.questions().working():
		return part.Notices(a.width, "Working …", t.Muted, 1)
	}
	return nil
}
