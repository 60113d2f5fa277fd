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
	env     *env
	draft   string // names the draft; one for each form and person
	seen    *model.Record
	form    *part.Form
	spec    formSpec
	before  part.Values // the answers before the last key
	opening tea.Cmd     // searches anew what a draft had in a picker
	saving  bool
}

// formSpec says what a form asks and what its answers do.
type formSpec struct {
	title  string
	name   string // of the form, for its draft
	button string
	done   string // the sentence shown when it is kept
	fields []part.Field
	start  map[string]string // answers to begin with, by field
	build  func(part.Values) ([]model.Change, error)
	// compact puts labels beside answers, for forms that are worked many times a night.
	compact bool
	// follow gives answers that follow from one just changed, such as a quantity
	// from the days; nil when there are none.
	follow func(before, now part.Values) map[string]string
	// next is the screen that takes this one's place once it is kept, nil for
	// going back. It is asked in a command, so it may read.
	next func(part.Values) (Screen, error)
}

func newForm(e *env, seen *model.Record, spec formSpec) *formScreen {
	s := &formScreen{
		env: e, spec: spec, seen: seen,
		draft: spec.name + "/" + seen.ID.String(),
		form:  part.NewForm(e.theme, spec.fields...),
	}
	s.form.Compact = spec.compact
	if spec.button != "" {
		s.form.Button = spec.button
	}
	s.form.OnSubmit, s.form.OnChange = s.submit, s.keep
	s.restore()
	s.before = s.form.Values()
	return s
}

// restore brings back what this person had typed here before, else the answers
// to begin with.
func (s *formScreen) restore() {
	draft := s.spec.start
	if kept, found := s.env.Draft(s.draft); found {
		var typed map[string]string
		if json.Unmarshal(kept, &typed) == nil { // an old form's draft that cannot be read is no loss
			draft = typed
		}
	}
	s.opening = s.form.Restore(draft)
}

// keep lets answers follow from what was changed, and saves the draft in a
// command of its own.
func (s *formScreen) keep() tea.Cmd {
	if s.spec.follow != nil {
		s.form.Restore(s.spec.follow(s.before, s.form.Values()))
		s.before = s.form.Values()
	}
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

// keptMsg says that a form's changes are kept, and what comes next.
type keptMsg struct{ next Screen }

type notKeptMsg struct{ err error }

func (s *formScreen) submit(v part.Values) tea.Cmd {
	if s.saving {
		return nil
	}
	changes, err := s.spec.build(v)
	if err != nil {
		return s.refuse(err)
	}
	s.saving = true
	return s.ask(s, func() (tea.Msg, error) {
		ctx := context.Background()
		if err := s.env.Do(ctx, model.Write{Person: s.seen.ID, Seen: s.seen, Changes: changes}); err != nil {
			return notKeptMsg{err}, nil
		}
		return s.kept(v)
	})
}

// kept forgets the draft and reads what comes next. Nothing that fails here may
// look as if the changes were lost.
func (s *formScreen) kept(v part.Values) (tea.Msg, error) {
	if err := s.env.SaveDraft(s.draft, nil); err != nil || s.spec.next == nil {
		return keptMsg{}, err
	}
	next, err := s.spec.next(v)
	if err != nil {
		return keptMsg{}, nil
	}
	return keptMsg{next}, nil
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
	var refused *model.Error
	switch {
	case errors.As(err, &at):
		s.form.SetProblems(map[string]string{at.field: at.Error()})
	case errors.As(err, &refused) && refused.Field != "":
		s.form.SetProblems(map[string]string{refused.Field: refused.Error()})
	default:
		return fail(err)
	}
	return nil
}

// Title implements Screen.
func (s *formScreen) Title() string { return s.spec.title }

// Load implements Screen. A form does not change under who fills it in: what
// came in meanwhile shows as a conflict. Only what had been typed into a picker
// is searched again.
func (s *formScreen) Load() tea.Cmd {
	cmd := s.opening
	s.opening = nil
	return cmd
}

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
		if msg.next != nil {
			return func() tea.Msg { return replaceMsg{screen: msg.next, note: s.spec.done} }
		}
		return closeScreen(s.spec.done)
	case notKeptMsg:
		s.saving = false
		return s.refuse(msg.err)
	}
	return s.form.Update(msg)
}

// View implements Screen.
func (s *formScreen) View(width, height int) string { return s.form.View(min(width, 96), height) }
