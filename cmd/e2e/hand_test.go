//go:build e2e && unix

package e2e_test

import (
	"fmt"
	"strings"
)

// What a person's hand does on the screens: one key, a look, the next key. Keys
// that come in a burst are no person's, and the screens ignore them.

// press sends one key and waits for the screen to answer it. That the header has
// changed says nothing: it does by itself.
func (t *terminal) press(key string) {
	t.Helper()
	before := belowHeader(t.text())
	t.keys(key)
	t.until("answered a key", func(screen string) bool { return belowHeader(screen) != before })
}

// belowHeader is a screen without the two lines that change by themselves.
func belowHeader(screen string) string {
	_, below, _ := strings.Cut(screen, "\n")
	_, below, _ = strings.Cut(below, "\n")
	return below
}

// move sends a key that moves the cursor, and waits until it has moved. A screen
// that is still being read would not move one: it is waited for.
func (t *terminal) move(key string) {
	t.Helper()
	before := marks(t.until("showed what it has", hasBody))
	t.keys(key)
	t.until("moved the cursor", func(screen string) bool {
		now := marks(screen)
		return now != "" && now != before
	})
}

// marks is where the cursor's marks stand, and beside what. The rest of such a
// line is left out: news may change it, or what was just typed.
func marks(screen string) string {
	var out []string
	for i, line := range strings.Split(screen, "\n") {
		if at := strings.Index(line, "> "); at >= 0 {
			label, _, _ := strings.Cut(line[at+len("> "):], "  ")
			out = append(out, fmt.Sprint(i, at, strings.Index(line, "> ("), label))
		}
	}
	return strings.Join(out, "\n")
}

// find opens a person by number from the board.
func (t *terminal) find(number string) {
	t.Helper()
	t.shows("Tab everybody")
	t.press(tab)
	t.shows("Everybody", "Tab releases")
	t.keys("/")
	t.shows(" of ") // how many fit: it takes letters now, and not as a burst with the key before
	t.keys(number)
	t.shows("/ "+number, "  1 of ")
	t.press(enter)
	t.shows("Enter open")
	t.press(enter)
	t.shows("Release checklist", "Not ready")
}

// line puts the cursor on a line that begins with some words.
func (t *terminal) line(words string) {
	t.Helper()
	for range 40 {
		screen := t.text()
		if strings.Contains(screen, "> "+words) {
			return
		}
		if at := strings.Index(screen, "  "+words); at >= 0 && at < strings.LastIndex(screen, "\n> ") {
			t.move(up)
		} else {
			t.move(down)
		}
	}
	t.Fatalf("%s: the cursor never came to %q:\n%s", t.name, words, t.text())
}

// choose puts the cursor on an answer of a choice and takes it.
func (t *terminal) choose(answer string) {
	t.Helper()
	for range 20 {
		screen := t.text()
		if strings.Contains(screen, "> ( ) "+answer) {
			t.press(" ")
			t.shows("(x) " + answer)
			return
		}
		if strings.Contains(screen, "> (x) "+answer) {
			return
		}
		t.move(towards(screen, ") "+answer))
	}
	t.Fatalf("%s: never could choose %q:\n%s", t.name, answer, t.text())
}

// towards is the key that brings the cursor nearer to an answer: most stand one
// below the other, and short ones side by side.
func towards(screen, answer string) string {
	above := false
	for line := range strings.Lines(screen) {
		at, there := strings.Index(line, "> ("), strings.Index(line, answer)
		switch {
		case at < 0:
			above = above || there >= 0
			continue
		case there < 0 && above:
			return up
		case there < 0:
			return down
		case there < at:
			return left
		}
		return right
	}
	return down
}

// field goes on to a field with Tab.
func (t *terminal) field(label string) {
	t.Helper()
	for range 30 {
		if strings.Contains(t.text(), "> "+label) {
			return
		}
		t.move(tab)
	}
	t.Fatalf("%s: never came to the field %q:\n%s", t.name, label, t.text())
}

// submit goes on to a form's button and presses it.
func (t *terminal) submit(button string) {
	t.Helper()
	t.field("[ " + button + " ]")
	t.keys(enter)
}

// back leaves a screen, and waits for the one below.
func (t *terminal) back(to string) {
	t.Helper()
	t.keys(escape)
	t.shows(to)
}

// leave ends the program.
func (t *terminal) leave() {
	t.Helper()
	t.keys(ctrlC)
	t.shows("once more")
	t.keys(ctrlC)
	if err := t.ends(); err != nil {
		t.Errorf("%s ended with %v", t.name, err)
	}
}

// marked is the line of a list under the cursor, with its mark.
func marked(screen string) string {
	for line := range strings.Lines(screen) {
		if strings.HasPrefix(line, "> ") {
			return strings.TrimSpace(line)
		}
	}
	return "no line is under the cursor"
}
