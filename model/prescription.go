package model

import (
	"fmt"
	"strings"
)

// prescriptionValid is for how many days after its date a prescription for a
// controlled drug of schedules 2, 3 and 4 may be dispensed (Misuse of Drugs
// Regulations 2001, regulation 16, as amended 2006).
const prescriptionValid = 28

// IsPrescription tells whether the person takes it to a pharmacy outside.
func (s SupplyRoute) IsPrescription() bool {
	switch s {
	case SupplyEPS, SupplyFP10, SupplyFP10MDA, SupplyWP10:
		return true
	}
	return false
}

// ValidUntil returns the last day on which a prescription for a controlled drug
// is dispensed; zero where no such limit holds or its date is not recorded.
func (d SupplyDecision) ValidUntil(cd Schedule) Day {
	if !cd.ThirtyDays() || !d.Route.IsPrescription() || d.Issued.IsZero() {
		return 0
	}
	return d.Issued + prescriptionValid
}

// LapsesBefore returns the day on which the prescription is needed, when it is
// not valid any more by then; zero otherwise.
func (d SupplyDecision) LapsesBefore(cd Schedule, leaves Day) Day {
	until := d.ValidUntil(cd)
	if needed := d.begins(leaves); !until.IsZero() && !leaves.IsZero() && until < needed {
		return needed
	}
	return 0
}

func (c *SupplySet) checkDates(r *Record, m Medicine, today Day) error {
	leaves := r.Leaves()
	switch {
	case c.Route == SupplyNone:
		return nil
	case !c.Issued.IsZero() && !c.Route.IsPrescription():
		return Invalid("Only a prescription has a date of issue.", "Clear it, or choose another way.").At("issued")
	case c.Issued > today+prescriptionValid:
		return Invalid("The date of issue is more than 28 days ahead.", "Check the date.").At("issued")
	case !c.Begins.IsZero() && !leaves.IsZero() && (c.Begins < leaves || c.Begins > leaves+MaxSupplyDays):
		return Invalid("The supply must begin between the release and 84 days after it.", "Leave it empty for the day of release.").At("begins")
	}
	if needed := c.LapsesBefore(m.CD(), leaves); !needed.IsZero() {
		return Invalid(fmt.Sprintf("The prescription is valid until %s and needed on %s.", c.ValidUntil(m.CD()), needed), "A controlled drug's prescription is valid for 28 days. Date it later.").At("issued")
	}
	return nil
}

// checkOverlap asks why a person shall have a medicine twice for the same days.
func (c *SupplySet) checkOverlap(r *Record, m Medicine, further bool) error {
	overlaps := r.health().OverlapsWith(m, c.SupplyDecision, further, r.Leaves())
	if len(overlaps) == 0 || strings.TrimSpace(c.Overlap) != "" {
		return nil
	}
	return Invalid(overlaps[0].String(), "Begin it later, cover fewer days, or enter why both are needed.").At("overlap")
}

// Leaves is the day from which the person lives on what was supplied: the day
// they left, else the day of release. Zero when neither is known. Of a record that is
// read on a day (see On) it is that day, where the release has passed and the person
// is still here: what was supplied for the days since then has not begun.
func (r *Record) Leaves() Day {
	if left, gone := r.Shared.Gone(); gone {
		return DayOf(left.Time())
	}
	if r.LeavesLate() {
		return r.today
	}
	return r.Shared.Release.Day
}

// LeavesLate tells whether the release had passed on the day the record is read, and
// the person is still here.
func (r *Record) LeavesLate() bool {
	_, gone := r.Shared.Gone()
	day := r.Shared.Release.Day
	return !gone && r.Shared.Deceased.IsZero() && !day.IsZero() && day < r.today
}

// checkAlive refuses what makes no sense after a death.
func (r *Record) checkAlive() error {
	if r.Shared.Deceased.IsZero() {
		return nil
	}
	return Invalid("This person has died.", "Nothing is supplied. Bags that are packed go back to pharmacy.")
}

// RouteAdvice is what must be right on the paper for a way of supply, in a
// sentence; "" where there is nothing to say.
//
// Exemption 0015 "HMP" and the prison's name in the prescriber's address: NHS
// Business Services Authority and Community Pharmacy England. Quantity in words
// and figures: Misuse of Drugs Regulations 2001, regulation 15.
func RouteAdvice(route SupplyRoute, m Medicine) string {
	var said []string
	switch route {
	case SupplyEPS, SupplyFP10, SupplyFP10MDA:
		said = append(said, "Free to the person: exemption 0015, with HMP or YOI in the prescriber's address.")
	case SupplyWP10:
		said = append(said, "Prescriptions are free in Wales.")
	}
	if route.IsPrescription() && m.CD().FullRules() {
		said = append(said, "Write the quantity in words and figures, and the person's name and address.")
	}
	if route == SupplyEPS && IsOpioidSubstitute(m.Name) {
		said = append(said, "Instalments and methadone liquid may need paper: ask the pharmacy first.")
	}
	return strings.Join(said, " ")
}
