//go:build e2e && unix

package e2e_test

import (
	"encoding/base64"
	"encoding/json"
	"os"
	"strings"
	"testing"
)

// entry is what the script reads of a resource of the document.
type entry struct {
	FullURL  string
	Resource struct {
		ResourceType string
		Status       string
		Title        string
		Type, Name   json.RawMessage // of another shape in each
		Section      []struct{ Title string }
		ContentType  string
		Data         string
	}
}

// checkFHIR holds the letter as another computer system gets it.
func checkFHIR(t *testing.T, path string, r released) {
	t.Helper()
	var bundle struct {
		ResourceType, Type string
		Entry              []entry
	}
	content, err := os.ReadFile(path)
	if err == nil {
		err = json.Unmarshal(content, &bundle)
	}
	if err != nil || len(bundle.Entry) == 0 {
		t.Fatalf("%s: %v, %d entries", path, err, len(bundle.Entry))
	}
	if bundle.ResourceType != "Bundle" || bundle.Type != "document" {
		t.Errorf("it is a %s of type %s", bundle.ResourceType, bundle.Type)
	}
	first := bundle.Entry[0].Resource
	if first.ResourceType != "Composition" || first.Status != "final" || !strings.Contains(string(first.Type), `"373942005"`) || len(first.Section) < 8 {
		t.Errorf("it begins with a %s, %s, of type %s, with %d sections", first.ResourceType, first.Status, first.Type, len(first.Section))
	}
	count := make(map[string]int)
	seen := make(map[string]bool)
	for _, e := range bundle.Entry {
		count[e.Resource.ResourceType]++
		if e.FullURL == "" || seen[e.FullURL] {
			t.Errorf("an entry has the address %q, none or twice", e.FullURL)
		}
		seen[e.FullURL] = true
		checkResource(t, e, r)
	}
	for _, kind := range []string{"Patient", "Practitioner", "Organization", "AllergyIntolerance", "Binary"} {
		if count[kind] == 0 {
			t.Errorf("there is no %s in %v", kind, count)
		}
	}
	if count["Consent"] != r.consents {
		t.Errorf("%d answers on consent are there, not %d", count["Consent"], r.consents)
	}
	if r.code != "" && !strings.Contains(string(content), `"`+r.code+`"`) {
		t.Errorf("the code %s of a medicine from the list is not there", r.code)
	}
	if count["MedicationStatement"] != r.medicines {
		t.Errorf("%d medicines are stated, not %d", count["MedicationStatement"], r.medicines)
	}
}

func checkResource(t *testing.T, e entry, r released) {
	t.Helper()
	switch at := e.Resource; at.ResourceType {
	case "Patient":
		family, _, _ := strings.Cut(r.name, ",")
		if !strings.Contains(strings.ToUpper(string(at.Name)), family) {
			t.Errorf("the patient is called %s", at.Name)
		}
	case "Binary":
		pdf, err := base64.StdEncoding.DecodeString(at.Data)
		if err != nil || at.ContentType != "application/pdf" || !strings.HasPrefix(string(pdf), "%PDF-") {
			t.Errorf("the Binary is %s: %v", at.ContentType, err)
		}
	}
}
