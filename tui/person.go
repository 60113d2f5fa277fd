package tui

import (
	"context"
	"fmt"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/throughgate/throughgate/model"
	"github.com/throughgate/throughgate/tui/part"
)

// person is one person's page: what stands between them and the gate, line by
// line, and the way into each line.
type person struct {
	asker
	env     *env
	id      model.PersonID
	record  *model.Record
	list    *part.List
	columns *part.Columns
}

type recordMsg struct{ record *model.Record }

func newPerson(e *env, id model.PersonID) *person {
	return &person{
		env: e, id: id, list: part.NewList(e.theme),
		columns: part.NewColumns(
			part.Column{Width: 26}, part.Column{Width: 22}, part.Column{Width: 12}, part.Column{Flex: 1, Width: 10},
		),
	}
}

// Title implements Screen.
func (*person) Title() string { return "Release checklist" }

// Load implements Screen.
func (s *person) Load() tea.Cmd {
	return s.ask(s, func() (tea.Msg, error) {
		r, err := s.env.Get(context.Background(), s.id)
		return recordMsg{r}, err
	})
}

// Subject implements Subject.
func (s *person) Subject() *model.Record { return s.record }

// Update implements Screen.
func (s *person) Update(msg tea.Msg) tea.Cmd {
	answer, ok := msg.(recordMsg)
	if !ok {
		return s.list.Update(msg)
	}
	s.record = answer.record
	s.list.SetRows(part.Rows{
		Len:  len(model.Checklist()),
		ID:   func(i int) string { return string(model.Checklist()[i].ID) },
		Line: s.line,
	})
	return nil
}

func (s *person) item() model.ItemID {
	id, _ := s.list.Selected()
	return model.ItemID(id)
}

// Actions implements Screen.
func (s *person) Actions() []Action {
	if s.record == nil {
		return nil
	}
	r, e := s.record, s.env
	actions := []Action{
		{Key: part.KeyEnter, Name: "open", Says: "Open the line under the cursor.", Run: s.openItem},
		{Key: part.KeySpace, Name: "done", Says: "Mark the line under the cursor as done, or take that back.", Disabled: s.whyNotTick(), Run: s.tick},
		{Key: "n", Name: "note or state", Says: "Set the line's state with a few words.", Disabled: s.whyNotSet(), Run: s.openState},
		{Key: "d", Name: "release date", Says: "Set the release date, what it rests on and the reason.", Disabled: e.allow(r, &model.ReleaseSet{}), Run: func() tea.Cmd { return open(newReleaseForm(e, r)) }},
		{Key: "u", Says: "Record the NHS number with its trace state.", Disabled: e.allow(r, &model.PersonNumbered{}), Run: func() tea.Cmd { return open(newNHSForm(e, r)) }},
		{Key: "i", Says: "Tell everybody what must be done, without the reason.", Disabled: e.allow(r, &model.InstructionGiven{}), Run: func() tea.Cmd { return open(newInstructionForm(e, r)) }},
		{Key: "m", Says: "Record a movement: to court, back, released.", Disabled: e.allow(r, &model.MovementRecorded{}), Run: func() tea.Cmd { return open(newMovementForm(e, r)) }},
		{Key: "h", Name: "history", Says: "See who wrote what and when.", Run: func() tea.Cmd { return open(newHistory(e, r)) }},
	}
	return append(actions, healthActions(e, r)...)
}

func (s *person) openItem() tea.Cmd {
	if screen := itemScreen(s.env, s.record, s.item()); screen != nil {
		return open(screen)
	}
	return s.openState()
}

// itemScreen is where a line of the checklist is worked. Nil means that only
// its state can be set.
func itemScreen(e *env, r *model.Record, id model.ItemID) Screen {
	switch id {
	case model.ItemReleaseDate:
		if e.allow(r, &model.ReleaseSet{}) == "" {
			return newReleaseForm(e, r)
		}
	case model.ItemNHSNumber:
		if e.allow(r, &model.PersonNumbered{}) == "" {
			return newNHSForm(e, r)
		}
	default:
		return healthScreen(e, r, id)
	}
	return nil
}

func (s *person) whyNotSet() string {
	return s.env.allow(s.record, &model.ItemSet{Item: s.item()})
}

func (s *person) whyNotTick() string {
	facts, _ := model.FactsOf(s.item())
	if !facts.Manual {
		return facts.Name + " follows from what is recorded. Open it with Enter."
	}
	return s.whyNotSet()
}

func (s *person) tick() tea.Cmd {
	change := &model.ItemSet{Item: s.item(), State: model.Done}
	said := "Done: "
	if s.record.Shared.Item(s.item()).State == model.Done {
		change.State, said = model.NotStarted, "Taken back: "
	}
	facts, _ := model.FactsOf(s.item())
	return s.do(said+facts.Name, change)
}

// do writes at once, and says so when it is kept.
func (s *person) do(said string, changes ...model.Change) tea.Cmd {
	seen := s.record
	return func() tea.Msg {
		if err := s.env.Do(context.Background(), model.Write{Person: s.id, Seen: seen, Changes: changes}); err != nil {
			return failMsg{err}
		}
		return noticeMsg{said}
	}
}

