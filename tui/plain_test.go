package tui_test

import (
	"strings"
	"testing"
	"time"

	"github.com/throughgate/throughgate/model"
	"github.com/throughgate/throughgate/tui"
)

func TestPlainSignsInAndSaysTheBoard(t *testing.T) {
	plainly(t, scene{demo: demoStaff}, func(k *talk) {
		k.hears("Throughgate, HMP Leeds.", "b.jones; Nurse; passphrase \"open b.jones\"")
		k.types("b.jones")
		if !k.secret || k.prompt() != "Passphrase: " {
			t.Errorf("the passphrase is asked for as %q, hidden %v", k.prompt(), k.secret)
		}
		if asked := strings.TrimSuffix(k.all(), "Passphrase: "); k.hidden != len(asked) {
			t.Errorf("what is typed is hidden after %q, and not just before it is asked for", k.all()[:k.hidden])
		}
		k.types("wrong")
		k.hears("The staff id or the passphrase is wrong.", "Passphrase of b.jones: ")
		k.types("open b.jones")
		k.hears("Today, Mon 23-Nov-2026; 3 leaving, 3 not ready, first 2 overdue for you.", "2. SMITH, John (ACCT open); A1234BC; ", "Releases: ")
	})
}

func TestPlainNamesThePersonInEveryPromptAboutThem(t *testing.T) {
	plainly(t, nurse, func(k *talk) {
		k.types("2")
		k.hears("SMITH, John; Born 14-Aug-1980 (46 years); Male; A1234BC; A-2-014.",
			"NHS No. 943 476 5919 (not verified); Allergies: Not recorded; ACCT open.", "Do: Dose due at 18:00")
		for _, word := range []string{"consent", "back", "medicines", "allergies", "back", "back", "letter", "back", "history"} {
			k.types(word)
			if !strings.HasPrefix(k.prompt(), "SMITH, John; ") {
				t.Errorf("after %s the prompt is %q", word, k.prompt())
			}
		}
	})
}

func TestPlainSaysNothingTwice(t *testing.T) {
	plainly(t, officer, func(k *talk) {
		k.types("2", "history", "back")
		if k.last() != "SMITH, John; Release checklist: " {
			t.Errorf("coming back says %q", k.last())
		}
		k.types("done 10")
		k.hears("Done: Accommodation known", "Not ready: 24 of 26", "10. Accommodation known; Done; KHAN, A")
		k.hearsNot("1. Release date", "Born")
		k.types("again")
		k.hears("Born", "1. Release date confirmed", "10. Accommodation known; Done")
		k.hearsNot("Each line")
	})
}

func TestPlainNumbersMeanTheLinesAsTheyWereSaid(t *testing.T) {
	plainly(t, officer, func(k *talk) {
		k.desk.write(t, "a.khan", personID("A1111AA"), &model.ReleaseSet{}) // the first of the list goes
		k.types("2")
		k.hears("SMITH, John; Born")
		k.types("back", "1")
		k.hears("SMITH, John; Born") // said anew since, with new numbers
		k.types("home")
	})
	plainly(t, officer, func(k *talk) {
		k.desk.write(t, "a.khan", personID("A1111AA"), &model.ReleaseSet{})
		k.settle()
		k.types("1")
		k.hears("Line 1 has gone since it was said.")
		k.types("99")
		k.hears("No line 99 was said here.")
		k.types("open")
		k.hears("Which line? Type open and its number.")
	})
}

func TestPlainListsArePaged(t *testing.T) {
	crowd := scene{signedIn: "a.khan", desk: func(t testing.TB, d *desk) {
		for i := range 45 {
			d.person(t, invented{family: "Doe", given: string(rune('A'+i/26)) + string(rune('a'+i%26)), number: "A" + string(rune('1'+i/9)) + string(rune('1'+i%9)) + "00AA"})
		}
	}}
	plainly(t, crowd, func(k *talk) {
		k.hears("Nobody leaves in the next 28 days. Type everybody to hear who is here.")
		k.types("everybody")
		k.hears("45 people have a record here.", "\n20. ", "25 more lines: type more.")
		k.hearsNot("\n21. ")
		k.types("more")
		k.hears("\n40. ", "5 more lines: type more.")
		k.types("")
		k.hears("\n45. ")
		k.hearsNot("more lines")
		k.types("more")
		k.hears("There is no more.")
		k.types("/doe bc")
		k.hears("Only what fits \"doe bc\": 1 of 45.", "1. DOE, Bc")
		k.types("/")
		k.hears("\n20. ")
	})
}

