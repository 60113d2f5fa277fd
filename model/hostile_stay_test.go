package model_test

import (
	"testing"
	"time"

	"github.com/throughgate/throughgate/model"
)

func moved(kind model.MovementType, reason string, at model.Instant) *model.MovementRecorded {
	return &model.MovementRecorded{Movement: model.Movement{Type: kind, Reason: reason, At: at}}
}

// Whatever time or way a program gives a return, what was done for the release
// that is over does not count for the next.
func TestNoReturnMakesWorkOfTheLastReleaseCount(t *testing.T) {
	before := model.InstantOf(outAt) - 3_600_000
	for name, after := range map[string][]model.Change{
		"before the release":       {moved(model.MovementAdmission, "L", before), recalled(backAt)},
		"of no time":               {moved(model.MovementAdmission, "L", 1), recalled(backAt)},
		"by way of a court":        {moved(model.MovementCourt, "CRT", model.InstantOf(backAt)), recalled(backAt.Add(time.Hour))},
		"after a second release":   {moved(model.MovementRelease, "BL", 1), moved(model.MovementAdmission, "L", 2)},
		"as somebody thought dead": {moved(model.MovementRelease, "DEC", 1), moved(model.MovementAdmission, "L", 2)},
		"a list of long ago": {
			&model.StaySet{Site: "LEI", BookingID: "2", Received: 1},
		},
		"with a rescue list of long ago": {
			moved(model.MovementRelease, "BL", 1),
			&model.RescueStarted{Known: 1, Left: 1, Reason: "NG", Told: "Clerk", Means: model.RescueWays()[0]},
			moved(model.MovementAdmission, "L", 2),
		},
	} {
		d := goneAndBack(t)
		for i, c := range after {
			d.do(backAt.Add(time.Duration(i)*time.Hour), c)
		}
		r := d.record()
		if r.Shared.Back <= model.InstantOf(outAt) || len(doneLines(r)) > 0 {
			t.Errorf("%s: back since %v, done %q", name, r.Shared.Back, doneLines(r))
		}
	}
}

// A list alone said that somebody was released.
func TestAReturnIsNotBeforeAListSaidThatThePersonHadGone(t *testing.T) {
	d := newDesk(t, 1, model.RoleReception)
	d.do(outAt.Add(-time.Hour), &model.StaySet{Site: "LEI", BookingID: "1", Received: model.DayOf(outAt) - 60})
	d.do(outAt.Add(-time.Minute), &model.ItemSet{Item: model.ItemNeedsReview, State: model.Done})
	d.do(outAt, &model.StaySet{Site: "LEI", BookingID: "1", Received: model.DayOf(outAt) - 60, Out: string(model.MovementRelease)})
	d.do(backAt, moved(model.MovementAdmission, "L", 1))
	if s := d.record().Shared; s.Items[model.ItemNeedsReview].State == model.Done || !s.Stay.In() {
		t.Errorf("back since %v, the review is %q", s.Back, s.Items[model.ItemNeedsReview].State)
	}
}

// A desk that was offline sends a movement of the day before the release.
func TestAMovementBeforeTheReleaseBringsNobodyBack(t *testing.T) {
	d := goneAndBack(t)
	d.do(outAt.Add(time.Hour), moved(model.MovementAdmission, "N", model.InstantOf(outAt)-9_000_000))
	s := d.record().Shared
	left, gone := s.Gone()
	if s.Stay.In() || !gone || left != model.InstantOf(outAt) || len(s.Movements) != 2 || s.Movements[0].Type != model.MovementAdmission {
		t.Errorf("in %v, left %v, movements %+v", s.Stay.In(), left, s.Movements)
	}
}

// A death that was another's is put right, and the person never left.
func TestADeathPutRightTakesNoWorkAway(t *testing.T) {
	d := newDesk(t, 1, model.RoleReception)
	d.do(outAt.Add(-time.Hour), &model.StaySet{Site: "LEI", BookingID: "1", Received: model.DayOf(outAt) - 60})
	d.do(outAt.Add(-time.Minute), &model.ItemSet{Item: model.ItemNeedsReview, State: model.Done})
	d.do(outAt, moved(model.MovementRelease, "DEC", model.InstantOf(outAt)))
	d.do(outAt.Add(time.Hour), recalled(outAt.Add(time.Hour)))
	if s := d.record().Shared; !s.Deceased.IsZero() || !s.Stay.In() || !s.Back.IsZero() || s.Items[model.ItemNeedsReview].State != model.Done {
		t.Errorf("dead %v, in %v, back %v, the review is %q", s.Deceased, s.Stay.In(), s.Back, s.Items[model.ItemNeedsReview].State)
	}
}

// A check after a release is of somebody who was released: it makes nobody dead
// who is in the prison, and is not one of the next release.
func TestACheckAfterAReleaseIsOfWhoWasReleased(t *testing.T) {
	d := goneAndBack(t)
	d.do(backAt, recalled(backAt))
	d.do(backAt.Add(time.Hour), &model.AfterChecked{On: 1, Outcome: model.AfterDied})
	if s := d.record().Shared; !s.Deceased.IsZero() || len(s.After) != 0 {
		t.Errorf("dead since %v, checks %v", s.Deceased, s.After)
	}
}

// A new stay whose list says that the person has died is not a return of the
// living.
func TestAListThatSaysDeadAfterAReleaseIsBelieved(t *testing.T) {
	d := goneAndBack(t)
	d.do(backAt, &model.StaySet{Site: "LEI", BookingID: "2", LegalStatus: "DEAD", Received: model.DayOf(backAt)})
	if d.record().Shared.Deceased.IsZero() {
		t.Error("alive")
	}
}

// Nothing is overdue that was due before the person was here, so nobody is here
// only since next year.
func TestNobodyIsReceivedInTheFuture(t *testing.T) {
	d := newDesk(t, 1, model.RoleReception)
	d.do(morning, &model.StaySet{Site: "LEI", BookingID: "1", Received: model.DayOf(morning) + 400})
	if got := d.record().Shared.Stay.Received; got > model.DayOf(morning) {
		t.Errorf("received %v", got)
	}
}

// Nor does an older list bring somebody to life whose death was recorded here.
func TestAnOldListRaisesNobodyFromTheDead(t *testing.T) {
	stay := func(legal string, out model.MovementType) *model.StaySet {
		return &model.StaySet{Site: "LEI", BookingID: "1", LegalStatus: legal, Received: model.DayOf(outAt) - 60, Out: string(out)}
	}
	d := newDesk(t, 1, model.RoleReception)
	d.do(outAt.Add(-time.Hour), stay("SENTENCED", ""))
	d.do(outAt, moved(model.MovementRelease, "DEC", model.InstantOf(outAt)))
	d.do(outAt.Add(time.Hour), stay("DEAD", model.MovementRelease))
	d.do(outAt.Add(2*time.Hour), stay("SENTENCED", ""))
	if d.record().Shared.Deceased.IsZero() {
		t.Error("alive by an old list")
	}
	d.do(outAt.Add(3*time.Hour), recalled(outAt.Add(3*time.Hour)))
	if s := d.record().Shared; !s.Deceased.IsZero() || !s.Stay.In() {
		t.Error("put right at the gate, the person is dead")
	}
}
