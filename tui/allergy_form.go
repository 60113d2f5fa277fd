package tui

import (
	"slices"

	"github.com/throughgate/throughgate/model"
	"github.com/throughgate/throughgate/tui/part"
)

// newAllergyForm adds an allergy, or changes the one at an index.
func newAllergyForm(e *env, r *model.Record, at int) Screen {
	list := r.Health.Allergies.List
	spec := formSpec{title: "Add an allergy", name: allergyForm + "/" + newName, button: "Add", done: "Added to the allergies.", compact: true, start: map[string]string{}}
	if at >= 0 {
		old := list[at]
		spec.title, spec.name, spec.button, spec.done = "Change an allergy", allergyForm+"/"+old.Substance, "Keep", "The allergy is changed."
		spec.start = map[string]string{"substance": old.Substance, "reaction": old.Reaction, "severity": severityValue(old.Severity)}
	}
	severities := part.Field{Key: "severity", Kind: part.ChoiceField, Label: "Severity", Required: "Choose how severe it was"}
	for _, s := range model.Severities() {
		severities.Options = append(severities.Options, part.Option{Value: severityValue(s), Label: s.Words()})
	}
	spec.fields = []part.Field{
		{Key: "substance", Label: "What to?", Max: 120, Required: "Enter the substance", Hint: "Such as penicillin, latex or nuts."},
		{Key: "reaction", Label: "What happened?", Optional: true, Max: 240, Hint: "Such as anaphylaxis, rash or swelling of the face."},
		severities,
	}
	spec.build = func(v part.Values) ([]model.Change, error) {
		a := model.Allergy{Substance: v["substance"], Reaction: v["reaction"], Severity: model.Severity(v["severity"])}
		if v["severity"] == severityNotKnown {
			a.Severity = model.SeverityNotKnown
		}
		return allergyChange(list, at, a)
	}
	return newForm(e, r, spec)
}

// severityNotKnown is how a form holds the answer that is empty on the wire.
const severityNotKnown = "not-known"

func severityValue(s model.Severity) string {
	if s == model.SeverityNotKnown {
		return severityNotKnown
	}
	return string(s)
}

// allergyChange is the list with an allergy put at an index, or added.
func allergyChange(list []model.Allergy, at int, a model.Allergy) ([]model.Change, error) {
	for i, other := range list {
		if i != at && model.Fold(other.Substance) == model.Fold(a.Substance) {
			return nil, model.Invalid("This substance is in the list already.", "Change that line instead.").At("substance")
		}
	}
	all := slices.Clone(list)
	if at < 0 {
		all = append(all, a)
	} else {
		all[at] = a
	}
	return []model.Change{&model.AllergiesSet{State: model.AllergiesKnown, List: all}}, nil
}

// newAllergyRemoval takes an allergy off the list. The reason becomes a health
// note: the next reader must be able to find out why a warning went away.
func newAllergyRemoval(e *env, r *model.Record, at int) Screen {
	list := r.Health.Allergies.List
	rest := slices.Delete(slices.Clone(list), at, at+1)
	fields := []part.Field{
		{Key: "about", Kind: part.InfoField, Label: "Remove: " + list[at].String(), Strong: true},
		{Key: "reason", Label: "Why?", Max: 240, Required: "Enter why it is removed", Hint: "It is kept as a health note. Nothing is lost: the history shows the list as it was."},
	}
	if len(rest) == 0 {
		fields = append(fields, allergyStates(model.AllergiesKnown, "That was the last one. What is the answer now?"))
	}
	return newForm(e, r, formSpec{
		title: "Remove an allergy", name: allergyRemoval + "/" + list[at].Substance, button: "Remove", done: "Removed from the allergies.", compact: true, fields: fields,
		build: func(v part.Values) ([]model.Change, error) {
			change := &model.AllergiesSet{State: model.AllergiesKnown, List: rest}
			if len(rest) == 0 {
				change = &model.AllergiesSet{State: allergyState(v["state"])}
			}
			return []model.Change{change, &model.HealthNoted{Text: "Removed from the allergies: " + list[at].String() + ". " + v["reason"]}}, nil
		},
	})
}

// newAllergyAnswer gives one of the answers that have no list.
func newAllergyAnswer(e *env, r *model.Record) Screen {
	list := r.Health.Allergies.List
	spec := formSpec{title: "Allergies", name: allergyAnswer, button: "Keep", done: "The answer on allergies is kept.", compact: true}
	if len(list) > 0 {
		spec.fields = append(spec.fields,
			part.Field{Key: "about", Kind: part.InfoField, Label: "This takes away what is in the list: " + r.Health.Allergies.Words() + "."},
			part.Field{Key: "reason", Label: "Why?", Max: 240, Required: "Enter why the list is taken away", Hint: "It is kept as a health note."},
		)
	}
	spec.fields = append(spec.fields, allergyStates(model.AllergiesKnown, "What is the answer?"))
	spec.build = func(v part.Values) ([]model.Change, error) {
		changes := []model.Change{&model.AllergiesSet{State: allergyState(v["state"])}}
		if len(list) > 0 {
			changes = append(changes, &model.HealthNoted{Text: "Allergies taken away: " + r.Health.Allergies.Words() + ". " + v["reason"]})
		}
		return changes, nil
	}
	return newForm(e, r, spec)
}

const allergyNotRecorded = "not-recorded"

// allergyStates asks for an answer other than one.
func allergyStates(except model.AllergyState, label string) part.Field {
	f := part.Field{Key: "state", Kind: part.ChoiceField, Label: label, Required: "Choose none known, not recorded or unavailable"}
	for _, s := range model.AllergyStates() {
		value := string(s)
		if s == model.AllergiesNotRecorded {
			value = allergyNotRecorded
		}
		if s != except {
			f.Options = append(f.Options, part.Option{Value: value, Label: s.Words(), Hint: allergyMeaning(s)})
		}
	}
	return f
}

func allergyState(value string) model.AllergyState {
	if value == allergyNotRecorded {
		return model.AllergiesNotRecorded
	}
	return model.AllergyState(value)
}
