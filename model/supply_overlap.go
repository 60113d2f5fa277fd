package model

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// Span is the days one source of a medicine covers, both ends included.
type Span struct {
	Source   string // "TTO", "EPS", "In possession"
	From, To Day
	Reason   string // why it may cover days that another covers
}

// Spans returns what a person who leaves on a day has of a medicine: what is in
// their possession, and each supply. A day that is not known gives none.
func (h *HealthPart) Spans(m Medicine, leaves Day) []Span {
	if leaves.IsZero() {
		return nil
	}
	var out []Span
	if days := h.Counted[m.ID].Left(leaves); days > 0 {
		out = append(out, Span{Source: inPossession, From: leaves, To: leaves + Day(days) - 1})
	}
	for _, line := range h.SupplyLines(m) {
		out = append(out, line.Supply.span(leaves))
	}
	return out
}

const inPossession = "In possession"

// begins is the first day a supply is meant for.
func (d SupplyDecision) begins(leaves Day) Day { return max(d.Begins, leaves) }

func (d SupplyDecision) span(leaves Day) Span {
	from := d.begins(leaves)
	return Span{Source: string(d.Route), From: from, To: from + Day(d.Days) - 1, Reason: d.Overlap}
}

// Overlap is days that two sources of one medicine both cover: the person could
// take twice the dose, or sell it.
type Overlap struct {
	Medicine MedicineID
	Name     string
	First    string // "In possession"
	Second   string // "EPS"
	From, To Day
	Reason   string // as it was recorded; "" when nobody gave one
}

// Days counts the days that are covered twice.
func (o Overlap) Days() int { return int(o.To-o.From) + 1 }

// String says it in a sentence: "In possession and EPS both cover 01-Dec-2026 to
// 14-Dec-2026: 14 days twice."
func (o Overlap) String() string {
	if o.From == o.To {
		return fmt.Sprintf("%s and %s both cover %s: 1 day twice.", o.First, o.Second, o.From)
	}
	return fmt.Sprintf("%s and %s both cover %s to %s: %d days twice.", o.First, o.Second, o.From, o.To, o.Days())
}

// OverlapsOf lists the days of every medicine that more than one source covers
// for a person who leaves on a day, by name and day.
func OverlapsOf(h *HealthPart, leaves Day) []Overlap {
	var out []Overlap
	for _, m := range h.CurrentMedicines() {
		out = append(out, overlapsIn(m, h.Spans(m, leaves))...)
	}
	return out
}

// OverlapsWith is what would be covered twice if a supply were decided on, so
// that it is seen before it is kept.
func (h *HealthPart) OverlapsWith(m Medicine, d SupplyDecision, further bool, leaves Day) []Overlap {
	if leaves.IsZero() || d.Route == SupplyNone || d.Days <= 0 {
		return nil
	}
	spans := []Span{d.span(leaves)}
	if days := h.Counted[m.ID].Left(leaves); days > 0 {
		spans = append(spans, Span{Source: inPossession, From: leaves, To: leaves + Day(days) - 1})
	}
	for _, line := range h.SupplyLines(m) {
		if line.Further != further {
			spans = append(spans, line.Supply.span(leaves))
		}
	}
	var out []Overlap
	for _, o := range overlapsIn(m, spans) {
		if o.First == string(d.Route) || o.Second == string(d.Route) { // not those that were there before
			out = append(out, o)
		}
	}
	return out
}

func overlapsIn(m Medicine, spans []Span) []Overlap {
	slices.SortStableFunc(spans, func(a, b Span) int {
		return cmp.Or(cmp.Compare(a.From, b.From), strings.Compare(b.Source, a.Source))
	})
	var out []Overlap
	for i, a := range spans {
		for _, b := range spans[i+1:] {
			from, to := max(a.From, b.From), min(a.To, b.To)
			if from > to {
				continue
			}
			out = append(out, Overlap{Medicine: m.ID, Name: m.Name, First: a.Source, Second: b.Source, From: from, To: to, Reason: cmp.Or(b.Reason, a.Reason)})
		}
	}
	return out
}

// NextSupply returns the first day for which a person who leaves on a day has
// nothing left of a medicine, counting every source; zero when the day is not
// known or nothing is supplied. A day between two supplies counts: they have
// nothing on it.
func (h *HealthPart) NextSupply(m Medicine, leaves Day) Day {
	spans := h.Spans(m, leaves)
	if len(spans) == 0 {
		return 0
	}
	slices.SortFunc(spans, func(a, b Span) int { return cmp.Compare(a.From, b.From) })
	next := leaves
	for _, s := range spans {
		if s.From > next {
			break
		}
		next = max(next, s.To+1)
	}
	return next
}

// Gap returns the days between two sources on which the person has nothing: a
// prescription that begins a week after the tablets end. False when there are
// none.
func (h *HealthPart) Gap(m Medicine, leaves Day) (from, to Day, any bool) {
	next := h.NextSupply(m, leaves)
	for _, s := range h.Spans(m, leaves) {
		if s.From > next && (!any || s.From-1 < to) {
			from, to, any = next, s.From-1, true
		}
	}
	return from, to, any
}
