package model_test

import (
	"fmt"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/throughgate/throughgate/model"
)

// monday is a working day, ten in the morning.
var monday = time.Date(2026, 11, 23, 10, 0, 0, 0, model.London)

// diary collects entries of one desk.
type diary struct {
	seq     uint64
	entries []model.Access
}

func (d *diary) add(at time.Time, a model.Access) {
	d.seq++
	a.Seq, a.At, a.Device = d.seq, model.InstantOf(at), model.DeviceID{1}
	if a.Staff == "" && a.What != model.AccessGap && a.What != model.AccessDevice && a.What != model.AccessFound && a.What != model.AccessSignInFailed {
		a.Staff = "a.khan"
	}
	d.entries = append(d.entries, a)
}

// opens opens n people's records, one every so often.
func (d *diary) opens(at time.Time, n int, every time.Duration) {
	for i := range n {
		d.add(at.Add(time.Duration(i)*every), model.Access{What: model.AccessRecord, Person: model.PersonID{1, byte(i)}})
	}
}

func found(alarms []model.Alarm) string {
	var out []string
	for _, a := range alarms {
		out = append(out, fmt.Sprintf("%s %s %d: %s", a.Kind, a.Staff, a.Many, a.Says))
	}
	return strings.Join(out, "\n")
}

