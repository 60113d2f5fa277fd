package hub_test

import (
	"encoding/json"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/throughgate/throughgate/model"
	"github.com/throughgate/throughgate/store/boltlog"
	"github.com/throughgate/throughgate/store/seal"
	"github.com/throughgate/throughgate/sync/hub"
)

// with has an op sealed with one version of a key.
func with(keys []model.CompartmentKey, version uint16) func(*draft) {
	return func(w *draft) {
		for _, k := range keys {
			if k.Compartment == w.op.Compartment && k.Version == version {
				w.version, w.sealKey = version, k.Key
			}
		}
	}
}

func TestARotatedKeyGoesToThoseWhoMayHaveIt(t *testing.T) {
	s := newService(t)
	nurse, officer := s.staff("nurse", "LEI", model.RoleNurse), s.staff("officer", "LEI", model.RoleReception)
	away, left := s.staff("away", "MDI", model.RoleNurse), s.staff("left", "LEI", model.RoleNurse)
	d, elsewhere := s.desk("LEI"), s.desk("MDI")
	if _, err := s.ChangeRole(hub.NewRole{ID: "left", Role: model.RoleReception}); err != nil {
		t.Fatal(err)
	}
	done, err := s.RotateKey(hub.Rotation{Site: "LEI", Compartment: "health"})
	if err != nil || done.Staff != 3 || len(done.Keys) != 1 || done.Keys[0] != (hub.RotatedKey{Compartment: "health", Version: 2}) {
		t.Fatalf("%+v, %v", done, err)
	}
	for _, tt := range []struct {
		who  *author
		at   *desk
		role model.Role
		want string
	}{
		{nurse, d, model.RoleNurse, "shared 1, health 1, health 2"},
		{officer, d, model.RoleReception, "shared 1, custody 1"},
		{left, d, model.RoleReception, "shared 1, custody 1"},
		{away, elsewhere, model.RoleNurse, "shared 1, health 1"},
	} {
		keys, err := tt.at.grantedTo(tt.who.ring, tt.role.Compartments())
		var got []string
		for _, k := range keys {
			got = append(got, k.Compartment.String()+" "+string('0'+rune(k.Version)))
		}
		if strings.Join(got, ", ") != tt.want || err != nil {
			t.Errorf("%s holds %v, %v", tt.role, got, err)
		}
	}
	if done, err = s.RotateKey(hub.Rotation{Site: "lei"}); err != nil || len(done.Keys) != 3 || done.Keys[2].Version != 3 {
		t.Errorf("all at once: %+v, %v", done, err)
	}
}

// TestAnOldKeyIsTakenForAWhile holds that a desk which has not heard of a new
// key loses nothing, and that one which never hears of it is told.
func TestAnOldKeyIsTakenForAWhile(t *testing.T) {
	s, clock := movingService(t)
	a, d := s.staff("nurse", "LEI", model.RoleNurse), s.desk("LEI")
	clock.add(time.Minute)
	if _, err := s.RotateKey(hub.Rotation{Site: "LEI"}); err != nil {
		t.Fatal(err)
	}
	keys, err := d.grantedTo(a.ring, model.RoleNurse.Compartments())
	if err != nil {
		t.Fatal(err)
	}
	d.send(model.PushTaken, d.write(a, ann, instruction(), with(keys, 1)), d.write(a, ann, instruction(), with(keys, 2)))
	clock.add(13 * day)
	within := s.desk("LEI")
	written := within.write(a, ann, instruction(), with(keys, 1))
	clock.add(2 * day)
	within.send(model.PushTaken, written) // by its own stamp
	if got := d.send(model.PushRefused, d.write(a, ann, instruction(), with(keys, 1))); !strings.Contains(got[0].Reason, "replaced long ago") {
		t.Errorf("refused because %q", got[0].Reason)
	}
	d.send(model.PushTaken, d.write(a, ann, instruction(), with(keys, 2)))
	unknown := d.write(a, ann, instruction(), with(keys, 2), func(w *draft) { w.version = 9 })
	if got := d.send(model.PushRefused, unknown); !strings.Contains(got[0].Reason, "does not have") {
		t.Errorf("refused because %q", got[0].Reason)
	}
}

