package tui

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/throughgate/throughgate/model"
	"github.com/throughgate/throughgate/tui/part"
)

// signIn asks who is there. It also stands over a locked session.
type signIn struct {
	asker
	gate    Gate
	options Options
	form    *part.Form
	said    []string // above the form: who is locked, or why it was refused
	bad     bool     // it is why it was refused
	busy    bool
	typed   []tea.KeyMsg // while the keys were being opened
	arrival *arrival
}

// arrival is a session on its way from the command that opened it to the frame. A
// line may be cut meanwhile: then nobody takes it, and its keys must not stay in
// memory.
type arrival struct {
	mu      sync.Mutex
	session Session // nil when none is on its way
	left    bool
}

// bring puts a session on its way, or closes it when everybody has left.
func (a *arrival) bring(s Session) {
	a.mu.Lock()
	left := a.left
	if !left {
		a.session = s
	}
	a.mu.Unlock()
	if left {
		s.Close()
	}
}

// taken says that the frame has it.
func (a *arrival) taken() {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.session = nil
}

// leave closes what is on its way, and what comes later.
func (a *arrival) leave() {
	a.mu.Lock()
	s := a.session
	a.session, a.left = nil, true
	a.mu.Unlock()
	if s != nil {
		s.Close()
	}
}

type sessionMsg struct{ session Session }

type refusedMsg struct{ err error }

func newSignIn(gate Gate, options Options) *signIn {
	s := &signIn{gate: gate, options: options, arrival: new(arrival)}
	s.reset("")
	return s
}

// reset starts the form anew, with the staff id kept.
func (s *signIn) reset(staff string) {
	who := part.Field{Key: "staff", Label: "Staff id", Required: "Enter your staff id", Max: 40, Over: true}
	if s.options.Staff != "" {
		who = part.Field{Key: "only", Kind: part.InfoField, Label: "You sign in as " + string(s.options.Staff), Strong: true}
	}
	secret := part.Field{Key: "passphrase", Kind: part.SecretField, Label: "Passphrase", Required: "Enter your passphrase"}
	if staff != "" && s.options.plain {
		secret.Label += " of " + staff // nobody sees it standing in the field above
	}
	s.form = part.NewForm(s.options.Theme, who, secret)
	s.form.Button = "Sign in"
	s.form.OnSubmit = s.submit
	if staff != "" && s.options.Staff == "" {
		s.form.Restore(map[string]string{"staff": staff})
		s.form.Focus("passphrase")
	}
}

// lockedBy begins with the staff id of who is locked: most often it is they who
// come back.
func (s *signIn) lockedBy(staff model.StaffID, name, why string) {
	s.bad = false
	s.said = []string{why, fmt.Sprintf("%s is signed in here, and finds everything as it was.", name)}
	switch {
	case s.options.Staff != "":
	case s.options.plain:
		s.said[1] += " Somebody else types back, and then their own staff id."
	default:
		s.said[1] += " Somebody else types their own staff id over it (Shift+Tab)."
	}
	s.reset(string(staff))
}

// turnedOut begins anew with the reason why somebody's session is over.
func (s *signIn) turnedOut(why error) {
	s.bad, s.said = true, []string{why.Error()}
	s.reset("")
}

func (s *signIn) submit(v part.Values) tea.Cmd {
	if s.busy {
		return nil
	}
	s.busy, s.bad, s.said = true, false, []string{"Opening your keys …"}
	staff, passphrase := model.StaffID(strings.ToLower(v["staff"])), v["passphrase"]
	if s.options.Staff != "" {
		staff = s.options.Staff
	}
	s.reset(v["staff"])
	return s.deed(s, func() (tea.Msg, error) {
		session, err := s.gate.SignIn(context.Background(), staff, passphrase)
		if err != nil {
			return refusedMsg{err}, nil
		}
		s.arrival.bring(session)
		return sessionMsg{session}, nil
	})
}

// Title implements Screen.
func (s *signIn) Title() string { return "Sign in" }

// Load implements Screen.
func (s *signIn) Load() tea.Cmd { return nil }

