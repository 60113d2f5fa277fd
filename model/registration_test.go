package model_test

import (
	"strings"
	"testing"
	"time"

	"github.com/throughgate/throughgate/model"
)

func stepOn(state model.RegistrationState, day model.Day) *model.GPStep {
	s := step(state)
	s.Day = day
	return s
}

// sentDesk is a desk where the form went to the practice a month before release.
func sentDesk(t *testing.T) (*desk, time.Time) {
	d := newDesk(t, 1, model.RoleNurse)
	d.must(morning, consentTo(model.ConsentRegisterGP, model.ConsentGiven), step(model.RegChoosing), step(model.RegFormReady), step(model.RegSent))
	return d, morning
}

func chased(day model.Day, outcome model.ChaseOutcome) *model.GPChased {
	return &model.GPChased{Day: day, Method: model.MethodPhone, Who: "J Jones", Outcome: outcome}
}

// The practice is asked two weeks and one week before release, and then until
// it answers.
func TestAPracticeThatIsSilentIsAskedInTime(t *testing.T) {
	release := today + 30
	for _, c := range []struct {
		name    string
		release model.Day
		sent    model.Day // days before release
		chases  []model.Day
		now     model.Day // days before release
		due     model.Day // days before release
		says    string
	}{
		{"just sent", release, 28, nil, 27, 14, "on "},
		{"two weeks before", release, 28, nil, 14, 14, "14 days and has not answered"},
		{"missed", release, 28, nil, 10, 14, "18 days"},
		{"asked in time", release, 28, []model.Day{14}, 13, 7, "on "},
		{"asked early does not count", release, 28, []model.Day{20}, 14, 14, "Telephone"},
		{"one week before", release, 28, []model.Day{14}, 7, 7, "Escalate"},
		{"asked in the last week", release, 28, []model.Day{14, 7}, 6, 5, "on "},
		{"every second day", release, 28, []model.Day{14, 7}, 5, 5, "Escalate"},
		{"the day before", release, 28, []model.Day{14, 7, 2}, 1, 1, "Escalate"},
		{"on the day", release, 28, []model.Day{14, 7, 1}, 0, 0, "Escalate"},
		{"sent late", release, 10, nil, 9, 7, "on "},
		{"sent very late", release, 5, nil, 3, 3, "Telephone"},
	} {
		reg := model.Registration{State: model.RegSent, Steps: []model.RegistrationStep{{GPStep: model.GPStep{State: model.RegSent, Day: c.release - c.sent}}}}
		for _, day := range c.chases {
			reg.Chases = append(reg.Chases, model.Chase{GPChased: *chased(c.release-day, model.ChaseMessage)})
		}
		due, says := reg.NextChase(c.release, c.release-c.now)
		if due != c.release-c.due || !strings.Contains(says, c.says) {
			t.Errorf("%s: due %d days before, %q; want %d, %q", c.name, c.release-due, says, c.due, c.says)
		}
	}
	undated := model.Registration{State: model.RegSent, Steps: []model.RegistrationStep{{GPStep: model.GPStep{State: model.RegSent, Day: today}}}}
	if due, _ := undated.NextChase(0, today); due != today+model.NoReplyDays {
		t.Errorf("without a release date it is due on %s", due)
	}
	if due, says := (model.Registration{State: model.RegAccepted}).NextChase(release, today); due != 0 || says != "" {
		t.Errorf("an accepted one is asked about: %s, %q", due, says)
	}
	silent := undated
	silent.State = model.RegNoReply
	if due, says := silent.NextChase(release, today+9); due != today+9 || !strings.Contains(says, "choose another") {
		t.Errorf("no reply: %s, %q", due, says)
	}
}

// Who may not read the registration still sees when the practice is to be asked,
// and nothing of which it is.
func TestTheSharedLineKnowsWhenToAsk(t *testing.T) {
	d, at := sentDesk(t)
	release := today + 30
	shared := func() *model.SharedPart {
		s := d.record().Shared
		s.Release.Day, s.Release.Reason, s.Release.Class = release, "CR", model.ReleasePlanned
		return &s
	}
	for _, m := range model.Timeline(nil).Readiness(shared()) {
		if m.Item.ID == model.ItemGP && m.Due != release-model.FirstChaseDays {
			t.Errorf("the line is due on %s", m.Due)
		}
	}
	if got := shared().ChaseDue(); got != release-model.FirstChaseDays {
		t.Errorf("it is due on %s", got)
	}
	at = at.AddDate(0, 0, 17)
	d.must(at, chased(model.DayOf(at), model.ChasePromised))
	if got := shared().ChaseDue(); got != release-model.SecondChaseDays {
		t.Errorf("once asked it is due on %s", got)
	}
	if word := d.word(model.ItemGP); word != "sent" {
		t.Errorf("the board says %q", word)
	}
	d.must(at, stepOn(model.RegAccepted, model.DayOf(at)))
	if got := shared().ChaseDue(); got != 0 {
		t.Errorf("once accepted it is due on %s", got)
	}
}

