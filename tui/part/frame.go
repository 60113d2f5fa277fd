package part

import (
	"fmt"
	"strings"
)

// Fragment is one piece of a line of the frame. Rank 0 is never left out; where the line is too
// narrow, the highest rank goes first.
type Fragment struct {
	Text  string
	Style Style
	Rank  int
}

// Sides is a line with fragments at its left and at its right edge.
type Sides struct{ Left, Right []Fragment }

// fragmentGap stands between two fragments, so that two facts never read as one.
const fragmentGap = 2

// layout paints one line of exactly width columns over a base style. With marked, an ellipsis says
// that something was left out.
func (s Sides) layout(base Style, width int, marked bool) string {
	left, right := tidy(s.Left), tidy(s.Right)
	dropped := false
	for needs(left, right, marked && dropped) > width && drop(&left, &right) {
		dropped = true
	}
	if marked && dropped {
		left = append(left, Fragment{Text: Ellipsis})
	}
	left, right = squeeze(left, right, width)
	var b strings.Builder
	used := write(&b, base, left)
	rest := width - used - span(right)
	b.WriteString(base.Render(spaces(rest)))
	write(&b, base, right)
	return Cut(b.String(), width)
}

// tidy cleans the texts and leaves out the empty ones.
func tidy(fragments []Fragment) []Fragment {
	kept := make([]Fragment, 0, len(fragments)+1)
	for _, f := range fragments {
		if f.Text = Clean(f.Text); f.Text != "" {
			kept = append(kept, f)
		}
	}
	return kept
}

func span(fragments []Fragment) int {
	total := 0
	for i, f := range fragments {
		if i > 0 {
			total += fragmentGap
		}
		total += Width(f.Text)
	}
	return total
}

func needs(left, right []Fragment, marked bool) int {
	total := span(left) + span(right)
	if marked {
		total += fragmentGap + Width(Ellipsis)
	}
	if len(left) > 0 && len(right) > 0 {
		total += fragmentGap
	}
	return total
}

// drop removes the fragment that matters least: the highest rank, the later of equals.
func drop(left, right *[]Fragment) bool {
	worst, rank, at := left, 0, -1
	for _, side := range []*[]Fragment{left, right} {
		for i, f := range *side {
			if f.Rank > 0 && f.Rank >= rank {
				worst, rank, at = side, f.Rank, i
			}
		}
	}
	if at < 0 {
		return false
	}
	*worst = append((*worst)[:at:at], (*worst)[at+1:]...)
	return true
}

// squeeze cuts the widest texts when all that is left must stay and still does not fit.
func squeeze(left, right []Fragment, width int) ([]Fragment, []Fragment) {
	over := needs(left, right, false) - width
	for over > 0 {
		widest := widestOf(left, right)
		if widest == nil || Width(widest.Text) <= 4 {
			break
		}
		was := Width(widest.Text)
		widest.Text = Cut(widest.Text, max(4, was-over))
		if over -= was - Width(widest.Text); Width(widest.Text) == was {
			break
		}
	}
	return left, right
}

func widestOf(sides ...[]Fragment) *Fragment {
	var widest *Fragment
	for _, side := range sides {
		for i := range side {
			if widest == nil || Width(side[i].Text) > Width(widest.Text) {
				widest = &side[i]
			}
		}
	}
	return widest
}

func write(b *strings.Builder, base Style, fragments []Fragment) int {
	for i, f := range fragments {
		if i > 0 {
			b.WriteString(base.Render(spaces(fragmentGap)))
		}
		b.WriteString(f.Style.Over(base).Render(f.Text))
	}
	return span(fragments)
}

// Banner is the two lines that say whose record is on the screen, width columns each. Facts are
// left out by rank, and an ellipsis then says that something is missing; rank 0 always stays.
func Banner(t *Theme, width int, first, second Sides) string {
	if width <= 0 {
		return ""
	}
	return first.layout(t.Banner, width, true) + "\n" + second.layout(t.Banner, width, true)
}

