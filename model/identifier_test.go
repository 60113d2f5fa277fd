package model_test

import (
	"regexp"
	"strings"
	"testing"

	"github.com/throughgate/throughgate/model"
	"pgregory.net/rapid"
)

func TestPrisonNumberIsReadAsTyped(t *testing.T) {
	for typed, want := range map[string]model.PrisonNumber{
		"A1234AA":         "A1234AA",
		" a1234aa ":       "A1234AA",
		"a 1234 aa":       "A1234AA",
		"\ufeffG8133UA\n": "G8133UA",
		"A1234\u00a0AA":   "A1234AA",
		"":                "",
		"A1234A":          "",
		"A1234AAA":        "",
		"11234AA":         "",
		"A123AAA":         "",
		"A1234A1":         "",
		"A１234AA":         "",
		"É1234AA":         "",
	} {
		got, err := model.ParsePrisonNumber(typed)
		if got != want || (err != nil) != (want == "") {
			t.Errorf("%q: got %q, %v; want %q", typed, got, err, want)
		}
	}
}

func TestPrisonNumberWithALetterNeverIssuedIsOnlySuspicious(t *testing.T) {
	for number, want := range map[model.PrisonNumber]bool{
		"A1234AA": false, "A1234BC": true, "B1234AA": true, "A1234AI": true,
		"O1234AA": true, "A1234SA": true, "U1234AA": true, "Z9999ZZ": false, "": true,
	} {
		if got := number.Suspicious(); got != want {
			t.Errorf("%q: suspicious %v, want %v", number, got, want)
		}
	}
}

func TestLettersInDigitPlacesAreMended(t *testing.T) {
	for typed, want := range map[string]model.PrisonNumber{
		"AO234AA": "A0234AA", "a12i4aa": "A1214AA", "AS888AA": "A5888AA", "A1B34AA": "A1834AA",
		"AOISBAA": "A0158AA",
		"A1234AA": "", "A12Z4AA": "", "01234AA": "", "A12345A": "", "": "", "AOIS": "",
	} {
		got, ok := model.SuggestPrisonNumber(typed)
		if ok != (want != "") || (ok && got != want) {
			t.Errorf("%q: got %q, %v; want %q", typed, got, ok, want)
		}
	}
}

func TestNHSNumberVectors(t *testing.T) {
	for typed, sentence := range map[string]string{
		"9434765919":   "",
		"4010232137":   "",
		"9000000009":   "",
		"943 476 5919": "",
		"943-476-5919": "",
		"943–476–5919": "",
		"1234567890":   "This NHS number's check digit is wrong.",
		"9434765918":   "This NHS number's check digit is wrong.",
		"1111111111":   "An NHS number is never one digit repeated.",
		"2222222222":   "An NHS number is never one digit repeated.",
		"0000000000":   "An NHS number is never one digit repeated.",
		"943476591":    "This NHS number is too short.",
		"94347659190":  "This NHS number is too long.",
		"94347659I9":   "An NHS number has digits only.",
		"９４３４７６５９１９":   "An NHS number has digits only.",
		"":             "Enter an NHS number.",
		" - ":          "Enter an NHS number.",
	} {
		got, err := model.ParseNHSNumber(typed)
		said := ""
		if err != nil {
			said = err.(*model.Error).Msg
		}
		if said != sentence || got.Valid() != (sentence == "") {
			t.Errorf("%q: got %q, said %q; want %q", typed, got, said, sentence)
		}
	}
}

func TestNoNHSNumberHasCheckValueTen(t *testing.T) {
	for last := '0'; last <= '9'; last++ {
		if model.NHSNumber("400000008" + string(last)).Valid() {
			t.Errorf("400000008%c is taken, but its check value is 10", last)
		}
	}
}

