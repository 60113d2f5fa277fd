package tui_test

import (
	"testing"
	"time"

	"github.com/charmbracelet/x/exp/golden"

	"github.com/throughgate/throughgate/model"
	"github.com/throughgate/throughgate/tui"
	"github.com/throughgate/throughgate/tui/part"
)

var (
	officer = scene{signedIn: "a.khan"}
	nurse   = scene{signedIn: "b.jones"}
)

var demoStaff = []tui.DemoStaff{
	{ID: "a.khan", Role: "Reception", Passphrase: "open a.khan"},
	{ID: "b.jones", Role: "Nurse", Passphrase: "open b.jones"},
}

// openSmith opens Mr Smith's page from the board.
func openSmith(d *driver) { d.press("down", "enter") }

func TestSignInScreen(t *testing.T) { requireScreen(t, scene{}, func(*driver) {}) }

func TestSignInRefusedScreen(t *testing.T) {
	requireScreen(t, scene{}, func(d *driver) { d.signInWith("a.khan", "wrong") })
}

func TestSignInDemoScreen(t *testing.T) {
	requireScreen(t, scene{demo: demoStaff}, func(*driver) {})
}

func TestFirstPassphraseScreen(t *testing.T) {
	requireScreen(t, scene{desk: firstSignIn}, func(d *driver) { d.signIn("a.khan") })
}

func firstSignIn(t testing.TB, d *desk) {
	morning(t, d)
	d.staff["a.khan"].mustChange = true
}

func TestBoardScreen(t *testing.T) { requireScreen(t, officer, func(*driver) {}) }

func TestBoardOfNobodyScreen(t *testing.T) {
	requireScreen(t, scene{signedIn: "a.khan", desk: func(testing.TB, *desk) {}}, func(*driver) {})
}

func TestBoardFilterScreen(t *testing.T) {
	requireScreen(t, officer, func(d *driver) {
		d.press("/")
		d.write("novakova")
	})
}

func TestEverybodyScreen(t *testing.T) {
	requireScreen(t, officer, func(d *driver) { d.press("tab") })
}

func TestGoToDateScreen(t *testing.T) {
	requireScreen(t, officer, func(d *driver) {
		d.press("g")
		d.write("03/08/26")
	})
}

func TestBoardOfflineScreen(t *testing.T) {
	requireScreen(t, officer, func(d *driver) {
		disagree(d.desk)
		cutOff(d.desk)
		d.settle()
	})
}

func TestClockWrongScreen(t *testing.T) {
	requireScreen(t, officer, func(d *driver) {
		d.desk.set(func() { d.desk.status.Skew = 11 * time.Minute })
		openSmith(d)
		d.toLine("Accommodation known")
		d.press(" ")
	})
}

func TestHubsLogDoubtedScreen(t *testing.T) {
	requireScreen(t, officer, func(d *driver) {
		d.desk.set(func() {
			doubt := model.Evidence{What: model.HeadOtherLog, First: d.desk.at(-time.Hour), Place: 480}
			d.desk.status.Feed = model.FeedState{Read: 512, Proven: 470, ProvenAt: d.desk.at(-time.Hour), Doubt: doubt.String(),
				PutBack: model.PutBack{At: d.desk.at(-time.Hour), From: 490, To: 440, Proven: true}}
		})
		d.press("s")
	})
}

func TestPersonScreen(t *testing.T) { requireScreen(t, officer, openSmith) }

func TestPersonAsNurseScreen(t *testing.T) { requireScreen(t, nurse, openSmith) }

func TestPersonInConflictScreen(t *testing.T) {
	requireScreen(t, officer, func(d *driver) {
		openSmith(d)
		disagree(d.desk)
		d.settle()
	})
}

func TestAlertsAndNotesScreen(t *testing.T) {
	requireScreen(t, officer, func(d *driver) {
		openSmith(d)
		d.press("a")
	})
}

func TestItemFormScreen(t *testing.T) {
	requireScreen(t, officer, func(d *driver) {
		openSmith(d)
		d.toLine("Hand-over at the gate")
		d.press("n", "down", "down", "down", "enter", "enter", "enter")
	})
}

func TestReleaseFormScreen(t *testing.T) {
	requireScreen(t, officer, func(d *driver) {
		openSmith(d)
		d.press("d")
	})
}

func TestReleaseFormReasonScreen(t *testing.T) {
	requireScreen(t, officer, func(d *driver) {
		openSmith(d)
		d.press("d", "tab", "tab", "tab", "ctrl+u")
		d.write("curfew")
	})
}

func TestNHSNumberFormScreen(t *testing.T) {
	requireScreen(t, nurse, func(d *driver) {
		openSmith(d)
		d.press("u", "ctrl+u")
		d.write("943 476 5918")
		d.press("enter", "enter", "enter")
	})
}

