package store

import (
	"encoding/binary"
	"errors"

	"github.com/throughgate/throughgate/model"
)

// remove takes an op out of the log and leaves word of why, so that whoever
// verifies the log can tell what was taken out by rule from what is missing. Its
// place in the feed keeps the leaf, and the word the op's head, with which its
// device's chain stays whole. What is not there is passed over.
func (e *edit) remove(id model.PersonID, c model.Compartment, at model.Stamp, why model.Removed) error {
	key := opKey(id, c, at)
	raw := e.get(bucketOps, key)
	if raw == nil {
		return nil
	}
	env, err := model.DecodeEnvelope(raw)
	if err != nil {
		return damaged(err)
	}
	if err := e.leaveWord(&env, why); err != nil {
		return err
	}
	return e.delete(bucketOps, key)
}

// leaveWord keeps an op's head in its stead.
func (e *edit) leaveWord(env *model.Envelope, why model.Removed) error {
	word := removedWord{why: why, at: model.InstantOf(e.s.opt.Now()), env: *env}
	return e.put(bucketRemoved, opKey(env.Person, env.Compartment, env.Stamp), word.encode())
}

// removedWord is what is left of an op that was removed.
type removedWord struct {
	why model.Removed
	at  model.Instant
	env model.Envelope // its head
}

func (w *removedWord) encode() []byte {
	b := binary.BigEndian.AppendUint64(nil, uint64(w.at))
	b = binary.AppendUvarint(b, uint64(len(w.why)))
	return append(append(b, w.why...), w.env.Head()...)
}

var errRemoved = errors.New("the word on a removed op is cut short")

func readRemoved(value []byte) (w removedWord, err error) {
	if len(value) < 9 {
		return w, errRemoved
	}
	w.at, value = model.Instant(binary.BigEndian.Uint64(value)), value[8:]
	length, n := binary.Uvarint(value)
	if n <= 0 || length > uint64(len(value)-n) {
		return w, errRemoved
	}
	w.why = model.Removed(value[n : n+int(length)])
	w.env, err = model.DecodeEnvelope(value[n+int(length):])
	return w, err
}
