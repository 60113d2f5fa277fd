package tui_test

import (
	"strings"
	"testing"
	"time"

	"github.com/throughgate/throughgate/model"
	"github.com/throughgate/throughgate/tui/part"
)

// wardAtNight is a ward with something in each record, and nobody there but
// safer custody and a manager.
func wardAtNight(t testing.TB, d *desk) {
	ward(t, d)
	d.write(t, "a.khan", smith, &model.AlertSet{Code: "XTACT", Active: true}, &model.CustodyNoted{Text: "Threatened another man on the wing"})
	d.write(t, "b.jones", smith,
		&model.AllergiesSet{State: model.AllergiesKnown, List: []model.Allergy{{Substance: "Penicillin", Reaction: "anaphylaxis", Severity: model.SeveritySevere}}},
		&model.ProblemsSet{Problems: []string{"Epilepsy", "Depression"}}, pill(0, "Sertraline"), methadone(1),
		&model.HealthNoted{Text: "Seizure on Friday"}, agreed(), &model.LetterDraft{Heading: model.HeadingPlan, Text: "Blood test in two weeks"},
	)
}

// breakGlass goes from the board to the form and sends it.
func (d *driver) breakGlass(words, passphrase string) {
	d.t.Helper()
	d.press("enter", "b", "tab")
	d.press("down", "down", "enter") // no capacity
	d.write(words)
	d.press("enter")
	d.write(passphrase)
	d.press("enter")
	d.submit()
}

var saferCustody = scene{signedIn: "g.ng", desk: wardAtNight}

func brokenBy(d *driver) {
	d.breakGlass("Found unconscious, the ambulance asks what he takes", "open g.ng")
}

func TestGlassFormScreen(t *testing.T) {
	requireScreen(t, scene{signedIn: "e.wu", desk: wardAtNight}, func(d *driver) { d.press("enter", "b") })
}

func TestGlassPageScreen(t *testing.T) { requireScreen(t, saferCustody, brokenBy) }

func TestGlassPageOnCustodyScreen(t *testing.T) {
	requireScreen(t, scene{signedIn: "b.jones", desk: wardAtNight}, func(d *driver) {
		d.breakGlass("He said that he will hurt the other", "open b.jones")
	})
}

func TestGlassPageInColour(t *testing.T) {
	for _, theme := range part.ThemeNames() {
		inBubble(t, scene{signedIn: "g.ng", desk: wardAtNight, theme: theme}, func(d *driver) {
			brokenBy(d)
			d.sees("GLASS BROKEN: 15 minutes left, until 09:57.", "Penicillin")
		})
	}
}

func TestWhatWasOpenedClosesByItself(t *testing.T) {
	inBubble(t, scene{signedIn: "g.ng", desk: wardAtNight, idle: time.Hour}, func(d *driver) {
		brokenBy(d)
		d.sees("15 minutes left", "Epilepsy", "Both sides see that you opened this record.")
		d.pass(13*time.Minute + 10*time.Second)
		d.sees("2 minutes left")
		d.pass(time.Minute)
		d.sees("1 minute left")
		d.pass(time.Minute)
		d.sees("The 15 minutes are over.", "Release checklist")
		d.seesNot("Epilepsy", "Penicillin")
		if d.desk.open() != 0 {
			t.Error("the keys are still held")
		}
	})
}

// Whoever comes back needs another override: nothing is left to come back to.
func TestLeavingOrLockingLetsGoOfWhatWasOpened(t *testing.T) {
	for name, leave := range map[string]func(*driver){
		"Esc":              func(d *driver) { d.press("esc") },
		"lock":             func(d *driver) { d.press("ctrl+l"); d.signInWith("g.ng", "open g.ng") },
		"idle":             func(d *driver) { d.pass(11 * time.Minute); d.signInWith("g.ng", "open g.ng") },
		"board":            func(d *driver) { d.press("ctrl+k"); d.write("everybody here"); d.press("enter") },
		"somebody else":    func(d *driver) { d.press("ctrl+l"); d.signIn("a.khan") },
		"lock from beyond": func(d *driver) { d.press("ctrl+k"); d.write("sync"); d.press("enter", "ctrl+l") },
	} {
		t.Run(name, func(t *testing.T) {
			inBubble(t, saferCustody, func(d *driver) {
				brokenBy(d)
				d.sees("Epilepsy")
				leave(d)
				d.seesNot("Epilepsy")
				if d.desk.open() != 0 {
					t.Error("the keys are still held")
				}
			})
		})
	}
}

func TestTimeRunsOutUnderAnotherScreenToo(t *testing.T) {
	inBubble(t, scene{signedIn: "g.ng", desk: wardAtNight, idle: time.Hour}, func(d *driver) {
		brokenBy(d)
		d.press("ctrl+k")
		d.write("sync")
		d.press("enter")
		d.pass(16 * time.Minute)
		d.sees("Sync")
		if d.desk.open() != 0 {
			t.Error("the keys are still held")
		}
		d.press("esc")
		d.sees("Release checklist")
		d.seesNot("Epilepsy")
	})
}

