package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"go.etcd.io/bbolt"

	"github.com/throughgate/throughgate/cmd/internal/edge"
	"github.com/throughgate/throughgate/cmd/internal/verified"
	"github.com/throughgate/throughgate/model"
	"github.com/throughgate/throughgate/sync/hub"
)

// TestHeadsAreComparedBetweenDesksAndWithTheHub has two desks that read one log
// print and compare heads, and the hub hold both to its own; and then one of the
// heads changed on the way.
func TestHeadsAreComparedBetweenDesksAndWithTheHub(t *testing.T) {
	c := newCentral(t)
	one, other := c.enrolled(), c.enrolled()
	c.writes(one, "a.khan")
	for range 2 {
		want(t, edge.Done, "In step", "sync", "--once", "--data", one)
		want(t, edge.Done, "In step", "sync", "--once", "--data", other)
	}
	_, head, _ := call(t, "audit", "head", "--data", one)
	file := filepath.Join(t.TempDir(), "head.txt")
	write := func(text string) {
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	write(head + strings.ReplaceAll(head, "\n", "\r\n")) // two, one of them from Windows
	want(t, edge.Done, "is of the same log", "audit", "head", "--compare", file, "--data", other)
	heads, err := verified.Heads(file)
	if err != nil || len(heads) != 2 {
		t.Fatal(len(heads), err)
	}
	answer, err := c.Verify(t.Context(), hub.VerifyQuestion{Heads: heads})
	if err != nil || len(answer.Report.Findings) != 0 || answer.Report.Feeds[0].Proven == 0 {
		t.Errorf("%+v, %v", answer.Report, err)
	}
	lines := strings.SplitN(head, "\n", 3)
	write(lines[0] + "\n9\n" + lines[2])
	want(t, edge.Refused, "changed, or its signature is forged", "audit", "head", "--compare", file, "--data", other)
	write("not a head")
	want(t, edge.Refused, "not a file of heads", "audit", "head", "--compare", file, "--data", other)
}

// TestVerifySaysWhatIsWrong verifies a workstation by command, whole and with an
// op taken out of its file.
func TestVerifySaysWhatIsWrong(t *testing.T) {
	b := newLoneBench(t)
	var report model.AuditReport
	b.json(&report, "manager", "audit", "verify")
	if len(report.Findings) != 0 || report.Checked.Ops == 0 || report.Checked.Closed == 0 || report.Checked.Access == 0 {
		t.Errorf("%+v", report)
	}
	db, err := bbolt.Open(filepath.Join(b.Desk, "throughgate.db"), 0o600, nil)
	if err != nil {
		t.Fatal(err)
	}
	err = db.Update(func(tx *bbolt.Tx) error {
		ops := tx.Bucket([]byte("ops"))
		key, _ := ops.Cursor().First()
		return ops.Delete(key)
	})
	if err != nil {
		t.Fatal(err)
	}
	db.Close()
	code, out, errout := b.as("manager", "audit", "verify")
	if code != edge.Refused || !strings.Contains(errout, "not whole") || !strings.Contains(out, "1. ") || !strings.Contains(out, "site ZMI") {
		t.Errorf("exit %d: %s\n%s", code, errout, out)
	}
}
