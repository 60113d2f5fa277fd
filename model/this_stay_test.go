package model_test

import (
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/throughgate/throughgate/model"
)

// Days and hours around one return to prison.
var (
	outAt  = morning.Add(-100 * time.Hour)
	backAt = morning.Add(-48 * time.Hour)
)

// recorded marks who recorded something, an hour before the return or after it.
func recorded(after bool) model.Signed {
	at := backAt.Add(-time.Hour)
	if after {
		at = backAt.Add(time.Hour)
	}
	return model.Signed{At: model.Stamp{Wall: at.UnixMilli(), Node: 1}, Staff: "b.jones", Role: model.RolePrescriber}
}

// everythingRecorded is a health part with something in every field, all by one
// mark.
func everythingRecorded(by model.Signed) *model.HealthPart {
	const id = model.MedicineID("m1")
	step := model.RegistrationStep{GPStep: model.GPStep{State: model.RegAccepted, Practice: model.ChosenPractice{Code: "B86001"}}, By: by}
	letter := model.SignedLetter{Number: 1, Hash: model.Hash{1}, By: by}
	return &model.HealthPart{
		Log:            model.Log{Last: by.At},
		Allergies:      model.Allergies{By: by},
		Consents:       map[model.ConsentType]model.Consent{model.ConsentShareGP: {By: by}},
		Contact:        model.Contact{By: by},
		PrisonGP:       model.PrisonRegistration{By: by},
		Registration:   model.Registration{State: model.RegAccepted, Practice: step.Practice, Steps: []model.RegistrationStep{step}, By: by},
		KeepGP:         model.KeepPractice{By: by},
		Deducted:       model.Deduction{By: by},
		GMS1:           map[model.GMS1Page]model.GMS1Filled{"1": {By: by}},
		Medicines:      map[model.MedicineID]model.Medicine{id: {ID: id, By: by}},
		Supplies:       map[model.MedicineID]model.Supply{id: {By: by}},
		SuppliesOut:    map[model.MedicineID]model.SupplyOut{id: {By: by}},
		Further:        map[model.MedicineID]model.Supply{id: {By: by}},
		FurtherOut:     map[model.MedicineID]model.SupplyOut{id: {By: by}},
		Counted:        map[model.MedicineID]model.Held{id: {By: by}},
		Possession:     model.PersonPossession{By: by},
		Compared:       model.Comparison{By: by},
		Witnessed:      map[string]model.Witness{"BAG1": {By: by}},
		OST:            model.OSTPlan{By: by},
		Depots:         map[model.MedicineID]model.DepotPlan{id: {By: by}},
		Naloxone:       model.Naloxone{By: by},
		NoMedicines:    by,
		NoneWith:       "GP record",
		Reconciled:     model.Reconciliation{By: by},
		Draft:          map[model.HeadingCode]model.DraftText{"x": {By: by}},
		Letters:        []model.SignedLetter{letter},
		ResultsLetters: []model.SignedLetter{{Hash: model.Hash{2}, Results: true, By: by}},
		Ready:          model.ReadyMark{By: by},
		RiskShared:     model.RiskShared{By: by},
		Seen:           model.SeenOff{By: by},
		LetterSteps:    []model.LetterStep{{By: by}},
		LetterCopy:     model.LetterCopy{By: by},
		Appointments:   map[model.EntryID]model.Appointment{"a1": {AppointmentSet: model.AppointmentSet{State: model.AppointmentToArrange}, By: by}},
		Results:        map[model.EntryID]model.Result{"r1": {ResultSet: model.ResultSet{State: model.ResultCame}, By: by}},
		Prevention:     map[model.EntryID]model.Prevention{"v1": {By: by}},
		Problems:       []string{"asthma"},
		ProblemsBy:     by,
		Frozen:         []model.Frozen{{By: by}},
		Triage:         map[string]model.TriageAnswer{"x": {By: by}},
		Notes:          []model.Note{{At: by.At}},
	}
}

// lasts is what is true of the person whichever stay it is, or history that names
// its own release. Everything else was arranged for one release. Who adds a field
// decides which it is, and adds it to everythingRecorded.
var lasts = []string{"Log", "Allergies", "Consents", "Contact", "Medicines", "Prevention", "Problems", "ProblemsBy", "Frozen", "Triage", "Notes"}

