package settings_test

import (
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/charmbracelet/x/exp/golden"

	"github.com/throughgate/throughgate/cmd/internal/settings"
	"github.com/throughgate/throughgate/model"
)

const key = "age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p"

// files writes the user's file and the site's; "" writes none.
func files(tb testing.TB, user, site string) settings.Files {
	tb.Helper()
	folder := tb.TempDir()
	f := settings.Files{User: filepath.Join(folder, settings.Name), Site: filepath.Join(folder, "site.toml")}
	for path, text := range map[string]string{f.User: user, f.Site: site} {
		if text != "" {
			if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
				tb.Fatal(err)
			}
		}
	}
	return f
}

func load(tb testing.TB, user, site string) settings.Settings {
	tb.Helper()
	s, err := files(tb, user, site).Load()
	if err != nil {
		tb.Fatal(err)
	}
	return s
}

func TestNoFilesAreTheDefaults(t *testing.T) {
	s, want := load(t, "", ""), settings.Default()
	for i, v := range s.Values() {
		if v.Source != settings.FromDefault || v.Locked || !reflect.DeepEqual(v.Value, want.Values()[i].Value) {
			t.Errorf("%+v", v)
		}
	}
	if s.Hours.Day() != model.AlarmRulesOf(model.NewDay(2026, 11, 23)).Hours {
		t.Errorf("the working day is %v, and to alarms another", s.Hours.Day())
	}
	if s.IdleMinutes != 10 || s.Theme != "dark" || s.SSH.Sessions != 50 {
		t.Errorf("%+v", s)
	}
}

func TestEverySettingIsRead(t *testing.T) {
	s := load(t, `
theme = "contrast"
plain = true
idle_minutes = 3
retention.days = 90 # dotted
backup = { recipients = ["`+key+`"] } # on one line

[ssh]
listen = "127.0.0.1:7422"
sessions = 12
sessions_per_person = 2
idle_minutes = 5

[hours]
from = "21:30"
to = "06:00"
`, "")
	for _, v := range s.Values() {
		if strings.HasPrefix(v.Key, "due.") {
			continue
		}
		if v.Source != settings.FromUser || reflect.DeepEqual(v.Value, v.Default) {
			t.Errorf("%+v", v)
		}
	}
	if s.SSH != (settings.SSH{Listen: "127.0.0.1:7422", Sessions: 12, SessionsPerPerson: 2, IdleMinutes: 5}) || s.Retention.Days != 90 {
		t.Errorf("%+v", s)
	}
	for at, within := range map[string]bool{"21:29": false, "21:30": true, "00:00": true, "05:59": true, "06:00": false} {
		when, err := time.Parse("15:04", at)
		if err != nil || s.Hours.Day().Has(model.InstantOf(when.AddDate(2026, 0, 0))) != within {
			t.Errorf("%s within %v to %v: %v", at, s.Hours.From, s.Hours.To, !within)
		}
	}
}

func TestTheSiteWinsAndLocks(t *testing.T) {
	s := load(t, "theme = \"light\"\nidle_minutes = 60\n", "idle_minutes = 5\n[hours]\nfrom = \"08:00\"\n")
	if s.Theme != "light" || s.IdleMinutes != 5 || !s.Locked("idle_minutes") || s.Locked("theme") || s.Source("hours.from") != settings.FromSite {
		t.Errorf("%+v", s)
	}
	for _, v := range s.Values() {
		if v.Key == "idle_minutes" && (v.Unused != 60 || v.Value != 5) {
			t.Errorf("%+v", v)
		}
	}
}

func TestFlagsBeatTheUserAndNeverTheSite(t *testing.T) {
	s := load(t, "theme = \"light\"\n", "idle_minutes = 5\n")
	if err := s.Override("theme", "mono", "theme"); err != nil || s.Theme != "mono" || s.Source("theme") != settings.FromFlag {
		t.Errorf("%v, %+v", err, s)
	}
	if err := s.Override("theme", "pink", "theme"); model.KindOf(err) != model.KindInvalid || s.Theme != "mono" {
		t.Errorf("%v, %+v", err, s)
	}
	err := s.Override("idle_minutes", 50, "idle")
	if model.KindOf(err) != model.KindForbidden || !strings.HasPrefix(err.Error(), "The site has decided idle minutes for this computer; --idle cannot change it.") || s.IdleMinutes != 5 {
		t.Errorf("%v, %+v", err, s)
	}
	if err := s.Override("idle_minutes", 5, "idle"); err != nil || !s.Locked("idle_minutes") {
		t.Errorf("the same as the site says: %v", err)
	}
}

