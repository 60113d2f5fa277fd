package model_test

import (
	"strings"
	"testing"
	"time"

	"github.com/throughgate/throughgate/model"
	"pgregory.net/rapid"
)

func TestNumbersInWords(t *testing.T) {
	for n, want := range map[int]string{
		0: "zero", 7: "seven", 14: "fourteen", 20: "twenty", 28: "twenty-eight", 100: "one hundred", 101: "one hundred and one",
		210: "two hundred and ten", 560: "five hundred and sixty", 1000: "one thousand", 1005: "one thousand and five",
		1100: "one thousand one hundred", 12_345: "twelve thousand three hundred and forty-five", 1_000_000: "1000000", -1: "-1",
	} {
		if got := model.InWords(n); got != want {
			t.Errorf("%d is %q, want %q", n, got, want)
		}
	}
}

func TestQuantities(t *testing.T) {
	for typed, want := range map[string]string{
		"28": "twenty-eight", "52.5": "fifty-two point five", "0.25": "zero point two five", " 560 ": "five hundred and sixty",
		"": "", "-1": "", "1,5": "", "1.234": "", "1e3": "", "ten": "", "1234567": "", "1.": "", ".5": "", "٣": "",
	} {
		got, err := model.ParseQuantity(typed)
		if (err == nil) != (want != "") || err == nil && got.InWords() != want {
			t.Errorf("%q is %q, %v; want %q", typed, got.InWords(), err, want)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		q := model.Quantity(rapid.Int32Range(1, int32(model.MaxQuantity)).Draw(t, "q"))
		if back, err := model.ParseQuantity(q.String()); err != nil || back != q {
			t.Fatalf("%s came back as %s, %v", q, back, err)
		}
	})
}

func TestControlledDrugsAreKnownByName(t *testing.T) {
	for name, want := range map[string]model.Schedule{
		"Methadone 1mg/ml oral solution sugar free": model.Schedule2, "METHADONE": model.Schedule2, "Physeptone": model.Schedule2,
		"Buprenorphine 8mg sublingual tablets": model.Schedule3, "Espranor": model.Schedule3, "Suboxone": model.Schedule3,
		"Pregabalin 150mg capsules": model.Schedule3, "gabapentin": model.Schedule3, "Tramadol": model.Schedule3,
		"Diazepam 5mg tablets": model.Schedule4Part1, "Zopiclone": model.Schedule4Part1, "Testosterone": model.Schedule4Part2,
		"Codeine 30mg tablets": model.Schedule5, "Co-codamol 8mg/500mg": model.Schedule5, "Dihydrocodeine": model.Schedule5,
		"Morphine 10mg/5ml oral solution": model.Schedule5, "Morphine sulfate 10mg modified-release tablets": model.Schedule2,
		"Sertraline": model.ScheduleNone, "Metformin": model.ScheduleNone, "": model.ScheduleNone,
		"Naloxone/Buprenorphine": model.Schedule3, "Mstanything": model.Schedule2, "Bupropion": model.ScheduleNone,
	} {
		if got := model.ScheduleOf(name, ""); got != want {
			t.Errorf("%q is %q, want %q", name, got, want)
		}
	}
	if !model.IsOpioidSubstitute("Methadone") || model.IsOpioidSubstitute("Morphine") {
		t.Error("opioid substitution is mistaken")
	}
}

// methadone is a complete schedule 2 line.
func methadone() *model.MedicineSet {
	return &model.MedicineSet{ID: model.NewMedicineID([8]byte{9}), Prescribed: model.Prescribed{
		Name: "Methadone", Strength: "1 mg/ml", Form: "oral solution", Dose: "40 mg", Route: "by mouth", Frequency: "once a day", Start: today - 90,
	}}
}

