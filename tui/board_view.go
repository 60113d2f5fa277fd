package tui

import (
	"fmt"
	"slices"
	"strings"

	"github.com/throughgate/throughgate/model"
	"github.com/throughgate/throughgate/tui/part"
)

// View implements Screen.
func (b *board) View(width, height int) string {
	if !b.read {
		return ""
	}
	var lines []string
	if b.filter.Active() {
		lines = append(lines, b.filter.ViewCount(width, b.counted()))
	}
	height -= len(lines)
	if width < sideFrom {
		return joinLines(append(lines, b.list.View(width, height)))
	}
	left := width - sideWidth - sideGap
	both := part.Beside(b.env.theme, b.list.View(left, height), left, b.details(sideWidth, height), height)
	return joinLines(append(lines, both))
}

func (b *board) counted() string {
	more := ""
	if b.shown.capped {
		more = "+"
	}
	return fmt.Sprintf("%d%s of %d", b.shown.matching, more, b.shown.total)
}

func (b *board) line(i, width int) part.Line {
	r := b.shown.row(i)
	switch {
	case r == nil:
		return b.heading(b.shown.group(i), width)
	case b.shown.everybody:
		return b.person(r, width)
	}
	t := b.env.theme
	first := []part.Cell{{Text: orDash(r.Prison)}, {Text: orNot(r.Name)}, riskMark(t, r), {Text: r.Stay.Cell, Style: t.Muted}}
	states := []part.Cell{word(t, "GP ", r.GP), word(t, "Meds ", r.Meds), word(t, "Letter ", r.Letter)}
	if r.Rescue.Open != 0 {
		return b.court.Line(width, append(append(first, rescueCell(b.env, r)), states...)...)
	}
	if r.Left() {
		return b.court.Line(width, append(append(first, afterCell(b.env, r)), states...)...)
	}
	if r.AtCourt(b.env.today()) {
		return b.court.Line(width, append(append(first, part.Cell{Text: titleWord(r.Stay.LegalStatus)}), states...)...)
	}
	if out := model.MovementTemporary; r.Stay.Out == string(out) { // they come back to leave, so their lines count; but nobody finds them here
		return b.court.Line(width, append(append(first, part.Cell{Text: out.Words(), Style: t.Warn}), states...)...)
	}
	return b.columns.Line(width, append(append(first, part.Cell{Text: r.Release.Time}, part.Cell{Text: r.Release.Words()}), states...)...)
}

// person is a line of everybody: when they were born, where they are, and when
// they leave.
func (b *board) person(r *model.Row, width int) part.Line {
	t := b.env.theme
	where := whereWords(r, b.env.today())
	style := t.Text
	if r.Deceased || r.Left() {
		style = t.Muted
	}
	return b.people.Line(width,
		part.Cell{Text: orDash(r.Prison)}, part.Cell{Text: orNot(r.Name)}, part.Cell{Text: r.Born.String()},
		part.Cell{Text: r.Stay.Cell, Style: t.Muted}, part.Cell{Text: where, Style: style},
	)
}

func whereWords(r *model.Row, today model.Day) string {
	switch {
	case r.Deceased:
		return "DECEASED"
	case r.Left():
		return "Left"
	case r.AtCourt(today):
		return "At court"
	case r.Stay.Out != "":
		return "Out: " + model.MovementType(r.Stay.Out).Words()
	case r.Release.Day.IsZero():
		return "No release date"
	}
	return "Leaves " + r.Release.Day.String()
}

// titleWord is a code of prison IT, such as CONVICTED_UNSENTENCED, as words.
func titleWord(s string) string {
	if s == "" {
		return ""
	}
	s = strings.ToLower(strings.ReplaceAll(s, "_", " "))
	return strings.ToUpper(s[:1]) + s[1:]
}

func orDash(s string) string {
	if s == "" {
		return "no no."
	}
	return s
}

// riskMark stands behind the name of who is on an open ACCT, as in the banner.
func riskMark(t *part.Theme, r *model.Row) part.Cell {
	if r.ACCT {
		return part.Cell{Text: "!", Style: t.Danger}
	}
	return part.Cell{}
}

