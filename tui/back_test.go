package tui_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/throughgate/throughgate/model"
)

// behind are the screens that nobody comes back to when their line was cut, with
// the one below each, where they are instead.
var behind = map[string]string{
	"signIn":      "signIn",
	"passphrase":  "board", // what is typed there is kept nowhere
	"auditEntry":  "audit",
	"paper":       "letter",
	"listSigning": "medicines",
	"signing":     "letter", // nobody signs what they have not just read
	"glassPage":   "person", // its keys were overwritten with the session
}

// Whoever's line was cut is back in the same screen and form when they sign in
// again. A screen that is not there must say here why.
func TestWhoseLineWasCutComesBackToEveryScreenAndForm(t *testing.T) {
	for _, ways := range []map[string]way{screenWays, formWays} {
		for kind, w := range ways {
			t.Run(kind, func(t *testing.T) {
				plainly(t, w.scene, func(k *talk) {
					k.come(w)
					was, form := k.plain.Kind()
					again := listen(t, k.desk, scene{signedIn: w.scene.signedIn}) // and the first never said goodbye
					defer again.close()
					if below := behind[was]; below != "" {
						was, form = below, ""
					}
					if now, also := again.plain.Kind(); now != was || also != form {
						t.Errorf("%s %s comes back as %s %s", was, form, now, also)
					}
				})
			})
		}
	}
}

// The cursor of every list is on the row it was on, whatever has come above it.
func TestACursorComesBackToItsRow(t *testing.T) {
	for kind, w := range screenWays {
		if w.scene.signedIn == "" || behind[kind] != "" {
			continue
		}
		t.Run(kind, func(t *testing.T) {
			plainly(t, w.scene, func(k *talk) {
				k.come(w)
				k.plain.Press(key("end"))
				time.Sleep(time.Second) // of the bubble's clock
				k.settle()
				was := k.plain.Cursor()
				again := listen(t, k.desk, scene{signedIn: w.scene.signedIn})
				defer again.close()
				if now := again.plain.Cursor(); now != was {
					t.Errorf("the cursor is on %q, it was on %q", now, was)
				}
			})
		})
	}
}

// The lists below the shown one keep their cursors too, and somebody who was
// booked in meanwhile does not move them.
func TestTheCursorsBelowComeBack(t *testing.T) {
	for name, c := range map[string]struct {
		scene scene
		keys  []string
		then  []string // keys that lead to a list below
	}{
		"releases":             {nurse, []string{"down", "down"}, nil},
		"everybody":            {nurse, []string{"tab", "end", "up"}, nil},
		"the board below":      {nurse, []string{"down", "down", "enter", "down", "down"}, []string{"esc"}},
		"the checklist":        {nurse, []string{"down", "enter", "end", "h", "down"}, []string{"esc"}},
		"the worklist":         {nurse, []string{"w", "down", "down", "enter"}, []string{"esc"}},
		"the audit":            {manager, []string{"a", "tab", "down", "down"}, nil},
		"alarms of the audit":  {manager, []string{"a", "down"}, nil},
		"an alarm's entries":   {manager, []string{"a", "down", "enter", "down"}, []string{"esc"}},
		"measures":             {leftAlready, []string{"m", "down", "down"}, nil},
		"a filtered everybody": {nurse, []string{"tab", "/", "a", "enter", "down", "down"}, nil},
	} {
		t.Run(name, func(t *testing.T) {
			inBubble(t, c.scene, func(d *driver) {
				d.press(c.keys...)
				d.pass(time.Second) // and the power fails
				again := startOn(t, d.desk, scene{signedIn: c.scene.signedIn})
				defer again.close()
				if now, was := again.selected(), d.selected(); now != was || now == "" {
					t.Errorf("the cursor is on %q, it was on %q", now, was)
				}
				d.press(c.then...)
				again.press(c.then...)
				if now, was := again.selected(), d.selected(); now != was || now == "" {
					t.Errorf("below, the cursor is on %q, it was on %q", now, was)
				}
			})
		})
	}
}

