package store_test

import (
	"testing"
	"time"

	"github.com/throughgate/throughgate/model"
)

// TestAReturnToPrisonBeginsHealthcaresWorkAnew: the officer at the gate holds no
// health key, and yet what was arranged for the last release neither shows nor
// counts once they have booked the person in, while nothing of it is lost.
func TestAReturnToPrisonBeginsHealthcaresWorkAnew(t *testing.T) {
	s := newSite(t)
	st := s.desk()
	officer, nurse, id := signIn(t, st, "officer"), signIn(t, st, "nurse"), model.PersonID{1}
	moved := func(kind model.MovementType, reason string) *model.MovementRecorded {
		return &model.MovementRecorded{Movement: model.Movement{Type: kind, Reason: reason, At: model.InstantOf(s.clock.Now())}}
	}
	do(t, officer, id, &model.StaySet{Site: "LEI", Received: model.DayOf(s.clock.Now()) - 60})
	naloxone := &model.NaloxoneSet{Answer: model.NaloxoneRefused}
	do(t, nurse, id, &model.AllergiesSet{State: model.AllergiesNone}, naloxone)
	s.clock.add(time.Hour)
	do(t, officer, id, moved(model.MovementRelease, "CR"))
	s.clock.add(time.Hour)
	do(t, officer, id, moved(model.MovementAdmission, "L"))
	s.clock.add(time.Hour)

	r, err := nurse.Get(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	if r.Health.Naloxone.Answer != model.NaloxoneNotAsked || r.Shared.Items[model.ItemNaloxone].State != model.NotStarted {
		t.Errorf("the offer at the last release stands: %+v, %+v", r.Health.Naloxone, r.Shared.Items[model.ItemNaloxone])
	}
	if r.Health.Allergies.State != model.AllergiesNone || r.Health.Before.Naloxone.Answer != model.NaloxoneRefused {
		t.Error("what is true of the person, or what was before, is lost")
	}
	glass := breakGlass(t, signIn(t, st, "manager"), need(id, model.Health))
	if seen, err := glass.Get(t.Context()); err != nil || seen.Health.Naloxone.Answer != model.NaloxoneNotAsked {
		t.Errorf("behind the glass the offer at the last release stands: %v", err)
	}
	do(t, nurse, id, naloxone)
	if r, err = nurse.Get(t.Context(), id); err != nil || r.Shared.Items[model.ItemNaloxone].State != model.Refused {
		t.Errorf("offered again: %+v, %v", r.Shared.Items[model.ItemNaloxone], err)
	}
}
