package model_test

import (
	"testing"
	"time"

	"github.com/throughgate/throughgate/model"
)

// letGo is a release at court at 12:00, of which the prison heard half an hour
// later.
func letGo() *model.RescueStarted {
	noon := morning.Add(4 * time.Hour)
	return &model.RescueStarted{
		Known: model.InstantOf(noon.Add(30 * time.Minute)), Left: model.InstantOf(noon), Reason: "NG", Court: "Leeds Crown Court", Told: "Clerk of court 3", Means: model.MeansPhone,
	}
}

// follow makes a change and what follows from it, as a store does.
func (d *desk) follow(at time.Time, c model.Change) {
	d.tb.Helper()
	if err := c.Check(d.record(), at); err != nil {
		d.tb.Fatalf("%s: %v", c.Kind(), err)
	}
	d.do(at, c)
	for due := []model.Change{c}; len(due) > 0; due = due[1:] {
		if f, leads := due[0].(model.Follower); leads {
			for _, next := range f.Follows(d.record()) {
				d.do(at, next)
				due = append(due, next)
			}
		}
	}
}

func TestReleasedAtCourtIsAReleaseWithNoNotice(t *testing.T) {
	d := atCourt(t)
	d.follow(morning.Add(5*time.Hour), letGo())
	s := &d.record().Shared
	if s.Release.Class != model.ReleaseNoNotice || s.Release.Basis != model.BasisConfirmed || s.Release.Time != "12:00" || s.Release.Reason != "NG" {
		t.Errorf("the release is %+v", s.Release)
	}
	if len(s.Movements) != 1 || s.Stay.Out != string(model.MovementRelease) || s.Movements[0].Other != "Leeds Crown Court" {
		t.Errorf("the movements are %+v, out: %s", s.Movements, s.Stay.Out)
	}
	row := model.RowOf(model.PersonID{1}, s)
	if len(row.Rescue.Rest()) != 8 || !row.Left() {
		t.Errorf("%d steps are left", len(row.Rescue.Rest()))
	}
}

// The clock runs from when the prison heard, and each step is late on its own.
func TestStepsOfARescueFallDueOneAfterTheOther(t *testing.T) {
	d := atCourt(t)
	d.follow(morning.Add(5*time.Hour), letGo())
	row := model.RowOf(model.PersonID{1}, &d.record().Shared).Rescue
	known := morning.Add(4*time.Hour + 30*time.Minute)
	for _, tt := range []struct {
		after time.Duration
		role  model.Role
		late  int
	}{
		{0, "", 0}, {29 * time.Minute, "", 0}, {31 * time.Minute, "", 1}, {61 * time.Minute, "", 2}, {121 * time.Minute, "", 4},
		{121 * time.Minute, model.RoleOMU, 0}, {13 * time.Hour, "", 5}, {48 * time.Hour, "", 8}, {48 * time.Hour, model.RoleOMU, 1},
	} {
		if got := row.Overdue(known.Add(tt.after), tt.role); got != tt.late {
			t.Errorf("after %v %d steps of %q are late, want %d", tt.after, got, tt.role, tt.late)
		}
	}
}

func TestOverAWeekendTheNextWorkingDayIsMonday(t *testing.T) {
	friday := time.Date(2026, time.November, 27, 15, 0, 0, 0, model.London)
	facts, _ := model.RescueFactsOf(model.RescuePhone)
	if due := facts.DueOf(model.InstantOf(friday), 0); model.DayOf(due.Time()) != model.NewDay(2026, time.November, 30) {
		t.Errorf("due %s", due)
	}
}