func TestSupplyIsHeldToTheRules(t *testing.T) {
	plain, cd := medicine(1, "Sertraline"), methadone()
	vague := medicine(2, "Pregabalin")
	vague.Frequency = "as directed"
	formless := methadone()
	formless.ID, formless.Form = model.NewMedicineID([8]byte{8}), ""
	change := func(m *model.MedicineSet, f func(*model.SupplySet)) *model.SupplySet {
		s := supply(m, model.SupplyTTO, 28)
		f(s)
		return s
	}
	for name, c := range map[string]struct {
		supply *model.SupplySet
		kind   model.Kind
	}{
		"28 days":               {supply(plain, model.SupplyTTO, 28), ""},
		"no quantity":           {change(plain, func(s *model.SupplySet) { s.Quantity = 0 }), model.KindInvalid},
		"minus":                 {change(plain, func(s *model.SupplySet) { s.Quantity = -5 }), model.KindInvalid},
		"a lorry load":          {change(plain, func(s *model.SupplySet) { s.Quantity = model.MaxQuantity + 1 }), model.KindInvalid},
		"no unit":               {change(plain, func(s *model.SupplySet) { s.Unit = " " }), model.KindInvalid},
		"no days":               {change(plain, func(s *model.SupplySet) { s.Days = 0 }), model.KindInvalid},
		"a year":                {supply(plain, model.SupplyTTO, 365), model.KindInvalid},
		"3 days":                {supply(plain, model.SupplyTTO, 3), model.KindInvalid},
		"3 days with a reason":  {change(plain, func(s *model.SupplySet) { s.Days, s.Reason = 3, "course ends" }), ""},
		"none":                  {change(plain, func(s *model.SupplySet) { *s = model.SupplySet{ID: s.ID, For: s.For}; s.Route = model.SupplyNone }), model.KindInvalid},
		"no route":              {change(plain, func(s *model.SupplySet) { s.Route = "" }), model.KindInvalid},
		"pigeon":                {change(plain, func(s *model.SupplySet) { s.Route = "pigeon" }), model.KindInvalid},
		"instalments of a TTO":  {change(plain, func(s *model.SupplySet) { s.Instalment = "daily" }), model.KindInvalid},
		"MDA of sertraline":     {change(plain, func(s *model.SupplySet) { s.Route, s.Days, s.Instalment = model.SupplyFP10MDA, 14, "daily" }), model.KindInvalid},
		"MDA of methadone":      {change(cd, func(s *model.SupplySet) { s.Route, s.Days, s.Instalment = model.SupplyFP10MDA, 14, "40 ml daily" }), ""},
		"MDA without interval":  {change(cd, func(s *model.SupplySet) { s.Route, s.Days = model.SupplyFP10MDA, 14 }), model.KindInvalid},
		"MDA of 15 days":        {change(cd, func(s *model.SupplySet) { s.Route, s.Days, s.Instalment = model.SupplyFP10MDA, 15, "40 ml daily" }), model.KindInvalid},
		"one bridging dose":     {supply(cd, model.SupplyTTO, 1), ""},
		"CD of 31 days":         {supply(cd, model.SupplyTTO, 31), model.KindInvalid},
		"CD of 31 days, reason": {change(cd, func(s *model.SupplySet) { s.Days, s.Reason = 31, "travels to sea" }), ""},
		"CD as directed":        {supply(vague, model.SupplyTTO, 28), model.KindInvalid},
		"CD without form":       {supply(formless, model.SupplyTTO, 28), model.KindInvalid},
		"unknown medicine":      {supply(medicine(77, "Sertraline"), model.SupplyTTO, 28), model.KindNotFound},
	} {
		d := newDesk(t, 1, model.RolePrescriber)
		d.must(morning, plain, cd, vague, formless)
		if err := d.write(morning, c.supply); model.KindOf(err) != c.kind {
			t.Errorf("%s: %v, want %q", name, err, c.kind)
		}
	}
}

func TestMedicineIsHeldToTheRules(t *testing.T) {
	laxer := methadone()
	laxer.Schedule = model.Schedule5
	why := *laxer
	why.Reason = "diluted by the pharmacy"
	future := medicine(1, "Sertraline")
	future.LastGiven = today + 1
	for name, c := range map[string]struct {
		change *model.MedicineSet
		ok     bool
	}{
		"plain": {medicine(1, "Sertraline"), true}, "no name": {medicine(1, " "), false}, "no id": {&model.MedicineSet{Prescribed: medicine(1, "A").Prescribed}, false},
		"escape": {medicine(1, "Sert\x1b[2Jraline"), false}, "laxer schedule": {laxer, false}, "laxer with a reason": {&why, true}, "future dose": {future, false},
	} {
		d := newDesk(t, 1, model.RolePrescriber)
		if err := d.write(morning, c.change); (err == nil) != c.ok {
			t.Errorf("%s: %v", name, err)
		}
	}
	d := newDesk(t, 1, model.RolePrescriber)
	d.must(morning, medicine(1, "Sertraline"))
	silent := medicine(1, "Sertraline")
	silent.Dose = "200 mg"
	if err := d.write(morning, silent); err == nil {
		t.Error("a dose was changed without a reason")
	}
}

