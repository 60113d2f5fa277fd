package sync_test

import (
	"bytes"
	"errors"
	"io"
	"net/http"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/throughgate/throughgate/model"
	"github.com/throughgate/throughgate/sync"
)

// TestImportDoesNotRushTheHub writes far more often than a hand does.
func TestImportDoesNotRushTheHub(t *testing.T) {
	bubble(t, func(t *testing.T, h *hub, _ *pipes) {
		a, b := h.station(t), h.station(t)
		a.run(t)
		b.run(t)
		synctest.Wait()
		pass(time.Minute)
		before := h.count("POST "+sync.PathOps) + h.count("GET "+sync.PathOps)
		for range 5000 {
			a.write(1)
			pass(2 * time.Millisecond)
		}
		synctest.Wait()
		// Ten seconds: one desk pushes and pulls, the other pulls.
		if n := h.count("POST "+sync.PathOps) + h.count("GET "+sync.PathOps) - before; n > 3*(90+450+10) {
			t.Errorf("%d requests", n)
		}
		pass(time.Second)
		equal(t, 5000, a, b)
	})
}

func TestRefusedOpsDoNotStopTheQueue(t *testing.T) {
	bubble(t, func(t *testing.T, h *hub, _ *pipes) {
		a, b := h.station(t), h.station(t)
		h.judge = func(op model.Envelope) string {
			if op.Seq == 4 {
				return "This role may not do this."
			}
			return ""
		}
		a.run(t)
		b.run(t)
		made := a.write(10)
		synctest.Wait()
		equal(t, 9, a, b)
		if a.refused[made[3]] != "This role may not do this." || len(a.refused) != 1 {
			t.Errorf("%v", a.refused)
		}
	})
}

// TestPoisonIsFoundAlone meddles with every push that has a certain op in it.
func TestPoisonIsFoundAlone(t *testing.T) {
	cases := map[string]struct {
		status  int
		poison  []uint64
		written int
		reason  string
	}{
		"the hub says it is bad":   {400, []uint64{617}, 2500, "Not this."},
		"too large for a batch":    {413, []uint64{1}, 20, "Not this."},
		"last":                     {422, []uint64{20}, 20, "Not this."},
		"the hub stumbles over it": {500, []uint64{7}, 20, "report it"},
		"first":                    {500, []uint64{1}, 20, "report it"},
		"three at once":            {500, []uint64{1, 2, 3}, 20, "report it"},
		"the last ones too":        {500, []uint64{1, 18, 19, 20}, 20, "report it"},
		"here and there":           {500, []uint64{2, 9, 17}, 20, "report it"},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			bubble(t, func(t *testing.T, h *hub, _ *pipes) {
				a, b := h.station(t), h.station(t)
				h.spoil(a.id, c.poison, c.status)
				made := a.write(c.written)
				a.run(t)
				b.run(t)
				synctest.Wait()
				equal(t, c.written-len(c.poison), a, b)
				if len(a.refused) != len(c.poison) {
					t.Errorf("%d refused", len(a.refused))
				}
				for _, seq := range c.poison {
					if reason := a.refused[made[seq-1]]; !strings.Contains(reason, c.reason) {
						t.Errorf("op %d: %q", seq, reason)
					}
				}
			})
		})
	}
}

func (h *hub) spoil(device model.DeviceID, seqs []uint64, status int) {
	h.meddle = func(w http.ResponseWriter, r *http.Request) bool {
		if r.Method != http.MethodPost || r.URL.Path != sync.PathOps {
			return false
		}
		ops := peek(r)
		bad := slices.ContainsFunc(ops, func(op model.Envelope) bool {
			return op.Device == device && slices.Contains(seqs, op.Seq)
		})
		switch {
		case bad && status == http.StatusInternalServerError:
			fault(w, status, errors.New("stumbled"))
		case bad:
			fault(w, status, model.Invalid("Not this.", "Other."))
		}
		return bad
	}
}

