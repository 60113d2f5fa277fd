package model_test

import (
	"bytes"
	"crypto/ed25519"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/throughgate/throughgate/model"
)

// signedLeaver has a signed discharge letter.
func signedLeaver(t *testing.T) (*desk, model.SignedLetter) {
	t.Helper()
	d := leaver(t)
	writeUp(d, morning)
	if _, err := sign(d, morning.Add(time.Hour), clinicianKey); err != nil {
		t.Fatal(err)
	}
	last, _ := d.record().Health.LastLetter()
	return d, last
}

func post(s model.SignedLetter, at time.Time) model.LetterPost {
	return model.LetterPost{Letter: s.Hash, At: model.InstantOf(at)}
}

func TestLetterGoesThroughItsStates(t *testing.T) {
	d, s := signedLeaver(t)
	state := func() model.LetterState {
		got, _ := d.record().Health.LetterState(s)
		return got
	}
	at := morning.Add(2 * time.Hour)
	sent := post(s, at)
	sent.How, sent.To = model.LetterBySecureEmail, "Park Surgery"
	arrived, failed := post(s, at), post(s, at)
	arrived.Who, failed.Reason = "J Jones, practice manager", "the address is refused"
	for _, step := range []struct {
		change model.Change
		state  model.LetterState
		word   string
	}{
		{nil, model.LetterIsSigned, "NO"},
		{&model.LetterSent{LetterPost: sent}, model.LetterIsSent, "sent"},
		{&model.LetterFailed{LetterPost: failed}, model.LetterIsFailed, "not delivered"},
		{&model.LetterSent{LetterPost: sent}, model.LetterIsSent, "sent"},
		{&model.LetterDelivered{LetterPost: arrived}, model.LetterIsDelivered, "yes"},
		{&model.LetterAcknowledged{LetterPost: arrived}, model.LetterIsAcknowledged, "yes"},
	} {
		if step.change != nil {
			d.must(at, step.change)
			at = at.Add(time.Minute)
		}
		if state() != step.state || d.word(model.ItemLetterDelivered) != step.word {
			t.Errorf("it is %q and the line reads %q; want %q and %q", state(), d.word(model.ItemLetterDelivered), step.state, step.word)
		}
	}
	d.must(at, &model.AllergiesSet{State: model.AllergiesNone})
	if _, err := sign(d, at.Add(time.Hour), clinicianKey); err != nil {
		t.Fatal(err)
	}
	if state() != model.LetterIsSuperseded || d.word(model.ItemLetterDelivered) != "send again" {
		t.Errorf("after a correction the first is %q and the line reads %q", state(), d.word(model.ItemLetterDelivered))
	}
}

func TestStepsOfALetterThatCannotBeAreRefused(t *testing.T) {
	d, s := signedLeaver(t)
	now := morning.Add(3 * time.Hour)
	with := func(f func(*model.LetterPost)) model.LetterPost {
		p := post(s, morning.Add(2*time.Hour))
		p.How, p.To, p.Who, p.Reason = model.LetterByHand, "Park Surgery", "J Jones", "no such address"
		f(&p)
		return p
	}
	for name, c := range map[string]model.Change{
		"no such letter":     &model.LetterSent{LetterPost: with(func(p *model.LetterPost) { p.Letter = model.Hash{1} })},
		"in the future":      &model.LetterSent{LetterPost: with(func(p *model.LetterPost) { p.At = model.InstantOf(now.Add(time.Hour)) })},
		"before it was":      &model.LetterSent{LetterPost: with(func(p *model.LetterPost) { p.At = model.InstantOf(morning.Add(-48 * time.Hour)) })},
		"no way":             &model.LetterSent{LetterPost: with(func(p *model.LetterPost) { p.How = "pigeon" })},
		"to nobody":          &model.LetterSent{LetterPost: with(func(p *model.LetterPost) { p.To = " " })},
		"arrived, not sent":  &model.LetterDelivered{LetterPost: with(func(*model.LetterPost) {})},
		"failed, not sent":   &model.LetterFailed{LetterPost: with(func(*model.LetterPost) {})},
		"copy of nothing":    &model.CopyGiven{Letter: model.Hash{1}, Answer: model.CopySigned},
		"copy without words": &model.CopyGiven{Letter: s.Hash, Answer: model.CopyRefused},
		"ready when signed":  &model.LetterReady{},
	} {
		if err := c.Check(d.record(), now); err == nil {
			t.Errorf("%s was taken", name)
		}
	}
	d.must(now, consentTo(model.ConsentShareGP, model.ConsentRefused))
	sent := &model.LetterSent{LetterPost: with(func(*model.LetterPost) {})}
	if err := sent.Check(d.record(), now); err == nil {
		t.Error("a letter went to a practice against the person's refusal")
	}
	if d.word(model.ItemLetterDelivered) != "refused" || d.word(model.ItemLetter) != "redo" {
		t.Errorf("after a refusal delivery reads %q, the letter %q", d.word(model.ItemLetterDelivered), d.word(model.ItemLetter))
	}
}

