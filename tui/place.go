package tui

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"maps"
	"slices"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/throughgate/throughgate/model"
	"github.com/throughgate/throughgate/tui/part"
)

// place names a screen that can be opened again: after a crash, a power cut or
// somebody else's session the same person comes back to the same field.
type place struct {
	Screen string         `json:"screen"` // "person", or the name of another page or of a form
	Person model.PersonID `json:"person"`
	What   string         `json:"what,omitempty"` // which of several
	View   string         `json:"view,omitempty"` // its filter, what was typed in it, or which of its lists is shown
	Typing bool           `json:"typing,omitempty"`
	Row    rowID          `json:"row,omitempty"`   // under the cursor of its list
	Heard  string         `json:"heard,omitempty"` // plain mode's filter of a list that has none of its own
}

// rowID is the id of a row of a list. Some are bytes that are no text.
type rowID string

// MarshalText implements encoding.TextMarshaler.
func (id rowID) MarshalText() ([]byte, error) {
	return base64.RawURLEncoding.AppendEncode(nil, []byte(id)), nil
}

// UnmarshalText implements encoding.TextUnmarshaler.
func (id *rowID) UnmarshalText(text []byte) error {
	plain, err := base64.RawURLEncoding.DecodeString(string(text))
	*id = rowID(plain)
	return err
}

// Placed is a screen that can be opened again.
type Placed interface {
	Place() place
}

// walked is a screen whose list's cursor is come back to.
type walked interface{ walks() *part.List }

// placeOf is where somebody is in a screen, and whether it can be opened again.
func placeOf(s Screen) (p place, ok bool) {
	placed, ok := s.(Placed)
	if !ok {
		return place{}, false
	}
	p = placed.Place()
	if w, has := s.(walked); has {
		p.Row = rowID(w.walks().Kept())
	}
	return p, true
}

func samePlace(a, b Screen) bool {
	first, ok := a.(Placed)
	second, also := b.(Placed)
	return ok && also && first.Place().bare() == second.Place().bare()
}

// bare is the place however it is looked at.
func (p place) bare() place {
	p.View, p.Typing, p.Row, p.Heard = "", false, "", ""
	return p
}

// placeKeeper remembers where somebody is, sealed for them alone as drafts are.
type placeKeeper struct {
	drafts *draftBox
	last   []place
	over   bool // who leaves on purpose begins at the board
	walked bool // what is kept last is on disk a moment later
}

const placeDraft = "place"

func newPlaceKeeper(d *draftBoxes) *placeKeeper {
	return &placeKeeper{drafts: d.of(placeDraft)}
}

func (k *placeKeeper) keep(now []place) tea.Cmd {
	if k.over || slices.Equal(k.last, now) {
		return nil
	}
	only := onlyWalked(k.last, now)
	k.last = now
	var value []byte
	if len(now) > 0 {
		var err error
		if value, err = json.Marshal(now); err != nil {
			return fail(err)
		}
	}
	if !only {
		return k.drafts.put(value)
	}
	k.drafts.set(value)
	if k.walked {
		return nil
	}
	k.walked = true
	return later(walkedAfter, walkedMsg{k})
}

// walkedAfter is how long where a cursor stands may be in memory alone: who holds
// an arrow key down writes once a second. A session that ends writes at once.
const walkedAfter = time.Second

type walkedMsg struct{ of *placeKeeper }

func (k *placeKeeper) rested() tea.Cmd {
	k.walked = false
	return k.drafts.write()
}

// onlyWalked tells whether nothing but cursors of lists has moved.
func onlyWalked(a, b []place) bool {
	return slices.Equal(unwalked(a), unwalked(b))
}

// unwalked is places wherever the cursors stand.
func unwalked(all []place) []place {
	var out []place
	for _, p := range all {
		if p.Row = ""; p != (place{Screen: boardScreen}) {
			out = append(out, p)
		}
	}
	return out
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
		p, ok := placeOf(s)
		if p.Heard = a.env.heard[s]; ok && p != (place{Screen: boardScreen}) {
			now = append(now, p)
		}
	}
	if p, ok := a.overlay.(*palette); ok {
		now = append(now, place{Screen: palettePlace, View: p.widget.Query(), Typing: true})
	}
	return a.places.keep(now)
}

// backMsg brings the screens that were open when the last session ended.
type backMsg struct {
	from    *placeKeeper
	board   place
	screens []Screen
	heard   map[Screen]string // as env has it
	looking *place            // the palette, where it was open over them
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
		back := backMsg{from: keeper, heard: make(map[Screen]string)}
		if last := len(places) - 1; last >= 0 && places[last].Screen == palettePlace {
			back.looking, places = &places[last], places[:last]
		}
		if len(places) > 0 && (places[0].Screen == boardScreen || places[0].Screen == everybodyScreen) {
			back.board, places = places[0], places[1:]
		}
		records := make(map[model.PersonID]*model.Record)
		var below Screen
		for _, p := range places {
			s := reopen(e, p, records, below)
			if s == nil {
				back.looking = nil
				break // what stood above it would stand on nothing
			}
			below, back.heard[s] = s, p.Heard
			if back.screens = append(back.screens, s); back.board.Person == (model.PersonID{}) {
				back.board.Person = p.Person
			}
		}
		if len(back.screens) == 0 && back.board == (place{}) && back.looking == nil {
			return nil
		}
		return back
	}
}

// reopen makes the screen of a place as it was left, above another; nil when it is
// not to be had any more.
func reopen(e *env, p place, read map[model.PersonID]*model.Record, below Screen) Screen {
	s := questionOver(below, p)
	if s == nil {
		s = screenAt(e, p, read)
	}
	if w, has := s.(walked); has && p.Row != "" {
		w.walks().Seek(string(p.Row))
	}
	return s
}

// screenAt is reopen for a screen that needs none below it.
func screenAt(e *env, p place, read map[model.PersonID]*model.Record) Screen {
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
	maps.Copy(a.env.heard, msg.heard)
	if msg.looking != nil && a.overlay == nil && a.present() && !a.env.plain {
		cmds = append(cmds, a.lookAgain(msg.looking.View))
	}
	return tea.Batch(cmds...)
}
