package tui_test

import (
	"strings"
	"testing"
)

// behind are the screens that nobody comes back to when their line was cut, with
// the one below each, where they are instead.
var behind = map[string]string{
	"signIn":      "signIn",
	"passphrase":  "board", // what is typed there is kept nowhere
	"goToDate":    "board", // a day is typed faster than found again
	"whichWeeks":  "measures",
	"auditEntry":  "audit",
	"auditFilter": "audit",
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
