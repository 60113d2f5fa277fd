package tui_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/throughgate/throughgate/model"
)

// A large prison: so many people, of whom so many leave within four weeks.
const (
	inPrison = 1_500
	inWindow = 475
)

// frameMilliseconds is one frame at 60 a second: what opening a list, or a letter
// typed into its filter, may take until it is painted.
const frameMilliseconds = 16.7

// prisonRows is that prison. Everybody has a checklist that is half done, and a
// sentence for which a release may come forward.
func prisonRows() []model.Row {
	rows, today := crowd(inPrison), model.DayOf(deskNow)
	all := uint32(1)<<len(model.Checklist()) - 1
	for i := range rows {
		r := &rows[i]
		r.Open, r.Release = all&(uint32(i)*0x9E3779B1|0x0F00_0F00), model.Release{}
		r.Stay.LegalStatus, r.Stay.Received = "SENTENCED", today-200
		if i < inWindow {
			r.Release = model.Release{Day: today + model.Day(i%28), Time: fmt.Sprintf("%02d:%02d", 8+i%4, i%60), Basis: model.BasisConfirmed, Reason: "CR", Class: model.ReleasePlanned}
			r.Again = []model.AgainRow{{Bit: model.ItemReleaseDate.Bit(), Day: today + model.Day(i%28-7)}}
		}
	}
	return rows
}

// inThePrison starts the program over that prison, for a nurse, who has most lines.
func inThePrison(b *testing.B) *driver {
	b.Helper()
	k := newDesk(func() time.Time { return deskNow })
	k.fixed = prisonRows()
	d := begin(b, k, scene{signedIn: "b.jones"})
	b.Cleanup(func() {
		d.app.Close()
		close(d.done)
	})
	d.until(" leaving, ")
	return d
}

// answered presses a key and takes what comes until a screen of this title is on top,
// shows what it was asked for, and is painted.
func (d *driver) answered(name, title string) {
	d.update(key(name))
	for d.app.Shown().Title() != title {
		d.update(<-d.msgs)
	}
	for {
		waiting, is := d.app.Shown().(interface{ Waits() bool })
		if is && !waiting.Waits() {
			break
		}
		d.update(<-d.msgs)
	}
	if d.app.View() == "" {
		d.t.Fatal("nothing was painted")
	}
}

// timed presses a key and one that undoes it in turn, and reports the middle and the
// 99th percentile of the first beside what a frame lasts.
func (d *driver) timed(b *testing.B, meant, title, undo, before string) {
	b.Helper()
	var took []time.Duration
	for b.Loop() {
		start := time.Now()
		d.answered(meant, title)
		took = append(took, time.Since(start))
		b.StopTimer()
		d.answered(undo, before)
		b.StartTimer()
	}
	reportFrame(b, took)
}

// The board of the prison, from the question until it is painted.
func BenchmarkPrisonBoardOpens(b *testing.B) {
	d := inThePrison(b)
	var took []time.Duration
	for b.Loop() {
		start := time.Now()
		d.app.Update(answerOf(d.app.Shown().Load()))
		d.app.View()
		took = append(took, time.Since(start))
	}
	reportFrame(b, took)
}

// Each letter of a filter, until what fits is painted.
func BenchmarkPrisonFilter(b *testing.B) {
	const word = "smithj"
	for _, list := range []struct{ title, opens string }{{"Releases", ""}, {"Worklist", "w"}} {
		for i := range word {
			b.Run(list.title+"/"+word[:i+1], func(b *testing.B) {
				d := inThePrison(b)
				if list.opens != "" {
					d.answered(list.opens, list.title)
				}
				d.answered("/", list.title)
				for _, typed := range word[:i] {
					d.answered(string(typed), list.title)
				}
				d.timed(b, word[i:i+1], list.title, "backspace", list.title)
			})
		}
	}
}

// reportFrame says what something took beside what a frame lasts.
func reportFrame(b *testing.B, took []time.Duration) {
	b.Helper()
	slices.Sort(took)
	b.ReportMetric(float64(took[len(took)/2].Microseconds())/1000, "ms-p50")
	b.ReportMetric(float64(took[len(took)*99/100].Microseconds())/1000, "ms-p99")
	b.ReportMetric(frameMilliseconds, "ms-target")
}

// The worklist of a nurse of the prison, from its key until it is painted.
func BenchmarkPrisonWorklistOpens(b *testing.B) {
	inThePrison(b).timed(b, "w", "Worklist", "esc", "Releases")
}
