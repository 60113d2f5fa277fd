package hub_test

import (
	"fmt"
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

// The whole of dm+d, 200,000 names, is more than one sealed value holds in the
// clear: it is kept packed, reaches a desk, and is there after a restart.
func TestAListOfAllMedicinesIsKeptAndReachesDesks(t *testing.T) {
	lines := make([]string, 200_000)
	for i := range lines {
		lines[i] = fmt.Sprintf(`{"code":"%d1000001100","name":"Invented medicine %d 50mg modified-release tablets (Nobody Ltd)","type":"AMP","cd":"0000"}`, 1_000_000+i, i)
	}
	s := newService(t)
	table := rows("medicines", lines...)
	info, err := s.SetReference(table)
	if err != nil || info.Rows != len(lines) {
		t.Fatalf("%+v, %v", info, err)
	}
	s.stop()
	s.open()
	if info, err := s.SetReference(table); err != nil || info.Changed || info.Revision != 1 {
		t.Errorf("the same list once more: %+v, %v", info, err)
	}
	got, revision, err := s.desk("LEI").Reference(t.Context(), "medicines")
	if err != nil || revision != 1 || string(got) != string(table.Lines) {
		t.Errorf("revision %d, %d bytes, %v", revision, len(got), err)
	}
}
