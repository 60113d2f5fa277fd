package fhir_test

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"encoding/xml"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/throughgate/throughgate/model"
	"github.com/throughgate/throughgate/model/fhir"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// tree is a document as a program sees it that knows nothing of this package.
type tree = map[string]any

// read parses a document and holds it to what every FHIR document must be:
// nothing empty, the Composition first, every reference to be found in it, and
// narratives that are XML. It returns what is wrong.
func read(document []byte) (tree, error) {
	var bundle tree
	if err := json.Unmarshal(document, &bundle); err != nil {
		return nil, err
	}
	var wrong []error
	entries, _ := bundle["entry"].([]any)
	named := make(map[string]bool)
	for i, e := range entries {
		resource := e.(tree)["resource"].(tree)
		if url := e.(tree)["fullUrl"].(string); named[url] || url != "urn:uuid:"+resource["id"].(string) || !uuid.MatchString(url) {
			wrong = append(wrong, fmt.Errorf("entry %d is called %s, its resource %s", i, url, resource["id"]))
		} else {
			named[url] = true
		}
	}
	if len(entries) == 0 || entries[0].(tree)["resource"].(tree)["resourceType"] != "Composition" {
		wrong = append(wrong, errors.New("the first entry is no Composition"))
	}
	walk(bundle, "Bundle", func(path string, v any) {
		if err := sound(path, v, named); err != nil {
			wrong = append(wrong, err)
		}
	})
	for url := range named {
		if first := "urn:uuid:" + entries[0].(tree)["resource"].(tree)["id"].(string); url != first && !bytes.Contains(document, []byte(`"reference": "`+url+`"`)) {
			wrong = append(wrong, fmt.Errorf("nothing refers to %s", url))
		}
	}
	return bundle, errors.Join(wrong...)
}

var (
	uuid       = regexp.MustCompile(`^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$`)
	fhirString = regexp.MustCompile(`^[ \r\n\t\S]+$`)
)

func sound(path string, v any, named map[string]bool) error {
	switch v := v.(type) {
	case tree:
		start, _ := v["start"].(string)
		end, _ := v["end"].(string)
		switch {
		case len(v) == 0:
			return fmt.Errorf("%s is an empty object", path)
		case start != "" && end != "" && end[:10] < start[:10]:
			return fmt.Errorf("%s ends before it begins", path)
		}
	case []any:
		if len(v) == 0 {
			return fmt.Errorf("%s is an empty list", path)
		}
	case nil:
		return fmt.Errorf("%s is null", path)
	case string:
		switch {
		case v == "" || strings.TrimSpace(v) != v || !fhirString.MatchString(v):
			return fmt.Errorf("%s is no FHIR string: %q", path, v)
		case strings.HasSuffix(path, ".reference") && !named[v]:
			return fmt.Errorf("%s refers to nothing: %s", path, v)
		case strings.HasSuffix(path, ".div"):
			return wellFormed(path, v)
		}
	}
	return nil
}

func wellFormed(path, div string) error {
	decoder := xml.NewDecoder(strings.NewReader(div))
	for {
		token, err := decoder.Token()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return fmt.Errorf("%s is no XML: %w: %s", path, err, div)
		}
		if element, is := token.(xml.StartElement); is && element.Name.Space != "http://www.w3.org/1999/xhtml" {
			return fmt.Errorf("%s has an element of another namespace: %s", path, element.Name)
		}
	}
}

// walk visits every value, the outer ones first, in the order of their names.
func walk(v any, path string, visit func(path string, v any)) {
	visit(path, v)
	switch v := v.(type) {
	case tree:
		for _, name := range slices.Sorted(mapsKeys(v)) {
			walk(v[name], path+"."+name, visit)
		}
	case []any:
		for i, one := range v {
			walk(one, fmt.Sprintf("%s[%d]", path, i), visit)
		}
	}
}

func mapsKeys(m tree) func(func(string) bool) {
	return func(yield func(string) bool) {
		for name := range m {
			if !yield(name) {
				return
			}
		}
	}
}

// resources are those of a kind, in the order of the document.
func resources(bundle tree, kind string) []tree {
	var out []tree
	for _, e := range bundle["entry"].([]any) {
		if r := e.(tree)["resource"].(tree); r["resourceType"] == kind {
			out = append(out, r)
		}
	}
	return out
}

func get(v any, path ...any) any {
	for _, step := range path {
		switch step := step.(type) {
		case string:
			m, _ := v.(tree)
			v = m[step]
		case int:
			list, _ := v.([]any)
			if step >= len(list) {
				return nil
			}
			v = list[step]
		}
	}
	return v
}

