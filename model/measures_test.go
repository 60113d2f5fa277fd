package model_test

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/throughgate/throughgate/model"
)

// a story is what was written about one person, each at its time.
type story struct {
	record *model.Record
	clock  model.Clock
}

func newStory() *story {
	return &story{record: model.NewRecord(model.PersonID{7}, model.Compartments()), clock: model.Clock{Node: 1}}
}

// at writes something at a moment in London: "2026-11-27 09:30".
func (s *story) at(t *testing.T, when string, changes ...model.Change) *story {
	t.Helper()
	for _, c := range changes {
		op := &model.Op{Stamp: s.clock.Next(london(t, when)), Actor: model.Actor{Staff: "a.khan", Role: model.RoleManager, Site: "LEI"}, Person: s.record.ID, Kind: c.Kind(), Change: c, Compartment: c.Compartment()}
		s.record.Fold(op)
	}
	return s
}

func (s *story) row() model.Row { return model.RowOf(s.record.ID, &s.record.Shared) }

func london(t *testing.T, when string) time.Time {
	t.Helper()
	at, err := time.ParseInLocation("2006-01-02 15:04", when, model.London)
	if err != nil {
		t.Fatal(err)
	}
	return at
}

func isoDay(t *testing.T, s string) model.Day {
	t.Helper()
	day, err := model.ParseISODay(s)
	if err != nil {
		t.Fatal(err)
	}
	return day
}

func leaves(t *testing.T, when, reason string) model.Change {
	return &model.MovementRecorded{Movement: model.Movement{Type: model.MovementRelease, Reason: reason, At: model.InstantOf(london(t, when))}}
}

func comesBack(t *testing.T, when string) model.Change {
	return &model.MovementRecorded{Movement: model.Movement{Type: model.MovementAdmission, Reason: "L", At: model.InstantOf(london(t, when))}}
}

func done(ids ...model.ItemID) []model.Change {
	var out []model.Change
	for _, id := range ids {
		out = append(out, &model.ItemSet{Item: id, State: model.Done})
	}
	return out
}

// measured runs the measures over one period, as at a moment.
func measured(t *testing.T, from, to, now string, rows ...model.Row) model.Measures {
	t.Helper()
	return model.MeasuresOf(rows, isoDay(t, from), isoDay(t, to), model.InstantOf(london(t, now)), nil)
}

func measureOf(t *testing.T, m model.Measures, id model.MeasureID) model.Measure {
	t.Helper()
	for _, one := range m.Measures {
		if one.ID == id {
			return one
		}
	}
	t.Fatalf("there is no measure %s", id)
	return model.Measure{}
}

const friday = "2026-11-27"

