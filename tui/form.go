package tui

import (
	"context"
	"errors"
	"maps"

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
	spec   formSpec
	seen   *model.Record // nil in a form about somebody who has no record yet
	form   *part.Form
	drafts *draftBox
	first  map[string]string // the answers it began with
	said   string            // about a draft that was brought back
	ready  bool              // the draft was looked for
	saving bool
	held   []tea.KeyMsg // typed before it was ready, or while it is being kept
	before part.Values  // the answers before the last key
}

// formSpec says what a form asks and what its answers do.
type formSpec struct {
	title  string
	name   string // of the form, for its draft and for coming back to it
	button string // "Continue" when empty
	done   string // the sentence shown when it is kept
	fields []part.Field
	start  map[string]string // answers to begin with, by field
	// build makes the changes of the answers. A fieldError stands beside its
	// field, any other error at the top of the form.
	build func(part.Values) ([]model.Change, error)
	// confirm asks for a typed word before the changes are made; nil, or an
	// answer of nil, asks for none.
	confirm func(part.Values) *confirmation
	// write keeps the changes in another way than on the person the form is
	// about, and returns the screen that follows; nil goes back.
	write func(ctx context.Context, changes []model.Change) (Screen, error)
	// compact puts labels beside answers, for forms that are worked many times a
	// night.
	compact bool
	// follow gives answers that follow from one just changed, such as a quantity
	// from the days; nil when there are none.
	follow func(before, now part.Values) map[string]string
	// next is the screen that takes this one's place once it is kept; nil goes
	// back. It is asked in a command, so it may read.
	next func(part.Values) (Screen, error)
}

// newForm makes a form about the person whose record its reader has seen.
func newForm(e *env, seen *model.Record, spec formSpec) *formScreen {
	s := &formScreen{env: e, spec: spec, seen: seen, form: part.NewForm(e.theme, spec.fields...)}
	s.drafts = e.drafts.of(s.draftKey())
	if spec.button != "" {
		s.form.Button = spec.button
	}
	s.form.Compact = spec.compact
	s.form.OnSubmit, s.form.OnChange = s.submit, s.answered
	s.form.Restore(spec.start)
	s.first, s.before = answersOf(s.form), s.form.Values()
	return s
}

// submit is called with answers that passed the form's own checks.
func (s *formScreen) submit(v part.Values) tea.Cmd {
	changes, err := s.spec.build(v)
	if err != nil {
		s.refuse(err)
		return nil
	}
	if s.spec.confirm != nil {
		if question := s.spec.confirm(v); question != nil {
			question.yes = func() tea.Cmd { return s.write(changes, v) }
			return confirm(*question)
		}
	}
	return s.write(changes, v)
}

// keptMsg says that a form's changes are kept, and what comes next.
type keptMsg struct {
	next Screen
	err  error // the draft could not be taken away; the changes are kept all the same
}

type notKeptMsg struct{ err error }

func (s *formScreen) write(changes []model.Change, v part.Values) tea.Cmd {
	if s.saving {
		return nil
	}
	s.saving = true
	return s.deed(s, func() (tea.Msg, error) {
		next, err := s.keep(context.Background(), changes)
		if err != nil {
			return notKeptMsg{err}, nil
		}
		kept := keptMsg{next, s.drafts.forget()}
		if kept.next == nil && s.spec.next != nil {
			if next, err = s.spec.next(v); err == nil { // nothing that fails here may look as if the changes were lost
				kept.next = next
			}
		}
		return kept, nil
	})
}

func (s *formScreen) keep(ctx context.Context, changes []model.Change) (Screen, error) {
	if s.spec.write != nil {
		return s.spec.write(ctx, changes)
	}
	return nil, s.env.Do(ctx, model.Write{Person: s.seen.ID, Seen: s.seen, Changes: changes})
}

// answered lets answers follow from what was changed, and keeps the draft.
func (s *formScreen) answered() tea.Cmd {
	if s.spec.follow != nil {
		s.form.Restore(s.spec.follow(s.before, s.form.Values()))
		s.before = s.form.Values()
	}
	return s.keepDraft()
}

// fieldError is a problem with one answer.
type fieldError struct {
	field string
	err   error
}

func (e fieldError) Error() string { return e.err.Error() }
func (e fieldError) Unwrap() error { return e.err }

