package model_test

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/throughgate/throughgate/model"
)

// write does what the store does with a change: asks for the right, checks,
// folds, and writes in the same breath what follows.
func (d *desk) write(at time.Time, changes ...model.Change) error {
	d.tb.Helper()
	for _, c := range changes {
		r := d.record()
		if err := model.Allow(d.actor, c, r); err != nil {
			return err
		}
		if err := c.Check(r, at); err != nil {
			return err
		}
		d.do(at, c)
		follower, ok := c.(model.Follower)
		if !ok {
			continue
		}
		for _, f := range follower.Follows(d.record()) {
			if err := model.Allow(d.actor, f, d.record()); err != nil {
				d.tb.Fatalf("%s brings %s, which %s may not do: %v", c.Kind(), f, d.actor.Role, err)
			}
			if err := f.Check(d.record(), at); err != nil {
				d.tb.Fatalf("%s brings %s, which is refused: %v", c.Kind(), f, err)
			}
			d.do(at, f)
		}
	}
	return nil
}

func (d *desk) must(at time.Time, changes ...model.Change) {
	d.tb.Helper()
	if err := d.write(at, changes...); err != nil {
		d.tb.Fatal(err)
	}
}

func (d *desk) word(id model.ItemID) string { return d.record().Shared.Item(id).Word() }

var today = model.DayOf(morning)

func consentTo(t model.ConsentType, d model.ConsentDecision) *model.ConsentSet {
	c := &model.ConsentSet{ConsentAnswer: model.ConsentAnswer{Type: t, Decision: d}}
	if d == model.ConsentGiven {
		c.How = model.ConsentSigned
	}
	return c
}

var parkSurgery = model.ChosenPractice{
	Code: "B86001", Name: "Park Surgery", Address: []string{"1 Park Lane", "Leeds"}, Postcode: "LS1 1AA", Phone: "0113 496 0000",
}

func step(state model.RegistrationState) *model.GPStep {
	return &model.GPStep{State: state, Practice: parkSurgery, Method: model.MethodPhone, Who: "J Jones, reception", Day: today, Note: "for the test"}
}

func medicine(n byte, name string) *model.MedicineSet {
	return &model.MedicineSet{ID: model.NewMedicineID([8]byte{n}), Prescribed: model.Prescribed{
		Name: name, Strength: "50 mg", Form: "tablets", Dose: "50 mg", Route: "by mouth", Frequency: "once a day", Indication: "low mood", Start: today - 40,
	}}
}

func supply(m *model.MedicineSet, route model.SupplyRoute, days int) *model.SupplySet {
	return &model.SupplySet{ID: m.ID, For: m.Fingerprint(), SupplyDecision: model.SupplyDecision{
		Route: route, Quantity: model.Quantity(days * 100), Unit: "tablets", Days: days,
	}}
}

func packed(s *model.SupplySet) *model.SupplyPacked {
	return &model.SupplyPacked{ID: s.ID, Reference: "BAG 114", Of: s.SupplyDecision}
}

