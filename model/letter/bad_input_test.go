package letter_test

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/throughgate/throughgate/model"
	"github.com/throughgate/throughgate/model/letter"
)

func easyPDF(tb testing.TB, l model.Letter, e letter.Easy) []byte {
	tb.Helper()
	var out bytes.Buffer
	if err := letter.EasyPDF(&out, l, e); err != nil {
		tb.Fatal(err)
	}
	return out.Bytes()
}

func easyText(tb testing.TB, l model.Letter, e letter.Easy) string {
	tb.Helper()
	out, err := letter.EasyText(l, e)
	if err != nil {
		tb.Fatal(err)
	}
	return out
}

// pagesOf reads a PDF back in the order in which a screen reader does; none when
// pdftotext is not installed.
func pagesOf(t *testing.T, pdf []byte) []string {
	t.Helper()
	tool, err := exec.LookPath("pdftotext")
	if err != nil {
		t.Log("pdftotext is not installed: the words of the PDF are not checked here")
		return nil
	}
	file := filepath.Join(t.TempDir(), "letter.pdf")
	if err := os.WriteFile(file, pdf, 0o600); err != nil {
		t.Fatal(err)
	}
	raw, err := exec.Command(tool, "-raw", file, "-").Output()
	if err != nil {
		t.Fatal(err)
	}
	return strings.Split(strings.TrimSuffix(string(raw), "\f"), "\f")
}

// hard is a letter of somebody of whom little is known, with all that is long.
func hard(tb testing.TB) model.Letter {
	tb.Helper()
	r := model.NewRecord(model.PersonID{3}, model.Compartments())
	clock := model.Clock{Node: 1}
	changes := []model.Change{
		&model.PersonNamed{Name: model.PersonName{Family: strings.Repeat("Featherstonehaugh-", 3) + "Cholmondeley", Given: []string{"Bartholomew", "Maximilian"}}},
		&model.StaySet{Site: "LEI", Received: model.DayOf(morning) - 50},
		&model.LetterDraft{Heading: model.HeadingSummary, Text: strings.Repeat("Seen again and stable, no change in plan. ", 97)[:4000]},
		&model.LetterDraft{Heading: model.HeadingPlan, Text: "GP: " + strings.Repeat("repeat the bloods ", 200) + "| soon"},
		&model.LetterDraft{Heading: model.HeadingContact, Text: "Healthcare 0113 496 0100"},
		&model.LetterDraft{Heading: model.HeadingAdvice, Text: strings.Repeat("x", 4000)},
	}
	changes = append(changes, medicines(40, model.DayOf(morning))...)
	for _, c := range changes {
		r.Fold(&model.Op{Stamp: clock.Next(morning), Actor: prescriber, Person: r.ID, Kind: c.Kind(), Change: c, Compartment: c.Compartment()})
	}
	return model.Assemble(r, model.LetterFacts{Prison: model.LetterPrison{Code: "LEI", Name: "HMP Leeds"}, Author: prescriber, Now: morning})
}

// A name of 80 letters, no GP, no NHS number, no address, texts of 4,000
// characters and 40 medicines: everything is there, and nothing is torn apart.
func TestHardLettersArePrintedWhole(t *testing.T) {
	l := hard(t)
	if n := len([]rune(l.Person.Name)); n < 80 {
		t.Fatalf("the name has %d letters", n)
	}
	for name, out := range map[string][]byte{"letter": pdf(t, l, letter.Options{}), "easy read": easyPDF(t, l, letter.Easy{})} {
		pages := pagesOf(t, out)
		if pages == nil {
			return
		}
		all := strings.Join(strings.Fields(strings.Join(pages, " ")), " ")
		for i := range 40 {
			if i > 0 && !strings.Contains(all, fmt.Sprintf("Sertraline %d 50 mg tablets", i)) && !strings.Contains(all, fmt.Sprintf("Sertraline %d", i)) {
				t.Errorf("%s lacks medicine %d", name, i)
			}
		}
		want := map[string][]string{
			"letter":    {"None registered", "NHS number: Not recorded", "Address and contact: Not recorded", "BARTHOLOMEW"},
			"easy read": {"You have no GP yet.", "You do not need an address.", "NHS number Not recorded"},
		}[name]
		for _, words := range want {
			if words == "BARTHOLOMEW" {
				words = "Bartholomew Maximilian"
			}
			if !strings.Contains(all, words) {
				t.Errorf("%s lacks %q", name, words)
			}
		}
		holdsPages(t, name, l, pages)
	}
	if n := strings.Count(strings.Join(strings.Fields(text(t, l, letter.Options{})), " "), "Seen again and stable"); n != 95 {
		t.Errorf("of the summary the text has %d sentences", n)
	}
}

