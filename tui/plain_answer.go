package tui

import (
	"slices"
	"strconv"
	"strings"

	"github.com/throughgate/throughgate/tui/part"
)

// reply answers one question with a line, and says whether the form goes on to
// the next. Where it does not, a sentence says why.
func (p *Plain) reply(speech Speech, q part.Question, line string) bool {
	text := strings.TrimSpace(part.Clean(line))
	switch {
	case line == "" || text == "" && q.Kind != part.SecretField:
		return p.keepAnswer(q)
	case text == wordClear && q.Kind != part.SecretField:
		p.start(speech.Form.Set(q.Key, ""))
		return true
	}
	switch q.Kind {
	case part.ChoiceField:
		return p.chooseOne(speech, q, text)
	case part.MultiField:
		return p.chooseSome(speech, q, text)
	case part.DateField:
		return p.date(speech, q, text)
	case part.PickerField:
		return p.search(speech, q, text)
	case part.LongField:
		p.beginLong(speech, q, line)
		return false
	case part.SecretField:
		text = line // it may begin or end with a blank
	}
	p.start(speech.Form.Set(q.Key, text))
	return p.accepted(speech, q.Key)
}

// keepAnswer is an empty line. What cannot be an answer is not kept: the date
// with two meanings, the search without a choice.
func (p *Plain) keepAnswer(q part.Question) bool {
	if q.Trouble != "" && q.Kind != part.TextField {
		p.note(stopped(q.Trouble))
		return false
	}
	return true
}

// accepted tells whether what stands at a question can be an answer; else a
// sentence says why not, and it is asked again.
func (p *Plain) accepted(speech Speech, key string) bool {
	q, _ := current(speech.Form)
	if q.Key == key && q.Trouble != "" {
		p.note(stopped(q.Trouble))
		return false
	}
	return true
}

// chooseOne takes an option by number or by its words.
func (p *Plain) chooseOne(speech Speech, q part.Question, text string) bool {
	i, why := optionOf(q, text)
	if why != "" {
		p.note(why)
		return false
	}
	p.start(speech.Form.Set(q.Key, q.Options[i].Value))
	p.note(stopped(q.Options[i].Label))
	return true
}

// optionOf finds an option by its number, or by its first words where they fit
// no other.
func optionOf(q part.Question, text string) (at int, why string) {
	at = -1
	if n, err := strconv.Atoi(text); err == nil {
		at = n - 1
	} else {
		at = optionCalled(q.Options, part.Fold(text))
	}
	switch {
	case at < 0 || at >= len(q.Options):
		return 0, "\"" + text + "\" is not one of the answers. Type the number of one."
	case q.Options[at].Disabled != "":
		return 0, stopped(q.Options[at].Label + ": not now, " + q.Options[at].Disabled)
	}
	return at, ""
}

func optionCalled(options []part.Option, text string) int {
	at, fit := -1, 0
	for i, o := range options {
		label := part.Fold(o.Label)
		if label == text {
			return i
		}
		if strings.HasPrefix(label, text) {
			at, fit = i, fit+1
		}
	}
	if fit > 1 {
		return -1
	}
	return at
}

// chooseSome takes all options whose numbers are given, and no others.
func (p *Plain) chooseSome(speech Speech, q part.Question, text string) bool {
	var at []int
	for _, word := range strings.FieldsFunc(text, func(r rune) bool { return r == ' ' || r == ',' }) {
		if word == wordAll {
			for i := range q.Options {
				at = append(at, i)
			}
			continue
		}
		i, why := optionOf(q, word)
		if why != "" {
			p.note(why)
			return false
		}
		at = append(at, i)
	}
	slices.Sort(at)
	at = slices.Compact(at)
	var values, labels []string
	for _, i := range at {
		o := q.Options[i]
		if o.Exclusive && len(at) > 1 {
			p.note(stopped(o.Label + " cannot be chosen together with others"))
			return false
		}
		values, labels = append(values, o.Value), append(labels, o.Label)
	}
	p.start(speech.Form.Set(q.Key, strings.Join(values, "\n")))
	p.note(stopped(strings.Join(labels, ", ")))
	return true
}

// date takes a date in any of the ways people write one, or the number of one of
// its meanings.
func (p *Plain) date(speech Speech, q part.Question, text string) bool {
	before := speech.Form.Draft()[q.Key]
	if n, err := strconv.Atoi(text); err == nil && q.Trouble != "" && n > 0 && n <= len(q.Readings) {
		p.start(speech.Form.SetReading(q.Key, n-1))
	} else {
		p.start(speech.Form.Set(q.Key, text))
	}
	now, _ := current(speech.Form)
	switch {
	case now.Trouble == "":
		p.note(stopped(now.Answer))
		return true
	case len(now.Readings) < 2:
		p.note(stopped(now.Trouble))
		p.start(speech.Form.Set(q.Key, before))
	}
	return false
}

// search looks for words, or takes one of what they found.
func (p *Plain) search(speech Speech, q part.Question, text string) bool {
	n, err := strconv.Atoi(text)
	if err == nil && n > 0 && n <= len(q.Found.Options) {
		option := q.Found.Options[n-1]
		if option.Disabled != "" {
			p.note(stopped(option.Label + ": not now, " + option.Disabled))
			return false
		}
		p.start(speech.Form.SetFound(q.Key, n-1))
		p.note(stopped(option.Label))
		return true
	}
	if text == wordAll {
		text = " " // whatever there is
	}
	p.start(speech.Form.Set(q.Key, text))
	return false
}

// beginLong takes the first line of a long answer. It replaces what stood there,
// unless it is to be added to.
func (p *Plain) beginLong(speech Speech, q part.Question, line string) {
	if strings.TrimSpace(line) == wordAdd && q.Answer != "" {
		p.walk.long = strings.Split(q.Answer, "\n")
		return
	}
	p.walk.long = []string{line}
	p.start(speech.Form.Set(q.Key, line))
}
