package admin

import (
	tea "github.com/charmbracelet/bubbletea"

	"github.com/throughgate/throughgate/tui/part"
)

// action is one key and what it does. Footer, help and behaviour come from it.
type action struct {
	key      string
	name     string // for the footer; "" keeps it out of there
	says     string // a sentence for help
	disabled string // why it cannot be done now; "" when it can
	run      func() tea.Cmd
}

// key is the one place where a key becomes a deed.
func (a *App) key(msg tea.KeyMsg) tea.Cmd {
	key := part.PressedKey(msg)
	if key == part.KeyQuit {
		return tea.Quit
	}
	if _, small := part.TooSmall(a.width, a.height, minWidth, minHeight); small {
		return nil
	}
	a.said, a.bad = "", false
	switch {
	case a.panel != nil:
		return a.panel.Update(msg)
	case a.filter.Typing() || key == part.KeyEscape && a.filter.Active():
		return a.filter.Update(msg)
	}
	for _, act := range a.actions() {
		if act.key != key || act.run == nil {
			continue
		}
		if act.disabled != "" {
			a.said = act.disabled
			return nil
		}
		return act.run()
	}
	if key == "" {
		return nil // a paste outside a field is nobody's command
	}
	return a.list().Update(msg)
}

// everywhere is what works on every list.
func (a *App) everywhere() []action {
	return []action{
		{key: part.KeyTab, name: "next list", says: "Go to the next list: staff, workstations, prisons.", run: func() tea.Cmd { return a.turn(1) }},
		{key: part.KeyBackTab, says: "Go to the list before.", run: func() tea.Cmd { return a.turn(-1) }},
		{key: "/", name: "filter", says: "Narrow the list down to what is typed. Esc takes the filter away.", run: func() tea.Cmd {
			a.filter.Open()
			return nil
		}},
		{key: "r", says: "Read everything anew. It is read anew by itself every ten seconds.", run: a.load},
		{key: part.KeyHelp, says: "This help.", run: a.openHelp},
		{key: part.KeyF1, says: "This help.", run: a.openHelp},
		{key: part.KeyQuit, says: "Leave the program."},
	}
}

func (a *App) actions() []action { return append(a.here(), a.everywhere()...) }

func (a *App) openHelp() tea.Cmd {
	title := tabNames[a.tab]
	help := part.NewHelp(a.theme, "Help: "+title, []part.HelpSection{
		{Title: title, Entries: helpEntries(a.here())}, {Title: "On every list", Entries: helpEntries(a.everywhere())},
	})
	help.OnClose = a.closePanel
	a.panel = &helpPanel{help}
	return nil
}

func helpEntries(all []action) []part.HelpEntry {
	out := make([]part.HelpEntry, 0, len(all))
	for _, act := range all {
		out = append(out, part.HelpEntry{Key: keyWords(act.key), Text: act.says, Disabled: act.disabled})
	}
	return out
}

func keyWords(key string) string {
	switch key {
	case part.KeyTab:
		return "Tab"
	case part.KeyBackTab:
		return "Shift+Tab"
	case part.KeyEnter:
		return "Enter"
	case part.KeyEscape:
		return "Esc"
	case part.KeyF1:
		return "F1"
	case part.KeyQuit:
		return "Ctrl+C"
	}
	return key
}
