package sheet_test

import (
	"bytes"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/throughgate/throughgate/model/sheet"
	"pgregory.net/rapid"
)

var update = flag.Bool("update", false, "rewrite the golden files")

var morning = time.Date(2026, time.November, 23, 8, 0, 0, 0, time.UTC)

// every is a document with every sort of block.
func every() sheet.Document {
	return sheet.Document{
		Title: "Release checklist", About: "Printed 23-Nov-2026 08:00 by KHAN, A (Nurse)", Kind: "Release checklist",
		Marking: "OFFICIAL-SENSITIVE: PERSONAL", Second: "Confidential: health",
		Banner: []sheet.Ends{{Left: "NGUYỄN-PRYCE, Llŷr Zoë", Right: "Born 14-Aug-1980"}, {Left: "NHS number 943 476 5919", Right: "Prison number A1234AA"}},
		Foot:   []string{"HMP Leeds", "Printed 23-Nov-2026 08:00 by KHAN, A (Nurse)"}, At: morning,
		Blocks: []sheet.Block{
			sheet.Heading{Text: "Before release", Aside: "From the record"},
			sheet.Paragraph{Text: "Reads Čeština, Łódź, Ελληνικά, Русский, ğış, ß, Þór and Tŷ Gwyn, over a line that is long enough to go on below."},
			sheet.Paragraph{Text: "Nothing is packed yet.", Bold: true},
			sheet.Bullets{"one", "a second one, which is so long that it does not fit on one line of a screen and goes on"},
			sheet.Pairs{{Name: "Leaves", Value: "Tue 24-Nov-2026 09:30"}, {Name: "Going to", Value: "Approved premises, Caernarfon"}},
			sheet.Checks{{Text: "Photograph matches"}, {Done: true, Text: "Bag number 4711 matches"}},
			sheet.Table{Columns: []string{"", "Line", "State", "Due"}, Rows: [][]string{
				{sheet.Ticked, "Release date confirmed", "Done", "27-Oct-2026"},
				{sheet.Unticked, "Medicines to take out", "In progress: not packed, and nobody has said when it will be", "17-Nov-2026"},
			}},
			sheet.Table{Listed: true, Columns: []string{"Medicine", "Dose"}, Rows: [][]string{{"Sertraline 50 mg tablets", "50 mg by mouth once a day"}}},
			sheet.Signature{Who: "Received by the person"},
			sheet.Box{Head: "Not signed", Lines: []string{"Prepared by KHAN, A"}, Small: []string{"SHA-256 00"}},
		},
	}
}

func pdf(tb testing.TB, d sheet.Document) []byte {
	tb.Helper()
	var out bytes.Buffer
	if err := sheet.PDF(&out, d); err != nil {
		tb.Fatal(err)
	}
	return out.Bytes()
}

func TestTextGolden(t *testing.T) {
	got := sheet.Text(every())
	path := filepath.Join("testdata", "every.txt")
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
		t.Errorf("this is not what stands in the golden file; run make golden and read the difference\n%s", got)
	}
}

// drawn is a document of whatever somebody may have typed.
func drawn(rt *rapid.T) sheet.Document {
	any := func(name string) string {
		return rapid.String().Draw(rt, name) + strings.Repeat("ŵ", rapid.IntRange(0, 300).Draw(rt, name+" long"))
	}
	d := every()
	d.Title, d.About, d.Watermark = any("title"), any("about"), any("watermark")
	d.Marking, d.Foot = any("marking"), []string{any("foot"), any("foot 2")}
	d.Banner = []sheet.Ends{{Left: any("left"), Right: any("right")}, {Left: "\U00010000\U0001f600\uffff"}}
	d.Blocks = []sheet.Block{
		sheet.Heading{Text: any("heading"), Aside: any("aside")}, sheet.Paragraph{Text: any("paragraph")},
		sheet.Bullets{any("bullet")}, sheet.Pairs{{Name: any("name"), Value: any("value")}}, sheet.Checks{{Text: any("check")}},
		sheet.Table{Columns: []string{any("column"), "B", "C"}, Rows: [][]string{{any("cell"), any("cell 2"), ""}, {"short"}}},
		sheet.Table{Listed: true, Columns: []string{"A", "B"}, Rows: [][]string{{any("listed"), any("listed 2"), "too many"}}},
		sheet.Signature{Who: any("who"), Parts: []string{any("part")}}, sheet.Box{Head: any("head"), Lines: []string{any("line")}, Small: []string{any("small")}},
	}
	return d
}

// No line is wider than 80 columns and nothing in it moves a cursor, whatever
// somebody typed.
func TestTextFitsTheScreen(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		for _, line := range strings.Split(sheet.Text(drawn(rt)), "\n") {
			if n := sheet.Width(line); n > 80 {
				rt.Fatalf("%d columns: %q", n, line)
			}
			if strings.ContainsFunc(line, func(r rune) bool { return r < ' ' || r == 0x7f || r >= 0x80 && r < 0xa0 }) {
				rt.Fatalf("a control character is left: %q", line)
			}
		}
	})
}

func TestPDFTakesAnyText(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		if out := pdf(t, drawn(rt)); !bytes.HasPrefix(out, []byte("%PDF-")) {
			rt.Fatal("this is no PDF")
		}
	})
}

