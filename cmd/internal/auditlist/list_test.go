package auditlist_test

import (
	"encoding/csv"
	"strings"
	"testing"
	"time"

	"github.com/throughgate/throughgate/cmd/internal/auditlist"
	"github.com/throughgate/throughgate/model"
)

// TestNoCellIsAFormula gives staff the names that run in a spreadsheet.
func TestNoCellIsAFormula(t *testing.T) {
	hostile := []string{
		`=cmd|' /C calc'!A0`, "+1+1", "-1", "@SUM(A1)", "\t=1", "\r=1", " =1", "\u200b=1", "＝1", `a","=1`, "a\n=1", "plain",
	}
	var rows []auditlist.Row
	for i, name := range hostile {
		names := auditlist.Names{Staff: func(model.StaffID) string { return name }}
		rows = append(rows, auditlist.Read(model.Access{At: model.Instant(1000 - i), Staff: "a.khan", What: model.AccessRecord}, "LEI", names))
	}
	var out strings.Builder
	if err := auditlist.Of(rows, 100).CSV(&out); err != nil {
		t.Fatal(err)
	}
	got, err := csv.NewReader(strings.NewReader(out.String())).ReadAll()
	if err != nil || len(got) != len(hostile)+1 {
		t.Fatalf("%d rows, %v", len(got), err)
	}
	for _, row := range got[1:] {
		for _, c := range row {
			if strings.ContainsAny(c, "\n\r\t") {
				t.Errorf("%q breaks its line", c)
			}
			if c = strings.TrimSpace(c); c != "" && strings.ContainsRune("=+-@＝＋－＠", []rune(c)[0]) {
				t.Errorf("%q is run", c)
			}
		}
	}
	if got[len(hostile)][5] != "plain" {
		t.Errorf("an ordinary name became %q", got[len(hostile)][5])
	}
}

func TestLinesKeepTheirColumns(t *testing.T) {
	var out strings.Builder
	auditlist.Of([]auditlist.Row{
		auditlist.Read(model.Access{At: model.InstantOf(time.Date(2026, 11, 23, 9, 42, 0, 0, time.UTC)), Staff: "a.khan", Role: model.RoleNurse, What: model.AccessExport, Many: 12}, "", auditlist.Names{}),
		auditlist.Written(model.Written{Compartment: model.Health}, "LEI", auditlist.Names{}),
	}, 2).Lines(&out)
	want := "23-Nov-2026 09:42\ta.khan\tNurse\t-\tExported a list of 12 people\n"
	if lines := strings.SplitAfter(out.String(), "\n"); lines[0] != want || strings.Count(lines[1], "\t") != 5 {
		t.Errorf("got %q", lines)
	}
	out.Reset()
	auditlist.Of(nil, 0).Lines(&out)
	if out.String() != "Nothing that fits is written down.\n" {
		t.Errorf("of nothing: %q", out.String())
	}
}
