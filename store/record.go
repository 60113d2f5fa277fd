package store

import (
	"bytes"
	"encoding/binary"
	"encoding/json"
	"errors"

	"go.etcd.io/bbolt"

	"github.com/throughgate/throughgate/model"
	"github.com/throughgate/throughgate/store/seal"
)

// A snapshot is one part of a person's record as it stands, so that it need not
// be folded from the log each time. Its value in the file is
//
//	version of the key that sealed it   2 bytes, big-endian
//	length of the row                   uvarint, 0 but in the shared part
//	row                                 sealed, not packed: it is what signing in reads
//	part                                sealed, packed
//
// Row and part stand together because they are always written together, and a
// page less is a write less.

// sealedPlace is the associated data of a sealed value: what it is and where it
// stands, so that it cannot be put in another's place.
func sealedPlace(what string, key []byte) []byte {
	return append(append(make([]byte, 0, 48), what...), key...)
}

// snapshot is a snapshot's value taken apart.
type snapshot struct {
	version   uint16
	row, part []byte // sealed
}

func readSnapshot(value []byte) (snapshot, error) {
	if len(value) < 2 {
		return snapshot{}, damaged(errCutShort)
	}
	out := snapshot{version: binary.BigEndian.Uint16(value)}
	length, n := binary.Uvarint(value[2:])
	if n <= 0 || length > uint64(len(value)-2-n) {
		return snapshot{}, damaged(errCutShort)
	}
	out.row, out.part = value[2+n:2+n+int(length)], value[2+n+int(length):]
	return out, nil
}

// errFull is a part of a record that seal.MaxCompact has no room for. No
// person's work makes one; somebody who wants to stop a prison's desks might.
var errFull = &model.Error{Kind: model.KindOutside, Msg: "This person's record is too large to keep more.", Hint: "Tell whoever runs the service.", Err: seal.ErrTooLarge}

var errCutShort = errors.New("a sealed value is cut short")

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

// openPart reads a snapshot into the record. A person without one has an empty
// part.
func (k *keys) openPart(c model.Compartment, r *model.Record, value []byte) error {
	if value == nil {
		return nil
	}
	sealed, err := readSnapshot(value)
	if err != nil {
		return damaged(errors.Join(errSpoilt, err))
	}
	box := k.opener(c, sealed.version)
	if box == nil {
		return errNoKey
	}
	plain, err := box.OpenCompact(nil, sealed.part, sealedPlace("part", partKey(c, r.ID)))
	if err == nil {
		err = json.Unmarshal(plain, part(r, c))
	}
	if errors.Is(err, seal.ErrWiped) {
		return err
	}
	if err != nil {
		return damaged(errors.Join(errSpoilt, err))
	}
	return nil
}

// loadRecord reads the compartments that k can open. Those whose snapshot was damaged
// come from the log, and the store is told.
func (s *Store) loadRecord(k *keys, tx *bbolt.Tx, id model.PersonID) (*model.Record, error) {
	r := model.NewRecord(id, k.readable())
	snapshots := tx.Bucket([]byte(bucketSnapshots))
	for _, c := range k.readable() {
		err := k.openPart(c, r, snapshots.Get(partKey(c, id)))
		if errors.Is(err, errSpoilt) {
			if err = k.mendPart(tx, c, r); err == nil {
				s.findsSpoilt(c, id)
			}
		}
		if errors.Is(err, errNoEntries) {
			s.findsLost(id)
		}
		if err != nil {
			return nil, err
		}
	}
	return r, nil
}

// errSpoilt is in the chain of the error of a snapshot that was damaged: the log
// has all that it was made from.
var errSpoilt = errors.New("a snapshot is not as it was made")

var errNoEntries = errors.New("a snapshot of which the log has no entry")

// mendPart makes a part of a record from the log, where its snapshot cannot be
// used. What is written next keeps it.
func (k *keys) mendPart(tx *bbolt.Tx, c model.Compartment, r *model.Record) error {
	values := logOf(tx, c, r.ID)
	if len(values) == 0 { // nobody is shown a person of whom nothing is known
		return damaged(errNoEntries)
	}
	folded, err := k.foldValues(c, r.ID, values)
	if err != nil {
		return err
	}
	switch c {
	case model.Custody:
		r.Custody = folded.Custody
	case model.Health:
		r.Health = folded.Health
	default:
		r.Shared = folded.Shared
	}
	return nil
}

// closedPart is a compartment of a record made ready to be kept. Making it needs
// no transaction, so it can be made for many people at once.
type closedPart struct {
	compartment model.Compartment
	person      model.PersonID
	snapshot    []byte // nil when nothing is left of the part
	conflicts   int
	row         *model.Row // of the shared part
}

// closePart seals the snapshot of a compartment. Of an empty part, whose every
// op was refused, nothing is left.
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
	if c == model.Shared {
		row := model.RowOf(r.ID, &r.Shared)
		out.row = &row
	}
	var err error
	out.snapshot, err = k.sealSnapshot(c, r, out.row)
	return out, err
}

func (k *keys) sealSnapshot(c model.Compartment, r *model.Record, row *model.Row) ([]byte, error) {
	box, version := k.sealer(c)
	if box == nil {
		return nil, errNoKey
	}
	out := binary.BigEndian.AppendUint16(make([]byte, 0, 1536), version)
	key := partKey(c, r.ID)
	if row == nil {
		out = append(out, 0)
	} else {
		plain, err := json.Marshal(row)
		if err != nil {
			return nil, internal("encode a row", err)
		}
		out = binary.AppendUvarint(out, uint64(len(plain)+seal.Overhead))
		if out, err = box.Seal(out, plain, sealedPlace("row", key)); err != nil {
			return nil, internal("seal a row", err)
		}
	}
	plain, err := json.Marshal(part(r, c))
	if err != nil {
		return nil, internal("encode a part", err)
	}
	out, err = box.SealCompact(out, plain, sealedPlace("part", key))
	if errors.Is(err, seal.ErrTooLarge) {
		return nil, errFull
	}
	if err != nil {
		return nil, internal("seal a part", err)
	}
	return out, nil
}

// keepPart puts a part in the file. The list of who has something to settle is
// kept so that nobody has to open every record to find out.
func (e *edit) keepPart(p closedPart) error {
	key := partKey(p.compartment, p.person)
	keepOrDrop := func(bucket string, value []byte) error {
		if value == nil {
			return e.delete(bucket, key)
		}
		return e.put(bucket, key, value)
	}
	if p.compartment == model.Shared {
		e.noteRow(p, e.has(bucketSnapshots, key))
	}
	var conflicts []byte
	if p.conflicts > 0 {
		conflicts = numberKey(uint64(p.conflicts))
	}
	return errors.Join(keepOrDrop(bucketSnapshots, p.snapshot), keepOrDrop(bucketConflicts, conflicts))
}

// noteRow tells memory of a row that is about to be kept or dropped; had tells
// whether there was one.
func (e *edit) noteRow(p closedPart, had bool) {
	switch {
	case p.row != nil:
		e.rows = append(e.rows, *p.row)
		if !had {
			e.desk.people++
		}
	case had:
		e.gone = append(e.gone, p.person)
		e.desk.people--
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
	return k.foldValues(c, id, logOf(e.tx, c, id))
}

// logOf returns the envelopes of a compartment in stamp order. They die with the
// transaction.
func logOf(tx *bbolt.Tx, c model.Compartment, id model.PersonID) [][]byte {
	var values [][]byte
	prefix := opPrefix(id, c)
	cursor := tx.Bucket([]byte(bucketOps)).Cursor()
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
