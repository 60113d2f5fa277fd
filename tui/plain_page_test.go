package tui_test

import (
	"flag"
	"os"
	"strings"
	"testing"
)

// sessionPage is a session in plain mode, as it is written and read.
const sessionPage = "../docs/guide/plain-session.md"

// sessionLines are what a nurse types in it.
var sessionLines = []string{
	"b.jones", "open b.jones", "1",
	"consent", "?", "1", "given", "signed", "", "", "", "", "", "", "", "yes", "back",
	"gp", "2", "densham", "1", "", "", "yes", "back",
	"medicines", "add", "Sertraline", "1", "50 mg", "tablets", "50 mg", "once a day", "oral", "depression", "yes", "", "its supply", "yes",
	"1", "", "", "", "", "yes", "reconciled", "GP summary, chart and the person", "yes", "back",
	"letter", "write", "Well on the day of release.", ".", "Please see within two weeks.", ".", "", "Healthcare, HMP Leeds.", ".", "yes",
	"sign", "more", "more", "sign", "sign", "back", "where", "quit",
}

// TestPlainSessionPageIsWhatPlainModeSays compares the page with the session. Run
// with -update after changing what is said.
func TestPlainSessionPageIsWhatPlainModeSays(t *testing.T) {
	var page string
	plainly(t, scene{desk: ward}, func(k *talk) {
		k.types(sessionLines...)
		page = "# A session in plain mode\n\nWhat a nurse types stands behind the prompt, which ends with a colon; a passphrase is\nnot shown. This page is made from the program by `make golden`; everybody in it is\ninvented.\n\n```\n" +
			plainLines(k.all()) + "```\n"
	})
	if strings.Contains(page, "not a word of this screen") {
		t.Error("a line of the session was not understood")
	}
	if update := flag.Lookup("update"); update != nil && update.Value.String() == "true" {
		if err := os.WriteFile(sessionPage, []byte(page), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	kept, err := os.ReadFile(sessionPage)
	if err != nil {
		t.Fatal(err)
	}
	if string(kept) != page {
		t.Errorf("%s is not what plain mode says now; run make golden", sessionPage)
	}
}

// plainLines takes the blank off prompts that were answered with an empty line.
func plainLines(said string) string {
	lines := strings.Split(said, "\n")
	for i := range lines {
		lines[i] = strings.TrimRight(lines[i], " ")
	}
	return strings.Join(lines, "\n")
}
