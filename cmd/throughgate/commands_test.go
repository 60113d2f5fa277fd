package main

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/throughgate/throughgate/cmd/internal/demo"
	"github.com/throughgate/throughgate/cmd/internal/edge"
)

// file writes a file beside the workstation and returns its path.
func (b *bench) file(name, text string) string {
	b.Helper()
	path := filepath.Join(b.folder, name)
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		b.Fatal(err)
	}
	return path
}

// run runs a command without a terminal.
func (b *bench) run(args ...string) (code int, out, errout string) {
	b.Helper()
	var stdout, stderr bytes.Buffer
	code = edge.Run(root(), append(args, "--data", b.Desk), strings.NewReader(""), &stdout, &stderr)
	return code, stdout.String(), stderr.String()
}

// as runs a command signed in as somebody.
func (b *bench) as(staff string, args ...string) (code int, out, errout string) {
	b.Helper()
	return b.run(append(args, "--staff", staff, "--passphrase-file", b.file("pass.txt", demo.Passphrase+"\n"))...)
}

func (b *bench) json(into any, staff string, args ...string) {
	b.Helper()
	code, out, errout := b.as(staff, append(args, "--json")...)
	if code != edge.Done || errout != "" {
		b.Fatalf("%v: exit %d, %s", args, code, errout)
	}
	if err := json.Unmarshal([]byte(out), into); err != nil {
		b.Fatal(err)
	}
	if strings.Contains(out, "\x1b") {
		b.Errorf("%v: JSON with escapes", args)
	}
}

func (b *bench) refused(wantCode int, wantWords string, code int, out, errout string) {
	b.Helper()
	if code != wantCode || !strings.Contains(errout, wantWords) || strings.Count(errout, "\n") != 1 {
		b.Errorf("exit %d, %q and %q; want %d, %q on one line", code, out, errout, wantCode, wantWords)
	}
}

func TestReleasesAreTheBoard(t *testing.T) {
	b := newLoneBench(t)
	var list releaseList
	b.json(&list, "officer", "releases", "--days", "28")
	if len(list.Groups) < 5 || list.Days != 28 || list.Today.IsZero() {
		t.Fatalf("%d groups", len(list.Groups))
	}
	for _, g := range list.Groups {
		if len(g.People) == 0 || !g.AtCourt && (g.Day < list.Today-1 || g.Day > list.Today+28) {
			t.Errorf("%v: %d people", g.Day, len(g.People))
		}
	}
	code, out, _ := b.as("nurse", "releases")
	for _, want := range []string{"Today, ", "At court today", "Tomorrow, ", "should have left", "SMITH, John", "ACCT open", "Restricted", "Conflict"} {
		if code != edge.Done || !strings.Contains(out, want) {
			t.Errorf("exit %d, no %q in:\n%s", code, want, out)
		}
	}
	code, out, errout := b.as("officer", "releases", "--days", "-1")
	b.refused(edge.Usage, "--days", code, out, errout)
}

func TestCourtPacksAreForWhoMayReadThem(t *testing.T) {
	b := newLoneBench(t)
	var nurse, officer courtPackList
	b.json(&nurse, "nurse", "court-packs", "--day", "today")
	b.json(&officer, "officer", "court-packs", "--day", "today")
	if len(nurse.People) != 2 || len(officer.People) != 2 {
		t.Fatalf("%d people for the nurse, %d for the officer", len(nurse.People), len(officer.People))
	}
	for i, pack := range nurse.People {
		if pack.Held || pack.List == "" || len(pack.GP) == 0 {
			t.Errorf("the nurse's pack lacks what healthcare holds: %+v", pack)
		}
		if other := officer.People[i]; !other.Held || len(other.Medicines)+len(other.GP) > 0 || len(other.Parts) != len(pack.Parts) {
			t.Errorf("the officer's pack: %+v", other)
		}
	}
	code, out, _ := b.as("nurse", "court-packs", "--day", "today")
	for _, want := range []string{"PRYCE, Llŷr", "Cannot wait: Levetiracetam", "The pack lacks: ", "Harrowby Crown Court"} {
		if code != edge.Done || !strings.Contains(out, want) {
			t.Errorf("exit %d, no %q in:\n%s", code, want, out)
		}
	}
	code, out, errout := b.as("officer", "court-packs", "--day", "soon")
	b.refused(edge.Usage, "--day", code, out, errout)
}

