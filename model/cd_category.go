package model

import "strings"

// CDCategory is the controlled-drug category that dm+d gives a generic product
// (CATCD): four digits, "" where the list does not say.
type CDCategory string

// cdCategories are the categories of dm+d and the schedules they stand for.
// Public copies of the list disagree on 0008 and 0009: one calls the anabolic
// steroids part 1 and the benzodiazepines part 2. NICE's BNF and the Misuse of
// Drugs Regulations 2001 have the benzodiazepines in schedule 4 part 1, and so
// has this table.
var cdCategories = map[CDCategory]Schedule{
	"0000": ScheduleNone,
	"0001": Schedule2, // schedule 1, which needs a licence: the strictest this program supplies under
	"0002": Schedule2,
	"0003": Schedule2, // exempt from safe custody
	"0004": Schedule3,
	"0005": Schedule3, // exempt from safe custody
	"0006": Schedule3, // phenobarbital
	"0007": Schedule3, // temazepam
	"0008": Schedule4Part2,
	"0009": Schedule4Part1,
	"0010": Schedule5,
}

// ParseCDCategory reads a category; noughts that a spreadsheet took from its
// beginning are put back. "" is no category.
func ParseCDCategory(s string) (CDCategory, bool) {
	if s == "" {
		return "", true
	}
	if len(s) < 4 {
		s = strings.Repeat("0", 4-len(s)) + s
	}
	_, known := cdCategories[CDCategory(s)]
	return CDCategory(s), known
}

// Schedule is the schedule the category stands for, ScheduleByTable for none.
func (c CDCategory) Schedule() Schedule { return cdCategories[c] }
