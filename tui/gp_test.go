package tui_test

import (
	"strings"
	"testing"

	"github.com/throughgate/throughgate/model"
)

func (d *driver) registration() model.Registration { return d.health().Registration }

// From nobody asked to a practice that said yes, each step led to by the one
// before.
func TestARegistrationGoesFromTheQuestionToTheAnswer(t *testing.T) {
	onWard(t, "b.jones", "g", ward, func(d *driver) {
		d.says("Not started", "Next: ask the person whether they want to be registered.", "> Record the person's answer")
		d.press("enter")
		d.says("May we register you with a GP practice for after your release?")
		d.press("enter", "enter", "pgdown", "pgdown", "enter") // given, signed, keep
		d.says("Next: choose a practice near where the person will live.", "> Choose a practice")
		d.press("enter")
		d.write("stockton queens")
		d.says("1 found.", "Queens Park Medical Centre")
		d.press("enter", "enter", "enter") // this one; no note; keep
		d.says("Choosing a practice on 23-Nov-2026", "Queens Park Medical Centre, 1 Mill Lane, Stockton On Tees, TS18 2AW", "> The form was sent to the practice")
		d.press("enter", "down", "enter") // by secure e-mail
		d.answer("", "", "")
		d.press("enter")
		d.says("Sent to the practice on 23-Nov-2026", "Next: the practice's answer. Ask for it on 24-Nov-2026.", "> The practice accepted")
		d.press("end")
		d.says("Secure e-mail")
		d.press("home", "enter", "enter") // on the telephone
		d.press("pgdown", "enter")
		d.says("Enter who answered at the practice")
		d.press("enter")
		d.answer("Mrs Hall, reception")
		d.press("pgdown", "enter")
		d.says("Accepted by the practice on 23-Nov-2026", "Done.", "Telephone Mrs Hall")
		if steps := d.registration().Steps; len(steps) != 4 || steps[1].State != model.RegFormReady {
			t.Errorf("the steps are %+v", steps)
		}
	})
}

func TestARefusalToBeRegisteredStopsTheRegistration(t *testing.T) {
	refused := &model.ConsentSet{ConsentAnswer: model.ConsentAnswer{Type: model.ConsentRegisterGP, Decision: model.ConsentRefused}}
	set := func(t testing.TB, d *desk) {
		with(agreed(), &model.GPStep{State: model.RegChoosing, Practice: densham, Day: model.DayOf(deskNow)}, refused)(t, d)
	}
	onWard(t, "b.jones", "g", set, func(d *driver) {
		d.says("Stopped: the person refused to be registered with a practice.", "Consent Refused on 23-Nov-2026",
			"The form was sent to the practice (not now: The person refused")
		d.press("down", "enter")
		d.says("The person refused to be registered with a practice.")
		if n := len(d.registration().Steps); n != 1 {
			t.Errorf("there are %d steps", n)
		}
	})
}

var densham = aPractice("A81001", "The Densham Surgery", "Stockton On Tees", "TS18 1HU", model.PracticeActive).Chosen()

// sent is a registration that went out so many days ago.
func sent(ago model.Day) []model.Change {
	day := model.DayOf(deskNow) - ago
	return []model.Change{
		agreed(), &model.GPStep{State: model.RegChoosing, Practice: densham, Day: day}, &model.GPStep{State: model.RegFormReady, Day: day},
		&model.GPStep{State: model.RegSent, Method: model.MethodEmail, Day: day},
	}
}

