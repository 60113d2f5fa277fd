package tui

import (
	"fmt"
	"strings"

	"github.com/throughgate/throughgate/model"
	"github.com/throughgate/throughgate/tui/part"
)

// A bar is a line of a chart in characters: its name, how full it is, and what it
// says in numbers, so that a bar nobody can see loses nothing.
type bar struct {
	name  string
	part  int // of whole
	whole int // 0 draws no bar
	words string
}

// fullest and emptiest are what bars are drawn of: characters that every terminal
// has, and that differ without colour.
const (
	fullest  = "#"
	emptiest = "."
)

// bars draws a chart, the last bars where there is no room for all.
func bars(all []bar, width, height int) []string {
	if len(all) == 0 || height <= 0 {
		return nil
	}
	var lines []string
	if len(all) > height {
		earlier := len(all) - max(1, height-1)
		all = all[earlier:]
		lines = append(lines, fmt.Sprintf("  … %d earlier, counted above", earlier))
	}
	name, words := 0, 0
	for _, b := range all {
		name, words = max(name, part.Width(b.name)), max(words, part.Width(b.words))
	}
	long := max(0, min(50, width-name-words-6))
	for _, b := range all {
		lines = append(lines, strings.TrimRight(part.Cut("  "+part.Pad(b.name, name)+"  "+part.Pad(b.drawn(long), long)+"  "+b.words, width), " "))
	}
	return lines
}

func (b bar) drawn(long int) string {
	if b.whole <= 0 {
		return ""
	}
	full := (long*b.part + b.whole/2) / b.whole
	if b.part > 0 && b.part < b.whole { // what is neither nothing nor all must not look it
		full = min(max(full, 1), long-1)
	}
	full = min(max(full, 0), long)
	return strings.Repeat(fullest, full) + strings.Repeat(emptiest, long-full)
}

// weekBars is a measure week by week.
func weekBars(m model.Measure) []bar {
	out := make([]bar, 0, len(m.Weeks))
	for _, w := range m.Weeks {
		b := bar{name: fmt.Sprintf("Week %2d  %s", w.Week.Number(), w.Begins), words: "nobody to count"}
		if share, any := w.Percent(); any {
			b.part, b.whole = w.Met, w.Of
			b.words = fmt.Sprintf("%3d of %3d  %3d%%", w.Met, w.Of, share)
		}
		out = append(out, b)
	}
	return out
}

// overdueWords is what is counted as overdue.
const overdueWords = "Lines of the checklist that should have been done before today, for who is still to leave."

// overdueChart is what is overdue by owner, the longest bar for the most.
func (s *measures) overdueChart(width, height int) []string {
	if len(s.found.Overdue) == 0 {
		return []string{"Nothing is overdue."}
	}
	most := 0
	for _, o := range s.found.Overdue {
		most = max(most, o.Lines)
	}
	var all []bar
	for _, o := range s.found.Overdue {
		old := o.Weeks[0].Week
		all = append(all, bar{name: o.Words, part: o.Lines, whole: most, words: fmt.Sprintf("%4d  oldest from week %d", o.Lines, old.Number())})
	}
	head := part.Notices(width, overdueWords, s.env.theme.Text, 2)
	return append(head, bars(all, width, height-len(head))...)
}
