package tui

import (
	"time"

	"github.com/throughgate/throughgate/model"
	"github.com/throughgate/throughgate/tui/part"
)

// newItemForm sets one line of the checklist by hand.
func newItemForm(e *env, r *model.Record, id model.ItemID) Screen {
	facts, _ := model.FactsOf(id)
	item := r.Shared.Item(id)
	states := make([]part.Option, 0, len(model.ItemStates()))
	for _, s := range model.ItemStates() {
		states = append(states, part.Option{Value: stateValue(s), Label: s.Words()})
	}
	return newForm(e, r, formSpec{
		title: facts.Name, name: "item/" + string(id), done: facts.Name + " is set.",
		start: map[string]string{"state": stateValue(item.State), "note": item.Note},
		fields: []part.Field{
			{Key: "state", Kind: part.ChoiceField, Label: facts.Name, Options: states, Required: "Choose a state", Hint: "Done means " + facts.Wants + "."},
			{Key: "note", Label: "Note", Optional: true, Max: 240, Hint: "Everybody can read it: nothing clinical."},
		},
		build: func(v part.Values) ([]model.Change, error) {
			change := &model.ItemSet{Item: id, State: stateOf(v["state"]), Note: v["note"]}
			if err := change.Check(r, e.now()); err != nil {
				return nil, fieldError{"note", err}
			}
			return []model.Change{change}, nil
		},
	})
}

// stateValue gives the state that is empty on the wire a name a form can hold.
func stateValue(s model.ItemState) string {
	if s == model.NotStarted {
		return "not-started"
	}
	return string(s)
}

func stateOf(value string) model.ItemState {
	if value == "not-started" {
		return model.NotStarted
	}
	return model.ItemState(value)
}

// newReleaseForm sets the release date.
func newReleaseForm(e *env, r *model.Record) Screen {
	rel := r.Shared.Release
	bases := make([]part.Option, 0, 7)
	for _, b := range []model.Basis{model.BasisConfirmed, model.BasisParole, model.BasisHDC, model.BasisConditional, model.BasisAutomatic, model.BasisCourt} {
		bases = append(bases, part.Option{Value: string(b), Label: b.Words()})
	}
	bases = append(bases, part.Option{Value: "none", Label: "There is no date"})
	reasons := []part.Option{{Value: "none", Label: "Not known yet"}}
	for _, m := range model.MovementReasons(model.MovementRelease) {
		if model.ReleaseAccepted(m.Code) {
			reasons = append(reasons, part.Option{Value: m.Code, Label: m.Words, Hint: m.Code})
		}
	}
	dated := func(v part.Values) bool { return v["basis"] != "" && v["basis"] != "none" }
	day := dateField(e, "day", "Release date", "Enter the release date")
	day.ShowIf = dated
	return newForm(e, r, formSpec{
		title: "Release date", name: "release", done: "The release date is set.",
		start: map[string]string{"basis": string(rel.Basis), "day": rel.Day.ISO(), "time": rel.Time, "destination": rel.Destination},
		fields: []part.Field{
			{Key: "basis", Kind: part.ChoiceField, Label: "What does the date rest on?", Options: bases, Required: "Choose what the date rests on", Hint: "Only a confirmed date is final."},
			day,
			{Key: "time", Label: "Time", Optional: true, Hint: "Like 09:30.", ShowIf: dated, Max: 5},
			{Key: "reason", Kind: part.PickerField, Label: "Reason", Optional: true, Find: findOption(reasons), ShowIf: dated},
			{Key: "destination", Label: "Where to", Optional: true, ShowIf: dated, Max: 120},
		},
		build: func(v part.Values) ([]model.Change, error) { return releaseChange(r, e.now(), v) },
	})
}

func releaseChange(r *model.Record, now time.Time, v part.Values) ([]model.Change, error) {
	change := &model.ReleaseSet{}
	if v["basis"] != "none" {
		day, err := model.ParseISODay(v["day"])
		if err != nil {
			return nil, fieldError{"day", err}
		}
		*change = model.ReleaseSet{Day: day, Time: v["time"], Basis: model.Basis(v["basis"]), Reason: v["reason"], Destination: v["destination"]}
		if change.Reason == "none" {
			change.Reason = ""
		}
	}
	if err := change.Check(r, now); err != nil {
		return nil, err
	}
	return []model.Change{change}, nil
}

