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
	switch id {
	case model.ItemConsent:
		return newConsent(e, r.ID)
	case model.ItemGP, model.ItemPractice, model.ItemDeduction:
		return newGP(e, r.ID)
	case model.ItemMedicines, model.ItemReconciled, model.ItemSupplyDecided:
		return newMedicines(e, r.ID)
	case model.ItemOST:
		return newMedicinesAt(e, r.ID, rowOST)
	case model.ItemResults:
		return newEntriesAt(e, r.ID, resultForm)
	case model.ItemPrevention:
		return newEntriesAt(e, r.ID, preventionForm)
	case model.ItemAppointments:
		return newEntriesAt(e, r.ID, appointmentForm)
	case model.ItemNaloxone:
		return newMedicinesAt(e, r.ID, rowNaloxone)
	case model.ItemLetter, model.ItemPersonCopy, model.ItemLetterDelivered:
		return newLetter(e, r.ID)
	}
	return nil
}

// healthActions are what can be opened from a person's page. Who may not read
// the health record finds them in help, with the reason.
func healthActions(e *env, r *model.Record) []Action {
	held := ""
	if r.Health == nil {
		held = heldByHealthcare + ". Ask a colleague who works with it."
		if e.Actor().Role.MayBreak(model.Health) {
			held += e.keys(" Where there is a reason to, b breaks the glass.", " Where there is a reason to, type break glass.")
		}
	}
	opens := func(key, name, word, says string, screen func() Screen) Action {
		return Action{Key: key, Name: name, Word: word, Says: says, Disabled: held, Run: func() tea.Cmd { return open(screen()) }}
	}
	return []Action{
		opens("g", "GP", "gp", "Open the GP registration.", func() Screen { return newGP(e, r.ID) }),
		opens("e", "medicines", "", "Open the medicines and their supply.", func() Screen { return newMedicines(e, r.ID) }),
		opens("o", "", "consent", "Open the person's answers on consent.", func() Screen { return newConsent(e, r.ID) }),
		opens("y", "", "allergies", "Open the allergies.", func() Screen { return newAllergies(e, r.ID) }),
		opens("w", "", "appointments", "Open the appointments, the results and the vaccines.", func() Screen { return newEntries(e, r.ID) }),
		opens("l", "letter", "", "Write, read, sign and print the discharge letter.", func() Screen { return newLetter(e, r.ID) }),
	}
}
