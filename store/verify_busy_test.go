package store_test

import (
	"fmt"
	"sync"
	"testing"

	"github.com/throughgate/throughgate/model"
)

// TestADeskIsVerifiedWhileItWorks verifies again and again while ops are made,
// sent and pulled: what comes meanwhile is no finding.
func TestADeskIsVerifiedWhileItWorks(t *testing.T) {
	s := newSite(t)
	s.pinned()
	h := &hubside{tb: t, s: s, epoch: "first"}
	other := s.author("other", model.RoleNurse)
	st := s.desk()
	nurse := signIn(t, st, "nurse")
	done := make(chan struct{})
	var verifying sync.WaitGroup
	defer verifying.Wait()
	defer close(done)
	verifying.Go(func() {
		for {
			select {
			case <-done:
				return
			default:
			}
			if r, err := st.VerifyAudit(t.Context(), nurse); err != nil || len(r.Findings) != 0 {
				t.Errorf("%v %+v", err, r)
				return
			}
		}
	})
	for i := range 60 {
		do(t, nurse, model.PersonID{byte(1 + i%4)}, &model.HealthNoted{Text: fmt.Sprint("own ", i)})
		h.feed = append(h.feed, other.write(model.PersonID{byte(1 + i%5)}, morning, &model.InstructionGiven{Text: "other"}))
		h.feed = append(h.feed, carry(t, st)...)
		if i%3 == 0 {
			h.give(st, 100)
		}
	}
}