// holdsPages fails when a page ends with a heading whose text is on the next one.
func holdsPages(t *testing.T, name string, l model.Letter, pages []string) {
	t.Helper()
	heads := map[string]bool{}
	for _, s := range l.Sections {
		heads[s.Heading] = true
	}
	for i, page := range pages {
		lines := strings.Split(strings.TrimSpace(page), "\n")
		for n := len(lines) - 1; n > 0 && n > len(lines)-4; n-- {
			line := strings.TrimSpace(lines[n])
			if heads[line] {
				t.Errorf("%s: page %d ends with the heading %q", name, i+1, line)
			}
		}
	}
}

// In every European script, and never a crash in one that is not.
func TestEveryEuropeanScriptIsPrinted(t *testing.T) {
	l := assembled(t, 2)
	names := []string{"Llŷr Ŵyn", "Nguyễn Thị Hồng", "Łukasz Żółć", "Ąžuolas Šėža", "Ωμέγα Ελένη", "Юрий Щёголев", "Þórður Ðæ", "Őrsi Űbel", "Ğülşah İnci"}
	for i := range l.Sections {
		if l.Sections[i].Code == model.HeadingSummary {
			l.Sections[i].Lines = append(names, "محمد", "漢字")
		}
	}
	pages := pagesOf(t, pdf(t, l, letter.Options{}))
	if pages == nil {
		return
	}
	all := strings.Join(pages, "\n")
	for _, name := range names {
		if !strings.Contains(all, name) {
			t.Errorf("%s is not in the PDF", name)
		}
	}
	if strings.Contains(all, "محمد") || !strings.Contains(all, "□ stands for a letter that this print cannot show") {
		t.Error("a script that cannot be printed is not said to be missing")
	}
}

// What the screen reader reads is in the order of the letter.
func TestPDFIsReadInTheOrderOfTheLetter(t *testing.T) {
	l := assembled(t, 6)
	pages := pagesOf(t, pdf(t, l, signed(t, l)))
	if pages == nil {
		return
	}
	all, at := strings.Join(strings.Fields(strings.Join(pages, " ")), " "), 0
	for _, s := range l.Sections {
		words := []string{s.Heading}
		words = append(words, s.Lines...)
		if s.Table != nil {
			for _, row := range s.Table.Rows {
				words = append(words, row...)
			}
		}
		for _, w := range words {
			if w = strings.Join(strings.Fields(w), " "); len(w) > 60 {
				w = w[:30]
			}
			next := strings.Index(all[at:], w)
			if next < 0 {
				t.Fatalf("%s: %q does not come where it should", s.Heading, w)
			}
			at += next
		}
	}
}

// custody is everything that only custody may know, each with a mark.
func custody(r *model.Record) (marks []string) {
	clock := model.Clock{Node: 9}
	for _, c := range []model.Change{
		&model.CustodyNoted{Text: "QXNOTE on his offence"}, &model.AlertSet{Code: "XEL", Active: true},
		&model.AlertSet{Code: "DCC", Active: true}, &model.LocationSet{Cell: "QXCELL"},
		&model.StaySet{Site: "LEI", BookingID: "QXBOOK", LegalStatus: "QXRECALL", Status: "QXSTATUS", Received: model.DayOf(morning) - 120},
		&model.InstructionGiven{Text: "QXINSTRUCTION"},
		&model.MovementRecorded{Movement: model.Movement{Type: model.MovementCourt, Reason: "CRT", At: model.InstantOf(morning), Other: "QXCOURT", Note: "QXMOVED"}},
	} {
		r.Fold(&model.Op{Stamp: clock.Next(morning.Add(time.Hour)), Actor: prescriber, Person: r.ID, Kind: c.Kind(), Change: c, Compartment: c.Compartment()})
	}
	return []string{"QX", model.AlertWords("XEL"), model.AlertWords("DCC"), "offence"}
}

