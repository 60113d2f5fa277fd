package tui

import (
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/throughgate/throughgate/model"
	"github.com/throughgate/throughgate/tui/part"
)

// triageScreen names the page, for coming back to it.
const triageScreen = "triage"

// triage answers for every medicine that cannot wait what is done about it. The
// shared list says only that it is done.
type triage struct {
	healthPage
	columns *part.Columns
	flags   []model.CriticalFlag
}

func newTriage(e *env, id model.PersonID) *triage {
	s := &triage{healthPage: newHealthPage(e, triageScreen, id, 5), columns: part.NewColumns(
		part.Column{Title: "what cannot wait", Width: 34}, part.Column{Title: "what is done", Flex: 1, Width: 24},
	)}
	s.list.Empty = "Nothing on the list is of those that cannot wait. If that is right, mark the triage as done on the rescue list."
	return s
}

// Title implements Screen.
func (*triage) Title() string { return "Triage" }

// Load implements Screen.
func (s *triage) Load() tea.Cmd { return s.read(s) }

// Update implements Screen.
func (s *triage) Update(msg tea.Msg) tea.Cmd {
	answer, ok := msg.(recordMsg)
	if !ok {
		return s.update(msg)
	}
	s.record = answer.record
	s.flags = s.record.CriticalFlags(s.record.Health.CurrentMedicines())
	rows := make([]pageRow, len(s.flags))
	for i, flag := range s.flags {
		rows[i] = pageRow{id: flag.ID, cells: s.cells(flag)}
	}
	s.list.SetRows(rowsOf(s.env.theme, rows, s.columns))
	return nil
}

func (s *triage) cells(flag model.CriticalFlag) []part.Cell {
	t, what := s.env.theme, flag.What
	if what == "" {
		what = flag.Class.Words()
	}
	have, is := s.record.Triaged(flag.ID)
	if !is {
		return []part.Cell{{Text: what}, {Text: "Not answered yet", Style: t.Danger}}
	}
	return []part.Cell{{Text: what}, {Text: have.Outcome.Words(), Style: t.Good}}
}

func (s *triage) flag() (model.CriticalFlag, bool) {
	for _, flag := range s.flags {
		if flag.ID == s.selected() {
			return flag, true
		}
	}
	return model.CriticalFlag{}, false
}

// Actions implements Screen.
func (s *triage) Actions() []Action {
	if s.record == nil {
		return moving()
	}
	e, r := s.env, s.record
	flag, found := s.flag()
	none, over, frozen := "", "", ""
	if !found {
		none = s.env.nothingHere()
	}
	if !r.Shared.Rescue.Running() {
		over = "There is no rescue list running for this person."
	}
	if _, is := r.Health.FrozenOf(r.Shared.Rescue.Known); is {
		frozen = "The list is frozen already."
	}
	return append([]Action{
		{Key: part.KeyEnter, Name: "answer", Row: onRow, Says: "Say what is done about the medicine under the cursor.", Disabled: either(none, over, e.allow(r, &model.TriageSet{})), Run: func() tea.Cmd { return open(newTriageForm(e, r, flag)) }},
		{Key: "f", Name: "freeze", Says: "Keep the medicines list as it stands now, for good.", Disabled: either(over, frozen, e.allow(r, &model.MedicinesFrozen{})), Run: func() tea.Cmd {
			return s.do(s, "The list is frozen.", model.FreezeList(r))
		}},
		{Key: "o", Name: "court pack", Word: "pack", Says: "Read the court pack: medicines, practice, telephone numbers.", Run: func() tea.Cmd { return open(newCourtPack(e, s.id, e.today())) }},
		back(),
	}, moving()...)
}

// head says whether the list is frozen, and what the freezing found.
func (s *triage) head(width int) []string {
	t, h := s.env.theme, s.record.Health
	frozen, is := h.FrozenOf(s.record.Shared.Rescue.Known)
	words := telling{"The list is not frozen yet. The first answer freezes it.", t.Warn}
	if is {
		words = telling{"List frozen by " + s.env.by(frozen.By.Staff, frozen.By.At) + ": " + plural(len(frozen.Medicines), "medicine", "medicines") + ". " + s.reconciledWords(frozen), t.Text}
	}
	rest := telling{"Every answer is given.", t.Good}
	if n := s.record.Untriaged(); n > 0 {
		rest = telling{plural(n, "answer is", "answers are") + " still to be given.", t.Danger}
	}
	return append(wrapped(width, 4, words, rest), "")
}

func (s *triage) reconciledWords(f model.Frozen) string {
	by := f.Reconciled.By
	switch {
	case by.IsZero():
		return "It was never reconciled."
	case f.Reconciled.List != f.List:
		return "It had changed since it was reconciled by " + s.env.by(by.Staff, by.At) + "."
	}
	return "Reconciled by " + s.env.by(by.Staff, by.At) + "."
}

// detail is the flag under the cursor with its answer, and the frozen list.
func (s *triage) detail(int) []telling {
	t := s.env.theme
	var out []telling
	if flag, found := s.flag(); found {
		out = append(out, telling{flag.Words() + ".", t.Title})
		if have, is := s.record.Triaged(flag.ID); is {
			words := have.Outcome.Words() + ", " + s.env.by(have.By.Staff, have.By.At) + "."
			if have.Note != "" {
				words += " " + have.Note
			}
			out = append(out, telling{words, t.Text})
		}
	}
	if frozen, is := s.record.Health.FrozenOf(s.record.Shared.Rescue.Known); is {
		var names []string
		for _, m := range frozen.Medicines {
			names = append(names, m.What())
		}
		out = append(out, telling{"Frozen: " + strings.Join(names, "; ") + ".", t.Muted})
	}
	return out
}

// View implements Screen.
func (s *triage) View(width, height int) string {
	if s.record == nil {
		return ""
	}
	return s.layOut(width, height, s.head, s.detail)
}

// Speak implements Screen.
func (s *triage) Speak() Speech {
	if s.record == nil {
		return Speech{}
	}
	return Speech{Head: spoken(s.head(part.Whole)), Names: s.columns.Names(), List: s.list, Detail: func() []string { return told(s.detail(part.Whole)) }}
}
