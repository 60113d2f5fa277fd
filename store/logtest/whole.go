package logtest

import (
	"testing"

	"github.com/throughgate/throughgate/model"
)

// write is a write of so many ops about one person.
func (d *device) write(n int, person byte) []model.LogEntry {
	out := make([]model.LogEntry, n)
	for i := range out {
		e := d.next(person)
		e.Before, e.After = uint16(i), uint16(n-1-i)
		out[i] = raw(e)
	}
	return out
}

// aWriteStandsOrFallsTogether has each op of a write refused in turn, by the hub
// and by the log itself.
func aWriteStandsOrFallsTogether(t *testing.T, open Open) {
	log := opened(t, open)
	d := newDevice(1, "LEI")
	first := d.write(3, 1)
	expect(t, log, model.PushTaken, first...)
	feed := raws(first)
	spoils := map[string]func(*model.LogEntry){
		"No.":             func(e *model.LogEntry) { e.Refused = "No." },
		model.ReasonChain: func(e *model.LogEntry) { e.Prev = model.Hash{7} },
	}
	for reason, spoil := range spoils {
		for bad := range 3 {
			before, write, after := d.next(1), d.write(3, 1), d.next(1)
			spoil(&write[bad])
			write[2].Joins, write[2].Also = "MDI", []model.Placement{in("MDI", write[2])}
			batch := append(append([]model.LogEntry{before}, write...), after)
			for round, stands := range []model.PushStatus{model.PushTaken, model.PushKnown} {
				got := appended(t, log, batch...)
				for i, answer := range got {
					want, why := model.PushRefused, model.ReasonWrite
					switch {
					case i == 0 || i == 4:
						want, why = stands, ""
					case i-1 == bad:
						why = reason
					}
					if answer.Status != want || answer.Reason != why {
						t.Fatalf("%s, op %d bad, round %d: answer %d is %v %q", reason, bad, round, i, answer.Status, answer.Reason)
					}
				}
			}
			feed = append(feed, before.Raw, after.Raw)
		}
	}
	expectFeed(t, log, "LEI", feed...)
	expectFeed(t, log, "MDI")
	twice := d.write(2, 1)
	twice[1].Stamp = twice[0].Stamp
	expect(t, log, model.PushRefused, twice[0], raw(twice[1]))
	part := d.write(3, 1)
	for _, some := range [][]model.LogEntry{part[:2], part[1:], {part[0], part[2]}} {
		if answers, err := log.Append(t.Context(), some); err == nil {
			t.Errorf("a part of a write got %v", answers)
		}
	}
	expect(t, log, model.PushTaken, part...)
	expectFeed(t, log, "LEI", append(feed, raws(part)...)...)
}
