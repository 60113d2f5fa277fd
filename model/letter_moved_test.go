package model_test

import (
	"testing"
	"time"

	"github.com/throughgate/throughgate/model"
)

// TestALetterForAnotherDayHoldsNoMore: offender management, who hold no key to the
// letter, move the date; the line opens for everybody, what healthcare records next
// does not close it, and a letter for the new day does.
func TestALetterForAnotherDayHoldsNoMore(t *testing.T) {
	d := leaver(t)
	writeUp(d, morning)
	if _, err := sign(d, morning.Add(time.Hour), clinicianKey); err != nil {
		t.Fatal(err)
	}
	moves := func(hours int, day model.Day, basis model.Basis) {
		d.by("o.lee", model.RoleOMU).do(morning.Add(time.Duration(hours)*time.Hour), &model.ReleaseSet{Day: day, Basis: basis, Reason: "CR"})
		d.as("a.khan", model.RolePrescriber)
	}
	moves(2, today+1, model.BasisConditional)
	if !d.record().Health.LetterHolds() || d.word(model.ItemLetter) != "signed" {
		t.Error("the same day on another basis puts the letter out of date")
	}
	moves(3, today+5, model.BasisConfirmed)
	if d.record().Health.LetterHolds() || d.word(model.ItemLetter) != "redo" {
		t.Errorf("moved: holds %v, the line is %q", d.record().Health.LetterHolds(), d.word(model.ItemLetter))
	}
	d.must(morning.Add(4*time.Hour), &model.ContactSet{ContactDetails: model.ContactDetails{NoFixedAddress: true, Phone: "07700 900124"}}, consentTo(model.ConsentShareGP, model.ConsentGiven))
	if d.word(model.ItemLetter) != "redo" {
		t.Errorf("after an entry of healthcare the line is %q", d.word(model.ItemLetter))
	}
	if _, err := sign(d, morning.Add(5*time.Hour), clinicianKey); err != nil {
		t.Fatal(err)
	}
	if !d.record().Health.LetterHolds() || d.word(model.ItemLetter) != "signed" {
		t.Error("signed for the new day, it does not hold")
	}
	gone := d.by("o.lee", model.RoleReception)
	gone.do(morning.Add(6*time.Hour), &model.MovementRecorded{Movement: model.Movement{Type: model.MovementRelease, Reason: "CR", At: model.InstantOf(morning.Add(6 * time.Hour))}})
	if !d.record().Health.LetterHolds() {
		t.Error("leaving puts the letter out of date")
	}
}
