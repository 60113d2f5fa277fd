package tui

import (
	"context"
	"slices"
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
	items   []model.ItemFacts // those that are for the person, then the others
	asked   int               // how many are for the person
	list    *part.List
	columns *part.Columns
	trouble string // what came between the person and the practice that was chosen
	noted   bool   // what follows from it was written
}

type recordMsg struct{ record *model.Record }

// stateWidth is the width of a state's column; longer ones are said in full below.
const stateWidth = 26

// personScreen names the page, for coming back to it.
const personScreen = "person"

func newPerson(e *env, id model.PersonID) *person {
	return &person{
		env: e, id: id, list: part.NewList(e.theme),
		columns: part.NewColumns(
			part.Column{Title: "what", Width: 27}, part.Column{Title: "state", Width: stateWidth}, part.Column{Title: "due", Width: 11}, part.Column{Title: "note, or whose it is", Flex: 1, Width: 8},
		),
	}
}

// newPersonAt begins at a line of the checklist, instead of the first that waits
// for who is signed in.
func newPersonAt(e *env, id model.PersonID, at model.ItemID) *person {
	s := newPerson(e, id)
	s.list.Seek(string(at))
	return s
}

// Title implements Screen.
func (*person) Title() string { return "Release checklist" }

// Place implements Placed.
func (s *person) Place() place { return place{Screen: personScreen, Person: s.id} }

// Load implements Screen.
func (s *person) Load() tea.Cmd {
	return s.load(s, func() (tea.Msg, error) {
		r, err := s.env.Get(context.Background(), s.id)
		return recordMsg{r}, err
	})
}

// Subject implements Subject.
func (s *person) Subject() *model.Record { return s.record }

// Update implements Screen.
func (s *person) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case recordMsg:
		s.show(msg.record)
		return s.noteClosed(msg.record)
	case saidMsg:
		return notice(string(msg))
	}
	return s.list.Update(msg)
}

// noteClosed writes what a practice that closed makes true of the shared lines, as
// soon as somebody of healthcare has the record open: officers see only those.
func (s *person) noteClosed(r *model.Record) tea.Cmd {
	changes := model.PracticeClosedFollows(r, s.env.Practices())
	for _, c := range changes {
		if s.env.allow(r, c) != "" {
			return nil
		}
	}
	if len(changes) == 0 || s.noted {
		return nil
	}
	s.noted = true // a desk whose disk is full is not asked again for ever
	return s.deed(s, func() (tea.Msg, error) {
		return saidMsg("The practice has closed. The checklist says so now."), s.env.Do(context.Background(), model.Write{Person: s.id, Seen: r, Changes: changes})
	})
}

func (s *person) show(r *model.Record) {
	first := s.record == nil
	s.record, s.trouble = r, gpTrouble(s.env, r)
	s.items, s.asked = checklistOf(&s.record.Shared)
	lines := len(s.items)
	if s.asked < lines {
		lines++ // the heading of the others
	}
	s.list.SetRows(part.Rows{
		Len: lines,
		ID: func(i int) string {
			if i == s.asked {
				return ""
			}
			return string(s.itemAt(i).ID)
		},
		Line: s.row,
	})
	if first && !s.list.Put() {
		s.list.Select(string(s.nextOwn()))
	}
}

// checklistOf is the lines that are for the person, and behind them those that are
// not: one of these may be needed after all.
func checklistOf(sh *model.SharedPart) (items []model.ItemFacts, asked int) {
	items = model.ChecklistFor(sh)
	asked = len(items)
	for _, facts := range model.Checklist() {
		if !facts.Applies(sh) {
			items = append(items, facts)
		}
	}
	return items, asked
}

// itemAt is the line in row i of the list, which has a heading before the lines
// that are not for the person.
func (s *person) itemAt(i int) model.ItemFacts {
	if i > s.asked {
		i--
	}
	return s.items[i]
}

func (s *person) row(i, width int) part.Line {
	if i == s.asked {
		return part.SidesLine(width, part.Sides{Left: []part.Fragment{{Text: "Not for this release", Style: s.env.theme.Heading}}})
	}
	return s.line(s.itemAt(i), width)
}

// nextOwn is the first line that waits for the person signed in, "" when there
// is none: it is what they have come for.
func (s *person) nextOwn() model.ItemID {
	for _, m := range s.env.timeline.Readiness(&s.record.Shared) {
		if slices.Contains(m.Item.Owners, s.env.Actor().Role) {
			return m.Item.ID
		}
	}
	return ""
}

// item is the line under the cursor.
func (s *person) item() model.ItemID {
	id, _ := s.list.Selected()
	return model.ItemID(id)
}

