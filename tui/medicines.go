package tui

import (
	"context"
	"fmt"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/throughgate/throughgate/model"
	"github.com/throughgate/throughgate/tui/part"
)

// medicines is what somebody takes, what was stopped, and how each is supplied
// when they leave.
type medicines struct {
	healthPage
	current, stopped *part.Columns
	around           *part.Columns
	doubled          map[model.MedicineID]model.Conflict // supplies that two desks decided without seeing each other's
	known            medicinesKnown
}

// medicinesKnown is what follows from the record: it takes hashes of the whole
// list, so it is worked out when the record comes and not at every key.
type medicinesKnown struct {
	head                                 []telling
	release                              []releaseRow
	whyNotPack, whyNotReconcile, whyNone string
}

func newMedicines(e *env, id model.PersonID) *medicines {
	s := &medicines{healthPage: newHealthPage(e, medicinesScreen, id, 5)}
	s.current = part.NewColumns(part.Column{Title: "medicine", Flex: 4, Width: 20}, part.Column{Title: "dose", Flex: 3, Width: 14}, part.Column{Title: "supply", Width: 24})
	s.around = part.NewColumns(part.Column{Width: 21}, part.Column{Flex: 1, Width: 40})
	s.stopped = part.NewColumns(part.Column{Flex: 1, Width: 20}, part.Column{Flex: 1, Width: 30})
	return s
}

// newMedicinesAt opens the page with the cursor on one of its rows.
func newMedicinesAt(e *env, id model.PersonID, row string) *medicines {
	s := newMedicines(e, id)
	s.list.Seek(row)
	return s
}

// Title implements Screen.
func (*medicines) Title() string { return "Medicines" }

// Load implements Screen.
func (s *medicines) Load() tea.Cmd { return s.read(s) }

// Update implements Screen.
func (s *medicines) Update(msg tea.Msg) tea.Cmd {
	answer, ok := msg.(recordMsg)
	if !ok {
		return s.update(msg)
	}
	first := s.record != nil && len(s.record.Health.CurrentMedicines()) == 0
	s.record = answer.record
	s.doubled = doubledSupplies(s.record)
	s.known = medicinesKnown{s.headWords(), s.releaseRows(), s.whyNotPack(), s.whyNotReconcile(), s.whyNotNone()}
	s.list.SetRows(s.rows())
	if current := s.record.Health.CurrentMedicines(); first && len(current) > 0 {
		s.list.Select(string(current[0].ID)) // the cursor stood on a row below, where there was no other
	}
	return nil
}

// doubledSupplies finds supplies in conflict: the person may be given twice.
func doubledSupplies(r *model.Record) map[model.MedicineID]model.Conflict {
	out := make(map[model.MedicineID]model.Conflict)
	for _, c := range r.Conflicts() {
		if c.Compartment == model.Health && c.Clinical() {
			id, _, _ := strings.Cut(trimPrefix(c.Slot, "supply/"), "/")
			out[model.MedicineID(id)] = c
		}
	}
	return out
}

func (s *medicines) rows() part.Rows {
	t, h := s.env.theme, s.record.Health
	current, stopped := h.CurrentMedicines(), h.StoppedMedicines()
	var rows []pageRow
	for _, m := range current {
		words, style := s.supply(m)
		rows = append(rows, pageRow{id: string(m.ID), cells: []part.Cell{{Text: whatWords(m)}, {Text: doseWords(m)}, {Text: words, Style: style}}})
	}
	if len(current) == 0 {
		rows = append(rows, pageRow{text: s.empty()})
	}
	rows = append(rows, pageRow{}, pageRow{text: "Around the release"})
	for _, row := range s.known.release {
		rows = append(rows, pageRow{id: row.id, cells: []part.Cell{{Text: row.what}, {Text: row.state, Style: row.style}}})
	}
	if len(stopped) > 0 {
		rows = append(rows, pageRow{}, pageRow{text: "Stopped"})
	}
	for _, m := range stopped {
		why := m.Stopped.Day.String() + ": " + m.Stopped.Reason
		rows = append(rows, pageRow{id: string(m.ID), cells: []part.Cell{{Text: whatWords(m), Style: t.Muted}, {Text: why, Style: t.Muted}}})
	}
	all := rowsOf(t, rows, s.current)
	laid := all.Line
	all.Line = func(i, width int) part.Line {
		if _, medicine := h.Medicines[model.MedicineID(rows[i].id)]; len(rows[i].cells) == 2 && !medicine {
			return s.around.Line(width, rows[i].cells...)
		}
		if len(rows[i].cells) == 2 {
			return s.stopped.Line(width, rows[i].cells...)
		}
		return laid(i, width)
	}
	return all
}

