package tui

import (
	"fmt"
	"slices"
	"strings"

	"github.com/throughgate/throughgate/tui/part"
)

// The words of a form, besides those of every screen.
const (
	wordYes     = "yes"
	wordCheck   = "check"
	wordDiscard = "discard"
	wordClear   = "-"
	wordAll     = "*"
	wordEnd     = "."
	wordAdd     = "+"
	literally   = "="
)

// walk is the form that is being asked, question by question. Where it is, the
// form's own focus says, so that a draft keeps it.
type walk struct {
	form    *part.Form
	only    []string          // after trouble, the questions still to be put again
	heard   map[string]string // words between the questions that were said
	put     string            // the question that was put in full
	sent    bool              // and what came of it was not said yet
	checked []part.Question   // the answers as they were said, to go to by number
	long    []string          // the lines of a long answer so far; nil when none is typed
}

// tellForm says a form that came, what was wrong with it, and its next question.
func (p *Plain) tellForm(screen Screen, speech Speech) {
	if p.walk.form != speech.Form || p.shown != screen {
		p.walk = walk{form: speech.Form, heard: make(map[string]string), sent: p.walk.form == speech.Form && p.walk.sent}
		if p.shown != screen {
			p.sayTitle(screen)
		}
		p.sayHead(speech)
	}
	if p.walk.sent {
		p.walk.sent = false
		p.tellTrouble(speech)
	}
	p.putQuestion(screen, speech)
}

// tellTrouble says all that was wrong, and puts only those questions again.
func (p *Plain) tellTrouble(speech Speech) {
	sentences, keys := speech.Form.Trouble()
	if len(sentences) == 0 {
		return
	}
	p.say("There is a problem.")
	for _, s := range sentences {
		p.say(stopped(s))
	}
	p.walk.put, p.walk.only = "", nil
	for _, key := range keys {
		if key != "" {
			p.walk.only = append(p.walk.only, key)
		}
	}
	switch {
	case len(p.walk.only) > 0:
		p.goTo(speech, p.walk.only[0])
	case speech.Direct:
		p.goTo(speech, firstKey(speech.Form))
	default:
		p.goTo(speech, "")
	}
}

// goTo moves to a question, "" for the end.
func (p *Plain) goTo(speech Speech, key string) {
	p.walk.put = ""
	p.start(speech.Form.Go(key))
}

// asked are the questions that want an answer.
func asked(f *part.Form) []part.Question {
	return slices.DeleteFunc(f.Questions(), func(q part.Question) bool { return q.Kind == part.InfoField })
}

func firstKey(f *part.Form) string {
	if all := asked(f); len(all) > 0 {
		return all[0].Key
	}
	return ""
}

// current is the question the form is at; false at its end.
func current(f *part.Form) (part.Question, bool) {
	for _, q := range f.Questions() {
		if q.Key == f.Focused() {
			return q, true
		}
	}
	return part.Question{}, false
}

// answer takes a line for the question the form is at.
func (p *Plain) answer(screen Screen, speech Speech, line string) {
	p.found = nil
	if p.walk.long != nil {
		p.typeLine(speech, line)
		return
	}
	q, is := current(speech.Form)
	word := strings.TrimSpace(line)
	if p.formWord(screen, speech, word, is) {
		return
	}
	if !is {
		p.atEnd(speech, word)
		return
	}
	if held := p.held; held.form == speech.Form {
		p.held = heldLine{}
		switch {
		case word != literally || held.key != q.Key:
		case held.more && q.Answer != "":
			p.walk.long = strings.Split(q.Answer, "\n")
			p.typeLine(speech, held.line)
			return
		default:
			line, word = held.line, ""
		}
	}
	if text, literal := strings.CutPrefix(word, literally); literal && text != "" && q.Kind != part.SecretField {
		line = text
	}
	if p.reply(speech, q, line) {
		p.next(speech, q.Key)
	}
}

// formWord is the words that are no answers.
func (p *Plain) formWord(screen Screen, speech Speech, word string, atQuestion bool) bool {
	switch word {
	case wordBack:
		p.before(screen, speech)
	case wordCancel:
		p.back(screen)
	case wordCheck:
		p.check(speech)
	case wordDiscard:
		action, found := find(screen.Actions(), "ctrl+x", false)
		if !found {
			return false
		}
		p.do(p.app.run(action))
	case wordHere:
		p.sayFormHelp(screen, speech)
		p.walk.put = ""
	case wordHelp:
		p.sayHelp()
	case wordLock:
		p.lock()
	case wordQuit:
		p.leave()
	case wordWhere, wordAgain, wordHome:
		if atQuestion {
			return false // they may be answers
		}
		if word == wordHome {
			p.home()
			return true
		}
		p.sayWhere(screen)
	default:
		return false
	}
	return true
}

// next goes to the question after the one answered; after trouble, to the next
// that had some.
func (p *Plain) next(speech Speech, key string) {
	p.walk.put = ""
	if p.walk.only != nil {
		p.walk.only = slices.DeleteFunc(p.walk.only, func(k string) bool { return k == key })
		if len(p.walk.only) > 0 {
			p.goTo(speech, p.walk.only[0])
			return
		}
		p.walk.only = nil
		p.toEnd(speech)
		return
	}
	all := asked(speech.Form)
	at := slices.IndexFunc(all, func(q part.Question) bool { return q.Key == key })
	if at+1 < len(all) {
		p.goTo(speech, all[at+1].Key)
		return
	}
	p.toEnd(speech)
}

