package tui

import (
	"fmt"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/throughgate/throughgate/model"
	"github.com/throughgate/throughgate/tui/part"
)

// boardDays is how far ahead the board looks: registration with a GP may begin
// a month before release.
const boardDays = 28

// board is the first thing an officer sees: who leaves when, and what is
// missing.
type board struct {
	asker
	env     *env
	list    *part.List
	columns *part.Columns
	filter  *part.Filter
	lines   []boardLine
	groups  []model.Group
	total   int
	loaded  bool
	all     bool // everybody rather than who leaves
}

// boardLine is a row, or a heading when row is nil.
type boardLine struct {
	group *model.Group
	row   *model.Row
}

type boardMsg struct {
	groups []model.Group
	total  int
}

func newBoard(e *env) *board {
	b := &board{env: e, list: part.NewList(e.theme), filter: part.NewFilter(e.theme)}
	b.filter.OnChange = func(string) tea.Cmd {
		b.loaded = false
		return b.Load()
	}
	b.columns = part.NewColumns(
		part.Column{Width: 7}, part.Column{Flex: 1, Width: 18}, part.Column{Width: 9, From: 100}, part.Column{Width: 5},
		part.Column{Width: 11}, part.Column{Width: 10}, part.Column{Width: 9}, part.Column{Width: 13},
	)
	b.list.Empty = "Nobody leaves in the next 28 days."
	return b
}

// Title implements Screen.
func (b *board) Title() string {
	if b.all {
		return "Everybody"
	}
	return "Releases"
}

// Load implements Screen.
func (b *board) Load() tea.Cmd {
	all, query, today := b.all, b.filter.Query(), b.env.today()
	return b.ask(b, func() (tea.Msg, error) {
		rows := b.env.Rows()
		total := len(rows)
		if query != "" {
			rows = b.env.Find(query, len(rows))
		}
		if all {
			return boardMsg{groups: []model.Group{{Rows: rows}}, total: total}, nil
		}
		groups := model.Board(rows, today, boardDays)
		if query != "" {
			total = count(model.Board(b.env.Rows(), today, boardDays))
		}
		return boardMsg{groups: groups, total: total}, nil
	})
}

func count(groups []model.Group) int {
	n := 0
	for _, g := range groups {
		n += len(g.Rows)
	}
	return n
}

func (b *board) show(msg boardMsg) {
	b.groups, b.total = msg.groups, msg.total
	b.lines = b.lines[:0]
	for i := range b.groups {
		g := &b.groups[i]
		if !b.all {
			b.lines = append(b.lines, boardLine{group: g})
		}
		for j := range g.Rows {
			b.lines = append(b.lines, boardLine{group: g, row: &g.Rows[j]})
		}
	}
	rows := part.Rows{Len: len(b.lines), ID: b.lineID, Line: b.line}
	if !b.loaded {
		b.list.Reset(rows)
	} else {
		b.list.SetRows(rows)
	}
	b.loaded = true
}

func (b *board) lineID(i int) string {
	if b.lines[i].row == nil {
		return ""
	}
	return b.lines[i].row.ID.String()
}

func (b *board) selected() *model.Row {
	if i := b.list.Index(); i >= 0 {
		return b.lines[i].row
	}
	return nil
}

// Actions implements Screen.
func (b *board) Actions() []Action {
	nobody := ""
	if b.selected() == nil {
		nobody = "Nobody is selected."
	}
	other := "everybody"
	if b.all {
		other = "releases"
	}
	return []Action{
		{Key: part.KeyEnter, Name: "open", Says: "Open the person under the cursor.", Disabled: nobody, Run: b.openPerson},
		{Key: part.KeyFilter, Name: "filter", Says: "Show only those whose name, number or cell fits what you type.", Run: b.startFilter},
		{Key: part.KeyTab, Name: other, Says: "Change between those who leave within 28 days and everybody here.", Run: b.flip},
		{Key: "g", Name: "go to date", Says: "Move to the first release on or after a date.", Run: b.askDate},
		{Key: "c", Name: "conflicts", Says: "See what two desks wrote without seeing each other.", Run: func() tea.Cmd { return open(newConflicts(b.env)) }},
		{Key: "s", Name: "sync", Says: "See what has been sent, what waits and what was refused.", Run: func() tea.Cmd { return open(newSyncScreen(b.env)) }},
		{Key: "n", Says: "Book in a person who is not here yet.", Disabled: b.env.allow(&model.Record{}, &model.PersonNamed{}), Run: func() tea.Cmd { return open(newArrival(b.env)) }},
		{Key: "p", Says: "Change your passphrase.", Run: func() tea.Cmd { return open(newPassphrase(b.env, nil)) }},
	}
}

func (b *board) openPerson() tea.Cmd {
	return open(newPerson(b.env, b.selected().ID))
}

func (b *board) flip() tea.Cmd {
	b.all, b.loaded = !b.all, false
	return b.Load()
}

func (b *board) startFilter() tea.Cmd {
	b.filter.Open()
	return nil
}

