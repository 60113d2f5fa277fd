package tui

import (
	"fmt"
	"strings"
	"time"

	"github.com/throughgate/throughgate/model"
	"github.com/throughgate/throughgate/tui/part"
)

// View implements tea.Model: header, the banner of whose record it is, the
// screen, and a footer with the keys that matter now.
func (a *App) View() string {
	if text, small := part.TooSmall(a.width, a.height, MinWidth, MinHeight); small {
		return text
	}
	t, screen := a.options.Theme, a.top()
	lines := []string{a.header(screen), part.Rule(t, a.width)}
	used := 3
	if banner := a.banner(screen); banner != "" {
		lines, used = append(lines, banner), used+2
	}
	body := a.height - used - 1
	if a.overlay != nil {
		lines = append(lines, fill(a.overlay.View(a.width, body), body))
	} else {
		lines = append(lines, fill(screen.View(a.width, body), body))
	}
	return strings.Join(append(lines, a.footer(screen)), "\n")
}

// fill makes a body exactly so many lines high, so that the footer never moves.
func fill(body string, height int) string {
	lines := strings.Split(body, "\n")
	for len(lines) < height {
		lines = append(lines, "")
	}
	return strings.Join(lines[:height], "\n")
}

func (a *App) header(screen Screen) string {
	t := a.options.Theme
	place := a.gate.Place()
	first := part.Sides{Left: []part.Fragment{{Text: "throughgate", Rank: 3}, {Text: place.Name}, {Text: screen.Title()}}}
	if len(a.options.Demo) > 0 {
		first.Left = append([]part.Fragment{{Text: "DEMO", Style: t.HeaderAlert}}, first.Left...)
	}
	clock := part.Fragment{Text: model.InstantOf(a.options.Now()).Clock()}
	if a.env != nil && !a.locked {
		first.Right = []part.Fragment{{Text: a.env.Name()}, {Text: a.env.Actor().Role.Words(), Rank: 2}, clock}
	} else {
		first.Right = []part.Fragment{clock}
	}
	return part.Header(t, a.width, first, a.syncLine())
}

// syncLine always tells the truth about what has left this computer.
func (a *App) syncLine() part.Sides {
	t, now := a.options.Theme, a.options.Now()
	line := part.Sides{Left: []part.Fragment{onlineWords(t, a.status, now)}}
	if n := a.status.Pending; n > 0 {
		line.Left = append(line.Left, part.Fragment{Text: fmt.Sprintf("%d to send", n), Style: t.Warn})
	}
	if !a.status.LastSync.IsZero() {
		line.Left = append(line.Left, part.Fragment{Text: "last sync " + a.status.LastSync.Clock(), Style: t.Muted, Rank: 2})
	}
	if a.env == nil || a.locked {
		return line
	}
	if n := a.conflicts; n > 0 {
		line.Right = append(line.Right, part.Fragment{Text: plural(n, "conflict", "conflicts"), Style: t.HeaderAlert})
	}
	if n := a.status.Refused; n > 0 {
		line.Right = append(line.Right, part.Fragment{Text: plural(n, "refused", "refused"), Style: t.HeaderAlert})
	}
	if a.status.ClockWrong() {
		line.Right = append(line.Right, part.Fragment{Text: "CLOCK WRONG", Style: t.Danger})
	}
	return line
}

func onlineWords(t *part.Theme, s model.DeskStatus, now time.Time) part.Fragment {
	switch {
	case s.Online:
		return part.Fragment{Text: "ONLINE", Style: t.Good}
	case s.Since.IsZero():
		return part.Fragment{Text: "OFFLINE", Style: t.HeaderAlert}
	}
	return part.Fragment{Text: "OFFLINE " + s.Since.Ago(now), Style: t.HeaderAlert}
}

func plural(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, many)
}

func (a *App) banner(screen Screen) string {
	subject, ok := screen.(Subject)
	if !ok || a.env == nil || a.locked {
		return ""
	}
	record := subject.Subject()
	if record == nil {
		return ""
	}
	return personBanner(a.env, record, a.width)
}

func (a *App) footer(screen Screen) string {
	t := a.options.Theme
	switch {
	case a.problem != nil:
		return part.Notice(a.width, a.problem.Error(), t.Danger)
	case a.note != "":
		return part.Notice(a.width, a.note, t.Good)
	}
	const most = 6
	var hints []part.Hint
	for _, action := range screen.Actions() {
		if action.Name != "" && action.Disabled == "" && len(hints) < most {
			hints = append(hints, part.Hint{Key: keyWords(action.Key), Text: action.Name})
		}
	}
	help := part.KeyHelp
	if typist, ok := screen.(Typist); ok && typist.Typing() {
		help = part.KeyF1
	}
	return part.Footer(t, a.width, append(hints, part.Hint{Key: keyWords(help), Text: "help"}))
}
