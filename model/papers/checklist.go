package papers

import (
	"github.com/throughgate/throughgate/model"
	"github.com/throughgate/throughgate/model/sheet"
)

// checklist is every line with its box, for who works from paper. It is made of
// the shared part alone, so every role's copy is the same.
func checklist(r *model.Record, f Facts) sheet.Document {
	doc := about(model.PaperChecklist, r, f)
	doc.OneSheet = true
	r = r.On(f.today())
	s := &r.Shared
	doc.Blocks = append(doc.Blocks, sheet.Heading{Text: "Release"}, leaving(s))
	if told := instructions(s, f.today()); len(told) > 0 {
		doc.Blocks = append(doc.Blocks, sheet.Heading{Text: "What must be done now"}, told)
	}
	missing := f.Due.Readiness(s)
	doc.Blocks = append(doc.Blocks, sheet.Heading{Text: "Checklist"}, sheet.Paragraph{Text: standing(s, missing), Bold: len(missing) > 0})
	for _, stage := range stages {
		if table := lines(s, missing, stage.of, f); len(table.Rows) > 0 {
			doc.Blocks = append(doc.Blocks, sheet.Heading{Text: stage.name}, table)
		}
	}
	doc.Blocks = append(doc.Blocks, sheet.Signature{Who: "Checked before the person leaves, by"})
	return doc
}

func standing(s *model.SharedPart, missing []model.Missing) string {
	_, gone := s.Gone()
	switch {
	case len(missing) == 0:
		return "Nothing is missing."
	case gone:
		return plural(len(missing), "line is", "lines are") + " open after the release."
	case model.Ready(s):
		return "Ready for the gate: " + plural(len(missing), "line is", "lines are") + " left to do there or afterwards."
	}
	return "Not ready: " + plural(len(missing), "line is", "lines are") + " still to do."
}

// stages are the parts of the checklist, in the order in which they are worked.
var stages = []struct {
	of   model.Stage
	name string
}{{model.BeforeGate, "Before the gate"}, {model.AtGate, "At the gate"}, {model.AfterRelease, "After release"}}

// lines are those of a stage that are for this person.
func lines(s *model.SharedPart, missing []model.Missing, stage model.Stage, f Facts) sheet.Table {
	table := sheet.Table{Columns: []string{"", "Line", "State", "Whose", "Due"}}
	open := make(map[model.ItemID]model.Missing)
	for _, m := range missing {
		open[m.Item.ID] = m
	}
	for _, facts := range model.ChecklistFor(s) {
		if facts.Stage != stage {
			continue
		}
		item := s.Item(facts.ID)
		row := []string{sheet.Ticked, facts.Name, join(". ", stateWords(item.State, item.Detail), item.Note), f.who(item.Staff), ""}
		if s.ChecksAgain(&facts, f.today()) {
			row[4] = "Check again"
		}
		if m, is := open[facts.ID]; is {
			row = []string{sheet.Unticked, facts.Name, join(". ", stateWords(m.State, item.Detail), m.Note), m.Whose.Words(), due(m, f.today())}
		}
		table.Rows = append(table.Rows, row)
	}
	return table
}

func due(m model.Missing, today model.Day) string {
	switch {
	case m.Due.IsZero():
		return ""
	case m.Now(today):
		return "Due now"
	case m.Overdue(today):
		return m.Due.String() + " OVERDUE"
	}
	return m.Due.String()
}

// stateWords is the state, with the word the board has for it where that says more.
func stateWords(state model.ItemState, detail string) string {
	if state == model.Done && detail == "yes" {
		detail = ""
	}
	return join(": ", state.Words(), detail)
}

func (f Facts) who(id model.StaffID) string {
	if id == "" {
		return ""
	}
	return f.Name(id)
}
