package tui

import (
	"context"
	"fmt"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/throughgate/throughgate/model"
	"github.com/throughgate/throughgate/tui/part"
)

// signWord is what has to be typed to sign: a key pressed ahead must not.
const signWord = "sign"

// signing shows the letter once more, and signs exactly what it shows.
type signing struct {
	asker
	*paper
	confirm *part.Confirm // nil while the letter is read
	saving  bool
}

func newSigning(e *env, r *model.Record, l model.Letter) *signing {
	return &signing{paper: newPaper(e, r, l, nil)}
}

// Title implements Screen.
func (*signing) Title() string { return "Sign the letter" }

// Typing implements Typist.
func (s *signing) Typing() bool { return s.confirm != nil }

// Actions implements Screen.
func (s *signing) Actions() []Action {
	if s.confirm != nil {
		return nil
	}
	return []Action{
		{Key: "s", Name: "sign this letter", Word: "sign", Says: "Sign the letter as it stands here.", Run: s.askWord},
		back(),
	}
}

func (s *signing) askWord() tea.Cmd {
	text := fmt.Sprintf("Letter %d is frozen as you read it and signed in your name. It cannot be changed afterwards, only replaced by another.", s.letter.Number)
	s.confirm = part.NewConfirm(s.env.theme, "Sign the letter", text, signWord)
	s.confirm.OnYes, s.confirm.OnNo = s.sign, s.readOn
	return nil
}

func (s *signing) readOn() tea.Cmd {
	s.confirm = nil
	return nil
}

// Leave implements Leaver: Escape first closes the question.
func (s *signing) Leave() (tea.Cmd, bool) {
	if s.confirm == nil {
		return nil, false
	}
	return s.readOn(), true
}

func (s *signing) sign() tea.Cmd {
	if s.saving {
		return nil
	}
	s.saving = true
	return s.deed(s, func() (tea.Msg, error) {
		signed, err := s.signed()
		if err != nil {
			return notKeptMsg{err}, nil
		}
		if err := s.env.Do(context.Background(), model.Write{Person: s.record.ID, Seen: s.record, Changes: []model.Change{signed}}); err != nil {
			return notKeptMsg{err}, nil
		}
		return keptMsg{}, nil
	})
}

// signed is the change that signing this kind of letter is.
func (s *signing) signed() (model.Change, error) {
	if s.letter.Kind == model.LetterResults {
		return model.SignResults(s.letter, s.env.Sign)
	}
	return model.SignLetter(s.letter, s.env.Sign)
}

// Update implements Screen.
func (s *signing) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case keptMsg:
		done := fmt.Sprintf("Letter %d is signed. Print it %s, or hand over what is due.", s.letter.Number, s.env.with("x", "pdf"))
		return func() tea.Msg { return closeMsg{done, s} }
	case notKeptMsg:
		s.saving, s.confirm = false, nil
		return fail(msg.err)
	}
	if s.confirm != nil {
		return s.confirm.Update(msg)
	}
	return s.paper.Update(msg)
}

// Speak implements Screen.
func (s *signing) Speak() Speech {
	if s.confirm != nil {
		return Speech{Confirm: s.confirm}
	}
	return s.paper.Speak()
}

// View implements Screen.
func (s *signing) View(width, height int) string {
	if s.confirm != nil {
		return s.confirm.View(width, height)
	}
	return s.paper.View(width, height)
}
