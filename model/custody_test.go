package model_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/throughgate/throughgate/model"
)

// readCustody reads a whole file: its rows, the rows and fields left out, and
// why reading stopped.
func readCustody(from io.Reader) (rows []model.CustodyRow, bad []model.RowError, end error) {
	in := model.NewCustodyReader(from, model.DayOf(morning))
	for {
		row, err := in.Next()
		var refused *model.RowError
		switch {
		case errors.As(err, &refused):
			bad = append(bad, *refused)
		case errors.Is(err, io.EOF):
			return rows, bad, nil
		case err != nil:
			return rows, bad, err
		default:
			rows = append(rows, row)
			bad = append(bad, row.Warnings...)
		}
	}
}

func openCustody(tb testing.TB, path string) ([]model.CustodyRow, []model.RowError) {
	tb.Helper()
	file, err := os.Open(path)
	if err != nil {
		tb.Fatal(err)
	}
	defer file.Close()
	rows, bad, err := readCustody(file)
	if err != nil {
		tb.Fatalf("%s: %v", filepath.Base(path), err)
	}
	return rows, bad
}

func said(changes []model.Change) string {
	lines := make([]string, len(changes))
	for i, c := range changes {
		lines[i] = c.String()
	}
	return strings.Join(lines, "\n")
}

func TestCustodyPageBecomesChanges(t *testing.T) {
	rows, bad := openCustody(t, "testdata/custody/page.json")
	want := []string{
		"Prison number G4411KD\nName: O'BRIEN, Sian\nBorn 14-Aug-1980, Female\nPNC 2006/842979X\nCRO 059530/02U\n" +
			"Held at LEI since 02-Mar-2026\nLocation A-2-014\nRelease 24-Nov-2026 , Confirmed\n" +
			"Alert: ACCT open\nAlert: Organised crime nominal\nAlert ended: Seg risk",
		"Prison number G9021FA\nName: PRYCE, Llŷr\nBorn 01-Jun-1999, Male\n" +
			"Held at LEI since 01-Oct-2026, out: Court\nLocation COURT\nNo release date",
		"Prison number G7702CH\nName: NOVÁKOVÁ, Jana\nBorn Not recorded, Female\nHeld at LEI since Not recorded",
		"Prison number G7703CJ\nName: PATIENT, Hosp\nBorn 01-Jan-1970, Male\n" +
			"Held at OUT since Not recorded, out: Release\nRelease 05-Dec-2026 , Parole\nRestricted: address and practice withheld",
	}
	want[0] = strings.Replace(want[0], "Seg risk", model.AlertWords("RSS"), 1)
	if len(rows) != len(want) {
		t.Fatalf("%d people read, want %d", len(rows), len(want))
	}
	for i, row := range rows {
		if got := said(row.Changes); got != want[i] {
			t.Errorf("row %d:\n%s\nwant\n%s", row.Row, got, want[i])
		}
	}
	wantBad := []string{
		"Row 3, dateOfBirth: The date was never filled in: a template stands in its place.",
		"Row 3, confirmedReleaseDate: The date was never filled in: a template stands in its place.",
		"Row 5: This person is in the file already; the first row was taken.",
		"Row 6, prisonerNumber: There is no prison number.",
		"Row 7, prisonerNumber: This is not a prison number.",
		"Row 8, lastName: There is no name.",
		"Row 9: This is not a person.",
		"Row 10, prisonerNumber: There is no prison number.",
	}
	for i, b := range bad {
		if i >= len(wantBad) || b.Error() != wantBad[i] {
			t.Errorf("left out: %s", &b)
		}
	}
	if len(bad) != len(wantBad) {
		t.Errorf("%d complaints, want %d", len(bad), len(wantBad))
	}
}

func TestCustodyReaderKnowsAPageOfSeveral(t *testing.T) {
	file, err := os.ReadFile("testdata/custody/page.json")
	if err != nil {
		t.Fatal(err)
	}
	in := model.NewCustodyReader(bytes.NewReader(file), model.DayOf(morning))
	for err = nil; !errors.Is(err, io.EOF); {
		_, err = in.Next()
	}
	if in.Rows() != 10 || in.Total() != 26 {
		t.Errorf("%d rows of %d", in.Rows(), in.Total())
	}
}

