package tui

import (
	"github.com/throughgate/throughgate/model"
	"github.com/throughgate/throughgate/tui/part"
)

const resultForm = "result"

var resultSort = entrySort{
	name: resultForm, title: "Tests and referrals", none: "None is recorded.", key: "r", word: "result",
	says: "Add a test or referral that is awaited, or its result.", may: &model.ResultSet{}, rows: resultRows, form: newResultForm,
}

func resultRows(e *env, r *model.Record) []entryRow {
	var out []entryRow
	for _, one := range r.Health.ResultList() {
		row := entryRow{id: one.ID, what: one.What, state: one.State.Words(), style: e.theme.Muted}
		if !one.Asked.IsZero() {
			row.when = one.Asked.Long()
		}
		who := ""
		switch {
		case one.State == model.ResultCame:
			row.style = e.theme.Good
		case one.State == model.ResultAwaited && (one.Who == "" || one.Due.IsZero()):
			row.style, row.told = e.theme.Warn, []telling{{"Nobody is named who follows it up, or no day is.", e.theme.Warn}}
		case one.State == model.ResultAwaited:
			row.style, who = e.theme.Text, "Followed up by "+one.Who+", by "+one.Due.Long()
		}
		row.told = append(row.told, telling{joined(". ", one.Of.Words(), one.Result, who), e.theme.Text}, unsaid(e, one.Unsaid), telling{"Recorded by " + e.by(one.By.Staff, one.By.At), e.theme.Muted})
		out = append(out, row)
	}
	return out
}

// unsaid tells of what the letter leaves out.
func unsaid(e *env, is bool) telling {
	if !is {
		return telling{}
	}
	return telling{"Not in the letter: the person asked for that.", e.theme.Warn}
}

// newResultForm adds a test or referral, or changes the one of an id.
func newResultForm(e *env, r *model.Record, id model.EntryID) Screen {
	start, found := r.Health.Results[id]
	spec := formSpec{title: "Change a test or referral", name: resultForm + "/" + string(id), button: "Keep", done: "The test or referral is kept."}
	if !found {
		start.ResultSet = model.ResultSet{State: model.ResultAwaited}
		spec.title, spec.name = "Add a test or referral", resultForm+"/"+newName
	}
	err := e.identify(&start.ID, found)
	return newForm(e, r, entrySpec(spec, func() (model.Change, []entryQuestion, error) {
		c := start.ResultSet
		awaited := func(v part.Values) bool { return v["state"] == string(model.ResultAwaited) }
		came := func(v part.Values) bool { return v["state"] == string(model.ResultCame) }
		return &c, []entryQuestion{
			askOne(&c.Of, "of", "What is it?", model.ResultKinds(), model.ResultKind.Words),
			askText(&c.What, "what", "Which", "Such as HbA1c, chest X-ray or cardiology.", 120).needed("Enter which test or referral it is"),
			askDay(e, &c.Asked, "asked", "Asked on", "The day of the sample, the scan or the referral. For example today or -3d."),
			askOne(&c.State, "state", "How far is it?", statesOf(found, model.ResultStates(), model.ResultMistake), model.ResultState.Words),
			askText(&c.Result, "result", "Result", "With its unit, as the practice needs it.", 400).when(came),
			askText(&c.Who, "who", "Follows it up", "Who asks for the result and tells the person, such as prison healthcare or GP.", 120).when(awaited),
			askDay(e, &c.Due, "due", "By which day", "For example +14d.").when(awaited),
			askYes(&c.Unsaid, "unsaid", "In the letter?", "No, the person asked for that", "Yes"),
		}, err
	}))
}
