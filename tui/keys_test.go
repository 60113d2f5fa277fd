package tui_test

import (
	"strings"
	"testing"

	tea "github.com/charmbracelet/bubbletea"
)

func TestLettersAreNeverCommandsWhileSomebodyTypes(t *testing.T) {
	inBubble(t, officer, func(d *driver) {
		d.press("/")
		d.write("gcnsp?kj ")
		d.sees("/ gcnsp?kj", "Releases", "0 of 8")
		d.press("esc")
		openSmith(d)
		d.toLine("Hand-over at the gate")
		d.press("n", "tab")
		d.write("dmhnac?/ju")
		d.sees("Hand-over at the gate", "[dmhnac?/ju ")
	})
}

func TestTheSameLetterIsACommandOutsideAField(t *testing.T) {
	inBubble(t, officer, func(d *driver) {
		for key, title := range map[string]string{"c": "Conflicts", "s": "Sync", "n": "Book in", "g": "Go to date", "p": "Change passphrase"} {
			d.press(key)
			d.sees("HMP Leeds  " + title)
			d.press("esc")
			d.sees("HMP Leeds  Releases")
		}
	})
}

func TestAPasteOutsideAFieldDoesNothing(t *testing.T) {
	inBubble(t, officer, func(d *driver) {
		before := d.view()
		d.paste("c")
		d.paste("n\rSMITH\r\x1b[B")
		d.send(tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune("cs")}) // keys that came in one read
		if after := d.view(); after != before {
			t.Fatalf("a paste did something:\n%s", after)
		}
		d.press("end", "enter", "end") // a person's page
		before = d.view()
		d.paste(" ")
		d.paste("d")
		if after := d.view(); after != before {
			t.Fatalf("a paste did something:\n%s", after)
		}
	})
}

func TestAPasteInAFieldIsText(t *testing.T) {
	inBubble(t, officer, func(d *driver) {
		d.press("/")
		d.paste("Nguyễn\x1b[31m\r\n")
		d.sees("/ Nguyễn ", "1 of 8")
	})
}

func TestADisabledKeySaysWhy(t *testing.T) {
	inBubble(t, nurse, func(d *driver) {
		openSmith(d)
		d.press("m")
		d.sees("Nurse may not do this. It is for: Reception, Offender management, Manager.")
		d.press("down") // and the reason is gone at the next key
		d.seesNot("may not do this")
		d.press("?")
		d.write("record a movement")
		d.sees("not now", "It is for: Reception")
	})
}

func TestFooterHelpAndKeysAgree(t *testing.T) {
	inBubble(t, officer, func(d *driver) {
		d.sees("Tab everybody")
		d.press("?")
		d.write("book in")
		d.sees("Book in a person who is not here yet.")
		d.press("esc")
		d.press("n")
		d.sees("HMP Leeds  Book in")
	})
}

func TestHelpTellsEveryKeyTheFooterNames(t *testing.T) {
	inBubble(t, officer, func(d *driver) {
		footer := d.footer()
		d.press("?")
		help := d.view()
		d.resize(120, 60)
		help += d.view()
		for _, hint := range strings.Split(footer, "   ") {
			if name, _, _ := strings.Cut(hint, " "); name != "?" && !strings.Contains(help, " "+name+" ") {
				t.Errorf("help does not tell %q:\n%s", name, help)
			}
		}
	})
}

// footer is the last line.
func (d *driver) footer() string {
	view := d.view()
	return view[strings.LastIndexByte(view, '\n')+1:]
}

func TestEscapeAtTheFirstScreenSaysWhatLeaves(t *testing.T) {
	inBubble(t, officer, func(d *driver) {
		d.press("esc")
		d.sees("This is the first screen. Ctrl+L locks it, Ctrl+C leaves the program.")
	})
}

func TestEscapeGoesBackOneStepAtATime(t *testing.T) {
	inBubble(t, officer, func(d *driver) {
		d.press("tab", "/")
		d.write("smith")
		d.press("enter", "enter")
		d.sees("Release checklist")
		d.press("esc")
		d.sees("Everybody", "/ smith", "1 of 9")
		d.press("esc")
		d.sees("Everybody", "OKAFOR")
		d.seesNot("/ smith")
		d.press("esc")
		d.sees("HMP Leeds  Releases")
	})
}

func TestCtrlCAsksOnceBeforeItLeaves(t *testing.T) {
	inBubble(t, officer, func(d *driver) {
		d.press("ctrl+c")
		d.sees("Press Ctrl+C once more to leave.")
		d.press("down", "ctrl+c")
		if d.quit {
			t.Fatal("it left, though another key came between")
		}
		d.press("ctrl+c")
		if !d.quit {
			t.Fatal("it did not leave")
		}
	})
	inBubble(t, scene{}, func(d *driver) {
		d.press("ctrl+c")
		if !d.quit {
			t.Fatal("the sign-in screen did not leave at once")
		}
	})
}

func TestNobodyActsOnAWindowTooSmallToRead(t *testing.T) {
	inBubble(t, officer, func(d *driver) {
		d.resize(79, 24)
		d.sees("Window too small: 79x24, need 80x24")
		d.press("c", "enter")
		d.resize(80, 24)
		d.sees("HMP Leeds  Releases")
	})
}

