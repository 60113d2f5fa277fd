package tui

import (
	"slices"
	"strconv"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/throughgate/throughgate/model"
	"github.com/throughgate/throughgate/tui/part"
)

// palette finds any person, any screen, and any action of the shown one.
type palette struct {
	overlayState
	app     *App
	env     *env
	actions []Action
	screens []destination
	widget  *part.Palette
	early   bool // the screen below has still to be read: what can be done there is not known yet
}

// destination is a screen that can be gone to from anywhere.
type destination struct {
	key      string // of the action that does the same on the board; "" when none does
	says     string
	disabled string
	open     func() tea.Cmd
}

// destinations lists them.
func destinations(e *env) []destination {
	return []destination{
		{says: "Releases: who leaves when, and what is missing", open: func() tea.Cmd { return func() tea.Msg { return goHomeMsg{} } }},
		{says: "Everybody here", open: func() tea.Cmd { return func() tea.Msg { return goHomeMsg{everybody: true} } }},
		{key: "c", says: "Conflicts: what two desks wrote without seeing each other", open: func() tea.Cmd { return open(newConflicts(e)) }},
		{key: "o", says: "Court tomorrow: who could be released there, and how far their court packs are", open: func() tea.Cmd { return open(newCourt(e)) }},
		{says: "Released at court: record that somebody was let go without notice, and start the rescue list", disabled: whyNobodyLetGo(e), open: func() tea.Cmd { return open(newLetGoWho(e)) }},
		{key: "w", says: "Worklist: what waits for your role, what is overdue first", open: func() tea.Cmd { return open(newWorklist(e)) }},
		{key: "s", says: "Sync: what has been sent, what waits, what was refused", open: func() tea.Cmd { return open(newSyncScreen(e)) }},
		{key: "n", says: "Book in somebody who is not here yet", disabled: whyNoArrival(e), open: func() tea.Cmd { return open(newArrival(e)) }},
		{key: "v", says: "Overrides: who broke the glass, and nobody has looked at it yet", disabled: whyNoReview(e), open: func() tea.Cmd { return open(newOverrides(e)) }},
		{key: "a", says: "Audit: what to ask about, and who looked at whose record", disabled: whyNoAudit(e), open: func() tea.Cmd { return open(newAudit(e)) }},
		{key: "m", says: "Measures: how releases went, week by week", open: func() tea.Cmd { return open(newMeasures(e)) }},
		{says: "Print a list: what waits for your role", open: func() tea.Cmd { return open(newPrinting(e, nil)) }},
		{key: "p", says: "Change your passphrase", open: func() tea.Cmd { return open(newPassphrase(e, nil)) }},
	}
}

// look opens the palette with a text in it.
func (a *App) look(text string) tea.Cmd {
	p := newPalette(a)
	a.overlay = p
	return p.widget.Open(text)
}

// lookAgain does so for somebody who comes back to it. The screen below is being
// read: what can be done there is looked for when it has been.
func (a *App) lookAgain(text string) tea.Cmd {
	cmd := a.look(text)
	if s, asks := a.top().(asking); !asks || !s.questions().loading {
		return cmd
	}
	a.overlay.(*palette).early = true
	return nil
}

func newPalette(a *App) *palette {
	p := &palette{app: a, env: a.env}
	p.screens = destinations(a.env)
	for _, action := range a.top().Actions() {
		if action.Run != nil && !(a.options.plain && action.Row == onRow) && !p.leadsTo(action) {
			p.actions = append(p.actions, action)
		}
	}
	p.widget = part.NewPalette(a.env.theme, p.find, p.choose)
	p.widget.OnClose = p.close
	return p
}

// leadsTo tells whether an action is the board's own to go to a screen that is
// listed by its name.
func (p *palette) leadsTo(action Action) bool {
	_, home := p.app.top().(*board)
	return home && slices.ContainsFunc(p.screens, func(d destination) bool { return d.key == action.Key })
}

// The values of options begin with what they are.
const (
	paletteAction = "action/"
	paletteScreen = "screen/"
	palettePerson = "person/"
)

// paletteMost is how many people it lists.
const paletteMost = 50

// find runs in a command. Actions and screens come first: they are few; what
// cannot be done now comes last.
func (p *palette) find(query string) part.Found {
	var found part.Found
	var notNow []part.Option
	add := func(o part.Option) {
		if o.Disabled != "" {
			notNow = append(notNow, o)
			return
		}
		found.Options = append(found.Options, o)
	}
	for _, a := range p.actions {
		if part.Matches(query, a.Says+" "+a.Name+" "+a.Word) {
			add(part.Option{Value: paletteAction + a.Key, Label: a.Says, Hint: p.env.keys(keyWords(a.Key), a.spoken()), Kind: "Action", Disabled: a.Disabled})
		}
	}
	for i, s := range p.screens {
		if part.Matches(query, s.says) {
			add(part.Option{Value: paletteScreen + strconv.Itoa(i), Label: s.says, Kind: "Screen", Disabled: s.disabled})
		}
	}
	if query != "" {
		for _, r := range p.env.Find(query, paletteMost) {
			add(personOption(r))
		}
	}
	found.Options = append(found.Options, notNow...)
	found.Total = len(found.Options)
	return found
}

func personOption(r model.Row) part.Option {
	return part.Option{
		Value: palettePerson + r.ID.String(), Label: r.Name, Kind: "Person",
		Hint: orNot(r.Prison) + "  born " + r.Born.String() + "  " + r.Stay.Cell,
	}
}

// choose looks the action up anew: it acts on what is under the cursor now, and
// that may have gone since the palette was opened.
func (p *palette) choose(o part.Option) tea.Cmd {
	p.done = true
	if key := trimPrefix(o.Value, paletteAction); key != "" {
		if action, found := find(p.app.top().Actions(), key, false); found {
			return p.app.run(action)
		}
		return fail(model.NotFound("That is not possible here any more.", "Look at the screen as it is now."))
	}
	if i, err := strconv.Atoi(trimPrefix(o.Value, paletteScreen)); err == nil && i < len(p.screens) {
		return p.goTo(p.screens[i].open())
	}
	var id model.PersonID
	if err := id.UnmarshalText([]byte(trimPrefix(o.Value, palettePerson))); err != nil {
		return fail(model.NotFound("This is no longer here.", "Search again."))
	}
	return p.goTo(open(newPerson(p.env, id)))
}

// goTo shows what a command that only opens a screen asks for, at once and with no
// moment in between: the next key is meant for what was chosen, and must not act
// on whoever is shown below.
func (p *palette) goTo(opening tea.Cmd) tea.Cmd { return p.app.message(opening()) }

// trimPrefix returns what follows the prefix, "" when s has not got it.
func trimPrefix(s, prefix string) string {
	if len(s) > len(prefix) && s[:len(prefix)] == prefix {
		return s[len(prefix):]
	}
	return ""
}

// Update implements overlay.
func (p *palette) Update(msg tea.Msg) (tea.Cmd, bool) {
	cmd := p.widget.Update(msg)
	return cmd, p.done
}

// View implements overlay.
func (p *palette) View(width, height int) string { return p.widget.View(width, height) }

// Hints implements overlay.
func (*palette) Hints() []part.Hint {
	return []part.Hint{{Key: "Enter", Text: "choose"}, {Key: "Esc", Text: "close"}}
}
