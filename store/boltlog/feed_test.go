package boltlog_test

import (
	"encoding/binary"
	"path/filepath"
	"testing"

	"go.etcd.io/bbolt"

	"github.com/throughgate/throughgate/model"
	"github.com/throughgate/throughgate/store/boltlog"
	"github.com/throughgate/throughgate/store/tree"
)

// filled is a log of n places at a site, and the tree they make.
func filled(t *testing.T, folder string, n int) (log *boltlog.Log, edge tree.Edge) {
	t.Helper()
	log = open(t, folder)
	entries := make([]model.LogEntry, n)
	for i := range entries {
		e := &entries[i]
		e.Site, e.Incarnation, e.Seq = "LEI", 1, uint64(i+1)
		e.Stamp = model.Stamp{Wall: int64(i + 1), Node: 1}
		e.Hash = model.HashOp(binary.BigEndian.AppendUint64(nil, e.Seq))
		if i > 0 {
			e.Prev = entries[i-1].Hash
		}
		e.Raw, _ = e.AppendBinary(nil)
		edge.Add(tree.Leaf(e.Raw))
	}
	if _, err := log.Append(t.Context(), entries); err != nil {
		t.Fatal(err)
	}
	return log, edge
}

// spoil changes the file of a closed log.
func spoil(t *testing.T, folder string, change func(tx *bbolt.Tx) error) {
	t.Helper()
	db, err := bbolt.Open(filepath.Join(folder, "hub.db"), 0o600, nil)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if err := db.Update(change); err != nil {
		t.Fatal(err)
	}
}

// TestALogWithoutTreesGetsThem takes all trees away, as a file has it that an
// earlier version wrote, and then the last of the tree, as it is when that version
// has run once more.
func TestALogWithoutTreesGetsThem(t *testing.T) {
	const places = 11_000 // more than two batches
	folder := t.TempDir()
	log, edge := filled(t, folder, places)
	log.Close()
	for name, change := range map[string]func(tx *bbolt.Tx) error{
		"without trees": func(tx *bbolt.Tx) error { return tx.DeleteBucket([]byte("trees")) },
		"half a tree": func(tx *bbolt.Tx) error {
			nodes := tx.Bucket([]byte("trees")).Bucket([]byte("LEI"))
			for seq := uint64(7000); seq <= places; seq++ {
				if err := nodes.Delete(binary.BigEndian.AppendUint64(nil, seq)); err != nil {
					return err
				}
			}
			return nil
		},
	} {
		spoil(t, folder, change)
		log := open(t, folder)
		if root, err := log.Root("LEI", places); err != nil || root != edge.Root() {
			t.Errorf("%s: another root, %v", name, err)
		}
		log.Close()
	}
}

func TestAFeedWithAHoleGetsNoTree(t *testing.T) {
	folder := t.TempDir()
	log, _ := filled(t, folder, 20)
	log.Close()
	spoil(t, folder, func(tx *bbolt.Tx) error {
		if err := tx.DeleteBucket([]byte("trees")); err != nil {
			return err
		}
		return tx.Bucket([]byte("feeds")).Bucket([]byte("LEI")).Delete(binary.BigEndian.AppendUint64(nil, 7))
	})
	if _, err := boltlog.Open(filepath.Join(folder, "hub.db"), boltlog.Options{}); model.KindOf(err) != model.KindOutside {
		t.Errorf("a log with a hole was opened: %v", err)
	}
}
