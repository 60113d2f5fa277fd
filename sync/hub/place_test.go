package hub_test

import (
	"testing"

	"github.com/throughgate/throughgate/model"
	"github.com/throughgate/throughgate/store/seal"
	"github.com/throughgate/throughgate/sync"
)

func heldAt(site model.SiteCode) model.Change {
	return &model.StaySet{Site: site, LegalStatus: "SENTENCED"}
}

// opens opens every op of a feed with somebody's keys, as a desk does, and
// verifies it against the roster. It returns their kinds.
func (d *desk) opens(a *author, feed *sync.Feed) []string {
	tb := d.service.tb
	tb.Helper()
	data, err := d.Client.Site(tb.Context())
	if err != nil {
		tb.Fatal(err)
	}
	var kinds []string
	for _, e := range feed.Envelopes {
		signed := openedBy(a, e)
		if signed == nil {
			kinds = append(kinds, "closed")
			continue
		}
		op, encoded, signature, err := model.DecodeOp(signed)
		if err != nil || !e.Agrees(op, signed) {
			tb.Fatalf("an op does not agree with its envelope: %v", err)
		}
		member, found := data.Member(op.Actor.Staff)
		if !found || len(member.Keys) == 0 || !seal.Verify(seal.PublicKey(member.Keys[0]), encoded, signature) {
			tb.Fatalf("the author of an op is not on the roster")
		}
		kinds = append(kinds, op.Kind)
	}
	return kinds
}

func openedBy(a *author, e model.Envelope) []byte {
	for _, k := range a.keys {
		if k.Compartment == e.Compartment && k.Version == e.KeyVersion {
			signed, err := seal.NewBox(seal.Key(k.Key)).OpenCompact(nil, e.Sealed, e.Head())
			if err == nil {
				return signed
			}
		}
	}
	return nil
}

func expectKinds(t *testing.T, got []string, want ...string) {
	t.Helper()
	if len(got) != len(want) {
		t.Fatalf("%v, want %v", got, want)
	}
	for i := range want {
		if got[i] != want[i] {
			t.Fatalf("%v, want %v", got, want)
		}
	}
}

// TestSomebodyWhoMovesBringsTheirRecord sends somebody to another prison: its
// nurse reads the health record of before, its officer does not, nobody there
// reads anybody else's, and what is written later at either end reaches both.
func TestSomebodyWhoMovesBringsTheirRecord(t *testing.T) {
	s := newService(t)
	officer, nurse := s.staff("officer", "LEI", model.RoleReception), s.staff("nurse", "LEI", model.RoleNurse)
	officer2, nurse2 := s.staff("officer2", "MDI", model.RoleReception), s.staff("nurse2", "MDI", model.RoleNurse)
	lei, mdi := s.desk("LEI"), s.desk("MDI")
	lei.send(model.PushTaken,
		lei.write(officer, ann, heldAt("LEI")), lei.write(nurse, ann, &model.HealthNoted{Text: "Before."}),
		lei.write(officer, bert, heldAt("LEI")))
	if feed := mdi.pull(0); len(feed.Envelopes) != 0 {
		t.Fatalf("%d ops came before anybody did", len(feed.Envelopes))
	}
	roster := mdi.pull(0).SiteRevision

	// One push holds something of before the move, the move, and something after.
	lei.send(model.PushTaken,
		lei.write(officer, ann, cell("A-1-001")), lei.write(officer, ann, heldAt("MDI")), lei.write(nurse, ann, &model.HealthNoted{Text: "After."}))
	feed := mdi.pull(0)
	if feed.SiteRevision == roster {
		t.Error("the authors were not told of")
	}
	expectKinds(t, mdi.opens(nurse2, feed), "stay.location", "stay.set", "health.noted", "stay.set", "health.noted")
	expectKinds(t, mdi.opens(officer2, feed), "stay.location", "stay.set", "closed", "stay.set", "closed")
	expectKinds(t, mdi.opens(nurse, feed), "closed", "closed", "closed", "closed", "closed")

	mdi.send(model.PushTaken, mdi.write(nurse2, ann, &model.HealthNoted{Text: "There."}))
	lei.send(model.PushTaken, lei.write(officer, bert, cell("A-1-002")))
	back := lei.pull(6)
	expectKinds(t, lei.opens(nurse, back), "health.noted", "stay.location")
	if n := len(mdi.pull(5).Envelopes); n != 1 {
		t.Errorf("%d ops came to the other prison", n)
	}
}

// TestAMoveBackBringsNothingTwice says where somebody is again and again.
func TestAMoveBackBringsNothingTwice(t *testing.T) {
	s := newService(t)
	officer, officer2 := s.staff("officer", "LEI", model.RoleReception), s.staff("officer2", "MDI", model.RoleReception)
	lei, mdi := s.desk("LEI"), s.desk("MDI")
	for range 3 {
		lei.send(model.PushTaken, lei.write(officer, ann, heldAt("MDI")))
		mdi.send(model.PushTaken, mdi.write(officer2, ann, heldAt("LEI")))
	}
	for _, d := range []*desk{lei, mdi} {
		if n := len(d.pull(0).Envelopes); n != 6 {
			t.Errorf("%s has %d ops of 6", d.Identity.Site, n)
		}
	}
}

func TestAMoveToWhereNobodyServesChangesNothing(t *testing.T) {
	s := newService(t)
	officer, lei := s.staff("officer", "LEI", model.RoleReception), s.desk("LEI")
	lei.send(model.PushTaken, lei.write(officer, ann, heldAt("WWI")), lei.write(officer, ann, heldAt("OUT")))
	if n := len(lei.pull(0).Envelopes); n != 2 {
		t.Errorf("%d ops", n)
	}
}

func TestARefusedMoveBringsNothing(t *testing.T) {
	s := newService(t)
	officer, wing := s.staff("officer", "LEI", model.RoleReception), s.staff("wing", "LEI", model.RoleWing)
	lei, mdi := s.desk("LEI"), s.desk("MDI")
	lei.send(model.PushTaken, lei.write(officer, ann, cell("A-1-001")))
	lei.send(model.PushRefused, lei.write(wing, ann, heldAt("MDI")))
	if n := len(mdi.pull(0).Envelopes); n != 0 {
		t.Errorf("%d ops", n)
	}
}
