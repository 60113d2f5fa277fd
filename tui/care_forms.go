package tui

import (
	"strconv"

	"github.com/throughgate/throughgate/model"
	"github.com/throughgate/throughgate/tui/part"
)

// newCompareForm prepares the list for a prescriber's signature.
func newCompareForm(e *env, r *model.Record) Screen {
	list := r.Health.ListHash()
	return newForm(e, r, formSpec{
		title: "Compare the medicines", name: compareForm, button: "It is right", done: "Compared. A prescriber signs it.", compact: true,
		fields: []part.Field{
			{Key: "about", Kind: part.InfoField, Label: "You state that this list is what the person takes. A prescriber then signs this same list; any change opens it again.", Strong: true},
			{Key: "with", Label: "Compared with", Max: 160, Required: "Enter what the list was compared with", Hint: "Such as: GP summary, prison chart and the person."},
		},
		build: func(v part.Values) ([]model.Change, error) {
			return []model.Change{&model.MedicinesCompared{List: list, With: v["with"]}}, nil
		},
	})
}

// newPossessionForm decides how much of their medicines the person may keep.
func newPossessionForm(e *env, r *model.Record) Screen {
	have := r.Health.Possession
	level := part.Field{Key: "level", Kind: part.ChoiceField, Label: "May keep", Required: "Choose how much the person may keep"}
	for _, l := range model.PossessionLevels() {
		level.Options = append(level.Options, part.Option{Value: string(l), Label: l.Words()})
	}
	review := dateField(e, "review", "Review on", "")
	review.Optional = true
	return newForm(e, r, formSpec{
		title: "In possession", name: possessionForm, button: "Keep", done: "In possession: decided.", compact: true,
		start: map[string]string{"level": string(have.Level), "reason": have.Reason},
		fields: []part.Field{
			{Key: "about", Kind: part.InfoField, Label: "How much of their medicines may this person keep at once? A medicine that is supervised stays supervised."},
			level,
			{Key: "reason", Label: "Rests on", Max: 240, Required: "Enter what the decision rests on", Hint: "Such as: no overdose, no debt, locked cupboard."},
			review,
		},
		build: func(v part.Values) ([]model.Change, error) {
			day, err := model.ParseISODay(v["review"])
			if err != nil {
				return nil, fieldError{"review", err}
			}
			return []model.Change{&model.PossessionSet{Level: model.PossessionLevel(v["level"]), Reason: v["reason"], Review: day}}, nil
		},
	})
}

// newCountForm records what the person keeps of a medicine. How long it lasts is
// worked out where the dose says it.
func newCountForm(e *env, r *model.Record, m model.Medicine) Screen {
	start := map[string]string{"day": "today"}
	if need, ok := m.Needs(1); ok {
		start["unit"] = need.Unit
	}
	lasts := func(v part.Values) (int, bool) {
		q, _ := model.ParseQuantity(v["quantity"])
		return m.Lasts(q, v["unit"])
	}
	some := func(v part.Values) bool { q, err := model.ParseQuantity(v["quantity"]); return err == nil && q > 0 }
	return newForm(e, r, formSpec{
		title: "Count what the person keeps", name: countForm + "/" + string(m.ID), button: "Keep", done: m.Name + ": counted.", compact: true, start: start,
		fields: append(aboutMedicine(m), []part.Field{
			{Key: "quantity", Label: "In possession", Max: 8, Required: "Enter how much there is", Hint: "A number, such as 10 or 52.5. Nothing is 0."},
			{Key: "unit", Label: "Unit", Max: 30, Required: "Enter the unit of the quantity", Hint: "Such as tablets or ml.", ShowIf: some},
			{Key: "days", Label: "Lasts, in days", Max: 2, Required: "Enter how many days it lasts", Hint: "The dose does not say it in plain numbers.",
				ShowIf: func(v part.Values) bool { _, worked := lasts(v); return some(v) && !worked }},
			{Key: "lasts", Kind: part.InfoField, Say: func(v part.Values) string {
				if days, worked := lasts(v); worked {
					return "Lasts " + plural(days, "day", "days") + ". What is left on the day of release counts as supply in hand."
				}
				return ""
			}},
			dateField(e, "day", "Counted on", "Enter the day of the count"),
		}...),
		build: func(v part.Values) ([]model.Change, error) { return countChange(m, v) },
	})
}