// A row that has gone meanwhile leaves the list as it begins.
func TestACursorWhoseRowHasGoneBeginsAnew(t *testing.T) {
	inBubble(t, nurse, func(d *driver) {
		began := d.selected()
		d.press("down")
		d.pass(time.Second)
		d.desk.set(func() {
			d.desk.people = slices.DeleteFunc(d.desk.people, func(id model.PersonID) bool { return id == smith })
		})
		again := startOn(t, d.desk, nurse)
		defer again.close()
		if now := again.selected(); now != began {
			t.Errorf("the cursor is on %q, the list began with %q", now, began)
		}
	})
}

// Who holds an arrow key down writes once a moment; a session that ends has
// written where the cursor stood.
func TestWhereACursorStandsIsKeptWhenTheSessionEnds(t *testing.T) {
	inBubble(t, nurse, func(d *driver) {
		d.press("down", "down")
		if left := d.desk.draftsOf("b.jones"); len(left) > 0 {
			t.Errorf("each step of the cursor is written by itself: %v", left)
		}
		was := d.selected()
		d.app.Close()
		again := startOn(t, d.desk, nurse)
		defer again.close()
		if now := again.selected(); now != was {
			t.Errorf("the cursor is on %q, it was on %q", now, was)
		}
	})
}

// The palette is a field, over whatever it was opened: what can be done there is
// found as before.
func TestThePaletteComesBackWithItsText(t *testing.T) {
	for name, c := range map[string]struct {
		keys        []string
		typed, sees string
	}{
		"over the board":       {nil, "measu", "Measures: how releases went"},
		"over a person":        {[]string{"down", "enter"}, "instruc", "Tell everybody what must be done"},
		"over a form":          {[]string{"down", "enter", "i"}, "workl", "Worklist"},
		"over a list of paper": {[]string{"down", "enter", "p"}, "as plain", "Write the paper under the cursor as plain text."},
		"for a person":         {[]string{"w"}, "novak", "Person"},
		"empty":                {[]string{"down", "enter"}, "", "Set the state of the line"},
	} {
		t.Run(name, func(t *testing.T) {
			inBubble(t, nurse, func(d *driver) {
				d.press(c.keys...)
				d.press("ctrl+k")
				d.write(c.typed)
				d.sees("Find an action, a person or a screen", "["+c.typed, c.sees)
				again := startOn(t, d.desk, nurse)
				defer again.close()
				again.sees("Find an action, a person or a screen", "["+c.typed, c.sees)
				if now, was := again.view(), d.view(); now != was {
					t.Errorf("it reads\n%s\nit read\n%s", now, was)
				}
				again.press("esc") // and is gone for good
				third := startOn(t, d.desk, nurse)
				defer third.close()
				third.seesNot("Find an action, a person or a screen")
			})
		})
	}
}

// What stands in the palette when a screen cannot be opened any more is dropped
// with it.
func TestAPaletteOverNothingStaysClosed(t *testing.T) {
	inBubble(t, nurse, func(d *driver) {
		openSmith(d)
		d.press("h", "ctrl+k")
		d.write("instruc")
		d.desk.set(func() { delete(d.desk.ops, smith) })
		again := startOn(t, d.desk, nurse)
		defer again.close()
		again.seesNot("Find an action, a person or a screen")
	})
}

// A palette that comes back when its owner has locked meanwhile lies over nothing:
// it would look for people, for whoever stands there.
func TestNoPaletteComesBackOverALock(t *testing.T) {
	inBubble(t, nurse, func(d *driver) {
		d.press("ctrl+k")
		d.write("novak")
		d.desk.set(func() { d.desk.hold = make(chan struct{}) })
		again := startOn(t, d.desk, nurse)
		defer again.close()
		again.press("ctrl+l")
		d.desk.letGo()
		again.settle()
		again.sees("Locked.", "Passphrase")
		again.seesNot("Find an action, a person or a screen", "NOV")
	})
}

