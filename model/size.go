package model

import (
	"fmt"
)

// maxEntry is the most bytes that the body of a change may take. A part of a
// record is kept whole, so what anybody can add to it must be small; the longest
// text that a form takes, 4,000 characters, fits.
const maxEntry = 16 << 10

// largeKinds may take more than maxEntry: a signed letter is kept as it was
// read, with everything it says.
var largeKinds = map[string]int{"letter.signed": MaxBody, "letter.results": MaxBody, "medicines.frozen": MaxBody}

func roomFor(kind string) int {
	if room, large := largeKinds[kind]; large {
		return room
	}
	return maxEntry
}

// CheckSize refuses a change whose body is larger than one of its kind may be.
// A settlement carries the value it keeps, so it may be larger by that.
func CheckSize(c Change, body []byte) error {
	room := roomFor(c.Kind())
	if s, ok := c.(*ConflictSettled); ok {
		room = min(MaxBody, room+roomFor(s.KeepKind))
	}
	if len(body) <= room {
		return nil
	}
	return Invalid(fmt.Sprintf("This entry is too long to keep: an entry of its kind may have %d KB.", room>>10), "Shorten the text.")
}

// Large tells whether a change is of a kind that may take much room.
func Large(c Change) bool { return c != nil && roomFor(c.Kind()) > maxEntry }
