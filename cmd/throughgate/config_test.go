package main

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/throughgate/throughgate/cmd/internal/demo"
	"github.com/throughgate/throughgate/cmd/internal/edge"
	"github.com/throughgate/throughgate/cmd/internal/settings"
	"github.com/throughgate/throughgate/model"
	"github.com/throughgate/throughgate/store"
)

// office is a data folder with settings, and no workstation in it.
type office struct {
	testing.TB
	folder, site string
}

func newOffice(tb testing.TB, user, site string) office {
	tb.Helper()
	o := office{tb, tb.TempDir(), filepath.Join(tb.TempDir(), "site.toml")}
	for path, text := range map[string]string{filepath.Join(o.folder, settings.Name): user, o.site: site} {
		if text == "" {
			continue
		}
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			tb.Fatal(err)
		}
	}
	return o
}

func (o office) run(args ...string) (code int, out, errout string) {
	o.Helper()
	var stdout, stderr bytes.Buffer
	code = edge.Run(rootOver(&data{site: o.site}), append(args, "--data", o.folder), strings.NewReader(""), &stdout, &stderr)
	return code, stdout.String(), stderr.String()
}

func TestConfigCheckListsEverythingAtOnce(t *testing.T) {
	o := newOffice(t, "theme = \"pink\"\n\nidle_minutes = 0\n", "plian = true\n")
	code, out, errout := o.run("config", "check")
	if code != edge.Refused || errout != "throughgate: 3 settings are wrong. Nothing was changed.\n" {
		t.Errorf("exit %d, %q", code, errout)
	}
	for _, want := range []string{"site.toml:1:1: There is no setting plian.", "Did you mean plain?", "throughgate.toml:1:1: theme ", "throughgate.toml:3:1: idle_minutes must be from 1 to 60, not 0.", "    3 | idle_minutes = 0"} {
		if !strings.Contains(out, want) {
			t.Errorf("no %q in:\n%s", want, out)
		}
	}
	code, out, _ = o.run("config", "check", "--json")
	var found checkedConfig
	if err := json.Unmarshal([]byte(out), &found); err != nil || code != edge.Refused || found.Good || len(found.Problems) != 3 || found.Problems[2].Line != 3 {
		t.Errorf("exit %d, %v, %+v", code, err, found)
	}
	if code, _, errout := o.run("config", "check", o.site); code != edge.Refused || errout != "throughgate: One setting is wrong. Nothing was changed.\n" {
		t.Errorf("exit %d, %q", code, errout)
	}
	if code, _, errout := o.run("config", "check", o.site+"x"); code != edge.Refused || !strings.Contains(errout, "There is no such file.") {
		t.Errorf("exit %d, %q", code, errout)
	}
	if code, _, errout := o.run("config", "show"); code != edge.Refused || !strings.Contains(errout, "site.toml, line 1: There is no setting plian. Mend it and 2 more;") {
		t.Errorf("exit %d, %q", code, errout)
	}
}

func TestConfigShowMarksWhatTheSiteHasDecided(t *testing.T) {
	o := newOffice(t, "theme = \"light\"\nidle_minutes = 60\n", "idle_minutes = 5\n")
	code, out, errout := o.run("config", "show")
	if code != edge.Done || errout != "" {
		t.Fatalf("exit %d, %q", code, errout)
	}
	for _, want := range []string{
		"theme                    light  throughgate.toml\n", "idle_minutes             5      locked by the site; 60 in throughgate.toml is not used\n",
		"plain                    false  as it is by itself\n", o.site,
	} {
		if !strings.Contains(out, want) {
			t.Errorf("no %q in:\n%s", want, out)
		}
	}
	_, out, _ = o.run("config", "show", "--json")
	var shown struct {
		Settings []struct {
			Key           string
			Value, Unused any
			Source        string
			Locked        bool
		}
	}
	if err := json.Unmarshal([]byte(out), &shown); err != nil {
		t.Fatal(err)
	}
	if s := shown.Settings[2]; s.Key != "idle_minutes" || s.Value != 5.0 || s.Unused != 60.0 || s.Source != "site" || !s.Locked {
		t.Errorf("%+v", s)
	}
	_, out, _ = o.run("config", "check")
	if out != "The settings are good.\nidle_minutes is locked by the site; what throughgate.toml says of it is not used.\n" {
		t.Errorf("%q", out)
	}
}

