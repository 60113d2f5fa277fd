package tui

import (
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/throughgate/throughgate/model"
	"github.com/throughgate/throughgate/tui/part"
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
	overlay overlay // help, palette or a question; nil when none is open
	width   int
	height  int
	said    said
	untold  string // what waits for who has locked
	ahead   ahead
	leaving bool      // Ctrl+C was pressed once
	touched time.Time // the last key, for the idle lock
	day     model.Day // of the last minute
	locked  bool
	tokens  <-chan struct{}
	stop    func()
	status  model.DeskStatus
	tally   conflictTally
	ringing alarmTally
	rescues rescueTally
	places  *placeKeeper
}

// New makes the program's screens over a workstation. The caller closes them.
func New(gate Gate, options Options) *App {
	if options.Idle == 0 {
		options.Idle = idleDefault
	}
	a := &App{gate: gate, options: options, width: MinWidth, height: MinHeight}
	a.tokens, a.stop = gate.Watch()
	a.status = gate.Status()
	a.signIn = newSignIn(gate, options)
	a.touch()
	return a
}

// Close ends the session and stops watching the store.
func (a *App) Close() {
	a.stop()
	a.signIn.arrival.leave()
	if a.env != nil {
		a.cutHolders()
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

// Update implements tea.Model.
func (a *App) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	var cmd tea.Cmd
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		a.width, a.height = msg.Width, msg.Height
	case tea.KeyMsg:
		if !a.typedAhead(msg) {
			cmd = a.key(msg)
		}
	case actedMsg:
		cmd = a.acted(msg)
	case newsMsg:
		cmd = tea.Batch(a.awaitNews(), a.news())
	case laterMsg:
		cmd = tea.Tick(msg.after, func(time.Time) tea.Msg { return msg.msg })
	case minuteMsg:
		cmd = tea.Batch(a.awaitMinute(), a.minute())
	case idleMsg:
		cmd = tea.Batch(a.lockWhenIdle(), a.awaitIdle())
	default:
		cmd = a.message(msg)
	}
	return a, tea.Batch(cmd, a.keepPlace())
}

// message is everything that is neither key nor clock.
func (a *App) message(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case sessionMsg:
		return a.enter(msg.session)
	case openMsg:
		return a.push(msg.screen)
	case replaceMsg:
		return a.replace(msg)
	case closeMsg:
		return a.closed(msg)
	case goHomeMsg:
		return a.goHome(msg.everybody)
	case backMsg:
		return a.comeBack(msg)
	case walkedMsg:
		return msg.of.rested()
	case confirmMsg:
		if a.present() { // or whoever stands before the lock would be asked
			a.overlay = newConfirm(a.options.Theme, msg.confirmation)
		}
	case tallyMsg:
		return a.countedConflicts(msg)
	case rescuesMsg:
		return a.countedRescues(msg)
	case alarmsMsg:
		a.countedAlarms(msg)
	case noticeMsg:
		if msg.outside {
			a.note(msg.text)
		} else {
			a.tell(msg.text)
		}
	case failMsg:
		a.problem(msg.err)
	case answerMsg:
		return a.answer(msg)
	case restedMsg:
		if s, ok := msg.to.(asking); ok && a.has(msg.to) {
			return s.questions().rested(msg.to)
		}
	case slowMsg:
		if s, ok := msg.to.(asking); ok {
			s.questions().late(msg.sent)
		}
	default:
		return a.elsewhere(msg)
	}
	return nil
}

// elsewhere passes on what widgets say to themselves. Such messages know whose
// they are, so everybody gets them: a search may end while another screen is
// shown.
func (a *App) elsewhere(msg tea.Msg) tea.Cmd {
	cmds := []tea.Cmd{a.signIn.Update(msg)}
	if a.overlay != nil {
		cmds = append(cmds, a.toOverlay(msg))
	}
	for _, s := range a.stack {
		cmds = append(cmds, s.Update(msg))
	}
	return tea.Batch(cmds...)
}

func (a *App) toOverlay(msg tea.Msg) tea.Cmd {
	open := a.overlay
	cmd, done := open.Update(msg)
	if done && a.overlay == open {
		a.overlay = nil
	}
	return cmd
}

// answer gives a screen what it asked for, unless it has gone or has asked
// something else since.
func (a *App) answer(msg answerMsg) tea.Cmd {
	asked, ok := msg.to.(asking)
	if !ok || !a.has(msg.to) {
		if kept, late := msg.msg.(keptMsg); late {
			drop(kept.next)
		}
		return nil
	}
	fresh, again := asked.questions().settle(msg)
	cmds := []tea.Cmd{again}
	switch {
	case !fresh:
	case msg.err != nil:
		a.problem(msg.err)
	default:
		cmds = append(cmds, msg.to.Update(msg.msg))
		a.refuseAnew()
	}
	if early, ok := a.overlay.(*palette); ok && early.early && a.isTop(msg.to) {
		cmds = append(cmds, a.look(early.widget.Query()))
	}
	return tea.Batch(cmds...)
}

func (a *App) has(s Screen) bool {
	if s == Screen(a.signIn) {
		return true
	}
	for _, each := range a.stack {
		if each == s {
			return true
		}
	}
	return false
}

// overlay is what lies over the screen and takes all keys until it closes.
type overlay interface {
	// Update returns true when the overlay is done.
	Update(msg tea.Msg) (tea.Cmd, bool)
	View(width, height int) string
	// Hints are the keys that the footer names while it is open.
	Hints() []part.Hint
}

var _ tea.Model = (*App)(nil)

// tooSmall tells whether the window is smaller than the screens are made for.
func (a *App) tooSmall() bool {
	_, small := part.TooSmall(a.width, a.height, MinWidth, MinHeight)
	return small
}
