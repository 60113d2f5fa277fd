package hub_test

import (
	"bytes"
	"context"
	"crypto/rand"
	"errors"
	"io"
	"log/slog"
	"net"
	"path/filepath"
	"testing"
	"time"

	"github.com/throughgate/throughgate/model"
	"github.com/throughgate/throughgate/store/boltlog"
	"github.com/throughgate/throughgate/store/seal"
	"github.com/throughgate/throughgate/sync"
	"github.com/throughgate/throughgate/sync/hub"
)

// quick stretches passphrases hardly at all.
var quick = seal.Params{Time: 1, MemoryKiB: 64, Threads: 1}

// service is a hub that serves on the loopback, with the log under it.
type service struct {
	*hub.Hub
	tb     testing.TB
	folder string
	key    seal.Key
	url    string
	now    func() time.Time
	logTo  *slog.Logger
	stop   func()
}

// morning is when most of these tests take place.
var morning = time.Date(2026, 3, 2, 9, 30, 0, 0, time.UTC)

func at(t time.Time) func() time.Time { return func() time.Time { return t } }

// newService begins a hub with two prisons.
func newService(tb testing.TB) *service {
	tb.Helper()
	s := begun(tb, at(morning))
	for code, name := range map[model.SiteCode]string{"LEI": "HMP Leeds", "MDI": "HMP Moorland"} {
		if _, err := s.AddSite(code, name); err != nil {
			tb.Fatal(err)
		}
	}
	return s
}

func begun(tb testing.TB, now func() time.Time) *service {
	tb.Helper()
	key, err := seal.NewKey(rand.Reader)
	if err != nil {
		tb.Fatal(err)
	}
	s := &service{tb: tb, folder: tb.TempDir(), key: key, now: now}
	s.open()
	tb.Cleanup(func() { s.stop() })
	return s
}

// open opens the log and serves. A service that was stopped is itself again.
func (s *service) open() {
	s.tb.Helper()
	log, err := boltlog.Open(filepath.Join(s.folder, "hub.db"), boltlog.Options{})
	if err != nil {
		s.tb.Fatal(err)
	}
	s.openOver(log)
}

// kept is a log that is closed in the end.
type kept interface {
	hub.Backend
	io.Closer
}

func (s *service) openOver(log kept) {
	s.tb.Helper()
	h, err := hub.New(log, s.key, hub.Options{Now: s.now, Log: s.logTo, Stretch: quick, SlowFailure: time.Millisecond})
	if err != nil {
		s.tb.Fatal(err)
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		s.tb.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan error, 1)
	go func() { done <- h.Serve(ctx, listener) }()
	s.Hub, s.url = h, "https://"+listener.Addr().String()
	s.stop = func() {
		cancel()
		if err := <-done; err != nil {
			s.tb.Error(err)
		}
		if err := log.Close(); err != nil {
			s.tb.Error(err)
		}
		s.stop = func() {}
	}
}

// desk enrols a workstation at a site.
func (s *service) desk(site model.SiteCode) *desk {
	s.tb.Helper()
	code, err := s.AddCode(site)
	if err != nil {
		s.tb.Fatal(err)
	}
	id, err := sync.Enrol(s.tb.Context(), s.url, code.Code, sync.Options{Now: s.now})
	if err != nil {
		s.tb.Fatal(err)
	}
	d := &desk{Identity: id, service: s, clock: model.Clock{Node: id.Node}}
	d.client()
	return d
}

// staff adds somebody to a roster and signs them in: they have their keys and a
// signing key of their own, which the hub has taken.
func (s *service) staff(id model.StaffID, site model.SiteCode, role model.Role) *author {
	s.tb.Helper()
	first, err := s.AddStaff(hub.NewStaff{ID: id, Site: site, Role: role, Name: "Example"})
	if err != nil {
		s.tb.Fatal(err)
	}
	d := s.desk(site)
	return s.settle(d, first, role)
}