// word is one state on the board. The words carry it; the colour repeats it.
func word(t *part.Theme, what, state string) part.Cell {
	style := t.Warn
	switch state {
	case "yes", "signed", "kept", "n/a":
		style = t.Good
	case "NO", "none", "PROBLEM", "refused":
		style = t.Danger
	case "started":
		state = "begun" // a column is ten wide
	case "sent":
		if what != "GP " { // a form that was sent is not an acceptance
			style = t.Good
		}
	}
	return part.Cell{Text: what + state, Style: style}
}

func (b *board) heading(g *model.Group, width int) part.Line {
	t, today := b.env.theme, b.env.today()
	style := t.Heading
	if g.Day < today || g.Rescue {
		style = t.Danger
	}
	left := []part.Fragment{{Text: dayWords(g, today), Style: style}}
	right := []part.Fragment{{Text: summary(b.env.timeline, g, today), Style: t.Muted}}
	return part.SidesLine(width, part.Sides{Left: left, Right: right})
}

// Speak implements Screen.
func (b *board) Speak() Speech {
	if !b.read {
		return Speech{}
	}
	speech := Speech{Names: b.names(), List: b.list, From: b.sought, Filter: b.filter, Detail: func() []string {
		return spoken(strings.Split(b.details(part.Whole, len(model.Checklist())+saidMost+10), "\n"))
	}}
	switch {
	case b.filter.Active():
		speech.Head = []string{"Only what fits \"" + b.filter.Query() + "\": " + b.counted() + "."}
	case b.everybody:
		speech.Head = []string{plural(b.shown.total, "person has a record here.", "people have a record here.")}
	}
	return speech
}

// names are the facts of a line, in the order of words.
func (b *board) names() []string {
	if b.everybody {
		return []string{"name", "prison number", "born", "cell", "where"}
	}
	return []string{"name", "prison number", "cell", "time", "why", "GP", "medicines", "letter"}
}

// words are a line for who listens: the name comes first, and a mark is a word.
func (b *board) words(i int) []string {
	r := b.shown.row(i)
	if r == nil {
		return b.line(i, part.Whole).Words()
	}
	words := slices.DeleteFunc(b.line(i, part.Whole).Words(), func(w string) bool { return w == "!" })
	words[0], words[1] = words[1], words[0]
	if r.ACCT {
		words[0] += " (ACCT open)"
	}
	return words
}

// summary says how many stand under a heading, and why the first of them do.
func summary(t model.Timeline, g *model.Group, today model.Day) string {
	words := howMany(t, g, today)
	switch n := len(g.Rows); {
	case g.Late == 0:
		return words
	case n == 1:
		return words + ", overdue for you"
	case g.Late == n:
		return words + ", all overdue for you"
	case g.Late == 1:
		return words + ", first overdue for you"
	}
	return fmt.Sprintf("%s, first %d overdue for you", words, g.Late)
}

func howMany(t model.Timeline, g *model.Group, today model.Day) string {
	n := len(g.Rows)
	switch {
	case g.After:
		return fmt.Sprintf("%d to follow up, %s", n, lateChecks(t, g, today))
	case g.Rescue:
		return plural(n, "rescue list", "rescue lists") + " not done"
	case g.Court:
		return fmt.Sprintf("%d could be released", n)
	case g.Day < today:
		return fmt.Sprintf("%d not gone, %s", n, readyWords(g))
	}
	return fmt.Sprintf("%d leaving, %s", n, readyWords(g))
}

func readyWords(g *model.Group) string {
	if g.NotReady == 0 {
		return "all ready"
	}
	return fmt.Sprintf("%d not ready", g.NotReady)
}

func dayWords(g *model.Group, today model.Day) string {
	switch {
	case g.After:
		return "After release"
	case g.Rescue:
		return "Released without notice"
	case g.Court:
		return "At court today"
	case g.Day < today:
		return "Was due  " + g.Day.Long()
	case g.Day == today:
		return "Today  " + g.Day.Long()
	case g.Day == today+1:
		return "Tomorrow  " + g.Day.Long()
	}
	return g.Day.Long()
}

