package tui

import (
	tea "github.com/charmbracelet/bubbletea"

	"github.com/throughgate/throughgate/tui/part"
)

// overlayState is open until its widget says that it is done.
type overlayState struct{ done bool }

func (o *overlayState) close() tea.Cmd {
	o.done = true
	return nil
}

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

// Hints implements overlay.
func (*helpOverlay) Hints() []part.Hint { return []part.Hint{{Key: "Esc", Text: "close"}} }

// confirmOverlay asks for a typed word.
type confirmOverlay struct {
	overlayState
	question *part.Confirm
}

func newConfirm(t *part.Theme, c confirmation) overlay {
	o := &confirmOverlay{question: part.NewConfirm(t, c.title, c.text, c.word)}
	o.question.OnNo = o.close
	o.question.OnYes = func() tea.Cmd {
		o.done = true
		return c.yes()
	}
	return o
}

// Update implements overlay.
func (o *confirmOverlay) Update(msg tea.Msg) (tea.Cmd, bool) {
	cmd := o.question.Update(msg)
	return cmd, o.done
}

// View implements overlay.
func (o *confirmOverlay) View(width, height int) string {
	return o.question.View(min(width, 76), min(height, 12))
}

// Hints implements overlay.
func (*confirmOverlay) Hints() []part.Hint { return []part.Hint{{Key: "Esc", Text: "go back"}} }
