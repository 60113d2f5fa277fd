package fhir

import (
	"bytes"
	"crypto/sha1"
	"encoding/json"
	"fmt"

	"github.com/throughgate/throughgate/model"
)

// Systems and profiles that several resources name.
const (
	urn         = "urn:uuid:"
	uris        = "urn:ietf:rfc3986"
	ukCore      = "https://fhir.hl7.org.uk/StructureDefinition/UKCore-"
	ukExtension = "https://fhir.hl7.org.uk/StructureDefinition/Extension-UKCore-"
	ukCodes     = "https://fhir.hl7.org.uk/CodeSystem/UKCore-"
	terminology = "http://terminology.hl7.org/CodeSystem/"
	snomed      = "http://snomed.info/sct"
	dmd         = "https://dmd.nhs.uk"
	ucum        = "http://unitsofmeasure.org"
	nhsNumbers  = "https://fhir.nhs.uk/Id/nhs-number"
	odsCodes    = "https://fhir.nhs.uk/Id/ods-organization-code"
)

// Document writes a letter as a document Bundle. An error is of KindInvalid when
// the letter is not the one that was signed.
func Document(l model.Letter, o Options) ([]byte, error) {
	_, hash, err := l.Freeze()
	if err != nil {
		return nil, err
	}
	if err := o.check(hash); err != nil {
		return nil, err
	}
	d := &document{letter: l, data: dataOf(l), hash: hash, options: o}
	var out bytes.Buffer
	encoder := json.NewEncoder(&out)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	if err := encoder.Encode(d.bundle()); err != nil {
		return nil, fmt.Errorf("write FHIR document: %w", err)
	}
	return out.Bytes(), nil
}

// document is a letter on its way into a Bundle.
type document struct {
	letter  model.Letter
	data    model.LetterData
	hash    model.Hash
	options Options
	entries []entry

	patient, author, prison reference
	practices               []reference // one at the most
}

func (d *document) bundle() bundle {
	d.people()
	sections := d.sections() // which add their entries
	first := d.composition(sections)
	return bundle{
		head: d.head("Bundle", "Bundle"), Identifier: identifier{System: uris, Value: urn + d.id("Bundle")},
		Kind: "document", Timestamp: d.written(), Entry: append([]entry{{urn + first.ID, first}}, d.entries...),
	}
}

// head begins a resource. Its name is unlike any other of the same letter.
func (d *document) head(kind, name string) head {
	h := head{Type: kind, ID: d.id(name)}
	if kind != "Binary" { // UK Core has no profile of it
		h.Meta = &meta{[]string{ukCore + kind}}
	}
	return h
}

// add puts a resource into the document and returns what others call it by.
func (d *document) add(r interface{ ref() reference }) reference {
	called := r.ref()
	d.entries = append(d.entries, entry{called.Reference, r})
	return called
}

func (d *document) id(name string) string { return idOf(d.hash, name) }

// letters is the namespace of our ids (RFC 9562, version 5).
var letters = [16]byte{0x6f, 0x1c, 0x0e, 0x52, 0x9a, 0x7d, 0x4b, 0x0b, 0x8e, 0x55, 0x3d, 0x90, 0x5a, 0x44, 0xc1, 0x27}

// idOf names a part of a letter by the letter's hash, so that the same letter
// has the same ids wherever it is written, and a later one can name it.
func idOf(letter model.Hash, name string) string {
	sum := sha1.Sum(append(letters[:], letter.String()+"/"+name...))
	id := sum[:16]
	id[6], id[8] = id[6]&0x0f|0x50, id[8]&0x3f|0x80
	return fmt.Sprintf("%x-%x-%x-%x-%x", id[:4], id[4:6], id[6:8], id[8:10], id[10:])
}

// written is when the letter was made. FHIR asks for it, so a letter without it
// has the first moment there is.
func (d *document) written() string {
	if at := moment(d.letter.Author.At); at != "" {
		return at
	}
	return "1970-01-01T00:00:00Z"
}