// Header is the two lines at the top of every screen, width columns each.
func Header(t *Theme, width int, first, second Sides) string {
	if width <= 0 {
		return ""
	}
	return first.layout(t.Header, width, false) + "\n" + second.layout(t.Text, width, false)
}

// SidesLine is one line of a body with text at both edges, for a list's headings and a screen's
// own title.
func SidesLine(width int, sides Sides) Line {
	left, right := tidy(sides.Left), tidy(sides.Right)
	for needs(left, right, false) > width && drop(&left, &right) {
		continue
	}
	left, right = squeeze(left, right, width)
	if needs(left, right, false) > width { // too many that must stay: what fits of them, in one style
		var b strings.Builder
		write(&b, Style{}, append(left, right...))
		return TextLine(b.String(), Style{}, width)
	}
	line := make(Line, 0, len(left)+len(right))
	for i, f := range left {
		line = append(line, Cell{Text: f.Text, Style: f.Style, before: min(i, 1) * fragmentGap})
	}
	rest := width - span(left) - span(right)
	for i, f := range right {
		before := fragmentGap
		if i == 0 {
			before = rest
		}
		line = append(line, Cell{Text: f.Text, Style: f.Style, before: before})
	}
	return line
}

// Hint is one key of the footer: "Enter open".
type Hint struct{ Key, Text string }

// Footer is one line with the keys that matter now. Where they do not fit, the last stays (it is
// help, which lists them all) and those before it are left out from the right.
func Footer(t *Theme, width int, hints []Hint) string {
	for len(hints) > 1 && hintsSpan(hints) > width {
		last := hints[len(hints)-1]
		hints = append(hints[:len(hints)-2:len(hints)-2], last)
	}
	parts := make([]string, len(hints))
	for i, h := range hints {
		parts[i] = t.Key.Render(Clean(h.Key)) + " " + t.Text.Render(Clean(h.Text))
	}
	return Cut(strings.Join(parts, spaces(hintGap)), width)
}

const hintGap = 3

func hintsSpan(hints []Hint) int {
	total := -hintGap
	for _, h := range hints {
		total += hintGap + Width(Clean(h.Key)) + 1 + Width(Clean(h.Text))
	}
	return total
}

// Notices is what there is to say above the footer: an error, or what was just done, in at most
// so many lines. The style repeats what the words say.
func Notices(width int, text string, style Style, most int) []string {
	lines := Wrap(strings.TrimSpace(Clean(text)), width)
	if len(lines) > most {
		lines[most-1] = Cut(strings.Join(lines[most-1:], " "), width)
		lines = lines[:most]
	}
	for i, line := range lines {
		lines[i] = style.Render(line)
	}
	return lines
}

// Rule is a light line over width columns.
func Rule(t *Theme, width int) string {
	return t.Rule.Render(strings.Repeat("─", max(0, width)))
}

// TooSmall is the sentence shown instead of a screen in a window smaller than needed, and whether
// it is. Sizes are in columns and rows.
func TooSmall(width, height, needWidth, needHeight int) (string, bool) {
	if width >= needWidth && height >= needHeight {
		return "", false
	}
	text := fmt.Sprintf("Window too small: %dx%d, need %dx%d", width, height, needWidth, needHeight)
	return fit(Wrap(text, width), width, height), true
}

// Beside sets two views side by side with a light line between, over height lines; the left one
// takes leftWidth columns. The right one should be leftWidth+3 columns narrower than the window.
func Beside(t *Theme, left string, leftWidth int, right string, height int) string {
	lefts, rights := strings.Split(left, "\n"), strings.Split(right, "\n")
	bar := " " + t.Rule.Render("│") + " "
	lines := make([]string, 0, max(0, height))
	for i := range height {
		line := Pad(at(lefts, i), leftWidth) + bar + at(rights, i)
		lines = append(lines, strings.TrimRight(line, " "))
	}
	return strings.Join(lines, "\n")
}

func at(lines []string, i int) string {
	if i < len(lines) {
		return lines[i]
	}
	return ""
}
