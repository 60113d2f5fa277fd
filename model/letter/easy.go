package letter

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/throughgate/throughgate/model"
	"github.com/throughgate/throughgate/model/sheet"
)

// Easy is what an easy-read copy needs beside the letter.
type Easy struct {
	Options
	// Welsh puts a Welsh heading above each English one.
	Welsh bool
}

// PrefersWelsh tells whether the letter says that the person speaks Welsh.
func PrefersWelsh(l model.Letter) bool {
	s, _ := l.Section("individual-requirements")
	return slices.ContainsFunc(s.Lines, func(line string) bool {
		line = strings.ToLower(line)
		return strings.Contains(line, "welsh") || strings.Contains(line, "cymraeg")
	})
}

// easyBlock is a heading with its parts, each of lines with one idea.
type easyBlock struct {
	heading easyHeading
	parts   []sheet.Part
}

// easyHeading is a heading in both languages.
type easyHeading struct{ english, welsh string }

var (
	easyTitle     = easyHeading{"Your health and your medicines", "Eich iechyd a'ch meddyginiaethau"}
	easyMedicines = easyHeading{"Your medicines", "Eich meddyginiaethau"}
	easyStopped   = easyHeading{"Medicines that have stopped", "Meddyginiaethau sydd wedi dod i ben"}
	easyAllergies = easyHeading{"Allergies", "Alergeddau"}
	easyGP        = easyHeading{"Your GP", "Eich meddyg teulu"}
	easyVisits    = easyHeading{"Appointments", "Apwyntiadau"}
	easyWrong     = easyHeading{"If something is wrong", "Os oes rhywbeth o'i le"}
	easyQuestions = easyHeading{"Questions about this paper", "Cwestiynau am y papur hwn"}
)

// easyBlocks says in short sentences what a person needs of their letter: what to
// take, when the next is due and where from, who the GP is, where to go, and what
// to do when something is wrong. It takes nothing of risk, of other people, or of
// where the person was.
func easyBlocks(l model.Letter) ([]easyBlock, error) {
	if l.Kind != model.LetterDischarge {
		return nil, model.Invalid("Only a discharge letter has an easy-read copy.", "Tell the person what the results mean.")
	}
	if l.Data == nil {
		return nil, model.Invalid("This letter is too old for an easy-read copy.", "Sign a new one first.")
	}
	d := l.Data
	blocks := []easyBlock{{easyMedicines, medicineParts(l)}}
	if stopped := stoppedParts(d); len(stopped) > 0 {
		blocks = append(blocks, easyBlock{easyStopped, stopped})
	}
	return append(blocks,
		easyBlock{easyAllergies, []sheet.Part{{Lines: allergyLines(d)}}},
		easyBlock{easyGP, []sheet.Part{gpPart(d)}},
		easyBlock{easyVisits, visitParts(l)},
		easyBlock{easyWrong, wrongParts(d)},
		easyBlock{easyQuestions, []sheet.Part{{Lines: questionLines(l)}}},
	), nil
}

// longDay is "Tuesday 24 November 2026".
func longDay(d model.Day) string {
	year, month, day := d.Date()
	return fmt.Sprintf("%s %d %s %d", d.Weekday(), day, month, year)
}

func medicineParts(l model.Letter) []sheet.Part {
	d := l.Data
	var parts []sheet.Part
	if l.NotSeen {
		parts = append(parts, sheet.Part{Lines: []string{"We did not see you before you left.", "This list may be old.", "Call us, or ask your GP to check it."}})
	}
	for _, m := range d.Medicines {
		if m.Current() {
			parts = append(parts, sheet.Part{Name: m.What(), Lines: takingLines(m)})
		}
	}
	switch {
	case d.NoMedicines != 0:
		parts = append(parts, sheet.Part{Lines: []string{"You do not take any medicines."}})
	case len(parts) == 0:
		parts = append(parts, sheet.Part{Lines: []string{"We have not written down any medicines.", "If you take medicines, tell your GP."}})
	}
	return parts
}

func takingLines(m model.LetterMedicine) []string {
	var lines []string
	switch m.Stay {
	case model.StayNew:
		lines = append(lines, "This medicine is new.")
	case model.StayChanged:
		lines = append(lines, "This has changed. Take it as it says here.")
	}
	if m.Indication != "" {
		lines = append(lines, "It is for: "+sentence(m.Indication))
	}
	lines = append(lines, "Take: "+sentence(plainDose(m)))
	if !m.LastGiven.IsZero() {
		lines = append(lines, "You last had it on "+longDay(m.LastGiven)+".")
	}
	if !m.NextDue.IsZero() {
		lines = append(lines, "The next one is due on "+longDay(m.NextDue)+".")
	}
	return append(lines, supplyLines(m)...)
}

