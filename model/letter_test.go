package model_test

import (
	"bytes"
	"crypto/ed25519"
	"encoding/json"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/throughgate/throughgate/model"
)

var leeds = model.LetterPrison{
	Code: "LEI", Name: "HMP Leeds", Team: "Healthcare", Address: []string{"2 Gloucester Terrace", "Leeds", "LS12 2TJ"}, Phone: "0113 496 0100",
}

func facts(d *desk, at time.Time) model.LetterFacts {
	return model.LetterFacts{
		Prison: leeds, Author: d.actor, Now: at,
		Name: func(id model.StaffID) string { return map[model.StaffID]string{"a.khan": "KHAN, A"}[id] },
	}
}

// leaver is somebody with all that a letter needs, and with everything that must
// never stand in one.
func leaver(tb testing.TB) *desk {
	tb.Helper()
	d := newDesk(tb, 1, model.RolePrescriber)
	born, err := model.ParsePartialDate("1980-08-14")
	if err != nil {
		tb.Fatal(err)
	}
	for _, c := range []model.Change{
		&model.PersonNamed{Name: model.PersonName{Family: "Smith", Given: []string{"John", "William"}}},
		&model.PersonBorn{Date: born, Sex: model.SexMale},
		&model.PersonNumbered{Scheme: model.SchemeNHS, Value: "9434765919", Status: model.TraceVerified},
		&model.PersonNumbered{Scheme: model.SchemePrison, Value: "A1234AA"},
		&model.StaySet{Site: "LEI", BookingID: "BOOK77", LegalStatus: "RECALL", Received: today - 120},
		&model.LocationSet{Cell: "CELL-Q"},
		&model.ReleaseSet{Day: today + 1, Time: "09:30", Basis: model.BasisConfirmed, Reason: "CR", Destination: "Approved premises, Leeds"},
		&model.AlertSet{Code: "XEL", Active: true}, &model.AlertSet{Code: "DCC", Active: true}, &model.AlertSet{Code: "HA", Active: true},
		&model.CustodyNoted{Text: "SECRETNOTE of an officer"},
	} {
		d.do(morning, c)
	}
	mirtazapine := medicine(3, "Mirtazapine")
	mirtazapine.Strength, mirtazapine.Dose = "15 mg", "15 mg"
	d.must(morning,
		consentTo(model.ConsentRegisterGP, model.ConsentGiven), consentTo(model.ConsentShareGP, model.ConsentGiven),
		step(model.RegChoosing), step(model.RegFormReady), step(model.RegSent), step(model.RegAccepted),
		&model.AllergiesSet{State: model.AllergiesKnown, List: []model.Allergy{{Substance: "Penicillin", Reaction: "anaphylaxis", Severity: model.SeveritySevere}}},
		&model.ContactSet{ContactDetails: model.ContactDetails{NoFixedAddress: true, Phone: "07700 900123", Safe: "afternoons only"}},
		medicine(1, "Sertraline"), methadone(), mirtazapine,
		&model.MedicineStopped{ID: mirtazapine.ID, Day: today - 3, Reason: "weight gain"},
		supply(medicine(1, "Sertraline"), model.SupplyTTO, 28),
		mda(),
		&model.ProblemsSet{Problems: []string{"Opioid dependence", "Recurrent low mood"}},
	)
	d.must(morning, &model.MedicinesReconciled{List: d.record().Health.ListHash()})
	return d
}

func mda() *model.SupplySet {
	s := supply(methadone(), model.SupplyFP10MDA, 14)
	s.Quantity, s.Unit, s.Instalment = 560*100, "ml", "40 ml daily, supervised; Sunday's dose on Saturday"
	return s
}

func words(d *desk, heading model.HeadingCode, text string) *model.LetterDraft {
	d.tb.Helper()
	return &model.LetterDraft{Heading: heading, Text: text}
}

func writeUp(d *desk, at time.Time) {
	d.tb.Helper()
	d.must(at,
		words(d, model.HeadingSummary, "Stable on methadone since September.\nMood better on sertraline."),
		words(d, model.HeadingPlan, "Drug service: first appointment on 25-Nov-2026 at 14:00, Forward Leeds.\nGP: review mood | within four weeks"),
		words(d, model.HeadingContact, "Healthcare 0113 496 0100, weekdays 08:00 to 18:00"),
		words(d, model.HeadingAdvice, "Loss of tolerance and naloxone explained; kit given."),
	)
}

// sign assembles and signs as a screen does.
func sign(d *desk, at time.Time, key ed25519.PrivateKey) (*model.LetterSigned, error) {
	d.tb.Helper()
	because := facts(d, at)
	because.Why = "Allergies were wrong"
	letter := model.Assemble(d.record(), because)
	signed, err := model.SignLetter(letter, func(m []byte) []byte { return ed25519.Sign(key, m) })
	if err != nil {
		d.tb.Fatal(err)
	}
	return signed, d.write(at, signed)
}

