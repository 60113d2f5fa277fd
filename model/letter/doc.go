// Package letter puts a discharge letter on paper and into plain text.
//
// It is pure: the same letter gives the same bytes, on a desk, on the hub and
// in ten years. It adds nothing to the letter and leaves nothing out, reads no
// record, and does not ask whether a signature is good: model.VerifyLetter does.
package letter

import (
	"fmt"

	"github.com/throughgate/throughgate/model"
)

// Options is what a copy needs beside the letter.
type Options struct {
	// Signed is the letter as it was signed; nil makes a draft, and every page
	// says so.
	Signed *model.SignedLetter
}

// The markings of every page (Government Security Classifications, and the NHS
// wording beside it).
const (
	marking      = "OFFICIAL-SENSITIVE: PERSONAL"
	confidential = "Confidential: health"
	draftWords   = "DRAFT, NOT SIGNED"
)

// check refuses to print "signed" on anything but the bytes that were.
func (o Options) check(l model.Letter) error {
	if o.Signed == nil {
		return nil
	}
	_, hash, err := l.Freeze()
	if err != nil {
		return err
	}
	if hash != o.Signed.Hash {
		return model.Invalid("This is not the letter that was signed.", "Open the signed letter and print that one.")
	}
	return nil
}

// title is the letter's own heading.
func title(l model.Letter) string {
	return kindWords(l) + " from " + orNotRecorded(l.Prison.Name)
}

// kindWords says which of the two kinds of letter it is.
func kindWords(l model.Letter) string {
	if l.Kind == model.LetterResults {
		return "Results letter"
	}
	return "Discharge letter"
}

// about is the line below the title.
func about(l model.Letter) string {
	if l.Kind == model.LetterResults {
		return fmt.Sprintf("Results letter %d, %s", l.Number, l.Author.At)
	}
	return fmt.Sprintf("Letter %d, %s", l.Number, l.Author.At)
}

func orNotRecorded(s string) string {
	if s == "" {
		return model.NotRecorded
	}
	return s
}
