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
	Screen string         `json:"screen"` // "person", or the name of another page or of a form
	Person model.PersonID `json:"person"`
	What   string         `json:"what,omitempty"` // which of several
	View   string         `json:"view,omitempty"` // its filter, or which of its lists is shown
	Typing bool           `json:"typing,omitempty"`
}

// Placed is a screen that can be opened again.
type Placed interface {
	Place() place
}

func samePlace(a, b Screen) bool {
	first, ok := a.(Placed)
	second, also := b.(Placed)
	return ok && also && first.Place().bare() == second.Place().bare()
}

// bare is the place however it is looked at.
func (p place) bare() place {
	p.View, p.Typing = "", false
	return p
}

// placeKeeper remembers where somebody is, sealed for them alone as drafts are.
type placeKeeper struct {
	drafts *draftBox
	last   []place
	over   bool // who leaves on purpose begins at the board
}

const placeDraft = "place"

func newPlaceKeeper(d *draftBoxes) *placeKeeper {
	return &placeKeeper{drafts: d.of(placeDraft)}
}

func (k *placeKeeper) keep(now []place) tea.Cmd {
	if k.over || slices.Equal(k.last, now) {
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

// forget has the next session begin at the board.
func (k *placeKeeper) forget() tea.Cmd {
	cmd := k.keep(nil)
	k.over = true
	return cmd
}

// keepPlace remembers the screens that are open, once there is more to come back
// to than where everybody begins.
func (a *App) keepPlace() tea.Cmd {
	if a.env == nil {
		return nil
	}
	var now []place
	for _, s := range a.stack {
		if p, ok := s.(Placed); ok && p.Place() != (place{Screen: boardScreen}) {
			now = append(now, p.Place())
		}
	}
	return a.places.keep(now)
}

// backMsg brings the screens that were open when the last session ended.
type backMsg struct {
	from    *placeKeeper
	board   place
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
		if len(places) > 0 && (places[0].Screen == boardScreen || places[0].Screen == everybodyScreen) {
			back.board, places = places[0], places[1:]
		}
		records := make(map[model.PersonID]*model.Record)
		for _, p := range places {
			s := reopen(e, p, records)
			if s == nil {
				break // what stood above it would stand on nothing
			}
			if back.screens = append(back.screens, s); back.board.Person == (model.PersonID{}) {
				back.board.Person = p.Person
			}
		}
		if len(back.screens) == 0 && back.board == (place{}) {
			return nil
		}
		return back
	}
}

// reopen makes the screen of a place; nil when it is not to be had any more.
func reopen(e *env, p place, read map[model.PersonID]*model.Record) Screen {
	if p.Screen == personScreen {
		return newPerson(e, p.Person)
	}
	if p.Person == (model.PersonID{}) {
		return deskScreen(e, p)
	}
	r := read[p.Person]
	if r == nil {
		var err error
		if r, err = e.Get(context.Background(), p.Person); err != nil {
			return nil // gone, or no longer open to this person: the board is where to begin
		}
		read[p.Person] = r
	}
	if s := pageNamed(e, r, p); s != nil {
		return s
	}
	return formNamed(e, r, p.Screen)
}

// comeBack shows them, unless the person has gone elsewhere meanwhile.
func (a *App) comeBack(msg backMsg) tea.Cmd {
	if msg.from != a.places || len(a.stack) != 1 {
		return nil
	}
	cmds := make([]tea.Cmd, 0, len(msg.screens)+1)
	if first, ok := a.stack[0].(*board); ok {
		cmds = append(cmds, first.comeBack(msg.board))
	}
	for _, s := range msg.screens {
		cmds = append(cmds, s.Load())
	}
	a.stack = append(a.stack, msg.screens...)
	return tea.Batch(cmds...)
}
