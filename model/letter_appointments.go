package model

import (
	"slices"
	"strings"
)

// LetterAppointment is one appointment as the letter tells it. One that is not
// booked, or cannot be kept, has no day and says who is to arrange it.
type LetterAppointment struct {
	Name   string `json:"name"`
	Where  string `json:"where,omitempty"`
	Phone  string `json:"phone,omitempty"`
	Day    Day    `json:"day,omitzero"`
	Time   string `json:"time,omitempty"`
	Travel string `json:"travel,omitempty"`
	Told   bool   `json:"told,omitempty"`
	Again  bool   `json:"again,omitempty"` // it was booked, for a day on which the person cannot go
	Who    string `json:"who,omitempty"`
	Due    Day    `json:"due,omitzero"`
	by     Signed
}

// appointmentsToCome are those that a letter tells: what the person can go to,
// and what somebody still has to arrange.
func (a *assembly) appointmentsToCome() []LetterAppointment {
	var out []LetterAppointment
	today := DayOf(a.facts.Now)
	for _, one := range a.health.AllAppointments() {
		to := LetterAppointment{Name: one.Name(), Where: one.Where, Phone: one.Phone, by: one.By}
		if a.record.Shared.Restricted && one.With == AppointmentGP {
			to.Where, to.Phone = "", "" // it is where the practice is, which is withheld
		}
		switch one.Stands(a.leaves(), today) {
		case AppointmentBooked:
			to.Day, to.Time, to.Travel, to.Told = one.Day, one.Time, one.Travel, one.Told
		case AppointmentToRebook, AppointmentWrongSide:
			to.Again, to.Who, to.Due = true, one.Who, one.Due
		case AppointmentToArrange:
			to.Who, to.Due = one.Who, one.Due
		default:
			continue
		}
		out = append(out, to)
	}
	slices.SortStableFunc(out, func(a, b LetterAppointment) int { return compareBool(!a.Day.IsZero(), !b.Day.IsZero()) })
	return out
}

// arranger is who is to arrange it. Who arranged one that cannot be kept is asked
// again; where nobody is named it is this prison's team.
func (l LetterAppointment) arranger() string {
	switch who := strings.TrimSpace(l.Who); {
	case who == "":
		return prisonTeam
	case (LetterAction{Who: who}).ForPractice():
		return forPractice
	}
	return l.Who
}

const prisonTeam = "Prison healthcare"

// appointments is what the person can go to, by day, and what is still to be
// arranged, with what a clinician adds.
func (a *assembly) appointments() Section {
	var lines []string
	var last Signed
	for _, one := range a.appointmentsToCome() {
		lines, last = append(lines, one.line()), later(last, one.by)
	}
	return a.fed(lines, last)
}

func (l LetterAppointment) line() string {
	place := joinNew(", ", l.Where, telephone(l.Phone))
	if !l.Day.IsZero() {
		out := strings.TrimSpace(l.Day.Long()+" "+l.Time) + ": " + joinNew(", ", l.Name, place, l.Travel)
		if l.Told {
			out += "; the person has the appointment letter"
		}
		return out
	}
	how := "To be arranged by "
	if l.Again {
		how = "To be booked again by "
	}
	out := how + l.arranger()
	if !l.Due.IsZero() {
		out += ", by " + l.Due.String()
	}
	return out + ": " + joinNew(", ", l.Name, place)
}

func telephone(number string) string {
	if number == "" {
		return ""
	}
	return "telephone " + number
}

// toArrange is what somebody must still arrange, as actions.
func (a *assembly) toArrange() []LetterAction {
	var out []LetterAction
	for _, one := range a.appointmentsToCome() {
		if !one.Day.IsZero() {
			continue
		}
		what, when := "Arrange: ", NotSaid
		if one.Again {
			what = "Book again: "
		}
		if !one.Due.IsZero() {
			when = one.Due.String()
		}
		out = append(out, LetterAction{one.arranger(), what + joinNew(", ", one.Name, one.Where), when})
	}
	return out
}
