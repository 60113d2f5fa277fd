package papers

import (
	"strings"

	"github.com/throughgate/throughgate/model"
	"github.com/throughgate/throughgate/model/sheet"
)

// courtPack is the sheet that is needed if a court releases somebody: one page,
// what cannot wait first. Whoever prints it without the health key gets who it
// is, how far each part is and whom to telephone.
func courtPack(r *model.Record, f Facts) sheet.Document {
	doc := about(model.PaperCourtPack, r, f)
	doc.OneSheet = true
	pack := model.CourtPackOf(r, model.CourtFacts{Day: courtDay(&r.Shared, f.today()), Prison: f.From, Name: f.Name})
	if !pack.Held {
		doc.Second = confidential
	}
	where := join(", ", "At court on "+pack.Day.Long(), pack.Court)
	doc.Blocks = append(doc.Blocks, sheet.Pairs{
		{Name: "Court", Value: where}, {Name: "Held as", Value: orNotRecorded(pack.Legal)}, {Name: "From", Value: join(", ", f.Prison, pack.Cell)},
	})
	doc.Blocks = append(doc.Blocks, urgent(pack)...)
	doc.Blocks = append(doc.Blocks, sheet.Heading{Text: "If the court releases this person"}, parts(pack))
	if !pack.Held {
		doc.Blocks = append(doc.Blocks, clinical(pack)...)
	}
	doc.Blocks = append(doc.Blocks, sheet.Heading{Text: "Whom to telephone"}, phones(pack.Phones))
	doc.Blocks = append(doc.Blocks, sheet.Signature{Who: "Released at court: told by, and what was done", Parts: []string{"Told by", "Time", "Given, sent or telephoned", "Name"}})
	return doc
}

// courtDay is the day the person is due at court, today where nobody wrote one down.
func courtDay(s *model.SharedPart, today model.Day) model.Day {
	if s.Release.Basis == model.BasisCourt && !s.Release.Day.IsZero() {
		return s.Release.Day
	}
	return today
}

func urgent(pack model.CourtPack) []sheet.Block {
	switch {
	case pack.Held:
		return []sheet.Block{sheet.Paragraph{Text: "Medicines, allergies, practice and consents are held by healthcare: telephone before the person leaves the court.", Bold: true}}
	case len(pack.Critical) == 0:
		return nil
	}
	out := []sheet.Block{sheet.Heading{Text: "Cannot wait"}}
	for _, words := range pack.Critical {
		out = append(out, sheet.Paragraph{Text: words, Bold: true})
	}
	return out
}

func parts(pack model.CourtPack) sheet.Table {
	table := sheet.Table{Columns: []string{"", "Part", "State"}}
	for _, p := range pack.Parts {
		box := sheet.Unticked
		if p.Ready {
			box = sheet.Ticked
		}
		table.Rows = append(table.Rows, []string{box, p.Name, p.Words})
	}
	return table
}

func clinical(pack model.CourtPack) []sheet.Block {
	out := []sheet.Block{sheet.Heading{Text: "Medicines"}, sheet.Paragraph{Text: pack.List}}
	if len(pack.Medicines) > 0 {
		table := sheet.Table{Listed: true, Columns: []string{"Medicine", "Dose", "Cannot wait", "If released"}}
		for _, m := range pack.Medicines {
			table.Rows = append(table.Rows, []string{m.What, m.How, m.Critical, m.Supply})
		}
		out = append(out, table)
	}
	return append(out,
		sheet.Heading{Text: "Allergies and practice"}, sheet.Pairs{{Name: "Allergies", Value: strings.Join(pack.Allergies, "; ")}, {Name: "Practice", Value: strings.Join(pack.GP, ", ")}},
		sheet.Heading{Text: "What the person agreed to"}, answers(pack.Consents))
}

// phones never leaves a heading with nothing under it: whoever reads it would look
// for a page that is missing.
func phones(all []model.CourtAnswer) sheet.Block {
	if len(all) == 0 {
		return sheet.Paragraph{Text: "No number is recorded: ask the prison's switchboard for healthcare."}
	}
	return answers(all)
}

func answers(all []model.CourtAnswer) sheet.Pairs {
	var out sheet.Pairs
	for _, a := range all {
		out = append(out, sheet.Pair{Name: a.Label, Value: a.Words})
	}
	return out
}
