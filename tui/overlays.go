package tui

import (
	"strconv"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/throughgate/throughgate/model"
	"github.com/throughgate/throughgate/tui/part"
)

// newHelp lists every action of the shown screen, with the reason where one is
// not possible now.
func newHelp(t *part.Theme, title string, here, everywhere []Action) overlay {
	o := &helpOverlay{}
	o.help = part.NewHelp(t, "Help: "+title, []part.HelpSection{
		{Title: title, Entries: helpEntries(here)},
		{Title: "On every screen", Entries: helpEntries(everywhere)},
	})
	o.help.OnClose = o.close
	return o
}

func helpEntries(actions []Action) []part.HelpEntry {
	out := make([]part.HelpEntry, 0, len(actions))
	for _, a := range actions {
		out = append(out, part.HelpEntry{Key: keyWords(a.Key), Text: a.Says, Disabled: a.Disabled})
	}
	return out
}

// overlayState is open until its widget says that it is done.
type overlayState struct{ done bool }

func (o *overlayState) close() tea.Cmd {
	o.done = true
	return nil
}

type helpOverlay struct {
	overlayState
	help *part.Help
}

// Update implements overlay.
func (o *helpOverlay) Update(msg tea.Msg) (tea.Cmd, bool) {
	cmd := o.help.Update(msg)
	return cmd, o.done
}

// View implements overlay.
func (o *helpOverlay) View(width, height int) string { return o.help.View(width, height) }

// palette finds any person, and any action of the shown screen.
type palette struct {
	overlayState
	env     *env
	actions []Action
	widget  *part.Palette
	run     func(Action) tea.Cmd
}

func newPalette(e *env, actions []Action, run func(Action) tea.Cmd) (*palette, tea.Cmd) {
	p := &palette{env: e, actions: actions, run: run}
	p.widget = part.NewPalette(e.theme, p.find, p.choose)
	p.widget.OnClose = p.close
	return p, p.widget.Open()
}

// The values of options begin with what they are.
const (
	paletteAction = "action/"
	palettePerson = "person/"
)

const paletteMost = 50

// find runs in a command. Actions come first: they are few.
func (p *palette) find(query string) part.Found {
	var found part.Found
	for i, a := range p.actions {
		if part.Matches(query, a.Says+" "+a.Name) {
			found.Options = append(found.Options, part.Option{
				Value: paletteAction + strconv.Itoa(i), Label: a.Says, Hint: keyWords(a.Key), Kind: "Action", Disabled: a.Disabled,
			})
		}
	}
	if query != "" {
		for _, r := range p.env.Find(query, paletteMost) {
			found.Options = append(found.Options, personOption(r))
		}
	}
	found.Total = len(found.Options)
	return found
}

func personOption(r model.Row) part.Option {
	return part.Option{
		Value: palettePerson + r.ID.String(), Label: r.Name, Kind: "Person",
		Hint: r.Prison + "  born " + orNot(r.Born.String()) + "  " + r.Stay.Cell,
	}
}

func (p *palette) choose(o part.Option) tea.Cmd {
	p.done = true
	if i, err := strconv.Atoi(trimPrefix(o.Value, paletteAction)); err == nil && i < len(p.actions) {
		return p.run(p.actions[i])
	}
	var id model.PersonID
	if err := id.UnmarshalText([]byte(trimPrefix(o.Value, palettePerson))); err != nil {
		return fail(model.NotFound("This is no longer here.", "Search again."))
	}
	return open(newPerson(p.env, id))
}

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
