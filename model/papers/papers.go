// Package papers makes the papers of a desk: checklist, hand-over sheet,
// medicines sheet, court pack and worklist, each from the record as it stands.
//
// It is pure. A paper says only what its reader's record holds: what a role may
// not read is not in the record it is given, and the paper says who holds it.
package papers

import (
	"time"

	"github.com/throughgate/throughgate/model"
	"github.com/throughgate/throughgate/model/sheet"
)

// Facts is what a paper needs beside the record.
type Facts struct {
	Prison string             // "HMP Leeds"
	From   model.LetterPrison // the same with its healthcare team's telephone, for who is outside
	By     model.Actor
	Due    model.Timeline             // the prison's own due days
	Name   func(model.StaffID) string // as it is shown
	Now    time.Time
}

func (f Facts) today() model.Day { return model.DayOf(f.Now) }

// printed says who made the paper and when: a sheet on a desk is out of date
// from the moment it is printed.
func (f Facts) printed() string {
	return "Printed " + model.InstantOf(f.Now).String() + " by " + f.Name(f.By.Staff) + " (" + f.By.Role.Words() + ")"
}

// by is who recorded something, and when.
func (f Facts) by(s model.Signed) string {
	return f.Name(s.Staff) + " (" + s.Role.Words() + ") " + s.Instant().String()
}

// The markings of every page (Government Security Classifications, and the NHS
// wording beside it).
const (
	marking      = "OFFICIAL-SENSITIVE: PERSONAL"
	confidential = "Confidential: health"
	confidence   = "Do not leave unattended"
)

// Of makes a paper about one person. An error is of KindForbidden when the
// reader of the record may not have it, or of KindInvalid when the paper is not
// about one person.
func Of(p model.Paper, r *model.Record, f Facts) (sheet.Document, error) {
	if err := model.WhyNotPaper(f.By.Role, p); err != nil {
		return sheet.Document{}, err
	}
	facts, _ := model.FactsOfPaper(p)
	if facts.Health && r.Health == nil { // a right without the key
		return sheet.Document{}, model.Forbidden("This paper is held by healthcare.", "Ask a colleague there.")
	}
	switch p {
	case model.PaperChecklist:
		return checklist(r, f), nil
	case model.PaperHandover:
		return handover(r, f), nil
	case model.PaperCourtPack:
		return courtPack(r, f), nil
	case model.PaperMedicines:
		return medicines(r, f), nil
	case model.PaperGMS1:
		return gms1(r, f), nil
	case model.PaperEntitlement:
		return entitlement(r, f), nil
	}
	return sheet.Document{}, model.Invalid("This paper is not about one person.", "")
}

// about is the frame of a paper about one person.
func about(p model.Paper, r *model.Record, f Facts) sheet.Document {
	facts, _ := model.FactsOfPaper(p)
	s := &r.Shared
	nhs := s.Numbers[string(model.SchemeNHS)]
	number := orNotRecorded(model.NHSNumber(nhs.Value).Spaced())
	if nhs.Value != "" && !nhs.Status.Verified() {
		number += " (not verified)"
	}
	doc := frame(facts.Name, f)
	doc.Banner = []sheet.Ends{
		{Left: orNotRecorded(s.Name.OfficialFull()), Right: "Born " + s.Born.String()},
		{Left: "NHS number " + number, Right: "Prison number " + orNotRecorded(r.Number(model.SchemePrison))},
	}
	for _, warning := range warnings(s) {
		doc.Blocks = append(doc.Blocks, sheet.Paragraph{Text: warning, Bold: true})
	}
	return doc
}

func frame(title string, f Facts) sheet.Document {
	return sheet.Document{
		Title: title, About: f.printed() + ". As it was recorded then.", Kind: title,
		Marking: marking, Second: confidence,
		Foot: []string{orNotRecorded(f.Prison), f.printed()}, At: f.Now,
	}
}

// warnings are what must not be overlooked on any paper about a person.
func warnings(s *model.SharedPart) []string {
	var out []string
	if !s.Deceased.IsZero() {
		out = append(out, "DECEASED "+s.Deceased.String())
	}
	if s.Restricted {
		out = append(out, "RESTRICTED: address, telephone and practice are withheld")
	}
	if s.ACCTOpen() {
		out = append(out, "ACCT OPEN")
	}
	if s.Held() {
		out = append(out, "A HOLD STANDS AGAINST THE RELEASE. Do not release before custody has lifted it")
	}
	return out
}

// leaving is when and how the person leaves. Where a restricted person goes is
// never printed (NHS Personal Demographics Service, security label R).
func leaving(s *model.SharedPart) sheet.Pairs {
	rel := s.Release
	pairs := sheet.Pairs{{Name: "Leaves", Value: join(" ", rel.Day.Long(), rel.Time)}}
	left, gone := s.Gone()
	switch {
	case gone:
		pairs[0] = sheet.Pair{Name: "Left", Value: left.String()}
	case rel.Day.IsZero():
		pairs[0].Value = "No release date"
	}
	pairs = append(pairs, sheet.Pair{Name: "Rests on", Value: join(", ", rel.Basis.Words(), reasonWords(rel), rel.Class.Words())})
	if !s.Restricted {
		pairs = append(pairs, sheet.Pair{Name: "Going to", Value: orNotRecorded(rel.Destination)})
	}
	return append(pairs, sheet.Pair{Name: "Cell", Value: orNotRecorded(s.Stay.Cell)})
}

func reasonWords(rel model.Release) string {
	if rel.Reason == "" {
		return ""
	}
	return model.MovementReasonWords(model.MovementRelease, rel.Reason)
}

func instructions(s *model.SharedPart, today model.Day) sheet.Bullets {
	var out sheet.Bullets
	for _, i := range s.Instruction {
		if i.Until.IsZero() || i.Until >= today {
			out = append(out, i.Text)
		}
	}
	return out
}

func orNotRecorded(s string) string {
	if s == "" {
		return model.NotRecorded
	}
	return s
}

// join joins what there is.
func join(between string, parts ...string) string {
	out := ""
	for _, part := range parts {
		switch {
		case part == "":
		case out == "":
			out = part
		default:
			out += between + part
		}
	}
	return out
}
