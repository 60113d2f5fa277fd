package tui

import (
	"github.com/throughgate/throughgate/model"
	"github.com/throughgate/throughgate/tui/part"
)

const chaseID = "chase"

// chaseDeed is asking a silent practice for its answer.
func chaseDeed(e *env, r *model.Record) gpDeed {
	return gpDeed{
		id: chaseID, label: "The practice was asked for its answer", says: "Record who was called or written to, and what came of it.",
		disabled: e.allow(r, &model.GPChased{}), open: func() Screen { return newChaseForm(e, r) },
	}
}

func newChaseForm(e *env, r *model.Record) Screen {
	outcome := part.Field{Key: "outcome", Kind: part.ChoiceField, Label: "What came of it?", Required: "Say what came of it"}
	for _, o := range model.ChaseOutcomes() {
		outcome.Options = append(outcome.Options, part.Option{Value: string(o), Label: o.Words()})
	}
	answered := func(v part.Values) bool {
		return v["outcome"] == string(model.ChasePromised) || v["outcome"] == string(model.ChaseNoForm)
	}
	var fields []part.Field
	if words := stepIntroduction(r, model.RegSent); words != "" {
		fields = append(fields, part.Field{Key: "about", Kind: part.InfoField, Label: words})
	}
	if phone := r.Health.Registration.Practice.Phone; phone != "" && !r.Shared.Restricted {
		fields = append(fields, part.Field{Key: "phone", Kind: part.InfoField, Label: "Telephone: " + phone + ". If it said yes or no, record that instead."})
	}
	return newForm(e, r, formSpec{
		title: "The practice was asked for its answer", name: gpScreen + "/" + chaseID, button: "Keep", done: "That the practice was asked is kept.", compact: true,
		start: map[string]string{"day": "today", "method": string(model.MethodPhone)},
		fields: append(fields, outcome,
			part.Field{Key: "who", Label: "Who at the practice?", Max: 80, Required: "Enter who answered at the practice", Hint: "A name, or a name and a role.", ShowIf: answered},
			methodField("How were they asked?", "Say how they were asked"), dateField(e, "day", "On which day?", "Enter the day"),
			part.Field{Key: "note", Label: "Note", Optional: true, Max: 500}),
		build: func(v part.Values) ([]model.Change, error) {
			day, err := model.ParseISODay(v["day"])
			if err != nil {
				return nil, fieldError{"day", err}
			}
			return []model.Change{&model.GPChased{
				Day: day, Method: model.RegistrationMethod(v["method"]), Who: v["who"], Outcome: model.ChaseOutcome(v["outcome"]), Note: v["note"],
			}}, nil
		},
	})
}

func (s *gp) chase(c model.Chase) []part.Cell {
	who := c.Who
	if who == "" {
		who = s.env.StaffName(c.By.Staff)
	}
	return []part.Cell{{Text: c.Day.String()}, {Text: "Asked: " + c.Outcome.Words()}, {Text: c.Method.Words()}, {Text: who, Style: s.env.theme.Muted}}
}

func chaseWords(e *env, c model.Chase) []telling {
	words := c.String() + "."
	if c.Who != "" {
		words += " At the practice: " + c.Who + "."
	}
	words += " Recorded by " + e.by(c.By.Staff, c.By.At) + "."
	return []telling{{words, e.theme.Text}, {c.Note, e.theme.Muted}}
}