func TestCustodyFileThatIsNoneIsToldInASentence(t *testing.T) {
	person := `{"prisonerNumber":"G4411KD","firstName":"SIAN","lastName":"O'BRIEN"}`
	wide := utf16.Encode([]rune(person))
	var little bytes.Buffer
	for _, unit := range wide {
		little.Write([]byte{byte(unit), byte(unit >> 8)})
	}
	for _, c := range []struct {
		name, in, want string
		rows           int
	}{
		{"empty", "", "This file is empty.", 0},
		{"blank", " \n\t", "This file is empty.", 0},
		{"HTML", "\n<!DOCTYPE html><html><body>Sign in", "This is a web page, not people.", 0},
		{"CSV", "prisonerNumber,lastName\n", "This file is not JSON of a prisoner search.", 0},
		{"number", "42", "This file is not JSON of a prisoner search.", 0},
		{"UTF-16 with its mark", "\xff\xfe" + little.String(), "This file is not UTF-8 text, but probably UTF-16.", 0},
		{"UTF-16 without", little.String(), "This file is not UTF-8 text, but probably UTF-16.", 0},
		{"cut in a row", "[" + person + `,{"prisonerNumber":"G44`, "This file ends in the middle: it was cut short.", 1},
		{"cut between rows", "[" + person + ",", "This file ends in the middle: it was cut short.", 1},
		{"cut before the end", "[" + person, "This file ends in the middle: it was cut short.", 1},
		{"cut page", `{"content":[` + person + "]", "This file ends in the middle: it was cut short.", 1},
		{"damaged", "[" + person + ",{]", "This file is damaged: it is not JSON all through.", 1},
		{"content is no list", `{"content":{}}`, `The "content" of this page is not a list of people.`, 0},
		{"two files", person + person, "Something follows the end of the people.", 1},
		{"huge row", `[` + person + `,{"lastName":"` + strings.Repeat("x", 2*model.MaxCustodyRow) + `"}]`, "A row of this file is larger than a person can be.", 1},
		{"deep", "[" + strings.Repeat("[", 20000), "This file is damaged: it is not JSON all through.", 0},
	} {
		rows, _, err := readCustody(strings.NewReader(c.in))
		var said *model.Error
		if !errors.As(err, &said) || said.Msg != c.want || len(rows) != c.rows {
			t.Errorf("%s: %d rows, %v; want %d rows, %q", c.name, len(rows), err, c.rows, c.want)
		}
	}
}

func TestCustodyFileIsReadInEachShape(t *testing.T) {
	person := `{"prisonerNumber":"G4411KD","firstName":"SIAN","lastName":"O'BRIEN"}`
	for name, in := range map[string]string{
		"person": person, "array": "[" + person + "]", "page": `{"content":[` + person + `]}`,
		"page with its end first": `{"totalElements":1,"sort":{"a":[1]},"content":[` + person + `]}`, "with a mark": "\xef\xbb\xbf" + person,
	} {
		rows, bad, err := readCustody(strings.NewReader(in))
		if err != nil || len(rows) != 1 || len(bad) != 0 {
			t.Errorf("%s: %d rows, %v, %v", name, len(rows), bad, err)
		}
	}
	for _, none := range []string{"[]", `{"content":[]}`} {
		if rows, bad, err := readCustody(strings.NewReader(none)); err != nil || len(rows)+len(bad) != 0 {
			t.Errorf("%s: %d rows, %v, %v", none, len(rows), bad, err)
		}
	}
}