func TestARefusalOfThePracticeHasItsGround(t *testing.T) {
	for name, tt := range map[string]struct {
		keys []string
		note string
		want model.RegistrationState
	}{
		"closed list": {[]string{"enter"}, "", model.RegListClosed},
		"area":        {[]string{"down", "enter"}, "", model.RegOutOfArea},
		"papers":      {[]string{"down", "down", "enter"}, "Wants proof of address", model.RegRejected},
	} {
		t.Run(name, func(t *testing.T) {
			onWard(t, "b.jones", "g", with(sent(3)...), func(d *driver) {
				d.press("down", "enter")
				d.says("The practice refused", "Nobody needs papers")
				d.press(tt.keys...)
				d.answer("Mr Lee")
				if tt.note != "" {
					d.answer(tt.note)
				}
				d.press("pgdown", "enter")
				d.says(tt.want.Words(), "Choose another practice")
				if got := d.registration().State; got != tt.want {
					t.Errorf("the state is %s", got)
				}
			})
		})
	}
}

func TestSilenceIsRecordedAfterAWeekOnly(t *testing.T) {
	onWard(t, "b.jones", "g", with(sent(3)...), func(d *driver) {
		d.says("The practice has not answered (not now: The practice has had less than 7")
	})
	onWard(t, "b.jones", "g", with(sent(9)...), func(d *driver) {
		d.says("Next: telephone the practice: it has had the form for 9 days and has not answered.")
		d.press("down", "down", "down", "enter", "pgdown", "enter")
		d.says("No reply on 23-Nov-2026")
	})
}

// A practice that cannot take anybody is shown with the reason and cannot be
// chosen; every practice is found by any of its words.
func TestOnlyAnActivePracticeIsChosen(t *testing.T) {
	onWard(t, "b.jones", "g", with(agreed()), func(d *driver) {
		d.press("enter")
		for query, name := range map[string]string{"densham": "The Densham Surgery", "bradford": "Horton Park Surgery", "ts182aw": "Queens Park", "b83033": "Horton Park"} {
			d.press("ctrl+u")
			d.write(query)
			d.says("1 found.", name)
		}
		d.press("ctrl+u")
		d.write("hartlepool")
		d.says("Victoria Medical Practice", "(Closed)")
		d.press("enter", "tab", "tab", "enter")
		d.says("Choose a practice from the list")
		if n := len(d.registration().Steps); n != 0 {
			t.Errorf("there are %d steps", n)
		}
	})
}

func TestWithoutPracticesTheScreenSaysWhatToDo(t *testing.T) {
	none := func(t testing.TB, d *desk) { with(agreed())(t, d); d.practices = nil }
	onWard(t, "b.jones", "g", none, func(d *driver) {
		d.says("No practices have come to this workstation yet.")
		d.press("enter")
		d.says("The service imports them at the hub")
	})
}

// Where a restricted person's practice is tells where they are.
func TestAPracticeOfARestrictedPersonIsWithheld(t *testing.T) {
	home := &model.ContactSet{ContactDetails: model.ContactDetails{Postcode: "TS18 1HU"}}
	onWard(t, "b.jones", "g", with(append(sent(3), home, &model.PersonRestricted{Restricted: true})...), func(d *driver) {
		d.says("RESTRICTED", "Practice Withheld: this person is restricted")
		d.seesNot("Densham", "TS18", "Stockton")
		d.press("enter")
		d.says("The practice accepted", "Withheld")
		d.seesNot("Densham", "TS18")
		d.press("tab", "tab", "tab")
		d.says("do not write where they live")
	})
}

func TestAPracticeIsKeptAndNoneIsWantedForAReason(t *testing.T) {
	onWard(t, "b.jones", "g", with(agreed()), func(d *driver) {
		d.press("down", "enter")
		d.write("densham")
		d.press("enter", "pgdown", "enter")
		d.says("Keeps the practice outside on 23-Nov-2026", "check that being in prison has not ended it")
	})
	onWard(t, "b.jones", "g", ward, func(d *driver) {
		d.press("down", "down", "down", "enter", "enter", "enter", "enter")
		d.says("Enter the reason")
		d.press("enter")
		d.answer("Will see to it himself", "")
		d.press("enter")
		d.says("No practice will be sought on 23-Nov-2026", "Settled")
	})
}

