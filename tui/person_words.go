package tui

import (
	"fmt"
	"slices"
	"strings"

	"github.com/throughgate/throughgate/model"
	"github.com/throughgate/throughgate/tui/part"
)

// line is a line of the checklist: its name, its state in words, by when, and
// what was remarked.
func (s *person) line(facts model.ItemFacts, width int) part.Line {
	item := s.troubled(facts.ID, s.env.shownItem(&s.record.Shared, facts.ID))
	if why := facts.WhyNot(&s.record.Shared); why != "" && !item.State.Settled() {
		muted := s.env.theme.Muted
		return s.columns.Line(width, part.Cell{Text: facts.Name, Style: muted}, part.Cell{Text: model.NotNeeded.Words(), Style: muted}, part.Cell{}, part.Cell{Text: why, Style: muted})
	}
	return s.columns.Line(width,
		part.Cell{Text: facts.Name},
		part.Cell{Text: itemWords(item), Style: stateStyle(s.env.theme, item.State)},
		part.Cell{Text: s.due(facts, item)},
		part.Cell{Text: s.remark(facts, item), Style: s.env.theme.Muted},
	)
}

// shownItem is a line as it stands; one that two desks wrote differently is a
// problem, whatever the last of them said.
func (e *env) shownItem(s *model.SharedPart, id model.ItemID) model.Item {
	item := s.Item(id)
	for _, m := range e.timeline.Readiness(s) {
		if m.Item.ID == id && m.State != item.State {
			item.State, item.Note, item.Detail = m.State, m.Note, ""
		}
	}
	return item
}

// itemWords is a state with the word that says more, where it does.
func itemWords(item model.Item) string {
	switch item.Detail {
	case "", "yes", "NO", "refused":
		return item.State.Words()
	}
	return item.State.Words() + ": " + item.Detail
}

func (s *person) due(facts model.ItemFacts, item model.Item) string {
	dates := s.env.timeline.Of(&s.record.Shared)
	due := dates.Due(&facts)
	switch {
	case s.checksAgain(&facts):
		return "check again"
	case due.IsZero() || item.State.Settled():
		return ""
	case dates.Now(&facts, s.env.today()):
		return "due now"
	}
	return s.env.dueWords(due)
}

// checksAgain tells whether a line that is done is to be looked at again now.
func (s *person) checksAgain(facts *model.ItemFacts) bool {
	return s.record.Shared.ChecksAgain(facts, s.env.today())
}

// dueWords are short: their column is.
func (e *env) dueWords(due model.Day) string { return model.DueWords(due, e.today(), e.plain) }

// remark is what a person wrote beside the line; else whose it is.
func (s *person) remark(facts model.ItemFacts, item model.Item) string {
	switch {
	case item.Note != "":
		return item.Note
	case item.Staff != "" && item.State != model.NotStarted:
		return s.env.StaffName(item.Staff)
	}
	return facts.Owners[0].Words()
}

func stateStyle(t *part.Theme, s model.ItemState) part.Style {
	switch s {
	case model.Done, model.NotNeeded:
		return t.Good
	case model.Problem, model.Refused:
		return t.Danger
	case model.InProgress:
		return t.Warn
	}
	return t.Text
}

// standing is how the release stands: when it is, and in words what blocks it.
func (s *person) standing(width int) []string {
	t := s.env.theme
	lines := part.Notices(width, s.release(), t.Title, 2)
	add := func(style part.Style, most int, text string) {
		lines = append(lines, part.Notices(width, text, style, most)...)
	}
	if s.record.Partial {
		add(t.Danger, 2, "What was here of this person was removed when they had left, and is being fetched from the hub: this is not the whole record yet.")
	}
	if words, style := rescueWords(s.env, s.record); words != "" {
		add(style, 2, words)
	}
	if n := s.conflictsHere(); n > 0 {
		add(t.Danger, 1, plural(n, "conflict", "conflicts")+" to settle"+s.env.keys(": press c.", "."))
	}
	if waiting := toReview(s.record); len(waiting) > 0 {
		add(t.Warn, 5, overrideWords(s.env, waiting[0]))
	}
	if words := absence(&s.record.Shared); words != "" {
		add(t.Text, 2, words)
	}
	if odd := s.record.Shared.DateWarning(s.env.today()); odd != "" {
		add(t.Warn, 2, odd)
	}
	if _, left := s.record.Shared.Gone(); !left && s.record.Shared.Release.Day >= s.env.today() { // a day that has passed comes forward to none
		if words := model.ComesForward(s.record.Shared.Release, s.record.Shared.Stay).Words(); words != "" {
			add(t.Muted, 2, words)
		}
	}
	if stops := stopping(s.record); len(stops) > 0 {
		add(t.Danger, 3, "HELD, do not release: "+strings.Join(stops, "; ")+".")
	}
	if s.trouble != "" {
		add(t.Danger, 2, "GP: "+s.trouble)
	}
	missing := s.env.timeline.Readiness(&s.record.Shared)
	if _, left := s.record.Shared.Gone(); left && len(missing) > 0 {
		add(t.Warn, 2, s.leftUndone(missing))
		return lines
	}
	if len(missing) == 0 {
		add(t.Good, 1, "Ready: nothing is missing for the release.")
		return lines
	}
	if model.Ready(&s.record.Shared) {
		add(t.Good, 2, fmt.Sprintf("Ready for the gate: %d left to do there or to follow up, %s", len(missing), s.yours(missing)))
		return lines
	}
	blocks := 0
	for _, m := range missing {
		if m.Item.Blocks && m.Item.Stage == model.BeforeGate {
			blocks++
		}
	}
	add(t.Warn, 2, fmt.Sprintf("Not ready: %d of %d still to do, %d of them before anybody leaves, %s", len(missing), s.asked, blocks, s.yours(missing)))
	return lines
}

