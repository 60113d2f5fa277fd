package tui

import (
	"encoding/json"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/throughgate/throughgate/model"
	"github.com/throughgate/throughgate/tui/part"
)

// formDraft is what a form keeps of what was typed and not sent.
type formDraft struct {
	Answers map[string]string `json:"answers"` // as part.Form.Draft has them
	At      model.Instant     `json:"at"`
	Seen    model.Stamp       `json:"seen"` // the last entry of the record that was on the screen
}

type draftMsg struct {
	kept  formDraft
	found bool
}

func (s *formScreen) draftKey() string {
	if s.seen == nil {
		return s.spec.name
	}
	return s.spec.name + "/" + s.seen.ID.String()
}

// Place implements Placed.
func (s *formScreen) Place() place {
	p := place{Screen: s.spec.name}
	if s.seen != nil {
		p.Person = s.seen.ID
	}
	return p
}

// Load implements Screen: it looks for a draft, once. A form does not change
// under who fills it in: what came in meanwhile shows as a conflict.
func (s *formScreen) Load() tea.Cmd {
	if s.ready {
		return nil
	}
	key := s.draftKey()
	return s.load(s, func() (tea.Msg, error) {
		value, found := s.env.Draft(key)
		msg := draftMsg{}
		msg.found = found && json.Unmarshal(value, &msg.kept) == nil // an old form's draft that cannot be read is no loss
		return msg, nil
	})
}

// restore brings back what this person had typed here before, and then takes
// what they have typed since.
func (s *formScreen) restore(msg draftMsg) tea.Cmd {
	if s.ready {
		return nil
	}
	s.ready = true
	var cmd tea.Cmd
	if msg.found {
		cmd = s.form.Restore(msg.kept.Answers)
		s.before = s.form.Values()
	}
	if msg.found && s.changed() {
		s.said = "You typed this on " + msg.kept.At.String() + " and did not finish. " + s.env.keys("Ctrl+X throws it away.", "Type discard to throw it away.")
		if msg.kept.Seen != s.lastSeen() {
			s.said = "The record has changed since you typed this on " + msg.kept.At.String() + ": look at it before you go on. " + s.env.keys("Ctrl+X throws this away.", "Type discard to throw this away.")
		}
	}
	return tea.Batch(cmd, s.release())
}

// keepDraft saves what was typed; answers that are as they were need no draft.
func (s *formScreen) keepDraft() tea.Cmd {
	if !s.changed() {
		return s.drafts.put(nil)
	}
	value, err := json.Marshal(formDraft{Answers: s.form.Draft(), At: model.InstantOf(s.env.now()), Seen: s.lastSeen()})
	if err != nil {
		return fail(err)
	}
	return s.drafts.put(value)
}

// lastSeen is the last entry of the record the form's reader has before them.
func (s *formScreen) lastSeen() model.Stamp {
	if s.seen == nil {
		return model.Stamp{}
	}
	return lastEntry(s.seen)
}

// answersOf is the answers of a form, finished or not, without the place of the
// cursor.
func answersOf(f *part.Form) map[string]string {
	answers := f.Draft()
	delete(answers, part.DraftFocus)
	return answers
}
