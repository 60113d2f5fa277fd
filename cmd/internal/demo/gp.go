package demo

import (
	"fmt"
	"strings"

	"github.com/throughgate/throughgate/model"
)

// outcodes are the invented areas of the practices: the first letters and number
// of the postcode, and the middle, somewhere in the north and in Wales.
var outcodes = []struct {
	code     string
	lat, lon float64
}{
	{"ZL1", 53.72, -1.86}, {"ZL2", 53.75, -1.92}, {"ZL3", 53.80, -1.95}, {"ZL4", 53.52, -1.40}, {"ZL5", 53.87, -2.39},
	{"ZL6", 53.79, -2.24}, {"ZL7", 53.41, -2.99}, {"ZL8", 54.98, -1.61}, {"ZW1", 53.23, -4.13},
}

// OutcodesCSV returns the areas as the hub imports them. One of Wales is left out:
// no list has them all.
func OutcodesCSV() (string, error) {
	var out strings.Builder
	out.WriteString("postcode,latitude,longitude\n")
	for _, o := range outcodes {
		fmt.Fprintf(&out, "%s,%.2f,%.2f\n", o.code, o.lat, o.lon)
	}
	return out.String(), nil
}

// closedPractice is in the list of practices as one that has closed, though
// somebody was registered there.
const closedPractice = "W99992"

// living is where the person goes, as they said.
func (s *story) living() model.ContactDetails {
	home := model.ContactDetails{Living: model.LivingHome, Address: []string{s.street(), "Millbrook"}, Postcode: "ZL1 1AA", Phone: s.phone(), Safe: "Evenings"}
	switch {
	case strings.Contains(s.destination, "Approved premises"):
		home.Living, home.Address, home.Postcode = model.LivingApproved, []string{"14 Quarry Road", "Harrowby"}, "ZL4 2TR"
	case s.gp == model.RegRejected:
		home.Living, home.NoFixedAddress, home.Address, home.Postcode, home.Safe = model.LivingPractice, true, nil, "", ""
	}
	return home
}

// onRegistration is what is asked beside the steps of a registration: whether the
// prison's own GP service has the person, whether they keep the practice they had,
// and the form.
func (s *story) onRegistration() []model.Change {
	var out []model.Change
	switch {
	case s.gp == model.RegKept:
		out = append(out, &model.GPKeep{KeepAnswer: model.KeepAnswer{Wish: model.KeepYes, Note: "Has been there since he was a child"}})
	case s.legal == "REMAND":
		out = append(out, &model.GPKeep{KeepAnswer: model.KeepAnswer{Wish: model.KeepUndecided, Note: "Wants to ask family first"}})
	default:
		out = append(out, &model.PrisonGPSet{Registered: model.AnswerYes, Since: s.today - 15})
	}
	if len(waysTo[s.gp]) > 1 {
		out = append(out, s.form()...)
	}
	return out
}

// form is the registration form as a busy nurse leaves it: two pages are filled.
func (s *story) form() []model.Change {
	say := func(text string) model.GMS1Answer { return model.GMS1Answer{Said: model.GMS1Answered, Text: text} }
	declined := model.GMS1Answer{Said: model.GMS1Declined}
	title := map[model.Sex]string{model.SexMale: "Mr", model.SexFemale: "Ms"}[s.sex]
	person := map[model.GMS1Key]model.GMS1Answer{
		"birth-town": say("Millbrook"), "birth-country": say("England"), "ethnicity": declined, "language": say("English"),
		"interpreter": say("no"), "identity": say("prison"),
	}
	if title != "" {
		person["title"] = say(title)
	}
	return []model.Change{
		&model.GMS1Set{Page: model.GMS1Person, Answers: person},
		&model.GMS1Set{Page: model.GMS1Before, Answers: map[model.GMS1Key]model.GMS1Answer{
			"first": say("no"), "practice": say("Lowgate Primary Care Centre, Lowgate"), "address": say("3 Castle Row, Lowgate"), "forces": say("no"), "scheme": say("no"),
		}},
		&model.GMS1Set{Page: model.GMS1Health, Answers: map[model.GMS1Key]model.GMS1Answer{
			"smoking": say("stopped"), "alcohol": declined, "format": say("standard"), "transfusion": say("no"),
		}},
	}
}

// chasing is what was done about a practice that says nothing.
func (s *story) chasing() {
	if s.gp == model.RegSent {
		s.tell(admin, 20, func(p *pen) []model.Change {
			return []model.Change{&model.GPChased{Day: p.today, Method: model.MethodPhone, Outcome: model.ChaseMessage, Note: "Answering machine, left our number"}}
		})
	}
}

// deducted ends the registration in prison of who has left.
func (s *story) deducted() {
	if s.out == model.MovementRelease && s.gp == model.RegAccepted {
		s.tell(admin, 0, func(p *pen) []model.Change {
			if p.record.Health.PrisonGP.Registered != model.AnswerYes {
				return nil
			}
			return []model.Change{&model.GPDeducted{Day: p.today, How: model.DeductedGP2GP}}
		})
	}
}