// empty tells an empty list from a list nobody has looked at.
func (s *medicines) empty() string {
	h := s.record.Health
	if h.NoMedicinesStated() {
		return "No medicines."
	}
	return "No medicines on the list, and nobody has stated that there are none."
}

// whatWords is a medicine with the mark of a controlled drug.
func whatWords(m model.Medicine) string {
	if cd := m.CD(); cd.ThirtyDays() {
		return "CD" + string(cd) + " " + m.What()
	}
	return m.What()
}

// doseWords is dose and frequency, and a route that is not the usual one: a
// column is narrow, and the whole stands below the list.
func doseWords(m model.Medicine) string {
	if r := model.Fold(m.Route); r == "oral" || r == "by mouth" || r == "po" {
		m.Route = ""
	}
	return m.How()
}

// supply is the decision on a medicine in a few words.
func (s *medicines) supply(m model.Medicine) (string, part.Style) {
	t, h := s.env.theme, s.record.Health
	decision, any := h.Supplies[m.ID]
	if _, doubled := s.doubled[m.ID]; doubled {
		return "CHECK NOW: two decisions", t.Danger
	}
	switch {
	case any && !h.Decided(m):
		return "DECIDE AGAIN: changed", t.Danger
	case !any:
		return "NOT DECIDED", t.Danger
	case decision.Route == model.SupplyNone:
		return "None: " + decision.Reason, t.Good
	}
	lines, out := h.SupplyLines(m), true
	for _, line := range s.record.WaitingSupplies() {
		out = out && line.Medicine.ID != m.ID
	}
	words := fmt.Sprintf("%s %s %s %s", decision.Route, decision.Quantity, decision.Unit, outWords(decision.Route, out))
	if len(lines) > 1 {
		words = fmt.Sprintf("%s + %s %s", routeAndDays(lines[0]), routeAndDays(lines[1]), map[bool]string{true: "ready", false: "to do"}[out])
	}
	if out {
		return words, t.Good
	}
	return words, t.Warn
}

// routeAndDays is a way of supply in the least words: "TTO 7d".
func routeAndDays(line model.SupplyLine) string {
	return fmt.Sprintf("%s %dd", line.Supply.Route, line.Supply.Days)
}

// outWords says whether a supply is on its way: what is handed over is packed,
// a prescription is sent.
func outWords(route model.SupplyRoute, out bool) string {
	switch {
	case route == model.SupplyTTO && out:
		return "packed"
	case route == model.SupplyTTO:
		return "to pack"
	case out:
		return "sent"
	}
	return "to send"
}

// chosen is the medicine under the cursor.
func (s *medicines) chosen() (model.Medicine, bool) {
	m, found := s.record.Health.Medicines[model.MedicineID(s.selected())]
	return m, found
}