// TestMeasuresCountOneRelease takes one person's story at a time and says what
// each measure makes of it: met, missed, or why it is not counted.
func TestMeasuresCountOneRelease(t *testing.T) {
	prepared := func(reason string) *story {
		return newStory().at(t, "2026-11-20 10:00", append(done(model.ItemGP, model.ItemMedicines, model.ItemLetter), &model.ReleaseSet{Day: isoDay(t, friday), Basis: model.BasisConfirmed, Reason: reason})...)
	}
	const met, missed = "met", "missed"
	for name, tt := range map[string]struct {
		story *story
		want  map[model.MeasureID]string
	}{
		"all in time": {
			prepared("CR").at(t, "2026-11-27 09:30", leaves(t, "2026-11-27 09:30", "CR")).at(t, "2026-11-27 23:59", done(model.ItemLetterDelivered)...),
			map[model.MeasureID]string{model.MeasureSupply: met, model.MeasureSigned: met, model.MeasureDelivered: met, model.MeasureRegistered: met, model.MeasureRescued: "with-notice"},
		},
		"nothing was done": {
			newStory().at(t, "2026-11-27 09:30", leaves(t, "2026-11-27 09:30", "CR")),
			map[model.MeasureID]string{model.MeasureSupply: missed, model.MeasureSigned: missed, model.MeasureDelivered: missed, model.MeasureRegistered: missed},
		},
		"one minute after midnight is another day": {
			prepared("CR").at(t, "2026-11-27 09:30", leaves(t, "2026-11-27 09:30", "CR")).at(t, "2026-11-28 00:01", done(model.ItemLetterDelivered)...),
			map[model.MeasureID]string{model.MeasureSigned: met, model.MeasureDelivered: missed},
		},
		"after the gate, the same day": {
			newStory().at(t, "2026-11-27 09:30", leaves(t, "2026-11-27 09:30", "CR")).at(t, "2026-11-27 15:00", done(model.ItemGP, model.ItemMedicines, model.ItemLetter)...),
			map[model.MeasureID]string{model.MeasureSupply: missed, model.MeasureSigned: met, model.MeasureRegistered: missed},
		},
		"recorded late, and done in between": {
			newStory().at(t, "2026-11-27 12:00", done(model.ItemMedicines)...).at(t, "2026-11-27 16:00", leaves(t, "2026-11-27 09:30", "CR")),
			map[model.MeasureID]string{model.MeasureSupply: missed},
		},
		"what was done stays done": {
			prepared("CR").at(t, "2026-11-27 09:30", leaves(t, "2026-11-27 09:30", "CR")).
				at(t, "2026-11-30 09:00", &model.ItemSet{Item: model.ItemLetter, State: model.InProgress, Detail: "redo"}, &model.ItemSet{Item: model.ItemGP, State: model.Done, Detail: "PDS"}),
			map[model.MeasureID]string{model.MeasureSigned: met, model.MeasureRegistered: met},
		},
		"the person refused": {
			prepared("CR").at(t, "2026-11-21 09:00", &model.ItemSet{Item: model.ItemGP, State: model.Refused, Note: "would not"}, &model.ItemSet{Item: model.ItemMedicines, State: model.NotNeeded, Note: "none"}).
				at(t, "2026-11-27 09:30", leaves(t, "2026-11-27 09:30", "CR")),
			map[model.MeasureID]string{model.MeasureRegistered: "refused", model.MeasureSupply: "not-needed"},
		},
		"died in prison": {
			prepared("CR").at(t, "2026-11-27 04:00", leaves(t, "2026-11-27 04:00", "DEC")),
			map[model.MeasureID]string{model.MeasureSupply: "not-care", model.MeasureSigned: "not-care", model.MeasureRegistered: "not-care", model.MeasureRescued: "not-care"},
		},
		"to hospital": {
			prepared("HP").at(t, "2026-11-27 09:30", leaves(t, "2026-11-27 09:30", "HP")),
			map[model.MeasureID]string{model.MeasureSupply: "elsewhere", model.MeasureSigned: met, model.MeasureRegistered: "elsewhere"},
		},
		"deported": {
			prepared("DE").at(t, "2026-11-27 09:30", leaves(t, "2026-11-27 09:30", "DE")),
			map[model.MeasureID]string{model.MeasureSupply: met, model.MeasureRegistered: "elsewhere", model.MeasureDelivered: "elsewhere"},
		},
		"planned, and let go at court": {
			prepared("CR").at(t, "2026-11-27 15:00", leaves(t, "2026-11-27 14:00", "NG")),
			map[model.MeasureID]string{model.MeasureRescued: met, model.MeasureSupply: met},
		},
		"no notice, rescued the next evening": {
			newStory().at(t, "2026-11-27 15:00", leaves(t, "2026-11-27 14:00", "NG")).at(t, "2026-11-28 23:30", done(model.ItemMedicines, model.ItemLetter)...),
			map[model.MeasureID]string{model.MeasureRescued: met, model.MeasureSupply: missed},
		},
		"no notice, half rescued": {
			newStory().at(t, "2026-11-27 15:00", leaves(t, "2026-11-27 14:00", "NG")).at(t, "2026-11-28 09:30", done(model.ItemMedicines)...),
			map[model.MeasureID]string{model.MeasureRescued: missed},
		},
		"rescued by the rescue list, which was started late": {
			newStory().at(t, "2026-11-27 15:00", leaves(t, "2026-11-27 14:00", "SC")).
				at(t, "2026-11-27 16:00", &model.RescueStarted{Known: model.InstantOf(london(t, "2026-11-27 15:30")), Left: model.InstantOf(london(t, "2026-11-27 14:00")), Reason: "SC", Told: "The court", Means: model.MeansPhone}).
				at(t, "2026-11-28 10:00", &model.RescueStepSet{Step: model.RescueSupply, State: model.NotNeeded, Note: "takes none"}, &model.RescueStepSet{Step: model.RescueLetter, State: model.Done}),
			map[model.MeasureID]string{model.MeasureRescued: met, model.MeasureSupply: missed},
		},
		"no notice on Christmas Eve: a bank holiday is a day too": {
			newStory().at(t, "2026-12-24 15:00", leaves(t, "2026-12-24 14:00", "NG")).at(t, "2026-12-28 09:30", done(model.ItemMedicines, model.ItemLetter)...),
			map[model.MeasureID]string{model.MeasureRescued: missed},
		},
	} {
		t.Run(name, func(t *testing.T) {
			got := measured(t, "2026-11-23", "2026-12-31", "2026-12-31 12:00", tt.story.row())
			if got.Left != 1 {
				t.Errorf("%d left", got.Left)
			}
			for id, want := range tt.want {
				m := measureOf(t, got, id)
				is := "nothing"
				switch {
				case m.Of == 1 && m.Met == 1:
					is = met
				case m.Of == 1:
					is = missed
				}
				for why := range m.Excluded {
					is = string(why)
				}
				if is != want {
					t.Errorf("%s: %s, want %s (%+v)", id, is, want, m.Figure)
				}
			}
		})
	}
}

