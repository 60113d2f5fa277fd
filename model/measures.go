package model

import (
	"cmp"
	"slices"
)

// The measures say how well a prison lets people go, from what everybody at the
// desk may read: the shared lines of the checklist and when each was first done.
// So every role gets the same figures, and none of them says anything of one
// person. What they cannot know stands in what each of them says.

// MeasureID names a measure, for ever.
type MeasureID string

// The measures.
const (
	MeasureSupply     MeasureID = "supply"
	MeasureSigned     MeasureID = "letter-signed"
	MeasureDelivered  MeasureID = "letter-delivered"
	MeasureRegistered MeasureID = "registered"
	MeasureRescued    MeasureID = "rescued"
)

// Why somebody who left is not counted in a measure.
type Why string

// The reasons, in the order in which they are looked for.
const (
	WhyNotCare   Why = "not-care"    // died, escaped, or the record was merged
	WhyTemporary Why = "temporary"   // out for a day
	WhyElsewhere Why = "elsewhere"   // to hospital or out of the country, where the measure is about a GP
	WhyNotice    Why = "with-notice" // the measure is about releases without
	WhyRefused   Why = "refused"     // by the person
	WhyNotNeeded Why = "not-needed"
	WhyTooEarly  Why = "too-early" // there is still time
)

// Whys lists the reasons.
func Whys() []Why {
	return []Why{WhyNotCare, WhyTemporary, WhyElsewhere, WhyNotice, WhyRefused, WhyNotNeeded, WhyTooEarly}
}

// Words returns the reason as it is shown behind a number: "3 refused".
func (w Why) Words() string {
	switch w {
	case WhyNotCare:
		return "died, escaped or merged"
	case WhyTemporary:
		return "out for a day"
	case WhyElsewhere:
		return "to hospital or abroad"
	case WhyNotice:
		return "released with notice"
	case WhyRefused:
		return "refused by the person"
	case WhyNotNeeded:
		return "not needed"
	case WhyTooEarly:
		return "too early to say"
	}
	return string(w)
}

// MeasureFacts is a measure as a table row.
type MeasureFacts struct {
	ID     MeasureID
	Name   string
	Says   string // what counts, and what it cannot know
	Source string
	line   ItemID                   // by which somebody may have refused, or not need it
	counts func(ReleaseClass) Why   // why a release of this class is not counted; "" when it is
	due    func(*Departure) Instant // until when it can be met
	met    func(d *Departure) bool
}

var measures = []MeasureFacts{
	{
		ID: MeasureSupply, Name: "Medicines or prescription at release",
		Says:   "All medicines packed or their prescription sent before the person left: 7 days, or fewer for a recorded reason. Who takes none counts as met.",
		Source: "NICE QS156 statement 5: at least 7 days' prescribed medicines or an FP10",
		line:   ItemMedicines, counts: withSupply, due: atGateOf, met: doneInTime(ItemMedicines, atGateOf),
	},
	{
		ID: MeasureSigned, Name: "Letter signed by the day of release",
		Says:   "The discharge letter was signed on the day the person left, or before.",
		Source: "This program's own aim. The NHS Standard Contract asks for 24 hours",
		line:   ItemLetter, counts: intoCare, due: sameDay, met: doneInTime(ItemLetter, sameDay),
	},
	{
		ID: MeasureDelivered, Name: "Letter delivered the same day",
		Says:   "The practice had the letter on the day the person left.",
		Source: "This program's own aim. The NHS Standard Contract asks for 24 hours",
		line:   ItemLetterDelivered, counts: toGP, due: sameDay, met: doneInTime(ItemLetterDelivered, sameDay),
	},
	{
		ID: MeasureRegistered, Name: "Registered before release",
		Says:   "A practice outside had accepted the person, or kept them, before they left.",
		Source: "NICE NG57: help to register before release",
		line:   ItemGP, counts: toGP, due: atGateOf, met: doneInTime(ItemGP, atGateOf),
	},
	{
		ID: MeasureRescued, Name: "No-notice release rescued by next day",
		Says:   "Released without notice, and by the end of the next day a prescription and a letter were on their way, or the rescue list says why not. Weekends and bank holidays are days too.",
		Source: "This program's own aim: half of deaths after release fall in the first four days",
		line:   "", counts: noNotice, due: nextDay,
		met: func(d *Departure) bool {
			by := nextDay(d)
			supplied := d.doneBy(ItemMedicines, by) || d.doneBy(rescueOf(RescueSupply), by)
			return supplied && (d.doneBy(ItemLetter, by) || d.doneBy(rescueOf(RescueLetter), by))
		},
	},
}

// MeasureTable lists the measures in the order in which they are shown.
func MeasureTable() []MeasureFacts { return measures }

// FactsOfMeasure returns the row of a measure, an empty one where there is none.
func FactsOfMeasure(id MeasureID) MeasureFacts {
	for _, f := range measures {
		if f.ID == id {
			return f
		}
	}
	return MeasureFacts{}
}

func atGateOf(d *Departure) Instant { return d.At }
func sameDay(d *Departure) Instant  { return endOf(d.Day()) }
func nextDay(d *Departure) Instant  { return endOf(d.Day() + 1) }

func doneInTime(id ItemID, by func(*Departure) Instant) func(*Departure) bool {
	return func(d *Departure) bool { return d.doneBy(id, by(d)) }
}

// intoCare counts everybody whose care somebody takes over.
func intoCare(c ReleaseClass) Why {
	switch c {
	case ReleaseNotCare:
		return WhyNotCare
	case ReleaseTemporary:
		return WhyTemporary
	}
	return ""
}

