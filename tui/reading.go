package tui

import (
	"fmt"

	"github.com/throughgate/throughgate/tui/part"
)

// reading is remarks for reading at leisure: each line is a row, so that the
// keys of every list walk through them.
type reading struct {
	list  *part.List
	all   []remark
	width int // of the lines as they are wrapped now; 0 before
}

func newReading(t *part.Theme) *reading { return &reading{list: part.NewList(t)} }

func (r *reading) show(all []remark) { r.all, r.width = all, 0 }

// wrap lays the remarks out for a width.
func (r *reading) wrap(width int) {
	if r.width == width {
		return
	}
	r.width = width
	const most, marks = 1000, 2
	var lines []remark
	for _, one := range r.all {
		for i, line := range part.Wrap(one.text, max(1, width-2*marks)) {
			if i >= most {
				break
			}
			if i > 0 {
				line = "  " + line
			}
			lines = append(lines, remark{line, one.style})
		}
	}
	r.list.SetRows(part.Rows{
		Len:  len(lines),
		ID:   func(i int) string { return fmt.Sprint(i) },
		Line: func(i, width int) part.Line { return part.TextLine(lines[i].text, lines[i].style, width) },
	})
}

func (r *reading) view(width, height int) string {
	r.wrap(width)
	return r.list.View(width, height)
}

func (r *reading) speak() Speech {
	if len(r.all) == 0 {
		return Speech{Head: []string{r.list.Empty}}
	}
	text := make([]string, len(r.all))
	for i, one := range r.all {
		text[i] = one.text
	}
	return Speech{Text: text}
}
