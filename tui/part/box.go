package part

import "strings"

// boxBorder is what a box takes of the width (border and a blank on each side) and of the height.
const (
	boxBorderWidth  = 4
	boxBorderHeight = 2
)

// Box frames what body paints in light lines, with a title in the upper one, over exactly width
// columns and height lines. Where there is no room for a frame the body stands alone.
func Box(t *Theme, title string, width, height int, body func(width, height int) string) string {
	inner, rows := width-boxBorderWidth, height-boxBorderHeight
	if inner < 1 || rows < 1 {
		return fit(strings.Split(body(width, height), "\n"), width, height)
	}
	lines := strings.Split(body(inner, rows), "\n")
	side := t.Rule.Render("│")
	framed := make([]string, 0, height)
	framed = append(framed, boxTop(t, title, width))
	for i := range rows {
		framed = append(framed, side+" "+Pad(at(lines, i), inner)+" "+side)
	}
	framed = append(framed, t.Rule.Render("└"+strings.Repeat("─", width-2)+"┘"))
	return fit(framed, width, height)
}

func boxTop(t *Theme, title string, width int) string {
	name := Cut(Clean(title), width-boxBorderWidth)
	if name == "" {
		return t.Rule.Render("┌" + strings.Repeat("─", width-2) + "┐")
	}
	rest := max(0, width-boxBorderWidth-Width(name))
	return t.Rule.Render("┌ ") + t.Title.Render(name) + t.Rule.Render(" "+strings.Repeat("─", rest)+"┐")
}
