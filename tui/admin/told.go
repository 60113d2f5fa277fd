package admin

import (
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/throughgate/throughgate/tui/part"
)

// toldPanel shows what the hub tells once. Only Escape takes it away, so that no
// key pressed ahead loses it.
type toldPanel struct {
	app    *App
	secret Secret
}

// Update implements panel.
func (p *toldPanel) Update(msg tea.Msg) tea.Cmd {
	if part.PressedKey(msg) == part.KeyEscape {
		return p.app.closePanel()
	}
	return nil
}

// View implements panel.
func (p *toldPanel) View(width, _ int) string {
	t := p.app.theme
	lines := []string{"", t.Title.Render(p.secret.Title), ""}
	for _, l := range part.Wrap(p.secret.Text, width-4) {
		lines = append(lines, "    "+t.Key.Render(l))
	}
	lines = append(lines, "")
	for _, l := range part.Wrap("It is shown this once and kept nowhere. "+p.secret.Then, width) {
		lines = append(lines, t.Warn.Render(l))
	}
	return strings.Join(lines, "\n")
}

func (*toldPanel) hints() []part.Hint { return []part.Hint{{Key: "Esc", Text: "close, I have it"}} }

// helpPanel lists what can be done.
type helpPanel struct{ *part.Help }

func (*helpPanel) hints() []part.Hint { return []part.Hint{{Key: "Esc", Text: "close"}} }

// confirmPanel asks for a typed word.
type confirmPanel struct{ *part.Confirm }

func (*confirmPanel) hints() []part.Hint { return []part.Hint{{Key: "Esc", Text: "go back"}} }

// confirm asks before something that cannot be undone, or that others feel.
func (a *App) confirm(title, text, word string, yes func() tea.Cmd) tea.Cmd {
	c := part.NewConfirm(a.theme, title, text, word)
	c.OnNo, c.OnYes = a.closePanel, yes
	a.panel = &confirmPanel{c}
	return nil
}
