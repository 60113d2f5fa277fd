package model

import (
	"fmt"
	"strings"
)

// moreThanOneSource says of each medicine what the table's one row cannot: what
// the person keeps, the further supply, and the days covered twice.
func (a *assembly) moreThanOneSource() []string {
	var out []string
	for _, m := range a.health.CurrentMedicines() {
		var said []string
		if held := a.health.Counted[m.ID]; held.Quantity > 0 {
			said = append(said, fmt.Sprintf("keeps %s %s, counted on %s", held.Quantity, held.Unit, held.Day))
		}
		for _, line := range a.health.SupplyLines(m) {
			if line.Further {
				said = append(said, "also "+line.Supply.Route.Words()+": "+line.Supply.Amount(m.CD())+" for "+days(line.Supply.Days)+" from "+line.Supply.begins(a.leaves()).String())
			}
		}
		for _, o := range overlapsIn(m, a.health.Spans(m, a.leaves())) {
			said = append(said, strings.TrimSuffix(o.String(), ".")+", because: "+orNotRecorded(o.Reason))
		}
		if len(said) > 0 {
			out = append(out, m.Name+": "+strings.Join(said, "; ")+".")
		}
	}
	return out
}
