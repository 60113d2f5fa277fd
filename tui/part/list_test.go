package part_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"
	"pgregory.net/rapid"

	"github.com/throughgate/throughgate/tui/part"
)

// entry is one row of the board that the list tests show.
type entry struct{ id, name, when, state string }

var board = []entry{
	{name: "Today  Mon 23-Nov-2026", state: "5 leaving, 2 not ready"},
	{"A1234BC", "SMITH, John", "09:30", "Meds NO"},
	{"A4411KD", "OKAFOR, Daniel", "10:00", "Meds yes"},
	{"A7702CH", "NOVÁKOVÁ, Jana", "11:15", "Meds yes"},
	{"A7703CH", "王小明", "11:20", "Meds yes"},
	{name: "At court today", state: "3 could be released"},
	{"A9021FA", "PRYCE-WOLFESCHLEGELSTEINHAUSENBERGERDORFF, Llŷr", "", "Meds pack"},
	{name: "Tomorrow  Tue 24-Nov-2026", state: "4 leaving, 4 not ready"},
	{"A5512DD", "NGUYỄN, Văn", "09:00", "Not started"},
}

func boardRows(th *part.Theme, entries []entry) part.Rows {
	columns := part.NewColumns(
		part.Column{Title: "Number", Width: 7}, part.Column{Title: "Name", Width: 19, Flex: 1},
		part.Column{Title: "Time", Width: 5}, part.Column{Title: "Medicines", Width: 12},
	)
	return part.Rows{
		Len: len(entries),
		ID:  func(i int) string { return entries[i].id },
		Line: func(i, width int) part.Line {
			e := entries[i]
			if e.id == "" {
				return part.SidesLine(width, part.Sides{
					Left:  []part.Fragment{{Text: e.name, Style: th.Heading}},
					Right: []part.Fragment{{Text: e.state}},
				})
			}
			return columns.Line(width, part.Cell{Text: e.id}, part.Cell{Text: e.name, Style: th.Title},
				part.Cell{Text: e.when}, part.Cell{Text: e.state, Style: th.Danger})
		},
	}
}

func newBoard(name part.ThemeName, entries []entry) *part.List {
	th := theme(name)
	list := part.NewList(th)
	list.Reset(boardRows(th, entries))
	return list
}

func selected(list *part.List) string {
	id, _ := list.Selected()
	return id
}

func TestListView(t *testing.T) {
	list := newBoard(part.Dark, board)
	press(list, "down", "down")
	requireGolden(t, list.View)
}

func TestListKeysPassOverHeadings(t *testing.T) {
	for _, c := range []struct {
		name string
		keys []string
		want string
	}{
		{"starts below the first heading", nil, "A1234BC"},
		{"up stays on the first", []string{"up"}, "A1234BC"},
		{"down over a heading", []string{"down", "j", "down", "down"}, "A9021FA"},
		{"up over a heading", []string{"end", "k"}, "A9021FA"},
		{"down stays on the last", []string{"end", "down"}, "A5512DD"},
		{"home", []string{"end", "home"}, "A1234BC"},
		{"a page", []string{"pgdown"}, "A5512DD"},
		{"half a page lands past a heading", []string{"ctrl+d"}, "A9021FA"},
		{"page up from the end", []string{"end", "pgup"}, "A1234BC"},
		{"a burst of letters is not a command", []string{"jjj"}, "A1234BC"},
	} {
		t.Run(c.name, func(t *testing.T) {
			list := newBoard(part.Dark, board)
			press(list, c.keys...)
			if got := selected(list); got != c.want {
				t.Errorf("selected %q, want %q", got, c.want)
			}
		})
	}
}

func TestListIgnoresPaste(t *testing.T) {
	list := newBoard(part.Dark, board)
	list.Update(paste("j"))
	if got := selected(list); got != "A1234BC" {
		t.Errorf("a paste moved the cursor to %q", got)
	}
}

func TestListKeepsItsRowWhenRowsChange(t *testing.T) {
	th := theme(part.Dark)
	list := part.NewList(th)
	list.Reset(boardRows(th, board))
	press(list, "down", "down")
	list.View(80, 5)
	before := lineOf(list.View(80, 5), ">")

	more := slices.Insert(slices.Clone(board), 1, entry{id: "A0001AA", name: "NEW, Person"}, entry{id: "A0002AA", name: "NEWER, Person"})
	list.SetRows(boardRows(th, more))
	if got := selected(list); got != "A7702CH" {
		t.Fatalf("an arrival moved the cursor to %q", got)
	}
	if after := lineOf(list.View(80, 5), ">"); after != before {
		t.Errorf("the selected row moved from line %d to %d of the screen", before, after)
	}
}

