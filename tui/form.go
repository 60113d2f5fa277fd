package tui

import (
	"context"
	"encoding/json"
	"errors"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/throughgate/throughgate/model"
	"github.com/throughgate/throughgate/tui/part"
)

// formScreen is a form about one person. It keeps what is typed as a draft at
// every key, so that a lock, a power cut or a dropped line loses no word, and
// writes all its changes at once.
type formScreen struct {
	asker
	env    *env
	title  string
	draft  string // names the draft; one for each form and person
	seen   *model.Record
	form   *part.Form
	build  func(part.Values) ([]model.Change, error)
	done   string // the sentence shown when it is kept
	saving bool
}

// formSpec says what a form asks and what its answers do.
type formSpec struct {
	title  string
	name   string // of the form, for its draft
	button string
	done   string
	fields []part.Field
	start  map[string]string // answers to begin with, by field
	build  func(part.Values) ([]model.Change, error)
}

func newForm(e *env, seen *model.Record, spec formSpec) *formScreen {
	s := &formScreen{
		env: e, title: spec.title, seen: seen, build: spec.build, done: spec.done,
		draft: spec.name + "/" + seen.ID.String(),
		form:  part.NewForm(e.theme, spec.fields...),
	}
	if spec.button != "" {
		s.form.Button = spec.button
	}
	s.form.OnSubmit, s.form.OnChange = s.submit, s.keep
	s.form.Restore(spec.start)
	s.restore()
	return s
}

// restore brings back what this person had typed here before.
func (s *formScreen) restore() {
	kept, found := s.env.Draft(s.draft)
	if !found {
		return
	}
	var draft map[string]string
	if json.Unmarshal(kept, &draft) == nil { // an old form's draft that cannot be read is no loss
		s.form.Restore(draft)
	}
}

// keep saves the draft in a command of its own.
func (s *formScreen) keep() tea.Cmd {
	draft, key := s.form.Draft(), s.draft
	return func() tea.Msg {
		value, err := json.Marshal(draft)
		if err == nil {
			err = s.env.SaveDraft(key, value)
		}
		if err != nil {
			return failMsg{err}
		}
		return nil
	}
}

type keptMsg struct{}

type notKeptMsg struct{ err error }

func (s *formScreen) submit(v part.Values) tea.Cmd {
	if s.saving {
		return nil
	}
	changes, err := s.build(v)
	if err != nil {
		return s.refuse(err)
	}
	s.saving = true
	return s.ask(s, func() (tea.Msg, error) {
		ctx := context.Background()
		if err := s.env.Do(ctx, model.Write{Person: s.seen.ID, Seen: s.seen, Changes: changes}); err != nil {
			return notKeptMsg{err}, nil
		}
		return keptMsg{}, s.env.SaveDraft(s.draft, nil)
	})
}

// fieldError is a problem with one answer.
type fieldError struct {
	field string
	err   error
}

func (e fieldError) Error() string { return e.err.Error() }
func (e fieldError) Unwrap() error { return e.err }

// refuse shows a problem beside the field it is about, or on the frame.
func (s *formScreen) refuse(err error) tea.Cmd {
	var at fieldError
	if errors.As(err, &at) {
		s.form.SetProblems(map[string]string{at.field: at.Error()})
		return nil
	}
	return fail(err)
}

// Title implements Screen.
func (s *formScreen) Title() string { return s.title }

// Load implements Screen. A form does not change under who fills it in: what
// came in meanwhile shows as a conflict.
func (s *formScreen) Load() tea.Cmd { return nil }

// Subject implements Subject.
func (s *formScreen) Subject() *model.Record { return s.seen }

// Typing implements Typist.
func (s *formScreen) Typing() bool { return s.form.Typing() }

// Actions implements Screen.
func (s *formScreen) Actions() []Action {
	return []Action{
		{Key: part.KeyEscape, Name: "back, keeping the draft", Says: "Go back. What you typed is kept as a draft.", Run: func() tea.Cmd { return closeScreen("Kept as a draft.") }},
		{Key: "ctrl+x", Name: "discard", Says: "Throw away what you typed here and go back.", Run: s.discard},
	}
}

func (s *formScreen) discard() tea.Cmd {
	return func() tea.Msg {
		if err := s.env.SaveDraft(s.draft, nil); err != nil {
			return failMsg{err}
		}
		return closeMsg{"Nothing was changed."}
	}
}

// Update implements Screen.
func (s *formScreen) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case keptMsg:
		return closeScreen(s.done)
	case notKeptMsg:
		s.saving = false
		return fail(msg.err)
	}
	return s.form.Update(msg)
}

// View implements Screen.
func (s *formScreen) View(width, height int) string { return s.form.View(min(width, 96), height) }
