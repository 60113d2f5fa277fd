package model_test

import (
	"strings"
	"testing"
	"time"

	"github.com/throughgate/throughgate/model"
)

// TestADeathStopsEverythingWhereverItIsRecorded: the checklist, supplies and the
// checks after a release end, and what was put right goes on.
func TestADeathStopsEverythingWhereverItIsRecorded(t *testing.T) {
	left := model.MovementRecorded{Movement: model.Movement{Type: model.MovementRelease, Reason: "CR", At: model.InstantOf(morning)}}
	stay := func(legal string) *model.StaySet {
		return &model.StaySet{Site: "LEI", BookingID: "1", LegalStatus: legal, Received: today - 60}
	}
	for name, c := range map[string]struct {
		before     []model.Change
		died, undo model.Change
	}{
		"a movement": {nil,
			&model.MovementRecorded{Movement: model.Movement{Type: model.MovementRelease, Reason: "DEC", At: model.InstantOf(morning)}},
			recalled(morning.Add(2 * time.Hour))},
		"prison IT":                 {nil, stay("DEAD"), stay("SENTENCED")},
		"a check after the release": {[]model.Change{&left}, &model.AfterChecked{On: 1, Outcome: model.AfterDied}, &model.AfterChecked{On: 1, Outcome: model.AfterContact}},
	} {
		d := newDesk(t, 1, model.RoleReception)
		d.do(morning.Add(-time.Hour), stay("SENTENCED"))
		d.do(morning.Add(-time.Hour), &model.ReleaseSet{Day: today, Basis: model.BasisConfirmed, Reason: "CR"})
		for _, change := range c.before {
			d.do(morning, change)
		}
		d.do(morning.Add(time.Hour), c.died)
		s := &d.record().Shared
		if s.Deceased != today || s.Way() != model.WayDied || len(model.Timeline(nil).ChecksDue(s)) > 0 || len(model.Timeline(nil).FollowUps(s)) > 0 {
			t.Errorf("%s: deceased %v, way %c, %d checks, %d follow-ups", name, s.Deceased, s.Way(), len(model.Timeline(nil).ChecksDue(s)), len(model.Timeline(nil).FollowUps(s)))
		}
		if row := model.RowOf(model.PersonID{1}, s); !row.Deceased {
			t.Errorf("%s: the board does not say it", name)
		}
		if err := (&model.RescueStarted{}).Check(d.record(), morning); err == nil || !strings.Contains(err.Error(), "died") {
			t.Errorf("%s: a rescue begins: %v", name, err)
		}
		d.do(morning.Add(2*time.Hour), c.undo)
		if s := &d.record().Shared; !s.Deceased.IsZero() {
			t.Errorf("%s: put right, the person is still dead", name)
		}
	}
}
