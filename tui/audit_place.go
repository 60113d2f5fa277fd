package tui

import (
	"encoding/json"

	"github.com/throughgate/throughgate/model"
)

// auditView is how the audit is looked at, for coming back to it.
type auditView struct {
	Since   model.Day        `json:"since,omitempty"`
	Until   model.Day        `json:"until,omitempty"`
	Staff   model.StaffID    `json:"staff,omitempty"`
	Person  model.PersonID   `json:"person,omitzero"`
	Number  string           `json:"number,omitempty"`
	What    model.AccessWhat `json:"what,omitempty"`
	Entries bool             `json:"entries,omitempty"`
	Before  *auditView       `json:"before,omitempty"` // an alarm was opened: what was asked then
	Alarm   rowID            `json:"alarm,omitempty"`  // which
}

// viewOf is what is asked, to ask it again.
func viewOf(a auditAsked) auditView {
	return auditView{Since: a.since, Until: a.until, Staff: a.filter.Staff, Person: a.filter.Person, Number: a.number, What: a.filter.What}
}

func (v *auditView) asked() auditAsked {
	return auditAsked{since: v.Since, until: v.Until, number: v.Number, filter: model.AccessFilter{Staff: v.Staff, Person: v.Person, What: v.What}}
}

func (s *audit) view() string {
	v := viewOf(s.asked)
	v.Entries = s.listing
	if s.before != nil {
		before := viewOf(s.before.asked)
		v.Before, v.Alarm = &before, rowID(s.before.alarm)
	}
	value, err := json.Marshal(v)
	if err != nil {
		return "" // it is written as it stands
	}
	return string(value)
}

// newAuditAt asks what somebody had asked before, and shows the list they were in.
func newAuditAt(e *env, was string) *audit {
	s := newAudit(e)
	var v auditView
	if json.Unmarshal([]byte(was), &v) != nil {
		return s
	}
	s.listing = v.Entries
	s.ask(v.asked())
	if v.Before != nil {
		s.before = &auditBefore{asked: v.Before.asked(), alarm: string(v.Alarm)}
	}
	return s
}
