package papers_test

import (
	"bytes"
	"strings"
	"testing"

	"github.com/throughgate/throughgate/model"
	"github.com/throughgate/throughgate/model/papers"
	"github.com/throughgate/throughgate/model/sheet"
)

// filled is somebody whose form is half filled, for a practice in a nation.
func filled(tb testing.TB, code model.ODSCode) *model.Record {
	tb.Helper()
	r := leaver(tb, model.RoleNurse)
	clock := model.Clock{Node: 2}
	say := func(text string) model.GMS1Answer { return model.GMS1Answer{Said: model.GMS1Answered, Text: text} }
	for _, c := range []model.Change{
		&model.PersonNamed{Name: model.PersonName{Family: strings.Repeat("Ngữ", 26), Given: []string{"Llŷr"}}},
		&model.ConsentSet{ConsentAnswer: model.ConsentAnswer{Type: model.ConsentRegisterGP, Decision: model.ConsentGiven, How: model.ConsentSigned}},
		&model.GPStep{State: model.RegChoosing, Day: today, Practice: model.ChosenPractice{Code: code, Name: "Meddygfa Glan yr Afon", Postcode: "ZW1 1HK"}},
		&model.ContactSet{ContactDetails: model.ContactDetails{Living: model.LivingApproved, Address: []string{"1 Heol y Castell"}, Postcode: "ZW1 1AA", Phone: "01632 960001"}},
		&model.GMS1Set{Page: model.GMS1Person, Answers: map[model.GMS1Key]model.GMS1Answer{
			"title": say("Mr"), "interpreter": say("no"), "birth-town": say("Caerdydd"), "ethnicity": {Said: model.GMS1Declined}, "sex-at-birth": {Said: model.GMS1Declined}}},
	} {
		r.Fold(&model.Op{Stamp: clock.Next(morning.Add(1e9)), Actor: actor(model.RoleNurse), Person: r.ID, Kind: c.Kind(), Change: c, Compartment: c.Compartment()})
	}
	return r
}

func TestTheRegistrationFormHasABoxForEveryAnswer(t *testing.T) {
	doc := paper(t, model.PaperGMS1, filled(t, "W99991"), facts(model.RoleNurse))
	text := sheet.Text(doc)
	golden(t, "gms1-filled.txt", text)
	flat := strings.Join(strings.Fields(text), " ")
	for _, want := range []string{"GMS1W", "[ ] Yes [x] No", "Declined", "Not asked", "(declined)", "Approved premises: 1 Heol y Castell, ZW1 1AA", "Signature of the person"} {
		if !strings.Contains(flat, want) {
			t.Errorf("lacks %q", want)
		}
	}
	if strings.Contains(text, "ACCT") || strings.Contains(text, "A1234AA") {
		t.Error("it tells a practice what is the prison's")
	}
	var pdf bytes.Buffer
	if err := sheet.PDF(&pdf, doc); err != nil || pdf.Len() == 0 {
		t.Errorf("%d bytes, %v", pdf.Len(), err)
	}
}

func TestTheSheetOfRightsIsOnePageForThePerson(t *testing.T) {
	welsh := facts(model.RoleNurse)
	welsh.By.Site, welsh.Prison = "CFI", "HMP Cardiff"
	for _, f := range []papers.Facts{facts(model.RoleNurse), welsh} {
		doc := paper(t, model.PaperEntitlement, filled(t, "B86001"), f)
		text := sheet.Text(doc)
		golden(t, "entitlement-"+string(f.By.Site)+".txt", text)
		if strings.Contains(text, "Ngữ") || strings.Contains(text, "OFFICIAL") {
			t.Error("the person shows it to anybody, and it tells who they are")
		}
		var pdf bytes.Buffer
		if err := sheet.PDF(&pdf, doc); err != nil {
			t.Fatal(err)
		}
		if pages := bytes.Count(pdf.Bytes(), []byte("/Type /Page\n")); pages != 1 {
			t.Errorf("%s: %d pages", f.By.Site, pages)
		}
	}
}
