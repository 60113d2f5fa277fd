package store

import (
	"bytes"
	"context"
	"encoding/binary"
	"encoding/json"
	"errors"

	"go.etcd.io/bbolt"

	"github.com/throughgate/throughgate/model"
	"github.com/throughgate/throughgate/store/tree"
)

// VerifyAudit goes through all that this desk keeps of the log and says what is
// missing or altered: each place of the feed against the op there, the tree of
// them against the heads the hub signed, every op's signature, the chains of the
// devices, the access log, and, where all of that is whole, what is shown of
// people against their ops. Ops that this session cannot open are compared with
// their place alone. Nothing is changed but that it is written down when something was
// found. It takes some seconds for 100,000 ops;
// ctx breaks it off.
func (s *Store) VerifyAudit(ctx context.Context, ss *Session) (*model.AuditReport, error) {
	if err := ss.mayRead(ctx); err != nil {
		return nil, err
	}
	s.mu.RLock()
	k, r := ss.held(), s.roster
	s.mu.RUnlock()
	v := &verifier{
		ctx: ctx, s: s, keys: k, roster: r, own: s.Identity(), notary: s.notaryKey(),
		report: &model.AuditReport{At: model.InstantOf(s.opt.Now()), Findings: []model.Finding{}},
		places: make(map[string]uint64), chains: make(map[chainOf]model.Chain),
	}
	for _, step := range []func() error{v.begin, v.feed, v.ops, v.others, v.access} {
		if err := step(); err != nil {
			return nil, err
		}
	}
	if v.notary != nil && ss.notary != seal32(v.notary) {
		v.report.Find(model.Finding{What: model.FoundNotary, Site: v.own.Site})
	}
	v.verifyChains()
	if len(v.report.Findings) == 0 {
		if err := v.parts(); err != nil {
			return nil, err
		}
	}
	if err := ss.mayRead(ctx); err != nil {
		return nil, err // with keys that were wiped meanwhile nothing opens
	}
	if ss.held() != k {
		return nil, &model.Error{Kind: model.KindLocked, Msg: "Your keys were replaced while this ran.", Hint: "Run it again."}
	}
	return v.report, s.noteVerified(ss, v.report)
}

// seal32 is a public key as sessions hold one, zero when it is none.
func seal32(public []byte) (out [32]byte) {
	copy(out[:], public)
	return out
}

// chainOf names a device's chain.
type chainOf struct {
	device      model.DeviceID
	incarnation uint32
}

// verifier is one VerifyAudit under way.
type verifier struct {
	ctx    context.Context
	s      *Store
	keys   *keys
	roster *roster
	own    Identity
	notary []byte
	report *model.AuditReport

	reading  reading
	heads    []keptHead               // of this life, by size
	aside    map[model.Hash]bool      // leaves of ops that were put aside
	places   map[string]uint64        // key in ops: number in the feed
	chains   map[chainOf]model.Chain  // of all ops
	last     map[chainOf]placed       // the latest link of each device so far in the feed
	breaks   []model.Finding          // places that stand before one they must follow
	unplaced map[string]model.Finding // key in ops: an op without a place
	desk     desk                     // as it was when this began
}

// placed is a link with its place.
type placed struct{ seq, place uint64 }

// keptHead is a head with its signature verified.
type keptHead struct{ tree.Head }

// begin reads where the desk is, its heads and what was put aside.
func (v *verifier) begin() error {
	v.aside, v.last, v.unplaced = make(map[model.Hash]bool), make(map[chainOf]placed), make(map[string]model.Finding)
	return v.s.view(func(tx *bbolt.Tx) (err error) {
		if err := v.desk.read(tx); err != nil {
			return damaged(err)
		}
		if v.reading, err = readReading(tx); err != nil {
			return err
		}
		if v.report.Evidence, err = readEvidence(tx); err != nil {
			return err
		}
		p, err := readPutBack(tx)
		if err != nil {
			return err
		}
		if !p.At.IsZero() {
			v.report.PutBack = &p
		}
		err = tx.Bucket([]byte(bucketQuarantine)).ForEach(func(_, value []byte) error {
			v.aside[tree.Leaf(value[min(1, len(value)):])] = true
			return nil
		})
		if err != nil {
			return err
		}
		return tx.Bucket([]byte(bucketHeads)).ForEach(v.head)
	})
}

