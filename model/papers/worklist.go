package papers

import (
	"github.com/throughgate/throughgate/model"
	"github.com/throughgate/throughgate/model/sheet"
)

// worklistDays is how far ahead a worklist looks: as far as the release board.
const worklistDays = 28

// OfMany makes a paper about many people from what the lists show of them, and
// says how many there are. An error is of KindInvalid when the paper is about one
// person.
func OfMany(p model.Paper, rows []model.Row, f Facts) (sheet.Document, int, error) {
	if err := model.WhyNotPaper(f.By.Role, p); err != nil {
		return sheet.Document{}, 0, err
	}
	if p != model.PaperWorklist {
		return sheet.Document{}, 0, model.Invalid("This paper is about one person.", "")
	}
	doc, people := worklist(rows, f)
	return doc, people, nil
}

// worklist is what waits for a role, person by person in the order of the board.
func worklist(rows []model.Row, f Facts) (sheet.Document, int) {
	doc := frame("Worklist: "+f.By.Role.Words(), f)
	doc.Kind = "Worklist"
	doc.Banner = []sheet.Ends{{Left: orNotRecorded(f.Prison), Right: f.today().Long()}}
	people := 0
	for _, group := range model.Board(rows, f.today(), worklistDays) {
		table := sheet.Table{Columns: []string{"", "Person", "Born", "Number", "Cell", "To do"}}
		for i := range group.Rows {
			table.Rows = append(table.Rows, todo(&group.Rows[i], f)...)
		}
		if len(table.Rows) > 0 {
			people += len(table.Rows)
			doc.Blocks = append(doc.Blocks, sheet.Heading{Text: groupWords(group, f.today())}, table)
		}
	}
	if people == 0 {
		doc.Blocks = append(doc.Blocks, sheet.Paragraph{Text: "Nothing waits for you."})
	}
	return doc, people
}

// todo is a person's row, none where nothing of theirs is the role's.
func todo(r *model.Row, f Facts) [][]string {
	lines := ""
	for _, facts := range r.MissingItems() {
		if facts.Owners[0] != f.By.Role || facts.Stage == model.AfterRelease { // the board has nobody who has left
			continue
		}
		late := ""
		if due := r.Release.Day + model.Day(facts.Due); due < f.today() {
			late = " (OVERDUE)"
		}
		lines = join(", ", lines, facts.Name+late)
	}
	if lines == "" {
		return nil
	}
	return [][]string{{sheet.Unticked, orNotRecorded(r.Name), r.Born.String(), orNotRecorded(r.Prison), r.Stay.Cell, lines}}
}

func groupWords(g model.Group, today model.Day) string {
	switch {
	case g.Court:
		return "At court today, and could be released there"
	case g.Day < today:
		return g.Day.Long() + ": should have left"
	case g.Day == today:
		return "Today, " + g.Day.Long()
	}
	return g.Day.Long()
}