func TestThePrisonsOwnGPIsRecorded(t *testing.T) {
	onWard(t, "f.ali", "g", ward, func(d *driver) {
		d.press("p", "enter")
		d.answer("-10d")
		d.press("enter")
		d.says("Prison GP: Yes, since 13-Nov-2026.")
		d.press("p", "down", "enter", "enter")
		d.says("Prison GP: No.")
	})
}

func TestGPScreen(t *testing.T) {
	requireScreen(t, scene{signedIn: "b.jones", desk: with(sent(3)...)}, func(d *driver) { d.press("enter", "g") })
}

func TestGPNotStartedScreen(t *testing.T) {
	requireScreen(t, scene{signedIn: "b.jones", desk: ward}, func(d *driver) { d.press("enter", "g") })
}

func TestPracticePickerScreen(t *testing.T) {
	requireScreen(t, scene{signedIn: "b.jones", desk: with(agreed())}, func(d *driver) {
		d.press("enter", "g", "enter")
		d.write("practice")
	})
}

func TestAcceptedFormScreen(t *testing.T) {
	requireScreen(t, scene{signedIn: "b.jones", desk: with(sent(3)...)}, func(d *driver) { d.press("enter", "g", "enter") })
}

// After a power cut the nurse comes back to the same medicine, with what was
// typed.
func TestASupplyIsComeBackTo(t *testing.T) {
	inBubble(t, scene{signedIn: "b.jones", desk: with(pills(2)...)}, func(d *driver) {
		d.press("enter", "e", "down", "enter", "enter", "ctrl+u")
		d.write("9")
		again := startOn(t, d.desk, scene{signedIn: "b.jones"})
		defer again.close()
		again.settle()
		again.says("Supply, 2 to decide", "Medicine B 50 mg tablets", "[9 ")
		again.press("esc")
		again.says("2 medicines, 2 to decide.")
	})
}

// A practice that does not answer is asked, and the screen says when next.
func TestAPracticeIsAskedForItsAnswer(t *testing.T) {
	onWard(t, "b.jones", "g", with(sent(9)...), func(d *driver) {
		d.press("down", "down", "enter")
		d.says("The practice was asked for its answer", "Telephone: 01632 960100", "What came of it?")
		d.press("enter") // they will answer
		d.answer("Mrs Hall")
		d.press("pgdown", "enter")
		d.says("Ask the practice for its answer on 24-Nov-2026")
		d.press("end", "up", "up", "up")
		d.says("Asked: They will answer", "Mrs Hall")
		if chases := d.registration().Chases; len(chases) != 1 || chases[0].Who != "Mrs Hall" {
			t.Errorf("the chases are %+v", chases)
		}
	})
}

// onRemand is a person whom a court may release any day.
func onRemand(more ...model.Change) func(testing.TB, *desk) {
	return func(t testing.TB, d *desk) {
		ward(t, d)
		d.write(t, "a.khan", smith, &model.StaySet{Site: "LEI", Received: model.DayOf(deskNow) - 3, LegalStatus: "REMAND"})
		if len(more) > 0 {
			d.write(t, "b.jones", smith, more...)
		}
	}
}

func TestWhoIsOnRemandIsAskedWhetherTheyKeepTheirPractice(t *testing.T) {
	onWard(t, "b.jones", "g", onRemand(agreed()), func(d *driver) {
		d.says("Next: ask whether the person keeps the practice", "Keeps practice: Not recorded", "> Ask whether the person keeps the practice")
		d.press("enter")
		d.says("often takes you off its list", "does not show on the national record", "Keep the practice outside?")
		d.press("enter", "pgdown", "enter") // keeps it
		d.says("Keeps practice: Yes, keeps it", "Next: record which practice the person keeps.")
		d.press("a")
		d.says("Said before: Yes, keeps it. Asked by JONES, B")
		d.press("down", "enter", "pgdown", "enter")
		d.says("Keeps practice: No, leaves it")
		d.press("p")
		d.says("ask the person whether they keep their practice")
	})
}

