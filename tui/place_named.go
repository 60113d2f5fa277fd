package tui

import (
	"context"
	"encoding/json"
	"strconv"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/throughgate/throughgate/model"
	"github.com/throughgate/throughgate/tui/part"
)

// The names of screens for coming back to them, where they have none elsewhere.
const (
	boardScreen     = "board"
	everybodyScreen = "everybody"
	worklistScreen  = "worklist"
	courtScreen     = "court"
	syncPlace       = "sync"
	measuresScreen  = "measures"
	auditPlace      = "audit"
	overridesScreen = "overrides"
	conflictsScreen = "conflicts"
	printScreen     = "print"
	historyScreen   = "history"
	knownScreen     = "notes"
	packScreen      = "court-pack"
	letterScreen    = "letter-page"
	datePlace       = "go-to-date"
	weeksPlace      = "weeks"
	filterPlace     = "audit-filter"
	palettePlace    = "palette"

	courtToday = "today"
)

// deskScreen makes the screen about nobody of a name; nil when there is none, or
// the role may not use it any more.
func deskScreen(e *env, p place) Screen {
	switch name := p.Screen; {
	case name == arrivalForm && whyNoArrival(e) == "":
		return newArrival(e)
	case name == letGoWhoForm && whyNobodyLetGo(e) == "":
		return newLetGoWho(e)
	case name == auditPlace && whyNoAudit(e) == "":
		return newAuditAt(e, p.View)
	case name == overridesScreen && whyNoReview(e) == "":
		return newOverrides(e)
	}
	switch p.Screen {
	case worklistScreen:
		s := newWorklist(e)
		return narrowed(s, s.filter, p)
	case courtScreen:
		s := newCourt(e)
		s.today = p.View == courtToday
		return s
	case syncPlace:
		return newSyncScreen(e)
	case measuresScreen:
		return newMeasuresAt(e, p.View)
	case datePlace:
		s := newGoToDate(e)
		typedAgain(s.form, p.View)
		return s
	case conflictsScreen:
		return newConflicts(e)
	case printScreen:
		return newPrinting(e, nil)
	}
	return nil
}

// questionOver makes a small form about the screen below it, with what was typed
// in it; nil when the place is none.
func questionOver(below Screen, p place) Screen {
	switch s := below.(type) {
	case *audit:
		if p.Screen == filterPlace {
			f := newAuditFilter(s)
			typedAgain(f.form, p.View)
			return f
		}
	case *measures:
		if p.Screen == weeksPlace {
			f := newWhichWeeks(s)
			typedAgain(f.form, p.View)
			return f
		}
	}
	return nil
}

// typedIn is what stands in a form that keeps no draft of its own.
func typedIn(f *part.Form) string {
	draft, err := json.Marshal(f.Draft())
	if err != nil {
		return "" // strings always are JSON
	}
	return string(draft)
}

// typedAgain puts it back. What was emptied stays empty.
func typedAgain(f *part.Form, was string) {
	var draft map[string]string
	if json.Unmarshal([]byte(was), &draft) != nil {
		return
	}
	for key := range f.Draft() {
		if _, kept := draft[key]; !kept {
			draft[key] = ""
		}
	}
	_ = f.Restore(draft) // no picker is among the questions
}

// narrowed puts a list's filter back before the list is first read, which asks no
// further question.
func narrowed(s Screen, filter *part.Filter, was place) Screen {
	ask := filter.OnChange
	filter.OnChange = nil
	_ = filter.Set(was.View)
	filter.OnChange = ask
	if was.Typing {
		filter.Open()
	}
	return s
}