// Actions implements Screen.
func (s *medicines) Actions() []Action {
	if s.record == nil {
		return moving()
	}
	e, r := s.env, s.record
	m, found := s.chosen()
	none := ""
	if !found {
		none = "There is no medicine under the cursor."
	}
	gone := none
	if found && !m.Current() {
		gone = "This medicine has been stopped."
	}
	double := ""
	if _, twice := s.doubled[m.ID]; twice {
		double = "Two desks decided on this. Settle it " + s.env.with("w", "settle") + " first."
	}
	return append([]Action{
		{Key: part.KeyEnter, Name: s.enterName(), Word: "supply", Row: onRow, Says: "Decide how the medicine under the cursor is supplied at release, and then the next one; below the medicines, open the line.", Disabled: either(s.whyNotOpen(gone), double), Run: s.openRow},
		{Key: "a", Name: "add", Says: "Add medicines, one after the other.", Disabled: e.allow(r, &model.MedicineSet{}), Run: func() tea.Cmd { return open(newMedicineForm(e, r, model.Medicine{}, thenAdd)) }},
		{Key: "e", Name: "change", Row: onRow, Says: "Change the medicine under the cursor; one that was stopped is taken again.", Disabled: either(e.allow(r, &model.MedicineSet{}), none), Run: func() tea.Cmd { return open(newMedicineForm(e, r, m, "")) }},
		{Key: "x", Name: "stop", Row: onRow, Says: "Stop the medicine under the cursor, with the reason.", Disabled: either(e.allow(r, &model.MedicineStopped{}), gone), Run: func() tea.Cmd { return open(newStopForm(e, r, m)) }},
		{Key: "p", Name: "packed", Says: "Record what is packed or sent: one bag or prescription for all that are in it.", Disabled: either(e.allow(r, &model.SupplyPacked{}), s.known.whyNotPack), Run: func() tea.Cmd { return open(newPackForm(e, r)) }},
		{Key: "r", Name: s.signName(), Word: "reconciled", Says: "Read the list once more and sign, as a prescriber, that it was compared with its sources and is right, or that there are no medicines; others prepare it for the signature.", Disabled: either(s.whyNotPrepare(), s.known.whyNotReconcile), Run: s.reconcile},
		{Key: "n", Name: "no medicines", Word: "none", Says: "State that the person takes no medicines, and what that is known from; a prescriber confirms it.", Disabled: either(e.allow(r, &model.MedicinesNone{}), s.known.whyNone), Run: func() tea.Cmd { return open(newNoneForm(e, r)) }},
		{Key: "f", Word: "further", Row: onRow, Says: "Decide on a second way of supply for the medicine under the cursor, such as a prescription after the doses that are handed over.", Disabled: either(e.allow(r, &model.SupplyFurther{}), gone, double, s.whyNotFurther(m)), Run: func() tea.Cmd { return open(newFurtherForm(e, r, m)) }},
		{Key: "c", Word: "count", Row: onRow, Says: "Record how much of the medicine under the cursor the person keeps.", Disabled: either(e.allow(r, &model.MedicineCounted{}), gone), Run: func() tea.Cmd { return open(newCountForm(e, r, m)) }},
		{Key: "g", Word: "giver", Row: onRow, Says: "Name who gives the next injection of the depot under the cursor outside.", Disabled: either(e.allow(r, &model.DepotSet{}), gone, whyNotDepot(m)), Run: func() tea.Cmd { return open(newDepotForm(e, r, m)) }},
		{Key: "b", Word: "bags", Says: "Open the bags: second signature, hand-over, refusal, return to pharmacy.", Run: func() tea.Cmd { return open(newBags(e, s.id)) }},
		{Key: "w", Word: "settle", Row: onRow, Says: "Settle the double supply of the medicine under the cursor.", Disabled: s.whyNotSettle(m), Run: func() tea.Cmd { return s.settle(s.doubled[m.ID].Slot) }},
		{Key: "y", Word: "allergies", Says: "Open the allergies.", Run: func() tea.Cmd { return open(newAllergies(e, s.id)) }},
		back(),
	}, moving()...)
}

// enterName says what Enter does on this row: only a medicine has a supply to decide.
func (s *medicines) enterName() string {
	if _, found := s.releaseRow(); found {
		return "open"
	}
	return "decide supply"
}

