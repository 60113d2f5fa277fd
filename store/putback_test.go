package store_test

import (
	"fmt"
	"testing"

	"github.com/throughgate/throughgate/model"
	"github.com/throughgate/throughgate/store"
	"github.com/throughgate/throughgate/store/tree"
)

// readTen is a desk that has read ten entries of a hub's log.
func readTen(t *testing.T) (h *hubside, st *store.Store, nurse *store.Session, reseal func(int) model.Envelope) {
	t.Helper()
	s := newSite(t)
	s.pinned()
	h = &hubside{tb: t, s: s, epoch: "first"}
	author := s.author("author", model.RoleNurse)
	var ops []*model.Op
	for i := range 10 {
		op := author.op(model.PersonID{byte(1 + i%3)}, morning, &model.InstructionGiven{Text: fmt.Sprint(i)})
		env := seals(t, s, op, author.key)
		author.prev = env.Hash
		ops, h.feed = append(ops, op), append(h.feed, env)
	}
	st = s.desk()
	nurse = signIn(t, st, "nurse")
	h.give(st, 4)
	return h, st, nurse, func(i int) model.Envelope { return seals(t, s, ops[i], author.key) }
}

func report(t *testing.T, st *store.Store, nurse *store.Session) *model.AuditReport {
	t.Helper()
	r, err := st.VerifyAudit(t.Context(), nurse)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// TestALogThatWasPutBackIsHeldToWhatWasRead puts a hub's log back to six entries
// and says so. Two of the others come again, one of them sealed anew; two never
// do, and are no finding.
func TestALogThatWasPutBackIsHeldToWhatWasRead(t *testing.T) {
	h, st, nurse, reseal := readTen(t)
	again := []model.Envelope{reseal(8), h.feed[6]}
	h.epoch, h.feed = "second", h.feed[:6:6]
	if err := st.Refill(h.epoch, h.head(6, nil)); err != nil {
		t.Fatal(err)
	}
	if p := st.Status().Feed.PutBack; p.From != 10 || p.To != 6 || !p.Proven {
		t.Errorf("%+v", p)
	}
	h.feed = append(h.feed, again...)
	h.give(st, 3)
	r := report(t, st, nurse)
	if len(r.Findings) != 0 || r.Checked.OnlyHere != 2 || r.Checked.Ops != 10 || len(r.Evidence) != 0 {
		t.Errorf("%+v %+v %+v", r.Findings, r.Checked, r.Evidence)
	}
	if f := st.Status().Feed; f.Read != 8 || f.Proven != 8 || f.Doubt != "" {
		t.Errorf("%+v", f)
	}
}

// TestAnotherHistoryIsNoRestore has a hub begin another life with what the desk
// never read, in each way that can be told from a restore.
func TestAnotherHistoryIsNoRestore(t *testing.T) {
	for name, begin := range map[string]func(h *hubside) []byte{
		"another entry among the first": func(h *hubside) []byte {
			h.feed[2], h.feed[3] = h.feed[3], h.feed[2]
			return h.head(6, nil)
		},
		"more than was read, on another beginning": func(h *hubside) []byte {
			h.feed[2], h.feed[3] = h.feed[3], h.feed[2]
			h.feed = append(h.feed, h.s.author("another", model.RoleNurse).write(model.PersonID{1}, morning, &model.InstructionGiven{Text: "x"}))
			return h.head(11, nil)
		},
	} {
		t.Run(name, func(t *testing.T) {
			h, st, nurse, _ := readTen(t)
			h.epoch = "second"
			if err := st.Refill(h.epoch, begin(h)); err != nil {
				t.Fatal(err)
			}
			h.give(st, 20)
			r := report(t, st, nurse)
			if len(r.Evidence) != 1 || r.Evidence[0].What != model.RestoreOther || st.Status().Feed.Doubt == "" {
				t.Errorf("%+v, %+v", r.Evidence, st.Status().Feed)
			}
		})
	}
}

// TestARestoreWithoutTheHubsWordIsNotProven has a hub begin another life with no
// head, and with one that another key signed.
func TestARestoreWithoutTheHubsWordIsNotProven(t *testing.T) {
	h, st, _, _ := readTen(t)
	if err := st.Refill("second", nil); err != nil {
		t.Fatal(err)
	}
	if f := st.Status().Feed; f.PutBack.Proven || f.PutBack.From != 10 || f.Doubt != "" {
		t.Errorf("without a head: %+v", f)
	}
	h.epoch = "third"
	forged := h.head(0, func(head *tree.Head) { head.Epoch = "second" })
	if err := st.Refill("third", forged); err != nil {
		t.Fatal(err)
	}
	if f := st.Status().Feed; f.PutBack.Proven || f.Doubt == "" || f.PutBack.From != 10 {
		t.Errorf("with the head of another life: %+v", f)
	}
	// A third time, of which the desk knows from where all the same.
	h.epoch = "fourth"
	if err := st.Refill("fourth", h.head(7, nil)); err != nil {
		t.Fatal(err)
	}
	if f := st.Status().Feed; !f.PutBack.Proven || f.PutBack.From != 10 || f.PutBack.To != 7 || f.Doubt != "" {
		t.Errorf("after all: %+v", f)
	}
}
