package papers

import (
	"strings"

	"github.com/throughgate/throughgate/model"
	"github.com/throughgate/throughgate/model/sheet"
)

// gms1 is the registration form as a practice can use it: every question with
// its answer in words or ticked, "not asked" where nobody asked, and room to
// sign. What the prison thinks of the person, such as an ACCT, is not on it.
func gms1(r *model.Record, f Facts) sheet.Document {
	form := model.AssembleGMS1(r, join(", ", append([]string{f.Prison}, f.From.Address...)...), f.Now)
	title := "Registration with a GP practice (GMS1)"
	if form.Welsh {
		title = "Registration with a GP practice (GMS1W) / Cofrestru gyda meddyg teulu"
	}
	doc := frame(title, f)
	doc.Kind, doc.Second = "Registration form", confidential
	doc.Banner = []sheet.Ends{
		{Left: orNotRecorded(r.Shared.Name.OfficialFull()), Right: "Born " + orNotRecorded(r.Shared.Born.String())},
		{Left: "NHS number " + orNotRecorded(model.NHSNumber(r.Number(model.SchemeNHS)).Spaced()), Right: "Leaves " + orNotRecorded(r.Shared.Release.Day.String())},
	}
	if r.Shared.Restricted {
		doc.Blocks = append(doc.Blocks, sheet.Paragraph{Text: "RESTRICTED: address, telephone and practice are not printed. They are given by telephone, to the practice alone.", Bold: true})
	}
	doc.Blocks = append(doc.Blocks, sheet.Paragraph{Text: form.Complete()},
		sheet.Paragraph{Text: "No identity papers, proof of address, immigration papers or NHS number are needed to register this person. A refusal needs a reasonable ground, in writing."})
	for _, s := range form.Sections {
		doc.Blocks = append(doc.Blocks, sheet.Heading{Text: s.Title}, questions(s))
	}
	return signedForm(doc)
}

// signedForm leaves room for the three who sign.
func signedForm(doc sheet.Document) sheet.Document {
	doc.Blocks = append(doc.Blocks,
		sheet.Paragraph{Text: "I ask to be registered with the practice named above. What is written here is right as far as I know."},
		sheet.Signature{Who: "Signature of the person"},
		sheet.Signature{Who: "Or signed for the person, by", Parts: []string{"Name and relation", "Signature", "Date"}},
		sheet.Signature{Who: "For the practice: registered, or refused and why", Parts: []string{"Registered on, or reason", "Name and role", "Date"}})
	return doc
}

func questions(s model.GMS1Section) sheet.Table {
	table := sheet.Table{Columns: []string{"Question", "Answer"}}
	for _, line := range s.Lines {
		table.Rows = append(table.Rows, []string{line.Label, answered(line)})
	}
	return table
}

// answered is the answer, or the options with their boxes. A tick is said by its
// box; that a question was not asked, or declined, in words beside them.
func answered(line model.GMS1Line) string {
	var boxes []string
	for _, b := range line.Boxes {
		mark := sheet.Unticked
		if b.Ticked {
			mark = sheet.Ticked
		}
		boxes = append(boxes, mark+" "+b.Label)
	}
	if len(boxes) > 0 && line.Value != "" {
		return strings.Join(boxes, "  ") + "  (" + lower(line.Value) + ")"
	}
	return strings.Join(append(boxes, present(line.Value)...), "  ")
}

func present(s string) []string {
	if s == "" {
		return nil
	}
	return []string{s}
}

// entitlement is the sheet that goes with the person: large print, short
// sentences, and nothing on it but what they may show to anybody.
func entitlement(r *model.Record, f Facts) sheet.Document {
	paper := model.EntitlementFor(r, model.NationOf(f.By.Site))
	doc := sheet.Document{
		Title: paper.Title, Kind: "A right to a GP", Marking: "For you to keep", Foot: []string{orNotRecorded(f.Prison)}, At: f.Now,
		Scale: 1.35, OneSheet: true,
	}
	for _, s := range paper.Sections {
		doc.Blocks = append(doc.Blocks, sheet.Heading{Text: s.Heading})
		if s.Say {
			for _, line := range s.Lines {
				doc.Blocks = append(doc.Blocks, sheet.Paragraph{Text: line, Bold: true})
			}
			continue
		}
		doc.Blocks = append(doc.Blocks, sheet.Bullets(s.Lines))
	}
	return doc
}
