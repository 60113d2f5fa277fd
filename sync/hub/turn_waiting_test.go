package hub_test

import (
	"testing"
	"time"

	"github.com/throughgate/throughgate/model"
	"github.com/throughgate/throughgate/sync/hub"
)

// TestWhoIsLeftWaitingByABrokenLineIsNoCopy has a desk come anew while the hub still
// holds what it had asked before, and news for both.
func TestWhoIsLeftWaitingByABrokenLineIsNoCopy(t *testing.T) {
	s := newService(t)
	a := s.staff("first", "LEI", model.RoleReception)
	d, other := s.desk("LEI"), s.desk("LEI")
	h := d.held()
	h.asks(nil)
	feed, err := h.Pull(t.Context(), 0, "", 0)
	if err != nil {
		t.Fatal(err)
	}
	answers := make(chan answered)
	for range 5 { // of whom four may wait: that one is refused tells that they do
		left := h.again(d)
		go func() {
			feed, err := left.Pull(t.Context(), 0, feed.Epoch, time.Minute)
			answers <- answered{feed, err}
		}()
	}
	if first := <-answers; model.KindOf(first.err) != model.KindOffline {
		t.Fatalf("a fifth place: %v", first.err)
	}
	h = h.again(d)
	h.asks(nil) // and its new token is on its way
	other.send(model.PushTaken, other.write(a, ann, cell("1")))
	for range 4 {
		if got := <-answers; got.err != nil {
			t.Error(got.err)
		} else if got.feed.Turn != "" {
			t.Errorf("who was left waiting is given the token %s", got.feed.Turn)
		}
	}
	h.asks(nil)
	h.asks(nil)
	s.expectState(d, hub.DeviceActive)
}
