package hub_test

import (
	"strings"
	"testing"

	"github.com/throughgate/throughgate/model"
	"github.com/throughgate/throughgate/sync/hub"
)

func rows(table string, lines ...string) hub.Reference {
	return hub.Reference{Table: table, Lines: []byte(strings.Join(lines, "\n") + "\n")}
}

func TestATableReachesDesksAndMovesOnOnlyWhenItChanges(t *testing.T) {
	s := newService(t)
	d := s.desk("LEI")
	if _, _, err := d.Reference(t.Context(), "practices"); model.KindOf(err) != model.KindNotFound {
		t.Errorf("a table that was never imported: %v", err)
	}
	for _, step := range []struct {
		lines    []string
		revision uint64
		changed  bool
	}{
		{[]string{`{"code":"A81001"}`, `{"code":"A81002"}`}, 1, true},
		{[]string{`{"code":"A81001"}`, `{"code":"A81002"}`}, 1, false},
		{[]string{`{"code":"A81001"}`}, 2, true},
	} {
		table := rows("practices", step.lines...)
		info, err := s.SetReference(table)
		if err != nil || info.Revision != step.revision || info.Changed != step.changed || info.Rows != len(step.lines) {
			t.Fatalf("%+v, %v", info, err)
		}
		got, revision, err := d.Reference(t.Context(), "practices")
		if err != nil || revision != step.revision || string(got) != string(table.Lines) {
			t.Errorf("revision %d: %s, %v", revision, got, err)
		}
	}
}

func TestWhatIsNoTableIsRefused(t *testing.T) {
	s := newService(t)
	for name, table := range map[string]hub.Reference{
		"a path":      rows("../hub"),
		"no name":     rows(""),
		"a web page":  rows("practices", "<html>"),
		"a cut line":  rows("practices", `{"code":`),
		"a blank row": rows("practices", `{}`, ``, `{}`),
	} {
		if _, err := s.SetReference(table); model.KindOf(err) != model.KindInvalid {
			t.Errorf("%s: %v", name, err)
		}
	}
}
