package store

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"github.com/throughgate/throughgate/model"
)

// lockPatience is how long opening waits for another process to let go.
const lockPatience = time.Second

func whoPath(dir string) string { return filepath.Join(dir, "throughgate.who") }

// sayWho leaves a readable note of which process holds the store. It only helps
// to word an error, so failing to write it stops nothing.
func sayWho(dir string, now time.Time) {
	note := fmt.Sprintf("process %d since %s", os.Getpid(), model.InstantOf(now))
	_ = writeNote(whoPath(dir), []byte(note))
}

func inUse(dir string, err error) error {
	hint := "Close the other Throughgate, or work in it."
	if note, readErr := readNote(whoPath(dir)); readErr == nil && len(note) > 0 && len(note) < 80 && isPlain(note) {
		hint = fmt.Sprintf("It is held by %s. %s", note, hint)
	}
	return &model.Error{Kind: model.KindLocked, Msg: "The store is in use by another program.", Hint: hint, Err: err}
}

// isPlain tells whether a note can be shown as it is.
func isPlain(note []byte) bool {
	return !bytes.ContainsFunc(note, func(r rune) bool { return r < ' ' || r > '~' })
}

// maxNote bounds the notes beside the store, in bytes.
const maxNote = 4 << 10

// writeNote writes a file beside the store anew. What bears its name goes first:
// it may be a link to something else.
func writeNote(path string, text []byte) error {
	if err := os.Remove(path); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	file, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	_, err = file.Write(text)
	return errors.Join(err, file.Sync(), file.Close())
}

// readNote reads a file beside the store. Of what is no note nothing is read.
func readNote(path string) ([]byte, error) {
	info, err := os.Lstat(path)
	if err != nil || !info.Mode().IsRegular() || info.Size() > maxNote {
		return nil, err
	}
	return os.ReadFile(path)
}
