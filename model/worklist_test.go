package model_test

import (
	"slices"
	"testing"
	"time"

	"github.com/throughgate/throughgate/model"
)

// taskOf returns what somebody's row has a role do about a line on a day.
func taskOf(row model.Row, role model.Role, id model.ItemID, today model.Day) (model.Task, bool) {
	for _, task := range model.Worklist([]model.Row{row}, role, nil, today, model.WorklistDays) {
		if task.Item.ID == id {
			return task, true
		}
	}
	return model.Task{}, false
}

// The table asks for the date to be looked at again 28, 7 and 1 days before the
// release, each time by somebody.
func TestALineThatIsDoneIsCheckedAgainAsTheReleaseComesNear(t *testing.T) {
	day := func(n int) time.Time { return morning.AddDate(0, 0, n) }
	release := model.DayOf(morning) + 60
	d := newDesk(t, 1, model.RoleOMU)
	d.do(morning, &model.ReleaseSet{Day: release, Basis: model.BasisConfirmed, Reason: "CR"})
	look := func(n int) (model.Task, bool) {
		return taskOf(model.RowOf(d.record().ID, &d.record().Shared), model.RoleOMU, model.ItemReleaseDate, model.DayOf(day(n)))
	}
	if task, is := look(31); is {
		t.Errorf("29 days before: %+v", task)
	}
	for _, step := range []struct{ from, late, next int }{{32, 40, 53}, {53, 54, 59}} {
		task, is := look(step.from)
		if !is || !task.Again || task.Due != release-60+model.Day(step.from) || task.Overdue(model.DayOf(day(step.from))) || task.StateWords() != "Check again" {
			t.Errorf("day %d: %v %+v", step.from, is, task)
		}
		if task, is := look(step.late); !is || !task.Overdue(model.DayOf(day(step.late))) {
			t.Errorf("day %d: %v, not overdue", step.late, is)
		}
		d.do(day(step.late), &model.ItemChecked{Item: model.ItemReleaseDate})
		if _, is := look(step.next - 1); is {
			t.Errorf("day %d: looked at and asked for once more", step.late)
		}
	}
	s := &d.record().Shared
	if by := s.Checked[model.ItemReleaseDate]; by.Role != model.RoleOMU || model.DayOf(by.At.Time()) != model.DayOf(day(54)) || s.Item(model.ItemReleaseDate).State != model.Done {
		t.Errorf("%+v", by)
	}
	// A date that is set anew has been looked at.
	d.do(day(59), &model.ReleaseSet{Day: release + 1, Basis: model.BasisConfirmed, Reason: "CR"})
	if _, is := look(59); is {
		t.Error("set today, and to be checked again today")
	}
}

func TestOnlyWhatIsDoneAndInTheTableIsCheckedAgain(t *testing.T) {
	r := &model.Record{}
	r.Shared.Items = map[model.ItemID]model.Item{model.ItemResults: {State: model.NotNeeded}, model.ItemNaloxone: {State: model.Done}}
	for _, id := range []model.ItemID{model.ItemResults, model.ItemAccommodation, model.ItemNaloxone, "nothing"} {
		c := &model.ItemChecked{Item: id}
		if c.Check(r, morning) == nil {
			t.Errorf("%s may be checked again", id)
		}
		nothing := id == model.ItemNaloxone || id == "nothing"
		c.Apply(r, &model.Op{Stamp: model.Stamp{Wall: 1}})
		if _, kept := r.Shared.Checked[id]; kept == nothing || (model.Sound(c, []byte("{}")) == nil) == nothing {
			t.Errorf("%s: kept %v", id, kept)
		}
	}
}

// A practice that has the form is asked two weeks and one week before the release;
// after that to ask is not enough.
func TestAWorklistChasesAPracticeAndEscalates(t *testing.T) {
	release := model.DayOf(morning) + 40
	d := newDesk(t, 1, model.RoleHealthAdmin)
	d.do(morning, &model.ReleaseSet{Day: release, Basis: model.BasisConfirmed, Reason: "CR"})
	sent := func(n int) {
		d.do(morning.AddDate(0, 0, n), &model.ItemSet{Item: model.ItemGP, State: model.InProgress, Detail: "sent"})
	}
	for _, step := range []struct {
		sent int
		due  model.Day
		what string
	}{{10, release - 14, "GP registration: chase"}, {26, release - 7, "GP registration: chase"}, {33, release - 5, "GP registration: escalate"}, {39, release, "GP registration: escalate"}} {
		sent(step.sent)
		row := model.RowOf(d.record().ID, &d.record().Shared)
		task, is := taskOf(row, model.RoleHealthAdmin, model.ItemGP, step.due)
		if !is || task.Due != step.due || task.What() != step.what || task.Now || !task.Overdue(step.due+1) {
			t.Errorf("sent on day %d: %v %s %s, want %s %s", step.sent, is, task.Due, task.What(), step.due, step.what)
		}
	}
	d.do(morning.AddDate(0, 0, 39).Add(time.Hour), &model.ItemSet{Item: model.ItemGP, State: model.Problem, Detail: "NO", Note: "the practice has not answered"})
	row := model.RowOf(d.record().ID, &d.record().Shared)
	if task, _ := taskOf(row, model.RoleHealthAdmin, model.ItemGP, release); task.Due != release || task.What() != "GP registration: escalate" || task.StateWords() != "PROBLEM" {
		t.Errorf("silent: %s %s", task.Due, task.What())
	}
}

