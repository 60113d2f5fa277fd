package hub_test

import (
	"context"
	"crypto/rand"
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
	sealed := keyringOf(s.tb, d, id)
	plain, err := seal.Unwrap(first.Passphrase, sealed.Wrapped, model.KeyringAAD(site, id))
	if err != nil {
		s.tb.Fatal(err)
	}
	ring, err := model.DecodeKeyring(plain)
	if err != nil {
		s.tb.Fatal(err)
	}
	old, err := seal.SigningKeyFromSeed(ring.SigningSeed)
	if err != nil {
		s.tb.Fatal(err)
	}
	a := &author{actor: model.Actor{Staff: id, Role: role, Site: site}, ring: ring, first: old, sealed: sealed}
	if a.key, err = seal.NewSigningKey(rand.Reader); err != nil {
		s.tb.Fatal(err)
	}
	a.sealed = a.replacement(s.tb, a.key)
	if err := d.PutKeyring(s.tb.Context(), a.sealed); err != nil {
		s.tb.Fatal(err)
	}
	return a
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
	public := key.Public()
	out := model.SealedKeyring{Staff: a.actor.Staff, Site: a.actor.Site, Serial: a.sealed.Serial + 1, Public: public[:], Wrapped: wrapped}
	signer := a.first
	if a.sealed.Serial > 1 {
		signer = a.key
	}
	out.By = signer.Sign(out.Claim())
	return out
}
