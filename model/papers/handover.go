package papers

import (
	"github.com/throughgate/throughgate/model"
	"github.com/throughgate/throughgate/model/sheet"
)

// handover is the sheet of the gate: who it is, what goes with the person, and
// who signs for it. It is made of the shared part alone, so that it is the same
// whoever prints it and holds nothing clinical.
func handover(r *model.Record, f Facts) sheet.Document {
	doc := about(model.PaperHandover, r, f)
	doc.OneSheet = true
	r = r.On(f.today())
	s := &r.Shared
	doc.Blocks = append(doc.Blocks, sheet.Heading{Text: "Release"}, leaving(s))
	if _, gone := s.Gone(); !gone && !model.Ready(s) {
		open := f.Due.Readiness(s)
		doc.Blocks = append(doc.Blocks, sheet.Paragraph{Text: "NOT READY. " + plural(len(open), "line", "lines") + " of the checklist to do. Do not release before somebody has answered.", Bold: true})
	}
	doc.Blocks = append(doc.Blocks,
		sheet.Heading{Text: "1. Is it this person?"},
		sheet.Checks{{Text: "The photograph shows this person"}, {Text: "They gave their name and date of birth"}, {Text: "The prison number is the one above"}},
		sheet.Signature{Who: "Identity checked by"}, sheet.Signature{Who: "And by a second officer"},
		sheet.Heading{Text: "2. What goes with them"})
	doc.Blocks = append(doc.Blocks, bags(s, f)...)
	doc.Blocks = append(doc.Blocks, sheet.Checks(goods(s)))
	if told := instructions(s, f.today()); len(told) > 0 {
		doc.Blocks = append(doc.Blocks, sheet.Heading{Text: "What must be done now"}, told)
	}
	doc.Blocks = append(doc.Blocks, sheet.Heading{Text: "3. Signatures"},
		sheet.Signature{Who: "Handed over by"}, sheet.Signature{Who: "Received by the person, or why they would not sign"})
	return doc
}

// goods are the other things to hand over. How far each is stands beside it.
func goods(s *model.SharedPart) []sheet.Check {
	say := func(id model.ItemID, text string) sheet.Check {
		item := s.Item(id)
		return sheet.Check{Text: text + " (" + lower(stateWords(item.State, item.Detail)) + ")"}
	}
	return []sheet.Check{say(model.ItemLetter, "Copy of the discharge letter, in an envelope"), {Text: "Property and what was kept in possession, against the property list"}}
}

// bags are the bags of medicines by number, each to be matched with the bag itself.
func bags(s *model.SharedPart, f Facts) []sheet.Block {
	item, all, two := s.Item(model.ItemMedicines), s.BagList(), false
	out := []sheet.Block{sheet.Paragraph{Text: "Medicines: " + stateWords(item.State, item.Detail) + ". Match the number on every bag with what stands here."}}
	if len(all) == 0 {
		out = append(out, sheet.Paragraph{Text: "No bag is recorded. Write down what is handed over all the same, and tell healthcare."},
			sheet.Signature{Who: "Bags handed over", Parts: []string{"Bag number", "Bag number", "Bag number"}})
	} else {
		table := sheet.Table{Columns: []string{"", "Bag number", "Where it is", "The person", "Signatures"}}
		for _, b := range all {
			box := sheet.Ticked
			if b.State.Waits() {
				box = sheet.Unticked
			}
			table.Rows = append(table.Rows, []string{box, b.Number, join(": ", b.State.Words(), b.Reason), b.Signature, signatures(b, f)})
			two = two || b.Two && b.Second.IsZero()
		}
		out = append(out, table)
	}
	return append(out, sheet.Signature{Who: map[bool]string{false: "Controlled drugs, if any: second signature", true: "Second signature, of who saw the bag marked two handed over"}[two]})
}

// signatures says whose are under a hand-over, and that two are wanted. Nothing
// says why a bag takes two.
func signatures(b model.Bag, f Facts) string {
	if b.State != model.BagHanded {
		return map[bool]string{true: "Two"}[b.Two]
	}
	words := f.by(b.By)
	switch {
	case !b.Second.IsZero():
		words += "; witness " + f.by(b.Second)
	case !b.Alone.By.IsZero():
		words += "; no second, by " + f.by(b.Alone.By) + ": " + b.Alone.Words
	case b.Two:
		words += "; second missing"
	}
	return words
}

func lower(s string) string {
	if s == "" {
		return s
	}
	return string(s[0]|0x20) + s[1:]
}
