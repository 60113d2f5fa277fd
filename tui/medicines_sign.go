package tui

import (
	"context"
	"fmt"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/throughgate/throughgate/model"
	"github.com/throughgate/throughgate/tui/part"
)

// listSigning shows a prescriber the whole medicines list once more, what became
// of it since it was last signed and what is open, and signs exactly what it
// shows. What is being read does not change under the reader.
type listSigning struct {
	asker
	env    *env
	record *model.Record
	list   model.Hash
	text   []remark
	pages  pages
	read   bool // its end was in sight
	moved  bool // somebody has changed the list meanwhile
	saving bool
}

// newListSigning begins with what the medicines page warns of.
func newListSigning(e *env, r *model.Record, warnings ...telling) *listSigning {
	return &listSigning{env: e, record: r, list: r.Health.ListHash(), text: signingText(e, r, warnings), pages: newPages()}
}

// Title implements Screen.
func (*listSigning) Title() string { return "Sign the medicines list" }

// Subject implements Subject.
func (s *listSigning) Subject() *model.Record { return s.record }

// Load implements Screen: it looks whether the list is still the one that is read.
func (s *listSigning) Load() tea.Cmd {
	return s.load(s, func() (tea.Msg, error) {
		r, err := s.env.Get(context.Background(), s.record.ID)
		return recordMsg{r}, err
	})
}

// Actions implements Screen.
func (s *listSigning) Actions() []Action {
	return []Action{
		{Key: part.KeyEnter, Name: "sign", Says: "Sign, in your own name, that this list is right, or that there are no medicines.", Disabled: s.whyNot(), Run: s.sign},
		back(),
	}
}

func (s *listSigning) whyNot() string {
	switch {
	case s.moved:
		return "The list has changed meanwhile: " + s.env.keys("Esc goes back, r shows it as it is now.", "go back, and read it as it is now.")
	case !s.read && !s.env.plain:
		return "The list goes on: read to its end with Page Down first."
	}
	return s.env.allow(s.record, &model.MedicinesReconciled{})
}

func (s *listSigning) sign() tea.Cmd {
	if s.saving {
		return nil
	}
	s.saving = true
	write := model.Write{Person: s.record.ID, Seen: s.record, Changes: []model.Change{&model.MedicinesReconciled{List: s.list}}}
	return s.deed(s, func() (tea.Msg, error) {
		if err := s.env.Do(context.Background(), write); err != nil {
			return notKeptMsg{err}, nil
		}
		return keptMsg{}, nil
	})
}

// Update implements Screen.
func (s *listSigning) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case recordMsg:
		s.moved = msg.record.Health == nil || msg.record.Health.ListHash() != s.list
		return nil
	case keptMsg:
		said := "Reconciled: the list is compared and right."
		if s.record.Health.NoMedicinesStated() {
			said = "Confirmed: no medicines."
		}
		return func() tea.Msg { return closeMsg{said, s} }
	case notKeptMsg:
		s.saving = false
		return fail(msg.err)
	}
	return s.pages.update(msg)
}

// View implements Screen.
func (s *listSigning) View(width, height int) string {
	s.pages.show(s.lines(min(width, 96)), width, height-1)
	words, style := "End of the list. Enter signs it in your name, Esc goes back.", s.env.theme.Text
	if left := s.pages.left(); left > 0 {
		words, style = plural(left, "line", "lines")+" more: Page Down. Enter signs at the end of the list.", s.env.theme.Warn
	} else {
		s.read = true
	}
	if s.moved {
		words, style = s.whyNot(), s.env.theme.Danger
	}
	return fill(unpadded(s.pages.View()), height-1) + "\n" + style.Render(part.Cut(words, width))
}

func (s *listSigning) lines(width int) []string {
	var lines []string
	for _, one := range s.text {
		indent := strings.Repeat(" ", len(one.text)-len(strings.TrimLeft(one.text, " ")))
		for i, line := range part.Wrap(strings.TrimLeft(one.text, " "), width-len(indent)-2) {
			if i > 0 {
				line = "  " + line
			}
			lines = append(lines, indent+one.style.Render(line))
		}
	}
	return lines
}

// Speak implements Screen.
func (s *listSigning) Speak() Speech {
	text := make([]string, 0, len(s.text)+1)
	for _, one := range s.text {
		text = append(text, strings.TrimSpace(one.text))
	}
	return Speech{Text: append(nonEmpty(text...), "The word sign signs this list in your name.")}
}

