package tui

import (
	"fmt"
	"strconv"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/throughgate/throughgate/model"
	"github.com/throughgate/throughgate/tui/part"
)

// The words that mean the same on every screen.
const (
	wordBack   = "back"
	wordHome   = "home"
	wordLock   = "lock"
	wordQuit   = "quit"
	wordHelp   = "help"
	wordHere   = "?"
	wordWhere  = "where"
	wordMore   = "more"
	wordAgain  = "again"
	wordFind   = "find"
	wordRead   = "read"
	wordFilter = "filter"
	wordCancel = "cancel"
)

// command does what a line says on a screen that is no form.
func (p *Plain) command(screen Screen, speech Speech, line string) {
	line = strings.TrimSpace(part.Clean(line))
	finding := p.found
	p.found = nil
	if line == "" {
		p.more(screen, speech)
		return
	}
	if finding != nil {
		if number, err := strconv.Atoi(line); err == nil {
			p.choose(finding, number)
			return
		}
	}
	word, rest, _ := strings.Cut(line, " ")
	rest = strings.TrimSpace(rest)
	if query, is := strings.CutPrefix(line, part.KeyFilter); is {
		p.filter(screen, speech, strings.TrimSpace(query))
		return
	}
	if number, err := strconv.Atoi(line); err == nil {
		p.openRow(screen, speech, number)
		return
	}
	if p.everywhere(screen, speech, strings.ToLower(word), rest) || p.here(screen, speech, line) {
		return
	}
	p.note(p.unknown(screen, line))
}

// everywhere is the words that work whatever the screen is.
func (p *Plain) everywhere(screen Screen, speech Speech, word, rest string) bool {
	switch {
	case word == wordFind:
		p.find(rest)
		return true
	case word == wordFilter && (speech.Filter != nil || rest != "" && hasFilter(speech)):
		p.filter(screen, speech, rest)
		return true
	case word == wordRead:
		p.read(screen, speech, rest)
		return true
	case rest != "":
		return false
	}
	switch word {
	case wordHere:
		p.sayHere(screen, speech)
	case wordHelp:
		p.sayHelp()
	case wordWhere:
		p.sayWhere(screen)
	case wordAgain:
		p.banner = ""
		p.open(screen, speech)
	case wordMore:
		if !p.more(screen, speech) {
			p.note("There is no more.")
		}
	case wordBack, part.KeyEscape:
		p.back(screen)
	case wordHome:
		p.home()
	case wordLock:
		p.lock()
	case wordQuit:
		p.leave()
	case wordCancel, wordCheck, wordDiscard, wordYes, "no":
		if _, theirs := named(screen.Actions(), word); theirs {
			return false
		}
		p.note("No question is asked here. Type back to go back, or ? for what can be done.")
	default:
		return false
	}
	return true
}

func hasFilter(speech Speech) bool { return speech.Filter != nil || speech.List != nil }

// back is what Escape does.
func (p *Plain) back(screen Screen) {
	if action, found := find(screen.Actions(), part.KeyEscape, false); found {
		p.do(p.app.run(action))
		return
	}
	p.do(p.app.escape(screen))
}

func (p *Plain) home() {
	if !p.app.mayRoam() {
		p.note("Choose your own passphrase first.")
		return
	}
	p.do(p.app.goHome(false))
}

func (p *Plain) lock() {
	if !p.app.present() {
		p.note("Nobody is signed in.")
		return
	}
	p.start(p.app.lock("Locked."))
}

// here is the actions of the screen, by word, by name or by key, with the number
// of the line they are to act on.
func (p *Plain) here(screen Screen, speech Speech, line string) bool {
	name, number := line, 0
	if at := strings.LastIndex(line, " "); at >= 0 {
		if n, err := strconv.Atoi(line[at+1:]); err == nil {
			name, number = strings.TrimSpace(line[:at]), n
		}
	}
	action, found := named(screen.Actions(), name)
	switch {
	case !found:
		return false
	case action.Row == noRow && number != 0:
		p.note(fmt.Sprintf("%s takes no number.", action.spoken()))
		return true
	case action.Row != noRow:
		if !p.point(screen, speech, action, number) {
			return true
		}
		action, found = named(screen.Actions(), name) // what it may do depends on the line
	}
	if found {
		p.do(p.app.run(action))
	}
	return true
}

// point moves the screen's cursor to the line an action is to act on, and says
// whether it could.
func (p *Plain) point(screen Screen, speech Speech, action Action, number int) bool {
	if speech.List == nil || speech.List.Len() == 0 {
		return true // the action knows what to say
	}
	if number == 0 {
		if one, is := onlyRow(speech.List); is {
			return speech.List.Select(one)
		}
		if action.Row == mayRow {
			speech.List.Update(tea.KeyMsg{Type: tea.KeyHome})
			return true
		}
		p.note(fmt.Sprintf("Which line? Type %s and its number.", action.spoken()))
		return false
	}
	return p.selectRow(screen, speech, number)
}

// onlyRow is the one line of a list that has no other.
func onlyRow(list *part.List) (id string, only bool) {
	for i := range list.Len() {
		switch one := list.ID(i); {
		case one == "":
		case id != "":
			return "", false
		default:
			id = one
		}
	}
	return id, id != ""
}

