package sync

import (
	"maps"
	"slices"
	"strconv"
	"strings"
)

// Revisions is the current revision of each reference table, as
// HeaderReferenceRevision carries it: "outcodes=1,practices=12,prisons=3".
type Revisions map[string]uint64

// String writes the header, tables in order of name.
func (r Revisions) String() string {
	var parts []string
	for _, table := range slices.Sorted(maps.Keys(r)) {
		parts = append(parts, table+"="+strconv.FormatUint(r[table], 10))
	}
	return strings.Join(parts, ",")
}

// ParseRevisions reads the header. What it cannot read it leaves out: a desk
// whose tables are old still works, and a newer hub may say more.
func ParseRevisions(header string) Revisions {
	out := Revisions{}
	for part := range strings.SplitSeq(header, ",") {
		table, number, _ := strings.Cut(strings.TrimSpace(part), "=")
		n, err := strconv.ParseUint(number, 10, 64)
		if err == nil && ValidTable(table) {
			out[table] = n
		}
	}
	return out
}

// ValidTable tells whether a reference table may bear this name, which stands
// in paths: 1 to 40 lower-case letters, digits or dashes.
func ValidTable(name string) bool {
	if len(name) == 0 || len(name) > 40 {
		return false
	}
	return strings.Trim(name, "abcdefghijklmnopqrstuvwxyz0123456789-") == ""
}
