package tui_test

import (
	"strings"
	"testing"

	"github.com/throughgate/throughgate/model"
)

func entry(n byte) model.EntryID { return model.NewEntryID([8]byte{n}) }

// arranged is what Mr Smith, who leaves today, is to go to: one booked, one that
// he would have been escorted to, one to be arranged, one that is past.
func arranged() []model.Change {
	day := model.DayOf(deskNow)
	clinic := &model.AppointmentSet{
		ID: entry(1), With: model.AppointmentHospital, What: "heart clinic", Where: "Leeds General Infirmary, Great George Street", Phone: "0113 243 2799",
		Day: day + 3, Time: "10:30", State: model.AppointmentBooked, Who: "Ward clerk", Told: true,
	}
	scan := *clinic
	scan.ID, scan.What, scan.Escort, scan.Day, scan.Told = entry(2), "scan of the knee", true, day+9, false
	return []model.Change{clinic, &scan,
		&model.AppointmentSet{ID: entry(3), With: model.AppointmentGP, What: "new patient check", State: model.AppointmentToArrange, Who: "GP", Due: day + 7},
		&model.OSTSet{Drug: "Methadone", Dose: "40 mg", Service: "Forward Leeds", Place: "12 Mill Lane", Appointment: day + 1, At: "14:00"},
	}
}

func TestAnAppointmentIsAddedAndItsOutcomeRecorded(t *testing.T) {
	onWard(t, "b.jones", "w", ward, func(d *driver) {
		d.says("None is recorded.")
		d.press("a", "down", "down", "down", "enter")
		d.answer("heart clinic")
		d.press("enter")
		d.answer("+3d", "10.30", "Leeds General Infirmary")
		d.press("pgdown", "pgdown", "enter")
		d.says("This is not a time.")
		d.press("enter", "ctrl+u")
		d.answer("10:30")
		d.press("pgdown", "pgdown", "enter")
		d.says("The appointment is kept.", "Thu 26-Nov-2026 10:30", "Hospital, heart clinic", "Booked")
		if got := d.health().AppointmentList(); len(got) != 1 || got[0].Escort {
			t.Errorf("kept %+v", got)
		}
		d.press("enter", "down", "down", "down", "down", "enter", "pgdown", "pgdown", "pgdown", "enter")
		d.says("Cancelled")
	})
}

func TestWhatIsToBeArrangedAsksByWhomAndByWhen(t *testing.T) {
	onWard(t, "b.jones", "w", ward, func(d *driver) {
		d.press("a", "enter")
		d.answer("new patient check")
		d.press("right", "enter")
		d.seesNot("Travel")
		d.press("pgdown", "enter")
		d.says("Enter who is to arrange it.")
		d.press("enter")
		d.answer("Reception of the practice", "+7d")
		d.press("enter")
		d.says("by Mon 30-Nov-2026", "To be arranged")
	})
}

// The line on the person's page opens the list and cannot be ticked.
func TestTheLineOfAppointmentsOpensThem(t *testing.T) {
	inBubble(t, scene{signedIn: "b.jones", desk: with(arranged()...)}, func(d *driver) {
		d.press("enter")
		d.toLine("Appointments booked")
		d.press(" ")
		d.says("follows from what is recorded")
		d.press("enter")
		d.says("Hospital, scan of the knee")
	})
}

// everythingArranged has results, vaccines and tests beside the appointments.
func everythingArranged() []model.Change {
	day := model.DayOf(deskNow)
	return append(arranged(),
		&model.ResultSet{ID: entry(1), Of: model.ResultTest, What: "HbA1c", Asked: day - 4, State: model.ResultAwaited},
		&model.ResultSet{ID: entry(2), Of: model.ResultImage, What: "Chest X-ray", Asked: day - 9, State: model.ResultCame, Result: "Clear"},
		&model.PreventionSet{ID: entry(1), Of: model.PreventionVaccine, What: "hepatitis B dose 2", State: model.PreventionGiven, Day: day - 2, Batch: "AB12", Next: day + 150},
		&model.PreventionSet{ID: entry(2), Of: model.PreventionVirus, What: "HIV test", State: model.PreventionDeclined, Day: day - 2},
	)
}