// signingText is how the list stands, what is open, and the list.
func signingText(e *env, r *model.Record, warnings []telling) []remark {
	t, h := e.theme, r.Health
	by := func(s model.Signed) string { return e.by(s.Staff, s.At) }
	if h.NoMedicinesStated() {
		return []remark{{"There is no medicine on the list. You confirm that the person takes none; a medicine that is added ends it.", t.Title}, {h.NoneWords(by) + ".", t.Text}}
	}
	last, signed := lastSignature(h)
	text := []remark{{plural(len(h.CurrentMedicines()), "medicine", "medicines") + ". You sign this list and no other; a change of it opens it again.", t.Title}, sinceWords(e, h)}
	for _, open := range append(openWords(e, h), warnings...) {
		if open.text != "" {
			text = append(text, remark(open))
		}
	}
	text = append(text, remark{}, remark{"What the person takes", t.Heading})
	for i, m := range h.CurrentMedicines() {
		text = append(text, remark{fmt.Sprintf("%d. %s", i+1, medicineWords(m, h.KeepWords(m))), t.Text})
		if signed {
			text = append(text, newsRemark(t, m, last)...)
		}
	}
	if stopped := h.StoppedMedicines(); len(stopped) > 0 {
		text = append(text, remark{}, remark{"Stopped", t.Heading})
		for _, m := range stopped {
			text = append(text, remark{"- " + m.What() + ": " + m.Stopped.Day.String() + ", " + m.Stopped.Reason + ".", t.Text})
			if signed {
				text = append(text, newsRemark(t, m, last)...)
			}
		}
	}
	return text
}

// lastSignature is when a prescriber last signed the list.
func lastSignature(h *model.HealthPart) (model.Stamp, bool) {
	return h.Reconciled.By.At, h.Reconciled.By.Role == model.RolePrescriber
}

// newsNames are the ways in which a medicine can be another than was signed, as
// they are counted and as they are marked.
var newsNames = []struct {
	news          model.MedicineNews
	counted, mark string
}{
	{model.NewsAdded, "added", "ADDED since it was signed."},
	{model.NewsChanged, "changed", "CHANGED since it was signed, was: "},
	{model.NewsDetails, "changed beside the dose", "CHANGED since it was signed, not what is taken or how."},
	{model.NewsResumed, "stopped and taken again", "STOPPED AND TAKEN AGAIN since it was signed, was: "},
	{model.NewsStopped, "stopped", "STOPPED since it was signed."},
}

// newsRemark marks what became of a medicine since the signature.
func newsRemark(t *part.Theme, m model.Medicine, signed model.Stamp) []remark {
	news, was := m.NewsSince(signed)
	for _, n := range newsNames {
		if n.news != news {
			continue
		}
		words := n.mark
		if strings.HasSuffix(words, ": ") {
			words += was.What() + ", " + was.How() + "."
		}
		if m.Reason != "" && m.Current() {
			words += " Why: " + m.Reason + "."
		}
		return []remark{{"   " + words, t.Warn}}
	}
	return nil
}

// sinceWords says who signed the list last and how it differs from that one.
func sinceWords(e *env, h *model.HealthPart) remark {
	last, signed := lastSignature(h)
	if !signed {
		return remark{"Nobody has signed it before.", e.theme.Text}
	}
	counts := make(map[model.MedicineNews]int)
	for _, m := range h.MedicineList() {
		news, _ := m.NewsSince(last)
		counts[news]++
	}
	var since []string
	for _, n := range newsNames {
		if counts[n.news] > 0 {
			since = append(since, fmt.Sprintf("%d %s", counts[n.news], n.counted))
		}
	}
	words := "Last signed by " + e.by(h.Reconciled.By.Staff, last) + ". Since then: " + strings.Join(since, ", ") + "."
	if len(since) == 0 { // written before the signature, and not here when it was given
		words = "Last signed by " + e.by(h.Reconciled.By.Staff, last) + ". Another desk had changed the list before that, and sent it later: compare every line."
	}
	return remark{words, e.theme.Warn}
}

// openWords is what is open beside the list: it keeps nobody from signing.
func openWords(e *env, h *model.HealthPart) []telling {
	t := e.theme
	var out []telling
	if compared := h.ListCompared(); compared.IsZero() {
		out = append(out, telling{"OPEN: nobody has written down what this list was compared with.", t.Warn})
	} else {
		out = append(out, telling{"Compared by " + e.by(compared.Staff, compared.At) + comparedWith(h, compared), t.Text})
	}
	if s := h.Allergies.State; s == model.AllergiesNotRecorded || s == model.AllergiesUnavailable {
		out = append(out, telling{"OPEN: allergies " + strings.ToLower(s.Words()) + ".", t.Warn})
	}
	if n := len(undecidedMedicines(h)); n > 0 {
		out = append(out, telling{"OPEN: " + plural(n, "supply is", "supplies are") + " not decided.", t.Warn})
	}
	return out
}

func comparedWith(h *model.HealthPart, by model.Signed) string {
	if h.Compared.With == "" || h.Compared.By != by {
		return "."
	}
	return ", with: " + h.Compared.With + "."
}
