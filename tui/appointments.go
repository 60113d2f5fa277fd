package tui

import (
	"github.com/throughgate/throughgate/model"
	"github.com/throughgate/throughgate/tui/part"
)

const appointmentForm = "appointment"

var appointmentSort = entrySort{
	name: appointmentForm, title: "Appointments", none: "None is recorded.", key: "a", word: "appointment",
	says: "Add an appointment, or one that is to be arranged.", may: &model.AppointmentSet{}, rows: appointmentRows, form: newAppointmentForm,
}

func appointmentRows(e *env, r *model.Record) []entryRow {
	var out []entryRow
	for _, a := range r.Health.AllAppointments() {
		row := appointmentRow(e, r, a)
		if a.ID == "" {
			row.told = append(row.told, telling{"It stands in the plan for substitution or for an injection.", e.theme.Muted})
		}
		out = append(out, row)
	}
	return out
}

func appointmentRow(e *env, r *model.Record, a model.Appointment) entryRow {
	t, state := e.theme, a.Stands(r.Leaves(), e.today())
	row := entryRow{id: a.ID, when: a.When(), what: a.Name(), state: state.Words(), style: appointmentStyle(t, state)}
	if row.when == "" && !a.Due.IsZero() {
		row.when = "by " + a.Due.Long()
	}
	row.told = []telling{
		{a.Why(r.Leaves(), e.today()), t.Warn},
		{joined(". ", joined(", ", a.Where, a.Phone), a.Travel, letterGiven(a)), t.Text},
		{arranged(a), t.Text}, {"Recorded by " + e.by(a.By.Staff, a.By.At), t.Muted},
	}
	return row
}

func appointmentStyle(t *part.Theme, s model.AppointmentState) part.Style {
	switch s {
	case model.AppointmentBooked, model.AppointmentAttended:
		return t.Good
	case model.AppointmentCancelled, model.AppointmentMistake:
		return t.Muted
	}
	return t.Warn
}

func letterGiven(a model.Appointment) string {
	if a.Told {
		return "The person has the appointment letter"
	}
	return ""
}

// arranged says who arranged it, or who is to.
func arranged(a model.Appointment) string {
	switch {
	case a.Who == "":
		return ""
	case a.State == model.AppointmentToArrange, a.State == model.AppointmentToRebook:
		return "To be arranged by " + a.Who + ", by " + a.Due.Long()
	}
	return "Arranged by " + a.Who
}

// newAppointmentForm adds an appointment, or changes the one of an id.
func newAppointmentForm(e *env, r *model.Record, id model.EntryID) Screen {
	start, found := r.Health.Appointments[id]
	spec := formSpec{title: "Change an appointment", name: appointmentForm + "/" + string(id), button: "Keep", done: "The appointment is kept."}
	if !found {
		start.AppointmentSet = model.AppointmentSet{State: model.AppointmentBooked}
		spec.title, spec.name = "Add an appointment", appointmentForm+"/"+newName
	}
	err := e.identify(&start.ID, found)
	return newForm(e, r, entrySpec(spec, func() (model.Change, []entryQuestion, error) {
		c := start.AppointmentSet
		return &c, appointmentQuestions(e, &c, found), err
	}))
}

func appointmentQuestions(e *env, c *model.AppointmentSet, found bool) []entryQuestion {
	states := model.AppointmentStates()
	if !found {
		states = []model.AppointmentState{model.AppointmentBooked, model.AppointmentToArrange}
	}
	dated := func(v part.Values) bool { return v["state"] != string(model.AppointmentToArrange) }
	open := func(v part.Values) bool {
		return v["state"] == string(model.AppointmentToArrange) || v["state"] == string(model.AppointmentToRebook)
	}
	state := askOne(&c.State, "state", "How far is it?", states, model.AppointmentState.Words)
	state.Inline = !found
	questions := []entryQuestion{
		askOne(&c.With, "with", "With whom?", model.AppointmentKinds(), model.AppointmentKind.Words),
		askText(&c.What, "what", "What for", "Such as heart clinic, new patient check or depot.", 120),
		state,
		askDay(e, &c.Day, "day", "Day", "For example 3 dec 2026 or +7d.").when(dated),
		askText(&c.Time, "time", "Time", "Such as 10:30. Leave it empty when it is not known.", 5).when(dated),
		askText(&c.Where, "where", "Place", "As the person finds it: name and street.", 160),
		askText(&c.Phone, "phone", "Telephone", "For the person to call when they cannot go.", 40),
		askText(&c.Who, "who", "Arranged by", "Who arranged it; of one that is to be arranged, who is to.", 120),
		askDay(e, &c.Due, "due", "By which day", "By when it is to be arranged. For example +3d.").when(open),
		askYes(&c.Escort, "escort", "How do they go?", "With an escort, from prison", "On their own, once released").when(dated),
		askText(&c.Travel, "travel", "Travel", "Such as hospital transport is booked, or met at the gate.", 120).when(dated),
		askYes(&c.Told, "told", "Letter given?", "The person has the appointment letter", "Not yet").when(dated),
	}
	if found { // what became of it is what one comes back for
		questions[0], questions[1], questions[2] = questions[2], questions[0], questions[1]
	}
	return questions
}
