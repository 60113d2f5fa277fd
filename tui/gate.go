package tui

import (
	"context"
	"slices"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/throughgate/throughgate/model"
	"github.com/throughgate/throughgate/tui/part"
)

// gateScreen names the walk, for coming back to it.
const gateScreen = "gate"

// gateWalk is the way out of the gate as one flow: what is in the way, and then each
// step that is done with the person. What another desk or a second officer does
// shows here as it is kept.
type gateWalk struct {
	recordPage
	columns *part.Columns
}

func newGateWalk(e *env, id model.PersonID) *gateWalk {
	return &gateWalk{recordPage: newRecordPage(e, gateScreen, id), columns: part.NewColumns(
		part.Column{Title: "step", Width: 28}, part.Column{Title: "state", Width: 18}, part.Column{Title: "whose it is, or what was done", Flex: 1, Width: 20},
	)}
}

// Title implements Screen.
func (*gateWalk) Title() string { return "Release now" }

// Load implements Screen.
func (s *gateWalk) Load() tea.Cmd {
	return s.readAny(s)
}

// Update implements Screen.
func (s *gateWalk) Update(msg tea.Msg) tea.Cmd {
	if msg, ok := msg.(recordMsg); ok {
		return s.show(msg.record)
	}
	return s.update(msg)
}

// show lays the walk out anew. What somebody else has just done is said.
func (s *gateWalk) show(r *model.Record) tea.Cmd {
	before := s.record
	s.record = r
	rows := s.rows()
	s.list.SetRows(rowsOf(s.env.theme, rows, s.columns))
	if before == nil {
		if !s.list.Put() && len(model.GateBlocks(&r.Shared)) == 0 {
			if next, any := r.NextStep(); any {
				s.list.Select(gateStepRow(next.ID))
			}
		}
		return nil
	}
	if g := &r.Shared.Gate; g.IdentityConfirmed() && !before.Shared.Gate.IdentityConfirmed() && g.Second.Staff != s.env.Actor().Staff {
		return notice("Confirmed by " + s.env.StaffName(g.Second.Staff) + ".")
	}
	_, left := before.Shared.Gone()
	if at, gone := r.Shared.Gone(); gone && !left {
		by := r.Shared.Movements[len(r.Shared.Movements)-1].By
		if by == s.env.Actor().Staff {
			return nil // the form has said so
		}
		return notice("The release was recorded by " + s.env.StaffName(by) + " at " + at.Clock() + ".")
	}
	return nil
}

// The rows of the list: lines in the way, and steps.
const (
	blockRow = "block/"
	holdRow  = "hold/"
)

func gateStepRow(id model.GateStepID) string { return "step/" + string(id) }

func (s *gateWalk) rows() []pageRow {
	t, r := s.env.theme, s.record
	var rows []pageRow
	holds, blocks := r.StandingHolds(), model.GateBlocks(&r.Shared)
	if len(holds)+len(blocks) > 0 {
		rows = append(rows, pageRow{text: "In the way"})
	}
	for _, h := range holds {
		rows = append(rows, pageRow{id: holdRow + h.Code, cells: []part.Cell{{Text: h.Words, Style: t.Danger}, {Text: "HOLD", Style: t.Danger}, {Text: "Ask " + h.Whose}}})
	}
	for _, m := range blocks {
		words := m.Whose.Words()
		if m.Note != "" {
			words += ": " + m.Note
		}
		rows = append(rows, pageRow{id: blockRow + string(m.Item.ID), cells: []part.Cell{{Text: m.Item.Name}, {Text: m.State.Words(), Style: stateStyle(t, m.State)}, {Text: words, Style: t.Muted}}})
	}
	rows = append(rows, pageRow{text: "At the gate"})
	for _, step := range r.GateSteps() {
		rows = append(rows, pageRow{id: gateStepRow(step.ID), cells: []part.Cell{{Text: step.Name}, {Text: step.State.Words(), Style: stateStyle(t, step.State)}, {Text: s.stepWords(step), Style: t.Muted}}})
	}
	return rows
}

func (s *gateWalk) stepWords(step model.GateStep) string {
	if step.By.IsZero() {
		return step.Words
	}
	return s.env.StaffName(step.By.Staff) + " " + step.By.Instant().Clock() + ". " + step.Words
}

// block is the line in the way under the cursor, "" when there is none.
func (s *gateWalk) block() model.ItemID {
	return model.ItemID(trimPrefix(s.selected(), blockRow))
}

func (s *gateWalk) step() model.GateStepID {
	return model.GateStepID(trimPrefix(s.selected(), "step/"))
}

