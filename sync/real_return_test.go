package sync_test

import (
	"testing"
	"time"

	"github.com/throughgate/throughgate/model"
)

// TestWhoWasRemovedComesBackWhole removes somebody at one desk by the retention
// rule, verifies the audit, and has another desk receive them again half a year
// later.
func TestWhoWasRemovedComesBackWhole(t *testing.T) {
	s, c := clocked(t)
	a, b := s.workstation(t, 1), s.workstation(t, 2)
	id, stays := a.person(), a.person()
	for _, one := range []model.PersonID{id, stays} {
		a.do(a.officer, one, named("Smith"), &model.StaySet{Site: "LEI"})
		a.do(a.nurse, one, &model.HealthNoted{Text: "allergic to penicillin"})
	}
	a.once()
	b.once()
	b.do(b.nurse, id, &model.InstructionGiven{Text: "inhaler"})
	a.do(a.officer, id, &model.MovementRecorded{Movement: model.Movement{Type: model.MovementRelease, Reason: "CR", At: model.InstantOf(c.now())}})
	b.once()
	a.once()
	c.add(184 * 24 * time.Hour)
	done, err := a.officer.Retain(t.Context(), model.RetentionDays, false)
	if err != nil || done.People != 1 || done.Entries != 5 {
		t.Fatalf("%+v, %v", done, err)
	}
	verified := func(when string, removed int) {
		t.Helper()
		report, err := a.VerifyAudit(t.Context(), a.nurse)
		if err != nil || len(report.Findings) != 0 || report.Checked.Removed != removed {
			t.Errorf("%s: %d removed, %+v, %v", when, report.Checked.Removed, report.Findings, err)
		}
	}
	a.once()
	verified("after the removal", 5)
	if _, err := a.nurse.Get(t.Context(), id); model.KindOf(err) != model.KindNotFound {
		t.Errorf("removed, and yet: %v", err)
	}

	b.do(b.officer, id, &model.StaySet{Site: "LEI", Received: model.DayOf(c.now())})
	b.once()
	a.once()
	verified("after they came back", 0)
	ra, errA := a.nurse.Get(t.Context(), id)
	rb, errB := b.nurse.Get(t.Context(), id)
	if errA != nil || errB != nil || ra.Partial || len(ra.Health.Notes) != 1 || ra.Shared.Log.Last != rb.Shared.Log.Last {
		t.Fatalf("%+v (%v, %v)", ra, errA, errB)
	}
	same(t, []model.PersonID{id, stays}, a, b)

	// The desk of another prison has no business with them.
	other := s.workstation(t, 3)
	if _, err := other.client.Person(t.Context(), model.PersonID{1}); model.KindOf(err) != model.KindNotFound {
		t.Errorf("somebody of nowhere: %v", err)
	}
}