func withSupply(c ReleaseClass) Why {
	if why := intoCare(c); why != "" || c.NeedsMedicines() {
		return why
	}
	return WhyElsewhere
}

func toGP(c ReleaseClass) Why {
	if why := intoCare(c); why != "" || c.NeedsGP() {
		return why
	}
	return WhyElsewhere
}

func noNotice(c ReleaseClass) Why {
	if why := intoCare(c); why != "" || c == ReleaseNoNotice {
		return why
	}
	return WhyNotice
}

// Figure is how many of how many, with who was left out and why.
type Figure struct {
	Met      int         `json:"met"`
	Of       int         `json:"of"`
	Excluded map[Why]int `json:"excluded,omitempty"`
	Hidden   bool        `json:"hidden,omitempty"` // too few to publish; the other fields are empty
}

// Percent is the share in whole percent, and false where nobody is counted.
// Nothing is rounded up to all, nor down to nothing.
func (f Figure) Percent() (int, bool) {
	if f.Of == 0 {
		return 0, false
	}
	share := (100*f.Met + f.Of/2) / f.Of
	if f.Met > 0 && f.Met < f.Of {
		share = min(max(share, 1), 99)
	}
	return share, true
}

func (f *Figure) add(facts *MeasureFacts, d *Departure, now Instant) {
	why := facts.counts(d.Class)
	met := why == "" && facts.met(d)
	switch {
	case why != "" || met:
	case d.Other[facts.line] == Refused:
		why = WhyRefused
	case d.Other[facts.line] == NotNeeded:
		why = WhyNotNeeded
	case now <= facts.due(d):
		why = WhyTooEarly
	}
	if why != "" {
		if f.Excluded == nil {
			f.Excluded = make(map[Why]int)
		}
		f.Excluded[why]++
		return
	}
	f.Of++
	if met {
		f.Met++
	}
}

// WeekFigure is a figure of one week.
type WeekFigure struct {
	Week   Week `json:"week"`
	Begins Day  `json:"begins"`
	Figure
}

// Measure is one measure over a period and week by week.
type Measure struct {
	ID   MeasureID `json:"measure"`
	Name string    `json:"name"`
	Figure
	Weeks []WeekFigure `json:"weeks"`
}

// OverdueLines is how many lines of the checklist are overdue now that one role
// owns, by the week in which each fell due.
type OverdueLines struct {
	Owner Role        `json:"owner"`
	Words string      `json:"words"`
	Lines int         `json:"lines"`
	Weeks []WeekLines `json:"weeks"`
}

// WeekLines is a number of lines of one week.
type WeekLines struct {
	Week  Week `json:"week"`
	Lines int  `json:"lines"`
}

// Measures is every measure of one site.
type Measures struct {
	From Day `json:"from"`
	To   Day `json:"to"`
	Left int `json:"left"` // releases in the period, whichever way
	// Published tells that small numbers are hidden: see Publishable.
	Published bool           `json:"published,omitempty"`
	Measures  []Measure      `json:"measures"`
	Overdue   []OverdueLines `json:"overdue"` // now, whatever the period
}

// MeasuresOf counts the releases of the days from and to, both included, of the
// people in the rows. Only what happened is counted: a release that is planned or
// was called off is not there. now is when it is asked: what can still be met by
// then counts neither way. What is overdue is so by the prison's own days.
func MeasuresOf(rows []Row, from, to Day, now Instant, t Timeline) Measures {
	out := Measures{From: from, To: to, Measures: make([]Measure, len(measures)), Overdue: []OverdueLines{}}
	first := WeekOf(from)
	for i := range measures {
		m := &out.Measures[i]
		m.ID, m.Name, m.Weeks = measures[i].ID, measures[i].Name, []WeekFigure{}
		for w := first; w.Monday() <= to; w += 7 {
			m.Weeks = append(m.Weeks, WeekFigure{Week: w, Begins: w.Monday()})
		}
	}
	for i := range rows {
		for j := range rows[i].Departures {
			d := &rows[i].Departures[j]
			day := d.Day()
			if day < from || day > to {
				continue
			}
			out.Left++
			for k := range measures {
				out.Measures[k].Figure.add(&measures[k], d, now)
				out.Measures[k].Weeks[(Day(WeekOf(day))-Day(first))/7].Figure.add(&measures[k], d, now)
			}
		}
	}
	out.Overdue = overdueLines(rows, t, DayOf(now.Time()))
	return out
}

// overdueLines counts what is overdue today: as many lines of each role as its
// worklist says are.
func overdueLines(rows []Row, t Timeline, today Day) []OverdueLines {
	type place struct {
		owner Role
		week  Week
	}
	const yesterday = -1
	count := make(map[place]int)
	for i := range rows {
		t.tasks(&rows[i], everything, today, yesterday, func(task Task) { count[place{task.Whose(), WeekOf(task.Due)}]++ })
	}
	out := []OverdueLines{}
	for _, role := range Roles() {
		o := OverdueLines{Owner: role, Words: role.Words(), Weeks: []WeekLines{}}
		for p, n := range count {
			if p.owner == role {
				o.Lines += n
				o.Weeks = append(o.Weeks, WeekLines{p.week, n})
			}
		}
		slices.SortFunc(o.Weeks, func(a, b WeekLines) int { return cmp.Compare(a.Week, b.Week) })
		if o.Lines > 0 {
			out = append(out, o)
		}
	}
	return out
}