// pageNamed makes the page of a name about one person; nil when there is none.
func pageNamed(e *env, r *model.Record, p place) Screen {
	switch p.Screen {
	case historyScreen:
		return newHistory(e, r)
	case knownScreen:
		return newKnown(e, r.ID, r)
	case printScreen:
		return newPrinting(e, r)
	case gateScreen:
		return newGateWalk(e, r.ID)
	case conflictsScreen:
		return newConflictsOf(e, r.ID)
	case packScreen:
		if day, err := strconv.Atoi(p.What); err == nil {
			return newCourtPack(e, r.ID, model.Day(day))
		}
	case letterScreen:
		if r.Health != nil && p.What == lateName {
			return newResultsLetter(e, r.ID)
		} else if r.Health != nil {
			return newLetter(e, r.ID)
		}
	}
	if slot := trimPrefix(p.Screen, settleForm); slot != "" {
		return settleNamed(e, r, slot)
	}
	return nil
}

// settleNamed is the form for the conflict of a slot; nil when it is settled.
func settleNamed(e *env, r *model.Record, slot string) Screen {
	all, err := e.Conflicts(context.Background())
	if err != nil {
		return nil // the list of conflicts says why
	}
	for _, c := range all {
		if c.Row.ID == r.ID && c.Conflict.Slot == slot {
			return newSettle(e, r, c)
		}
	}
	return nil
}

// Place implements Placed: the list that is shown, and its filter.
func (b *board) Place() place {
	p := place{Screen: boardScreen, View: b.filter.Query(), Typing: b.filter.Typing()}
	if b.everybody {
		p.Screen = everybodyScreen
	}
	return p
}

// comeBack shows the list that somebody left, with its filter, and puts the
// cursor where it was, or on whom they were at work with.
func (b *board) comeBack(was place) tea.Cmd {
	if b.everybody || b.filter.Active() || b.list.Put() {
		return nil // they have begun anew
	}
	var cmds []tea.Cmd
	if was.Screen == everybodyScreen {
		cmds = append(cmds, b.flip())
	}
	who := was.Person
	if was.Row != "" {
		copy(who[:], was.Row)
	}
	b.seek(who)
	cmds = append(cmds, b.filter.Set(was.View))
	if was.Typing {
		b.filter.Open()
	}
	if b.read && !b.asking {
		b.toSought()
	}
	return tea.Batch(cmds...)
}

// Place implements Placed.
func (s *worklist) Place() place {
	return place{Screen: worklistScreen, View: s.filter.Query(), Typing: s.filter.Typing()}
}

// Place implements Placed.
func (s *court) Place() place {
	p := place{Screen: courtScreen}
	if s.today {
		p.View = courtToday
	}
	return p
}

// Place implements Placed.
func (s *syncScreen) Place() place { return place{Screen: syncPlace} }

// Place implements Placed.
func (s *measures) Place() place { return place{Screen: measuresScreen, View: s.span()} }

// Place implements Placed.
func (s *audit) Place() place { return place{Screen: auditPlace, View: s.view()} }

// Place implements Placed.
func (s *auditFilter) Place() place { return place{Screen: filterPlace, View: typedIn(s.form)} }

// Place implements Placed.
func (f *whichWeeks) Place() place { return place{Screen: weeksPlace, View: typedIn(f.form)} }

// Place implements Placed.
func (s *goToDate) Place() place { return place{Screen: datePlace, View: typedIn(s.form)} }

// Place implements Placed.
func (s *overrides) Place() place { return place{Screen: overridesScreen} }

// Place implements Placed.
func (s *conflicts) Place() place { return place{Screen: conflictsScreen, Person: s.of} }

// Place implements Placed.
func (s *printing) Place() place {
	if s.record == nil {
		return place{Screen: printScreen}
	}
	return place{Screen: printScreen, Person: s.record.ID}
}

// Place implements Placed.
func (s *history) Place() place { return place{Screen: historyScreen, Person: s.record.ID} }

// Place implements Placed.
func (s *known) Place() place { return place{Screen: knownScreen, Person: s.id} }

// Place implements Placed.
func (s *courtPack) Place() place {
	return place{Screen: packScreen, Person: s.id, What: strconv.Itoa(int(s.day))}
}

// Place implements Placed.
func (s *letter) Place() place {
	p := place{Screen: letterScreen, Person: s.id}
	if s.late {
		p.What = lateName
	}
	return p
}