// someone finds a person of the board by the beginning of the name.
func (b *bench) someone(name string) personRow {
	b.Helper()
	var list releaseList
	b.json(&list, "officer", "releases", "--days", "3660")
	for _, g := range list.Groups {
		for _, p := range g.People {
			if strings.HasPrefix(p.Name, name) {
				return p
			}
		}
	}
	b.Fatalf("nobody is called %s", name)
	return personRow{}
}

func TestShowGivesEachRoleItsParts(t *testing.T) {
	b := newLoneBench(t)
	smith := b.someone("SMITH")
	var officer, nurse, byNHS person
	b.json(&officer, "officer", "show", smith.Prison)
	b.json(&nurse, "nurse", "show", strings.ToLower(smith.Prison))
	b.json(&byNHS, "nurse", "show", smith.NHS[:3]+" "+smith.NHS[3:])
	if officer.Health != nil || len(officer.Held) != 1 || officer.Held[0] != "Held by healthcare" || officer.Custody == nil {
		t.Errorf("an officer sees %v of health; held: %v", officer.Health, officer.Held)
	}
	if nurse.Health == nil || nurse.Custody != nil || len(nurse.Health.Medicines) == 0 || nurse.Held[0] != "Held by custody staff" {
		t.Errorf("a nurse sees %v; held: %v", nurse.Health, nurse.Held)
	}
	if byNHS.ID != smith.ID || len(officer.Checklist) != 26 {
		t.Errorf("%v by NHS number, %d lines of the checklist", byNHS.ID, len(officer.Checklist))
	}
	_, text, _ := b.as("officer", "show", smith.Prison)
	if !strings.Contains(text, "Held by healthcare") || strings.Contains(text, "Sertraline") || strings.Contains(text, "Penicillin") {
		t.Errorf("an officer reads:\n%s", text)
	}
	_, text, _ = b.as("nurse", "show", smith.Prison)
	for _, want := range []string{"SMITH, John", "Sertraline", "Penicillin: anaphylaxis", "Not decided", "GP registration"} {
		if !strings.Contains(text, want) {
			t.Errorf("no %q in:\n%s", want, text)
		}
	}
}

func TestShowWithholdsARestrictedAddressAndPractice(t *testing.T) {
	b := newLoneBench(t)
	doe := b.someone("DOE")
	code, out, _ := b.as("nurse", "show", doe.Prison, "--json")
	_, text, _ := b.as("nurse", "show", doe.Prison)
	for _, hidden := range []string{"Harrowby", "Z900", "01632", "ZL1"} {
		if code != edge.Done || strings.Contains(out, hidden) || strings.Contains(text, hidden) {
			t.Errorf("%q is shown of a restricted person", hidden)
		}
	}
	if !strings.Contains(text, "Restricted: address, telephone and practice are withheld") {
		t.Errorf("it is not said:\n%s", text)
	}
}

func TestCommandsSayWhyNot(t *testing.T) {
	b := newLoneBench(t)
	pass := b.file("right.txt", demo.Passphrase)
	for _, c := range []struct {
		code int
		want string
		args []string
	}{
		{edge.Refused, "Nobody here goes by this number.", []string{"show", "A0000AA", "--staff", "officer", "--passphrase-file", pass}},
		{edge.Refused, "neither a prison number nor an NHS number", []string{"show", "nonsense", "--staff", "officer", "--passphrase-file", pass}},
		{edge.Usage, "accepts 1 arg", []string{"show"}},
		{edge.Usage, "unknown flag", []string{"show", "A0000AA", "--nonsense"}},
		{edge.Usage, "no terminal to ask on", []string{"show", "A0000AA"}},
		{edge.Usage, "no terminal to ask for the passphrase", []string{"show", "A0000AA", "--staff", "officer"}},
		{edge.Refused, "not a staff id", []string{"show", "A0000AA", "--staff", "Officer!", "--passphrase-file", pass}},
		{edge.Refused, "There is no such file.", []string{"show", "A0000AA", "--staff", "officer", "--passphrase-file", pass + "x"}},
		{edge.Refused, "passphrase file is empty", []string{"show", "A0000AA", "--staff", "officer", "--passphrase-file", b.file("empty", "\n")}},
		{edge.Refused, "not one line of text", []string{"show", "A0000AA", "--staff", "officer", "--passphrase-file", b.file("two", "a\nb")}},
		{edge.Refused, "This is a folder", []string{"show", "A0000AA", "--staff", "officer", "--passphrase-file", b.folder}},
		{edge.Refused, "staff id or the passphrase is wrong", []string{"show", "A0000AA", "--staff", "officer", "--passphrase-file", b.file("wrong", "wrong")}},
	} {
		code, out, errout := b.run(c.args...)
		b.refused(c.code, c.want, code, out, errout)
	}
	code, out, errout := b.as("officer", "show", "A0000AA", "--data", filepath.Join(b.folder, "none"))
	if code == edge.Done {
		t.Errorf("%q %q", out, errout)
	}
}

