package tui

import (
	"context"

	"github.com/throughgate/throughgate/model"
	"github.com/throughgate/throughgate/tui/part"
)

// What comes after a medicine was added.
const (
	thenAdd    = "add"
	thenDecide = "decide"
	thenBack   = "back"
)

// newMedicineForm adds a medicine, or changes the one given. then is what the
// last one was followed by: who adds twelve says it once.
func newMedicineForm(e *env, r *model.Record, old model.Medicine, then string) Screen {
	adding := old.ID == ""
	spec := formSpec{
		title: "Add a medicine", name: medicineForm + "/" + newName, button: "Add", done: "Added.", compact: true,
		start: medicineStart(old), fields: medicineFields(e, old), follow: productFollows(e),
	}
	if adding {
		spec.start["then"] = then
		spec.fields = append(spec.fields, thenField())
	} else {
		spec.title, spec.name, spec.button, spec.done = "Change a medicine", medicineForm+"/"+string(old.ID), "Keep", "Changed. Look at its supply again."
	}
	id := old.ID // drawn once, so that asking twice adds once
	spec.build = func(v part.Values) ([]model.Change, error) {
		change, err := medicineChange(e.Products(), old, v)
		if err != nil {
			return nil, err
		}
		if id == "" {
			if id, err = e.newMedicineID(); err != nil {
				return nil, err
			}
		}
		change.ID = id
		return []model.Change{change}, nil
	}
	if adding {
		spec.next = func(v part.Values) (Screen, error) { return afterAdding(e, r.ID, id, v["then"]) }
	}
	return newForm(e, r, spec)
}

func medicineStart(m model.Medicine) map[string]string {
	start := map[string]string{
		"strength": m.Strength, "form": m.Form, "dose": m.Dose, "route": m.Route, "frequency": m.Frequency,
		"indication": m.Indication, "possession": string(m.Possession), "schedule": string(m.Schedule), "doseReason": m.DoseReason,
	}
	if m.Name != "" {
		start["name"] = part.ChosenDraft(part.Option{Value: answerOfProduct(m.Code, m.Name), Label: m.Name})
	}
	if m.Schedule != model.ScheduleByTable || m.Start+m.LastGiven+m.NextDue != 0 {
		start["more"] = "yes"
	}
	if m.ID != "" && m.Possession == model.PossessionNotAssessed {
		start["possession"] = notAssessed
	}
	for key, day := range map[string]model.Day{"start": m.Start, "lastGiven": m.LastGiven, "nextDue": m.NextDue} {
		if !day.IsZero() {
			start[key] = day.String()
		}
	}
	return start
}

// notAssessed is how a form holds the answer that is empty on the wire.
const notAssessed = "not-assessed"

func medicineFields(e *env, old model.Medicine) []part.Field {
	fields := []part.Field{
		productField(e),
		{Key: "strength", Label: "Strength", Optional: true, Max: 80, Hint: "Of one tablet or of the liquid, such as 50 mg or 1 mg/ml."},
		{Key: "form", Label: "Form", Optional: true, Max: 80, Hint: "Such as tablets, capsules, oral solution, inhaler."},
		{Key: "dose", Label: "Dose", Optional: true, Max: 120, Hint: "Each time, such as 50 mg, 2 tablets or 10 ml."},
		{Key: "doseCheck", Kind: part.InfoField, Say: doseCheckWords},
		{Key: "doseReason", Label: "Why this dose?", Max: 240, Required: "Correct the dose or the form, or enter why it is right", ShowIf: func(v part.Values) bool { return doseCheckWords(v) != "" }, Hint: "Only where it is meant: correct it otherwise."},
		{Key: "frequency", Label: "How often", Optional: true, Max: 120, Hint: "Such as once a day, twice a day, at night, when needed."},
		{Key: "route", Label: "Route", Optional: true, Max: 60, Hint: "Such as oral, inhaled, under the skin."},
		{Key: "indication", Label: "For", Optional: true, Max: 160, Hint: "What it is taken for, such as depression."},
		{Key: "possession", Kind: part.ChoiceField, Label: "In possession?", Optional: true, Inline: true, Options: []part.Option{
			{Value: string(model.PossessionYes), Label: "Yes"}, {Value: string(model.PossessionNo), Label: "Supervised"}, {Value: notAssessed, Label: "Not assessed"},
		}},
		{Key: "controlled", Kind: part.InfoField, Say: func(v part.Values) string { return controlledWords(prescribed(e.Products(), old, v)) }},
	}
	if old.ID != "" {
		fields = append(fields, part.Field{Key: "reason", Label: "Why changed?", Max: 240, Required: "Enter why the medicine was changed", Hint: "The letter tells the practice."})
	}
	more := func(v part.Values) bool { return v["more"] == "yes" }
	start, last, next := dateField(e, "start", "Started", ""), dateField(e, "lastGiven", "Last dose given", ""), dateField(e, "nextDue", "Next dose due", "")
	for _, f := range []*part.Field{&start, &last, &next} {
		f.Optional, f.ShowIf = true, more
	}
	last.Hint = "For depots and supervised doses. " + last.Hint
	fields = append(fields, part.Field{Key: "more", Kind: part.MultiField, Label: "More", Optional: true, Keys: "Space opens and closes them.", Options: []part.Option{{Value: "yes", Label: "Dates, controlled drug schedule"}}},
		start, last, next, scheduleField(more),
	)
	if old.ID == "" {
		fields = append(fields, part.Field{Key: "reason", Label: "Why another schedule?", Required: "Enter why this schedule is less strict than the name's", Max: 240, ShowIf: func(v part.Values) bool { return prescribed(e.Products(), old, v).LaxerThanName() }, Hint: "The name stands for a stricter one."})
	}
	return fields
}

