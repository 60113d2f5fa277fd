package model_test

import (
	"strings"
	"testing"

	"github.com/throughgate/throughgate/model"
)

// heart is an appointment of a leaver, who leaves tomorrow.
func heart(n byte, day model.Day) *model.AppointmentSet {
	return &model.AppointmentSet{
		ID: model.NewEntryID([8]byte{n}), With: model.AppointmentHospital, What: "heart clinic", Where: "Leeds General Infirmary, Great George Street",
		Phone: "0113 243 2799", Day: day, Time: "10:30", State: model.AppointmentBooked, Who: "Ward clerk",
	}
}

func section(t *testing.T, d *desk, code model.HeadingCode) string {
	t.Helper()
	s, _ := model.Assemble(d.record(), facts(d, morning)).Section(code)
	out := strings.Join(s.Lines, "\n")
	if s.Table != nil {
		for _, row := range s.Table.Rows {
			out += "\n" + strings.Join(row, " / ")
		}
	}
	return out + "\n" + s.Source
}

func TestAppointmentsAreCheckedBeforeTheyAreKept(t *testing.T) {
	for name, tt := range map[string]struct {
		spoil func(*model.AppointmentSet)
		field string
	}{
		"no kind":               {func(c *model.AppointmentSet) { c.With = "" }, "with"},
		"other without a word":  {func(c *model.AppointmentSet) { c.With, c.What = model.AppointmentOther, " " }, "what"},
		"no day":                {func(c *model.AppointmentSet) { c.Day = 0 }, "day"},
		"yesterday":             {func(c *model.AppointmentSet) { c.Day = today - 1 }, "day"},
		"another century":       {func(c *model.AppointmentSet) { c.Day = today + 36500 }, "day"},
		"no place":              {func(c *model.AppointmentSet) { c.Where = "" }, "where"},
		"half past ten":         {func(c *model.AppointmentSet) { c.Time = "half ten" }, "time"},
		"attended in advance":   {func(c *model.AppointmentSet) { c.State = model.AppointmentAttended }, "state"},
		"only found out":        {func(c *model.AppointmentSet) { c.State = model.AppointmentPast }, "state"},
		"nobody to arrange it":  {func(c *model.AppointmentSet) { c.State, c.Who = model.AppointmentToArrange, "" }, "who"},
		"arranged at some time": {func(c *model.AppointmentSet) { c.State = model.AppointmentToArrange }, "due"},
		"a long place":          {func(c *model.AppointmentSet) { c.Where = strings.Repeat("x", 161) }, "where"},
	} {
		t.Run(name, func(t *testing.T) {
			d := leaver(t)
			c := heart(1, today+3)
			tt.spoil(c)
			refused := d.write(morning, c)
			if e, is := refused.(*model.Error); !is || e.Field != tt.field {
				t.Errorf("it is answered %v", refused)
			}
		})
	}
}

// The line is done when each is booked for a day on which the person can go.
func TestTheLineOfAppointmentsFollowsFromThem(t *testing.T) {
	d := leaver(t)
	if err := d.write(morning, &model.ItemSet{Item: model.ItemAppointments, State: model.Done}); err == nil {
		t.Error("a hand ticks the line though nothing is recorded")
	}
	arrange := heart(2, 0)
	arrange.State, arrange.Due = model.AppointmentToArrange, today+1
	inside := heart(3, today+3)
	inside.Escort = true
	for _, step := range []struct {
		change *model.AppointmentSet
		word   string
	}{{heart(1, today+3), "yes"}, {arrange, "book"}, {inside, "re-book"}} {
		d.must(morning, step.change)
		if got := d.word(model.ItemAppointments); got != step.word {
			t.Errorf("after %s the board reads %q, want %q", step.change, got, step.word)
		}
	}
	arrange.State, inside.State = model.AppointmentCancelled, model.AppointmentCancelled
	d.must(morning, arrange, inside)
	if got := d.word(model.ItemAppointments); got != "yes" {
		t.Errorf("with the others cancelled the board reads %q", got)
	}
}

