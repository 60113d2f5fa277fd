package papers

import (
	"strconv"

	"github.com/throughgate/throughgate/model"
	"github.com/throughgate/throughgate/model/sheet"
)

// medicines is the sheet of pharmacy and prescriber: what is taken, what was
// decided for release and how far that is, allergies, and who compared the list.
func medicines(r *model.Record, f Facts) sheet.Document {
	doc := about(model.PaperMedicines, r, f)
	doc.Second = confidential
	h := r.Health
	doc.Blocks = append(doc.Blocks, sheet.Heading{Text: "Release"}, leaving(&r.Shared),
		sheet.Heading{Text: "Allergies and adverse reactions"}, sheet.Paragraph{Text: h.Allergies.Words(), Bold: h.Allergies.State == model.AllergiesKnown},
		sheet.Heading{Text: "Medicines now"}, sheet.Paragraph{Text: compared(h, f), Bold: !h.IsReconciled()})
	current := h.CurrentMedicines()
	if len(current) > 0 {
		doc.Blocks = append(doc.Blocks, currentTable(h, current), sheet.Heading{Text: "Supply at release"}, supplyTable(h, current))
	}
	if stopped := h.StoppedMedicines(); len(stopped) > 0 {
		doc.Blocks = append(doc.Blocks, sheet.Heading{Text: "Stopped"}, stoppedTable(stopped))
	}
	return doc
}

func compared(h *model.HealthPart, f Facts) string {
	switch {
	case h.NoMedicinesStated():
		return h.NoneWords(f.by)
	case len(h.CurrentMedicines()) == 0:
		return "No medicines are recorded, and nobody has stated that there are none."
	case h.IsReconciled():
		return "Reconciled by " + f.by(h.Reconciled.By)
	}
	return "Not reconciled: the list may be wrong or incomplete."
}

func currentTable(h *model.HealthPart, current []model.Medicine) sheet.Table {
	table := sheet.Table{Listed: true, Columns: []string{"Medicine", "Dose", "For", "Since", "Kept", "Last and next"}}
	for _, m := range current {
		table.Rows = append(table.Rows, []string{named(m), m.How(), orNotRecorded(m.Indication), m.Start.String(), m.Possession.Words(), lastAndNext(m)})
	}
	return table
}

// named is a medicine with the schedule of a controlled drug.
func named(m model.Medicine) string {
	if cd := m.CD(); cd != model.ScheduleNone {
		return m.What() + " (" + cd.Words() + ")"
	}
	return m.What()
}

func lastAndNext(m model.Medicine) string {
	last, next := "", ""
	if !m.LastGiven.IsZero() {
		last = "last given " + m.LastGiven.String()
	}
	if !m.NextDue.IsZero() {
		next = "next due " + m.NextDue.Long()
	}
	return join("; ", last, next)
}

func supplyTable(h *model.HealthPart, current []model.Medicine) sheet.Table {
	table := sheet.Table{Listed: true, Columns: []string{"Medicine", "How", "Quantity", "Days", "Bag or prescription"}}
	for _, m := range current {
		row := []string{named(m), "Not decided", "", "", ""}
		if h.Decided(m) {
			d := h.Supplies[m.ID].SupplyDecision
			row = []string{named(m), join(": ", d.Route.Words(), d.Reason), join("; ", d.Amount(m.CD()), d.Instalment), daysWords(d.Days), readyWords(h, m, d)}
		}
		table.Rows = append(table.Rows, row)
	}
	return table
}

func daysWords(days int) string {
	if days == 0 {
		return ""
	}
	return strconv.Itoa(days)
}

func readyWords(h *model.HealthPart, m model.Medicine, d model.SupplyDecision) string {
	switch {
	case d.Route == model.SupplyNone:
		return ""
	case !h.SupplyReady(m):
		return "Not packed or sent yet"
	}
	return h.SuppliesOut[m.ID].Reference
}

func stoppedTable(stopped []model.Medicine) sheet.Table {
	table := sheet.Table{Listed: true, Columns: []string{"Medicine", "Stopped on", "Why"}}
	for _, m := range stopped {
		table.Rows = append(table.Rows, []string{m.What(), m.Stopped.Day.String(), orNotRecorded(m.Stopped.Reason)})
	}
	return table
}
