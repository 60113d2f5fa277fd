package fhir

import (
	"fmt"
	"strconv"

	"github.com/throughgate/throughgate/model"
)

// draftWords stand before the title of what nobody has signed.
const draftWords = "DRAFT, NOT SIGNED"

func (d *document) composition(sections []section) composition {
	c := composition{
		head: d.head("Composition", "Composition"), Identifier: identifier{System: uris, Value: urn + d.id("Composition")},
		Status: d.status(), Kind: d.kind(), Subject: d.patient, Date: d.written(),
		Author: []reference{d.author}, Title: d.title(), Confidentiality: "N", Custodian: d.prison, RelatesTo: d.relatesTo(),
		Event: d.stay(), Section: sections,
	}
	if d.data.Restricted {
		c.Confidentiality = "R"
	}
	lines := []string{c.Title + ", letter " + strconv.Itoa(d.letter.Number)}
	if signed := d.options.Signed; signed != nil {
		c.Attester = []attester{{"professional", moment(signed.By.Instant()), d.author}}
		lines = append(lines, fmt.Sprintf("Signed electronically by %s, %s, %s. SHA-256 %s",
			d.letter.Author.Name, d.letter.Author.Role, signed.By.Instant(), signed.Hash))
	}
	for _, n := range d.letter.Notices() {
		lines = append(lines, n.Head+". "+n.Text)
	}
	c.Text = xhtml(lines, nil)
	return c
}

// status says how far the letter can be relied on. One that replaces another is
// "amended", and names the other in relatesTo.
func (d *document) status() string {
	switch {
	case d.options.Signed == nil:
		return "preliminary"
	case d.letter.Supersedes > 0:
		return "amended"
	}
	return "final"
}

func (d *document) title() string {
	title := "Discharge letter from " + d.prisonName()
	if d.letter.Kind == model.LetterResults {
		title = "Results letter from " + d.prisonName()
	}
	if d.options.Signed == nil {
		return draftWords + ": " + title
	}
	return title
}

// kind is in words alone for late results: no code of documents means that.
func (d *document) kind() *concept {
	if d.letter.Kind == model.LetterResults {
		return words("Results that came after the discharge letter")
	}
	return coded(snomed, "373942005", "Discharge summary")
}

// relatesTo names the letter before by the identifier its own document has; one
// of format 1 knows no more than its number.
func (d *document) relatesTo() []relatesTo {
	switch {
	case d.data.Adds != model.Hash{}:
		return []relatesTo{{"appends", identifier{System: uris, Value: urn + idOf(d.data.Adds, "Composition")}}}
	case d.letter.Supersedes == 0:
		return nil
	case d.data.Replaces == model.Hash{}:
		return []relatesTo{{"replaces", identifier{Type: words("Number of the letter"), Value: strconv.Itoa(d.letter.Supersedes)}}}
	}
	return []relatesTo{{"replaces", identifier{System: uris, Value: urn + idOf(d.data.Replaces, "Composition")}}}
}

// stay is the time in prison that the letter sums up. A day that is only
// expected is not its end.
func (d *document) stay() []event {
	p := between(date(d.data.Received), moment(d.data.Left))
	if p == nil {
		return nil
	}
	return []event{{Code: listed("Care in prison"), Period: p}}
}

// documents is the heading for the PDF, which no letter has of itself.
var documents = model.Heading{Code: "documents-including-correspondence-audio-and-images", Name: "Documents (including correspondence, audio and images)"}

func heading(h model.Heading) *concept {
	return coded(ukCodes+"RecordStandardHeadings", string(h.Code), h.Name)
}

func (d *document) sections() []section {
	var out []section
	begun := make(map[model.HeadingCode]bool)
	for _, s := range d.letter.Sections {
		one := section{Title: clean(s.Heading), Text: xhtml(s.Lines, s.Table)}
		if !begun[s.Code] { // a heading that stands twice has its resources once
			begun[s.Code], one.Entry = true, d.entriesOf(s.Code)
		}
		if one.Title == "" {
			one.Title = model.NotRecorded
		}
		if h, known := model.HeadingOf(s.Code); known {
			one.Code = heading(h)
		}
		if len(one.Entry) == 0 {
			one.EmptyReason = d.whyEmpty(s.Code)
		}
		out = append(out, one)
	}
	if len(d.options.PDF) == 0 {
		return out
	}
	file := d.add(binary{d.head("Binary", "Binary"), "application/pdf", d.options.PDF})
	return append(out, section{
		Title: documents.Name, Code: heading(documents), Text: xhtml([]string{"This letter as a PDF."}, nil), Entry: []reference{file},
	})
}

// entriesOf adds what stands under a heading as data, and names it.
func (d *document) entriesOf(code model.HeadingCode) []reference {
	switch code {
	case model.HeadingDemographics:
		return []reference{d.patient}
	case model.HeadingPractice:
		return d.practice()
	case model.HeadingReferrer:
		return []reference{d.prison}
	case model.HeadingAllergies:
		return d.allergies()
	case model.HeadingMedicines:
		return d.medicines(true)
	case model.HeadingStopped:
		return d.medicines(false)
	case model.HeadingProblems:
		return d.problems()
	case model.HeadingConsent:
		return d.consents()
	case model.HeadingAuthor:
		return d.role()
	}
	return nil
}

// whyEmpty keeps "none" apart from "nobody has looked" and "cannot be had".
func (d *document) whyEmpty(code model.HeadingCode) *concept {
	none := func(code, display string) *concept { return coded(terminology+"list-empty-reason", code, display) }
	switch {
	case d.letter.Data == nil: // format 1 says it in words alone
		return nil
	case code == model.HeadingAllergies && d.data.Allergies == model.AllergiesUnavailable:
		return none("unavailable", "Unavailable")
	case code == model.HeadingMedicines && !d.data.NoMedicines.IsZero():
		return none("nilknown", "Nil Known")
	case code == model.HeadingAllergies, code == model.HeadingMedicines:
		return none("notstarted", "Not Started")
	}
	return nil
}
