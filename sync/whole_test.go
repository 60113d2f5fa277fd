package sync_test

import (
	"testing"
	"testing/synctest"

	"github.com/throughgate/throughgate/model"
	"github.com/throughgate/throughgate/sync"
)

// inWrites marks envelopes as the ops of writes of n each.
func inWrites(all []model.Envelope, n int) []model.Envelope {
	for i := range all {
		all[i].Before, all[i].After = uint16(i%n), uint16(n-1-i%n)
		all[i].Person = model.PersonID{byte(i / n)}
	}
	return all
}

func TestAPushEndsWithAWrite(t *testing.T) {
	for name, c := range map[string]struct {
		all  []model.Envelope
		want int
	}{
		"as many as a push holds":    {inWrites(envelopes(1400, 10), 7), sync.MaxOps - sync.MaxOps%7},
		"as much as a push holds":    {inWrites(envelopes(40, 200<<10), 4), 20},
		"a write that no push holds": {inWrites(envelopes(40, 200<<10), 40), 0},
		"one cut short":              {inWrites(envelopes(10, 10), 4), 8},
	} {
		if _, n := sync.EncodePush(c.all); n != c.want {
			t.Errorf("%s: %d ops, want %d", name, n, c.want)
		}
	}
}

// TestAPoisonOpIsRefusedWithItsWrite has the hub stumble over one op in the
// middle of a write among many.
func TestAPoisonOpIsRefusedWithItsWrite(t *testing.T) {
	bubble(t, func(t *testing.T, h *hub, _ *pipes) {
		a, b := h.station(t), h.station(t)
		h.spoil(a.id, []uint64{14}, 400)
		made := a.writeWhole(30, 3)
		a.run(t)
		b.run(t)
		synctest.Wait()
		equal(t, 27, a, b)
		for _, seq := range []int{13, 14, 15} {
			if a.refused[made[seq-1]] == "" {
				t.Errorf("op %d of the write was not refused", seq)
			}
		}
		if len(a.refused) != 3 {
			t.Errorf("%d refused", len(a.refused))
		}
	})
}

// writeWhole makes n ops in writes of so many each.
func (d *desk) writeWhole(n, each int) []model.Stamp {
	made := d.write(n)
	_ = d.edit(func() {
		for i, stamp := range made {
			e := d.ops[stamp]
			e.Person, e.Before, e.After = model.PersonID{byte(i / each)}, uint16(i%each), uint16(each-1-i%each)
			d.ops[stamp] = e
		}
	})
	return made
}