// supplyLines says what the person has, how long it lasts, and where the next
// comes from.
func supplyLines(m model.LetterMedicine) []string {
	if m.Supply == nil || m.Supply.Route == model.SupplyUndecided {
		return []string{"Ask us how you get it when you leave."}
	}
	lines := oneSupply(*m.Supply)
	if m.Further != nil {
		lines = append(append(lines, "You get it in another way too."), oneSupply(*m.Further)...)
	}
	if k := m.Kept; k != nil {
		lines = append(lines, "You keep what you have: "+k.Quantity.String()+" "+k.Unit+".", lasts(k.Days))
	}
	if next := m.Supply.Next; !next.IsZero() {
		lines = append(lines, "You need more by "+longDay(next)+".", askWords(m, next))
	}
	return lines
}

// askWords says whom to ask for more, and by when: nobody is there on a weekend or
// a bank holiday, and opioid substitution is no GP's to go on with.
func askWords(m model.LetterMedicine, next model.Day) string {
	whom := "your GP"
	if model.IsOpioidSubstitute(m.Name) {
		whom = "your drug service"
	}
	if !model.IsWorkingDay(next) {
		return "They are shut then. Ask " + whom + " by " + longDay(model.WorkingDayBefore(next)) + "."
	}
	return "Ask " + whom + " before that day."
}

func lasts(days int) string {
	if days == 1 {
		return "It lasts for 1 day."
	}
	return fmt.Sprintf("It lasts for %d days.", days)
}

func oneSupply(s model.LetterSupply) []string {
	amount := s.Quantity.String() + " " + s.Unit
	var lines []string
	switch s.Route {
	case model.SupplyNone:
		return []string{"You do not get more of it from us.", "Ask your GP when you need more."}
	case model.SupplyTTO:
		switch {
		case s.Gone != nil && s.Gone.Refused():
			return []string{"You did not take it with you. Ask your GP for it."}
		case s.Gone != nil && s.Gone.State == model.BagReturned:
			return []string{"You did not get it from us. Ask your GP for it."}
		}
		lines = append(lines, "We give you "+amount+" when you leave.")
	case model.SupplyEPS:
		lines = append(lines, "Get it from a pharmacy: "+amount+".", "The pharmacy finds it on its computer. Say your name and your date of birth.")
	case model.SupplyFP10MDA:
		lines = append(lines, "Get it from your pharmacy, a part at a time.", "How: "+sentence(s.Instalment))
	default:
		lines = append(lines, "We give you a paper for it.", "Take the paper to a pharmacy. You get "+amount+".")
	}
	if !s.Begins.IsZero() {
		lines = append(lines, "It is for use from "+longDay(s.Begins)+".")
	}
	if s.Days > 0 {
		lines = append(lines, lasts(s.Days))
	}
	return lines
}

func stoppedParts(d *model.LetterData) []sheet.Part {
	var parts []sheet.Part
	for _, m := range d.Medicines {
		if m.Current() {
			continue
		}
		parts = append(parts, sheet.Part{Name: m.What(), Lines: []string{"Do not take this any more.", "Ask us or your GP why, if you do not know."}})
	}
	return parts
}

func allergyLines(d *model.LetterData) []string {
	switch d.Allergies {
	case model.AllergiesKnown:
		var lines []string
		for _, a := range d.AllergyList {
			lines = append(lines, "You must not have: "+sentence(a.Substance))
		}
		return append(lines, "Tell every doctor, nurse and pharmacist.")
	case model.AllergiesNone:
		return []string{"You told us that you have no allergies."}
	}
	return []string{"We do not know if you have allergies.", "Tell your GP if you do."}
}

func gpPart(d *model.LetterData) sheet.Part {
	if d.Restricted {
		return sheet.Part{Lines: []string{"To keep you safe we do not print it here.", "Ask us who your GP is."}}
	}
	if d.Practice.IsZero() {
		return sheet.Part{Lines: []string{
			"You have no GP yet.", "Go to any GP surgery. Say: I want to register.",
			"You do not need an address.", "You do not need a passport or other papers.",
		}}
	}
	part := sheet.Part{Name: d.Practice.Name, Lines: append([]string(nil), d.Practice.Address...)}
	if d.Practice.Postcode != "" {
		part.Lines = append(part.Lines, string(d.Practice.Postcode))
	}
	if d.Practice.Phone != "" {
		part.Lines = append(part.Lines, "Telephone: "+d.Practice.Phone)
	}
	switch d.Registered {
	case model.RegAccepted, model.RegActive, model.RegKept:
		return sheet.Part{Name: part.Name, Lines: append(part.Lines, "This is your GP surgery.", "Call them for an appointment.")}
	}
	return sheet.Part{Name: part.Name, Lines: append(part.Lines, "We have asked this surgery to take you.", "They have not said yes yet. Call them and ask.")}
}

// visitParts says of each appointment the day, the time and the place, and then
// what a clinician added.
func visitParts(l model.Letter) []sheet.Part {
	s, there := l.Section(model.HeadingAppointments)
	if !there || s.Missing || len(s.Lines) == 0 {
		return []sheet.Part{{Lines: []string{"We have not written down any appointments."}}}
	}
	var parts []sheet.Part
	for _, a := range l.Data.Appointments {
		parts = append(parts, sheet.Part{Name: a.Name, Lines: visitLines(a)})
	}
	more := append([]string(nil), s.Lines[min(len(s.Lines), len(parts)):]...) // the others are the lines above
	return append(parts, sheet.Part{Lines: append(more, "If you cannot go, call them and ask for another day.")})
}

