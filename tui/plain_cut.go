package tui

import (
	"encoding/json"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/throughgate/throughgate/tui/part"
)

// cutLine is a line that had no end yet when the line to its writer was cut. It
// is nobody's answer: they are told of it when they are back, and decide. It is
// kept as drafts are, sealed for them alone.
type cutLine struct {
	At   place  `json:"at"`
	Key  string `json:"key,omitempty"` // of the question it was typed at; "" where none was asked
	More bool   `json:"more,omitempty"`
	Line string `json:"line"`

	of *env // in whose session it was found
}

const cutDraft = "cut-line"

// cutMsg is what the draft held when its owner signed in.
type cutMsg struct{ line cutLine }

// keepCut keeps what is typed where whoever signed in was asked last. At the
// sign-in it may be anything, and the word that a question asks for is to be
// typed anew.
func (p *Plain) keepCut(typed string) {
	if p.app.env == nil || p.shown == nil || p.shown == Screen(p.app.signIn) {
		return
	}
	speech := p.shown.Speak()
	cut := cutLine{Line: typed, More: p.walk.long != nil}
	if blank := strings.TrimSpace(typed) == ""; blank && p.held.form == speech.Form {
		cut.Line, cut.More = p.held.line, p.held.more // still offered
	}
	if strings.TrimSpace(cut.Line) == "" || p.question(speech) != nil {
		return
	}
	cut.At, _ = placeOf(p.shown)
	cut.At = cut.At.bare()
	if speech.Form != nil {
		q, is := current(speech.Form)
		if is && q.Kind == part.SecretField {
			return
		}
		cut.Key = q.Key
	}
	value, err := json.Marshal(cut)
	if err != nil {
		return // it is text
	}
	p.app.env.drafts.of(cutDraft).set(value) // written when the session ends, which it does now
}

// findCut looks, in a command, for such a line of whoever has just signed in.
func (p *Plain) findCut() tea.Cmd {
	e := p.app.env
	return func() tea.Msg {
		value, found := e.Draft(cutDraft)
		var cut cutLine
		if !found || json.Unmarshal(value, &cut) != nil {
			return nil
		}
		cut.of = e
		return cutMsg{cut}
	}
}

// sayCut tells of the line, once: at its question it can be taken as the answer.
func (p *Plain) sayCut(screen Screen, speech Speech) {
	cut := p.cut
	if cut == nil || !p.app.present() {
		return
	}
	p.cut = nil
	if cut.of != p.app.env {
		return // somebody else has signed in over its owner's lock
	}
	p.start(p.app.env.drafts.of(cutDraft).put(nil))
	at, _ := placeOf(screen)
	if speech.Form != nil && at.bare() == cut.At && cut.Key != "" && speech.Form.Focused() == cut.Key {
		p.held = heldLine{form: speech.Form, key: cut.Key, line: cut.Line, more: cut.More, when: "When the line was cut"}
		return
	}
	p.note("When the line was cut you had typed \"" + cut.Line + "\". Nothing was done with it.")
}