var clinicianKey = ed25519.NewKeyFromSeed(bytes.Repeat([]byte{7}, ed25519.SeedSize))

func TestLetterHasEveryMandatoryHeading(t *testing.T) {
	d := leaver(t)
	writeUp(d, morning)
	letter := model.Assemble(d.record(), facts(d, morning))
	empty := model.Assemble(model.NewRecord(model.PersonID{2}, model.Compartments()), facts(d, morning))
	for _, h := range model.Headings() {
		if h.Mark != model.Mandatory {
			continue
		}
		if s, ok := letter.Section(h.Code); !ok || len(s.Lines) == 0 && s.Table == nil || s.Missing {
			t.Errorf("%s is missing in a full letter: %+v", h.Name, s)
		}
		if s, ok := empty.Section(h.Code); !ok || len(s.Lines) == 0 {
			t.Errorf("%s is left blank in an empty letter", h.Name)
		}
	}
	for _, code := range []model.HeadingCode{model.HeadingMedicines, model.HeadingSummary, model.HeadingAllergies, model.HeadingPlan, model.HeadingDischarge} {
		s, _ := empty.Section(code)
		if s.Lines[0] != model.NotRecorded || !s.Missing {
			t.Errorf("%s of an empty record reads %q", code, s.Lines)
		}
	}
}

func TestLetterGolden(t *testing.T) {
	d := leaver(t)
	writeUp(d, morning)
	pretty, err := json.MarshalIndent(model.Assemble(d.record(), facts(d, morning)), "", "  ")
	if err != nil {
		t.Fatal(err)
	}
	golden(t, "letter.json", string(pretty)+"\n")
}

func TestLetterNeverTellsCustodyMatters(t *testing.T) {
	d := leaver(t)
	writeUp(d, morning)
	frozen, _, err := model.Assemble(d.record(), facts(d, morning)).Freeze()
	if err != nil {
		t.Fatal(err)
	}
	text := strings.ToUpper(string(frozen))
	for _, never := range []string{"SECRETNOTE", "XEL", "DCC", "ESCAPE", "RECALL", "CELL-Q", "BOOK77", "CONDITIONAL", strings.ToUpper(model.AlertWords("XEL")), strings.ToUpper(model.AlertWords("DCC"))} {
		if strings.Contains(text, never) {
			t.Errorf("the letter holds %q", never)
		}
	}
}

func TestRestrictedPersonsPracticeAndAddressAreWithheld(t *testing.T) {
	d := leaver(t)
	d.do(morning, &model.PersonRestricted{Restricted: true})
	frozen, _, err := model.Assemble(d.record(), facts(d, morning)).Freeze()
	if err != nil {
		t.Fatal(err)
	}
	for _, never := range []string{"Park", "B86001", "07700", "Approved premises", "afternoons"} {
		if strings.Contains(string(frozen), never) {
			t.Errorf("a restricted person's letter holds %q", never)
		}
	}
}

func TestPlanHasThePracticesActionsFirst(t *testing.T) {
	d := leaver(t)
	writeUp(d, morning)
	s, _ := model.Assemble(d.record(), facts(d, morning)).Section(model.HeadingPlan)
	want := [][]string{
		{"GP practice", "Continue the medicines below: the first supply ends and the next is due", "Tue 08-Dec-2026"},
		{"GP practice", "review mood", "within four weeks"},
		{"Drug service", "first appointment on 25-Nov-2026 at 14:00, Forward Leeds.", "Not said"},
	}
	if s.Table == nil || !reflect.DeepEqual(s.Table.Rows, want) {
		t.Errorf("plan reads %+v", s.Table)
	}
}

func TestSigningRefusesWhatOnlyAPersonCanGive(t *testing.T) {
	d := leaver(t)
	_, err := sign(d, morning, clinicianKey)
	for _, missing := range []string{"Plan and requested actions", "Clinical summary", "Contact for further information"} {
		if err == nil || !strings.Contains(err.Error(), missing) {
			t.Errorf("%s is not asked for: %v", missing, err)
		}
	}
	if got := d.word(model.ItemLetter); got != "NO" {
		t.Errorf("the letter reads %q", got)
	}
}

func TestSignedLetterHoldsUntilTheRecordMovesOn(t *testing.T) {
	d := leaver(t)
	writeUp(d, morning)
	first, err := sign(d, morning.Add(time.Hour), clinicianKey)
	if err != nil {
		t.Fatal(err)
	}
	if got := d.word(model.ItemLetter); got != "signed" {
		t.Fatalf("the signed letter reads %q", got)
	}
	d.must(morning.Add(2*time.Hour), &model.AllergiesSet{State: model.AllergiesNone})
	if got := d.word(model.ItemLetter); got != "redo" {
		t.Errorf("after a change of allergies the letter reads %q", got)
	}
	second, err := sign(d, morning.Add(3*time.Hour), clinicianKey)
	if err != nil {
		t.Fatal(err)
	}
	if second.Number != 2 || second.Supersedes != 1 {
		t.Errorf("letter %d supersedes %d", second.Number, second.Supersedes)
	}
	letters := d.record().Health.Letters
	if len(letters) != 2 || !bytes.Equal(letters[0].Frozen, first.Frozen) || letters[1].By.Staff != "a.khan" {
		t.Error("the first letter is not kept as it was signed")
	}
	if got := d.word(model.ItemLetter); got != "signed" {
		t.Errorf("the second letter reads %q", got)
	}
	d.must(morning.Add(4*time.Hour), packed(supply(medicine(1, "Sertraline"), model.SupplyTTO, 28)))
	if got := d.word(model.ItemLetter); got != "signed" {
		t.Errorf("packing what the letter says made it read %q", got)
	}
	d.must(morning.Add(5*time.Hour), words(d, model.HeadingSummary, "Stable."))
	if got := d.word(model.ItemLetter); got != "redo" {
		t.Errorf("after a change of its text the letter reads %q", got)
	}
}