func TestThePaletteFindsActionsScreensAndPeople(t *testing.T) {
	inBubble(t, officer, func(d *driver) {
		d.press("end", "enter") // on somebody's page
		d.press("ctrl+k")
		d.write("movement record")
		d.press("enter")
		d.sees("HMP Leeds  Movement")
		d.press("esc", "ctrl+k")
		d.write("sync sent")
		d.press("enter")
		d.sees("HMP Leeds  Sync")
		d.press("ctrl+k")
		d.write("llyr pryce")
		d.press("enter")
		d.sees("PRYCE, Llŷr  Born", "Release checklist")
		d.press("ctrl+k")
		d.write("A1234BC")
		d.press("enter")
		d.sees("SMITH, John  Born")
		d.press("ctrl+k")
		d.write("everybody")
		d.press("enter")
		d.sees("HMP Leeds  Everybody")
		d.press("esc", "esc")
		d.sees("This is the first screen.")
	})
}

// TestTheNextKeyIsForWhatThePaletteFound has the next key come in the same breath,
// as it does over a slow line.
func TestTheNextKeyIsForWhatThePaletteFound(t *testing.T) {
	inBubble(t, officer, func(d *driver) {
		openSmith(d)
		d.press("ctrl+k")
		d.write("llyr pryce")
		d.update(key("enter"))
		d.press("d") // nothing yet on a page that is being read, and no date of the person before
		d.sees("PRYCE, Llŷr  Born", "  Release checklist")
		d.press("esc")
		d.sees("SMITH, John  Born", "  Release checklist")
		d.press("ctrl+k")
		d.write("everybody here")
		d.update(key("enter"))
		d.press("/")
		d.write("smith")
		d.sees("  Everybody  ", "/ smith", "  1 of ")
	})
}

// TestWhatIsTypedAheadIsForTheScreenThatOpens has several keys come in one breath.
func TestWhatIsTypedAheadIsForTheScreenThatOpens(t *testing.T) {
	inBubble(t, officer, func(d *driver) {
		openSmith(d)
		for _, k := range []string{"d", "tab", "tab", "ctrl+u"} {
			d.update(key(k))
		}
		d.write("08:15")
		d.sees("HMP Leeds  Release date", "[08:15 ")
	})
}

func TestALockWaitsForNothing(t *testing.T) {
	inBubble(t, officer, func(d *driver) {
		openSmith(d)
		for _, k := range []string{"d", "tab", "ctrl+l"} {
			d.update(key(k))
		}
		d.sees("Locked.")
		d.settle()
		d.sees("Locked.")
	})
	for _, over := range []string{"?", "ctrl+k"} {
		inBubble(t, officer, func(d *driver) {
			d.press(over, "ctrl+l")
			d.sees("Locked.")
		})
	}
}

func TestThePaletteListsWhatIsNotPossibleWithItsReason(t *testing.T) {
	inBubble(t, nurse, func(d *driver) {
		openSmith(d)
		d.press("ctrl+k")
		d.write("movement record")
		d.sees("Nurse may not do this.")
		d.press("enter")
		d.sees("Find an action") // and cannot be chosen
	})
}

func TestNothingButAFirstPassphraseCanBeDoneFirst(t *testing.T) {
	inBubble(t, scene{desk: firstSignIn}, func(d *driver) {
		d.signIn("a.khan")
		d.press("ctrl+k")
		d.seesNot("Find an action")
		d.press("esc")
		d.sees("Choose your own passphrase first. Ctrl+C leaves the program.")
		d.write("open a.khan")
		d.press("enter")
		d.write("four words of mine")
		d.press("enter")
		d.write("four words of nine")
		d.press("enter", "enter")
		d.sees("The two new passphrases are not the same")
		d.press("enter", "ctrl+u")
		d.write("four words of mine")
		d.press("enter", "enter")
		d.sees("HMP Leeds  Releases", "Your passphrase is changed.")
		if d.desk.staff["a.khan"].passphrase != "four words of mine" {
			t.Fatal("the passphrase is not the new one")
		}
	})
}

func TestSignInKeepsTheStaffIdAfterAWrongPassphrase(t *testing.T) {
	inBubble(t, scene{}, func(d *driver) {
		d.signInWith("a.khan", "wrong")
		d.sees("The staff id or the passphrase is wrong.", "[a.khan ")
		d.write("open a.khan")
		d.press("enter")
		d.sees("HMP Leeds  Releases", "KHAN, A")
	})
}

func TestSignInTakesCapitalsInAStaffId(t *testing.T) {
	inBubble(t, scene{}, func(d *driver) {
		d.write("A.Khan")
		d.press("enter")
		d.write("open a.khan")
		d.press("enter")
		d.sees("HMP Leeds  Releases")
	})
}

func TestThePassphraseIsNeverShown(t *testing.T) {
	inBubble(t, scene{}, func(d *driver) {
		d.write("a.khan")
		d.press("enter")
		d.write("open sesame")
		d.seesNot("sesame")
		d.sees("[*********** ")
	})
}
