package sync_test

import (
	"strings"
	"testing"

	"github.com/throughgate/throughgate/model"
)

// oneDesk is a hub with a desk at work, and a backup made when it had written
// two entries of five.
func oneDesk(t *testing.T) (m *mortal, w *workstation, id model.PersonID, old string) {
	t.Helper()
	m = newMortal(t)
	officer, nurse := m.staff("officer-a", model.RoleReception), m.staff("nurse-a", model.RoleNurse)
	w = m.join()
	w.once()
	w.officer, w.nurse = w.signIn("officer-a", officer), w.signIn("nurse-a", nurse)
	id = w.person()
	w.do(w.officer, id, named("Example"), &model.CustodyNoted{Text: "one"})
	w.once()
	old = m.backup()
	w.do(w.nurse, id, &model.HealthNoted{Text: "two"}, &model.HealthNoted{Text: "three"}, &model.HealthNoted{Text: "four"})
	w.once()
	return m, w, id, old
}

func TestWhatADeskReadsIsUnderTheHubsHead(t *testing.T) {
	_, w, _, _ := oneDesk(t)
	if s := w.Status().Feed; s.Read != 5 || s.Proven != 5 || s.ProvenAt.IsZero() || s.Doubt != "" {
		t.Errorf("%+v", s)
	}
}

func TestARestoredHubSaysFromWhereToWhere(t *testing.T) {
	m, w, _, old := oneDesk(t)
	m.restore(old)
	m.reach(w)
	w.once()
	w.once()
	s := w.Status().Feed
	if s.Doubt != "" || s.Read != 5 || s.Proven != 5 {
		t.Errorf("%+v", s)
	}
	if p := s.PutBack; p.From != 5 || p.To != 2 || !p.Proven || !strings.Contains(p.String(), "from 5 entries to 2") {
		t.Errorf("%+v: %s", p, p)
	}
}

// TestAHubPutBackInSecretIsFoundOut brings an old file back and tells nobody, as
// who wants the last entries to be forgotten.
func TestAHubPutBackInSecretIsFoundOut(t *testing.T) {
	m, w, _, old := oneDesk(t)
	m.swap(old)
	m.reach(w)
	if err := w.agent.Once(t.Context()); err == nil || !strings.Contains(err.Error(), "put back to an older state") {
		t.Errorf("it said %v", err)
	}
	if s := w.Status().Feed; !strings.Contains(s.Doubt, "shorter than what it gave") {
		t.Errorf("%+v", s)
	}
}

// TestAnotherHistoryIsFoundOut has an old file grow again, with other entries,
// past where it was.
func TestAnotherHistoryIsFoundOut(t *testing.T) {
	m, w, _, old := oneDesk(t)
	m.swap(old)
	first := m.staff("officer-b", model.RoleReception)
	other := m.join()
	other.once()
	other.officer = other.signIn("officer-b", first)
	other.do(other.officer, other.person(), named("Other"), &model.CustodyNoted{Text: "one"}, &model.CustodyNoted{Text: "two"}, &model.CustodyNoted{Text: "three"})
	other.once()
	if s := other.Status().Feed; s.Doubt != "" || s.Read != 6 {
		t.Errorf("the other desk, which knows no better: %+v", s)
	}
	m.reach(w)
	_ = w.agent.Once(t.Context()) // it fails or not, by what else gives the old state away
	if s := w.Status().Feed; !strings.Contains(s.Doubt, "signed another log") {
		t.Errorf("%+v", s)
	}
}