func TestThePracticeBeforeIsTold(t *testing.T) {
	onWard(t, "b.jones", "g", with(append(sent(3), &model.GPStep{State: model.RegMovedAgain, Day: model.DayOf(deskNow)})...), func(d *driver) {
		d.says("Next: tell the practice that the person will not come", "> The practice before was told")
		d.press("enter", "enter", "enter") // yes, by telephone
		d.answer("Mrs Hall")
		d.press("pgdown", "enter")
		d.says("The one before has been told.")
		if steps := d.registration().Steps; !steps[len(steps)-1].Told {
			t.Errorf("the last step is %+v", steps[len(steps)-1])
		}
	})
}

// A practice that closed after it was chosen is a problem on the screen at once,
// and on the checklist when it is recorded.
func TestAPracticeThatClosedIsFoundAndRecorded(t *testing.T) {
	closed := func(t testing.TB, d *desk) {
		with(append(sent(3), &model.GPStep{State: model.RegAccepted, Method: model.MethodPhone, Who: "Mrs Hall", Day: model.DayOf(deskNow)})...)(t, d)
		d.practices = model.NewPracticeIndex([]model.Practice{aPractice("A81001", "The Densham Surgery", "Stockton On Tees", "TS18 1HU", model.PracticeClosed)}, nil)
	}
	onWard(t, "b.jones", "g", closed, func(d *driver) {
		d.says("The practice can take nobody any more: closed.", "> The practice has closed")
		d.press("enter", "pgdown", "enter")
		d.says("The practice has closed on 23-Nov-2026", "> Choose another practice")
		if item := d.desk.record(smith, model.RoleNurse).Shared.Item(model.ItemGP); item.State != model.Problem {
			t.Errorf("the line is %+v", item)
		}
	})
}

// The line that was done is a problem on the page of whoever may know, before
// anybody has recorded it; an officer's says nothing of it.
func TestAClosedPracticeOpensTheLineWhereItIsRead(t *testing.T) {
	closed := func(t testing.TB, d *desk) {
		with(append(sent(3), &model.GPStep{State: model.RegAccepted, Method: model.MethodPhone, Who: "Mrs Hall", Day: model.DayOf(deskNow)})...)(t, d)
		d.practices = model.NewPracticeIndex([]model.Practice{aPractice("A81001", "The Densham Surgery", "Stockton On Tees", "TS18 1HU", model.PracticeClosed)}, nil)
	}
	inBubble(t, scene{signedIn: "b.jones", desk: closed}, func(d *driver) {
		d.press("enter")
		d.says("GP: The practice can take nobody any more: closed. Record it, and choose another.")
		for _, line := range strings.Split(d.view(), "\n") {
			if strings.Contains(line, "GP registration") && !strings.Contains(line, "There is a problem") {
				t.Errorf("the line says %q", line)
			}
		}
	})
	inBubble(t, scene{signedIn: "a.khan", desk: closed}, func(d *driver) {
		d.press("enter")
		d.seesNot("take nobody")
	})
}

// Officers read the shared lines alone: they are told once somebody of healthcare
// has the record open, by whichever desk that is.
func TestAClosedPracticeIsWrittenOnTheSharedLinesWhenHealthcareReadsIt(t *testing.T) {
	closed := func(t testing.TB, d *desk) {
		with(append(sent(3), &model.GPStep{State: model.RegAccepted, Method: model.MethodPhone, Who: "Mrs Hall", Day: model.DayOf(deskNow)})...)(t, d)
		d.practices = model.NewPracticeIndex([]model.Practice{aPractice("A81001", "The Densham Surgery", "Stockton On Tees", "TS18 1HU", model.PracticeClosed)}, nil)
	}
	lines := func(d *driver) (gp, practice model.Item) {
		s := d.desk.record(smith, model.RoleReception).Shared
		return s.Item(model.ItemGP), s.Item(model.ItemPractice)
	}
	inBubble(t, scene{signedIn: "a.khan", desk: closed}, func(d *driver) {
		d.press("enter")
		if gp, _ := lines(d); gp.State != model.Done {
			t.Errorf("an officer wrote %+v", gp)
		}
	})
	inBubble(t, scene{signedIn: "b.jones", desk: closed}, func(d *driver) {
		d.press("enter")
		d.says("The practice has closed. The checklist says so now.")
		gp, practice := lines(d)
		if gp.State != model.Problem || gp.Note != "the practice has closed" || gp.Staff != "b.jones" || practice.State != model.Problem {
			t.Errorf("the lines are %+v and %+v", gp, practice)
		}
		before := len(d.desk.ops[smith])
		d.press("esc", "enter", "esc", "enter")
		if n := len(d.desk.ops[smith]); n != before {
			t.Errorf("%d entries more for looking again", n-before)
		}
	})
}

