package hub_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/throughgate/throughgate/model"
	"github.com/throughgate/throughgate/sync"
	"github.com/throughgate/throughgate/sync/hub"
)

// noted lists what the hub wrote down of a device, oldest first.
func (s *service) noted(d *desk, what model.AccessWhat) []string {
	s.tb.Helper()
	answer, err := s.Audit(s.tb.Context(), hub.AuditQuestion{Reads: true, Filter: model.AccessFilter{What: what}})
	if err != nil {
		s.tb.Fatal(err)
	}
	out := []string{}
	for _, a := range slices.Backward(answer.Reads) {
		if a.Of != d.Device {
			continue
		}
		if a.Role != model.RoleHub || a.Device != model.HubDevice(a.Site) {
			s.tb.Errorf("%+v", a)
		}
		out = append(out, strings.TrimSpace(fmt.Sprint(a.Reason, " ", a.Many, " ", a.Staff)))
	}
	return out
}

func (s *service) expectNoted(d *desk, what model.AccessWhat, want ...string) {
	s.tb.Helper()
	if got := s.noted(d, what); strings.Join(got, "; ") != strings.Join(want, "; ") {
		s.tb.Errorf("the audit has %q, want %q", got, want)
	}
}

// TestWhatNoHonestProgramSendsIsInTheAudit of the site, with why and in whose
// name; what an honest one may send when its news are late is not.
func TestWhatNoHonestProgramSendsIsInTheAudit(t *testing.T) {
	s := newService(t)
	first, _ := s.staff("first", "LEI", model.RoleReception), s.staff("second", "LEI", model.RoleReception)
	s.staff("away", "MDI", model.RoleReception)
	held := map[string]model.Suspicion{
		"another computer": model.SuspectDevice, "time stamp": model.SuspectDevice, "damaged": model.SuspectDamaged,
		"signature": model.SuspectSignature, "roster": model.SuspectUnknown, "clock": model.SuspectClock, "does not follow": model.SuspectOrder,
		"role": "", "older version": "", "a key this site does not have": "", "first passphrase": "",
	}
	for _, tt := range refusals(s) {
		d := s.desk("LEI")
		d.send(model.PushRefused, tt.make(d, first))
		why, known := held[tt.because]
		if !known {
			why = model.SuspectRights
		}
		got := s.noted(d, model.AccessRefused)
		switch {
		case why == "" && len(got) == 0:
		case len(got) != 1 || why == "" || !strings.HasPrefix(got[0], string(why)+" 1"):
			t.Errorf("%s: the audit has %q, want %q", tt.name, got, why)
		}
	}
}

// TestTheDisabledAreNamedInTheAudit and a flood of what they send is counted, not
// listed.
func TestTheDisabledAreNamedInTheAudit(t *testing.T) {
	s, c := timed(t)
	gone := s.staff("gone", "LEI", model.RoleReception)
	d := s.desk("LEI")
	if err := s.DisableStaff("gone"); err != nil {
		t.Fatal(err)
	}
	h := d.held()
	h.asks(nil)
	send := func(n int) {
		t.Helper()
		var batch []model.Envelope
		for i := range n {
			batch = append(batch, d.write(gone, ann, cell(fmt.Sprint(i))))
		}
		if _, err := h.Push(t.Context(), batch); err != nil {
			t.Fatal(err)
		}
	}
	send(3)
	send(2)
	send(2)
	s.expectNoted(d, model.AccessRefused, "disabled 3 gone")
	c.add(20 * time.Minute)
	send(1)
	s.expectNoted(d, model.AccessRefused, "disabled 3 gone", "disabled 5 gone")
}

// TestNoForgerFillsTheAuditWithNames which it takes from the roster: beyond some
// they are counted together.
func TestNoForgerFillsTheAuditWithNames(t *testing.T) {
	s, _ := timed(t)
	d := s.desk("LEI")
	h := d.held()
	h.asks(nil)
	var batch []model.Envelope
	for i := range 30 {
		id := model.StaffID(fmt.Sprint("gone", i))
		gone := s.staff(id, "LEI", model.RoleReception)
		if err := s.DisableStaff(id); err != nil {
			t.Fatal(err)
		}
		batch = append(batch, d.write(gone, ann, cell(fmt.Sprint(i))))
	}
	if _, err := h.Push(t.Context(), batch); err != nil {
		t.Fatal(err)
	}
	got := s.noted(d, model.AccessRefused)
	if len(got) != 13 || !slices.Contains(got, "disabled 18") {
		t.Errorf("the audit has %q", got)
	}
}

