package main

import (
	"strings"
	"testing"

	"github.com/throughgate/throughgate/cmd/internal/edge"
	"github.com/throughgate/throughgate/model"
)

func TestAuditSaysWhoLookedAtWhom(t *testing.T) {
	b := newBench(t)
	smith := b.someone("SMITH")
	if code, _, errout := b.as("nurse", "show", smith.Prison); code != edge.Done {
		t.Fatal(errout)
	}
	var list accessList
	b.json(&list, "manager", "audit", "--person", smith.Prison, "--what", "record")
	if len(list.Entries) == 0 {
		t.Fatal("the look is not in the audit")
	}
	e := list.Entries[0]
	if e.Staff != "nurse" || e.Number != smith.Prison || e.Via != model.ViaCommand || e.StaffName != "BOATENG, Grace" || len(e.Parts) != 2 {
		t.Errorf("%+v", e)
	}
	code, out, _ := b.as("manager", "audit", "--by", "nurse", "--since", "today")
	if code != edge.Done || !strings.Contains(out, "Opened the record") || strings.Contains(out, "SMITH") {
		t.Errorf("exit %d:\n%s", code, out)
	}
	b.json(&list, "manager", "audit", "--what", "export")
	if len(list.Entries) == 0 || list.Entries[0].Staff != "officer" || list.Entries[0].Many == 0 {
		t.Errorf("the list an officer printed is not in the audit: %+v", list.Entries)
	}
}

func TestAuditSaysWhyNot(t *testing.T) {
	b := newBench(t)
	for _, c := range []struct {
		code        int
		staff, want string
		args        []string
	}{
		{edge.Refused, "nurse", "The audit is not open to your role. It is for: Manager, Auditor.", []string{"audit"}},
		{edge.Refused, "manager", "Nothing of this kind is written down.", []string{"audit", "--what", "nonsense"}},
		{edge.Refused, "manager", "This date can mean several days.", []string{"audit", "--since", "3/8"}},
		{edge.Refused, "manager", "not a workstation's id", []string{"audit", "--device", "x"}},
		{edge.Usage, "manager", "--limit", []string{"audit", "--limit", "-1"}},
		{edge.Usage, "manager", "break-glass", []string{"audit", "--what", "record", "--break-glass"}},
		{edge.Usage, "manager", "unknown command", []string{"audit", "nonsense"}},
	} {
		code, out, errout := b.as(c.staff, c.args...)
		b.refused(c.code, c.want, code, out, errout)
	}
}
