package tui_test

import (
	"strings"
	"testing"

	"github.com/throughgate/throughgate/model"
)

func TestAnOfficerNeverSeesHealth(t *testing.T) {
	inBubble(t, officer, func(d *driver) {
		d.desk.farAway("b.jones", smith, &model.AllergiesSet{})
		d.settle()
		openSmith(d)
		d.sees("Allergies: Held by healthcare")
		d.press("h")
		d.seesNot((&model.AllergiesSet{}).String())
	})
}

func TestCustodyAlertsAreForCustody(t *testing.T) {
	inBubble(t, officer, func(d *driver) {
		d.desk.write(t, "a.khan", smith, &model.AlertSet{Code: "XTACT", Active: true})
		openSmith(d)
		d.press("a")
		d.sees("Custody: ")
	})
	inBubble(t, nurse, func(d *driver) {
		d.desk.write(t, "a.khan", smith, &model.AlertSet{Code: "XTACT", Active: true})
		openSmith(d)
		d.press("a")
		d.seesNot("Custody: ")
	})
}

// Every role gets every screen, and a key that the role may not use says so in
// the words of model.Allow instead of opening anything.
func TestKeysAreGatedByTheRights(t *testing.T) {
	keys := map[string]model.Change{
		"d": &model.ReleaseSet{}, "m": &model.MovementRecorded{}, "u": &model.PersonNumbered{Scheme: model.SchemeNHS}, "i": &model.InstructionGiven{},
	}
	for _, staff := range []model.StaffID{"a.khan", "b.jones", "c.reid", "d.osei", "e.wu", "f.ali"} {
		t.Run(string(staff), func(t *testing.T) {
			inBubble(t, scene{signedIn: staff}, func(d *driver) {
				actor := d.desk.staff[staff].actor
				openSmith(d)
				for key, change := range keys {
					d.press(key)
					opened := !strings.Contains(d.view(), "HMP Leeds  Release checklist")
					why := model.Allow(actor, change, d.desk.record(smith, actor.Role))
					if opened != (why == nil) {
						t.Errorf("%s: opened is %v, allowed is %v", key, opened, why)
					}
					if why != nil {
						first, _, _ := strings.Cut(why.Error(), ".")
						d.sees(first)
					} else {
						d.press("esc")
					}
				}
			})
		})
	}
}

func TestARestrictedPersonsAddressIsNotShown(t *testing.T) {
	inBubble(t, officer, func(d *driver) {
		d.desk.write(t, "a.khan", smith,
			&model.ReleaseSet{Day: model.DayOf(d.desk.now()), Time: "09:30", Basis: model.BasisConfirmed, Destination: "12 Acacia Road"},
			&model.PersonRestricted{Restricted: true})
		d.settle()
		openSmith(d)
		d.sees("RESTRICTED", "to: withheld")
		d.seesNot("Acacia")
	})
}

func TestSomebodyGoesOutOfTheGateOnlyByATypedWord(t *testing.T) {
	inBubble(t, officer, func(d *driver) {
		openSmith(d)
		d.press("m", "down", "enter")
		d.write("conditional release")
		d.press("enter", "tab")
		d.submit()
		d.says("Nobody is released here before the walk through the gate is done.")
		d.press("ctrl+x")
		d.write("DISCARD")
		d.press("enter", "m", "down", "enter")
		d.write("escaped")
		d.press("enter", "tab")
		d.submit()
		d.sees("Type LEAVES and press Enter.", "SMITH, John, born 14-Aug-1980, prison number A1234BC")
		d.press("enter")
		d.sees("Nothing was done.")
		d.write("leaves")
		d.press("enter")
		d.sees("The movement is recorded.", "LEFT on 23-Nov-2026 09:42", "1 of 1 was never done")
		d.press("esc")
		d.seesNot("SMITH")
		d.press("tab")
		d.sees("SMITH, John                 14-Aug-1980 A-2-014   Left")
	})
}

func TestSomebodyIsBookedInAndTheirPageOpens(t *testing.T) {
	inBubble(t, officer, func(d *driver) {
		d.press("n")
		d.write("O'Brien")
		d.press("enter")
		d.write("Siân")
		d.press("enter")
		d.write("3 aug 1991")
		d.press("enter", "enter")
		d.write("a1234bd")
		d.submit()
		d.sees("O'BRIEN, Siân  Born 03-Aug-1991 (35y)", "Booked in.", "No release date")
		d.press("esc")
		d.sees("HMP Leeds  Releases")
		d.press("n")
		d.write("Again")
		d.press("tab", "tab")
		d.write("1980")
		d.press("enter", "enter")
		d.write("A1234BD")
		d.submit()
		d.sees("Somebody with this prison number is here already.")
	})
}
