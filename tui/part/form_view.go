package part

import "strings"

// page is a form painted in full, and where on it the focus is.
type page struct {
	lines    []string
	from, to int // the lines that should be in sight
	cursor   int // the line that must be
}

func (p *page) add(lines ...string) { p.lines = append(p.lines, lines...) }

// see makes the lines from the index on, to the end so far, the ones to be seen.
func (p *page) see(from, cursor int) { p.from, p.to, p.cursor = from, len(p.lines), cursor }

// indent stands before everything that belongs to a label.
const indent = "  "

// View paints the part of the form around the focus. Where something is out of sight, the last
// line says so.
func (f *Form) View(width, height int) string {
	if width <= 0 || height <= 0 {
		return ""
	}
	if f.Compact {
		return f.compactView(width, height)
	}
	p := &page{}
	f.summary(p, width)
	for _, q := range f.asked {
		if q.shown {
			f.ask(p, q, width)
		}
	}
	f.button(p)
	return f.window(p, width, height)
}

// summary is the box of problems at the top.
func (f *Form) summary(p *page, width int) {
	if len(f.problems) == 0 {
		return
	}
	p.add(f.theme.Danger.Render(Cut("There is a problem", width)))
	for _, problem := range f.problems {
		from := len(p.lines)
		here := f.focus == stop{atProblem, problem.key}
		for i, line := range Wrap(problem.text, width-len(markOther)) {
			mark := markOther
			if here && i == 0 {
				mark = markSelected
			}
			if style := f.theme.Danger; here {
				p.add(f.theme.Selected.Render(Pad(mark+line, width)))
			} else {
				p.add(mark + style.Render(line))
			}
		}
		if here {
			p.see(from, from)
			p.from = 0
		}
	}
	p.add("")
}

// ask is one field: label, hint, problem, and what answers it.
func (f *Form) ask(p *page, q *question, width int) {
	from, here := len(p.lines), f.focused() == q
	if q.control == nil {
		f.info(p, q, width)
		return
	}
	mark := markOther
	if here {
		mark = markSelected
	}
	for i, line := range Wrap(q.label(), width-len(mark)) {
		if i > 0 {
			mark = markOther
		}
		p.add(mark + f.theme.Title.Render(line))
	}
	inner := max(1, width-len(indent))
	f.paragraph(p, q.keyedHint(), f.theme.Muted, inner)
	if q.problem != "" {
		f.paragraph(p, "Problem: "+q.problem, f.theme.Danger, inner)
	}
	start := len(p.lines)
	painted, cursor := q.control.lines(inner)
	for _, line := range painted {
		p.add(indent + line)
	}
	if here {
		p.see(from, start+cursor)
	}
	p.add("")
}

func (f *Form) info(p *page, q *question, width int) {
	if !f.say(p, q, width) {
		return
	}
	p.add("")
}

// say paints the words of a field without an answer, and tells whether there were any.
func (f *Form) say(p *page, q *question, width int) bool {
	text, before := q.Label, len(p.lines)
	if q.Say != nil {
		text = q.Say(f.Values())
	}
	style := f.theme.Text
	if q.Strong {
		style = f.theme.Title
	}
	f.paragraph(p, text, style, max(1, width-len(indent)))
	f.paragraph(p, q.Hint, f.theme.Muted, max(1, width-len(indent)))
	return len(p.lines) > before
}

func (f *Form) paragraph(p *page, text string, style Style, width int) {
	if text == "" {
		return
	}
	for _, line := range Wrap(text, width) {
		p.add(indent + style.Render(line))
	}
}

func (f *Form) button(p *page) {
	text := "[ " + Clean(f.Button) + " ]"
	if f.focus.kind != atButton {
		p.add(markOther + f.theme.Title.Render(text))
		return
	}
	p.add(f.theme.Selected.Render(markSelected + text))
	p.see(len(p.lines)-1, len(p.lines)-1)
}

// window is the part of the page in sight.
func (f *Form) window(p *page, width, height int) string {
	if len(p.lines) <= height {
		f.top = 0
		return fit(p.lines, width, height)
	}
	room := max(1, height-1)
	if p.to > f.top+room {
		f.top = p.to - room
	}
	f.top = min(f.top, p.from)
	f.top = min(max(f.top, p.cursor-room+1), p.cursor)
	f.top = max(0, min(f.top, len(p.lines)-room))
	var hidden []string
	if f.top > 0 {
		hidden = append(hidden, "above")
	}
	if f.top+room < len(p.lines) {
		hidden = append(hidden, "below")
	}
	seen := append([]string{}, p.lines[f.top:f.top+room]...)
	more := Cut(Ellipsis+" more "+strings.Join(hidden, " and "), width)
	return fit(append(seen, f.theme.Muted.Render(more)), width, height)
}