func TestANewAddressAsksWhetherThePracticeFits(t *testing.T) {
	day := model.DayOf(deskNow)
	home := func(postcode string) model.Change {
		return &model.ContactSet{ContactDetails: model.ContactDetails{Living: model.LivingHome, Postcode: postcode}}
	}
	chosen := &model.GPStep{State: model.RegChoosing, Practice: densham, Day: day, For: model.LivingPlace{Postcode: "TS18 1HU"}}
	onWard(t, "b.jones", "g", with(agreed(), home("TS18 1HU"), chosen), func(d *driver) {
		d.seesNot("live elsewhere than")
		d.press("c")
		d.says("Where will they live?")
		d.press("down", "down", "down", "down", "enter", "pgdown", "pgdown", "enter") // the practice's own address
		d.seesNot("live elsewhere than")
		if c := d.health().Contact; c.Living != model.LivingPractice || !c.NoFixedAddress || c.Postcode != "" {
			t.Errorf("the contact is %+v", c.ContactDetails)
		}
	})
	onWard(t, "b.jones", "g", with(agreed(), home("TS18 1HU"), chosen, home("BD7 3EG")), func(d *driver) {
		d.says("The person is to live elsewhere than when this practice was chosen.")
	})
}

func TestAWrongPostcodeIsSaidBesideItsField(t *testing.T) {
	onWard(t, "b.jones", "g", ward, func(d *driver) {
		d.press("c", "enter", "pgup")
		d.press("tab", "tab")
		d.write("LS12 2T")
		d.press("pgdown", "pgdown", "enter")
		d.says("This is not a postcode. It looks like LS12 2TJ.")
	})
}

func TestWhereARestrictedPersonLivesIsNotAsked(t *testing.T) {
	onWard(t, "b.jones", "g", with(agreed(), &model.PersonRestricted{Restricted: true}), func(d *driver) {
		d.press("c")
		d.says("Withheld: this person is restricted.")
	})
}

func TestTheRegistrationInPrisonIsEnded(t *testing.T) {
	onWard(t, "b.jones", "g", with(&model.PrisonGPSet{Registered: model.AnswerYes, Since: model.DayOf(deskNow) - 40}), func(d *driver) {
		d.press("d", "enter", "pgdown", "enter")
		d.says("Prison GP: Until 23-Nov-2026")
	})
	onWard(t, "b.jones", "g", ward, func(d *driver) {
		d.press("d")
		d.says("The person is not recorded as a patient of the prison's GP service.")
	})
}

func TestKeepPracticeScreen(t *testing.T) {
	requireScreen(t, scene{signedIn: "b.jones", desk: onRemand(agreed())}, func(d *driver) { d.press("enter", "g", "enter") })
}

func TestContactFormScreen(t *testing.T) {
	requireScreen(t, scene{signedIn: "b.jones", desk: with(agreed())}, func(d *driver) { d.press("enter", "g", "c") })
}