// over says why the walk cannot be walked, "" when it can.
func (s *gateWalk) over() string {
	sh := &s.record.Shared
	switch at, gone := sh.Gone(); {
	case !sh.Deceased.IsZero():
		return "This person has died."
	case gone:
		return "The person left on " + at.String() + "."
	case sh.Stay.Out == string(model.MovementTransfer):
		return "This person has been transferred."
	}
	return ""
}

// Actions implements Screen.
func (s *gateWalk) Actions() []Action {
	if s.record == nil {
		return moving()
	}
	e, r, item := s.env, s.record, s.block()
	pass := "Only a line that is in the way can be overridden."
	if item != "" {
		pass = whyNotPass(e, r, item)
	}
	override := func() tea.Cmd { return open(newPassForm(e, r, item)) }
	if s.step() == model.GateTwo {
		pass, override = whyNotAlone(e, r), func() tea.Cmd { return open(newAloneForm(e, r)) }
	}
	leave := either(s.over(), e.allow(r, &model.MovementRecorded{}))
	if rest := r.BeforeLeaving(); leave == "" && len(rest) > 0 {
		leave = "Still to do: " + strings.Join(rest, ", ") + "."
	}
	return append([]Action{
		{Key: part.KeyEnter, Name: "open", Row: onRow, Says: "Do the step under the cursor.", Disabled: either(s.over(), s.whyNotOpen()), Run: s.openRow},
		{Key: "x", Name: "override", Row: onRow, Says: "Let the person leave though the line under the cursor is open; it is followed up after the release.", Disabled: either(s.over(), pass), Run: override},
		{Key: "r", Name: "record the release", Word: "leaves", Says: "Record that the person goes out of the gate, once everything is done.", Disabled: leave, Run: func() tea.Cmd { return open(newLeaveForm(e, r)) }},
		{Key: "p", Name: "person", Says: "Open the person.", Run: func() tea.Cmd { return open(newPerson(e, s.id)) }},
		back(),
	}, moving()...)
}

// whyNotPass says who may override a line, where who is signed in may not: some
// may override other lines, and not this one.
func whyNotPass(e *env, r *model.Record, item model.ItemID) string {
	facts, _ := model.FactsOf(item)
	switch who := facts.Overriders(); {
	case len(who) == 0:
		return "Nobody can override this: it must be done."
	case !slices.Contains(who, e.Actor().Role):
		return e.Actor().Role.Words() + " may not override " + facts.Name + ". It is for: " + rolesWords(who) + "."
	}
	return e.allow(r, &model.GateOverridden{Item: item})
}

func (s *gateWalk) whyNotOpen() string {
	e, r := s.env, s.record
	id, found := s.list.Selected()
	switch s.step() {
	case model.GateWho:
		return e.allow(r, &model.GateIdentified{})
	case model.GateSecond:
		return s.whyNotConfirm()
	case model.GateBags:
		return s.whyNotGive()
	case model.GateTwo:
		return whyNotWitness(e, r)
	case model.GateGiveBack:
		return e.allow(r, &model.GatePropertySet{})
	case model.GateReceived:
		return e.allow(r, &model.GateReceiptSigned{})
	case model.GateReady:
		return "What is in the way stands above; each line is done where it is worked."
	}
	switch {
	case !found:
		return s.env.nothingHere()
	case s.block() != "":
		return whyNotWork(e, r, s.block())
	case strings.HasPrefix(id, holdRow):
		return "Nobody can override a hold: whoever answers for it ends it."
	}
	return ""
}

// whyNotGive says why no bag can be handed over now.
func (s *gateWalk) whyNotGive() string {
	sh := &s.record.Shared
	switch {
	case len(sh.WaitingBags()) == 0:
		return "No bag waits to be handed over."
	case !sh.Gate.IdentityConfirmed():
		return "First two officers know who this is."
	}
	return s.env.allow(s.record, &model.BagGiven{})
}

// whyNotConfirm says why the second officer's step cannot be done here now.
func (s *gateWalk) whyNotConfirm() string {
	g := &s.record.Shared.Gate
	switch {
	case g.Identity.By.IsZero():
		return "First the identity is checked."
	case g.IdentityConfirmed():
		return "It is confirmed already."
	}
	return s.env.allow(s.record, &model.GateConfirmed{Of: g.Identity.By.At})
}

func (s *gateWalk) openRow() tea.Cmd {
	e, r := s.env, s.record
	switch s.step() {
	case model.GateWho:
		return open(newIdentityForm(e, r))
	case model.GateSecond:
		return s.confirm()
	case model.GateBags:
		return open(newBagForm(e, r))
	case model.GateTwo:
		return open(newSeenForm(e, r))
	case model.GateGiveBack:
		return open(newPropertyForm(e, r))
	case model.GateReceived:
		return open(newReceiptForm(e, r))
	}
	if screen := itemScreen(e, r, s.block()); screen != nil {
		return open(screen)
	}
	if why := e.allow(r, &model.ItemSet{Item: s.block()}); why != "" {
		return notice(why)
	}
	return open(newItemForm(e, r, s.block()))
}