func visitLines(a model.LetterAppointment) []string {
	var lines []string
	switch {
	case !a.Day.IsZero():
		lines = append(lines, "Day: "+longDay(a.Day)+".")
		if a.Time != "" {
			lines = append(lines, "Time: "+a.Time+".")
		} else {
			lines = append(lines, "Call them and ask for the time.")
		}
	case a.Again:
		lines = append(lines, "You cannot go on the old day.", "You get a new day.")
	default:
		lines = append(lines, "You have no day yet.")
	}
	if a.Where != "" {
		lines = append(lines, "Place: "+sentence(a.Where))
	}
	if a.Phone != "" {
		lines = append(lines, "Telephone: "+a.Phone)
	}
	if a.Day.IsZero() {
		who := "We ask for a day."
		if a.Who != "" {
			who = "Who asks for a day: " + sentence(a.Who)
		}
		lines = append(lines, who)
		if !a.Due.IsZero() {
			lines = append(lines, "You hear by "+longDay(a.Due)+". Call us if you do not.")
		}
	}
	if a.Travel != "" {
		lines = append(lines, "How you get there: "+sentence(a.Travel))
	}
	if a.Told {
		lines = append(lines, "We gave you a letter about it. Take it with you.")
	}
	return lines
}

// wrongParts is whom to call. Tolerance falls within days of going without, and
// most deaths after release are of an overdose in the first weeks.
func wrongParts(d *model.LetterData) []sheet.Part {
	parts := []sheet.Part{
		{Name: "999", Lines: []string{"Somebody may die, or is badly hurt.", "Call 999 at once."}},
		{Name: "NHS 111", Lines: []string{"You feel ill and it cannot wait.", "You have no medicine left and cannot reach your GP.", "Call 111. It is free, day and night."}},
		{Name: "Samaritans 116 123", Lines: []string{"You feel that you cannot go on, or want to talk.", "Call 116 123. It is free, day and night."}},
	}
	if slices.ContainsFunc(d.Medicines, func(m model.LetterMedicine) bool { return model.IsOpioidSubstitute(m.Name) }) {
		parts = append(parts, sheet.Part{Name: "Drugs", Lines: []string{
			"Your body is not used to drugs now.", "What you used before can kill you.", "Carry naloxone. Do not use alone.",
		}})
	}
	return parts
}

func questionLines(l model.Letter) []string {
	s, there := l.Section(model.HeadingContact)
	if !there || s.Missing || len(s.Lines) == 0 {
		return []string{"Ask your GP."}
	}
	return append([]string{"Call us:"}, s.Lines...)
}

// sentence ends a text with a full stop.
func sentence(s string) string {
	s = strings.TrimSpace(s)
	if s == "" || strings.HasSuffix(s, ".") || strings.HasSuffix(s, "!") {
		return s
	}
	return s + "."
}

// plainDose is dose, route and frequency without Latin.
func plainDose(m model.LetterMedicine) string {
	var parts []string
	for _, text := range []string{m.Dose, m.Route, m.Frequency} {
		if text == "" {
			continue
		}
		if plain, known := plainWords[model.Fold(text)]; known {
			text = plain
		}
		if !strings.Contains(strings.ToLower(strings.Join(parts, " ")), strings.ToLower(text)) {
			parts = append(parts, text)
		}
	}
	if len(parts) == 0 {
		return "Ask us how to take it"
	}
	return strings.Join(parts, ", ")
}

// plainWords are the abbreviations of prescribers, folded (British National
// Formulary, Abbreviations and symbols).
var plainWords = map[string]string{
	"od": "once a day", "o d": "once a day", "om": "in the morning", "mane": "in the morning", "on": "at night", "nocte": "at night",
	"bd": "twice a day", "b d": "twice a day", "bid": "twice a day", "tds": "three times a day", "tid": "three times a day",
	"qds": "four times a day", "qid": "four times a day", "prn": "when you need it", "stat": "at once", "ac": "before food", "pc": "after food",
	"po": "by mouth", "oral": "by mouth", "sl": "under the tongue", "sublingual": "under the tongue", "buccal": "inside the cheek",
	"im": "an injection into a muscle", "intramuscular": "an injection into a muscle", "sc": "an injection under the skin",
	"subcutaneous": "an injection under the skin", "iv": "an injection into a vein", "inh": "breathe it in", "inhaled": "breathe it in", "inhalation": "breathe it in",
	"top": "on the skin", "topical": "on the skin", "transdermal": "a patch on the skin", "pr": "into the bottom", "rectal": "into the bottom", "nasal": "into the nose",
}

// signedDay is the day of the letter a copy was made of.
func signedDay(l model.Letter) string { return longDay(model.DayOf(l.Author.At.Time().In(time.UTC))) }
