package part

import (
	"strings"

	tea "github.com/charmbracelet/bubbletea"
)

// Question is a field as it stands now, for who is asked one field at a time. The words of an
// InfoField are its Label.
type Question struct {
	Field
	Answer  string // in words: what was typed, or the labels of what was chosen; never a secret
	Given   bool   // there is an answer, or the beginning of one
	Problem string // what is wrong with it, since it was last sent

	Trouble  string    // why what stands there cannot be an answer yet
	Readings []Reading // of a date: all that it can mean
	Found    Found     // of a picker: what its last search found, while nothing is chosen
}

// Questions are the fields that are shown, from top to bottom, without info that says nothing now.
func (f *Form) Questions() []Question {
	var all []Question
	for _, q := range f.asked {
		if !q.shown {
			continue
		}
		one := Question{Field: q.Field, Problem: q.problem}
		one.Label, one.Hint = Clean(q.Label), Clean(q.Hint)
		if q.control == nil {
			if q.Say != nil {
				one.Label = Clean(q.Say(f.Values()))
			}
			if one.Label+one.Hint == "" {
				continue
			}
		} else {
			q.answered(&one)
		}
		all = append(all, one)
	}
	return all
}

// answered says how far a field is answered.
func (q *question) answered(one *Question) {
	one.Trouble, one.Given = Clean(q.control.trouble()), q.control.value() != ""
	switch c := q.control.(type) {
	case *lineControl:
		if !c.input.Secret {
			one.Answer = c.input.Value()
		}
	case *areaControl:
		one.Answer = c.area.Value()
	case *choiceControl:
		one.Answer = c.words()
	case *dateControl:
		one.Answer, one.Readings = c.input.Value(), c.readings
		if c.picked >= 0 {
			one.Answer = Clean(c.readings[c.picked].Label)
		}
	case *pickerControl:
		one.Answer = c.Query()
		if c.chosen == nil && c.asked && !c.waiting {
			one.Found = c.found
		}
	}
	one.Given = one.Given || one.Answer != ""
}

// words are the labels of what is chosen.
func (c *choiceControl) words() string {
	var labels []string
	for i, on := range c.chosen {
		if on {
			labels = append(labels, Clean(c.field.Options[i].Label))
		}
	}
	return strings.Join(labels, ", ")
}

// Set answers a field with a whole text at once: what is typed, or the values of options joined by
// line feeds. "" takes the answer away. A picker searches for the text; its command does.
func (f *Form) Set(key, text string) tea.Cmd {
	q := f.question(key)
	if q == nil {
		return nil
	}
	var cmd tea.Cmd
	if picker, ok := q.control.(*pickerControl); ok && text == "" {
		picker.forget()
	} else {
		cmd = q.control.restore(text)
	}
	return tea.Batch(cmd, f.changed())
}

// SetReading says which of the readings of a date is meant.
func (f *Form) SetReading(key string, i int) tea.Cmd {
	q := f.question(key)
	if q == nil {
		return nil
	}
	if c, ok := q.control.(*dateControl); ok && i >= 0 && i < len(c.readings) {
		c.picked = i
	}
	return f.changed()
}

// SetFound chooses one of what a picker found; one that is Disabled is not chosen.
func (f *Form) SetFound(key string, i int) tea.Cmd {
	q := f.question(key)
	if q == nil {
		return nil
	}
	if c, ok := q.control.(*pickerControl); ok && i >= 0 && i < len(c.found.Options) && c.found.Options[i].Disabled == "" {
		c.Choose(c.found.Options[i])
	}
	return f.changed()
}

// changed looks which fields are asked now, and tells the owner.
func (f *Form) changed() tea.Cmd {
	f.show()
	if f.OnChange == nil {
		return nil
	}
	return f.OnChange()
}

// Go moves the focus to a field, "" for the button, and tells the owner, who keeps the place with
// the draft.
func (f *Form) Go(key string) tea.Cmd {
	if !f.Focus(key) {
		f.goTo(stop{kind: atButton})
	}
	if f.OnChange == nil {
		return nil
	}
	return f.OnChange()
}

// Submit presses the button.
func (f *Form) Submit() tea.Cmd { return f.submit() }

// Trouble is what was wrong when the form was last sent: sentences in the order of the fields, and
// the fields they are about; "" for one that is about none that is shown.
func (f *Form) Trouble() (sentences, keys []string) {
	for _, p := range f.problems {
		key := p.key
		if q := f.question(key); q == nil || !q.shown {
			key = ""
		}
		sentences, keys = append(sentences, p.text), append(keys, key)
	}
	return sentences, keys
}

// forget takes what was typed or chosen away.
func (p *Picker) forget() {
	p.input.SetValue("")
	p.request++
	p.chosen, p.waiting, p.found, p.asked = nil, false, Found{}, false
}
