package tui

import (
	"slices"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/throughgate/throughgate/model"
	"github.com/throughgate/throughgate/tui/part"
)

// rescueScreen names the list, for coming back to it.
const rescueScreen = "rescue"

// rescue is what is done for somebody who was released without notice: each step
// with whose it is and by when, the clock running.
type rescue struct {
	recordPage
	columns *part.Columns
}

func newRescue(e *env, id model.PersonID) *rescue {
	s := &rescue{recordPage: newRecordPage(e, rescueScreen, id), columns: part.NewColumns(
		part.Column{Title: "step", Width: 31}, part.Column{Title: "state", Width: 18}, part.Column{Title: "due", Width: 16}, part.Column{Title: "whose it is, or who did it", Flex: 1, Width: 8},
	)}
	s.list.Empty = "There is no rescue list for this person."
	return s
}

// Title implements Screen.
func (*rescue) Title() string { return "Rescue list" }

// Load implements Screen.
func (s *rescue) Load() tea.Cmd {
	return s.readAny(s)
}

// Update implements Screen.
func (s *rescue) Update(msg tea.Msg) tea.Cmd {
	if msg, ok := msg.(recordMsg); ok {
		s.show(msg.record)
		return nil
	}
	return s.update(msg)
}

func (s *rescue) show(r *model.Record) {
	first := s.record == nil
	s.record = r
	steps := s.steps()
	s.list.SetRows(part.Rows{
		Len:  len(steps),
		ID:   func(i int) string { return string(steps[i].Step) },
		Line: func(i, width int) part.Line { return s.line(&steps[i], width) },
	})
	if first && !s.list.Put() {
		s.list.Select(string(s.nextOwn()))
	}
}

// steps are those that are for this person.
func (s *rescue) steps() []model.RescueFacts {
	if s.record.Shared.Rescue.Known.IsZero() {
		return nil
	}
	return slices.DeleteFunc(slices.Clone(model.RescueSteps()), func(f model.RescueFacts) bool { return !s.record.Shared.RescueAsks(f.Step) })
}

// nextOwn is the first open step of the person signed in.
func (s *rescue) nextOwn() model.RescueStep {
	for _, f := range model.RowOf(s.id, &s.record.Shared).Rescue.Rest() {
		if slices.Contains(f.Owners, s.env.Actor().Role) {
			return f.Step
		}
	}
	return ""
}

func (s *rescue) line(f *model.RescueFacts, width int) part.Line {
	t, mark := s.env.theme, s.record.Shared.RescueMark(f.Step)
	due, style := s.due(f, mark)
	who := f.Owners[0].Words()
	switch {
	case mark.Note != "":
		who = mark.Note
	case !mark.By.IsZero() && mark.State != model.NotStarted:
		who = s.env.StaffName(mark.By.Staff) + " " + mark.By.Instant().Clock()
	}
	return s.columns.Line(width,
		part.Cell{Text: f.Name}, part.Cell{Text: mark.State.Words(), Style: stateStyle(t, mark.State)},
		part.Cell{Text: due, Style: style}, part.Cell{Text: who, Style: t.Muted},
	)
}

// due is by when a step is to be done, while it is open.
func (s *rescue) due(f *model.RescueFacts, mark model.RescueMark) (string, part.Style) {
	t, list := s.env.theme, &s.record.Shared.Rescue
	open := slices.ContainsFunc(model.RowOf(s.id, &s.record.Shared).Rescue.Rest(), func(o model.RescueFacts) bool { return o.Step == f.Step })
	if !open {
		if mark.State.Settled() {
			return "", t.Text
		}
		return "no longer due", t.Muted
	}
	due := f.DueOf(list.Known, list.Back)
	if now := model.InstantOf(s.env.now()); due.Before(now) {
		return "OVERDUE " + due.Ago(s.env.now()), t.Danger
	}
	if model.DayOf(due.Time()) == s.env.today() && due.Clock() != "23:59" {
		return "by " + due.Clock(), t.Warn
	}
	return f.When, t.Text
}

// step is the step under the cursor.
func (s *rescue) step() (model.RescueFacts, bool) {
	return model.RescueFactsOf(model.RescueStep(s.selected()))
}

// Actions implements Screen.
func (s *rescue) Actions() []Action {
	if s.record == nil {
		return moving()
	}
	e, r := s.env, s.record
	f, found := s.step()
	none, tick := "", ""
	if !found {
		none = "There is no step under the cursor."
	}
	may := either(none, e.allow(r, &model.RescueStepSet{Step: f.Step}))
	if f.Health {
		tick = "This step follows from what healthcare records: " + e.keys("open it with Enter.", "open it by its number.")
	}
	if r.Shared.RescueFollows(f.Step) {
		tick = "This step follows from the checklist: put the line right there."
	}
	return append([]Action{
		{Key: part.KeyEnter, Name: "open", Row: onRow, Says: "Work the step under the cursor.", Disabled: either(none, s.whyNotOpen(f)), Run: func() tea.Cmd { return s.openStep(f) }},
		{Key: part.KeySpace, Name: "done", Row: onRow, Says: "Mark the step under the cursor as done, or take that back.", Disabled: either(may, tick), Run: func() tea.Cmd { return s.tick(f) }},
		{Key: "n", Name: "set state", Word: "state", Row: onRow, Says: "Say in words how far the step under the cursor is.", Disabled: may, Run: func() tea.Cmd { return open(newRescueStepForm(e, r, f.Step)) }},
		{Key: "o", Name: "court pack", Word: "pack", Says: "Read the court pack: medicines, practice, telephone numbers.", Run: func() tea.Cmd { return open(newCourtPack(e, s.id, s.leftOn())) }},
		{Key: "p", Name: "person", Says: "Open the person.", Run: func() tea.Cmd { return open(newPerson(e, s.id)) }},
		back(),
	}, moving()...)
}

