package model

// GMS1Question is a question of the registration form as a table row.
type GMS1Question struct {
	Page    GMS1Page
	Key     GMS1Key
	Label   string
	Hint    string
	Options []GMS1Option // none: words of the person's own
	Where   bool         // it tells where somebody is, or was registered: never printed for a restricted person
}

// GMS1Option is an answer to tick.
type GMS1Option struct{ Value, Label string }

// Option is the label of an answer, "" when there is none.
func (q GMS1Question) Option(value string) string {
	for _, o := range q.Options {
		if o.Value == value {
			return o.Label
		}
	}
	return ""
}

var yesNo = []GMS1Option{{"yes", "Yes"}, {"no", "No"}}

// gms1Questions are the questions of the form "Register with a GP surgery" and of
// GMS1, without those whose answer stands elsewhere in the record: name, birth,
// NHS number, address and telephone, allergies, problems, medicines, consent.
var gms1Questions = []GMS1Question{
	{Page: GMS1Person, Key: "title", Label: "Title"},
	{Page: GMS1Person, Key: "previous-name", Label: "Previous family name"},
	{Page: GMS1Person, Key: "sex-at-birth", Label: "Is the sex on the NHS record the same as at birth?", Options: yesNo},
	{Page: GMS1Person, Key: "birth-town", Label: "Town of birth"},
	{Page: GMS1Person, Key: "birth-country", Label: "Country of birth"},
	{Page: GMS1Person, Key: "ethnicity", Label: "Ethnic group", Hint: "In the person's own words, such as Welsh or Black Caribbean."},
	{Page: GMS1Person, Key: "language", Label: "First language"},
	{Page: GMS1Person, Key: "interpreter", Label: "Needs an interpreter?", Options: yesNo},
	{Page: GMS1Person, Key: "identity", Label: "How does the prison know who it is?", Hint: "A practice may not ask for papers; it may be told.", Options: []GMS1Option{{"prison", "Photograph and prison number"}, {"papers", "Papers were seen"}, {"not-checked", "Not checked"}}},

	{Page: GMS1Before, Key: "first", Label: "First time with a GP practice in the UK?", Options: yesNo},
	{Page: GMS1Before, Key: "practice", Label: "GP practice before, and its town", Where: true},
	{Page: GMS1Before, Key: "address", Label: "Address when with that practice", Where: true},
	{Page: GMS1Before, Key: "authority", Label: "Health authority before, if known", Where: true},
	{Page: GMS1Before, Key: "from-abroad", Label: "If from abroad: when first in the UK"},
	{Page: GMS1Before, Key: "left-uk", Label: "If back in the UK: when they had left"},
	{Page: GMS1Before, Key: "forces", Label: "Armed forces", Options: []GMS1Option{{"no", "No"}, {"served", "Has served"}, {"reservist", "Reservist"}, {"family", "Family of somebody who serves"}}},
	{Page: GMS1Before, Key: "forces-number", Label: "Service number and date of enlistment"},
	{Page: GMS1Before, Key: "scheme", Label: "On the Special Allocation Scheme before?", Hint: "Who was on it returns to it.", Options: yesNo},

	{Page: GMS1People, Key: "kin", Label: "Next of kin", Hint: "Name, relation, telephone.", Where: true},
	{Page: GMS1People, Key: "emergency", Label: "Emergency contact", Hint: "Name, relation, telephone.", Where: true},
	{Page: GMS1People, Key: "carer", Label: "Carer", Options: []GMS1Option{{"no", "No"}, {"has", "Has a carer"}, {"is", "Is a carer"}}},
	{Page: GMS1People, Key: "social-worker", Label: "Has a social worker?", Options: yesNo},
	{Page: GMS1People, Key: "dependants", Label: "Children or others who depend on the person"},

	{Page: GMS1Health, Key: "disability", Label: "Disability"},
	{Page: GMS1Health, Key: "adjustments", Label: "Reasonable adjustments"},
	{Page: GMS1Health, Key: "format", Label: "How to write to the person", Options: []GMS1Option{{"standard", "Standard print"}, {"large", "Large print"}, {"easy", "Easy read"}, {"braille", "Braille"}, {"audio", "Audio"}, {"bsl", "British Sign Language"}}},
	{Page: GMS1Health, Key: "smoking", Label: "Smoking", Options: []GMS1Option{{"never", "Never"}, {"stopped", "Stopped"}, {"smokes", "Smokes"}, {"vapes", "Vapes"}}},
	{Page: GMS1Health, Key: "alcohol", Label: "Alcohol, units a week before prison"},
	{Page: GMS1Health, Key: "height", Label: "Height"},
	{Page: GMS1Health, Key: "weight", Label: "Weight"},
	{Page: GMS1Health, Key: "transfusion", Label: "Blood transfusion before 1996?", Options: yesNo},
	{Page: GMS1Health, Key: "tb", Label: "Lived where tuberculosis is common?", Options: yesNo},
	{Page: GMS1Health, Key: "vaccinated-abroad", Label: "Vaccinated outside the UK?", Options: yesNo},

	{Page: GMS1Choices, Key: "catchment", Label: "In the practice's area?", Options: []GMS1Option{{"yes", "Yes"}, {"no", "No"}, {"not-known", "Not known"}}},
	{Page: GMS1Choices, Key: "pharmacy", Label: "Pharmacy chosen for prescriptions", Where: true},
	{Page: GMS1Choices, Key: "scr", Label: "Summary Care Record", Options: []GMS1Option{{"additional", "With additional information"}, {"core", "Core only"}, {"none", "None"}}},
	{Page: GMS1Choices, Key: "organs", Label: "Organ donor", Options: []GMS1Option{{"all", "Yes, everything"}, {"some", "Yes, not everything"}, {"no", "No"}, {"registered", "Has registered a decision"}}},
	{Page: GMS1Choices, Key: "resident", Label: "Ordinarily resident in the UK?", Hint: "Nobody is refused a GP for the answer.", Options: yesNo},
	{Page: GMS1Choices, Key: "ehic", Label: "EHIC, GHIC or S1 number"},
}

// GMS1Pages lists the pages in the order of the form.
func GMS1Pages() []GMS1Page {
	return []GMS1Page{GMS1Person, GMS1Before, GMS1People, GMS1Health, GMS1Choices}
}

// Words returns the page's heading.
func (p GMS1Page) Words() string {
	switch p {
	case GMS1Person:
		return "About the person"
	case GMS1Before:
		return "Before now"
	case GMS1People:
		return "People close to them"
	case GMS1Health:
		return "Health and access"
	case GMS1Choices:
		return "Choices"
	}
	return "Unknown page"
}

// GMS1Questions lists the questions of a page.
func GMS1Questions(page GMS1Page) []GMS1Question {
	var out []GMS1Question
	for _, q := range gms1Questions {
		if q.Page == page {
			out = append(out, q)
		}
	}
	return out
}
