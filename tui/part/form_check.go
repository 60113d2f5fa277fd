package part

import (
	"maps"
	"strings"

	tea "github.com/charmbracelet/bubbletea"
)

// submit checks every answer; the focus goes to the summary when there is a problem.
func (f *Form) submit() tea.Cmd {
	problems := map[string]string{}
	for _, q := range f.asked {
		if text := q.check(); text != "" {
			problems[q.Key] = text
		}
	}
	f.SetProblems(problems)
	if len(f.problems) > 0 || f.OnSubmit == nil {
		return nil
	}
	return f.OnSubmit(f.Values())
}

// check is what is wrong with the answer, in a sentence.
func (q *question) check() string {
	if q.control == nil || !q.shown {
		return ""
	}
	if text := q.control.trouble(); text != "" {
		return text
	}
	value := q.control.value()
	switch {
	case value == "" && !q.Optional:
		return q.missing()
	case value != "" && q.Check != nil:
		return q.Check(value)
	}
	return ""
}

// SetProblems shows problems by field key, as when something behind the form refused an answer.
// A problem whose field is not shown is listed without a place to go. Nil takes them all away.
func (f *Form) SetProblems(problems map[string]string) {
	rest := maps.Clone(problems)
	f.problems = nil
	for _, q := range f.asked {
		q.problem = ""
		if text := Clean(strings.TrimSpace(problems[q.Key])); text != "" && q.shown && q.control != nil {
			q.problem = text
			f.problems = append(f.problems, problem{q.Key, text})
			delete(rest, q.Key)
		}
	}
	for _, key := range sortedKeys(rest) {
		f.problems = append(f.problems, problem{key, Clean(rest[key])})
	}
	if len(f.problems) > 0 {
		f.goTo(stop{atProblem, f.problems[0].key})
		f.top = 0
	} else if f.focus.kind == atProblem {
		f.goTo(f.stops()[0])
	}
}
