package tui

import (
	"context"
	"fmt"
	"slices"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/throughgate/throughgate/model"
	"github.com/throughgate/throughgate/tui/part"
)

// worklist is what waits for the role that is signed in: every open line of
// anybody's checklist that is theirs, what is overdue first.
type worklist struct {
	asker
	env     *env
	list    *part.List
	filter  *part.Filter
	columns *part.Columns
	tasks   []model.Task
	total   int
	read    bool
	reset   bool
	worked  string // the line that was opened from here
}

type worklistMsg struct {
	tasks []model.Task
	total int
}

func newWorklist(e *env) *worklist {
	s := &worklist{env: e, list: part.NewList(e.theme), filter: part.NewFilter(e.theme), columns: part.NewColumns(
		part.Column{Title: "prison number", Width: 7}, part.Column{Title: "person", Flex: 1, Width: 14}, part.Column{Title: "what", Width: 27},
		part.Column{Title: "due", Width: 11}, part.Column{Title: "state", Width: 11}, part.Column{Title: "leaves", Width: 12, From: 100},
	)}
	s.filter.OnChange = func(string) tea.Cmd {
		s.reset = true
		s.anew()
		return s.Load()
	}
	return s
}

// Title implements Screen.
func (*worklist) Title() string { return "Worklist" }

// Load implements Screen.
func (s *worklist) Load() tea.Cmd {
	rows, role, timeline, today, query := s.env.Rows, s.env.Actor().Role, s.env.timeline, s.env.today(), s.filter.Query()
	find := s.env.Find
	return s.load(s, func() (tea.Msg, error) {
		if query != "" {
			find(query, 1) // the store writes down who searches for their own family name
		}
		all := model.Worklist(rows(), role, timeline, today, model.WorklistDays)
		msg := worklistMsg{tasks: all, total: len(all)}
		if query != "" {
			msg.tasks = fittingTasks(all, newWords(query))
		}
		return msg, nil
	})
}

// fittingTasks is the tasks that fit what was typed. A person has many, and a line is many
// people's: the words of each are made once.
func fittingTasks(all []model.Task, wanted words) []model.Task {
	var out []model.Task
	people, lines := make(map[*model.Row]string), make(map[string]string)
	for _, task := range all {
		who, known := people[task.Row]
		if !known {
			who = task.Row.SearchText()
			people[task.Row] = who
		}
		what := task.What() + " " + task.StateWords()
		line, known := lines[what]
		if !known {
			line = model.Fold(what)
			lines[what] = line
		}
		if wanted.in(who + " " + line) {
			out = append(out, task)
		}
	}
	return out
}

// Update implements Screen.
func (s *worklist) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case worklistMsg:
		s.take(msg)
		return nil
	case openMsg:
		return open(msg.screen)
	case saidMsg:
		return tea.Batch(notice(string(msg)), s.Load())
	}
	if s.filter.Typing() && !moves(msg) {
		return s.filter.Update(msg)
	}
	return s.list.Update(msg)
}

func (s *worklist) take(msg worklistMsg) {
	before := s.tasks
	s.tasks, s.total, s.read = msg.tasks, msg.total, true
	rows := part.Rows{Len: len(s.tasks), ID: func(i int) string { return taskID(&msg.tasks[i]) }, Line: s.line, Words: s.words}
	if s.reset {
		s.list.Reset(rows)
	} else {
		s.list.SetRows(rows)
		s.next(before)
	}
	s.reset, s.worked = false, ""
	s.list.Empty = model.NothingWaits(s.env.Actor().Role)
	if s.filter.Active() {
		s.list.Empty = s.env.keys("Nothing fits. Esc ends the filter.", "Nothing fits. / alone ends the filter.")
	}
}

// taskID names a line of the list for as long as it waits.
func taskID(task *model.Task) string {
	if task.Again {
		return idOf(task.Row.ID) + string(task.Item.ID) + "/again"
	}
	return idOf(task.Row.ID) + string(task.Item.ID)
}

// next puts the cursor on what stood below a line that was opened from here and is
// done now; at the end of the list, on what stood above it. A line that another desk
// has done takes the cursor with it: see part.List.
func (s *worklist) next(before []model.Task) {
	at := slices.IndexFunc(before, func(task model.Task) bool { return taskID(&task) == s.worked })
	if at < 0 || s.list.Index() >= 0 {
		return
	}
	for i := at + 1; i < len(before); i++ {
		if s.list.Select(taskID(&before[i])) {
			return
		}
	}
	for i := at - 1; i >= 0; i-- {
		if s.list.Select(taskID(&before[i])) {
			return
		}
	}
}

func (s *worklist) line(i, width int) part.Line {
	task, t := &s.tasks[i], s.env.theme
	style := t.Text
	if task.Overdue(s.env.today()) {
		style = t.Danger
	}
	return s.columns.Line(width,
		part.Cell{Text: orDash(task.Row.Prison)}, part.Cell{Text: orNot(task.Row.Name)}, part.Cell{Text: task.What()},
		part.Cell{Text: s.due(task), Style: style}, part.Cell{Text: task.StateWords(), Style: taskStyle(t, task)},
		part.Cell{Text: leavesWords(task.Row), Style: t.Muted},
	)
}

// leavesWords is when somebody leaves, or left.
func leavesWords(r *model.Row) string {
	if !r.After.Left.IsZero() {
		return r.After.Left.String()
	}
	return r.Release.Day.String()
}

