package model_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/throughgate/throughgate/model"
)

// The rule of the Offenders (Day of Release from Detention) Act 2023, case by case.
func TestAReleaseMayComeForward(t *testing.T) {
	day := func(y int, m time.Month, d int) model.Day { return model.NewDay(y, m, d) }
	friday, received := day(2026, 11, 27), day(2026, 1, 5)
	for name, c := range map[string]struct {
		day             model.Day
		basis           model.Basis
		reason, legal   string
		received        model.Day
		first, requests model.Day
	}{
		"a Friday":                     {friday, model.BasisConfirmed, "CR", "SENTENCED", received, friday - 1, friday - 2},
		"a recall":                     {friday, model.BasisAutomatic, "PD", "RECALL", received, friday - 1, friday - 2},
		"without a reason yet":         {friday, model.BasisConditional, "", "SENTENCED", received, friday - 1, friday - 2},
		"Maundy Thursday":              {day(2027, 3, 25), model.BasisConfirmed, "CR", "SENTENCED", received, day(2027, 3, 24), day(2027, 3, 23)},
		"the eve of May's holiday":     {day(2027, 4, 30), model.BasisConfirmed, "CR", "SENTENCED", received, day(2027, 4, 29), day(2027, 4, 28)},
		"Christmas Eve, on a Thursday": {day(2026, 12, 24), model.BasisConfirmed, "CR", "SENTENCED", received, day(2026, 12, 23), day(2026, 12, 22)},
		"Tuesday after Easter":         {day(2027, 3, 30), model.BasisConfirmed, "CR", "SENTENCED", received, 0, 0},
		"a Thursday":                   {friday - 1, model.BasisConfirmed, "CR", "SENTENCED", received, 0, 0},
		"a Saturday":                   {friday + 1, model.BasisConfirmed, "CR", "SENTENCED", received, 0, 0},
		"curfew by its reason":         {friday, model.BasisConfirmed, "HR", "SENTENCED", received, 0, 0},
		"curfew by its basis":          {friday, model.BasisHDC, "", "SENTENCED", received, 0, 0},
		"parole":                       {friday, model.BasisParole, "PX", "SENTENCED", received, 0, 0},
		"indeterminate":                {friday, model.BasisConfirmed, "CR", "INDETERMINATE_SENTENCE", received, 0, 0},
		"remand":                       {friday, model.BasisConfirmed, "", "REMAND", received, 0, 0},
		"27 days served":               {friday, model.BasisConfirmed, "CR", "SENTENCED", friday - 27, 0, 0},
		"28 days served":               {friday, model.BasisConfirmed, "CR", "SENTENCED", friday - 28, friday - 1, friday - 2},
		"deportation":                  {friday, model.BasisConfirmed, "DD", "SENTENCED", received, 0, 0},
		"before the Act":               {day(2023, 11, 24), model.BasisConfirmed, "CR", "SENTENCED", day(2023, 1, 5), 0, 0},
		"no date":                      {0, model.BasisNone, "", "SENTENCED", received, 0, 0},
	} {
		rel := model.Release{Day: c.day, Basis: c.basis, Reason: c.reason, Class: model.ReleaseClassOf(c.reason)}
		got := model.ComesForward(rel, model.Stay{LegalStatus: c.legal, Received: c.received})
		if got.Presumed != c.first || got.OnRequest != c.requests || (got.Words() == "") != c.first.IsZero() {
			t.Errorf("%s: may come forward to %s and %s", name, got.Presumed, got.OnRequest)
		}
	}
}

// What is done before the gate counts from the earlier day, what is done there from
// the day of release; a prison's own days come before the table's; and without a
// date nothing is due.
func TestDueDaysMoveWithTheRelease(t *testing.T) {
	friday := model.NewDay(2026, 11, 27)
	rel := model.Release{Day: friday, Basis: model.BasisConfirmed, Reason: "CR", Class: model.ReleasePlanned}
	stay := model.Stay{LegalStatus: "SENTENCED", Received: model.NewDay(2026, 1, 5)}
	own := model.Timeline{model.ItemMedicines: -2}
	due := func(rel model.Release, id model.ItemID) model.Day {
		facts, _ := model.FactsOf(id)
		return own.For(rel, stay).Due(&facts)
	}
	for id, want := range map[model.ItemID]model.Day{
		model.ItemMedicines: friday - 1 - 2, model.ItemResults: friday - 1 - 7, model.ItemLetter: friday - 1,
		model.ItemIdentity: friday, model.ItemAfterRelease: friday + 1,
	} {
		if got := due(rel, id); got != want {
			t.Errorf("%s is due %s, want %s", id, got, want)
		}
	}
	moved := rel
	moved.Day += 4 // a Tuesday
	if due(moved, model.ItemResults) != moved.Day-7 || due(model.Release{}, model.ItemResults) != 0 {
		t.Error("a line did not move with the date, or is due without one")
	}
	results, _ := model.FactsOf(model.ItemResults)
	for class, now := range map[model.ReleaseClass]bool{model.ReleaseShortNotice: true, model.ReleaseNoNotice: true, model.ReleasePlanned: false} {
		dates := own.For(model.Release{Day: friday, Class: class}, model.Stay{})
		if dates.Now(&results, friday-1) != now || dates.Now(&results, friday-7) {
			t.Errorf("%s: at short notice what is late is due now, otherwise it is overdue", class)
		}
	}
	for received, now := range map[model.Day]bool{friday - 3: true, friday - 7: true, friday - 8: false} {
		if dates := own.For(model.Release{Day: friday, Class: model.ReleasePlanned}, model.Stay{Received: received}); dates.Now(&results, friday-1) != now {
			t.Errorf("who came on %s has had no day for it: %v", received, !now)
		}
	}
}

