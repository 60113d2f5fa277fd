package sync_test

import (
	"encoding/json"
	"io"
	"net/http"
	"strconv"
	"testing"
	"testing/synctest"
	"time"

	"github.com/throughgate/throughgate/model"
	"github.com/throughgate/throughgate/sync"
)

// serveAccess keeps what comes and gives what there is.
func (h *hub) serveAccess(w http.ResponseWriter, r *http.Request) error {
	h.mu.Lock()
	defer h.mu.Unlock()
	if r.Method == http.MethodPost {
		body, err := io.ReadAll(r.Body)
		if err != nil {
			return err
		}
		batch, err := sync.DecodeAccess(body)
		if err != nil || len(batch) == 0 {
			return model.Invalid("This is no access log.", "")
		}
		for _, e := range batch {
			e.Device = deviceOf(r.TLS)
			h.looks = append(h.looks, e)
		}
		answer, _ := json.Marshal(sync.AccessAnswer{UpTo: batch[len(batch)-1].Seq})
		return send(w, sync.TypeJSON, answer)
	}
	after, err := strconv.Atoi(r.URL.Query().Get(sync.ParamAfter))
	if err != nil || after > len(h.looks) {
		return model.Invalid("This is no place.", "")
	}
	body, n := sync.EncodeAccess(h.looks[after:])
	w.Header().Set(sync.HeaderNext, strconv.Itoa(after+n))
	return send(w, sync.TypeAccess, body)
}

// TestTheAccessLogGoesByItself within a minute or so, and at once when somebody
// asks.
func TestTheAccessLogGoesByItself(t *testing.T) {
	bubble(t, func(t *testing.T, h *hub, _ *pipes) {
		h.looks = []model.RawAccess{}
		a, b := h.station(t), h.station(t)
		a.run(t)
		b.run(t)
		synctest.Wait()
		a.look()
		a.look()
		pass(2*time.Minute + time.Second)
		synctest.Wait()
		if len(b.reads) != 2 || b.reads[0].Seq != 1 || b.reads[0].Device == (model.DeviceID{}) || a.told != 2 {
			t.Fatalf("after two minutes %d came, %d are known to be there", len(b.reads), a.told)
		}
		a.look()
		start := time.Now()
		a.agent.Nudge()
		synctest.Wait()
		b.agent.Nudge()
		synctest.Wait()
		if len(b.reads) != 3 || time.Since(start) != 0 {
			t.Errorf("%d came in %v", len(b.reads), time.Since(start))
		}
		if n := h.count("POST " + sync.PathAccess); n > 4 {
			t.Errorf("%d batches for three entries", n)
		}
	})
}

// TestNothingWaitsForTheAccessLog holds its exchange up for an hour: entries of
// records go from desk to desk at once all the same, and the header stays true.
func TestNothingWaitsForTheAccessLog(t *testing.T) {
	bubble(t, func(t *testing.T, h *hub, _ *pipes) {
		h.looks = []model.RawAccess{}
		h.meddle = func(_ http.ResponseWriter, r *http.Request) bool {
			if r.URL.Path != sync.PathAccess {
				return false
			}
			_, _ = io.Copy(io.Discard, r.Body) // or the server does not see the client go
			<-r.Context().Done()
			return true
		}
		a, b := h.station(t), h.station(t)
		a.run(t)
		b.run(t)
		synctest.Wait()
		pass(3 * time.Second)
		for range 10 {
			a.look()
			start := time.Now()
			a.write(1)
			synctest.Wait()
			if took := time.Since(start); took != 0 {
				t.Errorf("took %v", took)
			}
			pass(6 * time.Minute)
		}
		equal(t, 10, a, b)
		if s := a.Status(); !s.Online || s.Err != "" {
			t.Errorf("%+v", s)
		}
	})
}

// TestAHubThatKnowsNoAccessLogIsLeftInPeace: desks may be upgraded first.
func TestAHubThatKnowsNoAccessLogIsLeftInPeace(t *testing.T) {
	bubble(t, func(t *testing.T, h *hub, _ *pipes) {
		a := h.station(t)
		a.look()
		if err := a.agent.Once(t.Context()); err != nil {
			t.Error(err)
		}
		a.run(t)
		pass(time.Hour)
		if n := h.count("POST " + sync.PathAccess); n == 0 || n > 130 {
			t.Errorf("it was asked %d times in an hour", n)
		}
		if s := a.Status(); !s.Online || s.Err != "" || a.told != 0 {
			t.Errorf("%+v", s)
		}
	})
}

// FuzzDecodeAccess holds that no body breaks the reading of it, and that what is
// read is written the same.
func FuzzDecodeAccess(f *testing.F) {
	body, _ := sync.EncodeAccess([]model.RawAccess{{Seq: 1, Raw: []byte(`{"seq":1}`)}, {Device: model.DeviceID{7}, Seq: 2}})
	f.Add(body)
	f.Add([]byte{})
	f.Fuzz(func(t *testing.T, body []byte) {
		entries, err := sync.DecodeAccess(body)
		if err != nil {
			return
		}
		again, n := sync.EncodeAccess(entries)
		if n != len(entries) {
			return // more than one body holds when it is packed anew
		}
		if back, err := sync.DecodeAccess(again); err != nil || len(back) != len(entries) {
			t.Errorf("%d entries became %d, %v", len(entries), len(back), err)
		}
	})
}