// words are a line for who listens: the name comes first.
func (s *worklist) words(i int) []string {
	words := s.line(i, part.Whole).Words()
	words[0], words[1] = words[1], words[0]
	return words
}

func (s *worklist) due(task *model.Task) string {
	return task.When(s.env.today(), s.env.plain)
}

func taskStyle(t *part.Theme, task *model.Task) part.Style {
	if task.Again {
		return t.Warn
	}
	return stateStyle(t, task.State)
}

func (s *worklist) task() *model.Task {
	if i := s.list.Index(); i >= 0 {
		return &s.tasks[i]
	}
	return nil
}

// Actions implements Screen.
func (s *worklist) Actions() []Action {
	if s.filter.Typing() {
		return []Action{
			{Key: part.KeyEnter, Name: "keep the filter", Says: "Stop typing and move in what was found."},
			{Key: part.KeyEscape, Name: "end the filter", Says: "Take the filter away."},
		}
	}
	none := ""
	if s.task() == nil {
		none = s.env.nothingHere()
	}
	return append([]Action{
		{Key: part.KeyEnter, Name: "open", Row: onRow, Says: "Open the person at this line; a check after a release, what is left to do after it.", Disabled: none, Run: s.open},
		{Key: "s", Name: s.checkedName(), Word: "checked again", Row: onRow, Says: "Record that you looked again at the line under the cursor, and that it is still done.", Disabled: s.whyNotChecked(), Run: s.checked},
		{Key: part.KeyFilter, Name: "filter", Says: "Show only what fits a name, a number, a cell or a line.", Run: func() tea.Cmd { s.filter.Open(); return nil }},
		{Key: "x", Name: "PDF", Says: "Write the whole worklist as a PDF, with a box before each line.", Run: func() tea.Cmd { return printPaper(s.env, model.PaperWorklist, nil, ".pdf") }},
		{Key: "p", Word: "print", Says: "Choose between PDF and plain text of the worklist.", Run: func() tea.Cmd { return open(newPrinting(s.env, nil)) }},
		{Key: "t", Word: "released at court", Row: mayRow, Says: "Record that the person under the cursor was released at court; the rescue list starts, or opens.", Disabled: whyNobodyLetGo(s.env), Run: s.letGo},
		back(),
	}, moving()...)
}

func (s *worklist) open() tea.Cmd {
	task := s.task()
	s.worked = taskID(task)
	if task.Item.ID == model.ItemAfterRelease {
		return open(newAfter(s.env, task.Row.ID))
	}
	return open(newPersonAt(s.env, task.Row.ID, task.Item.ID))
}

// checkedName stands in the footer where the key does something.
func (s *worklist) checkedName() string {
	if s.whyNotChecked() != "" {
		return ""
	}
	return "checked again"
}

// whyNotChecked says why the line under the cursor is not one to be checked again,
// "" when it is.
func (s *worklist) whyNotChecked() string {
	task := s.task()
	if task == nil || !task.Again {
		return "Only a line that says check again is checked again."
	}
	return s.env.allow(&model.Record{ID: task.Row.ID}, &model.ItemChecked{Item: task.Item.ID})
}

func (s *worklist) checked() tea.Cmd {
	task := s.task()
	s.worked = taskID(task)
	write := model.Write{Person: task.Row.ID, Changes: []model.Change{&model.ItemChecked{Item: task.Item.ID}}}
	return s.deed(s, func() (tea.Msg, error) {
		return saidMsg("Checked again: " + task.Item.Name), s.env.Do(context.Background(), write)
	})
}

// letGo opens the form, or the list that runs, of who is under the cursor; where
// nobody is, it asks who was released.
func (s *worklist) letGo() tea.Cmd {
	if task := s.task(); task != nil {
		return openLetGo(&s.asker, s, s.env, task.Row.ID)
	}
	return open(newLetGoWho(s.env))
}

// Typing implements Typist.
func (s *worklist) Typing() bool { return s.filter.Typing() }

// Leave implements Leaver: Escape ends the filter first.
func (s *worklist) Leave() (tea.Cmd, bool) {
	if s.filter.Active() {
		return s.filter.Update(tea.KeyMsg{Type: tea.KeyEsc}), true
	}
	return nil, false
}

// summary says how much there is, and how much of it is late.
func (s *worklist) summary() string {
	return model.WorklistWords(s.tasks, s.env.Actor().Role, s.env.today())
}

// View implements Screen.
func (s *worklist) View(width, height int) string {
	if !s.read {
		return ""
	}
	var lines []string
	if s.filter.Active() {
		lines = append(lines, s.filter.View(width, len(s.tasks), s.total))
	} else if said := s.summary(); said != "" {
		lines = append(lines, s.env.theme.Title.Render(part.Cut(said, width)))
	}
	return joinLines(append(lines, s.list.View(width, height-len(lines))))
}

// Speak implements Screen.
func (s *worklist) Speak() Speech {
	if !s.read {
		return Speech{}
	}
	names := []string{"name", "prison number", "what", "due", "state", "leaves"}
	speech := Speech{Names: names, List: s.list, Filter: s.filter}
	switch {
	case s.filter.Active():
		speech.Head = []string{fmt.Sprintf("Only what fits %q: %d of %d.", s.filter.Query(), len(s.tasks), s.total)}
	case len(s.tasks) > 0:
		speech.Head = []string{s.summary()}
	}
	return speech
}
