//go:build e2e && unix

package e2e_test

import (
	"strings"
)

// takes lets somebody take over a desk where somebody else works: the session
// there is locked, and who comes signs in over it.
func (t *terminal) takes(s someone) {
	t.Helper()
	t.keys(ctrlL)
	t.shows("Locked.", "> Passphrase")
	t.move(backTab)
	t.shows("> Staff id")
	t.keys(s.id) // in the place of the one that stands there
	t.shows("[" + s.id + " ")
	t.move(tab)
	t.keys(s.passphrase)
	t.shows(strings.Repeat("*", len(s.passphrase)))
	t.keys(enter)
	t.hides("Staff id")
	t.shows("ONLINE")
}

// opens comes to a person's page from wherever the desk is.
func (t *terminal) opens(number string) {
	t.Helper()
	t.keys(ctrlK)
	t.shows("Find an action, a person or a screen")
	t.keys(number)
	t.shows("["+number, "1 found.")
	t.keys(enter)
	t.hides("Find an action, a person or a screen") // the same page may have stood below it
	t.to("", "Release checklist")
	t.shows(number)
}

// to presses a key that opens a screen, and waits until its title stands in the
// header and something below: a line may well begin with the title's words, and
// a screen that is being read answers no key yet.
func (t *terminal) to(key, title string) {
	t.Helper()
	t.keys(key)
	t.until("opened "+title, func(screen string) bool {
		header, _, _ := strings.Cut(screen, "\n")
		return strings.Contains(header, "(invented)  "+title+"  ") && hasBody(screen)
	})
}

// hasBody tells whether anything stands below the header and the person, of which
// a list of everybody has none.
func hasBody(screen string) bool {
	if marks(screen) != "" {
		return true
	}
	lines := strings.Split(screen, "\n")
	return strings.TrimSpace(strings.Join(lines[belowBanner:len(lines)-2], "")) != ""
}

// belowBanner is the first line of a screen below the header and the person.
const belowBanner = 5

// write fills in a field of a form, whatever stood there.
func (t *terminal) write(label, text string) {
	t.Helper()
	t.field(label)
	t.keys(ctrlU + text)
	t.until("took "+text, func(screen string) bool {
		_, below, _ := strings.Cut(screen, "> "+label) // the same words may stand above
		return strings.Contains(below, text)
	})
}

// answer chooses an answer of one of a form's questions.
func (t *terminal) answer(label, answer string) {
	t.Helper()
	t.field(label)
	t.choose(answer)
}

// pick finds something in a long list by a few letters, and takes it.
func (t *terminal) pick(label, letters, wanted string) {
	t.Helper()
	t.field(label)
	t.keys(letters)
	t.until("found "+wanted, func(screen string) bool { // and not only its name, as it is typed
		return strings.Contains(screen, "["+letters) && !strings.Contains(screen, "Searching…") && (strings.Contains(screen, "> "+wanted) || strings.Contains(screen, "  "+wanted))
	})
	for range 20 {
		if strings.Contains(t.text(), "> "+wanted) {
			break
		}
		t.move(down)
	}
	t.move(enter) // on to the next field
}

// ticks marks one of several answers that may go together.
func (t *terminal) ticks(answer string) {
	t.Helper()
	for range 20 {
		screen := t.text()
		if strings.Contains(screen, "> [x] "+answer) {
			return
		}
		if strings.Contains(screen, "> [ ] "+answer) {
			t.press(" ")
			t.shows("[x] " + answer)
			return
		}
		t.move(down)
	}
	t.Fatalf("%s: never could tick %q:\n%s", t.name, answer, t.text())
}

// types gives the word that is asked for what cannot be taken back, letter by
// letter: what comes at once was pasted, and not meant.
func (t *terminal) types(word string) {
	t.Helper()
	for i := range word {
		t.keys(word[i : i+1])
		t.shows("[" + word[:i+1])
	}
	t.keys(enter)
}
