package tui

import (
	"strconv"
	"strings"

	"github.com/throughgate/throughgate/model"
	"github.com/throughgate/throughgate/tui/part"
)

// The names of the forms about a person, for drafts and for coming back.
const (
	itemForm        = "item/" // then the item
	releaseForm     = "release"
	nhsForm         = "nhs"
	instructionForm = "instruction"
	movementForm    = "movement"
)

// formNamed makes the form of a name; nil when there is none, or the role may
// not use it any more.
func formNamed(e *env, r *model.Record, name string) Screen {
	allowed := func(c model.Change) bool { return e.allow(r, c) == "" }
	if stamp := trimPrefix(name, reviewForm); stamp != "" {
		return reviewNamed(e, r, stamp)
	}
	if screen := bagNamed(e, r, name); screen != nil {
		return screen
	}
	switch item := model.ItemID(strings.TrimPrefix(name, itemForm)); {
	case name == releaseForm && allowed(&model.ReleaseSet{}):
		return newReleaseForm(e, r)
	case name == nhsForm && allowed(&model.PersonNumbered{}):
		return newNHSForm(e, r)
	case name == instructionForm && allowed(&model.InstructionGiven{}):
		return newInstructionForm(e, r)
	case name == glassForm && allowed(&model.GlassBroken{}):
		return newGlassForm(e, r)
	case name == movementForm && allowed(&model.MovementRecorded{}):
		return newMovementForm(e, r)
	case string(item) != name && allowed(&model.ItemSet{Item: item}):
		return newItemForm(e, r, item)
	}
	switch name {
	case rescueScreen:
		return newRescue(e, r.ID)
	case afterScreen:
		return newAfter(e, r.ID)
	case triageScreen:
		if r.Health != nil {
			return newTriage(e, r.ID)
		}
	}
	if form := custodyForm(e, r, name); form != nil {
		return form
	}
	if form := gateForms(e, r, name); form != nil {
		return form
	}
	if n, err := strconv.Atoi(trimPrefix(name, checkForm)); err == nil && allowed(&model.AfterChecked{}) {
		return newCheckForm(e, r, n)
	}
	if form := rescueForms(e, r, name); form != nil {
		return form
	}
	return healthForm(e, r, name)
}

// newItemForm sets one line of the checklist by hand.
func newItemForm(e *env, r *model.Record, id model.ItemID) Screen {
	facts, _ := model.FactsOf(id)
	item := r.Shared.Item(id)
	return newForm(e, r, formSpec{
		title: facts.Name, name: itemForm + string(id), done: facts.Name + " is set.", compact: true,
		start: map[string]string{"state": stateValue(item.State), "note": item.Note},
		fields: []part.Field{
			{Key: "state", Kind: part.ChoiceField, Label: facts.Name, Options: itemStates(facts, item), Required: "Choose a state", Hint: "Done means " + facts.Wants + "."},
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

// itemStates lists the states a hand may set. Where a line follows from what is
// recorded, it is for the record to say how far it is.
func itemStates(facts model.ItemFacts, item model.Item) []part.Option {
	var states []part.Option
	for _, s := range model.ItemStates() {
		o := part.Option{Value: stateValue(s), Label: s.Words()}
		byRecord := s == model.Done || s == model.InProgress || facts.Derive != nil && s != model.NotStarted && s != model.NotNeeded
		switch {
		case facts.Derive != nil && s == model.NotStarted:
			o.Label = "As the record has it"
		case !facts.Manual && byRecord && s != item.State:
			o.Disabled = "follows from what is recorded"
		}
		states = append(states, o)
	}
	return states
}

const notStarted = "not-started"

// stateValue gives the state that is empty on the wire a name a form can hold.
func stateValue(s model.ItemState) string {
	if s == model.NotStarted {
		return notStarted
	}
	return string(s)
}

func stateOf(value string) model.ItemState {
	if value == notStarted {
		return model.NotStarted
	}
	return model.ItemState(value)
}

// newNHSForm records the NHS number.
func newNHSForm(e *env, r *model.Record) Screen {
	trace := r.Shared.Numbers[string(model.SchemeNHS)]
	statuses := make([]part.Option, 0, len(model.TraceStatuses()))
	for _, s := range model.TraceStatuses() {
		statuses = append(statuses, part.Option{Value: string(s), Label: s.Words(), Hint: string(s)})
	}
	return newForm(e, r, formSpec{
		title: "NHS number", name: nhsForm, done: "The NHS number is recorded.", compact: true,
		start: map[string]string{"number": trace.Value, "status": string(trace.Status)},
		fields: []part.Field{
			{Key: "number", Label: "NHS number", Optional: true, Hint: "Ten digits, with or without spaces. Leave it empty when there is none.", Max: 14},
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
		title: "Instruction", name: instructionForm, done: "Everybody sees the instruction now.", button: "Tell everybody",
		fields: []part.Field{
			{Key: "text", Label: "What must be done?", Required: "Enter what must be done", Max: 240, Hint: "Say what, not why. Everybody can read it: needs a bottom bunk, dose due at 18:00."},
			until,
		},
		build: func(v part.Values) ([]model.Change, error) {
			day, err := model.ParseISODay(v["until"])
			if err != nil {
				return nil, fieldError{"until", err}
			}
			change := &model.InstructionGiven{Text: v["text"], Until: day}
			if err := change.Check(r, e.now()); err != nil {
				return nil, fieldError{"until", err}
			}
			return []model.Change{change}, nil
		},
	})
}
