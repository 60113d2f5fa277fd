package sync_test

import (
	"encoding/json"
	"errors"
	"slices"
	gosync "sync"
	"time"

	"github.com/throughgate/throughgate/model"
)

// desk is a workstation's store in memory. It keeps the promises the agent
// relies on: one outbox in the order of writing, an idempotent merge, a token
// after each commit.
type desk struct {
	mu       gosync.Mutex
	id       model.DeviceID
	clock    model.Clock
	seq      uint64
	ops      map[model.Stamp]model.Envelope
	outbox   []model.Stamp
	refused  map[model.Stamp]string
	after    uint64
	epoch    string
	rings    []model.SealedKeyring
	site     model.SiteData
	tables   map[string][]byte
	revision map[string]uint64
	state    model.SyncState
	states   []model.SyncState
	heads    []string // as they came
	tokens   chan struct{}
	closed   bool
	fail     error             // what every write to the disk fails with
	looks    []model.RawAccess // of its own access log
	told     uint64
	reads    []model.RawAccess // of other desks
	readTo   uint64
	turn     string
	erased   bool

	incarnation uint32
}

var errDisk = &model.Error{Kind: model.KindOutside, Msg: "The disk is full.", Hint: "Make room."}

func newDesk(node uint32) *desk {
	return &desk{
		id: model.DeviceID{0xd, byte(node)}, clock: model.Clock{Node: node},
		ops: map[model.Stamp]model.Envelope{}, refused: map[model.Stamp]string{},
		tables: map[string][]byte{}, revision: map[string]uint64{}, tokens: make(chan struct{}, 1),
	}
}

// write makes n ops, as somebody at this desk would.
func (d *desk) write(n int) []model.Stamp {
	var made []model.Stamp
	_ = d.edit(func() {
		for range n {
			d.seq++
			e := envelope(d.seq, 200)
			e.Device, e.Stamp = d.id, d.clock.Next(time.Now())
			d.ops[e.Stamp] = e
			d.outbox = append(d.outbox, e.Stamp)
			made = append(made, e.Stamp)
		}
	})
	return made
}

func (d *desk) edit(do func()) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.fail != nil {
		return d.fail
	}
	do()
	d.wake()
	return nil
}

func (d *desk) wake() {
	if d.closed {
		return
	}
	select {
	case d.tokens <- struct{}{}:
	default:
	}
}

func (d *desk) close() {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.closed = true
	close(d.tokens)
}

// Watch implements sync.Outbox.
func (d *desk) Watch() (<-chan struct{}, func()) { return d.tokens, func() {} }

// Outgoing implements sync.Outbox.
func (d *desk) Outgoing(most int) ([]model.Envelope, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	var out []model.Envelope
	for _, stamp := range d.outbox[:min(most, len(d.outbox))] {
		out = append(out, d.ops[stamp])
	}
	return out, nil
}

// Settle implements sync.Outbox.
func (d *desk) Settle(results []model.PushResult) error {
	return d.edit(func() {
		for _, r := range results {
			i := slices.Index(d.outbox, r.Stamp)
			if i < 0 {
				continue
			}
			d.outbox = slices.Delete(d.outbox, i, i+1)
			if r.Status == model.PushRefused {
				d.refused[r.Stamp] = r.Reason
				delete(d.ops, r.Stamp)
			}
		}
	})
}

// OutgoingKeyrings implements sync.Outbox.
func (d *desk) OutgoingKeyrings() ([]model.SealedKeyring, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	return slices.Clone(d.rings), nil
}

// KeyringsSent implements sync.Outbox.
func (d *desk) KeyringsSent(sent []model.SealedKeyring) error {
	return d.edit(func() {
		for _, ring := range sent {
			d.rings = slices.DeleteFunc(d.rings, func(k model.SealedKeyring) bool {
				return k.Staff == ring.Staff && k.Serial == ring.Serial
			})
		}
	})
}

// Cursor implements sync.Inbox.
func (d *desk) Cursor() (uint64, string, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.after, d.epoch, nil
}

// Merge implements sync.Inbox.
func (d *desk) Merge(ops []model.Envelope, next uint64, epoch string) error {
	return d.edit(func() {
		for _, op := range ops {
			d.ops[op.Stamp] = op
		}
		d.after, d.epoch = next, epoch
	})
}

