package store_test

import (
	"runtime"
	"sync"
	"testing"
	"time"

	"github.com/throughgate/throughgate/model"
	"github.com/throughgate/throughgate/store/seal"
)

// author makes envelopes without a store, as another desk or the hub's jobs
// would. What a test wants to be wrong with one it changes before sealing.
type author struct {
	site   *site
	actor  model.Actor
	key    seal.SigningKey
	device model.DeviceID
	clock  model.Clock
	seq    uint64
	prev   model.Hash
}

// author is somebody new of the site at a device of their own.
func (s *site) author(staff model.StaffID, role model.Role) *author {
	s.tb.Helper()
	ring := s.ring(staff)
	s.add(ring, role, 1)
	key, err := seal.SigningKeyFromSeed(ring.SigningSeed)
	if err != nil {
		s.tb.Fatal(err)
	}
	id := s.identity()
	return &author{
		site: s, actor: model.Actor{Staff: staff, Role: role, Site: s.data.Site}, key: key,
		device: id.Device, clock: model.Clock{Node: id.Node},
	}
}

// op is the author's next op; it is not yet signed.
func (a *author) op(id model.PersonID, at time.Time, change model.Change) *model.Op {
	a.site.tb.Helper()
	body, err := model.EncodeChange(change)
	if err != nil {
		a.site.tb.Fatal(err)
	}
	a.seq++
	return &model.Op{
		Stamp: a.clock.Next(at), Actor: a.actor, Device: a.device, Incarnation: 1, Seq: a.seq, Person: id, Prev: a.prev,
		Kind: change.Kind(), Body: body, Change: change, Compartment: change.Compartment(),
	}
}

// write makes a sound envelope.
func (a *author) write(id model.PersonID, at time.Time, change model.Change) model.Envelope {
	env := seals(a.site.tb, a.site, a.op(id, at, change), a.key)
	a.prev = env.Hash
	return env
}

// seals signs an op with a key and seals it with the site's.
func seals(tb testing.TB, s *site, op *model.Op, key seal.SigningKey) model.Envelope {
	tb.Helper()
	encoded, err := op.Encode()
	if err != nil {
		tb.Fatal(err)
	}
	signed := append(encoded, key.Sign(encoded)...)
	env := model.EnvelopeFor(op, op.Compartment, 1, signed)
	boxKey, err := seal.KeyFromBytes(s.keyOf(op.Compartment))
	if err != nil {
		tb.Fatal(err)
	}
	if env.Sealed, err = seal.NewBox(boxKey).SealCompact(nil, signed, env.Head()); err != nil {
		tb.Fatal(err)
	}
	return env
}

// writeAll makes envelopes of many ops on all processors; such an author's chain
// of hashes is not whole, which no desk looks at.
func (a *author) writeAll(ops []*model.Op) []model.Envelope {
	envs := make([]model.Envelope, len(ops))
	var all sync.WaitGroup
	workers := runtime.GOMAXPROCS(0)
	for w := range workers {
		all.Go(func() {
			for i := w; i < len(ops); i += workers {
				envs[i] = seals(a.site.tb, a.site, ops[i], a.key)
			}
		})
	}
	all.Wait()
	return envs
}

// opens reads an envelope with the site's keys, without a store.
func opens(tb testing.TB, s *site, env model.Envelope) *model.Op {
	tb.Helper()
	key, err := seal.KeyFromBytes(s.keyOf(env.Compartment))
	if err != nil {
		tb.Fatal(err)
	}
	signed, err := seal.NewBox(key).OpenCompact(nil, env.Sealed, env.Head())
	if err != nil {
		tb.Fatal(err)
	}
	op, _, _, err := model.DecodeOp(signed)
	if err != nil {
		tb.Fatal(err)
	}
	return op
}

func verifies(public, message, signature []byte) bool {
	return len(public) == len(seal.PublicKey{}) && seal.Verify(seal.PublicKey(public), message, signature)
}
