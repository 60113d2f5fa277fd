//go:build e2e && unix

package e2e_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/throughgate/throughgate/model"
)

// team is a prison at work: reception's desk and healthcare's, who works at
// them, and three people who leave.
type team struct {
	*world
	reception, healthcare *desk

	offender, officer, second, governor someone // at reception's desk
	clerk, nurse, prescriber, pharmacy  someone // at healthcare's
}

// The people who leave, by prison number.
const (
	planned = "A1111AA"
	curfew  = "A2222AB"
	atCourt = "A3333AC"
)

// newTeam enrols both desks, puts everybody on the roster and takes the three
// people over from prison IT.
func newTeam(tb testing.TB) *team {
	tb.Helper()
	t := &team{world: newWorld(tb)}
	t.admin("import", "medicines", productsFile())
	t.reception, t.healthcare = t.desk("reception"), t.desk("healthcare")
	at := func(d *desk, role, id, name string) someone { return d.hire(id, role, name) }
	t.offender = at(t.reception, "omu", "p.adeyemi", "ADEYEMI, Peter")
	t.officer = at(t.reception, "reception", "a.khan", "KHAN, Aisha")
	t.second = at(t.reception, "reception", "b.jones", "JONES, Bethan")
	t.governor = at(t.reception, "manager", "e.wu", "WU, Elaine")
	t.clerk = at(t.healthcare, "health-admin", "s.price", "PRICE, Siân")
	t.nurse = at(t.healthcare, "nurse", "g.boateng", "BOATENG, Grace")
	t.prescriber = at(t.healthcare, "prescriber", "d.osei", "OSEI, Daniel")
	t.pharmacy = at(t.healthcare, "pharmacy", "m.rossi", "ROSSI, Marta")
	t.reception.as(t.officer, "import", "custody", t.write("custody.json", custodyOf(time.Now())))
	t.reception.do("sync", "--once")
	t.healthcare.do("sync", "--once")
	return t
}

// custodyOf is what prison IT says of the three. Its days count from today, so
// that the script is the same on any day of the year.
func custodyOf(now time.Time) string {
	iso := func(days int) string {
		y, m, d := (model.DayOf(now) + model.Day(days)).Date()
		return fmt.Sprintf("%04d-%02d-%02d", y, int(m), d)
	}
	person := func(number, family, given, born, legal, rest string) string {
		return fmt.Sprintf(`{"prisonerNumber": %q, "lastName": %q, "firstName": %q, "dateOfBirth": %q, "gender": "Male", "prisonId": %q, "legalStatus": %q, "receptionDate": %q%s}`,
			number, family, given, born, site, legal, iso(-400), rest)
	}
	const in = `, "status": "ACTIVE IN", "inOutStatus": "IN", "cellLocation": "A-2-014"`
	return `{"content": [` +
		person(planned, "NGUYỄN-O'BRIEN", "LLŶR", "1999-06-01", "SENTENCED", in) + "," +
		person(curfew, "OKAFOR", "DANIEL", "1988-02-29", "SENTENCED", in) + "," +
		person(atCourt, "MURRAY", "SEAN", "1979-11-30", "REMAND", `, "status": "ACTIVE OUT", "inOutStatus": "OUT", "lastMovementTypeCode": "CRT"`) +
		`], "totalElements": 3}`
}
