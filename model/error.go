package model

import "errors"

// Kind sorts errors by what the person at the desk can do about them.
type Kind string

// The kinds of error. Each program turns a kind into an exit code once, at its
// edge.
const (
	KindInvalid   Kind = "invalid"   // the input makes no sense; correct it
	KindForbidden Kind = "forbidden" // this role may not do this
	KindNotFound  Kind = "not-found" // there is no such person, file or row
	KindConflict  Kind = "conflict"  // somebody else changed it meanwhile
	KindLocked    Kind = "locked"    // the store, or the session, is held or locked
	KindOffline   Kind = "offline"   // the hub cannot be reached now
	KindOutside   Kind = "outside"   // the world misbehaved: disk, network answer, file
	KindInternal  Kind = "internal"  // our own fault
)

// Error is the one error type that reaches a person. Msg is a sentence for
// them, Hint says what to do next, Err is the cause for the log.
//
// Neither Msg nor Hint ever holds a person's name, number or words: errors end
// in logs, on shared screens and in support mails.
type Error struct {
	Kind Kind
	Msg  string
	Hint string
	Err  error
	// Field is the answer that has to be mended, by its name in the change's
	// JSON; "" when it is not one of them. A form shows the error beside it.
	Field string
}

// At names the answer the error is about.
func (e *Error) At(field string) *Error {
	e.Field = field
	return e
}

// at is Error.At for what may be no error at all.
func at(field string, err error) error {
	if e, ok := err.(*Error); ok {
		return e.At(field)
	}
	return err
}

// Error returns the sentence, with the hint behind it when there is one.
func (e *Error) Error() string {
	if e.Hint == "" {
		return e.Msg
	}
	return e.Msg + " " + e.Hint
}

// Unwrap gives the cause to errors.Is and errors.As.
func (e *Error) Unwrap() error { return e.Err }

// Invalid is an error of KindInvalid.
func Invalid(msg, hint string) *Error { return &Error{Kind: KindInvalid, Msg: msg, Hint: hint} }

// Forbidden is an error of KindForbidden.
func Forbidden(msg, hint string) *Error { return &Error{Kind: KindForbidden, Msg: msg, Hint: hint} }

// NotFound is an error of KindNotFound.
func NotFound(msg, hint string) *Error { return &Error{Kind: KindNotFound, Msg: msg, Hint: hint} }

// KindOf returns the kind of the first Error in err's chain, KindInternal when
// there is none, and "" when err is nil.
func KindOf(err error) Kind {
	if err == nil {
		return ""
	}
	var e *Error
	if errors.As(err, &e) {
		return e.Kind
	}
	return KindInternal
}