func TestImportWritesWhatIsNewAndListsTheRest(t *testing.T) {
	b := newLoneBench(t)
	page := filepath.Join("..", "..", "model", "testdata", "custody", "page.json")
	code, out, errout := b.as("officer", "import", "custody", page, "--json")
	b.refused(edge.Refused, "6 of 10 rows were left out. The others are kept.", code, out, errout)
	var first custodyReport
	if err := json.Unmarshal([]byte(out), &first); err != nil {
		t.Fatal(err)
	}
	if first.Rows != 10 || first.New != 4 || first.Same != 0 || len(first.Refused) != 6 || len(first.Warnings) != 2 || first.People != 26 {
		t.Errorf("%+v", first)
	}
	_, out, _ = b.as("officer", "import", "custody", page)
	for _, want := range []string{"Left out. Row 8, lastName: There is no name.", "Warning. Row 3, dateOfBirth: ", "0 people new, 0 changed, 4 as before, 6 left out", "one page of several: it holds 10 of 26"} {
		if !strings.Contains(out, want) {
			t.Errorf("no %q in:\n%s", want, out)
		}
	}
	var shown person
	b.json(&shown, "officer", "show", "G4411KD")
	if shown.Name != "O'BRIEN, Sian" || !shown.ACCTOpen || shown.Basis != "Confirmed" {
		t.Errorf("%+v", shown.personRow)
	}
}

func TestImportThatCannotBeSaysSo(t *testing.T) {
	b := newLoneBench(t)
	good := `{"prisonerNumber":"G4411KD","firstName":"SIAN","lastName":"O'BRIEN","dateOfBirth":"1980-08-14"}`
	for name, c := range map[string]struct{ staff, text, want, out string }{
		"html":  {"officer", "<html>Sign in</html>", "This is a web page, not people.", ""},
		"empty": {"officer", "", "This file is empty.", ""},
		"role":  {"nurse", good, "Your role may not import people.", ""},
		"cut":   {"officer", "[" + good + ",{", "cut short. 1 people before it are kept.", "1 people new"},
	} {
		code, out, errout := b.as(c.staff, "import", "custody", b.file(name, c.text))
		b.refused(edge.Refused, c.want, code, out, errout)
		if !strings.Contains(out, c.out) {
			t.Errorf("%s: %q", name, out)
		}
	}
}

func TestPassphraseIsChangedFromAFile(t *testing.T) {
	b := newLoneBench(t)
	next := b.file("next.txt", "three random words\r\n")
	code, out, errout := b.as("nurse", "passphrase", "change", "--new-passphrase-file", b.file("short.txt", "short"))
	b.refused(edge.Refused, "too short", code, out, errout)
	if code, out, errout := b.as("nurse", "passphrase", "change", "--new-passphrase-file", next); code != edge.Done || out != "Your passphrase is changed.\n" {
		t.Fatalf("exit %d, %q, %q", code, out, errout)
	}
	if code, _, errout := b.run("releases", "--staff", "nurse", "--passphrase-file", next); code != edge.Done {
		t.Errorf("the new one does not open: %s", errout)
	}
	code, out, errout = b.as("nurse", "releases")
	b.refused(edge.Refused, "staff id or the passphrase is wrong", code, out, errout)
}

// The PDF within the document is the one that --out letter.pdf writes, to the
// byte: whoever compares the two must not find two letters.
func TestLetterAsJSONHoldsThePDF(t *testing.T) {
	b := newLoneBench(t)
	signed, drafted := b.someone("OKAFOR"), b.someone("SMITH")
	pdf, data := filepath.Join(b.folder, "letter.pdf"), filepath.Join(b.folder, "letter.json")
	for _, path := range []string{pdf, data} {
		if code, out, errout := b.as("nurse", "letter", signed.Prison, "--out", path); code != edge.Done || !strings.HasPrefix(out, "Wrote letter 1, signed ") {
			t.Fatalf("exit %d, %q, %q", code, out, errout)
		}
	}
	printed, err := os.ReadFile(pdf)
	if err != nil {
		t.Fatal(err)
	}
	status, held := b.document(data)
	if status != "final" || !bytes.Equal(held, printed) {
		t.Errorf("status %q, a PDF of %d bytes, on its own it has %d", status, len(held), len(printed))
	}
	if code, out, _ := b.as("nurse", "letter", drafted.Prison, "--out", data); code != edge.Done || out != "Wrote a draft: no letter is signed yet.\n" {
		t.Errorf("exit %d, %q", code, out)
	}
	if status, _ := b.document(data); status != "preliminary" {
		t.Errorf("a draft is %q", status)
	}
	code, out, errout := b.as("officer", "letter", signed.Prison, "--out", data)
	b.refused(edge.Refused, "The letter is held by healthcare.", code, out, errout)
}

