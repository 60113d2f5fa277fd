// Package paper writes the files that people asked for: letters and lists. A
// file is there whole or not at all, whatever ends the program, and only its
// owner can read it.
package paper

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/throughgate/throughgate/model"
)

// Save writes a file in place of the one before. An error is a *model.Error;
// then the file before is still there.
func Save(path string, content []byte) (err error) {
	defer func() { err = failure(err) }()
	if info, err := os.Stat(path); err == nil && info.IsDir() {
		return errFolder
	}
	// In the same folder, since a rename does not cross file systems.
	temp, err := os.CreateTemp(filepath.Dir(path), ".throughgate-*") // made with mode 0600
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			_ = os.Remove(temp.Name()) // the failure before it is the one to tell
		}
	}()
	if _, err := temp.Write(content); err != nil {
		return errors.Join(err, temp.Close())
	}
	if err := temp.Sync(); err != nil {
		return errors.Join(err, temp.Close())
	}
	if err := temp.Close(); err != nil {
		return err
	}
	return os.Rename(temp.Name(), path)
}

var errFolder = model.Invalid("This is a folder, not a file.", "Give the name of the file as well.")

// failure puts a disk's failure in words.
func failure(err error) error {
	var known *model.Error
	say := func(kind model.Kind, msg, hint string) error {
		return &model.Error{Kind: kind, Msg: msg, Hint: hint, Err: err}
	}
	switch {
	case err == nil || errors.As(err, &known):
		return err
	case isFull(err):
		return say(model.KindOutside, "The disk is full; nothing was written.", "Make room, or choose another folder.")
	case errors.Is(err, fs.ErrNotExist):
		return say(model.KindNotFound, "There is no such folder.", "Make it first, or choose another.")
	case errors.Is(err, fs.ErrPermission) || isReadOnly(err):
		return say(model.KindOutside, "This folder cannot be written to.", "Choose another, or ask for the right to write there.")
	}
	return say(model.KindOutside, "The file could not be written.", "Try again, or choose another folder.")
}
