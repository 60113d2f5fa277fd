package hub_test

import (
	"bytes"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/throughgate/throughgate/model"
	"github.com/throughgate/throughgate/sync/hub"
)

// movingClock is a clock that a test puts forward.
type movingClock struct{ ahead atomic.Int64 }

func (c *movingClock) now() time.Time      { return morning.Add(time.Duration(c.ahead.Load())) }
func (c *movingClock) add(d time.Duration) { c.ahead.Add(int64(d)) }

// movingService is a hub with two prisons and a clock.
func movingService(tb testing.TB) (*service, *movingClock) {
	tb.Helper()
	clock := new(movingClock)
	s := begun(tb, clock.now)
	for _, code := range []model.SiteCode{"LEI", "MDI"} {
		if _, err := s.AddSite(code, "HMP Example"); err != nil {
			tb.Fatal(err)
		}
	}
	return s, clock
}

const day = 24 * time.Hour

func instruction() model.Change { return &model.InstructionGiven{Text: "Bottom bunk."} }

// TestWhatWasWrittenBeforeAChangeIsTakenForAWhile holds the rule for each change
// that can be made to somebody: a desk that was offline loses nothing, for as
// long as the grace, and nothing written afterwards is taken.
func TestWhatWasWrittenBeforeAChangeIsTakenForAWhile(t *testing.T) {
	for name, tt := range map[string]struct {
		change func(s *service) error
		after  string // why what is written afterwards is refused
	}{
		"another role": {func(s *service) error {
			_, err := s.ChangeRole(hub.NewRole{ID: "khan", Role: model.RoleWing})
			return err
		}, "role has changed"},
		"another site": {func(s *service) error {
			_, err := s.MoveStaff(hub.Move{ID: "khan", Site: "MDI"})
			return err
		}, "not on this site's roster"},
		"another site and role": {func(s *service) error {
			_, err := s.MoveStaff(hub.Move{ID: "khan", Site: "MDI", Role: model.RoleWing})
			return err
		}, "not on this site's roster"},
		"a new passphrase": {func(s *service) error {
			_, err := s.ResetPassphrase("khan")
			return err
		}, "signature is not the author's"},
	} {
		t.Run(name, func(t *testing.T) {
			s, clock := movingService(t)
			a := s.staff("khan", "LEI", model.RoleNurse)
			d, late := s.desk("LEI"), s.desk("LEI")
			before, tooLate := d.write(a, ann, instruction()), late.write(a, ann, instruction())
			clock.add(time.Minute)
			if err := tt.change(s); err != nil {
				t.Fatal(err)
			}
			clock.add(13 * day)
			after := d.write(a, ann, instruction())
			d.send(model.PushTaken, before)
			if got := d.send(model.PushRefused, after); !strings.Contains(got[0].Reason, tt.after) {
				t.Errorf("afterwards it is refused because %q", got[0].Reason)
			}
			clock.add(2 * day)
			late.send(model.PushRefused, tooLate)
		})
	}
}

