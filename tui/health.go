package tui

import (
	tea "github.com/charmbracelet/bubbletea"

	"github.com/throughgate/throughgate/model"
)

// healthScreen is where a healthcare line of the checklist is worked, nil for
// roles that may only see its state.
func healthScreen(e *env, r *model.Record, id model.ItemID) Screen {
	if r.Health == nil {
		return nil
	}
	if id == model.ItemLetter {
		return newLetter(e, r.ID)
	}
	return nil
}

// healthActions are what can be opened from a person's page by those who hold
// the health record.
func healthActions(e *env, r *model.Record) []Action {
	if r.Health == nil {
		return nil
	}
	return []Action{
		{Key: "l", Says: "Write, read, sign and print the discharge letter.", Run: func() tea.Cmd { return open(newLetter(e, r.ID)) }},
	}
}

// healthForm is the form of a name about health, for coming back to it; nil
// when there is none or the role may not use it.
func healthForm(e *env, r *model.Record, name string) Screen {
	if r.Health == nil || e.allow(r, &model.LetterDraft{}) != "" {
		return nil
	}
	if name == letterForm {
		return newLetterForm(e, r, mainHeadings...)
	}
	if code := trimPrefix(name, letterForm+"/"); code != "" {
		return newLetterForm(e, r, model.HeadingCode(code))
	}
	return nil
}