// Actions implements Screen.
func (s *signIn) Actions() []Action {
	return []Action{
		{Key: part.KeyEnter, Name: "go on", Says: "Go on to the passphrase, and sign in."},
		{Key: part.KeyTab, Name: "next", Says: "Go to the next field; Shift+Tab to the one before."},
	}
}

// Typing implements Typist.
func (s *signIn) Typing() bool { return s.form.Typing() }

// Update implements Screen.
func (s *signIn) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case refusedMsg:
		s.busy, s.bad, s.said = false, true, []string{msg.err.Error()}
		return s.release()
	case sessionMsg:
		s.busy, s.said, s.typed = false, nil, nil
		s.reset("")
		return func() tea.Msg { return msg }
	case tea.KeyMsg:
		if s.busy {
			s.typed = append(s.typed, msg)
			return nil
		}
		if s.bad {
			s.said = nil // read, or they would not type again
		}
		return s.enter(msg)
	}
	return s.form.Update(msg)
}

// enter signs in with Enter in the last field: the button is one key too many
// for who does it thirty times a day.
func (s *signIn) enter(msg tea.KeyMsg) tea.Cmd {
	last := s.form.Focused() == "passphrase"
	cmd := s.form.Update(msg)
	if last && part.PressedKey(msg) == part.KeyEnter {
		return tea.Batch(cmd, s.form.Update(msg))
	}
	return cmd
}

// release types what was typed too early.
func (s *signIn) release() tea.Cmd {
	typed := s.typed
	s.typed = nil
	cmds := make([]tea.Cmd, 0, len(typed))
	for _, msg := range typed {
		cmds = append(cmds, s.form.Update(msg))
	}
	return tea.Batch(cmds...)
}

// Speak implements Screen.
func (s *signIn) Speak() Speech {
	head := slices.Clone(s.said)
	if len(s.options.Demo) > 0 && len(head) == 0 {
		head = append(head, "DEMO: every person here is invented. Sign in as one of:")
		for _, d := range s.options.Demo[:min(len(s.options.Demo), demoMost)] {
			head = append(head, fmt.Sprintf("%s; %s; passphrase \"%s\"", d.ID, d.Role, d.Passphrase))
		}
	}
	return Speech{Head: head, Form: s.form, Direct: true}
}

// View implements Screen.
func (s *signIn) View(width, height int) string {
	t := s.options.Theme
	lines := []string{""}
	style := t.Warn
	if s.bad {
		style = t.Danger
	}
	for _, said := range s.said {
		for _, l := range part.Wrap(said, width) {
			lines = append(lines, style.Render(l))
		}
	}
	if len(s.options.Demo) > 0 {
		lines = append(lines, s.demo(width)...)
	}
	if len(lines) > 1 {
		lines = append(lines, "")
	}
	form := s.form.View(min(width, 60), max(height-len(lines), 1))
	return joinLines(append(lines, form))
}

// demoMost is how many of the demonstration's staff are listed.
const demoMost = 6

// demo says who may sign in to the demonstration: its people are invented, so
// its passphrases are no secret.
func (s *signIn) demo(width int) []string {
	t := s.options.Theme
	columns := part.NewColumns(part.Column{Width: 12}, part.Column{Width: 24}, part.Column{Flex: 1, Width: 30})
	lines := []string{"", t.Title.Render("DEMO: every person here is invented. Sign in as one of:"), ""}
	for i, d := range s.options.Demo {
		if i == demoMost {
			return append(lines, "  "+t.Muted.Render(part.Cut("and, with the same one, "+othersOf(s.options.Demo[i:])+".", width-2)))
		}
		line := columns.Line(width-2, part.Cell{Text: d.ID, Style: t.Key}, part.Cell{Text: d.Role}, part.Cell{Text: "passphrase: " + d.Passphrase})
		lines = append(lines, "  "+strings.TrimRight(line.Paint(), " "))
	}
	return lines
}

// othersOf names staff by id alone.
func othersOf(all []DemoStaff) string {
	words := make([]string, len(all))
	for i, d := range all {
		words[i] = d.ID
	}
	return strings.Join(words, ", ")
}