// TestWhatWasArrangedForOneReleaseDoesNotCountForTheNext goes through every field
// of the health part, so that a new one cannot be forgotten.
func TestWhatWasArrangedForOneReleaseDoesNotCountForTheNext(t *testing.T) {
	for _, after := range []bool{false, true} {
		r := &model.Record{Health: everythingRecorded(recorded(after))}
		r.Shared.Back = model.InstantOf(backAt)
		now := reflect.ValueOf(*r.ThisStay().Health)
		for i := range now.NumField() {
			name := now.Type().Field(i).Name
			if name == "Before" || name == "Leaving" {
				continue
			}
			if reflect.ValueOf(*r.Health).Field(i).IsZero() {
				t.Fatalf("%s is in no record of this test", name)
			}
			want := after || slices.Contains(lasts, name)
			if got := !now.Field(i).IsZero(); got != want {
				t.Errorf("recorded after the return %v: %s counts %v, want %v", after, name, got, want)
			}
		}
		if r.ThisStay().Health.Before != r.Health {
			t.Error("what was before is not to be had")
		}
	}
}

// TestWhoNeverLeftHasOneStay leaves the health part as it is.
func TestWhoNeverLeftHasOneStay(t *testing.T) {
	r := &model.Record{Health: everythingRecorded(recorded(false))}
	if now := r.ThisStay(); !reflect.DeepEqual(now.Health, r.Health) {
		t.Error("a record without a return is another")
	}
}

// goneAndBack is somebody whose release was prepared in full, who left and was
// recalled.
func goneAndBack(t *testing.T) *desk {
	d := newDesk(t, 1, model.RoleReception)
	d.do(outAt.Add(-300*time.Hour), &model.StaySet{Site: "LEI", BookingID: "1", LegalStatus: "SENTENCED", Received: model.DayOf(outAt) - 60})
	d.do(outAt.Add(-200*time.Hour), &model.ReleaseSet{Day: model.DayOf(outAt), Basis: model.BasisConfirmed, Reason: "CR"})
	ready := outAt.Add(-20 * time.Hour)
	d.by("b.jones", model.RolePrescriber)
	for _, one := range model.Checklist() {
		if one.Stage != model.AfterRelease && one.ID != model.ItemIdentity {
			d.do(ready, &model.ItemSet{Item: one.ID, State: model.Done})
		}
	}
	for _, c := range []model.Change{
		consentTo(model.ConsentShareGP, model.ConsentGiven), consentTo(model.ConsentRegisterGP, model.ConsentGiven),
		&model.MedicinesNone{},
	} {
		d.do(ready, c)
	}
	d.by("a.khan", model.RoleReception).do(outAt, &model.MovementRecorded{Movement: model.Movement{Type: model.MovementRelease, Reason: "CR", At: model.InstantOf(outAt)}})
	return d
}

func recalled(at time.Time) *model.MovementRecorded {
	return &model.MovementRecorded{Movement: model.Movement{Type: model.MovementAdmission, Reason: "L", At: model.InstantOf(at)}}
}

// A letter that is written after a return says nothing of the release before it.
func TestALetterAfterAReturnIsOfTheNewStay(t *testing.T) {
	d := goneAndBack(t)
	said := func() string {
		letter := model.Assemble(d.record().ThisStay(), model.LetterFacts{Author: d.actor, Now: backAt})
		frozen, _, err := letter.Freeze()
		if err != nil {
			t.Fatal(err)
		}
		return string(frozen)
	}
	left := "Left on " + model.InstantOf(outAt).String()
	if got := said(); !strings.Contains(got, left) {
		t.Errorf("after the release it lacks %q:\n%s", left, got)
	}
	d.by("a.khan", model.RoleReception).do(backAt, recalled(backAt))
	got := said()
	if since := "In prison since " + model.DayOf(backAt).String(); !strings.Contains(got, since) {
		t.Errorf("it lacks %q:\n%s", since, got)
	}
	if strings.Contains(got, "Left on") || strings.Contains(got, `"left":`) {
		t.Errorf("it tells of the release before:\n%s", got)
	}
}