// confirm asks the second officer for a word that is not typed by mistake.
func (s *gateWalk) confirm() tea.Cmd {
	r, seen := s.record, s.record
	g := &r.Shared.Gate
	change := &model.GateConfirmed{Of: g.Identity.By.At}
	return confirm(confirmation{
		title: "You are the second officer", word: "CONFIRM",
		text: "Look at the person yourself. " + s.env.StaffName(g.Identity.By.Staff) + " checked at " + g.Identity.By.Instant().Clock() + ": " + lowerWords(r.GateSteps()[1].Words) + ". The person is " + personWords(r) + ".",
		yes: func() tea.Cmd {
			return s.deed(s, func() (tea.Msg, error) {
				return saidMsg("You have confirmed who this is."), s.env.Do(context.Background(), model.Write{Person: s.id, Seen: seen, Changes: []model.Change{change}})
			})
		},
	})
}

// head says how the walk stands.
func (s *gateWalk) head(width int) []string {
	t, r := s.env.theme, s.record
	if why := s.over(); why != "" {
		return append(part.Notices(width, why+" There is no walk to go.", t.Warn, 2), "")
	}
	words, style := "Everything is done: record the release"+s.env.keys(" with r.", "."), t.Good
	if blocks, holds := model.GateBlocks(&r.Shared), r.StandingHolds(); len(blocks)+len(holds) > 0 {
		words, style = plural(len(blocks)+len(holds), "thing is", "things are")+" in the way. The steps at the gate can be done meanwhile.", t.Danger
	} else if next, any := r.NextStep(); any {
		words, style = "Next: "+lowerWords(next.Name)+". "+next.Words+".", t.Warn
	}
	if early := notDueYet(s.env, r); early != "" {
		words, style = words+" NOT DUE YET: "+early, t.Danger
	}
	return append(part.Notices(width, words, style, 2), "")
}

// detail is the row under the cursor in full.
func (s *gateWalk) detail() []string {
	if facts, found := model.FactsOf(s.block()); found {
		who := facts.Overriders()
		words := facts.Name + " wants " + facts.Wants + ". For: " + rolesWords(facts.Owners) + "."
		if len(who) > 0 {
			words += " It may be overridden by: " + rolesWords(who) + "."
		}
		return []string{words}
	}
	for _, step := range s.record.GateSteps() {
		if step.ID != s.step() {
			continue
		}
		words := step.Name + ": " + step.Words + "."
		if step.ID == model.GateTwo && step.State != model.Done {
			words += " Somebody else than who hands it over, at this desk or another. A nurse, a prescriber or a manager may override it."
		}
		if step.ID == model.GateSecond && step.State != model.Done {
			words += s.env.keys(" At this desk: Ctrl+L, then the second officer signs in over you and opens this person; or they do it at another desk.", " At this desk or another, the second officer signs in as themselves and opens this person.")
		}
		if !step.By.IsZero() {
			words += " " + s.env.by(step.By.Staff, step.By.At) + "."
		}
		return []string{words}
	}
	return nil
}

const walkDetail = 3

// View implements Screen.
func (s *gateWalk) View(width, height int) string {
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

// Speak implements Screen.
func (s *gateWalk) Speak() Speech {
	if s.record == nil {
		return Speech{}
	}
	return Speech{Head: spoken(s.head(part.Whole)), Names: s.columns.Names(), List: s.list, Detail: s.detail}
}

// leavingActions are the ways out: the walk, and a release at court.
func leavingActions(e *env, r *model.Record) []Action {
	in := ""
	if _, gone := r.Shared.Gone(); gone {
		in = "The person has left."
	}
	return []Action{
		{Key: "r", Name: "release now", Says: "Walk through the gate with the person: what is in the way, identity, property, signature, out.", Disabled: in, Run: func() tea.Cmd { return open(newGateWalk(e, r.ID)) }},
		letGoAction(e, r),
	}
}

// afterAction is the way to what comes after a release.
func afterAction(e *env, r *model.Record) Action {
	out := ""
	if _, gone := r.Shared.Gone(); !gone {
		out = "The person has not left."
	}
	return Action{Key: "f", Name: "after release", Says: "See what is left to do after the release, and record checks on day 1, 7 and 14.", Disabled: out, Run: func() tea.Cmd { return open(newAfter(e, r.ID)) }}
}
