package tui

import (
	"fmt"
	"slices"
	"strings"

	"github.com/throughgate/throughgate/model"
	"github.com/throughgate/throughgate/tui/part"
)

func (s *medicines) head(width int) []string {
	var lines []string
	for _, words := range s.known.head {
		lines = append(lines, wrapped(width, 2, words)...)
	}
	return lines
}

// headWords says how far the work is, and what must be looked at before
// anything else.
func (s *medicines) headWords() []telling {
	t, h := s.env.theme, s.record.Health
	words, style := "NOT RECONCILED: nobody has compared this with its sources yet.", t.Warn
	compared := h.ListCompared()
	switch {
	case h.NoMedicinesStated():
		words, style = h.NoneWords(func(by model.Signed) string { return s.env.by(by.Staff, by.At) })+".", t.Text
	case h.IsReconciled():
		words, style = "Reconciled by "+s.env.by(h.Reconciled.By.Staff, h.Reconciled.By.At)+".", t.Good
	case !compared.IsZero():
		words = "NOT SIGNED: compared by " + s.env.by(compared.Staff, compared.At) + ". A prescriber signs it."
	case !h.Reconciled.By.IsZero():
		words = "NOT RECONCILED: the list has changed since " + s.env.by(h.Reconciled.By.Staff, h.Reconciled.By.At) + "."
	case len(h.Medicines) == 0:
		words, style = "Add what the person takes "+s.env.with("a", "add")+", or state "+s.env.with("n", "none")+" that there is nothing.", t.Muted
	}
	if why := s.readOnly(&model.MedicineSet{}); why != "" {
		words, style = why, t.Muted
	}
	all := []telling{s.doubledWords(), s.alarmWords(), s.count(), {words, style}}
	if s.record.LeavesLate() {
		all = append(all, telling{"The release date has passed: what is supplied is counted from today.", t.Warn})
	}
	return all
}

func (s *medicines) doubledWords() telling {
	var names []string
	for id := range s.doubled {
		names = append(names, s.record.Health.Medicines[id].Name)
	}
	if len(names) == 0 {
		return telling{}
	}
	slices.Sort(names)
	return telling{"CHECK NOW: supplied twice? " + strings.Join(names, ", ") + ". Look before anything is handed over, then settle it " + s.env.with("w", "settle") + ".", s.env.theme.Danger}
}

// count is what is still to be done.
func (s *medicines) count() telling {
	t, h := s.env.theme, s.record.Health
	undecided, waiting := len(undecidedMedicines(h)), len(s.record.WaitingSupplies())
	current := len(h.CurrentMedicines())
	words := plural(current, "medicine", "medicines")
	switch {
	case current == 0 && h.NoMedicinesStated() && !h.NoMedicinesConfirmed():
		return telling{"IN PROGRESS: no medicines stated, to be confirmed by a prescriber.", t.Warn}
	case current == 0 && h.NoMedicinesStated():
		return telling{"No medicines. Nothing is to be supplied.", t.Good}
	case current == 0:
		return telling{"No medicines recorded.", t.Warn}
	case undecided > 0:
		return telling{fmt.Sprintf("%s, %d to decide.", words, undecided), t.Warn}
	case waiting > 0:
		return telling{fmt.Sprintf("%s, all decided, %d to pack or send.", words, waiting), t.Warn}
	}
	return telling{words + ", all decided, packed or sent.", t.Good}
}

func undecidedMedicines(h *model.HealthPart) []model.Medicine {
	var out []model.Medicine
	for _, m := range h.CurrentMedicines() {
		if !h.Decided(m) {
			out = append(out, m)
		}
	}
	return out
}

// detail is all that is recorded of the medicine under the cursor.
func (s *medicines) detail(int) []telling {
	t, h := s.env.theme, s.record.Health
	m, found := s.chosen()
	if !found {
		return s.releaseDetail()
	}
	if !m.Current() {
		return []telling{{medicineWords(m, m.Possession.Words()), t.Text}, {"Stopped on " + m.Stopped.Day.String() + ": " + m.Stopped.Reason + ". " + s.env.by(m.By.Staff, m.By.At), t.Muted}}
	}
	out := append(s.dayWarnings(m), telling{strings.TrimSpace(medicineWords(m, h.KeepWords(m)) + " " + s.careWords(m)), t.Text})
	if supply, any := h.Supplies[m.ID]; any {
		words := supplyWords(m, supply.SupplyDecision, s.record.Leaves()) + s.outDetail(m) + s.furtherWords(m)
		out = append(out, telling{words + " " + s.env.by(supply.By.Staff, supply.By.At), t.Text})
	}
	return out
}

func (s *medicines) outDetail(m model.Medicine) string {
	for _, line := range s.record.Health.SupplyLines(m) {
		if line.Ready && !line.Further {
			return outNumber(line)
		}
	}
	return ""
}

// medicineWords is a medicine in full, in sentences.
func medicineWords(m model.Medicine, keeps string) string {
	words := m.What() + ": " + howWords(m, keeps)
	if m.DoseReason != "" {
		words += " The dose stands: " + m.DoseReason + "."
	}
	if m.Coded() {
		return words + " dm+d " + m.Code + "."
	}
	return words + " Not coded."
}

// howWords is all that is prescribed of it besides its name; keeps is whether the
// person keeps it.
func howWords(m model.Medicine, keeps string) string {
	words := m.How()
	if m.Indication != "" {
		words += ", for " + m.Indication
	}
	words += "."
	if cd := m.CD(); cd != model.ScheduleNone {
		words += " " + cd.Words() + "."
	}
	words += " " + keeps + "."
	for _, d := range []struct {
		label string
		day   model.Day
	}{{"Since", m.Start}, {"Last given", m.LastGiven}, {"Next due", m.NextDue}} {
		if !d.day.IsZero() {
			words += " " + d.label + " " + d.day.String() + "."
		}
	}
	if m.Reason != "" {
		words += " Changed: " + m.Reason + "."
	}
	return words
}

// supplyWords is a decision in full, with the day by which the person needs
// more.
func supplyWords(m model.Medicine, d model.SupplyDecision, release model.Day) string {
	words := "Supply: " + d.Route.Words()
	if d.Quantity != 0 {
		words += fmt.Sprintf(", %s for %s", d.Amount(m.CD()), plural(d.Days, "day", "days"))
	}
	if d.Instalment != "" {
		words += ", " + d.Instalment
	}
	if d.Reason != "" {
		words += ". " + d.Reason
	}
	if !d.Begins.IsZero() {
		words += ", from " + d.Begins.String()
	}
	words += "."
	if until := d.ValidUntil(m.CD()); !until.IsZero() {
		words += " Valid until " + until.String() + "."
	}
	return words + nextSupplyWords(d, release)
}

// nextSupplyWords says when the person has nothing left.
func nextSupplyWords(d model.SupplyDecision, release model.Day) string {
	switch ends := model.SupplyEnds(d, release); {
	case d.Days == 0:
		return ""
	case ends.IsZero():
		return " Next supply: not known, there is no release date."
	default:
		return " Next supply by " + model.SupplyBy(ends) + "."
	}
}

// aboutMedicine is the words at the top of a form about one medicine: which
// one it is stands out.
func aboutMedicine(m model.Medicine) []part.Field {
	m.Start = 0 // of no weight here, and lines are few
	return []part.Field{
		{Key: "medicine", Kind: part.InfoField, Label: m.What(), Strong: true},
		{Key: "prescribed", Kind: part.InfoField, Label: howWords(m, m.Possession.Words())},
	}
}