func TestListSelectsNobodyWhenItsRowGoes(t *testing.T) {
	th := theme(part.Dark)
	list := part.NewList(th)
	list.Reset(boardRows(th, board))
	press(list, "down")
	without := slices.Delete(slices.Clone(board), 2, 3)
	list.SetRows(boardRows(th, without))
	if id, ok := list.Selected(); ok {
		t.Fatalf("%q was selected though nobody chose it", id)
	}
	if strings.Contains(list.View(80, 10), ">") {
		t.Error("a mark stands though nothing is selected")
	}
	t.Run("and finds it again when it comes back", func(t *testing.T) {
		list.SetRows(boardRows(th, board))
		if got := selected(list); got != "A4411KD" {
			t.Errorf("selected %q", got)
		}
	})
	t.Run("or goes on from where it stood", func(t *testing.T) {
		list.SetRows(boardRows(th, without))
		press(list, "down")
		if got := selected(list); got != "A7702CH" {
			t.Errorf("selected %q", got)
		}
	})
}

func TestListKeepsHeadingInSight(t *testing.T) {
	list := newBoard(part.Dark, board)
	press(list, "end")
	list.View(80, 4)
	press(list, "home")
	if view := ansi.Strip(list.View(80, 4)); !strings.HasPrefix(view, "Today") {
		t.Errorf("the heading above the first row is out of sight:\n%s", view)
	}
}

func TestListEmpty(t *testing.T) {
	list := newBoard(part.Dark, nil)
	list.Empty = "Nobody is expected."
	press(list, "down", "up", "end", "pgdown")
	if got := ansi.Strip(list.View(80, 24)); got != "Nobody is expected." {
		t.Errorf("got %q", got)
	}
	if _, ok := list.Selected(); ok {
		t.Error("something is selected in an empty list")
	}
}

// lineOf is the index of the line that starts with a mark, or -1.
func lineOf(view, mark string) int {
	for i, line := range strings.Split(ansi.Strip(view), "\n") {
		if strings.HasPrefix(line, mark) {
			return i
		}
	}
	return -1
}

func TestListStaysInFrame(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		entries := rapid.SliceOfN(rapid.Custom(func(t *rapid.T) entry {
			return entry{rapid.SampledFrom([]string{"", "a", "b", "c"}).Draw(t, "id"), nasty().Draw(t, "name"), nasty().Draw(t, "when"), nasty().Draw(t, "state")}
		}), 0, 30).Draw(t, "entries")
		list := newBoard(rapid.SampledFrom(part.ThemeNames()).Draw(t, "theme"), entries)
		width, height := rapid.IntRange(10, 130).Draw(t, "width"), rapid.IntRange(5, 40).Draw(t, "height")
		for range 5 {
			press(list, rapid.SampledFrom([]string{"up", "down", "pgup", "pgdown", "home", "end", "ctrl+d", "ctrl+u"}).Draw(t, "key"))
			view := list.View(width, height)
			requireFrame(t, view, width, height)
			if _, ok := list.Selected(); ok != (lineOf(view, ">") >= 0) && !strings.Contains(view, "\n>") {
				t.Fatalf("the mark and the selection differ:\n%s", view)
			}
		}
	})
}

// crowd is any number of rows, made as they are asked for.
func crowd(th *part.Theme, n int) part.Rows {
	columns := part.NewColumns(part.Column{Width: 7}, part.Column{Flex: 1}, part.Column{Width: 5},
		part.Column{Width: 12}, part.Column{Width: 10})
	return part.Rows{
		Len: n,
		ID:  func(i int) string { return fmt.Sprintf("A%05dBC", i) },
		Line: func(i, width int) part.Line {
			return columns.Line(width, part.Cell{Text: fmt.Sprintf("A%05dBC", i)}, part.Cell{Text: "NOVÁKOVÁ, Jana", Style: th.Title},
				part.Cell{Text: "09:30"}, part.Cell{Text: "Conditional"}, part.Cell{Text: "Meds NO", Style: th.Danger})
		},
	}
}

// BenchmarkListKeyAndView is one key press and the paint after it, in the middle of the rows.
func BenchmarkListKeyAndView(b *testing.B) {
	for _, n := range []int{100, 5_000, 100_000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			th := theme(part.Dark)
			list := part.NewList(th)
			list.Reset(crowd(th, n))
			list.Select(fmt.Sprintf("A%05dBC", n/2))
			down, up := key("down"), key("up")
			b.ReportAllocs()
			for i := range b.N {
				if i%40 < 20 {
					list.Update(down)
				} else {
					list.Update(up)
				}
				list.View(80, 20)
			}
		})
	}
}

// BenchmarkListSetRows is a live update of the rows, the selected one in the middle.
func BenchmarkListSetRows(b *testing.B) {
	for _, gone := range []bool{false, true} {
		b.Run(fmt.Sprintf("gone=%v", gone), func(b *testing.B) {
			th := theme(part.Dark)
			list := part.NewList(th)
			rows := crowd(th, 100_000)
			ids := make([]string, rows.Len)
			for i := range ids {
				ids[i] = rows.ID(i)
			}
			rows.ID = func(i int) string { return ids[i] }
			list.Reset(rows)
			list.Select("A50000BC")
			if gone {
				ids[50_000] = "A00000XX"
			}
			for b.Loop() {
				list.SetRows(rows)
			}
		})
	}
}
