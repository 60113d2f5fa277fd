package model

// consentAnswer is what an answer on consent says to a question of the
// registration form, and when it was given: how much of the Summary Care Record
// is shared, and which pharmacy was chosen. A refusal is an answer: none.
func (h *HealthPart) consentAnswer(q GMS1Key) (GMS1Answer, Stamp) {
	var c Consent
	said := ""
	switch q {
	case "scr":
		c = h.Consents[ConsentSCR]
		said = string(c.Record)
		if c.Declined() {
			said = "none"
		}
	case "pharmacy":
		c = h.Consents[ConsentPharmacy]
		said = c.Scope
		if c.Declined() {
			said = "None"
		}
	}
	if said == "" || !c.Decision.Answered() {
		return GMS1Answer{}, Stamp{}
	}
	return GMS1Answer{Said: GMS1Answered, Text: said}, c.By.At
}
