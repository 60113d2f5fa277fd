//go:build e2e && unix

package e2e_test

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"
)

// released is one of the three when it is over: who, and what has to stand in
// the letter and on the papers, whichever form they have.
type released struct {
	number, name string
	letter       []string // in the letter as text and as PDF
	easy         []string // in the person's own copy
	never        []string // in neither
	medicines    int
	code         string // of one that was found in the list
	consents     int    // answers on sharing that the letter tells
}

// checkOutputs makes everything that can be handed to somebody, from the command
// line at healthcare's desk, and holds it against what was done at the desks.
func (w *team) checkOutputs(t *testing.T, r released) {
	d, out := w.healthcare, w.outputFolder(t)
	file := func(name string) string { return filepath.Join(out, r.number+"-"+name) }

	for _, ending := range []string{".txt", ".pdf"} {
		if said := d.as(w.nurse, "letter", r.number, "--out", file("letter"+ending)); !strings.HasPrefix(said, "Wrote letter 1, signed ") {
			t.Errorf("the letter: %s", said)
		}
		d.as(w.nurse, "letter", r.number, "--out", file("easy-read"+ending), "--easy-read")
		checkWords(t, file("letter"+ending), append(r.letter, r.name, r.number), r.never)
		checkWords(t, file("easy-read"+ending), r.easy, r.never)
		for _, paper := range []string{"checklist", "medicines", "handover", "court-pack"} {
			d.as(w.nurse, "print", paper, r.number, "--out", file(paper+ending))
			checkWords(t, file(paper+ending), []string{"OFFICIAL-SENSITIVE", r.name, r.number}, nil)
		}
	}
	d.as(w.nurse, "letter", r.number, "--out", file("letter.json"))
	checkFHIR(t, file("letter.json"), r)
}

// outputFolder is where the files go: THROUGHGATE_KEEP names a folder for who
// wants to look at them afterwards.
func (w *team) outputFolder(t *testing.T) string {
	if folder := os.Getenv("THROUGHGATE_KEEP"); folder != "" {
		return folder
	}
	return t.TempDir()
}

// checkWords holds what a file says. A PDF is read with pdftotext, which not every
// machine has, in the order in which its words stand in it.
func checkWords(t *testing.T, path string, wanted, never []string) {
	t.Helper()
	content, err := os.ReadFile(path)
	if err != nil {
		t.Error(err)
		return
	}
	if strings.HasSuffix(path, ".pdf") {
		if !bytes.HasPrefix(content, []byte("%PDF-")) {
			t.Errorf("%s is no PDF", path)
		}
		tool, err := exec.LookPath("pdftotext")
		if err != nil {
			t.Logf("pdftotext is not installed: the words of %s are not checked here", filepath.Base(path))
			return
		}
		if content, err = exec.Command(tool, "-raw", path, "-").Output(); err != nil {
			t.Errorf("%s: %v", path, err)
		}
	} else {
		checkColumns(t, path, string(content))
	}
	// Where a line or a page breaks says nothing.
	said := strings.Join(strings.Fields(string(content)), " ")
	for _, words := range wanted {
		if !strings.Contains(said, words) {
			t.Errorf("%s does not say %q:\n%s", filepath.Base(path), words, content)
		}
	}
	for _, words := range never {
		if strings.Contains(strings.ToLower(said), strings.ToLower(words)) {
			t.Errorf("%s says %q", filepath.Base(path), words)
		}
	}
}

// checkColumns holds that a text fits a page of 80 columns. No letter of these
// texts is wider than one.
func checkColumns(t *testing.T, path, text string) {
	t.Helper()
	for line := range strings.Lines(text) {
		if n := utf8.RuneCountInString(strings.TrimRight(line, "\r\n\f")); n > 80 {
			t.Errorf("%s has a line of %d columns: %s", filepath.Base(path), n, line)
		}
	}
}

// checkLists holds what is not about one person: healthcare's worklist, and the
// measures, which count everybody who left.
func (w *team) checkLists(t *testing.T, left int) {
	for _, ending := range []string{".txt", ".pdf"} {
		path := filepath.Join(w.outputFolder(t), "worklist"+ending)
		w.healthcare.as(w.nurse, "print", "worklist", "--out", path)
		checkWords(t, path, []string{"OFFICIAL-SENSITIVE"}, nil)
	}
	for _, at := range []struct {
		*desk
		someone
	}{{w.reception, w.governor}, {w.healthcare, w.nurse}} {
		var counted struct {
			Left     int
			Measures []struct {
				Measure string
				Met, Of int
			}
		}
		w.decode(at.as(at.someone, "measures", "--json"), &counted)
		if counted.Left != left {
			t.Errorf("at %s the measures count %d releases, not %d", at.name, counted.Left, left)
		}
		for _, m := range counted.Measures {
			// The letters of all are signed; who was let go without notice left without
			// a supply, and is rescued; one practice had accepted in time.
			want, known := map[string][2]int{"supply": {left - 1, left}, "letter-signed": {left, left}, "registered": {1, left}, "rescued": {1, 1}}[m.Measure]
			if known && want != [2]int{m.Met, m.Of} {
				t.Errorf("at %s %s is met by %d of %d, not by %d of %d", at.name, m.Measure, m.Met, m.Of, want[0], want[1])
			}
		}
	}
}
