package store

import (
	"bytes"
	"context"
	"encoding/json"
	"maps"
	"slices"

	"go.etcd.io/bbolt"

	"github.com/throughgate/throughgate/model"
)

// PracticeMemory puts together what practices said to this prison of late, from
// the registrations that this session may read; nil when it may read none. It
// shows nobody's record to anybody: what comes out counts people and names none,
// so no look is written down. Who is restricted is left out altogether, since a
// count of one may tell where they are.
func (ss *Session) PracticeMemory(ctx context.Context) (model.PracticeMemory, error) {
	if err := ss.mayRead(ctx); err != nil {
		return nil, err
	}
	if !ss.held().holds(model.Health) {
		return nil, nil
	}
	now := ss.store.opt.Now()
	parts, err := ss.healthOf(lately(ss.Rows(), model.DayOf(now)-model.MemoryDays))
	if err != nil {
		return nil, err
	}
	memory := model.PracticeMemory{}
	for _, key := range slices.Sorted(maps.Keys(parts)) { // in one order, for two answers of one day
		if err := ss.mayRead(ctx); err != nil {
			return nil, err
		}
		reg, err := ss.held().openRegistration([]byte(key), parts[key])
		if err != nil {
			return nil, ss.explain(err)
		}
		memory.Add(reg, model.DayOf(now))
	}
	return memory, nil
}

// lately are those who are here, or left on a day or after it.
func lately(rows []model.Row, since model.Day) []model.PersonID {
	var all []model.PersonID
	for i := range rows {
		if left := rows[i].After.Left; !rows[i].Restricted && (left.IsZero() || left >= since) {
			all = append(all, rows[i].ID)
		}
	}
	return all
}

// healthOf copies sealed health parts out of the file, by their key, so that the
// transaction is short.
func (ss *Session) healthOf(people []model.PersonID) (map[string][]byte, error) {
	all := make(map[string][]byte, len(people))
	err := ss.store.view(func(tx *bbolt.Tx) error {
		snapshots := tx.Bucket([]byte(bucketSnapshots))
		for _, id := range people {
			key := partKey(model.Health, id)
			if value := snapshots.Get(key); value != nil {
				all[string(key)] = bytes.Clone(value)
			}
		}
		return nil
	})
	return all, err
}

// openRegistration reads of a sealed health part the registration, and passes
// over the rest.
func (k *keys) openRegistration(key, value []byte) (model.Registration, error) {
	var part struct {
		Registration model.Registration `json:"registration"`
	}
	sealed, err := readSnapshot(value)
	if err != nil {
		return part.Registration, err
	}
	box := k.opener(model.Health, sealed.version)
	if box == nil {
		return part.Registration, errNoKey
	}
	plain, err := box.OpenCompact(nil, sealed.part, sealedPlace("part", key))
	if err == nil {
		err = json.Unmarshal(plain, &part)
	}
	if err != nil {
		return part.Registration, damaged(err)
	}
	return part.Registration, nil
}
