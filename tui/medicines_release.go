package tui

import (
	"fmt"
	"slices"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/throughgate/throughgate/model"
	"github.com/throughgate/throughgate/tui/part"
)

// The rows below the medicines: what else is arranged for the release. Their ids
// are no medicine's.
const (
	rowPossession = "possession"
	rowOST        = "ost"
	rowNaloxone   = "naloxone"
	rowBags       = "bags"
)

// releaseRow is one of them: what it is, how it stands, and what opens it.
type releaseRow struct {
	id, what, state string
	style           part.Style
	detail          []string
	change          model.Change // whose right it takes; nil for a page
	form            func(*env, *model.Record) Screen
}

// releaseRows are worked out when the record comes.
func (s *medicines) releaseRows() []releaseRow {
	return []releaseRow{s.possessionRow(), s.ostRow(), s.naloxoneRow(), s.bagsRow()}
}

func (s *medicines) possessionRow() releaseRow {
	t, p := s.env.theme, s.record.Health.Possession
	row := releaseRow{id: rowPossession, what: "In possession", state: p.Level.Words(), change: &model.PossessionSet{}, form: newPossessionForm}
	switch {
	case p.By.IsZero():
		row.style = t.Warn
		row.detail = []string{"How much the person may keep is not decided. Each medicine has its own answer; both must allow it."}
		return row
	case !p.Review.IsZero() && p.Review < s.env.today():
		row.state, row.style = row.state+", review was due "+p.Review.String(), t.Warn
	case !p.Review.IsZero():
		row.state += ", review " + p.Review.String()
	}
	row.detail = []string{p.Reason + ". " + s.env.by(p.By.Staff, p.By.At)}
	return row
}

func (s *medicines) ostRow() releaseRow {
	t, h := s.env.theme, s.record.Health
	row := releaseRow{id: rowOST, what: "Opioid substitution", state: "Not needed: none on the list", style: t.Muted, change: &model.OSTSet{}, form: newOSTForm}
	warnings, plan := h.OSTWarnings(s.record.Leaves()), h.OST
	switch {
	case h.OSTPlanAlone():
		row.state, row.style, row.detail = "PLAN KEPT, but nothing on the list: add it", t.Danger, ostWords(plan)
		return row
	case len(h.CurrentMedicines()) == 0 && !h.NoMedicinesStated(): // an empty list says nothing
		row.state, row.style = "Not known: no medicines are recorded yet", t.Warn
		return row
	case len(h.OSTMedicines()) == 0:
		return row
	}
	row.state, row.style = "Arranged", t.Good
	if plan.Service != "" {
		row.state = strings.Join(nonEmpty(dayOrEmpty(plan.Appointment), plan.At, plan.Service), " ") // the longest last: a row is short
	}
	if len(warnings) > 0 {
		row.state, row.style = ostShort(h, s.record.Leaves()), t.Danger
	}
	row.detail = append(row.detail, ostWords(plan)...)
	row.detail = append(row.detail, warnings...)
	return row
}

// ostShort is the first warning in as many words as a row has room for; the
// whole stands below the list.
func ostShort(h *model.HealthPart, leaves model.Day) string {
	plan, cover := h.OST, h.OSTCover(leaves)
	switch n := len(cover.Uncovered); {
	case plan.By.IsZero():
		return "NO PLAN for after the release"
	case n > 0:
		return fmt.Sprintf("NO DOSE from %s %s: %s", cover.Uncovered[0].Weekday().String()[:3], cover.Uncovered[0], plural(n, "day", "days"))
	case plan.Service == "" || plan.Appointment.IsZero():
		return "No service or appointment for the next dose"
	case len(cover.Unasked) > 0:
		return fmt.Sprintf("Ask: does the pharmacy open on Sat %s?", cover.Unasked[0])
	case cover.Closed:
		return fmt.Sprintf("Services are shut on %s", plan.Appointment)
	}
	return "The last dose seen taken is not recorded"
}

func dayOrEmpty(d model.Day) string {
	if d.IsZero() {
		return ""
	}
	return d.String()
}