// Nor what came of the last deed. Its own person is told when they are back.
func TestWhatWasDoneIsNotToldOverALock(t *testing.T) {
	for staff, told := range map[model.StaffID]bool{"b.jones": true, "a.khan": false} {
		inBubble(t, nurse, func(d *driver) {
			d.press("down", "enter", "i")
			d.write("Bunk")
			d.press("tab", "tab")
			d.update(key("enter"))
			d.press("ctrl+l")
			d.sees("Locked.", "Passphrase")
			d.seesNot("Everybody sees the instruction")
			d.signIn(staff)
			if told {
				d.sees("Everybody sees the instruction")
			} else {
				d.seesNot("Everybody sees the instruction")
			}
		})
	}
}

// Nor does a question that was on its way when its owner locked.
func TestNoQuestionComesOverALock(t *testing.T) {
	inBubble(t, nurse, func(d *driver) {
		d.press("down", "enter", "i")
		d.write("Bunk")
		d.update(key("ctrl+x"))
		d.press("ctrl+l")
		d.sees("Locked.", "Passphrase")
		d.seesNot("DISCARD")
	})
}

// Small forms that keep no draft come back over what they ask about.
func TestASmallFormComesBackWithItsText(t *testing.T) {
	t.Run("go to date", func(t *testing.T) {
		inBubble(t, nurse, func(d *driver) {
			d.press("g")
			d.write("24 no")
			again := startOn(t, d.desk, nurse)
			defer again.close()
			again.sees("Go to date", "[24 no ")
			again.write("v")
			again.press("enter", "enter")
			again.sees("HMP Leeds  Releases")
			d.write("v")
			d.press("enter", "enter")
			if now, was := again.selected(), d.selected(); now != was {
				t.Errorf("it leads to %q, it led to %q", now, was)
			}
		})
	})
	t.Run("weeks", func(t *testing.T) {
		inBubble(t, leftAlready, func(d *driver) {
			d.press("m", "w", "down", "tab")
			d.write("20 no")
			again := startOn(t, d.desk, scene{signedIn: "e.wu"})
			defer again.close()
			if now, was := again.view(), d.view(); now != was {
				t.Errorf("it reads\n%s\nit read\n%s", now, was)
			}
		})
	})
	t.Run("audit filter", func(t *testing.T) {
		inBubble(t, manager, func(d *driver) {
			d.press("a", "/", "ctrl+u", "tab", "tab") // no first day
			d.write("b.jon")
			again := startOn(t, d.desk, scene{signedIn: "e.wu"})
			defer again.close()
			again.sees("Filter the audit", "[b.jon ")
			if now, was := again.view(), d.view(); now != was {
				t.Errorf("it reads\n%s\nit read\n%s", now, was)
			}
			again.write("es")
			again.press("tab", "tab", "tab", "enter")
			again.sees("All days, by or about JONES, B")
			third := startOn(t, d.desk, scene{signedIn: "e.wu"}) // the filter that holds
			defer third.close()
			third.sees("All days, by or about JONES, B", "[ 25 entries ]")
		})
	})
	t.Run("weeks that were chosen", func(t *testing.T) {
		inBubble(t, leftAlready, func(d *driver) {
			d.press("m", "w", "up", "tab", "tab", "enter")
			again := startOn(t, d.desk, scene{signedIn: "e.wu"})
			defer again.close()
			if now, was := again.view(), d.view(); now != was {
				t.Errorf("it reads\n%s\nit read\n%s", now, was)
			}
		})
	})
}

