package tui_test

import (
	"testing"
	"time"

	"github.com/throughgate/throughgate/model"
)

// smith is who most tests are about.
var smith = personID("A1234BC")

// item is what a nurse sets on the checklist.
func item(id model.ItemID, state model.ItemState, detail string) model.Change {
	return &model.ItemSet{Item: id, State: state, Detail: detail}
}

// morning is the desk at twenty to ten: three leave today, one is at court, one
// should have left last week, and two leave tomorrow.
func morning(t testing.TB, d *desk) {
	t.Helper()
	for _, p := range []invented{
		{family: "Smith", given: "John", number: "A1234BC", time: "09:30", basis: model.BasisConditional, reason: "CR",
			nurse: []model.Change{item(model.ItemGP, model.Done, "yes"), item(model.ItemLetter, model.InProgress, "draft")}},
		{family: "Okafor", given: "Daniel", number: "A4411KD", time: "10:00", basis: model.BasisConfirmed, reason: "HR", cell: "B-1-003",
			nurse: []model.Change{item(model.ItemGP, model.Done, "yes"), item(model.ItemMedicines, model.Done, ""), item(model.ItemLetter, model.Done, "sent"), item(model.ItemConsent, model.Done, "")}},
		{family: "Nováková", given: "Jana", number: "A7702CH", time: "11:15", basis: model.BasisConditional, reason: "CR", cell: "C-3-021",
			nurse: []model.Change{item(model.ItemGP, model.Refused, "none"), item(model.ItemMedicines, model.Done, ""), item(model.ItemLetter, model.Done, "signed")}},
		{family: "Pryce", given: "Llŷr", number: "A9021FA", legal: "REMAND", atCourt: true, cell: "A-1-001",
			nurse: []model.Change{item(model.ItemGP, model.Done, "kept"), item(model.ItemMedicines, model.InProgress, "pack"), item(model.ItemLetter, model.InProgress, "draft")}},
		{family: "Nguyễn-O'Brien", given: "Siân", number: "A3310TX", in: 1, time: "09:00", basis: model.BasisParole, born: "1991"},
		{family: "Featherstonehaugh-Cholmondeley-Majoribanks", given: "Bartholomew Montgomery", number: "A5555QQ", in: 1, basis: model.BasisAutomatic, born: "1955-02"},
		{family: "Doe", given: "", number: "A1111AA", in: -3, time: "10:00", basis: model.BasisConfirmed},
		{family: "Ahmed", given: "Yusuf", number: "A8080ZZ", in: 20, basis: model.BasisHDC},
		{family: "王", given: "小明", number: "A2222BB"},
	} {
		d.person(t, p)
	}
	d.write(t, "a.khan", smith, &model.AlertSet{Code: "HA", Active: true}, &model.AlertSet{Code: "XEL", Active: true})
	d.write(t, "b.jones", smith,
		&model.InstructionGiven{Text: "Dose due at 18:00", Until: model.DayOf(d.now())},
		&model.PersonNumbered{Scheme: model.SchemeNHS, Value: "9434765919", Status: model.TraceNotTraced})
}

// disagree makes two desks set the same release date differently.
func disagree(d *desk) {
	d.farAway("d.osei", smith, &model.ReleaseSet{Day: model.DayOf(d.now()) + 1, Time: "10:30", Basis: model.BasisConfirmed, Reason: "CR"})
}

// cutOff takes the desk off the line, as it was two hours ago.
func cutOff(d *desk) {
	d.set(func() {
		d.status.SyncState = model.SyncState{Since: d.at(-134 * time.Minute), LastSync: d.at(-134 * time.Minute), Err: "The hub cannot be reached."}
		d.status.Pending = 7
	})
}
