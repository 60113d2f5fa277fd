package store

import (
	"bytes"
	"encoding/json"
	"maps"
	"slices"

	"go.etcd.io/bbolt"

	"github.com/throughgate/throughgate/model"
)

// parts holds what is shown of people to what their entries say: a snapshot that
// was put back to an older one opens, and one that was taken out leaves nobody on
// the board.
func (v *verifier) parts() error {
	left := make(map[string]bool) // snapshots that no entry was found for
	err := v.paced(bucketSnapshots, []byte{}, func(_ *bbolt.Tx, key, _ []byte) (bool, error) {
		left[string(key)] = true
		return true, nil
	})
	if err != nil {
		return err
	}
	var last []byte // the part that was looked at
	err = v.paced(bucketOps, []byte{}, func(tx *bbolt.Tx, key, _ []byte) (bool, error) {
		if len(key) != opKeySize || bytes.HasPrefix(key, last) && last != nil {
			return true, nil
		}
		last = bytes.Clone(key[:personSize+1])
		id, c := model.PersonID(key[:personSize]), model.Compartment(key[personSize])
		delete(left, string(partKey(c, id)))
		v.part(tx, c, id)
		return true, nil
	})
	if err != nil {
		return err
	}
	return v.withoutEntries(slices.Sorted(maps.Keys(left)))
}

// withoutEntries reports snapshots of which the log has nothing, but for those
// whose entries came or went meanwhile.
func (v *verifier) withoutEntries(left []string) error {
	return v.s.view(func(tx *bbolt.Tx) error {
		for _, key := range left {
			c, id := readPartKey([]byte(key))
			if tx.Bucket([]byte(bucketSnapshots)).Get([]byte(key)) != nil && len(logOf(tx, c, id)) == 0 {
				v.report.Find(model.Finding{What: model.FoundShown, Site: v.own.Site})
			}
		}
		return nil
	})
}

// part folds a part anew and compares it with what is kept of it.
func (v *verifier) part(tx *bbolt.Tx, c model.Compartment, id model.PersonID) {
	key := partKey(c, id)
	if !v.keys.holds(c) || tx.Bucket([]byte(bucketRefold)).Get(key) != nil {
		return // nobody here can, or it is to be folded anew
	}
	values := logOf(tx, c, id)
	want, err := v.keys.foldValues(c, id, values)
	if err != nil {
		return // the entry by which it fails was found by itself
	}
	have := model.NewRecord(id, []model.Compartment{c})
	snapshot := tx.Bucket([]byte(bucketSnapshots)).Get(key)
	if snapshot != nil && v.keys.openPart(c, have, snapshot) == nil && sameParts(have, want, c) {
		v.report.Checked.Shown++
		return
	}
	env, err := model.DecodeEnvelope(bytes.Clone(values[len(values)-1]))
	if err != nil {
		return
	}
	v.report.Find(model.Finding{What: model.FoundShown, Site: v.own.Site, Place: v.places[string(opKey(id, c, env.Stamp))]}.Of(&env))
}

// sameParts compares a part as it is kept, which was written and read, with one
// that was folded.
func sameParts(kept, folded *model.Record, c model.Compartment) bool {
	again := model.NewRecord(folded.ID, []model.Compartment{c})
	text, err := json.Marshal(part(folded, c))
	if err != nil || json.Unmarshal(text, part(again, c)) != nil {
		return false
	}
	one, err := json.Marshal(part(kept, c))
	other, err2 := json.Marshal(part(again, c))
	return err == nil && err2 == nil && bytes.Equal(one, other)
}
