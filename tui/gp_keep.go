package tui

import (
	"strings"

	"github.com/throughgate/throughgate/model"
	"github.com/throughgate/throughgate/tui/part"
)

const (
	keepForm      = "gp-keep"
	deductionForm = "gp-deducted"
)

// keepDeed is the question of a short stay.
func keepDeed(e *env, r *model.Record) gpDeed {
	return gpDeed{
		id: keepForm, label: "Ask whether the person keeps the practice they have outside", says: strings.Join(model.KeepConsequences(), " "),
		disabled: e.allow(r, &model.GPKeep{}), open: func() Screen { return newKeepForm(e, r) },
	}
}

// newKeepForm asks with what follows from each answer, to be read to the person.
func newKeepForm(e *env, r *model.Record) Screen {
	have := r.Health.KeepGP
	var fields []part.Field
	for i, words := range model.KeepConsequences() {
		fields = append(fields, part.Field{Key: "about" + string(rune('1'+i)), Kind: part.InfoField, Label: words})
	}
	if !have.By.IsZero() {
		fields = append(fields, part.Field{Key: "before", Kind: part.InfoField, Label: "Said before: " + have.Wish.Words() + ". Asked by " + e.by(have.By.Staff, have.By.At) + "."})
	}
	wish := part.Field{Key: "wish", Kind: part.ChoiceField, Label: "Keep the practice outside?", Required: "Choose the person's answer"}
	for _, w := range model.KeepWishes() {
		wish.Options = append(wish.Options, part.Option{Value: string(w), Label: w.Words()})
	}
	return newForm(e, r, formSpec{
		title: "Keep the practice outside?", name: keepForm, button: "Keep this answer", done: "The person's answer is kept.", compact: true,
		start:  map[string]string{"wish": string(have.Wish), "note": have.Note},
		fields: append(fields, wish, part.Field{Key: "note", Label: "Note", Optional: true, Max: 500}),
		build: func(v part.Values) ([]model.Change, error) {
			return []model.Change{&model.GPKeep{KeepAnswer: model.KeepAnswer{Wish: model.KeepWish(v["wish"]), Note: v["note"]}}}, nil
		},
	})
}

// whyNotDeducted says why no end of the registration in prison can be recorded.
func whyNotDeducted(e *env, r *model.Record) string {
	if why := e.allow(r, &model.GPDeducted{}); why != "" {
		return why
	}
	if r.Health.PrisonGP.Registered != model.AnswerYes {
		return "The person is not recorded as a patient of the prison's GP service."
	}
	return ""
}

func newDeductionForm(e *env, r *model.Record) Screen {
	how := part.Field{Key: "how", Kind: part.ChoiceField, Label: "What shows it?", Required: "Say what shows it"}
	for _, h := range model.DeductionHows() {
		how.Options = append(how.Options, part.Option{Value: string(h), Label: h.Words()})
	}
	return newForm(e, r, formSpec{
		title: "No longer with the prison's GP service", name: deductionForm, button: "Keep", done: "The end of the registration is kept.", compact: true,
		start: map[string]string{"day": "today"},
		fields: []part.Field{
			{Key: "about", Kind: part.InfoField, Label: "Registered here since " + r.Health.PrisonGP.Since.String() + ". It ends when the person leaves: the new practice cannot get the record before."},
			how, dateField(e, "day", "On which day?", "Enter the day"), {Key: "note", Label: "Note", Optional: true, Max: 500},
		},
		build: func(v part.Values) ([]model.Change, error) {
			day, err := model.ParseISODay(v["day"])
			if err != nil {
				return nil, fieldError{"day", err}
			}
			return []model.Change{&model.GPDeducted{Day: day, How: model.DeductionHow(v["how"]), Note: v["note"]}}, nil
		},
	})
}