// Every single wrong digit and every swap of neighbours must be caught: that is
// what the check digit is for.
func TestNHSNumberCatchesOneSlip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		nine := rapid.StringMatching(`[1-9][0-9]{8}`).Draw(t, "nine")
		for last := '0'; last <= '9'; last++ {
			number := nine + string(last)
			if !model.NHSNumber(number).Valid() {
				continue
			}
			i := rapid.IntRange(0, 9).Draw(t, "place")
			other := rapid.ByteRange('0', '9').Draw(t, "digit")
			wrong := number[:i] + string(other) + number[i+1:]
			if wrong != number && model.NHSNumber(wrong).Valid() {
				t.Fatalf("one wrong digit in place %d passed", i)
			}
			if i < 9 && number[i] != number[i+1] {
				swapped := number[:i] + number[i+1:i+2] + number[i:i+1] + number[i+2:]
				if model.NHSNumber(swapped).Valid() {
					t.Fatalf("swapped digits at place %d passed", i)
				}
			}
		}
	})
}

func TestNHSNumberIsShownSpaced(t *testing.T) {
	if got := model.NHSNumber("9434765919").Spaced(); got != "943 476 5919" {
		t.Errorf("got %q", got)
	}
	if model.NHSNumber("").Spaced() != "" || !model.NHSNumber("9990000018").IsTest() || model.NHSNumber("9434765919").IsTest() {
		t.Error("the empty number or the testing range is wrong")
	}
}

func TestTraceStatusWords(t *testing.T) {
	all := model.TraceStatuses()
	if len(all) != 9 {
		t.Fatalf("%d statuses, want 01 to 08 and nn", len(all))
	}
	for _, status := range all {
		if !status.Valid() || strings.HasPrefix(status.Words(), "Trace status") {
			t.Errorf("%s has no words", status)
		}
		if status.Verified() != (status == "01" || status == "nn") {
			t.Errorf("%s: verified is %v", status, status.Verified())
		}
	}
	if model.TraceStatus("").Words() != "Not recorded" || model.TraceStatus("99").Words() != "Trace status 99" {
		t.Error("an absent or unknown status must say so")
	}
}

func TestPNCHasOneCanonicalForm(t *testing.T) {
	for typed, want := range map[string]model.PNC{
		"92/338596N":            "1992/338596N",
		"1992/0338596n":         "1992/338596N",
		"08/359381C":            "2008/359381C",
		"39/1A":                 "1939/1A",
		"38/1A":                 "2038/1A",
		"2018/0123456X":         "2018/123456X",
		" 92 / 338596 n":        "1992/338596N",
		"92/0000000A":           "1992/0A",
		"":                      "",
		"92338596N":             "",
		"992/338596N":           "",
		"92/N":                  "",
		"92/338596":             "",
		"92/33N":                "1992/33N",
		"92/3385961234567890N":  "1992/3385961234567890N",
		"92/33859612345678901N": "",
		"92/33 8/596N":          "",
	} {
		got, err := model.ParsePNC(typed)
		if got != want || (err != nil) != (want == "") {
			t.Errorf("%q: got %q, %v; want %q", typed, got, err, want)
		}
	}
	if got := model.PNC("1992/338596N").Short(); got != "92/338596N" {
		t.Errorf("short form %q", got)
	}
}

func TestPNCWithAnotherCheckLetterIsOnlySuspicious(t *testing.T) {
	for pnc, want := range map[model.PNC]bool{
		"2008/359381C": false, "2006/842979X": false, "2008/359381D": true, "2012/394773I": true, "": true,
	} {
		if got := pnc.Suspicious(); got != want {
			t.Errorf("%q: suspicious %v, want %v", pnc, got, want)
		}
	}
}

func TestCRO(t *testing.T) {
	for typed, want := range map[string]model.CRO{
		"29906/12J": "29906/12J", "sf80/655108t": "SF80/655108T", "059530/02U": "059530/02U",
		"NOT KNOWN": "", "": "", "29906": "", "/12J": "", "29906/12J/3": "", "N/A": "",
	} {
		got, err := model.ParseCRO(typed)
		if got != want || (err != nil) != (want == "") {
			t.Errorf("%q: got %q, %v; want %q", typed, got, err, want)
		}
	}
	if !model.CRO("059530/02U").Same("59530/02U") || model.CRO("").Same("") {
		t.Error("leading zeros must not tell two CRO numbers apart")
	}
}