// TestNoSiteLocksAScreenReaderOut: who cannot see the screens can do no work in
// them, whatever a site has decided of the others.
func TestNoSiteLocksAScreenReaderOut(t *testing.T) {
	s := load(t, "", "plain = false\ntheme = \"dark\"\n")
	if err := s.Override("plain", true, "plain"); err != nil || !s.Plain || s.Source("plain") != settings.FromFlag {
		t.Errorf("%v, %+v", err, s)
	}
	if err := s.Override("theme", "light", "theme"); model.KindOf(err) != model.KindForbidden {
		t.Errorf("%v", err)
	}
}

// TestProblemsPage holds the page that config check prints.
func TestProblemsPage(t *testing.T) {
	for name, text := range map[string]string{
		"values": "theme = \"pink\"\nplain = \"yes\"\nidle_minutes = 90\n[ssh]\nlisten = \"everywhere\"\nsessions = 2.5\nsessions_per_person = \"three\"\n" +
			"[retention]\ndays = -1\n[backup]\nrecipients = [\"age1nonsense\"]\n[hours]\nfrom = 07:30:00\nto = \"25:00\"\n",
		"unknown": "Theme = \"dark\"\nidle-minutes = 5\n[ssh]\nlissen = \"\"\nsesions = 2\n[colours]\nred = 1\nblue = 2\n[backup]\nrecipient = \"" + key + "\"\nzzz.yyy = 1\n",
		"shape":   "ssh = 3\nbackup = \"daily\"\n[theme]\nname = \"dark\"\n[[hours]]\nfrom = \"07:30\"\n",
		"grammar": "# Ysgrifennwyd gan Siân\ntheme = \"dark\"\n   plain = yes   # \tnot TOML\nidle_minutes = 90\n",
		"quote":   "theme = \"dark\nplain = true\n",
		"twice":   "theme = \"dark\"\ntheme = \"light\"\n",
		"hostile": "theme = \"\\u001b[2J\\u202e\"\n\"\\u001b[31mred\" = 1\n" + strings.Repeat("x", 300) + " = 1\n",
		"bytes":   "theme = \"dark\"\n# caf\xe9\n",
		"after":   "idle_minutes = 90\nplain = yes\ntheme = \"pink\"\n# caf\xe9\nidle_minutes = 3\n[ssh]\nsessions = 0\n[hours]\nfrom = 7\n[ssh]\nlisten = \"x\"\n",
		"curly":   "theme = \u201cdark\u201d\nplain = 1\n",
		"utf16":   "\xff\xfet\x00h\x00\n\x00",
		"keys":    "[backup]\nrecipients = [\"" + key + "\", 3]\n",
	} {
		t.Run(name, func(t *testing.T) {
			_, problems, err := files(t, text, "").Check()
			if err != nil || len(problems) == 0 {
				t.Fatalf("%v, %v", problems, err)
			}
			var page strings.Builder
			problems.Print(&page)
			if strings.ContainsAny(page.String(), "\x1b\u202e\t") {
				t.Errorf("what commands a terminal is in %q", page.String())
			}
			golden.RequireEqual(t, []byte(page.String()))
		})
	}
}

func TestAllThatIsWrongInBothFilesIsSaid(t *testing.T) {
	f := files(t, "theme = 1\n", "plain = 1\nidle = 2\n")
	_, problems, err := f.Check()
	if err != nil || len(problems) != 3 || problems[0].File != "site.toml" || problems[2].File != settings.Name {
		t.Errorf("%+v, %v", problems, err)
	}
	_, err = f.Load()
	if model.KindOf(err) != model.KindInvalid || err.Error() != "site.toml, line 1: plain must be true or false, without quotes. Mend it and 2 more; throughgate config check lists all." {
		t.Errorf("%v", err)
	}
}

