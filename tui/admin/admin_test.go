package admin_test

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/exp/golden"

	"github.com/throughgate/throughgate/model"
	"github.com/throughgate/throughgate/tui/admin"
	"github.com/throughgate/throughgate/tui/part"
)

var morning = time.Date(2026, 11, 23, 9, 42, 0, 0, time.UTC)

// service is a hub's administration in memory. It says what it was asked to do.
type service struct {
	prisons      []admin.Prison
	staff        []admin.Member
	workstations []admin.Workstation
	did          []string
	refuses      error
}

func leeds() *service {
	seen := model.InstantOf(morning.Add(-time.Minute))
	return &service{
		prisons: []admin.Prison{{Code: "LEI", Name: "HMP Leeds", Staff: 3, Workstations: 2, Entries: 1204}},
		staff: []admin.Member{
			{ID: "a.khan", Name: "KHAN, A", Role: model.RoleReception, Site: "LEI", SignedIn: true},
			{ID: "g.boateng", Name: "BOATENG, G", Role: model.RoleNurse, Site: "LEI", SignedIn: true, SSHKeys: 1},
			{ID: "ll.nguyen", Name: "NGUYỄN-O'BRIEN, Llŷr", Role: model.RoleSubstanceMisuse, Site: "LEI", SignedIn: true, State: "Passphrase reset", Since: seen},
			{ID: "z.gone", Name: "GONE, Z", Role: model.RoleWing, Site: "LEI", SignedIn: true, Disabled: true},
		},
		workstations: []admin.Workstation{
			{ID: model.DeviceID{1}, Site: "LEI", Enrolled: seen, Seen: seen, State: "Active", Detail: "Version 1.2 at 192.0.2.7.", Active: true},
			{ID: model.DeviceID{2}, Site: "LEI", Enrolled: seen, State: "Stopped", Detail: "Its data exist twice.", Stopped: true},
		},
	}
}

func (s *service) deed(words ...string) error {
	s.did = append(s.did, strings.Join(words, " "))
	return s.refuses
}

func (s *service) Prisons(context.Context) ([]admin.Prison, error) {
	return slices.Clone(s.prisons), nil
}
func (s *service) Staff(context.Context) ([]admin.Member, error) { return slices.Clone(s.staff), nil }
func (s *service) Workstations(context.Context) ([]admin.Workstation, error) {
	return slices.Clone(s.workstations), nil
}
func (s *service) AddPrison(_ context.Context, code model.SiteCode, name string) error {
	return s.deed("prison", string(code), name)
}
func (s *service) RotateKeys(_ context.Context, code model.SiteCode) error {
	return s.deed("rotate", string(code))
}

var once = admin.Secret{Title: "The first passphrase", Text: "bado-keli-moru", Then: "Give it to them alone."}

func (s *service) AddStaff(_ context.Context, m admin.NewMember) (admin.Secret, error) {
	return once, s.deed("staff", string(m.ID), m.Name, string(m.Role), string(m.Site))
}
func (s *service) ChangeRole(_ context.Context, id model.StaffID, role model.Role) error {
	return s.deed("role", string(id), string(role))
}
func (s *service) Move(_ context.Context, id model.StaffID, to model.SiteCode) (admin.Secret, error) {
	return once, s.deed("move", string(id), string(to))
}
func (s *service) Disable(_ context.Context, id model.StaffID) error {
	return s.deed("disable", string(id))
}
func (s *service) Enable(_ context.Context, id model.StaffID) error {
	return s.deed("enable", string(id))
}
func (s *service) ResetPassphrase(_ context.Context, id model.StaffID) (admin.Secret, error) {
	return once, s.deed("reset", string(id))
}
func (s *service) SSHKeys(context.Context, model.StaffID) ([]admin.SSHKey, error) {
	return []admin.SSHKey{{Type: "ssh-ed25519", Fingerprint: "SHA256:abc"}}, nil
}
func (s *service) AddSSHKey(_ context.Context, id model.StaffID, line string) (admin.SSHKey, error) {
	return admin.SSHKey{Type: "ssh-ed25519", Fingerprint: "SHA256:abc"}, s.deed("key", string(id), line)
}
func (s *service) RemoveSSHKey(_ context.Context, id model.StaffID, fingerprint string) error {
	return s.deed("no-key", string(id), fingerprint)
}
func (s *service) AddCode(_ context.Context, at model.SiteCode) (admin.Secret, error) {
	return once, s.deed("code", string(at))
}
func (s *service) Withdraw(_ context.Context, id model.DeviceID) error {
	return s.deed("withdraw", id.String()[:2])
}
func (s *service) Resume(_ context.Context, id model.DeviceID) error {
	return s.deed("resume", id.String()[:2])
}

