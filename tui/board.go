package tui

import (
	tea "github.com/charmbracelet/bubbletea"

	"github.com/throughgate/throughgate/model"
	"github.com/throughgate/throughgate/tui/part"
)

// boardDays is how far ahead the board looks: registration with a GP may begin
// a month before release.
const boardDays = 28

// board is the first thing an officer sees: who leaves when, and what is
// missing. It can show everybody instead.
type board struct {
	asker
	env       *env
	list      *part.List
	filter    *part.Filter
	columns   *part.Columns // of who leaves
	court     *part.Columns // of who is at court: no time
	people    *part.Columns // of everybody
	shown     boardMsg
	read      bool
	everybody bool
	days      int              // how far ahead it looks
	reset     bool             // what comes next answers another question: begin at its top
	asking    bool             // what is shown answers another question than the one asked last
	held      []func() tea.Cmd // the keys typed ahead of the answer, in their order
	lost      bool             // nobody can tell who those keys were meant for
	seekID    model.PersonID   // who the cursor goes to when they are there
	seekDay   model.Day
	sought    string    // the line of the day that was asked for, until something else is read
	marks     [2]string // who was under the cursor of each of the two lists
}

func newBoard(e *env) *board {
	b := &board{env: e, list: part.NewList(e.theme), filter: part.NewFilter(e.theme), days: boardDays, reset: true}
	b.filter.OnChange = func(query string) tea.Cmd {
		b.reset = query != "" // without a filter the cursor stays on who it found
		return b.askAnew()
	}
	name := part.Column{Flex: 1, Width: 14}
	states := []part.Column{{Width: 9}, {Width: 10}, {Width: 13}}
	const number, mark, time, why, cell = 7, 1, 5, 11, 9
	b.columns = part.NewColumns(append([]part.Column{{Width: number}, name, {Width: mark}, {Width: cell, From: 100}, {Width: time}, {Width: why}}, states...)...)
	b.court = part.NewColumns(append([]part.Column{{Width: number}, name, {Width: mark}, {Width: cell, From: 100}, {Width: time + 1 + why}}, states...)...)
	b.people = part.NewColumns(part.Column{Width: number}, name, part.Column{Width: 11}, part.Column{Width: cell}, part.Column{Width: 20})
	return b
}

// Title implements Screen.
func (b *board) Title() string {
	if b.everybody {
		return "Everybody"
	}
	return "Releases"
}

// Load implements Screen. All that takes longer with more people is done in the
// command.
func (b *board) Load() tea.Cmd {
	q := boardQuestion{
		rows: b.env.Rows, find: b.env.Find, role: b.env.Actor().Role, timeline: b.env.timeline, today: b.env.today(),
		everybody: b.everybody, days: b.days, query: b.filter.Query(), order: b.shown.order,
		reviews: whyNoReview(b.env) == "",
	}
	return b.load(b, func() (tea.Msg, error) { return q.answer(), nil })
}

// show shows one of the two lists, without a filter.
func (b *board) show(everybody bool) tea.Cmd {
	var cmd tea.Cmd
	if b.filter.Active() {
		cmd = b.filter.Update(tea.KeyMsg{Type: tea.KeyEsc})
	}
	if b.everybody == everybody {
		return cmd
	}
	return tea.Batch(cmd, b.flip())
}

// seek puts the cursor on a person as soon as they are there.
func (b *board) seek(id model.PersonID) { b.seekID = id }

func (b *board) toSought() {
	if b.seekID != (model.PersonID{}) && b.list.Select(idOf(b.seekID)) {
		b.seekID = model.PersonID{}
	}
}

// take shows what was read. It walks no list.
func (b *board) take(msg boardMsg) tea.Cmd {
	b.shown, b.read, b.sought = msg, true, ""
	rows := part.Rows{Len: len(msg.lines), ID: msg.id, Find: msg.find, Line: b.line, Words: b.words}
	if b.reset {
		b.list.Reset(rows)
	} else {
		b.list.SetRows(rows)
	}
	b.reset = false
	b.list.Empty = b.emptyWords()
	b.toSought()
	return tea.Batch(b.goToDay(), b.release())
}

// mostHeld is how many keys are kept for the list that is on its way: more is
// not somebody typing ahead.
const mostHeld = 16

