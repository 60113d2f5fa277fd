package fhir

import (
	"slices"

	"github.com/throughgate/throughgate/model"
)

// people adds who the letter is about, from and to.
func (d *document) people() {
	d.prison = d.add(d.prisonHealthcare())
	d.patient = d.add(d.person())
	who := d.letter.Author
	author := practitioner{head: d.head("Practitioner", "author")}
	if staff := clean(string(who.Staff)); staff != "" {
		author.Identifier = []identifier{{Value: staff, Assigner: &display{d.prisonName()}}}
	}
	if name := clean(who.Name); name != "" {
		author.Name = []humanName{{Text: name}}
	}
	d.author = d.add(author)
}

// practice names the practice outside, and adds it once; none is named of a
// restricted person.
func (d *document) practice() []reference {
	p := d.data.Practice
	if clean(string(p.Code)) == "" || d.data.Restricted {
		return nil
	}
	if d.practices == nil {
		d.practices = []reference{d.add(organization{
			head: d.head("Organization", "practice"), Identifier: ods(p.Code), Name: clean(p.Name),
			Telecom: reached("phone", p.Phone), Address: placed("", p.Address, p.Postcode),
		})}
	}
	return d.practices
}

// role is as what the author signs.
func (d *document) role() []reference {
	return []reference{d.add(practitionerRole{
		head: d.head("PractitionerRole", "role"), Practitioner: d.author, Organization: d.prison, Code: listed(d.letter.Author.Role),
	})}
}

func (d *document) person() patient {
	data := d.data
	p := patient{head: d.head("Patient", "patient"), Gender: gender(data.Sex), BirthDate: data.Born.ISO(), Managing: &d.prison}
	if year, _, _ := data.Born.Date(); year < 1000 { // FHIR's years have four digits and do not begin with 0
		p.BirthDate = ""
	}
	p.Name = d.name()
	if nhs := model.NHSNumber(data.NHS.Value); nhs.Valid() {
		p.Identifier = []identifier{{Extension: d.traced(), System: nhsNumbers, Value: string(nhs)}}
	} else {
		p.Extension = []extension{{ukExtension + "NHSNumberUnavailableReason", *coded(ukCodes+"NHSNumberUnavailableReason", "nhs-number-not-known", "NHS number not known")}}
	}
	if number := clean(data.Prison); number != "" {
		p.Identifier = append(p.Identifier, identifier{Type: words("Prison number"), Value: number, Assigner: &display{"HM Prison and Probation Service"}})
	}
	if registered(data.Registered) {
		p.Practice = d.practice()
	}
	if !data.Restricted {
		p.Telecom = append(reached("phone", data.Contact.Phone), reached("email", data.Contact.Email)...)
		p.Address = placed("home", data.Contact.Address, data.Contact.Postcode)
		if data.Contact.NoFixedAddress && p.Address == nil {
			p.Address = []address{{Text: "No fixed address"}}
		}
	}
	return p
}

// name is none where nobody knows it. A single name is the family name.
func (d *document) name() []humanName {
	n := humanName{Use: "official", Text: clean(d.letter.Person.Name), Family: clean(d.data.Name.Family), Given: cleaned(d.data.Name.Given...)}
	if n.Family == "" && n.Given == nil && (n.Text == "" || n.Text == model.NotRecorded) {
		return nil
	}
	return []humanName{n}
}

// registered tells whether the practice counts the person as a patient; one that
// is only being asked is no general practitioner yet.
func registered(s model.RegistrationState) bool {
	return slices.Contains([]model.RegistrationState{model.RegAccepted, model.RegActive, model.RegKept}, s)
}

// gender is FHIR's administrative gender. "Not specified" is the NHS's
// "indeterminate"; that a person declined to say is nobody's business here.
func gender(s model.Sex) string {
	switch s {
	case model.SexMale:
		return "male"
	case model.SexFemale:
		return "female"
	case model.SexNotSpecified:
		return "other"
	}
	return "unknown"
}

// The words of the two code systems of UK Core (NHSNumberVerificationStatusEngland
// and -Wales), where they are not the same.
var (
	traceEngland = map[model.TraceStatus]string{
		"01": "Number present and verified", "02": "Number present but not traced", "03": "Trace required",
		"04": "Trace attempted - No match or multiple match found",
		"05": "Trace needs to be resolved - (NHS number or patient detail conflict)",
		"06": "Trace in progress", "07": "Number not present and trace not required", "08": "Trace postponed (baby under six weeks old)",
	}
	traceWales = map[model.TraceStatus]string{
		"nn": "Number present and traced using Welsh NHS AR", "01": "Number present & traced", "02": "Number present but not traced", "03": "Trace required",
		"04": "Trace attempted – no match or multiple match found", "05": "Trace needs to be resolved (NHS number or patient detail conflict)",
		"06": "Trace in progress", "07": "Number not present and trace not required", "08": "Trace postponed (baby under six weeks old)",
	}
)

// traced says how far the number can be trusted. A number that the Welsh
// register traced is of the Welsh list, wherever the person is held.
func (d *document) traced() []extension {
	status, system, list := d.data.NHS.Status, "NHSNumberVerificationStatusEngland", traceEngland
	if status == model.TraceWelsh || model.NationOf(d.letter.Prison.Code) == model.Wales {
		system, list = "NHSNumberVerificationStatusWales", traceWales
	}
	said, known := list[status]
	if !known {
		return nil
	}
	return []extension{{ukExtension + "NHSNumberVerificationStatus", *coded(ukCodes+system, string(status), said)}}
}

func (d *document) prisonName() string {
	if name := clean(d.letter.Prison.Name); name != "" {
		return name
	}
	return "a prison"
}

func (d *document) prisonHealthcare() organization {
	p := d.letter.Prison
	lines, postcode := cleaned(p.Address...), ""
	if n := len(lines); n > 0 {
		if code, err := model.ParsePostcode(lines[n-1]); err == nil {
			lines, postcode = lines[:n-1], code
		}
	}
	return organization{
		head: d.head("Organization", "prison"), Identifier: ods(p.Practice), Name: d.prisonName(), Kind: listed(p.Team),
		Telecom: reached("phone", p.Phone), Address: placed("", lines, postcode),
	}
}

func ods(code model.ODSCode) []identifier {
	value := clean(string(code))
	if value == "" {
		return nil
	}
	return []identifier{{System: odsCodes, Value: value}}
}

func reached(system, value string) []contactPoint {
	if value = clean(value); value == "" {
		return nil
	}
	return []contactPoint{{system, value}}
}

func placed(use string, lines []string, postcode string) []address {
	a := address{Use: use, Line: cleaned(lines...), PostalCode: clean(postcode)}
	if len(a.Line) == 0 && a.PostalCode == "" {
		return nil
	}
	return []address{a}
}