// What is left when somebody goes is on the list of whose it is, with the days of
// the screen of follow-ups.
func TestAWorklistHasWhatIsToBeFollowedUp(t *testing.T) {
	s := newStory().at(t, "2026-11-02 10:00", &model.ReleaseSet{Day: isoDay(t, "2026-11-27"), Basis: model.BasisConfirmed, Reason: "CR"}).
		at(t, "2026-11-27 10:00", leaves(t, "2026-11-27 10:00", "CR"))
	friday := isoDay(t, "2026-11-27")
	check := func(today model.Day, due model.Day, what string) {
		t.Helper()
		task, is := taskOf(s.row(), model.RoleHealthAdmin, model.ItemAfterRelease, today)
		if is != (what != "") || is && (task.Due != due || task.What() != what) {
			t.Errorf("%s: %v, %s %s, want %s %s", today, is, task.Due, task.What(), due, what)
		}
	}
	check(friday, friday+1, "Check after release: day 1")
	for _, f := range model.Timeline(nil).FollowUps(&s.record.Shared) {
		if f.Item.ID == model.ItemAfterRelease {
			continue
		}
		task, is := taskOf(s.row(), f.Whose, f.Item.ID, friday)
		if !is || task.Due != f.Due || task.Overdue(friday) {
			t.Errorf("%s: %v, due %s, want %s", f.Item.ID, is, task.Due, f.Due)
		}
	}
	s.at(t, "2026-11-28 10:00", &model.AfterChecked{On: 1, Outcome: model.AfterContact})
	check(friday+1, friday+7, "Check after release: day 7")
	s.at(t, "2026-12-04 10:00", &model.AfterChecked{On: 7, Outcome: model.AfterGPSeen})
	check(friday+20, friday+14, "Check after release: day 14")
	s.at(t, "2026-12-11 10:00", &model.AfterChecked{On: 14, Outcome: model.AfterStarted})
	check(friday+20, 0, "")
}

// What is overdue rises on the board of the role that has to do it, and on no other.
func TestABoardBeginsADayWithWhatIsOverdueForTheReader(t *testing.T) {
	today := isoDay(t, "2026-11-23")
	person := func(n byte, hour string, done ...model.ItemID) model.Row {
		s := newStory()
		s.record.ID = model.PersonID{n}
		s.at(t, "2026-08-03 10:00", &model.ReleaseSet{Day: today + 3, Time: hour, Basis: model.BasisConfirmed, Reason: "CR"})
		for _, f := range model.Checklist() {
			late := model.ItemID("")
			if len(done) > 0 {
				late = done[0]
			}
			if f.Stage == model.BeforeGate && f.ID != late {
				s.at(t, "2026-11-22 10:00", &model.ItemSet{Item: f.ID, State: model.NotNeeded, Note: "for this test"})
			}
		}
		return s.row()
	}
	rows := []model.Row{person(1, "08:30"), person(2, "09:00", model.ItemNaloxone), person(3, "10:00", model.ItemResults), person(4, "11:00", model.ItemNaloxone)}
	for _, c := range []struct {
		role model.Role
		days model.Timeline
		want [4]byte
		late int
	}{
		{model.RoleSubstanceMisuse, nil, [4]byte{2, 4, 1, 3}, 2},
		{model.RoleNurse, nil, [4]byte{3, 1, 2, 4}, 1},
		{model.RoleNurse, model.Timeline{model.ItemResults: -3}, [4]byte{1, 2, 3, 4}, 0},
		{model.RoleAuditor, nil, [4]byte{1, 2, 3, 4}, 0},
	} {
		g := model.Board(rows, c.role, c.days, today, 28)[0]
		var got [4]byte
		for i := range g.Rows {
			got[i] = g.Rows[i].ID[0]
		}
		if got != c.want || g.Late != c.late {
			t.Errorf("%s: %v, %d late; want %v, %d", c.role, got, g.Late, c.want, c.late)
		}
	}
}

// A list that others have prepared and only a prescriber's signature is missing on
// is the prescriber's work, and pharmacy's no more.
func TestAListThatWaitsForItsSignatureIsThePrescribers(t *testing.T) {
	for detail, whose := range map[string]model.Role{"": model.RolePharmacy, "redo": model.RolePharmacy, "sign": model.RolePrescriber} {
		s := &model.SharedPart{Stay: model.Stay{Site: "LEI", Received: today - 60}, Release: model.Release{Day: today + 3, Basis: model.BasisConfirmed, Reason: "CR", Class: model.ReleasePlanned}}
		s.Items = map[model.ItemID]model.Item{model.ItemReconciled: {State: model.InProgress, Detail: detail}}
		rows := []model.Row{model.RowOf(model.PersonID{1}, s)}
		for _, role := range []model.Role{model.RolePharmacy, model.RolePrescriber} {
			tasks := model.Worklist(rows, role, nil, today, model.WorklistDays)
			has := slices.ContainsFunc(tasks, func(task model.Task) bool { return task.Item.ID == model.ItemReconciled })
			if has != (role == whose) {
				t.Errorf("%q: on the worklist of %s: %v", detail, role.Words(), has)
			}
		}
	}
}
