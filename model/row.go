package model

import (
	"cmp"
	"maps"
	"math/bits"
	"slices"
	"strings"
)

// Row is what a list shows of a person. It comes from the shared part alone, so
// every role may see it, and is small: a store keeps one for everybody.
type Row struct {
	ID         PersonID    `json:"id"`
	Name       string      `json:"name,omitempty"` // "SMITH, John"
	Born       PartialDate `json:"born,omitzero"`
	Sex        Sex         `json:"sex,omitempty"`
	Prison     string      `json:"prison,omitempty"` // prison number
	NHS        string      `json:"nhs,omitempty"`
	PNC        string      `json:"pnc,omitempty"`
	Former     []string    `json:"former,omitempty"` // merged prison numbers
	Stay       Stay        `json:"stay,omitzero"`
	Release    Release     `json:"release,omitzero"`
	GP         string      `json:"gp,omitempty"` // one word each, for the board
	Meds       string      `json:"meds,omitempty"`
	Letter     string      `json:"letter,omitempty"`
	Open       uint32      `json:"open,omitempty"`      // the lines that are for the person and not settled, by ItemID.Bit
	Begun      uint32      `json:"begun,omitempty"`     // of those, the ones in progress
	Stuck      uint32      `json:"stuck,omitempty"`     // of those, the ones with a problem
	Sign       uint32      `json:"sign,omitempty"`      // of those, the ones that wait for a prescriber's signature alone
	Of         uint8       `json:"of,omitempty"`        // how many lines are for the person
	Bags       []string    `json:"bags,omitempty"`      // of medicines: the keys of their numbers
	Conflicts  int         `json:"conflicts,omitempty"` // in the shared part
	Glass      int         `json:"glass,omitempty"`     // overrides that nobody has reviewed
	GlassFrom  Instant     `json:"glassFrom,omitempty"` // when the oldest of them was
	GlassTo    Instant     `json:"glassTo,omitempty"`   // when the newest was
	GlassBy    StaffID     `json:"glassBy,omitempty"`   // whose the newest was
	After      AfterRow    `json:"after,omitzero"`      // what is to be followed up after a release
	Chase      Day         `json:"chase,omitzero"`      // when a silent practice is to be asked
	Again      []AgainRow  `json:"again,omitempty"`     // lines that are done, when each is to be looked at again
	Rescue     RescueRow   `json:"rescue,omitzero"`     // what is left of a rescue list
	ACCT       bool        `json:"acct,omitempty"`      // an ACCT is open
	Until      Day         `json:"until,omitzero"`      // the last day on which the line of consent is done: see On
	Restricted bool        `json:"restricted,omitempty"`
	Deceased   bool        `json:"deceased,omitempty"`
	Departures []Departure `json:"departures,omitempty"` // oldest first, for the measures
}

// RowOf sums up the shared part of a record.
func RowOf(id PersonID, s *SharedPart) Row {
	shared := Record{ID: id, Shared: *s}
	row := Row{
		ID: id, Name: s.Name.Official(), Born: s.Born, Sex: s.Sex,
		Prison: shared.Number(SchemePrison), NHS: shared.Number(SchemeNHS), PNC: shared.Number(SchemePNC),
		Former: s.Merged, Stay: s.Stay, Release: s.Release,
		GP: s.word(ItemGP), Meds: s.word(ItemMedicines), Letter: s.word(ItemLetter),
		Until:     s.lastsUntil(ItemConsent),
		Conflicts: len(shared.Conflicts()),
		ACCT:      s.ACCTOpen(), Restricted: s.Restricted, Deceased: !s.Deceased.IsZero(),
	}
	row.countItems(s)
	if s.Item(ItemReconciled).Detail == detailSign {
		row.Sign = row.Open & ItemReconciled.Bit()
	}
	row.Departures = s.Departures
	row.countGlass(s.Glass)
	row.After, row.Chase, row.Again = s.afterRow(), s.ChaseDue(), s.againRows()
	if !row.Deceased {
		row.Rescue = s.rescueRow()
	}
	row.Bags = slices.Sorted(maps.Keys(s.Bags))
	return row
}

// countGlass sums up the overrides, oldest first, that wait for a review.
func (r *Row) countGlass(all []Override) {
	for i := range all {
		o := &all[i]
		if o.IsReviewed() {
			continue
		}
		if r.Glass++; r.Glass == 1 {
			r.GlassFrom = InstantOf(o.At.Time())
		}
		r.GlassTo, r.GlassBy = InstantOf(o.At.Time()), o.Staff
	}
}

// ACCTOpen tells whether the person is on an open ACCT, the prison's plan for
// somebody at risk of suicide or self-harm.
func (s *SharedPart) ACCTOpen() bool {
	for code, a := range s.Alerts {
		if a.Active && IsACCTOpen(code) {
			return true
		}
	}
	return false
}

// word is what the board says of a line: that it is not for the person, or its
// least.
func (s *SharedPart) word(id ItemID) string {
	item := s.Item(id)
	if facts, _ := FactsOf(id); !facts.Applies(s) && !item.State.Settled() {
		item = Item{State: NotNeeded}
	}
	return item.Word()
}

