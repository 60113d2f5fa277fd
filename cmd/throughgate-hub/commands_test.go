package main

import (
	"bytes"
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/throughgate/throughgate/cmd/internal/edge"
	"github.com/throughgate/throughgate/cmd/internal/hubdata"
	"github.com/throughgate/throughgate/model"
	"github.com/throughgate/throughgate/sync"
	"github.com/throughgate/throughgate/sync/hub"
)

// run runs the program as its caller does.
func run(folder string, args ...string) (out, errout string, code int) {
	var stdout, stderr bytes.Buffer
	code = edge.Run(root(), append(args, "--data", folder), strings.NewReader(""), &stdout, &stderr)
	return stdout.String(), stderr.String(), code
}

// done runs a command that must succeed and reads its JSON.
func done[Out any](t *testing.T, folder string, args ...string) (out Out) {
	t.Helper()
	text, errout, code := run(folder, append(args, "--json")...)
	if code != edge.Done || errout != "" {
		t.Fatalf("%v: code %d: %s", args, code, errout)
	}
	if err := json.Unmarshal([]byte(text), &out); err != nil {
		t.Fatalf("%v: %v in %s", args, err, text)
	}
	return out
}

func file(t *testing.T, name, content string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

const prisons = "prison_id,name,active,male,female\nLEI,Leeds (HMP),t,t,f\nBAD ROW,x\nMDI,Moorland (HMP & YOI),t,t,f\n"

const medicines = "code,name,type,catcd\n138875005,Sertraline 50mg tablets,VMP,0000\n138875006,Slip 5mg tablets,VMP,\n373942005,Methadone 1mg/ml oral solution,VMP,0002\n"

func TestAServiceIsSetUpByCommands(t *testing.T) {
	folder := filepath.Join(t.TempDir(), "hub")
	site := done[hub.SiteInfo](t, folder, "site", "add", "lei", "--name", "HMP Leeds")
	if site.Code != "LEI" {
		t.Errorf("%+v", site)
	}
	first := done[hub.FirstPassphrase](t, folder, "staff", "add", "a.khan", "--site", "LEI", "--role", "nurse", "--name", "Khan, A")
	if len(first.Passphrase) != 24 || first.ID != "a.khan" {
		t.Errorf("%+v", first)
	}
	code := done[hub.NewCode](t, folder, "device", "code", "--site", "LEI")
	if _, err := sync.ParseCode(code.Code); err != nil {
		t.Error(err)
	}
	table := done[imported](t, folder, "import", "prisons", file(t, "prisons.csv", prisons))
	if table.Rows != 2 || !table.Changed || len(table.Bad) != 1 || table.Bad[0].Row != 3 {
		t.Errorf("%+v", table)
	}
	again := done[imported](t, folder, "import", "prisons", file(t, "prisons.csv", prisons))
	if again.Changed || again.Revision != 1 {
		t.Errorf("%+v", again)
	}
	staff := done[[]hub.StaffInfo](t, folder, "staff", "list", "--site", "LEI")
	if len(staff) != 1 || staff[0].Name != "Khan, A" || staff[0].SignedIn {
		t.Errorf("%+v", staff)
	}
	drugs := done[imported](t, folder, "import", "medicines", file(t, "dmd.csv", medicines))
	if drugs.Rows != 2 || !drugs.Changed || len(drugs.Bad) != 1 || drugs.Bad[0].Row != 3 {
		t.Errorf("%+v", drugs)
	}
	status := done[hub.Status](t, folder, "status")
	if len(status.Sites) != 1 || status.Sites[0].Staff != 1 || len(status.References) != 2 {
		t.Errorf("%+v", status)
	}
	if sites := done[[]hub.SiteInfo](t, folder, "site", "list"); len(sites) != 1 {
		t.Errorf("%+v", sites)
	}
	if devices := done[[]hub.DeviceInfo](t, folder, "device", "list"); len(devices) != 0 {
		t.Errorf("%+v", devices)
	}
}

// sshKey is a key that lives on a security key.
const sshKey = "sk-ssh-ed25519@openssh.com AAAAGnNrLXNzaC1lZDI1NTE5QG9wZW5zc2guY29tAAAAICFo/k5LU8863u66YC9eUO2170QduohPURkQnbLa/dczAAAABHNzaDo="

func TestPeopleReadWhatHappened(t *testing.T) {
	folder := filepath.Join(t.TempDir(), "hub")
	for _, step := range []struct {
		args []string
		says []string
	}{
		{[]string{"site", "add", "LEI", "--name", "HMP Leeds"}, []string{"Added LEI, HMP Leeds."}},
		{[]string{"staff", "add", "a.khan", "--site", "LEI", "--role", "nurse", "--name", "Khan, A"}, []string{"Added a.khan.", "shown this once"}},
		{[]string{"staff", "list"}, []string{"ID", "Khan, A", "has not signed in yet"}},
		{[]string{"staff", "role", "a.khan", "wing"}, []string{"a.khan works in the role wing from now on."}},
		{[]string{"staff", "reset", "a.khan"}, []string{"The old passphrase of a.khan is void.", "shown this once"}},
		{[]string{"staff", "ssh-key", "add", "a.khan", file(t, "id.pub", sshKey)}, []string{"Registered sk-ssh-ed25519@openssh.com SHA256:"}},
		{[]string{"staff", "ssh-key", "list", "a.khan"}, []string{"FINGERPRINT", "SHA256:"}},
		{[]string{"staff", "list"}, []string{"SSH KEYS", "passphrase reset"}},
		{[]string{"staff", "ssh-key", "remove", "a.khan", sshKey}, []string{"Removed SHA256:"}},
		{[]string{"staff", "ssh-key", "list", "a.khan"}, []string{"They have no SSH key."}},
		{[]string{"site", "add", "MDI", "--name", "HMP Moorland"}, []string{"Added MDI"}},
		{[]string{"staff", "move", "a.khan", "MDI", "--role", "nurse"}, []string{"a.khan works there from now on.", "shown this once"}},
		{[]string{"site", "rotate", "MDI", "--compartment", "health"}, []string{"1 member of staff was given them.", "version 2", "Back the hub up now"}},
		{[]string{"site", "rotate", "LEI"}, []string{"0 members of staff were", "custody"}},
		{[]string{"staff", "disable", "a.khan"}, []string{"Disabled.", "make new keys: see site rotate"}},
		{[]string{"staff", "list"}, []string{"disabled"}},
		{[]string{"staff", "enable", "a.khan"}, []string{"a.khan may sign in again, in the role nurse."}},
		{[]string{"device", "code", "--site", "LEI"}, []string{"throughgate enrol --hub URL --code "}},
		{[]string{"device", "list"}, []string{"DEVICE"}},
		{[]string{"import", "prisons", file(t, "p.csv", prisons)}, []string{"Imported 2 rows of prisons, revision 1.", "left out"}},
		{[]string{"import", "medicines", file(t, "m.csv", "code,name\n138875005,Sertraline 50mg tablets\n"+strings.Repeat("1,x\n", 25))}, []string{"Row 12: ", "And 15 more rows. With --json", "Imported 1 rows of medicines, revision 1. 25 rows were left out."}},
		{[]string{"site", "list"}, []string{"CODE", "HMP Leeds"}},
		{[]string{"status"}, []string{"Authority", "LEI", "prisons"}},
		{[]string{"backup", filepath.Join(filepath.Dir(folder), "copy.db")}, []string{"Copied", "copy.db"}},
		{[]string{"audit", "--what", "record"}, []string{"Nothing that fits"}},
		{[]string{"audit"}, []string{"LEI", "Throughgate service", "Read 0 entries of the audit"}},
		{[]string{"audit", "--what", "staff", "--by", "a.khan"}, []string{"a.khan: added to the staff, Nurse", "LEI  -  Throughgate service  -  a.khan: moved to another prison", "MDI  -  Throughgate service  -  a.khan: access taken away"}},
		{[]string{"audit", "--csv", "--site", "LEI"}, []string{"at,site,device,", "audit,Read 8 entries of the audit", `staff,"a.khan: given another role, Wing"`}},
		{[]string{"restored"}, []string{"anew"}},
	} {
		out, errout, code := run(folder, step.args...)
		if code != edge.Done || errout != "" {
			t.Fatalf("%v: code %d: %s", step.args, code, errout)
		}
		for _, want := range step.says {
			if !strings.Contains(out, want) {
				t.Errorf("%v does not say %q:\n%s", step.args, want, out)
			}
		}
	}
}

func TestWhatCannotBeDoneIsOneSentenceAndACode(t *testing.T) {
	folder, empty := filepath.Join(t.TempDir(), "hub"), t.TempDir()
	if _, errout, code := run(folder, "site", "add", "LEI", "--name", "HMP Leeds"); code != edge.Done {
		t.Fatal(errout)
	}
	for _, tt := range []struct {
		folder string
		args   []string
		code   int
	}{
		{empty, []string{"site", "list"}, edge.Refused},
		{folder, []string{"site", "add", "LEI", "--name", "Again"}, edge.Refused},
		{folder, []string{"site", "add", "LEEDS", "--name", "Again"}, edge.Refused},
		{folder, []string{"site", "add", "MDI"}, edge.Usage},
		{folder, []string{"staff", "add", "a.khan", "--site", "MDI", "--role", "nurse", "--name", "Khan, A"}, edge.Refused},
		{folder, []string{"staff", "add", "a.khan", "--site", "LEI", "--role", "boss", "--name", "Khan, A"}, edge.Refused},
		{folder, []string{"staff", "disable", "nobody"}, edge.Refused},
		{folder, []string{"staff", "enable", "nobody"}, edge.Refused},
		{folder, []string{"staff", "reset", "nobody"}, edge.Refused},
		{folder, []string{"staff", "role", "nobody", "wing"}, edge.Refused},
		{folder, []string{"staff", "role", "nobody"}, edge.Usage},
		{folder, []string{"staff", "move", "nobody", "MDI"}, edge.Refused},
		{folder, []string{"staff", "ssh-key", "add", "nobody", file(t, "id.pub", sshKey)}, edge.Refused},
		{folder, []string{"staff", "ssh-key", "add", "nobody", filepath.Join(empty, "none.pub")}, edge.Refused},
		{folder, []string{"staff", "ssh-key", "add", "nobody", empty}, edge.Refused},
		{folder, []string{"staff", "ssh-key", "add", "nobody", "-"}, edge.Refused},
		{folder, []string{"staff", "ssh-key", "remove", "nobody", "SHA256:x"}, edge.Refused},
		{folder, []string{"staff", "ssh-key", "list", "nobody"}, edge.Refused},
		{folder, []string{"site", "rotate", "MDI"}, edge.Refused},
		{folder, []string{"site", "rotate", "LEI", "--compartment", "kitchen"}, edge.Refused},
		{folder, []string{"staff", "list", "--site", "MDI"}, edge.Refused},
		{folder, []string{"device", "code", "--site", "MDI"}, edge.Refused},
		{folder, []string{"device", "withdraw", "x"}, edge.Refused},
		{folder, []string{"device", "withdraw", strings.Repeat("0", 32)}, edge.Refused},
		{folder, []string{"import", "prisons", filepath.Join(empty, "none.csv")}, edge.Refused},
		{folder, []string{"import", "prisons", empty}, edge.Refused},
		{folder, []string{"import", "practices", file(t, "html.csv", "<html>")}, edge.Refused},
		{folder, []string{"import", "outcodes", file(t, "empty.csv", "")}, edge.Refused},
		{folder, []string{"backup", filepath.Join(folder, "hub.db")}, edge.Refused},
		{folder, []string{"backup", filepath.Join(empty, "no", "copy.db")}, edge.Refused},
		{folder, []string{"serve", "--listen", "nonsense"}, edge.Usage},
		{empty, []string{"serve", "--listen", "127.0.0.1:0"}, edge.Refused},
		{folder, []string{"serve", "--listen", "192.0.2.1:1"}, edge.Refused},
		{folder, []string{"serve", "--listen", "127.0.0.1:0", "--ready-file", filepath.Join(empty, "no", "ready")}, edge.Refused},
	} {
		out, errout, code := run(tt.folder, tt.args...)
		if code != tt.code || out != "" && tt.args[0] != "serve" {
			t.Errorf("%v: code %d, out %q", tt.args, code, out)
		}
		if strings.Count(errout, "\n") != 1 || !strings.HasPrefix(errout, "throughgate-hub: ") {
			t.Errorf("%v says %q", tt.args, errout)
		}
	}
}

// serving runs serve until the test ends and returns its address.
func servingHub(t *testing.T, folder string) string {
	t.Helper()
	ready := filepath.Join(t.TempDir(), "ready")
	ctx, cancel := context.WithCancel(context.Background())
	out := &told{line: make(chan struct{})}
	cmd := root()
	cmd.SetArgs([]string{"serve", "--listen", "127.0.0.1:0", "--data", folder, "--ready-file", ready})
	cmd.SetOut(out)
	cmd.SetErr(&bytes.Buffer{})
	ended := make(chan error, 1)
	go func() { ended <- cmd.ExecuteContext(ctx) }()
	select {
	case <-out.line:
	case err := <-ended:
		t.Fatal(err)
	}
	t.Cleanup(func() {
		cancel()
		if err := <-ended; err != nil {
			t.Error(err)
		}
	})
	text, err := os.ReadFile(ready)
	if err != nil {
		t.Fatal(err)
	}
	return strings.TrimSpace(string(text))
}

// told is closed when serve has printed its address.
type told struct {
	line chan struct{}
	said bool
}

func (o *told) Write(b []byte) (int, error) {
	if !o.said {
		o.said = true
		close(o.line)
	}
	return len(b), nil
}

// expectBackup copies a hub that serves and opens the copy.
func expectBackup(t *testing.T, folder string) {
	t.Helper()
	other := t.TempDir()
	copied := done[hubdata.Backup](t, folder, "backup", filepath.Join(other, "hub.db"))
	key, err := os.ReadFile(filepath.Join(folder, "hub.key"))
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(other, "hub.key"), key, 0o600); err != nil {
		t.Fatal(err)
	}
	before, after := done[hub.Status](t, folder, "status"), done[hub.Status](t, other, "status")
	if copied.Bytes == 0 || after.Fingerprint != before.Fingerprint || after.Epoch != before.Epoch {
		t.Errorf("%d bytes: %+v", copied.Bytes, after)
	}
	if _, errout, code := run(other, "restored"); code != edge.Done {
		t.Error(errout)
	}
	if again := done[hub.Status](t, other, "status"); again.Epoch == before.Epoch {
		t.Error("a restored hub has the epoch of before")
	}
}

