package tui

import (
	"github.com/throughgate/throughgate/model"
	"github.com/throughgate/throughgate/tui/part"
)

// The names of the forms of the walk, for their drafts and for coming back.
const (
	identityForm = "gate-identity"
	propertyForm = "gate-property"
	receiptForm  = "gate-receipt"
	leaveForm    = "gate-leave"
	passForm     = "gate-override/" // then the line
)

// gateForms makes a form of the walk by its name; nil when it is none, or the
// role may not use it.
func gateForms(e *env, r *model.Record, name string) Screen {
	allowed := func(c model.Change) bool { return e.allow(r, c) == "" }
	switch item := model.ItemID(trimPrefix(name, passForm)); {
	case name == identityForm && allowed(&model.GateIdentified{}):
		return newIdentityForm(e, r)
	case name == propertyForm && allowed(&model.GatePropertySet{}):
		return newPropertyForm(e, r)
	case name == receiptForm && allowed(&model.GateReceiptSigned{}):
		return newReceiptForm(e, r)
	case name == leaveForm && allowed(&model.MovementRecorded{}):
		return newLeaveForm(e, r)
	case item != "" && allowed(&model.GateOverridden{Item: item}):
		return newPassForm(e, r, item)
	}
	return nil
}

// newIdentityForm is the first officer's check of who it is.
func newIdentityForm(e *env, r *model.Record) Screen {
	identifiers := make([]part.Option, 0, len(model.GateIdentifiers))
	for _, row := range model.GateIdentifiers {
		identifiers = append(identifiers, part.Option{Value: row.Code, Label: row.Words})
	}
	return newForm(e, r, formSpec{
		title: "Identity at the gate", name: identityForm, done: "Identity checked. A second officer confirms it.", button: "I have checked who this is",
		fields: []part.Field{
			{Key: "photo", Kind: part.MultiField, Label: "The face", Options: []part.Option{{Value: "yes", Label: "I compared the person's face with the photograph"}}, Required: "Compare the person's face with the photograph"},
			{Key: "identifiers", Kind: part.MultiField, Label: "Which two identifiers did you check?", Options: identifiers, Required: "Choose at least two",
				Hint: "Ask for them; do not read them out."},
		},
		build: func(v part.Values) ([]model.Change, error) {
			change := &model.GateIdentified{Photo: v["photo"] == "yes", Identifiers: v.List("identifiers")}
			return []model.Change{change}, change.Check(r, e.now())
		},
	})
}

// newPropertyForm records what was given back.
func newPropertyForm(e *env, r *model.Record) Screen {
	holds := make([]part.Option, 0, 4)
	for _, h := range model.GateHolds() {
		holds = append(holds, part.Option{Value: string(h), Label: h.Words()})
	}
	have := r.Shared.Gate.Property
	start := map[string]string{"listed": have.Listed, "possession": string(have.Possession)}
	if !have.By.IsZero() {
		start["any"] = yesOrNo(!have.None)
	}
	return newForm(e, r, formSpec{
		title: "Property", name: propertyForm, done: "Property is recorded.", button: "Record it", compact: true, start: start,
		fields: []part.Field{
			{Key: "any", Kind: part.ChoiceField, Label: "Property", Options: []part.Option{{Value: "yes", Label: "Given back"}, {Value: "no", Label: "There is none"}}, Required: "Say whether there is property"},
			{Key: "listed", Label: "What", Max: 240, Required: "Enter the number of the property card, or what it was", ShowIf: func(v part.Values) bool { return v["any"] == "yes" }},
			{Key: "possession", Kind: part.ChoiceField, Label: "Medicines they kept", Options: holds, Required: "Say what became of the medicines the person kept themselves"},
		},
		build: func(v part.Values) ([]model.Change, error) {
			change := &model.GatePropertySet{None: v["any"] == "no", Listed: v["listed"], Possession: model.GateHeld(v["possession"])}
			return []model.Change{change}, change.Check(r, e.now())
		},
	})
}

func yesOrNo(yes bool) string {
	if yes {
		return "yes"
	}
	return "no"
}

