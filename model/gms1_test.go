package model_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/throughgate/throughgate/model"
)

func gms1(page model.GMS1Page, answers map[model.GMS1Key]string) *model.GMS1Set {
	c := &model.GMS1Set{Page: page, Answers: map[model.GMS1Key]model.GMS1Answer{}}
	for key, text := range answers {
		c.Answers[key] = model.GMS1Answer{Said: model.GMS1Answered, Text: text}
	}
	return c
}

func TestTheRegistrationFormTakesAnswersAndNothingElse(t *testing.T) {
	said := func(said model.GMS1Said, text string) *model.GMS1Set {
		return &model.GMS1Set{Page: model.GMS1Person, Answers: map[model.GMS1Key]model.GMS1Answer{"title": {Said: said, Text: text}}}
	}
	for name, c := range map[string]struct {
		change *model.GMS1Set
		ok     bool
	}{
		"answers":           {gms1(model.GMS1Person, map[model.GMS1Key]string{"title": "Mr", "interpreter": "no"}), true},
		"nothing":           {&model.GMS1Set{Page: model.GMS1Health}, true},
		"declined":          {said(model.GMS1Declined, ""), true},
		"declined in words": {said(model.GMS1Declined, "no"), false},
		"no words":          {said(model.GMS1Answered, ""), false},
		"odd answer":        {said("perhaps", ""), false},
		"too long":          {said(model.GMS1Answered, strings.Repeat("x", 241)), false},
		"two lines":         {said(model.GMS1Answered, "a\nb"), false},
		"another page":      {gms1(model.GMS1Person, map[model.GMS1Key]string{"smoking": "never"}), false},
		"no such option":    {gms1(model.GMS1Health, map[model.GMS1Key]string{"smoking": "a lot"}), false},
		"no such page":      {&model.GMS1Set{Page: "appendix"}, false},
	} {
		d := newDesk(t, 1, model.RoleHealthAdmin)
		if err := d.write(morning, c.change); (err == nil) != c.ok {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestGMS1QuestionsAreEachThemselves(t *testing.T) {
	seen := map[model.GMS1Key]bool{}
	for _, page := range model.GMS1Pages() {
		for _, q := range model.GMS1Questions(page) {
			if seen[q.Key] || q.Label == "" || q.Page != page {
				t.Errorf("%+v is twice or nowhere", q)
			}
			seen[q.Key] = true
		}
	}
}

func line(f model.GMS1Form, label string) model.GMS1Line {
	for _, s := range f.Sections {
		for _, l := range s.Lines {
			if l.Label == label {
				return l
			}
		}
	}
	return model.GMS1Line{}
}

func TestTheFormSaysHowCompleteItIs(t *testing.T) {
	d := newDesk(t, 1, model.RoleNurse)
	empty := model.AssembleGMS1(d.record(), "HMP Leeds", morning)
	if empty.Answered != 0 || len(empty.NotAsked) != empty.Asked || !strings.Contains(empty.Complete(), "A practice will ask for: name, date of birth, practice, where the person will live, the person's agreement") {
		t.Errorf("an empty form says %q", empty.Complete())
	}
	d.must(morning, consentTo(model.ConsentRegisterGP, model.ConsentGiven), step(model.RegChoosing),
		&model.ContactSet{ContactDetails: model.ContactDetails{Living: model.LivingPractice, NoFixedAddress: true}},
		gms1(model.GMS1Person, map[model.GMS1Key]string{"birth-town": "Hull", "interpreter": "no"}), gms1(model.GMS1Before, map[model.GMS1Key]string{"first": "yes"}))
	f := model.AssembleGMS1(d.record(), "HMP Leeds", morning)
	if f.Answered != 3 || strings.Contains(f.Complete(), "practice before") {
		t.Errorf("%d answered, %q", f.Answered, f.Complete())
	}
	if got := line(f, "Address").Value; !strings.Contains(got, "practice's own address") {
		t.Errorf("the address is %q", got)
	}
	boxes := line(f, "Needs an interpreter?").Boxes
	if len(boxes) != 2 || boxes[0].Ticked || !boxes[1].Ticked {
		t.Errorf("the boxes are %+v", boxes)
	}
	if got := line(f, "Title").Value; got != "Not asked" {
		t.Errorf("what nobody asked reads %q", got)
	}
}

// Nothing on the form tells where a restricted person is.
func TestTheFormOfARestrictedPersonTellsNoPlace(t *testing.T) {
	d := newDesk(t, 1, model.RoleNurse)
	const secret = "Zzyzx"
	practice := parkSurgery
	practice.Name = secret
	chosen := step(model.RegChoosing)
	chosen.Practice, chosen.For = practice, model.LivingPlace{Postcode: "LS1 1AA", Destination: secret}
	before := gms1(model.GMS1Before, map[model.GMS1Key]string{"practice": secret, "address": secret, "authority": secret})
	d.must(morning, consentTo(model.ConsentRegisterGP, model.ConsentGiven), chosen, before,
		gms1(model.GMS1People, map[model.GMS1Key]string{"kin": secret, "emergency": secret}), gms1(model.GMS1Choices, map[model.GMS1Key]string{"pharmacy": secret}),
		&model.ContactSet{ContactDetails: model.ContactDetails{Address: []string{secret}, Phone: secret, Email: secret, Safe: secret}})
	text := func() string {
		var out strings.Builder
		r := d.record()
		for _, s := range model.AssembleGMS1(r, "HMP Leeds", morning).Sections {
			for _, l := range s.Lines {
				out.WriteString(l.Label + ": " + l.Value + "\n")
			}
		}
		for _, s := range model.EntitlementFor(r, model.England).Sections {
			out.WriteString(strings.Join(s.Lines, "\n"))
		}
		return out.String()
	}
	if n := strings.Count(text(), secret); n < 10 {
		t.Errorf("only %d of the words are on the form of somebody else", n)
	}
	d.must(morning, &model.PersonRestricted{Restricted: true})
	if got := text(); strings.Contains(got, secret) {
		t.Errorf("it is told:\n%s", got)
	}
	whole := d.record().Health
	shown, err := json.Marshal(whole.WithoutPlaces())
	if err != nil || strings.Contains(string(shown), secret) || strings.Contains(string(shown), "LS1") {
		t.Errorf("it is shown, %v:\n%s", err, shown)
	}
	if whole.Answer(model.GMS1Questions(model.GMS1Before)[1]).Text != secret || whole.Registration.Practice.IsZero() {
		t.Error("what was only to be shown without it has lost it")
	}
}

func TestTheSheetOfRightsIsOfTheNation(t *testing.T) {
	r := newDesk(t, 1, model.RoleNurse).record()
	england, wales := model.EntitlementFor(r, model.England), model.EntitlementFor(r, model.Wales)
	if strings.Contains(england.Title, "/") || !strings.Contains(wales.Title, "Mae gennych hawl") {
		t.Errorf("the titles are %q and %q", england.Title, wales.Title)
	}
	for i, s := range wales.Sections {
		if !strings.Contains(s.Heading, " / ") || strings.HasSuffix(s.Heading, "/ ") || len(s.Lines) == 0 {
			t.Errorf("section %d is %+v", i, s)
		}
	}
}