func TestCommandsWorkBesideServe(t *testing.T) {
	folder := filepath.Join(t.TempDir(), "hub")
	done[hub.SiteInfo](t, folder, "site", "add", "LEI", "--name", "HMP Leeds") // begins the hub
	url := servingHub(t, folder)
	code := done[hub.NewCode](t, folder, "device", "code", "--site", "LEI")
	id, err := sync.Enrol(t.Context(), url, code.Code, sync.Options{})
	if err != nil {
		t.Fatal(err)
	}
	client, err := sync.NewClient(id, sync.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer client.Close()
	if devices := done[[]hub.DeviceInfo](t, folder, "device", "list"); len(devices) != 1 || devices[0].ID != id.Device {
		t.Errorf("%+v", devices)
	}
	done[imported](t, folder, "import", "prisons", file(t, "prisons.csv", prisons))
	expectBackup(t, folder)
	rows, revision, err := client.Reference(t.Context(), "prisons")
	if err != nil || revision != 1 || bytes.Count(rows, []byte("\n")) != 2 {
		t.Errorf("revision %d: %s, %v", revision, rows, err)
	}
	if _, errout, code := run(folder, "device", "withdraw", id.Device.String()); code != edge.Done {
		t.Fatal(errout)
	}
	if _, err := client.Site(t.Context()); model.KindOf(err) != model.KindForbidden {
		t.Errorf("a withdrawn device: %v", err)
	}
	if _, errout, code := run(folder, "serve", "--listen", "127.0.0.1:0"); code != edge.Refused || !strings.Contains(errout, "Another program") {
		t.Errorf("a second hub: %d, %s", code, errout)
	}
}
