package letter_test

import (
	"bytes"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/throughgate/throughgate/model"
	"github.com/throughgate/throughgate/model/letter"
	"pgregory.net/rapid"
)

var update = flag.Bool("update", false, "rewrite the golden files")

var morning = time.Date(2026, time.November, 23, 8, 0, 0, 0, time.UTC)

// leaver is a record with n medicines, a Welsh name and letters from all over
// Europe.
func leaver(tb testing.TB, n int) *model.Record {
	tb.Helper()
	r := model.NewRecord(model.PersonID{1}, model.Compartments())
	today := model.DayOf(morning)
	born, err := model.ParsePartialDate("1980-08-14")
	if err != nil {
		tb.Fatal(err)
	}
	given := func(t model.ConsentType) model.Change {
		return &model.ConsentSet{ConsentAnswer: model.ConsentAnswer{Type: t, Decision: model.ConsentGiven, How: model.ConsentSigned}}
	}
	practice := model.ChosenPractice{Code: "W00001", Name: "Meddygfa Tŷ Gwyn", Address: []string{"1 Heol y Bont", "Caernarfon"}, Postcode: "LL55 1AA", Phone: "01286 496000"}
	changes := []model.Change{
		&model.PersonNamed{Name: model.PersonName{Family: "Nguyễn-Pryce", Given: []string{"Llŷr", "Zoë"}}},
		&model.PersonBorn{Date: born, Sex: model.SexMale},
		&model.PersonNumbered{Scheme: model.SchemeNHS, Value: "9434765919", Status: model.TraceVerified},
		&model.PersonNumbered{Scheme: model.SchemePrison, Value: "A1234AA"},
		&model.StaySet{Site: "LEI", Received: today - 120},
		&model.ReleaseSet{Day: today + 1, Time: "09:30", Basis: model.BasisConfirmed, Reason: "CR", Destination: "Approved premises, Caernarfon"},
		given(model.ConsentRegisterGP), given(model.ConsentShareGP),
		&model.GPStep{State: model.RegAccepted, Practice: practice, Method: model.MethodPhone, Who: "J Jones", Day: today},
		&model.AllergiesSet{State: model.AllergiesKnown, List: []model.Allergy{{Substance: "Penicillin", Reaction: "anaphylaxis", Severity: model.SeveritySevere}}},
		&model.ContactSet{ContactDetails: model.ContactDetails{NoFixedAddress: true, Phone: "07700 900123", Safe: "afternoons only"}},
		&model.ProblemsSet{Problems: []string{"Opioid dependence", "Recurrent low mood"}},
		&model.LetterDraft{Heading: model.HeadingSummary, Text: "Stable on methadone since September, seen weekly by the substance misuse team, without use on top since the first week of October.\nMood better on sertraline; sleeps six hours.\nSpeaks Welsh first: ŵ ŷ; also read Čeština, Łódź, Ελληνικά, Русский, ğış, ß, Þór, ễ."},
		&model.LetterDraft{Heading: model.HeadingPlan, Text: "Drug service: first appointment on 25-Nov-2026 at 14:00, Caernarfon.\nGP: review mood within four weeks."},
		&model.LetterDraft{Heading: model.HeadingContact, Text: "Healthcare 0113 496 0100, weekdays 08:00 to 18:00"},
		&model.LetterDraft{Heading: model.HeadingAdvice, Text: "Loss of tolerance and naloxone explained; kit given."},
	}
	changes = append(changes, medicines(n, today)...)
	clock := model.Clock{Node: 1}
	for _, c := range changes {
		r.Fold(&model.Op{
			Stamp: clock.Next(morning), Actor: prescriber, Person: r.ID, Kind: c.Kind(), Change: c, Compartment: c.Compartment(),
		})
	}
	return r
}

