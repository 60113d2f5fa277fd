package model_test

import (
	"testing"

	"github.com/throughgate/throughgate/model"
)

func TestAllergiesHaveExactlyFourAnswers(t *testing.T) {
	penicillin := []model.Allergy{{Substance: "Penicillin", Reaction: "anaphylaxis", Severity: model.SeveritySevere}}
	for name, c := range map[string]struct {
		change model.AllergiesSet
		words  string // "" when it is refused
	}{
		"known":             {model.AllergiesSet{State: model.AllergiesKnown, List: penicillin}, "Penicillin: anaphylaxis (severe)"},
		"none known":        {model.AllergiesSet{State: model.AllergiesNone}, "None known"},
		"not recorded":      {model.AllergiesSet{}, "Not recorded"},
		"unavailable":       {model.AllergiesSet{State: model.AllergiesUnavailable}, "Unavailable"},
		"known of nothing":  {model.AllergiesSet{State: model.AllergiesKnown}, ""},
		"none but one":      {model.AllergiesSet{State: model.AllergiesNone, List: penicillin}, ""},
		"a fifth":           {model.AllergiesSet{State: "perhaps"}, ""},
		"without substance": {model.AllergiesSet{State: model.AllergiesKnown, List: []model.Allergy{{Reaction: "rash"}}}, ""},
		"odd severity":      {model.AllergiesSet{State: model.AllergiesKnown, List: []model.Allergy{{Substance: "Nuts", Severity: "so-so"}}}, ""},
	} {
		d := newDesk(t, 1, model.RoleNurse)
		err := d.write(morning, &c.change)
		if (err == nil) != (c.words != "") {
			t.Errorf("%s: %v", name, err)
		}
		if got := d.record().Health.Allergies.Words(); err == nil && got != c.words {
			t.Errorf("%s reads %q, want %q", name, got, c.words)
		}
	}
}

func TestConsentsAreSeparateAndComplete(t *testing.T) {
	given := consentTo(model.ConsentShareGP, model.ConsentGiven)
	with := func(f func(*model.ConsentSet)) *model.ConsentSet {
		c := *given
		f(&c)
		return &c
	}
	for name, c := range map[string]struct {
		change *model.ConsentSet
		ok     bool
	}{
		"given":                {given, true},
		"how is missing":       {with(func(c *model.ConsentSet) { c.How = "" }), false},
		"odd how":              {with(func(c *model.ConsentSet) { c.How = "nod" }), false},
		"no decision":          {with(func(c *model.ConsentSet) { c.Decision = "" }), false},
		"odd decision":         {with(func(c *model.ConsentSet) { c.Decision = "maybe" }), false},
		"odd type":             {with(func(c *model.ConsentSet) { c.Type = "EVERYTHING" }), false},
		"run out":              {with(func(c *model.ConsentSet) { c.Expires = today - 1 }), false},
		"withdrawn from none":  {consentTo(model.ConsentShareGP, model.ConsentWithdrawn), false},
		"no capacity, no word": {consentTo(model.ConsentShareGP, model.ConsentLacksCapacity), false},
		"no capacity": {with(func(c *model.ConsentSet) {
			c.Decision, c.BestInterest, c.DoIt = model.ConsentLacksCapacity, "Dr Lee and the ward, for continuity", true
		}), true},
		"best interest of all": {with(func(c *model.ConsentSet) { c.BestInterest = "just so" }), false},
	} {
		d := newDesk(t, 1, model.RoleHealthAdmin)
		if err := d.write(morning, c.change); (err == nil) != c.ok {
			t.Errorf("%s: %v", name, err)
		}
	}
	slots := make(map[string]bool)
	for _, q := range model.ConsentQuestions() {
		slot := consentTo(q.Type, model.ConsentGiven).Slot()
		if slots[slot] || q.Question == "" || q.Name == "" {
			t.Errorf("%s shares its slot or has no words", q.Type)
		}
		slots[slot] = true
	}
	if len(slots) != 12 {
		t.Errorf("%d questions", len(slots))
	}
}

