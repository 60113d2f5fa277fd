package tui

import (
	"crypto/rand"
	"io"
	"slices"
	"strings"

	"github.com/throughgate/throughgate/model"
	"github.com/throughgate/throughgate/tui/part"
)

// entryQuestion is a question of an entry's form: what the entry says now, and
// where the answer goes.
type entryQuestion struct {
	part.Field
	has  string
	take func(answer string) error
}

// entrySpec is a form over one entry. bind makes the entry as it stands, with its
// questions bound to it.
func entrySpec(spec formSpec, bind func() (model.Change, []entryQuestion, error)) formSpec {
	_, questions, _ := bind()
	spec.compact, spec.start = true, map[string]string{}
	for _, q := range questions {
		spec.fields = append(spec.fields, q.Field)
		if q.Kind != part.InfoField {
			spec.start[q.Key] = q.has
		}
	}
	spec.build = func(v part.Values) ([]model.Change, error) {
		change, questions, err := bind()
		if err != nil {
			return nil, err
		}
		for _, q := range questions {
			if err := q.take(v[q.Key]); err != nil {
				return nil, fieldError{q.Key, err}
			}
		}
		return []model.Change{change}, nil
	}
	return spec
}

// askText asks for a line, which may be left out.
func askText(to *string, key, label, hint string, most int) entryQuestion {
	return entryQuestion{part.Field{Key: key, Label: label, Hint: hint, Max: most, Optional: true}, *to, func(answer string) error {
		*to = answer
		return nil
	}}
}

func askDay(e *env, to *model.Day, key, label, hint string) entryQuestion {
	f := dateField(e, key, label, "")
	f.Optional, f.Hint = true, hint
	return entryQuestion{f, dayOrEmpty(*to), func(answer string) (err error) {
		*to, err = model.ParseISODay(answer)
		return err
	}}
}

func askYes(to *bool, key, label, yes, no string) entryQuestion {
	options := []part.Option{{Value: yesOrNo(false), Label: no}, {Value: yesOrNo(true), Label: yes}}
	return entryQuestion{part.Field{Key: key, Kind: part.ChoiceField, Label: label, Inline: true, Required: "Choose one", Options: options}, yesOrNo(*to), func(answer string) error {
		*to = answer == yesOrNo(true)
		return nil
	}}
}

// askOne asks for one of a table's values.
func askOne[T ~string](to *T, key, label string, all []T, words func(T) string) entryQuestion {
	f := part.Field{Key: key, Kind: part.ChoiceField, Label: label, Required: "Choose one"}
	for _, v := range all {
		f.Options = append(f.Options, part.Option{Value: string(v), Label: words(v)})
	}
	return entryQuestion{f, string(*to), func(answer string) error {
		*to = T(answer)
		return nil
	}}
}

// statesOf are the states an entry can be in: one that is not there yet was not
// recorded by mistake.
func statesOf[T comparable](found bool, all []T, mistake T) []T {
	if found {
		return all
	}
	return slices.DeleteFunc(all, func(s T) bool { return s == mistake })
}

// when leaves a question out unless the answers so far ask for it.
func (q entryQuestion) when(show func(part.Values) bool) entryQuestion {
	q.ShowIf = show
	return q
}

// identify draws the id of an entry that is not in the record yet: once a form,
// so that keeping it again after a failure does not make two of it.
func (e *env) identify(id *model.EntryID, found bool) error {
	if found {
		return nil
	}
	b, err := e.eightBytes()
	*id = model.NewEntryID(b)
	return err
}

// needed has a question answered.
func (q entryQuestion) needed(sentence string) entryQuestion {
	q.Optional, q.Required = false, sentence
	return q
}

// joined joins what is not empty.
func joined(between string, words ...string) string {
	return strings.Join(slices.DeleteFunc(words, func(w string) bool { return w == "" }), between)
}

func (e *env) eightBytes() (b [8]byte, err error) {
	random := e.rand
	if random == nil {
		random = rand.Reader
	}
	if _, err := io.ReadFull(random, b[:]); err != nil {
		return b, &model.Error{Kind: model.KindOutside, Msg: "This computer gives no random numbers.", Hint: "Try again.", Err: err}
	}
	return b, nil
}