// Actions implements Screen.
func (s *person) Actions() []Action {
	if s.record == nil {
		return moving()
	}
	r, e := s.record, s.env
	opens := func(make func(*env, *model.Record) Screen) func() tea.Cmd {
		return func() tea.Cmd { return open(make(e, r)) }
	}
	settle, at := "", s.conflictsHere()
	if at == 0 {
		settle = "Nothing of this person's is in conflict."
	}
	actions := []Action{
		{Key: part.KeyEnter, Name: "open", Row: onRow, Says: "Open the line under the cursor.", Disabled: whyNotWork(e, r, s.item()), Run: s.openItem},
		{Key: "c", Name: "conflicts", Says: "Settle what was written about this person by two who had not seen each other's.", Disabled: settle, Run: func() tea.Cmd { return open(newConflictsOf(e, s.id)) }},
		{Key: "n", Name: "set state", Word: "state", Row: onRow, Says: "Set the state of the line under the cursor in words.", Disabled: s.whyNotSet(), Run: s.openState},
		{Key: "d", Name: "date", Says: "Set the release date, what it rests on and the reason.", Disabled: e.allow(r, &model.ReleaseSet{}), Run: opens(newReleaseForm)},
		{Key: "m", Name: "movement", Says: "Record a movement: to court, back, released.", Disabled: e.allow(r, &model.MovementRecorded{}), Run: opens(newMovementForm)},
	}
	actions = append(actions, healthActions(e, r)...)
	actions = append(actions, leavingActions(e, r)...)
	if after := afterAction(e, r); after.Disabled == "" { // what the page is opened for, once they have left
		actions = slices.Insert(actions, 1, after)
	} else {
		actions = append(actions, after)
	}
	actions = append(actions,
		Action{Key: "h", Word: "history", Says: "See who wrote what and when.", Run: func() tea.Cmd { return open(newHistory(e, r)) }},
		Action{Key: part.KeySpace, Name: "done", Row: onRow, Says: "Mark the line under the cursor as done, or take that back.", Disabled: s.whyNotTick(), Run: s.tick},
		Action{Key: "s", Word: "checked again", Row: onRow, Says: "Record that you looked again at the line under the cursor, and that it is still done.", Disabled: s.whyNotChecked(), Run: s.checked},
		Action{Key: "a", Word: "notes", Says: "Read all alerts, instructions, notes and movements.", Run: func() tea.Cmd { return open(newKnown(e, s.id, r)) }},
		Action{Key: "p", Word: "print", Says: "Print the checklist, the hand-over sheet or the medicines sheet.", Run: func() tea.Cmd { return open(newPrinting(e, r)) }},
		Action{Key: "v", Word: "bags", Says: "Open the bags of medicines: match one at the gate by its number, see where each is.", Run: func() tea.Cmd { return open(newBags(e, s.id)) }},
		Action{Key: "i", Word: "instruct", Says: "Tell everybody what must be done, without the reason.", Disabled: e.allow(r, &model.InstructionGiven{}), Run: opens(newInstructionForm)},
		back(),
		Action{Key: "b", Word: "break glass", Says: "Break the glass: read what your role may not, for a reason that both sides see.", Disabled: e.allow(r, &model.GlassBroken{}), Run: opens(newGlassForm)},
		Action{Key: "u", Word: "nhs number", Says: "Record the NHS number with its trace state.", Disabled: e.allow(r, &model.PersonNumbered{Scheme: model.SchemeNHS}), Run: opens(newNHSForm)},
	)
	return append(actions, moving()...)
}

func (s *person) conflictsHere() int { return len(s.record.Conflicts()) }

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
		return formNamed(e, r, releaseForm)
	case model.ItemNHSNumber:
		return formNamed(e, r, nhsForm)
	case model.ItemIdentity, model.ItemProperty:
		if _, gone := r.Shared.Gone(); !gone {
			return newGateWalk(e, r.ID)
		}
	case model.ItemAfterRelease:
		return newAfter(e, r.ID)
	}
	return healthScreen(e, r, id)
}

// whyNotWork says why a line can be neither worked nor set by who is signed in.
func whyNotWork(e *env, r *model.Record, id model.ItemID) string {
	if itemScreen(e, r, id) != nil {
		return ""
	}
	return e.allow(r, &model.ItemSet{Item: id})
}

func (s *person) whyNotSet() string {
	return s.env.allow(s.record, &model.ItemSet{Item: s.item()})
}