func TestCustodyFieldsThatCannotBeReadCostOnlyThemselves(t *testing.T) {
	for field, c := range map[string]struct{ value, want string }{
		"dateOfBirth":                   {`"2026-02-30"`, "dateOfBirth: That month does not have that many days."},
		"receptionDate":                 {`"2031-01-01"`, "receptionDate: The date is in the future."},
		"confirmedReleaseDate":          {`"24/11/2026"`, "confirmedReleaseDate: This is not a date."},
		"actualParoleDate":              {`"0001-01-01"`, "actualParoleDate: The year cannot be right."},
		"homeDetentionCurfewActualDate": {`20261124`, "homeDetentionCurfewActualDate: This is not text."},
		"gender":                        {`"Martian"`, "gender: This is not a sex code."},
		"pncNumber":                     {`"NOT KNOWN"`, "pncNumber: This is not a PNC identifier."},
		"croNumber":                     {`"NOT KNOWN"`, "croNumber: This is not a CRO number."},
		"prisonId":                      {`"MOORLAND"`, "prisonId: This is not a prison code."},
		"cellLocation":                  {`"` + strings.Repeat("A", 41) + `"`, "cellLocation: The value has 41 characters; 40 is the most."},
		"alerts":                        {`"HA"`, "alerts: This is not a list; no alert was read."},
		"restrictedPatient":             {`"perhaps"`, "restrictedPatient: It is neither true nor false; the person is treated as restricted."},
		"firstName":                     {`"J\u001b[31mo\u0007hn"`, "firstName: Characters that cannot be shown were left out."},
	} {
		in := fmt.Sprintf(`{"prisonerNumber":"G4411KD","lastName":"Smith","prisonId":"LEI",%q:%s}`, field, c.value)
		rows, bad, err := readCustody(strings.NewReader(in))
		if err != nil || len(rows) != 1 || len(bad) != 1 || bad[0].Error() != "Row 1, "+c.want {
			t.Errorf("%s: %d rows, %v, %v", field, len(rows), bad, err)
		}
	}
	_, bad, err := readCustody(strings.NewReader("{\"prisonerNumber\":\"G4411KD\",\"firstName\":\"Si\xe2n\",\"lastName\":\"Smith\"}"))
	if err != nil || len(bad) != 1 || bad[0].Reason != "Some letters of the name could not be read." {
		t.Errorf("Latin-1: %v, %v", bad, err)
	}
}

// importRow writes what is new of a row, as the import does.
func (d *desk) importRow(row model.CustodyRow) []model.Change {
	d.tb.Helper()
	r := d.record()
	news, _ := row.Diff(r)
	for _, c := range news {
		if err := c.Check(d.record(), morning); err != nil {
			d.tb.Errorf("row %d: %s: %v", row.Row, c.Kind(), err)
		}
		if err := model.Allow(d.actor, c, r); err != nil {
			d.tb.Errorf("row %d: %s: %v", row.Row, c.Kind(), err)
		}
		d.do(morning, c)
	}
	return news
}

func TestImportingTheSameFileAgainWritesNothing(t *testing.T) {
	files := []string{"testdata/custody/page.json"}
	if folder := os.Getenv("THROUGHGATE_DATA"); folder != "" {
		for _, part := range []string{"hmpps/stubs/prisoner-*.json", "hmpps/prisoners/*.json"} {
			more, err := filepath.Glob(filepath.Join(folder, part))
			if err != nil || len(more) == 0 {
				t.Fatalf("no files at %s: %v", part, err)
			}
			files = append(files, more...)
		}
	} else {
		t.Log("THROUGHGATE_DATA is not set: only this package's own file is read")
	}
	people := 0
	for _, file := range files {
		rows, bad := openCustody(t, file)
		for _, b := range bad {
			t.Logf("%s: %s", filepath.Base(file), &b)
		}
		for _, row := range rows {
			people++
			d := newDesk(t, 1, model.RoleReception)
			if len(d.importRow(row)) == 0 {
				t.Errorf("%s: row %d said nothing", filepath.Base(file), row.Row)
			}
			if again := d.importRow(row); len(again) != 0 {
				t.Errorf("%s: row %d again: %s", filepath.Base(file), row.Row, said(again))
			}
		}
	}
	t.Logf("%d people of %d files", people, len(files))
}

func TestImportNeverReadsOffences(t *testing.T) {
	rows, _ := openCustody(t, "testdata/custody/page.json")
	bytes, err := json.Marshal(rows)
	if err != nil {
		t.Fatal(err)
	}
	for _, word := range []string{"stolen", "Quaker", "Convicted", "Yew"} {
		if strings.Contains(string(bytes), word) {
			t.Errorf("%q was imported", word)
		}
	}
}

