package model_test

import (
	"fmt"
	"math/rand/v2"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/throughgate/throughgate/model"
	"pgregory.net/rapid"
)

func smallIndex(tb testing.TB) *model.PracticeIndex {
	tb.Helper()
	rows := []string{
		practiceRow("A81001", "THE ELMS SURGERY", "HEALTH CENTRE|1 HIGH STREET|STOCKTON ON TEES", "TS18 1HU", "19740401", "", "A", "4"),
		practiceRow("B86001", "ELM TREE PRACTICE", "2 TOWN STREET|ARMLEY|LEEDS", "LS12 2TJ", "19740401", "", "A", "4"),
		practiceRow("B86002", "ARMLEY MED.CTR", "3 TOWN STREET|LEEDS", "LS12 3HD", "19740401", "", "A", "4"),
		practiceRow("B86003", "ARMLEY OLD SURGERY", "4 TOWN STREET|LEEDS", "LS12 3HD", "19740401", "20171031", "C", "4"),
		practiceRow("B83001", "CITY PRACTICE", "LEEDS ROAD|BRADFORD", "BD1 1AA", "19740401", "", "A", "4"),
		practiceRow("W97001", "MEDDYGFA TŶ GWYN", "HEOL Y COED|CAERDYDD", "CF24 0UG", "19740401", "", "A", "4"),
		practiceRow("Y02289", "HMP LEEDS", "ARMLEY|LEEDS", "LS12 2TJ", "20030401", "", "A", "25"),
	}
	practices, bad, err := model.ParsePractices(strings.NewReader(strings.Join(rows, "\n")))
	if err != nil || len(bad) != 0 {
		tb.Fatal(bad, err)
	}
	outcodes, _, err := model.ParseOutcodes(strings.NewReader(outcodeFile))
	if err != nil {
		tb.Fatal(err)
	}
	return model.NewPracticeIndex(practices, outcodes)
}

func codesOf(hits []model.PracticeHit) string {
	codes := make([]string, len(hits))
	for i, h := range hits {
		codes[i] = string(h.Code)
	}
	return strings.Join(codes, " ")
}

func TestPracticesAreFoundAsTyped(t *testing.T) {
	x := smallIndex(t)
	for text, want := range map[string]string{
		"elm":              "B86001 A81001", // both names begin with it, one is it
		"elms":             "A81001",
		"surgery elms the": "A81001",
		"armley":           "B86002 B86001 B86003 Y02289", // names before addresses, those that can be chosen first
		"leeds":            "B86002 B83001 B86001 Y02289 B86003",
		"LEEDS arm":        "B86002 B86001 B86003 Y02289",
		"armley medical":   "B86002",
		"ls12 2tj":         "B86001 Y02289",
		"ls122tj":          "B86001 Y02289",
		"LS122":            "B86001 Y02289",
		"b":                "B86002 B83001 B86001 B86003", // a letter alone is no code, so the name decides
		"b86002":           "B86002",
		"b 86002":          "B86002",
		"B86":              "B86002 B86001 B86003",
		"ty gwyn":          "W97001",
		"Tŷ caer":          "W97001",
		"y02289":           "Y02289",
		"b86003":           "B86003",
		"nowhere":          "",
		"":                 "",
		"  -- ":            "",
		"leeds nowhere":    "",
	} {
		hits, total := x.Search(model.PracticeQuery{Text: text})
		if got := codesOf(hits); got != want || total != len(hits) {
			t.Errorf("%q: got %q (%d), want %q", text, got, total, want)
		}
	}
}

func TestPracticesNearby(t *testing.T) {
	x := smallIndex(t)
	hits, total := x.Search(model.PracticeQuery{Near: "ls12 2tj", ActiveOnly: true, Limit: 3})
	if codesOf(hits) != "B86002 B86001 B83001" || total != 5 {
		t.Errorf("got %s of %d", codesOf(hits), total)
	}
	if hits[0].Km != 0 || hits[2].Km < 10 || hits[2].Km > 12 {
		t.Errorf("distances %.1f and %.1f km", hits[0].Km, hits[2].Km)
	}
	hits, _ = x.Search(model.PracticeQuery{Text: "surgery", Near: "LS12"})
	if codesOf(hits) != "A81001 B86003" || hits[0].Km != -1 {
		t.Errorf("a practice without a known distance: %s, %.1f km", codesOf(hits), hits[0].Km)
	}
	if hits, total := x.Search(model.PracticeQuery{Near: "nowhere"}); hits != nil || total != 0 {
		t.Error("an unknown place has nothing near it")
	}
}