// head verifies one kept head.
func (v *verifier) head(key, signed []byte) error {
	if v.notary == nil || len(key) != 12 {
		return nil
	}
	v.report.Checked.Heads++
	size := binary.BigEndian.Uint64(key[4:])
	h, err := tree.Open(signed, v.notary)
	if err != nil || h.Site != v.own.Site || h.Size != size {
		v.report.Find(model.Finding{What: model.FoundHead, Site: v.own.Site, Place: size})
		return nil
	}
	if binary.BigEndian.Uint32(key) == v.reading.life {
		v.heads = append(v.heads, keptHead{h})
	}
	return nil
}

// access walks the access log.
func (v *verifier) access() error {
	return v.s.view(func(tx *bbolt.Tx) error {
		entries, broken, err := walkAccess(tx)
		if err != nil {
			return err
		}
		v.report.Checked.Access = entries
		if broken != 0 {
			v.report.Find(model.Finding{What: model.FoundAccess, Site: v.own.Site, Seq: broken})
		}
		return nil
	})
}

// walkAccess goes through the access log, and returns how many entries it has and
// the number at which it is broken, 0 when it is whole.
func walkAccess(tx *bbolt.Tx) (entries int, broken uint64, err error) {
	var d desk
	if err := d.read(tx); err != nil {
		return 0, 0, damaged(err)
	}
	var seq uint64
	var last model.Hash
	errBroken := errors.New("broken")
	err = tx.Bucket([]byte(bucketAccess)).ForEach(func(_, value []byte) error {
		var a model.Access
		seq++
		if json.Unmarshal(value, &a) != nil || a.Seq != seq || a.Prev != last {
			return errBroken
		}
		last = model.HashAccess(value)
		return nil
	})
	switch {
	case errors.Is(err, errBroken):
		return int(seq), seq, nil
	case err != nil:
		return int(seq), 0, err
	case seq != d.looks:
		return int(seq), seq + 1, nil
	case last != d.look:
		return int(seq), seq, nil
	}
	return int(seq), 0, nil
}

// verifyChains holds every device's ops to each other. This desk's own chain of
// now must be whole, up to the last op that it made.
func (v *verifier) verifyChains() {
	now := chainOf{v.own.Device, v.own.Incarnation}
	for name, chain := range v.chains {
		v.report.VerifyChain(chain, name == now)
	}
	if v.desk.seq == 0 {
		return
	}
	for _, link := range v.chains[now] {
		if link.Seq == v.desk.seq && (link.Hash == v.desk.prev || link.Refused) {
			return
		}
	}
	v.report.Find(model.Finding{What: model.FoundGap, Site: v.own.Site, Device: &v.own.Device, Incarnation: v.own.Incarnation,
		Seq: v.desk.seq, Says: "The last entry of this workstation is not here as it was made."})
}

// paced calls fn for every entry of a bucket from a key on, in transactions of
// some hundred entries each, so that none is kept open long; fn is told the end
// of each transaction with a nil key, and returns false to end.
func (v *verifier) paced(bucket string, from []byte, fn func(tx *bbolt.Tx, key, value []byte) (bool, error)) error {
	for next := from; next != nil; {
		if err := v.ctx.Err(); err != nil {
			return &model.Error{Kind: model.KindLocked, Msg: "This was broken off.", Err: err}
		}
		err := v.s.view(func(tx *bbolt.Tx) error {
			c := tx.Bucket([]byte(bucket)).Cursor()
			key, value := c.Seek(next)
			for n := 0; key != nil && n < checkPace; n++ {
				more, err := fn(tx, key, value)
				if err != nil || !more {
					next = nil
					return err
				}
				key, value = c.Next()
			}
			next = bytes.Clone(key)
			return nil
		})
		if err != nil {
			return err
		}
	}
	return nil
}