// selectRow moves the cursor to the line that was said under a number.
func (p *Plain) selectRow(screen Screen, speech Speech, number int) bool {
	row, said := saidRow{}, false
	if v := p.visits[screen]; v != nil {
		row, said = v.row(number)
	}
	switch {
	case speech.List == nil || !said:
		p.note(fmt.Sprintf("No line %d was said here. Type again to hear the lines.", number))
		return false
	case !speech.List.Select(row.id):
		p.note(fmt.Sprintf("Line %d has gone since it was said. Type again to hear the lines.", number))
		return false
	}
	return true
}

// openRow is what Enter does on a line; where it does nothing, the line is read
// in full.
func (p *Plain) openRow(screen Screen, speech Speech, number int) {
	if !p.selectRow(screen, speech, number) {
		return
	}
	if action, found := find(screen.Actions(), part.KeyEnter, false); found {
		p.do(p.app.run(action))
		return
	}
	p.sayDetail(speech)
}

// read says all there is to know of a line.
func (p *Plain) read(screen Screen, speech Speech, rest string) {
	number, err := strconv.Atoi(rest)
	switch {
	case err != nil:
		p.note("Which line? Type read and its number.")
	case p.selectRow(screen, speech, number):
		p.sayDetail(speech)
	}
}

func (p *Plain) sayDetail(speech Speech) {
	var words []string
	if speech.Detail != nil {
		words = speech.Detail()
	}
	if len(words) == 0 {
		_, words = speech.List.Row(speech.List.Index())
		words = []string{facts(words)}
	}
	p.say(words...)
}

// filter narrows a list down to what fits; no words take the filter away.
func (p *Plain) filter(screen Screen, speech Speech, query string) {
	switch {
	case p.visits[screen] == nil:
		p.note("It is still being read.")
	case speech.Filter != nil:
		p.visits[screen].title = "" // its lines answer another question: say it anew
		p.do(speech.Filter.Set(query))
	case speech.List != nil:
		p.visits[screen].filter = query
		p.hearOnly(screen, query)
		p.open(screen, speech)
	default:
		p.note("There is no list to filter here. Type find and some words to find a person.")
	}
}

// hearOnly has a filter come back with its screen.
func (p *Plain) hearOnly(screen Screen, query string) {
	if p.app.env != nil {
		p.app.env.heard[screen] = query
		p.start(p.app.keepPlace())
	}
}

// unknown says what might have been meant.
func (p *Plain) unknown(screen Screen, line string) string {
	var like []string
	for _, action := range screen.Actions() {
		if action.Run != nil && part.Matches(line, action.spoken()) {
			like = append(like, action.spoken())
		}
	}
	if len(like) > 0 {
		return "That is not a whole word of this screen. Did you mean " + strings.Join(like, " or ") + "?"
	}
	return "That is not a word of this screen. Type ? for what can be done, or find and a name to find a person."
}

// spoken is what is typed for an action.
func (a Action) spoken() string {
	if a.Word != "" {
		return a.Word
	}
	return strings.ToLower(a.Name)
}

// named finds the action of a word, then of a name, then of a key. An action
// without Run is one that a widget answers to keys.
func named(actions []Action, name string) (Action, bool) {
	name = part.Fold(name)
	for _, called := range []func(Action) string{
		Action.spoken,
		func(a Action) string { return a.Name },
		func(a Action) string { return a.Key },
		func(a Action) string { return keyWords(a.Key) },
	} {
		for _, action := range actions {
			if known := called(action); action.Run != nil && known != "" && part.Fold(known) == name {
				return action, true
			}
		}
	}
	return Action{}, false
}

// finding is what a search found, to be chosen from by number.
type finding struct {
	palette *palette
	query   string
	found   part.Found
	told    bool
}

type findingMsg struct{ *finding }

// find searches for people, screens and what can be done here.
func (p *Plain) find(query string) {
	if !p.app.mayRoam() {
		p.note("Choose your own passphrase first.")
		return
	}
	palette := newPalette(p.app)
	p.start(func() tea.Msg {
		return findingMsg{&finding{palette: palette, query: query, found: palette.find(query)}}
	})
}

// tellFound says what was found, once.
func (p *Plain) tellFound() {
	f := p.found
	if f.told {
		return
	}
	f.told = true
	if len(f.found.Options) == 0 {
		p.say("Nothing and nobody is called that.")
		p.found = nil
		return
	}
	p.say(plural(len(f.found.Options), "thing found: type its number.", "things found: type a number."))
	for i, o := range f.found.Options {
		p.say(fmt.Sprintf("%d. %s: %s", i+1, o.Kind, optionWords(o)))
	}
}

// optionWords is an option in one line, with why it cannot be chosen.
func optionWords(o part.Option) string {
	words := []string{o.Label}
	if o.Disabled != "" {
		words = append(words, "not now, "+o.Disabled)
	}
	if o.Hint != "" {
		words = append(words, o.Hint)
	}
	return facts(words)
}

// choose goes where somebody chose to.
func (p *Plain) choose(f *finding, number int) {
	if number < 1 || number > len(f.found.Options) {
		p.note(fmt.Sprintf("There is no number %d among what was found.", number))
		p.found = f
		return
	}
	if option := f.found.Options[number-1]; option.Disabled != "" {
		p.note(option.Disabled)
		p.found = f
	} else {
		p.do(f.palette.choose(option))
	}
}

// lastEntry is the newest entry of a record that its reader has before them.
func lastEntry(r *model.Record) model.Stamp {
	var last model.Stamp
	for _, c := range model.Compartments() {
		if log := r.Log(c); log != nil && log.Last.After(last) {
			last = log.Last
		}
	}
	return last
}
