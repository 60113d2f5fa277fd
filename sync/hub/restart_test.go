package hub_test

import (
	"bytes"
	"encoding/json"
	"log/slog"
	"os"
	"path/filepath"
	"testing"

	"github.com/throughgate/throughgate/model"
	"github.com/throughgate/throughgate/store/boltlog"
	"github.com/throughgate/throughgate/store/seal"
	"github.com/throughgate/throughgate/sync/hub"
)

func TestAHubIsItselfAgainAfterARestart(t *testing.T) {
	s := newService(t)
	a, d := s.staff("first", "LEI", model.RoleReception), s.desk("LEI")
	gone := s.desk("LEI")
	if err := s.WithdrawDevice(gone.Device); err != nil {
		t.Fatal(err)
	}
	if _, err := s.SetReference(rows("practices", `{"code":"A81001"}`)); err != nil {
		t.Fatal(err)
	}
	code := s.code("LEI")
	batch := []model.Envelope{d.write(a, ann, cell("1")), d.write(a, ann, heldAt("MDI"))}
	d.send(model.PushTaken, batch...)
	before, status := d.pull(0), asJSON(t, s.Hub)
	s.stop()
	s.open()
	d.client()
	gone.client()
	if again := asJSON(t, s.Hub); again != status {
		t.Errorf("the hub was\n%s\nand is\n%s", status, again)
	}
	d.send(model.PushKnown, batch...)
	d.send(model.PushTaken, d.write(a, ann, cell("2")))
	feed, err := d.Pull(t.Context(), before.Next, before.Epoch, 0)
	if err != nil || len(feed.Envelopes) != 1 || feed.SiteRevision != before.SiteRevision {
		t.Errorf("%+v, %v", feed, err)
	}
	if _, err := gone.Pull(t.Context(), 0, "", 0); model.KindOf(err) != model.KindForbidden {
		t.Errorf("a withdrawn device: %v", err)
	}
	next, _ := s.enrol(code, request(t, newKey(t)))
	if next != 200 {
		t.Errorf("a code from before: %d", next)
	}
	if devices, err := s.Devices("LEI"); err != nil || devices[len(devices)-1].Node <= gone.Node {
		t.Errorf("a device's number was given twice: %v, %v", devices, err)
	}
}

func asJSON(tb testing.TB, h *hub.Hub) string {
	tb.Helper()
	status, err := h.Status()
	if err != nil {
		tb.Fatal(err)
	}
	text, err := json.Marshal(status)
	if err != nil {
		tb.Fatal(err)
	}
	return string(text)
}

func TestAnotherKeyOpensNothing(t *testing.T) {
	s := newService(t)
	s.stop()
	log, err := boltlog.Open(filepath.Join(s.folder, "hub.db"), boltlog.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer log.Close()
	if _, err := hub.New(log, seal.Key{1}, hub.Options{}); model.KindOf(err) != model.KindForbidden {
		t.Errorf("another key: %v", err)
	}
}

// TestARowMovedToAnotherPlaceDoesNotOpen holds that whoever can write into the
// file cannot give one member of staff another's row.
func TestARowMovedToAnotherPlaceDoesNotOpen(t *testing.T) {
	s := newService(t)
	s.staff("first", "LEI", model.RoleReception)
	s.staff("second", "LEI", model.RoleReception)
	s.stop()
	log, err := boltlog.Open(filepath.Join(s.folder, "hub.db"), boltlog.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer log.Close()
	staff, err := log.Load("staff")
	if err != nil {
		t.Fatal(err)
	}
	if err := log.Save(model.Register{Table: "staff", Key: "first", Value: staff["second"]}); err != nil {
		t.Fatal(err)
	}
	if _, err := hub.New(log, s.key, hub.Options{}); err == nil {
		t.Error("a row was moved")
	}
}

// TestTheFileAndTheLogLinesTellNothing looks for everything that must not be
// found, in the file on disk and in what was logged at the most talkative level.
func TestTheFileAndTheLogLinesTellNothing(t *testing.T) {
	var lines bytes.Buffer
	s := begun(t, at(morning))
	s.stop()
	s.logTo = slog.New(slog.NewJSONHandler(&lines, &slog.HandlerOptions{Level: slog.LevelDebug}))
	s.open()
	for _, code := range []model.SiteCode{"LEI", "MDI"} {
		if _, err := s.AddSite(code, "Prison of Secrecy"); err != nil {
			t.Fatal(err)
		}
	}
	made, err := s.AddCode("LEI")
	if err != nil {
		t.Fatal(err)
	}
	first, err := s.AddStaff(hub.NewStaff{ID: "secret.person", Site: "LEI", Role: model.RoleNurse, Name: "Name of Secrecy"})
	if err != nil {
		t.Fatal(err)
	}
	a, d := s.staff("first", "LEI", model.RoleNurse), s.desk("LEI")
	reception := s.staff("second", "LEI", model.RoleReception)
	note := &model.HealthNoted{Text: "Words of secrecy, words of secrecy."}
	d.send(model.PushTaken, d.write(a, ann, note), d.write(reception, ann, heldAt("MDI")))
	d.send(model.PushRefused, d.write(reception, ann, &model.InstructionGiven{Text: "Words of secrecy."}))
	s.stop()
	file, err := os.ReadFile(filepath.Join(s.folder, "hub.db"))
	if err != nil {
		t.Fatal(err)
	}
	secrets := map[string][]byte{
		"a site's name": []byte("Prison of"), "a name": []byte("Name of"), "somebody's words": []byte("of secrecy"),
		"a passphrase": []byte(first.Passphrase), "a code": []byte(made.Code), "the person key": a.ring.PersonKey,
		"a signing seed": a.ring.SigningSeed,
	}
	for _, k := range a.keys {
		secrets["the key of "+k.Compartment.String()] = k.Key
	}
	for name, secret := range secrets {
		if bytes.Contains(file, secret) {
			t.Errorf("the file holds %s", name)
		}
		if bytes.Contains(lines.Bytes(), secret) {
			t.Errorf("a log line holds %s", name)
		}
	}
	for name, text := range map[string]string{"a staff id": "secret.person", "a person's id": ann.String(), "a device's id": d.Device.String()} {
		if bytes.Contains(lines.Bytes(), []byte(text)) {
			t.Errorf("a log line holds %s", name)
		}
	}
	if !bytes.Contains(lines.Bytes(), []byte(`"refused":1`)) {
		t.Error("a refusal left no line")
	}
}
