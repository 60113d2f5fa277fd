package model

import (
	"encoding/json"
	"strings"
)

// stay reads where the person is held, and whether they are out of the prison
// now.
func (in *rowReader) stay(p *custodyPerson) {
	cell := in.line("cellLocation", p.Cell, 40)
	if site, ok := in.site(p.Prison); ok {
		in.add(&StaySet{
			Site: site, BookingID: in.booking(p.BookingID),
			LegalStatus: in.line("legalStatus", p.LegalStatus, 40), Status: in.line("status", p.Status, 40),
			Received: in.past("receptionDate", p.Received), Out: in.out(p),
		})
	}
	if cell != "" {
		in.add(&LocationSet{Cell: cell})
	}
}

func (in *rowReader) site(raw json.RawMessage) (SiteCode, bool) {
	typed := in.text("prisonId", raw)
	if typed == "" {
		return "", false
	}
	site, err := ParseSiteCode(typed)
	if err != nil {
		in.warn("prisonId", msgOf(err))
	}
	return site, err == nil
}

// booking reads the booking id, which is a number in some versions of the
// record and text in others.
func (in *rowReader) booking(raw json.RawMessage) string {
	var number json.Number
	if !absent(raw) && json.Unmarshal(raw, &number) == nil && allDigits(number.String()) {
		return number.String()
	}
	return in.line("bookingId", raw, 40)
}

// out tells by which movement the person is out, "" when they are in. Status
// and direction say whether, the last movement says how: ACTIVE OUT with CRT is
// somebody at court (PrisonerDetailsConverter of hmpps-welcome-people-api).
func (in *rowReader) out(p *custodyPerson) string {
	status := strings.ToUpper(in.text("status", p.Status))
	way := strings.ToUpper(in.text("inOutStatus", p.InOut))
	last := MovementType(in.text("lastMovementTypeCode", p.LastMovement))
	switch {
	case strings.HasSuffix(status, " TRN") || way == "TRN":
		return string(MovementTransfer)
	case status == "INACTIVE OUT":
		return string(MovementRelease)
	case status == "ACTIVE OUT" || status == "" && way == "OUT":
		if last.Valid() && last != MovementAdmission {
			return string(last)
		}
		in.warn("lastMovementTypeCode", "The person is out of the prison, and the last movement does not say why.")
		return string(MovementTemporary)
	}
	return ""
}

// line reads text of at most so many characters.
func (in *rowReader) line(field string, raw json.RawMessage, most int) string {
	s := in.text(field, raw)
	if err := checkLine("The value", s, most); err != nil {
		in.warn(field, msgOf(err))
		return ""
	}
	return s
}

// past reads a day that must not be in the future.
func (in *rowReader) past(field string, raw json.RawMessage) Day {
	day := in.day(field, raw)
	if day > in.today {
		in.warn(field, "The date is in the future.")
		return 0
	}
	return day
}

// day reads a full date, zero when there is none or it is bad.
func (in *rowReader) day(field string, raw json.RawMessage) Day {
	typed := in.text(field, raw)
	if typed == "" {
		return 0
	}
	// Some versions of the record write a time behind the day.
	day, err := ParseISODay(strings.TrimSuffix(typed, "T00:00:00"))
	if err == nil && (day < earliestCustodyDay || day > latestCustodyDay) {
		err = Invalid("The year cannot be right.", "")
	}
	if err != nil {
		in.warn(field, dateReason(typed, err))
		return 0
	}
	return day
}

// The days a stay or a release can fall on: the longest sentences run for
// decades, but nobody was received before 1930.
var (
	earliestCustodyDay = NewDay(1930, 1, 1)
	latestCustodyDay   = NewDay(2200, 1, 1)
)

// dateReason says why a date was not read. Test systems hand out their
// templates unfilled, which is worth telling apart from a typing mistake.
func dateReason(typed string, err error) string {
	if strings.Contains(typed, "{{") {
		return "The date was never filled in: a template stands in its place."
	}
	return msgOf(err)
}

// release takes the first date there is, in the order HMPPS shows them
// (PrisonerService of hmpps-resettlement-passport-api): confirmed, parole,
// curfew, conditional, automatic.
func (in *rowReader) release(p *custodyPerson) {
	dates := []struct {
		basis Basis
		field string
		raw   json.RawMessage
	}{
		{BasisConfirmed, "confirmedReleaseDate", p.ConfirmedDay},
		{BasisParole, "actualParoleDate", p.ParoleDay},
		{BasisHDC, "homeDetentionCurfewActualDate", p.CurfewDay},
		{BasisConditional, "conditionalReleaseDate", p.ConditionalDay},
		{BasisAutomatic, "automaticReleaseDate", p.AutomaticDay},
	}
	set := &ReleaseSet{From: FromCustody}
	unread := len(in.row.Warnings)
	for _, d := range dates {
		if day := in.day(d.field, d.raw); !day.IsZero() && set.Day.IsZero() {
			set.Day, set.Basis = day, d.basis
		}
	}
	if set.Day.IsZero() && len(in.row.Warnings) > unread {
		return // a date that could not be read is not "no date"
	}
	in.add(set)
}