func TestAResultIsRecordedWithWhoFollowsItUp(t *testing.T) {
	onWard(t, "b.jones", "w", ward, func(d *driver) {
		d.press("r", "enter")
		d.answer("HbA1c", "-4d")
		d.press("pgdown", "enter")
		d.says("The test or referral is kept.")
		d.press("down")
		d.says("Thu 19-Nov-2026", "HbA1c", "Nobody is named who follows it up")
		d.press("enter", "enter", "enter", "enter", "down", "enter")
		d.answer("48 mmol/mol")
		d.press("pgdown", "enter")
		d.says("Came", "48 mmol/mol")
	})
}

func TestAVaccineIsRecordedWithItsBatch(t *testing.T) {
	onWard(t, "b.jones", "w", ward, func(d *driver) {
		d.press("v", "enter")
		d.answer("hepatitis B dose 2")
		d.press("down", "down", "enter")
		d.answer("-2d", "AB12", "+5m")
		d.press("enter", "enter")
		d.says("The vaccine, test or review is kept.", "Vaccine, hepatitis B dose 2", "Given or done")
	})
}

func TestTheLinesOfResultsAndPreventionOpenTheirEntries(t *testing.T) {
	inBubble(t, scene{signedIn: "b.jones", desk: with(everythingArranged()...)}, func(d *driver) {
		d.press("enter")
		d.toLine("Results chased")
		d.press("enter")
		d.says("> Thu 19-Nov-2026")
		d.press("esc")
		d.toLine("Vaccines and screening")
		d.press("enter")
		d.says("> Sat 21-Nov-2026")
	})
}

func TestAppointmentsScreen(t *testing.T) {
	requireScreen(t, scene{signedIn: "b.jones", desk: with(everythingArranged()...)}, func(d *driver) { d.press("enter", "w", "down", "down") })
}

func TestAppointmentFormScreen(t *testing.T) {
	requireScreen(t, scene{signedIn: "b.jones", desk: with(arranged()...)}, func(d *driver) { d.press("enter", "w", "down", "enter") })
}

func TestResultFormScreen(t *testing.T) {
	requireScreen(t, scene{signedIn: "b.jones", desk: with(everythingArranged()...)}, func(d *driver) { d.press("enter", "w", "r") })
}

func TestPreventionFormScreen(t *testing.T) {
	requireScreen(t, scene{signedIn: "b.jones", desk: with(everythingArranged()...)}, func(d *driver) { d.press("enter", "w", "v") })
}

// What does not exist yet was not recorded by mistake; what exists may have been.
func TestANewEntryCannotBeAMistake(t *testing.T) {
	for _, key := range []string{"a", "r", "v"} {
		onWard(t, "b.jones", "w", ward, func(d *driver) {
			d.press(key)
			for range 12 {
				d.seesNot("Recorded by mistake")
				d.press("tab")
			}
		})
	}
	there := with(
		&model.ResultSet{ID: "0100000000000000", Of: model.ResultKinds()[0], What: "HbA1c", State: model.ResultAwaited},
		&model.PreventionSet{ID: "0200000000000000", Of: model.PreventionVaccine, What: "Hepatitis B dose 2", State: model.PreventionOffered},
	)
	for _, row := range []string{"HbA1c", "Hepatitis B"} {
		onWard(t, "b.jones", "w", there, func(d *driver) {
			d.press("home")
			for !strings.Contains(d.selected(), row) {
				d.press("down")
			}
			d.press("enter")
			for range 12 {
				if strings.Contains(d.view(), "Recorded by mistake") {
					return
				}
				d.press("tab")
			}
			t.Errorf("%s cannot be taken back:\n%s", row, d.view())
		})
	}
}

// The detail of an appointment is whole, however long its answers are.
func TestAllOfAnAppointmentIsToldInASmallWindow(t *testing.T) {
	set := with(&model.AppointmentSet{
		ID: entry(1), With: model.AppointmentHospital, What: "heart clinic", Where: "Leeds General Infirmary, Jubilee Wing, floor F, Great George Street, Leeds LS1 3EX", Phone: "0113 243 2799",
		Day: model.DayOf(deskNow) + 3, Time: "10:30", State: model.AppointmentBooked, Travel: "Hospital transport is booked from the hostel, and a mentor meets them there",
		Who: "Siân Llŷr-Nguyễn, cardiology liaison nurse of the prison healthcare team at HMP Leeds", Told: true,
	})
	onWard(t, "b.jones", "w", set, func(d *driver) {
		d.says("floor F, Great George Street, Leeds LS1 3EX, 0113 243 2799", "a mentor meets them there. The person has the appointment letter",
			"Arranged by Siân Llŷr-Nguyễn, cardiology liaison nurse of the prison healthcare team at HMP Leeds", "Recorded by JONES, B")
	})
}