func TestPracticeCodes(t *testing.T) {
	for typed, ok := range map[string]bool{
		"A81001": true, "w00119": true, "Y 03149": true, "ALD200": false, "V81999": false, "8HQ50": false, "": false,
	} {
		if _, err := model.ParsePracticeCode(typed); (err == nil) != ok {
			t.Errorf("%q: %v", typed, err)
		}
	}
	if !model.ODSCode("W00119").IsWelsh() || model.ODSCode("A81001").IsWelsh() {
		t.Error("W codes are of Wales")
	}
	for typed, ok := range map[string]bool{"ALD200": true, "8hq50": true, "F1": false, "ABCDEFGHIJK": false, "A-1": false} {
		if _, err := model.ParseODSCode(typed); (err == nil) != ok {
			t.Errorf("%q: %v", typed, err)
		}
	}
}

func TestSiteCodes(t *testing.T) {
	for typed, ok := range map[string]bool{"lei": true, " MDI ": true, "OUT": true, "STC2": false, "L1I": false, "": false} {
		if _, err := model.ParseSiteCode(typed); (err == nil) != ok {
			t.Errorf("%q: %v", typed, err)
		}
	}
	if !model.SiteCode("LEI").LooksLikePrison() || model.SiteCode("OUT").LooksLikePrison() || model.SiteCode("ABC").LooksLikePrison() {
		t.Error("prison codes end in I")
	}
}

func TestSexIsReadFromEverySource(t *testing.T) {
	for typed, want := range map[string]model.Sex{
		"M": "M", "male": "M", "FEMALE": "F", "Not Known / Not Recorded": "NK",
		"Not Specified (Indeterminate)": "NS", "Refused": "REF", "TRANS": "", "": "", "X": "",
	} {
		got, err := model.ParseSex(typed)
		if got != want || (err != nil) != (want == "") {
			t.Errorf("%q: got %q, %v; want %q", typed, got, err, want)
		}
	}
	for _, sex := range model.Sexes() {
		if again, err := model.ParseSex(sex.Words()); err != nil || again != sex || !sex.Valid() {
			t.Errorf("%s does not come back from its words", sex)
		}
	}
}

// An error may reach a log or a shared screen, so it may never repeat what was
// typed.
func TestIdentifierErrorsNeverRepeatTheInput(t *testing.T) {
	digits := regexp.MustCompile(`[0-9]{6,}`)
	rapid.Check(t, func(t *rapid.T) {
		typed := rapid.StringMatching(`[A-Z0-9/ -]{6,14}QX7`).Draw(t, "typed")
		for name, err := range map[string]error{
			"prison number": errOf(model.ParsePrisonNumber(typed)), "NHS number": errOf(model.ParseNHSNumber(typed)),
			"PNC": errOf(model.ParsePNC(typed)), "CRO": errOf(model.ParseCRO(typed)),
			"practice": errOf(model.ParsePracticeCode(typed)), "site": errOf(model.ParseSiteCode(typed)), "sex": errOf(model.ParseSex(typed)),
		} {
			if err != nil && strings.Contains(err.Error(), "QX7") {
				t.Fatalf("%s error repeats its input: %v", name, digits.ReplaceAllString(err.Error(), "#"))
			}
		}
	})
}

func errOf[T any](_ T, err error) error { return err }

func FuzzIdentifiers(f *testing.F) {
	for _, seed := range []string{"A1234AA", "943 476 5919", "92/338596N", "SF80/655108T", "W00119", "LEI", "", "\x00\xff"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, typed string) {
		if n, err := model.ParsePrisonNumber(typed); err == nil && !n.Valid() {
			t.Errorf("%q gave an invalid prison number", typed)
		}
		if n, err := model.ParseNHSNumber(typed); err == nil && !n.Valid() {
			t.Errorf("%q gave an invalid NHS number", typed)
		}
		if p, err := model.ParsePNC(typed); err == nil && !p.Valid() {
			t.Errorf("%q gave a PNC that is not canonical", typed)
		}
		if c, err := model.ParseCRO(typed); err == nil {
			if again, err := model.ParseCRO(string(c)); err != nil || again != c {
				t.Errorf("%q gave an unstable CRO", typed)
			}
		}
		if n, ok := model.SuggestPrisonNumber(typed); ok && !n.Valid() {
			t.Errorf("%q gave an invalid suggestion", typed)
		}
		_ = errOf(model.ParseODSCode(typed))
		_ = errOf(model.ParseSiteCode(typed))
		_ = errOf(model.ParseSex(typed))
	})
}
