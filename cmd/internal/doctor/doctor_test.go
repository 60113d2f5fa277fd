package doctor_test

import (
	"bytes"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"go.etcd.io/bbolt"

	"github.com/throughgate/throughgate/cmd/internal/demo"
	"github.com/throughgate/throughgate/cmd/internal/doctor"
	"github.com/throughgate/throughgate/cmd/internal/settings"
	"github.com/throughgate/throughgate/model"
	"github.com/throughgate/throughgate/store"
)

// clinic is an invented workstation with its hub.
type clinic struct {
	*demo.Demo
	doctor.Patient
}

func newClinic(t *testing.T) *clinic {
	t.Helper()
	d, err := demo.Build(t.Context(), demo.Plan{Folder: t.TempDir(), Seed: 1, People: 4, Now: time.Now})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := d.Close(); err != nil {
			t.Error(err)
		}
	})
	return &clinic{d, patientIn(t, d.Desk)}
}

func patientIn(t *testing.T, folder string) doctor.Patient {
	t.Helper()
	return doctor.Patient{
		Folder: folder, Files: settings.Files{User: filepath.Join(folder, settings.Name), Site: filepath.Join(t.TempDir(), "site.toml")},
		Version: "1.0", Now: time.Now, LowRoom: 2, NoRoom: 1,
	}
}

// holds looks at a patient and holds one line.
func holds(t *testing.T, p doctor.Patient, check string, state doctor.State, says string) {
	t.Helper()
	lines := doctor.Look(t.Context(), p)
	for _, l := range lines {
		if l.Check != check {
			continue
		}
		if l.State != state || !strings.Contains(l.Says, says) || state != doctor.OK && l.Do == "" {
			t.Errorf("%+v, want %s, %q", l, state, says)
		}
		return
	}
	t.Errorf("there is no line %q in %+v", check, lines)
}

