package tui

import (
	"strings"

	"github.com/charmbracelet/bubbles/key"
	"github.com/charmbracelet/bubbles/viewport"
	tea "github.com/charmbracelet/bubbletea"

	"github.com/throughgate/throughgate/tui/part"
)

// pages is a text to read that may be longer than the window.
type pages struct{ viewport.Model }

func newPages() pages {
	p := pages{viewport.New(0, 0)}
	p.KeyMap = pagesKeys
	return p
}

// pagesKeys are the keys that move a list, and no letters besides: those are
// actions.
var pagesKeys = viewport.KeyMap{
	Up:       key.NewBinding(key.WithKeys(part.KeyUp, "k")),
	Down:     key.NewBinding(key.WithKeys(part.KeyDown, "j")),
	PageUp:   key.NewBinding(key.WithKeys(part.KeyPageUp)),
	PageDown: key.NewBinding(key.WithKeys(part.KeyPageDown, part.KeySpace)),
}

// update scrolls.
func (p *pages) update(msg tea.Msg) tea.Cmd {
	switch part.PressedKey(msg) {
	case "":
		return nil // a paste is nobody's command
	case part.KeyHome:
		p.GotoTop()
	case part.KeyEnd:
		p.GotoBottom()
	}
	var cmd tea.Cmd
	p.Model, cmd = p.Model.Update(msg)
	return cmd
}

// show lays lines out in a window.
func (p *pages) show(lines []string, width, height int) {
	p.Width, p.Height = width, max(1, height)
	p.SetContent(joinLines(lines))
}

// left is how many lines are still below the window.
func (p *pages) left() int { return max(0, p.TotalLineCount()-p.YOffset-p.Height) }

// unpadded leaves out the blanks a viewport fills its lines up with: over a
// slow line they are bytes for nothing.
func unpadded(view string) string {
	lines := strings.Split(view, "\n")
	for i, line := range lines {
		lines[i] = strings.TrimRight(line, " ")
	}
	return joinLines(lines)
}