func TestAlarms(t *testing.T) {
	roster := func(id model.StaffID) (model.Staff, bool) {
		return model.Staff{ID: id, Disabled: id == "gone"}, id != "nobody"
	}
	failed := func(d *diary, staff model.StaffID, n int, every time.Duration) {
		for i := range n {
			d.add(monday.Add(time.Duration(i)*every), model.Access{What: model.AccessSignInFailed, Staff: staff})
		}
	}
	week := func(d *diary, before, today int) {
		for day := 1; day <= 5; day++ {
			d.opens(monday.AddDate(0, 0, -7*day), before, 10*time.Minute)
		}
		d.opens(monday, today, 4*time.Minute)
	}
	for name, c := range map[string]struct {
		rows  []model.Row
		write func(d *diary)
		want  string
	}{
		"a busy hour":      {nil, func(d *diary) { d.opens(monday, 30, time.Minute) }, ""},
		"nineteen at once": {nil, func(d *diary) { d.opens(monday, 19, time.Second) }, ""},
		"twenty at once":   {nil, func(d *diary) { d.opens(monday, 20, time.Second) }, "many-records a.khan 20: Opened the records of 20 people within a minute."},
		"on and on":        {nil, func(d *diary) { d.opens(monday, 60, 20*time.Second) }, "many-records a.khan 60: Opened the records of 60 people within 20 minutes."},
		"one person often": {nil, func(d *diary) {
			for i := range 60 {
				d.add(monday.Add(time.Duration(i)*time.Second), model.Access{What: model.AccessRecord, Person: model.PersonID{9}})
			}
		}, ""},
		"a list of conflicts": {nil, func(d *diary) {
			for i := range 60 {
				d.add(monday, model.Access{What: model.AccessConflict, Person: model.PersonID{9, byte(i)}})
			}
		}, ""},
		"two together": {nil, func(d *diary) {
			d.opens(monday, 12, time.Second)
			for i := range 12 {
				d.add(monday, model.Access{What: model.AccessRecord, Staff: "b.jones", Person: model.PersonID{2, byte(i)}})
			}
		}, ""},
		"a busy day":         {nil, func(d *diary) { week(d, 15, 45) }, ""},
		"an unusual day":     {nil, func(d *diary) { week(d, 15, 46) }, "unusual-volume a.khan 46: Opened the records of 46 people in one day; 15 is usual for them."},
		"few, and unusual":   {nil, func(d *diary) { week(d, 2, 39) }, ""},
		"somebody new":       {nil, func(d *diary) { d.opens(monday, 119, 4*time.Minute) }, ""},
		"somebody new, wild": {nil, func(d *diary) { d.opens(monday, 120, 4*time.Minute) }, "unusual-volume a.khan 120: Opened the records of 120 people in one day."},
		"own name, twice a day": {nil, func(d *diary) {
			for range 2 {
				d.add(monday, model.Access{What: model.AccessRecord, Person: model.PersonID{7}, Kin: true})
			}
			d.add(monday.AddDate(0, 0, 1), model.Access{What: model.AccessSearch, Kin: true})
		}, "own-name a.khan 1: Searched for their own family name.\nown-name a.khan 2: Opened the record of somebody who bears their own family name."},
		"own name among the conflicts": {nil, func(d *diary) {
			d.add(monday, model.Access{What: model.AccessConflict, Person: model.PersonID{7}, Kin: true})
			d.add(monday, model.Access{What: model.AccessOverride, Person: model.PersonID{7}, Kin: true})
		}, ""},
		"glass by day": {nil, func(d *diary) {
			d.add(monday, model.Access{What: model.AccessGlass, Person: model.PersonID{7}, Reason: "court-order"})
		}, ""},
		"glass at night": {nil, func(d *diary) {
			d.add(monday.Add(9*time.Hour), model.Access{What: model.AccessGlass, Person: model.PersonID{7}, Reason: "court-order"})
		}, "glass-out-of-hours a.khan 1: Broke the glass outside 07:00 to 19:00 of a working day. Court order."},
		"glass before seven": {nil, func(d *diary) {
			d.add(monday.Add(-3*time.Hour-time.Second), model.Access{What: model.AccessGlass, Person: model.PersonID{7}})
		}, "glass-out-of-hours"},
		"glass on Sunday": {nil, func(d *diary) {
			d.add(monday.AddDate(0, 0, -1), model.Access{What: model.AccessGlass, Person: model.PersonID{7}})
		}, "glass-out-of-hours"},
		"glass on Boxing Day": {nil, func(d *diary) {
			d.add(time.Date(2026, 12, 28, 10, 0, 0, 0, model.London), model.Access{What: model.AccessGlass, Person: model.PersonID{7}})
		}, "glass-out-of-hours"},
		"not reviewed": {[]model.Row{{ID: model.PersonID{7}, Glass: 1, GlassBy: "a.khan", GlassFrom: model.InstantOf(monday), GlassTo: model.InstantOf(monday)}, {ID: model.PersonID{8}}}, func(d *diary) {
			d.add(monday, model.Access{What: model.AccessGlass, Person: model.PersonID{7}})
		}, "glass-not-reviewed a.khan 1: The glass was broken for this person and nobody has reviewed it."},
		"a slip":                 {nil, func(d *diary) { failed(d, "a.khan", 4, time.Second) }, ""},
		"slips of a day":         {nil, func(d *diary) { failed(d, "a.khan", 8, 20*time.Minute) }, ""},
		"somebody guesses":       {nil, func(d *diary) { failed(d, "a.khan", 5, 10*time.Minute) }, "wrong-passphrases a.khan 5: 5 wrong passphrases for this staff id."},
		"somebody guesses names": {nil, func(d *diary) { failed(d, "", 6, time.Minute) }, "wrong-passphrases  6: 6 attempts to sign in with staff ids that are nobody's."},
		"somebody disabled":      {nil, func(d *diary) { failed(d, "gone", 1, 0) }, "disabled-sign-in gone 1: An attempt to sign in by somebody who is disabled."},
		"a gap": {nil, func(d *diary) {
			d.add(monday, model.Access{What: model.AccessGap, Of: model.DeviceID{4}, From: 9, Many: 3})
		}, "log-broken  3: 3 entries missing before entry 9 of this workstation."},
		"a copied disk": {nil, func(d *diary) {
			d.add(monday, model.Access{What: model.AccessDevice, Role: model.RoleHub, Of: model.DeviceID{4}, Reason: string(model.DeviceOldToken)})
			d.add(monday.Add(time.Hour), model.Access{What: model.AccessDevice, Role: model.RoleHub, Of: model.DeviceID{4}, Reason: string(model.DeviceResumed)})
		}, "workstation-stopped  1: A workstation was stopped: its data were copied, or put back to an older state."},
		"a workstation withdrawn": {nil, func(d *diary) {
			d.add(monday, model.Access{What: model.AccessDevice, Role: model.RoleHub, Of: model.DeviceID{4}, Reason: string(model.DeviceWithdrawn)})
		}, ""},
		"forged entries": {nil, func(d *diary) {
			for i := range 3 {
				d.add(monday.Add(time.Duration(i)*time.Hour), model.Access{What: model.AccessRefused, Role: model.RoleHub, Of: model.DeviceID{4}, Reason: string(model.SuspectSignature), Many: 2})
			}
		}, "entries-refused a.khan 6: 6 entries refused: not signed by whom they name; the name is claimed, not proven."},
		"a damaged store": {nil, func(d *diary) {
			for range 2 {
				d.add(monday, model.Access{What: model.AccessFound, Reason: string(model.TroubleSummary), Many: 3})
			}
		}, "store-damaged  6: 6 damaged summaries of records were made again from the log."},
		"a hub that is doubted": {nil, func(d *diary) {
			d.add(monday, model.Access{What: model.AccessFound, Reason: string(model.HeadMissing), From: 7})
			d.add(monday, model.Access{What: model.AccessFound, Reason: string(model.TroublePutBack)})
		}, "hub-doubted  1: The hub does not sign its log any more, at entry 7."},
		"entries put aside": {nil, func(d *diary) {
			d.add(monday, model.Access{What: model.AccessFound, Reason: string(model.TroubleAsideUnsigned), Many: 1})
			d.add(monday, model.Access{What: model.AccessFound, Reason: string(model.TroubleAsideRoom), Many: 1})
		}, "hub-doubted  1: 1 entry from the hub put aside: not signed by whom named."},
		"a log that does not verify": {nil, func(d *diary) {
			d.add(monday, model.Access{What: model.AccessFound, Staff: "a.khan", Reason: string(model.TroubleUnproven), Many: 3})
		}, "store-damaged a.khan 3: Findings when the log was verified: 3."},
		"a wrong clock": {nil, func(d *diary) {
			d.add(monday.AddDate(-1, 0, 0), model.Access{What: model.AccessFound, Reason: string(model.TroubleClockBehind), Many: 365})
			d.add(monday, model.Access{What: model.AccessFound, Reason: string(model.TroubleClockRight)})
		}, "clock-wrong  1: This computer's clock, which was wrong, is right again.\nclock-wrong  1: Days by which this computer's clock is behind the newest entry: 365."},
		"a wrong clock kept somebody from writing": {nil, func(d *diary) { d.add(monday, model.Access{What: model.AccessClock}) }, "clock-wrong a.khan 1: Could write nothing: wrong clock."},
		"a refused keyring": {nil, func(d *diary) {
			d.add(monday, model.Access{What: model.AccessSignInFailed, Staff: "a.khan", Reason: model.RefusedKeys})
		}, "keys-refused a.khan 1: Was not let in: keys that the hub did not make for them."},
		"keys that came": {nil, func(d *diary) {
			d.add(monday, model.Access{What: model.AccessFound, Staff: "a.khan", Reason: string(model.TroubleKeys)})
		}, "keys-refused a.khan 1: Was signed out: keys came that the hub did not make for them."},
		"reading the audit": {nil, func(d *diary) {
			for range 50 {
				d.add(monday.Add(11*time.Hour), model.Access{What: model.AccessAudit, Person: model.PersonID{7}, Many: 1000})
			}
		}, ""},
	} {
		t.Run(name, func(t *testing.T) {
			var d diary
			c.write(&d)
			got := found(model.Alarms(d.entries, model.AlarmFacts{Roster: roster, Rows: c.rows}))
			if c.want == "" && got != "" || !strings.HasPrefix(got, c.want) {
				t.Errorf("got\n%s\nwant\n%s", got, c.want)
			}
		})
	}
}