// driver is the program without a terminal: it types keys and runs every command
// but the clock's to its end.
type driver struct {
	*testing.T
	app *admin.App
}

func drive(t *testing.T, s *service, width, height int) *driver {
	t.Helper()
	d := &driver{t, admin.New(s, admin.Options{Theme: part.ThemeFor(part.Mono, "xterm", ""), Now: func() time.Time { return morning }})}
	d.send(tea.WindowSizeMsg{Width: width, Height: height})
	d.press("r")
	return d
}

func (d *driver) send(msg tea.Msg) {
	_, cmd := d.app.Update(msg)
	d.run(cmd)
}

func (d *driver) run(cmd tea.Cmd) {
	if cmd == nil {
		return
	}
	switch msg := cmd().(type) {
	case nil:
	case tea.BatchMsg:
		for _, each := range msg {
			d.run(each)
		}
	default:
		d.send(msg)
	}
}

var named = map[string]tea.KeyType{
	"enter": tea.KeyEnter, "esc": tea.KeyEsc, "tab": tea.KeyTab, "down": tea.KeyDown, "up": tea.KeyUp, "space": tea.KeySpace,
}

func (d *driver) press(keys ...string) {
	for _, k := range keys {
		if kind, is := named[k]; is {
			d.send(tea.KeyMsg{Type: kind})
			continue
		}
		d.send(tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune(k)})
	}
}

func (d *driver) write(text string) {
	for _, r := range text {
		d.press(string(r))
	}
}

// sees fails the test unless all of it stands on the screen.
func (d *driver) sees(texts ...string) {
	d.Helper()
	view := ansi.Strip(d.app.View())
	for _, text := range texts {
		if !strings.Contains(view, text) {
			d.Errorf("the screen does not say %q:\n%s", text, view)
		}
	}
}

func TestLists(t *testing.T) {
	for name, keys := range map[string][]string{
		"staff": nil, "workstations": {"tab"}, "prisons": {"tab", "tab"}, "add": {"a"}, "role": {"o"}, "reset": {"p"}, "help": {"?"},
	} {
		for _, size := range [][2]int{{80, 24}, {120, 40}} {
			t.Run(name+map[int]string{80: "-80", 120: "-120"}[size[0]], func(t *testing.T) {
				d := drive(t, leeds(), size[0], size[1])
				d.press(keys...)
				view := d.app.View()
				lines := strings.Split(view, "\n")
				if len(lines) != size[1] {
					t.Errorf("%d lines", len(lines))
				}
				for _, line := range lines {
					if part.Width(line) > size[0] {
						t.Errorf("%d columns: %q", part.Width(line), line)
					}
				}
				golden.RequireEqual(t, []byte(ansi.Strip(view)+"\n"))
			})
		}
	}
}