// signName says what is signed: a prescriber signs the list, others that they have
// compared it.
func (s *medicines) signName() string {
	if s.signs() {
		return "sign list"
	}
	return "compared"
}

func (s *medicines) whyNotPack() string {
	if len(s.record.WaitingSupplies()) == 0 {
		return "Nothing is waiting to be packed or sent: decide the supply first."
	}
	return ""
}

func (s *medicines) whyNotReconcile() string {
	h := s.record.Health
	switch {
	case h.NoMedicinesConfirmed():
		return "That there are no medicines is confirmed already."
	case h.NoMedicinesStated() && !s.signs():
		return "There is no list to compare: a prescriber confirms that there are no medicines."
	case h.NoMedicinesStated():
	case h.IsReconciled():
		return "The list as it stands was reconciled by " + s.env.by(h.Reconciled.By.Staff, h.Reconciled.By.At) + "."
	}
	return problemWith(&model.MedicinesReconciled{List: h.ListHash()}, s)
}

func (s *medicines) whyNotNone() string {
	h := s.record.Health
	switch {
	case h.NoMedicinesConfirmed():
		return "That has been stated already."
	case h.NoMedicinesStated() && h.NoneWith != "":
		return "That has been stated already. A prescriber confirms it " + s.env.with("r", "reconciled") + "."
	}
	return problemWith(&model.MedicinesNone{With: model.NoneSources[0]}, s)
}

// problemWith asks the model whether a change is sensible now.
func problemWith(c model.Change, s *medicines) string {
	if err := c.Check(s.record, s.env.now()); err != nil {
		return err.Error()
	}
	return ""
}

// reconcile shows a prescriber the list once more, to sign it; anybody else says what they compared the
// list with.
func (s *medicines) reconcile() tea.Cmd {
	if s.signs() {
		return open(newListSigning(s.env, s.record, s.doubledWords(), s.alarmWords()))
	}
	return open(newCompareForm(s.env, s.record))
}

func (s *medicines) signs() bool { return s.env.allow(s.record, &model.MedicinesReconciled{}) == "" }

func (s *medicines) whyNotPrepare() string {
	if s.signs() {
		return ""
	}
	return s.env.allow(s.record, &model.MedicinesCompared{})
}

func (s *medicines) whyNotFurther(m model.Medicine) string {
	h := s.record.Health
	if !h.Decided(m) || h.Supplies[m.ID].Route == model.SupplyNone {
		return "There is no first supply yet. Decide that one first."
	}
	return ""
}

func whyNotDepot(m model.Medicine) string {
	if !m.IsLongActing() {
		return "This medicine is no depot or long-acting injection."
	}
	return ""
}

func (s *medicines) whyNotSettle(m model.Medicine) string {
	if _, doubled := s.doubled[m.ID]; !doubled {
		return "The supply of this medicine was not decided twice."
	}
	return ""
}

// settle opens the conflict of a slot.
func (s *medicines) settle(slot string) tea.Cmd {
	e, id := s.env, s.id
	r := s.record
	return s.deed(s, func() (tea.Msg, error) {
		all, err := e.Conflicts(context.Background())
		for _, c := range all {
			if c.Row.ID == id && c.Conflict.Slot == slot {
				return openMsg{newSettle(e, r, c)}, nil
			}
		}
		return saidMsg("This has been settled already."), err
	})
}

// Speak implements Screen.
func (s *medicines) Speak() Speech {
	if s.record == nil {
		return Speech{}
	}
	return Speech{Head: told(s.known.head), Names: s.current.Names(), List: s.list, Detail: func() []string { return told(s.detail(part.Whole)) }}
}

// View implements Screen.
func (s *medicines) View(width, height int) string {
	if s.record == nil {
		return ""
	}
	return s.layOut(width, height, s.head, s.detail)
}