// TestHealthMovesTheSharedLines is the checklist as a table: what is recorded,
// and the word the board shows for it.
func TestHealthMovesTheSharedLines(t *testing.T) {
	sertraline := medicine(1, "Sertraline")
	tto := supply(sertraline, model.SupplyTTO, 28)
	yes := []model.Change{consentTo(model.ConsentRegisterGP, model.ConsentGiven), consentTo(model.ConsentShareGP, model.ConsentGiven)}
	sent := append(append([]model.Change{}, yes...), step(model.RegChoosing), step(model.RegFormReady), step(model.RegSent))
	late := step(model.RegNoReply)
	for _, c := range []struct {
		name    string
		changes []model.Change
		line    model.ItemID
		word    string
		state   model.ItemState
	}{
		{"nothing", nil, model.ItemConsent, "NO", model.NotStarted},
		{"one answer", yes[:1], model.ItemConsent, "NO", model.InProgress},
		{"both answers", yes, model.ItemConsent, "yes", model.Done},
		{"a refusal", []model.Change{yes[0], consentTo(model.ConsentShareGP, model.ConsentRefused)}, model.ItemConsent, "refused", model.Refused},
		{"not asked is no answer", []model.Change{yes[0], consentTo(model.ConsentShareGP, model.ConsentNotAsked)}, model.ItemConsent, "NO", model.InProgress},
		{"another consent", []model.Change{consentTo(model.ConsentHousing, model.ConsentGiven)}, model.ItemConsent, "NO", model.NotStarted},

		{"no registration", nil, model.ItemGP, "NO", model.NotStarted},
		{"choosing", []model.Change{step(model.RegChoosing)}, model.ItemGP, "NO", model.InProgress},
		{"sent", sent, model.ItemGP, "sent", model.InProgress},
		{"accepted", append(sent, step(model.RegAccepted)), model.ItemGP, "yes", model.Done},
		{"active", append(sent, step(model.RegAccepted), step(model.RegActive)), model.ItemGP, "yes", model.Done},
		{"rejected", append(sent, step(model.RegRejected)), model.ItemGP, "NO", model.Problem},
		{"list closed", append(sent, step(model.RegListClosed)), model.ItemGP, "NO", model.Problem},
		{"kept", []model.Change{step(model.RegKept)}, model.ItemGP, "kept", model.Done},
		{"none", []model.Change{step(model.RegNone)}, model.ItemGP, "none", model.NotNeeded},
		{"refused", []model.Change{consentTo(model.ConsentRegisterGP, model.ConsentRefused)}, model.ItemGP, "none", model.Refused},
		{"refused after acceptance", append(append([]model.Change{}, sent...), step(model.RegAccepted), consentTo(model.ConsentRegisterGP, model.ConsentWithdrawn)), model.ItemGP, "NO", model.Problem},

		{"no list", nil, model.ItemMedicines, "NO", model.NotStarted},
		{"no medicines", []model.Change{&model.MedicinesNone{With: "GP record"}}, model.ItemMedicines, "yes", model.Done},
		{"undecided", []model.Change{sertraline}, model.ItemMedicines, "NO", model.InProgress},
		{"decided", []model.Change{sertraline, tto}, model.ItemMedicines, "pack", model.InProgress},
		{"packed", []model.Change{sertraline, tto, packed(tto)}, model.ItemMedicines, "yes", model.Done},
		{"one of two", []model.Change{sertraline, tto, packed(tto), medicine(2, "Omeprazole")}, model.ItemMedicines, "NO", model.InProgress},
		{"decided not to", []model.Change{sertraline, &model.SupplySet{ID: sertraline.ID, For: sertraline.Fingerprint(), SupplyDecision: model.SupplyDecision{Route: model.SupplyNone, Reason: "keeps 20 tablets"}}}, model.ItemMedicines, "yes", model.Done},
		{"all stopped", []model.Change{sertraline, &model.MedicineStopped{ID: sertraline.ID, Day: today, Reason: "not needed"}}, model.ItemMedicines, "NO", model.InProgress},
		{"all stopped and said so", []model.Change{sertraline, &model.MedicineStopped{ID: sertraline.ID, Day: today, Reason: "not needed"}, &model.MedicinesNone{With: "GP record"}}, model.ItemMedicines, "yes", model.Done},

		{"no letter", nil, model.ItemLetter, "NO", model.NotStarted},
		{"a draft", []model.Change{&model.LetterDraft{Heading: model.HeadingSummary, Text: "Well."}}, model.ItemLetter, "draft", model.InProgress},
		{"a draft taken back", []model.Change{&model.LetterDraft{Heading: model.HeadingSummary, Text: "Well."}, &model.LetterDraft{Heading: model.HeadingSummary}}, model.ItemLetter, "NO", model.NotStarted},
	} {
		t.Run(c.name, func(t *testing.T) {
			d := newDesk(t, 1, model.RolePrescriber)
			d.must(morning, c.changes...)
			item := d.record().Shared.Item(c.line)
			if item.Word() != c.word || item.State != c.state {
				t.Errorf("%s is %q (%s), want %q (%s)", c.line, item.Word(), item.State.Words(), c.word, c.state.Words())
			}
		})
	}
	d := newDesk(t, 1, model.RoleNurse)
	d.must(morning, sent...)
	late.Day = today + model.NoReplyDays
	if err := d.write(morning, step(model.RegNoReply)); model.KindOf(err) != model.KindInvalid {
		t.Errorf("a practice counts as silent on the day the form was sent: %v", err)
	}
	d.must(morning.AddDate(0, 0, model.NoReplyDays), late)
	if got := d.word(model.ItemGP); got != "NO" {
		t.Errorf("no reply shows %q", got)
	}
}

