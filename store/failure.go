package store

import (
	"errors"
	"fmt"
	"io/fs"
	"runtime"
	"runtime/debug"
	"strings"

	bolt "go.etcd.io/bbolt/errors"

	"github.com/throughgate/throughgate/model"
)

// The one sentence for each way the file can fail. The cause goes to the log.

func internal(doing string, err error) error {
	return &model.Error{Kind: model.KindInternal, Msg: "The store could not do this.", Hint: "Nothing was changed. Try again, and report it if it comes back.", Err: fmt.Errorf("store: %s: %w", doing, err)}
}

const msgDamaged = "The store's file is damaged."

// damageIn returns what caused an error that says that the file is damaged, nil of
// any other.
func damageIn(err error) error {
	var known *model.Error
	if errors.As(err, &known) && known.Msg == msgDamaged {
		return known.Err
	}
	return nil
}

func damaged(err error) error {
	return &model.Error{
		Kind: model.KindOutside, Msg: msgDamaged,
		Hint: "Keep the file. Restore it from backup, or enrol this workstation again: what was sent is at the hub.", Err: err,
	}
}

var errClosed = &model.Error{Kind: model.KindLocked, Msg: "The store is closed.", Hint: "Start Throughgate again."}

// diskFailure says what a failed read or write of the file means to a person.
func diskFailure(err error) error {
	var known *model.Error
	switch {
	case err == nil:
		return nil
	case errors.As(err, &known):
		return err
	case isDiskFull(err):
		return outside("The disk is full. Nothing was changed.", "Free some space, then do it again.", err)
	case errors.Is(err, bolt.ErrDatabaseNotOpen):
		return errClosed
	case errors.Is(err, errReadOnly):
		return outside("The store's disk may only be read.", "Make it writable, or choose another folder with --data.", err)
	case errors.Is(err, fs.ErrPermission):
		return outside("The store's folder cannot be written to.", "Ask for write access to it, or choose another with --data.", err)
	case errors.Is(err, bolt.ErrInvalid), errors.Is(err, bolt.ErrChecksum), errors.Is(err, bolt.ErrVersionMismatch):
		return damaged(err)
	}
	return outside("The disk refused to keep this. Nothing was changed.", "Check the disk, then do it again.", err)
}

var errOtherSite = errors.New("another site")

func outside(msg, hint string, err error) error {
	return &model.Error{Kind: model.KindOutside, Msg: msg, Hint: hint, Err: fmt.Errorf("store: %w", err)}
}

// isDiskFull also reads the text, because bbolt does not wrap every cause.
func isDiskFull(err error) bool {
	return errors.Is(err, errNoSpace) || strings.Contains(err.Error(), errNoSpace.Error())
}

// guard turns what a damaged or shortened file does to bbolt into an error: its
// assertions panic with a string, a page that is no longer there is a memory
// fault, and one that was altered while the store is open leads bbolt out of its
// own bounds. Any other panic is a fault of ours and goes on. Use as
// defer guard(&err)().
func guard(err *error) func() {
	before := debug.SetPanicOnFault(true)
	return func() {
		debug.SetPanicOnFault(before)
		switch p := recover().(type) {
		case nil:
		case string:
			*err = damaged(errors.New(p))
		case interface {
			error
			Addr() uintptr
		}:
			*err = damaged(p)
		case runtime.Error:
			if !raisedInBolt() {
				panic(p)
			}
			*err = damaged(p)
		default:
			panic(p)
		}
	}
}

// raisedInBolt tells, while a panic of the runtime is recovered, whether bbolt's
// own code made it.
func raisedInBolt() bool {
	var stack [32]uintptr
	frames := runtime.CallersFrames(stack[:runtime.Callers(2, stack[:])])
	raised := false // the panic's own frame was passed
	for {
		frame, more := frames.Next()
		switch {
		case strings.HasPrefix(frame.Function, "runtime."):
			raised = true
		case raised:
			return strings.HasPrefix(frame.Function, "go.etcd.io/bbolt")
		}
		if !more {
			return false
		}
	}
}