// A computer that slept shows nothing of it when it wakes, whether the timer has
// gone off or not.
func TestNothingIsShownAfterTheEndWhateverTheTimerDoes(t *testing.T) {
	inBubble(t, scene{signedIn: "g.ng", desk: wardAtNight, idle: time.Hour}, func(d *driver) {
		brokenBy(d)
		d.desk.skip(20 * time.Minute)
		d.sees("The 15 minutes are over.", "Allergies: Held by healthcare")
		d.seesNot("Epilepsy", "Penicillin")
	})
}

func TestAWrongPassphraseBreaksNothing(t *testing.T) {
	inBubble(t, saferCustody, func(d *driver) {
		d.breakGlass("Found unconscious, the ambulance asks", "wrong")
		d.sees("The passphrase is wrong.")
		if len(d.glass()) != 0 || d.desk.open() != 0 {
			t.Error("something was written or opened")
		}
		for _, draft := range d.desk.drafts {
			if strings.Contains(string(draft), "wrong") {
				t.Error("a passphrase is in a draft")
			}
		}
	})
}

func TestTheReasonIsSaidInWords(t *testing.T) {
	inBubble(t, saferCustody, func(d *driver) {
		d.breakGlass("urgent", "open g.ng")
		d.says("The reason must have at least 10 characters.")
		if len(d.glass()) != 0 {
			t.Error("an override for no reason")
		}
	})
}

// letGo ends a hold.
func (d *desk) letGo() {
	hold := d.hold
	d.set(func() { d.hold = nil })
	close(hold)
}

// skip sets the clock on, as for a computer that slept.
func (d *desk) skip(long time.Duration) {
	before := d.now
	d.now = func() time.Time { return before().Add(long) }
}

func TestAnAnswerThatComesTooLateOpensNothing(t *testing.T) {
	for name, leave := range map[string]func(*driver){
		"locked":  func(d *driver) { d.press("ctrl+l") },
		"another": func(d *driver) { d.press("ctrl+k", "enter") }, // the board

	} {
		t.Run(name, func(t *testing.T) {
			inBubble(t, saferCustody, func(d *driver) {
				d.press("enter", "b", "tab", "enter")
				d.write("Found unconscious in the cell")
				d.press("enter")
				d.write("open g.ng")
				d.desk.set(func() { d.desk.hold = make(chan struct{}) })
				d.press("enter")
				d.submit()
				leave(d)
				d.desk.letGo()
				d.settle()
				if len(d.glass()) != 1 || d.desk.open() != 0 {
					t.Errorf("%d overrides, %d open", len(d.glass()), d.desk.open())
				}
				d.seesNot("Epilepsy")
			})
		})
	}
}

// The page is to be read: none of its keys changes or opens anything.
func TestWhatWasOpenedCanOnlyBeRead(t *testing.T) {
	inBubble(t, saferCustody, func(d *driver) {
		brokenBy(d)
		before := len(d.desk.ops[smith])
		here, _ := d.app.ActionsHere()
		for _, action := range here {
			if action.Run != nil {
				t.Errorf("%s does something", action.Key)
			}
		}
		for _, key := range strings.Split("a b c d e g h i l m n o p u v x y", " ") {
			d.press(key, " ", "enter")
			d.sees("GLASS BROKEN")
		}
		if len(d.desk.ops[smith]) != before {
			t.Error("something was written")
		}
	})
}

func TestWhoMayBreakNoGlassIsToldWhy(t *testing.T) {
	for _, staff := range []model.StaffID{"a.khan", "f.ali", "h.roy"} {
		inBubble(t, scene{signedIn: staff, desk: wardAtNight}, func(d *driver) {
			d.press("enter", "b")
			d.says("may not do this. It is for: Safer custody, Manager, Nurse, Prescriber.", "Release checklist")
		})
	}
}

// What a hostile desk wrote moves no cursor behind the glass or in the list of
// overrides either.
func TestNothingBehindTheGlassPaintsWhatAHostileDeskWrote(t *testing.T) {
	inBubble(t, scene{signedIn: "e.wu", desk: wardAtNight}, func(d *driver) {
		for _, c := range poisoned() {
			d.desk.farAway("b.jones", smith, c)
		}
		d.settle()
		look := func() {
			t.Helper()
			if left := colour.ReplaceAllString(d.app.View(), ""); strings.ContainsAny(left, "\x1b\x07\u009b\u202e") {
				t.Errorf("%q", left)
			}
		}
		for _, opens := range []string{"left", "right"} {
			d.press("home", "enter", "b", opens, "enter", "enter")
			d.write("Found unconscious in the cell")
			d.press("enter")
			d.write("open e.wu")
			d.press("enter")
			d.submit()
			d.sees("GLASS BROKEN")
			for range 12 {
				look()
				d.press("pgdown")
			}
			d.press("esc", "esc")
		}
		d.press("v")
		for range 3 {
			look()
			d.press("down")
		}
	})
}

// Whoever broke the glass reads their own reason back whole, and so does everybody
// else on the person's page.
func TestTheReasonForBreakingTheGlassIsNotCut(t *testing.T) {
	reason := "Found unconscious in the cell with an empty strip beside him; the ambulance is on the landing and asks what he takes, what he reacts to and whether he had his methadone this morning, and healthcare does not answer"
	inBubble(t, saferCustody, func(d *driver) {
		d.breakGlass(reason, "open g.ng")
		d.says(reason)
		d.press("esc")
		d.says(reason)
	})
}
