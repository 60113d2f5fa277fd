package model

import (
	"cmp"
	"slices"
	"strings"
)

// Stands is what an appointment comes to on a day, for somebody who leaves on
// another. What was booked to be gone to from prison cannot be kept by who is
// out, and what was booked outside not by who is still in: either is to be booked
// again. One that is past waits for somebody to say what became of it.
func (c *AppointmentSet) Stands(leaves, today Day) AppointmentState {
	switch {
	case c.State != AppointmentBooked:
		return c.State
	case c.wrongSide(leaves):
		return AppointmentWrongSide
	case c.Day < today:
		return AppointmentPast
	}
	return AppointmentBooked
}

func (c *AppointmentSet) wrongSide(leaves Day) bool {
	switch {
	case leaves.IsZero():
		return false
	case c.Escort:
		return c.Day >= leaves
	}
	return c.Day < leaves
}

// Why says why an appointment cannot be kept as it stands, "" when it can.
func (c *AppointmentSet) Why(leaves, today Day) string {
	switch s := c.Stands(leaves, today); {
	case s == AppointmentWrongSide && c.Escort:
		return "It was booked to be gone to from prison, and the person will be out by then: book it again."
	case s == AppointmentWrongSide:
		return "It is before the release, and not booked with an escort: book it again."
	case s == AppointmentPast:
		return "It is past: record what became of it."
	}
	return ""
}

// AppointmentList is what is recorded of appointments: those that wait by their
// days, then the others. What was recorded by mistake is last.
func (h *HealthPart) AppointmentList() []Appointment {
	out := make([]Appointment, 0, len(h.Appointments))
	for _, a := range h.Appointments {
		out = append(out, a)
	}
	slices.SortFunc(out, compareAppointments)
	return out
}

func compareAppointments(a, b Appointment) int {
	return cmp.Or(
		compareBool(a.State.waits(), b.State.waits()), compareBool(b.State == AppointmentMistake, a.State == AppointmentMistake),
		cmp.Compare(cmp.Or(a.Day, a.Due), cmp.Or(b.Day, b.Due)), strings.Compare(a.Time, b.Time), strings.Compare(string(a.ID), string(b.ID)),
	)
}

// AllAppointments is the list with those that stand in a plan of their own, which
// have no id.
func (h *HealthPart) AllAppointments() []Appointment {
	out := append(h.AppointmentList(), h.plannedAppointments()...)
	slices.SortStableFunc(out, compareAppointments)
	return out
}

// plannedAppointments are those that stand in a plan of their own: of the drug
// service, and of who gives the next injection. One that was recorded as an
// appointment too is not said twice.
func (h *HealthPart) plannedAppointments() []Appointment {
	var out []Appointment
	add := func(a Appointment) {
		for _, have := range h.Appointments {
			if have.State.waits() && have.Day == a.Day && (have.With == a.With || have.Time == a.Time) {
				return
			}
		}
		a.State = AppointmentBooked
		out = append(out, a)
	}
	if p := h.OST; !p.Appointment.IsZero() {
		add(Appointment{AppointmentSet{With: AppointmentDrugs, What: p.Service, Where: p.Place, Phone: p.Phone, Day: p.Appointment, Time: p.At}, p.By})
	}
	for _, m := range h.CurrentMedicines() {
		if p, any := h.Depots[m.ID]; any && !p.Day.IsZero() {
			add(Appointment{AppointmentSet{With: AppointmentOther, What: "Next injection: " + m.Name, Where: p.Who, Phone: p.Phone, Day: p.Day}, p.By})
		}
	}
	return out
}

// appointmentsItem is done when each that is wanted is booked for a day on which
// the person can go. Everybody reads the word, so it says no more than that.
func (h *HealthPart) appointmentsItem(leaves Day) ItemSet {
	item := ItemSet{Item: ItemAppointments}
	for _, a := range h.Appointments {
		switch {
		case a.State == AppointmentMistake:
		case a.State == AppointmentToRebook || a.State == AppointmentBooked && a.wrongSide(leaves):
			item.State, item.Detail = InProgress, "re-book"
		case a.State == AppointmentToArrange && item.Detail == "":
			item.State, item.Detail = InProgress, "book"
		case item.State == NotStarted:
			item.State = Done
		}
	}
	return item
}

// appointmentsSince are those of a stay that began at a moment: what was recorded
// since, and of what came before that which is still to come. A hospital does not
// know that the person was out between.
func appointmentsSince(all map[EntryID]Appointment, back Instant) map[EntryID]Appointment {
	var out map[EntryID]Appointment
	for id, a := range all {
		toCome := a.State == AppointmentBooked && a.Day >= DayOf(back.Time())
		if !since(a.By, back) && !toCome {
			continue
		}
		if out == nil {
			out = make(map[EntryID]Appointment)
		}
		out[id] = a
	}
	return out
}