// Places are one person's: nobody else comes to them, on the same desk.
func TestNobodyElseComesToAPlace(t *testing.T) {
	inBubble(t, manager, func(d *driver) {
		d.press("a", "/")
		d.write("b.jones")
		d.press("ctrl+k")
		d.write("smith")
		other := startOn(t, d.desk, scene{signedIn: "b.jones"})
		defer other.close()
		other.sees("HMP Leeds  Releases")
		other.seesNot("Find an action", "Filter the audit")
	})
	inBubble(t, manager, func(d *driver) { // and who may not any more does not either
		d.press("a", "/")
		d.write("b.jones")
		d.desk.set(func() { d.desk.staff["e.wu"].actor.Role = model.RoleNurse })
		again := startOn(t, d.desk, scene{signedIn: "e.wu"})
		defer again.close()
		again.sees("HMP Leeds  Releases")
	})
}

// What somebody looked for is a field like any other.
func TestAFilterComesBackAfterADroppedLine(t *testing.T) {
	for name, c := range map[string]struct {
		keys  []string
		typed string
		sees  []string
	}{
		"releases":        {[]string{"/"}, "smit", []string{"HMP Leeds  Releases", "/ smit", "1 of "}},
		"everybody":       {[]string{"tab", "/"}, "novak", []string{"HMP Leeds  Everybody", "/ novak", "1 of "}},
		"worklist":        {[]string{"w", "/"}, "smit", []string{"HMP Leeds  Worklist", "/ smit"}},
		"court today":     {[]string{"o", "tab"}, "", []string{"Court today"}},
		"everybody alone": {[]string{"tab"}, "", []string{"HMP Leeds  Everybody"}},
	} {
		t.Run(name, func(t *testing.T) {
			inBubble(t, nurse, func(d *driver) {
				d.press(c.keys...)
				d.write(c.typed)
				again := startOn(t, d.desk, nurse)
				defer again.close()
				again.sees(c.sees...)
				if c.typed != "" { // and goes on being typed
					again.write("h")
					again.sees(c.typed + "h")
					again.press("enter")
					third := startOn(t, d.desk, nurse)
					defer third.close()
					third.press("?")
					third.sees("Help")
				}
			})
		})
	}
}

// Somebody whose line was cut while the screen was locked is where they were too.
func TestWhoseLineWasCutWhileLockedComesBack(t *testing.T) {
	inBubble(t, nurse, func(d *driver) {
		typeInstruction(d)
		d.press("ctrl+l")
		d.app.Close()
		again := startOn(t, d.desk, nurse)
		defer again.close()
		again.sees("HMP Leeds  Instruction", "[Needs a bott ")
	})
}

// Who leaves a list on purpose begins without its filter.
func TestALineDroppedAfterLeavingOnPurposeBringsNothingBack(t *testing.T) {
	inBubble(t, nurse, func(d *driver) {
		d.press("/")
		d.write("smit")
		d.press("ctrl+c", "ctrl+c")
		d.app.Close()
		again := startOn(t, d.desk, nurse)
		defer again.close()
		if strings.Contains(again.view(), "/ smit") {
			t.Errorf("the filter is back:\n%s", again.view())
		}
	})
}

// Each kind of field comes back as it was left, with the cursor in it.
func TestEveryKindOfFieldComesBack(t *testing.T) {
	for name, c := range map[string]struct {
		keys  []string
		typed string
		sees  string
	}{
		"a line":               {[]string{"i"}, "Needs a bott", "[Needs a bott "},
		"something looked for": {[]string{"e", "a"}, "Metha", "[Metha "},
		"a date":               {[]string{"i", "tab"}, "+3", "[+3 "},
		"paragraphs":           {[]string{"l", "w"}, "Seen daily; half a sent", "[Seen daily; half a sent"},
	} {
		t.Run(name, func(t *testing.T) {
			inBubble(t, scene{signedIn: "b.jones", desk: smithsWard}, func(d *driver) {
				d.press("enter")
				d.press(c.keys...)
				d.write(c.typed)
				d.sees(c.sees)
				was := d.line("> ")
				again := startOn(t, d.desk, scene{signedIn: "b.jones"})
				defer again.close()
				again.sees(c.sees)
				if now := again.line("> "); now != was {
					t.Errorf("the cursor is on %q, it was on %q", now, was)
				}
			})
		})
	}
}
