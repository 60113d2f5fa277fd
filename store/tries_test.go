package store_test

import (
	"encoding/binary"
	"testing"
	"time"

	"go.etcd.io/bbolt"

	"github.com/throughgate/throughgate/model"
	"github.com/throughgate/throughgate/store"
)

// Somebody who types a thousand names that are none does not wipe out what is
// counted against the one whose passphrase they guess at.
func TestGuessesAreNotForgottenForOtherNamesTyped(t *testing.T) {
	s := newSite(t)
	st := s.desk()
	for range 4 {
		_ = try(st, "nurse", "wrong")
	}
	later := uint64(time.Now().AddDate(100, 0, 0).UnixMilli())
	err := st.DB().Update(func(tx *bbolt.Tx) error {
		b := tx.Bucket([]byte(store.BucketTries))
		for i := range uint64(2000) {
			name := binary.BigEndian.AppendUint64(make([]byte, 8), i)
			if err := b.Put(name, binary.BigEndian.AppendUint64([]byte{0, 0, 0, 1}, later)); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	_ = try(st, "none", "wrong")
	if err := try(st, "nurse", passphraseOf("nurse")); model.KindOf(err) != model.KindLocked {
		t.Errorf("the guesses at a name are forgotten: %v", err)
	}
}
