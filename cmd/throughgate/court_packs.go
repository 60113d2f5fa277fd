package main

import (
	"io"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/throughgate/throughgate/cmd/internal/edge"
	"github.com/throughgate/throughgate/model"
)

func courtPacksCommand(d *data) *cobra.Command {
	who := signIn{data: d}
	var out output
	var on string
	cmd := &cobra.Command{
		Use:   "court-packs",
		Short: "Show what is needed of everybody who could be released at court",
		Long: "Show what is needed of everybody who is due at court and could be released there: medicines with what was decided for that case, what cannot wait, the letter's state, " +
			"consents, practice and telephone numbers. It is made of the records as they stand. Without --day it is about tomorrow. What your role may not read is left out. That you looked is written down.",
		Example: "  throughgate court-packs --day today --staff b.jones --passphrase-file pass.txt --json",
		Args:    cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			today := model.DayOf(time.Now())
			day, err := courtDay(on, today)
			if err != nil {
				return err
			}
			return who.with(cmd, func(session *signedIn) error {
				packs, err := courtPacksOf(cmd, session, day, today)
				if err != nil {
					return err
				}
				if err := session.Note(cmd.Context(), model.AccessExport, model.PersonID{}, len(packs.People)); err != nil {
					return err
				}
				return out.print(cmd, packs, packs.lines)
			})
		},
	}
	who.flags(cmd)
	out.flags(cmd)
	cmd.Flags().StringVar(&on, "day", "tomorrow", "the day at court: today, tomorrow, or a date such as 2026-11-24")
	return cmd
}

func courtDay(text string, today model.Day) (model.Day, error) {
	switch text {
	case "today":
		return today, nil
	case "tomorrow":
		return today + 1, nil
	}
	day, err := model.ParseISODay(text)
	if err != nil {
		return 0, edge.UsageError("--day must be today, tomorrow, or a date such as 2026-11-24", "")
	}
	return day, nil
}

// courtPackList is the packs of a day. Its JSON is part of the command line's
// contract.
type courtPackList struct {
	Day    model.Day         `json:"day"`
	People []model.CourtPack `json:"people"`
}

func courtPacksOf(cmd *cobra.Command, session *signedIn, day, today model.Day) (courtPackList, error) {
	site := session.desk.Site()
	facts := model.CourtFacts{
		Day: day, Name: staffNames(site),
		Prison: model.LetterPrison{Code: site.Site, Name: site.Name, Team: "healthcare", Address: addressOf(prisonHere(session.desk))},
	}
	list := courtPackList{Day: day, People: []model.CourtPack{}}
	for _, row := range model.DueAtCourt(session.Rows(), day, today) {
		record, err := session.Get(cmd.Context(), row.ID)
		if err != nil {
			return courtPackList{}, err
		}
		list.People = append(list.People, model.CourtPackOf(record, facts))
	}
	return list, nil
}

func (l courtPackList) lines(w io.Writer) {
	if len(l.People) == 0 {
		line(w, "Nobody who could be released is due at court on %s.", l.Day.Long())
		return
	}
	for i := range l.People {
		if i > 0 {
			line(w, "")
		}
		packLines(w, &l.People[i])
	}
}

func packLines(w io.Writer, p *model.CourtPack) {
	line(w, "%s\tBorn %s\t%s\tNHS No. %s", plain(p.Name), p.Born, p.Prison, orNotRecorded(p.NHS))
	line(w, "At court on %s\t%s", p.Day.Long(), plain(p.Court))
	if missing := p.Missing(); len(missing) > 0 {
		line(w, "The pack lacks: %s", strings.Join(missing, ", "))
	} else {
		line(w, "The pack is complete.")
	}
	for _, words := range p.Critical {
		line(w, "Cannot wait: %s", plain(words))
	}
	for _, part := range p.Parts {
		line(w, "%s: %s", part.Name, plain(part.Words))
	}
	if p.Held {
		line(w, "Medicines, allergies, practice and consents: %s", heldWords(model.Health))
	} else {
		line(w, "Medicines: %s", plain(p.List))
		for _, m := range p.Medicines {
			line(w, "  %s, %s. If released: %s", plain(m.What), plain(m.How), plain(m.Supply))
		}
		line(w, "Allergies: %s", plain(strings.Join(p.Allergies, "; ")))
		line(w, "GP: %s", plain(strings.Join(p.GP, ", ")))
		for _, c := range p.Consents {
			line(w, "%s: %s", c.Label, plain(c.Words))
		}
	}
	for _, p := range p.Phones {
		line(w, "Telephone, %s: %s", plain(p.Label), plain(p.Words))
	}
}