// absence says of somebody who is out for a day that the checklist is not for that,
// "" of everybody else.
func absence(s *model.SharedPart) string {
	if s.Stay.Out != string(model.MovementTemporary) || s.Release.Day.IsZero() {
		return ""
	}
	return "Out on temporary absence. What stands here is for the release on " + s.Release.Day.Long() + ": none of it is for the absence, or keeps anybody from one."
}

// leftUndone is what is open of somebody who has left: what was never done, and what
// can only be done later.
func (s *person) leftUndone(missing []model.Missing) string {
	sh, today := &s.record.Shared, s.env.today()
	next := s.env.timeline.ChecksDue(sh)
	later := func(m model.Missing) bool {
		if m.Item.ID == model.ItemAfterRelease && len(next) > 0 {
			return next[0].Day > today
		}
		return m.Item.Stage == model.AfterRelease && m.Due > today
	}
	var words []string
	if never := slices.DeleteFunc(slices.Clone(missing), later); len(never) > 0 {
		words = append(words, fmt.Sprintf("%d of %d %s never done: %s.", len(never), s.asked, wasOrWere(len(never)), missingNames(never)))
	}
	if then := slices.DeleteFunc(slices.Clone(missing), func(m model.Missing) bool { return !later(m) }); len(then) > 0 {
		words = append(words, "Later: "+missingNames(then)+".")
	}
	return strings.Join(words, " ")
}

// yours says how many of what is missing the person signed in can do, and which is
// next; where there is nothing, what comes next and whose it is.
func (s *person) yours(missing []model.Missing) string {
	var mine []string
	for _, m := range missing {
		if slices.Contains(m.Item.Owners, s.env.Actor().Role) {
			mine = append(mine, m.Item.Name)
		}
	}
	const named = 3
	switch n := len(mine); {
	case n == 0:
		return fmt.Sprintf("none yours. Next is %s (%s).", missing[0].Item.Name, missing[0].Whose.Words())
	case n <= named:
		return fmt.Sprintf("%d yours: %s.", n, strings.Join(mine, ", "))
	}
	return fmt.Sprintf("%d yours, %s first.", len(mine), mine[0])
}

// stopping says what stands against a release and who answers for it. Who may not
// read custody's alerts is told that there is one, and whom to ask.
func stopping(r *model.Record) []string {
	var words []string
	for _, h := range r.StandingHolds() {
		words = append(words, h.Words+" (ask "+h.Whose+")")
	}
	return words
}

func (s *person) release() string {
	rel := s.record.Shared.Release
	if at, left := s.record.Shared.Gone(); left {
		return "LEFT on " + at.String()
	}
	if rel.Day.IsZero() {
		return joinWords([]string{"No release date", backWords(&s.record.Shared)})
	}
	words := []string{"Release", rel.Day.Long(), rel.Time, rel.Basis.Words()}
	if rel.Reason != "" {
		words = append(words, model.MovementReasonWords(model.MovementRelease, rel.Reason))
	}
	switch {
	case rel.Destination != "" && s.record.Shared.Restricted:
		words = append(words, "to: withheld") // NHS "sensitive": an address is not shown
	case rel.Destination != "":
		words = append(words, "to "+rel.Destination)
	}
	return joinWords(append(words, backWords(&s.record.Shared)))
}

// backWords tells that the person was released before and is here again.
func backWords(s *model.SharedPart) string {
	if s.Back.IsZero() {
		return ""
	}
	return "Back in prison since " + model.DayOf(s.Back.Time()).String() + ": everything begins anew"
}

// joinWords joins what is not empty, two blanks between.
func joinWords(words []string) string {
	kept := words[:0]
	for _, w := range words {
		if w != "" {
			kept = append(kept, w)
		}
	}
	return strings.Join(kept, "  ")
}

// detailMost is how many lines say more of the line under the cursor.
const detailMost = 3

// detail says of the line under the cursor what its columns had no room for.
func (s *person) detail(width, most int) []string {
	facts, found := model.FactsOf(s.item())
	if !found {
		return nil
	}
	item := s.troubled(facts.ID, s.env.shownItem(&s.record.Shared, facts.ID))
	text := ""
	if words := itemWords(item); part.Width(words) > stateWidth {
		text = words + "."
	}
	if !item.State.Settled() {
		text += " It wants " + facts.Wants + "."
	}
	if item.Note != "" {
		text += " \"" + item.Note + "\""
	}
	if item.Staff != "" {
		text += " " + s.env.by(item.Staff, item.At) + "."
	}
	if by := s.record.Shared.Checked[facts.ID]; by.At.After(item.At) {
		text += " Checked again: " + s.env.by(by.Staff, by.At) + "."
	}
	if s.checksAgain(&facts) {
		text += " To be checked again since " + s.record.Shared.CheckAgain(&facts).String() + s.env.keys(": press s when it still is.", ".")
	}
	lines := part.Notices(width, text, s.env.theme.Text, max(1, most))
	whose := "For: " + rolesWords(facts.Owners)
	if len(lines) >= most {
		return part.Notices(width, text+" "+whose, s.env.theme.Text, max(1, most))
	}
	return append(lines, part.Notices(width, whose, s.env.theme.Text, most-len(lines))...)
}

// rolesWords names roles in the one order they always have: from one line to the
// next what is the same stays in its place.
func rolesWords(roles []model.Role) string {
	words := make([]string, 0, len(roles))
	for _, r := range model.Roles() {
		if slices.Contains(roles, r) {
			words = append(words, r.Words())
		}
	}
	return strings.Join(words, ", ")
}

func wasOrWere(n int) string {
	if n == 1 {
		return "was"
	}
	return "were"
}
