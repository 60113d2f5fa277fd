package main

import (
	"encoding/csv"
	"strings"
	"testing"

	"github.com/throughgate/throughgate/cmd/internal/edge"
	"github.com/throughgate/throughgate/model"
)

func TestMeasuresAreTheSameForEverybodyAndNameNobody(t *testing.T) {
	b := newLoneBench(t)
	var managers, officers measureList
	b.json(&managers, "manager", "measures")
	b.json(&officers, "officer", "measures")
	if managers.Site != "ZMI" || managers.Left == 0 || len(managers.Measures.Measures) != len(model.MeasureTable()) || len(managers.Overdue) == 0 {
		t.Errorf("%+v", managers)
	}
	if managers.Left != officers.Left {
		t.Errorf("%d and %d left", managers.Left, officers.Left)
	}
	_, text, _ := b.as("manager", "measures", "--json")
	_, table, _ := b.as("manager", "measures", "--csv")
	var list releaseList
	b.json(&list, "manager", "releases", "--days", "3660")
	for _, g := range list.Groups {
		for _, p := range g.People {
			family, _, _ := strings.Cut(p.Name, ",")
			if p.Prison != "" && strings.Contains(text+table, p.Prison) || strings.Contains(text+table, family+",") {
				t.Fatalf("%s %s is in it", p.Prison, p.Name)
			}
		}
	}
	rows, err := csv.NewReader(strings.NewReader(table)).ReadAll()
	if err != nil || strings.Join(rows[0], ",") != "measure,owner,week,begins,met,of,lines,not_counted,hidden" || len(rows) < 1+len(model.MeasureTable())*measureWeeks {
		t.Errorf("%v, %d rows", err, len(rows))
	}
}

func TestMeasuresAreOfThePeriodAskedFor(t *testing.T) {
	b := newLoneBench(t)
	var none measureList
	b.json(&none, "manager", "measures", "--from", "2020-01-01", "--to", "2020-01-31")
	if none.Left != 0 || none.From.ISO() != "2020-01-01" || none.To.ISO() != "2020-01-31" {
		t.Errorf("%+v", none)
	}
	var published measureList
	b.json(&published, "manager", "measures", "--publish", "--from", "today", "--to", "today")
	for _, m := range published.Measures.Measures {
		if m.Of > 0 && m.Of < 5 || m.Excluded != nil {
			t.Errorf("%+v", m)
		}
	}
	for _, args := range [][]string{{"--from", "2026-02-01", "--to", "2026-01-01"}, {"--csv", "--json"}, {"--from", "1990-01-01"}} {
		if code, _, _ := b.as("manager", append([]string{"measures"}, args...)...); code != edge.Usage {
			t.Errorf("%v: exit %d", args, code)
		}
	}
	code, out, errout := b.as("manager", "measures", "--from", "soon")
	b.refused(edge.Refused, "date", code, out, errout)
}
