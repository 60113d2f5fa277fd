package tui_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/throughgate/throughgate/model"
)

// crowd is a prison of so many, one in twelve of whom leaves within four weeks.
func crowd(n int) []model.Row {
	families := []string{"SMITH", "OKAFOR", "NOVÁKOVÁ", "PRYCE", "NGUYỄN-O'BRIEN", "AHMED", "WILLIAMS", "O'CONNOR", "ŁUKASIEWICZ", "EVANS"}
	given := []string{"John", "Daniel", "Jana", "Llŷr", "Siân", "Yusuf", "Mary", "Patrick"}
	today := model.DayOf(deskNow)
	rows := make([]model.Row, n)
	for i := range rows {
		r := &rows[i]
		r.ID = personID(fmt.Sprint(i))
		r.Name = fmt.Sprintf("%s%c%c, %s", families[i%len(families)], 'A'+i/26%26, 'A'+i%26, given[i/10%len(given)])
		r.Prison = fmt.Sprintf("A%04d%c%c", i%10000, 'A'+i/10000%26, 'A'+i/260000%26)
		r.Born, _ = model.ParsePartialDate("1980-08-14")
		r.Stay = model.Stay{Site: "LEI", Cell: fmt.Sprintf("%c-%d-%03d", 'A'+i%6, i%4, i%200)}
		r.GP, r.Meds, r.Letter, r.Open = "yes", "NO", "draft", uint32(i%256)
		if i%12 == 0 {
			r.Release = model.Release{Day: today + model.Day(i/12%28), Time: "09:30", Basis: model.BasisConditional}
		}
	}
	return rows
}

// openOn starts the program over so many people, on one of its two lists, in
// real time: no bubble for a benchmark.
func openOn(b *testing.B, n int, list string) *driver {
	b.Helper()
	k := newDesk(func() time.Time { return deskNow })
	k.fixed = crowd(n)
	d := begin(b, k, scene{signedIn: "a.khan"})
	b.Cleanup(func() {
		d.app.Close()
		close(d.done)
	})
	d.until(" leaving, ")
	if list == "everybody" {
		d.update(key("tab"))
		d.until(" No release date")
	}
	return d
}

// until takes answers as they come until a text stands on the screen.
func (d *driver) until(text string) {
	for !strings.Contains(d.app.View(), text) {
		d.update(<-d.msgs)
	}
}

var people = []int{5_000, 100_000}

// A key that moves the cursor, and the screen painted: what stands between a
// press and the terminal besides bubbletea.
func BenchmarkKeyAndView(b *testing.B) {
	for _, n := range people {
		for _, list := range []string{"releases", "everybody"} {
			b.Run(fmt.Sprintf("%s/%d", list, n), func(b *testing.B) {
				d := openOn(b, n, list)
				moves := []tea.KeyMsg{key("down"), key("pgdown"), key("down"), key("end"), key("up"), key("home")}
				i := 0
				b.ReportAllocs()
				for b.Loop() {
					d.app.Update(moves[i%len(moves)])
					if len(d.app.View()) == 0 {
						b.Fatal("nothing was painted")
					}
					i++
				}
			})
		}
	}
}

// A letter typed into the filter, and the screen painted; the search itself runs
// beside it.
func BenchmarkFilterKey(b *testing.B) {
	for _, n := range people {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			d := openOn(b, n, "everybody")
			d.app.Update(key("/"))
			letters := []tea.KeyMsg{key("s"), key("m"), key("backspace"), key("backspace")}
			i := 0
			for b.Loop() {
				d.app.Update(letters[i%len(letters)])
				d.app.View()
				i++
			}
		})
	}
}

// News of one write, until the board shows it: what the desk is asked and the
// answer taken. It runs in a command, so no key waits for it.
func BenchmarkNews(b *testing.B) {
	for _, n := range people {
		for _, list := range []string{"releases", "everybody"} {
			b.Run(fmt.Sprintf("%s/%d", list, n), func(b *testing.B) {
				d := openOn(b, n, list)
				s := d.app.Shown()
				for b.Loop() {
					d.app.Update(answerOf(s.Load()))
				}
			})
		}
	}
}

// The answer to news taken in Update, which keys do wait for: with the cursor at
// the end, and on somebody who has just gone, for whom the whole list is looked
// through.
func BenchmarkTakingTheAnswer(b *testing.B) {
	for _, n := range people {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			d := openOn(b, n, "everybody")
			d.app.Update(key("end"))
			s := d.app.Shown()
			msg := answerOf(s.Load())
			d.desk.fixed = d.desk.fixed[:n-1]
			d.app.Update(msg)
			without := answerOf(s.Load())
			d.app.Update(without)
			i := 0
			for b.Loop() {
				d.app.Update([]tea.Msg{msg, without}[i%2])
				d.app.View()
				i++
			}
		})
	}
}

// answerOf runs the commands of one question to its answer, and leaves the tick
// that comes with it alone.
func answerOf(cmd tea.Cmd) tea.Msg {
	msg := cmd()
	if batch, ok := msg.(tea.BatchMsg); ok {
		return batch[0]()
	}
	return msg
}
