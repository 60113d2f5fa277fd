package tui

import (
	"github.com/throughgate/throughgate/model"
	"github.com/throughgate/throughgate/tui/part"
)

// newStepForm records one step of a registration: what it asks depends on the
// step.
func newStepForm(e *env, r *model.Record, to model.RegistrationState, title string, practices *model.PracticeIndex) Screen {
	return newForm(e, r, formSpec{
		title: title, name: gpScreen + "/" + string(to), button: "Keep", done: title + ": kept.", compact: true,
		start:  map[string]string{"day": "today"},
		fields: stepFields(e, r, to, practices),
		build: func(v part.Values) ([]model.Change, error) {
			return stepChanges(e.today(), r, to, v, practices)
		},
	})
}

func stepFields(e *env, r *model.Record, to model.RegistrationState, practices *model.PracticeIndex) []part.Field {
	var fields []part.Field
	if words := stepIntroduction(r, to); words != "" {
		fields = append(fields, part.Field{Key: "about", Kind: part.InfoField, Label: words})
	}
	day := dateField(e, "day", "On which day?", "Enter the day")
	note := part.Field{Key: "note", Label: "Note", Optional: true, Max: 500}
	if r.Shared.Restricted {
		note.Hint = "This person is restricted: do not write where they live or which practice it is."
	}
	who := part.Field{Key: "who", Label: "Who at the practice?", Max: 80, Required: "Enter who answered at the practice", Hint: "A name, or a name and a role."}
	switch to {
	case model.RegChoosing:
		return append(append(fields, practiceFields(e, practices, r)...), note)
	case model.RegKept:
		return append(append(fields, practiceFields(e, practices, r)...), day, note)
	case model.RegSent:
		who.Label, who.Optional, who.Hint = "To whom?", true, "A name or an address, where it went to one."
		return append(fields, methodField("How was it sent?", "Say how it was sent"), day, who, note)
	case model.RegAccepted:
		return append(fields, methodField("How did they say so?", "Say how they said so"), who, day, note)
	case model.RegRejected:
		note.ShowIf = func(v part.Values) bool { return v["why"] == string(model.RegRejected) }
		note.Label, note.Optional, note.Required = "Their reason", false, "Enter the reason"
		return append(fields, refusalField(r.Health.Registration.State), who, note, day)
	case model.RegMovedAgain:
		return append(fields, movedFields(day, who, note)...)
	case model.RegNone:
		if r.Health.PracticeToTell() {
			who.Required = "Enter who was told"
			note.Label, note.Optional, note.Required = "Reason", false, "Enter the reason"
			return append(fields, methodField("How was it told?", "Say how it was told"), who, note, day)
		}
		note.Label, note.Optional, note.Required = "Reason", false, "Enter the reason"
		return append(fields, note, day)
	}
	return append(fields, day, note)
}

// stepIntroduction is what must be known before the step is recorded.
func stepIntroduction(r *model.Record, to model.RegistrationState) string {
	practice := r.Health.Registration.Practice
	switch {
	case to == model.RegChoosing || to == model.RegKept || to == model.RegNone && !r.Health.PracticeToTell():
		return ""
	case practice.IsZero():
		return ""
	case r.Shared.Restricted:
		return "Practice: " + withheld + "."
	}
	return "Practice: " + practice.Name + ", " + practice.Postcode + "."
}

// nearHome is a postcode to search near to; none for a restricted person, whose
// address must not be searched by.
func nearHome(r *model.Record) string {
	if r.Shared.Restricted || r.Health.Contact.NoFixedAddress {
		return ""
	}
	return r.Health.Contact.Postcode
}

func methodField(label, required string) part.Field {
	f := part.Field{Key: "method", Kind: part.ChoiceField, Label: label, Required: required}
	for _, m := range model.RegistrationMethods() {
		if m != model.MethodPDS {
			f.Options = append(f.Options, part.Option{Value: string(m), Label: m.Words()})
		}
	}
	return f
}

// refusalField asks for the ground of a refusal; two of them are states of
// their own, for a refusal on another ground may be argued with.
func refusalField(have model.RegistrationState) part.Field {
	f := part.Field{Key: "why", Kind: part.ChoiceField, Label: "Why?", Required: "Choose why the practice refused", Hint: entitled}
	for _, o := range []part.Option{
		{Value: string(model.RegListClosed), Label: "Its list is closed"},
		{Value: string(model.RegOutOfArea), Label: "Out of its area"},
		{Value: string(model.RegRejected), Label: "Another reason"},
	} {
		if have.MayBecome(model.RegistrationState(o.Value)) {
			f.Options = append(f.Options, o)
		}
	}
	return f
}