func TestReadyHoldsForTheLetterAsItStood(t *testing.T) {
	d := leaver(t)
	writeUp(d, morning)
	letter := model.Assemble(d.record(), facts(d, morning))
	ready := &model.LetterReady{Clinical: letter.Clinical, Text: letter.Text}
	d.must(morning, ready)
	if got := d.word(model.ItemLetter); got != "ready" {
		t.Fatalf("the line reads %q", got)
	}
	d.must(morning, words(d, model.HeadingSummary, "Otherwise."))
	if got := d.word(model.ItemLetter); got != "draft" {
		t.Errorf("after a change the line reads %q", got)
	}
	if err := ready.Check(d.record(), morning); model.KindOf(err) != model.KindConflict {
		t.Errorf("an old text was marked as ready: %v", err)
	}
}

func TestPersonsCopyIsOfTheLetterThatHolds(t *testing.T) {
	d, s := signedLeaver(t)
	d.must(morning.Add(2*time.Hour), &model.CopyGiven{Letter: s.Hash, Answer: model.CopySigned, EasyRead: true})
	if got := d.word(model.ItemPersonCopy); got != "yes" {
		t.Errorf("the line reads %q", got)
	}
	d.must(morning.Add(3*time.Hour), &model.AllergiesSet{State: model.AllergiesNone})
	if _, err := sign(d, morning.Add(4*time.Hour), clinicianKey); err != nil {
		t.Fatal(err)
	}
	if got := d.word(model.ItemPersonCopy); got != "old copy" {
		t.Errorf("after a correction the line reads %q", got)
	}
	last, _ := d.record().Health.LastLetter()
	d.must(morning.Add(5*time.Hour), &model.CopyGiven{Letter: last.Hash, Answer: model.CopyRefused, Note: "wants none"})
	if got := d.word(model.ItemPersonCopy); got != "refused" {
		t.Errorf("after a refusal the line reads %q", got)
	}
}

func TestACorrectionSaysWhichLetterItReplacesAndWhy(t *testing.T) {
	d, first := signedLeaver(t)
	d.must(morning.Add(2*time.Hour), &model.AllergiesSet{State: model.AllergiesNone})
	silent := model.Assemble(d.record(), facts(d, morning.Add(3*time.Hour)))
	c, err := model.SignLetter(silent, func(m []byte) []byte { return ed25519.Sign(clinicianKey, m) })
	if err != nil {
		t.Fatal(err)
	}
	if err := c.Check(d.record(), morning.Add(3*time.Hour)); err == nil || !strings.Contains(err.Error(), "why") {
		t.Errorf("a correction without a reason: %v", err)
	}
	because := facts(d, morning.Add(3*time.Hour))
	because.Why = "penicillin was wrong"
	notices := model.Assemble(d.record(), because).Notices()
	if len(notices) != 1 || !strings.Contains(notices[0].Head, "letter 1 of "+first.By.Instant().String()) || !strings.Contains(notices[0].Text, "penicillin was wrong") {
		t.Errorf("the first page says %+v", notices)
	}
}