func TestWhatIsDone(t *testing.T) {
	write := func(text string) func(*driver) { return func(d *driver) { d.write(text) } }
	press := func(keys ...string) func(*driver) { return func(d *driver) { d.press(keys...) } }
	for _, tt := range []struct {
		name string
		did  string // "" when nothing may have been done
		says string
		by   []func(*driver)
	}{
		{"reset asks for a word", "", "A new first passphrase", []func(*driver){press("p", "enter")}},
		{"reset", "reset a.khan", "bado-keli-moru", []func(*driver){press("p"), write("reset"), press("enter")}},
		{"disable", "disable a.khan", "Then give LEI new keys", []func(*driver){press("d"), write("disable"), press("enter")}},
		{"disabled already", "", "They are disabled already.", []func(*driver){press("down", "down", "down", "d")}},
		{"enable", "enable z.gone", "They may sign in again.", []func(*driver){press("down", "down", "down", "e")}},
		{"no key to take away", "", "They have no SSH key.", []func(*driver){press("K")}},
		{"take a key away", "no-key g.boateng SHA256:abc", "Taken away.", []func(*driver){press("down", "K", "space", "tab", "enter")}},
		{"register a key", "key a.khan ssh-ed25519 AAAA", "Registered SHA256:abc. Ask them to read theirs", []func(*driver){press("k"), write("ssh-ed25519 AAAA"), press("enter", "enter")}},
		{"filter", "disable ll.nguyen", "Disabled.", []func(*driver){press("/"), write("nguyen"), press("enter", "d"), write("DISABLE"), press("enter")}},
		{"code", "code LEI", "bado-keli-moru", []func(*driver){press("tab", "a", "tab", "enter")}},
		{"withdraw", "withdraw 01", "Withdrawn.", []func(*driver){press("tab", "w"), write("withdraw"), press("enter")}},
		{"resume what is not stopped", "", "It is not stopped.", []func(*driver){press("tab", "g")}},
		{"resume", "resume 02", "It goes on", []func(*driver){press("tab", "down", "g"), write("go on"), press("enter")}},
		{"prison", "prison MDI HMP Moorland", "Added.", []func(*driver){press("tab", "tab", "a"), write("MDI"), press("enter"), write("HMP Moorland"), press("enter", "enter")}},
		{"rotate", "rotate LEI", "Back the hub up now", []func(*driver){press("tab", "tab", "n"), write("new keys"), press("enter")}},
		{"no other prison", "", "There is no other prison yet: add it first", []func(*driver){press("m")}},
		{"a name in full", "", "NGUYỄN-O'BRIEN, Llŷr (ll.nguyen). Substance misuse at LEI, reads shared, health.", []func(*driver){press("down", "down")}},
		{"who is disabled", "", "e let in again", []func(*driver){press("down", "down", "down")}},
		{"left", "", "KHAN, A", []func(*driver){press("k"), write("x"), press("esc")}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			s := leeds()
			d := drive(t, s, 100, 30)
			for _, each := range tt.by {
				each(d)
			}
			if did := strings.Join(s.did, ", "); did != tt.did {
				t.Errorf("did %q\n%s", did, ansi.Strip(d.app.View()))
			}
			d.sees(tt.says)
		})
	}
}

// Whoever moves goes to another prison than their own.
func TestMove(t *testing.T) {
	s := leeds()
	s.prisons = append(s.prisons, admin.Prison{Code: "MDI", Name: "HMP Moorland"})
	d := drive(t, s, 80, 24)
	d.press("m")
	if view := ansi.Strip(d.app.View()); strings.Contains(view, "HMP Leeds") {
		t.Errorf("their own prison is offered:\n%s", view)
	}
	d.press("space", "tab", "enter")
	if did := strings.Join(s.did, ", "); did != "move a.khan MDI" {
		t.Errorf("did %q", did)
	}
	d.sees("bado-keli-moru")
}

// What the hub refuses stays in the form with the reason beside the answer.
func TestRefusalStandsInTheForm(t *testing.T) {
	s := leeds()
	s.refuses = model.Invalid("This is not an SSH key.", "Paste the whole line.").At("key")
	d := drive(t, s, 100, 30)
	d.press("k")
	d.write("nonsense")
	d.press("enter", "enter")
	d.sees("This is not an SSH key.", "nonsense", "Register an SSH key of KHAN, A")
}

// A secret goes with Escape only: what somebody had pressed ahead does not take
// it from them.
func TestSecretStaysUntilEscape(t *testing.T) {
	d := drive(t, leeds(), 80, 24)
	d.press("p")
	d.write("reset")
	d.press("enter", "enter", "tab", "a", "r")
	d.sees("bado-keli-moru", "It is shown this once")
	d.press("esc")
	d.sees("a.khan")
}

// Where there is no hub yet the screens say how one begins, and stop saying it
// once there is one.
func TestTheFirstPrisonBeginsAHub(t *testing.T) {
	empty := &service{}
	d := &driver{t, admin.New(empty, admin.Options{Theme: part.ThemeFor(part.Mono, "xterm", ""), Now: func() time.Time { return morning }, Begins: "/srv/hub"})}
	d.send(tea.WindowSizeMsg{Width: 80, Height: 24})
	d.press("r")
	d.sees("[Prisons]", "No hub yet. Add the first prison with a: it begins one in /srv/hub")
	empty.prisons = leeds().prisons
	d.press("r", "/")
	d.write("zzz")
	d.sees("No prison yet.")
}