// Who was let go at court has left, whatever day was planned.
func TestALetterOfWhoWasLetGoSaysWhen(t *testing.T) {
	d := atCourt(t)
	d.follow(morning.Add(5*time.Hour), letGo())
	s, _ := model.Assemble(d.record(), facts(d, morning.Add(6*time.Hour))).Section(model.HeadingDischarge)
	if got := strings.Join(s.Lines, "\n"); !strings.Contains(got, "Left on 23-Nov-2026 12:00") || strings.Contains(got, "Expected") {
		t.Errorf("it says\n%s", got)
	}
}

// doneLines lists what the checklist calls done, by whatever way.
func doneLines(r *model.Record) (done []model.ItemID) {
	for _, line := range model.ChecklistFor(&r.Shared) {
		if r.Shared.Item(line.ID).State == model.Done {
			done = append(done, line.ID)
		}
	}
	return done
}

// TestEveryLineBeginsAnewAfterARecall: no line is done for the next release by
// what was done for the last, also after healthcare records something.
func TestEveryLineBeginsAnewAfterARecall(t *testing.T) {
	d := goneAndBack(t)
	if len(doneLines(d.record())) < 20 {
		t.Fatalf("prepared: %q", doneLines(d.record()))
	}
	d.by("a.khan", model.RoleReception).do(backAt, recalled(backAt))
	if done := doneLines(d.record()); len(done) != 0 {
		t.Errorf("after the recall these are done: %q", done)
	}
	if release := d.record().Shared.Release; !release.Day.IsZero() {
		t.Errorf("the date of the release that is over stands: %+v", release)
	}
	d.by("b.jones", model.RoleNurse).must(backAt.Add(time.Hour), &model.AllergiesSet{State: model.AllergiesNone})
	d.must(backAt.Add(2*time.Hour), consentTo(model.ConsentShareGP, model.ConsentGiven))
	if done := doneLines(d.record()); len(done) != 0 {
		t.Errorf("after new entries of healthcare these are done: %q", done)
	}
	if word := d.word(model.ItemConsent); word != "NO" {
		t.Errorf("one of two answers makes consent %q", word)
	}
	d.must(backAt.Add(3*time.Hour), consentTo(model.ConsentRegisterGP, model.ConsentGiven))
	if state := d.record().Shared.Item(model.ItemConsent).State; state != model.Done {
		t.Errorf("asked again, consent is %q", state)
	}
}

// TestWorkSinceTheReturnCounts: the officer types the return after the nurse has
// begun, or the list that says it is read the next day.
func TestWorkSinceTheReturnCounts(t *testing.T) {
	for name, back := range map[string]model.Change{
		"typed late": recalled(backAt),
		"by a list":  &model.StaySet{Site: "LEI", BookingID: "2", LegalStatus: "RECALL", Received: model.DayOf(backAt)},
	} {
		d := goneAndBack(t)
		d.by("b.jones", model.RoleNurse).do(backAt.Add(time.Hour), &model.ItemSet{Item: model.ItemNeedsReview, State: model.Done})
		d.by("a.khan", model.RoleReception).do(backAt.Add(9*time.Hour), back)
		if done := doneLines(d.record()); !slices.Equal(done, []model.ItemID{model.ItemNeedsReview}) {
			t.Errorf("%s: done is %q", name, done)
		}
	}
}

// TestAListThatWasWrongForADayTakesNothingAway: prison IT calls somebody released
// who is not, and puts it right. It is the same stay.
func TestAListThatWasWrongForADayTakesNothingAway(t *testing.T) {
	d := newDesk(t, 1, model.RoleReception)
	stay := func(out model.MovementType, received model.Day) *model.StaySet {
		return &model.StaySet{Site: "LEI", BookingID: "1", LegalStatus: "SENTENCED", Received: received, Out: string(out)}
	}
	court := func(kind model.MovementType, hours int) *model.MovementRecorded {
		at := morning.Add(time.Duration(hours) * time.Hour)
		return &model.MovementRecorded{Movement: model.Movement{Type: kind, Reason: "CRT", At: model.InstantOf(at)}}
	}
	d.do(morning.Add(-90*time.Hour), stay("", today-60))
	d.do(morning.Add(-80*time.Hour), &model.ItemSet{Item: model.ItemNeedsReview, State: model.Done})
	d.do(morning.Add(-70*time.Hour), court(model.MovementCourt, -70))
	d.do(morning.Add(-60*time.Hour), court(model.MovementAdmission, -60))
	d.do(morning.Add(-50*time.Hour), stay(model.MovementRelease, today-60))
	d.do(morning.Add(-40*time.Hour), stay("", today-60))
	if s := d.record().Shared; !s.Stay.In() || s.Items[model.ItemNeedsReview].State != model.Done || !s.Back.IsZero() {
		t.Errorf("put right: in %v, the review is %q, back since %v", s.Stay.In(), s.Items[model.ItemNeedsReview].State, s.Back)
	}
	d.do(morning.Add(-30*time.Hour), stay(model.MovementRelease, today-60))
	d.do(morning.Add(-20*time.Hour), stay("", today-1))
	if s := d.record().Shared; s.Items[model.ItemNeedsReview].State == model.Done || s.Back.IsZero() {
		t.Error("received anew, what was done for the last release counts")
	}
}

