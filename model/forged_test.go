package model_test

import (
	"crypto/sha256"
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/throughgate/throughgate/model"
)

// What somebody with a program of their own could send: the hub verifies who
// signed and asks Allow; no desk's Check is asked of it.

// The right to one line of the checklist is no right to end the conflict of
// another slot.
func TestASettlementKeepsAValueOfTheSlotItSettles(t *testing.T) {
	own, err := model.EncodeChange(&model.ItemSet{Item: model.ItemAccommodation, State: model.Done})
	if err != nil {
		t.Fatal(err)
	}
	officer := model.Actor{Staff: "b.gale", Role: model.RoleReception, Site: "LEI"}
	for name, c := range map[string]*model.ConflictSettled{
		"another line":        {In: model.Shared, At: "item/medicines", KeepKind: "item.set", KeepBody: own},
		"another compartment": {In: model.Custody, At: "item/accommodation", KeepKind: "item.set", KeepBody: own},
	} {
		if model.Allow(officer, c, &model.Record{}) == nil {
			t.Errorf("%s: allowed", name)
		}
	}
	fits := &model.ConflictSettled{In: model.Shared, At: "item/accommodation", KeepKind: "item.set", KeepBody: own}
	if err := model.Allow(officer, fits, &model.Record{}); err != nil {
		t.Error(err)
	}
}

// Not even a record that was given such a settlement hides the conflict.
func TestASettlementThatKeepsSomethingElseEndsNothing(t *testing.T) {
	one, two := newDesk(t, 1, model.RoleNurse), newDesk(t, 2, model.RoleNurse)
	a := one.do(morning, consent(model.Done, "given"))
	b := two.do(morning.Add(time.Second), consent(model.Refused, "declined"))
	one.meet(two)
	own, err := model.EncodeChange(&model.ItemSet{Item: model.ItemHandover, State: model.Done})
	if err != nil {
		t.Fatal(err)
	}
	for _, kind := range []string{"item.set", "of.next.year"} {
		one.do(morning.Add(time.Minute), &model.ConflictSettled{
			In: model.Shared, At: "item/consent", Settles: []model.Stamp{a.Stamp, b.Stamp}, KeepKind: kind, KeepBody: own,
		})
	}
	r := one.record()
	if len(r.Conflicts()) != 1 || r.Shared.Unknown != 2 {
		t.Errorf("%d conflicts, %d ops passed over", len(r.Conflicts()), r.Shared.Unknown)
	}
}

// A settlement in a settlement in a settlement would cost the hub the square of
// its length to look through.
func TestASettlementOfASettlementIsNone(t *testing.T) {
	body := json.RawMessage(`{"item":"consent"}`)
	kind := "item.set"
	for range 500 {
		next, err := json.Marshal(&model.ConflictSettled{In: model.Shared, At: "item/consent", KeepKind: kind, KeepBody: body})
		if err != nil {
			t.Fatal(err)
		}
		kind, body = "conflict.settled", next
	}
	c, err := model.DecodeChange(kind, body)
	if err != nil {
		t.Fatal(err)
	}
	if model.Allow(model.Actor{Role: model.RoleNurse}, c, &model.Record{}) == nil {
		t.Error("allowed")
	}
}

func TestTheReasonOfASettlementIsHeldToOneLine(t *testing.T) {
	one, two := newDesk(t, 1, model.RoleNurse), newDesk(t, 2, model.RoleNurse)
	a := one.do(morning, consent(model.Done, "given"))
	two.do(morning.Add(time.Second), consent(model.Refused, "declined"))
	one.meet(two)
	for _, reason := range []string{"\x1b[2J", strings.Repeat("x", 241)} {
		if model.Settle(one.record().Conflicts()[0], a, reason).Check(one.record(), morning) == nil {
			t.Errorf("%q was taken", reason)
		}
	}
}

// Two desks that hand over medicines both say "done". They agree word for word,
// and the person may have got everything twice.
func TestTwoDesksThatBothHandOverAreAWarningThoughTheySayTheSame(t *testing.T) {
	one, two := newDesk(t, 1, model.RoleNurse), newDesk(t, 2, model.RoleReception)
	a := one.do(morning, &model.ItemSet{Item: model.ItemHandover, State: model.Done})
	two.do(morning.Add(time.Minute), &model.ItemSet{Item: model.ItemHandover, State: model.Done})
	one.meet(two)
	conflicts := two.record().Conflicts()
	if len(conflicts) != 1 || !conflicts[0].Clinical() || len(conflicts[0].Heads) != 2 {
		t.Fatalf("nobody is warned: %+v", conflicts)
	}
	// Both desks settle it the same way without having met: then it is settled.
	one.do(morning.Add(time.Hour), model.Settle(one.record().Conflicts()[0], a, "given once"))
	two.do(morning.Add(time.Hour), model.Settle(conflicts[0], a, "given once"))
	one.meet(two)
	if left := one.record().Conflicts(); len(left) != 0 {
		t.Errorf("settled twice alike, and still open: %+v", left)
	}
}

