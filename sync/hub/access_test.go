package hub_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/throughgate/throughgate/model"
	"github.com/throughgate/throughgate/sync"
	"github.com/throughgate/throughgate/sync/hub"
)

// looker makes the access log of a desk, as its store keeps it.
type looker struct {
	tb  testing.TB
	log []model.RawAccess
}

func (l *looker) add(staff model.StaffID) {
	a := model.Access{Seq: uint64(len(l.log) + 1), At: model.InstantOf(morning), What: model.AccessRecord, Staff: staff, Person: ann}
	if n := len(l.log); n > 0 {
		a.Prev = model.HashAccess(l.log[n-1].Raw)
	}
	raw, err := json.Marshal(a)
	if err != nil {
		l.tb.Fatal(err)
	}
	l.log = append(l.log, model.RawAccess{Seq: a.Seq, Raw: raw})
}

func looked(tb testing.TB, n int) *looker {
	l := &looker{tb: tb}
	for i := range n {
		l.add(model.StaffID(fmt.Sprint("staff-", i)))
	}
	return l
}

// tell sends entries and wants the hub to find them sound, or broken.
func (d *desk) tell(broken string, entries ...model.RawAccess) {
	d.service.tb.Helper()
	answer, err := d.PushAccess(d.service.tb.Context(), entries)
	if err != nil {
		d.service.tb.Fatal(err)
	}
	if (answer.Broken == "") != (broken == "") || !strings.Contains(answer.Broken, broken) || answer.UpTo != entries[len(entries)-1].Seq {
		d.service.tb.Errorf("the hub answered %+v, want %q", answer, broken)
	}
}

// heard is the site's list as a desk gets it, in words.
func (d *desk) heard() []string {
	d.service.tb.Helper()
	entries, next, err := d.PullAccess(d.service.tb.Context(), 0, "")
	if err != nil || next != uint64(len(entries)) {
		d.service.tb.Fatalf("%d entries up to %d, %v", len(entries), next, err)
	}
	var out []string
	for _, e := range entries {
		a, sound := e.Open()
		words := fmt.Sprintf("%s %d", a.Staff, e.Seq)
		switch {
		case !sound:
			words = fmt.Sprintf("spoilt %d", e.Seq)
		case a.What == model.AccessGap:
			words = fmt.Sprintf("gap of %d before %d", a.Many, a.From)
		}
		out = append(out, words)
	}
	return out
}

func (d *desk) hears(want ...string) {
	d.service.tb.Helper()
	if got := d.heard(); strings.Join(got, "; ") != strings.Join(want, "; ") {
		d.service.tb.Errorf("the list is\n  %s\nwant\n  %s", strings.Join(got, "\n  "), strings.Join(want, "\n  "))
	}
}

// TestEveryDeskOfASiteHearsWhatTheOthersSaw, and no desk of another site.
func TestEveryDeskOfASiteHearsWhatTheOthersSaw(t *testing.T) {
	s := newService(t)
	one, two, far := s.desk("LEI"), s.desk("LEI"), s.desk("MDI")
	log := looked(t, 5).log
	one.tell("", log[:3]...)
	one.tell("", log[1:]...) // the answer to the first was lost
	two.hears("staff-0 1", "staff-1 2", "staff-2 3", "staff-3 4", "staff-4 5")
	far.hears()
	two.tell("", looked(t, 1).log...)
	one.hears("staff-0 1", "staff-1 2", "staff-2 3", "staff-3 4", "staff-4 5", "staff-0 1")
}