func TestPracticeOfACode(t *testing.T) {
	x := smallIndex(t)
	if p, ok := x.Find("B86002"); !ok || p.Name != "Armley Med.Ctr" {
		t.Errorf("found %v, %v", p.Name, ok)
	}
	if _, ok := x.Find("Z99999"); ok || x.Len() != 7 {
		t.Error("a code that does not exist was found")
	}
}

// Whatever is typed, the index must answer what looking at every row answers.
func TestPracticeIndexAgreesWithLookingAtEveryRow(t *testing.T) {
	practices := inventedPractices(400)
	x := model.NewPracticeIndex(practices, nil)
	rapid.Check(t, func(t *rapid.T) {
		p := rapid.SampledFrom(practices).Draw(t, "practice")
		source := strings.Fields(model.Fold(strings.Join(p.Lines(), " ") + " " + string(p.Code)))
		var words []string
		for range rapid.IntRange(1, 3).Draw(t, "words") {
			word := rapid.SampledFrom(source).Draw(t, "word")
			words = append(words, word[:rapid.IntRange(1, len(word)).Draw(t, "letters")])
		}
		hits, total := x.Search(model.PracticeQuery{Text: strings.Join(words, " "), Limit: 500})
		if !slices.ContainsFunc(hits, func(h model.PracticeHit) bool { return h.Code == p.Code }) {
			t.Fatalf("%q does not find %s among %d", words, p.Code, total)
		}
		for _, h := range hits {
			if !rowHasAll(h.Practice, words) {
				t.Fatalf("%q finds %s, which lacks a word", words, h.Code)
			}
		}
	})
}

func rowHasAll(p model.Practice, words []string) bool {
	row := strings.Fields(model.Fold(strings.Join(p.Lines(), " ") + " " + p.Name + " " + string(p.Code)))
	row = append(row, model.Fold(strings.ReplaceAll(p.Postcode, " ", "")), "centre", "street", "saint")
	begins := func(word string) bool {
		return slices.ContainsFunc(row, func(s string) bool { return strings.HasPrefix(s, word) })
	}
	joined := strings.Join(words, "")
	return begins(joined) || !slices.ContainsFunc(words, func(w string) bool { return !begins(w) })
}

// inventedPractices makes rows of the size and variety of the real file.
func inventedPractices(n int) []model.Practice {
	random := rand.New(rand.NewPCG(20231201, 1))
	pick := func(words string) string {
		all := strings.Fields(words)
		return all[random.IntN(len(all))]
	}
	syllable := func() string { return pick("BRAM LEY WICK HOR TON FORD STAN DEN HAM WEST ASH BY LAN KIRK MOOR SEA") }
	place := func() string { return syllable() + syllable() + syllable() }
	var file strings.Builder
	for i := range n {
		name := fmt.Sprintf("THE %s %s", place(), pick("SURGERY PRACTICE CENTRE CLINIC"))
		address := fmt.Sprintf("%s HEALTH CTR|%d %s ST|%s|%s", place(), random.IntN(200), place(), place(), pick("KENT ESSEX DEVON SURREY CUMBRIA"))
		postcode := fmt.Sprintf("%s%d %d%s", pick("LS BD M CF TS EX NE B SE N"), 1+random.IntN(28), random.IntN(10), pick("AA AB BD DE FG HJ LN PQ RS TU"))
		file.WriteString(practiceRow(fmt.Sprintf("%c%05d", 'A'+i%16, i), name, address, postcode, "19740401", "", pick("A A A C"), pick("4 4 9")) + "\n")
	}
	practices, bad, err := model.ParsePractices(strings.NewReader(file.String()))
	if err != nil || len(bad) > 0 {
		panic(fmt.Sprint(bad, err))
	}
	return practices
}

// benchIndex is of the real rows where somebody has them.
func benchIndex(b *testing.B) (practices []model.Practice, outcodes []model.Outcode) {
	b.Helper()
	if practices, outcodes = realPractices(b); practices == nil {
		practices = inventedPractices(16000)
		outcodes, _, _ = model.ParseOutcodes(strings.NewReader(outcodeFile))
	}
	return practices, outcodes
}

// A key of the picker: the worst is the first letter of a frequent word, by
// distance.
func BenchmarkPracticeSearch(b *testing.B) {
	practices, outcodes := benchIndex(b)
	x := model.NewPracticeIndex(practices, outcodes)
	for _, q := range []model.PracticeQuery{
		{Text: "s"}, {Text: "th"}, {Text: "leeds surg"}, {Text: "t s c r m h l p"}, {Text: "ls122tj"}, {Text: "b86001"}, {Text: "s", Near: "LS12"}, {Near: "LS12"},
	} {
		b.Run(strings.TrimSpace(q.Text+" "+q.Near), func(b *testing.B) {
			for b.Loop() {
				x.Search(q)
			}
		})
	}
}