// hold keeps what a key does until the list it was meant for is there. Who types
// a name and Enter faster than the list follows opens who was asked for, never
// who stood there before.
func (b *board) hold(key func() tea.Cmd) tea.Cmd {
	if len(b.held) < mostHeld {
		b.held = append(b.held, key)
	}
	return nil
}

// release does what was held back.
func (b *board) release() tea.Cmd {
	held, lost := b.held, b.lost
	b.asking, b.held, b.lost = false, nil, false
	if lost && len(held) > 0 {
		return notice("The list has only come now. Look who is under the cursor, then press the key again.")
	}
	var cmds []tea.Cmd
	for _, key := range held {
		cmds = append(cmds, key())
	}
	return tea.Batch(cmds...)
}

func (b *board) emptyWords() string {
	switch {
	case b.filter.Active():
		return b.env.keys("Nobody fits. Esc ends the filter.", "Nobody fits. / alone ends the filter.")
	case b.everybody:
		return "Nobody is here yet."
	}
	return "Nobody leaves in the next 28 days. " + b.env.keys("Tab shows everybody.", "Type everybody to hear who is here.")
}

// selected is who is under the cursor, nil when nobody is.
func (b *board) selected() *model.Row {
	if i := b.list.Index(); i >= 0 {
		return b.shown.row(i)
	}
	return nil
}

// Actions implements Screen.
func (b *board) Actions() []Action {
	if b.filter.Typing() {
		return []Action{
			{Key: part.KeyEnter, Name: "keep the filter", Says: "Stop typing and move in what was found."},
			{Key: part.KeyEscape, Name: "end the filter", Says: "Take the filter away."},
			{Key: part.KeyTab, Name: b.otherWords(), Says: "Filter the other list.", Run: b.flip},
		}
	}
	nobody := ""
	if b.selected() == nil && !b.asking {
		nobody = b.nobodyHere()
	}
	conflicts := Action{Key: "c", Word: "conflicts", Says: "See what two desks wrote without seeing each other.", Run: func() tea.Cmd { return open(newConflicts(b.env)) }}
	if b.env.conflicts > 0 {
		conflicts.Name = "conflicts"
	}
	overrides := Action{Key: "v", Word: "overrides", Says: "See who broke the glass, and review it.", Disabled: whyNoReview(b.env), Run: func() tea.Cmd { return open(newOverrides(b.env)) }}
	if b.shown.overrides > 0 {
		overrides.Name = "overrides"
	}
	audit := Action{Key: "a", Word: "audit", Says: "See what a manager should ask about, and who looked at whose record.", Disabled: whyNoAudit(b.env), Run: func() tea.Cmd { return open(newAudit(b.env)) }}
	if b.env.alarms > 0 {
		audit.Name = "audit"
	}
	actions := []Action{
		{Key: part.KeyEnter, Name: "open", Row: onRow, Says: "Open the person under the cursor.", Disabled: nobody, Run: b.openPerson},
		{Key: part.KeyFilter, Name: "filter", Says: "Show only those whose name, number or cell fits what you type.", Run: b.startFilter},
		{Key: part.KeyTab, Name: b.otherWords(), Says: "Change between who leaves soon and everybody here.", Run: b.flip},
		audit,
		overrides,
		{Key: "g", Name: "go to date", Word: "date", Says: "Move to the first release on or after a date.", Run: b.askDate},
		conflicts,
		{Key: "n", Name: "book in", Says: "Book in a person who is not here yet.", Disabled: whyNoArrival(b.env), Run: func() tea.Cmd { return open(newArrival(b.env)) }},
		{Key: "o", Word: "court", Says: "See who is due at court tomorrow and could be released there, with their court packs.", Run: func() tea.Cmd { return open(newCourt(b.env)) }},
		{Key: "t", Word: "released at court", Row: mayRow, Says: "Record that the person under the cursor was released at court; the rescue list starts, or opens.", Disabled: whyNobodyLetGo(b.env), Run: b.letGo},
		{Key: "w", Word: "worklist", Says: "See what waits for your role, what is overdue first.", Run: func() tea.Cmd { return open(newWorklist(b.env)) }},
		{Key: "m", Word: "measures", Says: "See how releases went, week by week.", Run: func() tea.Cmd { return open(newMeasures(b.env)) }},
		{Key: "s", Word: "sync", Says: "See what has been sent, what waits and what was refused.", Run: func() tea.Cmd { return open(newSyncScreen(b.env)) }},
		{Key: "p", Word: "passphrase", Says: "Change your passphrase.", Run: func() tea.Cmd { return open(newPassphrase(b.env, nil)) }},
	}
	return append(actions, moving()...)
}

