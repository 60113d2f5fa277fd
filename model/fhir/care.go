package fhir

import (
	"encoding/json"
	"regexp"
	"strconv"

	"github.com/throughgate/throughgate/model"
)

// medicines adds the medicines that are taken, or those that were stopped.
func (d *document) medicines(current bool) []reference {
	var out []reference
	for i, m := range d.data.Medicines {
		if m.Current() != current {
			continue
		}
		name := strconv.Itoa(i)
		out = append(out, d.add(d.statement(name, m)))
		for _, supply := range []*model.LetterSupply{m.Supply, m.Further} {
			if supply != nil && supply.Route == model.SupplyTTO {
				out = append(out, d.add(d.dispense(name, m, *supply)))
				name += "/further"
			}
		}
	}
	return out
}

func (d *document) statement(name string, m model.LetterMedicine) medicationStatement {
	s := medicationStatement{
		head: d.head("MedicationStatement", "medicine/"+name), Status: "active", Medication: medication(m),
		Subject: d.patient, Effective: between(date(m.Start), date(m.Stopped.Day)), Asserted: d.written(), Source: d.prison, Dosage: doses(m),
	}
	if m.Current() {
		s.Reason, s.Note = listed(m.Indication), notes(append(aboutMedicine(m), aboutSupply(m)...)...)
		return s
	}
	s.Status, s.StatusReason = "stopped", listed(m.Stopped.Reason)
	return s
}

// dispense is what is handed over when the person leaves. A letter that is made
// before the gate, as most are, says how far it was then; one that is made later
// says whether the person took it.
func (d *document) dispense(name string, m model.LetterMedicine, s model.LetterSupply) medicationDispense {
	out := medicationDispense{
		head: d.head("MedicationDispense", "supply/"+name), Status: "preparation", Medication: medication(m), Subject: d.patient,
		Performer: []performer{{d.prison}}, Note: notes(supplyWords(m, s)...), Dosage: doses(m),
	}
	if s.Ready {
		out.Status = "in-progress"
	}
	if gone := s.Gone; gone != nil {
		out.Status = "cancelled" // it went back before anybody had it
		switch {
		case gone.State == model.BagHanded:
			out.Status, out.Handed = "completed", moment(gone.At)
		case gone.Refused():
			out.Status = "declined"
		}
		if out.Status != "completed" {
			out.StatusReason = words(gone.Why)
		}
	}
	if s.Quantity > 0 {
		out.Quantity = &quantity{Value: json.Number(s.Quantity.String()), Unit: clean(s.Unit)}
	}
	if s.Days > 0 {
		out.Days = &quantity{json.Number(strconv.Itoa(s.Days)), "day", ucum, "d"}
	}
	return out
}

// medication is what is taken, as it was prescribed, with its dm+d code where
// the list has one.
func medication(m model.LetterMedicine) concept {
	c := concept{Text: clean(m.What())}
	if c.Text == "" {
		c.Text = model.NotRecorded
	}
	if model.ValidSNOMED(m.Code) { // a slip of one digit is left out: it may be another medicine's

		c.Coding = []coding{{System: dmd, Code: m.Code}}
	}
	return c
}

func doses(m model.LetterMedicine) []dosage {
	if !m.Current() && m.Dose+m.Route+m.Frequency == "" {
		return nil
	}
	d := dosage{Text: clean(m.How()), Route: words(m.Route), Rate: doseOf(m.Dose)}
	if d.Text == "" && d.Route == nil && d.Rate == nil {
		return nil
	}
	return []dosage{d}
}

var doseInUnits = regexp.MustCompile(`^([1-9]\d{0,5}(?:\.\d{1,3})?|0\.\d{1,3}) ?(mg|g|ml|micrograms?)$`)

// unitCodes are units of a dose in the Unified Code for Units of Measure.
var unitCodes = map[string]string{"mg": "mg", "g": "g", "ml": "mL", "microgram": "ug", "micrograms": "ug"}

// doseOf is a dose that is one plain amount; any other stays in words.
func doseOf(dose string) []doseOne {
	parts := doseInUnits.FindStringSubmatch(dose)
	if parts == nil {
		return nil
	}
	return []doseOne{{quantity{json.Number(parts[1]), parts[2], ucum, unitCodes[parts[2]]}}}
}

func aboutMedicine(m model.LetterMedicine) []string {
	var out []string
	if m.Schedule != model.ScheduleNone && m.Schedule != model.ScheduleByTable {
		out = append(out, m.Schedule.Words())
	}
	if !m.LastGiven.IsZero() {
		out = append(out, "Last given "+m.LastGiven.String())
	}
	if !m.NextDue.IsZero() {
		out = append(out, "Next dose due "+m.NextDue.String())
	}
	switch {
	case m.Stay == model.StayNew:
		out = append(out, "New in prison")
	case m.Stay == model.StayChanged, m.Reason != "":
		out = append(out, "Changed in prison")
	}
	if m.Reason != "" {
		out = append(out, "Why it was last changed: "+m.Reason)
	}
	return out
}

// aboutSupply says what the person leaves with in the words of the letter: each
// supply with quantity and days, what they keep, and the day by which more is
// needed.
func aboutSupply(m model.LetterMedicine) []string {
	if m.Supply == nil {
		return []string{"Supply: not decided"}
	}
	out := supplyWords(m, *m.Supply)
	if m.Further != nil {
		out = append(out, supplyWords(m, *m.Further)...)
	}
	if m.Kept != nil {
		out = append(out, "Supply: "+m.Kept.Words())
	}
	if !m.Supply.Next.IsZero() {
		out = append(out, "Next supply due "+m.Supply.Next.String())
	}
	return out
}

func supplyWords(m model.LetterMedicine, s model.LetterSupply) []string {
	if s.Route == model.SupplyNone {
		return []string{"Supply: none: " + s.Reason}
	}
	days := strconv.Itoa(s.Days) + " days"
	if s.Days == 1 {
		days = "1 day"
	}
	out := []string{"Supply: " + s.Route.Words() + ", " + s.Amount(m.Schedule) + ", " + days}
	if !s.Begins.IsZero() {
		out = append(out, "For use from "+s.Begins.String())
	}
	if s.Instalment != "" {
		out = append(out, "Instalments: "+s.Instalment)
	}
	if s.Overlap != "" {
		out = append(out, "Covers days that are covered already: "+s.Overlap)
	}
	return append(out, s.Reason)
}

func notes(lines ...string) []annotation {
	var out []annotation
	for _, line := range cleaned(lines...) {
		out = append(out, annotation{line})
	}
	return out
}
