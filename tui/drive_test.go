package tui_test

import (
	"reflect"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/exp/golden"

	"github.com/throughgate/throughgate/model"
	"github.com/throughgate/throughgate/tui"
	"github.com/throughgate/throughgate/tui/part"
)

// driver is the program without a terminal: it types keys, runs every command to
// its end as bubbletea does, and shows what stands on the screen. It lives in a
// bubble of testing/synctest, whose clock goes on only when everything waits: so
// it knows when all answers have come, and hours pass at once.
type driver struct {
	t    tester
	app  *tui.App
	desk *desk
	msgs chan tea.Msg
	done chan struct{}
	quit bool

	width, height int
}

// scene is what a test begins with.
type scene struct {
	theme    part.ThemeName
	size     [2]int
	demo     []tui.DemoStaff
	signedIn model.StaffID // straight to the board
	idle     time.Duration
	staff    model.StaffID // the only one who may sign in
	still    bool          // over a line
	desk     func(t testing.TB, d *desk)
}

// inBubble runs a test over a desk with the false clock at deskNow.
func inBubble(t *testing.T, sc scene, test func(d *driver)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) { onDesk(t, t, sc, test) })
}

// onDesk does so for one case of a property test, inside a bubble.
func onDesk(parent testing.TB, t tester, sc scene, test func(d *driver)) {
	t.Helper()
	apart := time.Until(deskNow)
	k := newDesk(func() time.Time { return time.Now().Add(apart) })
	if sc.desk == nil {
		sc.desk = morning
	}
	sc.desk(parent, k)
	d := startOn(t, k, sc)
	defer d.close()
	test(d)
}

// startOn starts the program on a desk. It must be closed.
func startOn(t tester, k *desk, sc scene) *driver {
	t.Helper()
	if sc.size == [2]int{} {
		sc.size = [2]int{80, 24}
	}
	d := begin(t, k, sc)
	d.resize(sc.size[0], sc.size[1])
	return d
}

func begin(t tester, k *desk, sc scene) *driver {
	if sc.theme == "" {
		sc.theme = part.Mono
	}
	options := tui.Options{Theme: part.ThemeFor(sc.theme, "xterm", ""), Now: func() time.Time { return k.now() }, Demo: sc.demo, Idle: sc.idle, Staff: sc.staff, Still: sc.still}
	if sc.signedIn != "" {
		options.SignedIn = &session{desk: k, member: k.staff[sc.signedIn]}
	}
	d := &driver{t: t, desk: k, msgs: make(chan tea.Msg, 1024), done: make(chan struct{})}
	d.app = tui.New(k, options)
	d.run(d.app.Init())
	return d
}

// close ends the program, and lets go of everything that still waits.
func (d *driver) close() {
	d.app.Close()
	close(d.done)
	d.desk.mu.Lock()
	hold := d.desk.hold
	d.desk.hold = nil
	d.desk.mu.Unlock()
	if hold != nil {
		close(hold)
	}
	const longest = 25 * time.Hour // any tick of the program comes sooner
	time.Sleep(longest)            // of the bubble's clock, which stops when the test returns
}

// tester is a test, a benchmark or one case of a property test.
type tester interface {
	Helper()
	Fatal(...any)
	Fatalf(string, ...any)
}

// run starts a command as bubbletea does: on its own, its message to come.
func (d *driver) run(cmd tea.Cmd) {
	if cmd != nil {
		go d.runNow(cmd)
	}
}

func (d *driver) runNow(cmd tea.Cmd) {
	if cmd == nil {
		return
	}
	msg := cmd()
	if batch, ok := msg.(tea.BatchMsg); ok {
		for _, each := range batch {
			d.run(each)
		}
		return
	}
	if sequence, ok := asSequence(msg); ok {
		for _, each := range sequence {
			d.runNow(each)
		}
		return
	}
	select {
	case d.msgs <- msg:
	case <-d.done:
	}
}

// asSequence unwraps the message of tea.Sequence, whose type has no name
// outside bubbletea.
func asSequence(msg tea.Msg) ([]tea.Cmd, bool) {
	v := reflect.ValueOf(msg)
	if !v.IsValid() || !v.CanConvert(reflect.TypeFor[[]tea.Cmd]()) {
		return nil, false
	}
	return v.Convert(reflect.TypeFor[[]tea.Cmd]()).Interface().([]tea.Cmd), true
}

// send gives the program a message and everything that comes of it.
func (d *driver) send(msg tea.Msg) {
	d.update(msg)
	d.settle()
}

func (d *driver) update(msg tea.Msg) {
	if _, over := msg.(tea.QuitMsg); over {
		d.quit = true
	}
	_, cmd := d.app.Update(msg)
	d.run(cmd)
}

// settle runs until nothing is left but waiting: for time, for news or for a
// desk that is held.
func (d *driver) settle() {
	for {
		synctest.Wait()
		select {
		case msg := <-d.msgs:
			d.update(msg)
		default:
			return
		}
	}
}

// pass lets time pass. In the bubble it costs none.
func (d *driver) pass(long time.Duration) {
	const step = 100 * time.Millisecond
	for long > 0 {
		now := min(long, max(step, long/100))
		time.Sleep(now) // of the bubble's clock
		long -= now
		d.settle()
	}
}