func TestRiskStandsInALetterOnlyWithAgreementOrAReason(t *testing.T) {
	d := leaver(t)
	writeUp(d, morning)
	d.must(morning, words(d, "risks-to-self", "Tied a ligature in October."), words(d, "risks-to-others", "Angry with a neighbour."))
	told := func() string {
		frozen, _, err := model.Assemble(d.record(), facts(d, morning)).Freeze()
		if err != nil {
			t.Fatal(err)
		}
		return string(frozen)
	}
	if !strings.Contains(told(), "ligature") {
		t.Error("risk is left out though the person agreed")
	}
	for _, answer := range []model.ConsentDecision{model.ConsentRefused, model.ConsentNotAsked} {
		d.must(morning, consentTo(model.ConsentShareGP, answer))
		if text := told(); strings.Contains(text, "ligature") || strings.Contains(text, "neighbour") || strings.Contains(text, "Risks to") {
			t.Errorf("%s: the letter tells of risk", answer)
		}
		if n := len(d.record().Health.WithheldFromLetter(today)); n != 2 {
			t.Errorf("%s: %d headings are said to be left out", answer, n)
		}
	}
	d.must(morning, consentTo(model.ConsentShareGP, model.ConsentRefused), &model.LetterRisk{Reason: "grave danger to his life"})
	if text := told(); !strings.Contains(text, "ligature") || strings.Count(text, "grave danger to his life") < 2 || strings.Contains(text, "Not sent to a practice") {
		t.Error("the letter does not say that risk is shared without agreement, and why")
	}
	if err := (&model.LetterRisk{Reason: strings.Repeat("x", 300)}).Check(d.record(), morning); err == nil {
		t.Error("a reason of 300 characters was taken")
	}
	d.must(morning, consentTo(model.ConsentShareGP, model.ConsentGiven))
	if err := (&model.LetterRisk{Reason: "why not"}).Check(d.record(), morning); err == nil {
		t.Error("a reason was asked for though the person agreed")
	}
}

// What goes out against the person's answer stands in a box on the first page, with
// the ground in law; and so does why somebody was not seen.
func TestWhyIsSaidOnTheFirstPage(t *testing.T) {
	d := leaver(t)
	notices := func() string {
		var all []string
		for _, n := range model.Assemble(d.record(), facts(d, morning)).Notices() {
			all = append(all, n.Head+": "+n.Text)
		}
		return strings.Join(all, "\n")
	}
	d.must(morning, consentTo(model.ConsentShareGP, model.ConsentRefused), &model.LetterRisk{Ground: model.GroundLife, Reason: "grave danger to his life"},
		&model.LetterSeen{Answer: model.SeenNo, Why: "left at 07:30, before the clinic"})
	if got := notices(); !strings.Contains(got, "SHARED WITHOUT THE PERSON'S AGREEMENT: Why: Risk to life: grave danger to his life") ||
		!strings.Contains(got, "NOT SEEN AT DISCHARGE: Why: left at 07:30, before the clinic.") {
		t.Errorf("the first page says:\n%s", got)
	}
	d.must(morning, consentTo(model.ConsentShareGP, model.ConsentGiven))
	if got := notices(); strings.Contains(got, "SHARED WITHOUT") {
		t.Errorf("the person agreed, and the first page says:\n%s", got)
	}
	d.by("officer", model.RoleReception).do(morning, letGo())
	d.by("a.khan", model.RolePrescriber)
	d.must(morning, &model.LetterSeen{Answer: model.SeenYes, Why: "by Nurse Jones at the court"})
	if got := notices(); strings.Contains(got, "NOT SEEN") {
		t.Errorf("a nurse saw them, and the first page says:\n%s", got)
	}
	if got := section(t, d, model.HeadingDischarge); !strings.Contains(got, "Seen at discharge: by Nurse Jones at the court") {
		t.Errorf("the discharge details are:\n%s", got)
	}
	if err := (&model.LetterSeen{Answer: model.SeenNo}).Check(d.record(), morning); err == nil {
		t.Error("no reason was asked for")
	}
}

func TestASeenAnswerPutsTheLetterOutOfDate(t *testing.T) {
	d, _ := signedLeaver(t)
	d.must(morning.Add(2*time.Hour), &model.LetterSeen{Answer: model.SeenNo, Why: "left early"})
	if got := d.word(model.ItemLetter); got != "redo" {
		t.Errorf("the letter reads %q", got)
	}
}

func TestWithdrawnConsentPutsTheLetterOutOfDate(t *testing.T) {
	d, _ := signedLeaver(t)
	d.must(morning.Add(2*time.Hour), consentTo(model.ConsentShareGP, model.ConsentWithdrawn))
	if got := d.word(model.ItemLetter); got != "redo" {
		t.Errorf("the letter reads %q", got)
	}
}

