package tui_test

import (
	"strings"
	"testing"
	"time"

	"github.com/throughgate/throughgate/model"
)

var okafor = personID("A4411KD")

// atTheGate is the morning on which an officer has checked who Mr Okafor is.
func atTheGate(t testing.TB, d *desk) {
	morning(t, d)
	d.write(t, "a.khan", okafor, &model.GateIdentified{Photo: true, Identifiers: []string{"born", "prison-number"}})
}

// nothingInTheWay is that morning with every line overridden that blocks.
func nothingInTheWay(t testing.TB, d *desk) {
	atTheGate(t, d)
	for _, m := range model.GateBlocks(&d.record(okafor, model.RoleReception).Shared) {
		by := model.StaffID("e.wu")
		if m.Item.Owners[0].MayRead(model.Health) {
			by = "b.jones"
		}
		d.write(t, by, okafor, &model.GateOverridden{Item: m.Item.ID, Reason: model.OverrideLawful, Words: "Healthcare telephones tomorrow at nine"})
	}
}

// walked is that morning with every step done but the last.
func walked(t testing.TB, d *desk) {
	nothingInTheWay(t, d)
	d.write(t, "i.fox", okafor, &model.GateConfirmed{Of: d.record(okafor, model.RoleReception).Shared.Gate.Identity.By.At})
	d.write(t, "a.khan", okafor, &model.GatePropertySet{None: true, Possession: model.HeldNone}, &model.GateReceiptSigned{Signature: model.SignatureRefused, Why: "Would not say", Letter: "given"})
}

func hasLeft(t testing.TB, d *desk) {
	nothingInTheWay(t, d)
	d.write(t, "a.khan", okafor, &model.MovementRecorded{Movement: model.Movement{Type: model.MovementRelease, Reason: "HR", At: d.at(-time.Minute)}})
}

var (
	officerAtGate   = scene{signedIn: "a.khan", desk: atTheGate}
	secondAtGate    = scene{signedIn: "i.fox", desk: atTheGate}
	officerAtTheEnd = scene{signedIn: "a.khan", desk: walked}
	officerLetsGo   = scene{signedIn: "a.khan", desk: nothingInTheWay}
	nurseAfterward  = scene{signedIn: "b.jones", desk: hasLeft}
)

// okafors opens a screen from Mr Okafor's page.
func okafors(key string) func(*driver) {
	return func(d *driver) {
		d.press("ctrl+k")
		d.write("okafor")
		d.press("enter", key)
	}
}

func TestReleaseNowScreen(t *testing.T) { requireScreen(t, officerAtGate, okafors("r")) }

func TestReleaseNowWithNothingInTheWayScreen(t *testing.T) {
	requireScreen(t, officerLetsGo, okafors("r"))
}

func TestIdentityFormScreen(t *testing.T) {
	requireScreen(t, officer, func(d *driver) { okafors("r")(d); d.toRow("Identity"); d.press("enter") })
}

func TestGateOverrideFormScreen(t *testing.T) {
	requireScreen(t, scene{signedIn: "b.jones", desk: atTheGate}, func(d *driver) { okafors("r")(d); d.press("home", "x") })
}

// What the page of somebody who has left is opened for is among its first keys, and
// on nobody else's.
func TestTheFooterOfWhoHasLeftLeadsToWhatIsLeft(t *testing.T) {
	for _, scene := range []scene{nurseAfterward, {signedIn: "a.khan", desk: hasLeft}, {signedIn: "c.reid", desk: hasLeft}, {signedIn: "e.wu", desk: hasLeft}} {
		inBubble(t, scene, func(d *driver) {
			d.press("ctrl+k")
			d.write("okafor")
			d.press("enter", "end")
			d.sees("f after release")
			d.press("esc", "home", "enter")
			d.seesNot("f after release")
		})
	}
}

func TestAfterReleaseScreen(t *testing.T) { requireScreen(t, nurseAfterward, okafors("f")) }

func TestBoardAfterAReleaseScreen(t *testing.T) {
	requireScreen(t, nurseAfterward, func(*driver) {})
}

// toRow moves the cursor to the row that begins so.
func (d *driver) toRow(name string) {
	d.t.Helper()
	d.press("home")
	for range 60 {
		if got := d.selected(); len(got) >= len(name) && got[:len(name)] == name {
			return
		}
		d.press("down")
	}
	d.t.Fatalf("no row %q:\n%s", name, d.view())
}

// One walk, from the first step to the gate, with a second officer who signs in
// over the first at the same desk.
func TestTheWalkGoesOnWhenTheSecondOfficerHasConfirmed(t *testing.T) {
	inBubble(t, officerLetsGo, func(d *driver) {
		okafors("r")(d)
		d.says("Next: second officer")
		d.toRow("Second officer")
		d.press("enter")
		d.says("You made this check yourself.")
		d.desk.write(t, "i.fox", okafor, &model.GateConfirmed{Of: d.desk.record(okafor, model.RoleReception).Shared.Gate.Identity.By.At})
		d.settle()
		d.says("Confirmed by FOX, I.", "Next: property and own medicines")
		d.toRow("Property and own medicines")
		d.press("enter", "down", "enter")
		d.press("down", "enter")
		d.submit()
		d.says("Next: the person's signature")
	})
}