func (d *driver) resize(width, height int) {
	d.width, d.height = width, height
	d.send(tea.WindowSizeMsg{Width: width, Height: height})
}

// keyTypes are the keys that are not letters, by the name bubbletea gives them.
var keyTypes = map[string]tea.KeyType{
	"up": tea.KeyUp, "down": tea.KeyDown, "left": tea.KeyLeft, "right": tea.KeyRight, "pgup": tea.KeyPgUp,
	"pgdown": tea.KeyPgDown, "home": tea.KeyHome, "end": tea.KeyEnd, "enter": tea.KeyEnter, "tab": tea.KeyTab,
	"shift+tab": tea.KeyShiftTab, "esc": tea.KeyEsc, "backspace": tea.KeyBackspace, "delete": tea.KeyDelete,
	"f1": tea.KeyF1, "f5": tea.KeyF5, "ctrl+c": tea.KeyCtrlC, "ctrl+d": tea.KeyCtrlD, "ctrl+k": tea.KeyCtrlK,
	"ctrl+l": tea.KeyCtrlL, "ctrl+s": tea.KeyCtrlS, "ctrl+u": tea.KeyCtrlU, "ctrl+w": tea.KeyCtrlW, "ctrl+x": tea.KeyCtrlX,
}

func key(name string) tea.KeyMsg {
	if kind, ok := keyTypes[name]; ok {
		return tea.KeyMsg{Type: kind}
	}
	if name == " " {
		return tea.KeyMsg{Type: tea.KeySpace, Runes: []rune{' '}}
	}
	return tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune(name)}
}

// press presses keys by name, one after the other.
func (d *driver) press(keys ...string) {
	for _, name := range keys {
		d.send(key(name))
	}
}

// write types a text letter by letter.
func (d *driver) write(text string) {
	for _, r := range text {
		d.press(string(r))
	}
}

func (d *driver) paste(text string) {
	d.send(tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune(text), Paste: true})
}

// signIn signs somebody in from the sign-in screen, as a person does.
func (d *driver) signIn(staff model.StaffID) {
	d.t.Helper()
	d.signInWith(staff, d.desk.staff[staff].passphrase)
}

func (d *driver) signInWith(staff model.StaffID, passphrase string) {
	d.press("tab") // wherever the focus is, begin at the staff id
	for !strings.Contains(d.line("> "), "Staff id") {
		d.press("shift+tab")
	}
	d.write(string(staff))
	d.press("enter")
	d.write(passphrase)
	d.press("enter")
}

// view is what stands on the screen, held to the promise of every frame.
func (d *driver) view() string {
	d.t.Helper()
	out := d.app.View()
	requireFrame(d.t, out, d.width, d.height)
	return ansi.Strip(out)
}

// line is the first line that begins so, "" when there is none.
func (d *driver) line(start string) string {
	for _, l := range strings.Split(d.view(), "\n") {
		if strings.HasPrefix(l, start) {
			return l
		}
	}
	return ""
}

// toLine moves the cursor to the line of a list that begins so.
func (d *driver) toLine(words string) {
	d.t.Helper()
	d.press("home")
	for range 60 {
		if strings.Contains(d.view(), "> "+words) {
			return
		}
		d.press("down")
	}
	d.t.Fatalf("the cursor never came to %q:\n%s", words, d.view())
}

// sees fails unless every text stands on the screen.
func (d *driver) sees(texts ...string) {
	d.t.Helper()
	view := d.view()
	for _, text := range texts {
		if !strings.Contains(view, text) {
			d.t.Fatalf("%q is not on the screen:\n%s", text, view)
		}
	}
}

// seesNot fails when one of the texts stands on the screen.
func (d *driver) seesNot(texts ...string) {
	d.t.Helper()
	view := d.view()
	for _, text := range texts {
		if strings.Contains(view, text) {
			d.t.Fatalf("%q is on the screen:\n%s", text, view)
		}
	}
}

// requireFrame holds the promise of the program: exactly as many lines as the
// window has, none wider, and no control byte but line feeds and colour.
func requireFrame(t tester, out string, width, height int) {
	t.Helper()
	lines := strings.Split(out, "\n")
	if len(lines) > height || width >= tui.MinWidth && height >= tui.MinHeight && len(lines) != height {
		t.Fatalf("%d lines in a window of %d:\n%s", len(lines), height, out)
	}
	for _, line := range lines {
		if w := ansi.StringWidth(line); w > width {
			t.Fatalf("a line of %d columns in a window of %d: %q", w, width, line)
		}
		for _, r := range ansi.Strip(line) {
			if r < 0x20 || r >= 0x7f && r <= 0x9f {
				t.Fatalf("a control character in %q", line)
			}
		}
	}
}

// sizes are the two every screen is designed for.
var sizes = map[string][2]int{"80x24": {80, 24}, "120x40": {120, 40}}

// requireScreen compares the screen that a test comes to, at both sizes, with
// what stands in testdata. Run with -update, and look at the difference.
func requireScreen(t *testing.T, sc scene, come func(d *driver)) {
	t.Helper()
	for name, size := range sizes {
		t.Run(name, func(t *testing.T) {
			sc.size = size
			inBubble(t, sc, func(d *driver) {
				come(d)
				golden.RequireEqualEscape(d.t.(testing.TB), []byte(d.view()+"\n"), true)
			})
		})
	}
}
