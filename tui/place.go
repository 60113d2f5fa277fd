package tui

import (
	"context"
	"encoding/json"
	"slices"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/throughgate/throughgate/model"
)

// place names a screen that can be opened again: after a crash, a power cut or
// somebody else's session the same person comes back to the same field.
type place struct {
	Screen string         `json:"screen"` // "person", or the name of a form
	Person model.PersonID `json:"person"`
}

// Placed is a screen that can be opened again.
type Placed interface {
	Place() place
}

func samePlace(a, b Screen) bool {
	first, ok := a.(Placed)
	second, also := b.(Placed)
	return ok && also && first.Place() == second.Place()
}

// placeKeeper remembers where somebody is, sealed for them alone as drafts are.
type placeKeeper struct {
	drafts *draftBox
	last   []place
}

const placeDraft = "place"

func newPlaceKeeper(d *draftBoxes) *placeKeeper {
	return &placeKeeper{drafts: d.of(placeDraft)}
}

func (k *placeKeeper) keep(now []place) tea.Cmd {
	if slices.Equal(k.last, now) {
		return nil
	}
	k.last = now
	if len(now) == 0 {
		return k.drafts.put(nil)
	}
	value, err := json.Marshal(now)
	if err != nil {
		return fail(err)
	}
	return k.drafts.put(value)
}

// keepPlace remembers the screens that are open above the first.
func (a *App) keepPlace() tea.Cmd {
	var now []place
	for _, s := range a.stack[1:] {
		if p, ok := s.(Placed); ok {
			now = append(now, p.Place())
		}
	}
	return a.places.keep(now)
}

// backMsg brings the screens that were open when the last session ended.
type backMsg struct {
	from    *placeKeeper
	places  []place
	screens []Screen
}

// findPlace opens again, in a command, what was open when this person's last
// session broke off.
func (a *App) findPlace() tea.Cmd {
	e, keeper := a.env, a.places
	return func() tea.Msg {
		value, found := e.Draft(placeDraft)
		var places []place
		if !found || json.Unmarshal(value, &places) != nil {
			return nil
		}
		back := backMsg{from: keeper}
		records := make(map[model.PersonID]*model.Record)
		for _, p := range places {
			s := reopen(e, p, records)
			if s == nil {
				break // what stood above it would stand on nothing
			}
			back.places, back.screens = append(back.places, p), append(back.screens, s)
		}
		if len(back.screens) == 0 {
			return nil
		}
		return back
	}
}

// reopen makes the screen of a place; nil when it is not to be had any more.
func reopen(e *env, p place, read map[model.PersonID]*model.Record) Screen {
	if p.Screen == arrivalForm {
		return newArrival(e)
	}
	if p.Screen == personScreen {
		return newPerson(e, p.Person)
	}
	r := read[p.Person]
	if r == nil {
		var err error
		if r, err = e.Get(context.Background(), p.Person); err != nil {
			return nil // gone, or no longer open to this person: the board is where to begin
		}
		read[p.Person] = r
	}
	return formNamed(e, r, p.Screen)
}

// comeBack shows them, unless the person has gone elsewhere meanwhile.
func (a *App) comeBack(msg backMsg) tea.Cmd {
	if msg.from != a.places || len(a.stack) != 1 {
		return nil
	}
	cmds := make([]tea.Cmd, 0, len(msg.screens)+1)
	for _, s := range msg.screens {
		cmds = append(cmds, s.Load())
	}
	a.stack = append(a.stack, msg.screens...)
	if first, ok := a.stack[0].(*board); ok {
		first.seek(msg.places[0].Person)
	}
	return tea.Batch(append(cmds, a.keepPlace())...)
}
