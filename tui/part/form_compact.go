package part

// compactLabel is the widest column of labels; a longer label is broken.
const compactLabel = 26

// hintLines are kept free at the foot, so that nothing moves when the focus does.
const hintLines = 2

// compactView is View with labels beside the answers.
func (f *Form) compactView(width, height int) string {
	p := &page{}
	f.summary(p, width)
	column := f.labelColumn(width)
	begun, said := false, false // the first question, and words above it
	for _, q := range f.asked {
		switch {
		case !q.shown:
		case q.control == nil:
			said = f.say(p, q, width) || said
		default:
			if said && !begun {
				p.add("")
			}
			begun = true
			f.askBeside(p, q, column, width)
		}
	}
	if len(p.lines)+2 <= height-hintLines { // rather the button in sight than a blank line above it
		p.add("")
	}
	f.button(p)
	if height <= hintLines+1 {
		return f.window(p, width, height)
	}
	return f.window(p, width, height-hintLines) + f.foot(len(p.lines), width, height)
}

// labelColumn is as wide as the longest label, of fields that are not shown as well: an answer
// that brings another field must not move the rest sideways.
func (f *Form) labelColumn(width int) int {
	widest := 0
	for _, q := range f.asked {
		if q.control != nil && (q.Kind != PickerField || q.Inline) {
			widest = max(widest, Width(q.label()))
		}
	}
	return min(widest, compactLabel, width/2)
}

// askBeside is one field with its label at the left of it. A picker that has the focus needs the
// whole width for its results, so its label stays above; so does that of one that shows its count.
func (f *Form) askBeside(p *page, q *question, column, width int) {
	from, here := len(p.lines), f.focused() == q
	if q.Kind == PickerField && (here || !q.Inline) {
		f.ask(p, q, width)
		return
	}
	labels := Wrap(q.label(), column)
	answers, cursor := q.control.lines(max(1, width-len(markOther)-column-1))
	if q.Kind == PickerField {
		answers = answers[:1]
	}
	for i := range max(len(labels), len(answers)) {
		mark, label, answer := markOther, spaces(column), ""
		if i == 0 && here {
			mark = markSelected
		}
		if i < len(labels) {
			label = f.theme.Title.Render(labels[i]) + spaces(column-Width(labels[i]))
		}
		if i < len(answers) {
			answer = answers[i]
		}
		p.add(mark + label + " " + answer)
	}
	if q.problem != "" {
		f.paragraph(p, "Problem: "+q.problem, f.theme.Danger, max(1, width-len(indent)))
	}
	if here {
		p.see(from, from+cursor)
	}
}

// foot is what stands below the form, at the lower edge: the hint of the field with the focus.
func (f *Form) foot(painted, width, height int) string {
	out := ""
	for range max(0, height-hintLines-painted) {
		out += "\n"
	}
	var lines []string
	if q := f.focused(); q != nil && q.keyedHint() != "" && q.Kind != PickerField {
		lines = Wrap(q.keyedHint(), width-len(indent))
		if len(lines) > hintLines {
			lines[hintLines-1] = Cut(lines[hintLines-1], width-len(indent)-2) + " " + Ellipsis
		}
	}
	for i := range hintLines {
		out += "\n"
		if i < len(lines) {
			out += indent + f.theme.Muted.Render(lines[i])
		}
	}
	return out
}