func TestADisabledPersonWritesNothingWhateverTheDate(t *testing.T) {
	s, clock := movingService(t)
	a, d := s.staff("khan", "LEI", model.RoleNurse), s.desk("LEI")
	before := d.write(a, ann, instruction())
	clock.add(time.Minute)
	if err := s.DisableStaff("khan"); err != nil {
		t.Fatal(err)
	}
	if got := d.send(model.PushRefused, before); !strings.Contains(got[0].Reason, "disabled") {
		t.Errorf("refused because %q", got[0].Reason)
	}
	data, err := d.Client.Site(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if _, granted := data.Grant("khan"); granted {
		t.Error("desks get the keys of somebody disabled")
	}
	if m, _ := data.Member("khan"); !m.Disabled {
		t.Error("desks are not told")
	}
	if _, err := s.RotateKey(hub.Rotation{Site: "LEI"}); err != nil {
		t.Fatal(err)
	}
	now, err := s.EnableStaff("khan")
	if err != nil || now.Disabled || now.State != hub.StateEnabled {
		t.Fatalf("%+v, %v", now, err)
	}
	keys, err := d.grantedTo(a.ring, model.RoleNurse.Compartments())
	if err != nil || len(keys) != 4 {
		t.Errorf("back with %d keys, %v", len(keys), err)
	}
	other := s.desk("LEI")
	other.send(model.PushTaken, other.write(a, ann, instruction()))
}

func TestARoleChangesWithoutAPassphrase(t *testing.T) {
	s := newService(t)
	a, d := s.staff("khan", "LEI", model.RoleNurse), s.desk("LEI")
	keyring := keyringOf(t, d, "khan")
	now, err := s.ChangeRole(hub.NewRole{ID: "khan", Role: model.RoleReception})
	if err != nil || now.Role != model.RoleReception || now.State != hub.StateRole {
		t.Fatalf("%+v, %v", now, err)
	}
	if again := keyringOf(t, d, "khan"); !bytes.Equal(again.Claim(), keyring.Claim()) {
		t.Error("the keyring changed")
	}
	if _, err := d.grantedTo(a.ring, model.RoleNurse.Compartments()); err == nil {
		t.Error("the keys of the old role are still granted")
	}
	keys, err := d.grantedTo(a.ring, model.RoleReception.Compartments())
	if err != nil {
		t.Fatal(err)
	}
	a.actor.Role, a.keys = model.RoleReception, keys
	d.send(model.PushTaken, d.write(a, ann, cell("A-1-001")))
}

// TestWhatSomebodyWroteVerifiesWhereverTheyGo looks at the roster that desks
// verify with.
func TestWhatSomebodyWroteVerifiesWhereverTheyGo(t *testing.T) {
	s := newService(t)
	a, d, there := s.staff("khan", "LEI", model.RoleNurse), s.desk("LEI"), s.desk("MDI")
	d.send(model.PushTaken, d.write(a, ann, instruction()))
	own := a.key.Public()
	knows := func(d *desk, public []byte) bool {
		data, err := d.Client.Site(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		m, _ := data.Member("khan")
		for _, k := range m.Keys {
			if bytes.Equal(k, public) {
				return true
			}
		}
		return false
	}
	first, err := s.ResetPassphrase("khan")
	if err != nil {
		t.Fatal(err)
	}
	if !knows(d, own[:]) {
		t.Error("after a reset what they wrote does not verify")
	}
	a = s.settle(d, first, model.RoleNurse)
	second := a.key.Public()
	d.send(model.PushTaken, d.write(a, ann, instruction()))
	first, err = s.MoveStaff(hub.Move{ID: "khan", Site: "MDI"})
	if err != nil {
		t.Fatal(err)
	}
	if !knows(d, own[:]) || !knows(d, second[:]) {
		t.Error("after a move what they wrote does not verify where they left")
	}
	data, err := d.Client.Site(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	_, ring := data.Keyring("khan")
	if _, grant := data.Grant("khan"); ring || grant {
		t.Error("the site they left still has their keyring or keys")
	}
	a = s.settle(there, first, model.RoleNurse)
	there.send(model.PushTaken, there.write(a, bert, instruction()))
	third := a.key.Public()
	for _, at := range []*desk{d, there} {
		for _, key := range [][]byte{own[:], second[:], third[:]} {
			if !knows(at, key) {
				t.Error("a desk lacks one of their keys")
			}
		}
	}
	if made := a.first.Public(); knows(there, made[:]) {
		t.Error("the key that came with a first passphrase is believed")
	}
	// And back again: they are no guest where they work.
	if first, err = s.MoveStaff(hub.Move{ID: "khan", Site: "LEI"}); err != nil {
		t.Fatal(err)
	}
	a = s.settle(d, first, model.RoleNurse)
	d.send(model.PushTaken, d.write(a, ann, instruction()))
}

// TestTheHubsKeyringIsAlwaysTheNewer holds that a desk which changed a
// passphrase meanwhile, more than once, cannot bring the old one back.
func TestTheHubsKeyringIsAlwaysTheNewer(t *testing.T) {
	s := newService(t)
	a, d := s.staff("khan", "LEI", model.RoleNurse), s.desk("LEI")
	next := a.replacement(t, a.key)
	a.sealed = next
	after := a.replacement(t, a.key)
	if _, err := s.ResetPassphrase("khan"); err != nil {
		t.Fatal(err)
	}
	for _, ring := range []model.SealedKeyring{next, after} {
		if err := d.PutKeyring(t.Context(), ring); model.KindOf(err) != model.KindConflict {
			t.Errorf("a keyring of before the reset: %v", err)
		}
	}
	if now := keyringOf(t, d, "khan"); now.Serial <= after.Serial || len(now.By) != 0 {
		t.Errorf("serial %d", now.Serial)
	}
}

// TestAKeyStaysSpentFromItsOwnReset holds that a second reset brings nothing of
// before the first one back.
func TestAKeyStaysSpentFromItsOwnReset(t *testing.T) {
	s, clock := movingService(t)
	stolen, d := s.staff("khan", "LEI", model.RoleNurse), s.desk("LEI")
	clock.add(time.Minute)
	for range 2 {
		first, err := s.ResetPassphrase("khan")
		if err != nil {
			t.Fatal(err)
		}
		s.settle(s.desk("LEI"), first, model.RoleNurse)
		clock.add(time.Hour)
	}
	clock.add(-90 * time.Minute) // between the two, where a thief may set a clock back to
	forged := d.write(stolen, ann, instruction())
	clock.add(90 * time.Minute)
	if got := d.send(model.PushRefused, forged); !strings.Contains(got[0].Reason, "signature is not the author's") {
		t.Errorf("refused because %q", got[0].Reason)
	}
}

func TestStaffChangesThatMakeNoSenseAreRefused(t *testing.T) {
	s := newService(t)
	s.staff("khan", "LEI", model.RoleNurse)
	role := func(id model.StaffID, role model.Role) func() error {
		return func() error { _, err := s.ChangeRole(hub.NewRole{ID: id, Role: role}); return err }
	}
	move := func(id model.StaffID, to model.SiteCode, role model.Role) func() error {
		return func() error { _, err := s.MoveStaff(hub.Move{ID: id, Site: to, Role: role}); return err }
	}
	for name, tt := range map[string]struct {
		do   func() error
		want model.Kind
	}{
		"a role for nobody":     {role("nobody", model.RoleWing), model.KindNotFound},
		"no such role":          {role("khan", "boss"), model.KindInvalid},
		"the service's role":    {role("khan", model.RoleHub), model.KindInvalid},
		"the role they have":    {role("khan", model.RoleNurse), model.KindConflict},
		"nobody moves":          {move("nobody", "MDI", ""), model.KindNotFound},
		"to no site":            {move("khan", "", ""), model.KindInvalid},
		"to an unknown site":    {move("khan", "WWI", ""), model.KindNotFound},
		"to where they are":     {move("khan", "LEI", model.RoleWing), model.KindConflict},
		"moved to no such role": {move("khan", "MDI", "boss"), model.KindInvalid},
		"nobody forgets":        {func() error { _, err := s.ResetPassphrase("nobody"); return err }, model.KindNotFound},
		"nobody comes back":     {func() error { _, err := s.EnableStaff("nobody"); return err }, model.KindNotFound},
		"who is not disabled":   {func() error { _, err := s.EnableStaff("khan"); return err }, model.KindConflict},
		"keys of no site":       {func() error { _, err := s.RotateKey(hub.Rotation{Site: "WWI"}); return err }, model.KindNotFound},
		"no such compartment": {func() error {
			_, err := s.RotateKey(hub.Rotation{Site: "LEI", Compartment: "kitchen"})
			return err
		}, model.KindInvalid},
	} {
		if err := tt.do(); model.KindOf(err) != tt.want {
			t.Errorf("%s: %v, want %s", name, err, tt.want)
		}
	}
}