// settle signs somebody in with a first passphrase, at a desk of their site, and
// makes them a signing key of their own.
func (s *service) settle(d *desk, first hub.FirstPassphrase, role model.Role) *author {
	s.tb.Helper()
	a := s.unsettled(d, first, role)
	a.first = a.key
	a.key = freshKey(s.tb)
	a.sealed = a.replacement(s.tb, a.key)
	if err := d.PutKeyring(s.tb.Context(), a.sealed); err != nil {
		s.tb.Fatal(err)
	}
	return a
}

// unsettled is somebody with the keyring that the hub made.
func (s *service) unsettled(d *desk, first hub.FirstPassphrase, role model.Role) *author {
	s.tb.Helper()
	sealed := keyringOf(s.tb, d, first.ID)
	plain, err := seal.Unwrap(first.Passphrase, sealed.Wrapped, model.KeyringAAD(sealed.Site, first.ID))
	if err != nil {
		s.tb.Fatal(err)
	}
	ring, err := model.DecodeKeyring(plain)
	if err != nil {
		s.tb.Fatal(err)
	}
	a := &author{actor: model.Actor{Staff: first.ID, Role: role, Site: sealed.Site}, ring: ring, sealed: sealed}
	if a.key, err = seal.SigningKeyFromSeed(ring.SigningSeed); err != nil {
		s.tb.Fatal(err)
	}
	if a.keys, err = d.grantedTo(ring, role.Compartments()); err != nil {
		s.tb.Fatal(err)
	}
	return a
}

// grantedTo are the keys in the grant that the hub gives the owner of a keyring.
func (d *desk) grantedTo(ring *model.Keyring, of []model.Compartment) ([]model.CompartmentKey, error) {
	data, err := d.Client.Site(d.service.tb.Context())
	if err != nil {
		return nil, err
	}
	grant, found := data.Grant(ring.Staff)
	if !found {
		return nil, errors.New("no grant")
	}
	if !seal.Verify(seal.PublicKey(ring.Notary), grant.Claim(), grant.By) || !bytes.Equal(data.Notary, ring.Notary) {
		return nil, errors.New("the grant is not signed by the notary")
	}
	box, err := seal.BoxKeyFromSeed(ring.BoxSeed)
	if err != nil {
		return nil, err
	}
	plain, err := seal.OpenBox(box, grant.Sealed, grant.Info())
	if err != nil {
		return nil, err
	}
	return model.DecodeGrantKeys(plain, of)
}

func keyringOf(tb testing.TB, d *desk, id model.StaffID) model.SealedKeyring {
	tb.Helper()
	data, err := d.Client.Site(tb.Context())
	if err != nil {
		tb.Fatal(err)
	}
	ring, found := data.Keyring(id)
	if !found {
		tb.Fatal("somebody new has no keyring")
	}
	return ring
}

// author is somebody signed in.
type author struct {
	actor  model.Actor
	ring   *model.Keyring
	keys   []model.CompartmentKey
	first  seal.SigningKey // that the hub made
	key    seal.SigningKey // that they made
	sealed model.SealedKeyring
}

// replacement is the author's next keyring, with another signing key.
func (a *author) replacement(tb testing.TB, key seal.SigningKey) model.SealedKeyring {
	tb.Helper()
	next := *a.ring
	next.SigningSeed, next.MustChange = key.Seed(), false
	plain, err := next.Encode()
	if err != nil {
		tb.Fatal(err)
	}
	aad := model.KeyringAAD(a.actor.Site, a.actor.Staff)
	wrapped, err := seal.Wrap("a passphrase of their own", plain, aad, quick, rand.Reader)
	if err != nil {
		tb.Fatal(err)
	}
	public, out := key.Public(), a.sealed
	out.Serial, out.Public, out.Wrapped = a.sealed.Serial+1, public[:], wrapped
	signer := a.first
	if len(a.sealed.By) > 0 {
		signer = a.key
	}
	out.By = signer.Sign(out.Claim())
	return out
}