func TestConsentHoldsUntilItsLastDay(t *testing.T) {
	c := model.Consent{ConsentAnswer: model.ConsentAnswer{Decision: model.ConsentGiven, Expires: today}}
	if !c.Holds(today) || c.Holds(today+1) {
		t.Error("a consent does not end with its last day")
	}
	against := model.Consent{ConsentAnswer: model.ConsentAnswer{Decision: model.ConsentLacksCapacity, BestInterest: "no"}}
	if against.Holds(today) || !against.Declined() {
		t.Error("a best-interest decision against it counts as a yes")
	}
}

// TestRegistrationIsAStateMachine tries every step from every state.
func TestRegistrationIsAStateMachine(t *testing.T) {
	for _, from := range model.RegistrationStates() {
		for _, to := range model.RegistrationStates() {
			d := newDesk(t, 1, model.RoleHealthAdmin)
			d.must(morning, consentTo(model.ConsentRegisterGP, model.ConsentGiven))
			before := step(from)
			before.Day = today - 20
			d.do(morning, before)
			if to == model.RegNoReply { // whose wait has a test of its own
				sent := *before
				sent.State = model.RegSent
				d.do(morning, &sent)
				if from != model.RegSent {
					d.do(morning, before)
				}
			}
			err := d.write(morning, step(to))
			if (err == nil) != from.MayBecome(to) {
				t.Errorf("%q to %q: %v", from.Words(), to.Words(), err)
			}
		}
	}
}

func TestRegistrationIsThePersonsChoice(t *testing.T) {
	for name, c := range map[string]struct {
		answer *model.ConsentSet
		ok     bool
	}{
		"never asked": {nil, false},
		"not asked":   {consentTo(model.ConsentRegisterGP, model.ConsentNotAsked), false},
		"refused":     {consentTo(model.ConsentRegisterGP, model.ConsentRefused), false},
		"given":       {consentTo(model.ConsentRegisterGP, model.ConsentGiven), true},
	} {
		d := newDesk(t, 1, model.RoleHealthAdmin)
		if c.answer != nil {
			d.must(morning, c.answer)
		}
		d.must(morning, step(model.RegChoosing))
		if err := d.write(morning, step(model.RegFormReady)); (err == nil) != c.ok {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestRegistrationStepsLeaveWhatIsAskedLater(t *testing.T) {
	with := func(state model.RegistrationState, f func(*model.GPStep)) *model.GPStep {
		c := step(state)
		f(c)
		return c
	}
	d := newDesk(t, 1, model.RoleHealthAdmin)
	d.must(morning, consentTo(model.ConsentRegisterGP, model.ConsentGiven), step(model.RegChoosing), step(model.RegFormReady))
	for name, c := range map[string]*model.GPStep{
		"no method":        with(model.RegSent, func(c *model.GPStep) { c.Method = "" }),
		"odd method":       with(model.RegSent, func(c *model.GPStep) { c.Method = "pigeon" }),
		"no day":           with(model.RegSent, func(c *model.GPStep) { c.Day = 0 }),
		"tomorrow":         with(model.RegSent, func(c *model.GPStep) { c.Day = today + 1 }),
		"before the form":  with(model.RegSent, func(c *model.GPStep) { c.Day = today - 1 }),
		"another practice": with(model.RegSent, func(c *model.GPStep) { c.Practice.Code = "B86002" }),
		"no practice code": with(model.RegSent, func(c *model.GPStep) { c.Practice.Code = "V81999" }),
	} {
		if err := d.write(morning, c); model.KindOf(err) != model.KindInvalid {
			t.Errorf("%s: %v", name, err)
		}
	}
	d.must(morning, step(model.RegSent))
	if err := d.write(morning, with(model.RegAccepted, func(c *model.GPStep) { c.Who = "" })); model.KindOf(err) != model.KindInvalid {
		t.Errorf("accepted by nobody: %v", err)
	}
	if got := d.record().Health.Registration.SentOn(); got != today {
		t.Errorf("sent on %s", got)
	}
}