func TestChangedDoseReopensTheSupply(t *testing.T) {
	d := newDesk(t, 1, model.RolePrescriber)
	m := medicine(1, "Sertraline")
	tto := supply(m, model.SupplyTTO, 28)
	d.must(morning, m, tto, packed(tto))
	more := *m
	more.Dose, more.Reason = "100 mg", "still low"
	d.must(morning.Add(time.Hour), &more)
	if got := d.word(model.ItemMedicines); got != "return" {
		t.Errorf("a bag packed for 50 mg stands for 100 mg: %q", got)
	}
	if err := d.write(morning.Add(2*time.Hour), tto); model.KindOf(err) != model.KindConflict {
		t.Errorf("a decision on the old dose was taken: %v", err)
	}
}

func TestReconciledMeansThisList(t *testing.T) {
	d := newDesk(t, 1, model.RolePrescriber)
	d.must(morning, medicine(1, "Sertraline"))
	d.must(morning.Add(time.Minute), &model.MedicinesReconciled{List: d.record().Health.ListHash()})
	if !d.record().Health.IsReconciled() {
		t.Fatal("the list is not reconciled")
	}
	stale := d.record().Health.ListHash()
	d.must(morning.Add(time.Hour), medicine(2, "Omeprazole"))
	if d.record().Health.IsReconciled() {
		t.Error("a list with a new line is still reconciled")
	}
	if err := d.write(morning.Add(2*time.Hour), &model.MedicinesReconciled{List: stale}); model.KindOf(err) != model.KindConflict {
		t.Errorf("the old list was reconciled: %v", err)
	}
}

func TestTwoDesksThatSupplyAreAClinicalConflict(t *testing.T) {
	one, two := newDesk(t, 1, model.RoleNurse), newDesk(t, 2, model.RolePharmacy)
	m := medicine(1, "Sertraline")
	one.must(morning, m)
	one.meet(two)
	one.must(morning.Add(time.Minute), supply(m, model.SupplyTTO, 28))
	two.must(morning.Add(2*time.Minute), supply(m, model.SupplyTTO, 7))
	one.meet(two)
	for _, c := range one.record().Conflicts() {
		if c.Slot == "supply/"+string(m.ID) {
			if !c.Clinical() {
				t.Error("a double supply is not marked clinical")
			}
			return
		}
	}
	t.Error("a double supply is no conflict")
}

func TestASignOfHandsOffLines(t *testing.T) {
	d := newDesk(t, 1, model.RolePrescriber)
	for _, id := range []model.ItemID{model.ItemConsent, model.ItemGP, model.ItemMedicines, model.ItemLetter} {
		if err := d.write(morning, &model.ItemSet{Item: id, State: model.Done}); model.KindOf(err) != model.KindInvalid {
			t.Errorf("%s was ticked by hand: %v", id, err)
		}
		d.must(morning, &model.ItemSet{Item: id, State: model.NotNeeded, Note: "goes to hospital"})
	}
}

// The shared part must not tell what the health part holds.
func TestPracticeAndConsentStayOutOfTheSharedPart(t *testing.T) {
	d := newDesk(t, 1, model.RoleNurse)
	d.must(morning, consentTo(model.ConsentRegisterGP, model.ConsentGiven), step(model.RegChoosing), step(model.RegFormReady), step(model.RegSent))
	shared, err := json.Marshal(d.record().Shared)
	if err != nil {
		t.Fatal(err)
	}
	for _, word := range []string{"Park", "B86001", "LS1", "Jones", "0113"} {
		if strings.Contains(string(shared), word) {
			t.Errorf("the shared part holds %q", word)
		}
	}
	officer := model.FoldAll(model.PersonID{1}, model.RoleReception.Compartments(), d.ops)
	if officer.Health != nil {
		t.Error("an officer's record has a health part")
	}
}
