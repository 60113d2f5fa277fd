package model_test

import (
	"strings"
	"testing"
	"time"

	"github.com/throughgate/throughgate/model"
)

// The days between the last dose here and the first appointment, across closed
// days. 2026: Christmas Day is a Friday, Boxing Day is kept on Monday 28.
func TestEveryDayWithoutADoseIsSeen(t *testing.T) {
	dec := func(day int) model.Day { return model.NewDay(2026, time.December, day) }
	for _, c := range []struct {
		name      string
		leaves    model.Day
		plan      model.OSTSet
		uncovered string
		collect   string
	}{
		{"the next day", dec(1), model.OSTSet{OnRelease: true, Service: "CGL", Appointment: dec(2)}, "", ""},
		{"two days without", dec(1), model.OSTSet{OnRelease: true, Service: "CGL", Appointment: dec(4)}, "02-Dec 03-Dec", ""},
		{"no dose on the day itself", dec(1), model.OSTSet{LastDay: today, LastAmount: "40 mg", LastBy: "nurse", Service: "CGL", Appointment: dec(2)}, "01-Dec", ""},
		{"a script for them", dec(1), model.OSTSet{OnRelease: true, Service: "CGL", Appointment: dec(4), ScriptFrom: dec(2), ScriptTo: dec(4)}, "", ""},
		{"over a Sunday", dec(4), model.OSTSet{OnRelease: true, Service: "CGL", Appointment: dec(7), ScriptFrom: dec(5), ScriptTo: dec(7)}, "", "06-Dec on 05-Dec"},
		{"a script from a Sunday on", dec(5), model.OSTSet{OnRelease: true, Service: "CGL", Appointment: dec(8), ScriptFrom: dec(6), ScriptTo: dec(12)}, "06-Dec", ""},
		{"over Christmas", dec(24), model.OSTSet{OnRelease: true, Service: "CGL", Appointment: dec(29), ScriptFrom: dec(24), ScriptTo: dec(29)}, "", "25-Dec on 24-Dec 27-Dec on 26-Dec 28-Dec on 26-Dec"},
		{"a script from Christmas on", dec(24), model.OSTSet{OnRelease: true, Service: "CGL", Appointment: dec(29), ScriptFrom: dec(25), ScriptTo: dec(29)}, "25-Dec", "27-Dec on 26-Dec 28-Dec on 26-Dec"},
		{"over a Sunday, shut on Saturday", dec(3), model.OSTSet{OnRelease: true, Service: "CGL", Appointment: dec(7), ScriptFrom: dec(4), ScriptTo: dec(7), Opens: model.PharmacyWeekdays}, "", "05-Dec on 04-Dec 06-Dec on 04-Dec"},
		{"a script from a shut Saturday on", dec(4), model.OSTSet{OnRelease: true, Service: "CGL", Appointment: dec(8), ScriptFrom: dec(5), ScriptTo: dec(12), Opens: model.PharmacyWeekdays}, "05-Dec 06-Dec", ""},
		{"open every day", dec(4), model.OSTSet{OnRelease: true, Service: "CGL", Appointment: dec(7), ScriptFrom: dec(5), ScriptTo: dec(7), Opens: model.PharmacyEveryDay}, "", ""},
		{"over Christmas, shut on Saturday", dec(23), model.OSTSet{OnRelease: true, Service: "CGL", Appointment: dec(29), ScriptFrom: dec(24), ScriptTo: dec(29), Opens: model.PharmacyWeekdays}, "", "25-Dec on 24-Dec 26-Dec on 24-Dec 27-Dec on 24-Dec 28-Dec on 24-Dec"},
		{"over Christmas, every day", dec(24), model.OSTSet{OnRelease: true, Service: "CGL", Appointment: dec(29), ScriptFrom: dec(24), ScriptTo: dec(29), Opens: model.PharmacyEveryDay}, "", "25-Dec on 24-Dec 28-Dec on 27-Dec"},
		{"nobody named", dec(1), model.OSTSet{OnRelease: true}, "02-Dec 03-Dec 04-Dec 05-Dec 06-Dec 07-Dec 08-Dec", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			d := newDesk(t, 1, model.RoleSubstanceMisuse)
			d.leaving(c.leaves)
			c.plan.Drug, c.plan.Dose = "Methadone 1 mg/ml", "40 mg daily"
			d.must(morning, methadone(), &c.plan)
			cover := d.record().Health.OSTCover(c.leaves)
			var uncovered, collect []string
			for _, day := range cover.Uncovered {
				uncovered = append(uncovered, day.String()[:6])
			}
			for day := cover.From; day <= cover.To; day++ {
				if on, before := cover.Collect[day]; before {
					collect = append(collect, day.String()[:6]+" on "+on.String()[:6])
				}
			}
			if got := strings.Join(uncovered, " "); got != c.uncovered {
				t.Errorf("without a dose: %q, want %q", got, c.uncovered)
			}
			if got := strings.Join(collect, " "); got != c.collect {
				t.Errorf("collected before: %q, want %q", got, c.collect)
			}
		})
	}
}

// A bag covers days as a script does, and closed days too: it is in their hand.
func TestADoseInTheBagCoversASunday(t *testing.T) {
	d := newDesk(t, 1, model.RolePrescriber)
	leaves := model.NewDay(2026, time.December, 4)
	d.leaving(leaves)
	bag := supply(methadone(), model.SupplyTTO, 2)
	bag.Begins = leaves + 1
	d.must(morning, methadone(), bag, &model.OSTSet{Drug: "Methadone", Dose: "40 mg", OnRelease: true, Service: "CGL", Appointment: leaves + 3})
	if cover := d.record().Health.OSTCover(leaves); len(cover.Uncovered) != 0 {
		t.Errorf("without a dose: %v", cover.Uncovered)
	}
}

