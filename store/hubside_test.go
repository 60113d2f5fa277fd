package store_test

import (
	"testing"

	"github.com/throughgate/throughgate/model"
	"github.com/throughgate/throughgate/store"
	"github.com/throughgate/throughgate/store/tree"
)

// hubside is a site's feed with its tree, as a hub gives it to desks.
type hubside struct {
	tb    testing.TB
	s     *site
	epoch string
	feed  []model.Envelope
}

// head signs the head of the first size places, with the key of signer.
func (h *hubside) head(size int, change func(*tree.Head)) []byte {
	h.tb.Helper()
	var edge tree.Edge
	for _, env := range h.feed[:size] {
		raw, _ := env.AppendBinary(nil)
		edge.Add(tree.Leaf(raw))
	}
	head := tree.Head{Site: h.s.data.Site, Size: uint64(size), Root: edge.Root(), Epoch: h.epoch, At: model.InstantOf(h.s.clock.Now())}
	if change != nil {
		change(&head)
	}
	public := h.s.notary.Public()
	signed, err := tree.Signer{Public: public[:], Sign: h.s.notary.Sign}.Seal(head)
	if err != nil {
		h.tb.Fatal(err)
	}
	return signed
}

// give has a desk pull the rest of the feed, in pieces.
func (h *hubside) give(to *store.Store, piece int) {
	h.tb.Helper()
	for {
		after, _, err := to.Cursor()
		if err != nil {
			h.tb.Fatal(err)
		}
		next := min(int(after)+piece, len(h.feed))
		if err := to.PutHead(h.head(next, nil)); err != nil {
			h.tb.Fatal(err)
		}
		if err := to.Merge(h.feed[after:next], uint64(next), h.epoch); err != nil {
			h.tb.Fatal(err)
		}
		if next == len(h.feed) {
			return
		}
	}
}

// pinned has a desk know the hub's key.
func (s *site) pinned() {
	public := s.notary.Public()
	s.data.Notary = public[:]
}

// TestAHubThatPromisesMoreThanItGivesFillsNoMemory has a hub sign heads of places
// that never come.
func TestAHubThatPromisesMoreThanItGivesFillsNoMemory(t *testing.T) {
	s := newSite(t)
	s.pinned()
	st := s.desk()
	h := &hubside{tb: t, s: s, epoch: "one"}
	for i := range 200 {
		if err := st.PutHead(h.head(0, func(head *tree.Head) { head.Size = uint64(1000 + i) })); err != nil {
			t.Fatal(err)
		}
	}
	if n := st.ExpectedHeads(); n == 0 || n > 64 {
		t.Errorf("%d heads wait", n)
	}
}