func TestSupplyRulesAreDatedAndSourced(t *testing.T) {
	for _, c := range []struct {
		nation  model.Nation
		service model.SupplyService
		on      model.Day
		route   model.SupplyRoute
		days    int
	}{
		{model.England, model.SupplyGeneral, model.NewDay(2024, time.June, 1), model.SupplyTTO, 7},
		{model.England, model.SupplyGeneral, today, model.SupplyEPS, 28},
		{model.England, model.SupplyOST, today, model.SupplyFP10MDA, 14},
		{model.Wales, model.SupplyGeneral, today, model.SupplyTTO, 7},
		{model.Wales, model.SupplyOST, today, model.SupplyWP10, 7},
		{model.England, model.SupplyDepot, today, model.SupplyNone, 0},
		{model.Wales, model.SupplyDepot, today, model.SupplyNone, 0},
		{model.Wales, model.SupplyGeneral, model.NewDay(2010, time.June, 1), "", 0},
	} {
		rule, ok := model.SupplyRuleFor(c.nation, c.service, c.on)
		if ok != (c.route != "") || rule.Route != c.route || rule.Days != c.days {
			t.Errorf("%s %s on %s: %+v", c.nation, c.service, c.on, rule)
		}
	}
	for _, rule := range model.SupplyRules() {
		if rule.Source == "" || (rule.Days < 1) != (rule.Route == model.SupplyNone) || rule.Days > model.MaxSupplyDays {
			t.Errorf("rule without source or days: %+v", rule)
		}
	}
	if model.NationOf("CFI") != model.Wales || model.NationOf("LEI") != model.England {
		t.Error("a prison is in the wrong nation")
	}
}

// A controlled drug that is not written as one prescribes it cannot be vouched
// for, and what it lacks is said.
func TestAListWithHalfAControlledDrugIsNotVouchedFor(t *testing.T) {
	for _, tt := range []struct {
		name  string
		set   func(*model.Prescribed)
		lacks string
	}{
		{"whole", func(*model.Prescribed) {}, ""},
		{"no dose", func(p *model.Prescribed) { p.Dose = "" }, "Methadone is a controlled drug and lacks an exact dose."},
		{"as directed", func(p *model.Prescribed) { p.Frequency = "as directed" }, "lacks an exact dose."},
		{"nothing but its name", func(p *model.Prescribed) { *p = model.Prescribed{Name: p.Name} }, "lacks an exact dose, how often it is taken, its form and its strength."},
		{"form and strength in its name", func(p *model.Prescribed) {
			p.Name, p.Form, p.Strength = "Methadone 1mg/ml oral solution", "", ""
		}, ""},
		{"schedule 3", func(p *model.Prescribed) { p.Name, p.Frequency = "Pregabalin", "" }, "Pregabalin is a controlled drug and lacks how often it is taken."},
		{"schedule 4", func(p *model.Prescribed) { *p = model.Prescribed{Name: "Diazepam"} }, ""},
	} {
		d := newDesk(t, 1, model.RolePrescriber)
		m := methadone()
		tt.set(&m.Prescribed)
		d.must(morning, m)
		list := d.record().Health.ListHash()
		for _, c := range []model.Change{&model.MedicinesCompared{List: list, With: "chart"}, &model.MedicinesReconciled{List: list}} {
			err := c.Check(d.record(), morning)
			if (err == nil) != (tt.lacks == "") || err != nil && !strings.Contains(err.Error(), tt.lacks) {
				t.Errorf("%s: %s: %v", tt.name, c.Kind(), err)
			}
		}
	}
}

// A nought too many in a quantity is asked about, with what the dose comes to.
func TestAQuantityFarFromTheDoseNeedsAReason(t *testing.T) {
	for _, tt := range []struct {
		quantity model.Quantity
		days     int
		ok       bool
	}{{560_00, 14, true}, {5600_00, 14, false}, {56_00, 14, false}, {600_00, 14, true}, {1120_00, 14, true}, {1121_00, 14, false}} {
		d := newDesk(t, 1, model.RolePrescriber)
		m := methadone()
		d.must(morning, m)
		s := supply(m, model.SupplyTTO, tt.days)
		s.Quantity, s.Unit = tt.quantity, "ml"
		err := d.write(morning, s)
		if (err == nil) != tt.ok {
			t.Errorf("%s ml: %v", tt.quantity, err)
		}
		if err != nil && !strings.Contains(err.Error(), "The dose comes to 560 ml for 14 days") {
			t.Errorf("%s ml: %v", tt.quantity, err)
		}
		if s.Reason = "bottle of 600"; d.write(morning, s) != nil {
			t.Errorf("%s ml: a reason is not enough", tt.quantity)
		}
	}
}
