package tui_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/throughgate/throughgate/model"
)

// typeInstruction opens the instruction form on Mr Smith's page and types half a
// sentence in it.
func typeInstruction(d *driver) {
	openSmith(d)
	d.press("i")
	d.write("Needs a bott")
}

func TestADraftSurvivesLeavingTheForm(t *testing.T) {
	inBubble(t, nurse, func(d *driver) {
		typeInstruction(d)
		d.press("esc")
		d.sees("What you typed is kept as a draft.")
		d.pass(time.Hour / 12)
		d.press("i")
		d.sees("[Needs a bott ", "You typed this on 23-Nov-2026 09:42 and did not finish. Ctrl+X throws it away.")
		d.write("om bunk")
		d.submit()
		d.sees("Everybody sees the instruction now.", "Do: Needs a bottom bunk (Nurse)")
		if left := d.desk.draftsOf("b.jones"); !slices.Equal(left, []string{"place"}) {
			t.Errorf("what was kept left drafts behind: %v", left)
		}
	})
}

func TestAFormThatWasOnlyLookedAtLeavesNoDraft(t *testing.T) {
	inBubble(t, nurse, func(d *driver) {
		openSmith(d)
		d.press("u", "tab", "down", "down", "tab", "esc")
		d.seesNot("kept as a draft")
		d.press("esc")
		if left := d.desk.draftsOf("b.jones"); !slices.Equal(left, []string{"place"}) { // the cursor is on Mr Smith
			t.Errorf("drafts of nothing: %v", left)
		}
	})
}

func TestADraftIsThrownAwayOnlyByATypedWord(t *testing.T) {
	inBubble(t, nurse, func(d *driver) {
		typeInstruction(d)
		d.press("ctrl+x", "enter")
		d.sees("That is not the word DISCARD. Nothing was done.")
		d.press("esc")
		d.sees("[Needs a bott ")
		d.press("ctrl+x")
		d.write("discard")
		d.press("enter")
		d.sees("Nothing was changed.", "Release checklist")
		d.press("i")
		d.seesNot("Needs a bott")
	})
}

func TestTheSamePersonComesBackToTheSameFieldAfterACrash(t *testing.T) {
	inBubble(t, nurse, func(d *driver) {
		typeInstruction(d)
		d.press("tab")
		d.write("+3")
		crashed := startOn(t, d.desk, scene{signedIn: "b.jones"}) // and d never says goodbye
		defer crashed.close()
		crashed.sees("HMP Leeds  Instruction", "SMITH, John", "[Needs a bott ", "did not finish")
		crashed.write("m")
		crashed.sees("[+3m ", "= Tue 23-Feb-2027")
		crashed.press("esc", "esc")
		crashed.sees("HMP Leeds  Releases")
		if got := crashed.selected(); !strings.Contains(got, "SMITH") {
			t.Errorf("the board's cursor is on %q", got)
		}
	})
}

func TestBookingInComesBackAfterACrash(t *testing.T) {
	inBubble(t, officer, func(d *driver) {
		d.press("n")
		d.write("Featherstone")
		d.press("enter")
		d.write("Bar")
		crashed := startOn(t, d.desk, scene{signedIn: "a.khan"})
		defer crashed.close()
		crashed.sees("HMP Leeds  Book in", "[Featherstone ")
		crashed.write("t")
		crashed.sees("[Bart ")
	})
}

func TestWhoLeavesOnPurposeBeginsAtTheBoard(t *testing.T) {
	inBubble(t, nurse, func(d *driver) {
		typeInstruction(d)
		d.press("ctrl+c", "ctrl+c")
		again := startOn(t, d.desk, scene{signedIn: "b.jones"})
		defer again.close()
		again.sees("HMP Leeds  Releases")
		typeInstruction(again)
		again.sees("[Needs a bottNeeds a bott ") // the draft is still there
	})
}

func TestAnotherPersonsSignInKeepsTheFirstOnesDraft(t *testing.T) {
	inBubble(t, nurse, func(d *driver) {
		typeInstruction(d)
		d.press("ctrl+l")
		d.signIn("c.reid")
		d.sees("HMP Leeds  Releases", "REID, C")
		openSmith(d)
		d.press("i")
		d.seesNot("Needs a bott")
		d.press("ctrl+l")
		d.signIn("b.jones")
		d.sees("HMP Leeds  Instruction", "[Needs a bott ")
	})
}

func TestADraftSaysWhenTheRecordHasChangedSince(t *testing.T) {
	inBubble(t, officer, func(d *driver) {
		openSmith(d)
		d.press("d", "tab", "tab", "ctrl+u")
		d.write("08:15")
		d.press("esc")
		disagree(d.desk)
		d.settle()
		d.press("d")
		d.sees("The record has changed since you typed this on 23-Nov-2026 09:42: look at it")
	})
}

// Keys that come before the draft was read are typed after it, not lost and not
// commands.
func TestWhatIsTypedAheadIsNotLost(t *testing.T) {
	inBubble(t, nurse, func(d *driver) {
		typeInstruction(d)
		d.press("esc")
		hold := make(chan struct{})
		d.desk.set(func() { d.desk.hold = hold })
		d.settle()
		d.press("i")
		d.write("om ?")
		d.desk.set(func() { d.desk.hold = nil })
		close(hold)
		d.settle()
		d.sees("[Needs a bottom ? ")
	})
}

func TestWhatCannotBeKeptStaysInTheForm(t *testing.T) {
	inBubble(t, nurse, func(d *driver) {
		typeInstruction(d)
		d.desk.doFails = &model.Error{Kind: model.KindOutside, Msg: "The disk is full.", Hint: "Free some space and do it again."}
		d.submit()
		d.sees("There is a problem", "The disk is full. Free some space and do it again.", "[Needs a bott ")
		d.desk.doFails = nil
		d.submit()
		d.sees("Everybody sees the instruction now.")
	})
}

func TestTheLatestDraftIsWrittenLast(t *testing.T) {
	inBubble(t, nurse, func(d *driver) {
		openSmith(d)
		d.press("i")
		for _, r := range "The quick brown fox jumps over the lazy dog" {
			d.update(key(string(r))) // faster than any answer comes
		}
		d.settle()
		again := startOn(t, d.desk, scene{signedIn: "b.jones"})
		defer again.close()
		again.sees("[The quick brown fox jumps over the lazy dog ")
	})
}
