package part

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// FieldKind says how a field is answered.
type FieldKind int

// The kinds of field.
const (
	TextField   FieldKind = iota // one line
	LongField                    // several lines
	SecretField                  // one line shown as stars, never part of a draft
	ChoiceField                  // one of Options
	MultiField                   // any of Options
	DateField                    // text that Read turns into readings
	PickerField                  // one result of Find
	InfoField                    // words to read, no answer
)

// Field is one question of a form, as data.
type Field struct {
	Key   string // names the answer in Values and in drafts; unique in the form
	Kind  FieldKind
	Label string // the question; "(optional)" is added where it is
	Hint  string // a sentence below the label
	Keys  string // a sentence on what keys do here, shown after the hint where keys are pressed

	Optional bool
	// Required is the sentence when nothing was answered, such as "Enter a date of birth".
	// Empty makes one of the label.
	Required string
	// Max is the longest answer in letters; 0 is 200 for one line and 4,000 for several. A longer
	// text can be typed, so that nothing is lost without a word, but not sent.
	Max int

	Options []Option // of a ChoiceField or MultiField
	Inline  bool     // options side by side where they fit in one line; a picker in one line while the focus is elsewhere

	// Read turns the text of a DateField into what it may mean. Its error is a sentence for
	// beside the field. It is called as the text changes, so it must be quick.
	Read func(text string) ([]Reading, error)
	// Find searches for a PickerField. It is called from commands, on other goroutines.
	Find func(query string) Found
	// Typed makes an answer of what stands in a PickerField when the focus goes on and nothing was
	// chosen. nil makes none: the text is then refused on Continue.
	Typed func(text string) Option
	// Check is asked on Continue about an answer that was given: a sentence, or "" if it is fine.
	Check func(value string) string
	// Say gives an InfoField words that follow from the answers so far; it takes the place of the
	// label. "" takes the field away.
	Say func(Values) string
	// Over has the first thing that is typed take the place of what was restored in one line.
	Over bool
	// Strong makes the words of an InfoField stand out: what the form is about.
	Strong bool
	// Rows is how many results a PickerField shows at a time; 0 is 6.
	Rows int
	// ShowIf leaves the field out unless the answers so far ask for it. Its answer is kept
	// meanwhile, and not part of Values.
	ShowIf func(Values) bool
}

// Reading is one meaning of a typed date: what is stored, and how it is read ("3-Aug-1980").
type Reading struct{ Value, Label string }

// Values are the answers by field key. A field without an answer has none; several answers of one
// field are joined by line feeds.
type Values map[string]string

// unclearMark stands behind the key of a date that can mean several days.
const unclearMark = "?"

// Unclear tells whether a date was typed that can mean several days, of which none is chosen: the
// field then has no answer, which is not the same as having been left out.
func (v Values) Unclear(key string) bool { return v[key+unclearMark] != "" }

// List is the answers of a multiple choice.
func (v Values) List(key string) []string {
	if v[key] == "" {
		return nil
	}
	return strings.Split(v[key], "\n")
}

// Has tells whether value is among the answers of a field.
func (v Values) Has(key, value string) bool {
	for _, each := range v.List(key) {
		if each == value {
			return true
		}
	}
	return false
}

func (f Field) label() string {
	if f.Optional {
		return Clean(f.Label) + " (optional)"
	}
	return Clean(f.Label)
}

// keyedHint is the hint with what is to be known of the keys.
func (f Field) keyedHint() string {
	if f.Keys == "" {
		return f.Hint
	}
	return strings.TrimSpace(f.Hint + " " + f.Keys)
}

// missing is the sentence for an answer that was not given.
func (f Field) missing() string {
	if f.Required != "" {
		return f.Required
	}
	verb := "Enter "
	if f.Kind == ChoiceField || f.Kind == MultiField || f.Kind == PickerField {
		verb = "Choose "
	}
	if strings.HasSuffix(f.Label, "?") {
		return verb + "an answer to \"" + f.Label + "\""
	}
	return verb + lowerFirst(f.Label)
}

// lowerFirst makes a label fit inside a sentence, and leaves an abbreviation like "NHS number".
func lowerFirst(label string) string {
	first, size := utf8.DecodeRuneInString(label)
	second, _ := utf8.DecodeRuneInString(label[size:])
	if !unicode.IsLower(second) {
		return label
	}
	return string(unicode.ToLower(first)) + label[size:]
}

// longest is the limit in letters.
func (f Field) longest() int {
	switch {
	case f.Max > 0:
		return f.Max
	case f.Kind == LongField:
		return 4000
	}
	return 200
}
