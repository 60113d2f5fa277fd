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
	s.tell(nurse, 29, just(s.prevented()...))
	if s.leaves > 0 {
		return
	}
	s.tell(nurse, 28, just(
		&model.ResultSet{ID: s.entry(4), Of: model.ResultTest, What: "Full blood count", Asked: s.today - 2, State: model.ResultAwaited, Who: "Prison healthcare", Due: out + 5},
		&model.ResultSet{ID: s.entry(5), Of: model.ResultTest, What: "Liver function", Asked: s.today - 20, State: model.ResultCame, Result: "normal"},
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

// prevented is what everybody was offered on the way in and since.
func (s *story) prevented() []model.Change {
	vaccine := &model.PreventionSet{ID: s.entry(6), Of: model.PreventionVaccine, What: "hepatitis B dose 3", State: model.PreventionGiven, Day: s.today - 12, Batch: "HB4471"}
	virus := &model.PreventionSet{ID: s.entry(7), Of: model.PreventionVirus, What: "hepatitis C test", State: model.PreventionGiven, Day: s.today - 60, Result: "negative"}
	if s.age > 50 {
		vaccine = &model.PreventionSet{ID: vaccine.ID, Of: vaccine.Of, What: "influenza", State: model.PreventionGiven, Day: s.today - 30, Batch: "FL2207"}
		virus.State, virus.Result = model.PreventionDeclined, ""
	}
	return []model.Change{vaccine, virus}
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
