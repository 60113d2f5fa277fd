package tui_test

import (
	"testing"

	"github.com/throughgate/throughgate/model"
)

func TestTheRegistrationFormIsFilledPageByPage(t *testing.T) {
	onWard(t, "f.ali", "g", with(agreed()), func(d *driver) {
		d.press("f")
		d.says("0 of 39 questions answered.", "About the person", "0 of 9", "Not asked: Title, Previous family name")
		d.press("enter")
		d.says("Leave empty what was not asked")
		d.answer("Mr", "declined")
		d.press("pgdown", "pgdown", "pgdown", "enter")
		d.says("2 of 39 questions answered.", "2 of 9", "Declined: Previous family name.")
		answers := d.health().GMS1[model.GMS1Person].Answers
		if answers["title"].Text != "Mr" || answers["previous-name"].Said != model.GMS1Declined || len(answers) != 2 {
			t.Errorf("the answers are %+v", answers)
		}
	})
}

func TestTheFormAndTheRightsArePrinted(t *testing.T) {
	onWard(t, "b.jones", "g", with(agreed()), func(d *driver) {
		d.press("f", "x", "t", "w")
		want := []model.Paper{model.PaperGMS1, model.PaperGMS1, model.PaperEntitlement}
		if len(d.desk.papers) != len(want) {
			t.Fatalf("%d papers", len(d.desk.papers))
		}
		for i, p := range want {
			if d.desk.papers[i].Paper != p {
				t.Errorf("paper %d is %s", i, d.desk.papers[i].Paper)
			}
		}
		if d.desk.papers[1].Name != "gms1-a1234bc.txt" {
			t.Errorf("it is called %s", d.desk.papers[1].Name)
		}
	})
}

// What is not shown of a restricted person is not lost when the page is kept.
func TestWhatIsWithheldOnTheFormStays(t *testing.T) {
	before := &model.GMS1Set{Page: model.GMS1Before, Answers: map[model.GMS1Key]model.GMS1Answer{"practice": {Said: model.GMS1Answered, Text: "Elm Surgery"}}}
	onWard(t, "b.jones", "g", with(agreed(), before, &model.PersonRestricted{Restricted: true}), func(d *driver) {
		d.press("f", "down", "enter")
		d.says("Withheld: this person is restricted")
		d.seesNot("Elm Surgery")
		d.press("enter", "pgdown", "pgdown", "enter")
		d.says("This person is restricted: address, telephone and practice are not printed.")
		if a := d.health().GMS1[model.GMS1Before].Answers["practice"]; a.Text != "Elm Surgery" {
			t.Errorf("the practice before is %+v", a)
		}
	})
}

func TestGMS1Screen(t *testing.T) {
	requireScreen(t, scene{signedIn: "b.jones", desk: with(agreed())}, func(d *driver) { d.press("enter", "g", "f") })
}

func TestGMS1FormScreen(t *testing.T) {
	requireScreen(t, scene{signedIn: "b.jones", desk: with(agreed())}, func(d *driver) { d.press("enter", "g", "f", "enter") })
}