func TestPlainGoesToADateAndSaysItsMeanings(t *testing.T) {
	plainly(t, officer, func(k *talk) {
		k.types("date", "03/08/26")
		k.hears("This can mean:", "1. Mon 03-Aug-2026", "2. Tue 03-Aug-1926", "Its number, or another date: ")
		k.types("tomorrow")
		k.hears("Tomorrow, Tue 24-Nov-2026; 2 leaving", "1. NGUYỄN-O'BRIEN, Siân")
		k.hearsNot("SMITH")
		k.types("1")
		k.hears("NGUYỄN-O'BRIEN, Siân; Born 1991")
	})
}

func TestPlainFormKeepsItsDraftAndOffersItAgain(t *testing.T) {
	plainly(t, officer, func(k *talk) {
		k.types("book in", "Nguyễn-O'Brien", "Siân", "3 aug 1991", "cancel")
		k.hears("What you typed is kept as a draft.", "Releases: ")
		k.types("book in")
		k.hears("You typed this on 23-Nov-2026", "Type discard to throw it away.", "Sex.", "1. Male")
		k.types("check")
		k.hears("1. Family name: Nguyễn-O'Brien", "3. Date of birth: Sat 03-Aug-1991", "4. Sex: no answer")
		k.types("discard")
		k.hears("Type DISCARD to go on, or no to go back: ")
		k.types("yes")
		k.hears("That is not the word DISCARD. Nothing was done.")
		k.types("discard")
		k.hears("Nothing was changed.")
		if drafts := k.desk.draftsOf("a.khan"); len(drafts) > 0 {
			t.Errorf("drafts are left: %v", drafts)
		}
	})
}

func TestPlainFormAsksAgainOnlyWhatWasWrong(t *testing.T) {
	plainly(t, officer, func(k *talk) {
		k.types("book in", "O'Brien", "", "", "", "A12", "", "yes")
		k.hears("There is a problem.\nEnter a date of birth.\nChoose a sex.\n", "Date of birth.")
		k.hearsNot("Enter a prison number")
		k.types("32 aug")
		k.hears("Answer: ")
		k.types("3 aug 1991", "fem")
		k.hears("Female.", "Book in? Type yes, or check, back or cancel: ")
		k.types("y")
		k.hears("Type yes in full to do it.")
		k.types("yes")
		k.hears("There is a problem.", "Prison number (optional)", "Answer [A12]: ")
		k.types("-", "yes")
		k.hears("Booked in.", "O'BRIEN; Born 03-Aug-1991 (35 years); Female")
	})
}

func TestPlainFormGoesBackAndTakesAnswersAway(t *testing.T) {
	plainly(t, nurse, func(k *talk) {
		k.types("2", "instruct", "back")
		k.hears("This is the first question.")
		k.types("=back", "back")
		k.hears("Answer [back]: ")
		k.types("-", "+3m", "yes")
		k.hears("Enter what must be done.")
		k.types("Needs a bottom bunk", "yes")
		k.hears("Everybody sees the instruction now.", "Do: Needs a bottom bunk (Nurse, until 23-Feb-2027).")
	})
}

func TestPlainTakesNobodyOutOfTheGateWithoutTheWord(t *testing.T) {
	plainly(t, officer, func(k *talk) {
		k.types("2", "movement", "release", "escaped", "1", "", "", "yes")
		k.hears("SMITH, John, born 14-Aug-1980, prison number A1234BC, leaves this prison. It cannot be taken back.", "Type LEAVES to go on, or no to go back: ")
		k.types("yes")
		k.hears("That is not the word LEAVES. Nothing was done.")
		k.types("no")
		k.hears("Nothing was done.", "Record the movement? Type yes")
		k.types("yes", "leaves")
		k.hears("The movement is recorded.", "LEFT on 23-Nov-2026 09:42", "1 of 1 was never done")
	})
}

func TestPlainSaysNewsBeforeTheNextPromptAndNeverBetween(t *testing.T) {
	plainly(t, officer, func(k *talk) {
		k.types("2")
		before := k.all()
		k.desk.farAway("d.osei", smith, &model.ReleaseSet{Day: model.DayOf(k.desk.now()) + 1, Time: "10:30", Basis: model.BasisConfirmed, Reason: "CR"})
		cutOff(k.desk)
		k.settle()
		if k.all() != before {
			t.Errorf("it spoke while somebody could be typing: %q", k.all()[len(before):])
		}
		k.types("where")
		k.hears("News: Offline since 23-Nov-2026 07:28 (2h 14m).", "News: somebody else has changed this record.", "News: 1 conflict waits to be settled.", "7 to send")
		k.types("where")
		k.hearsNot("News")
		k.types("done 10")
		k.hearsNot("News") // one's own doing is none
		k.types("find conflicts", "1")
		k.hears("1. A1234BC; SMITH, John; Release date; 2 values")
	})
}

