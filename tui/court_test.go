package tui_test

import (
	"testing"

	"github.com/throughgate/throughgate/model"
)

// beforeCourt is the morning with two people due at court tomorrow, one of whom
// cannot be released there.
func beforeCourt(t testing.TB, d *desk) {
	morning(t, d)
	d.person(t, invented{family: "Reece", given: "Gwen", number: "A6060CT", in: 1, basis: model.BasisCourt, legal: "REMAND",
		nurse: []model.Change{item(model.ItemGP, model.Done, "kept"), item(model.ItemLetter, model.InProgress, "draft")}})
	d.person(t, invented{family: "Stone", given: "Amir", number: "A6061CT", in: 1, basis: model.BasisCourt, legal: "SENTENCED"})
}

func TestCourtTomorrowScreen(t *testing.T) {
	requireScreen(t, scene{signedIn: "a.khan", desk: beforeCourt}, func(d *driver) { d.press("o") })
}

func TestCourtTodayIsOneKeyAway(t *testing.T) {
	inBubble(t, scene{signedIn: "a.khan", desk: beforeCourt}, func(d *driver) {
		d.press("o")
		d.sees("Court tomorrow", "REECE")
		d.seesNot("STONE", "PRYCE")
		d.press("tab")
		d.sees("Court today", "PRYCE")
		d.seesNot("REECE")
		d.press("p")
		d.sees("PRYCE, Llŷr  Born")
	})
}

// aFullPack gives the person at court a record of healthcare's.
func aFullPack(t testing.TB, d *desk) {
	morning(t, d)
	m := pill(0, "Levetiracetam")
	d.write(t, "b.jones", personID("A9021FA"), m, pill(1, "Omeprazole"),
		decided(m, model.SupplyDecision{Route: model.SupplyEPS, Quantity: 5600, Unit: "tablets", Days: 28}),
		&model.ContactSet{ContactDetails: model.ContactDetails{Phone: "07700 900123", Safe: "Evenings"}}, agreed())
}

func TestCourtPackScreen(t *testing.T) {
	requireScreen(t, scene{signedIn: "b.jones", desk: aFullPack}, func(d *driver) { d.press("o", "tab", "enter") })
}

func TestCourtPackOfAnOfficerIsHowFarItIs(t *testing.T) {
	inBubble(t, scene{signedIn: "a.khan", desk: aFullPack}, func(d *driver) {
		d.press("o", "tab", "enter")
		d.sees("Court pack", "Held by healthcare", "Discharge letter: Not started.")
		d.seesNot("Levetiracetam", "07700")
	})
}
