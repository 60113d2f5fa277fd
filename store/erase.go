package store

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/throughgate/throughgate/model"
)

// PapersFolder is the folder in the store's own where letters are put that
// somebody asked for on paper.
const PapersFolder = "papers"

// ErrErased is in the chain of every error of a store that was erased, and of
// opening one.
var ErrErased = errors.New("store: erased")

// tombstone is what an erased store leaves behind. It is written before the
// first byte goes, so that an erasing that was broken off is finished at the next
// start.
type tombstone struct {
	At     model.Instant `json:"at"`
	Reason string        `json:"reason"`
	Unsent int           `json:"unsent"` // entries and keyrings that the hub never had
}

func tombstonePath(dir string) string { return filepath.Join(dir, "throughgate.erased") }

// error says what happened to this workstation's data.
func (t tombstone) error() *model.Error {
	unsent := "Everything had been sent."
	if t.Unsent == 1 {
		unsent = "One entry had not been sent, and is lost."
	}
	if t.Unsent > 1 {
		unsent = fmt.Sprintf("%d entries had not been sent, and are lost.", t.Unsent)
	}
	return &model.Error{
		Kind: model.KindForbidden, Err: ErrErased,
		Msg:  fmt.Sprintf("This workstation was withdrawn, and its data were erased on %s. %s", t.At, unsent),
		Hint: "Ask the service desk. To use this computer again, enrol it anew: throughgate enrol --hub URL --code CODE.",
	}
}

// Erase ends every session, overwrites and removes the store's file and the
// letters beside it, and leaves a note of why. It cannot be undone. From then on
// every method says that the store was erased. Overwriting reaches what the
// system shows of the disk; what a drive keeps behind it is sealed.
func (s *Store) Erase(reason string) error {
	note := tombstone{At: model.InstantOf(s.opt.Now()), Reason: reason, Unsent: s.Status().Pending}
	if err := note.write(s.dir); err != nil {
		return diskFailure(err)
	}
	s.ending()
	s.ended.Wait()
	gone := note.error()
	s.erased.Store(gone)
	for _, session := range s.openSessions() {
		session.Close()
	}
	s.writing.Lock()
	defer s.writing.Unlock()
	if s.stopped == errClosed {
		return errClosed
	}
	s.stopped = gone
	err := s.db.Close()
	err = errors.Join(err, eraseFiles(s.dir))
	s.mu.Lock()
	s.counts, s.people, s.board = counts{}, 0, nil
	s.mu.Unlock()
	s.watch.wake()
	return diskFailure(err)
}

// gone is the error of a store that was erased, nil of any other.
func (s *Store) gone() error {
	if err := s.erased.Load(); err != nil {
		return err
	}
	return nil
}

func (t tombstone) write(dir string) error {
	text, err := json.Marshal(t)
	if err != nil {
		return err
	}
	return writeNote(tombstonePath(dir), text)
}

// checkErased is the error of a folder whose store was erased. What a broken-off
// erasing has left is removed first.
func checkErased(dir string) error {
	text, err := readNote(tombstonePath(dir))
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return diskFailure(err)
	}
	if err := eraseFiles(dir); err != nil {
		return diskFailure(err)
	}
	var t tombstone
	_ = json.Unmarshal(text, &t) // of a note that was cut short the fact is left
	return t.error()
}

// clearErased makes a folder whose store was erased fit for a new one.
func clearErased(dir string) error {
	err := checkErased(dir)
	if !errors.Is(err, ErrErased) {
		return err
	}
	return diskFailure(os.Remove(tombstonePath(dir)))
}

// leftovers is what a compaction or a restore leaves that was broken off: copies
// of the store.
const leftovers = ".throughgate-*"

// eraseFiles overwrites and removes all that holds anybody's data.
func eraseFiles(dir string) error {
	found, err := filepath.Glob(dbPath(dir) + "*")
	left, err2 := filepath.Glob(filepath.Join(dir, leftovers))
	found = append(append(found, left...), whoPath(dir), filepath.Join(dir, PapersFolder))
	err = errors.Join(err, err2)
	for _, path := range found {
		err = errors.Join(err, eraseAll(path))
	}
	return err
}

// eraseAll erases a file, or a folder with what is in it. It is no error when
// there is none. It follows no link: somebody else may have put it there.
func eraseAll(path string) error {
	err := filepath.WalkDir(path, func(path string, entry fs.DirEntry, err error) error {
		if errors.Is(err, fs.ErrNotExist) {
			return nil
		}
		if err == nil && entry.Type().IsRegular() {
			err = overwrite(path)
		}
		return err
	})
	return errors.Join(err, os.RemoveAll(path))
}

func overwrite(path string) error {
	file, err := os.OpenFile(path, os.O_WRONLY, 0)
	if err != nil {
		return err
	}
	info, err := file.Stat()
	blank := make([]byte, 1<<20)
	for at := int64(0); err == nil && at < info.Size(); at += int64(len(blank)) {
		_, err = file.WriteAt(blank[:min(int64(len(blank)), info.Size()-at)], at)
	}
	return errors.Join(err, file.Sync(), file.Truncate(0), file.Close())
}
