package store

import (
	"encoding/binary"
	"errors"

	"github.com/throughgate/throughgate/model"
)

// remove takes an op out of the log and leaves word of why, so that whoever
// verifies the log can tell what was taken out by rule from what is missing. Its
// place in the feed keeps the leaf.
func (e *edit) remove(id model.PersonID, c model.Compartment, at model.Stamp, why model.Removed) error {
	key := opKey(id, c, at)
	if err := e.delete(bucketOps, key); err != nil {
		return err
	}
	word := binary.BigEndian.AppendUint64(nil, uint64(model.InstantOf(e.s.opt.Now())))
	return e.put(bucketRemoved, key, append(word, why...))
}

// readRemoved returns why and when an op was removed.
func readRemoved(value []byte) (why model.Removed, at model.Instant, err error) {
	if len(value) < 8 {
		return "", 0, damaged(errors.New("the word on a removed op is cut short"))
	}
	return model.Removed(value[8:]), model.Instant(binary.BigEndian.Uint64(value)), nil
}