// refuse shows a problem beside the field it is about, or at the top.
func (s *formScreen) refuse(err error) {
	var at fieldError
	var refused *model.Error
	if !errors.As(err, &at) && errors.As(err, &refused) {
		at.field = refused.Field
	}
	s.form.SetProblems(map[string]string{at.field: err.Error()})
}

// Title implements Screen.
func (s *formScreen) Title() string { return s.spec.title }

// Subject implements Subject.
func (s *formScreen) Subject() *model.Record { return s.seen }

// Typing implements Typist. A form that is not ready takes letters too, and
// types them when it is.
func (s *formScreen) Typing() bool { return !s.ready || s.form.Typing() }

// Actions implements Screen.
func (s *formScreen) Actions() []Action {
	busy, same := "", ""
	if s.saving {
		busy = "It is being kept."
	}
	if !s.changed() {
		same = "You have typed nothing here yet."
	}
	return []Action{
		{Key: part.KeyTab, Name: "next", Says: "Go to the next question; Shift+Tab to the one before. Enter answers and goes on."},
		{Key: part.KeyEscape, Name: "back", Says: "Go back. What you typed is kept as a draft.", Disabled: busy, Run: s.back},
		{Key: "ctrl+x", Name: "discard", Says: "Throw away what you typed here and go back.", Disabled: busy + same, Run: s.discard},
		{Key: part.KeyDown, Says: "Move to the next answer or question; Up to the one before."},
		{Key: part.KeySpace, Says: "Choose the answer under the cursor, where there are answers to choose from."},
		{Key: part.KeyPageDown, Says: "Pass five questions; Page Up goes back five."},
	}
}

func (s *formScreen) back() tea.Cmd {
	if s.changed() {
		return closeScreen("What you typed is kept as a draft.")
	}
	return closeScreen("")
}

// discard asks before words are lost that are nowhere else.
func (s *formScreen) discard() tea.Cmd {
	return confirm(confirmation{
		title: "Throw away what you typed?", text: "It was not kept anywhere else, and cannot be brought back.", word: "DISCARD",
		yes: func() tea.Cmd {
			return s.deed(s, func() (tea.Msg, error) {
				return closeMsg{note: "Nothing was changed.", from: s}, s.drafts.forget()
			})
		},
	})
}

// Update implements Screen.
func (s *formScreen) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case tea.KeyMsg:
		return s.key(msg)
	case draftMsg:
		return s.restore(msg)
	case closeMsg:
		return func() tea.Msg { return msg }
	case keptMsg:
		return s.kept(msg)
	case notKeptMsg:
		s.saving = false
		s.refuse(msg.err)
		return s.release()
	}
	return s.form.Update(msg)
}

// key holds what is typed while the form cannot take it.
func (s *formScreen) key(msg tea.KeyMsg) tea.Cmd {
	if !s.ready || s.saving {
		s.held = append(s.held, msg)
		return nil
	}
	return s.form.Update(msg)
}

// release types what was held.
func (s *formScreen) release() tea.Cmd {
	held := s.held
	s.held = nil
	cmds := make([]tea.Cmd, 0, len(held))
	for _, msg := range held {
		cmds = append(cmds, s.key(msg))
	}
	return tea.Batch(cmds...)
}

func (s *formScreen) kept(msg keptMsg) tea.Cmd {
	s.held = nil // meant for a form that is done
	leave := func() tea.Msg { return closeMsg{note: s.spec.done, from: s} }
	if msg.next != nil {
		leave = func() tea.Msg { return replaceMsg{msg.next, s.spec.done, s} }
	}
	if msg.err != nil {
		return tea.Sequence(leave, fail(msg.err))
	}
	return leave
}

// changed tells whether anything was answered otherwise than it stood.
func (s *formScreen) changed() bool { return !maps.Equal(answersOf(s.form), s.first) }

// Speak implements Screen.
func (s *formScreen) Speak() Speech {
	if !s.ready {
		return Speech{}
	}
	return Speech{Head: spoken([]string{s.said}), Form: s.form}
}

// View implements Screen.
func (s *formScreen) View(width, height int) string {
	const widest = 96 // longer lines are hard to follow
	width = min(width, widest)
	if s.said == "" {
		return s.form.View(width, height)
	}
	lines := append(part.Notices(width, s.said, s.env.theme.Warn, 2), "")
	return joinLines(append(lines, s.form.View(width, height-len(lines))))
}