func BenchmarkPracticeIndexBuild(b *testing.B) {
	practices, outcodes := benchIndex(b)
	for b.Loop() {
		model.NewPracticeIndex(practices, outcodes)
	}
}

// The picker's promise: under 5 ms a key at 16,000 rows, in 10 MB. The limit
// here is loose enough for a busy machine with the race detector on.
func TestPracticeIndexKeepsItsPromise(t *testing.T) {
	before := heapNow()
	practices := inventedPractices(16000)
	x := model.NewPracticeIndex(practices, nil)
	practices = nil
	if used := (heapNow() - before) >> 10; used > 10<<10 {
		t.Errorf("the index of 16,000 practices takes %d KiB", used)
	}
	begin := time.Now()
	const keys = 50
	for range keys {
		x.Search(model.PracticeQuery{Text: "the"})
	}
	if per := time.Since(begin) / keys; per > 50*time.Millisecond {
		t.Errorf("a key takes %s", per)
	}
	runtime.KeepAlive(x)
}

func heapNow() int64 {
	runtime.GC()
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return int64(m.HeapAlloc)
}

// A practice that said no of late comes after those that did not, and is never
// hidden; its code finds it first all the same.
func TestAPracticeThatRefusedIsBehindAndNotHidden(t *testing.T) {
	x := smallIndex(t)
	q := model.PracticeQuery{Text: "armley", Behind: func(c model.ODSCode) bool { return c == "B86002" }}
	if hits, total := x.Search(q); codesOf(hits) != "B86001 B86002 B86003 Y02289" || total != 4 {
		t.Errorf("got %s, %d", codesOf(hits), total)
	}
	q.Text = "b86002"
	if hits, _ := x.Search(q); codesOf(hits)[:6] != "B86002" {
		t.Errorf("got %s", codesOf(hits))
	}
}

func TestWhatPracticesSaidIsRememberedForAWhile(t *testing.T) {
	reg := func(steps ...model.GPStep) model.Registration {
		var r model.Registration
		for _, s := range steps {
			r.Steps = append(r.Steps, model.RegistrationStep{GPStep: s})
		}
		return r
	}
	choose := func(code model.ODSCode, day model.Day) model.GPStep {
		return model.GPStep{State: model.RegChoosing, Practice: model.ChosenPractice{Code: code}, Day: day}
	}
	said := func(state model.RegistrationState, day model.Day) model.GPStep {
		return model.GPStep{State: state, Day: day}
	}
	for name, c := range map[string]struct {
		all    []model.Registration
		words  string
		behind bool
	}{
		"nothing": {nil, "", false},
		"closed":  {[]model.Registration{reg(choose("B86001", today-20), said(model.RegListClosed, today-11))}, "refused 1 person in the last 90 days, list closed 12-Nov-2026", true},
		"twice by one person": {[]model.Registration{reg(choose("B86001", today-20), said(model.RegRejected, today-12), said(model.RegSent, today-12), said(model.RegListClosed, today-11))},
			"refused 1 person in the last 90 days, list closed 12-Nov-2026", true},
		"two people": {[]model.Registration{reg(choose("B86001", today-20), said(model.RegListClosed, today-11)), reg(choose("B86001", today-20), said(model.RegRejected, today-13))},
			"refused 2 people in the last 90 days, list closed 12-Nov-2026", true},
		"another practice": {[]model.Registration{reg(choose("B86001", today-20), choose("B86002", today-15), said(model.RegListClosed, today-11))}, "", false},
		"long ago":         {[]model.Registration{reg(choose("B86001", today-200), said(model.RegListClosed, today-model.MemoryDays))}, "", false},
		"out of area":      {[]model.Registration{reg(choose("B86001", today-20), said(model.RegOutOfArea, today-11))}, "refused 1 person in the last 90 days, out of area 12-Nov-2026", false},
		"open again": {[]model.Registration{reg(choose("B86001", today-20), said(model.RegListClosed, today-12)), reg(choose("B86001", today-20), said(model.RegAccepted, today-11))},
			"refused 1 person in the last 90 days, accepted one since 12-Nov-2026", false},
	} {
		memory := model.PracticeMemory{}
		for _, r := range c.all {
			memory.Add(r, today)
		}
		if word := memory["B86001"]; word.Words() != c.words || word.Behind() != c.behind {
			t.Errorf("%s: %q, %v", name, word.Words(), word.Behind())
		}
	}
}
