package store_test

import (
	"path/filepath"
	"testing"

	"go.etcd.io/bbolt"

	"github.com/throughgate/throughgate/store"
)

// TestAFileThatGrowsIsWhole: another process may hold it and write to it while it
// is looked at, and a file that is called damaged is an alarm.
func TestAFileThatGrowsIsWhole(t *testing.T) {
	path := filepath.Join(t.TempDir(), store.File)
	db, err := bbolt.Open(path, 0o600, &bbolt.Options{NoSync: true})
	if err != nil {
		t.Fatal(err)
	}
	db.AllocSize = 1
	defer db.Close()
	grown := make(chan error, 1)
	go func() {
		for i := range 400 {
			err := db.Update(func(tx *bbolt.Tx) error {
				b, err := tx.CreateBucketIfNotExists([]byte("b"))
				if err != nil {
					return err
				}
				return b.Put([]byte{byte(i >> 8), byte(i)}, make([]byte, 1<<16))
			})
			if err != nil {
				grown <- err
				return
			}
		}
		grown <- nil
	}()
	for {
		if err := store.CheckWhole(path); err != nil {
			t.Fatal(err)
		}
		select {
		case err := <-grown:
			if err != nil {
				t.Fatal(err)
			}
			return
		default:
		}
	}
}
