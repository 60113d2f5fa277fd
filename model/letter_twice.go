package model

import "strings"

// daysTwice says which days two sources of a medicine both cover, and why; the
// table's row has each source by itself.
func (a *assembly) daysTwice() []string {
	var out []string
	for _, o := range OverlapsOf(a.health, a.leaves()) {
		out = append(out, o.Name+": "+strings.TrimSuffix(o.String(), ".")+", because: "+orNotRecorded(o.Reason)+".")
	}
	return out
}