// Typing implements Typist.
func (b *board) Typing() bool { return b.filter.Typing() }

// Leave implements Leaver: Escape ends the filter first.
func (b *board) Leave() (tea.Cmd, bool) {
	if !b.filter.Active() {
		return nil, false
	}
	return b.filter.Update(tea.KeyMsg{Type: tea.KeyEsc}), true
}

// Update implements Screen.
func (b *board) Update(msg tea.Msg) tea.Cmd {
	if msg, ok := msg.(boardMsg); ok {
		b.show(msg)
		return nil
	}
	if b.filter.Typing() && !moves(msg) {
		return b.filter.Update(msg)
	}
	return b.list.Update(msg)
}

// moves tells whether a key moves a list's cursor even while somebody types.
func moves(msg tea.Msg) bool {
	switch part.PressedKey(msg) {
	case part.KeyUp, part.KeyDown, part.KeyPageUp, part.KeyPageDown:
		return true
	}
	return false
}

// View implements Screen.
func (b *board) View(width, height int) string {
	if b.groups == nil {
		return ""
	}
	lines := []string{}
	if b.filter.Active() {
		lines = append(lines, b.filter.View(width, count(b.groups), b.total))
		b.list.Empty = "Nobody fits. Esc ends the filter."
	}
	height -= len(lines)
	const side, gap = 38, 3
	if width < 120 {
		return joinLines(append(lines, b.list.View(width, height)))
	}
	left := width - side - gap
	both := part.Beside(b.env.theme, b.list.View(left, height), left, b.details(side, height), height)
	return joinLines(append(lines, both))
}

func (b *board) line(i, width int) part.Line {
	l := b.lines[i]
	if l.row == nil {
		return b.heading(l.group, width)
	}
	t, r := b.env.theme, l.row
	return b.columns.Line(width,
		part.Cell{Text: orDash(r.Prison)}, part.Cell{Text: orNot(r.Name)}, part.Cell{Text: r.Stay.Cell, Style: t.Muted},
		part.Cell{Text: r.Release.Time}, part.Cell{Text: b.why(r)},
		word(t, "GP ", r.GP), word(t, "Meds ", r.Meds), word(t, "Letter ", r.Letter),
	)
}

// why is what the release rests on; for somebody at court the footing on which
// they are held says whether they could be let go there.
func (b *board) why(r *model.Row) string {
	if r.AtCourt(b.env.today()) {
		return titleWord(r.Stay.LegalStatus)
	}
	return r.Release.Words()
}

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

// word is one state on the board. The words carry it; the colour repeats it.
func word(t *part.Theme, what, state string) part.Cell {
	style := t.Warn
	switch state {
	case "yes", "signed", "sent", "kept", "n/a":
		style = t.Good
	case "NO", "none", "PROBLEM", "refused":
		style = t.Danger
	}
	return part.Cell{Text: what + state, Style: style}
}

func (b *board) heading(g *model.Group, width int) part.Line {
	t := b.env.theme
	left := []part.Fragment{{Text: b.dayWords(g), Style: t.Heading}}
	summary := fmt.Sprintf("%d leaving, %d not ready", len(g.Rows), g.NotReady)
	if g.Court {
		summary = fmt.Sprintf("%d could be released", len(g.Rows))
	}
	return part.SidesLine(width, part.Sides{Left: left, Right: []part.Fragment{{Text: summary, Style: t.Muted}}})
}

func (b *board) dayWords(g *model.Group) string {
	today := b.env.today()
	switch {
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
		t.Title.Render(part.Cut(orNot(r.Name), width)),
		"Born " + orNot(r.Born.String()) + "  " + r.Sex.Words(),
		"NHS No. " + orNot(model.NHSNumber(r.NHS).Spaced()),
		"Cell " + orNot(r.Stay.Cell),
		"Release " + r.Release.Day.String() + " " + r.Release.Time + " " + r.Release.Words(),
		"",
	}
	if r.ACCT {
		lines = append(lines, t.Danger.Render("! ACCT open"), "")
	}
	lines = append(lines, b.missing(r)...)
	for i := range lines {
		lines[i] = part.Cut(lines[i], width)
	}
	return joinLines(lines[:min(len(lines), height)])
}

func (b *board) missing(r *model.Row) []string {
	t := b.env.theme
	open := r.MissingItems()
	if len(open) == 0 {
		return []string{t.Good.Render("Ready: nothing is missing.")}
	}
	lines := []string{t.Title.Render("Missing")}
	for _, facts := range open {
		lines = append(lines, "- "+facts.Name+" ("+facts.Owners[0].Words()+")")
	}
	return lines
}

// askDate asks for a day and moves there.
func (b *board) askDate() tea.Cmd {
	return open(newGoToDate(b.env, func(day model.Day) { b.goTo(day) }))
}

func (b *board) goTo(day model.Day) {
	for _, l := range b.lines {
		if l.row != nil && l.group.Day >= day {
			b.list.Select(l.row.ID.String())
			return
		}
	}
}
