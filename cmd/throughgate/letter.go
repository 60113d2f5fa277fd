package main

import (
	"bytes"
	"fmt"
	"path/filepath"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/throughgate/throughgate/cmd/internal/paper"
	"github.com/throughgate/throughgate/model"
	"github.com/throughgate/throughgate/model/fhir"
	"github.com/throughgate/throughgate/model/letter"
	"github.com/throughgate/throughgate/store"
)

func letterCommand(d *data) *cobra.Command {
	who := signIn{data: d}
	var path string
	var which letterChoice
	cmd := &cobra.Command{
		Use:   "letter NUMBER",
		Short: "Write a person's discharge letter into a file",
		Long: "Write a person's discharge letter into a file: a PDF, text of 80 columns, or JSON, by the name's ending. " +
			"JSON is a document Bundle of FHIR R4 in the profiles of UK Core, for another computer system, with the PDF in it. " +
			"It is the letter that was signed last, checked against its signer's key. Where none is signed it is a draft of the record as it stands, and says so on every page; as JSON its status is then \"preliminary\". " +
			"With --easy-read it is the copy for the person: short sentences in large print, as PDF or text, with Welsh headings where the letter says that the person speaks Welsh, or with --welsh.",
		Example: "  throughgate letter A1234AA --out letter.pdf --staff g.boateng --passphrase-file pass.txt\n" +
			"  throughgate letter A1234AA --out letter.json --staff g.boateng --passphrase-file pass.txt\n" +
			"  throughgate letter A1234AA --out copy.pdf --easy-read --welsh --staff g.boateng --passphrase-file pass.txt",
		Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			format, err := which.format(strings.ToLower(filepath.Ext(path)))
			if err != nil {
				return err
			}
			return who.with(cmd, func(session *signedIn) error {
				row, err := findPerson(session.Rows(), args[0])
				if err != nil {
					return err
				}
				record, err := session.Get(cmd.Context(), row.ID)
				if err != nil {
					return err
				}
				l, options, err := letterOf(session, record, which.results, time.Now())
				if err != nil {
					return err
				}
				content, err := format(l, options)
				if err != nil {
					return err
				}
				if err := session.Note(cmd.Context(), model.AccessExport, row.ID, 0); err != nil {
					return err
				}
				if err := paper.Save(path, content); err != nil {
					return err
				}
				_, err = fmt.Fprintln(cmd.OutOrStdout(), letterWords(record, options))
				return err
			})
		},
	}
	who.flags(cmd)
	which.flags(cmd)
	cmd.Flags().StringVar(&path, "out", "", "the file to write, ending in .pdf, .txt or .json")
	_ = cmd.MarkFlagRequired("out") // fails for a flag that is not there
	_ = cmd.MarkFlagFilename("out", "pdf", "txt", "json")
	return cmd
}

var letterFormats = map[string]func(model.Letter, letter.Options) ([]byte, error){
	".pdf": letterPDF,
	".txt": func(l model.Letter, o letter.Options) ([]byte, error) {
		text, err := letter.Text(l, o)
		return []byte(text), err
	},
	".json": func(l model.Letter, o letter.Options) ([]byte, error) {
		pdf, err := letterPDF(l, o)
		if err != nil {
			return nil, err
		}
		return fhir.Document(l, fhir.Options{Signed: o.Signed, PDF: pdf})
	},
}

func letterPDF(l model.Letter, o letter.Options) ([]byte, error) {
	var out bytes.Buffer
	err := letter.PDF(&out, l, o)
	return out.Bytes(), err
}

// letterOf returns the discharge letter that was signed last, or a draft; with
// results the last letter on results that came late.
func letterOf(session *signedIn, r *model.Record, results bool, now time.Time) (model.Letter, letter.Options, error) {
	if r.Health == nil {
		return model.Letter{}, letter.Options{}, model.Forbidden("The letter is held by healthcare.", "Ask a colleague there.")
	}
	signed, is := r.Health.LastLetter()
	if results {
		n := len(r.Health.ResultsLetters)
		if n == 0 {
			return model.Letter{}, letter.Options{}, model.NotFound("No letter on late results is signed.", "Write and sign it on the letter's screen.")
		}
		signed, is = r.Health.ResultsLetters[n-1], true
	}
	if !is {
		site, here := session.desk.Site(), prisonHere(session.desk)
		return model.Assemble(r, model.LetterFacts{
			Prison: model.LetterPrison{Code: site.Site, Name: site.Name, Address: addressOf(here), Practice: here.Practice}, Author: session.Actor(), Name: staffNames(site), Now: now,
		}), letter.Options{}, nil
	}
	if err := verifyLetter(session.desk, signed); err != nil {
		return model.Letter{}, letter.Options{}, err
	}
	l, err := model.ThawLetter(signed.Frozen)
	return l, letter.Options{Signed: &signed}, err
}

// verifyLetter holds a letter against every key its signer has had: those the
// hub knows, and one that was made at this desk and is still on its way there.
func verifyLetter(desk *store.Store, signed model.SignedLetter) error {
	site := desk.Site()
	author, _ := site.Member(signed.By.Staff)
	keys := author.Keys
	made, err := desk.OutgoingKeyrings()
	if err != nil {
		return err
	}
	for _, ring := range made {
		if ring.Staff == signed.By.Staff {
			keys = append(keys[:len(keys):len(keys)], ring.Public)
		}
	}
	err = model.NotFound("The letter was signed by somebody whose key this desk does not have.", "Let the desk reach the hub once, then try again.")
	for _, key := range keys {
		if err = model.VerifyLetter(signed.Frozen, signed.Hash, signed.Signature, key); err == nil {
			return nil
		}
	}
	return err
}

func staffNames(site model.SiteData) func(model.StaffID) string {
	return func(id model.StaffID) string {
		if staff, known := site.Member(id); known {
			return staff.Name
		}
		return string(id)
	}
}

// letterWords says which letter was written: nobody should print yesterday's
// without knowing.
func letterWords(r *model.Record, o letter.Options) string {
	switch {
	case o.Signed == nil:
		return "Wrote a draft: no letter is signed yet."
	case o.Signed.Results:
		return fmt.Sprintf("Wrote results letter %d, signed %s.", o.Signed.Number, o.Signed.By.Instant())
	case !r.Health.LetterHolds():
		return fmt.Sprintf("Wrote letter %d, signed %s. The record has changed since: a new letter should be signed.", o.Signed.Number, o.Signed.By.Instant())
	}
	return fmt.Sprintf("Wrote letter %d, signed %s.", o.Signed.Number, o.Signed.By.Instant())
}