// Two desks that hear of one release record one, and either may have the
// movement already.
func TestAReleaseAtCourtIsRecordedOnce(t *testing.T) {
	one, two := atCourt(t), newDesk(t, 2, model.RoleReception)
	one.meet(two)
	one.do(morning.Add(5*time.Hour), letGo())
	two.do(morning.Add(5*time.Hour), letGo())
	two.do(morning.Add(5*time.Hour), &model.MovementRecorded{Movement: model.Movement{Type: model.MovementRelease, Reason: "NG", At: letGo().Left}})
	one.meet(two)
	r := one.record()
	if n := len(r.Shared.Movements); n != 1 {
		t.Errorf("the release is recorded %d times", n)
	}
	if len(r.Conflicts()) != 0 {
		t.Errorf("two desks that agree are in conflict")
	}
	again := &model.MovementRecorded{Movement: model.Movement{Type: model.MovementRelease, Reason: "NG", At: letGo().Left}}
	if err := again.Check(r, morning.Add(6*time.Hour)); model.KindOf(err) != model.KindConflict {
		t.Errorf("recorded once more: %v", err)
	}
	if err := letGo().Check(r, morning.Add(6*time.Hour)); model.KindOf(err) != model.KindConflict {
		t.Errorf("started once more: %v", err)
	}
}

// The first answer of a triage freezes the list; what changes later changes that
// no more. The shared list says done, and nothing of what.
func TestATriageFreezesTheListAndSaysOnlyThatItIsDone(t *testing.T) {
	d := atCourt(t)
	d.follow(morning, &model.MedicineSet{ID: model.NewMedicineID([8]byte{2}), Prescribed: model.Prescribed{Name: "Apixaban"}})
	d.follow(morning.Add(5*time.Hour), letGo())
	flags := d.record().CriticalFlags(d.record().Health.CurrentMedicines())
	if len(flags) != 2 {
		t.Fatalf("%d flags", len(flags))
	}
	of := letGo().Known
	d.follow(morning.Add(6*time.Hour), &model.TriageSet{Of: of, Flag: flags[0].ID, Outcome: model.TriageHas})
	r := d.record()
	frozen, is := r.Health.FrozenOf(of)
	if !is || len(frozen.Medicines) != 2 || frozen.List != r.Health.ListHash() {
		t.Fatalf("frozen: %+v", frozen)
	}
	steps := r.Shared.Rescue.Steps
	if steps[model.RescueFreeze].State != model.Done || steps[model.RescueTriage].State != model.InProgress {
		t.Errorf("after one of two answers: %+v", steps)
	}
	byHand := &model.RescueStepSet{Step: model.RescueTriage, State: model.Done}
	if byHand.Check(r, morning) == nil {
		t.Error("a hand ticks a triage that is not done")
	}
	d.follow(morning.Add(6*time.Hour), &model.TriageSet{Of: of, Flag: flags[1].ID, Outcome: model.TriagePrescribed, Note: "The pharmacy at the station"})
	if step := d.record().Shared.Rescue.Steps[model.RescueTriage]; step.State != model.Done || step.Note != "" {
		t.Errorf("after both: %+v", step)
	}
	d.follow(morning.Add(7*time.Hour), &model.MedicineStopped{ID: model.NewMedicineID([8]byte{2}), Day: model.DayOf(morning), Reason: "Given in error"})
	if after, _ := d.record().Health.FrozenOf(of); len(after.Medicines) != 2 {
		t.Error("what was frozen changed")
	}
}

