package model_test

import (
	"testing"

	"github.com/throughgate/throughgate/model"
)

// written is the envelopes of writes of so many ops each.
func written(lengths ...int) []model.Envelope {
	var out []model.Envelope
	for _, n := range lengths {
		for i := range n {
			out = append(out, model.Envelope{Seq: uint64(len(out) + 1), Before: uint16(i), After: uint16(n - 1 - i)})
		}
	}
	return out
}

func TestWritesAreFoundWhole(t *testing.T) {
	got, err := model.Wholes(written(1, 3, 1, 2))
	if err != nil || len(got) != 4 || len(got[1]) != 3 || len(got[3]) != 2 {
		t.Errorf("%v, %v", got, err)
	}
	if got, err := model.Wholes(nil); err != nil || len(got) != 0 {
		t.Errorf("of nothing: %v, %v", got, err)
	}
	change := func(do func([]model.Envelope)) []model.Envelope {
		all := written(1, 3, 1)
		do(all)
		return all
	}
	for name, all := range map[string][]model.Envelope{
		"without its end":       written(1, 3)[:3],
		"without its beginning": written(3, 1)[1:],
		"without its middle":    append(written(3)[:1], written(3)[2:]...),
		"of two devices":        change(func(e []model.Envelope) { e[2].Device[0]++ }),
		"of two incarnations":   change(func(e []model.Envelope) { e[2].Incarnation++ }),
		"about two people":      change(func(e []model.Envelope) { e[2].Person[0]++ }),
		"with a gap":            change(func(e []model.Envelope) { e[3].Seq++ }),
		"counted wrongly":       change(func(e []model.Envelope) { e[2].Before = 2 }),
		"too long":              written(model.MaxWrite + 1),
	} {
		if got, err := model.Wholes(all); err == nil {
			t.Errorf("%s: taken for %d writes", name, len(got))
		}
	}
}

func TestWholeUpToEndsWithAWrite(t *testing.T) {
	all := written(1, 3, 1, 2)
	for most, want := range []int{1, 1, 1, 1, 4, 5, 5, 7, 7} {
		if got := model.WholeUpTo(all, most); got != want {
			t.Errorf("of %d: %d, want %d", most, got, want)
		}
	}
	if got := model.WholeUpTo(written(4)[:2], 1); got != 2 {
		t.Errorf("of a write that is cut short: %d", got)
	}
	if got := model.WholeUpTo(nil, 5); got != 0 {
		t.Errorf("of nothing: %d", got)
	}
}
