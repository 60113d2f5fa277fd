package store_test

import (
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"go.etcd.io/bbolt"

	"github.com/throughgate/throughgate/model"
	"github.com/throughgate/throughgate/store"
)

// TestWhoWaitedForTheOldFileDoesNotGetIt: a program that waits for the lock
// while the store is compacted would write into a file that has no name any
// more.
func TestWhoWaitedForTheOldFileDoesNotGetIt(t *testing.T) {
	s := newSite(t)
	dir := swollen(t, s)
	path := filepath.Join(dir, store.File)
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	held, err := bbolt.Open(path, 0o600, nil)
	if err != nil {
		t.Fatal(err)
	}
	opened := make(chan error, 1)
	go func() {
		st, err := store.Open(dir, store.Options{})
		if err == nil {
			err = st.Close()
		}
		opened <- err
	}()
	waiting(t, path)
	fresh := path + ".new"
	if err := errors.Join(os.WriteFile(fresh, content, 0o600), os.Rename(fresh, path), held.Close()); err != nil {
		t.Fatal(err)
	}
	if err := <-opened; model.KindOf(err) != model.KindLocked {
		t.Errorf("it got %v", err)
	}
	if st, err := store.Open(dir, store.Options{}); err != nil {
		t.Error(err)
	} else if err := st.Close(); err != nil {
		t.Error(err)
	}
}

// waiting returns when a second handle for writing is open on a file: who opened
// it waits for the lock, or will at once.
func waiting(t *testing.T, path string) {
	t.Helper()
	for open := 0; open < 2; runtime.Gosched() {
		open = 0
		handles, err := os.ReadDir("/proc/self/fd")
		if err != nil {
			t.Fatal(err)
		}
		for _, h := range handles {
			target, _ := os.Readlink("/proc/self/fd/" + h.Name()) // it may be closed by now
			info, _ := os.ReadFile("/proc/self/fdinfo/" + h.Name())
			if target == path && forWriting(string(info)) {
				open++
			}
		}
	}
}

// forWriting reads the access mode of a handle, the last octal digit of its flags.
func forWriting(info string) bool {
	_, flags, _ := strings.Cut(info, "flags:\t")
	flags, _, _ = strings.Cut(flags, "\n")
	return strings.HasSuffix(flags, "2")
}