// TestWhoArrivesIsSealedWithTheNewestKey moves somebody's record to a site whose
// keys were replaced.
func TestWhoArrivesIsSealedWithTheNewestKey(t *testing.T) {
	s := newService(t)
	a, d, there := s.staff("officer", "LEI", model.RoleReception), s.desk("LEI"), s.desk("MDI")
	d.send(model.PushTaken, d.write(a, ann, cell("A-1-001")))
	if _, err := s.RotateKey(hub.Rotation{Site: "MDI"}); err != nil {
		t.Fatal(err)
	}
	d.send(model.PushTaken, d.write(a, ann, heldAt("MDI")))
	feed := there.pull(0)
	for _, e := range feed.Envelopes {
		if e.KeyVersion != 2 {
			t.Errorf("an op of %s is sealed with version %d", e.Compartment, e.KeyVersion)
		}
	}
	if len(feed.Envelopes) != 2 {
		t.Errorf("%d ops arrived", len(feed.Envelopes))
	}
}

func TestARestoredHubMakesNoKeyOfANumberThatWasGiven(t *testing.T) {
	s := newService(t)
	if err := s.Restored(); err != nil {
		t.Fatal(err)
	}
	done, err := s.RotateKey(hub.Rotation{Site: "LEI", Compartment: "shared"})
	if err != nil || done.Keys[0].Version < 10 {
		t.Errorf("the next is version %+v, %v", done.Keys, err)
	}
}

// TestDataOfTheFirstVersionGoOn takes out of a hub's data what the first version
// did not write.
func TestDataOfTheFirstVersionGoOn(t *testing.T) {
	s := newService(t)
	s.staff("khan", "LEI", model.RoleNurse)
	s.stop()
	s.spoilRow("service", "hub", func(row map[string]any) { delete(row, "notary") })
	s.spoilRow("staff", "khan", func(row map[string]any) {
		for _, name := range []string{"grant", "state", "stateAt"} {
			delete(row, name)
		}
		ring := row["keyring"].(map[string]any)
		for _, name := range []string{"box", "glass", "glassBox"} {
			delete(ring, name)
		}
	})
	s.spoilRow("sites", "LEI", func(row map[string]any) {
		for _, k := range row["keys"].([]any) {
			delete(k.(map[string]any), "made")
		}
	})
	s.open()
	if s.Notary() == (seal.PublicKey{}) {
		t.Fatal("no notary")
	}
	notary := s.Notary()
	staff, err := s.Staff("LEI")
	if err != nil || staff[0].State != hub.StateOld {
		t.Errorf("%+v, %v", staff, err)
	}
	d := s.desk("LEI")
	if data, err := d.Client.Site(t.Context()); err != nil || len(data.Grants) != 0 || len(data.Keyrings) != 1 {
		t.Errorf("%d grants, %v", len(data.Grants), err)
	}
	if _, err := s.RotateKey(hub.Rotation{Site: "LEI"}); err != nil {
		t.Error(err)
	}
	if _, err := s.ChangeRole(hub.NewRole{ID: "khan", Role: model.RolePrescriber}); err != nil {
		t.Error(err)
	}
	first, err := s.ResetPassphrase("khan")
	if err != nil {
		t.Fatal(err)
	}
	a := s.settle(d, first, model.RolePrescriber)
	d.send(model.PushTaken, d.write(a, ann, instruction(), with(a.keys, 2)))
	s.stop()
	s.open()
	if s.Notary() != notary {
		t.Error("the notary is another after a restart")
	}
}

// spoilRow changes what the hub kept in one row.
func (s *service) spoilRow(table, key string, spoil func(row map[string]any)) {
	s.tb.Helper()
	fail := func(err error) {
		if err != nil {
			s.tb.Fatal(err)
		}
	}
	log, err := boltlog.Open(filepath.Join(s.folder, "hub.db"), boltlog.Options{})
	fail(err)
	defer func() { fail(log.Close()) }()
	rows, err := log.Load(table)
	fail(err)
	box, aad := seal.NewBox(s.key), []byte("throughgate hub 1\n"+table+"\n"+key)
	plain, err := box.OpenCompact(nil, rows[key], aad)
	fail(err)
	var row map[string]any
	fail(json.Unmarshal(plain, &row))
	spoil(row)
	plain, err = json.Marshal(row)
	fail(err)
	sealed, err := box.SealCompact(nil, plain, aad)
	fail(err)
	fail(log.Save(model.Register{Table: table, Key: key, Value: sealed}))
}