func TestPlainLocksWhenIdleAndComesBackToTheSameQuestion(t *testing.T) {
	plainly(t, officer, func(k *talk) {
		k.types("book in", "Doe", "Jane")
		time.Sleep(11 * time.Minute) // of the bubble's clock
		k.types("1 jan 1980")
		k.hears("Locked after a while without a key.", "The last line was not carried out.", "KHAN, A is signed in here", "Passphrase of a.khan: ")
		k.hearsNot("Doe", "Jane")
		k.types("open a.khan")
		k.hears("Book in.", "Date of birth.", "Answer: ")
	})
}

func TestPlainKeepsWhatWasTypedSlowlyAsItLocked(t *testing.T) {
	slowly := func(k *talk) {
		k.types("2", "instruct")
		time.Sleep(11 * time.Minute) // of the bubble's clock
		k.types("Needs a bottom bunk")
		k.hearsNot("Needs")
	}
	plainly(t, nurse, func(k *talk) {
		slowly(k)
		k.types("open b.jones")
		k.hears("When it was locked this had been typed here: \"Needs a bottom bunk\". Type = alone to take it as your answer.")
		k.types("=", "", "yes")
		k.hears("Do: Needs a bottom bunk (Nurse).")
	})
	plainly(t, nurse, func(k *talk) {
		slowly(k)
		k.types("back", "c.reid", "open c.reid", "2", "instruct")
		if strings.Contains(k.all()[strings.LastIndex(k.all(), "Releases."):], "Needs") {
			t.Error("somebody else hears it")
		}
	})
}

func TestPlainLetsSomebodyElseInOverALock(t *testing.T) {
	plainly(t, officer, func(k *talk) {
		k.types("book in", "Doe", "cancel", "lock", "back", "b.jones", "open b.jones")
		k.hears("Releases.")
		k.types("where")
		k.hears("JONES, B; Nurse")
		if drafts := k.desk.draftsOf("a.khan"); len(drafts) == 0 {
			t.Error("the first one's draft is gone")
		}
	})
}

func TestPlainEndOfInputKeepsWhatWasTyped(t *testing.T) {
	plainly(t, nurse, func(k *talk) {
		k.types("2", "letter", "write", "Seen on the day of release.", "", "Plan: see the practice.")
		k.close()
		if k.err != nil {
			t.Fatal(k.err)
		}
		k.hears("The input has ended. Locked. What you saw as kept is kept, and what you were typing is a draft.")
		again := listen(t, k.desk, nurse)
		defer again.close()
		again.hears("Write the letter.", "You typed this on 23-Nov-2026", "It says now:", "Seen on the day of release.", "Plan: see the practice.")
	})
}

func TestPlainWritesAndSignsALetter(t *testing.T) {
	plainly(t, scene{signedIn: "b.jones", desk: ward}, func(k *talk) {
		k.types("1", "letter")
		k.hears("Not ready to sign.", "Clinical summary; NOT WRITTEN")
		k.types("sign")
		k.hears("Not written yet")
		k.types("write", "Well.", ".", "See within two weeks.", ".", "-", "Healthcare, HMP Leeds.", ".", "yes")
		k.hears("The letter's text is kept.", "Ready to sign.")
		k.types("sign")
		k.hears("Heading: Plan and requested actions.", "See within two weeks.")
		for strings.Contains(k.last(), "type more") {
			k.types("more")
		}
		k.hears("DRAFT, NOT SIGNED")
		k.types("sign")
		k.hears("Letter 1 is frozen as you read it", "Type sign to go on, or no to go back: ")
		k.types("sign")
		k.hears("Letter 1 is signed.")
		k.types("pdf")
		k.hears("Written to papers/letter-a1234bc-1-signed.pdf")
	})
}

func TestPlainWorksMedicinesByNumber(t *testing.T) {
	plainly(t, scene{signedIn: "b.jones", desk: ward}, func(k *talk) {
		k.types("1", "medicines", "add", "Sertraline", "1", "50 mg", "tablets", "50 mg", "once a day", "oral", "depression", "yes", "", "its supply", "yes")
		k.hears("Supply.", "Number [Electronic prescription (EPS)]: ")
		k.types("1", "", "", "", "", "yes")
		k.hears("Sertraline: supply decided.", "1. Sertraline 50 mg tablets; 50 mg once a day; TTO 28 tablets to pack")
		k.types("packed", "BAG 1", "1", "yes", "reconciled", "GP summary and chart", "yes", "read 1")
		k.hears("Sertraline 50 mg tablets: 50 mg oral once a day, for depression.", "Packed: BAG 1.")
		k.types("stop 1", "No longer needed", "", "yes")
		k.hears("Stopped.", "5. Sertraline 50 mg tablets; 23-Nov-2026: No longer needed")
	})
}