func TestAChaseIsRecordedWhole(t *testing.T) {
	later := morning.AddDate(0, 0, 3)
	for name, c := range map[string]struct {
		chase *model.GPChased
		field string
	}{
		"promised":          {chased(today+3, model.ChasePromised), ""},
		"nobody":            {&model.GPChased{Day: today + 3, Method: model.MethodPhone, Outcome: model.ChaseNobody}, ""},
		"who promised":      {&model.GPChased{Day: today + 3, Method: model.MethodPhone, Outcome: model.ChasePromised}, "who"},
		"no outcome":        {chased(today+3, ""), "outcome"},
		"odd outcome":       {chased(today+3, "perhaps"), "outcome"},
		"no day":            {chased(0, model.ChaseMessage), "day"},
		"tomorrow":          {chased(today+4, model.ChaseMessage), "day"},
		"before it was out": {chased(today-1, model.ChaseMessage), "day"},
		"no method":         {&model.GPChased{Day: today + 3, Outcome: model.ChaseNobody}, "method"},
		"long name":         {&model.GPChased{Day: today + 3, Method: model.MethodPhone, Who: strings.Repeat("n", 81), Outcome: model.ChaseNobody}, "who"},
	} {
		d, _ := sentDesk(t)
		err := d.write(later, c.chase)
		if c.field == "" && err != nil || c.field != "" && fieldOf(err) != c.field {
			t.Errorf("%s: %v", name, err)
		}
	}
	d := newDesk(t, 1, model.RoleNurse)
	if err := d.write(morning, chased(today, model.ChaseMessage)); model.KindOf(err) != model.KindInvalid {
		t.Errorf("nothing was sent, and it is chased: %v", err)
	}
}

func fieldOf(err error) string {
	if e, ok := err.(*model.Error); ok {
		return e.Field
	}
	return ""
}

func TestThePracticeOutsideIsAskedAboutOnAShortStay(t *testing.T) {
	for name, c := range map[string]struct {
		legal    string
		received model.Day
		release  model.Day
		want     bool
	}{
		"remand":      {"REMAND", today - 100, 0, true},
		"unsentenced": {"CONVICTED_UNSENTENCED", today, 0, true},
		"short":       {"SENTENCED", today - 7, today + 21, true},
		"long":        {"SENTENCED", today - 8, today + 21, false},
		"no date":     {"SENTENCED", today, 0, false},
		"odd dates":   {"SENTENCED", today, today - 3, false},
		"no stay":     {"", 0, today, false},
	} {
		s := model.SharedPart{Stay: model.Stay{LegalStatus: c.legal, Received: c.received}, Release: model.Release{Day: c.release}}
		if got := s.KeepMatters(); got != c.want {
			t.Errorf("%s: %v", name, got)
		}
	}
	d := newDesk(t, 1, model.RoleHealthAdmin)
	if err := d.write(morning, &model.GPKeep{}); model.KindOf(err) != model.KindInvalid {
		t.Errorf("no answer is an answer: %v", err)
	}
	for _, wish := range model.KeepWishes() {
		d.must(morning, &model.GPKeep{KeepAnswer: model.KeepAnswer{Wish: wish}})
		if got := d.record().Health.KeepGP; got.Wish != wish || got.By.Staff == "" {
			t.Errorf("%s is kept as %+v", wish, got)
		}
	}
}

func TestTheRegistrationInPrisonEndsAndBeginsAnew(t *testing.T) {
	d := newDesk(t, 1, model.RoleNurse)
	out := &model.GPDeducted{Day: today, How: model.DeductedSystem}
	if err := d.write(morning, out); model.KindOf(err) != model.KindInvalid {
		t.Errorf("what never began has ended: %v", err)
	}
	d.must(morning, &model.PrisonGPSet{Registered: model.AnswerYes, Since: today - 30})
	for name, bad := range map[string]*model.GPDeducted{
		"day": {How: model.DeductedGP2GP}, "how": {Day: today}, "Day ": {Day: today + 1, How: model.DeductedPDS}, " day": {Day: today - 31, How: model.DeductedPDS},
	} {
		if err := d.write(morning, bad); fieldOf(err) != strings.ToLower(strings.TrimSpace(name)) {
			t.Errorf("%q: %v", name, err)
		}
	}
	d.must(morning, out)
	if !d.record().Health.DeductionHolds() {
		t.Error("the deduction does not hold")
	}
	back := morning.AddDate(0, 1, 0)
	d.must(back, &model.PrisonGPSet{Registered: model.AnswerYes, Since: model.DayOf(back)})
	if d.record().Health.DeductionHolds() {
		t.Error("a deduction of the stay before ends the next one")
	}
}