// measured is a ward with outcodes, where one practice has refused somebody.
func measured(more ...model.Change) func(testing.TB, *desk) {
	return func(t testing.TB, d *desk) {
		with(append([]model.Change{agreed(), &model.ContactSet{ContactDetails: model.ContactDetails{Living: model.LivingHome, Postcode: "TS18 1AA"}}}, more...)...)(t, d)
		d.practices = model.NewPracticeIndex([]model.Practice{
			aPractice("A81001", "The Densham Surgery", "Stockton On Tees", "TS18 1HU", model.PracticeActive),
			aPractice("A81002", "Queens Park Medical Centre", "Stockton On Tees", "TS18 2AW", model.PracticeActive),
			aPractice("A81003", "Victoria Surgery", "Hartlepool", "TS26 8DB", model.PracticeActive),
			aPractice("B83033", "Horton Park Surgery", "Bradford", "BD7 3EG", model.PracticeActive),
			aPractice("W99001", "Meddygfa Glan yr Afon", "Llanfair", "LL1 1AA", model.PracticeActive),
		}, []model.Outcode{{Code: "TS18", Latitude: 54.56, Longitude: -1.33}, {Code: "TS26", Latitude: 54.68, Longitude: -1.23}, {Code: "BD7", Latitude: 53.78, Longitude: -1.78}})
		other := d.person(t, invented{family: "Brown", given: "Al", number: "A7777BC"})
		day := model.DayOf(deskNow) - 11
		d.write(t, "b.jones", other, agreed(), &model.GPStep{State: model.RegChoosing, Practice: densham, Day: day}, &model.GPStep{State: model.RegFormReady, Day: day},
			&model.GPStep{State: model.RegSent, Method: model.MethodEmail, Day: day}, &model.GPStep{State: model.RegListClosed, Who: "Mr Lee", Day: day})
	}
}

func TestTheFinderSaysHowFarAndWhoRefused(t *testing.T) {
	onWard(t, "b.jones", "g", measured(), func(d *driver) {
		d.press("enter")
		d.write("surgery")
		d.says("Victoria Surgery", "15 km", "Horton Park Surgery", "The Densham Surgery", "The Densham Surgery refused 1, list closed 12-Nov TS18 1HU same area")
		d.press("down", "down", "enter")
		d.says("This practice refused 1 person in the last 90 days, list closed 12-Nov-2026. Telephone it before")
		d.press("shift+tab")
		d.press("ctrl+u")
		d.write("meddygfa")
		d.says("Meddygfa Glan yr Afon", "distance not known")
		d.press("ctrl+u")
		d.write("ts26") // what is near to what was typed
		d.says("Victoria Surgery", "same area", "Queens Park Medical Centre")
	})
}

// Who was refused as out of area is not offered the same practice first again, as
// long as they are to live where they were.
func TestTheFinderPutsBehindWhoRefusedThisVeryPerson(t *testing.T) {
	day := model.DayOf(deskNow)
	refused := []model.Change{
		&model.GPStep{State: model.RegChoosing, Practice: densham, Day: day, For: model.LivingPlace{Postcode: "TS18 1AA"}}, &model.GPStep{State: model.RegFormReady, Day: day},
		&model.GPStep{State: model.RegSent, Method: model.MethodEmail, Day: day}, &model.GPStep{State: model.RegOutOfArea, Who: "Mr Lee", Day: day},
	}
	onWard(t, "b.jones", "g", measured(refused...), func(d *driver) {
		d.press("enter")
		d.write("ts18")
		d.says("Queens Park Medical Centre TS18 2AW", "The Densham Surgery refused this person, out of area 23-Nov")
		if queens, densham := strings.Index(d.view(), "Queens Park"), strings.Index(d.view(), "Densham Surgery"); queens > densham {
			t.Errorf("who refused stands first\n%s", d.view())
		}
		d.press("down", "enter")
		d.says("This practice refused this very person, out of area 23-Nov. Telephone it before you send the form.")
	})
}

func TestFinderScreen(t *testing.T) {
	requireScreen(t, scene{signedIn: "b.jones", desk: measured()}, func(d *driver) {
		d.press("enter", "g", "enter")
		d.write("ts18")
	})
}
