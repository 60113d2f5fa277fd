package tui_test

import (
	"strings"
	"testing"
)

// cut ends the connection while a line has no end yet, and lets its owner in
// again.
func (k *talk) cut(typed string) *talk {
	k.t.Helper()
	k.mu.Lock()
	k.unended = typed
	k.mu.Unlock()
	staff := k.signedIn
	k.end()
	return listen(k.t, k.desk, scene{signedIn: staff})
}

// What was typed of a line when it was cut is told to who typed it, at the same
// question, and is an answer only when they say so.
func TestALineThatWasCutIsOfferedAtItsQuestion(t *testing.T) {
	for name, c := range map[string]struct {
		lines   []string
		typed   string
		then    []string // lines that are typed when it was offered
		hears   string
		nothing string // that must not have been taken
	}{
		"taken":         {[]string{"2", "instruct"}, "Needs a bottom bunk", []string{"=", "", "yes"}, "Do: Needs a bottom bunk (Nurse).", ""},
		"not taken":     {[]string{"2", "instruct"}, "Needs a bott", []string{"Sits at the front", "", "yes"}, "Do: Sits at the front (Nurse).", "Needs a bott"},
		"a date":        {[]string{"2", "instruct", "Bunk"}, "1 dec 2026", []string{"=", "yes"}, "Do: Bunk (Nurse, until 01-Dec-2026).", ""},
		"a long answer": {[]string{"2", "letter", "write", "Seen daily."}, "Sleeps bad", []string{"=", ".", "check"}, "Seen daily. Sleeps bad", ""},
	} {
		t.Run(name, func(t *testing.T) {
			plainly(t, nurse, func(k *talk) {
				k.types(c.lines...)
				again := k.cut(c.typed)
				defer again.close()
				again.hears("When the line was cut this had been typed here: \"" + c.typed + "\". Type = alone to take it as your answer.")
				again.types(c.then...)
				again.hears(c.hears)
				if c.nothing != "" {
					again.hearsNot(c.nothing)
				}
				again.holds(t)
			})
		})
	}
}

// Cut a second time before they said so, it is offered again; once they have
// answered it is gone.
func TestALineThatWasCutTwiceIsOfferedAgain(t *testing.T) {
	plainly(t, nurse, func(k *talk) {
		k.types("2", "instruct")
		again := k.cut("Needs a bott")
		third := again.cut("")
		third.hears("this had been typed here: \"Needs a bott\"")
		third.types("Needs a bottom bunk")
		fourth := third.cut("")
		defer fourth.close()
		fourth.hearsNot("had been typed", "you had typed")
	})
}

// Where no question is asked they hear what they had typed.
func TestACommandThatWasCutIsSaid(t *testing.T) {
	plainly(t, nurse, func(k *talk) {
		k.types("2")
		again := k.cut("instru")
		defer again.close()
		again.hears("When the line was cut you had typed \"instru\". Nothing was done with it.", "Release checklist.")
	})
}

// A passphrase is kept nowhere, nor what is typed at a sign-in or in place of a
// word that was asked for; and nobody else hears a line.
func TestWhatIsCutIsItsOwnersAlone(t *testing.T) {
	for name, c := range map[string]struct {
		lines []string
		typed string
	}{
		"at the sign-in":      {[]string{"lock"}, "open b.jones"},
		"at a passphrase":     {[]string{"passphrase"}, "open b.jones"},
		"a word asked for":    {[]string{"2", "instruct", "Bunk", "discard"}, "DISC"},
		"a blank line":        {[]string{"2", "instruct"}, "  "},
		"and after it locked": {[]string{"lock", "back", "c.re"}, "open b.jones"},
	} {
		t.Run(name, func(t *testing.T) {
			plainly(t, nurse, func(k *talk) {
				k.types(c.lines...)
				again := k.cut(c.typed)
				defer again.close()
				again.hearsNot("had been typed", "you had typed")
			})
		})
	}
	plainly(t, nurse, func(k *talk) {
		k.types("2", "instruct")
		k.signedIn = "a.khan"
		other := k.cut("Needs a bott")
		defer other.close()
		if strings.Contains(other.all(), "Needs") {
			t.Error("somebody else hears it")
		}
	})
}

// Nor whoever signs in over its owner's lock before it was found.
func TestACutLineThatIsFoundLateIsNotSaidToTheNext(t *testing.T) {
	plainly(t, nurse, func(k *talk) {
		k.types("2", "instruct")
		k.desk.set(func() { k.desk.hold = make(chan struct{}) })
		again := k.cut("Needs a bott")
		defer again.close()
		again.types("lock")
		hold := k.desk.hold
		k.desk.set(func() { k.desk.hold = nil }) // for who comes next
		again.types("back", "a.khan", k.desk.staff["a.khan"].passphrase)
		close(hold)
		again.types("?")
		again.hearsNot("Needs a bott", "you had typed")
	})
}

// What plain mode passes over of a list it passes over when its owner is back.
func TestAFilterOfPlainModeComesBack(t *testing.T) {
	plainly(t, nurse, func(k *talk) {
		k.types("2", "/ letter")
		k.hears("Only lines with \"letter\".")
		k.hearsNot("NHS number traced; ")
		again := k.cut("")
		again.hears("Release checklist.", "Only lines with \"letter\".")
		again.hearsNot("NHS number traced; ")
		again.types("/", "history", "back")
		third := again.cut("")
		defer third.close()
		third.hears("Release checklist.")
		third.hearsNot("Only lines with")
	})
}