func TestStaleOrForgedLettersAreRefused(t *testing.T) {
	d := leaver(t)
	writeUp(d, morning)
	letter := model.Assemble(d.record(), facts(d, morning))
	good, err := model.SignLetter(letter, func(m []byte) []byte { return ed25519.Sign(clinicianKey, m) })
	if err != nil {
		t.Fatal(err)
	}
	with := func(f func(*model.LetterSigned)) *model.LetterSigned {
		c := *good
		f(&c)
		return &c
	}
	for name, c := range map[string]*model.LetterSigned{
		"other bytes":   with(func(c *model.LetterSigned) { c.Frozen = bytes.Replace(c.Frozen, []byte("50 mg"), []byte("90 mg"), 1) }),
		"other spacing": with(func(c *model.LetterSigned) { c.Frozen = append([]byte(" "), c.Frozen...) }),
		"no signature":  with(func(c *model.LetterSigned) { c.Signature = nil }),
		"number 5":      with(func(c *model.LetterSigned) { c.Number = 5 }),
		"no letter":     with(func(c *model.LetterSigned) { c.Frozen = nil }),
	} {
		if err := c.Check(d.record(), morning); err == nil {
			t.Errorf("%s was taken", name)
		}
	}
	d.must(morning.Add(time.Minute), supply(medicine(1, "Sertraline"), model.SupplyTTO, 14))
	if err := good.Check(d.record(), morning); model.KindOf(err) != model.KindConflict {
		t.Errorf("a letter with the old supply was taken: %v", err)
	}
}

func TestLetterSignatureIsOfItsBytesAndSigner(t *testing.T) {
	d := leaver(t)
	writeUp(d, morning)
	if _, err := sign(d, morning, clinicianKey); err != nil {
		t.Fatal(err)
	}
	last, _ := d.record().Health.LastLetter()
	public := clinicianKey.Public().(ed25519.PublicKey)
	if err := model.VerifyLetter(last.Frozen, last.Hash, last.Signature, public); err != nil {
		t.Error(err)
	}
	other := ed25519.NewKeyFromSeed(bytes.Repeat([]byte{8}, ed25519.SeedSize)).Public().(ed25519.PublicKey)
	changed := bytes.Replace(last.Frozen, []byte("Sertraline"), []byte("Paroxetine"), 1)
	for name, err := range map[string]error{
		"another signer": model.VerifyLetter(last.Frozen, last.Hash, last.Signature, other),
		"another text":   model.VerifyLetter(changed, last.Hash, last.Signature, public),
		"no key":         model.VerifyLetter(last.Frozen, last.Hash, last.Signature, nil),
		"no signature":   model.VerifyLetter(last.Frozen, last.Hash, nil, public),
	} {
		if err == nil {
			t.Errorf("%s was taken", name)
		}
	}
}

func TestTwoDesksThatSignAreAConflictAndSettlingKeepsOne(t *testing.T) {
	one := leaver(t)
	writeUp(one, morning)
	two := newDesk(t, 2, model.RolePrescriber)
	one.meet(two)
	if _, err := sign(one, morning.Add(time.Hour), clinicianKey); err != nil {
		t.Fatal(err)
	}
	if _, err := sign(two, morning.Add(time.Hour+time.Minute), clinicianKey); err != nil {
		t.Fatal(err)
	}
	one.meet(two)
	var found *model.Conflict
	for _, c := range one.record().Conflicts() {
		if c.Slot == "letter/signed" {
			found = &c
		}
	}
	if found == nil {
		t.Fatal("two signed letters are no conflict")
	}
	for _, op := range one.ops {
		if op.Stamp == found.Heads[0].Stamp() {
			one.must(morning.Add(2*time.Hour), model.Settle(*found, op, "the first went out"))
			break
		}
	}
	letters := one.record().Health.Letters
	first, _ := model.ThawLetter(letters[len(letters)-1].Frozen)
	if len(letters) != 2 || first.Author.At != model.InstantOf(morning.Add(time.Hour)) {
		t.Errorf("the letter that was kept does not hold: %d letters, of %s", len(letters), first.Author.At)
	}
}