// Back in prison: the list is over, and a prescription that was sent is the one
// thing to do.
func TestWhoComesBackHasTheirPrescriptionCancelled(t *testing.T) {
	for _, tt := range []struct {
		name string
		back model.Change
		sent bool
	}{
		{"recalled", &model.MovementRecorded{Movement: model.Movement{Type: model.MovementAdmission, Reason: "L", At: model.InstantOf(morning.Add(30 * time.Hour))}}, true},
		{"booked anew by prison IT", &model.StaySet{Site: "LEI", BookingID: "B2", Received: model.DayOf(morning) + 1}, true},
		{"nothing was sent", &model.StaySet{Site: "LEI", BookingID: "B2", Received: model.DayOf(morning) + 1}, false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			d := atCourt(t)
			d.follow(morning.Add(5*time.Hour), letGo())
			if tt.sent {
				d.follow(morning.Add(6*time.Hour), &model.RescueStepSet{Step: model.RescueSupply, State: model.Done})
			}
			d.follow(morning.Add(31*time.Hour), tt.back)
			s := &d.record().Shared
			rest := model.RowOf(model.PersonID{1}, s).Rescue.Rest()
			switch {
			case s.Rescue.Running():
				t.Error("the list still runs")
			case !tt.sent && len(rest) != 0, tt.sent && (len(rest) != 1 || rest[0].Step != model.RescueCancel):
				t.Errorf("left to do: %v", rest)
			}
			if !tt.sent {
				return
			}
			if row := model.RowOf(model.PersonID{1}, s); row.Left() || row.Rescue.Overdue(morning.Add(32*time.Hour), model.RolePharmacy) != 1 {
				t.Errorf("it is not late at once")
			}
			d.follow(morning.Add(32*time.Hour), &model.RescueStepSet{Step: model.RescueCancel, State: model.Done})
			if row := model.RowOf(model.PersonID{1}, &d.record().Shared).Rescue; row != (model.RescueRow{}) {
				t.Errorf("left: %+v", row)
			}
		})
	}
}

// Released, recalled and released again within a week: each rescue is its own.
func TestASecondRescueKnowsNothingOfTheFirst(t *testing.T) {
	d := atCourt(t)
	d.follow(morning.Add(5*time.Hour), letGo())
	flag := d.record().CriticalFlags(d.record().Health.CurrentMedicines())[0]
	d.follow(morning.Add(6*time.Hour), &model.TriageSet{Of: letGo().Known, Flag: flag.ID, Outcome: model.TriageHas})
	d.follow(morning.Add(30*time.Hour), &model.MovementRecorded{Movement: model.Movement{Type: model.MovementAdmission, Reason: "L", At: model.InstantOf(morning.Add(30 * time.Hour))}})
	second := letGo()
	second.Known, second.Left = model.InstantOf(morning.Add(72*time.Hour)), model.InstantOf(morning.Add(71*time.Hour))
	d.follow(morning.Add(73*time.Hour), second)
	r := d.record()
	if len(r.Shared.Movements) != 3 || len(model.RowOf(r.ID, &r.Shared).Rescue.Rest()) != 8 || r.Untriaged() != 1 {
		t.Errorf("%d movements, %d steps, %d flags", len(r.Shared.Movements), len(model.RowOf(r.ID, &r.Shared).Rescue.Rest()), r.Untriaged())
	}
	if _, frozen := r.Health.FrozenOf(second.Known); frozen {
		t.Error("the list of the first stands for the second")
	}
}

func TestWhatARescueCannotBeginWith(t *testing.T) {
	now := morning.Add(5 * time.Hour)
	for name, spoil := range map[string]func(*model.RescueStarted){
		"a planned reason":      func(c *model.RescueStarted) { c.Reason = "CR" },
		"a death":               func(c *model.RescueStarted) { c.Reason = "DEC" },
		"nobody who said so":    func(c *model.RescueStarted) { c.Told = " " },
		"no means":              func(c *model.RescueStarted) { c.Means = "" },
		"the future":            func(c *model.RescueStarted) { c.Known = model.InstantOf(now.Add(time.Minute)) },
		"news before the event": func(c *model.RescueStarted) { c.Known = c.Left - 1 },
	} {
		c := letGo()
		spoil(c)
		if c.Check(atCourt(t).record(), now) == nil {
			t.Errorf("it begins with %s", name)
		}
	}
	dead := atCourt(t).record()
	dead.Shared.Deceased = model.DayOf(morning)
	if letGo().Check(dead, now) == nil {
		t.Error("it begins for somebody who has died")
	}
	moved := atCourt(t).record()
	moved.Shared.Stay.Out = string(model.MovementTransfer)
	if letGo().Check(moved, now) == nil {
		t.Error("it begins for somebody who is in another prison")
	}
}

