package store_test

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"go.etcd.io/bbolt"

	"github.com/throughgate/throughgate/model"
	"github.com/throughgate/throughgate/store"
)

func TestOneProcessHoldsTheStoreAndTheOtherIsToldWho(t *testing.T) {
	s := newSite(t)
	dir := t.TempDir()
	s.deskIn(dir)
	_, err := store.Open(dir, s.options())
	if model.KindOf(err) != model.KindLocked || !strings.Contains(err.Error(), "process") {
		t.Errorf("a second one: %v", err)
	}
}

func TestOpeningSaysWhatIsWrong(t *testing.T) {
	s := newSite(t)
	whole := t.TempDir()
	if err := s.deskIn(whole).Close(); err != nil {
		t.Fatal(err)
	}
	file, err := os.ReadFile(filepath.Join(whole, "throughgate.db"))
	if err != nil {
		t.Fatal(err)
	}
	spoilt := func(from, to int) []byte {
		b := append([]byte(nil), file...)
		for i := from; i < to; i++ {
			b[i] ^= 0x5a
		}
		return b
	}
	page := os.Getpagesize()
	for name, test := range map[string]struct {
		file []byte
		kind model.Kind
	}{
		"there is none":           {nil, model.KindNotFound},
		"it is empty":             {[]byte{}, model.KindNotFound},
		"it is something else":    {[]byte(strings.Repeat("a letter to the governor\n", 9999)), model.KindOutside},
		"it is cut to a line":     {file[:100], model.KindOutside},
		"it is cut to two pages":  {file[:2*page], model.KindOutside},
		"it is cut to five pages": {file[:5*page], model.KindOutside},
		"both roots are spoilt":   {spoilt(0, 2*page), model.KindOutside},
		"all but them is spoilt":  {spoilt(2*page, len(file)), model.KindOutside},
	} {
		dir := t.TempDir()
		if test.file != nil {
			if err := os.WriteFile(filepath.Join(dir, "throughgate.db"), test.file, 0o600); err != nil {
				t.Fatal(err)
			}
		}
		st, err := store.Open(dir, s.options())
		if err == nil {
			err = errors.Join(errors.New("it was opened"), st.Close())
		}
		if known := new(model.Error); !errors.As(err, &known) || known.Kind != test.kind || known.Hint == "" {
			t.Errorf("%s: %v", name, err)
		}
		left, _ := os.ReadFile(filepath.Join(dir, "throughgate.db"))
		if string(left) != string(test.file) {
			t.Errorf("%s: the file was changed", name)
		}
	}
}

func TestAFolderThatCannotBeWrittenIsRefused(t *testing.T) {
	if runtime.GOOS == "windows" || os.Geteuid() == 0 {
		// Neither is held back by the bits of a folder; a file in its place
		// holds back everybody.
		path := filepath.Join(t.TempDir(), "file")
		if err := os.WriteFile(path, nil, 0o600); err != nil {
			t.Fatal(err)
		}
		s := newSite(t)
		if _, err := store.Create(path, s.identity(), s.options()); model.KindOf(err) != model.KindOutside {
			t.Errorf("a file for a folder: %v", err)
		}
		return
	}
	s := newSite(t)
	dir := filepath.Join(t.TempDir(), "closed")
	if err := os.Mkdir(dir, 0o500); err != nil {
		t.Fatal(err)
	}
	if _, err := store.Create(dir, s.identity(), s.options()); model.KindOf(err) != model.KindOutside {
		t.Errorf("a closed folder: %v", err)
	}
}

func TestNobodyElseMayReadTheFile(t *testing.T) {
	if runtime.GOOS == "windows" {
		return // who may read is said there in another way
	}
	s := newSite(t)
	dir := filepath.Join(t.TempDir(), "new", "desk")
	s.deskIn(dir)
	for path, want := range map[string]os.FileMode{dir: 0o700, filepath.Join(dir, "throughgate.db"): 0o600} {
		info, err := os.Stat(path)
		if err != nil || info.Mode().Perm() != want {
			t.Errorf("%v, %v", info.Mode(), err)
		}
	}
}

func TestASecondStoreIsNotMadeOverTheFirst(t *testing.T) {
	s := newSite(t)
	dir := t.TempDir()
	st := s.deskIn(dir)
	signIn(t, st, "nurse")
	if err := st.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := store.Create(dir, s.identity(), s.options()); model.KindOf(err) != model.KindConflict {
		t.Errorf("over the first: %v", err)
	}
	signIn(t, s.reopen(dir), "nurse")
}

