package tui

import (
	"context"
	"strconv"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/throughgate/throughgate/model"
	"github.com/throughgate/throughgate/tui/part"
)

// settleForm begins the names of forms that settle a conflict.
const settleForm = "settle/"

// openSettle opens the conflict under the cursor. The record is read first: the
// banner says whose it is.
func (s *conflicts) openSettle() tea.Cmd {
	what := s.found[s.list.Index()]
	return s.deed(s, func() (tea.Msg, error) {
		r, err := s.env.Get(context.Background(), what.Row.ID)
		if err != nil {
			return nil, err
		}
		return openMsg{newSettle(s.env, r, what)}, nil
	})
}

// newSettle puts one conflict before a person: every value, who wrote it and
// when. What they keep is written over what they were shown and nothing else.
func newSettle(e *env, r *model.Record, what model.PersonConflict) *formScreen {
	slot := slotWords(what.Conflict.Slot)
	said := "These were written by people who had not seen each other's entry. The last one shows until you say which one holds."
	if what.Conflict.Clinical() {
		said = "CHECK NOW, this may have been given twice. " + said
	}
	options := make([]part.Option, 0, len(what.Ops))
	for i, op := range what.Ops {
		options = append(options, settleOption(e, r, i, op))
	}
	return newForm(e, r, formSpec{
		title: "Settle a conflict", name: settleForm + what.Conflict.Slot, button: "Keep this one",
		done: "Settled. Every desk will show it.",
		fields: []part.Field{
			{Key: "said", Kind: part.InfoField, Label: said},
			{Key: "keep", Kind: part.ChoiceField, Label: slot, Options: options, Required: "Choose the value that holds"},
			{Key: "reason", Label: "How do you know?", Optional: true, Max: 240},
		},
		build: func(v part.Values) ([]model.Change, error) {
			i, err := strconv.Atoi(v["keep"])
			if err != nil || i >= len(what.Ops) {
				return nil, fieldError{"keep", model.Invalid("Choose the value that holds.", "")}
			}
			return []model.Change{model.Settle(what.Conflict, what.Ops[i], v["reason"])}, nil
		},
	})
}

func settleOption(e *env, r *model.Record, i int, op *model.Op) part.Option {
	if op == nil || op.Change == nil {
		return part.Option{Value: strconv.Itoa(i), Label: "An entry of a newer version of this program", Disabled: "It can be settled at a desk with the newer version."}
	}
	return part.Option{
		Value: strconv.Itoa(i), Label: op.Change.String(),
		Hint:     e.by(op.Actor.Staff, op.Stamp) + ", " + op.Actor.Role.Words(),
		Disabled: e.allow(r, op.Change),
	}
}