// A letter that was sent and a referral that was made settle their steps by
// themselves; a letter that went before the release does not.
func TestStepsFollowFromWhatIsRecordedElsewhere(t *testing.T) {
	d := atCourt(t)
	d.do(morning, &model.ItemSet{Item: model.ItemLetterDelivered, State: model.InProgress, Detail: "sent"})
	d.follow(morning.Add(5*time.Hour), letGo())
	mark := func(step model.RescueStep) model.ItemState { return d.record().Shared.RescueMark(step).State }
	if got := mark(model.RescueLetter); got != model.NotStarted {
		t.Errorf("a letter of before the release settles the step: %q", got)
	}
	before := len(model.RowOf(model.PersonID{1}, &d.record().Shared).Rescue.Rest())
	d.do(morning.Add(6*time.Hour), &model.ItemSet{Item: model.ItemLetterDelivered, State: model.InProgress, Detail: "sent"})
	d.do(morning.Add(6*time.Hour), &model.ItemSet{Item: model.ItemReconnect, State: model.NotNeeded, Note: "Lives in Scotland"})
	if mark(model.RescueLetter) != model.Done || mark(model.RescueReconnect) != model.NotNeeded {
		t.Errorf("the letter is %q, the referral %q", mark(model.RescueLetter), mark(model.RescueReconnect))
	}
	if got := len(model.RowOf(model.PersonID{1}, &d.record().Shared).Rescue.Rest()); got != before-2 {
		t.Errorf("%d steps are left of %d", got, before)
	}
	d.do(morning.Add(7*time.Hour), &model.ItemSet{Item: model.ItemLetterDelivered, State: model.Problem, Detail: "not delivered"})
	if got := mark(model.RescueLetter); got != model.NotStarted {
		t.Errorf("the letter did not arrive, and its step is %q", got)
	}
}

// Who is on an ACCT has a step of its own, done only with who was told.
func TestAnACCTHasItsOwnStep(t *testing.T) {
	d := atCourt(t)
	d.follow(morning.Add(5*time.Hour), letGo())
	if d.record().Shared.RescueAsks(model.RescueACCT) {
		t.Error("it is asked of somebody without an ACCT")
	}
	d.do(morning.Add(6*time.Hour), &model.AlertSet{Code: "HA", Active: true})
	if !d.record().Shared.RescueAsks(model.RescueACCT) || len(model.RowOf(model.PersonID{1}, &d.record().Shared).Rescue.Rest()) != 9 {
		t.Error("it is not asked")
	}
	if err := (&model.RescueStepSet{Step: model.RescueACCT, State: model.Done}).Check(d.record(), morning.Add(7*time.Hour)); err == nil {
		t.Error("nobody has to be named")
	}
	d.follow(morning.Add(7*time.Hour), &model.RescueStepSet{Step: model.RescueACCT, State: model.Done, Note: "COM T Ward, and his sister"})
	if got := len(model.RowOf(model.PersonID{1}, &d.record().Shared).Rescue.Rest()); got != 8 {
		t.Errorf("%d steps are left", got)
	}
}

// Death ends every task.
func TestNothingIsLeftToDoForTheDead(t *testing.T) {
	d := atCourt(t)
	d.follow(morning.Add(5*time.Hour), letGo())
	s := d.record().Shared
	s.Deceased = model.DayOf(morning)
	if row := model.RowOf(model.PersonID{1}, &s); row.Rescue != (model.RescueRow{}) {
		t.Errorf("left: %+v", row.Rescue.Rest())
	}
}

func TestEveryStepIsItsOwners(t *testing.T) {
	for _, f := range model.RescueSteps() {
		for _, role := range model.Roles() {
			may := model.Allow(model.Actor{Staff: "a.khan", Role: role}, &model.RescueStepSet{Step: f.Step}, &model.Record{}) == nil
			owns := false
			for _, owner := range f.Owners {
				owns = owns || owner == role
			}
			if may != owns {
				t.Errorf("%s may set %s: %v", role, f.Step, may)
			}
		}
	}
}