// TestABrokenAccessLogIsKeptAndMarked leaves out, alters, forks and spoils.
func TestABrokenAccessLogIsKeptAndMarked(t *testing.T) {
	for name, c := range map[string]struct {
		send   func(log []model.RawAccess) [][]model.RawAccess
		broken []string
		list   []string
	}{
		"left out": {func(log []model.RawAccess) [][]model.RawAccess { return [][]model.RawAccess{log[:1], log[3:]} },
			[]string{"", "2 entries are missing before entry 4"},
			[]string{"staff-0 1", "staff-3 4", "staff-4 5", "gap of 2 before 4"}},
		"left out of one batch": {func(log []model.RawAccess) [][]model.RawAccess { return [][]model.RawAccess{{log[0], log[3]}} },
			[]string{"2 entries are missing before entry 4"},
			[]string{"staff-0 1", "staff-3 4", "gap of 2 before 4"}},
		"never begun": {func(log []model.RawAccess) [][]model.RawAccess { return [][]model.RawAccess{log[2:4]} },
			[]string{"2 entries are missing before entry 3"},
			[]string{"staff-2 3", "staff-3 4", "gap of 2 before 3"}},
		"filled later": {func(log []model.RawAccess) [][]model.RawAccess {
			return [][]model.RawAccess{log[:1], log[2:3], log[1:4]}
		},
			[]string{"", "1 entry is missing before entry 3", ""},
			[]string{"staff-0 1", "staff-2 3", "gap of 1 before 3", "staff-1 2", "staff-3 4"}},
		"altered": {func(log []model.RawAccess) [][]model.RawAccess {
			raw := bytes.Replace(log[1].Raw, []byte("staff-1"), []byte("someone"), 1)
			return [][]model.RawAccess{{log[0], {Seq: 2, Raw: raw}, log[2]}}
		}, []string{"Entry 3 of this workstation's access log does not follow"},
			[]string{"staff-0 1", "someone 2", "staff-2 3", "gap of 0 before 3"}},
		"two versions": {func(log []model.RawAccess) [][]model.RawAccess {
			other := &looker{tb: t, log: log[:2:2]}
			other.add("copy")
			other.add("copy")
			return [][]model.RawAccess{log[:3], other.log[2:]}
		}, []string{"", "Entry 3 of this workstation's access log does not follow"},
			[]string{"staff-0 1", "staff-1 2", "staff-2 3", "copy 3", "copy 4", "gap of 0 before 3"}},
		"spoilt": {func(log []model.RawAccess) [][]model.RawAccess {
			return [][]model.RawAccess{{log[0], {Seq: 2, Raw: []byte("{")}, log[2]}}
		}, []string{"Entry 2 of this workstation's access log does not follow"},
			[]string{"staff-0 1", "spoilt 2", "staff-2 3", "gap of 0 before 2", "gap of 0 before 3"}},
	} {
		t.Run(name, func(t *testing.T) {
			s := newService(t)
			d := s.desk("LEI")
			for i, batch := range c.send(looked(t, 5).log) {
				d.tell(c.broken[i], batch...)
			}
			d.hears(c.list...)
		})
	}
}

// TestTheAccessLogIsSealedAtRest looks for what it says in the hub's file.
func TestTheAccessLogIsSealedAtRest(t *testing.T) {
	s := newService(t)
	d := s.desk("LEI")
	l := &looker{tb: t}
	l.add("z.unmistakable")
	d.tell("", l.log...)
	s.stop()
	file, err := os.ReadFile(filepath.Join(s.folder, "hub.db"))
	if err != nil {
		t.Fatal(err)
	}
	if bytes.Contains(file, []byte("unmistakable")) || bytes.Contains(file, []byte(ann.String())) {
		t.Error("the hub's file says who looked at whom")
	}
	s.open()
	d.client()
	d.hears("z.unmistakable 1")
}

func TestWhatIsNoAccessLogIsRefused(t *testing.T) {
	s := newService(t)
	d := s.desk("LEI")
	for name, c := range map[string]struct{ kind, body string }{
		"another type": {sync.TypeJSON, "{}"},
		"nothing":      {sync.TypeAccess, ""},
		"not packed":   {sync.TypeAccess, `{"seq":1}`},
		"no entry":     {sync.TypeAccess, string(sync.Pack([]byte{'L', 0}))},
		"a lie":        {sync.TypeAccess, string(sync.Pack([]byte{'L', 200, 1, 1}))},
		"too large":    {sync.TypeAccess, string(sync.Pack(make([]byte, sync.MaxAccessBatch+1)))},
	} {
		answer, err := d.http().Post(s.url+sync.PathAccess, c.kind, strings.NewReader(c.body))
		if err != nil {
			t.Fatal(err)
		}
		answer.Body.Close()
		if answer.StatusCode != 400 {
			t.Errorf("%s: status %d", name, answer.StatusCode)
		}
	}
	if _, _, err := d.PullAccess(t.Context(), 1, ""); model.KindOf(err) != model.KindConflict {
		t.Errorf("a place that was never given out: %v", err)
	}
	if _, _, err := d.PullAccess(t.Context(), 0, "another"); model.KindOf(err) != model.KindConflict {
		t.Errorf("a place of another epoch: %v", err)
	}
	d.hears()
}