func TestInstructionFormScreen(t *testing.T) {
	requireScreen(t, nurse, func(d *driver) {
		openSmith(d)
		d.press("i")
		d.write("Needs a bottom bunk")
		d.press("enter")
		d.write("+3m")
	})
}

func TestMovementFormScreen(t *testing.T) {
	requireScreen(t, officer, func(d *driver) {
		openSmith(d)
		d.press("m", "down", "enter")
	})
}

func TestMovementQuestionScreen(t *testing.T) {
	requireScreen(t, officer, func(d *driver) {
		openSmith(d)
		d.press("m", "down", "enter")
		d.write("escaped")
		d.press("enter", "enter", "enter", "enter")
	})
}

func TestBookInScreen(t *testing.T) {
	requireScreen(t, officer, func(d *driver) {
		d.press("n")
		d.write("Nguyễn-O'Brien")
		d.press("enter", "enter")
		d.write("3 aug")
		d.press("end", "tab", "tab", "tab", "tab", "enter")
	})
}

func TestConflictsScreen(t *testing.T) {
	requireScreen(t, officer, func(d *driver) {
		disagree(d.desk)
		d.press("c")
	})
}

func TestSettleScreen(t *testing.T) {
	requireScreen(t, officer, func(d *driver) {
		disagree(d.desk)
		d.press("c", "enter")
	})
}

func TestHistoryScreen(t *testing.T) {
	requireScreen(t, officer, func(d *driver) {
		openSmith(d)
		d.press("h")
	})
}

func TestSyncScreen(t *testing.T) {
	requireScreen(t, officer, func(d *driver) {
		refuse(d.desk)
		cutOff(d.desk)
		d.press("s")
	})
}

// refuse makes the hub refuse an entry of the officer's.
func refuse(d *desk) {
	d.set(func() {
		op := d.ops[smith][2]
		d.refusals = append(d.refusals, model.Refusal{
			Stamp: op.Stamp, Person: smith, At: d.at(-time.Minute), Op: op,
			Reason: "The entry was made by somebody who had left the roster. Ask the service desk to bring them back, and make the entry again.",
		})
		d.status.Waiting = 2
	})
}

func TestHelpScreen(t *testing.T) {
	requireScreen(t, nurse, func(d *driver) {
		openSmith(d)
		d.press("?")
		d.press("down", "down", "down", "down")
	})
}

func TestPaletteScreen(t *testing.T) {
	requireScreen(t, officer, func(d *driver) {
		d.press("ctrl+k")
		d.write("re")
	})
}

func TestChangePassphraseScreen(t *testing.T) {
	requireScreen(t, officer, func(d *driver) { d.press("p") })
}

func TestLockedScreen(t *testing.T) {
	requireScreen(t, officer, func(d *driver) {
		openSmith(d)
		d.press("ctrl+l")
	})
}

func TestProblemScreen(t *testing.T) {
	requireScreen(t, officer, func(d *driver) {
		openSmith(d)
		d.desk.doFails = &model.Error{Kind: model.KindOutside, Msg: "The disk of this computer is full, so the change could not be kept.",
			Hint: "Nothing that was kept before is lost. Free some space on the disk that holds the workstation's folder, or ask whoever looks after this computer, and do it again."}
		d.toLine("Hand-over at the gate")
		d.press(" ")
	})
}

func TestWindowTooSmallScreen(t *testing.T) {
	inBubble(t, officer, func(d *driver) {
		d.resize(76, 20)
		golden.RequireEqualEscape(t, []byte(d.view()+"\n"), true)
	})
}

// The words carry every state; the colours only repeat them. These hold the
// colours, the screens above the words.
func TestColours(t *testing.T) {
	for _, theme := range part.ThemeNames() {
		t.Run(string(theme), func(t *testing.T) {
			inBubble(t, scene{signedIn: "a.khan", theme: theme}, func(d *driver) {
				disagree(d.desk)
				cutOff(d.desk)
				d.settle()
				board := d.app.View()
				openSmith(d)
				golden.RequireEqualEscape(t, []byte(board+"\n"+d.app.View()+"\n"), true)
			})
		})
	}
}

// TestThemesDifferInNoWord: what one theme says by colour every theme says in
// words.
func TestThemesDifferInNoWord(t *testing.T) {
	said := map[part.ThemeName]string{}
	for _, theme := range part.ThemeNames() {
		inBubble(t, scene{signedIn: "a.khan", theme: theme}, func(d *driver) {
			disagree(d.desk)
			cutOff(d.desk)
			d.settle()
			board := d.view()
			openSmith(d)
			said[theme] = board + d.view()
		})
	}
	for theme, words := range said {
		if words != said[part.Dark] {
			t.Errorf("%s says\n%s", theme, words)
		}
	}
}
