package store_test

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"testing"

	"go.etcd.io/bbolt"

	"github.com/throughgate/throughgate/model"
	"github.com/throughgate/throughgate/store"
)

// swollen makes a store of which more than half is free, and closes it.
func swollen(t *testing.T, s *site) (dir string) {
	t.Helper()
	dir = t.TempDir()
	st := s.deskIn(dir)
	do(t, signIn(t, st, "nurse"), model.PersonID{1}, &model.InstructionGiven{Text: "kept"})
	big := make([]byte, 24<<20)
	for i := range big {
		big[i] = byte(i * i >> 8)
	}
	if err := st.DB().Update(func(tx *bbolt.Tx) error {
		b := tx.Bucket([]byte("reference"))
		return errors.Join(b.Put([]byte("big"), big))
	}); err != nil {
		t.Fatal(err)
	}
	if err := st.DB().Update(func(tx *bbolt.Tx) error { return tx.Bucket([]byte("reference")).Delete([]byte("big")) }); err != nil {
		t.Fatal(err)
	}
	if space, err := st.Space(); err != nil || !space.Half() || space.Free > space.All {
		t.Fatalf("%+v, %v", space, err)
	}
	if err := st.Close(); err != nil {
		t.Fatal(err)
	}
	return dir
}

func TestCompactingKeepsEverythingAndGivesTheRestBack(t *testing.T) {
	s := newSite(t)
	dir := swollen(t, s)
	if err := os.WriteFile(filepath.Join(dir, ".throughgate-compact-1"), []byte("left by a power cut"), 0o600); err != nil {
		t.Fatal(err)
	}
	before, after, err := store.Compact(t.Context(), dir, store.Options{Stretch: quick})
	if err != nil || after.All*2 > before.All {
		t.Fatalf("%+v, %+v, %v", before, after, err)
	}
	entries, err := os.ReadDir(dir)
	if err != nil || len(entries) != 1 || entries[0].Name() != store.File {
		t.Errorf("in the folder: %v, %v", entries, err)
	}
	if info, err := entries[0].Info(); err != nil || info.Mode().Perm()&0o077 != 0 {
		t.Errorf("others may read it: %v, %v", info.Mode(), err)
	}
	st := s.reopen(dir)
	if r := get(t, signIn(t, st, "nurse"), model.PersonID{1}); len(r.Shared.Instruction) != 1 {
		t.Errorf("%+v", r.Shared)
	}
	if err := errors.Join(st.Check(t.Context()), st.VerifyAccess()); err != nil {
		t.Error(err)
	}
	if space, err := st.Space(); err != nil || space.Half() {
		t.Errorf("%+v, %v", space, err)
	}
}

func TestAStoreInUseIsNotCompacted(t *testing.T) {
	s := newSite(t)
	dir := t.TempDir()
	s.deskIn(dir)
	if _, _, err := store.Compact(t.Context(), dir, store.Options{}); model.KindOf(err) != model.KindLocked {
		t.Errorf("%v", err)
	}
}

func TestACompactionThatStopsLeavesTheOldFile(t *testing.T) {
	s := newSite(t)
	dir := swollen(t, s)
	was, err := os.ReadFile(filepath.Join(dir, store.File))
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, _, err := store.Compact(ctx, dir, store.Options{}); !errors.Is(err, context.Canceled) {
		t.Errorf("%v", err)
	}
	is, err := os.ReadFile(filepath.Join(dir, store.File))
	if err != nil || !bytes.Equal(was, is) {
		t.Errorf("the file is another, %v", err)
	}
	if left, err := os.ReadDir(dir); err != nil || len(left) != 1 {
		t.Errorf("left: %v, %v", left, err)
	}
}
