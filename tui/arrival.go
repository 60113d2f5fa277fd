package tui

import (
	"context"
	"time"

	"github.com/throughgate/throughgate/model"
	"github.com/throughgate/throughgate/tui/part"
)

// arrivalForm names the form, for its draft and for coming back.
const arrivalForm = "arrival"

// whyNoArrival says why the person signed in may not book anybody in.
func whyNoArrival(e *env) string {
	nobody := &model.Record{}
	for _, c := range []model.Change{&model.PersonNamed{}, &model.StaySet{}, &model.MovementRecorded{}} {
		if why := e.allow(nobody, c); why != "" {
			return why
		}
	}
	return ""
}

// newArrival books in somebody who is at the desk before their paperwork is.
func newArrival(e *env) *formScreen {
	sexes := make([]part.Option, 0, len(model.Sexes()))
	for _, sex := range model.Sexes() {
		sexes = append(sexes, part.Option{Value: string(sex), Label: sex.Words()})
	}
	return newForm(e, nil, formSpec{
		title: "Book in", name: arrivalForm, button: "Book in", done: "Booked in.",
		fields: []part.Field{
			{Key: "family", Label: "Family name", Hint: "Somebody with a single name has it here.", Required: "Enter a family name", Max: model.MaxNamePart},
			{Key: "given", Label: "Given names", Optional: true, Max: model.MaxNamePart},
			{Key: "born", Kind: part.DateField, Label: "Date of birth", Required: "Enter a date of birth", Hint: "For example 14 aug 1980. A year alone will do.",
				Read: func(text string) ([]part.Reading, error) { return birthReadings(text, e.today()) }},
			{Key: "sex", Kind: part.ChoiceField, Label: "Sex", Options: sexes, Required: "Choose a sex"},
			{Key: "number", Label: "Prison number", Optional: true, Hint: "Like A1234AA, if it is known.", Max: 12},
			{Key: "cell", Label: "Location", Optional: true, Hint: "RECP while the person is in reception.", Max: 40},
		},
		build: func(v part.Values) ([]model.Change, error) { return arrivalChanges(e, v) },
		write: func(ctx context.Context, changes []model.Change) (Screen, error) { return bookIn(ctx, e, changes) },
	})
}

// bookIn makes a new person of the changes, and opens their page.
func bookIn(ctx context.Context, e *env, changes []model.Change) (Screen, error) {
	number := prisonNumberIn(changes)
	person, err := e.NewPerson(number)
	if err == nil && number != "" {
		err = unknown(e, person)
	}
	if err == nil {
		err = e.Do(ctx, model.Write{Person: person, Changes: changes})
	}
	if err != nil {
		return nil, err
	}
	return newPerson(e, person), nil
}

func prisonNumberIn(changes []model.Change) string {
	for _, c := range changes {
		if n, ok := c.(*model.PersonNumbered); ok && n.Scheme == model.SchemePrison {
			return n.Value
		}
	}
	return ""
}

func birthReadings(text string, today model.Day) ([]part.Reading, error) {
	found, err := model.ReadBirthDate(text, today)
	if err != nil {
		return nil, err
	}
	out := make([]part.Reading, len(found))
	for i, r := range found {
		out[i] = part.Reading{Value: r.Date.ISO(), Label: r.Words}
	}
	return out, nil
}

// unknown refuses a number that somebody here already has.
func unknown(e *env, person model.PersonID) error {
	for _, r := range e.Rows() {
		if r.ID == person {
			return fieldError{"number", model.Invalid("Somebody with this prison number is here already.", e.keys("Find them with Ctrl+K.", "Type cancel, then find and the number."))}
		}
	}
	return nil
}

func arrivalChanges(e *env, v part.Values) ([]model.Change, error) {
	name, err := model.ParsePersonName(v["family"], v["given"])
	if err != nil {
		return nil, fieldError{"family", err}
	}
	born, err := model.ParsePartialDate(v["born"])
	if err != nil {
		return nil, fieldError{"born", err}
	}
	now := e.now()
	changes := []model.Change{
		&model.PersonNamed{Name: name},
		&model.PersonBorn{Date: born, Sex: model.Sex(v["sex"])},
		&model.StaySet{Site: e.place.Site, Received: model.DayOf(now)},
		&model.MovementRecorded{Movement: model.Movement{Type: model.MovementAdmission, Reason: "N", At: model.InstantOf(now.Truncate(time.Millisecond))}},
	}
	if v["cell"] != "" {
		changes = append(changes, &model.LocationSet{Cell: v["cell"]})
	}
	if v["number"] == "" {
		return changes, nil
	}
	number, err := model.ParsePrisonNumber(v["number"])
	if err != nil {
		return nil, fieldError{"number", err}
	}
	return append(changes, &model.PersonNumbered{Scheme: model.SchemePrison, Value: string(number)}), nil
}