// TestABatchOfTheAccessLogCostsTheHubLittle: what a device sends decides how much
// of its log is looked at, and nothing else does.
func TestABatchOfTheAccessLogCostsTheHubLittle(t *testing.T) {
	s := newService(t)
	d := s.desk("LEI")
	log := looked(t, 5).log
	for name, batch := range map[string][]model.RawAccess{
		"back to front": {log[1], log[0]}, "one number twice": {log[0], log[0]},
	} {
		if _, err := d.PushAccess(t.Context(), batch); model.KindOf(err) != model.KindInvalid {
			t.Errorf("%s: %v", name, err)
		}
	}
	d.hears()
	for i := range 100 { // no desk's data were brought back as often
		other := &looker{tb: t}
		other.add(model.StaffID(fmt.Sprint("copy-", i)))
		_, err := d.PushAccess(t.Context(), other.log)
		if refused := model.KindOf(err) == model.KindInvalid; refused != (i >= 64) {
			t.Fatalf("version %d of entry 1: %v", i, err)
		}
	}
}

// TestAnEntryOfNoYearIsNotBelieved: RFC 3339 has no year beyond 9999, so one such
// entry would keep everybody from the audit as JSON.
func TestAnEntryOfNoYearIsNotBelieved(t *testing.T) {
	for _, at := range []model.Instant{math.MinInt64, math.MaxInt64, 1e15} {
		s := newService(t)
		d := s.desk("LEI")
		raw, err := json.Marshal(model.Access{Seq: 1, At: at, What: model.AccessFound, Reason: string(model.TroubleFile)})
		if err != nil {
			t.Fatal(err)
		}
		d.tell("Entry 1 of this workstation's access log does not follow", model.RawAccess{Seq: 1, Raw: raw})
		answer := s.audited(hub.AuditQuestion{Site: "LEI", Reads: true})
		if len(answer.Reads) != 1 || answer.Reads[0].What != model.AccessGap || answer.Reads[0].Of != d.Device {
			t.Errorf("%d: the audit has %+v", at, answer.Reads)
		}
	}
}

// TestADeviceCannotSpeakForTheHub: a gap names whose log is broken, and a reading
// by the hub's operator who it was.
func TestADeviceCannotSpeakForTheHub(t *testing.T) {
	for name, forged := range map[string]model.Access{
		"a gap":        {What: model.AccessGap, Of: model.DeviceID{1}, From: 3, Many: 2},
		"the operator": {What: model.AccessAudit, Role: model.RoleHub, Many: 1},
	} {
		s := newService(t)
		d := s.desk("LEI")
		log := looked(t, 1).log
		forged.Seq, forged.At, forged.Prev = 2, model.InstantOf(morning), model.HashAccess(log[0].Raw)
		raw, err := json.Marshal(forged)
		if err != nil {
			t.Fatal(err)
		}
		d.tell("Entry 2 of this workstation's access log does not follow", log[0], model.RawAccess{Seq: 2, Raw: raw})
		entries, _, err := d.PullAccess(t.Context(), 0, "")
		if err != nil || len(entries) != 3 {
			t.Fatalf("%s: %d entries, %v", name, len(entries), err)
		}
		if _, sound := entries[1].Open(); sound {
			t.Errorf("%s is believed", name)
		}
		if gap, sound := entries[2].Open(); !sound || gap.Of != d.Device {
			t.Errorf("%s: the hub's own mark: %+v", name, gap)
		}
	}
}
