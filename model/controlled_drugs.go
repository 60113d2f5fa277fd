package model

import "strings"

// Schedule is a medicine's place in the schedules of the Misuse of Drugs
// Regulations 2001.
type Schedule string

// The schedules with medicines in them. "none" is a deliberate answer; the
// empty value means that nobody chose and the table below decides.
const (
	ScheduleByTable Schedule = ""
	ScheduleNone    Schedule = "none"
	Schedule2       Schedule = "2"
	Schedule3       Schedule = "3"
	Schedule4Part1  Schedule = "4-1"
	Schedule4Part2  Schedule = "4-2"
	Schedule5       Schedule = "5"
)

// Schedules lists them in the order a form shows them.
func Schedules() []Schedule {
	return []Schedule{ScheduleNone, Schedule2, Schedule3, Schedule4Part1, Schedule4Part2, Schedule5}
}

// Words returns the schedule as it is shown.
func (s Schedule) Words() string {
	switch s {
	case ScheduleNone:
		return "Not a controlled drug"
	case Schedule2, Schedule3, Schedule5:
		return "Controlled drug, schedule " + string(s)
	case Schedule4Part1:
		return "Controlled drug, schedule 4 part 1"
	case Schedule4Part2:
		return "Controlled drug, schedule 4 part 2"
	}
	return "Not chosen"
}

// FullRules tells whether a prescription needs the exact dose, form, strength
// and the total quantity in words (schedules 2 and 3).
func (s Schedule) FullRules() bool { return s == Schedule2 || s == Schedule3 }

// ThirtyDays tells whether more than 30 days' supply asks for a recorded
// clinical need (schedules 2, 3 and 4, as the Department of Health strongly
// recommends).
func (s Schedule) ThirtyDays() bool {
	return s.FullRules() || s == Schedule4Part1 || s == Schedule4Part2
}

// strictness orders schedules by how much they ask for.
func (s Schedule) strictness() int {
	switch s {
	case Schedule2:
		return 4
	case Schedule3:
		return 3
	case Schedule4Part1, Schedule4Part2:
		return 2
	case Schedule5:
		return 1
	}
	return 0
}

type scheduled struct {
	prefix   string // of a word of the name, in lower case
	schedule Schedule
	ost      bool // used as opioid substitution
}

// controlled is who is in which schedule: the substances prescribed in prisons,
// from schedules 2 to 5 of the Misuse of Drugs Regulations 2001 as amended
// (tramadol 2014; ketamine 2015; pregabalin and gabapentin 2019), and the brand
// names met most. Whoever adopts this program checks it against dm+d.
var controlled = []scheduled{
	{"methadone", Schedule2, true}, {"physeptone", Schedule2, true},
	{"morphine", Schedule2, false}, {"oramorph", Schedule2, false}, {"zomorph", Schedule2, false}, {"mst", Schedule2, false},
	{"diamorphine", Schedule2, false}, {"oxycodone", Schedule2, false}, {"oxycontin", Schedule2, false}, {"oxynorm", Schedule2, false},
	{"longtec", Schedule2, false}, {"shortec", Schedule2, false}, {"hydromorphone", Schedule2, false},
	{"fentanyl", Schedule2, false}, {"alfentanil", Schedule2, false}, {"remifentanil", Schedule2, false},
	{"pethidine", Schedule2, false}, {"tapentadol", Schedule2, false}, {"dipipanone", Schedule2, false},
	{"methylphenidate", Schedule2, false}, {"concerta", Schedule2, false}, {"xaggitin", Schedule2, false}, {"equasym", Schedule2, false},
	{"dexamfetamine", Schedule2, false}, {"lisdexamfetamine", Schedule2, false}, {"elvanse", Schedule2, false}, {"amfetamine", Schedule2, false},
	{"ketamine", Schedule2, false}, {"nabilone", Schedule2, false},

	{"buprenorphine", Schedule3, true}, {"subutex", Schedule3, true}, {"suboxone", Schedule3, true}, {"espranor", Schedule3, true},
	{"buvidal", Schedule3, true}, {"sublocade", Schedule3, true}, {"butec", Schedule3, false}, {"butrans", Schedule3, false},
	{"tramadol", Schedule3, false}, {"zydol", Schedule3, false}, {"gabapentin", Schedule3, false}, {"neurontin", Schedule3, false},
	{"pregabalin", Schedule3, false}, {"lyrica", Schedule3, false}, {"alzain", Schedule3, false},
	{"temazepam", Schedule3, false}, {"midazolam", Schedule3, false}, {"buccolam", Schedule3, false}, {"phenobarbital", Schedule3, false},
	{"pentazocine", Schedule3, false}, {"meprobamate", Schedule3, false},

	{"diazepam", Schedule4Part1, false}, {"lorazepam", Schedule4Part1, false}, {"clonazepam", Schedule4Part1, false},
	{"nitrazepam", Schedule4Part1, false}, {"chlordiazepoxide", Schedule4Part1, false}, {"oxazepam", Schedule4Part1, false},
	{"clobazam", Schedule4Part1, false}, {"alprazolam", Schedule4Part1, false}, {"lormetazepam", Schedule4Part1, false},
	{"loprazolam", Schedule4Part1, false}, {"zopiclone", Schedule4Part1, false}, {"zolpidem", Schedule4Part1, false},

	{"testosterone", Schedule4Part2, false}, {"nandrolone", Schedule4Part2, false}, {"somatropin", Schedule4Part2, false},

	{"codeine", Schedule5, false}, {"dihydrocodeine", Schedule5, false}, {"co-codamol", Schedule5, false},
	{"co-dydramol", Schedule5, false}, {"pholcodine", Schedule5, false},
}

// ScheduleOf looks a medicine up by its name as prescribed and its strength, and
// returns ScheduleNone when the table has none of its words. Oral morphine of
// 10 mg in 5 ml is weak enough for schedule 5.
func ScheduleOf(name, strength string) Schedule {
	row, ok := findControlled(name)
	if !ok {
		return ScheduleNone
	}
	text := strings.ReplaceAll(strings.ToLower(name+" "+strength), " ", "")
	if (row.prefix == "morphine" || row.prefix == "oramorph") && strings.Contains(text, "10mg/5ml") {
		return Schedule5
	}
	return row.schedule
}

// IsOpioidSubstitute tells whether the medicine is of those given as opioid
// substitution treatment, whose supply has rules of its own.
func IsOpioidSubstitute(name string) bool {
	row, ok := findControlled(name)
	return ok && row.ost
}

// findControlled takes the strictest row of any word: a name can hold two
// substances.
func findControlled(name string) (found scheduled, ok bool) {
	for _, word := range strings.FieldsFunc(strings.ToLower(name), func(c rune) bool { return c == ' ' || c == '/' || c == '(' || c == ',' }) {
		for _, row := range controlled {
			if strings.HasPrefix(word, row.prefix) && (!ok || row.schedule.strictness() > found.schedule.strictness()) {
				found, ok = row, true
			}
		}
	}
	return found, ok
}
