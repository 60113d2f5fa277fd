package hub_test

import (
	"bytes"
	"crypto/rand"
	"slices"
	"strings"
	"testing"

	"github.com/throughgate/throughgate/model"
	"github.com/throughgate/throughgate/store/seal"
	"github.com/throughgate/throughgate/sync/hub"
)

func freshKey(tb testing.TB) seal.SigningKey {
	tb.Helper()
	key, err := seal.NewSigningKey(rand.Reader)
	if err != nil {
		tb.Fatal(err)
	}
	return key
}

// keys are somebody's public keys as their site's desks are told them.
func (d *desk) keys(id model.StaffID) [][]byte {
	d.service.tb.Helper()
	data, err := d.Client.Site(d.service.tb.Context())
	if err != nil {
		d.service.tb.Fatal(err)
	}
	member, found := data.Member(id)
	if !found {
		d.service.tb.Fatal("not on the roster")
	}
	return member.Keys
}

func TestAGrantHoldsTheKeysOfItsRole(t *testing.T) {
	s := newService(t)
	for role, want := range map[model.Role][]model.Compartment{
		model.RoleReception: {model.Shared, model.Custody},
		model.RoleNurse:     {model.Shared, model.Health},
		model.RoleManager:   {model.Shared},
	} {
		a := s.staff(model.StaffID("some."+string(role)), "LEI", role)
		var got []model.Compartment
		for _, k := range a.keys {
			got = append(got, k.Compartment)
		}
		if !slices.Equal(got, want) || !a.ring.MustChange {
			t.Errorf("%s holds %v, must change %v", role, got, a.ring.MustChange)
		}
	}
}

func TestTwoSitesShareThePersonKeyAndNoOther(t *testing.T) {
	s := newService(t)
	a, b := s.staff("first", "LEI", model.RoleNurse), s.staff("away", "MDI", model.RoleNurse)
	if !bytes.Equal(a.ring.PersonKey, b.ring.PersonKey) {
		t.Error("two sites would mean two people by one number")
	}
	for i := range a.keys {
		if bytes.Equal(a.keys[i].Key, b.keys[i].Key) {
			t.Errorf("two sites share their %s key", a.keys[i].Compartment)
		}
	}
}

// TestTheHubsFirstKeyLeavesTheRoster holds that whoever read a first passphrase
// at the hub has no key that any desk would believe.
func TestTheHubsFirstKeyLeavesTheRoster(t *testing.T) {
	s := newService(t)
	a, d := s.staff("first", "LEI", model.RoleReception), s.desk("LEI")
	made := a.key.Public()
	if got := d.keys("first"); len(got) != 1 || !bytes.Equal(got[0], made[:]) {
		t.Fatalf("%d keys", len(got))
	}
	// Later keys stay: what they signed must go on to verify.
	second := freshKey(t)
	a.sealed = a.replacement(t, second)
	if err := d.PutKeyring(t.Context(), a.sealed); err != nil {
		t.Fatal(err)
	}
	if got := d.keys("first"); len(got) != 2 || !bytes.Equal(got[0], made[:]) {
		t.Fatalf("%d keys", len(got))
	}
	d.send(model.PushTaken, d.write(a, ann, cell("1"))) // of before the change, sent after it
	a.key = second
	d.send(model.PushTaken, d.write(a, ann, cell("2")))
}