func (s *rescue) leftOn() model.Day { return model.DayOf(s.record.Shared.Rescue.Left.Time()) }

func (s *rescue) whyNotOpen(f model.RescueFacts) string {
	switch {
	case f.Health && s.record.Health == nil:
		return heldByHealthcare + ": you see whether it is done, and not what it says."
	case f.Health:
		return ""
	}
	return s.env.allow(s.record, &model.RescueStepSet{Step: f.Step})
}

func (s *rescue) openStep(f model.RescueFacts) tea.Cmd {
	switch {
	case f.Health:
		return open(newTriage(s.env, s.id))
	case f.Step == model.RescueLetter && s.record.Health != nil:
		if screen := healthScreen(s.env, s.record, model.ItemLetter); screen != nil {
			return open(screen)
		}
	}
	return open(newRescueStepForm(s.env, s.record, f.Step))
}

func (s *rescue) tick(f model.RescueFacts) tea.Cmd {
	change, said := &model.RescueStepSet{Step: f.Step, State: model.Done}, "Done: "
	if s.record.Shared.RescueMark(f.Step).State == model.Done {
		change.State, said = model.NotStarted, "Taken back: "
	}
	return s.do(s, said+f.Name, change)
}

// head is what happened, and how long ago it is known.
func (s *rescue) head(width int) []string {
	t, list := s.env.theme, &s.record.Shared.Rescue
	if list.Known.IsZero() {
		return nil
	}
	now := s.env.now()
	first := "Released " + list.Left.String() + ", " + lowerWords(model.MovementReasonWords(model.MovementRelease, list.Reason))
	if list.Court != "" {
		first += ", " + list.Court
	}
	lines := part.Notices(width, first+".", t.Title, 2)
	second := "Known since " + list.Known.Clock() + " (" + list.Known.Ago(now) + "). " + list.Means.Words() + ": " + list.Told + ". Recorded by " + s.env.by(list.By.Staff, list.By.At) + "."
	lines = append(lines, part.Notices(width, second, t.Text, 2)...)
	row := model.RowOf(s.id, &s.record.Shared).Rescue
	switch late := row.Overdue(now, ""); {
	case !list.Back.IsZero() && row.Open == 0:
		return append(lines, part.Notices(width, "BACK IN PRISON since "+list.Back.String()+". The list is over.", t.Good, 1)...)
	case !list.Back.IsZero():
		return append(lines, part.Notices(width, "BACK IN PRISON since "+list.Back.String()+": cancel the prescription that was sent.", t.Danger, 1)...)
	case row.Open == 0:
		return append(lines, part.Notices(width, "Everything is done.", t.Good, 1)...)
	case late > 0:
		return append(lines, part.Notices(width, plural(late, "step is", "steps are")+" overdue.", t.Danger, 1)...)
	}
	return lines
}

// detail is the step under the cursor in full.
func (s *rescue) detail() []string {
	f, found := s.step()
	if !found {
		return nil
	}
	mark := s.record.Shared.RescueMark(f.Step)
	text := f.Name + ", " + f.When + ". " + f.Says
	if mark.Note != "" {
		text += " \"" + mark.Note + "\""
	}
	if !mark.By.IsZero() && mark.State != model.NotStarted {
		text += " " + mark.State.Words() + ", " + s.env.by(mark.By.Staff, mark.By.At) + "."
	}
	return []string{text + " For: " + rolesWords(f.Owners) + "."}
}

// rescueDetail is how many lines say the step under the cursor in full.
const rescueDetail = 3

// View implements Screen.
func (s *rescue) View(width, height int) string {
	if s.record == nil {
		return ""
	}
	lines := append(s.head(width), "")
	room := height - len(lines) - rescueDetail - 1
	lines = append(lines, fill(s.list.View(width, room), room), part.Rule(s.env.theme, width))
	for _, text := range s.detail() {
		lines = append(lines, part.Notices(width, text, s.env.theme.Text, rescueDetail)...)
	}
	return joinLines(lines)
}

// Speak implements Screen.
func (s *rescue) Speak() Speech {
	if s.record == nil {
		return Speech{}
	}
	return Speech{Head: spoken(s.head(part.Whole)), Names: s.columns.Names(), List: s.list, Detail: s.detail}
}

// lowerWords is a phrase of the model's tables inside a sentence.
func lowerWords(s string) string {
	if len(s) > 1 && s[0] >= 'A' && s[0] <= 'Z' && (s[1] < 'A' || s[1] > 'Z') {
		return string(s[0]+'a'-'A') + s[1:]
	}
	return s
}