func TestLateResultsGoInALetterOfTheirOwn(t *testing.T) {
	d := leaver(t)
	writeUp(d, morning)
	write := func(at time.Time) {
		d.must(at, words(d, model.LateResults, "HbA1c 71 mmol/mol, taken 20-Nov-2026"), words(d, model.LateMeaning, "Diabetes, not known before; the person does not know."),
			words(d, model.LatePlan, "Prison healthcare: ring the person | 25-Nov\nGP: repeat HbA1c | within 2 weeks"))
	}
	signLate := func(at time.Time) error {
		letter := model.AssembleResults(d.record(), facts(d, at))
		c, err := model.SignResults(letter, func(m []byte) []byte { return ed25519.Sign(clinicianKey, m) })
		if err != nil {
			t.Fatal(err)
		}
		return d.write(at, c)
	}
	write(morning)
	if err := signLate(morning); err == nil {
		t.Error("results went out before a discharge letter was signed")
	}
	if _, err := sign(d, morning.Add(time.Hour), clinicianKey); err != nil {
		t.Fatal(err)
	}
	write(morning.Add(2 * time.Hour))
	if got := d.word(model.ItemLetter); got != "signed" {
		t.Errorf("writing down late results made the discharge letter read %q", got)
	}
	plan, _ := model.AssembleResults(d.record(), facts(d, morning)).Section(model.HeadingPlan)
	if want := [][]string{{"GP practice", "repeat HbA1c", "within 2 weeks"}, {"Prison healthcare", "ring the person", "25-Nov"}}; !reflect.DeepEqual(plan.Table.Rows, want) {
		t.Errorf("the actions read %v", plan.Table.Rows)
	}
	if err := signLate(morning.Add(3 * time.Hour)); err != nil {
		t.Fatal(err)
	}
	h := d.record().Health
	last, _ := h.LastLetter()
	all := h.AllLetters()
	if len(all) != 2 || last.Results || !all[1].Results || len(h.Letters) != 1 {
		t.Errorf("the letters are %d, the discharge letters %d", len(all), len(h.Letters))
	}
	if state, _ := h.LetterState(all[1]); state != model.LetterIsSigned {
		t.Errorf("the letter on results is %q", state)
	}
	if state, _ := h.LetterState(last); state != model.LetterIsSigned {
		t.Errorf("the discharge letter is %q", state)
	}
	if h.Draft[model.LateResults].Text != "" || d.word(model.ItemLetter) != "signed" {
		t.Error("its words are left over")
	}
	if err := signLate(morning.Add(4 * time.Hour)); err == nil {
		t.Error("an empty letter on results was signed")
	}
}

func TestLetterSaysWhatBecameOfEachMedicineInTheStay(t *testing.T) {
	d := newDesk(t, 1, model.RolePrescriber)
	d.do(morning.AddDate(0, 0, -120), &model.StaySet{Site: "LEI", Received: today - 120})
	old := medicine(5, "Ramipril")
	old.Start = today - 900
	d.must(morning.AddDate(0, 0, -119), old, medicineOf(6, "Amitriptyline", "10 mg", today-300), methadone())
	for i, dose := range []string{"20 mg", "30 mg"} {
		changed := medicineOf(6, "Amitriptyline", dose, today-300)
		changed.Reason = "pain, step " + string(rune('1'+i))
		d.must(morning.AddDate(0, 0, -50+20*i), changed)
	}
	noted := medicineOf(6, "Amitriptyline", "30 mg", today-300)
	noted.NextDue, noted.Reason = today+3, "next dose"
	d.must(morning, noted)
	status := map[string]string{}
	s, _ := model.Assemble(d.record(), facts(d, morning)).Section(model.HeadingMedicines)
	for _, row := range s.Table.Rows {
		status[strings.Fields(row[0])[0]] = row[3]
	}
	for name, want := range map[string]string{
		"Ramipril":      "Continued unchanged, since " + (today - 900).String(),
		"Methadone":     "NEW in prison, since " + methadone().Start.String(),
		"Amitriptyline": "CHANGED: was 10 mg by mouth once a day; on " + model.DayOf(morning.AddDate(0, 0, -50)).String() + " to 20 mg by mouth once a day: pain, step 1; on " + model.DayOf(morning.AddDate(0, 0, -30)).String() + ": pain, step 2",
	} {
		if status[name] != want {
			t.Errorf("%s reads %q, not %q", name, status[name], want)
		}
	}
}

func medicineOf(n byte, name, dose string, start model.Day) *model.MedicineSet {
	m := medicine(n, name)
	m.Dose, m.Start = dose, start
	return m
}