// TestALaterReleaseDateOutlivesAReturn: prison IT may know the next date before
// the desk knows of the return, as after a release in error.
func TestALaterReleaseDateOutlivesAReturn(t *testing.T) {
	d := goneAndBack(t)
	next := model.DayOf(backAt) + 30
	d.do(backAt.Add(-time.Hour), &model.ReleaseSet{Day: next, Basis: model.BasisConditional})
	d.do(backAt, recalled(backAt))
	if got := d.record().Shared.Release.Day; got != next {
		t.Errorf("the date is %v, want %v", got, next)
	}
}

// TestAnAnswerFromAnEarlierStayIsAskedForAgain: a yes is no longer good, a no is
// kept to.
func TestAnAnswerFromAnEarlierStayIsAskedForAgain(t *testing.T) {
	h := &model.HealthPart{Consents: map[model.ConsentType]model.Consent{
		model.ConsentRegisterGP: {ConsentAnswer: model.ConsentAnswer{Decision: model.ConsentGiven}, By: recorded(false)},
		model.ConsentShareGP:    {ConsentAnswer: model.ConsentAnswer{Decision: model.ConsentRefused}, By: recorded(false)},
	}}
	r := &model.Record{Health: h}
	practice := model.ChosenPractice{Code: "B86001", Name: "A"}
	chosen := model.RegistrationStep{GPStep: model.GPStep{State: model.RegChoosing, Practice: practice, Day: today - 1}, By: recorded(true)}
	h.Registration = model.Registration{State: model.RegChoosing, Practice: practice, Steps: []model.RegistrationStep{chosen}, By: chosen.By}
	r.Shared.Back = model.InstantOf(backAt)
	now := r.ThisStay().Health
	for kind, c := range now.Consents {
		if c.Holds(today) || !c.ToAsk(today) {
			t.Errorf("%s: holds %v, to be asked %v", kind, c.Holds(today), c.ToAsk(today))
		}
	}
	if !now.KeptFromPractice() {
		t.Error("a refusal to share ended with the return")
	}
	step := &model.GPStep{State: model.RegFormReady, Day: today}
	if err := step.Check(r.ThisStay(), morning); err == nil || !strings.Contains(err.Error(), "before they came back") {
		t.Errorf("a form is made ready on an answer from an earlier stay: %v", err)
	}
}

// TestLettersOfEarlierReleasesAreKeptAndDoNotHold: the next letter replaces none
// of them and has a number of its own.
func TestLettersOfEarlierReleasesAreKeptAndDoNotHold(t *testing.T) {
	h := everythingRecorded(recorded(false))
	r := &model.Record{Health: h}
	r.Shared.Back = model.InstantOf(backAt)
	now := r.ThisStay()
	if _, signed := now.Health.LastLetter(); signed || now.Health.LetterHolds() {
		t.Error("the letter of the last release holds")
	}
	if all := now.Health.AllLetters(); len(all) != 2 {
		t.Errorf("%d letters can be read, want 2", len(all))
	}
	if state, _ := now.Health.LetterState(h.Letters[0]); state != model.LetterIsEarlier {
		t.Errorf("the letter of the last release is %q", state)
	}
	next := model.Assemble(now, model.LetterFacts{Now: morning})
	if next.Number != 2 || next.Supersedes != 0 || next.Replaces != nil {
		t.Errorf("the next letter is %d and replaces %d", next.Number, next.Supersedes)
	}
}