// A practice that was chosen for one place is asked about again when the person
// goes to another.
func TestAMoveIsNoticed(t *testing.T) {
	leeds := model.LivingPlace{Living: model.LivingHome, Postcode: "LS1 1AA", Destination: "Home, Leeds"}
	for name, c := range map[string]struct {
		now  model.LivingPlace
		want bool
	}{
		"the same":          {leeds, false},
		"another postcode":  {model.LivingPlace{Postcode: "BD7 3EG"}, true},
		"another place":     {model.LivingPlace{Destination: "Approved premises, Hull"}, true},
		"no address at all": {model.LivingPlace{Living: model.LivingNone}, true},
		"withdrawn":         {model.LivingPlace{}, false},
	} {
		if got := leeds.Moved(c.now); got != c.want {
			t.Errorf("%s: %v", name, got)
		}
	}
	if (model.LivingPlace{}).Moved(leeds) {
		t.Error("what was not known then has not changed")
	}
}

func TestAnotherPracticeFollowsAMoveOrAClosure(t *testing.T) {
	d, at := sentDesk(t)
	moved := &model.GPStep{State: model.RegMovedAgain, Day: today}
	d.must(at, moved)
	if d.word(model.ItemGP) != "NO" || d.record().Shared.Item(model.ItemGP).State != model.Problem {
		t.Error("who moves on needs no practice")
	}
	told := &model.GPStep{State: model.RegMovedAgain, Day: today, Told: true}
	if err := d.write(at, told); fieldOf(err) != "who" {
		t.Errorf("nobody in particular was told: %v", err)
	}
	told.Who, told.Method = "J Jones", model.MethodPhone
	d.must(at, told, step(model.RegChoosing), step(model.RegFormReady), step(model.RegSent), step(model.RegAccepted))
	d.must(at, &model.GPStep{State: model.RegClosed, Day: today})
	if item := d.record().Shared.Item(model.ItemGP); item.State != model.Problem || item.Note != "the practice has closed" {
		t.Errorf("a closed practice leaves the line %+v", item)
	}
	d.must(at, step(model.RegChoosing))
}

// The choice of a practice and the end of the registration in prison are lines
// of their own on the checklist.
func TestTheChoiceAndTheDeductionMoveTheirLines(t *testing.T) {
	yes := consentTo(model.ConsentRegisterGP, model.ConsentGiven)
	prison := func(a model.Answer) *model.PrisonGPSet {
		c := &model.PrisonGPSet{Registered: a}
		if a == model.AnswerYes {
			c.Since = today - 30
		}
		return c
	}
	sent := []model.Change{yes, step(model.RegChoosing), step(model.RegFormReady), step(model.RegSent)}
	for name, c := range map[string]struct {
		changes []model.Change
		line    model.ItemID
		state   model.ItemState
	}{
		"nothing":      {nil, model.ItemPractice, model.NotStarted},
		"chosen":       {sent[:2], model.ItemPractice, model.Done},
		"sent":         {sent, model.ItemPractice, model.Done},
		"kept":         {[]model.Change{step(model.RegKept)}, model.ItemPractice, model.Done},
		"list closed":  {append(sent[:4:4], step(model.RegListClosed)), model.ItemPractice, model.Problem},
		"chosen again": {append(sent[:4:4], step(model.RegListClosed), step(model.RegChoosing)), model.ItemPractice, model.Done},
		"moved":        {append(sent[:4:4], step(model.RegAccepted), step(model.RegMovedAgain)), model.ItemPractice, model.Problem},
		"closed":       {append(sent[:4:4], step(model.RegAccepted), step(model.RegClosed)), model.ItemPractice, model.Problem},
		"none":         {[]model.Change{step(model.RegNone)}, model.ItemPractice, model.NotNeeded},
		"refused":      {[]model.Change{consentTo(model.ConsentRegisterGP, model.ConsentRefused)}, model.ItemPractice, model.Refused},

		"not asked":     {nil, model.ItemDeduction, model.NotStarted},
		"registered":    {[]model.Change{prison(model.AnswerYes)}, model.ItemDeduction, model.NotStarted},
		"never was":     {[]model.Change{prison(model.AnswerNo)}, model.ItemDeduction, model.NotNeeded},
		"was after all": {[]model.Change{prison(model.AnswerNo), prison(model.AnswerYes)}, model.ItemDeduction, model.NotStarted},
		"deducted":      {[]model.Change{prison(model.AnswerYes), &model.GPDeducted{Day: today, How: model.DeductedSystem}}, model.ItemDeduction, model.Done},
	} {
		d := newDesk(t, 1, model.RoleNurse)
		d.must(morning, c.changes...)
		if got := d.record().Shared.Item(c.line).State; got != c.state {
			t.Errorf("%s: %s is %q, want %q", name, c.line, got.Words(), c.state.Words())
		}
	}
}

