package store_test

import (
	"bytes"
	"errors"
	"slices"
	"testing"

	"go.etcd.io/bbolt"

	"github.com/throughgate/throughgate/model"
	"github.com/throughgate/throughgate/store"
)

// kept reads an envelope out of the file as it stands there.
func kept(tb testing.TB, st *store.Store, env model.Envelope) []byte {
	tb.Helper()
	stamp, _ := env.Stamp.AppendBinary(nil)
	var value []byte
	err := st.DB().View(func(tx *bbolt.Tx) error {
		key := slices.Concat(env.Person[:], []byte{byte(env.Compartment)}, stamp)
		value = bytes.Clone(tx.Bucket([]byte(store.BucketOps)).Get(key))
		return nil
	})
	if err != nil {
		tb.Fatal(err)
	}
	return value
}

// swapSnapshots changes two people's shared snapshots in the file.
func swapSnapshots(tb testing.TB, st *store.Store, one, two model.PersonID) {
	tb.Helper()
	err := st.DB().Update(func(tx *bbolt.Tx) error {
		b := tx.Bucket([]byte(store.BucketSnapshots))
		keyOne, keyTwo := append([]byte{1}, one[:]...), append([]byte{1}, two[:]...)
		first, second := bytes.Clone(b.Get(keyOne)), bytes.Clone(b.Get(keyTwo))
		return errors.Join(b.Put(keyOne, second), b.Put(keyTwo, first))
	})
	if err != nil {
		tb.Fatal(err)
	}
}
