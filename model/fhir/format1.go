package fhir

import (
	"strings"
	"time"

	"github.com/throughgate/throughgate/model"
)

// dataOf is the letter in parts. A letter of format 1 has only words: of those
// the person's date of birth, sex and numbers can be read back, and nothing
// clinical is.
func dataOf(l model.Letter) model.LetterData {
	if l.Data != nil {
		return *l.Data
	}
	data := model.LetterData{Born: bornOf(l.Person.Born)}
	if number, err := model.ParseNHSNumber(l.Person.NHS); err == nil {
		data.NHS.Value = string(number)
	}
	for _, status := range model.TraceStatuses() {
		if status.Words() == l.Person.NHSStatus {
			data.NHS.Status = status
		}
	}
	if number, err := model.ParsePrisonNumber(l.Person.Prison); err == nil {
		data.Prison = string(number)
	}
	demographics, _ := l.Section(model.HeadingDemographics)
	for _, line := range demographics.Lines {
		if words, is := strings.CutPrefix(line, "Sex: "); is {
			data.Sex, _ = model.ParseSex(words)
		}
	}
	return data
}

// bornOf reads what PartialDate.String wrote.
func bornOf(words string) model.PartialDate {
	for layout, wire := range map[string]string{"02-Jan-2006": time.DateOnly, "Jan-2006": "2006-01", "2006": "2006"} {
		if t, err := time.Parse(layout, words); err == nil {
			born, err := model.ParsePartialDate(t.Format(wire))
			if err == nil {
				return born
			}
		}
	}
	return model.PartialDate{}
}