func TestImportChangesOnlyWhatChanged(t *testing.T) {
	rows, _ := openCustody(t, "testdata/custody/page.json")
	read := func(change string) model.CustodyRow {
		file, err := os.ReadFile("testdata/custody/page.json")
		if err != nil {
			t.Fatal(err)
		}
		from, to, _ := strings.Cut(change, "=>")
		from, to = strings.TrimSpace(from), strings.TrimSpace(to)
		if !bytes.Contains(file, []byte(from)) {
			t.Fatalf("no %s in the file", from)
		}
		again, _, err := readCustody(strings.NewReader(strings.Replace(string(file), from, to, 1)))
		if err != nil {
			t.Fatal(err)
		}
		return again[0]
	}
	for _, c := range []struct {
		name, file string
		desk       model.Change // made at a desk between the two imports
		want, kept string
	}{
		{name: "new cell", file: `A-2-014 => B-1-001`, want: "Location B-1-001"},
		{name: "at court", file: `"ACTIVE IN", "inOutStatus": "IN", "lastMovementTypeCode": "ADM" => "ACTIVE OUT", "inOutStatus": "OUT", "lastMovementTypeCode": "CRT"`,
			want: "Held at LEI since 02-Mar-2026, out: Court"},
		{name: "earlier release", file: `"confirmedReleaseDate": "2026-11-24" => "confirmedReleaseDate": "2026-11-20"`, want: "Release 20-Nov-2026 , Confirmed"},
		{name: "no longer confirmed", file: `"confirmedReleaseDate": "2026-11-24" => "confirmedReleaseDate": null`, want: "Release 27-Nov-2026 , Conditional"},
		{name: "alert ended", file: `{"alertType": "H", "alertCode": "HA", "active": true, "expired": false}, => `, want: "Alert ended: ACCT open"},
		{name: "alerts not in the file", file: `"alerts": => "others":`},
		{name: "blanks take nothing away", file: `"cellLocation": "A-2-014", "legalStatus": "SENTENCED" => "cellLocation": " ", "legalStatus": ""`},
		{name: "an accent the desk gave", desk: &model.PersonNamed{Name: model.PersonName{Family: "O'Brien", Given: []string{"Siân"}}}},
		{name: "an accent the file gives", file: `SIAN => SIÂN`, want: "Name: O'BRIEN, Siân"},
		{name: "another name", file: `" O'BRIEN", => "EVANS",`, want: "Name: EVANS, Sian"},
		{name: "a date the desk gave", desk: &model.ReleaseSet{Day: model.NewDay(2026, 12, 1), Basis: model.BasisConfirmed},
			kept: "Row 1, release date: The file says otherwise than what was entered at a desk, which is kept."},
		{name: "the same date at the desk", desk: &model.ReleaseSet{Day: model.NewDay(2026, 11, 24), Basis: model.BasisConfirmed, Time: "09:30"}},
	} {
		d := newDesk(t, 1, model.RoleReception)
		d.importRow(rows[0])
		if c.desk != nil {
			d.do(morning, c.desk)
		}
		row := read(c.file)
		news, kept := row.Diff(d.record())
		if got := said(news); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
		if got := saidKept(kept); got != c.kept {
			t.Errorf("%s: kept %q, want %q", c.name, got, c.kept)
		}
	}
}

func saidKept(kept []model.RowError) string {
	lines := make([]string, len(kept))
	for i := range kept {
		lines[i] = kept[i].Error()
	}
	return strings.Join(lines, "\n")
}

func TestImportDoesNotBringBackWhoWasReleased(t *testing.T) {
	rows, _ := openCustody(t, "testdata/custody/page.json")
	d := newDesk(t, 1, model.RoleReception)
	d.importRow(rows[0])
	d.do(morning, &model.MovementRecorded{Movement: model.Movement{Type: model.MovementRelease, Reason: "CR", At: model.InstantOf(morning)}})
	news, kept := rows[0].Diff(d.record())
	if len(news) != 0 || saidKept(kept) != "Row 1, status: A release was recorded at a desk, which is kept." {
		t.Errorf("%q, kept %q", said(news), saidKept(kept))
	}
}

func TestImportLeavesOutWhatTheRoleCannotRead(t *testing.T) {
	rows, _ := openCustody(t, "testdata/custody/page.json")
	r := model.NewRecord(model.PersonID{1}, model.RoleHealthAdmin.Compartments())
	news, _ := rows[0].Diff(r)
	if slices.ContainsFunc(news, func(c model.Change) bool { return c.Compartment() == model.Custody }) {
		t.Error("a security alert would be written by a role without the custody key")
	}
}

func FuzzCustody(f *testing.F) {
	page, err := os.ReadFile("testdata/custody/page.json")
	if err != nil {
		f.Fatal(err)
	}
	f.Add(page)
	f.Add([]byte(`{"content":[{"prisonerNumber":"G4411KD","lastName":"\u001b]0;x\u0007","alerts":[{"alertCode":1}]}]`))
	f.Fuzz(func(t *testing.T, file []byte) {
		rows, _, _ := readCustody(bytes.NewReader(file))
		for _, row := range rows[:min(len(rows), 20)] {
			d := newDesk(t, 1, model.RoleReception)
			d.importRow(row)
			if again := d.importRow(row); len(again) != 0 {
				t.Errorf("again: %s", said(again))
			}
		}
	})
}
