package store_test

import (
	"context"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"math/rand/v2"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/throughgate/throughgate/model"
	"github.com/throughgate/throughgate/store"
	"github.com/throughgate/throughgate/store/seal"
)

var morning = time.Date(2026, time.November, 23, 8, 0, 0, 0, time.UTC)

// quick stretches passphrases as little as may be, so that tests are about the
// store.
var quick = seal.Params{Time: 1, MemoryKiB: 8, Threads: 1}

// wallClock is a clock that a test sets.
type wallClock struct {
	mu  sync.Mutex
	now time.Time
}

func (c *wallClock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

func (c *wallClock) add(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(d)
}

// site is a prison with its keys and its staff, as the hub knows it.
type site struct {
	tb      testing.TB
	keys    []model.CompartmentKey
	notary  seal.SigningKey
	person  []byte
	data    model.SiteData
	clock   *wallClock
	devices uint32
	random  *rand.ChaCha8
}

func newSite(tb testing.TB) *site {
	tb.Helper()
	s := &site{
		tb: tb, clock: &wallClock{now: morning},
		data: model.SiteData{Revision: 1, Site: "LEI", Name: "Leeds"}, random: rand.NewChaCha8(sha256.Sum256([]byte(tb.Name()))),
	}
	for _, c := range model.Compartments() {
		s.keys = append(s.keys, model.CompartmentKey{Compartment: c, Version: 1, Key: s.secret()})
	}
	s.person = s.secret()
	var err error
	if s.notary, err = seal.SigningKeyFromSeed(s.secret()); err != nil {
		tb.Fatal(err)
	}
	s.addStaff("officer", model.RoleReception)
	s.addStaff("nurse", model.RoleNurse)
	s.addStaff("prescriber", model.RolePrescriber)
	s.addStaff("manager", model.RoleManager)
	return s
}

func (s *site) secret() []byte {
	b := make([]byte, model.SecretSize)
	_, _ = s.random.Read(b) // never fails
	return b
}

func passphraseOf(staff model.StaffID) string { return "three random words of " + string(staff) }

// keyOf is the newest key of a compartment.
func (s *site) keyOf(c model.Compartment) (key []byte) {
	for _, k := range s.keys {
		if k.Compartment == c {
			key = k.Key
		}
	}
	return key
}

// ring makes somebody's keyring as the hub would.
func (s *site) ring(staff model.StaffID) *model.Keyring {
	notary := s.notary.Public()
	return &model.Keyring{
		Staff: staff, Site: s.data.Site, SigningSeed: s.secret(), BoxSeed: s.secret(), PersonKey: s.person, Notary: notary[:],
	}
}

func (s *site) addStaff(staff model.StaffID, role model.Role) {
	s.tb.Helper()
	s.add(s.ring(staff), role, 1)
}

// add puts a keyring, whose it is and their grant into the site's data.
func (s *site) add(ring *model.Keyring, role model.Role, serial uint64) {
	s.tb.Helper()
	sealed := s.sealed(ring, serial)
	s.data.Keyrings = append(s.data.Keyrings, sealed)
	s.data.Staff = append(s.data.Staff, model.Staff{
		ID: ring.Staff, Name: "SMITH, " + string(ring.Staff), Role: role, Site: ring.Site, Keys: [][]byte{sealed.Public},
	})
	s.data.Grants = append(s.data.Grants, s.grant(sealed, role, 1))
}

// sealed puts a keyring under its owner's passphrase.
func (s *site) sealed(ring *model.Keyring, serial uint64) model.SealedKeyring {
	s.tb.Helper()
	must := func(b []byte, err error) []byte {
		s.tb.Helper()
		if err != nil {
			s.tb.Fatal(err)
		}
		return b
	}
	key, err := seal.SigningKeyFromSeed(ring.SigningSeed)
	if err != nil {
		s.tb.Fatal(err)
	}
	box, err := seal.BoxKeyFromSeed(ring.BoxSeed)
	if err != nil {
		s.tb.Fatal(err)
	}
	glass, err := seal.NewBoxKey(s.random)
	if err != nil {
		s.tb.Fatal(err)
	}
	public, passphrase := key.Public(), passphraseOf(ring.Staff)
	return model.SealedKeyring{
		Staff: ring.Staff, Site: ring.Site, Serial: serial, Public: public[:], Box: box.Public(), GlassBox: glass.Public(),
		Wrapped: must(seal.Wrap(passphrase, must(ring.Encode()), model.KeyringAAD(ring.Site, ring.Staff), quick, s.random)),
		Glass:   must(seal.Wrap(passphrase, glass.Seed(), model.GlassAAD(ring.Site, ring.Staff), quick, s.random)),
	}
}

// grant gives somebody the keys of a role as the hub would.
func (s *site) grant(ring model.SealedKeyring, role model.Role, serial uint64) model.KeyGrant {
	s.tb.Helper()
	g := model.KeyGrant{Staff: ring.Staff, Site: ring.Site, Role: role, Serial: serial}
	put := func(to []byte, of []model.Compartment, info []byte) []byte {
		plain, err := model.EncodeGrantKeys(s.keys, of)
		if err != nil {
			s.tb.Fatal(err)
		}
		sealed, err := seal.SealTo(to, plain, info)
		if err != nil {
			s.tb.Fatal(err)
		}
		return sealed
	}
	g.Sealed = put(ring.Box, role.Compartments(), g.Info())
	if len(role.Glass()) > 0 {
		g.Glass = put(ring.GlassBox, role.Glass(), g.GlassInfo())
	}
	g.By = s.notary.Sign(g.Claim())
	return g
}

// rotate makes a new key of each compartment and gives it to everybody whose
// role may have it.
func (s *site) rotate(of ...model.Compartment) {
	s.tb.Helper()
	for _, c := range of {
		var version uint16
		for _, k := range s.keys {
			if k.Compartment == c {
				version = k.Version
			}
		}
		s.keys = append(s.keys, model.CompartmentKey{Compartment: c, Version: version + 1, Key: s.secret()})
	}
	s.change(func(*model.Staff) {})
}

// change changes some of the roster, and makes everybody's grant anew as the hub
// does.
func (s *site) change(what func(*model.Staff)) {
	s.tb.Helper()
	next := s.data
	next.Revision++
	next.Staff, next.Grants = slices.Clone(s.data.Staff), nil
	for i := range next.Staff {
		m := &next.Staff[i]
		what(m)
		ring, _ := next.Keyring(m.ID)
		if !m.Disabled && m.Site == next.Site && ring.Staff != "" {
			before, _ := s.data.Grant(m.ID)
			next.Grants = append(next.Grants, s.grant(ring, m.Role, before.Serial+1))
		}
	}
	s.data = next
}

// putSite tells a desk of the site as it is now.
func (s *site) putSite(desks ...*store.Store) {
	s.tb.Helper()
	for _, st := range desks {
		if err := st.PutSite(s.data); err != nil {
			s.tb.Fatal(err)
		}
	}
}

// identity is that of the site's next device.
func (s *site) identity() store.Identity {
	s.devices++
	id := store.Identity{Incarnation: 77, Node: s.devices, Site: s.data.Site, SiteName: s.data.Name, HubURL: "https://hub.example"}
	binary.BigEndian.PutUint32(id.Device[:], s.devices)
	return id
}

func (s *site) options() store.Options {
	return store.Options{Now: s.clock.Now, Stretch: quick}
}

// desk makes the store of a new workstation that has met the hub once.
func (s *site) desk() *store.Store {
	s.tb.Helper()
	return s.deskIn(s.tb.TempDir())
}

func (s *site) deskIn(dir string) *store.Store {
	s.tb.Helper()
	st, err := store.Create(dir, s.identity(), s.options())
	if err != nil {
		s.tb.Fatal(err)
	}
	s.closeAtEnd(st)
	if err := st.PutSite(s.data); err != nil {
		s.tb.Fatal(err)
	}
	return st
}

// reopen opens a store that was closed before.
func (s *site) reopen(dir string) *store.Store {
	s.tb.Helper()
	st, err := store.Open(dir, s.options())
	if err != nil {
		s.tb.Fatal(err)
	}
	s.closeAtEnd(st)
	return st
}

// closeAtEnd has bbolt's own check made after every test.
func (s *site) closeAtEnd(st *store.Store) {
	s.tb.Cleanup(func() {
		if err := st.Check(context.Background()); err != nil && model.KindOf(err) != model.KindLocked && !errors.Is(err, store.ErrErased) {
			s.tb.Errorf("the file is not sound after the test: %v", err)
		}
		if err := st.Close(); err != nil {
			s.tb.Error(err)
		}
	})
}

func signIn(tb testing.TB, st *store.Store, staff model.StaffID) *store.Session {
	tb.Helper()
	ss, err := st.SignIn(context.Background(), staff, passphraseOf(staff))
	if err != nil {
		tb.Fatal(err)
	}
	return ss
}

func newPerson(tb testing.TB, ss *store.Session, number string) model.PersonID {
	tb.Helper()
	id, err := ss.NewPerson(number)
	if err != nil {
		tb.Fatal(err)
	}
	return id
}

// do writes changes to a person as the record stands.
func do(tb testing.TB, ss *store.Session, id model.PersonID, changes ...model.Change) {
	tb.Helper()
	if err := ss.Do(context.Background(), model.Write{Person: id, Changes: changes}); err != nil {
		tb.Fatal(err)
	}
}

func get(tb testing.TB, ss *store.Session, id model.PersonID) *model.Record {
	tb.Helper()
	r, err := ss.Get(context.Background(), id)
	if err != nil {
		tb.Fatal(err)
	}
	return r
}

func named(family string, given ...string) *model.PersonNamed {
	return &model.PersonNamed{Name: model.PersonName{Family: family, Given: given}}
}

func numbered(prison string) *model.PersonNumbered {
	return &model.PersonNumbered{Scheme: model.SchemePrison, Value: prison}
}

// carry pushes everything of one desk to the hub of the test, which takes it,
// and returns the envelopes.
func carry(tb testing.TB, from *store.Store) []model.Envelope {
	tb.Helper()
	envs, err := from.Outgoing(1 << 20)
	if err != nil {
		tb.Fatal(err)
	}
	results := make([]model.PushResult, len(envs))
	for i, env := range envs {
		results[i] = model.PushResult{Stamp: env.Stamp, Status: model.PushTaken}
	}
	if err := from.Settle(results); err != nil {
		tb.Fatal(err)
	}
	return envs
}

func merge(tb testing.TB, to *store.Store, envs []model.Envelope) {
	tb.Helper()
	after, epoch, err := to.Cursor()
	if err == nil {
		err = to.Merge(envs, after+uint64(len(envs)), epoch)
	}
	if err != nil {
		tb.Fatal(err)
	}
}
