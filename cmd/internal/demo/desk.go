package demo

import (
	"fmt"
	"time"

	"github.com/throughgate/throughgate/model"
	"github.com/throughgate/throughgate/store/seal"
)

// desk is an invented workstation: it makes entries as a store does, without
// keeping them, so that a whole site's past is written in one go.
type desk struct {
	id          model.DeviceID
	incarnation uint32
	clock       model.Clock
	seq         uint64
	prev        model.Hash
	out         []model.Envelope
	looks       []model.RawAccess // its access log
	look        model.Hash        // of the last entry there
}

// hand is somebody who writes: who they are and what they sign with.
type hand struct {
	actor model.Actor
	key   seal.SigningKey
}

// town is the site while its past is being written.
type town struct {
	hands     map[model.StaffID]hand
	boxes     map[model.Compartment]*seal.Box // of the site's keys of version 1
	personKey []byte
	desks     [2]*desk // custody's and healthcare's
	records   map[model.PersonID]*model.Record
	bases     map[slotOf]model.Stamp // what the last write of each slot had seen
	looksFrom time.Time              // before it nobody wrote down who looked
}

type slotOf struct {
	person model.PersonID
	slot   string
}

// write makes one step of a story at one of the two desks.
func (t *town) write(s step) error {
	by, known := t.hands[s.by]
	if !known {
		return fmt.Errorf("demo: nobody is called %s", s.by)
	}
	id := model.PersonIDOf(t.personKey, s.number)
	r := t.records[id]
	if r == nil {
		r = model.NewRecord(id, model.Compartments())
		t.records[id] = r
	}
	w := writing{town: t, desk: t.deskOf(by.actor.Role, s.blind), by: by, at: s.at, record: r, blind: s.blind}
	changes := s.do(&pen{
		record: r, today: model.DayOf(s.at), actor: by.actor, sign: by.signMessage, name: staffName, now: s.at,
	})
	for _, c := range changes {
		if err := w.make(c); err != nil {
			return fmt.Errorf("demo: %s by %s: %w", c.Kind(), s.by, err)
		}
	}
	return w.looked(changes)
}

func staffName(id model.StaffID) string {
	for _, s := range Staff() {
		if s.ID == id {
			return s.Name
		}
	}
	return ""
}

// deskOf is where somebody sits: custody roles at the one, healthcare at the
// other. What is written blind comes from the desk that wrote it not.
func (t *town) deskOf(role model.Role, other bool) *desk {
	i := 0
	if role.MayRead(model.Health) {
		i = 1
	}
	if other {
		i = 1 - i
	}
	return t.desks[i]
}

// writing is one step under way.
type writing struct {
	*town
	desk   *desk
	by     hand
	at     time.Time
	record *model.Record
	blind  bool
}

// make asks what a store asks, appends the change, and then what follows from
// it.
func (w *writing) make(c model.Change) error {
	if err := model.Allow(w.by.actor, c, w.record); err != nil {
		return err
	}
	if err := c.Check(w.record.ThisStay(), w.at); err != nil {
		return err
	}
	if err := w.append(c, w.blind); err != nil {
		return err
	}
	leader, leads := c.(model.Follower)
	if !leads {
		return nil
	}
	for _, next := range leader.Follows(w.record.ThisStay()) {
		if err := w.append(next, false); err != nil {
			return err
		}
	}
	return nil
}

func (w *writing) append(c model.Change, blind bool) error {
	body, err := model.EncodeChange(c)
	if err != nil {
		return err
	}
	d, at := w.desk, slotOf{w.record.ID, c.Slot()}
	base := w.record.Seen(c.Compartment(), c.Slot())
	if blind {
		base = w.bases[at]
	}
	w.bases[at] = base
	d.seq++
	op := &model.Op{
		Stamp: d.clock.Next(w.at), Actor: w.by.actor, Device: d.id, Incarnation: d.incarnation, Seq: d.seq,
		Person: w.record.ID, Base: base, Prev: d.prev, Kind: c.Kind(), Body: body, Change: c, Compartment: c.Compartment(),
	}
	env, err := w.seal(op)
	if err != nil {
		return err
	}
	d.prev, d.out = env.Hash, append(d.out, env)
	w.record.Fold(op)
	return nil
}

func (w *writing) seal(op *model.Op) (model.Envelope, error) {
	encoded, err := op.Encode()
	if err != nil {
		return model.Envelope{}, err
	}
	signed := append(encoded, w.by.key.Sign(encoded)...)
	env := model.EnvelopeFor(op, op.Compartment, 1, signed)
	env.Sealed, err = w.boxes[op.Compartment].SealCompact(nil, signed, env.Head())
	return env, err
}

// signMessage signs what is not an entry, such as a letter, as a session of the
// store does.
func (h hand) signMessage(message []byte) []byte { return h.key.Sign(message) }
