package hub_test

import (
	"strings"
	"testing"
	"time"

	"github.com/throughgate/throughgate/model"
)

// whole makes the desk's next write: several changes that were made together.
func (d *desk) whole(a *author, person model.PersonID, changes []model.Change, spoil ...func(int, *draft)) []model.Envelope {
	d.service.tb.Helper()
	out := make([]model.Envelope, len(changes))
	for i, c := range changes {
		out[i] = d.write(a, person, c, func(w *draft) {
			w.op.Before, w.op.After = uint16(i), uint16(len(changes)-1-i)
			for _, s := range spoil {
				s(i, w)
			}
		})
	}
	return out
}

var three = []model.Change{cell("1"), cell("2"), cell("3")}

func TestAWriteIsTakenWholeOrRefusedWhole(t *testing.T) {
	s := newService(t)
	a := s.staff("first", "LEI", model.RoleReception)
	d := s.desk("LEI")
	d.send(model.PushTaken, d.whole(a, ann, three)...)
	for bad := range 3 {
		write := d.whole(a, ann, three, func(i int, w *draft) {
			if i == bad {
				w.op.Stamp.Wall += time.Hour.Milliseconds()
			}
		})
		for range 2 {
			for i, r := range d.send(model.PushRefused, write...) {
				if (i == bad) != strings.Contains(r.Reason, "clock") || i != bad && r.Reason != model.ReasonWrite {
					t.Errorf("op %d bad: op %d is refused because %q", bad, i, r.Reason)
				}
			}
		}
		d.send(model.PushTaken, d.write(a, ann, cell("after")))
	}
	if feed := d.pull(0); len(feed.Envelopes) != 6 {
		t.Errorf("%d ops are in the feed", len(feed.Envelopes))
	}
}

// TestAPartOfAWriteIsNotTaken sends some of a write, and a write to which another
// op was joined.
func TestAPartOfAWriteIsNotTaken(t *testing.T) {
	s := newService(t)
	a := s.staff("first", "LEI", model.RoleReception)
	d := s.desk("LEI")
	write := d.whole(a, ann, three)
	joined := d.write(a, ann, cell("4"), func(w *draft) { w.op.Before = 3 })
	longer := append([]model.Envelope(nil), write...)
	for i := range longer {
		longer[i].After++ // so says the envelope, and not what was signed
	}
	for name, some := range map[string][]model.Envelope{
		"its beginning": write[:2], "its end": write[1:], "one of it": write[1:2], "its end before its beginning": {write[2], write[0], write[1]},
	} {
		if results, err := d.Push(t.Context(), some); model.KindOf(err) != model.KindInvalid {
			t.Errorf("%s: %v, %v", name, results, err)
		}
	}
	d.send(model.PushRefused, append(longer, joined)...)
}
