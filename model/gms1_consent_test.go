package model_test

import (
	"testing"

	"github.com/throughgate/throughgate/model"
)

// The registration form carries what the person said of their record and their
// pharmacy, wherever they were asked last.
func TestTheRegistrationFormCarriesTheAnswersOnConsent(t *testing.T) {
	d := newDesk(t, 1, model.RoleNurse)
	said := func(key model.GMS1Key) string {
		for _, q := range model.GMS1Questions(model.GMS1Choices) {
			if q.Key == key {
				return d.record().Health.Answer(q).Text
			}
		}
		return "no such question"
	}
	expect := func(scr, pharmacy string) {
		t.Helper()
		if said("scr") != scr || said("pharmacy") != pharmacy {
			t.Errorf("the form says %q and %q, want %q and %q", said("scr"), said("pharmacy"), scr, pharmacy)
		}
	}
	expect("", "")
	chosen := answer(model.ConsentPharmacy, model.ConsentGiven)
	chosen.Scope = "Mill Lane Pharmacy"
	d.must(morning, answer(model.ConsentSCR, model.ConsentGiven), chosen)
	expect("core", "Mill Lane Pharmacy")
	d.must(morning, &model.GMS1Set{Page: model.GMS1Choices, Answers: map[model.GMS1Key]model.GMS1Answer{"scr": {Said: model.GMS1Answered, Text: "additional"}}})
	expect("additional", "Mill Lane Pharmacy")
	d.must(morning, answer(model.ConsentSCR, model.ConsentWithdrawn), answer(model.ConsentPharmacy, model.ConsentNotAsked))
	expect("none", "")
}