func write(t *testing.T, path, text string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

func TestAWellWorkstationIsWell(t *testing.T) {
	c := newClinic(t)
	lines := doctor.Look(t.Context(), c.Patient)
	if doctor.Worst(lines) != doctor.OK || len(lines) < 15 {
		t.Errorf("%+v", lines)
	}
	for _, l := range lines {
		if l.Says == "Not tried." || l.Do != "" {
			t.Errorf("%+v", l)
		}
	}
	holds(t, c.Patient, "hub's answer", doctor.OK, "The hub is well.")
	holds(t, c.Patient, "clock", doctor.OK, "now")
	if entries, err := os.ReadDir(c.Demo.Desk); err != nil || len(entries) != 1 {
		t.Errorf("it left something: %v, %v", entries, err)
	}
}

// TestNoLineIsAboutAnybody has the names, numbers and staff of the
// demonstration at hand, and finds none of them.
func TestNoLineIsAboutAnybody(t *testing.T) {
	c := newClinic(t)
	desk, err := store.Open(c.Demo.Desk, store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer desk.Close()
	session, err := desk.SignIn(t.Context(), "officer", demo.Passphrase)
	if err != nil {
		t.Fatal(err)
	}
	c.Patient.Desk = desk
	var all strings.Builder
	for _, l := range doctor.Look(t.Context(), c.Patient) {
		all.WriteString(l.Says + " " + l.Do + "\n")
	}
	marks := []string{"officer", "KHAN"}
	for _, row := range session.Rows() {
		family, _, _ := strings.Cut(row.Name, ",")
		marks = append(marks, family, row.Prison, row.NHS)
	}
	for _, mark := range marks {
		if mark != "" && strings.Contains(strings.ToLower(all.String()), strings.ToLower(mark)) {
			t.Errorf("%q is in\n%s", mark, all.String())
		}
	}
}

func TestWrongSettingsAreSaid(t *testing.T) {
	c := newClinic(t)
	write(t, c.Files.User, "theme = \"dark\"\nplian = true\n")
	holds(t, c.Patient, "settings", doctor.Fail, "throughgate.toml, line 2: There is no setting plian.")
	write(t, c.Files.User, "")
	write(t, c.Files.Site, "idle_minutes = 5\n")
	if runtime.GOOS != "windows" {
		if err := os.Chmod(c.Files.Site, 0o666); err != nil {
			t.Fatal(err)
		}
		holds(t, c.Patient, "settings", doctor.Warn, "may be changed by people who are not administrators")
	}
	if err := os.Remove(c.Files.User); err != nil {
		t.Fatal(err)
	}
	if err := os.Mkdir(c.Files.User, 0o700); err != nil {
		t.Fatal(err)
	}
	holds(t, c.Patient, "settings", doctor.Fail, "throughgate.toml is not a file.")
}

func TestAFolderThatWillNotDoIsSaid(t *testing.T) {
	c := newClinic(t)
	p := c.Patient
	p.Folder = filepath.Join(t.TempDir(), "none")
	holds(t, p, "folder", doctor.Fail, "is not there")
	holds(t, p, "store", doctor.Fail, "not enrolled")
	p.Folder = filepath.Join(c.Demo.Desk, store.File)
	holds(t, p, "folder", doctor.Fail, "is a file")
	holds(t, p, "settings", doctor.OK, "")
	holds(t, p, "store", doctor.OK, "Not tried.")
	if runtime.GOOS == "linux" {
		p.Folder = "/proc" // which nobody can write to
		holds(t, p, "folder", doctor.Fail, "cannot be written to")
	}
	if runtime.GOOS != "windows" {
		if err := os.Chmod(c.Demo.Desk, 0o755); err != nil {
			t.Fatal(err)
		}
		holds(t, c.Patient, "folder", doctor.Warn, "Other users of this computer may look into")
	}
	if os.Geteuid() == 0 {
		if err := os.Chown(c.Demo.Desk, 12345, 12345); err != nil {
			t.Fatal(err)
		}
		holds(t, c.Patient, "folder", doctor.Warn, "belongs to another user")
	}
}

func TestAFullDiskIsSaid(t *testing.T) {
	p := patientIn(t, t.TempDir())
	p.LowRoom = 1 << 62
	holds(t, p, "disk", doctor.Warn, "Only ")
	p.NoRoom = 1 << 62
	holds(t, p, "disk", doctor.Fail, "Nothing more may be kept.")
}

func TestAStoreInUseIsSaid(t *testing.T) {
	c := newClinic(t)
	held, err := store.Open(c.Demo.Desk, store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer held.Close()
	holds(t, c.Patient, "store", doctor.Warn, "It is held by process ")
	c.Patient.Desk = held // as within a serving process
	holds(t, c.Patient, "store", doctor.OK, "open here")
	holds(t, c.Patient, "damage", doctor.OK, "")
	if held.Status().Damaged != "" {
		t.Error("the store was closed or damaged")
	}
	if _, err := held.Outgoing(1); err != nil {
		t.Errorf("the store does not work on: %v", err)
	}
}

func TestADamagedStoreIsSaid(t *testing.T) {
	c := newClinic(t)
	path := filepath.Join(c.Demo.Desk, store.File)
	whole, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	write(t, path, string(whole[:20000]))
	holds(t, c.Patient, "store", doctor.Fail, "The store's file is damaged.")
	write(t, path, "this is not a store at all, but some other program's file\n"+strings.Repeat("x", 20000))
	holds(t, c.Patient, "store", doctor.Fail, "damaged")
	write(t, path, string(whole))
	spoil(t, path, "ops", func(b *bbolt.Bucket) error {
		key, value := b.Cursor().First()
		return b.Put(append([]byte{^key[0]}, key[1:]...), value)
	})
	holds(t, c.Patient, "damage", doctor.Fail, "damaged")
	write(t, path, string(whole))
	spoil(t, path, "ops", func(b *bbolt.Bucket) error {
		key, value := b.Cursor().First()
		value = bytes.Clone(value)
		value[len(value)-1] ^= 1 // of what is sealed
		return b.Put(bytes.Clone(key), value)
	})
	holds(t, c.Patient, "damage", doctor.Fail, "is not as it came from the hub")
	write(t, path, "")
	holds(t, c.Patient, "store", doctor.Fail, "The store's file is empty")
	write(t, path, string(whole))
	spoil(t, path, "meta", func(b *bbolt.Bucket) error { return b.Put([]byte("schema"), []byte{0, 0, 1, 0}) })
	holds(t, c.Patient, "store", doctor.Fail, "newer version of Throughgate")
}

// spoil writes into a store's file behind the program's back.
func spoil(t *testing.T, path, bucket string, fn func(*bbolt.Bucket) error) {
	t.Helper()
	db, err := bbolt.Open(path, 0o600, nil)
	if err == nil {
		err = db.Update(func(tx *bbolt.Tx) error { return fn(tx.Bucket([]byte(bucket))) })
	}
	if err == nil {
		err = db.Close()
	}
	if err != nil {
		t.Fatal(err)
	}
}

func TestAFileThatIsHalfFreeIsSaid(t *testing.T) {
	c := newClinic(t)
	path := filepath.Join(c.Demo.Desk, store.File)
	spoil(t, path, "reference", func(b *bbolt.Bucket) error { return b.Put([]byte("big"), make([]byte, 24<<20)) })
	spoil(t, path, "reference", func(b *bbolt.Bucket) error { return b.Delete([]byte("big")) })
	holds(t, c.Patient, "space", doctor.Warn, "are free")
	if _, _, err := store.Compact(t.Context(), c.Demo.Desk, store.Options{}); err != nil {
		t.Fatal(err)
	}
	holds(t, c.Patient, "space", doctor.OK, "are free")
}

func TestWhatWaitsIsSaid(t *testing.T) {
	c := newClinic(t)
	desk, err := store.Open(c.Demo.Desk, store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer desk.Close()
	session, err := desk.SignIn(t.Context(), "officer", demo.Passphrase)
	if err != nil {
		t.Fatal(err)
	}
	for range 2 {
		if err := session.Do(t.Context(), model.Write{Person: model.PersonID{1}, Changes: []model.Change{&model.CustodyNoted{Text: "x"}}}); err != nil {
			t.Fatal(err)
		}
	}
	c.Patient.Desk = desk
	holds(t, c.Patient, "unsent", doctor.Warn, "2 entries wait")

	waiting, err := desk.Outgoing(10)
	if err != nil {
		t.Fatal(err)
	}
	if err := desk.Settle([]model.PushResult{{Stamp: waiting[0].Stamp, Status: model.PushRefused, Reason: "not so"}}); err != nil {
		t.Fatal(err)
	}
	holds(t, c.Patient, "refused", doctor.Warn, "The hub refused 1 entries.")

	forged := waiting[1]
	forged.Stamp.Wall++
	forged.Sealed = append([]byte{1}, forged.Sealed...)
	cursor, epoch, err := desk.Cursor()
	if err != nil {
		t.Fatal(err)
	}
	if err := desk.Merge([]model.Envelope{forged}, cursor+1, epoch); err != nil {
		t.Fatal(err)
	}
	holds(t, c.Patient, "quarantine", doctor.Warn, "1 entries")
}

func TestAHubThatContradictsItselfIsSaid(t *testing.T) {
	c := newClinic(t)
	desk, err := store.Open(c.Demo.Desk, store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer desk.Close()
	if err := desk.PutHead([]byte("not signed by anybody")); err != nil {
		t.Fatal(err)
	}
	c.Patient.Desk = desk
	holds(t, c.Patient, "hub's log", doctor.Fail, "")
}

func TestALongTimeApartIsSaid(t *testing.T) {
	c := newClinic(t)
	later := func(d time.Duration) doctor.Patient {
		p := c.Patient
		p.Now = func() time.Time { return time.Now().Add(d) }
		return p
	}
	holds(t, later(time.Hour), "last sync", doctor.OK, "60 minutes ago")
	holds(t, later(25*time.Hour), "last sync", doctor.Warn, "25 hours ago")
	holds(t, later(8*24*time.Hour), "last sync", doctor.Fail, "8 days ago")

	desk, err := store.Open(c.Demo.Desk, store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer desk.Close()
	c.Patient.Desk = desk
	if err := desk.SetSync(model.SyncState{Stopped: "This workstation's data exist twice."}); err != nil {
		t.Fatal(err)
	}
	holds(t, c.Patient, "standing", doctor.Fail, "exist twice")
	holds(t, c.Patient, "last sync", doctor.Warn, "never")
}

func TestAWrongClockIsSaid(t *testing.T) {
	c := newClinic(t)
	for _, test := range []struct {
		off   time.Duration
		state doctor.State
		says  string
	}{{2 * time.Minute, doctor.Warn, "2m"}, {-2 * time.Minute, doctor.Warn, "2m"}, {time.Hour, doctor.Fail, "Nothing can be written."}} {
		p := c.Patient
		p.Now = func() time.Time { return time.Now().Add(test.off) }
		holds(t, p, "clock", test.state, test.says)
	}
}