func TestNoCopyOfALetterTellsCustodyMatters(t *testing.T) {
	r := leaver(t, 3)
	marks := custody(r)
	facts := model.LetterFacts{Prison: model.LetterPrison{Code: "LEI", Name: "HMP Leeds"}, Author: prescriber, Now: morning.Add(2 * time.Hour)}
	discharge, late := model.Assemble(r, facts), model.AssembleResults(r, facts)
	frozen, _, err := discharge.Freeze()
	if err != nil {
		t.Fatal(err)
	}
	frozenLate, _, err := late.Freeze()
	if err != nil {
		t.Fatal(err)
	}
	easy := letter.Easy{Welsh: true}
	for name, copied := range map[string]string{
		"frozen letter": string(frozen), "frozen results letter": string(frozenLate),
		"text": text(t, discharge, letter.Options{}), "results text": text(t, late, letter.Options{}),
		"PDF": strings.Join(pagesOf(t, pdf(t, discharge, letter.Options{})), " "), "results PDF": strings.Join(pagesOf(t, pdf(t, late, letter.Options{})), " "),
		"easy read": easyText(t, discharge, easy), "easy-read PDF": strings.Join(pagesOf(t, easyPDF(t, discharge, easy)), " "),
	} {
		for _, mark := range marks {
			if strings.Contains(strings.ToUpper(copied), strings.ToUpper(mark)) {
				t.Errorf("%s holds %q", name, mark)
			}
		}
	}
}

// The person's copy says nothing of risk, of other people or of prison, and
// nothing that only a clinician understands.
func TestEasyReadSaysNothingOfRiskOrPrison(t *testing.T) {
	l := assembled(t, 5)
	l.Sections = append(l.Sections, model.Section{Code: "risks-to-others", Heading: "Risks to others", Lines: []string{"QXRISK to staff"}})
	got := easyText(t, l, letter.Easy{Options: letter.Options{}, Welsh: true})
	for _, never := range []string{"QXRISK", "risk", "prison", "HMP", "A1234AA", "in possession", "TTO", "EPS", "FP10", "reconciled", "indication"} {
		if strings.Contains(strings.ToLower(got), strings.ToLower(never)) {
			t.Errorf("it says %q:\n%s", never, got)
		}
	}
	for _, want := range []string{"EICH MEDDYGINIAETHAU / YOUR MEDICINES", "You need more by Tuesday 8 December 2026.", "Meddygfa Tŷ Gwyn", "Call 111.", "Call 999 at once.", "Samaritans 116 123", "Carry naloxone.", "Healthcare 0113 496 0100", "DRAFT"} {
		if !strings.Contains(got, want) {
			t.Errorf("it lacks %q:\n%s", want, got)
		}
	}
	if english := easyText(t, l, letter.Easy{}); strings.Contains(english, "Eich") || strings.Contains(english, "EICH") {
		t.Error("Welsh was not asked for")
	}
	for _, line := range strings.Split(got, "\n") {
		if n := len(strings.Fields(line)); n > 16 {
			t.Errorf("%d words in one line: %q", n, line)
		}
	}
}

// Why somebody was not seen, and why the letter goes out against their answer,
// stand on the first page of every form of it.
func TestWhyIsSaidInTextAndPDF(t *testing.T) {
	l := assembled(t, 1)
	l.NotSeen, l.NotSeenWhy, l.SharedWhy = true, "left before the clinic", "Risk to life: told a nurse of a plan"
	text, err := letter.Text(l, letter.Options{})
	if err != nil {
		t.Fatal(err)
	}
	var pdf bytes.Buffer
	if err := letter.PDF(&pdf, l, letter.Options{}); err != nil {
		t.Fatal(err)
	}
	all := []string{text}
	if pages := pagesOf(t, pdf.Bytes()); len(pages) > 0 {
		all = append(all, pages[0])
	}
	for _, out := range all {
		for _, want := range []string{"NOT SEEN AT DISCHARGE", "left before the clinic", "SHARED WITHOUT THE PERSON'S AGREEMENT", "Risk to life: told a nurse of a plan"} {
			if !strings.Contains(strings.Join(strings.Fields(out), " "), want) {
				t.Errorf("it lacks %q:\n%s", want, out)
			}
		}
	}
}

