package tui

import (
	"fmt"
	"strings"

	"github.com/throughgate/throughgate/model"
	"github.com/throughgate/throughgate/tui/part"
)

// newOSTForm plans opioid substitution after release. What is not known yet may
// stay empty: the form says which days have no dose.
func newOSTForm(e *env, r *model.Record) Screen {
	return newForm(e, r, formSpec{
		title: "Opioid substitution", name: ostForm, button: "Keep", done: "Opioid substitution: kept.", compact: true,
		start: ostStart(r), fields: ostFields(e, r),
		build: func(v part.Values) ([]model.Change, error) {
			change, err := ostChange(v)
			return []model.Change{change}, err
		},
	})
}

// ostStart begins with the plan as it stands, else with the medicine on the list
// and the days its prescription covers.
func ostStart(r *model.Record) map[string]string {
	p := r.Health.OST.OSTSet
	if r.Health.OST.By.IsZero() {
		p = offeredOST(r)
	}
	start := map[string]string{
		"drug": p.Drug, "dose": p.Dose, "supervised": p.Supervised, "lastDay": dayOrEmpty(p.LastDay), "lastTime": p.LastTime, "lastAmount": p.LastAmount, "lastBy": p.LastBy,
		"service": p.Service, "place": p.Place, "phone": p.Phone, "appointment": dayOrEmpty(p.Appointment), "at": p.At,
		"scriptFrom": dayOrEmpty(p.ScriptFrom), "scriptTo": dayOrEmpty(p.ScriptTo), "onRelease": "no", "opens": opensNotAsked,
	}
	if p.OnRelease {
		start["onRelease"] = "yes"
	}
	if p.Opens != model.PharmacyNotAsked {
		start["opens"] = string(p.Opens)
	}
	return start
}

func offeredOST(r *model.Record) model.OSTSet {
	p := model.OSTSet{OnRelease: true}
	medicines := r.Health.OSTMedicines()
	if len(medicines) == 0 {
		return p
	}
	m, leaves := medicines[0], r.Leaves()
	p.Drug, p.Dose = m.What(), strings.TrimSpace(m.Dose+" "+m.Frequency)
	for _, line := range r.Health.SupplyLines(m) {
		if line.Supply.Route.IsPrescription() && !leaves.IsZero() {
			p.ScriptFrom = max(leaves, line.Supply.Begins)
			p.ScriptTo = p.ScriptFrom + model.Day(line.Supply.Days) - 1
		}
	}
	return p
}

func ostFields(e *env, r *model.Record) []part.Field {
	optionalDate := func(key, label, hint string) part.Field {
		f := dateField(e, key, label, "")
		f.Optional = true
		if hint != "" {
			f.Hint = hint
		}
		return f
	}
	text := func(key, label, hint string) part.Field {
		return part.Field{Key: key, Label: label, Optional: true, Max: 120, Hint: hint}
	}
	return []part.Field{
		{Key: "drug", Label: "Drug", Max: 120, Required: "Enter the drug", Hint: "With its strength, such as methadone 1 mg/ml."},
		{Key: "dose", Label: "Dose", Max: 120, Required: "Enter the dose in figures", Hint: "Such as 40 mg daily."},
		optionalDate("lastDay", "Last dose seen", "The day on which a dose was last seen taken. For example today or -1d."),
		text("lastTime", "at", "Such as 08:30."), text("lastAmount", "amount", "In figures, such as 40 mg."), text("lastBy", "seen by", "A name."),
		{Key: "onRelease", Kind: part.ChoiceField, Label: "Dose on release day", Inline: true, Required: "Choose whether a dose is seen taken on the day of release", Options: []part.Option{{Value: "yes", Label: "Yes"}, {Value: "no", Label: "No"}}},
		text("service", "Next service", "Who prescribes next, such as the community drug service."), text("place", "Place", "Where the appointment is."), text("phone", "Telephone", ""),
		optionalDate("appointment", "Appointment", ""), text("at", "at", "Such as 10:30."),
		{Key: "cover", Kind: part.InfoField, Strong: true, Say: func(v part.Values) string { return coverWords(r, v) }},
		optionalDate("scriptFrom", "Script from", "The first day the prescription covers."), optionalDate("scriptTo", "Script to", "The last day it covers."),
		text("supervised", "Taken at", "Where doses are seen taken outside, such as a pharmacy."),
		opensField(),
	}
}

// opensNotAsked is the answer that nobody has asked the pharmacy, as a form
// holds it.
const opensNotAsked = "not-asked"

func opensField() part.Field {
	f := part.Field{Key: "opens", Kind: part.ChoiceField, Label: "Pharmacy opens", Inline: true, Required: "Choose on which days the pharmacy opens, or not asked", Hint: "Ask the pharmacy that gives the doses. Bank holidays count as shut."}
	for _, days := range model.PharmacyOpens() {
		value := string(days)
		if days == model.PharmacyNotAsked {
			value = opensNotAsked
		}
		f.Options = append(f.Options, part.Option{Value: value, Label: days.Words()})
	}
	return f
}

func ostChange(v part.Values) (*model.OSTSet, error) {
	c := &model.OSTSet{
		Drug: v["drug"], Dose: v["dose"], Supervised: v["supervised"], LastTime: v["lastTime"], LastAmount: v["lastAmount"], LastBy: v["lastBy"], OnRelease: v["onRelease"] == "yes",
		Service: v["service"], Place: v["place"], Phone: v["phone"], At: v["at"],
	}
	if v["opens"] != opensNotAsked {
		c.Opens = model.PharmacyDays(v["opens"])
	}
	for key, day := range map[string]*model.Day{"lastDay": &c.LastDay, "appointment": &c.Appointment, "scriptFrom": &c.ScriptFrom, "scriptTo": &c.ScriptTo} {
		var err error
		if *day, err = model.ParseISODay(v[key]); err != nil {
			return nil, fieldError{key, err}
		}
	}
	return c, nil
}

// coverWords says, as it is typed, which days have no dose and which doses are
// collected before a closed day.
func coverWords(r *model.Record, v part.Values) string {
	for _, key := range []string{"appointment", "scriptFrom", "scriptTo"} {
		if v.Unclear(key) {
			return "A date here can mean several days: choose which. Until then nobody can say which days are covered."
		}
	}
	plan, err := ostChange(v)
	leaves := r.Leaves()
	if err != nil || leaves.IsZero() {
		return ""
	}
	cover := r.Health.OSTCoverOf(*plan, leaves)
	words := "Every day is covered until the appointment."
	switch n := len(cover.Uncovered); {
	case n > 0:
		words = fmt.Sprintf("NO DOSE from %s %s: %s not covered.", cover.Uncovered[0].Weekday().String()[:3], cover.Uncovered[0], plural(n, "day", "days"))
	case plan.Appointment.IsZero():
		words = "No appointment yet: a week is covered."
	}
	for day := cover.From; day <= cover.To; day++ {
		if on, before := cover.Collect[day]; before {
			words += fmt.Sprintf(" Dose of %s %s: collect on %s.", day.Weekday().String()[:3], day, on)
		}
	}
	for _, day := range cover.Unasked {
		words += fmt.Sprintf(" Ask whether the pharmacy opens on Sat %s.", day)
	}
	if cover.Closed {
		words += " Services are shut on the day of the appointment."
	}
	return words
}