func medicines(n int, today model.Day) []model.Change {
	var out []model.Change
	for i := range n {
		m := &model.MedicineSet{ID: model.NewMedicineID([8]byte{byte(i)}), Prescribed: model.Prescribed{
			Name: fmt.Sprintf("Sertraline %d", i), Strength: "50 mg", Form: "tablets", Dose: "50 mg", Route: "by mouth", Frequency: "once a day", Indication: "low mood", Start: today - 40,
		}}
		d := model.SupplyDecision{Route: model.SupplyTTO, Quantity: 2800, Unit: "tablets", Days: 28}
		switch i {
		case 0:
			m.Name, m.Strength, m.Form, m.Dose, m.Indication = "Methadone", "1 mg/ml", "oral solution sugar free", "40 mg", "opioid dependence"
			d = model.SupplyDecision{Route: model.SupplyFP10MDA, Quantity: 56000, Unit: "ml", Days: 14, Instalment: "40 ml daily, supervised; Sunday's dose on Saturday"}
		case 2:
			d = model.SupplyDecision{Route: model.SupplyNone, Reason: "keeps 20 tablets in possession"}
		case 3:
			d = model.SupplyDecision{}
		}
		out = append(out, m)
		if d.Route != "" {
			out = append(out, &model.SupplySet{ID: m.ID, For: m.Fingerprint(), SupplyDecision: d})
		}
	}
	return append(out, &model.MedicineSet{ID: "ff00000000000000", Prescribed: model.Prescribed{Name: "Mirtazapine 15mg tablets"}},
		&model.MedicineStopped{ID: "ff00000000000000", Day: today - 3, Reason: "weight gain"})
}

var prescriber = model.Actor{Staff: "a.khan", Role: model.RolePrescriber, Site: "LEI"}

func assembled(tb testing.TB, n int) model.Letter {
	tb.Helper()
	return model.Assemble(leaver(tb, n), model.LetterFacts{
		Prison: model.LetterPrison{Code: "LEI", Name: "HMP Leeds", Team: "Healthcare", Address: []string{"2 Gloucester Terrace", "Leeds LS12 2TJ"}, Phone: "0113 496 0100"},
		Author: prescriber, Now: morning, Name: func(model.StaffID) string { return "KHAN, A" },
	})
}

func signed(tb testing.TB, l model.Letter) letter.Options {
	tb.Helper()
	_, hash, err := l.Freeze()
	if err != nil {
		tb.Fatal(err)
	}
	at := model.Stamp{Wall: morning.Add(time.Hour).UnixMilli(), Node: 1}
	return letter.Options{Signed: &model.SignedLetter{Number: l.Number, Hash: hash, By: model.Signed{At: at, Staff: "a.khan", Role: model.RolePrescriber}}}
}

func text(tb testing.TB, l model.Letter, o letter.Options) string {
	tb.Helper()
	out, err := letter.Text(l, o)
	if err != nil {
		tb.Fatal(err)
	}
	return out
}

func pdf(tb testing.TB, l model.Letter, o letter.Options) []byte {
	tb.Helper()
	var out bytes.Buffer
	if err := letter.PDF(&out, l, o); err != nil {
		tb.Fatal(err)
	}
	return out.Bytes()
}

func golden(t *testing.T, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		if err := os.MkdirAll("testdata", 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if got != strings.ReplaceAll(string(want), "\r\n", "\n") {
		t.Errorf("%s is not what stands in the golden file; run make golden and read the difference\n%s", name, got)
	}
}

func TestTextGolden(t *testing.T) {
	l := assembled(t, 5)
	golden(t, "signed.txt", text(t, l, signed(t, l)))
	golden(t, "draft.txt", text(t, model.Assemble(model.NewRecord(model.PersonID{2}, model.Compartments()), model.LetterFacts{Author: prescriber, Now: morning}), letter.Options{}))
}

func TestPDFIsTheSameEveryTime(t *testing.T) {
	l := assembled(t, 12)
	o := signed(t, l)
	first := pdf(t, l, o)
	for range 4 {
		if !bytes.Equal(first, pdf(t, l, o)) {
			t.Fatal("two copies of one letter differ")
		}
	}
}

// What somebody typed must never break the printing: rapid draws it.
func TestPDFTakesAnyText(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		l := assembled(t, 1)
		l.Person.Name = rapid.String().Draw(rt, "name") + "\U00010000\U0001f600\uffff"
		l.Sections[2].Lines = []string{rapid.String().Draw(rt, "line"), strings.Repeat("ŵ", 400)}
		l.Sections[3].Table = &model.Table{Columns: []string{"A", "B", "C"}, Rows: [][]string{{rapid.String().Draw(rt, "cell"), strings.Repeat("w", 300), ""}, {"short"}}}
		if out := pdf(t, l, letter.Options{}); !bytes.HasPrefix(out, []byte("%PDF-")) {
			rt.Fatal("this is no PDF")
		}
	})
}