// newNHSForm records the NHS number.
func newNHSForm(e *env, r *model.Record) Screen {
	trace := r.Shared.Numbers[string(model.SchemeNHS)]
	statuses := make([]part.Option, 0, 9)
	for _, s := range model.TraceStatuses() {
		statuses = append(statuses, part.Option{Value: string(s), Label: s.Words(), Hint: string(s)})
	}
	return newForm(e, r, formSpec{
		title: "NHS number", name: "nhs", done: "The NHS number is recorded.",
		start: map[string]string{"number": trace.Value, "status": string(trace.Status)},
		fields: []part.Field{
			{Key: "number", Label: "NHS number", Optional: true, Hint: "Ten digits. Leave it empty when there is none and say so below.", Max: 14},
			{Key: "status", Kind: part.ChoiceField, Label: "How far is it traced?", Options: statuses, Required: "Choose how far the number is traced"},
		},
		build: func(v part.Values) ([]model.Change, error) {
			change := &model.PersonNumbered{Scheme: model.SchemeNHS, Status: model.TraceStatus(v["status"])}
			if v["number"] != "" {
				n, err := model.ParseNHSNumber(v["number"])
				if err != nil {
					return nil, fieldError{"number", err}
				}
				change.Value = string(n)
			}
			if err := change.Check(r, e.now()); err != nil {
				return nil, fieldError{"number", err}
			}
			return []model.Change{change}, nil
		},
	})
}

// newInstructionForm tells everybody what to do.
func newInstructionForm(e *env, r *model.Record) Screen {
	until := dateField(e, "until", "Until", "")
	until.Optional = true
	return newForm(e, r, formSpec{
		title: "Instruction", name: "instruction", done: "Everybody sees it now.",
		fields: []part.Field{
			{Key: "text", Label: "What must be done?", Required: "Enter what must be done", Max: 240, Hint: "Say what, not why: needs a bottom bunk, dose due at 18:00."},
			until,
		},
		build: func(v part.Values) ([]model.Change, error) {
			day, err := model.ParseISODay(v["until"])
			if err != nil {
				return nil, fieldError{"until", err}
			}
			return []model.Change{&model.InstructionGiven{Text: v["text"], Until: day}}, nil
		},
	})
}

// newMovementForm records a crossing of the gate, now.
func newMovementForm(e *env, r *model.Record) Screen {
	types := make([]part.Option, 0, 5)
	for _, t := range model.MovementTypes() {
		types = append(types, part.Option{Value: string(t), Label: t.Words()})
	}
	fields := []part.Field{{Key: "type", Kind: part.ChoiceField, Label: "What happened?", Options: types, Required: "Choose what happened"}}
	for _, t := range model.MovementTypes() {
		fields = append(fields, part.Field{
			Key: "reason/" + string(t), Kind: part.PickerField, Label: "Reason", Required: "Choose a reason",
			Find:   findOption(reasonOptions(t)),
			ShowIf: func(v part.Values) bool { return v["type"] == string(t) },
		})
	}
	fields = append(fields, part.Field{Key: "note", Label: "Note", Optional: true, Max: 240})
	return newForm(e, r, formSpec{
		title: "Movement", name: "movement", done: "The movement is recorded.", fields: fields,
		build: func(v part.Values) ([]model.Change, error) {
			kind := model.MovementType(v["type"])
			m := model.Movement{Type: kind, Reason: v["reason/"+v["type"]], At: model.InstantOf(e.now()), Note: v["note"]}
			return []model.Change{&model.MovementRecorded{Movement: m}}, nil
		},
	})
}

func reasonOptions(t model.MovementType) []part.Option {
	var out []part.Option
	for _, m := range model.MovementReasons(t) {
		if t != model.MovementRelease || model.ReleaseAccepted(m.Code) {
			out = append(out, part.Option{Value: m.Code, Label: m.Words, Hint: m.Code})
		}
	}
	return out
}