func TestPlainFindsAnybodyFromAnywhere(t *testing.T) {
	plainly(t, nurse, func(k *talk) {
		k.types("2", "find novak")
		k.hears("1 thing found: type its number.", "1. Person: NOVÁKOVÁ, Jana; A7702CH")
		k.types("1")
		k.hears("NOVÁKOVÁ, Jana; Born")
		k.types("find book in", "1")
		k.hears("Nurse may not do this.")
		k.types("find xyzzy")
		k.hears("Nothing and nobody is called that.")
		k.types("find sync", "1")
		k.hears("Everything written here has been sent.")
	})
}

func TestPlainFirstPassphraseComesFirst(t *testing.T) {
	plainly(t, scene{desk: firstSignIn}, func(k *talk) {
		k.signIn("a.khan")
		k.hears("This is your first sign-in.", "Passphrase you have now: ")
		k.types("cancel")
		k.hears("Choose your own passphrase first. Type quit to leave the program.")
		k.types("open a.khan", "a long one of mine", "another one")
		k.hears("The two new passphrases are not the same.")
		k.types("a long one of mine", "a long one of mine")
		k.hears("Your passphrase is changed.", "Releases.")
		if strings.Contains(k.all(), "of mine") {
			t.Error("a passphrase was said")
		}
	})
}

func TestPlainSettlesAConflict(t *testing.T) {
	plainly(t, scene{signedIn: "a.khan", desk: func(t testing.TB, d *desk) { morning(t, d); disagree(d) }}, func(k *talk) {
		k.types("conflicts")
		k.hears("1. A1234BC; SMITH, John; ")
		k.types("settle 1")
		k.hears("These were written by people who had not seen each other's entry.", "1. Release")
		k.types("1", "Asked at the gate", "yes")
		k.hears("Settled. Every desk will show it.", "No conflicts: nobody has overwritten what they had not seen.")
	})
}

func TestPlainSaysWhatCannotBeKeptAndKeepsTheAnswers(t *testing.T) {
	plainly(t, officer, func(k *talk) {
		k.types("2", "state 10", "done", "Tag fitted")
		k.desk.set(func() { k.desk.doFails = model.Invalid("The disk is full.", "Free some room.") })
		k.types("yes")
		k.hears("There is a problem.\nThe disk is full. Free some room.\nSMITH, John; ")
		k.desk.set(func() { k.desk.doFails = nil })
		k.types("yes")
		k.hears("Accommodation known is set.", "10. Accommodation known; Done; Tag fitted")
	})
}

func TestPlainSaysThatItWorksAndGoesOnAskingForLines(t *testing.T) {
	plainly(t, officer, func(k *talk) {
		hold := make(chan struct{})
		k.desk.set(func() { k.desk.hold = hold })
		k.types("2")
		k.hears("Working.\nRelease checklist.\nIt is still being read. An empty line asks again.\nRelease checklist: ")
		k.types("")
		k.hears("It is still being read.")
		k.desk.set(func() { k.desk.hold = nil })
		close(hold)
		k.settle()
		k.types("")
		k.hears("SMITH, John; Born", "20. Identity checked at release; Not started")
	})
}

func TestPlainWritesNoControlByteOfAnybodys(t *testing.T) {
	plainly(t, nurse, func(k *talk) {
		k.desk.farAway("b.jones", smith, &model.InstructionGiven{Text: "Lower \x1b[31mbunk\x07 \u202eonly"})
		k.settle()
		k.types("2", "instruct", "\x1b]0;title\x07Needs \x1b[2Ja bunk", "", "yes")
		k.hears("Do: Needs a bunk (Nurse).")
		k.types("find \x1b[Hsmith", strings.Repeat("long ", 100_000), "again")
		k.holds(t)
	})
}

var _ tui.Console = (*talk)(nil)

// TestPlainSaysWhereAWordOfAFormIsNone: nobody who cannot see which of the two it
// is has to guess why cancel does nothing.
func TestPlainSaysWhereAWordOfAFormIsNone(t *testing.T) {
	plainly(t, officer, func(k *talk) {
		for _, word := range []string{"cancel", "check", "discard", "yes", "no"} {
			k.types(word)
			k.hears("No question is asked here. Type back to go back")
		}
	})
}

// TestPlainGivesTheReasonOfTheFirstLine: help must not say that there is no
// medicine because somebody listened to another line last.
func TestPlainGivesTheReasonOfTheFirstLine(t *testing.T) {
	w := onWardAs("b.jones", "medicines", "read 3", "?")
	plainly(t, w.scene, func(k *talk) {
		k.come(w)
		k.hears("\nNot possible now:\n")
		k.hearsNot("There is no medicine.")
	})
}