func TestTheSecondOfficerSeesWhatTheFirstChecked(t *testing.T) {
	inBubble(t, secondAtGate, func(d *driver) {
		okafors("r")(d)
		d.toRow("Second officer")
		d.press("enter")
		d.says("You are the second officer", "KHAN, A checked at", "OKAFOR, Daniel, born 14-Aug-1980, prison number A4411KD")
		d.write("CONFIRM")
		d.press("enter")
		d.says("You have confirmed who this is.", "FOX, I")
	})
}

// What is in the way is said with whose it is; who may not override it is told
// who may.
func TestAnOfficerIsToldWhoOverridesWhat(t *testing.T) {
	inBubble(t, officerAtGate, func(d *driver) {
		okafors("r")(d)
		d.says("In the way", "NHS number traced")
		d.press("home", "x")
		d.says("may not")
		d.press("r")
		d.says("Still to do:")
	})
}

func TestARecordedReleaseIsSaidToWhoeverStillWalks(t *testing.T) {
	inBubble(t, officerLetsGo, func(d *driver) {
		okafors("r")(d)
		d.desk.write(t, "d.osei", okafor, &model.MovementRecorded{Movement: model.Movement{Type: model.MovementRelease, Reason: "HR", At: d.desk.at(-time.Minute)}})
		d.settle()
		d.says("The release was recorded by OSEI, D at 09:41.", "There is no walk to go.")
		d.press("r")
		d.says("The person left on")
		if n := len(d.desk.record(okafor, model.RoleReception).Shared.Movements); n != 1 {
			t.Errorf("%d movements", n)
		}
	})
}

func TestTheLastStepRecordsTheRelease(t *testing.T) {
	inBubble(t, officerAtTheEnd, func(d *driver) {
		okafors("r")(d)
		d.says("Everything is done: record the release with r.")
		d.press("r")
		d.submit()
		d.write("LEAVES")
		d.press("enter")
		d.says("The release is recorded.", "The person left on")
		d.press("esc")
		d.says("LEFT on")
	})
}

func TestACheckAfterTheReleaseMovesTheNextOne(t *testing.T) {
	inBubble(t, nurseAfterward, func(d *driver) {
		d.sees("After release", "1 to follow up, none overdue", "Day 1: 24-Nov")
		okafors("f")(d)
		d.says("Left on 23-Nov-2026 09:41", "Day 1", "Day 14")
		d.toRow("NHS number traced")
		d.says("Overridden at the gate by JONES, B", "Healthcare telephones tomorrow at nine")
		d.press("home", "enter", "down", "down", "down", "enter")
		d.submit()
		d.says("The check of day 1 is recorded.", "Not reached")
		d.press("esc", "esc")
		d.sees("Day 7: 30-Nov")
	})
}

// The number is typed from the bag: another's is refused, and the walk goes on
// when the right one was handed over.
func TestABagIsMatchedByItsNumberAtTheGate(t *testing.T) {
	inBubble(t, scene{signedIn: "a.khan", desk: func(t testing.TB, d *desk) {
		walked(t, d)
		d.write(t, "j.lee", okafor, &model.BagPackedUp{Number: "BAG-114"})
	}}, func(d *driver) {
		okafors("r")(d)
		d.says("Next: bags of medicines. 1 waiting: type the number from each bag.")
		d.seesNot("BAG-114")
		d.toRow("Bags of medicines")
		d.press("enter")
		d.write("BAG-115")
		d.press("enter", "enter")
		d.submit()
		d.says("no bag of this number")
		d.press("tab", "ctrl+u")
		d.write("bag 114")
		d.submit()
		d.says("1 handed over", "Everything is done: record the release with r.")
	})
}

// While the medicines still keep the person in, no bag is not the same as none to
// come.
func TestBagsAreNotDoneWhileHealthcareIsNot(t *testing.T) {
	onWard(t, "a.khan", "r", ward, func(d *driver) {
		d.toRow("Bags of medicines")
		d.says("Bags of medicines Cannot start yet Healthcare is not done yet: n…", "Healthcare is not done yet: none is packed.")
	})
}

// Who locks the screen in the middle of the walk, for a second officer too, goes on
// at the line where they were; so does whoever's line was cut.
func TestTheWalkGoesOnAtItsLineAfterALock(t *testing.T) {
	for name, meanwhile := range map[string]func(*driver){
		"the same person": func(*driver) {},
		"a second officer": func(d *driver) {
			d.signIn("i.fox")
			okafors("r")(d)
			d.press("end", "ctrl+l")
		},
	} {
		t.Run(name, func(t *testing.T) {
			inBubble(t, officerAtGate, func(d *driver) {
				okafors("r")(d)
				d.toRow("Property")
				d.press("ctrl+l")
				meanwhile(d)
				d.signIn("a.khan")
				d.says("Release now")
				if got := d.selected(); !strings.HasPrefix(got, "Property") {
					t.Errorf("the cursor is on %q", got)
				}
				again := startOn(t, d.desk, scene{signedIn: "a.khan"})
				defer again.close()
				again.says("Release now")
				if got := again.selected(); !strings.HasPrefix(got, "Property") {
					t.Errorf("after a cut the cursor is on %q", got)
				}
			})
		})
	}
}
