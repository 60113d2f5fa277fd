package demo

import "github.com/throughgate/throughgate/model"

// appointments are what the person is to go to outside. Whoever leaves first has
// one of each sort: booked, to be arranged, and one that was booked to be gone to
// with an escort on a day on which they will be out.
func (s *story) appointments() {
	if s.leaves == noDate || s.leaves < 0 || s.leaves > 14 || s.consent != model.ConsentGiven {
		return
	}
	out := s.due()
	check := &model.AppointmentSet{
		ID: s.entry(1), With: model.AppointmentGP, What: "new patient check", Where: "the practice", Day: workingDay(out + 7), Time: "09:40", State: model.AppointmentBooked,
		Who: "RILEY, Sam", Told: true,
	}
	if s.gp != model.RegAccepted && s.gp != model.RegActive {
		check = &model.AppointmentSet{ID: check.ID, With: check.With, What: check.What, State: model.AppointmentToArrange, Who: "Healthcare administration", Due: out}
	}
	s.tell(admin, 30, just(check))
	if s.leaves > 0 {
		return
	}
	s.tell(nurse, 29, just(
		&model.AppointmentSet{
			ID: s.entry(2), With: model.AppointmentMental, What: "first contact", Where: "Harrowby community mental health team, 12 Mill Lane", Phone: "01632 960555",
			Day: workingDay(out + 3), Time: "14:00", State: model.AppointmentBooked, Who: "HUSSAIN, Nadia", Travel: "bus 12 from the station",
		},
		&model.AppointmentSet{
			ID: s.entry(3), With: model.AppointmentHospital, What: "endoscopy", Where: "Harrowby General Hospital, outpatients", Phone: "01632 960600",
			Day: workingDay(out + 9), Time: "10:30", State: model.AppointmentBooked, Who: "Hospital liaison", Escort: true,
		},
	))
}

// entry is the id of the person's nth entry, the same at every invention of them.
func (s *story) entry(n byte) model.EntryID {
	id := [8]byte{7: n}
	copy(id[:7], s.number)
	return model.NewEntryID(id)
}

func workingDay(day model.Day) model.Day {
	for !model.IsWorkingDay(day) {
		day++
	}
	return day
}