func TestAKeyringIsBelievedOnItsOwnersSignatureOnly(t *testing.T) {
	s := newService(t)
	a, d, away := s.staff("first", "LEI", model.RoleReception), s.desk("LEI"), s.desk("MDI")
	good := a.replacement(t, freshKey(t))
	other := s.staff("second", "LEI", model.RoleReception)
	forge := func(change func(*model.SealedKeyring)) model.SealedKeyring {
		k := good
		change(&k)
		return k
	}
	resign := func(key seal.SigningKey) func(*model.SealedKeyring) {
		return func(k *model.SealedKeyring) { k.By = key.Sign(k.Claim()) }
	}
	for name, tt := range map[string]struct {
		from *desk
		ring model.SealedKeyring
		want model.Kind
	}{
		"no signature":            {d, forge(func(k *model.SealedKeyring) { k.By = nil }), model.KindForbidden},
		"another's signature":     {d, forge(resign(other.key)), model.KindForbidden},
		"the first key again":     {d, forge(resign(a.first)), model.KindForbidden},
		"another's name":          {d, forge(func(k *model.SealedKeyring) { k.Staff = "second" }), model.KindForbidden},
		"nobody":                  {d, forge(func(k *model.SealedKeyring) { k.Staff = "nobody" }), model.KindForbidden},
		"another key put in":      {d, forge(func(k *model.SealedKeyring) { k.Public = other.sealed.Public }), model.KindForbidden},
		"another content":         {d, forge(func(k *model.SealedKeyring) { k.Wrapped = other.sealed.Wrapped }), model.KindForbidden},
		"a number they had":       {d, forge(func(k *model.SealedKeyring) { k.Serial = 2; resign(a.key)(k) }), model.KindConflict},
		"from another site":       {away, good, model.KindForbidden},
		"no content":              {d, forge(func(k *model.SealedKeyring) { k.Wrapped = nil }), model.KindInvalid},
		"far too much":            {d, forge(func(k *model.SealedKeyring) { k.Wrapped = make([]byte, 100_000) }), model.KindInvalid},
		"a key of another length": {d, forge(func(k *model.SealedKeyring) { k.Public = k.Public[:31] }), model.KindInvalid},
	} {
		if err := tt.from.PutKeyring(t.Context(), tt.ring); model.KindOf(err) != tt.want {
			t.Errorf("%s: %v, want %s", name, err, tt.want)
		}
	}
	for _, from := range []*desk{d, away} { // and all of it is in the audit, but what may have been late
		if got := s.noted(from, model.AccessRefused); len(got) == 0 || !strings.HasPrefix(got[0], "keyring 1") {
			t.Errorf("the audit has %q", got)
		}
	}
	for range 2 { // the second time because the answer was lost
		if err := d.PutKeyring(t.Context(), good); err != nil {
			t.Error(err)
		}
	}
	if err := s.DisableStaff("first"); err != nil {
		t.Fatal(err)
	}
	a.sealed, a.key = good, freshKey(t)
	if err := d.PutKeyring(t.Context(), a.replacement(t, freshKey(t))); model.KindOf(err) != model.KindForbidden {
		t.Errorf("somebody disabled: %v", err)
	}
}

// TestAForgedKeyringOfAnotherPrisonsIsInTheAudit also where it says that they are
// of this one; that of somebody who has left may have been late.
func TestAForgedKeyringOfAnotherPrisonsIsInTheAudit(t *testing.T) {
	s := newService(t)
	a, moved, d := s.staff("away", "MDI", model.RoleNurse), s.staff("moved", "LEI", model.RoleNurse), s.desk("LEI")
	if _, err := s.MoveStaff(hub.Move{ID: "moved", Site: "MDI"}); err != nil {
		t.Fatal(err)
	}
	forged := a.replacement(t, freshKey(t))
	forged.Site = "LEI"
	for _, ring := range []model.SealedKeyring{forged, moved.replacement(t, freshKey(t))} {
		if err := d.PutKeyring(t.Context(), ring); model.KindOf(err) != model.KindForbidden {
			t.Errorf("%s: %v", ring.Staff, err)
		}
	}
	s.expectNoted(d, model.AccessRefused, "keyring 1 away")
}

