package sync

import (
	"encoding/json"
	"errors"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/throughgate/throughgate/model"
)

// ErrWithdrawn is in the chain of every error from a hub that has withdrawn
// this device: nothing it sends is taken any more.
var ErrWithdrawn = errors.New("sync: this device was withdrawn")

// ErrStopped is in the chain of every error from a hub that has stopped this
// device until a person decides: its data exist twice, or are older than what
// the hub has seen of them. Nothing is to be erased.
var ErrStopped = errors.New("sync: this device was stopped")

// Behind is in the chain of the error from a hub whose log has fewer places than
// it gave out in this epoch: Head is its own signed word for how many.
type Behind struct{ Head []byte }

// Error implements error.
func (*Behind) Error() string { return "sync: the hub's log is behind" }

// Fault is the body of every answer that is not 2xx: a model.Error on the wire.
type Fault struct {
	Kind model.Kind `json:"kind"`
	Msg  string     `json:"msg"`
	Hint string     `json:"hint,omitempty"`
	// Withdrawn tells a device that it may not come back and should erase what
	// it holds.
	Withdrawn bool `json:"withdrawn,omitempty"`
	// Stopped tells a device to send nothing until it is let in again, and to
	// keep all it has.
	Stopped bool `json:"stopped,omitempty"`
	// Head is the hub's signed head, when its log has less than the desk has read.
	Head string `json:"head,omitempty"`
}

// FaultOf returns what a client may be told of an error: kind, sentence and
// hint, never the cause.
func FaultOf(err error) Fault {
	var known *model.Error
	if !errors.As(err, &known) {
		return Fault{Kind: model.KindInternal, Msg: "The hub made a mistake.", Hint: "Nothing is lost; it will be sent again."}
	}
	f := Fault{Kind: known.Kind, Msg: known.Msg, Hint: known.Hint, Withdrawn: errors.Is(err, ErrWithdrawn), Stopped: errors.Is(err, ErrStopped)}
	if behind := (*Behind)(nil); errors.As(err, &behind) {
		f.Head = string(behind.Head)
	}
	return f
}

// Error returns the fault as this side's error. A kind this version does not
// know is the hub's trouble (KindOutside).
func (f Fault) Error() *model.Error {
	e := &model.Error{Kind: f.Kind, Msg: sentence(f.Msg), Hint: sentence(f.Hint)}
	switch f.Kind {
	case model.KindInvalid, model.KindForbidden, model.KindNotFound, model.KindConflict,
		model.KindLocked, model.KindOffline, model.KindOutside, model.KindInternal:
	default:
		e.Kind = model.KindOutside
	}
	switch {
	case f.Withdrawn:
		e.Err = ErrWithdrawn
	case f.Stopped:
		e.Err = ErrStopped
	}
	if f.Head != "" {
		e.Err = &Behind{[]byte(f.Head)}
	}
	return e
}

// parseFault reads the body of a refusal, and tells whether it was one.
func parseFault(body []byte) (Fault, bool) {
	var f Fault
	if json.Unmarshal(body, &f) != nil || f.Kind == "" || sentence(f.Msg) == "" {
		return Fault{}, false
	}
	return f, true
}

// sentence makes a hub's words fit to be shown: one line, nothing that commands
// a terminal or reorders text, no more than a screen can hold.
func sentence(s string) string {
	if len(s) > 4*maxReason {
		s = s[:4*maxReason]
	}
	s = strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r):
			return ' '
		case unicode.IsControl(r), unicode.Is(unicode.Cf, r), r == unicode.ReplacementChar:
			return -1
		}
		return r
	}, s)
	s = strings.Join(strings.Fields(s), " ")
	for len(s) > maxReason {
		_, size := utf8.DecodeLastRuneInString(s)
		s = s[:len(s)-size]
	}
	return s
}
