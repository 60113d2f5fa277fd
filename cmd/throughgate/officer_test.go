package main

import (
	"bytes"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"runtime/debug"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/x/ansi"
	"github.com/spf13/cobra"

	"github.com/throughgate/throughgate/cmd/internal/demo"
	"github.com/throughgate/throughgate/cmd/internal/edge"
	"github.com/throughgate/throughgate/model"
	"github.com/throughgate/throughgate/store"
	"github.com/throughgate/throughgate/tui"
	"github.com/throughgate/throughgate/tui/part"
)

// What one member of staff can obtain is found out in a process of its own,
// whose memory nobody else has written in. These name what it is to do.
const (
	prowlAs   = "THROUGHGATE_TEST_PROWL_AS"
	prowlDesk = "THROUGHGATE_TEST_PROWL_DESK"
	prowlInto = "THROUGHGATE_TEST_PROWL_INTO"
)

// underRace tells that the race detector watches, which takes five to twenty times
// as long. What has no concurrency to show it is left to make test.
var underRace bool

// An officer's session cannot obtain a health value: every value of a person's
// health record is marked, then everything an officer can produce is searched for
// the marks (screens, commands, files, errors, and the whole memory of a process
// in which only they are signed in). A nurse who does the same finds them all
// over, or the search would prove nothing.
func TestAnOfficerObtainsNoHealthValue(t *testing.T) {
	if underRace {
		t.Skip("many sessions through every screen, one after the other: make test walks them")
	}
	b := newBench(t)
	health := reflect.ValueOf(*markEverything(t, b.Desk).Health)
	if missing := unmarked(health); len(missing) > 0 {
		slices.Sort(missing)
		t.Errorf("nothing marks %s", strings.Join(missing, ", "))
	}
	file, err := os.ReadFile(filepath.Join(b.Desk, "throughgate.db"))
	if err != nil {
		t.Fatal(err)
	}
	if isMarked(string(file)) {
		t.Error("the store has a health value in the clear")
	}
	for _, one := range demo.Staff() {
		reads := slices.Contains(healthcare, one.Role)
		if reads && one.ID != "nurse" {
			continue // one of those who find them is enough to prove the search
		}
		t.Run(string(one.ID), func(t *testing.T) {
			t.Parallel()
			into := prowlOn(t, one.ID, file)
			for _, name := range []string{"screens", "plain", "commands", "memory"} {
				got, err := os.ReadFile(filepath.Join(into, name))
				if err != nil {
					t.Fatal(err)
				}
				if isMarked(string(got)) != reads {
					t.Errorf("%s: a health value: %v\n%s", name, !reads, around(string(got)))
				}
			}
		})
	}
}

// The roles that may read health, and custody, as the service has them: said here
// again, so that no slip in the table of rights passes for one.
var (
	healthcare = []model.Role{model.RoleNurse, model.RolePrescriber, model.RolePharmacy, model.RoleSubstanceMisuse, model.RoleHealthAdmin}
	discipline = []model.Role{model.RoleReception, model.RoleWing, model.RoleOMU, model.RoleSaferCustody}
)

// prowlOn has somebody do all they can with a copy of the workstation's file. It
// returns where what they obtained is.
func prowlOn(t *testing.T, staff model.StaffID, file []byte) (into string) {
	t.Helper()
	into, folder := t.TempDir(), t.TempDir()
	if err := os.WriteFile(filepath.Join(folder, store.File), file, 0o600); err != nil {
		t.Fatal(err)
	}
	for _, through := range []string{"Screens", "Commands"} {
		prowl := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^TestProwl"+through+"$", "-test.count=1")
		prowl.Env = append(os.Environ(), prowlAs+"="+string(staff), prowlDesk+"="+folder, prowlInto+"="+into)
		if out, err := prowl.CombinedOutput(); err != nil {
			t.Fatalf("%v\n%s", err, out)
		}
	}
	return into
}

// around is what stands beside the first mark.
func around(text string) string {
	i := firstMark(text)
	if i < 0 {
		return ""
	}
	return text[max(0, i-400):min(len(text), i+200)]
}