// ostWords is the plan in sentences.
func ostWords(p model.OSTPlan) []string {
	if p.By.IsZero() {
		return nil
	}
	words := p.Drug + ", " + p.Dose + "."
	if p.Supervised != "" {
		words += " Taken at " + p.Supervised + "."
	}
	switch {
	case !p.LastDay.IsZero():
		words += strings.TrimRight(fmt.Sprintf(" Last dose %s %s: %s, seen by %s", p.LastDay, p.LastTime, p.LastAmount, p.LastBy), " ") + "."
	case p.OnRelease:
		words += " A dose is seen taken on the day of release."
	}
	next := strings.Join(nonEmpty(p.Service, p.Place, p.Phone, dayOrEmpty(p.Appointment), p.At), ", ")
	if next != "" {
		words += " Next: " + next + "."
	}
	if p.Opens != model.PharmacyNotAsked {
		words += " Pharmacy opens: " + p.Opens.Words() + "."
	}
	if !p.ScriptFrom.IsZero() {
		words += fmt.Sprintf(" Prescription %s to %s.", p.ScriptFrom, p.ScriptTo)
	}
	return []string{words}
}

func nonEmpty(all ...string) []string {
	var out []string
	for _, s := range all {
		if s != "" {
			out = append(out, s)
		}
	}
	return out
}

func (s *medicines) naloxoneRow() releaseRow {
	t, n := s.env.theme, s.record.Health.Naloxone
	row := releaseRow{id: rowNaloxone, what: "Naloxone", state: n.Answer.Words(), style: t.Warn, change: &model.NaloxoneSet{}, form: newNaloxoneForm}
	if n.By.IsZero() {
		return row
	}
	if n.Answer == model.NaloxoneGiven {
		row.state, row.style = "Given", t.Good
		if !n.Trained {
			row.state, row.style = "Given, NOT TRAINED", t.Warn
		}
		row.state += fmt.Sprintf(": expires %s, %s, lot %s", n.Expiry, n.Kit, n.Lot) // what can be cut off comes last
	}
	words := n.Answer.Words()
	if n.Answer == model.NaloxoneGiven {
		words = fmt.Sprintf("%s: %s, lot %s, expires %s", words, n.Kit, n.Lot, n.Expiry)
	}
	if n.Reason != "" {
		words += ": " + n.Reason
	}
	row.detail = []string{words + ". " + s.env.by(n.By.Staff, n.By.At)}
	return row
}

func (s *medicines) bagsRow() releaseRow {
	t, bags := s.env.theme, s.record.Shared.BagList()
	row := releaseRow{id: rowBags, what: "Bags", state: "None packed", style: t.Muted, form: func(e *env, r *model.Record) Screen { return newBags(e, r.ID) }}
	var words []string
	for _, b := range bags {
		words = append(words, b.Number+" "+strings.ToLower(b.State.Words()))
	}
	if len(words) > 0 {
		row.state, row.style = strings.Join(words, "; "), t.Text
	}
	row.detail = words
	return row
}

// alarmWords is what must be looked at before anything is handed over: bags that
// must go back, a second signature that is missing, days covered twice without a
// reason, days without a dose.
func (s *medicines) alarmWords() telling {
	t, r := s.env.theme, s.record
	var all []string
	if bags := r.BagsToReturn(); len(bags) > 0 {
		all = append(all, "BACK TO PHARMACY: bag "+strings.Join(bags, ", ")+".")
	}
	if bags := r.Health.BagsToWitness(true); len(bags) > 0 {
		all = append(all, "SECOND SIGNATURE: bag "+strings.Join(bags, ", ")+".")
	}
	var twice, depots []string
	for _, o := range model.OverlapsOf(r.Health, r.Leaves()) {
		if o.Reason == "" && !slices.Contains(twice, o.Name) {
			twice = append(twice, o.Name)
		}
	}
	for _, m := range r.Health.CurrentMedicines() {
		if r.Health.DepotWarning(m, r.Leaves()) != "" {
			depots = append(depots, m.Name)
		}
	}
	if len(twice) > 0 {
		all = append(all, "SUPPLIED TWICE: "+strings.Join(twice, ", ")+".")
	}
	if len(depots) > 0 {
		all = append(all, "NEXT INJECTION: "+strings.Join(depots, ", ")+".")
	}
	return telling{strings.Join(all, " "), t.Danger}
}