func TestPDFIsTheSameEveryTime(t *testing.T) {
	first := pdf(t, every())
	for range 4 {
		if !bytes.Equal(first, pdf(t, every())) {
			t.Fatal("two copies of one document differ")
		}
	}
}

// read gives the words of each page of a PDF, nil where pdftotext is not
// installed.
func read(t *testing.T, content []byte, args ...string) []string {
	t.Helper()
	tool, err := exec.LookPath("pdftotext")
	if err != nil {
		t.Log("pdftotext is not installed: the words of the PDF are not checked here")
		return nil
	}
	file := filepath.Join(t.TempDir(), "sheet.pdf")
	if err := os.WriteFile(file, content, 0o600); err != nil {
		t.Fatal(err)
	}
	raw, err := exec.Command(tool, append(args, file, "-")...).Output()
	if err != nil {
		t.Fatal(err)
	}
	return strings.Split(strings.TrimSuffix(string(raw), "\f"), "\f")
}

// many is a document whose table runs over several pages.
func many(rows int) sheet.Document {
	d := every()
	table := sheet.Table{Columns: []string{"Line", "Words"}}
	for i := range rows {
		table.Rows = append(table.Rows, []string{fmt.Sprintf("first%d", i), strings.Repeat("word ", 60) + fmt.Sprintf("last%d", i)})
	}
	d.Blocks = append(d.Blocks, table)
	return d
}

// A single sheet is never somebody else's, and half a row is never on it.
func TestEveryPageSaysWhoseItIsAndKeepsItsRowsWhole(t *testing.T) {
	pages := read(t, pdf(t, many(60)), "-layout")
	for i, page := range pages {
		for _, want := range []string{
			"OFFICIAL-SENSITIVE: PERSONAL", "Confidential: health", "NGUYỄN-PRYCE, Llŷr Zoë", "Born 14-Aug-1980", "943 476 5919", "A1234AA",
			"HMP Leeds", "Printed 23-Nov-2026", fmt.Sprintf("Page %d of %d", i+1, len(pages)),
		} {
			if !strings.Contains(page, want) {
				t.Errorf("page %d of %d lacks %q", i+1, len(pages), want)
			}
		}
		if first, last := strings.Count(page, "first"), strings.Count(page, "last"); first != last {
			t.Errorf("page %d begins %d rows and ends %d", i+1, first, last)
		}
	}
}

// A row that is longer than a page goes on rather than off the paper.
func TestNothingIsLostBelowThePage(t *testing.T) {
	d := every()
	long := ""
	for i := range 4000 {
		long += fmt.Sprintf("w%d ", i)
	}
	d.Blocks = []sheet.Block{sheet.Table{Columns: []string{"A", "B"}, Rows: [][]string{{"one", long}}}}
	pages := read(t, pdf(t, d))
	words := strings.Fields(strings.Join(pages, " "))
	for i := 0; i < 4000 && pages != nil; i += 97 {
		if !slices.Contains(words, fmt.Sprintf("w%d", i)) {
			t.Fatalf("w%d is not on the paper", i)
		}
	}
}

func TestReadingOrderIsTheDocuments(t *testing.T) {
	pages := read(t, pdf(t, every()), "-raw")
	if pages == nil {
		return
	}
	at := 0
	for _, want := range []string{
		"OFFICIAL-SENSITIVE", "NGUYỄN-PRYCE", "Release checklist", "Before release", "Ελληνικά", "Nothing is packed", "• one",
		"Leaves", "Tue 24-Nov-2026", "☐", "Photograph matches", "☒", "Bag number 4711", "Release date confirmed", "Done", "27-Oct-2026",
		"Medicines to take out", "17-Nov-2026", "Sertraline", "Received by the person", "Signature", "Not signed", "SHA-256",
	} {
		i := strings.Index(pages[0][at:], want)
		if i < 0 {
			t.Fatalf("%q is not read after what stands before it\n%s", want, pages[0])
		}
		at += i
	}
}

func TestOneSheetIsOnePage(t *testing.T) {
	d := many(0)
	for i := range 30 {
		d.Blocks = append(d.Blocks, sheet.Paragraph{Text: fmt.Sprintf("Line %d.", i)})
	}
	for _, tt := range []struct {
		one   bool
		pages int
	}{{false, 2}, {true, 1}} {
		d.OneSheet = tt.one
		if pages := read(t, pdf(t, d)); pages != nil && len(pages) != tt.pages {
			t.Errorf("one sheet %v: %d pages", tt.one, len(pages))
		}
	}
	d.Blocks = append(d.Blocks, many(60).Blocks...)
	if pages := read(t, pdf(t, d)); pages != nil && (len(pages) < 2 || !strings.Contains(strings.Join(pages, ""), "last59")) {
		t.Errorf("%d pages, and the end is missing", len(pages))
	}
}

func BenchmarkPDF(b *testing.B) {
	d := many(60)
	b.ReportAllocs()
	for b.Loop() {
		if err := sheet.PDF(&bytes.Buffer{}, d); err != nil {
			b.Fatal(err)
		}
	}
}
