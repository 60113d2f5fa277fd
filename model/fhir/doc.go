// Package fhir writes a discharge letter as a document of FHIR R4 in the
// profiles of UK Core, for programs that read letters as data.
//
// It is pure: the same letter gives the same bytes. It adds nothing to the
// letter, codes nothing that is not coded there, and does not ask whether a
// signature is good: model.VerifyLetter does. It writes no MedicationRequest,
// for a copy of an order could be dispensed a second time, and no Encounter, for
// a stay in prison is not a stay in hospital and must not be counted as one.
package fhir

import "github.com/throughgate/throughgate/model"

// Options is what a document needs beside the letter.
type Options struct {
	// Signed is the letter as it was signed; nil makes a draft, whose status is
	// "preliminary".
	Signed *model.SignedLetter
	// PDF is the same letter on paper, byte for byte; none is left out.
	PDF []byte
}

// check refuses to write "final" on anything but the letter that was signed.
func (o Options) check(hash model.Hash) error {
	if o.Signed != nil && o.Signed.Hash != hash {
		return model.Invalid("This is not the letter that was signed.", "Open the signed letter and write that one.")
	}
	return nil
}
