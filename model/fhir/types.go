package fhir

import "encoding/json"

// The data types of FHIR R4, each with the members that are written here.
// Nothing empty is ever written: FHIR forbids it.

type meta struct {
	Profile []string `json:"profile"`
}

// head is what every resource begins with.
type head struct {
	Type string `json:"resourceType"`
	ID   string `json:"id"`
	Meta *meta  `json:"meta,omitempty"`
}

func (h head) ref() reference { return reference{urn + h.ID} }

type reference struct {
	Reference string `json:"reference"`
}

type coding struct {
	System  string `json:"system"`
	Code    string `json:"code"`
	Display string `json:"display,omitempty"`
}

type concept struct {
	Coding []coding `json:"coding,omitempty"`
	Text   string   `json:"text,omitempty"`
}

// words is a concept in words alone; nil when there are none.
func words(s string) *concept {
	if s = clean(s); s == "" {
		return nil
	}
	return &concept{Text: s}
}

// listed is words where FHIR wants a list.
func listed(s string) []concept {
	if c := words(s); c != nil {
		return []concept{*c}
	}
	return nil
}

func coded(system, code, display string) *concept {
	return &concept{Coding: []coding{{system, code, display}}}
}

type extension struct {
	URL   string  `json:"url"`
	Value concept `json:"valueCodeableConcept"`
}

type identifier struct {
	Extension []extension `json:"extension,omitempty"`
	Use       string      `json:"use,omitempty"`
	Type      *concept    `json:"type,omitempty"`
	System    string      `json:"system,omitempty"`
	Value     string      `json:"value"`
	Assigner  *display    `json:"assigner,omitempty"`
}

// display is a reference to something that is not in the document.
type display struct {
	Display string `json:"display"`
}

type humanName struct {
	Use    string   `json:"use,omitempty"`
	Text   string   `json:"text,omitempty"`
	Family string   `json:"family,omitempty"`
	Given  []string `json:"given,omitempty"`
}

type contactPoint struct {
	System string `json:"system"`
	Value  string `json:"value"`
}

type address struct {
	Use        string   `json:"use,omitempty"`
	Text       string   `json:"text,omitempty"`
	Line       []string `json:"line,omitempty"`
	PostalCode string   `json:"postalCode,omitempty"`
}

type period struct {
	Start string `json:"start,omitempty"`
	End   string `json:"end,omitempty"`
}

type quantity struct {
	Value  json.Number `json:"value"`
	Unit   string      `json:"unit,omitempty"`
	System string      `json:"system,omitempty"`
	Code   string      `json:"code,omitempty"`
}

type annotation struct {
	Text string `json:"text"`
}

type dosage struct {
	Text  string    `json:"text,omitempty"`
	Route *concept  `json:"route,omitempty"`
	Rate  []doseOne `json:"doseAndRate,omitempty"`
}

type doseOne struct {
	Quantity quantity `json:"doseQuantity"`
}

type narrative struct {
	Status string `json:"status"`
	Div    string `json:"div"`
}