// document reads the status of a FHIR document and the file it holds.
func (b *bench) document(path string) (status string, file []byte) {
	b.Helper()
	var bundle struct {
		Entry []struct {
			Resource struct {
				ResourceType, Status string
				Data                 json.RawMessage
			}
		}
	}
	content, err := os.ReadFile(path)
	if err == nil {
		err = json.Unmarshal(content, &bundle)
	}
	if err != nil {
		b.Fatal(err)
	}
	for _, e := range bundle.Entry {
		switch e.Resource.ResourceType {
		case "Composition":
			status = e.Resource.Status
		case "Binary":
			if err := json.Unmarshal(e.Resource.Data, &file); err != nil {
				b.Fatal(err)
			}
		}
	}
	return status, file
}

func TestLetterIsWrittenAsItsNameSays(t *testing.T) {
	b := newLoneBench(t)
	signed, drafted := b.someone("OKAFOR"), b.someone("SMITH")
	text, pdf := filepath.Join(b.folder, "letter.txt"), filepath.Join(b.folder, "letter.PDF")
	code, out, errout := b.as("nurse", "letter", signed.Prison, "--out", text)
	if code != edge.Done || !strings.HasPrefix(out, "Wrote letter 1, signed ") || errout != "" {
		t.Errorf("exit %d, %q, %q", code, out, errout)
	}
	if content, err := os.ReadFile(text); err != nil || !strings.Contains(string(content), "LINDQVIST") || strings.Contains(string(content), "DRAFT") {
		t.Errorf("%v\n%s", err, content)
	}
	code, _, errout = b.as("nurse", "letter", signed.Prison, "--out", pdf)
	if content, err := os.ReadFile(pdf); code != edge.Done || err != nil || !bytes.HasPrefix(content, []byte("%PDF-")) {
		t.Errorf("exit %d, %q, %v", code, errout, err)
	}
	code, out, _ = b.as("nurse", "letter", drafted.Prison, "--out", text)
	if content, err := os.ReadFile(text); code != edge.Done || out != "Wrote a draft: no letter is signed yet.\n" || err != nil || !strings.Contains(strings.ToUpper(string(content)), "DRAFT") {
		t.Errorf("exit %d, %q, %v", code, out, err)
	}
	code, _, errout = b.as("nurse", "letter", signed.Prison, "--out", text, "--easy-read", "--welsh")
	if content, err := os.ReadFile(text); code != edge.Done || err != nil || !strings.Contains(string(content), "EICH MEDDYGINIAETHAU / YOUR MEDICINES") || strings.Contains(string(content), "HMP") {
		t.Errorf("exit %d, %q, %v\n%s", code, errout, err, content)
	}
	for _, wrong := range [][]string{{"--welsh"}, {"--easy-read", "--results"}, {"--easy-read", "--out", filepath.Join(b.folder, "letter.json")}} {
		code, out, errout = b.as("nurse", append([]string{"letter", signed.Prison, "--out", text}, wrong...)...)
		b.refused(edge.Usage, "--easy-read", code, out, errout)
	}
	code, out, errout = b.as("nurse", "letter", signed.Prison, "--out", text, "--results")
	b.refused(edge.Refused, "No letter on late results is signed.", code, out, errout)
	code, out, errout = b.as("officer", "letter", signed.Prison, "--out", text)
	b.refused(edge.Refused, "The letter is held by healthcare.", code, out, errout)
	code, out, errout = b.as("nurse", "letter", signed.Prison, "--out", filepath.Join(b.folder, "letter.doc"))
	b.refused(edge.Usage, ".pdf, .txt or .json", code, out, errout)
	code, out, errout = b.as("nurse", "letter", signed.Prison, "--out", filepath.Join(b.folder, "none", "letter.txt"))
	b.refused(edge.Refused, "There is no such folder.", code, out, errout)
}
