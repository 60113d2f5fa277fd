package tui

import (
	"slices"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/throughgate/throughgate/model"
	"github.com/throughgate/throughgate/tui/part"
)

// auditFilter asks which entries of the audit are wanted.
type auditFilter struct {
	of   *audit
	form *part.Form
}

func newAuditFilter(of *audit) *auditFilter {
	e := of.env
	since, until := dateField(e, "since", "From which day?", ""), dateField(e, "until", "Up to which day?", "")
	since.Optional, until.Optional = true, true
	until.Hint = ""
	what := []part.Option{{Value: anything, Label: "Anything"}}
	for _, w := range model.AccessWhats() {
		what = append(what, part.Option{Value: string(w), Label: w.Words()})
	}
	s := &auditFilter{of: of, form: part.NewForm(e.theme, since, until,
		part.Field{Key: "staff", Label: "By whom?", Optional: true, Max: 40, Hint: "A staff id, such as a.khan."},
		part.Field{Key: "number", Label: "About whom?", Optional: true, Max: 20, Hint: "A prison number or an NHS number."},
		part.Field{Key: "what", Kind: part.ChoiceField, Label: "What was done?", Options: what},
	)}
	s.form.Button, s.form.Compact, s.form.OnSubmit = "Show", true, s.submit
	s.form.Restore(map[string]string{
		"since": of.asked.since.ISO(), "until": of.asked.until.ISO(), "staff": string(of.asked.filter.Staff), "number": of.asked.number,
		"what": orAnything(of.asked.filter.What),
	})
	return s
}

// anything is the answer that asks for every kind of entry.
const anything = "any"

func orAnything(what model.AccessWhat) string {
	if what == "" {
		return anything
	}
	return string(what)
}

func (s *auditFilter) submit(v part.Values) tea.Cmd {
	next, problems := s.read(v)
	if len(problems) > 0 {
		s.form.SetProblems(problems)
		return nil
	}
	s.of.listing = true
	s.of.ask(next)
	return tea.Sequence(closeScreen(""), func() tea.Msg { return nil })
}

// read turns the answers into what is asked.
func (s *auditFilter) read(v part.Values) (next auditAsked, problems map[string]string) {
	problems = make(map[string]string)
	var err error
	for key, to := range map[string]*model.Day{"since": &next.since, "until": &next.until} {
		if *to, err = model.ParseISODay(v[key]); err != nil {
			problems[key] = err.Error()
		}
	}
	if !next.until.IsZero() && next.until < next.since {
		problems["until"] = "This is before the first day."
	}
	if v["staff"] != "" {
		if next.filter.Staff, err = model.ParseStaffID(v["staff"]); err != nil {
			problems["staff"] = err.Error()
		}
	}
	if v["number"] != "" {
		row, found := rowOfNumber(s.of.env.Rows(), v["number"])
		if !found {
			problems["number"] = "Nobody here goes by this number."
		}
		next.filter.Person, next.number = row.ID, row.Prison
	}
	if v["what"] != anything {
		next.filter.What = model.AccessWhat(v["what"])
	}
	return next, problems
}

// rowOfNumber finds who goes by a prison number, one from before a merge
// included, or by an NHS number.
func rowOfNumber(rows []model.Row, typed string) (model.Row, bool) {
	prison, notPrison := model.ParsePrisonNumber(typed)
	nhs, notNHS := model.ParseNHSNumber(typed)
	for i := range rows {
		r := &rows[i]
		if notPrison == nil && (r.Prison == string(prison) || slices.Contains(r.Former, string(prison))) || notNHS == nil && r.NHS == string(nhs) {
			return *r, true
		}
	}
	return model.Row{}, false
}

// Title implements Screen.
func (*auditFilter) Title() string { return "Filter the audit" }

// Load implements Screen.
func (*auditFilter) Load() tea.Cmd { return nil }

// Actions implements Screen.
func (*auditFilter) Actions() []Action {
	return []Action{
		{Key: part.KeyTab, Name: "next", Says: "Go to the next question; Shift+Tab to the one before. Enter answers and goes on."},
		back(),
	}
}

// Typing implements Typist.
func (s *auditFilter) Typing() bool { return s.form.Typing() }

// Update implements Screen.
func (s *auditFilter) Update(msg tea.Msg) tea.Cmd { return s.form.Update(msg) }

// View implements Screen.
func (s *auditFilter) View(width, height int) string { return s.form.View(min(width, 76), height) }

// Speak implements Screen.
func (s *auditFilter) Speak() Speech { return Speech{Form: s.form} }