// newReceiptForm records the person's signature, or why there is none.
func newReceiptForm(e *env, r *model.Record) Screen {
	signatures := make([]part.Option, 0, 3)
	for _, s := range model.GateSignatures() {
		signatures = append(signatures, part.Option{Value: string(s), Label: s.Words()})
	}
	letters := make([]part.Option, 0, len(model.GateLetters))
	for _, row := range model.GateLetters {
		letters = append(letters, part.Option{Value: row.Code, Label: row.Words})
	}
	have := r.Shared.Gate.Receipt
	return newForm(e, r, formSpec{
		title: "The person's signature", name: receiptForm, done: "The receipt is recorded.", button: "Record it", compact: true,
		start: map[string]string{"signature": string(have.Signature), "letter": have.Letter, "why": have.Why},
		fields: []part.Field{
			{Key: "letter", Kind: part.ChoiceField, Label: "Their copy of the letter", Options: letters, Required: "Say what became of the person's copy of the letter"},
			{Key: "signature", Kind: part.ChoiceField, Label: "The receipt", Options: signatures, Required: "Say whether the person signed", Hint: "A refusal keeps nobody in prison."},
			{Key: "why", Label: "Why not", Max: 240, Required: "Say why the person did not sign", Hint: "Everybody can read it: nothing clinical.",
				ShowIf: func(v part.Values) bool {
					return v["signature"] != "" && v["signature"] != string(model.SignatureGiven)
				}},
		},
		build: func(v part.Values) ([]model.Change, error) {
			change := &model.GateReceiptSigned{Signature: model.GateSignature(v["signature"]), Letter: v["letter"], Why: v["why"]}
			return []model.Change{change}, change.Check(r, e.now())
		},
	})
}

// newPassForm lets the person leave though a line is open.
func newPassForm(e *env, r *model.Record, item model.ItemID) Screen {
	facts, _ := model.FactsOf(item)
	reasons := make([]part.Option, 0, 6)
	for _, reason := range model.OverrideReasons() {
		reasons = append(reasons, part.Option{Value: string(reason), Label: reason.Words()})
	}
	have := r.Shared.Gate.Overrides[item]
	return newForm(e, r, formSpec{
		title: "Leave without: " + facts.Name, name: passForm + string(item), done: facts.Name + " is overridden, and is followed up after the release.", button: "Override it",
		start: map[string]string{"reason": string(have.Reason), "words": have.Words},
		fields: []part.Field{
			{Key: "what", Kind: part.InfoField, Label: facts.Name + " wants " + facts.Wants + ". It is not done by this: it is on the list after the release, and your name stands beside it."},
			{Key: "reason", Kind: part.ChoiceField, Label: "Why does it not keep the person in?", Options: reasons, Required: "Choose a reason"},
			{Key: "words", Label: "What will be done instead?", Max: 240, Required: "Say what will be done instead", Hint: "Who follows it up, and how. Everybody can read it: nothing clinical."},
		},
		build: func(v part.Values) ([]model.Change, error) {
			change := &model.GateOverridden{Item: item, Reason: model.OverrideReason(v["reason"]), Words: v["words"]}
			return []model.Change{change}, change.Check(r, e.now())
		},
	})
}

// newLeaveForm records the release itself: the last thing of the walk.
func newLeaveForm(e *env, r *model.Record) Screen {
	rel := r.Shared.Release
	return newForm(e, r, formSpec{
		title: "Out of the gate", name: leaveForm, done: "The release is recorded.", button: "Record the release", compact: true,
		start: map[string]string{"reason": reasonDraft(model.MovementRelease, rel.Reason)},
		fields: []part.Field{
			{Key: "reason", Kind: part.PickerField, Label: "Reason", Find: findOption(reasonOptions(model.MovementRelease)), Required: "Choose a reason"},
			{Key: "time", Label: "Time", Optional: true, Max: 5, Hint: "Today, like 09:30. Leave it empty for now."},
			{Key: "note", Label: "Note", Optional: true, Max: 240},
		},
		build: func(v part.Values) ([]model.Change, error) {
			if rest := r.BeforeLeaving(); len(rest) > 0 {
				return nil, model.Invalid("The walk through the gate is not done.", "Go back to it: what is left stands there.")
			}
			at, err := todayAt(e.now(), v["time"])
			if err != nil {
				return nil, fieldError{"time", err}
			}
			change := &model.MovementRecorded{Movement: model.Movement{Type: model.MovementRelease, Reason: v["reason"], At: model.InstantOf(at), Note: v["note"]}}
			if err := change.Check(r, e.now()); err != nil {
				return nil, fieldError{"time", err}
			}
			return []model.Change{change}, nil
		},
		confirm: func(part.Values) *confirmation { return confirmMovement(e, r, model.MovementRelease, "") },
	})
}