func TestStaffThatMakeNoSenseAreRefused(t *testing.T) {
	s := newService(t)
	s.staff("first", "LEI", model.RoleNurse)
	good := hub.NewStaff{ID: "second", Site: "LEI", Role: model.RoleNurse, Name: "Example"}
	for name, tt := range map[string]struct {
		change func(*hub.NewStaff)
		want   model.Kind
	}{
		"an id given before": {func(n *hub.NewStaff) { n.ID = "first" }, model.KindConflict},
		"no id":              {func(n *hub.NewStaff) { n.ID = "" }, model.KindInvalid},
		"an id that is none": {func(n *hub.NewStaff) { n.ID = "A Khan" }, model.KindInvalid},
		"no such site":       {func(n *hub.NewStaff) { n.Site = "WWI" }, model.KindNotFound},
		"no site":            {func(n *hub.NewStaff) { n.Site = "" }, model.KindInvalid},
		"no such role":       {func(n *hub.NewStaff) { n.Role = "governor" }, model.KindInvalid},
		"the hub's role":     {func(n *hub.NewStaff) { n.Role = model.RoleHub }, model.KindInvalid},
		"no name":            {func(n *hub.NewStaff) { n.Name = " " }, model.KindInvalid},
		"a hostile name":     {func(n *hub.NewStaff) { n.Name = "A\x1b[2J" }, model.KindInvalid},
		"a long name":        {func(n *hub.NewStaff) { n.Name = string(bytes.Repeat([]byte("a"), 101)) }, model.KindInvalid},
	} {
		n := good
		tt.change(&n)
		if _, err := s.AddStaff(n); model.KindOf(err) != tt.want {
			t.Errorf("%s: %v, want %s", name, err, tt.want)
		}
	}
	for code, want := range map[model.SiteCode]model.Kind{"LEI": model.KindConflict, "OUT": model.KindInvalid, "": model.KindInvalid, "LEEDS": model.KindInvalid} {
		if _, err := s.AddSite(code, "HMP Leeds"); model.KindOf(err) != want {
			t.Errorf("site %q: %v, want %s", code, err, want)
		}
	}
	if _, err := s.AddCode("WWI"); model.KindOf(err) != model.KindNotFound {
		t.Errorf("a code for no site: %v", err)
	}
}

// Whoever read a first passphrase, or printed it, has the key that came with it.
func TestTheKeyThatTheHubMadeSignsNothing(t *testing.T) {
	s := newService(t)
	first, err := s.AddStaff(hub.NewStaff{ID: "new", Site: "LEI", Role: model.RoleReception, Name: "Example"})
	if err != nil {
		t.Fatal(err)
	}
	d := s.desk("LEI")
	a := s.unsettled(d, first, model.RoleReception)
	if got := d.send(model.PushRefused, d.write(a, ann, cell("1"))); !strings.Contains(got[0].Reason, "first passphrase") {
		t.Errorf("refused because %q", got[0].Reason)
	}
}

// TestANewBoxGetsANewGrant has somebody draw new boxes with their first own
// passphrase, as a desk does for them.
func TestANewBoxGetsANewGrant(t *testing.T) {
	s := newService(t)
	a, d := s.staff("khan", "LEI", model.RoleNurse), s.desk("LEI")
	box, err := seal.NewBoxKey(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	glass, err := seal.NewBoxKey(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	next := a.replacement(t, a.key)
	next.Box, next.GlassBox = box.Public(), glass.Public()
	next.By = a.key.Sign(next.Claim())
	if err := d.PutKeyring(t.Context(), next); err != nil {
		t.Fatal(err)
	}
	if _, err := d.grantedTo(a.ring, model.RoleNurse.Compartments()); err == nil {
		t.Error("the box before still opens the grant")
	}
	a.ring.BoxSeed = box.Seed()
	if _, err := d.grantedTo(a.ring, model.RoleNurse.Compartments()); err != nil {
		t.Error(err)
	}
	data, err := d.Client.Site(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	grant, _ := data.Grant("khan")
	if _, err := seal.OpenBox(glass, grant.Glass, grant.GlassInfo()); err != nil {
		t.Errorf("what is opened in need only: %v", err)
	}
	weak := next
	weak.Serial, weak.Box = next.Serial+1, make([]byte, 32) // with which anybody shares a secret
	weak.By = a.key.Sign(weak.Claim())
	if err := d.PutKeyring(t.Context(), weak); model.KindOf(err) != model.KindInvalid {
		t.Errorf("a box that is none: %v", err)
	}
}