// PutHead implements sync.Inbox.
func (d *desk) PutHead(signed []byte) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.heads = append(d.heads, string(signed))
	return nil
}

// Refill implements sync.Inbox.
func (d *desk) Refill(epoch string, _ []byte) error {
	return d.edit(func() {
		d.outbox = nil
		for stamp, op := range d.ops {
			if op.Device == d.id {
				d.outbox = append(d.outbox, stamp)
			}
		}
		slices.SortFunc(d.outbox, model.Stamp.Compare)
		d.after, d.epoch = 0, epoch
	})
}

// look adds an entry to the desk's access log.
func (d *desk) look() {
	_ = d.edit(func() {
		a := model.Access{Seq: uint64(len(d.looks) + 1), At: model.InstantOf(time.Now()), What: model.AccessRecord, Staff: "a.khan"}
		if n := len(d.looks); n > 0 {
			a.Prev = model.HashAccess(d.looks[n-1].Raw)
		}
		raw, err := json.Marshal(a)
		if err != nil {
			panic(err) // plain fields only
		}
		d.looks = append(d.looks, model.RawAccess{Seq: a.Seq, Raw: raw})
	})
}

// OutgoingAccess implements sync.Looks.
func (d *desk) OutgoingAccess(most int) ([]model.RawAccess, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	waiting := d.looks[d.told:]
	return slices.Clone(waiting[:min(most, len(waiting))]), nil
}

// AccessSent implements sync.Looks.
func (d *desk) AccessSent(upTo uint64) error { return d.edit(func() { d.told = upTo }) }

// AccessCursor implements sync.Looks.
func (d *desk) AccessCursor() (uint64, string, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.readTo, d.epoch, nil
}

// MergeAccess implements sync.Looks.
func (d *desk) MergeAccess(entries []model.RawAccess, next uint64) error {
	return d.edit(func() { d.reads, d.readTo = append(d.reads, entries...), next })
}

// Site implements sync.Facts.
func (d *desk) Site() model.SiteData {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.site
}

// PutSite implements sync.Facts.
func (d *desk) PutSite(site model.SiteData) error { return d.edit(func() { d.site = site }) }

// ReferenceRevision implements sync.Facts.
func (d *desk) ReferenceRevision(table string) (uint64, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.revision[table], nil
}

// PutReference implements sync.Facts.
func (d *desk) PutReference(table string, revision uint64, rows []byte) error {
	return d.edit(func() { d.tables[table], d.revision[table] = rows, revision })
}

// SetSync implements sync.Desk.
func (d *desk) SetSync(state model.SyncState) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.state = state
	d.states = append(d.states, state)
	d.wake()
	if d.fail != nil {
		return errors.New("not kept")
	}
	return nil
}

// Status implements sync.Desk.
func (d *desk) Status() model.DeskStatus {
	d.mu.Lock()
	defer d.mu.Unlock()
	return model.DeskStatus{SyncState: d.state, Pending: len(d.outbox), Refused: len(d.refused)}
}

// holds lists the stamps of the desk's ops in order.
func (d *desk) holds() []model.Stamp {
	d.mu.Lock()
	defer d.mu.Unlock()
	var out []model.Stamp
	for stamp := range d.ops {
		out = append(out, stamp)
	}
	slices.SortFunc(out, model.Stamp.Compare)
	return out
}

// Passport implements sync.Self.
func (d *desk) Passport() (model.Passport, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	return model.Passport{Incarnation: max(d.incarnation, 1), Turn: d.turn, Pending: len(d.outbox)}, nil
}

// KeepTurn implements sync.Self.
func (d *desk) KeepTurn(turn string, incarnation uint32) error {
	return d.edit(func() { d.turn, d.incarnation = turn, incarnation })
}

// Erase implements sync.Self.
func (d *desk) Erase(string) error {
	return d.edit(func() { d.ops, d.outbox, d.erased = nil, nil, true })
}

// Wanted implements sync.Comeback.
func (d *desk) Wanted() ([]model.PersonID, error) { return nil, nil }

// Return implements sync.Comeback.
func (d *desk) Return(model.PersonID, []model.Envelope) error { return nil }