func TestAnAppointmentOnTheWrongSideOfTheGateIsToBeBookedAgain(t *testing.T) {
	escorted, own := heart(1, today+1), heart(1, today)
	escorted.Escort = true
	for _, tt := range []struct {
		of     *model.AppointmentSet
		leaves model.Day
		on     model.Day
		want   model.AppointmentState
	}{
		{escorted, today + 1, today, model.AppointmentWrongSide},
		{escorted, today + 2, today, model.AppointmentBooked},
		{escorted, 0, today, model.AppointmentBooked},
		{own, today + 1, today, model.AppointmentWrongSide},
		{own, today, today, model.AppointmentBooked},
		{own, today, today + 1, model.AppointmentPast},
		{escorted, today + 5, today + 2, model.AppointmentPast},
	} {
		got := tt.of.Stands(tt.leaves, tt.on)
		if got != tt.want || (tt.of.Why(tt.leaves, tt.on) == "") != (got == model.AppointmentBooked) {
			t.Errorf("%s for who leaves %s stands %q on %s, want %q: %q", tt.of, tt.leaves, got, tt.on, tt.want, tt.of.Why(tt.leaves, tt.on))
		}
	}
}

// The letter tells what the person can go to, and among its actions what is still
// to be arranged.
func TestLetterTellsAppointments(t *testing.T) {
	d := leaver(t)
	writeUp(d, morning)
	inside, arrange, gone, mistake := heart(2, today+9), heart(3, 0), heart(4, today+2), heart(5, today+2)
	inside.Escort, inside.What, inside.Due = true, "scan", today+4
	arrange.With, arrange.What, arrange.Where, arrange.State, arrange.Who, arrange.Due = model.AppointmentGP, "new patient check", "", model.AppointmentToArrange, "GP", today+8
	gone.State, gone.What = model.AppointmentCancelled, "skin clinic"
	mistake.State, mistake.What = model.AppointmentMistake, "eye clinic"
	told := heart(1, today+3)
	told.Told = true
	d.must(morning, told, inside, arrange, gone, mistake,
		&model.OSTSet{Drug: "Methadone", Dose: "40 mg", Service: "Forward Leeds", Place: "Mill Lane", Appointment: today + 2, At: "14:00"})
	got := section(t, d, model.HeadingAppointments)
	for _, want := range []string{
		"Thu 26-Nov-2026 10:30: Hospital, heart clinic, Leeds General Infirmary, Great George Street, telephone 0113 243 2799; the person has the appointment letter",
		"To be booked again by Ward clerk, by 27-Nov-2026: Hospital, scan", "To be arranged by GP practice, by 01-Dec-2026: GP, new patient check",
		"Wed 25-Nov-2026 14:00: Drug service, Forward Leeds, Mill Lane", "From the health record, by KHAN, A (Prescriber) on 23-Nov-2026",
	} {
		if !strings.Contains(got, want) {
			t.Errorf("it lacks %q:\n%s", want, got)
		}
	}
	if strings.Contains(got, "skin") || strings.Contains(got, "eye") {
		t.Errorf("it tells what is cancelled or never was:\n%s", got)
	}
	plan := section(t, d, model.HeadingPlan)
	for _, want := range []string{"GP practice / Arrange: GP, new patient check / 01-Dec-2026", "Ward clerk / Book again: Hospital, scan, Leeds General Infirmary, Great George Street / 27-Nov-2026"} {
		if !strings.Contains(plan, want) {
			t.Errorf("the plan lacks %q:\n%s", want, plan)
		}
	}
}

func TestAChangeOfAppointmentsReopensTheLetter(t *testing.T) {
	d, _ := signedLeaver(t)
	if !d.record().Health.LetterHolds() {
		t.Fatal("the letter does not hold")
	}
	d.must(morning, heart(1, today+3))
	if d.record().Health.LetterHolds() || d.word(model.ItemLetter) != "redo" {
		t.Errorf("the letter holds, and its line reads %q", d.word(model.ItemLetter))
	}
}

// A hospital does not know that somebody was out between two stays.
func TestAnAppointmentOutlivesAReturnWhenItIsStillToCome(t *testing.T) {
	d := leaver(t)
	past := heart(2, today)
	past.Escort = true
	d.must(morning, heart(1, today+9), past)
	left, back := morning.AddDate(0, 0, 1), morning.AddDate(0, 0, 3)
	d.by("a.khan", model.RoleReception).do(left, &model.MovementRecorded{Movement: model.Movement{Type: model.MovementRelease, Reason: "CR", At: model.InstantOf(left)}})
	d.by("a.khan", model.RoleReception).do(back, &model.MovementRecorded{Movement: model.Movement{Type: model.MovementAdmission, Reason: "L", At: model.InstantOf(back)}})
	got := d.record().ThisStay().Health.AppointmentList()
	if len(got) != 1 || got[0].ID != heart(1, 0).ID {
		t.Errorf("of two appointments a new stay has %v", got)
	}
}
