package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/throughgate/throughgate/cmd/internal/edge"
	"github.com/throughgate/throughgate/model"
)

// A prison sets another day for one line: whoever reads due days reads that one.
func TestEveryReaderHasThePrisonsDueDays(t *testing.T) {
	b := newLoneBench(t)
	before := map[string]model.Day{}
	smith := b.someone("SMITH")
	read := func() (shown model.Day, list worklistDoc, overdue int) {
		t.Helper()
		var one person
		b.json(&one, "prescriber", "show", smith.Prison)
		for _, l := range one.Checklist {
			if l.Item == "Discharge letter" {
				shown = l.Due
			}
		}
		b.json(&list, "prescriber", "worklist")
		var counted measureList
		b.json(&counted, "prescriber", "measures")
		for _, o := range counted.Overdue {
			if o.Owner == model.RolePrescriber {
				overdue = o.Lines
			}
		}
		return shown, list, overdue
	}
	paper := func(args ...string) string {
		t.Helper()
		path := filepath.Join(b.folder, "due.txt")
		if code, _, errout := b.as("prescriber", append(append([]string{"print"}, args...), "--out", path)...); code != edge.Done {
			t.Fatal(errout)
		}
		text, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		return strings.Join(strings.Fields(string(text)), " ")
	}
	shown, list, overdue := read()
	for _, l := range list.Lines {
		before[l.Prison+string(l.Item)] = l.Due
	}
	if overdue != list.Overdue {
		t.Errorf("measures count %d overdue, the worklist %d", overdue, list.Overdue)
	}

	const earlier = 20
	if err := os.WriteFile(filepath.Join(b.Desk, "throughgate.toml"), fmt.Appendf(nil, "[due]\nletter = %d\n", -earlier), 0o600); err != nil {
		t.Fatal(err)
	}
	nowShown, nowList, nowOverdue := read()
	if nowShown != shown-earlier {
		t.Errorf("show: due %s, want %s", nowShown, shown-earlier)
	}
	letters := 0
	for _, l := range nowList.Lines {
		if was, listed := before[l.Prison+string(l.Item)]; l.Item == model.ItemLetter && !l.Now && listed {
			letters++
			if l.Due != was-earlier {
				t.Errorf("worklist: %s due %s, want %s", l.Prison, l.Due, was-earlier)
			}
		}
	}
	if letters == 0 || nowList.Overdue <= list.Overdue || nowOverdue != nowList.Overdue {
		t.Errorf("%d letters; overdue %d, and %d by the measures; there were %d", letters, nowList.Overdue, nowOverdue, list.Overdue)
	}
	today := model.DayOf(time.Now())
	if text := paper("worklist"); !strings.Contains(text, fmt.Sprintf("%d overdue.", nowList.Overdue)) || !strings.Contains(text, strings.Fields(model.DueWords(nowList.Lines[0].Due, today, false))[1]) {
		t.Errorf("the printed worklist lacks the prison's days\n%s", text)
	}
	if text := paper("checklist", smith.Prison); !strings.Contains(text, nowShown.String()) {
		t.Errorf("the printed checklist lacks %s\n%s", nowShown, text)
	}
}