// A colleague's letter cannot be given other words by sending others under its
// hash, nor be made to hold again after a later one.
func TestASignedLetterStaysAsItWasSigned(t *testing.T) {
	doctor, other := newDesk(t, 1, model.RolePrescriber), newDesk(t, 2, model.RoleNurse)
	other.actor.Staff = "x.other"
	first, second := []byte(`{"number":1}`), []byte(`{"number":2}`)
	doctor.do(morning, &model.LetterSigned{Number: 1, Frozen: first, Hash: sha256.Sum256(first), Signature: []byte("one")})
	doctor.do(morning.Add(time.Minute), &model.LetterSigned{Number: 2, Frozen: second, Hash: sha256.Sum256(second), Signature: []byte("two")})
	doctor.meet(other)
	other.do(morning.Add(time.Hour), &model.LetterSigned{Number: 1, Frozen: first, Hash: sha256.Sum256(first), Signature: []byte("other")})
	if last, _ := other.record().Health.LastLetter(); last.Number != 2 || string(last.Signature) != "two" {
		t.Errorf("letter %d holds", last.Number)
	}
	other.do(morning.Add(2*time.Hour), &model.LetterSigned{Number: 2, Frozen: []byte(`{"number":2,"x":1}`), Hash: sha256.Sum256(second)})
	for _, s := range other.record().Health.Letters {
		if sha256.Sum256(s.Frozen) != s.Hash {
			t.Errorf("letter %d of %s says other than its hash", s.Number, s.By.Staff)
		}
		if s.By.Staff != "x.other" && string(s.Frozen) != string(first) && string(s.Frozen) != string(second) {
			t.Errorf("%s has signed what somebody else wrote", s.By.Staff)
		}
	}
}

// Under a letter stands the name that it says itself, so it must be the signer's.
func TestALetterIsSignedInOnesOwnName(t *testing.T) {
	nurse := model.Actor{Staff: "a.khan", Role: model.RoleNurse, Site: "LEI"}
	theirs, own := []byte(`{"author":{"staff":"dr.jones"}}`), []byte(`{"author":{"staff":"a.khan"}}`)
	for name, frozen := range map[string][]byte{"a colleague": theirs, "no letter": []byte("x"), "nobody": []byte("{}")} {
		if model.Allow(nurse, &model.LetterSigned{Frozen: frozen}, &model.Record{}) == nil {
			t.Errorf("signed in the name of %s", name)
		}
	}
	if err := model.Allow(nurse, &model.LetterSigned{Frozen: own}, &model.Record{}); err != nil {
		t.Error(err)
	}
	body, err := model.EncodeChange(&model.LetterSigned{Frozen: theirs, Hash: sha256.Sum256(theirs)})
	if err != nil {
		t.Fatal(err)
	}
	keep := &model.ConflictSettled{In: model.Health, At: "letter/signed", KeepKind: "letter.signed", KeepBody: body}
	if err := model.Allow(nurse, keep, &model.Record{}); err != nil {
		t.Errorf("a colleague's letter cannot be kept: %v", err)
	}
	d := newDesk(t, 1, model.RoleNurse)
	d.do(morning, keep)
	if n := len(d.record().Health.Letters); n != 0 {
		t.Error("settling brought a letter that nobody had signed")
	}
}

// A time before 1970 is later than all others by its bytes and earlier by its
// value: two desks would fold it into different places.
func TestATimeBefore1970IsNoStamp(t *testing.T) {
	op := sampleOp(t)
	op.Stamp.Wall = -1
	encoded, err := op.Encode()
	if err != nil {
		t.Fatal(err)
	}
	signed := append(encoded, make([]byte, model.SignatureSize)...)
	if _, _, _, err := model.DecodeOp(signed); err == nil {
		t.Error("such an op was taken")
	}
	e := model.EnvelopeFor(op, model.Shared, 1, signed)
	raw, _ := e.AppendBinary(nil)
	if _, err := model.DecodeEnvelope(raw); err == nil {
		t.Error("such an envelope was taken")
	}
}