func TestSchemaMovesForwardOnly(t *testing.T) {
	s := newSite(t)
	dir := t.TempDir()
	st := s.deskIn(dir)
	moved := 0
	steps := map[uint32]func(*bbolt.Tx) error{
		store.Schema:     func(*bbolt.Tx) error { moved++; return nil },
		store.Schema + 1: func(*bbolt.Tx) error { return errors.New("half way") },
	}
	if err := st.Migrate(store.Schema+2, steps); err == nil || moved != 1 {
		t.Errorf("a failed migration: %v, %d", err, moved)
	}
	if err := st.Migrate(store.Schema, nil); err != nil {
		t.Errorf("a failed migration left something: %v", err)
	}
	if err := st.Migrate(store.Schema+1, steps); err != nil || moved != 2 {
		t.Errorf("a migration: %v, %d", err, moved)
	}
	if err := st.Close(); err != nil {
		t.Fatal(err)
	}
	_, err := store.Open(dir, s.options())
	if model.KindOf(err) != model.KindOutside || !strings.Contains(err.Error(), "newer version") {
		t.Errorf("a newer file: %v", err)
	}
}

func TestWhatAnotherProgramFoldedIsFoldedAnew(t *testing.T) {
	s := newSite(t)
	dir := t.TempDir()
	st := s.deskIn(dir)
	officer := signIn(t, st, "officer")
	id := newPerson(t, officer, "A1234AA")
	do(t, officer, id, named("Smith", "John"), &model.CustodyNoted{Text: "seen"})
	want := toJSON(t, get(t, officer, id))
	err := st.DB().Update(func(tx *bbolt.Tx) error { // as if it had not understood a thing
		if err := tx.Bucket([]byte(store.BucketMeta)).Put([]byte("derived shared"), []byte("another")); err != nil {
			return err
		}
		if err := tx.Bucket([]byte(store.BucketMeta)).Put([]byte("derived custody"), []byte("another")); err != nil {
			return err
		}
		snapshots := tx.Bucket([]byte(store.BucketSnapshots))
		other := append([]byte{byte(model.Shared)}, id[:]...)
		return snapshots.Put(other, []byte("what another program wrote"))
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := st.Close(); err != nil {
		t.Fatal(err)
	}
	officer = signIn(t, s.reopen(dir), "officer")
	if got := toJSON(t, get(t, officer, id)); got != want {
		t.Errorf("folded anew\n%s, want\n%s", got, want)
	}
}

func TestDamageFoundInTheBackgroundIsShown(t *testing.T) {
	s := newSite(t)
	dir := t.TempDir()
	st := s.deskIn(dir)
	officer := signIn(t, st, "officer")
	do(t, officer, newPerson(t, officer, ""), named("Smith", "John"))
	err := st.DB().Update(func(tx *bbolt.Tx) error {
		ops := tx.Bucket([]byte(store.BucketOps))
		key, value := ops.Cursor().First()
		moved := append([]byte{0xff}, key[1:]...)
		return ops.Put(moved, append([]byte(nil), value...))
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := st.Check(context.Background()); model.KindOf(err) != model.KindOutside {
		t.Errorf("asked, it says %v", err)
	}
	if err := st.Close(); err != nil {
		t.Fatal(err)
	}
	st, err = store.Open(dir, s.options())
	if err != nil {
		t.Fatal(err)
	}
	defer st.Close()
	tokens, stop := st.Watch()
	defer stop()
	if st.Status().Damaged == "" {
		<-tokens
	}
	if st.Status().Damaged == "" {
		t.Error("nobody is told")
	}
}

// TestAFlippedBitOfAPageIsASentence flips bits where the file's pages say what
// they are: opening it, or looking through it, ends in a sentence or finds that
// all is whole, and never in the end of the program.
func TestAFlippedBitOfAPageIsASentence(t *testing.T) {
	s := newSite(t)
	whole := t.TempDir()
	st := s.deskIn(whole)
	officer := signIn(t, st, "officer")
	for i := range 12 {
		do(t, officer, newPerson(t, officer, ""), named("Smith", strings.Repeat("J", i+1)))
	}
	if err := st.Close(); err != nil {
		t.Fatal(err)
	}
	file, err := os.ReadFile(filepath.Join(whole, "throughgate.db"))
	if err != nil {
		t.Fatal(err)
	}
	dir, page, refused := t.TempDir(), os.Getpagesize(), 0
	random := rand.New(rand.NewPCG(3, 4))
	for range 150 {
		b := bytes.Clone(file)
		for { // of a page that is something
			id := 2 + random.IntN(len(b)/page-2)
			if binary.NativeEndian.Uint16(b[id*page+8:]) != 0 {
				b[id*page+random.IntN(64)] ^= 1 << random.IntN(8)
				break
			}
		}
		if err := os.WriteFile(filepath.Join(dir, "throughgate.db"), b, 0o600); err != nil {
			t.Fatal(err)
		}
		st, err := store.Open(dir, s.options())
		if err == nil {
			err = errors.Join(st.Check(t.Context()), st.Close())
		}
		if err == nil {
			continue
		}
		refused++
		if known := new(model.Error); !errors.As(err, &known) || known.Kind != model.KindOutside || known.Hint == "" {
			t.Fatalf("it says %v", err)
		}
	}
	if refused < 50 {
		t.Errorf("%d of 150 were refused: this tests little", refused)
	}
}
