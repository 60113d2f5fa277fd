package hub_test

import (
	"strings"
	"testing"

	"github.com/throughgate/throughgate/model"
)

// TestASiteWritesOfItsOwnPeopleOnly has another prison write of somebody, in each
// way there is, before and after they are received there.
func TestASiteWritesOfItsOwnPeopleOnly(t *testing.T) {
	s := newService(t)
	officer, nurse := s.staff("officer", "LEI", model.RoleReception), s.staff("nurse", "LEI", model.RoleNurse)
	officer2, nurse2 := s.staff("officer2", "MDI", model.RoleReception), s.staff("nurse2", "MDI", model.RoleNurse)
	lei, mdi := s.desk("LEI"), s.desk("MDI")
	lei.send(model.PushTaken, lei.write(officer, ann, cell("A-1-001")), lei.write(nurse, ann, &model.HealthNoted{Text: "Here."}))
	released := &model.MovementRecorded{Movement: model.Movement{Type: model.MovementRelease, Reason: "CR", At: 5}}
	for name, write := range map[string][]model.Envelope{
		"a note":                            {mdi.write(nurse2, ann, &model.HealthNoted{Text: "There."})},
		"that they are held where they are": {mdi.write(officer2, ann, heldAt("LEI"))},
		"that they left":                    {mdi.write(officer2, ann, released)},
		"several things":                    mdi.whole(officer2, ann, three),
	} {
		for _, r := range mdi.send(model.PushRefused, write...) {
			if !strings.Contains(r.Reason, "not at your prison") {
				t.Errorf("%s: refused because %q", name, r.Reason)
			}
		}
	}
	if n := len(lei.pull(0).Envelopes) + len(mdi.pull(0).Envelopes); n != 2 {
		t.Errorf("%d ops are in the feeds, want 2", n)
	}
	// They are received there: the write that says so may say more.
	mdi.send(model.PushTaken, mdi.whole(officer2, ann, []model.Change{cell("B-1"), heldAt("MDI"), cell("B-2")})...)
	mdi.send(model.PushTaken, mdi.write(nurse2, ann, &model.HealthNoted{Text: "There."}))
	expectKinds(t, mdi.opens(nurse2, mdi.pull(0)), "stay.location", "stay.location", "health.noted", "stay.set", "stay.location", "health.noted")
	// Where they were knows of it, and may still write.
	expectKinds(t, lei.opens(nurse, lei.pull(2)), "stay.location", "stay.set", "stay.location", "health.noted")
	lei.send(model.PushTaken, lei.write(nurse, ann, &model.HealthNoted{Text: "Late."}))
}

func TestWhoeverWritesFirstOfSomebodyNewHasThem(t *testing.T) {
	s := newService(t)
	officer, officer2 := s.staff("officer", "LEI", model.RoleReception), s.staff("officer2", "MDI", model.RoleReception)
	lei, mdi := s.desk("LEI"), s.desk("MDI")
	refused := lei.whole(officer, ann, three, func(i int, w *draft) { w.op.Stamp.Wall += 1e9 })
	lei.send(model.PushRefused, refused...)
	lei.clock.Last = model.Stamp{}
	// What was refused makes nobody theirs.
	mdi.send(model.PushTaken, append(mdi.whole(officer2, ann, three), mdi.write(officer2, ann, cell("4")))...)
	lei.send(model.PushRefused, lei.write(officer, ann, cell("5")))
	admitted := &model.MovementRecorded{Movement: model.Movement{Type: model.MovementAdmission, Reason: "N", At: 5}}
	lei.send(model.PushTaken, lei.write(officer, ann, admitted), lei.write(officer, ann, cell("6")))
	if n := len(lei.pull(0).Envelopes); n != 6 {
		t.Errorf("%d ops came with somebody who was admitted, want 6", n)
	}
}