// TestIllHubLosesNothing has a hub that fails at everything: nothing is taken
func TestIllHubLosesNothing(t *testing.T) {
	bubble(t, func(t *testing.T, h *hub, _ *pipes) {
		a := h.station(t)
		h.meddle = func(w http.ResponseWriter, r *http.Request) bool {
			fault(w, http.StatusInternalServerError, errors.New("ill"))
			return true
		}
		a.write(1500)
		a.run(t)
		synctest.Wait()
		if n := h.count("POST " + sync.PathOps); n > 20 {
			t.Errorf("%d pushes in a row", n)
		}
		pass(time.Hour)
		if s := a.Status(); s.Pending != 1500 || s.Refused != 0 || !strings.Contains(s.Err, "mistake") {
			t.Errorf("%+v", s)
		}
		h.mu.Lock()
		h.meddle = nil
		h.mu.Unlock()
		pass(time.Minute)
		synctest.Wait()
		equal(t, 1500, a)
	})
}

// TestHubOfAnotherVersionLosesNothing has a hub, and then something that is no
func TestHubOfAnotherVersionLosesNothing(t *testing.T) {
	for name, answer := range map[string]func(http.ResponseWriter){
		"hub":       func(w http.ResponseWriter) { fault(w, http.StatusBadRequest, model.Invalid("Not this.", "")) },
		"not a hub": func(w http.ResponseWriter) { http.Error(w, "<html>", http.StatusBadRequest) },
	} {
		t.Run(name, func(t *testing.T) {
			bubble(t, func(t *testing.T, h *hub, _ *pipes) {
				a := h.station(t)
				h.meddle = func(w http.ResponseWriter, r *http.Request) bool {
					answer(w)
					return true
				}
				a.write(30)
				a.run(t)
				pass(time.Hour)
				if s := a.Status(); s.Pending != 30 || s.Refused != 0 || s.Err == "" {
					t.Errorf("%+v", s)
				}
			})
		})
	}
}

// TestOpTooLongToSendIsPutBeforeAPerson has one in the middle of a queue.
func TestOpTooLongToSendIsPutBeforeAPerson(t *testing.T) {
	bubble(t, func(t *testing.T, h *hub, _ *pipes) {
		a, b := h.station(t), h.station(t)
		made := a.write(5)
		long := a.ops[made[2]]
		long.Sealed = make([]byte, sync.MaxEnvelope)
		a.ops[made[2]] = long
		a.run(t)
		b.run(t)
		synctest.Wait()
		equal(t, 4, a, b)
		if !strings.Contains(a.refused[made[2]], "too long") {
			t.Errorf("%v", a.refused)
		}
	})
}

func TestKeyringsGoBeforeOpsAndARefusedOneStopsNothing(t *testing.T) {
	bubble(t, func(t *testing.T, h *hub, _ *pipes) {
		a := h.station(t)
		var order []string
		refuse := true
		h.meddle = func(w http.ResponseWriter, r *http.Request) bool {
			if r.Method == http.MethodGet {
				return false
			}
			order = append(order, r.URL.Path)
			body, _ := io.ReadAll(r.Body) // what is cut is no keyring
			r.Body = io.NopCloser(bytes.NewReader(body))
			if refuse && bytes.Contains(body, []byte("a.khan")) {
				fault(w, http.StatusConflict, &model.Error{Kind: model.KindConflict, Msg: "Newer.", Hint: "Sign in anew."})
				return true
			}
			return false
		}
		a.rings = []model.SealedKeyring{{Staff: "a.khan", Serial: 2}, {Staff: "b.jones", Serial: 2}}
		a.write(3)
		err := a.agent.Once(t.Context())
		if model.KindOf(err) != model.KindConflict || !slices.Equal(order[:3], []string{sync.PathKeyrings, sync.PathKeyrings, sync.PathOps}) {
			t.Errorf("%v, %v", order, err)
		}
		if len(a.rings) != 1 || a.rings[0].Staff != "a.khan" || a.Status().Pending != 0 {
			t.Errorf("%+v, %+v", a.rings, a.Status())
		}
		refuse = false
		if err := a.agent.Once(t.Context()); err != nil || len(a.rings) != 0 || len(h.put) != 2 {
			t.Errorf("%+v, %v", a.rings, err)
		}
	})
}
