package tui

import (
	"fmt"
	"strings"

	"github.com/throughgate/throughgate/tui/part"
)

// putQuestion says the question the form is at, once.
func (p *Plain) putQuestion(screen Screen, speech Speech) {
	f := speech.Form
	q, is := current(f)
	p.sayBetween(f)
	switch {
	case !is:
		return
	case len(q.Readings) > 1 && q.Trouble != "":
		p.sayReadings(q)
	case p.sayFound(q), p.walk.long != nil, p.walk.put == q.Key:
	default:
		p.walk.put = q.Key
		p.sayQuestion(f, q)
		p.offerHeld(speech, q)
	}
}

// sayBetween says the words that stand above the question, unless they were said
// and are the same.
func (p *Plain) sayBetween(f *part.Form) {
	for _, q := range f.Questions() {
		if q.Kind != part.InfoField {
			if q.Key == f.Focused() {
				return
			}
			continue
		}
		if p.walk.heard[q.Key] != q.Label+q.Hint {
			p.walk.heard[q.Key] = q.Label + q.Hint
			p.say(stopped(q.Label), q.Hint)
		}
	}
}

// sayQuestion says what the prompt leaves out: hint, options, and what stands
// there of a long answer.
func (p *Plain) sayQuestion(f *part.Form, q part.Question) {
	if len(p.walk.only) > 1 && q.Problem != "" {
		p.say(q.Problem)
	}
	if !inPrompt(q) {
		p.say(strings.TrimSpace(stopped(labelWords(q)) + " " + q.Hint))
	}
	switch q.Kind {
	case part.ChoiceField, part.MultiField:
		for i, o := range q.Options {
			p.say(fmt.Sprintf("%d. %s", i+1, optionWords(o)))
		}
	case part.LongField:
		if q.Answer != "" {
			p.say("It says now:")
			p.say(strings.Split(q.Answer, "\n")...)
		}
	}
}

// inPrompt tells whether a question is no longer than its prompt.
func inPrompt(q part.Question) bool {
	return q.Hint == "" && (q.Kind == part.TextField || q.Kind == part.SecretField)
}

func labelWords(q part.Question) string {
	if q.Optional {
		return q.Label + " (optional)"
	}
	return q.Label
}

// sayReadings says what a date can mean.
func (p *Plain) sayReadings(q part.Question) {
	p.say("This can mean:")
	for i, r := range q.Readings {
		p.say(fmt.Sprintf("%d. %s", i+1, r.Label))
	}
}

// sayFound says what a search found, and whether there was one.
func (p *Plain) sayFound(q part.Question) bool {
	found := q.Found
	switch {
	case q.Kind != part.PickerField || q.Answer == "":
		return false
	case found.Problem != "":
		p.say(found.Problem)
	case len(found.Options) == 0:
		if q.Trouble == "" {
			return false // chosen
		}
		p.say("Nothing found.")
	case found.Total > len(found.Options):
		p.say(fmt.Sprintf("%d found. These are the best %d; more words narrow it down.", found.Total, len(found.Options)))
	default:
		p.say(fmt.Sprintf("%d found.", len(found.Options)))
	}
	for i, o := range found.Options {
		p.say(fmt.Sprintf("%d. %s", i+1, optionWords(o)))
	}
	return true
}

// formPrompt is what a form asks next, and whether the answer is a secret.
func (p *Plain) formPrompt(screen Screen, speech Speech) (string, bool) {
	q, is := current(speech.Form)
	switch {
	case !is && !speech.Direct:
		return p.whose(screen, speech.Form.Button+"? Type yes, or check, back or cancel"), false
	case !is:
		return speech.Form.Button, false
	case p.walk.long != nil:
		return "Next line, or . alone to end", false
	case len(q.Readings) > 1 && q.Trouble != "":
		return "Its number, or another date", false
	case len(q.Found.Options) > 0:
		return "Its number, or other words", false
	}
	text := answerPrompt(q)
	if q.Answer != "" && q.Kind != part.LongField {
		text += " [" + part.Cut(q.Answer, bracketMost) + "]"
	}
	return text, q.Kind == part.SecretField
}

// bracketMost is how much of an answer stands in a prompt; check says all of it.
const bracketMost = 100

// answerPrompt says the label where nothing else said it, and else how to
// answer.
func answerPrompt(q part.Question) string {
	switch q.Kind {
	case part.ChoiceField:
		return "Number"
	case part.MultiField:
		return "Numbers, with blanks between"
	case part.PickerField:
		return "Words to search for, or * for all"
	case part.LongField:
		if q.Answer != "" {
			return "First line, + to add to it, or an empty line to keep it"
		}
		return "First line; . alone ends it"
	}
	if inPrompt(q) {
		return labelWords(q)
	}
	return "Answer"
}
