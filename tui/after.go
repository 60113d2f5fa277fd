package tui

import (
	"fmt"
	"strconv"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/throughgate/throughgate/model"
	"github.com/throughgate/throughgate/tui/part"
)

// The names of the screen and its forms, for coming back.
const (
	afterScreen = "after"
	checkForm   = "after-check/" // then the day
)

// afterRelease is what is left to do for somebody who has left: checks on days 1, 7 and
// 14, what was overridden at the gate, and every other line that is open.
type afterRelease struct {
	recordPage
	columns *part.Columns
}

func newAfter(e *env, id model.PersonID) *afterRelease {
	s := &afterRelease{recordPage: newRecordPage(e, afterScreen, id), columns: part.NewColumns(
		part.Column{Title: "what", Width: 28}, part.Column{Title: "state", Width: 18}, part.Column{Title: "due", Width: 11}, part.Column{Title: "whose it is, or what was found", Flex: 1, Width: 18},
	)}
	s.list.Empty = "Nothing is left to do after this release."
	return s
}

// Title implements Screen.
func (*afterRelease) Title() string { return "After release" }

// Load implements Screen.
func (s *afterRelease) Load() tea.Cmd {
	return s.readAny(s)
}

// Update implements Screen.
func (s *afterRelease) Update(msg tea.Msg) tea.Cmd {
	if msg, ok := msg.(recordMsg); ok {
		s.record = msg.record
		s.list.SetRows(rowsOf(s.env.theme, s.rows(), s.columns))
		return nil
	}
	return s.list.Update(msg)
}

const (
	dayRow  = "day/"
	lineRow = "line/"
)

func (s *afterRelease) rows() []pageRow {
	t, sh := s.env.theme, &s.record.Shared
	var rows []pageRow
	due := map[int]model.Day{}
	for _, d := range s.env.timeline.ChecksDue(sh) {
		due[d.On] = d.Day
	}
	if len(due)+len(sh.After) > 0 {
		rows = append(rows, pageRow{text: "Checks"})
	}
	for _, n := range model.AfterDays {
		made, is := sh.After[n]
		day, waits := due[n]
		name := part.Cell{Text: fmt.Sprintf("Day %d", n)}
		switch {
		case is:
			rows = append(rows, pageRow{id: dayRow + strconv.Itoa(n), cells: []part.Cell{name, {Text: "Done", Style: t.Good}, {}, {Text: made.Outcome.Words() + ", " + s.env.StaffName(made.By.Staff), Style: t.Muted}}})
		case waits:
			rows = append(rows, pageRow{id: dayRow + strconv.Itoa(n), cells: []part.Cell{name, {Text: "Not started"}, {Text: s.env.dueWords(day)}, {Text: "Healthcare", Style: t.Muted}}})
		}
	}
	if len(s.env.timeline.FollowUps(sh)) > 0 {
		rows = append(rows, pageRow{text: "Left to do"})
	}
	for _, f := range s.env.timeline.FollowUps(sh) {
		if f.Item.ID == model.ItemAfterRelease {
			continue
		}
		words := f.Whose.Words()
		if !f.Override.By.IsZero() {
			words = "Overridden: " + f.Override.Words
		}
		rows = append(rows, pageRow{id: lineRow + string(f.Item.ID), cells: []part.Cell{{Text: f.Item.Name}, {Text: f.State.Words(), Style: stateStyle(t, f.State)}, {Text: s.env.dueWords(f.Due)}, {Text: words, Style: t.Muted}}})
	}
	return rows
}

func (s *afterRelease) check() int {
	n, _ := strconv.Atoi(trimPrefix(s.selected(), dayRow))
	return n
}

func (s *afterRelease) item() model.ItemID {
	return model.ItemID(trimPrefix(s.selected(), lineRow))
}

// Actions implements Screen.
func (s *afterRelease) Actions() []Action {
	if s.record == nil {
		return moving()
	}
	e, r := s.env, s.record
	return append([]Action{
		{Key: part.KeyEnter, Name: "open", Row: onRow, Says: "Record the check or work the line under the cursor.", Disabled: s.whyNotOpen(), Run: s.openRow},
		{Key: "n", Name: "set state", Word: "state", Row: onRow, Says: "Set the state of the line under the cursor in words, such as no longer needed.", Disabled: s.whyNotState(), Run: func() tea.Cmd { return open(newItemForm(e, r, s.item())) }},
		{Key: "p", Name: "person", Says: "Open the person.", Run: func() tea.Cmd { return open(newPerson(e, s.id)) }},
		back(),
	}, moving()...)
}

func (s *afterRelease) whyNotOpen() string {
	switch {
	case s.check() > 0:
		return s.env.allow(s.record, &model.AfterChecked{})
	case s.item() == "":
		return s.env.nothingHere()
	}
	return whyNotWork(s.env, s.record, s.item())
}

func (s *afterRelease) whyNotState() string {
	if s.item() == "" {
		return "Only a line of the checklist has a state to set."
	}
	return s.env.allow(s.record, &model.ItemSet{Item: s.item()})
}

func (s *afterRelease) openRow() tea.Cmd {
	if n := s.check(); n > 0 {
		return open(newCheckForm(s.env, s.record, n))
	}
	if screen := itemScreen(s.env, s.record, s.item()); screen != nil {
		return open(screen)
	}
	if why := s.whyNotState(); why != "" {
		return notice(why)
	}
	return open(newItemForm(s.env, s.record, s.item()))
}

