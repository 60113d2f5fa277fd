package admin

import (
	"context"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/throughgate/throughgate/tui/part"
)

// The smallest window the screens are made for.
const (
	minWidth  = 80
	minHeight = 24
)

// readEvery is how often the lists are read anew: others administer beside.
const readEvery = 10 * time.Second

// Options is what a program decides for its screens.
type Options struct {
	Theme *part.Theme
	Now   func() time.Time
	// Begins is the folder in which the first prison begins a hub; "" where there
	// is one.
	Begins string
}

// App is the administration as bubbletea sees it: three lists, of which one is
// shown, and at most one panel over it.
type App struct {
	service Service
	theme   *part.Theme
	now     func() time.Time
	width   int
	height  int
	tab     tab
	lists   [tabs]*part.List
	filter  *part.Filter
	all     standing // as last read
	shown   standing // what the filter leaves
	read    bool
	panel   panel // nil when none is open
	said    string
	bad     bool // said is a problem
	busy    bool // a deed is under way
}

// standing is everything the lists show.
type standing struct {
	prisons      []Prison
	staff        []Member
	workstations []Workstation
}

const noPrisonYet = "No prison yet. Add the first with a."

// New makes the screens over a hub's administration.
func New(service Service, options Options) *App {
	a := &App{service: service, theme: options.Theme, now: options.Now, width: minWidth, height: minHeight}
	for i := range a.lists {
		a.lists[i] = part.NewList(a.theme)
	}
	a.lists[tabPrisons].Empty = noPrisonYet
	a.lists[tabStaff].Empty = "Nobody yet. Add the first with a."
	a.lists[tabWorkstations].Empty = "No workstation yet. Draw a code for one with a."
	if options.Begins != "" {
		a.tab = tabPrisons
		a.lists[tabPrisons].Empty = "No hub yet. Add the first prison with a: it begins one in " + options.Begins
	}
	a.filter = part.NewFilter(a.theme)
	a.filter.OnChange = func(string) tea.Cmd {
		a.show(true)
		return nil
	}
	return a
}

type (
	readMsg struct {
		all standing
		err error
	}
	tickMsg struct{}
	// doneMsg is how a deed ended.
	doneMsg struct {
		said   string
		secret *Secret
		err    error
	}
)

// Init implements tea.Model.
func (a *App) Init() tea.Cmd { return tea.Batch(a.load(), tick()) }

func tick() tea.Cmd { return tea.Tick(readEvery, func(time.Time) tea.Msg { return tickMsg{} }) }

// load reads everything, in a command.
func (a *App) load() tea.Cmd {
	return func() tea.Msg {
		ctx := context.Background()
		var msg readMsg
		if msg.all.prisons, msg.err = a.service.Prisons(ctx); msg.err != nil {
			return msg
		}
		if msg.all.staff, msg.err = a.service.Staff(ctx); msg.err != nil {
			return msg
		}
		msg.all.workstations, msg.err = a.service.Workstations(ctx)
		return msg
	}
}

// Update implements tea.Model.
func (a *App) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		a.width, a.height = msg.Width, msg.Height
	case tea.KeyMsg:
		return a, a.key(msg)
	case tickMsg:
		return a, tea.Batch(a.load(), tick())
	case readMsg:
		a.took(msg)
	case doneMsg:
		return a, a.done(msg)
	case keysMsg:
		if msg.err != nil {
			a.said, a.bad = msg.err.Error(), true
			return a, nil
		}
		return a, a.removeSSHKey(msg.member, msg.keys)
	default:
		if a.panel != nil {
			return a, a.panel.Update(msg)
		}
	}
	return a, nil
}

func (a *App) took(msg readMsg) {
	if msg.err != nil {
		a.said, a.bad = msg.err.Error(), true
		return
	}
	a.all, a.read = msg.all, true
	if len(a.all.prisons) > 0 {
		a.lists[tabPrisons].Empty = noPrisonYet
	}
	a.show(false)
}

// do runs a deed in a command: one at a time, so that no Enter too many does it
// twice.
func (a *App) do(said string, deed func(ctx context.Context) (*Secret, error)) tea.Cmd {
	if a.busy {
		return nil
	}
	a.busy = true
	return func() tea.Msg {
		secret, err := deed(context.Background())
		return doneMsg{said, secret, err}
	}
}

// doAnd is do for a deed that has something to say of its own.
func (a *App) doAnd(deed func(ctx context.Context) (said string, err error)) tea.Cmd {
	if a.busy {
		return nil
	}
	a.busy = true
	return func() tea.Msg {
		said, err := deed(context.Background())
		return doneMsg{said, nil, err}
	}
}

// done shows how a deed ended. A form that was refused stays, with the reason.
func (a *App) done(msg doneMsg) tea.Cmd {
	a.busy = false
	if f, isForm := a.panel.(*formPanel); isForm && msg.err != nil {
		f.refuse(msg.err)
		return a.load()
	}
	a.panel = nil
	switch {
	case msg.err != nil:
		a.said, a.bad = msg.err.Error(), true
	case msg.secret != nil:
		a.panel = &toldPanel{app: a, secret: *msg.secret}
	default:
		a.said = msg.said
	}
	return a.load()
}

func (a *App) closePanel() tea.Cmd {
	a.panel = nil
	return nil
}

func (a *App) turn(by int) tea.Cmd {
	a.tab = (a.tab + tab(by) + tabs) % tabs
	a.filter = part.NewFilter(a.theme)
	a.filter.OnChange = func(string) tea.Cmd {
		a.show(true)
		return nil
	}
	a.show(false)
	return nil
}

var _ tea.Model = (*App)(nil)
