package demo

import (
	"crypto/rand"
	"encoding/csv"
	"strings"
	"testing"
	"time"

	"github.com/throughgate/throughgate/model"
	"github.com/throughgate/throughgate/store/seal"
)

var monday = time.Date(2026, time.November, 23, 9, 42, 0, 0, time.UTC)

// newTown is a town with keys of its own and no hub.
func newTown(tb testing.TB) *town {
	tb.Helper()
	t := &town{
		hands: make(map[model.StaffID]hand), boxes: make(map[model.Compartment]*seal.Box), personKey: make([]byte, model.SecretSize),
		records: make(map[model.PersonID]*model.Record), bases: make(map[slotOf]model.Stamp),
		desks: [2]*desk{{clock: model.Clock{Node: 1}}, {clock: model.Clock{Node: 2}}},
	}
	for _, c := range model.Compartments() {
		key, err := seal.NewKey(rand.Reader)
		if err != nil {
			tb.Fatal(err)
		}
		t.boxes[c] = seal.NewBox(key)
	}
	for _, s := range Staff() {
		key, err := seal.NewSigningKey(rand.Reader)
		if err != nil {
			tb.Fatal(err)
		}
		t.hands[s.ID] = hand{model.Actor{Staff: s.ID, Role: s.Role, Site: Site}, key}
	}
	return t
}

// underRace tells that the race detector watches, which takes five to twenty times
// as long. What has no concurrency to show it is left to make test.
var underRace bool

func TestEveryStoryKeepsTheRules(t *testing.T) {
	seeds := uint64(5)
	if underRace {
		seeds = 1
	}
	for seed := range seeds {
		town := newTown(t)
		for _, s := range invent(seed, 300, monday) {
			if err := town.write(s); err != nil {
				t.Fatalf("seed %d: %v", seed, err)
			}
		}
		if len(town.records) != 300 {
			t.Errorf("seed %d: %d people", seed, len(town.records))
		}
	}
}

func TestTheCastShowsEveryState(t *testing.T) {
	town := newTown(t)
	for _, s := range invent(1, len(cast), monday) {
		if err := town.write(s); err != nil {
			t.Fatal(err)
		}
	}
	today := model.DayOf(monday)
	var rows []model.Row
	seen := make(map[string]int)
	count := func(what string, is bool) {
		if is {
			seen[what]++
		}
	}
	for id, r := range town.records {
		row := model.RowOf(id, &r.Shared)
		rows = append(rows, row)
		count("at court", row.AtCourt(today))
		count("ACCT open", row.ACCT)
		count("restricted", row.Restricted)
		count("gone", row.Left())
		count("recalled", !r.Shared.Back.IsZero())
		count("no NHS number", row.NHS == "")
		count("no GP", row.GP != "yes" && row.GP != "kept")
		count("ready for the gate", row.Ready())
		count("letter "+row.Letter, true)
		count("medicines "+row.Meds, true)
		count("conflict", len(r.Conflicts()) > 0)
		for _, c := range r.Conflicts() {
			count("clinical conflict", c.Clinical())
		}
	}
	for _, g := range model.Board(rows, model.RoleReception, nil, today, 28) {
		count("leaving today", g.Day == today && !g.Court)
		count("leaving tomorrow", g.Day == today+1)
		count("overdue", g.Day < today)
	}
	for _, what := range []string{"at court", "ACCT open", "restricted", "gone", "recalled", "no NHS number", "no GP", "ready for the gate", "letter draft", "letter signed", "letter redo",
		"letter NO", "medicines yes", "medicines pack", "medicines NO", "leaving today", "leaving tomorrow", "overdue"} {
		if seen[what] == 0 {
			t.Errorf("nobody shows %q; there are %v", what, seen)
		}
	}
	if seen["conflict"] != 2 || seen["clinical conflict"] != 1 {
		t.Errorf("%d conflicts, %d clinical; want 2 and 1", seen["conflict"], seen["clinical conflict"])
	}
}

func TestTheSameSeedGivesTheSamePeople(t *testing.T) {
	tell := func(seed uint64) string {
		var out strings.Builder
		for _, s := range invent(seed, 40, monday) {
			out.WriteString(string(s.number) + string(s.by) + s.at.String() + "\n")
		}
		return out.String()
	}
	first, again := tell(1), tell(1)
	if first != again || first == tell(2) {
		t.Error("people do not follow from the seed alone")
	}
}

func TestInventedNumbersAreValidAndNobodys(t *testing.T) {
	if underRace {
		t.Skip("stories written one after the other: make test writes them")
	}
	town := newTown(t)
	for _, s := range invent(3, 200, monday) {
		if err := town.write(s); err != nil {
			t.Fatal(err)
		}
	}
	seen := make(map[string]bool)
	for _, r := range town.records {
		if number := model.PrisonNumber(r.Number(model.SchemePrison)); number.Suspicious() || seen[string(number)] {
			t.Errorf("prison number %s", number)
		}
		seen[r.Number(model.SchemePrison)] = true
		if nhs := r.Number(model.SchemeNHS); nhs != "" && (!strings.HasPrefix(nhs, "999") || seen[nhs]) {
			t.Errorf("NHS number %s", nhs)
		}
		seen[r.Number(model.SchemeNHS)] = true
	}
}

func TestPracticesAreAFileOfODS(t *testing.T) {
	file, err := PracticesCSV()
	if err != nil {
		t.Fatal(err)
	}
	rows, err := csv.NewReader(strings.NewReader(file)).ReadAll()
	if err != nil || len(rows) != len(practices) || len(rows[0]) != odsColumns {
		t.Fatalf("%d rows, %v", len(rows), err)
	}
	for _, row := range rows {
		if _, err := model.ParsePracticeCode(row[0]); err != nil {
			t.Errorf("%s: %v", row[0], err)
		}
	}
}