func TestEveryAlarmHasWords(t *testing.T) {
	for _, kind := range model.AlarmKinds() {
		if kind.Words() == string(kind) {
			t.Errorf("%s has no words", kind)
		}
	}
}

func TestTheRulesOfADayAreThoseInForce(t *testing.T) {
	first := model.AlarmRulesOf(model.NewDay(2020, 1, 1))
	if first.From.IsZero() || first.Many == 0 || !reflect.DeepEqual(first, model.AlarmRulesOf(first.From)) {
		t.Errorf("before the first line: %+v", first)
	}
}

// TestAlarmsAskNothingOfOrder: entries come from many desks, in any order, and
// some of them twice.
func TestAlarmsAskNothingOfOrder(t *testing.T) {
	whats := model.AccessWhats()
	rapid.Check(t, func(rt *rapid.T) {
		var d diary
		at := monday
		for range rapid.IntRange(0, 200).Draw(rt, "entries") {
			at = at.Add(time.Duration(rapid.IntRange(-60, 300).Draw(rt, "seconds")) * time.Second)
			d.add(at, model.Access{
				What: rapid.SampledFrom(whats).Draw(rt, "what"), Kin: rapid.IntRange(0, 9).Draw(rt, "kin") == 0,
				Staff: rapid.SampledFrom([]model.StaffID{"a.khan", "b.jones", "gone"}).Draw(rt, "staff"), Person: model.PersonID{1, byte(rapid.IntRange(0, 60).Draw(rt, "person"))},
			})
		}
		facts := model.AlarmFacts{
			Roster: func(id model.StaffID) (model.Staff, bool) { return model.Staff{Disabled: id == "gone"}, true },
			Rows:   []model.Row{{ID: model.PersonID{1, 1}, Glass: 2}, {ID: model.PersonID{1, 2}, Glass: 1}},
		}
		want := model.Alarms(d.entries, facts)
		again := append(slices.Clone(d.entries), d.entries[:len(d.entries)/2]...)
		shuffle := rand.New(rand.NewPCG(rapid.Uint64().Draw(rt, "seed"), 1))
		shuffle.Shuffle(len(again), func(i, j int) { again[i], again[j] = again[j], again[i] })
		slices.Reverse(facts.Rows)
		if got := model.Alarms(again, facts); !reflect.DeepEqual(got, want) {
			rt.Errorf("in another order\n%s\nwere\n%s", found(got), found(want))
		}
	})
}

// TestAnAlarmsKindFitsItsColumn of the audit screen, which is as wide as the
// longest of the first ones.
func TestAnAlarmsKindFitsItsColumn(t *testing.T) {
	for _, kind := range model.AlarmKinds() {
		if words := kind.Words(); len(words) > len(model.AlarmGlassHours.Words()) {
			t.Errorf("%q is cut", words)
		}
	}
}