// careWords is what a medicine needs beside its supply: what the person keeps of
// it, where it is stored, and who gives the next injection.
func (s *medicines) careWords(m model.Medicine) string {
	h := s.record.Health
	var words []string
	if custody := m.CustodyWords(); custody != "" {
		words = append(words, custody+".")
	}
	if held, any := h.Counted[m.ID]; any {
		words = append(words, heldWords(held, s.record.Leaves()))
	}
	if plan := h.Depots[m.ID]; plan.Who != "" {
		words = append(words, "Next injection by "+strings.Join(nonEmpty(plan.Who, plan.Phone, dayOrEmpty(plan.Day)), ", ")+".")
	}
	return strings.Join(words, " ")
}

// dayWarnings are the days that are covered twice, or not at all.
func (s *medicines) dayWarnings(m model.Medicine) []telling {
	t, h := s.env.theme, s.record.Health
	var out []telling
	for _, o := range model.OverlapsOf(h, s.record.Leaves()) {
		if o.Medicine != m.ID {
			continue
		}
		why := "No reason given."
		if o.Reason != "" {
			why = "Why: " + o.Reason + "."
		}
		out = append(out, telling{"TWICE: " + o.String() + " " + why, t.Warn})
	}
	if warning := h.DepotWarning(m, s.record.Leaves()); warning != "" {
		out = append(out, telling{warning, t.Danger})
	}
	if from, to, any := h.Gap(m, s.record.Leaves()); any {
		out = append(out, telling{fmt.Sprintf("NOTHING from %s to %s: the next supply begins later.", from, to), t.Danger})
	}
	return out
}

// heldWords is what the person keeps, and how long it lasts after release.
func heldWords(k model.Held, leaves model.Day) string {
	if k.Quantity == 0 {
		return "Nothing in possession on " + k.Day.String() + "."
	}
	words := fmt.Sprintf("Keeps %s %s, counted %s", k.Quantity, k.Unit, k.Day)
	if left := k.Left(leaves); !leaves.IsZero() && k.Days > 0 {
		words += ": " + plural(left, "day", "days") + " after release"
	}
	return words + "."
}

// furtherWords is the second way of supply.
func (s *medicines) furtherWords(m model.Medicine) string {
	for _, line := range s.record.Health.SupplyLines(m) {
		if !line.Further {
			continue
		}
		words := " Further: " + supplyWords(m, line.Supply.SupplyDecision, s.record.Leaves())
		if line.Ready {
			words += outNumber(line)
		}
		return words
	}
	return ""
}

// outNumber says under which number a supply is packed or sent.
func outNumber(line model.SupplyLine) string {
	words := outWords(line.Supply.Route, true)
	said := " " + strings.ToUpper(words[:1]) + words[1:] + ": " + line.Out.Reference + "."
	if line.Out.Register != "" {
		said += " Register: " + line.Out.Register + "."
	}
	return said
}

// releaseDetail is all there is to know of the row under the cursor that is no
// medicine.
func (s *medicines) releaseDetail() []telling {
	row, found := s.releaseRow()
	if !found {
		return nil
	}
	var out []telling
	for _, words := range row.detail {
		out = append(out, telling{words, s.env.theme.Text})
	}
	return out
}

func (s *medicines) releaseRow() (releaseRow, bool) {
	at := s.selected()
	for _, row := range s.known.release {
		if row.id == at {
			return row, true
		}
	}
	return releaseRow{}, false
}

// openRow opens what is under the cursor: the supply of a medicine, or the row
// below them.
func (s *medicines) openRow() tea.Cmd {
	if row, found := s.releaseRow(); found {
		return open(row.form(s.env, s.record))
	}
	m, _ := s.chosen()
	return open(newSupplyForm(s.env, s.record, m.ID, nil))
}

// whyNotOpen says why the row under the cursor cannot be worked.
func (s *medicines) whyNotOpen(medicine string) string {
	row, found := s.releaseRow()
	switch {
	case !found:
		return either(s.env.allow(s.record, &model.SupplySet{}), medicine)
	case row.change != nil:
		return s.env.allow(s.record, row.change)
	}
	return ""
}