// details is the pane beside the board in a wide window.
func (b *board) details(width, height int) string {
	r := b.selected()
	if r == nil {
		return ""
	}
	t := b.env.theme
	lines := []string{
		t.Title.Render(part.Cut(part.Clean(orNot(r.Name)), width)),
		"Born " + r.Born.String() + "  " + r.Sex.Words(),
		"NHS No. " + orNot(part.Clean(model.NHSNumber(r.NHS).Spaced())),
		"Cell " + orNot(part.Clean(r.Stay.Cell)),
		part.Clean(b.leaves(r)),
	}
	if forward := model.ComesForward(r.Release, r.Stay); !forward.Presumed.IsZero() && !r.Left() && r.Release.Day >= b.env.today() {
		lines = append(lines, t.Muted.Render("May come forward to "+forward.Presumed.Long()))
	}
	lines = append(lines, marks(t, r)...)
	lines = append(append(lines, ""), b.missing(r, width)...)
	for i := range lines {
		lines[i] = part.Cut(lines[i], width)
	}
	return joinLines(lines[:min(len(lines), height)])
}

func (b *board) leaves(r *model.Row) string {
	if left := r.After.Left; !left.IsZero() && left != r.Release.Day {
		return joinWords([]string{"Left", left.Long()})
	}
	if r.Release.Day.IsZero() {
		return "No release date"
	}
	verb := "Leaves"
	if r.Left() {
		verb = "Left"
	}
	return joinWords([]string{verb, r.Release.Day.Long(), r.Release.Time, r.Release.Words()})
}

// marks are what must be known of somebody before anything else.
func marks(t *part.Theme, r *model.Row) []string {
	var lines []string
	for _, m := range []struct {
		is   bool
		text string
	}{
		{r.Deceased, "DECEASED"}, {r.Restricted, "RESTRICTED"}, {r.ACCT, "! ACCT open"},
		{r.Conflicts > 0, plural(r.Conflicts, "conflict", "conflicts") + " to settle"},
	} {
		if m.is {
			lines = append(lines, t.Danger.Render(m.text))
		}
	}
	return lines
}

// missing is what keeps the person from the gate and whose it is, a paragraph for
// each role; what does not is counted.
func (b *board) missing(r *model.Row, width int) []string {
	t := b.env.theme
	open, blocks := r.MissingItems(), r.Blocking()
	if len(open) == 0 {
		return []string{t.Good.Render("Ready: nothing is missing.")}
	}
	head := t.Title.Render(fmt.Sprintf("%d of %d before anybody leaves", blocks, r.Of))
	switch {
	case r.Left(): // no gate is before them
		return append([]string{t.Title.Render(fmt.Sprintf("%d of %d still to do", len(open), r.Of))}, wrapAll(byOwner(open, func(model.ItemFacts) bool { return true }), width)...)
	case blocks == 0:
		head = t.Good.Render("Ready for the gate.")
	}
	lines := []string{head}
	lines = append(lines, wrapAll(byOwner(open, func(f model.ItemFacts) bool { return f.Blocks && f.Stage == model.BeforeGate }), width)...)
	if rest := len(open) - blocks; rest > 0 {
		lines = append(lines, "", t.Title.Render(fmt.Sprintf("%d at the gate or to follow up", rest)))
		lines = append(lines, wrapAll(byOwner(open, func(f model.ItemFacts) bool { return !f.Blocks || f.Stage != model.BeforeGate }), width)...)
	}
	return lines
}

func wrapAll(groups []string, width int) []string {
	var lines []string
	for _, group := range groups {
		lines = append(lines, part.Wrap(group, width)...)
	}
	return lines
}

// byOwner names lines of the checklist, a paragraph for each role.
func byOwner(items []model.ItemFacts, wanted func(model.ItemFacts) bool) []string {
	var whose []model.Role
	names := make(map[model.Role][]string)
	for _, facts := range items {
		if !wanted(facts) {
			continue
		}
		role := facts.Owners[0]
		if names[role] == nil {
			whose = append(whose, role)
		}
		names[role] = append(names[role], facts.Name)
	}
	out := make([]string, len(whose))
	for i, role := range whose {
		out[i] = role.Words() + ": " + strings.Join(names[role], ", ")
	}
	return out
}