func TestEveryLetterMakesASoundDocument(t *testing.T) {
	for _, c := range cases(t) {
		if _, err := read(write(t, c)); err != nil {
			t.Errorf("%s: %v", c.name, err)
		}
	}
}

// A validator in another language reads what THROUGHGATE_DOCUMENTS names.
func TestDocumentsForAnotherValidator(t *testing.T) {
	folder := os.Getenv("THROUGHGATE_DOCUMENTS")
	if folder == "" {
		t.Skip("THROUGHGATE_DOCUMENTS is not set: no documents are written")
	}
	for _, c := range cases(t) {
		if err := os.WriteFile(filepath.Join(folder, c.name+".json"), write(t, c), 0o600); err != nil {
			t.Fatal(err)
		}
	}
}

func TestDocumentGolden(t *testing.T) {
	for _, c := range cases(t) {
		if !slices.Contains([]string{"planned", "nothing-known", "format-1"}, c.name) {
			continue
		}
		path, got := filepath.Join("testdata", c.name+".json"), write(t, c)
		if *update {
			if err := os.MkdirAll("testdata", 0o755); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(path, got, 0o644); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(got, bytes.ReplaceAll(want, []byte("\r\n"), []byte("\n"))) {
			t.Errorf("%s is not what stands in the golden file; run make golden and read the difference", path)
		}
	}
}

func TestTheStatusSaysHowFarALetterCanBeReliedOn(t *testing.T) {
	for name, want := range map[string]string{"draft": "preliminary", "planned": "final", "superseding": "amended", "format-1-superseding": "amended"} {
		if got := get(composition(t, name), "status"); got != want {
			t.Errorf("%s is %v, want %s", name, got, want)
		}
	}
}

func composition(tb testing.TB, name string) tree {
	return resources(bundleOf(tb, name), "Composition")[0]
}

func bundleOf(tb testing.TB, name string) tree {
	tb.Helper()
	for _, c := range cases(tb) {
		if c.name == name {
			bundle, err := read(write(tb, c))
			if err != nil {
				tb.Fatal(err)
			}
			return bundle
		}
	}
	tb.Fatal("no such letter: " + name)
	return nil
}

func TestALetterThatReplacesAnotherNamesItsDocument(t *testing.T) {
	first, next := composition(t, "planned"), composition(t, "superseding")
	if got, want := get(next, "relatesTo", 0, "targetIdentifier", "value"), get(first, "identifier", "value"); got != want || get(next, "relatesTo", 0, "code") != "replaces" {
		t.Errorf("it replaces %v, the first is %v", got, want)
	}
	if first["relatesTo"] != nil {
		t.Error("the first letter replaces something")
	}
}

// Late results add to the discharge letter and do not replace it; nothing in
// their document looks like a second list of medicines.
func TestLateResultsAddToTheDischargeLetter(t *testing.T) {
	bundle := bundleOf(t, "results")
	results := resources(bundle, "Composition")[0]
	if got, want := get(results, "relatesTo", 0, "targetIdentifier", "value"), get(composition(t, "planned"), "identifier", "value"); got != want || get(results, "relatesTo", 0, "code") != "appends" || results["status"] != "final" {
		t.Errorf("it adds to %v, the letter is %v; %v", got, want, results["status"])
	}
	if get(results, "type", "coding") != nil || len(resources(bundle, "MedicationStatement"))+len(resources(bundle, "AllergyIntolerance")) > 0 {
		t.Errorf("it looks like a discharge letter: %v", results["type"])
	}
	if get(resources(bundle, "Patient")[0], "identifier", 0, "value") != "9434765919" || len(resources(bundle, "Organization")) != 2 {
		t.Errorf("whose it is: %v", resources(bundle, "Patient"))
	}
}

func TestARestrictedPersonsDocumentHasNoAddressNoContactAndNoPractice(t *testing.T) {
	bundle := bundleOf(t, "restricted")
	person := resources(bundle, "Patient")[0]
	for _, never := range []string{"address", "telecom", "generalPractitioner"} {
		if person[never] != nil {
			t.Errorf("the person has %s: %v", never, person[never])
		}
	}
	if n := len(resources(bundle, "Organization")); n != 1 {
		t.Errorf("%d organisations, want the prison alone", n)
	}
	all, _ := json.Marshal(bundle)
	for _, never := range []string{"W00001", "Stryd Fawr", "LL55", "07700 900123", "zoe@example.org", "Caernarfon"} {
		if bytes.Contains(all, []byte(never)) {
			t.Errorf("the document holds %s", never)
		}
	}
	if got := get(composition(t, "restricted"), "confidentiality"); got != "R" {
		t.Errorf("confidentiality %v", got)
	}
}

func TestAnNHSNumberStandsBesideItsTraceStatus(t *testing.T) {
	for name, want := range map[string]string{
		"planned": "https://fhir.hl7.org.uk/CodeSystem/UKCore-NHSNumberVerificationStatusEngland#01",
		"wales":   "https://fhir.hl7.org.uk/CodeSystem/UKCore-NHSNumberVerificationStatusWales#nn", "format-1": "https://fhir.hl7.org.uk/CodeSystem/UKCore-NHSNumberVerificationStatusEngland#01",
	} {
		number := get(resources(bundleOf(t, name), "Patient")[0], "identifier", 0)
		status := get(number, "extension", 0, "valueCodeableConcept", "coding", 0)
		if got := fmt.Sprint(get(status, "system"), "#", get(status, "code")); got != want || get(number, "value") != "9434765919" {
			t.Errorf("%s: %v", name, number)
		}
	}
	person := resources(bundleOf(t, "no-nhs-number"), "Patient")[0]
	if get(person, "extension", 0, "valueCodeableConcept", "coding", 0, "code") != "nhs-number-not-known" || len(person["identifier"].([]any)) != 1 {
		t.Errorf("without a number: %v", person)
	}
}

func TestWhatIsPartlyKnownStaysSo(t *testing.T) {
	for name, want := range map[string][]any{
		"one-name-born-in-a-year": {"1990", "unknown", "Sukarno", nil}, "born-in-a-month": {"1990-02", "other", "Nguyễn-Pryce", "Llŷr"},
		"planned": {"1980-08-14", "male", "Nguyễn-Pryce", "Llŷr"}, "format-1": {"1980-08-14", "male", nil, nil}, "nothing-known": {nil, "unknown", nil, nil},
	} {
		p := resources(bundleOf(t, name), "Patient")[0]
		if got := []any{p["birthDate"], p["gender"], get(p, "name", 0, "family"), get(p, "name", 0, "given", 0)}; !slices.Equal(got, want) {
			t.Errorf("%s: %v, want %v", name, got, want)
		}
	}
}

// There are exactly four answers, and each has a form of its own.
func TestTheFourAnswersOnAllergiesStayApart(t *testing.T) {
	for name, want := range map[string][]any{
		"planned": {3, nil}, "no-allergies-no-medicines": {1, nil}, "allergies-unavailable": {0, "unavailable"}, "nothing-known": {0, "notstarted"},
	} {
		bundle := bundleOf(t, name)
		section := sectionOf(t, bundle, model.HeadingAllergies)
		if got := []any{len(resources(bundle, "AllergyIntolerance")), get(section, "emptyReason", "coding", 0, "code")}; !slices.Equal(got, want) {
			t.Errorf("%s: %v, want %v", name, got, want)
		}
	}
	none := resources(bundleOf(t, "no-allergies-no-medicines"), "AllergyIntolerance")[0]
	if get(none, "code", "coding", 0, "code") != "716186003" {
		t.Errorf("none known is %v", none["code"])
	}
	if got := get(sectionOf(t, bundleOf(t, "no-allergies-no-medicines"), model.HeadingMedicines), "emptyReason", "coding", 0, "code"); got != "nilknown" {
		t.Errorf("no medicines is %v", got)
	}
}

func sectionOf(tb testing.TB, bundle tree, code model.HeadingCode) tree {
	tb.Helper()
	for _, s := range resources(bundle, "Composition")[0]["section"].([]any) {
		if get(s, "code", "coding", 0, "code") == string(code) {
			return s.(tree)
		}
	}
	tb.Fatalf("no section %s", code)
	return nil
}

func TestMedicinesSayWhatIsTakenStoppedAndHandedOver(t *testing.T) {
	bundle := bundleOf(t, "planned")
	var got []string
	for _, s := range resources(bundle, "MedicationStatement") {
		got = append(got, fmt.Sprint(s["status"], " ", get(s, "medicationCodeableConcept", "text")))
	}
	want := []string{"active Hydrocortisone 1% cream", "active Methadone 1 mg/ml oral solution sugar free", "active Salbutamol 100 micrograms inhaler", "active Sertraline 50 mg tablets", "stopped Mirtazapine 15mg tablets"}
	if !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
	given := resources(bundle, "MedicationDispense")
	if len(given) != 1 || given[0]["status"] != "in-progress" || get(given[0], "quantity", "value") != 28.0 || get(given[0], "daysSupply", "value") != 28.0 {
		t.Errorf("handed over: %v", given)
	}
	methadone, _ := json.Marshal(resources(bundle, "MedicationStatement")[1])
	for _, part := range []string{"138875005", "Controlled drug, schedule 2", "560 (five hundred and sixty) ml, 14 days", "Instalments: 40 ml daily", "Next supply due 08-Dec-2026", `"value":40`} {
		if !bytes.Contains(methadone, []byte(part)) {
			t.Errorf("methadone lacks %s: %s", part, methadone)
		}
	}
}

// What became of a bag is said by a letter that is made after the gate, and by no
// other.
func TestADispenseSaysWhatBecameOfItsBag(t *testing.T) {
	for name, want := range map[string]struct{ status, why, section string }{
		"planned":         {"in-progress", "", "28 tablets"},
		"bag-handed-over": {"completed", "", "28 tablets; handed over "},
		"bag-refused":     {"declined", "did not want it", "28 tablets; refused by the person "},
		"bag-returned":    {"cancelled", "not released", "28 tablets; back at pharmacy "},
	} {
		bundle := bundleOf(t, name)
		given := resources(bundle, "MedicationDispense")
		if len(given) != 1 || given[0]["status"] != want.status {
			t.Errorf("%s: %v", name, given)
			continue
		}
		if _, handed := given[0]["whenHandedOver"]; handed != (want.status == "completed") {
			t.Errorf("%s: handed over is %v", name, given[0]["whenHandedOver"])
		}
		if why, _ := get(given[0], "statusReasonCodeableConcept", "text").(string); why != want.why {
			t.Errorf("%s: because of %q", name, why)
		}
		if text, _ := json.Marshal(bundle); !bytes.Contains(text, []byte(want.section)) {
			t.Errorf("%s: the letter's own words do not say %q", name, want.section)
		}
	}
}

func TestEverySupplyOfAMedicineIsTold(t *testing.T) {
	for _, s := range resources(bundleOf(t, "supplied-twice"), "MedicationStatement") {
		if text := get(s, "medicationCodeableConcept", "text").(string); !strings.HasPrefix(text, "Sertraline") {
			continue
		}
		all, _ := json.Marshal(s["note"])
		for _, part := range []string{"Handed over (TTO), 28 tablets, 28 days", "Electronic prescription (EPS), 28 tablets, 28 days", "For use from 22-Dec-2026", "keeps 6 tablets, 5 days left", "Next supply due 19-Jan-2027"} {
			if !bytes.Contains(all, []byte(part)) {
				t.Errorf("%s is not told: %s", part, all)
			}
		}
	}
}

// A code whose check digit is wrong may be another medicine's with a slip.
func TestAMistypedCodeIsNotWritten(t *testing.T) {
	for _, s := range resources(bundleOf(t, "planned"), "MedicationStatement") {
		if c := get(s, "medicationCodeableConcept"); strings.HasPrefix(get(c, "text").(string), "Sertraline") && get(c, "coding") != nil {
			t.Errorf("%v", c)
		}
	}
}

func TestAPracticeThatWasOnlyAskedIsNotThePersonsOwn(t *testing.T) {
	asked := record(append(leaver(t), &model.GPStep{State: model.RegSent, Practice: practice, Day: today})...)
	bundle, err := read(write(t, letterCase{"asked", letterOf(asked, leeds), fhir.Options{}}))
	if err != nil || len(resources(bundle, "Organization")) != 2 || resources(bundle, "Patient")[0]["generalPractitioner"] != nil {
		t.Errorf("%v, %v", resources(bundle, "Patient"), err)
	}
}

func TestThePDFIsInTheDocumentByteForByte(t *testing.T) {
	file := resources(bundleOf(t, "planned"), "Binary")[0]
	data, err := base64.StdEncoding.DecodeString(file["data"].(string))
	if err != nil || !bytes.Equal(data, paper) || file["contentType"] != "application/pdf" {
		t.Errorf("%q, %v", data, err)
	}
	if n := len(resources(bundleOf(t, "draft"), "Binary")); n != 0 {
		t.Errorf("%d files where none was given", n)
	}
}

func TestNothingButTheSignedLetterIsWrittenAsSigned(t *testing.T) {
	c := cases(t)[0]
	c.letter.Sections = c.letter.Sections[1:]
	if _, err := fhir.Document(c.letter, c.options); model.KindOf(err) != model.KindInvalid {
		t.Errorf("a changed letter was written as signed: %v", err)
	}
}