// stepChanges makes the step of a form's answers. A form that was sent had been
// ready, so that step is written with it.
func stepChanges(today model.Day, r *model.Record, to model.RegistrationState, v part.Values, practices *model.PracticeIndex) ([]model.Change, error) {
	have := r.Health.Registration.State
	step := &model.GPStep{State: to, Method: model.RegistrationMethod(v["method"]), Who: v["who"], Note: v["note"], Told: v["told"] == "yes"}
	if to == model.RegRejected {
		step.State = model.RegistrationState(v["why"])
	}
	if to == model.RegActive {
		step.Method = model.MethodPDS
	}
	step.Told = step.Told || to == model.RegNone && r.Health.PracticeToTell()
	step.Day = today // choosing asks for no day: it is done as it is recorded
	var err error
	if v["day"] != "" {
		if step.Day, err = model.ParseISODay(v["day"]); err != nil {
			return nil, fieldError{"day", err}
		}
	}
	if v["practice"] != "" {
		if step.Practice, err = chosenPractice(practices, v["practice"]); err != nil {
			return nil, err
		}
		if !r.Shared.Restricted { // where they live is not written down once more
			step.For = model.LivesAt(r)
		}
	}
	if to == model.RegSent && have == model.RegChoosing {
		return []model.Change{&model.GPStep{State: model.RegFormReady, Day: step.Day}, step}, nil
	}
	return []model.Change{step}, nil
}

// movedFields ask whether the practice knows that the person will not come.
func movedFields(day, who, note part.Field) []part.Field {
	told := func(v part.Values) bool { return v["told"] == "yes" }
	method := methodField("How was it told?", "Say how it was told")
	who.Label, who.Required, who.ShowIf, method.ShowIf = "Who at the practice?", "Enter who was told", told, told
	return []part.Field{
		{Key: "told", Kind: part.ChoiceField, Label: "Was the practice told?", Required: "Say whether the practice was told", Inline: true,
			Hint: "It keeps a place, and would ask for the record.", Options: []part.Option{{Value: "yes", Label: "Yes"}, {Value: "no", Label: "Not yet"}}},
		method, who, day, note,
	}
}

// newPrisonGPForm says whether the prison's own GP service has the person.
func newPrisonGPForm(e *env, r *model.Record) Screen {
	have := r.Health.PrisonGP
	start := map[string]string{"registered": string(have.Registered)}
	if !have.Since.IsZero() {
		start["since"] = have.Since.String()
	}
	since := dateField(e, "since", "Since when?", "Enter since when")
	since.ShowIf = func(v part.Values) bool { return v["registered"] == string(model.AnswerYes) }
	return newForm(e, r, formSpec{
		title: "Prison GP", name: prisonGPForm, button: "Keep", done: "Registration with the prison's GP is kept.", compact: true, start: start,
		fields: []part.Field{
			{Key: "about", Kind: part.InfoField, Strong: r.Health.KeepGP.Wish == model.KeepYes, Label: prisonGPWarning(r)},
			{Key: "registered", Kind: part.ChoiceField, Label: "A patient of the prison's GP service?", Required: "Choose an answer", Options: []part.Option{
				{Value: string(model.AnswerYes), Label: "Yes"}, {Value: string(model.AnswerNo), Label: "No"}, {Value: "not-known", Label: "I do not know"},
			}},
			since,
		},
		build: func(v part.Values) ([]model.Change, error) { return prisonGPChange(v) },
	})
}

// prisonGPWarning is what taking somebody on here may undo.
func prisonGPWarning(r *model.Record) string {
	if keep := r.Health.KeepGP; keep.Wish == model.KeepYes {
		return "The person keeps the practice they have outside, as they said on " + model.DayOf(keep.By.At.Time()).String() + ". To be taken on here may end that registration."
	}
	return "To be taken on by the prison's own GP service can end the registration outside. That matters most on a short remand: ask the person whether they keep their practice."
}

func prisonGPChange(v part.Values) ([]model.Change, error) {
	change := &model.PrisonGPSet{Registered: model.Answer(v["registered"])}
	if v["registered"] == "not-known" {
		change.Registered = model.AnswerNotRecorded
	}
	if v["since"] != "" {
		day, err := model.ParseISODay(v["since"])
		if err != nil {
			return nil, fieldError{"since", err}
		}
		change.Since = day
	}
	return []model.Change{change}, nil
}
