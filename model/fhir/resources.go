package fhir

type bundle struct {
	head
	Identifier identifier `json:"identifier"`
	Kind       string     `json:"type"`
	Timestamp  string     `json:"timestamp"`
	Entry      []entry    `json:"entry"`
}

type entry struct {
	FullURL  string `json:"fullUrl"`
	Resource any    `json:"resource"`
}

type composition struct {
	head
	Text            narrative   `json:"text"`
	Identifier      identifier  `json:"identifier"`
	Status          string      `json:"status"`
	Kind            *concept    `json:"type"`
	Subject         reference   `json:"subject"`
	Date            string      `json:"date"`
	Author          []reference `json:"author"`
	Title           string      `json:"title"`
	Confidentiality string      `json:"confidentiality"`
	Attester        []attester  `json:"attester,omitempty"`
	Custodian       reference   `json:"custodian"`
	RelatesTo       []relatesTo `json:"relatesTo,omitempty"`
	Event           []event     `json:"event,omitempty"`
	Section         []section   `json:"section,omitempty"`
}

type attester struct {
	Mode  string    `json:"mode"`
	Time  string    `json:"time,omitempty"`
	Party reference `json:"party"`
}

type relatesTo struct {
	Code   string     `json:"code"`
	Target identifier `json:"targetIdentifier"`
}

type event struct {
	Code   []concept `json:"code,omitempty"`
	Period *period   `json:"period,omitempty"`
}

type section struct {
	Title       string      `json:"title"`
	Code        *concept    `json:"code,omitempty"`
	Text        narrative   `json:"text"`
	Entry       []reference `json:"entry,omitempty"`
	EmptyReason *concept    `json:"emptyReason,omitempty"`
}

type patient struct {
	head
	Extension  []extension    `json:"extension,omitempty"`
	Identifier []identifier   `json:"identifier,omitempty"`
	Name       []humanName    `json:"name,omitempty"`
	Telecom    []contactPoint `json:"telecom,omitempty"`
	Gender     string         `json:"gender,omitempty"`
	BirthDate  string         `json:"birthDate,omitempty"`
	Address    []address      `json:"address,omitempty"`
	Practice   []reference    `json:"generalPractitioner,omitempty"`
	Managing   *reference     `json:"managingOrganization,omitempty"`
}

type practitioner struct {
	head
	Identifier []identifier `json:"identifier,omitempty"`
	Name       []humanName  `json:"name,omitempty"`
}

type practitionerRole struct {
	head
	Practitioner reference `json:"practitioner"`
	Organization reference `json:"organization"`
	Code         []concept `json:"code,omitempty"`
}

type organization struct {
	head
	Identifier []identifier   `json:"identifier,omitempty"`
	Kind       []concept      `json:"type,omitempty"`
	Name       string         `json:"name,omitempty"`
	Telecom    []contactPoint `json:"telecom,omitempty"`
	Address    []address      `json:"address,omitempty"`
}

type medicationStatement struct {
	head
	Status       string       `json:"status"`
	StatusReason []concept    `json:"statusReason,omitempty"`
	Medication   concept      `json:"medicationCodeableConcept"`
	Subject      reference    `json:"subject"`
	Effective    *period      `json:"effectivePeriod,omitempty"`
	Asserted     string       `json:"dateAsserted,omitempty"`
	Source       reference    `json:"informationSource"`
	Reason       []concept    `json:"reasonCode,omitempty"`
	Note         []annotation `json:"note,omitempty"`
	Dosage       []dosage     `json:"dosage,omitempty"`
}

type medicationDispense struct {
	head
	Status       string       `json:"status"`
	StatusReason *concept     `json:"statusReasonCodeableConcept,omitempty"`
	Medication   concept      `json:"medicationCodeableConcept"`
	Subject      reference    `json:"subject"`
	Performer    []performer  `json:"performer"`
	Quantity     *quantity    `json:"quantity,omitempty"`
	Days         *quantity    `json:"daysSupply,omitempty"`
	Handed       string       `json:"whenHandedOver,omitempty"`
	Note         []annotation `json:"note,omitempty"`
	Dosage       []dosage     `json:"dosageInstruction,omitempty"`
}

type performer struct {
	Actor reference `json:"actor"`
}

type allergyIntolerance struct {
	head
	Clinical *concept   `json:"clinicalStatus"`
	Verified *concept   `json:"verificationStatus,omitempty"`
	Code     concept    `json:"code"`
	Patient  reference  `json:"patient"`
	Recorded string     `json:"recordedDate,omitempty"`
	Reaction []reaction `json:"reaction,omitempty"`
}

type reaction struct {
	Manifestation []concept `json:"manifestation"`
	Severity      string    `json:"severity,omitempty"`
}

type condition struct {
	head
	Clinical *concept   `json:"clinicalStatus"`
	Category []*concept `json:"category"`
	Code     concept    `json:"code"`
	Subject  reference  `json:"subject"`
}

type consent struct {
	head
	Status       string      `json:"status"`
	Scope        *concept    `json:"scope"`
	Category     []*concept  `json:"category"`
	Patient      reference   `json:"patient"`
	DateTime     string      `json:"dateTime,omitempty"`
	Performer    []reference `json:"performer,omitempty"`
	Organization []reference `json:"organization"`
	PolicyRule   *concept    `json:"policyRule"`
	Provision    *provision  `json:"provision"`
}

type provision struct {
	Kind   string    `json:"type"`
	Period *period   `json:"period,omitempty"`
	Code   []concept `json:"code,omitempty"`
}

type binary struct {
	head
	ContentType string `json:"contentType"`
	Data        []byte `json:"data"`
}
