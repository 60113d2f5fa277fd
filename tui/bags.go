package tui

import (
	"fmt"
	"slices"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/throughgate/throughgate/model"
	"github.com/throughgate/throughgate/tui/part"
)

// bags is the person's bags of medicines: where each is for everybody, what is in
// it for healthcare alone.
type bags struct {
	healthPage
	columns *part.Columns
	late    []string // bags that must go back, worked out when the record comes
}

// The names of the screen and its forms, for coming back to them.
const (
	bagsScreen  = "bags"
	bagForm     = "bag-given"
	returnForm  = "bag-return"
	witnessForm = "bag-witness"
)

func newBags(e *env, id model.PersonID) *bags {
	return &bags{healthPage: newHealthPage(e, bagsScreen, id, 4), columns: part.NewColumns(
		part.Column{Title: "bag", Width: 16}, part.Column{Title: "state", Width: 22}, part.Column{Title: "by", Flex: 1, Width: 30},
	)}
}

// Title implements Screen.
func (*bags) Title() string { return "Bags of medicines" }

// Load implements Screen.
func (s *bags) Load() tea.Cmd {
	return s.readAny(s)
}

// Update implements Screen.
func (s *bags) Update(msg tea.Msg) tea.Cmd {
	answer, ok := msg.(recordMsg)
	if !ok {
		return s.update(msg)
	}
	s.record = answer.record
	s.late = s.record.BagsToReturn()
	t := s.env.theme
	var rows []pageRow
	for _, b := range s.record.Shared.BagList() {
		words, style := b.State.Words(), t.Text
		switch {
		case slices.Contains(s.late, b.Number):
			words, style = "BACK TO PHARMACY", t.Danger
		case b.State == model.BagHanded:
			style = t.Good
		}
		rows = append(rows, pageRow{id: model.BagKey(b.Number), cells: []part.Cell{{Text: b.Number}, {Text: words, Style: style}, {Text: s.env.by(b.By.Staff, b.By.At)}}})
	}
	s.list.Empty = "No bag is packed for this person."
	s.list.SetRows(rowsOf(t, rows, s.columns))
	return nil
}

// bag is the one under the cursor.
func (s *bags) bag() (model.Bag, bool) {
	b, found := s.record.Shared.Bags[s.selected()]
	return b, found
}

// Actions implements Screen.
func (s *bags) Actions() []Action {
	if s.record == nil {
		return moving()
	}
	e, r := s.env, s.record
	b, found := s.bag()
	none := ""
	if !found {
		none = "There is no bag under the cursor."
	}
	why, sign := either(none, s.whyNotSign(b)), func() tea.Cmd { return open(newWitnessForm(e, r, b)) }
	if b.State == model.BagHanded && b.Two {
		why, sign = whyNotWitness(e, r), func() tea.Cmd { return open(newSeenForm(e, r)) }
	}
	return append([]Action{
		{Key: part.KeyEnter, Name: "at the gate", Word: "give", Says: "Match a bag by the number on it, and record that it is handed over or refused.", Disabled: either(e.allow(r, &model.BagGiven{}), s.whyNotGive()), Run: func() tea.Cmd { return open(newBagForm(e, r)) }},
		{Key: "s", Name: "second signature", Word: "sign", Row: onRow, Says: "Sign as the second member of staff for what is in the bag under the cursor; for one that two people hand over, as the witness at the gate.", Disabled: why, Run: sign},
		{Key: "r", Name: "returned", Word: "return", Row: onRow, Says: "Record that the bag under the cursor is back at pharmacy.", Disabled: either(e.allow(r, &model.BagReturn{}), none, whyNotReturn(b)), Run: func() tea.Cmd { return open(newReturnForm(e, r, b)) }},
		back(),
	}, moving()...)
}

func (s *bags) whyNotGive() string {
	if len(s.record.Shared.WaitingBags()) == 0 {
		return "No bag waits to be handed over."
	}
	return ""
}

func whyNotReturn(b model.Bag) string {
	switch b.State {
	case model.BagReturned:
		return "This bag is back at pharmacy already."
	case model.BagHanded:
		return "This bag was handed to the person."
	}
	return ""
}

func (s *bags) whyNotSign(b model.Bag) string {
	h := s.record.Health
	if h == nil {
		return heldByHealthcare + "."
	}
	if why := s.env.allow(s.record, &model.SupplyWitnessed{Bag: b.Number}); why != "" {
		return why
	}
	switch {
	case !b.State.Waits() || slices.Contains(s.late, b.Number):
		return "This bag is not to be handed over."
	case h.BagWitnessed(b.Number):
		return "Somebody has signed a second time already."
	}
	return ""
}

// View implements Screen.
func (s *bags) View(width, height int) string {
	if s.record == nil {
		return ""
	}
	return s.layOut(width, height, s.head, s.detail)
}

// Speak implements Screen.
func (s *bags) Speak() Speech {
	if s.record == nil {
		return Speech{}
	}
	return Speech{Head: spoken(s.head(part.Whole)), Names: s.columns.Names(), List: s.list, Detail: func() []string { return told(s.detail(part.Whole)) }}
}

func (s *bags) head(width int) []string {
	t, waiting := s.env.theme, len(s.record.Shared.WaitingBags())
	words, style := plural(waiting, "bag waits", "bags wait")+" to be handed over.", t.Title
	lines := wrapped(width, 1, telling{words, style})
	if len(s.late) > 0 {
		lines = append(lines, wrapped(width, 2, telling{"BACK TO PHARMACY: bag " + strings.Join(s.late, ", ") + ". Do not hand it over.", t.Danger})...)
	}
	return append(lines, wrapped(width, 2, telling{"Type the number from the bag itself at the gate. What is inside is healthcare's.", t.Muted})...)
}

// detail is what became of the bag under the cursor, and for healthcare what is
// in it.
func (s *bags) detail(int) []telling {
	t := s.env.theme
	b, found := s.bag()
	if !found {
		return nil
	}
	words := "Packed by " + s.env.by(b.Packer.Staff, b.Packer.At) + "."
	if !b.Checker.IsZero() {
		words += " Checked by " + s.env.by(b.Checker.Staff, b.Checker.At) + "."
	}
	switch {
	case b.State == model.BagHanded:
		words += " Handed over by " + s.env.by(b.By.Staff, b.By.At) + "; the person " + b.Signature + "."
	case b.Reason != "":
		words += " " + b.State.Words() + ": " + b.Reason + "."
	}
	return append([]telling{{words + twoWords(s.env, b), t.Text}}, s.contents(b)...)
}

func (s *bags) contents(b model.Bag) []telling {
	t, h := s.env.theme, s.record.Health
	if h == nil {
		return []telling{{"Inside: " + heldByHealthcare + ".", t.Muted}}
	}
	var inside []string
	for _, line := range h.BagLines(b.Number) {
		inside = append(inside, contentWords(line))
	}
	if len(inside) == 0 {
		return []telling{{"Nothing that is decided now is in it.", t.Warn}}
	}
	out := []telling{{"Inside: " + strings.Join(inside, "; ") + ".", t.Text}}
	if slices.Contains(h.BagsToWitness(true), b.Number) {
		out = append(out, telling{"A controlled drug is in it: a second member of staff signs " + s.env.with("s", "sign") + ".", t.Danger})
	}
	return out
}

func contentWords(line model.SupplyLine) string {
	words := line.Medicine.What() + " " + line.Supply.Amount(line.Medicine.CD())
	if line.Out.Register != "" {
		words += fmt.Sprintf(" (register %s)", line.Out.Register)
	}
	return words
}
