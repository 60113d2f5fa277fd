package main

import (
	"io"
	"time"

	"github.com/spf13/cobra"

	"github.com/throughgate/throughgate/model"
)

func showCommand(d *data) *cobra.Command {
	who := signIn{data: d}
	var out output
	cmd := &cobra.Command{
		Use:   "show NUMBER",
		Short: "Show one person by prison number or NHS number",
		Long: "Show one person by prison number or NHS number: who they are, when they leave, what is missing and whose it is. " +
			"What your role may not read is left out and named. Due days are those of the settings, [due]. That you looked is written down.",
		Example: "  throughgate show A1234AA --staff a.khan --passphrase-file pass.txt --json",
		Args:    cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			due, err := d.dueDays()
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
				shown := personOf(record, row, due, model.DayOf(time.Now()))
				return out.print(cmd, shown, shown.lines)
			})
		},
	}
	who.flags(cmd)
	out.flags(cmd)
	return cmd
}

// person is one person as a document. Its JSON is part of the command line's
// contract; two desks that know the same write the same.
type person struct {
	personRow
	Checklist []checklistLine    `json:"checklist"`
	Record    *model.SharedPart  `json:"record"`
	Custody   *model.CustodyPart `json:"custody,omitempty"`
	Health    *model.HealthPart  `json:"health,omitempty"`
	Held      []string           `json:"held"` // parts this role may not read, in words
	Disputed  []string           `json:"disputed"`
}

type checklistLine struct {
	Item  string          `json:"item"`
	State model.ItemState `json:"state"`
	Words string          `json:"words"`
	Whose string          `json:"whose"`
	Due   model.Day       `json:"due"`
	Again model.Day       `json:"checkAgain"` // when a line that is done is to be looked at again; "" when it is not
	Note  string          `json:"note"`
}

func personOf(r *model.Record, row model.Row, t model.Timeline, today model.Day) person {
	r, row = r.On(today), row.On(today)
	p := person{personRow: personRowOf(&row, today), Record: &r.Shared, Custody: r.Custody, Health: r.Health, Held: []string{}, Disputed: []string{}}
	for _, c := range model.Compartments() {
		if !r.Holds(c) {
			p.Held = append(p.Held, heldWords(c))
		}
	}
	for _, c := range r.Conflicts() {
		p.Disputed = append(p.Disputed, c.Slot)
	}
	dates := t.Of(&r.Shared)
	for _, facts := range model.ChecklistFor(&r.Shared) {
		item := r.Shared.Item(facts.ID)
		entry := checklistLine{Item: facts.Name, State: item.State, Words: item.State.Words(), Whose: facts.Owners[0].Words(), Note: item.Note}
		entry.Due, entry.Again = dates.Due(&facts), r.Shared.CheckAgain(&facts)
		p.Checklist = append(p.Checklist, entry)
	}
	if r.Shared.Restricted {
		p.withhold()
	}
	return p
}

func heldWords(c model.Compartment) string {
	if c == model.Health {
		return "Held by healthcare"
	}
	return "Held by custody staff"
}

// withhold takes out what must not be shown or printed of a restricted person:
// address, telephone and practice (NHS Personal Demographics Service, security
// label R). The letter repeats none of them.
func (p *person) withhold() {
	record := *p.Record
	record.Release.Destination = ""
	p.Record = &record
	if p.Health != nil {
		p.Health = p.Health.WithoutPlaces()
	}
}

func (p person) lines(w io.Writer) {
	r := p.Record
	line(w, "%s\tBorn %s\t%s\t%s\t%s", plain(r.Name.OfficialFull()), r.Born, r.Sex.Words(), p.Prison, plain(p.Cell))
	nhs := r.Numbers[string(model.SchemeNHS)]
	line(w, "NHS No. %s\t%s\t%s", orNotRecorded(model.NHSNumber(nhs.Value).Spaced()), nhs.Status.Words(), p.marks())
	if p.Deceased {
		line(w, "Deceased %s", r.Deceased)
	}
	if p.Restricted {
		line(w, "Restricted: address, telephone and practice are withheld")
	}
	line(w, "\nRelease\t%s\t%s\t%s", r.Release.Day, orDash(r.Release.Time), p.Why)
	for _, i := range r.Instruction {
		line(w, "Needs now\t%s", plain(i.Text))
	}
	line(w, "")
	for _, c := range p.Checklist {
		line(w, "%s\t%s\t%s\tdue %s\t%s", c.Item, c.Words, c.Whose, c.Due, plain(c.Note))
	}
	p.healthLines(w)
	for _, slot := range p.Disputed {
		line(w, "\nIn conflict\t%s\tsettle it at a desk", slot)
	}
	for _, held := range p.Held {
		line(w, "\n%s", held)
	}
}

func (p person) healthLines(w io.Writer) {
	h := p.Health
	if h == nil {
		return
	}
	line(w, "\nAllergies\t%s", plain(h.Allergies.Words()))
	line(w, "GP registration\t%s\t%s", h.Registration.State.Words(), plain(h.Registration.Practice.Name))
	for _, m := range h.CurrentMedicines() {
		line(w, "Medicine\t%s\t%s\t%s", plain(m.What()), plain(m.How()), h.Supplies[m.ID].Route.Words())
	}
	if last, signed := h.LastLetter(); signed {
		line(w, "Letter\t%d signed\t%s", last.Number, last.By.Instant())
	}
}

func orNotRecorded(s string) string {
	if s == "" {
		return model.NotRecorded
	}
	return s
}
