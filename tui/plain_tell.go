package tui

import (
	"slices"
	"strings"

	"github.com/throughgate/throughgate/tui/part"
)

// tell says what has come of the last line: what there is to note, and what is
// shown now, as far as it was not said before.
func (p *Plain) tell() {
	screen := p.app.top()
	speech := screen.Speak()
	p.sayCut(screen, speech)
	p.sayNews()
	p.say(p.notes...)
	p.notes = nil
	p.forgetClosed()
	switch question := p.question(speech); {
	case question != nil:
		p.tellQuestion(question)
	case speech.Form != nil:
		p.tellForm(screen, speech)
	default:
		p.tellScreen(screen, speech)
	}
	p.shown = screen
	p.known = p.observe()
	if p.found != nil {
		p.tellFound()
	}
}

// tellQuestion says what is about to happen, once.
func (p *Plain) tellQuestion(question *part.Confirm) {
	if p.asked == question {
		return
	}
	p.asked = question
	title, text, _ := question.Asks()
	p.say(stopped(title), text)
}

// tellScreen says a screen that came, what has changed on one that is there
// still or again, and nothing where nothing has.
func (p *Plain) tellScreen(screen Screen, speech Speech) {
	v := p.visits[screen]
	switch {
	case speech.blank():
		p.sayTitle(screen)
		p.say("It is still being read. An empty line asks again.")
		delete(p.visits, screen)
	case v == nil || v.title != screen.Title():
		p.open(screen, speech)
	case p.shown != screen:
		p.sayBanner(screen) // the prompt says which screen it is
		p.sayChanges(v, speech)
	case p.acted:
		p.sayBanner(screen)
		p.sayChanges(v, speech)
	}
}

// open says all of a screen from its top.
func (p *Plain) open(screen Screen, speech Speech) {
	v := &visit{title: screen.Title(), head: speech.Head}
	if old := p.visits[screen]; old != nil && old.title == v.title {
		v.filter = old.filter
	} else if old == nil && p.app.env != nil {
		v.filter = p.app.env.heard[screen]
	}
	p.visits[screen] = v
	p.sayTitle(screen)
	p.sayHead(speech)
	if v.filter != "" {
		p.say("Only lines with \"" + v.filter + "\".")
	}
	p.sayList(v, speech)
	p.sayText(v, speech)
}

func (p *Plain) sayHead(speech Speech) {
	for _, text := range speech.Head {
		p.say(stopped(text))
	}
}

// sayTitle says where somebody is, and whose record it is.
func (p *Plain) sayTitle(screen Screen) {
	p.say(stopped(screen.Title()))
	p.sayBanner(screen)
}

// sayBanner says whose record it is when that is news: another person, or
// another fact of the same one.
func (p *Plain) sayBanner(screen Screen) {
	lines := p.bannerLines(screen)
	banner := strings.Join(lines, "\n")
	if banner != p.banner {
		p.say(lines...)
	}
	p.banner = banner
}

// bannerLines are the lines that say whose record it is; nil on a screen about
// nobody.
func (p *Plain) bannerLines(screen Screen) []string {
	subject, ok := screen.(Subject)
	if !ok || !p.app.present() || subject.Subject() == nil {
		return nil
	}
	first, second := bannerFacts(p.app.env, subject.Subject())
	return []string{stopped(sideFacts(first)), stopped(sideFacts(second))}
}

func sideFacts(s part.Sides) string {
	var words []string
	for _, f := range append(slices.Clone(s.Left), s.Right...) {
		if f.Text != "" {
			words = append(words, f.Text)
		}
	}
	return facts(words)
}

// sayList says the first lines of a list.
func (p *Plain) sayList(v *visit, speech Speech) {
	list := speech.List
	switch {
	case list == nil:
		return
	case list.Len() == 0:
		p.say(list.Empty)
		return
	}
	if names := strings.Join(speech.Names, "; "); names != "" && !p.names[names] {
		p.names[names] = true
		p.say("Each line: " + names + ".")
	}
	v.at, v.from = speech.From, begin(list, speech.From)
	p.sayRows(v, list, v.page(list, v.from))
	if v.last == 0 && v.filter != "" {
		p.say("No line has that. / alone ends the filter.")
	}
}

// sayText says the next paragraphs of a text.
func (p *Plain) sayText(v *visit, speech Speech) {
	end := min(v.read+pageLines, len(speech.Text))
	p.say(speech.Text[min(v.read, end):end]...)
	v.read = end
	if left := len(speech.Text) - end; left > 0 {
		p.say(plural(left, "more paragraph: type more.", "more paragraphs: type more."))
	}
}

// sayChanges says what is otherwise than it was said.
func (p *Plain) sayChanges(v *visit, speech Speech) {
	for _, text := range speech.Head {
		if !slices.Contains(v.head, text) {
			p.say(stopped(text))
		}
	}
	v.head = speech.Head
	if speech.List == nil {
		return
	}
	changed, same := v.changes(speech.List)
	if !same || speech.From != "" && speech.From != v.at {
		*v = visit{title: v.title, head: v.head, filter: v.filter}
		p.sayList(v, speech)
		return
	}
	for _, r := range changed {
		p.sayRows(&visit{whole: true}, speech.List, []saidRow{r})
	}
}

// more says the next lines, and whether there were any.
func (p *Plain) more(screen Screen, speech Speech) bool {
	v := p.visits[screen]
	switch {
	case v == nil:
		return false
	case v.read < len(speech.Text):
		p.sayText(v, speech)
		return true
	case speech.List != nil && !v.whole && v.left(speech.List) > 0:
		p.sayRows(v, speech.List, v.page(speech.List, v.next(speech.List)))
		return true
	}
	return false
}

// forgetClosed lets go of screens that are no longer open.
func (p *Plain) forgetClosed() {
	for screen := range p.visits {
		if !slices.Contains(p.app.stack, screen) && screen != Screen(p.app.signIn) {
			delete(p.visits, screen)
			if p.app.env != nil {
				delete(p.app.env.heard, screen)
			}
		}
	}
}
