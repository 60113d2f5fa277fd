package fhir

import (
	"strconv"

	"github.com/throughgate/throughgate/model"
)

// allergies adds each of them, or the statement that none are known. The other
// two answers are no resource: the section says why it is empty.
func (d *document) allergies() []reference {
	recorded := moment(d.data.AllergiesAt)
	active := coded(terminology+"allergyintolerance-clinical", "active", "Active")
	if d.data.Allergies == model.AllergiesNone {
		return []reference{d.add(allergyIntolerance{
			head: d.head("AllergyIntolerance", "allergy/none"), Clinical: active,
			Verified: coded(terminology+"allergyintolerance-verification", "confirmed", "Confirmed"),
			Code:     *coded(snomed, "716186003", "No known allergy"), Patient: d.patient, Recorded: recorded,
		})}
	}
	var out []reference
	for i, a := range d.data.AllergyList {
		substance := words(a.Substance)
		if substance == nil {
			continue
		}
		out = append(out, d.add(allergyIntolerance{
			head: d.head("AllergyIntolerance", "allergy/"+strconv.Itoa(i)), Clinical: active, Code: *substance,
			Patient: d.patient, Recorded: recorded, Reaction: reactions(a),
		}))
	}
	return out
}

// reactions is one at the most. FHIR has no severity without a manifestation.
func reactions(a model.Allergy) []reaction {
	shown, severity := listed(a.Reaction), ""
	switch a.Severity {
	case model.SeverityMild, model.SeverityModerate, model.SeveritySevere:
		severity = string(a.Severity)
	}
	switch {
	case shown == nil && severity == "":
		return nil
	case shown == nil:
		shown = listed("Reaction not recorded")
	}
	return []reaction{{shown, severity}}
}

func (d *document) problems() []reference {
	var out []reference
	for i, p := range d.data.Problems {
		code := words(p)
		if code == nil {
			continue
		}
		out = append(out, d.add(condition{
			head: d.head("Condition", "problem/"+strconv.Itoa(i)), Clinical: coded(terminology+"condition-clinical", "active", "Active"),
			Category: []*concept{coded(terminology+"condition-category", "problem-list-item", "Problem List Item")},
			Code:     *code, Subject: d.patient,
		}))
	}
	return out
}

// consents adds each answer that was given. One that was not asked for is no
// answer; the section says so in words.
func (d *document) consents() []reference {
	var out []reference
	for _, c := range d.data.Consents {
		if facts, known := model.ConsentFactsOf(c.Type); known && c.Decision.Answered() {
			out = append(out, d.add(d.consent(c, facts)))
		}
	}
	return out
}

func (d *document) consent(c model.LetterConsent, facts model.ConsentFacts) consent {
	out := consent{
		head: d.head("Consent", "consent/"+string(c.Type)), Status: "active", Scope: scopeOf(c.Type),
		Category: []*concept{{Coding: []coding{{"http://loinc.org", "59284-0", "Consent Document"}}, Text: facts.Name}},
		Patient:  d.patient, DateTime: moment(c.At), Organization: []reference{d.prison},
		PolicyRule: words(facts.Question), Provision: &provision{Kind: "permit", Code: listed(c.Scope)},
	}
	if c.Decision != model.ConsentLacksCapacity {
		out.Performer = []reference{d.patient}
	}
	if !c.Agreed {
		out.Status, out.Provision.Kind = "rejected", "deny"
	}
	if c.Decision == model.ConsentWithdrawn {
		out.Status = "inactive"
	}
	if last := date(c.Expires); last != "" {
		out.Provision.Period = &period{End: last}
	}
	return out
}

// scopeOf tells a question about sharing from one about being cared for.
func scopeOf(t model.ConsentType) *concept {
	switch t {
	case model.ConsentRegisterGP, model.ConsentPharmacy:
		return coded(terminology+"consentscope", "treatment", "Treatment")
	}
	return coded(terminology+"consentscope", "patient-privacy", "Privacy Consent")
}
