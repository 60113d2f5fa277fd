package tui

import (
	"context"
	"fmt"
	"strconv"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/throughgate/throughgate/model"
	"github.com/throughgate/throughgate/tui/part"
)

// auditDays is how far back the audit looks when nobody says: a week, so that
// Monday's look takes in the weekend.
const auditDays = 7

// auditMost is how many entries it lists: nobody reads more.
const auditMost = 100_000

// audit shows managers and auditors what to ask about, and who looked at whose
// record. It reads when it is opened and when it is asked to, not at every news:
// that somebody reads it is written down each time.
type audit struct {
	asker
	env     *env
	alarms  *part.List
	entries *part.List
	columns *part.Columns // of entries
	ringing *part.Columns // of alarms
	asked   auditAsked
	shown   auditMsg
	read    bool
	listing bool // entries and not alarms
	before  *auditBefore
}

// auditBefore is where somebody was who opened an alarm, to go back to it: it was
// read, and reading it again would be written down again.
type auditBefore struct {
	asked auditAsked
	shown auditMsg
	read  bool // by this session: who comes back has asked for the rest alone
	alarm string
}

// auditAsked is what of the audit is wanted.
type auditAsked struct {
	since, until model.Day
	filter       model.AccessFilter
	number       string // of the person, as it was typed
}

// auditMsg is what was read.
type auditMsg struct {
	alarms  []model.Alarm
	entries []model.Access
	numbers map[model.PersonID]string
}

func newAudit(e *env) *audit {
	s := &audit{env: e, alarms: part.NewList(e.theme), entries: part.NewList(e.theme)}
	const when, who, number = 17, 14, 7
	s.columns = part.NewColumns(part.Column{Title: "when", Width: when}, part.Column{Title: "who", Width: who},
		part.Column{Title: "role", Width: 16, From: 100}, part.Column{Title: "prison number", Width: number}, part.Column{Title: "what", Flex: 1, Width: 20})
	s.ringing = part.NewColumns(part.Column{Title: "when", Width: when}, part.Column{Title: "who", Width: who},
		part.Column{Title: "prison number", Width: number}, part.Column{Title: "what", Width: 18}, part.Column{Title: "why", Flex: 1, Width: 16})
	s.alarms.Empty = "Nothing to ask about."
	s.entries.Empty = "Nothing that fits is written down."
	s.ask(auditAsked{since: e.today() - auditDays})
	return s
}

// whyNoAudit says why the person signed in may not read the audit, "" when they
// may.
func whyNoAudit(e *env) string {
	if err := model.AllowAudit(e.Actor().Role); err != nil {
		return err.Error()
	}
	return ""
}

func (s *audit) ask(what auditAsked) {
	s.asked = what
	s.asked.filter.Since, s.asked.filter.Until = 0, 0
	s.asked.filter.Within(what.since, what.until)
	s.read = false
	s.anew()
}

// Title implements Screen.
func (*audit) Title() string { return "Audit" }

// Load implements Screen.
func (s *audit) Load() tea.Cmd {
	if s.read {
		return nil
	}
	e, asked := s.env, s.asked
	return s.load(s, func() (tea.Msg, error) {
		ctx := context.Background()
		alarms, err := e.Alarms(ctx, asked.since)
		if err != nil {
			return nil, err
		}
		entries, err := e.Accesses(ctx, asked.filter, auditMost)
		return auditMsg{fitting(alarms, asked.filter), entries, numbersOf(e.Rows())}, err
	})
}

// fitting keeps the alarms about whom and when was asked for.
func fitting(alarms []model.Alarm, f model.AccessFilter) []model.Alarm {
	var out []model.Alarm
	for _, a := range alarms {
		if (f.Staff == "" || f.Staff == a.Staff) && (f.Person.IsZero() || f.Person == a.Person) && (f.Until == 0 || a.From < f.Until) {
			out = append(out, a)
		}
	}
	return out
}

func numbersOf(rows []model.Row) map[model.PersonID]string {
	numbers := make(map[model.PersonID]string, len(rows))
	for i := range rows {
		numbers[rows[i].ID] = rows[i].Prison
	}
	return numbers
}

// Update implements Screen.
func (s *audit) Update(msg tea.Msg) tea.Cmd {
	answer, ok := msg.(auditMsg)
	if !ok {
		return s.list().Update(msg)
	}
	s.show(answer)
	return nil
}

func (s *audit) show(answer auditMsg) {
	s.shown, s.read = answer, true
	s.alarms.Reset(part.Rows{Len: len(answer.alarms), ID: func(i int) string { return alarmID(&answer.alarms[i]) }, Line: s.alarmLine})
	s.entries.Reset(part.Rows{Len: len(answer.entries), ID: func(i int) string { return entryID(&answer.entries[i]) }, Line: s.entryLine})
}

// entryID names an entry: each has a number of its own in the chain of its device.
func entryID(a *model.Access) string {
	id := strconv.AppendUint(append([]byte("entry/"), a.Device[:]...), a.Seq, 10)
	return string(strconv.AppendInt(append(id, '/'), int64(a.At), 10))
}

// alarmID names an alarm by what it is about and when that began: it may go on.
func alarmID(a *model.Alarm) string {
	return fmt.Sprintf("alarm/%s/%s/%d", a.Kind, a.Staff, a.From) + string(a.Person[:]) + string(a.Device[:])
}

// Leave implements Leaver: from what an alarm is about, back to that alarm.
func (s *audit) Leave() (tea.Cmd, bool) {
	b := s.before
	if b == nil {
		return nil, false
	}
	s.ask(b.asked)
	s.before, s.listing = nil, false
	if !b.read {
		s.alarms.Reset(part.Rows{}) // of what this alarm is about
		s.alarms.Seek(b.alarm)
		return s.Load(), true
	}
	s.show(b.shown)
	s.alarms.Select(b.alarm)
	return nil, true
}

