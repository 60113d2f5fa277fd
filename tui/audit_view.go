package tui

import (
	"fmt"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/throughgate/throughgate/model"
	"github.com/throughgate/throughgate/tui/part"
)

// auditDetail is how many lines say what is under the cursor in full.
const auditDetail = 3

// View implements Screen.
func (s *audit) View(width, height int) string {
	if !s.read {
		return ""
	}
	t := s.env.theme
	lines := []string{s.tabs(width), t.Muted.Render(part.Cut(s.askedWords(), width))}
	room := height - len(lines) - auditDetail - 1
	lines = append(lines, fill(s.list().View(width, room), room), part.Rule(t, width))
	for _, text := range s.detail() {
		lines = append(lines, part.Notices(width, text, t.Text, auditDetail)...)
	}
	return joinLines(lines)
}

// tabs names both lists, the shown one first in sight by its mark and not by
// colour alone.
func (s *audit) tabs(width int) string {
	t := s.env.theme
	names := s.counts()
	at := 0
	if s.listing {
		at = 1
	}
	painted := make([]string, len(names))
	for i, name := range names {
		if painted[i] = "  " + name; i == at {
			painted[i] = t.Heading.Render("[ " + name + " ]")
		}
	}
	return part.Cut(strings.Join(painted, "   "), width)
}

// counts are how many there are of each list.
func (s *audit) counts() []string {
	return []string{plural(len(s.shown.alarms), "alarm", "alarms"), plural(len(s.shown.entries), "entry", "entries")}
}

// askedWords says which entries these are.
func (s *audit) askedWords() string {
	a := s.asked
	words := "All days"
	switch {
	case !a.since.IsZero() && a.since == a.until:
		words = a.since.Long()
	case !a.since.IsZero() && !a.until.IsZero():
		words = a.since.String() + " to " + a.until.String()
	case !a.since.IsZero():
		words = "Since " + a.since.String()
	case !a.until.IsZero():
		words = "Until " + a.until.String()
	}
	if a.filter.Staff != "" {
		words += ", by or about " + s.env.StaffName(a.filter.Staff)
	}
	if a.number != "" {
		words += ", about " + a.number
	}
	if a.filter.What != "" {
		words += ", " + a.filter.What.Words()
	}
	if len(s.shown.entries) == auditMost {
		words += fmt.Sprintf("; the newest %d", auditMost)
	}
	return words
}

// detail is what is under the cursor in full.
func (s *audit) detail() []string {
	i := s.list().Index()
	if i < 0 {
		return nil
	}
	if s.listing {
		a := &s.shown.entries[i]
		return []string{joinSentences(a.WordsOf(s.nameOf(a.Whom)), s.by(a), viaWords(a.Via), aboutWords(s.shown.numbers[a.Person], a.Person), a.At.String())}
	}
	a := &s.shown.alarms[i]
	when := a.To.String()
	if a.From != a.To {
		when = a.From.String() + " to " + a.To.Clock()
	}
	return []string{joinSentences(a.Kind.Words()+": "+strings.TrimSuffix(a.Says, "."), claimed(s.nameOf(a.Staff), a.Claimed), aboutWords(s.shown.numbers[a.Person], a.Person), when)}
}

func (s *audit) by(a *model.Access) string {
	words := s.whoDid(a)
	if a.Staff != "" && a.Role != "" && !a.Claimed() {
		words += ", " + a.Role.Words()
	}
	return words
}

// joinSentences leaves out what is empty.
func joinSentences(parts ...string) string {
	var out []string
	for _, p := range parts {
		if p != "" {
			out = append(out, p+".")
		}
	}
	return strings.Join(out, " ")
}

var viaNames = map[string]string{
	model.ViaDesk: "At the workstation", model.ViaSSH: "Over SSH", model.ViaAttached: "From another window", model.ViaCommand: "By a command",
}

func viaWords(via string) string { return viaNames[via] }