// newCheckForm records what a check after the release found.
func newCheckForm(e *env, r *model.Record, n int) Screen {
	outcomes := make([]part.Option, 0, 6)
	for _, o := range model.AfterOutcomes() {
		outcomes = append(outcomes, part.Option{Value: string(o), Label: o.Words()})
	}
	start := map[string]string{}
	if have, is := r.Shared.After[n]; is {
		start["outcome"] = string(have.Outcome)
	}
	return newForm(e, r, formSpec{
		title: fmt.Sprintf("Day %d after release", n), name: checkForm + strconv.Itoa(n), done: fmt.Sprintf("The check of day %d is recorded.", n), button: "Record it", start: start,
		fields: []part.Field{
			{Key: "contact", Kind: part.InfoField, Label: afterContact(e, r).text},
			{Key: "outcome", Kind: part.ChoiceField, Label: "What did you find?", Options: outcomes, Required: "Choose what you found", Hint: "Everybody can read it. What else you learned belongs in the health notes."},
		},
		build: func(v part.Values) ([]model.Change, error) {
			change := &model.AfterChecked{On: n, Outcome: model.AfterOutcome(v["outcome"])}
			return []model.Change{change}, change.Check(r, e.now())
		},
	})
}

// head says when the person left, and what was overridden for that.
func (s *afterRelease) head(width int) []string {
	t, sh := s.env.theme, &s.record.Shared
	at, gone := sh.Gone()
	if !gone {
		return append(part.Notices(width, "This person has not been released.", t.Muted, 1), "")
	}
	words := "Left on " + at.String() + ", " + strings.ToLower(sh.Way().Words()) + "."
	lines := part.Notices(width, words, t.Title, 2)
	if !sh.Deceased.IsZero() {
		lines = append(lines, part.Notices(width, "DECEASED: nothing is to be done.", t.Danger, 1)...)
	} else if may := afterContact(s.env, s.record); may.text != "" {
		lines = append(lines, part.Notices(width, may.text, may.style, 2)...)
	}
	return append(lines, "")
}

// View implements Screen.
func (s *afterRelease) View(width, height int) string {
	if s.record == nil {
		return ""
	}
	lines := s.head(width)
	room := height - len(lines) - walkDetail - 1
	lines = append(lines, fill(s.list.View(width, room), room), part.Rule(s.env.theme, width))
	for _, text := range s.detail() {
		lines = append(lines, part.Notices(width, text, s.env.theme.Text, walkDetail)...)
	}
	return joinLines(lines)
}

// detail is the line under the cursor in full.
func (s *afterRelease) detail() []string {
	if n := s.check(); n > 0 {
		if made, is := s.record.Shared.After[n]; is {
			return []string{fmt.Sprintf("Check of day %d: %s, by %s. Enter records it anew.", n, lowerWords(made.Outcome.Words()), s.env.by(made.By.Staff, made.By.At))}
		}
		return []string{fmt.Sprintf("Check of day %d: do they have their medicines, has the practice seen them? Enter records what you found. It can be made early.", n)}
	}
	for _, f := range s.env.timeline.FollowUps(&s.record.Shared) {
		if f.Item.ID != s.item() {
			continue
		}
		words := ""
		if o := f.Override; !o.By.IsZero() {
			words += "Overridden at the gate by " + s.env.by(o.By.Staff, o.By.At) + ": " + strings.TrimRight(o.Words, ".") + ". " + o.Reason.Words() + ". "
		}
		return []string{words + "It wants " + f.Item.Wants + ". For: " + rolesWords(f.Item.Owners) + "."}
	}
	return nil
}

// Speak implements Screen.
func (s *afterRelease) Speak() Speech {
	if s.record == nil {
		return Speech{}
	}
	return Speech{Head: spoken(s.head(part.Whole)), Names: s.columns.Names(), List: s.list, Detail: s.detail}
}

// afterCell says on the board what is to be followed up of somebody who has left.
func afterCell(e *env, r *model.Row) part.Cell {
	t, due := e.theme, e.timeline.CheckDue(r.After)
	switch {
	case r.After.On == 0:
		return part.Cell{Text: plural(r.After.Overridden, "override", "overrides"), Style: t.Warn}
	case e.timeline.CheckOverdue(r.After, e.today()):
		return part.Cell{Text: fmt.Sprintf("Day %d OVERDUE", r.After.On), Style: t.Danger}
	case due == e.today():
		return part.Cell{Text: fmt.Sprintf("Day %d today", r.After.On), Style: t.Warn}
	}
	return part.Cell{Text: fmt.Sprintf("Day %d: %s", r.After.On, shortDay(due)), Style: t.Text}
}

// shortDay is a day without its year, for a narrow column.
func shortDay(day model.Day) string {
	return strings.TrimSuffix(day.String(), day.String()[len("02-Jan"):])
}

func lateChecks(t model.Timeline, g *model.Group, today model.Day) string {
	n := 0
	for i := range g.Rows {
		if t.CheckOverdue(g.Rows[i].After, today) {
			n++
		}
	}
	if n == 0 {
		return "none overdue"
	}
	return fmt.Sprintf("%d overdue", n)
}
