package tui

import "github.com/throughgate/throughgate/model"

// healthScreen is where a healthcare line of the checklist is worked, nil for
// roles that may only see its state.
func healthScreen(e *env, r *model.Record, id model.ItemID) Screen { return nil }

// healthActions are what can be opened from a person's page by those who hold
// the health record.
func healthActions(e *env, r *model.Record) []Action { return nil }
