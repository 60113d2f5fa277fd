package tui

import (
	"context"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/throughgate/throughgate/model"
)

// The smallest window the screens are made for.
const (
	MinWidth  = 80
	MinHeight = 24
)

const idleDefault = 10 * time.Minute

// App is the whole program as bubbletea sees it: it alone matches keys, sizes
// the bodies, shows errors and locks when nobody is there.
type App struct {
	gate    Gate
	options Options
	env     *env // nil until somebody has signed in
	signIn  *signIn
	stack   []Screen
	overlay overlay // help or palette; nil when neither is open
	width   int
	height  int
	note    string
	problem error
	touched time.Time // the last key, for the idle lock
	locked  bool
	tokens  <-chan struct{}
	stop    func()
	status  model.DeskStatus
	// conflicts is how many wait to be settled, of those this person may see.
	conflicts int
}

// New makes the program's screens over a workstation.
func New(gate Gate, options Options) *App {
	if options.Idle == 0 {
		options.Idle = idleDefault
	}
	a := &App{gate: gate, options: options, width: MinWidth, height: MinHeight, touched: options.Now()}
	a.tokens, a.stop = gate.Watch()
	a.status = gate.Status()
	a.signIn = newSignIn(gate, options)
	return a
}

// Close ends the session and stops watching the store.
func (a *App) Close() {
	a.stop()
	if a.env != nil {
		a.env.Close()
	}
}

// Init implements tea.Model.
func (a *App) Init() tea.Cmd {
	cmds := []tea.Cmd{a.awaitNews(), a.awaitMinute(), a.awaitIdle()}
	if a.options.SignedIn != nil {
		cmds = append(cmds, a.enter(a.options.SignedIn))
	}
	return tea.Batch(cmds...)
}

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

// awaitMinute redraws the clock when it changes, and not before: an idle
// screen over a slow line sends nothing.
func (a *App) awaitMinute() tea.Cmd {
	now := a.options.Now()
	return tea.Tick(now.Truncate(time.Minute).Add(time.Minute).Sub(now), func(time.Time) tea.Msg { return minuteMsg{} })
}

func (a *App) awaitIdle() tea.Cmd {
	left := a.options.Idle - a.options.Now().Sub(a.touched)
	return tea.Tick(max(left, time.Second), func(time.Time) tea.Msg { return idleMsg{} })
}

// Update implements tea.Model.
func (a *App) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		a.width, a.height = msg.Width, msg.Height
	case tea.KeyMsg:
		return a, a.key(msg)
	case newsMsg:
		a.status = a.gate.Status()
		return a, tea.Batch(a.awaitNews(), a.reload(), a.countConflicts())
	case minuteMsg:
		a.status = a.gate.Status()
		return a, a.awaitMinute()
	case idleMsg:
		return a, a.idle()
	default:
		return a, a.message(msg)
	}
	return a, nil
}

// message is everything that is neither key nor clock.
func (a *App) message(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case sessionMsg:
		return a.enter(msg.session)
	case openMsg:
		return a.push(msg.screen)
	case replaceMsg:
		a.stack = a.stack[:len(a.stack)-1]
		cmd := a.push(msg.screen)
		a.note = msg.note
		return cmd
	case closeMsg:
		a.note, a.problem = msg.note, nil
		return a.pop()
	case conflictCountMsg:
		a.conflicts = int(msg)
	case noticeMsg:
		a.note, a.problem = msg.text, nil
	case failMsg:
		a.note, a.problem = "", msg.err
	case answerMsg:
		return a.answer(msg)
	default:
		return a.elsewhere(msg)
	}
	return nil
}

// elsewhere passes on what widgets say to themselves: to the overlay when one
// is open, and to the shown screen.
func (a *App) elsewhere(msg tea.Msg) tea.Cmd {
	if a.overlay != nil {
		return a.toOverlay(msg)
	}
	return a.toTop(msg)
}

