package tui_test

import (
	"testing"
	"time"
)

func TestAnIdleSessionLocks(t *testing.T) {
	inBubble(t, scene{signedIn: "a.khan", idle: 5 * time.Minute}, func(d *driver) {
		openSmith(d)
		d.pass(4 * time.Minute)
		d.sees("SMITH, John")
		d.press("down")
		d.pass(4*time.Minute + 50*time.Second)
		d.sees("SMITH, John")
		d.pass(11 * time.Second)
		d.sees("Locked after a while without a key.", "KHAN, A is signed in here")
		d.seesNot("SMITH", "A1234BC")
	})
}

func TestLiveNewsDoesNotKeepASessionOpen(t *testing.T) {
	inBubble(t, scene{signedIn: "a.khan", idle: 5 * time.Minute}, func(d *driver) {
		for range 6 {
			d.pass(time.Minute)
			cutOff(d.desk)
			d.settle()
		}
		d.sees("Locked after a while")
	})
}

func TestALockedSessionShowsNobody(t *testing.T) {
	inBubble(t, officer, func(d *driver) {
		d.press("ctrl+l")
		d.seesNot("SMITH", "A1234BC", "Releases", "conflict")
		disagree(d.desk)
		d.settle()
		d.press("f1", "esc", "ctrl+k", "ctrl+l")
		d.seesNot("SMITH", "A1234BC", "Find an action", "conflict")
	})
}

func TestTheSamePersonComesBackToTheSameFieldAfterALock(t *testing.T) {
	inBubble(t, nurse, func(d *driver) {
		typeInstruction(d)
		d.press("tab")
		d.write("+3")
		before := d.view()
		d.press("ctrl+l")
		d.write("open b.jones") // the staff id stands there already
		d.press("enter")
		if after := d.view(); after != before {
			t.Fatalf("not as it was left:\n%s\nit was:\n%s", after, before)
		}
		d.write("m")
		d.sees("[+3m ")
	})
}

func TestAWrongPassphraseLeavesALockedSessionLocked(t *testing.T) {
	inBubble(t, officer, func(d *driver) {
		d.press("ctrl+l")
		d.write("wrong")
		d.press("enter")
		d.sees("The staff id or the passphrase is wrong.", "[a.khan ")
		d.seesNot("SMITH")
	})
}

func TestSomebodyElseBeginsAnew(t *testing.T) {
	inBubble(t, officer, func(d *driver) {
		openSmith(d)
		d.press("ctrl+l")
		d.signIn("b.jones")
		d.sees("HMP Leeds  Releases", "JONES, B  Nurse")
		d.press("esc")
		d.sees("This is the first screen.")
	})
}

// A computer that slept wakes with nobody's tick yet: the first key may be
// anybody's.
func TestTheFirstKeyAfterASleepLocks(t *testing.T) {
	inBubble(t, scene{signedIn: "a.khan", idle: 5 * time.Minute}, func(d *driver) {
		openSmith(d)
		time.Sleep(6 * time.Minute) // of the bubble's clock, and no message is read meanwhile
		d.update(key("m"))
		d.sees("Locked after a while")
		d.seesNot("SMITH")
	})
}

// Who came with somebody's key can sign in as that person only.
func TestOnlyTheOwnerOfTheKeySignsIn(t *testing.T) {
	inBubble(t, scene{staff: "a.khan"}, func(d *driver) {
		d.sees("You sign in as a.khan", "> Passphrase")
		d.seesNot("Staff id")
		d.write("open b.jones")
		d.press("enter")
		d.sees("The staff id or the passphrase is wrong.")
		d.write("open a.khan")
		d.press("enter")
		d.sees("HMP Leeds  Releases", "KHAN, A")
		d.press("ctrl+l")
		d.sees("KHAN, A is signed in here, and finds everything as it was.", "You sign in as a.khan")
		d.seesNot("Somebody else", "Staff id")
	})
}

// A line that is cut ends the program without waiting for its commands.
func TestTheLastLetterIsKeptWhenTheProgramEndsAtOnce(t *testing.T) {
	inBubble(t, nurse, func(d *driver) {
		typeInstruction(d)
		d.press("tab")
		d.write("+3")
		d.app.Update(key("m")) // and its command is never run
		d.app.Close()
		again := startOn(d.t, d.desk, scene{})
		again.signIn("b.jones")
		again.sees("[+3m ")
		again.close()
	})
}
