package hub_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/throughgate/throughgate/model"
	"github.com/throughgate/throughgate/sync"
	"github.com/throughgate/throughgate/sync/hub"
)

// isBusy tells whether the hub asked to come back later.
func isBusy(err error) bool {
	var known *model.Error
	return errors.As(err, &known) && strings.HasPrefix(known.Msg, "The hub is asked too often")
}

// TestOneDeviceCannotFillTheHub has a member of staff with an altered program make
// keyrings without end. Every desk of the site would fetch each of them.
func TestOneDeviceCannotFillTheHub(t *testing.T) {
	s, c := timed(t)
	a, d, other := s.staff("first", "LEI", model.RoleReception), s.desk("LEI"), s.desk("LEI")
	key := freshKey(t)
	a.sealed = a.replacement(t, key)
	a.key = key
	for i := range 400 {
		err := d.PutKeyring(t.Context(), a.sealed)
		if isBusy(err) != (i >= 300) || err != nil && i < 300 {
			t.Fatalf("keyring %d: %v", i, err)
		}
		if err == nil {
			a.sealed.Serial++
			a.sealed.By = key.Sign(a.sealed.Claim())
		}
	}
	if _, err := d.PushAccess(t.Context(), looked(t, 1).log); !isBusy(err) {
		t.Errorf("an entry of its access log: %v", err)
	}
	spoilt := d.write(a, ann, cell("1"), func(w *draft) { w.version = 9 })
	if _, err := d.Push(t.Context(), []model.Envelope{spoilt}); !isBusy(err) {
		t.Errorf("an entry that is refused: %v", err)
	}
	other.tell("", looked(t, 5).log...)
	c.add(time.Minute)
	d.tell("", looked(t, 5).log...)
}

// TestNobodyHasKeysWithoutEnd: each is in the roster of every desk.
func TestNobodyHasKeysWithoutEnd(t *testing.T) {
	s := newService(t)
	a, d := s.staff("first", "LEI", model.RoleReception), s.desk("LEI")
	for i := range 130 {
		key := freshKey(t)
		next := a.sealed
		if len(a.sealed.By) == 0 {
			next = a.replacement(t, key)
		} else {
			public := key.Public()
			next.Serial, next.Public = next.Serial+1, public[:]
			next.By = a.key.Sign(next.Claim())
		}
		err := d.PutKeyring(t.Context(), next)
		if (err == nil) != (i < 127) || err != nil && model.KindOf(err) != model.KindConflict {
			t.Fatalf("key %d: %v", i, err)
		}
		if err == nil {
			a.sealed, a.key = next, key
		}
	}
}

// TestAPassphraseCanAlwaysBeReset: a keyring of the highest number there is would
// leave none for the one that the hub makes.
func TestAPassphraseCanAlwaysBeReset(t *testing.T) {
	s := newService(t)
	a, d := s.staff("first", "LEI", model.RoleReception), s.desk("LEI")
	ring := a.replacement(t, freshKey(t))
	ring.Serial = 1<<64 - 1
	ring.By = a.first.Sign(ring.Claim())
	if err := d.PutKeyring(t.Context(), ring); model.KindOf(err) != model.KindInvalid {
		t.Errorf("the last number there is: %v", err)
	}
}

// TestTokensCannotBeHadWithoutEnd: each has all devices wait for the hub's disk.
func TestTokensCannotBeHadWithoutEnd(t *testing.T) {
	s, c := timed(t)
	d := s.desk("LEI")
	h := d.held()
	given := map[string]bool{}
	for range 100 { // a program that always says it has just begun
		h.asks(nil)
		given[h.passport.Turn] = true
		h = h.again(d)
	}
	if len(given) > 31 {
		t.Errorf("%d tokens at one moment", len(given))
	}
	var err error
	for i := range 100 { // and one that always says it was restored
		c.add(time.Minute)
		p := model.Passport{Incarnation: uint32(1000 + i), Restored: 1}
		if err = d.copyOf(p).ask(); err != nil {
			break
		}
	}
	if !errors.Is(err, sync.ErrStopped) {
		t.Errorf("a hundred restores: %v", err)
	}
	s.expectState(d, hub.DeviceStopped)
	if got := s.stateOf(d).Why; got != "it came back from a backup too many times" {
		t.Error(fmt.Sprint("stopped because ", got))
	}
}
