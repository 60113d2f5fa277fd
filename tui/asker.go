package tui

import (
	"time"

	tea "github.com/charmbracelet/bubbletea"
)

// asker numbers what a screen asks for in commands, so that the answer to an
// old question is dropped and no question is asked twice at once. A screen
// embeds it; it is used in Update only.
type asker struct {
	turn    int          // of the question that holds now
	sent    int          // how many commands were ever sent
	owed    map[int]bool // those not answered yet; true once they are slow
	loading bool
	again   bool // what is being read has changed since
	resting bool // it will be read again after a rest
}

// answerMsg carries what a screen asked for. The frame gives it to that screen
// alone.
type answerMsg struct {
	to   Screen
	kind answerKind
	turn int
	sent int
	msg  tea.Msg
	err  error
}

type answerKind int

const (
	loaded answerKind = iota // dropped when another question was asked since; one at a time
	done                     // of a deed: it always arrives
)

// load reads what a screen shows, in a command. What it returns comes to the
// screen's Update; an error goes to the frame. While one reading is under way no
// other begins: whatever happened meanwhile is read once more afterwards. So news
// may come as fast as it likes.
func (a *asker) load(to Screen, question func() (tea.Msg, error)) tea.Cmd {
	if a.loading {
		a.again = true
		return nil
	}
	a.loading, a.resting = true, false
	return a.send(answerMsg{to: to, kind: loaded, turn: a.turn}, question)
}

// anew says that what Load reads is another question from now on: an answer
// that is still under way is dropped when it comes.
func (a *asker) anew() { a.turn++ }

// deed runs something that changes a record. Its answer always arrives, as long
// as the screen is there.
func (a *asker) deed(to Screen, do func() (tea.Msg, error)) tea.Cmd {
	return a.send(answerMsg{to: to, kind: done}, do)
}

// slowAfter is when a screen says that it is working: sooner and the words
// would only flicker.
const slowAfter = 200 * time.Millisecond

type slowMsg struct {
	to   Screen
	sent int
}

func (a *asker) send(answer answerMsg, run func() (tea.Msg, error)) tea.Cmd {
	a.sent++
	answer.sent = a.sent
	if a.owed == nil {
		a.owed = make(map[int]bool)
	}
	a.owed[answer.sent] = false
	return tea.Batch(
		func() tea.Msg {
			answer.msg, answer.err = run()
			return answer
		},
		later(slowAfter, slowMsg{answer.to, answer.sent}),
	)
}

// settle takes note of an answer. It says whether the answer still matters, and
// gives the command that reads again where that is needed: at once for another
// question, after a rest for more news.
func (a *asker) settle(m answerMsg) (fresh bool, again tea.Cmd) {
	delete(a.owed, m.sent)
	fresh = m.kind == done || m.turn == a.turn
	if m.kind != loaded {
		return fresh, nil
	}
	more := a.again
	a.loading, a.again = false, false
	switch {
	case !fresh:
		again = m.to.Load()
	case more:
		a.resting = true
		again = later(restBetween, restedMsg{m.to})
	}
	return fresh, again
}

// restBetween is how long a screen rests between two readings while news comes
// without end: nobody sees the difference, and a desk that catches up with
// thousands of entries has its processor for that.
const restBetween = 50 * time.Millisecond

type restedMsg struct{ to Screen }

// rested reads again, unless that was done for another reason meanwhile.
func (a *asker) rested(to Screen) tea.Cmd {
	if !a.resting {
		return nil
	}
	return to.Load()
}

// late takes note that an answer keeps a person waiting.
func (a *asker) late(sent int) {
	if _, waiting := a.owed[sent]; waiting {
		a.owed[sent] = true
	}
}

// working tells whether somebody has been waiting long enough to be told.
func (a *asker) working() bool {
	for _, slow := range a.owed {
		if slow {
			return true
		}
	}
	return false
}

// questions is the asker itself: what embeds it is an asking screen.
func (a *asker) questions() *asker { return a }

// asking is every screen that embeds an asker.
type asking interface{ questions() *asker }
