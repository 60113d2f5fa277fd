package store_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"syscall"
	"testing"
	"unsafe"

	"go.etcd.io/bbolt"

	"github.com/throughgate/throughgate/model"
	"github.com/throughgate/throughgate/store"
)

// faults stand between bbolt and the disk. bbolt has a seam for this, but not
// for others, so the test reaches in; it fails loudly should the seam move.
type faults struct {
	write *func([]byte, int64) (int, error) // bbolt's own
	file  **os.File
	real  *os.File
	pages int64 // bytes in a page

	left int // writes until the fault; negative: none
	mode faultMode
	last bool // from the fault on everything fails
	hit  bool
}

type faultMode string

const (
	noSpace  faultMode = "the disk is full"
	tornPage faultMode = "half a page is written"
	syncData faultMode = "pages are not made durable"
	syncRoot faultMode = "the root is not made durable"
)

func breakable(tb testing.TB, db *bbolt.DB) *faults {
	tb.Helper()
	v := reflect.ValueOf(db).Elem()
	write, file := v.FieldByName("ops").FieldByName("writeAt"), v.FieldByName("file")
	f := &faults{
		write: (*func([]byte, int64) (int, error))(unsafe.Pointer(write.UnsafeAddr())),
		file:  (**os.File)(unsafe.Pointer(file.UnsafeAddr())),
		pages: int64(db.Info().PageSize), left: -1,
	}
	f.real = *f.file
	*f.write = f.writeAt
	return f
}

func (f *faults) writeAt(b []byte, at int64) (int, error) {
	*f.file = f.real // a sync that failed was the one before
	isRoot := at < 2*f.pages
	if f.hit && f.last {
		return 0, syscall.EIO
	}
	if f.left < 0 || f.hit {
		return f.real.WriteAt(b, at)
	}
	if f.mode == syncRoot != isRoot && (f.mode == syncRoot || f.mode == syncData) {
		return f.real.WriteAt(b, at)
	}
	f.left--
	if f.left >= 0 {
		return f.real.WriteAt(b, at)
	}
	f.hit = true
	switch f.mode {
	case noSpace:
		return 0, syscall.ENOSPC
	case tornPage:
		half := len(b) / 2
		if isRoot {
			half = 40 // what counts of a root is 80 bytes long
		}
		n, err := f.real.WriteAt(b[:half], at)
		return n, errors.Join(err, syscall.EIO)
	}
	closed, err := os.Open(os.DevNull)
	if err == nil {
		err = closed.Close()
	}
	*f.file = closed
	if err != nil {
		return 0, err
	}
	return f.real.WriteAt(b, at)
}

func (f *faults) mend() { *f.file, *f.write = f.real, f.real.WriteAt }

// underRace tells that the race detector watches, which takes five to twenty times
// as long. What has no concurrency to show it is left to make test.
var underRace bool

// TestAfterAnyFailureTheStoreHasWhatItAcknowledged fails each write and each
// sync of a few transactions in turn, in each way a disk does, and looks both at
// the store that goes on and at one opened from the file as it was left.
func TestAfterAnyFailureTheStoreHasWhatItAcknowledged(t *testing.T) {
	every := 1
	if underRace {
		every = 4
	}
	for _, mode := range []faultMode{noSpace, tornPage, syncData, syncRoot} {
		for _, last := range []bool{false, true} {
			t.Run(fmt.Sprintf("%s, for ever %v", mode, last), func(t *testing.T) {
				for n := 0; failAt(t, mode, last, n); n += every {
					if n > 200 {
						t.Fatal("the faults never end")
					}
				}
			})
		}
	}
}

// failAt runs once with a fault at the nth write; false when there were fewer.
func failAt(t *testing.T, mode faultMode, last bool, n int) bool {
	s := newSite(t)
	dir := t.TempDir()
	st := s.deskIn(dir)
	nurse := signIn(t, st, "nurse")
	id := newPerson(t, nurse, "")
	kept := []string{"first"}
	do(t, nurse, id, &model.InstructionGiven{Text: "first"})

	f := breakable(t, st.DB())
	f.left, f.mode, f.last = n, mode, last
	doubt := ""
	for i := range 3 {
		text := fmt.Sprint("write ", i)
		err := nurse.Do(context.Background(), model.Write{Person: id, Changes: []model.Change{&model.InstructionGiven{Text: text}}})
		switch {
		case err == nil:
			kept = append(kept, text)
		case model.KindOf(err) != model.KindOutside:
			t.Fatalf("write %d: %v", n, err)
		case f.last && doubt == "" && mode == syncRoot:
			doubt = text
		}
		if got := instructions(t, nurse, id); !slices.Equal(got, kept) && !slices.Equal(got, append(kept, doubt)) {
			t.Fatalf("write %d: the open store has %q, want %q", n, got, kept)
		}
	}
	left := t.TempDir() // as a power cut would leave it, but for what was not synced
	copyFile(t, filepath.Join(dir, "throughgate.db"), filepath.Join(left, "throughgate.db"))
	f.mend()
	if err := st.Close(); err != nil {
		t.Fatal(err)
	}
	for _, where := range []string{dir, left} {
		st := s.reopen(where)
		if got := instructions(t, signIn(t, st, "nurse"), id); !slices.Equal(got, kept) && !slices.Equal(got, append(kept, doubt)) {
			t.Fatalf("write %d: after reopening there is %q, want %q", n, got, kept)
		}
		if err := st.Check(context.Background()); err != nil {
			t.Fatalf("write %d: %v", n, err)
		}
		if err := st.VerifyAccess(); err != nil {
			t.Fatalf("write %d: %v", n, err)
		}
		if err := st.Close(); err != nil {
			t.Fatal(err)
		}
	}
	return f.hit
}

func instructions(t *testing.T, ss *store.Session, id model.PersonID) []string {
	t.Helper()
	var all []string
	for _, i := range get(t, ss, id).Shared.Instruction {
		all = append(all, i.Text)
	}
	ops, err := ss.History(context.Background(), id)
	if err != nil || len(ops) != len(all) {
		t.Fatalf("%d ops for %d instructions, %v", len(ops), len(all), err)
	}
	return all
}

func copyFile(t *testing.T, from, to string) {
	t.Helper()
	b, err := os.ReadFile(from)
	if err == nil {
		err = os.WriteFile(to, b, 0o600)
	}
	if err != nil {
		t.Fatal(err)
	}
}