// Who has only a date, was called off or is out at court has not left.
func TestMeasuresCountWhatHappened(t *testing.T) {
	planned := newStory().at(t, "2026-11-20 10:00", &model.ReleaseSet{Day: isoDay(t, friday), Basis: model.BasisConfirmed, Reason: "CR"})
	court := newStory().at(t, "2026-11-27 08:00", &model.MovementRecorded{Movement: model.Movement{Type: model.MovementCourt, Reason: "CRT", At: model.InstantOf(london(t, "2026-11-27 08:00"))}})
	if got := measured(t, "2026-11-01", "2026-12-31", "2026-12-31 12:00", planned.row(), court.row()); got.Left != 0 {
		t.Errorf("%d left", got.Left)
	}
}

// Released, recalled and released again in one week is two releases, each with
// what was done for it.
func TestMeasuresCountEachRelease(t *testing.T) {
	twice := newStory().
		at(t, "2026-11-23 09:00", done(model.ItemMedicines, model.ItemLetter)...).
		at(t, "2026-11-23 10:00", leaves(t, "2026-11-23 10:00", "CR")).
		at(t, "2026-11-25 10:00", comesBack(t, "2026-11-25 10:00")).
		at(t, "2026-11-25 11:00", &model.ItemSet{Item: model.ItemMedicines}, &model.ItemSet{Item: model.ItemLetter}).
		at(t, "2026-11-27 10:00", leaves(t, "2026-11-27 10:00", "CR"))
	got := measured(t, "2026-11-23", "2026-11-29", "2026-12-31 12:00", twice.row())
	if supply := measureOf(t, got, model.MeasureSupply); got.Left != 2 || supply.Of != 2 || supply.Met != 1 {
		t.Errorf("%d left, supply %+v", got.Left, supply.Figure)
	}
}

// Two desks that both record one release mean one.
func TestMeasuresCountAReleaseOnce(t *testing.T) {
	both := newStory().at(t, "2026-11-27 10:00", leaves(t, "2026-11-27 10:00", "CR"), leaves(t, "2026-11-27 10:00", "CR"))
	if got := measured(t, "2026-11-23", "2026-11-29", "2026-12-31 12:00", both.row()); got.Left != 1 {
		t.Errorf("%d left", got.Left)
	}
}

func TestMeasuresGoByWeeksInLondon(t *testing.T) {
	var rows []model.Row
	for _, when := range []string{
		"2026-10-25 23:59", // Sunday of week 43, on which the clocks go back
		"2026-10-26 00:00", // Monday of week 44
		"2026-12-31 12:00", // week 53 reaches into the next year
		"2027-01-03 23:59",
		"2027-01-04 00:01",
	} {
		rows = append(rows, newStory().at(t, when, leaves(t, when, "CR")).row())
	}
	supply := measureOf(t, measured(t, "2026-10-19", "2027-01-10", "2027-02-01 12:00", rows...), model.MeasureSupply)
	got := map[string]int{}
	for _, w := range supply.Weeks {
		if w.Of > 0 {
			got[w.Week.String()] = w.Of
		}
	}
	for week, n := range map[string]int{"2026-W43": 1, "2026-W44": 1, "2026-W53": 2, "2027-W01": 1} {
		if got[week] != n {
			t.Errorf("week %s: %d, want %d (%v)", week, got[week], n, got)
		}
	}
	if len(supply.Weeks) != 12 || supply.Of != len(rows) {
		t.Errorf("%d weeks, %d people", len(supply.Weeks), supply.Of)
	}
}

// Yesterday's release without notice has until tonight.
func TestWhatCanStillBeDoneCountsNeitherWay(t *testing.T) {
	let := newStory().at(t, "2026-11-27 15:00", leaves(t, "2026-11-27 14:00", "NG"))
	for now, want := range map[string]model.Figure{
		"2026-11-28 23:59": {Excluded: map[model.Why]int{model.WhyTooEarly: 1}},
		"2026-11-29 00:00": {Of: 1},
	} {
		got := measureOf(t, measured(t, "2026-11-23", "2026-11-29", now, let.row()), model.MeasureRescued).Figure
		if got.Of != want.Of || len(got.Excluded) != len(want.Excluded) {
			t.Errorf("at %s: %+v, want %+v", now, got, want)
		}
	}
}