// The appointments stand in sentences of their own, each with day, time and place,
// and what a clinician added stands below them once.
func TestEasyReadTellsWhereToGo(t *testing.T) {
	l := assembled(t, 1)
	l.Sections = slices.DeleteFunc(l.Sections, func(s model.Section) bool { return s.Code == model.HeadingAppointments })
	l.Sections = append(l.Sections, model.Section{Code: model.HeadingAppointments, Lines: []string{"QX1", "QX2", "Bring your glasses."}})
	l.Data.Appointments = []model.LetterAppointment{
		{Name: "Hospital, heart clinic", Where: "Leeds General Infirmary", Phone: "0113 243 2799", Day: model.NewDay(2026, time.November, 26), Time: "10:30", Told: true},
		{Name: "Dentist", Again: true, Due: model.NewDay(2026, time.December, 1)},
	}
	got := easyText(t, l, letter.Easy{})
	for _, want := range []string{
		"Hospital, heart clinic", "Day: Thursday 26 November 2026.", "Time: 10:30.", "Place: Leeds General Infirmary.", "Telephone: 0113 243 2799", "We gave you a letter about it.",
		"You cannot go on the old day.", "We ask for a day.", "You hear by Tuesday 1 December 2026.", "Bring your glasses.", "If you cannot go, call them",
	} {
		if !strings.Contains(got, want) {
			t.Errorf("it lacks %q:\n%s", want, got)
		}
	}
	if strings.Contains(got, "QX") {
		t.Errorf("it says the letter's own lines as well:\n%s", got)
	}
}

// More of a medicine is got on a day on which somebody is there, and a drug service
// goes on with opioid substitution.
func TestEasyReadSaysWhomToAskForMoreAndByWhen(t *testing.T) {
	saturday, tuesday := model.NewDay(2026, time.December, 26), model.NewDay(2026, time.December, 15)
	for _, c := range []struct {
		name string
		next model.Day
		want string
	}{
		{"Sertraline", tuesday, "Ask your GP before that day."},
		{"Sertraline", saturday, "They are shut then. Ask your GP by Thursday 24 December 2026."},
		{"Methadone", tuesday, "Ask your drug service before that day."},
		{"Methadone", saturday, "They are shut then. Ask your drug service by Thursday 24 December 2026."},
	} {
		l := assembled(t, 1)
		supply := model.LetterSupply{SupplyDecision: model.SupplyDecision{Route: model.SupplyEPS, Quantity: 2800, Unit: "tablets", Days: 28}, Next: c.next}
		l.Data.Medicines = []model.LetterMedicine{{Name: c.name, Dose: "1 tablet", Supply: &supply}}
		if got := strings.Join(strings.Fields(easyText(t, l, letter.Easy{})), " "); !strings.Contains(got, c.want) {
			t.Errorf("of %s until %s it lacks %q:\n%s", c.name, c.next, c.want, got)
		}
	}
}

func TestEasyReadPutsLatinIntoPlainWords(t *testing.T) {
	l := assembled(t, 1)
	l.Data.Medicines[0].Route, l.Data.Medicines[0].Frequency = "PO", "BD"
	if got := easyText(t, l, letter.Easy{}); !strings.Contains(got, "Take: 40 mg, by mouth, twice a day.") {
		t.Errorf("it says\n%s", got)
	}
}

func TestWhoHasNoEasyReadCopyIsTold(t *testing.T) {
	l := assembled(t, 1)
	l.Data = nil
	if _, err := letter.EasyText(l, letter.Easy{}); model.KindOf(err) != model.KindInvalid {
		t.Errorf("of an old letter: %v", err)
	}
	late := assembled(t, 1)
	late.Kind = model.LetterResults
	if err := letter.EasyPDF(&bytes.Buffer{}, late, letter.Easy{}); model.KindOf(err) != model.KindInvalid {
		t.Errorf("of a results letter: %v", err)
	}
}

func BenchmarkEasyPDF(b *testing.B) {
	l := assembled(b, 40)
	o := signed(b, l)
	b.ReportAllocs()
	for b.Loop() {
		if err := letter.EasyPDF(&bytes.Buffer{}, l, letter.Easy{Options: o}); err != nil {
			b.Fatal(err)
		}
	}
}