// TestWhatBecomesOfAWorkstationIsInTheAudit from being stopped to being erased,
// also when a person has let it go on long since.
func TestWhatBecomesOfAWorkstationIsInTheAudit(t *testing.T) {
	s, c := timed(t)
	d, other := s.desk("LEI"), s.desk("LEI")
	h := d.held()
	h.asks(nil)
	lastWeek := h.passport
	for range 2 {
		c.add(24 * time.Hour)
		h.asks(nil)
		h.asks(nil)
	}
	for range 3 {
		d.copyOf(lastWeek).asks(errStopped)
	}
	s.expectNoted(d, model.AccessDevice, "stopped-old-token 0")
	c.add(time.Second)
	if err := errors.Join(s.ResumeDevice(d.Device), s.ResumeDevice(d.Device)); err != nil {
		t.Fatal(err)
	}
	h.asks(nil)
	c.add(time.Second)
	restored := h.passport
	restored.Restored, restored.Incarnation = restored.Incarnation, 4711
	back := d.copyOf(restored)
	back.asks(nil)
	back.asks(nil)
	c.add(time.Second)
	if err := errors.Join(s.WithdrawDevice(d.Device), s.WithdrawDevice(d.Device)); err != nil {
		t.Fatal(err)
	}
	back.asks(sync.ErrWithdrawn)
	c.add(time.Second)
	for range 2 {
		if err := back.Erased(t.Context(), 3); err != nil {
			t.Fatal(err)
		}
	}
	s.expectNoted(d, model.AccessDevice, "stopped-old-token 0", "resumed 0", "restored 0", "withdrawn 0", "erased 3")
	s.expectNoted(other, model.AccessDevice)
}

// TestADeviceCannotSayWhatBecameOfAnother as if it were the hub.
func TestADeviceCannotSayWhatBecameOfAnother(t *testing.T) {
	for _, what := range []model.AccessWhat{model.AccessDevice, model.AccessRefused} {
		raw := model.RawAccess{Device: model.DeviceID{1}, Seq: 1, Raw: []byte(`{"seq":1,"what":"` + string(what) + `","of":"02000000000000000000000000000000"}`)}
		if a, sound := raw.Open(); sound {
			t.Errorf("a device says %+v", a)
		}
		raw.Device = model.HubDevice("LEI")
		if _, sound := raw.Open(); !sound {
			t.Errorf("the hub cannot say %s", what)
		}
	}
}

// TestWhatIsHeldAgainstADeviceWaitsForTheDisk and is written down, with all of it,
// as soon as that takes it.
func TestWhatIsHeldAgainstADeviceWaitsForTheDisk(t *testing.T) {
	s := newService(t)
	a, other := s.staff("first", "LEI", model.RoleReception), s.staff("second", "LEI", model.RoleReception)
	forged := a.replacement(t, freshKey(t))
	forged.By = other.key.Sign(forged.Claim())
	disk := s.onSickDisk()
	d := s.desk("LEI")
	for _, deaf := range []bool{true, true, false} {
		disk.deaf.Store(deaf)
		if err := d.PutKeyring(t.Context(), forged); err == nil {
			t.Fatal("a forged keyring was taken")
		}
	}
	s.expectNoted(d, model.AccessRefused, "keyring 3 first")
}

// TestWhoHangsUpIsHeldToWhatTheySent all the same.
func TestWhoHangsUpIsHeldToWhatTheySent(t *testing.T) {
	s := newService(t)
	a := s.staff("first", "LEI", model.RoleReception)
	disk := s.onSickDisk()
	d := s.desk("LEI")
	disk.hung.Store(true)
	forged := a.replacement(t, freshKey(t))
	forged.By = nil
	if err := d.PutKeyring(t.Context(), forged); model.KindOf(err) != model.KindForbidden {
		t.Error(err)
	}
	op := d.write(a, ann, cell("1"))
	op.Sealed = append([]byte(nil), op.Sealed...)
	op.Sealed[len(op.Sealed)-1] ^= 1
	if _, err := d.Push(t.Context(), []model.Envelope{op}); err != nil {
		t.Error(err)
	}
	disk.hung.Store(false)
	if got := s.noted(d, model.AccessRefused); len(got) != 2 {
		t.Errorf("the audit has %q", got)
	}
}
