package tui

import (
	"context"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/throughgate/throughgate/model"
	"github.com/throughgate/throughgate/tui/part"
)

// overrides lists every breaking of the glass that nobody else has looked at
// yet, for those who review them.
type overrides struct {
	asker
	env     *env
	list    *part.List
	columns *part.Columns
	found   []model.PersonOverride
	read    bool
}

type overridesMsg struct{ found []model.PersonOverride }

func newOverrides(e *env) *overrides {
	s := &overrides{env: e, list: part.NewList(e.theme), columns: part.NewColumns(
		part.Column{Title: "when", Width: 17}, part.Column{Title: "person", Flex: 1, Width: 20},
		part.Column{Title: "opened by", Width: 14}, part.Column{Title: "what", Width: 14},
	)}
	s.list.Empty = "No override waits for a review."
	return s
}

// whyNoReview says why the person signed in may not review overrides, "" when
// they may.
func whyNoReview(e *env) string { return e.allow(&model.Record{}, &model.GlassReviewed{}) }

// Title implements Screen.
func (*overrides) Title() string { return "Overrides" }

// Load implements Screen.
func (s *overrides) Load() tea.Cmd {
	return s.load(s, func() (tea.Msg, error) {
		found, err := s.env.Overrides(context.Background())
		return overridesMsg{found}, err
	})
}

// Update implements Screen.
func (s *overrides) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case openMsg:
		return open(msg.screen)
	case overridesMsg:
		s.found, s.read = msg.found, true
		s.list.SetRows(part.Rows{Len: len(s.found), ID: func(i int) string { return s.found[i].Override.At.String() }, Line: s.line})
		return nil
	}
	return s.list.Update(msg)
}

func (s *overrides) line(i, width int) part.Line {
	o := &s.found[i]
	return s.columns.Line(width,
		part.Cell{Text: model.InstantOf(o.Override.At.Time()).String(), Style: s.env.theme.Muted},
		part.Cell{Text: orNot(o.Row.Name)},
		part.Cell{Text: s.env.StaffName(o.Override.Staff)},
		part.Cell{Text: recordWords(o.Override.Opens)},
	)
}

// chosen is the override under the cursor.
func (s *overrides) chosen() (model.PersonOverride, bool) {
	if i := s.list.Index(); i >= 0 {
		return s.found[i], true
	}
	return model.PersonOverride{}, false
}

// Actions implements Screen.
func (s *overrides) Actions() []Action {
	o, found := s.chosen()
	none := ""
	if !found {
		none = "There is no override under the cursor."
	}
	of := &model.Record{Shared: model.SharedPart{Glass: []model.Override{o.Override}}}
	may := s.env.allow(of, &model.GlassReviewed{Of: o.Override.At})
	return append([]Action{
		{Key: part.KeyEnter, Name: "review", Row: onRow, Says: "Say what you found of the override under the cursor.", Disabled: either(none, may), Run: s.openReview},
		{Key: "p", Name: "person", Row: onRow, Says: "Open the person.", Disabled: none, Run: func() tea.Cmd { return open(newPerson(s.env, o.Row.ID)) }},
		back(),
	}, moving()...)
}

// overrideDetail is how many lines say the override under the cursor in full.
const overrideDetail = 6

// View implements Screen.
func (s *overrides) View(width, height int) string {
	if !s.read {
		return ""
	}
	t, room := s.env.theme, height-overrideDetail-1
	lines := []string{fill(s.list.View(width, room), room), part.Rule(t, width)}
	for _, text := range s.detail() {
		lines = append(lines, part.Notices(width, text, t.Text, overrideDetail)...)
	}
	return joinLines(lines)
}

// detail is what the row under the cursor has no room for: in which role, and why.
func (s *overrides) detail() []string {
	o, found := s.chosen()
	if !found {
		return nil
	}
	return []string{o.Override.Role.Words() + ". " + whyOpened(&o.Override)}
}

// Speak implements Screen.
func (s *overrides) Speak() Speech {
	if !s.read {
		return Speech{}
	}
	return Speech{Names: s.columns.Names(), List: s.list, Detail: s.detail}
}

// overrideWords says who opened what, when and why.
func overrideWords(e *env, o *model.Override) string {
	return recordWords(o.Opens) + " opened by " + e.StaffName(o.Staff) + " (" + o.Role.Words() + ") " +
		model.InstantOf(o.At.Time()).String() + ". " + whyOpened(o)
}

// whyOpened is the reason for an override, and the words that were given for it.
func whyOpened(o *model.Override) string {
	return o.Reason.Words() + ": " + strings.Join(strings.Fields(o.Text), " ")
}

// recordWords names a compartment at the beginning of a sentence.
func recordWords(c model.Compartment) string {
	name := c.String()
	return strings.ToUpper(name[:1]) + name[1:] + " record"
}

// toReview lists the overrides of a record that nobody else has looked at, the
// newest first.
func toReview(r *model.Record) []*model.Override {
	var out []*model.Override
	all := r.Glass()
	for i := len(all) - 1; i >= 0; i-- {
		if !all[i].IsReviewed() {
			out = append(out, &all[i])
		}
	}
	return out
}
