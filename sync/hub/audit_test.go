package hub_test

import (
	"encoding/json"
	"fmt"
	"testing"

	"github.com/throughgate/throughgate/model"
	"github.com/throughgate/throughgate/sync/hub"
)

// audited asks the hub as its commands do.
func (s *service) audited(q hub.AuditQuestion) hub.AuditAnswer {
	s.tb.Helper()
	in, err := json.Marshal(q)
	if err != nil {
		s.tb.Fatal(err)
	}
	out, err := s.Call(hub.VerbAudit, in)
	if err != nil {
		s.tb.Fatal(err)
	}
	var answer hub.AuditAnswer
	if err := json.Unmarshal(out, &answer); err != nil {
		s.tb.Fatal(err)
	}
	return answer
}

func TestTheHubsAuditIsOfAllSites(t *testing.T) {
	s := newService(t)
	one, far := s.desk("LEI"), s.desk("MDI")
	one.tell("", looked(t, 3).log...)
	far.tell("", looked(t, 2).log...)
	for name, c := range map[string]struct {
		q    hub.AuditQuestion
		want int
	}{
		"all":            {hub.AuditQuestion{Reads: true}, 5},
		"one site":       {hub.AuditQuestion{Reads: true, Site: "MDI"}, 2},
		"one device":     {hub.AuditQuestion{Reads: true, Filter: model.AccessFilter{Device: one.Device}}, 3},
		"by somebody":    {hub.AuditQuestion{Reads: true, Filter: model.AccessFilter{Staff: "staff-1"}}, 2},
		"about somebody": {hub.AuditQuestion{Reads: true, Filter: model.AccessFilter{Person: bert}}, 0},
		"the newest":     {hub.AuditQuestion{Reads: true, Limit: 4}, 4},
		"writes alone":   {hub.AuditQuestion{Writes: true}, 0},
	} {
		answer := s.audited(c.q)
		n := 0
		for _, a := range answer.Reads {
			if a.What == model.AccessRecord {
				n++
			}
		}
		// Readings before this one are entries too, and only newer ones count.
		if name != "the newest" && n != c.want || name == "the newest" && len(answer.Reads) != c.want {
			t.Errorf("%s: %d of %d entries", name, n, len(answer.Reads))
		}
	}
	if _, err := s.Audit(t.Context(), hub.AuditQuestion{Site: "WWI"}); model.KindOf(err) != model.KindNotFound {
		t.Errorf("a site that is none: %v", err)
	}
	if _, err := s.Audit(t.Context(), hub.AuditQuestion{Number: "nonsense"}); model.KindOf(err) != model.KindInvalid {
		t.Errorf("a number that is none: %v", err)
	}
}

// TestTheHubsReadingIsWrittenDownAtEachSite in a chain of its own, which every
// desk of the site gets.
func TestTheHubsReadingIsWrittenDownAtEachSite(t *testing.T) {
	s := newService(t)
	d := s.desk("LEI")
	d.tell("", looked(t, 2).log...)
	s.audited(hub.AuditQuestion{Reads: true})
	s.stop()
	s.open()
	d.client()
	s.audited(hub.AuditQuestion{Reads: true, Site: "LEI"})
	entries, _, err := d.PullAccess(t.Context(), 0, "")
	if err != nil || len(entries) != 4 {
		t.Fatalf("%d entries, %v", len(entries), err)
	}
	var prev model.Hash
	for i, e := range entries[2:] {
		a, sound := e.Open()
		if !sound || a.What != model.AccessAudit || a.Role != model.RoleHub || e.Device != model.HubDevice("LEI") || a.Seq != uint64(i+1) || a.Prev != prev {
			t.Errorf("entry %d: %+v", i, a)
		}
		if want := uint64(2 + i); a.Many != want {
			t.Errorf("it says %d were read, want %d", a.Many, want)
		}
		prev = model.HashAccess(e.Raw)
	}
}

// TestTheHubSaysWhoWroteWhatKind, of every compartment, and no value.
func TestTheHubSaysWhoWroteWhatKind(t *testing.T) {
	s := newService(t)
	officer, nurse := s.staff("officer", "LEI", model.RoleReception), s.staff("nurse", "LEI", model.RoleNurse)
	d := s.desk("LEI")
	d.send(model.PushTaken, d.write(officer, ann, cell("A-1-001")), d.write(nurse, ann, &model.HealthNoted{Text: "unmistakable"}))
	// The person is brought to another site, whose feed has both again.
	d.send(model.PushTaken, d.write(officer, ann, &model.ReleaseSet{Day: model.DayOf(morning) + 1, Basis: model.BasisConfirmed}),
		d.write(officer, ann, &model.StaySet{Site: "MDI", Received: model.DayOf(morning)}))
	answer := s.audited(hub.AuditQuestion{Writes: true})
	kinds := map[string]model.StaffID{}
	for _, w := range answer.Writes {
		if _, twice := kinds[w.Kind]; twice {
			t.Errorf("%s is told twice", w.Kind)
		}
		kinds[w.Kind] = w.Staff
	}
	want := map[string]model.StaffID{"stay.location": "officer", "health.noted": "nurse", "release.set": "officer", "stay.set": "officer"}
	if fmt.Sprint(kinds) != fmt.Sprint(want) {
		t.Errorf("the hub says %v, want %v", kinds, want)
	}
	by := s.audited(hub.AuditQuestion{Writes: true, Filter: model.AccessFilter{Staff: "nurse"}})
	if len(by.Writes) != 1 || by.Writes[0].Compartment != model.Health || by.Writes[0].Site != "LEI" {
		t.Errorf("%+v", by.Writes)
	}
}
