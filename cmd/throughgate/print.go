package main

import (
	"bytes"
	"context"
	"path/filepath"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/throughgate/throughgate/cmd/internal/edge"
	"github.com/throughgate/throughgate/cmd/internal/paper"
	"github.com/throughgate/throughgate/model"
	"github.com/throughgate/throughgate/model/papers"
	"github.com/throughgate/throughgate/model/sheet"
	"github.com/throughgate/throughgate/store"
)

func printCommand(d *data) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "print",
		Short: "Write a paper of the desk into a file",
		Long: "Write a paper of the desk into a file: a PDF of A4 pages, or text of 80 columns, by the name's ending. " +
			"Each is made of the record as it stands, with the due days of the settings, [due]; it bears the protective marking and says who printed it and when. That it was printed is written down.",
	}
	for _, facts := range model.Papers() {
		cmd.AddCommand(printPaper(d, facts))
	}
	return cmd
}

func printPaper(d *data, facts model.PaperFacts) *cobra.Command {
	who := signIn{data: d}
	var path string
	use, number, args := string(facts.Paper), " A1234AA", cobra.ExactArgs(1)
	if facts.List {
		number, args = "", cobra.NoArgs
	} else {
		use += " NUMBER"
	}
	cmd := &cobra.Command{
		Use: use, Args: args,
		Short:   facts.Name + ": " + strings.ToLower(facts.Says[:1]) + strings.TrimSuffix(facts.Says[1:], "."),
		Long:    facts.Name + ". " + facts.Says + " Whatever your role may not read is not on it.",
		Example: "  throughgate print " + string(facts.Paper) + number + " --out " + string(facts.Paper) + ".pdf --staff g.boateng --passphrase-file pass.txt",
		RunE: func(cmd *cobra.Command, args []string) error {
			format := strings.ToLower(filepath.Ext(path))
			if sheetFormats[format] == nil {
				return edge.UsageError("--out must name a file that ends in .pdf or .txt", "")
			}
			due, err := d.dueDays()
			if err != nil {
				return err
			}
			return who.with(cmd, func(session *signedIn) error {
				if err := model.WhyNotPaper(session.Actor().Role, facts.Paper); err != nil {
					return err
				}
				var of model.PersonID
				if !facts.List {
					row, err := findPerson(session.Rows(), args[0])
					if err != nil {
						return err
					}
					of = row.ID
				}
				content, err := printed(cmd.Context(), session.Session, session.desk, due, facts.Paper, of, format)
				if err != nil {
					return err
				}
				return paper.Save(path, content)
			})
		},
	}
	who.flags(cmd)
	cmd.Flags().StringVar(&path, "out", "", "the file to write, ending in .pdf or .txt")
	_ = cmd.MarkFlagRequired("out") // fails for a flag that is not there
	_ = cmd.MarkFlagFilename("out", "pdf", "txt")
	return cmd
}

var sheetFormats = map[string]func(sheet.Document) ([]byte, error){
	".pdf": func(d sheet.Document) ([]byte, error) {
		var out bytes.Buffer
		err := sheet.PDF(&out, d)
		return out.Bytes(), err
	},
	".txt": func(d sheet.Document) ([]byte, error) { return []byte(sheet.Text(d)), nil },
}

// printed makes a paper and writes down that it was taken out, before anything
// leaves: from the command line and from the screens alike.
func printed(ctx context.Context, s *store.Session, desk *store.Store, due model.Timeline, p model.Paper, of model.PersonID, format string) ([]byte, error) {
	render, known := sheetFormats[format]
	if !known {
		return nil, model.Invalid("A paper is written as .pdf or .txt.", "")
	}
	document, many, err := paperOf(ctx, s, desk, due, p, of)
	if err != nil {
		return nil, err
	}
	content, err := render(document)
	if err != nil {
		return nil, err
	}
	return content, s.Note(ctx, model.AccessExport, of, many)
}

// paperOf makes a paper of what the session may read, and says how many people
// are on a list.
func paperOf(ctx context.Context, s *store.Session, desk *store.Store, due model.Timeline, p model.Paper, of model.PersonID) (sheet.Document, int, error) {
	site := desk.Site()
	from := model.LetterPrison{Code: site.Site, Name: site.Name, Team: "healthcare", Address: addressOf(prisonHere(desk))}
	facts := papers.Facts{Prison: site.Name, From: from, By: s.Actor(), Due: due, Name: staffNames(site), Now: time.Now()}
	if about, _ := model.FactsOfPaper(p); about.List {
		return papers.OfMany(p, s.Rows(), facts)
	}
	record, err := s.Get(ctx, of)
	if err != nil {
		return sheet.Document{}, 0, err
	}
	document, err := papers.Of(p, record, facts)
	return document, 0, err
}
