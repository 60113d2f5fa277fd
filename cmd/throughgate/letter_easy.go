package main

import (
	"bytes"

	"github.com/spf13/cobra"

	"github.com/throughgate/throughgate/cmd/internal/edge"
	"github.com/throughgate/throughgate/model"
	"github.com/throughgate/throughgate/model/letter"
)

// easyFormat writes the easy-read copy for the person as a file of this ending.
func easyFormat(ending string, welsh bool) func(model.Letter, letter.Options) ([]byte, error) {
	return func(l model.Letter, o letter.Options) ([]byte, error) {
		e := letter.Easy{Options: o, Welsh: welsh}
		switch ending {
		case ".pdf":
			var out bytes.Buffer
			err := letter.EasyPDF(&out, l, e)
			return out.Bytes(), err
		case ".txt":
			text, err := letter.EasyText(l, e)
			return []byte(text), err
		}
		return nil, model.Invalid("The easy-read copy is written as .pdf or .txt.", "Give the file one of these endings.")
	}
}

// letterChoice says which of a person's letters is meant, and which copy of it.
type letterChoice struct{ easy, welsh, results bool }

func (c *letterChoice) flags(cmd *cobra.Command) {
	cmd.Flags().BoolVar(&c.easy, "easy-read", false, "the copy for the person, in short sentences and large print")
	cmd.Flags().BoolVar(&c.welsh, "welsh", false, "with Welsh headings; only with --easy-read")
	cmd.Flags().BoolVar(&c.results, "results", false, "the letter on results that came late, instead of the discharge letter")
}

// format is how the letter is written into a file of this ending.
func (c *letterChoice) format(ending string) (func(model.Letter, letter.Options) ([]byte, error), error) {
	switch render, known := letterFormats[ending]; {
	case c.welsh && !c.easy:
		return nil, edge.UsageError("--welsh goes with --easy-read", "")
	case c.easy && c.results:
		return nil, edge.UsageError("--easy-read is for the discharge letter alone", "")
	case !known || c.easy && ending == ".json":
		return nil, edge.UsageError("--out must name a file that ends in .pdf, .txt or .json, and .pdf or .txt with --easy-read", "")
	case !c.easy:
		return render, nil
	}
	return func(l model.Letter, o letter.Options) ([]byte, error) {
		return easyFormat(ending, c.welsh || letter.PrefersWelsh(l))(l, o)
	}, nil
}
