package tui

import (
	"context"
	"fmt"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/throughgate/throughgate/model"
	"github.com/throughgate/throughgate/tui/part"
)

// conflicts lists what people wrote without having seen each other's write.
type conflicts struct {
	asker
	env   *env
	list  *part.List
	found []model.PersonConflict
	read  bool
}

type conflictsMsg struct{ found []model.PersonConflict }

func newConflicts(e *env) *conflicts {
	s := &conflicts{env: e, list: part.NewList(e.theme)}
	s.list.Empty = "No conflicts: nobody has overwritten what they had not seen."
	return s
}

// Title implements Screen.
func (*conflicts) Title() string { return "Conflicts" }

// Load implements Screen.
func (s *conflicts) Load() tea.Cmd {
	return s.ask(s, func() (tea.Msg, error) {
		found, err := s.env.Conflicts(context.Background())
		return conflictsMsg{found}, err
	})
}

// Update implements Screen.
func (s *conflicts) Update(msg tea.Msg) tea.Cmd {
	answer, ok := msg.(conflictsMsg)
	if !ok {
		return s.list.Update(msg)
	}
	s.found, s.read = answer.found, true
	s.list.SetRows(part.Rows{
		Len:  len(s.found),
		ID:   func(i int) string { return s.found[i].Row.ID.String() + s.found[i].Conflict.Slot },
		Line: s.line,
	})
	return nil
}

func (s *conflicts) line(i, width int) part.Line {
	c := s.found[i]
	kind := part.Fragment{Text: slotWords(c.Conflict.Slot)}
	if c.Conflict.Clinical() {
		kind = part.Fragment{Text: "CHECK NOW: " + slotWords(c.Conflict.Slot), Style: s.env.theme.Danger}
	}
	return part.SidesLine(width, part.Sides{
		Left:  []part.Fragment{{Text: orDash(c.Row.Prison)}, {Text: orNot(c.Row.Name)}},
		Right: []part.Fragment{kind, {Text: plural(len(c.Conflict.Heads), "value", "values")}},
	})
}

// slotWords says in words what was written twice.
func slotWords(slot string) string {
	for _, facts := range model.Checklist() {
		if slot == "item/"+string(facts.ID) {
			return facts.Name
		}
	}
	words := map[string]string{
		"name": "Name", "born": "Date of birth", "stay": "Stay", "location": "Location", "release": "Release date",
		"registration": "GP registration", "allergies": "Allergies", "number/nhs": "NHS number", "reconciled": "Medicines reconciled",
	}
	if w, ok := words[slot]; ok {
		return w
	}
	for prefix, w := range map[string]string{"supply/": "Medicine supply", "medicine/": "Medicine", "consent/": "Consent", "letter/": "Letter", "alert/": "Alert", "number/": "Number"} {
		if trimPrefix(slot, prefix) != "" {
			return w
		}
	}
	return slot
}

// Actions implements Screen.
func (s *conflicts) Actions() []Action {
	none := ""
	if s.list.Index() < 0 {
		none = "There is no conflict under the cursor."
	}
	return []Action{
		{Key: part.KeyEnter, Name: "settle", Says: "See the values side by side and say which one holds.", Disabled: none, Run: func() tea.Cmd {
			return open(newSettle(s.env, s.found[s.list.Index()]))
		}},
		{Key: "p", Name: "person", Says: "Open the person.", Disabled: none, Run: func() tea.Cmd {
			return open(newPerson(s.env, s.found[s.list.Index()].Row.ID))
		}},
	}
}

// View implements Screen.
func (s *conflicts) View(width, height int) string {
	if !s.read {
		return ""
	}
	return s.list.View(width, height)
}

// settle puts one conflict before a person: every value, who wrote it and
// when.
type settle struct {
	asker
	env    *env
	what   model.PersonConflict
	record *model.Record
	form   *part.Form
	saving bool
}

func newSettle(e *env, what model.PersonConflict) *settle {
	s := &settle{env: e, what: what}
	options := make([]part.Option, 0, len(what.Ops))
	for i, op := range what.Ops {
		options = append(options, s.option(i, op))
	}
	said := "These were written by people who had not seen each other's entry. The last one shows until you say which one holds."
	if what.Conflict.Clinical() {
		said = "CHECK NOW, this may have been given twice. " + said
	}
	s.form = part.NewForm(e.theme,
		part.Field{Key: "said", Kind: part.InfoField, Label: said},
		part.Field{Key: "keep", Kind: part.ChoiceField, Label: slotWords(what.Conflict.Slot), Options: options, Required: "Choose the value that holds"},
		part.Field{Key: "reason", Label: "How do you know?", Optional: true, Max: 240},
	)
	s.form.Button = "Keep this one"
	s.form.OnSubmit = s.submit
	return s
}

func (s *settle) option(i int, op *model.Op) part.Option {
	if op == nil || op.Change == nil {
		return part.Option{Value: fmt.Sprint(i), Label: "An entry of a newer version of this program", Disabled: "It can be settled at a desk with the newer version."}
	}
	return part.Option{
		Value: fmt.Sprint(i), Label: op.Change.String(),
		Hint:     s.env.by(op.Actor.Staff, op.Stamp) + ", " + op.Actor.Role.Words(),
		Disabled: s.env.allow(&model.Record{}, op.Change),
	}
}

func (s *settle) submit(v part.Values) tea.Cmd {
	var i int
	if _, err := fmt.Sscan(v["keep"], &i); err != nil || i >= len(s.what.Ops) || s.saving {
		return nil
	}
	s.saving = true
	change := model.Settle(s.what.Conflict, s.what.Ops[i], v["reason"])
	return s.ask(s, func() (tea.Msg, error) {
		if err := s.env.Do(context.Background(), model.Write{Person: s.what.Row.ID, Changes: []model.Change{change}}); err != nil {
			return notKeptMsg{err}, nil
		}
		return keptMsg{}, nil
	})
}

type settleRecordMsg struct{ record *model.Record }

// Title implements Screen.
func (*settle) Title() string { return "Settle a conflict" }

// Load implements Screen: whose record it is, for the banner.
func (s *settle) Load() tea.Cmd {
	if s.record != nil {
		return nil
	}
	return func() tea.Msg {
		r, err := s.env.Get(context.Background(), s.what.Row.ID)
		if err != nil {
			return failMsg{err}
		}
		return answerMsg{to: s, turn: s.turn, msg: settleRecordMsg{r}}
	}
}

// Subject implements Subject.
func (s *settle) Subject() *model.Record { return s.record }

// Actions implements Screen.
func (*settle) Actions() []Action { return nil }

// Typing implements Typist.
func (s *settle) Typing() bool { return s.form.Typing() }

// Update implements Screen.
func (s *settle) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case settleRecordMsg:
		s.record = msg.record
		return nil
	case keptMsg:
		return closeScreen("Settled. Every desk will show it.")
	case notKeptMsg:
		s.saving = false
		return fail(msg.err)
	}
	return s.form.Update(msg)
}

// View implements Screen.
func (s *settle) View(width, height int) string { return s.form.View(min(width, 96), height) }
