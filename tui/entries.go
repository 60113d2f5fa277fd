package tui

import (
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/throughgate/throughgate/model"
	"github.com/throughgate/throughgate/tui/part"
)

// entrySort is one sort of entry on the page of what is arranged, as data: how
// its entries are listed, and the form that adds or changes one.
type entrySort struct {
	name  string // of its form, and before the ids of its rows
	title string
	none  string
	key   string // adds one
	word  string
	says  string
	may   model.Change
	rows  func(e *env, r *model.Record) []entryRow
	form  func(e *env, r *model.Record, id model.EntryID) Screen // of a new one without an id
}

// entryRow is one entry in the list. Without an id it stands in a plan elsewhere.
type entryRow struct {
	id    model.EntryID
	when  string
	what  string
	state string
	style part.Style
	told  []telling
}

// entrySorts are the sorts in the order of the page.
func entrySorts() []entrySort { return []entrySort{appointmentSort, resultSort, preventionSort} }

const entriesScreen = "entries"

// entriesPage is what is arranged for after the release.
type entriesPage struct {
	healthPage
	columns *part.Columns
	told    map[string][]telling
	at      string // the sort to begin at
}

func newEntries(e *env, id model.PersonID) *entriesPage {
	return &entriesPage{healthPage: newHealthPage(e, entriesScreen, id, 3), columns: part.NewColumns(
		part.Column{Title: "when", Width: 22}, part.Column{Title: "what", Flex: 1, Width: 30}, part.Column{Title: "state", Width: 16},
	)}
}

// newEntriesAt is the same with the cursor on the first entry of a sort.
func newEntriesAt(e *env, id model.PersonID, sort string) *entriesPage {
	s := newEntries(e, id)
	s.at = sort
	return s
}

// Title implements Screen.
func (*entriesPage) Title() string { return "Appointments and results" }

// Load implements Screen.
func (s *entriesPage) Load() tea.Cmd { return s.read(s) }

// Update implements Screen.
func (s *entriesPage) Update(msg tea.Msg) tea.Cmd {
	answer, ok := msg.(recordMsg)
	if !ok {
		return s.update(msg)
	}
	s.record, s.told = answer.record, map[string][]telling{}
	var rows []pageRow
	for _, sort := range entrySorts() {
		rows = append(append(rows, pageRow{text: sort.title}), s.rows(sort)...)
	}
	if name, was := strings.CutSuffix(s.selected(), "/"); was {
		s.at = name // the cursor stood where there was none: it goes to what was added
	}
	s.list.SetRows(rowsOf(s.env.theme, rows, s.columns))
	for _, row := range rows {
		if s.at != "" && strings.HasPrefix(row.id, s.at+"/") {
			s.list.Select(row.id)
			s.at = ""
		}
	}
	return nil
}

// rows are the entries of a sort; where there is none a row says so, on which
// Enter adds one.
func (s *entriesPage) rows(sort entrySort) []pageRow {
	var out []pageRow
	for _, one := range sort.rows(s.env, s.record) {
		id := sort.name + "/" + string(one.id)
		if one.id == "" {
			id = planned + one.when + one.what
		}
		s.told[id] = one.told
		out = append(out, pageRow{id: id, cells: []part.Cell{{Text: one.when}, {Text: one.what}, {Text: one.state, Style: one.style}}})
	}
	if len(out) == 0 {
		s.told[sort.name+"/"] = []telling{{"Where there is nothing to record, set the line on the checklist to not needed, with the reason.", s.env.theme.Muted}}
		out = append(out, pageRow{id: sort.name + "/", cells: []part.Cell{{Text: sort.none, Style: s.env.theme.Muted}, {}, {}}})
	}
	return out
}

// planned stands before the ids of rows that are worked elsewhere.
const planned = "planned/"

// Actions implements Screen.
func (s *entriesPage) Actions() []Action {
	if s.record == nil {
		return moving()
	}
	e, r := s.env, s.record
	out := []Action{{Key: part.KeyEnter, Name: "change", Row: onRow, Says: "Change the entry under the cursor, or record what became of it.", Disabled: s.whyNotOpen(), Run: s.openRow}}
	for _, sort := range entrySorts() {
		out = append(out, Action{Key: sort.key, Name: sort.word, Says: sort.says, Disabled: e.allow(r, sort.may), Run: func() tea.Cmd { return open(sort.form(e, r, "")) }})
	}
	return append(append(out, back()), moving()...)
}

func (s *entriesPage) whyNotOpen() string {
	if strings.HasPrefix(s.selected(), planned) {
		return "It stands in the plan for substitution or for an injection: change it in the medicines."
	}
	sort, _, found := s.chosen()
	if !found {
		return "There is no entry under the cursor."
	}
	return s.env.allow(s.record, sort.may)
}

// sortNamed is the sort of a name; without a form when there is none.
func sortNamed(name string) entrySort {
	for _, sort := range entrySorts() {
		if sort.name == name {
			return sort
		}
	}
	return entrySort{}
}

// entryNamed is the form of an entry, for coming back to it.
func entryNamed(e *env, r *model.Record, sort, id string) Screen {
	if id == newName {
		return sortNamed(sort).form(e, r, "")
	}
	for _, one := range sortNamed(sort).rows(e, r) {
		if string(one.id) == id && id != "" {
			return sortNamed(sort).form(e, r, one.id)
		}
	}
	return nil
}

// chosen is the entry under the cursor.
func (s *entriesPage) chosen() (entrySort, model.EntryID, bool) {
	name, id, _ := strings.Cut(s.selected(), "/")
	sort := sortNamed(name)
	return sort, model.EntryID(id), sort.form != nil
}

func (s *entriesPage) openRow() tea.Cmd {
	sort, id, _ := s.chosen()
	return open(sort.form(s.env, s.record, id))
}

// View implements Screen.
func (s *entriesPage) View(width, height int) string {
	if s.record == nil {
		return ""
	}
	return s.layOut(width, height, s.head, s.detail)
}

// Speak implements Screen.
func (s *entriesPage) Speak() Speech {
	if s.record == nil {
		return Speech{}
	}
	return Speech{Head: spoken(s.head(part.Whole)), Names: s.columns.Names(), List: s.list, Detail: func() []string { return told(s.detail(part.Whole)) }}
}

func (s *entriesPage) head(width int) []string {
	t, e := s.env.theme, s.env
	words := telling{"What the person needs to be booked, chased or offered before they leave.", t.Muted}
	if leaves := s.record.Leaves(); !leaves.IsZero() {
		words.text = "The person leaves on " + leaves.Long() + "."
		if leaves < e.today() {
			words.text = "The person left on " + leaves.Long() + "."
		}
	}
	lines := wrapped(width, 2, words)
	if why := s.readOnly(&model.AppointmentSet{}); why != "" {
		lines = append(lines, wrapped(width, 2, telling{why, t.Muted})...)
	}
	return append(lines, "")
}

func (s *entriesPage) detail(int) []telling { return s.told[s.selected()] }