func countChange(m model.Medicine, v part.Values) ([]model.Change, error) {
	change := &model.MedicineCounted{ID: m.ID, Unit: v["unit"]}
	var err error
	if change.Quantity, err = model.ParseQuantity(v["quantity"]); err != nil {
		return nil, fieldError{"quantity", err}
	}
	if change.Day, err = model.ParseISODay(v["day"]); err != nil {
		return nil, fieldError{"day", err}
	}
	if days, worked := m.Lasts(change.Quantity, change.Unit); worked {
		change.Days = days
	} else if v["days"] != "" {
		if change.Days, err = strconv.Atoi(v["days"]); err != nil {
			return nil, model.Invalid("The days are not a number.", "Such as 10.").At("days")
		}
	}
	return []model.Change{change}, nil
}

// newDepotForm names who gives the next injection outside.
func newDepotForm(e *env, r *model.Record, m model.Medicine) Screen {
	have := r.Health.Depots[m.ID]
	day := dateField(e, "day", "Appointment", "")
	day.Optional = true
	start := map[string]string{"who": have.Who, "phone": have.Phone, "day": dayOrEmpty(have.Day)}
	return newForm(e, r, formSpec{
		title: "Who gives the next injection?", name: depotForm + "/" + string(m.ID), button: "Keep", done: m.Name + ": who gives it is kept.", compact: true, start: start,
		fields: append(aboutMedicine(m), []part.Field{
			{Key: "who", Label: "Given by", Max: 160, Required: "Enter who gives the next dose", Hint: "The team or practice, such as: Community mental health team."},
			{Key: "phone", Label: "Telephone", Optional: true, Max: 40},
			day,
			{Key: "due", Kind: part.InfoField, Label: depotDue(r, m)},
		}...),
		build: func(v part.Values) ([]model.Change, error) {
			on, err := model.ParseISODay(v["day"])
			if err != nil {
				return nil, fieldError{"day", err}
			}
			return []model.Change{&model.DepotSet{ID: m.ID, Who: v["who"], Phone: v["phone"], Day: on}}, nil
		},
	})
}

func depotDue(r *model.Record, m model.Medicine) string {
	if warning := r.Health.DepotWarning(m, r.Leaves()); warning != "" {
		return warning
	}
	return "Next due " + m.NextDue.String() + "."
}

// newNaloxoneForm records the offer of a take-home kit.
func newNaloxoneForm(e *env, r *model.Record) Screen {
	have := r.Health.Naloxone
	answer := part.Field{Key: "answer", Kind: part.ChoiceField, Label: "Naloxone", Required: "Choose what came of the offer"}
	for _, a := range model.NaloxoneAnswers() {
		answer.Options = append(answer.Options, part.Option{Value: string(a), Label: a.Words()})
	}
	is := func(a model.NaloxoneAnswer) func(part.Values) bool {
		return func(v part.Values) bool { return v["answer"] == string(a) }
	}
	expiry := dateField(e, "expiry", "Expires", "Enter the expiry date of the kit")
	expiry.ShowIf = is(model.NaloxoneGiven)
	start := map[string]string{"answer": string(have.Answer), "kit": have.Kit, "lot": have.Lot, "expiry": dayOrEmpty(have.Expiry), "reason": have.Reason}
	if have.Trained {
		start["trained"] = "yes"
	}
	return newForm(e, r, formSpec{
		title: "Naloxone", name: naloxoneForm, button: "Keep", done: "Naloxone: kept.", compact: true, start: start,
		fields: []part.Field{
			answer,
			{Key: "kit", Label: "Kit", Max: 120, Required: "Enter which kit was given", Hint: "Such as Prenoxad or Nyxoid.", ShowIf: is(model.NaloxoneGiven)},
			{Key: "lot", Label: "Lot", Max: 120, Required: "Enter the lot number of the kit", Hint: "It is printed beside the expiry date.", ShowIf: is(model.NaloxoneGiven)},
			expiry,
			{Key: "trained", Kind: part.ChoiceField, Label: "Shown how?", Inline: true, Required: "Choose whether the person was shown how to use it", ShowIf: is(model.NaloxoneGiven),
				Options: []part.Option{{Value: "yes", Label: "Yes"}, {Value: "no", Label: "Not yet"}}},
			{Key: "reason", Label: "Why refused?", Optional: true, Max: 120, ShowIf: is(model.NaloxoneRefused)},
		},
		build: func(v part.Values) ([]model.Change, error) {
			on, err := model.ParseISODay(v["expiry"])
			if err != nil {
				return nil, fieldError{"expiry", err}
			}
			return []model.Change{&model.NaloxoneSet{Answer: model.NaloxoneAnswer(v["answer"]), Kit: v["kit"], Lot: v["lot"], Expiry: on, Trained: v["trained"] == "yes", Reason: v["reason"]}}, nil
		},
	})
}
