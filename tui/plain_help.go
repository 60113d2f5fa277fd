package tui

import (
	"cmp"
	"strings"

	"github.com/throughgate/throughgate/model"
	"github.com/throughgate/throughgate/tui/part"
)

// sayHere says what can be done on this screen, and why something cannot.
func (p *Plain) sayHere(screen Screen, speech Speech) {
	p.say("Here you can type:")
	var notNow []string
	for _, action := range screen.Actions() {
		if !action.isTyped(speech) {
			continue
		}
		line := action.typed() + ": " + action.Says
		if why := p.whyNot(screen, speech, action); why != "" {
			notNow = append(notNow, action.typed()+": "+why)
			continue
		}
		p.say(line)
	}
	if hasFilter(speech) {
		p.say("/ and some words: only lines with those words; / alone ends that.")
	}
	if speech.List != nil {
		p.say("read and a number: all there is to know of that line.")
	}
	if len(notNow) > 0 {
		p.say("Not possible now:")
		p.say(notNow...)
	}
	p.say("Everywhere: " + p.everywhereWords() + ".")
}

func (p *Plain) everywhereWords() string {
	words := []string{wordAgain, wordMore, wordWhere}
	if p.app.mayRoam() {
		words = append(words, "find and some words", wordHome)
	}
	if p.app.present() {
		words = append(words, wordBack, wordLock)
	}
	return strings.Join(append(words, wordHelp, wordQuit), ", ")
}

// isTyped tells whether an action has words of its own: going back has the same
// everywhere, and so has a filter that plain mode gives words to.
func (a Action) isTyped(speech Speech) bool {
	return a.Run != nil && a.Key != part.KeyEscape && (a.Key != part.KeyFilter || speech.Filter == nil)
}

// typed is what is typed for an action, with its letter where it has one.
func (a Action) typed() string {
	words := a.spoken()
	if a.Key == "enter" && a.Row == onRow {
		return "a number, or " + words + " and a number"
	}
	if isText(a.Key) && a.Key != part.KeySpace && a.Key != part.KeyFilter {
		words += ", or " + a.Key
	}
	switch a.Row {
	case onRow:
		words += ", and a number"
	case mayRow:
		words += ", with a number or without"
	}
	return words
}

// whyNot is why an action cannot be done now. One that acts on a line can be where
// it can with any line; the reason is that of the first.
func (p *Plain) whyNot(screen Screen, speech Speech, action Action) string {
	if action.Row != onRow || speech.List == nil || action.Disabled == "" {
		return action.Disabled
	}
	list := speech.List
	before, had := list.Selected()
	defer func() {
		if had {
			list.Select(before)
		}
	}()
	v := p.visits[screen]
	if v == nil {
		return action.Disabled
	}
	first := ""
	for _, row := range v.rows {
		if row.number == 0 || !list.Select(row.id) {
			continue
		}
		now, found := find(screen.Actions(), action.Key, false)
		if found && now.Disabled == "" {
			return ""
		}
		first = cmp.Or(first, now.Disabled)
	}
	return cmp.Or(first, action.Disabled)
}

// sayHelp says how plain mode works.
func (p *Plain) sayHelp() {
	p.say(
		"Plain mode says each screen in lines and asks for one line at a time.",
		"The line that ends with a colon says where you are and waits for you.",
		"Lines of a list have numbers: type a number to open that line. A list is said "+plural(pageLines, "line", "lines")+" at a time; more, or an empty line, says the next.",
		"Type ? to hear what can be done on this screen. Each thing is done by its word, its name, or the letter that is its key on the full screen.",
		"again says the screen once more. where says who and where you are, whose record it is, and how sync stands.",
		"find and some words looks for people, screens and actions. / and some words filters a list.",
		"back goes back. home goes to the release board. lock locks at once. quit leaves the program.",
		"A form asks its questions one by one. An empty line keeps the answer in brackets. - takes it away. back goes to the question before. check says all answers. cancel leaves and keeps what you typed as a draft. discard throws it away. = in front makes such a word an answer.",
		"What happens while you type is said before the next prompt, and begins with News.",
	)
}

// sayWhere says who is signed in where, and how things stand.
func (p *Plain) sayWhere(screen Screen) {
	place := []string{p.app.gate.Place().Name, screen.Title()}
	if p.app.present() {
		place = append(place, p.app.env.Name(), p.app.env.Actor().Role.Words())
	}
	now := model.InstantOf(p.app.options.Now())
	p.say(facts(append(place, now.String()))+".", sideFacts(p.app.syncLine())+".")
	p.banner = ""
	p.sayBanner(screen)
}