func TestAnOddReleaseDateIsSaid(t *testing.T) {
	today := model.NewDay(2026, 11, 23)
	for words, day := range map[string]model.Day{
		"Was due yesterday and is still here": today - 1, "Was due on Fri 20-Nov-2026": today - 3, "falls on a weekend": today + 5,
		"bank holiday (Christmas Day)": model.NewDay(2026, 12, 25), "": today + 1,
	} {
		s := model.SharedPart{Release: model.Release{Day: day}}
		if got := s.DateWarning(today); !strings.Contains(got, words) || words == "" && got != "" {
			t.Errorf("%s: %q", day, got)
		}
		s.Stay.Out, s.Movements = string(model.MovementRelease), []model.Movement{{Type: model.MovementRelease, Reason: "CR"}}
		if s.DateWarning(today) != "" {
			t.Errorf("%s: who has left is warned of", day)
		}
	}
	d := newDesk(t, 1, model.RoleReception)
	d.do(morning, &model.ReleaseSet{Day: today, Basis: model.BasisConfirmed})
	d.do(morning, &model.ItemSet{Item: model.ItemPractice, State: model.Done})
	d.do(morning, &model.ReleaseSet{})
	s := &d.record().Shared
	if !strings.Contains(s.DateWarning(today), "was taken away") || s.Item(model.ItemPractice).State != model.Done {
		t.Errorf("the date vanished: %q", s.DateWarning(today))
	}
	for _, m := range model.Timeline(nil).Readiness(s) {
		if !m.Due.IsZero() {
			t.Errorf("%s is due %s without a date", m.Item.ID, m.Due)
		}
	}
}

func TestAWorklistIsARolesAndBeginsWithWhatIsLate(t *testing.T) {
	today := model.NewDay(2026, 11, 23)
	person := func(n byte, rel model.Release, out string) model.Row {
		s := model.SharedPart{Release: rel}
		s.Stay.Out = out
		if out == string(model.MovementRelease) {
			s.Movements = []model.Movement{{Type: model.MovementRelease, Reason: "CR"}}
		}
		return model.RowOf(model.PersonID{n}, &s)
	}
	rows := []model.Row{
		person(1, model.Release{Day: today + 60, Basis: model.BasisConfirmed, Reason: "CR", Class: model.ReleasePlanned}, ""),
		person(2, model.Release{Day: today + 2, Basis: model.BasisConfirmed, Reason: "CR", Class: model.ReleasePlanned}, ""),
		person(3, model.Release{Day: today - 2, Basis: model.BasisConfirmed, Reason: "CR", Class: model.ReleasePlanned}, string(model.MovementRelease)),
		person(4, model.Release{Day: today + 2, Basis: model.BasisConfirmed, Reason: "BD", Class: model.ReleaseShortNotice}, ""),
		person(5, model.Release{}, ""),
		person(6, model.Release{}, string(model.MovementCourt)),
	}
	atCourt := 0
	for _, role := range model.Roles() {
		tasks := model.Worklist(rows, role, nil, today, model.WorklistDays)
		if !slices.IsSortedFunc(tasks, func(a, b model.Task) int { return int(a.Due - b.Due) }) {
			t.Errorf("%s: not in the order of the days", role)
		}
		for _, task := range tasks {
			if task.Row.ID[0] == 6 {
				atCourt++
			}
			if task.Item.Owners[0] != role || task.Row.ID == (model.PersonID{5}) || task.Overdue(today) && (task.Row.ID[0] == 4 || task.Row.ID[0] == 6) {
				t.Errorf("%s: %s of %v", role, task.Item.ID, task.Row.ID[0])
			}
			gone, never := task.Row.ID == model.PersonID{3}, model.AfterRelease
			if gone {
				never = model.AtGate
			}
			if task.Item.Stage == never && task.Item.ID != model.ItemProperty || gone && task.Item.Stage == model.BeforeGate && task.Due <= today-2 {
				t.Errorf("%s: %s of %v, which is not its time", role, task.Item.ID, task.Row.ID[0])
			}
		}
	}
	if atCourt == 0 {
		t.Error("nobody has work with who may be released at court today")
	}
	if n := len(model.Worklist(rows, model.RoleNurse, nil, today, model.WorklistDays)); n < 6 {
		t.Errorf("a nurse has %d", n)
	}
}

// A prison's due days for 100,000 people, each with every line.
func BenchmarkEveryDueDate(b *testing.B) {
	const people = 100_000
	release := make([]model.Release, people)
	for i := range release {
		release[i] = model.Release{Day: model.NewDay(2026, 11, 23) + model.Day(i%700), Basis: model.BasisConfirmed, Reason: "CR", Class: model.ReleasePlanned}
	}
	stay := model.Stay{LegalStatus: "SENTENCED", Received: model.NewDay(2026, 1, 5)}
	checklist, own := model.Checklist(), model.Timeline{model.ItemMedicines: -2}
	for b.Loop() {
		var sum model.Day
		for i := range release {
			dates := own.For(release[i], stay)
			for k := range checklist {
				sum += dates.Due(&checklist[k])
			}
		}
		if sum == 0 {
			b.Fatal("nothing is due")
		}
	}
}