func TestAFileThatIsNoSettingsSaysSo(t *testing.T) {
	for name, c := range map[string]struct {
		make func(path string) error
		want string
	}{
		"a folder": {func(path string) error { return os.Mkdir(path, 0o700) }, "throughgate.toml is not a file."},
		"long": {func(path string) error {
			return os.WriteFile(path, []byte(strings.Repeat("# a line\n", 8000)), 0o600)
		}, "throughgate.toml is too long for settings."},
		"a link to nothing": {func(path string) error { return os.Symlink("nothing", path) }, "throughgate.toml is a link to a file that is not there."},
		"a pipe":            {pipe, "throughgate.toml is not a file."},
	} {
		if c.make == nil {
			continue // there are none here
		}
		folder := t.TempDir()
		path := filepath.Join(folder, settings.Name)
		if err := c.make(path); err != nil {
			t.Fatal(err)
		}
		_, err := settings.Files{User: path}.Load()
		if err == nil || !strings.HasPrefix(err.Error(), c.want) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// TestNotepadsFileIsRead: it begins with a byte order mark and has Windows' line
// ends.
func TestNotepadsFileIsRead(t *testing.T) {
	if s := load(t, "\ufefftheme = \"light\"\r\nplain = true\r\n", ""); s.Theme != "light" || !s.Plain {
		t.Errorf("%+v", s)
	}
}

// TestTheExampleParses: as it is it decides nothing, and with its comment marks
// taken away it decides everything as it is by itself.
func TestTheExampleParses(t *testing.T) {
	example := settings.Example()
	if s := load(t, example, ""); s.Source("theme") != settings.FromDefault {
		t.Errorf("%+v", s)
	}
	var said strings.Builder
	for line := range strings.Lines(example) {
		if rest, isComment := strings.CutPrefix(line, "#"); isComment && !strings.HasPrefix(rest, " ") {
			line = rest
		}
		said.WriteString(line)
	}
	s := load(t, said.String(), "")
	for _, v := range s.Values() {
		if v.Source != settings.FromUser || !reflect.DeepEqual(v.Value, v.Default) {
			t.Errorf("%+v", v)
		}
	}
	golden.RequireEqual(t, []byte(example))
}

// TestTheManualListsEverySetting compares the page for whoever looks after desks
// with the table that the program reads by.
func TestTheManualListsEverySetting(t *testing.T) {
	page, err := os.ReadFile(filepath.Join("..", "..", "..", "docs", "operating.md"))
	if err != nil {
		t.Fatal(err)
	}
	standard := settings.Default()
	var table strings.Builder
	table.WriteString("| setting | by itself | may be | what it does |\n|---|---|---|---|\n")
	for _, v := range standard.Values() {
		fmt.Fprintf(&table, "| `%s` | %v | %s | %s |\n", v.Key, words(v.Default), v.Range, v.Words)
	}
	if !strings.Contains(string(page), table.String()) {
		t.Errorf("docs/operating.md does not have this table:\n%s", table.String())
	}
}

func words(value any) any {
	if value == "" || reflect.DeepEqual(value, []string{}) {
		return "none"
	}
	return value
}

// FuzzLoad: whatever a file says, every value is in range or every complaint
// names a line that is there.
func FuzzLoad(f *testing.F) {
	for _, seed := range []string{settings.Example(), "theme = \"dark\"", "ssh = {listen = \"a:1\"}", "[ssh]\n[ssh.x]\ny=1", "a.b.c = [1, {d = 2}]", "\"\" = 1", "[[backup]]\nrecipients=1", "'ssh.listen' = 1", "ssh.'lis.ten' = 1"} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		path := filepath.Join(t.TempDir(), settings.Name)
		if err := os.WriteFile(path, text, 0o600); err != nil {
			t.Fatal(err)
		}
		s, problems, err := settings.Files{User: path}.Check()
		if err != nil {
			return // too long
		}
		lines := strings.Count(string(text), "\n") + 1
		for _, p := range problems {
			if p.Line < 1 || p.Line > lines || p.Column < 1 || p.Msg == "" || strings.ContainsAny(p.Text, "\x1b\r\n") {
				t.Errorf("%+v", p)
			}
		}
		if s.IdleMinutes < 1 || s.IdleMinutes > 60 || s.Hours.From < 0 || s.Hours.From >= 24*60 || s.Retention.Days < 7 {
			t.Errorf("%+v", s)
		}
	})
}
