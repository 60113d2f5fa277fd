package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"

	"github.com/spf13/cobra"

	"github.com/throughgate/throughgate/model"
	"github.com/throughgate/throughgate/sync/hub"
)

func importCommand() *cobra.Command {
	return group("import", "Reference tables, which reach every desk by themselves",
		importTable("practices", "Import the GP practices of the ODS file epraccur", "epraccur.csv", model.ParsePractices),
		importTable("prisons", "Import the prison register", "prisons.csv", model.ParsePrisons),
		importTable("outcodes", "Import the postcode areas with their places", "uk-outcodes.csv", model.ParseOutcodes),
		importTable("medicines", "Import the medicines of dm+d, with their codes", "dmd.csv", model.ParseProducts),
	)
}

// imported is what an import has to say.
type imported struct {
	hub.ReferenceInfo
	Bad []model.RowError `json:"bad"` // rows left out
}

// importTable is the command that imports one table from a file that parse
// reads.
func importTable[Row any](table, short, file string, parse func(io.Reader) ([]Row, []model.RowError, error)) *cobra.Command {
	var from data
	var out show
	cmd := &cobra.Command{
		Use:   table + " FILE",
		Short: short,
		Long: short + ". Rows that cannot be used are left out; the first few are listed, and more with --json. The table replaces the one before; " +
			"desks fetch it only when it has changed.",
		Example: "  throughgate-hub import " + table + " " + file + " --data /var/lib/throughgate",
		Args:    cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			rows, bad, err := parseFile(args[0], parse)
			if err != nil {
				return err
			}
			lines, err := jsonLines(rows)
			if err != nil {
				return err
			}
			info, err := ask[hub.ReferenceInfo](from.source(), hub.VerbSetReference, hub.Reference{Table: table, Lines: lines})
			if err != nil {
				return err
			}
			if bad == nil {
				bad = []model.RowError{}
			}
			return out.print(cmd, imported{info, bad}, func(w io.Writer) { importLines(w, info, bad) })
		},
	}
	from.flags(cmd)
	out.flag(cmd)
	return cmd
}

func parseFile[Row any](path string, parse func(io.Reader) ([]Row, []model.RowError, error)) ([]Row, []model.RowError, error) {
	file, err := os.Open(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil, &model.Error{Kind: model.KindNotFound, Msg: "There is no such file.", Hint: "Check its path.", Err: err}
	}
	if err != nil {
		return nil, nil, &model.Error{Kind: model.KindOutside, Msg: "The file could not be opened.", Hint: "Check who may read it.", Err: err}
	}
	defer file.Close()
	return parse(file)
}

func jsonLines[Row any](rows []Row) ([]byte, error) {
	var lines bytes.Buffer
	encoder := json.NewEncoder(&lines) // ends each value with a line break
	encoder.SetEscapeHTML(false)
	for _, row := range rows {
		if err := encoder.Encode(row); err != nil {
			return nil, err
		}
	}
	return lines.Bytes(), nil
}

// shownBad is how many rows that were left out are shown one by one. A file of the
// wrong year has thousands, and the first few say why.
const shownBad = 10

func importLines(w io.Writer, info hub.ReferenceInfo, bad []model.RowError) {
	for i := range bad[:min(len(bad), shownBad)] {
		line(w, "%s", bad[i].Error())
	}
	all, left := model.CountRows(bad), ""
	switch more := all - shownBad; {
	case more > 0:
		line(w, "And %d more rows. With --json the first thousand are listed.", more)
		left = fmt.Sprintf(" %d rows were left out.", all)
	case all > 0:
		left = " The rows above were left out."
	}
	if info.Changed {
		line(w, "Imported %d rows of %s, revision %d.%s", info.Rows, info.Table, info.Revision, left)
		return
	}
	line(w, "Nothing has changed: %d rows of %s, revision %d.%s", info.Rows, info.Table, info.Revision, left)
}