func TestConfigInitWritesAFileThatIsGood(t *testing.T) {
	o := newOffice(t, "", "")
	path := filepath.Join(o.folder, settings.Name)
	if code, out, errout := o.run("config", "init"); code != edge.Done || out != "Wrote "+path+".\n" || errout != "" {
		t.Errorf("exit %d, %q, %q", code, out, errout)
	}
	if code, out, errout := o.run("config", "check"); code != edge.Done || out != "The settings are good.\n" || errout != "" {
		t.Errorf("exit %d, %q, %q", code, out, errout)
	}
	if code, _, errout := o.run("config", "init"); code != edge.Refused || !strings.Contains(errout, "There is a throughgate.toml already. Nothing was changed.") {
		t.Errorf("exit %d, %q", code, errout)
	}
}

func TestAFlagNeverBeatsTheSite(t *testing.T) {
	for _, c := range []struct{ user, site, flag, theme, wrong string }{
		{"", "", "", "dark", ""},
		{"theme = \"light\"\n", "", "", "light", ""},
		{"theme = \"light\"\n", "", "Mono", "mono", ""},
		{"theme = \"light\"\n", "theme = \"contrast\"\n", "", "contrast", ""},
		{"", "theme = \"contrast\"\n", "contrast", "contrast", ""},
		{"", "theme = \"contrast\"\n", "dark", "contrast", "The site has decided theme for this computer; --theme cannot change it."},
	} {
		o := newOffice(t, c.user, c.site)
		chosen, err := (&data{folder: o.folder, site: o.site}).settings()
		if err != nil {
			t.Fatal(err)
		}
		w := window{theme: c.flag}
		err = w.decide(chosen)
		if w.settings.Theme != c.theme || (err == nil) != (c.wrong == "") || err != nil && !strings.HasPrefix(edge.Sentence(err), c.wrong) {
			t.Errorf("%+v: %s, %v", c, w.settings.Theme, err)
		}
	}
}

// TestTheSitesHoursReachTheAlarms breaks the glass at an hour that the settings
// call night.
func TestTheSitesHoursReachTheAlarms(t *testing.T) {
	b := newLoneBench(t)
	later := time.Now().In(model.London).Add(2 * time.Hour)
	hours := later.Format("15:04") + " to " + later.Add(time.Minute).Format("15:04")
	from, to, _ := strings.Cut(hours, " to ")
	if err := os.WriteFile(filepath.Join(b.Desk, settings.Name), []byte("[hours]\nfrom = \""+from+"\"\nto = \""+to+"\"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	desk, err := store.Open(b.Desk, store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	nurse, err := desk.SignIn(t.Context(), "nurse", demo.Passphrase)
	if err != nil {
		t.Fatal(err)
	}
	asked := model.GlassRequest{Person: nurse.Rows()[0].ID, Opens: model.Custody, Reason: "court-order", Words: "An order of today"}
	glass, err := nurse.BreakGlass(t.Context(), asked, demo.Passphrase)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := glass.Get(t.Context()); err != nil {
		t.Fatal(err)
	}
	glass.Close()
	if err := desk.Close(); err != nil {
		t.Fatal(err)
	}
	code, out, errout := b.as("manager", "audit", "alarms")
	if code != edge.Done || !strings.Contains(out, "outside "+hours+" of a working day") {
		t.Errorf("exit %d, %q, %q", code, out, errout)
	}
}
