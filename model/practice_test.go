package model_test

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/throughgate/throughgate/model"
)

// practiceRow writes one row in the form of the ODS file.
func practiceRow(code, name, address, postcode, opened, closed, status, setting string) string {
	lines := append(strings.Split(address, "|"), "", "", "", "", "")[:5]
	fields := append([]string{code, name, "Y60", "QHM"}, lines...)
	fields = append(fields, postcode, opened, closed, status, "B", "16C", "20200401", "", "01632 960001", "", "", "", "0", "", "16C", "", setting, "")
	return `"` + strings.Join(fields, `","`) + `"`
}

var goodRow = practiceRow("A81001", "THE ELMS SURGERY", "HEALTH CENTRE|1 HIGH STREET|STOCKTON ON TEES|CLEVELAND", "TS181HU", "19740401", "", "A", "4")

func TestPracticeRowsAreRead(t *testing.T) {
	all, bad, err := model.ParsePractices(strings.NewReader("\ufeff" + goodRow + "\r\n\r\n" + strings.ReplaceAll(goodRow, "A81001", "W00119")))
	if err != nil || len(bad) != 0 || len(all) != 2 {
		t.Fatalf("%d rows, bad %v, %v", len(all), bad, err)
	}
	p := all[0]
	got := fmt.Sprint(p.Code, "|", p.Name, "|", strings.Join(p.Address, ", "), "|", p.Postcode, "|", p.Phone, "|", p.Opened, "|", p.Closed, "|", p.Status, p.Setting)
	want := "A81001|The Elms Surgery|Health Centre, 1 High Street, Stockton on Tees, Cleveland|TS18 1HU|01632 960001|01-Apr-1974|Not recorded|A4"
	if got != want || !p.Active() || p.WhyNot() != "" {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	if lines := strings.Join(p.Lines(), "/"); lines != "The Elms Surgery/Health Centre/1 High Street/Stockton on Tees/Cleveland/TS18 1HU" {
		t.Errorf("on a letter: %s", lines)
	}
}

func TestBadPracticeRowsAreListedAndGoodOnesKept(t *testing.T) {
	for line, reason := range map[string]string{
		`"A1","B"`: "It has 2 columns, not 27.",
		strings.Replace(goodRow, "A81001", "??", 1):             "Its practice code is not one.",
		strings.Replace(goodRow, `"A","B"`, `"Q","B"`, 1):       "Its status is none of A, C, D and P.",
		strings.Replace(goodRow, `"A","B"`, `"AC","B"`, 1):      "Its status is none of A, C, D and P.",
		strings.Replace(goodRow, `"4",""`, `"x",""`, 1):         "Its prescribing setting is not a number.",
		strings.Replace(goodRow, "19740401", "19741301", 1):     "Its opening date is not one.",
		strings.Replace(goodRow, `"19740401",""`, `"","no"`, 1): "Its closing date is not one.",
		strings.Replace(goodRow, "THE ELMS SURGERY", "\x01", 1): "It has no name.",
		strings.Replace(goodRow, "THE ELMS", "T\xe9E ELMS", 1):  `It has letters that are not UTF-8. Save the file as "CSV UTF-8".`,
		strings.Replace(goodRow, `SURGERY"`, `SURGERY`, 1):      "A quotation mark is not closed, or stands inside a word.",
		goodRow + `"`: "A quotation mark is not closed, or stands inside a word.",
		strings.Replace(goodRow, "SURGERY", strings.Repeat("X", 100_000), 1): "It is too long to be a row of this file.",
		goodRow: "Its practice code stands in an earlier row.",
	} {
		file := goodRow + "\n" + line + "\n" + strings.ReplaceAll(goodRow, "A81001", "A81002")
		all, bad, err := model.ParsePractices(strings.NewReader(file))
		if err != nil || len(all) != 2 || len(bad) != 1 || bad[0].Row != 2 || bad[0].Reason != reason {
			t.Errorf("%.60q: %d rows, bad %v, %v; want reason %q", line, len(all), bad, err, reason)
		}
	}
}

func TestFilesThatAreNoneAreRefusedInOneSentence(t *testing.T) {
	utf16 := []byte{0xff, 0xfe, '"', 0, 'A', 0}
	for name, c := range map[string]struct{ file, said string }{
		"empty":       {"", "The file is empty."},
		"blank":       {" \r\n\n", "The file is empty."},
		"UTF-16":      {string(utf16), "The file is UTF-16 or binary, not UTF-8 text."},
		"zip":         {"PK\x03\x04\x00\x00", "The file is a spreadsheet or a zip archive, not a CSV file."},
		"gzip":        {"\x1f\x8b\x08", "The file is compressed."},
		"web page":    {"<!doctype html><p>503", "The file is not a CSV file."},
		"JSON":        {`{"error":"x"}`, "The file is not a CSV file."},
		"other table": {"a,b,c\n1,2,3\n", "No row of this file is a GP practice."},
		"NUL":         {"abc\x00def", "The file is UTF-16 or binary, not UTF-8 text."},
	} {
		all, _, err := model.ParsePractices(strings.NewReader(c.file))
		var e *model.Error
		if !errors.As(err, &e) || e.Kind != model.KindInvalid || e.Msg != c.said || all != nil {
			t.Errorf("%s: %v; want %q", name, err, c.said)
		}
	}
}

func TestAFileThatBreaksOffIsNotHalfImported(t *testing.T) {
	broken := io.MultiReader(strings.NewReader(goodRow+"\n"), iotest.ErrReader(errors.New("device gone")))
	all, _, err := model.ParsePractices(broken)
	if model.KindOf(err) != model.KindOutside || all != nil {
		t.Errorf("got %d rows and %v", len(all), err)
	}
}

func TestEndlessBadRowsAreNotAllListed(t *testing.T) {
	file := goodRow + "\n" + strings.Repeat("x\n", 5000)
	_, bad, err := model.ParsePractices(strings.NewReader(file))
	if err != nil || len(bad) != 1001 || bad[1000].Error() != "Row 5001: Up to here, 4000 more rows could not be used." {
		t.Errorf("%d bad rows, last %v, %v", len(bad), bad[len(bad)-1], err)
	}
}

func TestWhyNobodyCanBeRegistered(t *testing.T) {
	for _, c := range []struct{ closed, status, setting, want string }{
		{"", "A", "4", ""},
		{"20171031", "C", "4", "Closed 31-Oct-2017"},
		{"", "C", "4", "Closed"},
		{"", "D", "4", "Dormant"},
		{"", "P", "4", "Not open yet"},
		{"", "A", "25", "A prison's own practice"},
		{"", "A", "9", "Not a GP practice"},
	} {
		all, _, err := model.ParsePractices(strings.NewReader(practiceRow("A81001", "X", "", "", "", c.closed, c.status, c.setting)))
		if err != nil || all[0].WhyNot() != c.want || all[0].Active() != (c.want == "") {
			t.Errorf("%v: %v", c, err)
		}
	}
}

func TestPlacesAreReadable(t *testing.T) {
	for in, want := range map[string]string{
		"THE DENSHAM SURGERY": "The Densham Surgery", "STOCKTON ON TEES": "Stockton on Tees", "MARKET HARBOROUGH MED.CTR": "Market Harborough Med.Ctr",
		"ST. PAUL'S CLINIC": "St. Paul's Clinic", "DR O'BRIEN & PARTNERS": "Dr O'Brien & Partners", "NHS GP HUB": "NHS GP Hub",
		"HMP LEEDS": "HMP Leeds", "LCW HAM+FUL CCG OOH": "LCW Ham+Ful CCG OOH", "THE GROVE, CHURCH ROAD": "The Grove, Church Road",
		"1ST FLOOR, 2A HIGH ST": "1st Floor, 2A High St", "CWM BRYN": "Cwm Bryn", "TY NANT": "Ty Nant", "STOKE-ON-TRENT": "Stoke-on-Trent",
		"MCKENZIE HOUSE": "McKenzie House", "PEN Y BONT": "Pen y Bont", "Already Done": "Already Done", "(THE OLD SCHOOL)": "(The Old School)",
		"": "", "Y": "Y", "12-14": "12-14", "E12 HEALTH": "E12 Health", "DRS KHAN AND LEE": "Drs Khan and Lee",
	} {
		if got := model.TitleCasePlace(in); got != want {
			t.Errorf("%q: got %q, want %q", in, got, want)
		}
	}
}

const prisonFile = `prison_id,name,prison_name_in_welsh,active,male,female,gp_practice_code,types,operator,address_line1,address_line2,town,county,postcode,country
LEI,Leeds (HMP),,t,t,f,Y02289,HMP,PSP,2 Gloucester Terrace,,Leeds,,LS122TJ,England
CFI,Cardiff (HMP & YOI),Carchar Caerdydd,t,t,f,W00119,HMP|YOI,PSP,Knox Road,,Cardiff,,CF24 0UG,Wales
STC2,Rainsbrook (STC),,f,t,t,,STC,MTC,,,Willoughby,,CV23 8SY,England
LEI,Leeds (HMP),,t,t,f,,HMP,PSP,,,,,,
OUT,Outside,,t,t,f,,HMP,PSP,,,,,,
AKI,,,f,f,f,,,,,,,,,
BWI,Berwyn (HMP),,perhaps,f,f,,,,,,,,,
DMI,Durham (HMP),,t,t,f,nonsense,,,,,,,,
`

func TestPrisonRegisterIsRead(t *testing.T) {
	all, bad, err := model.ParsePrisons(strings.NewReader(prisonFile))
	if err != nil || len(all) != 2 || len(bad) != 6 {
		t.Fatalf("%d prisons, bad %v, %v", len(all), bad, err)
	}
	cardiff := all[1]
	if all[0].Title() != "HMP Leeds" || cardiff.Title() != "HMP & YOI Cardiff" || cardiff.WelshName != "Carchar Caerdydd" ||
		!cardiff.InWales() || all[0].InWales() || !cardiff.Active || cardiff.Female || cardiff.Practice != "W00119" ||
		strings.Join(cardiff.Types, ",") != "HMP,YOI" || all[0].Postcode != "LS12 2TJ" || strings.Join(all[0].Address, ", ") != "2 Gloucester Terrace, Leeds" {
		t.Errorf("got %+v", all)
	}
	for i, reason := range []string{
		"It is no prison: the code of one has three letters. Secure training centres are outside this program.",
		"Its prison code stands in an earlier row.",
		"It is no prison: the code of one has three letters. Secure training centres are outside this program.",
		"It has no name.", "Its column active is neither t nor f.", "Its practice code is not one.",
	} {
		if bad[i].Reason != reason || bad[i].Row != i+4 {
			t.Errorf("got %v; want row %d, %q", bad[i], i+4, reason)
		}
	}
	if _, _, err := model.ParsePrisons(strings.NewReader("id,name\nLEI,Leeds\n")); err == nil || !strings.Contains(err.Error(), "no column prison_id") {
		t.Errorf("a file without the column: %v", err)
	}
	if _, _, err := model.ParsePrisons(strings.NewReader("prison_id,name,active\n")); err == nil {
		t.Error("a file with a header only was accepted")
	}
}

const outcodeFile = `postcode,eastings,northings,latitude,longitude,town
LS12,1,2,53.79,-1.59,Leeds
BD1,1,2,53.795,-1.752,Bradford
CF24,1,2,51.48,-3.16,Cardiff
LS12,1,2,53.79,-1.59,Leeds
XX,1,2,53,-1,
LS13,1,2,NaN,-1,
LS14,1,2,53,east,
LS15,1,2,,,
`

func TestOutcodesAreRead(t *testing.T) {
	all, bad, err := model.ParseOutcodes(strings.NewReader(outcodeFile))
	if err != nil || len(all) != 3 || len(bad) != 5 || all[0].Town != "Leeds" {
		t.Fatalf("%v, bad %v, %v", all, bad, err)
	}
	if km := model.DistanceKm(all[0], all[1]); km < 10 || km > 11.5 {
		t.Errorf("Leeds to Bradford is %.1f km", km)
	}
	if km := model.DistanceKm(all[0], all[2]); km < 275 || km > 285 {
		t.Errorf("Leeds to Cardiff is %.1f km", km)
	}
	if model.DistanceKm(all[0], all[0]) != 0 || model.DistanceKm(all[0], all[1]) != model.DistanceKm(all[1], all[0]) {
		t.Error("a distance is nothing to oneself and the same both ways")
	}
}

func TestPostcodes(t *testing.T) {
	for typed, want := range map[string]string{
		"ts181hu": "TS18 1HU", " TS18 1HU": "TS18 1HU", "m11ae": "M1 1AE", "EC1A 1BB": "EC1A 1BB", "w1a0ax": "W1A 0AX",
		"": "", "TS18": "", "TS18 HHU": "", "1S18 1HU": "", "TS18 1HUU": "", "LS12-2TJ": "",
	} {
		if got, err := model.ParsePostcode(typed); got != want || (err != nil) != (want == "") {
			t.Errorf("%q: got %q, %v", typed, got, err)
		}
	}
	for typed, want := range map[string]string{"ts181hu": "TS18", "ts18": "TS18", "TS18 1": "TS18", "leeds": "", "": "", "EC1A 1BB": "EC1A"} {
		if got := model.OutcodeOf(typed); got != want {
			t.Errorf("outcode of %q: got %q, want %q", typed, got, want)
		}
	}
}

// The files of December 2023, where somebody has them.
func TestRealReferenceFiles(t *testing.T) {
	practices, _ := realPractices(t)
	if practices == nil {
		return
	}
	active := 0
	for _, p := range practices {
		if p.Active() {
			active++
		}
	}
	if len(practices) != 15971 || active != 6750 {
		t.Errorf("%d practices, %d active; want 15,971 and 6,750", len(practices), active)
	}
	prisons, bad, err := model.ParsePrisons(bytes.NewReader(realFile(t, "prisons.csv")))
	if err != nil || len(prisons) != 170 || len(bad) != 3 {
		t.Errorf("%d prisons, bad %v, %v; want 170 with two training centres and a test agency left out", len(prisons), bad, err)
	}
}

// realFile returns a file of the folder in THROUGHGATE_DATA, nil when unset.
func realFile(tb testing.TB, name string) []byte {
	tb.Helper()
	folder := os.Getenv("THROUGHGATE_DATA")
	if folder == "" {
		tb.Log("THROUGHGATE_DATA is not set, so the real reference files were not read")
		return nil
	}
	bytes, err := os.ReadFile(filepath.Join(folder, "reference", name))
	if err != nil {
		tb.Fatal(err)
	}
	return bytes
}

func realPractices(tb testing.TB) ([]model.Practice, []model.Outcode) {
	tb.Helper()
	file := realFile(tb, "epraccur.csv")
	if file == nil {
		return nil, nil
	}
	practices, bad, err := model.ParsePractices(bytes.NewReader(file))
	if err != nil || len(bad) != 0 {
		tb.Fatalf("bad rows %v, %v", bad, err)
	}
	outcodes, bad, err := model.ParseOutcodes(bytes.NewReader(realFile(tb, "uk-outcodes.csv")))
	if err != nil || len(bad) > 1 {
		tb.Fatalf("bad outcodes %v, %v", bad, err)
	}
	return practices, outcodes
}

func FuzzReferenceFiles(f *testing.F) {
	for _, seed := range []string{goodRow, prisonFile, outcodeFile, "\xff\xfea\x00", `"a""b",c`, "a,\"b\nc", "\ufeff", strings.Repeat("x", 20_000)} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, file []byte) {
		practices, bad, err := model.ParsePractices(bytes.NewReader(file))
		if err == nil && len(practices) == 0 {
			t.Error("nothing was read and nothing said")
		}
		for _, row := range bad {
			if row.Row < 1 || row.Reason == "" {
				t.Errorf("a bad row without place or reason: %v", row)
			}
		}
		model.NewPracticeIndex(practices, nil).Search(model.PracticeQuery{Text: string(file[:min(len(file), 40)])})
		if prisons, _, err := model.ParsePrisons(bytes.NewReader(file)); err == nil && len(prisons) == 0 {
			t.Error("no prison was read and nothing said")
		}
		if outcodes, _, err := model.ParseOutcodes(bytes.NewReader(file)); err == nil && len(outcodes) == 0 {
			t.Error("no outcode was read and nothing said")
		}
	})
}