// countItems counts the lines that are for the person, and marks those that are not
// settled, with those of them that are in progress and those that are in trouble.
func (r *Row) countItems(s *SharedPart) {
	way := s.Way()
	for i := range checklist {
		facts := &checklist[i]
		if !facts.appliesTo(s, way) {
			continue
		}
		r.Of++
		state, disputed := s.Item(facts.ID).State, s.disputed(facts.ID)
		if state.Settled() && !disputed {
			continue
		}
		r.Open |= 1 << i
		switch {
		case disputed || state == Problem || state == CannotStart:
			r.Stuck |= 1 << i
		case state == InProgress:
			r.Begun |= 1 << i
		}
	}
}

// Ready tells whether the person can go to the gate: every line that blocks and
// is for them is settled, but for what is done there, with them.
func (r *Row) Ready() bool { return r.Open&blocking == 0 }

// Missing counts the lines that are for the person and not settled.
func (r *Row) Missing() int { return bits.OnesCount32(r.Open) }

// Blocking counts the lines that keep the person from the gate.
func (r *Row) Blocking() int { return bits.OnesCount32(r.Open & blocking) }

// MissingItems lists the lines that are not settled, in the order of the checklist.
func (r *Row) MissingItems() []ItemFacts {
	var out []ItemFacts
	for i := range checklist {
		if r.Open&(1<<i) != 0 {
			out = append(out, checklist[i])
		}
	}
	return out
}

// AtCourt tells whether the person is out at court, or due there on a day: a
// remand prisoner there may be released and never come back through the desk.
func (r *Row) AtCourt(today Day) bool {
	return r.Stay.Out == string(MovementCourt) || r.Release.Basis == BasisCourt && r.Release.Day == today
}

// Left tells whether the person has been released, or is gone otherwise.
func (r *Row) Left() bool {
	return r.Stay.Out == string(MovementRelease)
}

// SearchText is what a query is matched against: names, numbers with and
// without spaces, and the cell, folded.
func (r *Row) SearchText() string {
	parts := []string{r.Name, r.Prison, r.NHS, r.PNC, r.Stay.Cell}
	return Fold(strings.Join(append(parts, r.Former...), " "))
}

// Group is one heading of the release board with the people under it.
type Group struct {
	Day      Day
	Court    bool // at court, and could be released there
	After    bool // have left, and are to be followed up
	Rescue   bool // released without notice, and their rescue list is not done
	Rows     []Row
	NotReady int
	Late     int // so many of them come first: they have lines overdue that are the reader's own
}

// boardRow is a row as it is sorted.
type boardRow struct {
	*Row
	late bool
}

// Board arranges who leaves from today on within so many days: by day, those at
// court today after today's releases. In a day those come first of whom a line is
// overdue that is the role's own, by the prison's due days; then it goes by time and
// by how much is missing. Days before today show those who should have left and have
// not.
func Board(rows []Row, role Role, t Timeline, today Day, days int) []Group {
	type heading struct {
		day    Day
		court  bool
		rescue bool
		after  bool
	}
	under := make(map[heading][]boardRow)
	mine := dutiesOf(role)
	put := func(h heading, r *Row) { under[h] = append(under[h], boardRow{r, t.anyOverdue(r, mine, today)}) }
	for i := range rows {
		r := &rows[i] // a row is large, and there may be 100,000
		if !r.Until.IsZero() && today > r.Until {
			over := r.On(today)
			r = &over
		}
		h := heading{day: r.Release.Day}
		if r.AtCourt(today) {
			h = heading{day: today, court: true}
		}
		if r.Rescue.Open != 0 {
			h = heading{day: today, rescue: true}
			put(h, r)
			continue
		}
		if r.Left() && r.After.Shown(today) {
			h = heading{day: today, after: true}
			put(h, r)
			continue
		}
		if r.Left() || r.Deceased || h.day.IsZero() || h.day > today+Day(days) {
			continue
		}
		put(h, r)
	}
	groups := make([]Group, 0, len(under))
	for h, sorted := range under {
		sortRows(sorted)
		g := newGroup(h.day, h.court, sorted)
		g.Rescue, g.After = h.rescue, h.after
		groups = append(groups, g)
	}
	slices.SortFunc(groups, func(a, b Group) int {
		return cmp.Or(compareBool(b.Rescue, a.Rescue), cmp.Compare(a.Day, b.Day), compareBool(a.After, b.After), compareBool(a.Court, b.Court))
	})
	return groups
}

func newGroup(day Day, court bool, sorted []boardRow) Group {
	g := Group{Day: day, Court: court, Rows: make([]Row, len(sorted))}
	for i, r := range sorted {
		g.Rows[i] = *r.Row
		if r.late {
			g.Late++
		}
		if !g.Rows[i].Ready() {
			g.NotReady++
		}
	}
	return g
}

func compareBool(a, b bool) int {
	if a == b {
		return 0
	}
	return sign(!a)
}

func sortRows(rows []boardRow) {
	slices.SortFunc(rows, func(a, b boardRow) int {
		return cmp.Or(
			compareBool(b.late, a.late),
			cmp.Compare(clockOrLast(a.Release.Time), clockOrLast(b.Release.Time)),
			cmp.Compare(b.Missing(), a.Missing()),
			cmp.Compare(a.Name, b.Name),
			slices.Compare(a.ID[:], b.ID[:]),
		)
	})
}

func clockOrLast(t string) string {
	if t == "" {
		return "99:99"
	}
	return t
}
