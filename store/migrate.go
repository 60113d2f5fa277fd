package store

import (
	"bytes"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"

	"go.etcd.io/bbolt"

	"github.com/throughgate/throughgate/model"
)

// schema is the version of the file's layout that this program writes.
//
//	1  the compartment keys stood in the keyrings
//	2  they come in grants. Keyrings of version 1 open nothing any more: their
//	   owners need a new passphrase. What was written stays readable with the
//	   keys that come in the grants, which are the same.
const schema = uint32(2)

// Layout is the version of the layout that every open store has.
const Layout = schema

// migrations bring a file forward, each from the version that is its key to the
// next. They run in one transaction with the new version number, so a file is
// never between two versions. Buckets that a file does not have yet are made at
// every opening and need no step.
var migrations = map[uint32]func(*bbolt.Tx) error{
	1: dropOldKeyrings,
}

// dropOldKeyrings takes out what waits for the hub to take it: it takes no
// keyring of the first version any more.
func dropOldKeyrings(tx *bbolt.Tx) error {
	if err := tx.DeleteBucket([]byte(bucketNewKeys)); err != nil {
		return err
	}
	_, err := tx.CreateBucket([]byte(bucketNewKeys))
	return err
}

func (e *edit) putSchema(version uint32) error {
	return e.put(bucketMeta, keySchema, binary.BigEndian.AppendUint32(nil, version))
}

func readSchema(tx *bbolt.Tx) (uint32, error) {
	meta := tx.Bucket([]byte(bucketMeta))
	if meta == nil {
		return 0, model.NotFound("The store in this folder was never finished.", "Enrol this workstation again.")
	}
	value := meta.Get(keySchema)
	if len(value) != 4 {
		return 0, damaged(errors.New("no schema version"))
	}
	return binary.BigEndian.Uint32(value), nil
}

// migrate brings the file to this program's schema, and refuses one that is
// newer: an older program does not know what it would spoil.
func (s *Store) migrate(to uint32, steps map[uint32]func(*bbolt.Tx) error) error {
	var from uint32
	err := s.view(func(tx *bbolt.Tx) (err error) {
		from, err = readSchema(tx)
		return err
	})
	switch {
	case err != nil:
		return err
	case from > to:
		return outside("This store was written by a newer version of Throughgate.", "Start that version, or upgrade this one.", fmt.Errorf("schema %d", from))
	case from == to:
		return nil
	}
	return s.edit(func(e *edit) error {
		for v := from; v < to; v++ {
			step := steps[v]
			if step == nil {
				return outside("This store is too old for this version of Throughgate.", "Upgrade one version at a time.", fmt.Errorf("schema %d", from))
			}
			if err := step(e.tx); err != nil {
				return err
			}
		}
		return e.putSchema(to)
	})
}

// load reads what memory holds of an open file.
func (s *Store) load() error {
	err := s.view(func(tx *bbolt.Tx) error {
		if _, err := readSchema(tx); err != nil {
			return err
		}
		return s.desk.read(tx)
	})
	if err == nil {
		err = s.migrate(schema, migrations)
	}
	if err == nil {
		err = s.addBuckets()
	}
	if err != nil {
		return err
	}
	return s.view(func(tx *bbolt.Tx) error {
		meta := tx.Bucket([]byte(bucketMeta))
		var err error
		if s.id, err = readIdentity(meta); err != nil {
			return err
		}
		s.desk.clock.Node = s.id.Node
		s.counts, s.people = countAll(tx), int(s.desk.people)
		if saved := meta.Get(keyRetained); saved != nil {
			if err := json.Unmarshal(saved, &s.retained); err != nil {
				return damaged(err)
			}
		}
		if saved := meta.Get(keySync); saved != nil {
			if err := json.Unmarshal(saved, &s.sync); err != nil {
				return damaged(err)
			}
			s.sync.Online = false
		}
		s.notary = bytes.Clone(meta.Get(keyNotary))
		if s.feed, err = readFeedState(tx); err != nil {
			return err
		}
		s.roster, err = readRoster(tx)
		return err
	})
}

// addBuckets makes the buckets that an older program did not know. They change
// nothing that it does know, so it can still open the file.
func (s *Store) addBuckets() error {
	var lacking []string
	err := s.view(func(tx *bbolt.Tx) error {
		for _, name := range buckets {
			if tx.Bucket([]byte(name)) == nil {
				lacking = append(lacking, name)
			}
		}
		return nil
	})
	if err != nil || len(lacking) == 0 {
		return err
	}
	return s.edit(func(e *edit) error {
		for _, name := range lacking {
			if _, err := e.tx.CreateBucket([]byte(name)); err != nil {
				return err
			}
		}
		return nil
	})
}

func countAll(tx *bbolt.Tx) counts {
	count := func(bucket string) int { return countKeys(tx.Bucket([]byte(bucket))) }
	return counts{
		pending: count(bucketOutbox), newKeys: count(bucketNewKeys), refused: countUnsettled(tx),
		waiting: count(bucketWaiting), quarantined: count(bucketQuarantine),
	}
}

func countKeys(b *bbolt.Bucket) int {
	n := 0
	for c, k := b.Cursor(), []byte(nil); ; n++ {
		if n == 0 {
			k, _ = c.First()
		} else {
			k, _ = c.Next()
		}
		if k == nil {
			return n
		}
	}
}
