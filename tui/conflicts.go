package tui

import (
	"context"
	"slices"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/throughgate/throughgate/model"
	"github.com/throughgate/throughgate/tui/part"
)

// conflicts lists what people wrote without having seen each other's write.
type conflicts struct {
	asker
	env   *env
	of    model.PersonID // of one person alone, when set
	list  *part.List
	found []model.PersonConflict
	read  bool
}

type conflictsMsg struct{ found []model.PersonConflict }

func newConflicts(e *env) *conflicts {
	s := &conflicts{env: e, list: part.NewList(e.theme)}
	s.list.Empty = "No conflicts: nobody has overwritten what they had not seen."
	return s
}

// newConflictsOf lists those of one person.
func newConflictsOf(e *env, id model.PersonID) *conflicts {
	s := newConflicts(e)
	s.of = id
	return s
}

// Title implements Screen.
func (*conflicts) Title() string { return "Conflicts" }

// Load implements Screen. What may be clinical comes first.
func (s *conflicts) Load() tea.Cmd {
	return s.load(s, func() (tea.Msg, error) {
		all, err := s.env.Conflicts(context.Background())
		found := make([]model.PersonConflict, 0, len(all))
		for _, c := range all {
			if s.of == (model.PersonID{}) || c.Row.ID == s.of {
				found = append(found, c)
			}
		}
		slices.SortStableFunc(found, func(a, b model.PersonConflict) int { return rank(a) - rank(b) })
		return conflictsMsg{found}, err
	})
}

func rank(c model.PersonConflict) int {
	if c.Conflict.Clinical() {
		return 0
	}
	return 1
}

// Update implements Screen.
func (s *conflicts) Update(msg tea.Msg) tea.Cmd {
	if opening, ok := msg.(openMsg); ok {
		return open(opening.screen)
	}
	answer, ok := msg.(conflictsMsg)
	if !ok {
		return s.list.Update(msg)
	}
	settled := len(s.found) > 0 && len(answer.found) == 0
	s.found, s.read = answer.found, true
	s.list.SetRows(part.Rows{
		Len:  len(s.found),
		ID:   func(i int) string { return s.found[i].Row.ID.String() + s.found[i].Conflict.Slot },
		Line: s.line,
	})
	if settled && s.of != (model.PersonID{}) {
		return func() tea.Msg { return closeMsg{"Settled. Nothing of this person's is in conflict any more.", s} }
	}
	return nil
}

func (s *conflicts) line(i, width int) part.Line {
	c := s.found[i]
	kind := part.Fragment{Text: slotWords(c.Conflict.Slot)}
	if c.Conflict.Clinical() {
		kind = part.Fragment{Text: "CHECK NOW: " + slotWords(c.Conflict.Slot), Style: s.env.theme.Danger}
	}
	return part.SidesLine(width, part.Sides{
		Left:  []part.Fragment{{Text: orDash(c.Row.Prison)}, {Text: orNot(c.Row.Name)}},
		Right: []part.Fragment{kind, {Text: plural(len(c.Conflict.Heads), "value", "values")}},
	})
}

// slots are the words for what can be written twice.
var slots = map[string]string{
	"name": "Name", "born": "Date of birth", "stay": "Stay", "location": "Location", "release": "Release date",
	"restricted": "Restriction", "hold": "Hold by custody", "registration": "GP registration", "allergies": "Allergies", "contact": "Contact details",
	"medicines/reconciled": "Medicines reconciled", "medicines/compared": "Medicines compared", "possession": "In possession", "ost": "Opioid substitution", "naloxone": "Naloxone", "number/nhs": "NHS number", "number/prison": "Prison number",
}

// slotFamilies are the words for slots of which there are many.
var slotFamilies = []struct{ prefix, words string }{
	{"supply/", "Medicine supply"}, {"medicine/", "Medicine"}, {"consent/", "Consent"}, {"letter/", "Letter"},
	{"alert/", "Alert"}, {"bag/", "Bag of medicines"}, {"gate/bag/", "Second signature at the gate"}, {"gate/alone/", "Bag on one signature"}, {"counted/", "Medicine in possession"}, {"depot/", "Next injection"}, {"witness/", "Second signature"}, {"number/", "Number"}, {"glass/", "Review of an override"},
	{"appointment/", "Appointment"}, {"result/", "Test or referral"}, {"prevention/", "Vaccine, test or review"},
}

// slotWords says in words what was written twice.
func slotWords(slot string) string {
	for _, facts := range model.Checklist() {
		if slot == itemForm+string(facts.ID) {
			return facts.Name
		}
	}
	if w, known := slots[slot]; known {
		return w
	}
	for _, family := range slotFamilies {
		if trimPrefix(slot, family.prefix) != "" {
			return family.words
		}
	}
	return slot
}

// Actions implements Screen.
func (s *conflicts) Actions() []Action {
	none := ""
	if s.list.Index() < 0 {
		none = "There is no conflict under the cursor."
	}
	actions := []Action{
		{Key: part.KeyEnter, Name: "settle", Row: onRow, Says: "See the values one below the other and say which one holds.", Disabled: none, Run: s.openSettle},
		{Key: "p", Name: "person", Row: onRow, Says: "Open the person.", Disabled: none, Run: func() tea.Cmd {
			return open(newPerson(s.env, s.found[s.list.Index()].Row.ID))
		}},
	}
	return append(append(actions, back()), moving()...)
}

// Speak implements Screen.
func (s *conflicts) Speak() Speech {
	if !s.read {
		return Speech{}
	}
	return Speech{Names: []string{"number", "name", "what is in conflict", "values"}, List: s.list}
}

// View implements Screen.
func (s *conflicts) View(width, height int) string {
	if !s.read {
		return ""
	}
	return s.list.View(width, height)
}
