package papers

import (
	"github.com/throughgate/throughgate/model"
	"github.com/throughgate/throughgate/model/sheet"
)

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

// worklist is what waits for a role: the lines of its screen, in the same order and
// words, with a box before each.
func worklist(rows []model.Row, f Facts) (sheet.Document, int) {
	role, today := f.By.Role, f.today()
	tasks := model.Worklist(rows, role, f.Due, today, model.WorklistDays)
	doc := frame("Worklist: "+role.Words(), f)
	doc.Kind = "Worklist"
	doc.Banner = []sheet.Ends{{Left: orNotRecorded(f.Prison), Right: today.Long()}}
	if len(tasks) == 0 {
		doc.Blocks = append(doc.Blocks, sheet.Paragraph{Text: model.NothingWaits(role)})
		return doc, 0
	}
	table := sheet.Table{Columns: []string{"", "Number", "Person", "What", "Due", "State"}}
	people := make(map[model.PersonID]bool)
	for _, task := range tasks {
		r := task.Row
		people[r.ID] = true
		table.Rows = append(table.Rows, []string{
			sheet.Unticked, orNotRecorded(r.Prison), join("  ", orNotRecorded(r.Name), r.Stay.Cell),
			task.What(), task.When(today, false), task.StateWords(),
		})
	}
	doc.Blocks = append(doc.Blocks, sheet.Paragraph{Text: model.WorklistWords(tasks, role, today), Bold: true}, table)
	return doc, len(people)
}