func (a *App) toOverlay(msg tea.Msg) tea.Cmd {
	cmd, done := a.overlay.Update(msg)
	if done {
		a.overlay = nil
	}
	return cmd
}

// answer gives a screen what it asked for, unless it has gone or asked anew.
func (a *App) answer(msg answerMsg) tea.Cmd {
	asked, numbered := msg.to.(interface{ latest() int })
	if numbered && asked.latest() != msg.turn {
		return nil
	}
	if msg.to == Screen(a.signIn) {
		return a.signIn.Update(msg.msg)
	}
	for _, s := range a.stack {
		if s == msg.to {
			return s.Update(msg.msg)
		}
	}
	return nil
}

func (a *App) toTop(msg tea.Msg) tea.Cmd {
	if s := a.top(); s != nil {
		return s.Update(msg)
	}
	return nil
}

// top is the screen that is shown; the sign-in screen while nobody is in or
// the session is locked.
func (a *App) top() Screen {
	if a.env == nil || a.locked {
		return a.signIn
	}
	return a.stack[len(a.stack)-1]
}

func (a *App) push(s Screen) tea.Cmd {
	a.note, a.problem, a.overlay = "", nil, nil
	a.stack = append(a.stack, s)
	return s.Load()
}

func (a *App) pop() tea.Cmd {
	if len(a.stack) > 1 {
		a.stack = a.stack[:len(a.stack)-1]
	}
	return a.reload()
}

// reload asks the screens that can be seen again to read anew.
func (a *App) reload() tea.Cmd {
	if a.env == nil {
		return nil
	}
	cmds := make([]tea.Cmd, 0, len(a.stack))
	for _, s := range a.stack {
		cmds = append(cmds, s.Load())
	}
	return tea.Batch(cmds...)
}

// enter shows the board to who has just signed in. Who unlocks their own
// session finds it as they left it; anybody else starts anew, and drafts keep
// what the first one had typed.
func (a *App) enter(s Session) tea.Cmd {
	a.touched = a.options.Now()
	same := a.locked && a.env != nil && a.env.Actor().Staff == s.Actor().Staff
	a.locked, a.note, a.problem, a.overlay = false, "", nil, nil
	if same {
		s.Close()
		return a.reload()
	}
	if a.env != nil {
		a.env.Close()
	}
	a.env = &env{Session: s, theme: a.options.Theme, now: a.options.Now, place: a.gate.Place(), status: a.gate.Status}
	board := newBoard(a.env)
	a.stack = []Screen{board}
	if s.MustChange() {
		a.stack = []Screen{newPassphrase(a.env, board)}
	}
	return tea.Batch(a.top().Load(), a.countConflicts())
}

type conflictCountMsg int

// countConflicts reads how many conflicts the header must speak of.
func (a *App) countConflicts() tea.Cmd {
	if a.env == nil {
		return nil
	}
	session := a.env.Session
	return func() tea.Msg {
		found, err := session.Conflicts(context.Background())
		if err != nil {
			return failMsg{err}
		}
		return conflictCountMsg(len(found))
	}
}

// lock hides everything behind the sign-in screen.
func (a *App) lock(why string) tea.Cmd {
	if a.env == nil || a.locked {
		return nil
	}
	a.locked, a.overlay = true, nil
	a.signIn.lockedBy(a.env.Name(), why)
	return a.signIn.Load()
}

func (a *App) idle() tea.Cmd {
	if a.options.Now().Sub(a.touched) >= a.options.Idle {
		return tea.Batch(a.lock("Locked after a while without a key."), a.awaitIdle())
	}
	return a.awaitIdle()
}

// overlay is what lies over the screen and takes all keys until it closes.
type overlay interface {
	// Update returns true when the overlay is done.
	Update(msg tea.Msg) (tea.Cmd, bool)
	View(width, height int) string
}

var _ tea.Model = (*App)(nil)
