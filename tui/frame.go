package tui

import (
	"fmt"
	"strings"
	"time"

	"github.com/throughgate/throughgate/model"
	"github.com/throughgate/throughgate/tui/part"
)

// View implements tea.Model: header, the banner of whose record it is, the
// screen, what there is to say, and a footer with the keys that matter now. It
// is always exactly as many lines as the window has.
func (a *App) View() string {
	if text, small := part.TooSmall(a.width, a.height, MinWidth, MinHeight); small {
		return text
	}
	t, screen := a.options.Theme, a.top()
	lines := []string{a.header(screen), part.Rule(t, a.width)}
	used := 3
	if banner, about := a.banner(screen); about {
		lines, used = append(lines, banner), used+2
	}
	saying := a.saying(screen)
	body := a.height - used - len(saying) - 1
	if a.overlay != nil {
		lines = append(lines, fill(a.overlay.View(a.width, body), body))
	} else {
		lines = append(lines, fill(screen.View(a.width, body), body))
	}
	lines = append(lines, saying...)
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
	if a.present() {
		first.Right = []part.Fragment{{Text: a.env.Name()}, {Text: a.env.Actor().Role.Words(), Rank: 2}}
	}
	if !a.options.Still {
		first.Right = append(first.Right, part.Fragment{Text: model.InstantOf(a.options.Now()).Clock()})
	}
	return part.Header(t, a.width, first, a.syncLine())
}

// syncLine always tells the truth about what has left this computer.
func (a *App) syncLine() part.Sides {
	t, still := a.options.Theme, a.options.Still
	line := part.Sides{Left: []part.Fragment{onlineWords(t, a.status, a.options.Now(), still)}}
	if n := a.status.Pending; n > 0 {
		line.Left = append(line.Left, part.Fragment{Text: fmt.Sprintf("%d to send", n), Style: t.Warn})
	}
	if !a.status.LastSync.IsZero() && !(still && a.status.Online) {
		line.Left = append(line.Left, part.Fragment{Text: "last sync " + a.status.LastSync.Clock(), Style: t.Muted, Rank: 2})
	}
	if !a.present() {
		return line
	}
	if n := a.rescues.running; n > 0 {
		line.Right = append(line.Right, part.Fragment{Text: plural(n, "rescue", "rescues"), Style: t.HeaderAlert})
	}
	if n := a.rescues.late; n > 0 {
		line.Right = append(line.Right, part.Fragment{Text: fmt.Sprintf("%d OVERDUE", n), Style: t.Danger})
	}
	if n := a.tally.n; n > 0 {
		line.Right = append(line.Right, part.Fragment{Text: plural(n, "conflict", "conflicts"), Style: t.HeaderAlert})
	}
	if n := a.ringing.n; n > 0 {
		line.Right = append(line.Right, part.Fragment{Text: plural(n, "alarm", "alarms"), Style: t.HeaderAlert})
	}
	if n := a.status.Refused; n > 0 {
		line.Right = append(line.Right, part.Fragment{Text: plural(n, "refused", "refused"), Style: t.HeaderAlert})
	}
	if a.status.Feed.Doubt != "" {
		line.Right = append(line.Right, part.Fragment{Text: "HUB'S LOG DOUBTED", Style: t.Danger})
	}
	if a.status.ClockWrong() {
		line.Right = append(line.Right, part.Fragment{Text: "CLOCK WRONG", Style: t.Danger})
	}
	return line
}

func onlineWords(t *part.Theme, s model.DeskStatus, now time.Time, still bool) part.Fragment {
	switch {
	case s.Stopped != "":
		return part.Fragment{Text: "STOPPED BY THE HUB", Style: t.Danger}
	case s.Online:
		return part.Fragment{Text: "ONLINE", Style: t.Good}
	case s.Since.IsZero():
		return part.Fragment{Text: "OFFLINE", Style: t.HeaderAlert}
	case still && model.DayOf(s.Since.Time()) == model.DayOf(now):
		return part.Fragment{Text: "OFFLINE since " + s.Since.Clock(), Style: t.HeaderAlert}
	case still:
		return part.Fragment{Text: "OFFLINE since " + s.Since.String(), Style: t.HeaderAlert}
	}
	return part.Fragment{Text: "OFFLINE " + s.Since.Ago(now), Style: t.HeaderAlert}
}

func plural(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, many)
}

// banner is two lines on every screen about a person, blank until their record
// was read, so that nothing below it jumps.
func (a *App) banner(screen Screen) (text string, about bool) {
	subject, ok := screen.(Subject)
	if !ok || !a.present() {
		return "", false
	}
	record := subject.Subject()
	if record == nil {
		return "\n", !isAboutNobody(screen)
	}
	return personBanner(a.env, record, a.width), true
}

// isAboutNobody tells a form about somebody who has no record yet.
func isAboutNobody(screen Screen) bool {
	form, ok := screen.(*formScreen)
	return ok && form.seen == nil
}

// footerMost is how many keys the footer names besides help.
const footerMost = 6

func (a *App) footer(screen Screen) string {
	t := a.options.Theme
	if a.overlay != nil {
		return part.Footer(t, a.width, a.overlay.Hints())
	}
	var hints []part.Hint
	for _, action := range screen.Actions() {
		if action.Name != "" && action.Disabled == "" && len(hints) < footerMost {
			hints = append(hints, part.Hint{Key: keyWords(action.Key), Text: action.Name})
		}
	}
	help := part.KeyHelp
	if typist, ok := screen.(Typist); ok && typist.Typing() {
		help = part.KeyF1
	}
	return part.Footer(t, a.width, append(hints, part.Hint{Key: keyWords(help), Text: "help"}))
}
