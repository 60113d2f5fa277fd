package model

import (
	"maps"
	"slices"
)

// Diff returns what of a custody row is new for the record, so that importing a
// file twice writes nothing. What the file leaves blank stays as it is, and so
// does what a person at a desk put right: kept says where the file disagrees
// with them.
func (row *CustodyRow) Diff(r *Record) (news []Change, kept []RowError) {
	in := differ{r: r, row: row}
	for _, c := range row.Changes {
		if c = in.news(c); c != nil {
			news = append(news, c)
		}
	}
	return append(news, in.ended()...), in.kept
}

type differ struct {
	r    *Record
	row  *CustodyRow
	kept []RowError
}

// news returns the change as it should be written, nil when it says nothing
// new.
func (in *differ) news(c Change) Change {
	s := &in.r.Shared
	switch c := c.(type) {
	case *PersonNamed:
		if sameCustodyName(s.Name, c.Name) {
			return nil
		}
	case *PersonBorn:
		return in.born(*c)
	case *PersonNumbered:
		if in.knowsNumber(c) {
			return nil
		}
	case *StaySet:
		return in.stay(*c)
	case *LocationSet:
		if s.Stay.Cell == c.Cell {
			return nil
		}
	case *ReleaseSet:
		return in.release(*c)
	case *AlertSet:
		if alert, known := in.alerts(c.Compartment())[c.Code]; alert.Active == c.Active && (known || !c.Active) {
			return nil
		}
	case *PersonRestricted:
		if s.Restricted {
			return nil
		}
	}
	if !in.r.Holds(c.Compartment()) {
		return nil
	}
	return c
}

// sameCustodyName tells whether the file's name is the one recorded. Custody
// systems drop accents, so a recorded name that has them is the better one.
func sameCustodyName(have, file PersonName) bool {
	if have.Equal(file) {
		return true
	}
	return have.Folded() == file.Folded() && (isASCII(file) || !isASCII(have))
}

func isASCII(n PersonName) bool {
	for _, part := range append([]string{n.Family}, n.Given...) {
		for i := range len(part) {
			if part[i] > '~' {
				return false
			}
		}
	}
	return true
}

func (in *differ) born(c PersonBorn) Change {
	s := &in.r.Shared
	if c.Date.IsZero() {
		c.Date = s.Born
	}
	if c.Sex == "" {
		c.Sex = s.Sex
	}
	if c.Date.IsZero() || c.Date == s.Born && c.Sex == s.Sex {
		return nil
	}
	return &c
}

func (in *differ) knowsNumber(c *PersonNumbered) bool {
	have := in.r.Number(c.Scheme)
	if c.Scheme == SchemeCRO {
		return CRO(have).Same(CRO(c.Value))
	}
	return have == c.Value || slices.Contains(in.r.Shared.Merged, c.Value)
}

func (in *differ) stay(c StaySet) Change {
	have := in.r.Shared.Stay
	if c.Status == "" && c.Out == "" {
		c.Out = have.Out // the file does not say
	}
	fill(&c.BookingID, have.BookingID)
	fill(&c.LegalStatus, have.LegalStatus)
	fill(&c.Status, have.Status)
	if c.Received.IsZero() {
		c.Received = have.Received
	}
	if c.Out != have.Out && c.BookingID == have.BookingID && in.releasedHere() {
		in.keep("status", "A release was recorded at a desk, which is kept.")
		return nil
	}
	now := Stay{Site: c.Site, BookingID: c.BookingID, LegalStatus: c.LegalStatus, Status: c.Status, Received: c.Received, Cell: have.Cell, Out: c.Out}
	if now == have {
		return nil
	}
	return &c
}

// releasedHere tells whether the last movement a desk recorded let the person
// go. A file that was fetched before that must not bring them back.
func (in *differ) releasedHere() bool {
	moves := in.r.Shared.Movements
	return len(moves) > 0 && moves[len(moves)-1].Type == MovementRelease && in.r.Shared.Stay.Out == string(MovementRelease)
}

func fill(to *string, from string) {
	if *to == "" {
		*to = from
	}
}

// release follows the file unless a person entered the date. Then they know
// something the file does not, or the other way round, and only a person can
// say which.
func (in *differ) release(c ReleaseSet) Change {
	have := in.r.Shared.Release
	switch {
	case have.Day == c.Day && (have.Basis == c.Basis || have.From == ""):
		return nil
	case have.Basis != BasisNone && have.From == "":
		in.keep("release date", "The file says otherwise than what was entered at a desk, which is kept.")
		return nil
	}
	c.Reason, c.Destination = have.Reason, have.Destination
	if c.Day == have.Day {
		c.Time = have.Time
	}
	if c.Day.IsZero() {
		c.Reason = ""
	}
	return &c
}

func (in *differ) keep(field, reason string) {
	in.kept = append(in.kept, RowError{Row: in.row.Row, Field: field, Reason: reason})
}

// ended returns the recorded alerts that the file no longer lists.
func (in *differ) ended() []Change {
	if !in.row.alerts {
		return nil
	}
	listed := make(map[string]bool)
	for _, c := range in.row.Changes {
		if a, ok := c.(*AlertSet); ok {
			listed[a.Code] = true
		}
	}
	var out []Change
	for _, compartment := range []Compartment{Shared, Custody} {
		alerts := in.alerts(compartment)
		for _, code := range slices.Sorted(maps.Keys(alerts)) {
			if alerts[code].Active && !listed[code] {
				out = append(out, &AlertSet{Code: code})
			}
		}
	}
	return out
}

func (in *differ) alerts(c Compartment) map[string]Alert {
	switch {
	case c == Shared:
		return in.r.Shared.Alerts
	case in.r.Custody != nil:
		return in.r.Custody.Alerts
	}
	return nil
}