func (s *person) openState() tea.Cmd {
	if why := s.whyNotSet(); why != "" {
		return notice(why)
	}
	return open(newItemForm(s.env, s.record, s.item()))
}

func (s *person) line(i, width int) part.Line {
	facts := model.Checklist()[i]
	item := s.record.Shared.Item(facts.ID)
	state := item.State.Words()
	if item.Detail != "" {
		state += ": " + item.Detail
	}
	due := ""
	if day := s.record.Shared.Release.Day; !day.IsZero() && !item.State.Settled() {
		due = dueWords(day+model.Day(facts.Due), s.env.today())
	}
	return s.columns.Line(width,
		part.Cell{Text: facts.Name},
		part.Cell{Text: state, Style: stateStyle(s.env.theme, item.State)},
		part.Cell{Text: due},
		part.Cell{Text: s.remark(facts, item), Style: s.env.theme.Muted},
	)
}

// remark is what a person wrote beside the line; else who did it, or whose it
// is.
func (s *person) remark(facts model.ItemFacts, item model.Item) string {
	switch {
	case item.Note != "":
		return item.Note
	case item.Staff != "" && item.State != model.NotStarted:
		return s.env.by(item.Staff, item.At)
	}
	return facts.Owners[0].Words() + "'s"
}

func dueWords(due, today model.Day) string {
	switch n := int(due - today); {
	case n < 0:
		return "overdue " + fmt.Sprint(-n) + "d"
	case n == 0:
		return "due today"
	default:
		return fmt.Sprintf("due in %dd", n)
	}
}

func stateStyle(t *part.Theme, s model.ItemState) part.Style {
	switch s {
	case model.Done, model.NotNeeded:
		return t.Good
	case model.Problem, model.Refused:
		return t.Danger
	case model.InProgress:
		return t.Warn
	}
	return t.Text
}

// View implements Screen.
func (s *person) View(width, height int) string {
	if s.record == nil {
		return ""
	}
	t, r := s.env.theme, s.record
	main := width
	const side, gap = 38, 3
	if width >= 120 {
		main = width - side - gap
	}
	lines := []string{s.release(main), s.verdict(main), ""}
	lines = append(lines, strings.Split(s.list.View(main, len(model.Checklist())), "\n")...)
	lines = append(lines, "")
	if width >= 120 {
		return part.Beside(t, joinLines(lines), main, s.aside(side), height)
	}
	lines = append(lines, strings.Split(s.aside(width), "\n")...)
	if n := len(r.Conflicts()); n > 0 {
		lines[2] = t.Danger.Render(part.Cut(plural(n, "conflict", "conflicts")+" to settle: press c", width))
	}
	return joinLines(lines[:min(len(lines), height)])
}

func (s *person) release(width int) string {
	rel := s.record.Shared.Release
	text := "Release  " + rel.Day.Long()
	if rel.Day.IsZero() {
		text = "Release  No date"
	}
	for _, more := range []string{rel.Time, rel.Basis.Words(), rel.Destination} {
		if more != "" && !rel.Day.IsZero() {
			text += "  " + more
		}
	}
	if rel.Reason != "" {
		text += "  " + model.MovementReasonWords(model.MovementRelease, rel.Reason)
	}
	if !rel.Left.IsZero() {
		text += "  LEFT " + rel.Left.String()
	}
	return s.env.theme.Title.Render(part.Cut(text, width))
}

// verdict says in words what blocks the release: the next thing, and whose.
func (s *person) verdict(width int) string {
	t := s.env.theme
	missing := model.Readiness(&s.record.Shared)
	if len(missing) == 0 {
		return t.Good.Render("Ready for release: nothing is missing.")
	}
	first := missing[0]
	text := fmt.Sprintf("%d missing. Next: %s, %s (%s's)", len(missing), first.Item.Name, first.Item.Wants, first.Whose.Words())
	return t.Warn.Render(part.Cut(text, width))
}

// aside is what everybody must know: alerts, instructions, the last movements.
func (s *person) aside(width int) string {
	t, sh := s.env.theme, &s.record.Shared
	var lines []string
	add := func(style part.Style, text string) {
		for _, l := range part.Wrap(text, width) {
			lines = append(lines, style.Render(l))
		}
	}
	for _, code := range sortedAlerts(sh.Alerts) {
		add(t.Danger, "! "+model.AlertWords(code))
	}
	for _, in := range sh.Instruction {
		if in.Until.IsZero() || in.Until >= s.env.today() {
			add(t.Warn, "Do: "+in.Text+" ("+in.Role.Words()+")")
		}
	}
	if c := s.record.Custody; c != nil {
		for _, code := range sortedAlerts(c.Alerts) {
			add(t.Muted, "Custody: "+model.AlertWords(code))
		}
	}
	for i := len(sh.Movements) - 1; i >= max(0, len(sh.Movements)-3); i-- {
		m := sh.Movements[i]
		add(t.Muted, m.At.String()+"  "+m.Type.Words()+", "+model.MovementReasonWords(m.Type, m.Reason))
	}
	return joinLines(lines)
}
