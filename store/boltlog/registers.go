package boltlog

import (
	"bytes"

	"go.etcd.io/bbolt"

	"github.com/throughgate/throughgate/model"
)

// Load returns every value of a table by its key. The memory is the caller's.
func (l *Log) Load(table string) (map[string][]byte, error) {
	out := make(map[string][]byte)
	err := l.db.View(func(tx *bbolt.Tx) error {
		rows := tx.Bucket(bucketRegisters).Bucket([]byte(table))
		if rows == nil {
			return nil
		}
		return rows.ForEach(func(k, v []byte) error {
			out[string(k)] = bytes.Clone(v)
			return nil
		})
	})
	return out, asError(err)
}

// Save writes values in one transaction: all of them or none.
func (l *Log) Save(values ...model.Register) error {
	return asError(l.db.Update(func(tx *bbolt.Tx) error {
		registers := tx.Bucket(bucketRegisters)
		for _, r := range values {
			rows, err := registers.CreateBucketIfNotExists([]byte(r.Table))
			if err != nil {
				return err
			}
			if r.Value == nil {
				err = rows.Delete([]byte(r.Key))
			} else {
				err = rows.Put([]byte(r.Key), r.Value)
			}
			if err != nil {
				return err
			}
		}
		return nil
	}))
}
