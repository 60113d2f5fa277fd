package store_test

import (
	"errors"
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
	defer again(func() bool {
		r, err := st.VerifyAudit(t.Context(), nurse)
		if err != nil || len(r.Findings) != 0 {
			t.Errorf("%v %+v", err, r)
		}
		return err == nil
	})()
	for i := range 60 {
		do(t, nurse, model.PersonID{byte(1 + i%4)}, &model.HealthNoted{Text: fmt.Sprint("own ", i)})
		h.feed = append(h.feed, other.write(model.PersonID{byte(1 + i%5)}, morning, &model.InstructionGiven{Text: "other"}))
		h.feed = append(h.feed, carry(t, st)...)
		if i%3 == 0 {
			h.give(st, 100)
		}
	}
}

// again calls fn beside the test until it says false, or the test stops it.
func again(fn func() bool) (stop func()) {
	done := make(chan struct{})
	var calling sync.WaitGroup
	calling.Go(func() {
		for fn() {
			select {
			case <-done:
				return
			default:
			}
		}
	})
	return func() {
		close(done)
		calling.Wait()
	}
}

// TestADeskIsCheckedWhileItWorks looks through its pages again and again while
// they are written over: the check is of one moment.
func TestADeskIsCheckedWhileItWorks(t *testing.T) {
	s := newSite(t)
	st := s.desk()
	populate(t, s, st, 200)
	nurse := signIn(t, st, "nurse")
	rows := nurse.Rows()
	checks := 0
	stop := again(func() bool {
		err := st.Check(t.Context())
		if err != nil {
			t.Errorf("%v %v", err, errors.Unwrap(err))
		}
		checks++
		return err == nil
	})
	for i := range 300 {
		do(t, nurse, rows[i*7%len(rows)].ID, &model.ItemSet{Item: model.ItemConsent, State: model.Problem, Note: fmt.Sprint(i)})
	}
	stop()
	if checks < 3 {
		t.Errorf("%d checks: this tests nothing", checks)
	}
}
