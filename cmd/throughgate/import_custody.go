package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"time"

	"github.com/spf13/cobra"

	"github.com/throughgate/throughgate/model"
	"github.com/throughgate/throughgate/store"
)

func importCustodyCommand(d *data) *cobra.Command {
	who := signIn{data: d}
	var out output
	cmd := &cobra.Command{
		Use:   "custody FILE",
		Short: "Import people from a file of the prisoner search",
		Long: "Import people from a file of HMPPS's prisoner search: one person, a list, or a page. " +
			"Importing a file again changes only what has changed. Rows that cannot be used are listed with their reason and left out; " +
			"the others are kept. Offences and everything else this program does not need are never read.",
		Example: "  throughgate import custody prisoners.json --staff a.khan --passphrase-file pass.txt",
		Args:    cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			file, err := openInput(args[0])
			if err != nil {
				return err
			}
			defer file.Close()
			return who.with(cmd, func(session *signedIn) error {
				report, err := importCustody(cmd.Context(), session.Session, file, time.Now)
				if err != nil && report.Rows == 0 {
					return err
				}
				if said := out.print(cmd, report, report.lines); said != nil {
					return said
				}
				return report.verdict(err)
			})
		},
	}
	who.flags(cmd)
	out.flags(cmd)
	return cmd
}

// custodyReport is what became of a file. Its JSON is part of the command line's
// contract.
type custodyReport struct {
	Rows    int `json:"rows"` // read, good and bad
	New     int `json:"new"`
	Changed int `json:"changed"`
	Same    int `json:"same"`
	// People is how many there are in all by the file's own word, 0 when it does
	// not say: more than Rows when it is one page of several.
	People   int              `json:"people"`
	Refused  []model.RowError `json:"refused"`  // rows left out
	Warnings []model.RowError `json:"warnings"` // fields left out
}

// custodyImport is one import under way.
type custodyImport struct {
	ctx     context.Context
	session *store.Session
	known   map[string]model.PersonID // by prison number, former ones too
	report  custodyReport
}

// importCustody writes what is new of each row in a transaction of its own, so
// that what was read stays when the file breaks off.
func importCustody(ctx context.Context, session *store.Session, file io.Reader, now func() time.Time) (custodyReport, error) {
	in := custodyImport{ctx: ctx, session: session, known: make(map[string]model.PersonID)}
	in.report.Refused, in.report.Warnings = []model.RowError{}, []model.RowError{}
	if err := mayImport(session.Actor()); err != nil {
		return in.report, err
	}
	for _, row := range session.Rows() {
		for _, number := range append([]string{row.Prison}, row.Former...) {
			in.known[number] = row.ID
		}
	}
	reader := model.NewCustodyReader(file, model.DayOf(now()))
	for {
		row, err := reader.Next()
		in.report.Rows, in.report.People = reader.Rows(), reader.Total()
		var refused *model.RowError
		switch {
		case errors.Is(err, io.EOF):
			return in.report, nil
		case errors.As(err, &refused):
			in.report.Refused = append(in.report.Refused, *refused)
		case err != nil:
			return in.report, err
		default:
			if err := in.take(&row); err != nil {
				return in.report, err
			}
		}
	}
}

// mayImport asks for all the rights an import needs before it begins: half a
// person is worse than none.
func mayImport(actor model.Actor) error {
	for _, c := range []model.Change{
		&model.PersonNumbered{Scheme: model.SchemePrison}, &model.PersonNamed{}, &model.PersonBorn{}, &model.StaySet{},
		&model.LocationSet{}, &model.ReleaseSet{}, &model.AlertSet{}, &model.PersonRestricted{},
	} {
		if err := model.Allow(actor, c, nil); err != nil {
			return model.Forbidden("Your role may not import people.", "Reception and offender management do.")
		}
	}
	return nil
}

// take writes one row. What the store refuses for its content is listed like a
// bad row; anything else ends the import.
func (in *custodyImport) take(row *model.CustodyRow) error {
	in.report.Warnings = append(in.report.Warnings, row.Warnings...)
	id, isKnown := in.known[string(row.Number)]
	if !isKnown {
		var err error
		if id, err = in.session.NewPerson(string(row.Number)); err != nil {
			return err
		}
	}
	record, isNew, err := in.record(id)
	if err != nil {
		return err
	}
	news, kept := row.Diff(record)
	in.report.Warnings = append(in.report.Warnings, kept...)
	if len(news) == 0 {
		in.report.Same++
		return nil
	}
	err = in.session.Do(in.ctx, model.Write{Person: id, Changes: news})
	switch kind := model.KindOf(err); {
	case err == nil && isNew:
		in.report.New++
	case err == nil:
		in.report.Changed++
	case kind == model.KindInvalid || kind == model.KindConflict:
		in.report.Refused = append(in.report.Refused, model.RowError{Row: row.Row, Reason: sentenceOf(err)})
	default:
		return err
	}
	return nil
}

func (in *custodyImport) record(id model.PersonID) (r *model.Record, isNew bool, err error) {
	r, err = in.session.Get(in.ctx, id)
	if model.KindOf(err) == model.KindNotFound {
		return model.NewRecord(id, in.session.Actor().Role.Compartments()), true, nil
	}
	return r, false, err
}

func sentenceOf(err error) string {
	var known *model.Error
	if errors.As(err, &known) {
		return known.Msg
	}
	return "This row could not be kept."
}

// verdict is what the command ends with: the reason the file broke off, or that
// rows were left out.
func (r *custodyReport) verdict(broke error) error {
	var known *model.Error
	switch {
	case errors.As(broke, &known):
		return &model.Error{Kind: known.Kind, Msg: known.Msg, Hint: fmt.Sprintf("%d people before it are kept. %s", r.New+r.Changed+r.Same, known.Hint), Err: known.Err}
	case broke != nil:
		return broke
	case len(r.Refused) > 0:
		return model.Invalid(fmt.Sprintf("%d of %d rows were left out.", len(r.Refused), r.Rows), "The others are kept.")
	}
	return nil
}

func (r *custodyReport) lines(w io.Writer) {
	for i := range r.Refused {
		line(w, "Left out. %s", r.Refused[i].Error())
	}
	for i := range r.Warnings {
		line(w, "Warning. %s", r.Warnings[i].Error())
	}
	line(w, "%d rows: %d people new, %d changed, %d as before, %d left out.", r.Rows, r.New, r.Changed, r.Same, len(r.Refused))
	if r.People > r.Rows {
		line(w, "The file is one page of several: it holds %d of %d people.", r.Rows, r.People)
	}
}
