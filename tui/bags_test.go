package tui_test

import (
	"testing"

	"github.com/throughgate/throughgate/model"
)

// One packs, another signs for the bag, and whoever packed it cannot.
func TestABagIsSignedForByASecondPerson(t *testing.T) {
	onWard(t, "c.reid", "e", smithsBags, func(d *driver) {
		d.says("SECOND SIGNATURE: bag BAG-17.")
		d.press("b", "s")
		d.says("You packed this bag yourself.")
	})
	onWard(t, "b.jones", "e", smithsBags, func(d *driver) {
		d.press("b")
		d.says("1 bag waits to be handed over.", "Methadone 1 mg/ml oral solution 280 (two hundred and eighty) ml (register CD2 page 41)", "a second member of staff signs")
		d.press("s")
		d.answer("BAG-18")
		d.press(" ", "enter", "enter", "enter")
		d.says("Problem: This is another bag's number.")
		d.press("enter", "ctrl+u")
		d.answer("bag 17", "")
		d.press("enter", "enter")
		d.says("Signed: two members of staff have checked the bag.", "Packed and checked")
		d.press("s")
		d.says("Somebody has signed a second time already.")
	})
}

// An officer matches the bag by its number and sees nothing of what is in it.
func TestAnOfficerMatchesABagWithoutSeeingInside(t *testing.T) {
	onWard(t, "a.khan", "v", checkedBag, func(d *driver) {
		d.says("BAG-17", "Packed", "Inside: Held by healthcare.")
		d.seesNot("Methadone")
		d.press("s")
		d.says("Held by healthcare.")
		d.press("r")
		d.says("Reception may not do this.")
		d.press("enter")
		d.answer("BAG-18")
		d.press("enter", "enter")
		d.says("STOP. It may be somebody else's.")
		d.press("enter", "ctrl+u")
		d.answer("17bag")
		d.press("enter", "enter")
		d.says("This person has no bag of this number.")
		d.press("enter", "ctrl+u")
		d.answer("bag17", "")
		d.press("enter", "enter")
		d.says("Handed over")
		d.press("enter")
		d.says("No bag waits to be handed over.")
	})
}

func TestARefusedBagGoesBackToPharmacy(t *testing.T) {
	onWard(t, "b.jones", "e", smithsBags, func(d *driver) {
		d.press("b", "enter")
		d.answer("BAG-17")
		d.press("down", "down", "enter", "enter", "enter")
		d.says("BACK TO PHARMACY: bag BAG-17.", "did not want it")
		d.press("r", "enter", "enter")
		d.says("The bag is back at pharmacy.", "0 bags wait to be handed over.")
		d.press("esc")
		d.says("1 to pack or send", "BAG-17 back at pharmacy")
	})
}

// The number of somebody else's bag is not taken a second time.
func TestABagNumberIsTakenOnce(t *testing.T) {
	m := pill(0, "Sertraline")
	set := func(t testing.TB, d *desk) {
		with(m, decided(m, weekOfTTO))(t, d)
		other := d.person(t, invented{family: "Okafor", given: "Daniel", number: "A4411KD", basis: model.BasisConfirmed, reason: "CR"})
		d.write(t, "b.jones", other, m, decided(m, weekOfTTO), &model.SupplyPacked{ID: m.ID, Reference: "BAG-17", Of: weekOfTTO})
	}
	onWard(t, "b.jones", "e", set, func(d *driver) {
		d.press("p")
		d.answer("bag 17")
		d.press(" ", "enter", "enter")
		d.says("Somebody else has a bag of this number.")
	})
}

func TestBagsScreen(t *testing.T) {
	requireScreen(t, scene{signedIn: "b.jones", desk: smithsBags}, func(d *driver) { d.press("enter", "e", "b") })
}

func TestBagsAsOfficerScreen(t *testing.T) {
	requireScreen(t, scene{signedIn: "a.khan", desk: smithsBags}, func(d *driver) { d.press("enter", "v") })
}

// Two people hand a controlled drug over. The officer is told that two sign, and
// not what is in the bag.
func TestABagThatTwoHandOverIsWitnessed(t *testing.T) {
	onWard(t, "a.khan", "v", checkedBag, func(d *driver) {
		d.says("Two people hand it over and sign.")
		d.seesNot("Methadone", "ontrolled")
		d.press("enter")
		d.answer("BAG-17")
		d.says("The other signs after you, signed in as themselves.")
		d.press("enter", "enter")
		d.says("Handed over", "The second signature is missing.")
		d.press("s")
		d.says("You handed this bag over yourself.")
		d.press("esc", "r")
		d.toRow("Second signature on bags")
		d.says("A witness signs, signed in as themselves")
		d.press("enter")
		d.says("You handed this bag over yourself.")
		d.press("x")
		d.says("Reception may not do this.")
	})
	onWard(t, "i.fox", "v", bagAtTheGate, func(d *driver) {
		d.press("s")
		d.says("You sign as FOX, I that you saw the bag handed to this person.", "Handed over by KHAN, A")
		d.answer("BAG-18")
		d.press("enter")
		d.says("No bag of this number waits for a second signature.")
		d.press("enter", "ctrl+u")
		d.answer("bag17")
		d.press("enter")
		d.says("Signed: two people handed the bag over.", "Witness: FOX, I")
		d.press("s")
		d.says("No bag waits for a second signature.")
	})
}

func TestABagGoesOutOnOneSignatureForAReason(t *testing.T) {
	onWard(t, "b.jones", "r", bagAtTheGate, func(d *driver) {
		d.toRow("Second signature on bags")
		d.press("x", "enter")
		d.answer("Pharmacy counts it tonight")
		d.press("enter")
		d.says("Overridden, and followed up after the release.", "One person handed it over.")
	})
}

func TestSecondSignatureAtTheGateScreen(t *testing.T) {
	requireScreen(t, scene{signedIn: "i.fox", desk: bagAtTheGate}, func(d *driver) {
		d.press("enter", "r")
		d.toRow("Second signature on bags")
	})
}

func TestWitnessFormScreen(t *testing.T) {
	requireScreen(t, scene{signedIn: "i.fox", desk: bagAtTheGate}, func(d *driver) { d.press("enter", "v", "s") })
}

func TestOutOnOneSignatureFormScreen(t *testing.T) {
	requireScreen(t, scene{signedIn: "b.jones", desk: bagAtTheGate}, func(d *driver) {
		d.press("enter", "r")
		d.toRow("Second signature on bags")
		d.press("x")
	})
}
