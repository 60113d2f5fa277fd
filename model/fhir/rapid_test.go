package fhir_test

import (
	"bytes"
	"flag"
	"testing"

	"github.com/throughgate/throughgate/model"
	"github.com/throughgate/throughgate/model/fhir"
	"pgregory.net/rapid"
)

// The property tests draw from a fixed seed, so that a red build is the change's
// doing and never luck.
func init() {
	if err := flag.Set("rapid.seed", "20261128"); err != nil {
		panic(err)
	}
}

// Whatever a letter says, and whoever made it, its document is sound, and equal
// letters give equal bytes.
func TestAnyLetterMakesASoundDocument(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		l := anyLetter(rt)
		o := fhir.Options{PDF: rapid.SliceOfN(rapid.Byte(), 0, 20).Draw(rt, "pdf")}
		if rapid.Bool().Draw(rt, "signed") {
			o = signed(t, l)
		}
		out, err := fhir.Document(l, o)
		if err != nil {
			rt.Fatal(err)
		}
		if _, err := read(out); err != nil {
			rt.Fatalf("%v\n%s", err, out)
		}
		if again, err := fhir.Document(l, o); err != nil || !bytes.Equal(again, out) {
			rt.Fatalf("the second time it was another document, %v", err)
		}
	})
}

// text is what people type, and what they should not have been able to.
var text = rapid.OneOf(rapid.String(), rapid.SampledFrom([]string{"", " ", "<b>&amp;\"'", "a\u00a0b", "\ufeff", "\x00\x1b[2J", "\xff\xfe", "line\nline", "]]>", "Llŷr", "\uffff\ufffe", "40 mg", "0.5 ml", "1 g", "138875005"}))

func lines(rt *rapid.T, most int) []string { return rapid.SliceOfN(text, 0, most).Draw(rt, "lines") }

func anyLetter(rt *rapid.T) model.Letter {
	one := func() string { return text.Draw(rt, "text") }
	number := rapid.IntRange(-1, 3)
	l := model.Letter{
		Format: model.LetterFormat, Number: number.Draw(rt, "number"), Supersedes: number.Draw(rt, "supersedes"),
		LetterMore: model.LetterMore{Kind: rapid.SampledFrom([]model.LetterKind{model.LetterDischarge, model.LetterResults}).Draw(rt, "kind"), NotSeen: rapid.Bool().Draw(rt, "not seen")},
		Person:     model.LetterPerson{Name: one(), Born: one(), NHS: one(), NHSStatus: one(), Prison: one()},
		Prison:     model.LetterPrison{Code: "CFI", Name: one(), Team: one(), Address: lines(rt, 3), Phone: one(), Practice: model.ODSCode(one())},
		Author:     model.LetterAuthor{Staff: model.StaffID(one()), Name: one(), Role: one(), At: anInstant.Draw(rt, "at")},
	}
	headings := model.Headings()
	for range rapid.IntRange(0, 6).Draw(rt, "sections") {
		s := model.Section{Code: headings[rapid.IntRange(0, len(headings)-1).Draw(rt, "heading")].Code, Heading: one(), Lines: lines(rt, 3)}
		if rapid.Bool().Draw(rt, "table") {
			s.Table = &model.Table{Columns: lines(rt, 2), Rows: [][]string{lines(rt, 3), lines(rt, 1)}}
		}
		l.Sections = append(l.Sections, s)
	}
	if rapid.IntRange(0, 4).Draw(rt, "format 1") > 0 {
		l.Data = anyData(rt, one)
	}
	return l
}

var (
	anInstant = rapid.Map(rapid.OneOf(rapid.Int64(), rapid.Int64Range(0, 1<<41)), func(i int64) model.Instant { return model.Instant(i) })
	aDay      = rapid.Map(rapid.OneOf(rapid.Int32(), rapid.Int32Range(0, 30000)), func(i int32) model.Day { return model.Day(i) })
)

