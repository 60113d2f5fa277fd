package tui

import (
	"context"
	"fmt"

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
	busy    bool
}

type sessionMsg struct{ session Session }

type refusedMsg struct{ err error }

func newSignIn(gate Gate, options Options) *signIn {
	s := &signIn{gate: gate, options: options}
	s.reset("")
	return s
}

// reset starts the form anew, with the staff id kept.
func (s *signIn) reset(staff string) {
	s.form = part.NewForm(s.options.Theme,
		part.Field{Key: "staff", Label: "Staff id", Required: "Enter your staff id", Max: 40},
		part.Field{Key: "passphrase", Kind: part.SecretField, Label: "Passphrase", Required: "Enter your passphrase"},
	)
	s.form.Button = "Sign in"
	s.form.OnSubmit = s.submit
	if staff != "" {
		s.form.Restore(map[string]string{"staff": staff})
		s.form.Focus("passphrase")
	}
}

func (s *signIn) lockedBy(name, why string) {
	s.said = []string{why, fmt.Sprintf("%s is signed in here. Their work is kept. Sign in to go on, or as somebody else.", name)}
	s.reset("")
}

func (s *signIn) submit(v part.Values) tea.Cmd {
	if s.busy {
		return nil
	}
	s.busy, s.said = true, []string{"Opening your keys …"}
	staff, passphrase := model.StaffID(v["staff"]), v["passphrase"]
	s.reset(v["staff"])
	return s.ask(s, func() (tea.Msg, error) {
		session, err := s.gate.SignIn(context.Background(), staff, passphrase)
		if err != nil {
			return refusedMsg{err}, nil
		}
		return sessionMsg{session}, nil
	})
}

// Title implements Screen.
func (s *signIn) Title() string { return "Sign in" }

// Load implements Screen.
func (s *signIn) Load() tea.Cmd { return nil }

// Actions implements Screen.
func (s *signIn) Actions() []Action { return nil }

// Typing implements Typist.
func (s *signIn) Typing() bool { return s.form.Typing() }

// Update implements Screen.
func (s *signIn) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case refusedMsg:
		s.busy, s.said = false, []string{msg.err.Error()}
		return nil
	case sessionMsg:
		s.busy, s.said = false, nil
		s.reset("")
		return func() tea.Msg { return msg }
	}
	return s.form.Update(msg)
}

// View implements Screen.
func (s *signIn) View(width, height int) string {
	t := s.options.Theme
	lines := []string{""}
	for _, said := range s.said {
		for _, l := range part.Wrap(said, width) {
			lines = append(lines, t.Warn.Render(l))
		}
	}
	if len(s.options.Demo) > 0 {
		lines = append(lines, s.demo()...)
	}
	lines = append(lines, "")
	form := s.form.View(min(width, 60), max(height-len(lines), 6))
	return joinLines(lines) + "\n" + form
}

// demo says who may sign in to the demonstration: its people are invented, so
// its passphrases are no secret.
func (s *signIn) demo() []string {
	t := s.options.Theme
	columns := part.NewColumns(part.Column{Width: 12}, part.Column{Width: 24}, part.Column{Width: 30})
	lines := []string{"", t.Title.Render("DEMO: every person here is invented. Sign in as one of:"), ""}
	for _, d := range s.options.Demo {
		line := columns.Line(70, part.Cell{Text: d.ID, Style: t.Key}, part.Cell{Text: d.Role}, part.Cell{Text: "passphrase: " + d.Passphrase})
		lines = append(lines, "  "+line.Paint())
	}
	return lines
}