func TestThePlanMovesItsLineAndSaysNothing(t *testing.T) {
	leaves := today + 3
	whole := model.OSTSet{Drug: "Methadone", Dose: "40 mg", OnRelease: true, Service: "CGL", Appointment: leaves + 1}
	late := whole
	late.Appointment = leaves + 4
	for _, c := range []struct {
		name    string
		changes []model.Change
		state   model.ItemState
	}{
		{"nobody has looked", nil, model.NotStarted},
		{"none on the list", []model.Change{medicine(1, "Sertraline")}, model.NotNeeded},
		{"no medicines", []model.Change{&model.MedicinesNone{With: "GP record"}}, model.NotNeeded},
		{"on the list", []model.Change{methadone()}, model.NotStarted},
		{"a whole plan", []model.Change{methadone(), &whole}, model.Done},
		{"a day without a dose", []model.Change{methadone(), &late}, model.InProgress},
		{"begun again", []model.Change{medicine(1, "Sertraline"), methadone()}, model.NotStarted},
	} {
		d := newDesk(t, 1, model.RolePrescriber)
		d.leaving(leaves)
		d.must(morning, c.changes...)
		item := d.record().Shared.Item(model.ItemOST)
		if item.State != c.state {
			t.Errorf("%s: %s, want %s", c.name, item.State.Words(), c.state.Words())
		}
		if text := strings.ToLower(item.Detail + item.Note); strings.Contains(text, "methadone") || strings.Contains(text, "cgl") {
			t.Errorf("%s: the shared line says %q", c.name, text)
		}
	}
}

func TestThePlanIsHeldToTheRules(t *testing.T) {
	base := model.OSTSet{Drug: "Methadone", Dose: "40 mg"}
	change := func(f func(*model.OSTSet)) *model.OSTSet { c := base; f(&c); return &c }
	for name, c := range map[string]struct {
		set *model.OSTSet
		ok  bool
	}{
		"drug and dose":        {change(func(*model.OSTSet) {}), true},
		"no drug":              {change(func(c *model.OSTSet) { c.Drug = "" }), false},
		"a dose in words":      {change(func(c *model.OSTSet) { c.Dose = "as usual" }), false},
		"a dose tomorrow":      {change(func(c *model.OSTSet) { c.LastDay, c.LastAmount, c.LastBy = today+1, "40 mg", "me" }), false},
		"a dose without much":  {change(func(c *model.OSTSet) { c.LastDay, c.LastBy = today, "me" }), false},
		"a dose nobody saw":    {change(func(c *model.OSTSet) { c.LastDay, c.LastAmount = today, "40 mg" }), false},
		"a dose":               {change(func(c *model.OSTSet) { c.LastDay, c.LastAmount, c.LastBy, c.LastTime = today, "40 mg", "me", "08:30" }), true},
		"no time":              {change(func(c *model.OSTSet) { c.LastTime = "half eight" }), false},
		"nobody's appointment": {change(func(c *model.OSTSet) { c.Appointment = today + 3 }), false},
		"half a script":        {change(func(c *model.OSTSet) { c.ScriptFrom = today }), false},
		"a script backwards":   {change(func(c *model.OSTSet) { c.ScriptFrom, c.ScriptTo = today, today-1 }), false},
		"a script for years":   {change(func(c *model.OSTSet) { c.ScriptFrom, c.ScriptTo = today, today+900 }), false},
	} {
		d := newDesk(t, 1, model.RoleSubstanceMisuse)
		if err := d.write(morning, c.set); (err == nil) != c.ok {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// Whether a pharmacy opens on Saturday is asked of it: a dose that hangs on it
// keeps the line open until somebody has.
func TestADoseThatHangsOnASaturdayIsAskedAbout(t *testing.T) {
	friday := model.NewDay(2026, time.December, 4)
	for opens, want := range map[model.PharmacyDays]model.ItemState{
		model.PharmacyNotAsked: model.InProgress, model.PharmacySaturday: model.Done, model.PharmacyEveryDay: model.Done, model.PharmacyWeekdays: model.InProgress,
	} {
		d := newDesk(t, 1, model.RoleSubstanceMisuse)
		d.leaving(friday)
		d.must(morning, methadone(), &model.OSTSet{Drug: "Methadone", Dose: "40 mg", OnRelease: true, Service: "CGL", Appointment: friday + 3, ScriptFrom: friday + 1, ScriptTo: friday + 3, Opens: opens})
		if state := d.record().Shared.Item(model.ItemOST).State; state != want {
			t.Errorf("%s: the line is %s", opens.Words(), state.Words())
		}
		asked := strings.Join(d.record().Health.OSTWarnings(friday), " ")
		if strings.Contains(asked, "Ask whether the pharmacy opens on Saturday 05-Dec-2026") != (opens == model.PharmacyNotAsked) {
			t.Errorf("%s: %q", opens.Words(), asked)
		}
	}
	d := newDesk(t, 1, model.RoleSubstanceMisuse)
	if d.write(morning, &model.OSTSet{Drug: "Methadone", Dose: "40 mg", Opens: "sometimes"}) == nil {
		t.Error("any word is an answer")
	}
}
