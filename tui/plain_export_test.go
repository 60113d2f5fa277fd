package tui

import (
	"fmt"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/throughgate/throughgate/tui/part"
)

// View is the shown screen as it would stand in a window.
func (p *Plain) View() string { return p.app.View() }

// Kind is the shown screen's type, or the name of the form that it is.
func (p *Plain) Kind() (kind, form string) {
	top := p.app.top()
	kind = strings.TrimPrefix(fmt.Sprintf("%T", top), "*tui.")
	if s, ok := top.(*formScreen); ok {
		form = s.spec.name
	}
	return kind, form
}

// Typed is the actions of the shown screen that do something: what help says is
// typed for each, and whether typing it leads to that action and to no other.
func (p *Plain) Typed() map[string]error {
	typed := make(map[string]error)
	for _, a := range p.app.top().Actions() {
		if !a.isTyped(p.app.top().Speak()) {
			continue
		}
		typed[a.typed()] = p.leads(a)
	}
	return typed
}

func (p *Plain) leads(a Action) error {
	found, ok := named(p.app.top().Actions(), a.spoken())
	word, _, _ := strings.Cut(a.spoken(), " ")
	switch {
	case a.spoken() == "":
		return fmt.Errorf("the action of %s has no word", a.Key)
	case !ok || found.Key != a.Key:
		return fmt.Errorf("%q leads to %q, not to %q", a.spoken(), found.Key, a.Key)
	case strings.Contains(" back home lock quit help ? where more again find read cancel check - ", " "+word+" "):
		return fmt.Errorf("%q is a word of every screen", a.spoken())
	}
	return nil
}

// FieldsOfForm are the labels of the shown form's fields that want an answer, by key,
// whether they are asked now or not.
func (p *Plain) FieldsOfForm() map[string]string {
	fields := make(map[string]string)
	if s, ok := p.app.top().(*formScreen); ok {
		for _, f := range s.spec.fields {
			if f.Kind != part.InfoField {
				fields[f.Key] = f.Label
			}
		}
	}
	return fields
}

// Asking is the key of the question that is put, with how many options it has;
// "" at the end of a form.
func (p *Plain) Asking() (key string, options int) {
	speech := p.app.top().Speak()
	if speech.Form == nil {
		return "", 0
	}
	q, _ := current(speech.Form)
	return q.Key, len(q.Options)
}

// Seen is the shown screen as somebody sees who looks at it.
func (p *Plain) Seen(width, height int) string { return p.app.top().View(width, height) }

// Rows is how many lines of the shown screen were said with a number.
func (p *Plain) Rows() int {
	if v := p.visits[p.app.top()]; v != nil {
		return v.last
	}
	return 0
}

// Press is a key of who looks at the same screens.
func (p *Plain) Press(key tea.KeyMsg) { p.deliver(key) }

// Cursor is the id of the row that the cursor of the shown list is on.
func (p *Plain) Cursor() string {
	list := p.app.top().Speak().List
	if list == nil {
		return ""
	}
	id, _ := list.Selected()
	return id
}
