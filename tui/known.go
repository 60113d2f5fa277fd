package tui

import (
	"context"
	"fmt"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/throughgate/throughgate/model"
	"github.com/throughgate/throughgate/tui/part"
)

// remark is one thing to know about a person, in a line or more.
type remark struct {
	text  string
	style part.Style
}

// remarks is what everybody who may read it must know: instructions, alerts,
// notes and movements, the most pressing first.
func remarks(e *env, r *model.Record) []remark {
	return append(instructions(e, r), others(e, r)...)
}

// instructions is what everybody must do now, the newest first.
func instructions(e *env, r *model.Record) []remark {
	t, sh := e.theme, &r.Shared
	var out []remark
	for i := len(sh.Instruction) - 1; i >= 0; i-- {
		in := sh.Instruction[i]
		if in.Until.IsZero() || in.Until >= e.today() {
			out = append(out, remark{"Do: " + in.Text + " (" + in.Role.Words() + untilWords(in.Until) + ")", t.Warn})
		}
	}
	return out
}

// others is what there is to know besides.
func others(e *env, r *model.Record) []remark {
	return append(alertRemarks(e, r), pastRemarks(e, r)...)
}

// alertRemarks is every alert that is active.
func alertRemarks(e *env, r *model.Record) []remark {
	t, sh := e.theme, &r.Shared
	var out []remark
	for _, code := range sortedAlerts(sh.Alerts) {
		out = append(out, remark{"! " + model.AlertWords(code), t.Danger})
	}
	for _, o := range toReview(r) {
		out = append(out, remark{overrideWords(e, o), t.Warn})
	}
	return append(out, custodyAlerts(e, r.Custody)...)
}

// pastRemarks is what was noted and who crossed the gate when, the newest first.
func pastRemarks(e *env, r *model.Record) []remark {
	t, sh := e.theme, &r.Shared
	out := custodyNotes(e, r.Custody)
	for i := len(sh.Movements) - 1; i >= 0; i-- {
		m := sh.Movements[i]
		words := m.At.String() + "  " + m.Type.Words() + ", " + model.MovementReasonWords(m.Type, m.Reason)
		if m.Note != "" {
			words += ". " + m.Note
		}
		out = append(out, remark{words, t.Muted})
	}
	return out
}

// custodyAlerts is every active alert that custody roles alone may read; none
// where c is nil.
func custodyAlerts(e *env, c *model.CustodyPart) []remark {
	if c == nil {
		return nil
	}
	var out []remark
	for _, code := range sortedAlerts(c.Alerts) {
		out = append(out, remark{"Custody: " + model.AlertWords(code), e.theme.Warn})
	}
	return out
}

// custodyNotes is their notes, the newest first.
func custodyNotes(e *env, c *model.CustodyPart) []remark {
	if c == nil {
		return nil
	}
	var out []remark
	for i := len(c.Notes) - 1; i >= 0; i-- {
		n := c.Notes[i]
		out = append(out, remark{"Custody note, " + e.by(n.Staff, n.At) + ": " + n.Text, e.theme.Text})
	}
	return out
}

func untilWords(day model.Day) string {
	if day.IsZero() {
		return ""
	}
	return ", until " + day.String()
}

// aside is as much of it as there is room for; what there is no room for is
// said to be there.
func aside(t *part.Theme, all []remark, width, height int) []string {
	var lines []string
	for i, r := range all {
		wrapped := part.Notices(width, r.text, r.style, saidMost)
		last := i == len(all)-1
		if len(lines)+len(wrapped) > height || !last && len(lines)+len(wrapped) == height {
			more := fmt.Sprintf("… %d more: press a", len(all)-i)
			return append(lines, t.Key.Render(part.Cut(more, width)))[:max(0, min(len(lines)+1, height))]
		}
		lines = append(lines, wrapped...)
	}
	return lines
}

// known is everything to know about a person, for reading at leisure.
type known struct {
	asker
	env    *env
	id     model.PersonID
	record *model.Record
	read   *reading
}

func newKnown(e *env, id model.PersonID, r *model.Record) *known {
	s := &known{env: e, id: id, record: r, read: newReading(e.theme)}
	s.read.list.Empty = "No alert, instruction, note or movement is recorded."
	s.read.show(remarks(e, r))
	return s
}

// Title implements Screen.
func (*known) Title() string { return "Alerts and notes" }

// Subject implements Subject.
func (s *known) Subject() *model.Record { return s.record }

// Load implements Screen.
func (s *known) Load() tea.Cmd {
	return s.load(s, func() (tea.Msg, error) {
		r, err := s.env.Get(context.Background(), s.id)
		return recordMsg{r}, err
	})
}

// Actions implements Screen.
func (s *known) Actions() []Action {
	e, r := s.env, s.record
	opens := func(form func(*env, *model.Record) Screen) func() tea.Cmd {
		return func() tea.Cmd { return open(form(e, r)) }
	}
	none := ""
	if len(activeAlerts(r)) == 0 {
		none = "No alert stands."
	}
	return append([]Action{
		{Key: "a", Name: "add alert", Word: "alert", Says: "Add an alert that prison IT has, or is about to have.", Disabled: e.allow(r, &model.AlertSet{}), Run: opens(newAlertForm)},
		{Key: "x", Name: "end alert", Word: "end", Says: "End an alert.", Disabled: either(e.allow(r, &model.AlertSet{}), none), Run: opens(newAlertEndForm)},
		{Key: "n", Name: "custody note", Word: "note", Says: "Add a note that custody roles alone can read.", Disabled: e.allow(r, &model.CustodyNoted{}), Run: opens(newCustodyNoteForm)},
		{Key: "c", Name: "location", Says: "Record the cell or the place in the prison where the person is now.", Disabled: e.allow(r, &model.LocationSet{}), Run: opens(newCellForm)},
		back(),
	}, moving()...)
}

// Update implements Screen.
func (s *known) Update(msg tea.Msg) tea.Cmd {
	if msg, ok := msg.(recordMsg); ok {
		s.record = msg.record
		s.read.show(remarks(s.env, s.record))
		return nil
	}
	return s.read.list.Update(msg)
}

// Speak implements Screen.
func (s *known) Speak() Speech {
	speech := s.read.speak()
	for i, text := range speech.Text {
		speech.Text[i] = strings.Replace(text, "! ", "Alert: ", 1)
	}
	return speech
}

// View implements Screen.
func (s *known) View(width, height int) string { return s.read.view(width, height) }
