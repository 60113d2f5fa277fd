package admin

import (
	"fmt"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/throughgate/throughgate/model"
	"github.com/throughgate/throughgate/tui/part"
)

// panel lies over the lists and takes all keys until it closes.
type panel interface {
	Update(msg tea.Msg) tea.Cmd
	View(width, height int) string
	hints() []part.Hint
}

// View implements tea.Model. It is always exactly as many lines as the window
// has.
func (a *App) View() string {
	if text, small := part.TooSmall(a.width, a.height, minWidth, minHeight); small {
		return text
	}
	lines := []string{a.header(), part.Rule(a.theme, a.width)}
	saying := a.saying()
	body := a.height - 4 - len(saying)
	if a.panel != nil {
		lines = append(lines, fill(a.panel.View(a.width, body), body))
	} else {
		lines = append(lines, fill(a.table(body), body))
	}
	return strings.Join(append(append(lines, saying...), a.footer()), "\n")
}

func (a *App) header() string {
	t := a.theme
	first := part.Sides{
		Left:  []part.Fragment{{Text: "throughgate-hub", Rank: 3}, {Text: "Administration"}},
		Right: []part.Fragment{{Text: model.InstantOf(a.now()).Clock()}},
	}
	var names part.Sides
	for i := range tabs {
		f := part.Fragment{Text: tabNames[i], Style: t.Muted}
		if i == a.tab {
			f = part.Fragment{Text: "[" + tabNames[i] + "]", Style: t.Title}
		}
		names.Left = append(names.Left, f)
	}
	if n := a.stopped(); n > 0 {
		names.Right = []part.Fragment{{Text: fmt.Sprintf("%d STOPPED: decide", n), Style: t.HeaderAlert}}
	}
	return part.Header(t, a.width, first, names)
}

// stopped is how many workstations wait for a decision.
func (a *App) stopped() (n int) {
	for _, w := range a.all.workstations {
		if w.Stopped {
			n++
		}
	}
	return n
}

func (a *App) table(height int) string {
	if !a.read {
		return a.theme.Muted.Render("Reading …")
	}
	var lines []string
	if a.filter.Active() {
		lines = append(lines, a.filter.View(a.width, a.list().Len(), a.total()))
	}
	if a.list().Len() > 0 {
		lines = append(lines, "  "+a.columns().Titles(a.width-2, a.theme.Heading).Paint())
	}
	detail := a.detail()
	room := height - len(lines) - len(detail)
	return strings.Join(append(append(lines, fill(a.list().View(a.width, room), room)), detail...), "\n")
}

// detailMost is how many lines say more of the row under the cursor.
const detailMost = 3

// detail says what has no column, always in as many lines, so that the list does
// not jump.
func (a *App) detail() []string {
	more := ""
	switch m, w := a.member(), a.workstation(); {
	case a.tab == tabStaff && m != nil:
		more = m.detail()
	case a.tab == tabWorkstations && w != nil:
		more = "Workstation " + w.ID.String() + ". " + w.Detail
	default:
		return nil
	}
	lines := []string{part.Rule(a.theme, a.width)}
	lines = append(lines, part.Notices(a.width, more, a.theme.Text, detailMost)...)
	for len(lines) <= detailMost {
		lines = append(lines, "")
	}
	return lines
}

// saying is what there is to say above the footer.
func (a *App) saying() []string {
	const most = 3
	switch {
	case a.bad:
		return part.Notices(a.width, a.said, a.theme.Danger, most)
	case a.said != "":
		return part.Notices(a.width, a.said, a.theme.Good, most)
	}
	return nil
}

// footerMost is how many keys the footer names besides help.
const footerMost = 7

func (a *App) footer() string {
	if a.panel != nil {
		return part.Footer(a.theme, a.width, a.panel.hints())
	}
	var hints []part.Hint
	for _, act := range a.actions() {
		if act.name != "" && act.disabled == "" && len(hints) < footerMost {
			hints = append(hints, part.Hint{Key: keyWords(act.key), Text: act.name})
		}
	}
	return part.Footer(a.theme, a.width, append(hints, part.Hint{Key: part.KeyHelp, Text: "help"}))
}

// fill makes a body exactly so many lines high, so that the footer never moves.
func fill(body string, height int) string {
	lines := strings.Split(body, "\n")
	for len(lines) < height {
		lines = append(lines, "")
	}
	return strings.Join(lines[:height], "\n")
}