// Two desks that both find that a practice has closed write the same, and nothing
// once it stands; nothing of it names the practice.
func TestAClosedPracticeFollowsToTheSharedLinesOnce(t *testing.T) {
	code := model.ODSCode("A81001")
	x := model.NewPracticeIndex([]model.Practice{{Code: code, Name: "The Densham Surgery", Status: model.PracticeClosed}}, nil)
	record := func() *model.Record {
		r := model.NewRecord(model.PersonID{1}, model.Compartments())
		r.Health.Registration = model.Registration{State: model.RegAccepted, Practice: model.ChosenPractice{Code: code, Name: "The Densham Surgery"}}
		r.Shared.Items = map[model.ItemID]model.Item{model.ItemGP: {State: model.Done, Detail: "yes"}, model.ItemPractice: {State: model.Done}}
		return r
	}
	r := record()
	first, second := model.PracticeClosedFollows(r, x), model.PracticeClosedFollows(record(), x)
	if len(first) != 2 || len(second) != 2 {
		t.Fatalf("%v, %v", first, second)
	}
	clock := model.Clock{Node: 1}
	for i, c := range first {
		one, err := model.EncodeChange(c)
		two, _ := model.EncodeChange(second[i])
		if err != nil || string(one) != string(two) || strings.Contains(string(one), "Densham") || c.Check(r, morning) != nil {
			t.Errorf("%s and %s, %v", one, two, c.Check(r, morning))
		}
		r.Fold(&model.Op{Stamp: clock.Next(morning), Kind: c.Kind(), Change: c, Compartment: model.Shared})
	}
	if again := model.PracticeClosedFollows(r, x); len(again) != 0 {
		t.Errorf("written once more: %v", again)
	}
	for _, other := range []model.Follower{
		&model.ConsentSet{ConsentAnswer: model.ConsentAnswer{Type: model.ConsentRegisterGP, Decision: model.ConsentGiven, How: model.ConsentSigned}}, &model.GPChased{},
	} {
		for _, c := range other.Follows(r) {
			if item := c.(*model.ItemSet).Item; item != model.ItemConsent {
				t.Errorf("%T opens the practice again: %s", other, c)
			}
		}
	}
	if follows := (&model.GPStep{}).Follows(r); len(follows) != 2 {
		t.Errorf("a step of the registration leaves the lines as they were: %v", follows)
	}
	r.Health.Registration.State = model.RegClosed // somebody records it
	if follows := (&model.GPStep{}).Follows(r); len(follows) != 0 {
		t.Errorf("recording it writes the lines once more: %v", follows)
	}
	officer := model.NewRecord(model.PersonID{1}, []model.Compartment{model.Shared})
	left := record()
	left.Shared.Stay.Out = string(model.MovementRelease)
	left.Shared.Movements = []model.Movement{{Type: model.MovementRelease, At: 1}}
	for name, who := range map[string]*model.Record{"an officer": officer, "who has left": left} {
		if got := model.PracticeClosedFollows(who, x); len(got) != 0 {
			t.Errorf("%s: %v", name, got)
		}
	}
}

func TestAPracticeRefusesAPersonForWhereTheyWereToLive(t *testing.T) {
	step := func(state model.RegistrationState, code model.ODSCode, postcode string) model.RegistrationStep {
		s := model.RegistrationStep{GPStep: model.GPStep{State: state, Day: model.NewDay(2026, 11, 12), For: model.LivingPlace{Postcode: postcode}}}
		if code != "" {
			s.Practice = model.ChosenPractice{Code: code, Name: "A"}
		}
		return s
	}
	reg := model.Registration{Steps: []model.RegistrationStep{
		step(model.RegChoosing, "A81001", "TS18 1AA"), step(model.RegOutOfArea, "", ""),
		step(model.RegChoosing, "A81002", "TS18 1AA"), step(model.RegRejected, "", ""),
		step(model.RegChoosing, "A81003", "TS18 1AA"), step(model.RegListClosed, "", ""), step(model.RegChoosing, "", ""), step(model.RegAccepted, "", ""),
	}}
	here := reg.RefusedThis(model.LivingPlace{Postcode: "TS18 1AA"})
	if len(here) != 2 || here["A81001"].RefusalWords() != "out of area 12-Nov" || here["A81002"].State != model.RegRejected {
		t.Errorf("%+v", here)
	}
	if there := reg.RefusedThis(model.LivingPlace{Postcode: "BD7 3EG"}); len(there) != 1 || there["A81002"].State != model.RegRejected {
		t.Errorf("after a move: %+v", there)
	}
}