// What a medicine was before is the same on every desk, whatever order the
// entries came in, and settling a conflict leaves no trace of what nobody gave.
func TestEarlierPrescriptionsFoldTheSameEverywhere(t *testing.T) {
	one := newDesk(t, 1, model.RolePrescriber)
	one.must(morning, medicineOf(1, "Sertraline", "50 mg", 0))
	two := newDesk(t, 2, model.RolePrescriber)
	one.meet(two)
	up, down := medicineOf(1, "Sertraline", "100 mg", 0), medicineOf(1, "Sertraline", "25 mg", 0)
	up.Reason, down.Reason = "low", "side effects"
	one.must(morning.Add(time.Minute), up)
	two.must(morning.Add(2*time.Minute), down)
	one.meet(two)
	if a, b := one.record().Health.Medicines, two.record().Health.Medicines; !reflect.DeepEqual(a, b) {
		t.Fatalf("two desks differ: %+v, %+v", a, b)
	}
	conflict := one.record().Conflicts()[0]
	for _, op := range one.ops {
		if op.Stamp == conflict.Heads[0].Stamp() {
			one.must(morning.Add(time.Hour), model.Settle(conflict, op, "as agreed"))
			break
		}
	}
	m := one.record().Health.Medicines[up.ID]
	if m.Dose != "100 mg" || len(m.Was) != 2 || m.Was[0].Dose != "50 mg" || m.Was[1].Dose != "100 mg" {
		t.Errorf("it is %s and was %+v", m.Dose, m.Was)
	}
}

func TestNoNoticeLetterSaysThatNobodyWasSeenAndGivesTheLastList(t *testing.T) {
	d := leaver(t)
	writeUp(d, morning)
	d.do(morning, &model.ReleaseSet{Day: today, Basis: model.BasisCourt, Reason: "CE"})
	if class := d.record().Shared.Release.Class; class != model.ReleaseNoNotice {
		t.Skipf("the reason is of class %q", class)
	}
	d.must(morning.Add(time.Minute), medicineOf(9, "Zopiclone", "7.5 mg", today))
	letter := model.Assemble(d.record(), facts(d, morning.Add(time.Hour)))
	discharge, _ := letter.Section(model.HeadingDischarge)
	medicines, _ := letter.Section(model.HeadingMedicines)
	list := strings.Join(medicines.Lines, "\n")
	switch {
	case len(letter.Notices()) != 1 || letter.Notices()[0].Head != "NOT SEEN AT DISCHARGE":
		t.Errorf("the first page says %+v", letter.Notices())
	case !strings.Contains(strings.Join(discharge.Lines, "\n"), "Not seen at discharge"):
		t.Errorf("the discharge details say %q", discharge.Lines)
	case !strings.Contains(list, "last reconciled by KHAN, A (Prescriber), 23-Nov-2026") || !strings.Contains(list, "Sertraline") || strings.Contains(list, "Zopiclone"):
		t.Errorf("the list says %q", list)
	}
}

func TestActionsAreReadFromLines(t *testing.T) {
	for line, want := range map[string]model.LetterAction{
		"GP: review mood | within four weeks": {"GP practice", "review mood", "within four weeks"},
		"gp repeat the blood test|1 Dec":      {"GP practice", "repeat the blood test", "1 Dec"},
		"Drug service: see at 14:00":          {"Drug service", "see at 14:00", "Not said"},
		"See at 14:00 tomorrow":               {"Not said", "See at 14:00 tomorrow", "Not said"},
		"Surgery: ":                           {"GP practice", "Not recorded", "Not said"},
		": | ":                                {"Not said", ":", "Not said"},
		"|":                                   {"Not said", "Not recorded", "Not said"},
	} {
		if got := model.ParseAction(line); got != want {
			t.Errorf("%q reads %+v", line, got)
		}
	}
}

func TestOutstandingResultsStandAmongTheActions(t *testing.T) {
	d := leaver(t)
	writeUp(d, morning)
	d.must(morning, words(d, "outstanding-issues", "HbA1c of 20-Nov | expected 27-Nov\nGP: hepatitis C PCR | ask the laboratory by 1 Dec"))
	s, _ := model.Assemble(d.record(), facts(d, morning)).Section(model.HeadingPlan)
	var got []string
	for _, row := range s.Table.Rows {
		got = append(got, strings.Join(row, "; "))
	}
	for i, want := range map[int]string{2: "GP practice; Outstanding: hepatitis C PCR; ask the laboratory by 1 Dec", 4: "Prison healthcare; Outstanding: HbA1c of 20-Nov; expected 27-Nov"} {
		if len(got) != 5 || got[i] != want {
			t.Errorf("the actions are %q", got)
		}
	}
}

