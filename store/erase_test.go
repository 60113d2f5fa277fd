package store_test

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/throughgate/throughgate/model"
	"github.com/throughgate/throughgate/store"
)

// names lists the files of a folder and of those in it.
func names(tb testing.TB, dir string) string {
	tb.Helper()
	var all []string
	err := filepath.WalkDir(dir, func(path string, _ os.DirEntry, err error) error {
		if path != dir {
			all = append(all, filepath.Base(path))
		}
		return err
	})
	if err != nil {
		tb.Fatal(err)
	}
	return strings.Join(all, " ")
}

func paper(tb testing.TB, dir string) (path string) {
	tb.Helper()
	path = filepath.Join(dir, store.PapersFolder, "letter.pdf")
	err := errors.Join(os.MkdirAll(filepath.Dir(path), 0o700), os.WriteFile(path, []byte("Dear Doctor"), 0o600))
	if err != nil {
		tb.Fatal(err)
	}
	return path
}

func TestAnErasedStoreLeavesANoteAndNothingElse(t *testing.T) {
	s := newSite(t)
	dir := t.TempDir()
	st := s.deskIn(dir)
	nurse := signIn(t, st, "nurse")
	id := model.PersonID{1}
	do(t, nurse, id, &model.InstructionGiven{Text: "x"}, &model.InstructionGiven{Text: "y"})
	letter, err := os.Open(paper(t, dir)) // as it is on the disk, whatever its name
	if err != nil {
		t.Fatal(err)
	}
	defer letter.Close()
	tokens, stop := st.Watch()
	defer stop()
	if err := st.Erase("This device has been withdrawn."); err != nil {
		t.Fatal(err)
	}
	<-tokens
	if got := names(t, dir); got != "throughgate.erased" {
		t.Errorf("left behind: %s", got)
	}
	content := make([]byte, 100)
	if n, _ := letter.Read(content); bytes.Contains(content[:n], []byte("Doctor")) {
		t.Error("a letter was removed and not overwritten")
	}
	for what, err := range map[string]error{
		"get":     errOf(nurse.Get(t.Context(), id)),
		"history": errOf(nurse.History(t.Context(), id)),
		"do":      nurse.Do(t.Context(), model.Write{Person: id, Changes: []model.Change{&model.InstructionGiven{Text: "z"}}}),
		"sign in": try(st, "nurse", passphraseOf("nurse")),
		"outbox":  errOf(st.Outgoing(1)),
		"reopen":  errOf(store.Open(dir, s.options())),
	} {
		if !errors.Is(err, store.ErrErased) || !strings.Contains(err.Error(), "23-Nov-2026") || !strings.Contains(err.Error(), "2 entries had not been sent") {
			t.Errorf("%s: %v", what, err)
		}
	}
	if got := st.Status(); got.Erased == "" || got.Pending+got.People != 0 || nurse.Rows() != nil {
		t.Errorf("the status is %+v", got)
	}
	if err := st.Close(); err != nil {
		t.Error(err)
	}
}

func errOf[T any](_ T, err error) error { return err }

// TestAnErasingThatWasBrokenOffIsFinished leaves the note beside what it speaks
// of, as a program does that is killed in between.
func TestAnErasingThatWasBrokenOffIsFinished(t *testing.T) {
	s := newSite(t)
	dir, other := t.TempDir(), t.TempDir()
	for _, folder := range []string{dir, other} {
		if err := s.deskIn(folder).Close(); err != nil {
			t.Fatal(err)
		}
	}
	st := s.reopen(other)
	if err := st.Erase("withdrawn"); err != nil {
		t.Fatal(err)
	}
	note, err := os.ReadFile(filepath.Join(other, "throughgate.erased"))
	if err != nil {
		t.Fatal(err)
	}
	for _, kept := range [][]byte{note, note[:len(note)/2], nil} {
		paper(t, dir)
		err := os.WriteFile(filepath.Join(dir, "throughgate.erased"), kept, 0o600)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := store.Open(dir, s.options()); !errors.Is(err, store.ErrErased) {
			t.Errorf("opened: %v", err)
		}
		if got := names(t, dir); got != "throughgate.erased" {
			t.Errorf("left behind: %s", got)
		}
	}
	// The computer is enrolled anew.
	st, err = store.Create(dir, s.identity(), s.options())
	if err != nil {
		t.Fatal(err)
	}
	s.closeAtEnd(st)
	if err := st.Close(); err != nil {
		t.Fatal(err)
	}
	s.reopen(dir)
}

// TestErasingReachesAllThatIsTheStoresAndNothingElse has a compaction and a
// restore leave their copies, and somebody who can write to the folder point to
// what is not the store's.
func TestErasingReachesAllThatIsTheStoresAndNothingElse(t *testing.T) {
	s := newSite(t)
	dir := t.TempDir()
	st := s.deskIn(dir)
	trial := filepath.Join(dir, ".throughgate-restore-1")
	err := errors.Join(os.Mkdir(trial, 0o700), os.WriteFile(filepath.Join(trial, store.File), []byte("a store"), 0o600),
		os.WriteFile(filepath.Join(dir, ".throughgate-compact-1"), []byte("a store"), 0o600))
	if err != nil {
		t.Fatal(err)
	}
	mine := filepath.Join(t.TempDir(), "mine")
	if err := os.WriteFile(mine, []byte("precious"), 0o600); err != nil {
		t.Fatal(err)
	}
	links := []string{"throughgate.db.old", filepath.Join(store.PapersFolder, "letter.pdf"), ".throughgate-compact-2"}
	if runtime.GOOS == "windows" {
		links = nil // only an administrator can make one there
	}
	for _, name := range links {
		path := filepath.Join(dir, name)
		if err := errors.Join(os.MkdirAll(filepath.Dir(path), 0o700), os.Symlink(mine, path)); err != nil {
			t.Fatal(err)
		}
	}
	if err := st.Erase("withdrawn"); err != nil {
		t.Fatal(err)
	}
	if got := names(t, dir); got != "throughgate.erased" {
		t.Errorf("left behind: %s", got)
	}
	if content, err := os.ReadFile(mine); err != nil || string(content) != "precious" {
		t.Errorf("what the store does not own: %q, %v", content, err)
	}
}