func aboutWords(number string, id model.PersonID) string {
	switch {
	case id.IsZero():
		return ""
	case number == "":
		return "About a person who is not here any more"
	}
	return "About " + number
}

// Speak implements Screen.
func (s *audit) Speak() Speech {
	if !s.read {
		return Speech{}
	}
	speech := Speech{Head: []string{s.askedWords(), strings.Join(s.counts(), ", ")}, Names: s.ringing.Names(), List: s.alarms, Detail: s.detail}
	if s.listing {
		speech.Names, speech.List = s.columns.Names(), s.entries
	}
	return speech
}

// auditEntry is everything that stands in one entry.
type auditEntry struct {
	env    *env
	entry  model.Access
	number string
}

func newAuditEntry(e *env, a model.Access, number string) *auditEntry {
	return &auditEntry{env: e, entry: a, number: number}
}

// Title implements Screen.
func (*auditEntry) Title() string { return "Entry of the audit" }

// Load implements Screen: an entry never changes.
func (*auditEntry) Load() tea.Cmd { return nil }

// Actions implements Screen.
func (s *auditEntry) Actions() []Action {
	none := ""
	if s.number == "" {
		none = "It is about nobody who is here."
	}
	return []Action{
		{Key: "p", Name: "person", Says: "Open the person. That you do is written down.", Disabled: none, Run: func() tea.Cmd { return open(newPerson(s.env, s.entry.Person)) }},
		back(),
	}
}

// Update implements Screen.
func (*auditEntry) Update(tea.Msg) tea.Cmd { return nil }

// facts are the lines of the entry: what it is, and what it says.
func (s *auditEntry) facts() [][2]string {
	a := &s.entry
	who := "Nobody who is known here"
	if a.Staff != "" {
		who = s.env.StaffName(a.Staff) + " (" + string(a.Staff) + ")"
	}
	switch {
	case a.Role == model.RoleHub:
		who = a.Role.Words()
	case a.Staff == "" && a.What == model.AccessFound:
		who = "The workstation itself"
	}
	claimed, whom := "", ""
	if a.Claimed() {
		claimed = s.env.StaffName(a.Staff) + " (" + string(a.Staff) + "), which nothing proves"
	}
	if a.Whom != "" {
		whom = s.env.StaffName(a.Whom) + " (" + string(a.Whom) + ")"
	}
	var parts []string
	for _, c := range a.Parts {
		parts = append(parts, recordWords(c))
	}
	device := a.Device
	if a.Of != (model.DeviceID{}) {
		device = a.Of
	}
	facts := [][2]string{
		{"When", a.At.String()}, {"What", a.WordsOf(whom)}, {"Who", who}, {"Claims to be", claimed}, {"Role", roleOf(a.Role)}, {"How", viaWords(a.Via)},
		{"Person", strings.TrimPrefix(aboutWords(s.number, a.Person), "About ")}, {"Could see", strings.Join(parts, ", ")},
		{"Workstation", device.String()}, {"Number there", fmt.Sprint(a.Seq)}, {"After", a.Prev.String()},
	}
	kept := facts[:0]
	for _, f := range facts {
		if f[1] != "" {
			kept = append(kept, f)
		}
	}
	return kept
}

// View implements Screen.
func (s *auditEntry) View(width, height int) string {
	const label = 14
	var lines []string
	for _, f := range s.facts() {
		for i, text := range part.Wrap(f[1], width-label) {
			name := ""
			if i == 0 {
				name = f[0]
			}
			lines = append(lines, s.env.theme.Muted.Render(part.Pad(name, label))+text)
		}
	}
	return joinLines(lines[:min(len(lines), height)])
}

// Speak implements Screen.
func (s *auditEntry) Speak() Speech {
	var text []string
	for _, f := range s.facts() {
		text = append(text, f[0]+": "+f[1])
	}
	return Speech{Text: text}
}
