package main

import (
	"strings"
	"testing"

	"github.com/throughgate/throughgate/cmd/internal/auditlist"
	"github.com/throughgate/throughgate/cmd/internal/edge"
	"github.com/throughgate/throughgate/model"
)

func TestAuditSaysWhoLookedAtWhom(t *testing.T) {
	b := newLoneBench(t)
	smith := b.someone("SMITH")
	if code, _, errout := b.as("nurse", "show", smith.Prison); code != edge.Done {
		t.Fatal(errout)
	}
	var list auditlist.List
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

func TestAuditSaysWhoWroteWhatKind(t *testing.T) {
	b := newLoneBench(t)
	smith := b.someone("SMITH")
	var list auditlist.List
	b.json(&list, "manager", "audit", "--person", smith.Prison, "--writes")
	var officer, closed bool
	for _, e := range list.Entries {
		officer = officer || e.Kind == "person.named" && e.Staff != "" && e.Stamp != nil
		closed = closed || e.Kind == "" && e.Staff == "" && e.Parts[0] == "health"
		if e.What != "write" || e.Number != smith.Prison {
			t.Errorf("%+v", e)
		}
	}
	if !officer || !closed {
		t.Errorf("a manager sees who named them: %v, and that a part is closed: %v", officer, closed)
	}
	code, out, errout := b.as("manager", "audit", "--writes", "--reads", "--csv", "--limit", "500")
	if code != edge.Done || errout != "" || !strings.HasPrefix(out, "at,site,device,") || !strings.Contains(out, ",write,") || !strings.Contains(out, ",signed-in,") {
		t.Errorf("exit %d, %s\n%s", code, errout, out)
	}
	for _, hidden := range []string{"Sertraline", "Penicillin", "SMITH"} {
		if strings.Contains(out, hidden) {
			t.Errorf("%q is in the audit", hidden)
		}
	}
}

func TestAlarmsSayWhatToAskAbout(t *testing.T) {
	b := newLoneBench(t)
	wrong := b.file("wrong.txt", "wrong")
	for range 4 { // the fifth has to wait
		if code, _, _ := b.run("releases", "--staff", "nurse", "--passphrase-file", wrong); code == edge.Done {
			t.Fatal("a wrong passphrase was taken")
		}
	}
	var list alarmList
	b.json(&list, "manager", "audit", "alarms")
	for _, a := range list.Alarms {
		if a.Kind == model.AlarmPassphrase {
			t.Errorf("four slips are an alarm: %+v", a)
		}
	}
	const kin = "G4411KD"
	listed := `{"prisonerNumber":"G4411KD","firstName":"SIAN","lastName":"KHAN","dateOfBirth":"1980-08-14"}`
	if code, _, errout := b.as("officer", "import", "custody", b.file("kin.json", listed)); code != edge.Done {
		t.Fatal(errout)
	}
	if code, _, errout := b.as("officer", "show", kin); code != edge.Done {
		t.Fatal(errout)
	}
	b.json(&list, "manager", "audit", "alarms", "--since", "today")
	if len(list.Alarms) == 0 || list.Alarms[0].Kind != model.AlarmKin || list.Alarms[0].Staff != "officer" || list.Alarms[0].Number != kin {
		t.Errorf("%+v", list.Alarms)
	}
	_, out, _ := b.as("manager", "audit", "alarms")
	if !strings.Contains(out, "Own family name") {
		t.Error(out)
	}
}

// TestAnAlarmMakesNoLineOfItsOwn: what was found, and whose name is in an entry,
// another workstation says.
func TestAnAlarmMakesNoLineOfItsOwn(t *testing.T) {
	const forged = "x\n01-Dec-2026 09:00\tLog broken\tmanager\t-\tForged"
	found := model.Alarms([]model.Access{
		{At: 1, What: model.AccessFound, Reason: forged},
		{At: 1, What: model.AccessSignInFailed, Reason: model.RefusedKeys, Staff: forged},
	}, model.AlarmFacts{})
	var out strings.Builder
	alarmsOf(found, 0, func(id model.StaffID) string { return string(id) }, func(model.PersonID) string { return "" }).lines(&out)
	if lines := strings.Count(out.String(), "\n"); len(found) != 2 || lines != 2 || strings.Count(out.String(), "\t") != 2*4 {
		t.Errorf("%d alarms in %d lines:\n%s", len(found), lines, out.String())
	}
}

func TestAuditSaysWhyNot(t *testing.T) {
	b := newLoneBench(t)
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
		{edge.Usage, "manager", "csv json", []string{"audit", "--csv", "--json"}},
		{edge.Usage, "manager", "--until is before --since", []string{"audit", "--since", "today", "--until", "yesterday"}},
		{edge.Refused, "nurse", "The audit is not open to your role.", []string{"audit", "alarms"}},
		{edge.Usage, "manager", "unknown command", []string{"audit", "nonsense"}},
	} {
		code, out, errout := b.as(c.staff, c.args...)
		b.refused(c.code, c.want, code, out, errout)
	}
}