// Whoever looks at the board must not read "ready" where two desks disagree.
func TestNobodyIsReadyOnALineInConflict(t *testing.T) {
	one, two := newDesk(t, 1, model.RoleNurse), newDesk(t, 2, model.RoleReception)
	one.do(morning, &model.ReleaseSet{Day: 20000, Basis: model.BasisConfirmed})
	for _, facts := range model.ChecklistFor(&one.record().Shared) {
		if facts.ID != model.ItemReleaseDate {
			one.do(morning, &model.ItemSet{Item: facts.ID, State: model.NotNeeded, Note: "so"})
		}
	}
	one.meet(two)
	r := one.record()
	if !model.Ready(&r.Shared) {
		t.Fatalf("not ready to begin with: %+v", model.Timeline(nil).Readiness(&r.Shared))
	}
	for name, c := range map[string]model.Change{
		"release": &model.ReleaseSet{Day: 20001, Basis: model.BasisConfirmed}, "item/letter": &model.ItemSet{Item: model.ItemLetter, State: model.Refused, Note: "no"},
	} {
		d, away := newDesk(t, 3, model.RoleNurse), newDesk(t, 4, model.RoleNurse)
		one.meet(d)
		one.meet(away)
		away.do(morning.Add(time.Hour), c)
		if c.Kind() == "release.set" {
			d.do(morning.Add(time.Hour), &model.ReleaseSet{Day: 20002, Basis: model.BasisConfirmed})
		} else {
			d.do(morning.Add(time.Hour), &model.ItemSet{Item: model.ItemLetter, State: model.NotNeeded, Note: "other"})
		}
		d.meet(away)
		r := d.record()
		row := model.RowOf(r.ID, &r.Shared)
		if missing := model.Timeline(nil).Readiness(&r.Shared); len(missing) != 1 || missing[0].State != model.Problem || row.Ready() {
			t.Errorf("%s is in conflict, and the person is ready: %+v", name, missing)
		}
	}
}

// A letter is signed at one desk while an allergy is recorded at another, which
// has seen no letter. Neither the letter nor the medicines may then stand as done.
func TestWhatIsTickedOffBlindOfAChangeIsInConflict(t *testing.T) {
	blind := map[string]struct {
		done   model.ItemSet
		change model.Change
	}{
		"an allergy beside a letter": {
			model.ItemSet{Item: model.ItemLetter, State: model.Done, Detail: "signed"},
			&model.AllergiesSet{State: model.AllergiesKnown, List: []model.Allergy{{Substance: "Penicillin"}}},
		},
		"a text beside a letter": {
			model.ItemSet{Item: model.ItemLetter, State: model.Done, Detail: "signed"},
			&model.LetterDraft{Heading: "x", Text: "Sees the dentist."},
		},
		"a medicine beside a letter": {
			model.ItemSet{Item: model.ItemLetter, State: model.Done, Detail: "signed"},
			&model.MedicineSet{ID: "b", Prescribed: model.Prescribed{Name: "Sertraline"}},
		},
		"a medicine beside the medicines": {
			model.ItemSet{Item: model.ItemMedicines, State: model.Done},
			&model.MedicineSet{ID: "b", Prescribed: model.Prescribed{Name: "Sertraline"}},
		},
	}
	for name, tt := range blind {
		one, two := newDesk(t, 1, model.RoleNurse), newDesk(t, 2, model.RoleNurse)
		first := &model.MedicineSet{ID: "a", Prescribed: model.Prescribed{Name: "Aspirin"}}
		follow(one, morning, first)
		one.meet(two)
		one.do(morning.Add(2*time.Minute), &tt.done)
		follow(two, morning.Add(time.Minute), tt.change)
		one.meet(two)
		r := one.record()
		found := false
		for _, c := range r.Conflicts() {
			found = found || c.Slot == tt.done.Slot()
		}
		if row := model.RowOf(r.ID, &r.Shared); !found || row.Ready() {
			t.Errorf("%s: the line stands as done", name)
		}
	}
}

// follow makes a change and what it brings with it, as a store does.
func follow(d *desk, at time.Time, c model.Change) {
	d.do(at, c)
	for _, also := range c.(model.Follower).Follows(d.record()) {
		d.do(at, also)
	}
}