// toEnd comes to the end of a form, which sends one that there is nothing to
// look over in.
func (p *Plain) toEnd(speech Speech) {
	p.goTo(speech, "")
	if speech.Direct {
		p.send(speech)
	}
}

// before goes back to the question before.
func (p *Plain) before(screen Screen, speech Speech) {
	all := asked(speech.Form)
	at := slices.IndexFunc(all, func(q part.Question) bool { return q.Key == speech.Form.Focused() })
	switch {
	case at < 0:
		at = len(all)
	case at == 0:
		p.note("This is the first question. Type cancel to leave.")
		return
	}
	if at > 0 {
		p.goTo(speech, all[at-1].Key)
	}
}

// atEnd takes a line after the last question.
func (p *Plain) atEnd(speech Speech, word string) {
	number := 0
	_, err := fmt.Sscanf(word, "%d", &number)
	switch {
	case strings.EqualFold(word, wordYes):
		p.send(speech)
	case err == nil && number > 0 && number <= len(p.walk.checked):
		p.walk.only = []string{p.walk.checked[number-1].Key}
		p.goTo(speech, p.walk.only[0])
	case word == "":
	case strings.EqualFold(word, "no"):
		p.note("Nothing was done. Type back to change an answer, or cancel to leave and keep a draft.")
	default:
		p.note("Type yes in full to do it.")
	}
}

func (p *Plain) send(speech Speech) {
	p.walk.sent = true
	p.do(speech.Form.Submit())
}

// check says every answer with a number to go back to it by.
func (p *Plain) check(speech Speech) {
	p.walk.checked = asked(speech.Form)
	for i, q := range p.walk.checked {
		answer := q.Answer
		switch {
		case q.Kind == part.SecretField && q.Given:
			answer = "not said aloud"
		case answer == "":
			answer = "no answer"
		case q.Trouble != "":
			answer += " (" + q.Trouble + ")"
		}
		p.say(fmt.Sprintf("%d. %s %s", i+1, q.Label+colon(q.Label), strings.ReplaceAll(answer, "\n", " ")))
	}
	p.walk.put = ""
	if _, is := current(speech.Form); !is {
		p.say("Type a number to change that answer.")
	}
}

// colon stands behind a label that is no question.
func colon(label string) string {
	if strings.HasSuffix(label, "?") {
		return ""
	}
	return ":"
}

// sayFormHelp says what can be typed besides an answer.
func (p *Plain) sayFormHelp(screen Screen, speech Speech) {
	p.say("An empty line keeps the answer in brackets, - takes it away, back goes to the question before, check says all answers. = in front makes such a word an answer.")
	if p.app.present() {
		p.say("cancel leaves and keeps what you typed as a draft. lock locks. quit leaves the program.")
	}
	if action, found := find(screen.Actions(), "ctrl+x", false); found {
		why := ""
		if action.Disabled != "" {
			why = " Not now: " + action.Disabled
		}
		p.say("discard: " + action.Says + why)
	}
	if q, is := current(speech.Form); is && len(q.Options) > 0 {
		p.say("Answer with the number of an answer, or with its first words.")
	}
}

// heldLine is an answer that came when the screens had locked already. It may be
// anybody's, and it may be a paragraph somebody wrote slowly: who unlocks hears
// it and decides.
type heldLine struct {
	form *part.Form
	key  string
	line string
	more bool   // it goes on a long answer
	when string // it was typed
}

// hold keeps a line that is not carried out, where it could be an answer.
func (p *Plain) hold(line string) {
	p.note("The last line was not carried out.")
	p.held = heldLine{}
	if p.walk.form == nil || p.shown == Screen(p.app.signIn) || strings.TrimSpace(line) == "" {
		return
	}
	if q, is := current(p.walk.form); is && (q.Kind == part.TextField || q.Kind == part.LongField) {
		p.held = heldLine{form: p.walk.form, key: q.Key, line: line, when: "When it was locked"}
	}
}

// offerHeld says what was typed when it locked, to whom the form belongs.
func (p *Plain) offerHeld(speech Speech, q part.Question) {
	if p.held.form == speech.Form && p.held.key == q.Key {
		p.say(p.held.when + " this had been typed here: \"" + p.held.line + "\". Type = alone to take it as your answer.")
	}
}

// typeLine adds a line to a long answer. Each is kept at once.
func (p *Plain) typeLine(speech Speech, line string) {
	q, is := current(speech.Form)
	if !is {
		p.walk.long = nil
		return
	}
	if strings.TrimSpace(line) == wordEnd {
		p.walk.long = nil
		if q.Trouble != "" {
			p.note(q.Trouble)
			return
		}
		p.next(speech, q.Key)
		return
	}
	p.walk.long = append(p.walk.long, line)
	p.start(speech.Form.Set(q.Key, strings.Join(p.walk.long, "\n")))
}