// keep writes down what was obtained.
func keep(t *testing.T, into, name, text string) {
	t.Helper()
	if err := os.WriteFile(filepath.Join(into, name), []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

// TestProwlScreens is one of the other processes. On its own it has nobody to
// be.
func TestProwlScreens(t *testing.T) {
	staff, folder, into := os.Getenv(prowlAs), os.Getenv(prowlDesk), os.Getenv(prowlInto)
	if staff == "" {
		return
	}
	now := time.Now() // the bubble's is another
	synctest.Test(t, func(t *testing.T) {
		p := newProwler(t, staff, folder, now)
		defer p.close()
		keep(t, into, "screens", p.seen(1200)+p.written())
		if missing := p.unseen(); len(missing) > 0 {
			t.Errorf("%s has not been at %q", staff, missing)
		}
		p.readAll()
		memory, err := os.Create(filepath.Join(into, "memory"))
		if err != nil {
			t.Fatal(err)
		}
		debug.WriteHeapDump(memory.Fd())
		if err := memory.Close(); err != nil {
			t.Fatal(err)
		}
		p.search() // what is searched for is in the memory from here on
	})
}

// TestProwlCommands is the other.
func TestProwlCommands(t *testing.T) {
	if staff := os.Getenv(prowlAs); staff != "" {
		into := os.Getenv(prowlInto)
		keep(t, into, "plain", plainly(staff, os.Getenv(prowlDesk)))
		keep(t, into, "commands", everyCommand(t, staff, os.Getenv(prowlDesk), into))
	}
}

// prowler is somebody who presses everything there is to press.
type prowler struct {
	*testing.T
	staff string
	desk  *store.Store
	gate  *gate
	app   *tui.App
	msgs  chan tea.Msg
	done  chan struct{}
	all   strings.Builder
	last  string
	held  []any // what was read, for the memory

	tried  map[string]map[string]int // by screen and key, how often it was pressed there
	papers string

	session *store.Session
}

func newProwler(t *testing.T, staff, folder string, now time.Time) *prowler {
	t.Helper()
	began := time.Now()
	clock := func() time.Time { return now.Add(time.Since(began)) }
	desk, err := store.Open(folder, store.Options{Now: clock})
	if err != nil {
		t.Fatal(err)
	}
	p := &prowler{T: t, staff: staff, desk: desk, msgs: make(chan tea.Msg, 1024), done: make(chan struct{})}
	p.tried, p.papers = make(map[string]map[string]int), t.TempDir()
	p.gate = &gate{desk: desk, tables: newTables(desk), papers: p.papers}
	p.app = tui.New(p.gate, tui.Options{Theme: part.ThemeFor(part.Mono, "xterm", ""), Now: clock})
	p.run(p.app.Init())
	p.send(tea.WindowSizeMsg{Width: 120, Height: 40})
	return p
}

func (p *prowler) close() {
	p.app.Close()
	close(p.done)
	if err := p.desk.Close(); err != nil {
		p.Error(err)
	}
	const longest = 25 * time.Hour // any tick of the program comes sooner
	time.Sleep(longest)            // of the bubble's clock
}

func (p *prowler) run(cmd tea.Cmd) {
	if cmd == nil {
		return
	}
	go func() {
		msg := cmd()
		if all := reflect.ValueOf(msg); all.IsValid() && all.CanConvert(reflect.TypeFor[[]tea.Cmd]()) { // a batch, or a sequence
			for _, each := range all.Convert(reflect.TypeFor[[]tea.Cmd]()).Interface().([]tea.Cmd) {
				p.run(each)
			}
			return
		}
		select {
		case p.msgs <- msg:
		case <-p.done:
		}
	}()
}

func (p *prowler) send(msg tea.Msg) {
	_, cmd := p.app.Update(msg)
	p.run(cmd)
	for {
		synctest.Wait()
		select {
		case next := <-p.msgs:
			_, cmd := p.app.Update(next)
			p.run(cmd)
			continue
		default:
		}
		break
	}
	if view := ansi.Strip(p.app.View()); view != p.last {
		p.last = view
		p.all.WriteString(view + "\n\f")
	}
}

// prowlKeys are pressed on every screen, the more often the more often they
// stand here.
var prowlKeys = strings.Fields("enter enter enter enter down down down up esc esc tab tab space ctrl+k ? pgdown " +
	"a b c d e f g h i j k l m n o p q r s t u v w x y z / 1 2 3 . S M L")

func (p *prowler) press(name string) {
	types := map[string]tea.KeyType{
		"enter": tea.KeyEnter, "down": tea.KeyDown, "up": tea.KeyUp, "esc": tea.KeyEsc, "tab": tea.KeyTab,
		"space": tea.KeySpace, "ctrl+k": tea.KeyCtrlK, "pgdown": tea.KeyPgDown, "ctrl+u": tea.KeyCtrlU,
	}
	msg := tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune(name)}
	if kind, is := types[name]; is {
		msg = tea.KeyMsg{Type: kind}
	}
	p.send(msg)
	time.Sleep(100 * time.Millisecond) // of the bubble's clock, for what waits a moment
}

func (p *prowler) write(text string) {
	for _, r := range text {
		p.press(string(r))
	}
}

func (p *prowler) toBoard() {
	for range 6 {
		p.press("esc")
	}
}

// toMarked opens the marked person by their number.
func (p *prowler) toMarked() {
	p.toBoard()
	p.press("ctrl+k")
	p.write(markedNumber)
	p.press("enter")
}

// seen is everything that stood on the screen: each letter on the board and on
// the marked person's page, then so many more, each of which was pressed least on the screen that is
// shown, coming back to that person now and then.
func (p *prowler) seen(keys int) string {
	p.write(p.staff)
	p.press("enter")
	p.write(demo.Passphrase)
	p.press("enter")
	if !strings.Contains(p.last, "Releases") {
		p.Fatalf("not signed in:\n%s", p.last)
	}
	p.press("tab")
	p.press("tab")
	for letter := 'a'; letter <= 'z'; letter++ {
		p.toBoard()
		p.press(string(letter))
		p.press("enter")
		p.toMarked()
		p.press(string(letter))
		p.press("enter")
	}
	rnd := rand.New(rand.NewPCG(7, 9))
	for i := range keys {
		if i%60 == 0 {
			p.toMarked()
		}
		p.press(p.leastTried(rnd))
	}
	return p.all.String()
}

// screen is the title of the one that is shown.
func (p *prowler) screen() string {
	first, _, _ := strings.Cut(p.last, "\n")
	_, title, _ := strings.Cut(first, demo.SiteName)
	title, _, _ = strings.Cut(strings.TrimSpace(title), "  ")
	return title
}

// leastTried is the key that was pressed least on the screen that is shown, as
// often as it stands in prowlKeys; one of them where there are several.
func (p *prowler) leastTried(rnd *rand.Rand) string {
	tried := p.tried[p.screen()]
	if tried == nil {
		tried = make(map[string]int)
		p.tried[p.screen()] = tried
	}
	stands := make(map[string]int)
	for _, key := range prowlKeys {
		stands[key]++
	}
	best, least := "", 0
	for _, i := range rnd.Perm(len(prowlKeys)) {
		key := prowlKeys[i]
		if times := tried[key] * len(prowlKeys) / stands[key]; best == "" || times < least {
			best, least = key, times
		}
	}
	tried[best]++
	return best
}

// prowled are the screens that everybody can come to, and that say something of
// the marked person.
var prowled = []string{"Releases", "Everybody", "Release checklist", "Alerts and notes", "History", "Bags of medicines", "Rescue list", "After release", "Print", "Worklist", "Court tomorrow", "Measures", "Conflicts", "Sync"}

func (p *prowler) unseen() (missing []string) {
	for _, title := range prowled {
		if !strings.Contains(p.all.String(), demo.SiteName+"  "+title) {
			missing = append(missing, title)
		}
	}
	return missing
}

// written is every file that the screens wrote.
func (p *prowler) written() string {
	var all strings.Builder
	files, err := filepath.Glob(filepath.Join(p.papers, "*"))
	if err != nil {
		p.Fatal(err)
	}
	for _, name := range files {
		content, err := os.ReadFile(name)
		if err != nil {
			p.Fatal(err)
		}
		all.WriteString(filepath.Base(name) + "\n")
		all.Write(content)
	}
	return all.String()
}

// readAll reads all there is to read through the session, and holds on to it.
func (p *prowler) readAll() {
	s, err := p.desk.SignIn(p.Context(), model.StaffID(p.staff), demo.Passphrase)
	if err != nil {
		p.Fatal(err)
	}
	for _, row := range s.Rows() {
		record, err := s.Get(p.Context(), row.ID)
		p.held = append(p.held, record, err)
		history, err := s.History(p.Context(), row.ID)
		p.held = append(p.held, history, err)
	}
	conflicts, err := s.Conflicts(p.Context())
	refusals, err2 := s.Refusals(p.Context())
	p.held = append(p.held, s, conflicts, refusals, err, err2)
	p.session = s
}

// search finds nobody by what only a health record says of them.
func (p *prowler) search() {
	for _, m := range marks {
		if found := p.session.Find(m, 10); len(found) > 0 {
			p.Errorf("a search for a health value finds %d people", len(found))
		}
	}
}

// plainly is what plain mode says to somebody who types each letter at the marked
// person, and what that leads to.
func plainly(staff, folder string) string {
	lines := []string{staff, demo.Passphrase, "?", "more"}
	for letter := 'a'; letter <= 'z'; letter++ {
		lines = append(lines, "find "+markedNumber, "1", "more", "?", string(letter), "more", "?", "1", "", "?", "", "cancel", string(letter)+" 2", "read 1", "cancel", "home", string(letter), "more", "1", "?", "cancel", "home")
	}
	var all bytes.Buffer
	edge.Run(root(), []string{"--plain", "--data", folder}, strings.NewReader(strings.Join(append(lines, "quit", "quit"), "\n")), &all, &all)
	return all.String()
}

// everyCommand is what every command that signs somebody in prints about the
// marked person, and what it writes into files.
func everyCommand(t *testing.T, staff, folder, into string) string {
	t.Helper()
	pass := filepath.Join(into, "pass.txt")
	if err := os.WriteFile(pass, []byte(demo.Passphrase), 0o600); err != nil {
		t.Fatal(err)
	}
	var all bytes.Buffer
	for _, leaf := range leaves(root()) {
		if leaf.Flags().Lookup("passphrase-file") == nil || leaf.Name() == "change" {
			continue
		}
		args := append(strings.Fields(leaf.CommandPath())[1:], "--staff", staff, "--passphrase-file", pass, "--data", folder)
		if strings.Contains(leaf.Use, "NUMBER") {
			args = append(args, markedNumber)
		}
		for _, extra := range variants(leaf, into) {
			edge.Run(root(), append(args, extra...), strings.NewReader(""), &all, &all)
		}
	}
	files, err := filepath.Glob(filepath.Join(into, "out-*"))
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range files {
		content, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		all.Write(content)
	}
	return all.String()
}

// leaves are the commands that do something.
func leaves(cmd *cobra.Command) []*cobra.Command {
	if !cmd.HasSubCommands() {
		return []*cobra.Command{cmd}
	}
	var all []*cobra.Command
	for _, sub := range cmd.Commands() {
		all = append(all, leaves(sub)...)
	}
	return all
}

// variants are the ways to ask one command.
func variants(cmd *cobra.Command, into string) [][]string {
	if cmd.Flags().Lookup("out") != nil {
		var all [][]string
		for _, end := range []string{".txt", ".pdf", ".json", ".csv"} {
			all = append(all, []string{"--out", filepath.Join(into, "out-"+cmd.Name()+end)})
		}
		return all
	}
	all := [][]string{nil}
	for _, flag := range []string{"json", "csv"} {
		if cmd.Flags().Lookup(flag) != nil {
			all = append(all, []string{"--" + flag})
		}
	}
	return all
}