func (s *person) whyNotTick() string {
	facts, _ := model.FactsOf(s.item())
	if !facts.Manual {
		return facts.Name + " follows from what is recorded: " + s.env.keys("open it with Enter.", "open it by its number.")
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

// whyNotChecked says why the line under the cursor is not one to be checked again
// now, "" when it is.
func (s *person) whyNotChecked() string {
	facts, _ := model.FactsOf(s.item())
	if !s.checksAgain(&facts) {
		return "This line is not to be checked again now."
	}
	return s.env.allow(s.record, &model.ItemChecked{Item: facts.ID})
}

func (s *person) checked() tea.Cmd {
	facts, _ := model.FactsOf(s.item())
	return s.do("Checked again: "+facts.Name, &model.ItemChecked{Item: facts.ID})
}

// saidMsg is the sentence for something that was kept.
type saidMsg string

// do writes at once, and says so when it is kept.
func (s *person) do(said string, changes ...model.Change) tea.Cmd {
	seen := s.record
	return s.deed(s, func() (tea.Msg, error) {
		return saidMsg(said), s.env.Do(context.Background(), model.Write{Person: s.id, Seen: seen, Changes: changes})
	})
}

func (s *person) openState() tea.Cmd {
	if why := s.whyNotSet(); why != "" {
		return notice(why)
	}
	return open(newItemForm(s.env, s.record, s.item()))
}

// sideFrom is the width from which a pane stands beside a screen, sideWidth its
// own width and sideGap what stands between.
const (
	sideFrom  = 120
	sideWidth = 38
	sideGap   = 3
)

// View implements Screen.
func (s *person) View(width, height int) string {
	switch {
	case s.record == nil:
		return ""
	case width >= sideFrom:
		return s.wide(width-sideWidth-sideGap, height)
	}
	told, rest := instructions(s.env, s.record), s.unsaid(others(s.env, s.record))
	lines := s.standing(width)
	const most = 2 // lines for what everybody must do now: two instructions, or one in full
	for _, r := range told[:min(len(told), most)] {
		lines = append(lines, part.Notices(width, r.text, r.style, most/min(len(told), most))...)
	}
	rest = append(told[min(len(told), most):], rest...)
	lines = append(lines, "")
	say, apart, more := detailMost, []string{""}, 0
	if height-len(lines) < roomy { // the checklist needs the room more
		say, apart = detailMost-1, nil
	}
	if len(rest) > 0 {
		more = 1
	}
	lines = append(append(lines, s.rows(width, height-len(lines)-say-len(apart)-more)...), apart...)
	detail := s.detail(width, say)
	return joinLines(append(append(lines, detail...), aside(s.env.theme, rest, width, height-len(lines)-len(detail))...))
}

// unsaid leaves out of the remarks the override that stands above the checklist.
func (s *person) unsaid(all []remark) []remark {
	waiting := toReview(s.record)
	if len(waiting) == 0 {
		return all
	}
	said := overrideWords(s.env, waiting[0])
	return slices.DeleteFunc(all, func(r remark) bool { return r.text == said })
}

// Speak implements Screen. What stands beside the checklist on a screen comes
// before it, except what lies in the past.
func (s *person) Speak() Speech {
	if s.record == nil {
		return Speech{}
	}
	head := spoken(s.standing(part.Whole))
	for _, r := range append(instructions(s.env, s.record), alertRemarks(s.env, s.record)...) {
		if text := strings.Replace(r.text, "! ", "Alert: ", 1); !slices.Contains(head, text) {
			head = append(head, text)
		}
	}
	if n := len(pastRemarks(s.env, s.record)); n > 0 {
		head = append(head, plural(n, "more note or movement", "more notes and movements")+": type notes to hear all.")
	}
	return Speech{Head: head, Names: s.columns.Names(), List: s.list, Detail: func() []string { return spoken(s.detail(part.Whole, detailMost)) }}
}

// wide has all there is to know in a pane beside the checklist.
func (s *person) wide(main, height int) string {
	lines := append(s.standing(main), "")
	lines = append(append(lines, s.rows(main, height-len(lines)-detailMost-1)...), "")
	lines = append(lines, s.detail(main, detailMost)...)
	return part.Beside(s.env.theme, joinLines(lines), main, joinLines(aside(s.env.theme, s.unsaid(remarks(s.env, s.record)), sideWidth, height)), height)
}

// roomy is from how many lines on there is room for more than the checklist.
const roomy = 14

// rowsLeast is how many lines of the checklist are in sight at least.
const rowsLeast = 5

// rows is as much of the checklist as there is room for.
func (s *person) rows(width, height int) []string {
	return strings.Split(s.list.View(width, min(s.list.Len(), max(rowsLeast, height))), "\n")
}
