package store_test

import (
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/throughgate/throughgate/model"
	"github.com/throughgate/throughgate/store"
)

// TestTheNoteOfWhoHoldsTheStoreIsNotBelieved: whoever can write to the folder can
// put anything in its place.
func TestTheNoteOfWhoHoldsTheStoreIsNotBelieved(t *testing.T) {
	s := newSite(t)
	dir := t.TempDir()
	s.deskIn(dir)
	note := filepath.Join(dir, "throughgate.who")
	for text, shown := range map[string]bool{"process 1 since today": true, "\x1b]0;you\a": false, strings.Repeat("x", 1<<16): false} {
		if err := os.WriteFile(note, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		_, err := store.Open(dir, s.options())
		var known *model.Error
		if !errors.As(err, &known) || known.Kind != model.KindLocked || strings.Contains(known.Hint, text) != shown {
			t.Errorf("with %.20q in it: %v", text, err)
		}
	}
	if runtime.GOOS == "windows" {
		return // only an administrator can make a link there
	}
	other, mine := t.TempDir(), filepath.Join(t.TempDir(), "mine")
	err := errors.Join(os.WriteFile(mine, []byte("precious"), 0o600), os.Symlink(mine, filepath.Join(other, "throughgate.who")))
	if err != nil {
		t.Fatal(err)
	}
	s.deskIn(other)
	if content, err := os.ReadFile(mine); err != nil || string(content) != "precious" {
		t.Errorf("what the store does not own: %q, %v", content, err)
	}
}
