package backup

import (
	"errors"
	"fmt"
	"io/fs"

	"github.com/throughgate/throughgate/model"
)

var (
	errNotOurs = model.Invalid("This file is not a backup of Throughgate.", "Look whether it is the right file. Nothing was put in place.")
	errNewer   = &model.Error{Kind: model.KindOutside, Msg: "This backup was made by a newer version of Throughgate.", Hint: "Upgrade this one first. Nothing was put in place."}
)

// spoilt is a file that is a backup and cannot be read to its end.
func spoilt(err error) error {
	return &model.Error{Kind: model.KindOutside, Msg: "This backup is damaged or cut short.",
		Hint: "Copy it again from where it was kept, or use an earlier one. Nothing was put in place.", Err: fmt.Errorf("backup: %w", err)}
}

func unreadable(err error) error {
	return &model.Error{Kind: model.KindOutside, Msg: "The backup could not be read.", Hint: "Look whether its disk is still there.", Err: fmt.Errorf("backup: %w", err)}
}

// unwritten says what a failed write of a backup means; what went wrong inside
// the store has its own sentence.
func unwritten(err error) error {
	var known *model.Error
	switch {
	case err == nil:
		return nil
	case errors.As(err, &known):
		return err
	}
	return outside("The backup could not be written.", err)
}

// outside is a failure of the disk, with what to do about the commonest.
func outside(msg string, err error) error {
	hint := "Look whether its disk is still there, and whole."
	switch {
	case errors.Is(err, errFull), errors.Is(err, errOverrun):
		hint = "The disk is full: make room on it, or choose another."
	case errors.Is(err, errReadOnly):
		hint = "This disk may only be read; choose another."
	case errors.Is(err, fs.ErrNotExist):
		hint = "There is no such folder."
	case errors.Is(err, fs.ErrPermission):
		hint = "This folder may not be written to; choose another."
	}
	return &model.Error{Kind: model.KindOutside, Msg: msg, Hint: hint, Err: fmt.Errorf("backup: %w", err)}
}
