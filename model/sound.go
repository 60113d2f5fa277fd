package model

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

// farAhead is later than any date that a clock here could find to be in the
// future: without the author's clock no such thing is asked.
var farAhead = time.Date(2200, 1, 1, 0, 0, 0, 0, time.UTC)

// Sound refuses a change that no desk makes, whatever the record holds: text
// that cannot be shown, an entry larger than its kind may be, a number, name,
// place or day of the wrong form, a letter that is not what it says. The hub
// asks it, which has no record to ask Check of. body is the change as it was
// sent. An error is of KindInvalid.
func Sound(c Change, body []byte) error {
	if err := CheckSize(c, body); err != nil {
		return err
	}
	if err := soundText(body); err != nil {
		return err
	}
	if s, ok := c.(*ConflictSettled); ok {
		if kept := s.Kept(); kept != nil {
			return soundForm(kept)
		}
		return nil
	}
	return soundForm(c)
}

// soundForm asks those rules that need no record. What others have is asked of
// the author's desk alone: a change that follows from another is bound by none.
func soundForm(c Change) error {
	switch c := c.(type) {
	case *PersonNamed, *PersonNumbered, *StaySet, *LocationSet, *ReleaseSet:
		return c.Check(nil, farAhead)
	case *MovementRecorded:
		return CheckMovement(c.Type, c.Reason)
	case *BagPackedUp:
		return checkBagNumber(c.Number)
	case *BagCheckedUp:
		return checkBagNumber(c.Number)
	case *BagGiven:
		return checkBagNumber(c.Number)
	case *BagReturn:
		return checkBagNumber(c.Number)
	case *BagWitnessed:
		return checkBagNumber(c.Number)
	case *BagAlone:
		return c.checkForm()
	case *SupplySet:
		return checkDays(c.Days)
	case *SupplyFurther:
		return checkDays(c.Days)
	case *MedicineCounted:
		return checkDays(c.Days)
	case *GlassBroken:
		return c.checkForm()
	case *GateIdentified:
		return c.checkForm()
	case *GateOverridden:
		return c.checkForm()
	case *ItemChecked:
		return c.checkForm()
	case *AfterChecked:
		return c.checkForm()
	case *RescueStarted:
		return c.checkForm()
	case *RescueStepSet:
		return c.checkForm()
	case *GlassReviewed:
		return c.checkForm()
	case *LetterSigned:
		if _, err := c.thawed(); err != nil {
			return err
		}
		return soundText(c.Frozen)
	case *ResultsSigned:
		if _, err := c.thawed(); err != nil {
			return err
		}
		return soundText(c.Frozen)
	}
	return nil
}

// checkDays keeps days of supply within what a calendar can hold. The desk's own
// rules are stricter.
func checkDays(days int) error {
	if days < 0 || days > 366 {
		return Invalid("Enter how many days the quantity covers.", "Not more than a year.")
	}
	return nil
}

// soundText refuses JSON with a string in it, or a name of a field, that has
// characters which cannot be shown.
func soundText(body []byte) error {
	bad := Invalid("The entry has characters that cannot be shown.", "Make the change again without them.")
	if !utf8.Valid(body) {
		return bad
	}
	in := json.NewDecoder(bytes.NewReader(body))
	in.UseNumber()
	for {
		token, err := in.Token()
		switch text, ok := token.(string); {
		case errors.Is(err, io.EOF):
			return nil
		case err != nil:
			return bad
		case ok && strings.ContainsFunc(text, unshowable):
			return bad
		}
	}
}

func unshowable(c rune) bool { return unicode.IsControl(c) && c != '\n' && c != '\t' }
