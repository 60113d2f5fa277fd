package store

import (
	"bytes"
	"encoding/binary"
	"encoding/json"
	"errors"

	"go.etcd.io/bbolt"

	"github.com/throughgate/throughgate/model"
)

// A sealed value of ours begins with the version of the key that sealed it, 2
// bytes, big-endian. Its associated data is the bucket's name and the key, so it
// cannot be moved to another place.

func sealedPlace(bucket string, key []byte) []byte {
	return append(append(make([]byte, 0, 40), bucket...), key...)
}

func (k *keys) sealValue(c model.Compartment, bucket string, key []byte, v any) ([]byte, error) {
	plain, err := json.Marshal(v)
	if err != nil {
		return nil, internal("encode "+bucket, err)
	}
	box, version := k.sealer(c)
	if box == nil {
		return nil, errNoKey
	}
	out := binary.BigEndian.AppendUint16(make([]byte, 0, 64+len(plain)/2), version)
	out, err = box.SealCompact(out, plain, sealedPlace(bucket, key))
	if err != nil {
		return nil, internal("seal "+bucket, err)
	}
	return out, nil
}

// openValue returns the plain bytes of a sealed value, appended to buf.
func (k *keys) openValue(buf []byte, c model.Compartment, bucket string, key, value []byte) ([]byte, error) {
	if len(value) < 2 {
		return nil, damaged(errors.New("a sealed value is cut short"))
	}
	box := k.opener(c, binary.BigEndian.Uint16(value))
	if box == nil {
		return nil, errNoKey
	}
	plain, err := box.OpenCompact(buf, value[2:], sealedPlace(bucket, key))
	if err != nil {
		return nil, damaged(err)
	}
	return plain, nil
}

// part returns the compartment's part of a record, to be encoded or decoded.
func part(r *model.Record, c model.Compartment) any {
	switch c {
	case model.Custody:
		return r.Custody
	case model.Health:
		return r.Health
	}
	return &r.Shared
}

// openPart reads a sealed snapshot into the record. A person without one has an
// empty part.
func (k *keys) openPart(c model.Compartment, r *model.Record, snapshot []byte) error {
	if snapshot == nil {
		return nil
	}
	plain, err := k.openValue(nil, c, bucketSnapshots, partKey(c, r.ID), snapshot)
	if err != nil {
		return err
	}
	if err := json.Unmarshal(plain, part(r, c)); err != nil {
		return damaged(err)
	}
	return nil
}

// load reads the compartments that k can open.
func (k *keys) load(tx *bbolt.Tx, id model.PersonID) (*model.Record, error) {
	r := model.NewRecord(id, k.readable())
	snapshots := tx.Bucket([]byte(bucketSnapshots))
	for _, c := range k.readable() {
		if err := k.openPart(c, r, snapshots.Get(partKey(c, id))); err != nil {
			return nil, err
		}
	}
	return r, nil
}

// closedPart is a compartment of a record made ready to be kept: sealed, with
// what goes beside it. Making it needs no transaction, so it can be made for many
// people at once.
type closedPart struct {
	compartment model.Compartment
	person      model.PersonID
	snapshot    []byte // nil when nothing is left of the part
	conflicts   int
	row         *model.Row // of the shared part
	rowValue    []byte
}

// closePart seals the snapshot of a compartment, and of the shared one the row,
// which every list is made of. Of an empty part, whose every op was refused,
// nothing is left.
func (k *keys) closePart(c model.Compartment, r *model.Record) (closedPart, error) {
	out := closedPart{compartment: c, person: r.ID}
	log := r.Log(c)
	if log.Last.IsZero() {
		return out, nil
	}
	for _, heads := range log.Slots {
		if len(heads) > 1 {
			out.conflicts++
		}
	}
	var err error
	out.snapshot, err = k.sealValue(c, bucketSnapshots, partKey(c, r.ID), part(r, c))
	if err != nil || c != model.Shared {
		return out, err
	}
	row := model.RowOf(r.ID, &r.Shared)
	out.row = &row
	out.rowValue, err = k.sealValue(c, bucketRows, r.ID[:], out.row)
	return out, err
}

// keepPart puts a part in the file. The list of who has something to settle is
// kept so that nobody has to open every record to find out.
func (e *edit) keepPart(p closedPart) error {
	key := partKey(p.compartment, p.person)
	keepOrDrop := func(bucket string, key, value []byte) error {
		if value == nil {
			return e.delete(bucket, key)
		}
		return e.put(bucket, key, value)
	}
	var conflicts []byte
	if p.conflicts > 0 {
		conflicts = numberKey(uint64(p.conflicts))
	}
	err := errors.Join(keepOrDrop(bucketSnapshots, key, p.snapshot), keepOrDrop(bucketConflicts, key, conflicts))
	if err != nil || p.compartment != model.Shared {
		return err
	}
	e.noteRow(p)
	return keepOrDrop(bucketRows, p.person[:], p.rowValue)
}

// noteRow tells memory of a row that is about to be kept or dropped.
func (e *edit) noteRow(p closedPart) {
	had := e.has(bucketRows, p.person[:])
	switch {
	case p.row != nil:
		e.rows = append(e.rows, *p.row)
		if !had {
			e.counts.people++
		}
	case had:
		e.gone = append(e.gone, p.person)
		e.counts.people--
	}
}

func (e *edit) savePart(k *keys, c model.Compartment, r *model.Record) error {
	closed, err := k.closePart(c, r)
	if err != nil {
		return err
	}
	return e.keepPart(closed)
}

// refold makes one compartment of a person's record anew from the log, for what
// cannot be added at the end: an op that came late, or one to be taken out.
func (e *edit) refold(k *keys, c model.Compartment, id model.PersonID) (*model.Record, error) {
	return k.foldValues(c, id, e.logOf(c, id))
}

// logOf returns the envelopes of a compartment in stamp order. They die with the
// transaction.
func (e *edit) logOf(c model.Compartment, id model.PersonID) [][]byte {
	var values [][]byte
	prefix := opPrefix(id, c)
	cursor := e.tx.Bucket([]byte(bucketOps)).Cursor()
	for key, value := cursor.Seek(prefix); bytes.HasPrefix(key, prefix); key, value = cursor.Next() {
		values = append(values, value)
	}
	return values
}

func (k *keys) foldValues(c model.Compartment, id model.PersonID, values [][]byte) (*model.Record, error) {
	r := model.NewRecord(id, []model.Compartment{c})
	for _, value := range values {
		op, err := k.openOwn(value)
		if err != nil {
			return nil, err
		}
		r.Fold(op)
	}
	return r, nil
}
