package tui

import (
	"context"
	"io"
	"time"

	"github.com/throughgate/throughgate/model"
	"github.com/throughgate/throughgate/tui/part"
)

// Options is what a program decides for its screens.
type Options struct {
	Theme *part.Theme
	Now   func() time.Time
	// Demo marks every screen, and is what the sign-in screen says about who
	// may sign in.
	Demo []DemoStaff
	// Idle is how long a session may be left alone before it locks; zero is
	// ten minutes.
	Idle time.Duration
	// Timeline is the due days that the prison has set; the others are the model's.
	Timeline model.Timeline
	// Rand is where random ids come from; nil is the computer's own source.
	Rand io.Reader
	// Staff is the only person who may sign in here, such as the owner of the
	// SSH key somebody came with; empty lets anybody.
	Staff model.StaffID
	// Still leaves out of the header what the clock alone changes: the screens
	// go down a line, and one that is left alone sends nothing.
	Still bool
	// SignedIn starts with a session that is open already.
	SignedIn Session

	plain bool // plain mode: see NewPlain
}

// DemoStaff is somebody who may sign in to the demonstration.
type DemoStaff struct{ ID, Role, Passphrase string }

// env is what screens share: who is signed in, what time it is, how things
// look.
type env struct {
	Session
	theme     *part.Theme
	now       func() time.Time
	rand      io.Reader
	timeline  model.Timeline // the prison's own due days
	place     Place
	status    func() model.DeskStatus
	plain     bool // nobody looks: words are said, and no keys are pressed
	alarms    int  // how many there are to ask about; the frame counts them
	conflicts int  // how many wait to be settled; the frame counts them
	drafts    *draftBoxes
	heard     map[Screen]string // what plain mode filters the list of a screen by
}

// Close ends the session once the last words typed in it are kept.
func (e *env) Close() {
	_ = e.drafts.flush() // nobody is left to be told that the disk is full
	e.Session.Close()
}

// Get is a record as it reads today.
func (e *env) Get(ctx context.Context, id model.PersonID) (*model.Record, error) {
	r, err := e.Session.Get(ctx, id)
	if err != nil {
		return nil, err
	}
	return r.On(e.today()), nil
}

func (e *env) today() model.Day { return model.DayOf(e.now()) }

// allow says why the person signed in may not make a change, "" when they may.
func (e *env) allow(r *model.Record, c model.Change) string {
	if r == nil {
		return "The record is not here yet."
	}
	if err := model.Allow(e.Actor(), c, r); err != nil {
		return err.Error()
	}
	return ""
}

// keys is words about what to press, and other words where nothing is pressed.
func (e *env) keys(pressed, plain string) string {
	if e.plain {
		return plain
	}
	return pressed
}

// with says how something is done: by its key, or by its word where keys are heard
// and not seen.
func (e *env) with(key, word string) string {
	return e.keys("with "+key, "by typing "+word)
}

// nothingHere says why nothing can be done with a line where there is none.
func (e *env) nothingHere() string {
	return e.keys("Nothing is under the cursor.", "There is nothing in this list.")
}

// by says who did something when: "KHAN, A 23-Nov-2026 09:41".
func (e *env) by(staff model.StaffID, at model.Stamp) string {
	if at.IsZero() {
		return ""
	}
	return e.StaffName(staff) + " " + model.InstantOf(at.Time()).String()
}
