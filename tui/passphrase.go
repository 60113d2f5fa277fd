package tui

import (
	"context"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/throughgate/throughgate/model"
	"github.com/throughgate/throughgate/tui/part"
)

// passphrase asks for a new passphrase: when the person wishes, and before
// anything else when theirs is the first one, which somebody else has seen. It
// keeps no draft: what is typed here is written down nowhere.
type passphrase struct {
	asker
	env    *env
	form   *part.Form
	next   Screen // opened when it is done; nil goes back
	saving bool
}

type passphraseMsg struct{ err error }

func newPassphrase(e *env, next Screen) *passphrase {
	s := &passphrase{env: e, next: next}
	why := "Choose something long that you can remember: three or four words will do. Nobody can look it up; if it is forgotten, the service gives you a new first one."
	if next != nil {
		why = "This is your first sign-in. Whoever gave you your passphrase has seen it, so choose your own now. " + why
	}
	s.form = part.NewForm(e.theme,
		part.Field{Key: "why", Kind: part.InfoField, Label: why},
		part.Field{Key: "old", Kind: part.SecretField, Label: "Passphrase you have now", Required: "Enter the passphrase you have now"},
		part.Field{Key: "new", Kind: part.SecretField, Label: "New passphrase", Hint: "At least 12 characters.", Required: "Enter a new passphrase"},
		part.Field{Key: "again", Kind: part.SecretField, Label: "New passphrase again", Required: "Enter the new passphrase again"},
	)
	s.form.Button = "Change passphrase"
	s.form.OnSubmit = s.submit
	return s
}

func (s *passphrase) submit(v part.Values) tea.Cmd {
	if s.saving {
		return nil
	}
	if v["new"] != v["again"] {
		problems := map[string]string{"again": "The two new passphrases are not the same"}
		if s.env.plain { // nobody can look which of the two it was: both are asked again
			problems = map[string]string{"new": problems["again"], "again": "Enter the new passphrase once more"}
		}
		s.form.SetProblems(problems)
		return nil
	}
	s.saving = true
	return s.deed(s, func() (tea.Msg, error) {
		return passphraseMsg{s.env.ChangePassphrase(context.Background(), v["old"], v["new"])}, nil
	})
}

// Title implements Screen.
func (*passphrase) Title() string { return "Change passphrase" }

// Load implements Screen.
func (*passphrase) Load() tea.Cmd { return nil }

// Actions implements Screen.
func (s *passphrase) Actions() []Action {
	actions := []Action{
		{Key: part.KeyEnter, Name: "go on", Says: "Go on to the next field."},
		{Key: part.KeyTab, Name: "next", Says: "Go to the next field; Shift+Tab to the one before."},
	}
	if s.next == nil {
		actions = append(actions, Action{Key: part.KeyEscape, Name: "back", Says: "Go back. The passphrase stays as it is."})
	}
	return actions
}

// Typing implements Typist.
func (s *passphrase) Typing() bool { return s.form.Typing() }

// Leave implements Leaver: a first passphrase cannot be put off.
func (s *passphrase) Leave() (tea.Cmd, bool) {
	if s.next == nil {
		return nil, false
	}
	return fail(model.Forbidden("Choose your own passphrase first.", s.env.keys("Ctrl+C leaves the program.", "Type quit to leave the program."))), true
}

// Update implements Screen.
func (s *passphrase) Update(msg tea.Msg) tea.Cmd {
	answer, ok := msg.(passphraseMsg)
	if !ok {
		return s.form.Update(msg)
	}
	s.saving = false
	if answer.err != nil {
		s.form.SetProblems(map[string]string{"": answer.err.Error()})
		return nil
	}
	if s.next != nil {
		return func() tea.Msg { return replaceMsg{s.next, "Your passphrase is changed.", s} }
	}
	return func() tea.Msg { return closeMsg{"Your passphrase is changed.", s} }
}

// Speak implements Screen.
func (s *passphrase) Speak() Speech { return Speech{Form: s.form, Direct: true} }

// View implements Screen.
func (s *passphrase) View(width, height int) string { return s.form.View(min(width, 76), height) }