func scheduleField(more func(part.Values) bool) part.Field {
	f := part.Field{Key: "schedule", Kind: part.ChoiceField, Label: "Schedule", Optional: true, ShowIf: more, Hint: "Without a choice the name decides."}
	for _, s := range model.Schedules() {
		f.Options = append(f.Options, part.Option{Value: string(s), Label: s.Words()})
	}
	return f
}

// controlledWords says what a controlled drug asks for, as soon as its name is
// there.
func controlledWords(p model.Prescribed) string {
	switch cd := p.CD(); {
	case p.Name == "" || !cd.ThirtyDays():
		return ""
	case cd.FullRules():
		return cd.Words() + ": its supply needs strength, form, an exact dose and how often."
	default:
		return cd.Words() + "."
	}
}

// doseCheckWords warns of a dose that its form speaks against.
func doseCheckWords(v part.Values) string {
	if why := prescribed(nil, model.Medicine{}, v).DoseInDoubt(); why != "" {
		return "CHECK: " + why
	}
	return ""
}

func thenField() part.Field {
	return part.Field{Key: "then", Kind: part.ChoiceField, Label: "And then?", Inline: true, Required: "Choose what comes next", Options: []part.Option{
		{Value: thenAdd, Label: "Another"}, {Value: thenDecide, Label: "Its supply"}, {Value: thenBack, Label: "Back"},
	}}
}

// prescribed is the medicine of a form's answers, without its dates. What dm+d
// said of it when it was picked holds where the list is not here, or has it no
// more.
func prescribed(x *model.ProductIndex, old model.Medicine, v part.Values) model.Prescribed {
	product := pickedProduct(x, v["name"])
	p := model.Prescribed{
		Name: product.Name, Code: product.Code, Category: product.Category, Strength: v["strength"], Form: v["form"], Dose: v["dose"], Route: v["route"], Frequency: v["frequency"],
		Indication: v["indication"], Possession: model.Possession(v["possession"]), Schedule: model.Schedule(v["schedule"]), DoseReason: v["doseReason"],
	}
	if p.Code == old.Code && p.Category == "" {
		p.Category = old.Category
	}
	if v["possession"] == notAssessed {
		p.Possession = model.PossessionNotAssessed
	}
	return p
}

// medicineChange leaves as it was what the form did not show.
func medicineChange(x *model.ProductIndex, old model.Medicine, v part.Values) (*model.MedicineSet, error) {
	change := &model.MedicineSet{Prescribed: prescribed(x, old, v), Reason: v["reason"]}
	if v["more"] == "" {
		change.Start, change.LastGiven, change.NextDue, change.Schedule = old.Start, old.LastGiven, old.NextDue, old.Schedule
	}
	for key, day := range map[string]*model.Day{"start": &change.Start, "lastGiven": &change.LastGiven, "nextDue": &change.NextDue} {
		if v[key] == "" {
			continue
		}
		var err error
		if *day, err = model.ParseISODay(v[key]); err != nil {
			return nil, fieldError{key, err}
		}
	}
	return change, nil
}

// newMedicineID draws the id of a medicine.
func (e *env) newMedicineID() (model.MedicineID, error) {
	b, err := e.eightBytes()
	return model.NewMedicineID(b), err
}

// afterAdding is what comes after a medicine was added: another one, its supply,
// or the list.
func afterAdding(e *env, person model.PersonID, added model.MedicineID, then string) (Screen, error) {
	if then == thenBack {
		return nil, nil
	}
	r, err := e.Get(context.Background(), person)
	if err != nil || r.Health == nil {
		return nil, err
	}
	if then == thenDecide {
		return newSupplyForm(e, r, added, nil), nil
	}
	return newMedicineForm(e, r, model.Medicine{}, then), nil
}

// newStopForm stops a medicine.
func newStopForm(e *env, r *model.Record, m model.Medicine) Screen {
	return newForm(e, r, formSpec{
		title: "Stop a medicine", name: stopForm + "/" + string(m.ID), button: "Stop it", done: "Stopped.", compact: true,
		start: map[string]string{"day": "today"},
		fields: append(aboutMedicine(m), []part.Field{
			{Key: "reason", Label: "Why is it stopped?", Max: 240, Required: "Enter why the medicine was stopped", Hint: "The letter tells the practice."},
			dateField(e, "day", "From which day?", "Enter the day on which it was stopped"),
		}...),
		build: func(v part.Values) ([]model.Change, error) {
			day, err := model.ParseISODay(v["day"])
			if err != nil {
				return nil, fieldError{"day", err}
			}
			return []model.Change{&model.MedicineStopped{ID: m.ID, Day: day, Reason: v["reason"]}}, nil
		},
	})
}
