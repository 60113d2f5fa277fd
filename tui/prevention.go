package tui

import (
	"github.com/throughgate/throughgate/model"
	"github.com/throughgate/throughgate/tui/part"
)

const preventionForm = "prevention"

var preventionSort = entrySort{
	name: preventionForm, title: "Vaccines, tests for viruses, screening and reviews", none: "None is recorded.", key: "v", word: "vaccine or test",
	says: "Add a vaccine, a test for viruses, a screening or a review.", may: &model.PreventionSet{}, rows: preventionRows, form: newPreventionForm,
}

func preventionRows(e *env, r *model.Record) []entryRow {
	var out []entryRow
	for _, one := range r.Health.PreventionList() {
		row := entryRow{id: one.ID, what: joined(", ", one.Of.Words(), one.What), state: one.State.Words(), style: e.theme.Text}
		if !one.Day.IsZero() {
			row.when = one.Day.Long()
		}
		next, batch := "", ""
		if !one.Next.IsZero() {
			next = "Next due " + one.Next.Long()
		}
		if one.Batch != "" {
			batch = "Batch " + one.Batch
		}
		switch one.State {
		case model.PreventionGiven:
			row.style = e.theme.Good
		case model.PreventionDue:
			row.style = e.theme.Warn
		case model.PreventionMistake:
			row.style = e.theme.Muted
		}
		row.told = []telling{{joined(". ", one.Result, batch, next), e.theme.Text}, unsaid(e, one.Unsaid), {"Recorded by " + e.by(one.By.Staff, one.By.At), e.theme.Muted}}
		out = append(out, row)
	}
	return out
}

// newPreventionForm adds a vaccine, test or review, or changes the one of an id.
func newPreventionForm(e *env, r *model.Record, id model.EntryID) Screen {
	start, found := r.Health.Prevention[id]
	spec := formSpec{title: "Change a vaccine, test or review", name: preventionForm + "/" + string(id), button: "Keep", done: "The vaccine, test or review is kept."}
	if !found {
		spec.title, spec.name = "Add a vaccine, test or review", preventionForm+"/"+newName
	}
	err := e.identify(&start.ID, found)
	return newForm(e, r, entrySpec(spec, func() (model.Change, []entryQuestion, error) {
		c := start.PreventionSet
		vaccine := func(v part.Values) bool { return v["of"] == string(model.PreventionVaccine) }
		test := func(v part.Values) bool { return v["of"] != "" && !vaccine(v) }
		return &c, []entryQuestion{
			askOne(&c.Of, "of", "What is it?", model.PreventionKinds(), model.PreventionKind.Words),
			askText(&c.What, "what", "Which", "Such as hepatitis B dose 2, hepatitis C test or asthma review.", 120).needed("Enter which vaccine, test or review it is"),
			askOne(&c.State, "state", "What came of it?", statesOf(found, model.PreventionStates(), model.PreventionMistake), model.PreventionState.Words),
			askDay(e, &c.Day, "day", "Day", "When it was given, done, offered or declined. For example today or -3d."),
			askText(&c.Batch, "batch", "Batch", "", 40).when(vaccine),
			askText(&c.Result, "result", "Result", "Leave it empty while it is awaited: the letter then says who follows it up.", 200).when(test),
			askDay(e, &c.Next, "next", "Next due", "When the next dose, test or review is due. For example +6m."),
			askYes(&c.Unsaid, "unsaid", "In the letter?", "No, the person asked for that", "Yes"),
		}, err
	}))
}