func TestClinicianWordsStandBesideTheRecordOrInItsPlace(t *testing.T) {
	d := leaver(t)
	beside := words(d, model.HeadingAdmission, "Came from hospital.")
	d.must(morning, beside, words(d, model.HeadingAllergies, "Told twice."))
	section := func(code model.HeadingCode) string {
		s, _ := model.Assemble(d.record(), facts(d, morning)).Section(code)
		return strings.Join(s.Lines, "\n") + "\n" + s.Source
	}
	if got := section(model.HeadingAdmission); !strings.Contains(got, "In prison since") || !strings.Contains(got, "Came from hospital.") || !strings.Contains(got, "words added by KHAN, A (Prescriber) on 23-Nov-2026") {
		t.Errorf("admission reads %q", got)
	}
	if got := section(model.HeadingAllergies); !strings.Contains(got, "Penicillin") || !strings.Contains(got, "Told twice.") {
		t.Errorf("allergies read %q", got)
	}
	before := model.Assemble(d.record(), facts(d, morning)).Text
	beside.Instead = true
	d.must(morning, beside)
	if got := section(model.HeadingAdmission); strings.Contains(got, "In prison since") || !strings.Contains(got, "instead of what the record says") {
		t.Errorf("admission reads %q", got)
	}
	if after := model.Assemble(d.record(), facts(d, morning)).Text; after == before {
		t.Error("leaving out what the record says is no change of the text")
	}
	never := words(d, model.HeadingAllergies, "None.")
	never.Instead = true
	if err := never.Check(d.record(), morning); err == nil {
		t.Error("allergies were written over")
	}
}

// A letter frozen before these fields were there keeps its bytes.
func TestLettersOfTheFirstFormatThawAndFreezeToTheSameBytes(t *testing.T) {
	const frozen = `{"format":1,"number":2,"supersedes":1,"person":{"name":"A","born":"B","nhs":"C","nhsStatus":"D","prison":"E"},"prison":{"code":"LEI","name":"HMP Leeds"},"author":{"staff":"a.khan","name":"KHAN, A","role":"Nurse","at":1},"sections":[],"clinical":"` +
		`0000000000000000000000000000000000000000000000000000000000000000","text":"0000000000000000000000000000000000000000000000000000000000000000"}`
	l, err := model.ThawLetter([]byte(frozen))
	if err != nil {
		t.Fatal(err)
	}
	again, _, err := l.Freeze()
	if err != nil || !bytes.Equal(again, []byte(frozen)) {
		t.Errorf("it freezes to %s, %v", again, err)
	}
}

// A desk signs while another, which has not heard of it, changes the list: the
// letter stands as it was signed, and both desks say that it is out of date.
func TestALetterSignedWhileTheListChangesElsewhereIsOutOfDateOnBothSides(t *testing.T) {
	one := leaver(t)
	writeUp(one, morning)
	two := newDesk(t, 2, model.RolePrescriber)
	one.meet(two)
	if _, err := sign(one, morning.Add(time.Hour), clinicianKey); err != nil {
		t.Fatal(err)
	}
	changed := medicineOf(1, "Sertraline", "100 mg", 0)
	changed.Reason = "low"
	two.must(morning.Add(time.Hour+time.Minute), changed)
	if _, err := sign(two, morning.Add(time.Hour+2*time.Minute), clinicianKey); err != nil { // of its own list
		t.Fatal(err)
	}
	one.meet(two)
	for _, d := range []*desk{one, two} {
		h := d.record().Health
		if len(h.Letters) != 2 || len(d.record().Conflicts()) == 0 {
			t.Errorf("%d letters and %d conflicts", len(h.Letters), len(d.record().Conflicts()))
		}
		if first, err := model.ThawLetter(h.Letters[0].Frozen); err != nil || !strings.Contains(first.Sections[8].Table.Rows[1][1], "50 mg") {
			t.Errorf("the first letter is not as it was signed: %v", err)
		}
	}
	three := leaver(t)
	writeUp(three, morning)
	four := newDesk(t, 2, model.RolePrescriber)
	three.meet(four)
	if _, err := sign(three, morning.Add(time.Hour), clinicianKey); err != nil {
		t.Fatal(err)
	}
	four.must(morning.Add(time.Hour+time.Minute), changed)
	three.meet(four)
	for _, d := range []*desk{three, four} {
		if d.record().Health.LetterHolds() {
			t.Error("a letter holds whose list has changed")
		}
	}
}