func (s *audit) list() *part.List {
	if s.listing {
		return s.entries
	}
	return s.alarms
}

func (s *audit) entryLine(i, width int) part.Line {
	a, t := &s.shown.entries[i], s.env.theme
	style := t.Text
	if a.Kin || warns(a.What) {
		style = t.Warn
	}
	return s.columns.Line(width,
		part.Cell{Text: a.At.String(), Style: t.Muted}, part.Cell{Text: s.whoDid(a)}, part.Cell{Text: roleOf(a.Role), Style: t.Muted},
		part.Cell{Text: s.shown.numbers[a.Person]}, part.Cell{Text: a.WordsOf(s.nameOf(a.Whom)), Style: style},
	)
}

// warns tells what a reader of the audit should not pass over.
func warns(what model.AccessWhat) bool {
	switch what {
	case model.AccessClock, model.AccessFound, model.AccessGap, model.AccessDevice, model.AccessRefused, model.AccessGlass, model.AccessSignInFailed:
		return true
	}
	return false
}

func (s *audit) alarmLine(i, width int) part.Line {
	a, t := &s.shown.alarms[i], s.env.theme
	return s.ringing.Line(width,
		part.Cell{Text: a.To.String(), Style: t.Muted}, part.Cell{Text: claimed(s.nameOf(a.Staff), a.Claimed)},
		part.Cell{Text: s.shown.numbers[a.Person]}, part.Cell{Text: a.Kind.Words(), Style: t.Warn}, part.Cell{Text: a.Says},
	)
}

func (s *audit) nameOf(id model.StaffID) string {
	if id == "" {
		return ""
	}
	return s.env.StaffName(id)
}

// whoDid names who an entry is of: the hub or a workstation, of what they wrote
// down by themselves.
func (s *audit) whoDid(a *model.Access) string {
	switch {
	case a.Staff == "" && a.Role == model.RoleHub:
		return "The hub"
	case a.Staff == "" && a.What == model.AccessFound:
		return "Workstation"
	}
	return claimed(s.nameOf(a.Staff), a.Claimed())
}

// claimed marks a name of which nothing proves that it was them.
func claimed(name string, is bool) string {
	if is && name != "" {
		return "? " + name
	}
	return name
}

// roleOf is "" for the hub's own, which whoDid names.
func roleOf(r model.Role) string {
	if r == "" || r == model.RoleHub {
		return ""
	}
	return r.Words()
}

// Actions implements Screen.
func (s *audit) Actions() []Action {
	none := ""
	if s.list().Index() < 0 {
		none = s.env.nothingHere()
	}
	first := Action{Key: part.KeyEnter, Name: "entries", Word: "open", Row: onRow, Says: "List the entries that the alarm under the cursor is about.", Disabled: none, Run: s.openAlarm}
	other := "entries"
	if s.listing {
		first = Action{Key: part.KeyEnter, Name: "open", Row: onRow, Says: "See all that stands in the entry under the cursor.", Disabled: none, Run: s.openEntry}
		other = "alarms"
	}
	actions := []Action{
		first,
		{Key: part.KeyTab, Name: other, Says: "Change between what to ask about and everything that is written down.", Run: s.flip},
		{Key: part.KeyFilter, Name: "filter", Says: "Choose the days, the member of staff, the person and what was done.", Run: func() tea.Cmd { return open(newAuditFilter(s)) }},
		{Key: "v", Word: "overrides", Says: "See the overrides that wait for a review.", Disabled: whyNoReview(s.env), Run: func() tea.Cmd { return open(newOverrides(s.env)) }},
		{Key: "r", Name: "read anew", Word: "reload", Says: "Read again what has come since. That you do is written down.", Run: s.again},
		back(),
	}
	return append(actions, moving()...)
}

func (s *audit) flip() tea.Cmd {
	s.listing = !s.listing
	return nil
}

func (s *audit) again() tea.Cmd {
	s.ask(s.asked)
	return s.Load()
}

// openAlarm lists what an alarm is about.
func (s *audit) openAlarm() tea.Cmd {
	a := &s.shown.alarms[s.alarms.Index()]
	next := auditAsked{since: s.asked.since, until: s.asked.until}
	if a.From != 0 {
		next.since, next.until = model.DayOf(a.From.Time()), model.DayOf(a.To.Time())
	}
	next.filter.Staff, next.filter.Person = a.Staff, a.Person
	next.number = s.shown.numbers[a.Person]
	switch a.Kind {
	case model.AlarmPassphrase, model.AlarmDisabled:
		next.filter.What = model.AccessSignInFailed
	case model.AlarmGlassHours, model.AlarmReview:
		next.filter.What = model.AccessGlass
	case model.AlarmGap:
		next.filter.What = model.AccessGap
	case model.AlarmStopped:
		next.filter.What = model.AccessDevice
	case model.AlarmRefused:
		next.filter.What = model.AccessRefused
	case model.AlarmDamage, model.AlarmDoubt:
		next.filter.What = model.AccessFound
	case model.AlarmClock:
		if next.filter.What = model.AccessFound; a.Staff != "" {
			next.filter.What = model.AccessClock
		}
	}
	if s.before == nil {
		id, _ := s.alarms.Selected()
		s.before = &auditBefore{s.asked, s.shown, true, id}
	}
	s.listing = true
	s.ask(next)
	return s.Load()
}

func (s *audit) openEntry() tea.Cmd {
	a := s.shown.entries[s.entries.Index()]
	return open(newAuditEntry(s.env, a, s.shown.numbers[a.Person]))
}
