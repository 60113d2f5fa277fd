package model

import "fmt"

// MemoryDays is for how long a refusal is remembered. Lists open again.
const MemoryDays = 90

// PracticeMemory is what practices said to this prison of late, put together
// from the registrations of everybody. It tells of practices and of nobody: how
// many people, never who.
type PracticeMemory map[ODSCode]PracticeWord

// PracticeWord is what one practice said in the last MemoryDays.
type PracticeWord struct {
	Refused  int // people
	Accepted int // people
	Last     RegistrationState
	LastDay  Day
}

// Add takes in one person's registration.
func (m PracticeMemory) Add(reg Registration, today Day) {
	refused, accepted := map[ODSCode]bool{}, map[ODSCode]bool{}
	var code ODSCode
	for _, step := range reg.Steps {
		if !step.Practice.IsZero() {
			code = step.Practice.Code
		}
		if code == "" || step.Day <= today-MemoryDays || step.Day > today {
			continue
		}
		switch step.State {
		case RegRejected, RegListClosed, RegOutOfArea:
			refused[code] = true
		case RegAccepted:
			accepted[code] = true
		default:
			continue
		}
		word := m[code]
		if step.Day >= word.LastDay {
			word.Last, word.LastDay = step.State, step.Day
		}
		m[code] = word
	}
	for code := range refused {
		word := m[code]
		word.Refused++
		m[code] = word
	}
	for code := range accepted {
		word := m[code]
		word.Accepted++
		m[code] = word
	}
}

// Behind tells whether a practice is better asked after others: the last it said
// was no, on a ground that is about itself and not about where one person lives.
// Nobody is kept from asking it.
func (w PracticeWord) Behind() bool { return w.Last == RegListClosed || w.Last == RegRejected }

// Words says what it said: "refused 2 people in the last 90 days, list closed
// 12-Nov-2026"; "" when it refused nobody.
func (w PracticeWord) Words() string {
	switch {
	case w.Refused == 0:
		return ""
	case w.Refused == 1:
		return fmt.Sprintf("refused 1 person in the last %d days, %s %s", MemoryDays, w.last(), w.LastDay)
	}
	return fmt.Sprintf("refused %d people in the last %d days, %s %s", w.Refused, MemoryDays, w.last(), w.LastDay)
}

// Short is Words in a few letters, for a line of a list: "refused 2, list closed
// 12-Nov".
func (w PracticeWord) Short() string {
	if w.Refused == 0 {
		return ""
	}
	_, month, day := w.LastDay.Date()
	return fmt.Sprintf("refused %d, %s %d-%s", w.Refused, w.last(), day, month.String()[:3])
}

func (w PracticeWord) last() string { return refusalWords(w.Last) }

// RefusalWords says what a practice said when it refused, and when, as short as a
// list needs it: "out of area 12-Nov".
func (s RegistrationStep) RefusalWords() string {
	_, month, day := s.Day.Date()
	return fmt.Sprintf("%s %d-%s", refusalWords(s.State), day, month.String()[:3])
}

func refusalWords(s RegistrationState) string {
	switch s {
	case RegListClosed:
		return "list closed"
	case RegOutOfArea:
		return "out of area"
	case RegAccepted:
		return "accepted one since"
	}
	return "another reason"
}