func TestOnlyWhatWasSignedIsPrintedAsSigned(t *testing.T) {
	l := assembled(t, 2)
	o := signed(t, l)
	l.Sections[6].Lines[0] = "Something else."
	if err := letter.PDF(&bytes.Buffer{}, l, o); model.KindOf(err) != model.KindInvalid {
		t.Errorf("PDF: %v", err)
	}
	if _, err := letter.Text(l, o); model.KindOf(err) != model.KindInvalid {
		t.Errorf("text: %v", err)
	}
}

// TestPDFSaysWhatTheLetterSays reads the PDF back with pdftotext, which not
// every machine has.
func TestPDFSaysWhatTheLetterSays(t *testing.T) {
	tool, err := exec.LookPath("pdftotext")
	if err != nil {
		t.Log("pdftotext is not installed: the words of the PDF are not checked here")
		return
	}
	l := assembled(t, 40)
	for name, o := range map[string]letter.Options{"signed": signed(t, l), "draft": {}} {
		file := filepath.Join(t.TempDir(), name+".pdf")
		if err := os.WriteFile(file, pdf(t, l, o), 0o600); err != nil {
			t.Fatal(err)
		}
		raw, err := exec.Command(tool, "-layout", file, "-").Output()
		if err != nil {
			t.Fatal(err)
		}
		pages := strings.Split(strings.TrimSuffix(string(raw), "\f"), "\f")
		for i, page := range pages {
			for _, want := range []string{
				"OFFICIAL-SENSITIVE: PERSONAL", "Confidential: health", "NGUYỄN-PRYCE, Llŷr Zoë", "14-Aug-1980", "943 476 5919",
				fmt.Sprintf("Page %d of %d", i+1, len(pages)),
			} {
				if !strings.Contains(page, want) {
					t.Errorf("%s, page %d of %d lacks %q", name, i+1, len(pages), want)
				}
			}
			if draft := strings.Contains(page, "DRAFT"); draft != (name == "draft") {
				t.Errorf("%s, page %d: DRAFT is %v", name, i+1, draft)
			}
		}
		inOrder, err := exec.Command(tool, "-raw", file, "-").Output() // cell by cell, as a screen reader has it
		if err != nil {
			t.Fatal(err)
		}
		all := strings.Join(strings.Fields(string(inOrder)), " ")
		for _, want := range []string{"Meddygfa Tŷ Gwyn", "ŵ ŷ", "Ελληνικά", "Русский", "(five hundred and sixty)", "Sertraline 39", "Tue 08-Dec-2026", "weight gain"} {
			if !strings.Contains(all, want) {
				t.Errorf("%s lacks %q", name, want)
			}
		}
		if has := strings.Contains(all, "Signed electronically"); has != (name == "signed") {
			t.Errorf("%s says signed: %v", name, has)
		}
	}
}

func BenchmarkPDF(b *testing.B) {
	l := assembled(b, 40)
	o := signed(b, l)
	b.ReportAllocs()
	for b.Loop() {
		if err := letter.PDF(&bytes.Buffer{}, l, o); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkText(b *testing.B) {
	l := assembled(b, 40)
	o := signed(b, l)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := letter.Text(l, o); err != nil {
			b.Fatal(err)
		}
	}
}