func anyData(rt *rapid.T, one func() string) *model.LetterData {
	d := &model.LetterData{
		Name: model.PersonName{Family: one(), Given: lines(rt, 2)}, Sex: model.Sex(one()),
		NHS:    model.Trace{Value: rapid.SampledFrom([]string{"", "9434765919", "1"}).Draw(rt, "nhs"), Status: rapid.SampledFrom(model.TraceStatuses()).Draw(rt, "status")},
		Prison: one(), Restricted: rapid.Bool().Draw(rt, "restricted"), Contact: model.ContactDetails{Address: lines(rt, 2), Postcode: one(), Phone: one(), Email: one(), NoFixedAddress: rapid.Bool().Draw(rt, "nfa")},
		Practice: model.ChosenPractice{Code: model.ODSCode(one()), Name: one(), Address: lines(rt, 2), Phone: one()}, Registered: model.RegActive,
		Received: aDay.Draw(rt, "received"), Left: anInstant.Draw(rt, "left"), NoMedicines: anInstant.Draw(rt, "none"),
		Allergies: rapid.SampledFrom(model.AllergyStates()).Draw(rt, "allergies"), AllergiesAt: anInstant.Draw(rt, "when"), Problems: lines(rt, 3),
		AllergyList: []model.Allergy{{Substance: one(), Reaction: one(), Severity: model.Severity(one())}},
	}
	if rapid.Bool().Draw(rt, "replaces") {
		d.Replaces, d.Adds = model.Hash{1}, model.Hash{rapid.Byte().Draw(rt, "adds")}
	}
	for _, t := range []model.ConsentType{model.ConsentShareGP, model.ConsentRegisterGP, "UNKNOWN"} {
		d.Consents = append(d.Consents, model.LetterConsent{
			Type: t, Decision: rapid.SampledFrom(model.ConsentDecisions()).Draw(rt, "decision"), Agreed: rapid.Bool().Draw(rt, "agreed"),
			Scope: one(), At: anInstant.Draw(rt, "asked"), Expires: aDay.Draw(rt, "expires"),
		})
	}
	for range rapid.IntRange(0, 3).Draw(rt, "medicines") {
		d.Medicines = append(d.Medicines, anyMedicine(rt, one))
	}
	return d
}

func anyMedicine(rt *rapid.T, one func() string) model.LetterMedicine {
	m := model.LetterMedicine{
		Name: one(), Code: one(), Dose: one(), Route: one(), Form: one(), Strength: one(), Frequency: one(), Indication: one(), Reason: one(),
		Stay:  rapid.SampledFrom([]model.StayChange{model.StayUnchanged, model.StayNew, model.StayChanged}).Draw(rt, "stay"),
		Start: aDay.Draw(rt, "start"), NextDue: aDay.Draw(rt, "due"), Schedule: rapid.SampledFrom(model.Schedules()).Draw(rt, "schedule"),
	}
	if rapid.Bool().Draw(rt, "stopped") {
		m.Stopped = model.Stop{Day: aDay.Draw(rt, "stop"), Reason: one()}
		return m
	}
	supply := func() *model.LetterSupply {
		var gone *model.SupplyGone
		if rapid.Bool().Draw(rt, "gone") {
			gone = &model.SupplyGone{State: model.BagState(rapid.SampledFrom([]string{"handed", "refused", "returned", "lost"}).Draw(rt, "bag")), At: anInstant.Draw(rt, "gone at"), Why: one()}
		}
		return &model.LetterSupply{Gone: gone, Next: aDay.Draw(rt, "next"), Ready: rapid.Bool().Draw(rt, "ready"), SupplyDecision: model.SupplyDecision{
			Route: rapid.SampledFrom(model.SupplyRoutes()).Draw(rt, "route"), Quantity: model.Quantity(rapid.Int32().Draw(rt, "quantity")), Unit: one(),
			Days: rapid.Int().Draw(rt, "days"), Instalment: one(), Reason: one(), Begins: aDay.Draw(rt, "begins"), Overlap: one(),
		}}
	}
	m.Supply = supply()
	if rapid.Bool().Draw(rt, "further") {
		m.Further, m.Kept = supply(), &model.LetterKept{Quantity: 100, Unit: one(), Days: 1}
	}
	return m
}