func TestOverdueLinesAreTheirOwners(t *testing.T) {
	here := newStory().at(t, "2026-11-01 10:00", &model.ReleaseSet{Day: isoDay(t, "2026-12-01"), Basis: model.BasisConfirmed, Reason: "CR"})
	gone := newStory().at(t, "2026-11-02 10:00", leaves(t, "2026-11-02 10:00", "CR"))
	got := measured(t, "2026-11-23", "2026-11-29", "2026-11-27 12:00", here.row(), gone.row()).Overdue
	want, today := map[model.Role]int{}, isoDay(t, friday)
	for _, role := range model.Roles() {
		for _, task := range model.Worklist([]model.Row{here.row(), gone.row()}, role, nil, today, 0) {
			if task.Overdue(today) {
				want[role]++
			}
		}
	}
	for _, o := range got {
		sum := 0
		for _, w := range o.Weeks {
			sum += w.Lines
		}
		if o.Lines != want[o.Owner] || sum != o.Lines {
			t.Errorf("%s: %d lines, %d by week, want %d", o.Owner, o.Lines, sum, want[o.Owner])
		}
	}
	if len(got) != len(want) || len(want) == 0 {
		t.Errorf("%d owners, want %d", len(got), len(want))
	}
}

func TestPercentNeverRoundsSomebodyAway(t *testing.T) {
	for f, want := range map[[2]int]int{{0, 3}: 0, {1, 1000}: 1, {1, 2}: 50, {2, 3}: 67, {999, 1000}: 99, {3, 3}: 100} {
		if got, ok := (model.Figure{Met: f[0], Of: f[1]}).Percent(); !ok || got != want {
			t.Errorf("%v: %d %v, want %d", f, got, ok, want)
		}
	}
	if _, ok := (model.Figure{}).Percent(); ok {
		t.Error("nobody has a share")
	}
}

// What is published tells of no group under five, not even by what is left of it.
func TestPublishedMeasuresHideSmallNumbers(t *testing.T) {
	m := model.Measures{Left: 30, Measures: []model.Measure{
		{ID: "few", Figure: model.Figure{Met: 1, Of: 4}},
		{ID: "few-missed", Figure: model.Figure{Met: 18, Of: 20, Excluded: map[model.Why]int{model.WhyRefused: 1}}},
		{ID: "many", Figure: model.Figure{Met: 10, Of: 20, Excluded: map[model.Why]int{model.WhyRefused: 1}}, Weeks: []model.WeekFigure{{Figure: model.Figure{Met: 5, Of: 10}}, {Figure: model.Figure{Met: 5, Of: 10}}}},
		{ID: "one-small-week", Figure: model.Figure{Met: 10, Of: 20}, Weeks: []model.WeekFigure{{Figure: model.Figure{Met: 9, Of: 10}}, {Figure: model.Figure{Met: 1, Of: 10}}}},
		{ID: "none", Figure: model.Figure{}},
	}, Overdue: []model.OverdueLines{{Owner: model.RoleNurse, Lines: 4}, {Owner: model.RoleOMU, Lines: 9, Weeks: []model.WeekLines{{Lines: 9}}}}}
	p := m.Publishable()
	for id, want := range map[model.MeasureID]struct {
		hidden bool
		weeks  int
	}{"few": {true, 0}, "few-missed": {true, 0}, "many": {false, 2}, "one-small-week": {false, 0}, "none": {false, 0}} {
		got := measureOf(t, p, id)
		if got.Hidden != want.hidden || len(got.Weeks) != want.weeks || got.Hidden && got.Of+got.Met > 0 || len(got.Excluded) > 0 {
			t.Errorf("%s: %+v", id, got)
		}
	}
	if len(p.Overdue) != 1 || len(p.Overdue[0].Weeks) != 0 {
		t.Errorf("%+v", p.Overdue)
	}
	if len(m.Measures[2].Weeks) != 2 || m.Measures[2].Excluded == nil {
		t.Error("what is shown at the desk was changed")
	}
}

// The shape is part of the command line's contract, and nothing in it is
// anybody's name or number.
func TestMeasuresAsJSONNameNobody(t *testing.T) {
	s := newStory().at(t, "2026-11-20 10:00", &model.PersonNamed{Name: model.PersonName{Family: "Secretname"}}, &model.PersonNumbered{Scheme: model.SchemePrison, Value: "A1234AA"}).
		at(t, "2026-11-27 10:00", leaves(t, "2026-11-27 10:00", "CR"))
	out, err := json.Marshal(measured(t, "2026-11-23", "2026-11-29", "2026-12-31 12:00", s.row()))
	if err != nil {
		t.Fatal(err)
	}
	const want = `{"from":"2026-11-23","to":"2026-11-29","left":1,"measures":[{"measure":"supply","name":"Medicines or prescription at release","met":0,"of":1,"weeks":[{"week":"2026-W48","begins":"2026-11-23","met":0,"of":1}]},`
	if text := string(out); !strings.HasPrefix(text, want) || strings.Contains(strings.ToUpper(text), "SECRETNAME") || strings.Contains(text, "A1234AA") {
		t.Errorf("%s", text)
	}
}