func (b *board) otherWords() string {
	if b.everybody {
		return "releases"
	}
	return "everybody"
}

func (b *board) nobodyHere() string {
	return b.env.keys("Nobody is under the cursor: move it first.", "There is nobody in this list.")
}

func (b *board) openPerson() tea.Cmd {
	if b.asking {
		return b.hold(b.openPerson)
	}
	row := b.selected()
	if row == nil {
		return notice(b.nobodyHere())
	}
	return open(newPerson(b.env, row.ID))
}

// flip shows the other list, with the cursor where it was there.
func (b *board) flip() tea.Cmd {
	b.mark()
	b.everybody, b.reset = !b.everybody, true
	copy(b.seekID[:], b.marks[b.which()])
	return b.askAnew()
}

// askAnew asks another question. Until its answer is there the old list stands
// on the screen, and no key acts on it.
func (b *board) askAnew() tea.Cmd {
	b.lost = b.asking && !b.reset // the cursor was to stay on somebody who was never shown
	b.asking, b.held = true, nil
	b.anew()
	return b.Load()
}

func (b *board) mark() {
	if id, ok := b.list.Selected(); ok && !b.asking {
		b.marks[b.which()] = id
	}
}

func (b *board) which() int {
	if b.everybody {
		return 1
	}
	return 0
}

// letGo opens the form, or the list that runs, of who is under the cursor; where
// nobody is, it asks who was released.
func (b *board) letGo() tea.Cmd {
	if r := b.selected(); r != nil {
		return openLetGo(&b.asker, b, b.env, r.ID)
	}
	return open(newLetGoWho(b.env))
}

func (b *board) startFilter() tea.Cmd {
	b.filter.Open()
	return nil
}

// Typing implements Typist.
func (b *board) Typing() bool { return b.filter.Typing() }

// Leave implements Leaver: Escape ends the filter first, then comes back to who
// leaves.
func (b *board) Leave() (tea.Cmd, bool) {
	switch {
	case b.filter.Active():
		return b.filter.Update(tea.KeyMsg{Type: tea.KeyEsc}), true
	case b.everybody:
		return b.flip(), true
	}
	return nil, false
}

// Update implements Screen.
func (b *board) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case boardMsg:
		return b.take(msg)
	case openMsg:
		return open(msg.screen)
	case dayMsg:
		return b.showDay(msg.day)
	}
	if b.filter.Typing() && !moves(msg) {
		return b.filter.Update(msg)
	}
	if b.asking {
		return b.hold(func() tea.Cmd { return b.list.Update(msg) })
	}
	return b.list.Update(msg)
}

// moves tells whether a key moves a list's cursor even while somebody types.
func moves(msg tea.Msg) bool {
	switch part.PressedKey(msg) {
	case part.KeyUp, part.KeyDown, part.KeyPageUp, part.KeyPageDown:
		return true
	}
	return false
}

// askDate asks for a day, which comes back to be moved to.
func (b *board) askDate() tea.Cmd {
	return open(newGoToDate(b.env))
}

// showDay moves to a day, among who leaves.
func (b *board) showDay(day model.Day) tea.Cmd {
	b.seekDay = day
	b.days = max(b.days, int(day-b.env.today())+boardDays)
	return b.show(false)
}

// goToDay moves to the day that was asked for, once the list that may hold it
// is there.
func (b *board) goToDay() tea.Cmd {
	if b.seekDay.IsZero() || b.shown.everybody || b.shown.days < b.days {
		return nil
	}
	day := b.seekDay
	b.seekDay = 0
	if i, found := b.shown.firstOn(day); found {
		b.sought = b.shown.id(i)
		b.list.Select(b.sought)
		return nil
	}
	return notice("Nobody has a release date on or after " + day.Long() + ".")
}
