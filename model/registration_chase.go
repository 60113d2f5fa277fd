package model

import (
	"fmt"
	"time"
)

// The days before release on which a practice that has not answered is called
// (release checklist: sent a month before, chased two weeks and one week
// before).
const (
	FirstChaseDays  = 14
	SecondChaseDays = 7
)

// Chase is one attempt to get an answer out of a practice.
type Chase struct {
	GPChased
	By Signed `json:"by"`
}

// ChaseOutcome is what came of it. An answer to the question itself is a step of
// the registration, and no chase.
type ChaseOutcome string

// The outcomes. Their names are on the wire.
const (
	ChaseNobody   ChaseOutcome = "nobody"   // nobody answered
	ChaseMessage  ChaseOutcome = "message"  // a message was left
	ChasePromised ChaseOutcome = "promised" // they will answer
	ChaseNoForm   ChaseOutcome = "no-form"  // they have no form and want it again
)

// ChaseOutcomes lists them in the order a form shows them.
func ChaseOutcomes() []ChaseOutcome {
	return []ChaseOutcome{ChasePromised, ChaseNoForm, ChaseMessage, ChaseNobody}
}

// Words returns the outcome as it is shown.
func (o ChaseOutcome) Words() string {
	switch o {
	case ChaseNobody:
		return "Nobody answered"
	case ChaseMessage:
		return "A message was left"
	case ChasePromised:
		return "They will answer"
	case ChaseNoForm:
		return "They have no form: send it again"
	}
	return NotRecorded
}

// GPChased records that a practice was asked for its answer.
type GPChased struct {
	Day     Day                `json:"day"`
	Method  RegistrationMethod `json:"method,omitempty"`
	Who     string             `json:"who,omitempty"` // who was spoken to
	Outcome ChaseOutcome       `json:"outcome"`
	Note    string             `json:"note,omitempty"`
}

// Kind implements Change.
func (*GPChased) Kind() string { return "gp.chased" }

// Slot is empty: attempts only add up.
func (*GPChased) Slot() string { return "" }

// Compartment implements Change.
func (*GPChased) Compartment() Compartment { return Health }

// Check implements Change.
func (c *GPChased) Check(r *Record, now time.Time) error {
	have := r.health().Registration
	switch {
	case !have.Waiting():
		return Invalid("No practice is being waited for.", "Record that the form was sent first.")
	case c.Day.IsZero():
		return Invalid("Enter the day.", "Such as today.").At("day")
	case c.Day > DayOf(now):
		return Invalid("The day must not be in the future.", "").At("day")
	case c.Day < have.SentOn():
		return Invalid("The day is before the form was sent.", "Check the date.").At("day")
	case c.Method == "" || c.Method.Words() == NotRecorded:
		return Invalid("Say how they were asked.", "By telephone, secure e-mail or letter.").At("method")
	case c.Outcome.Words() == NotRecorded:
		return Invalid("Say what came of it.", "").At("outcome")
	case c.Who == "" && (c.Outcome == ChasePromised || c.Outcome == ChaseNoForm):
		return Invalid("Enter who answered at the practice.", "A name, or a name and a role.").At("who")
	}
	if err := at("who", checkLine("The name", c.Who, 80)); err != nil {
		return err
	}
	return at("note", checkText("The note", c.Note, 500))
}

// Apply implements Change.
func (c *GPChased) Apply(r *Record, op *Op) {
	reg := &r.Health.Registration
	reg.Chases = append(reg.Chases, Chase{GPChased: *c, By: signedBy(op)})
}

// Follows writes the line of the checklist again, as it is: the day on which the
// practice was last asked is all that others need to know when it is to be asked
// next.
func (*GPChased) Follows(r *Record) []Change {
	if r.Health == nil || r.saysClosed() {
		return nil
	}
	return followAnew(r, r.Health.registrationItem())
}

// String implements Change.
func (c *GPChased) String() string {
	return fmt.Sprintf("Practice asked for its answer, %s, %s: %s", c.Method.Words(), c.Day, c.Outcome.Words())
}

// Waiting tells whether the form is with a practice that has not answered.
func (r Registration) Waiting() bool { return r.State == RegSent || r.State == RegNoReply }

// LastAsked is the day on which the practice last had the form or was asked for
// its answer.
func (r Registration) LastAsked() Day {
	last := r.SentOn()
	for _, c := range r.Chases {
		last = max(last, c.Day)
	}
	return last
}

// Asked counts how often the practice was asked since the form last went to it.
func (r Registration) Asked() int {
	n := 0
	for _, c := range r.Chases {
		if c.Day >= r.SentOn() {
			n++
		}
	}
	return n
}

// chaseDay is when a practice that was last asked on a day is to be asked next:
// two weeks and one week before release, then every second day and on the day
// before release, for there is no week left to wait. Without a release date it
// has a week.
func chaseDay(release, last Day) Day {
	if release.IsZero() {
		return last + NoReplyDays
	}
	for _, before := range []Day{FirstChaseDays, SecondChaseDays} {
		if day := release - before; day > last {
			return day
		}
	}
	switch eve := release - 1; {
	case last >= eve:
		return last + 1
	case last+2 > eve:
		return eve
	}
	return last + 2
}

// NextChase says on which day the practice is to be asked for its answer, and
// what to do then; zero when no practice is being waited for. It names nobody.
func (r Registration) NextChase(release, today Day) (Day, string) {
	if !r.Waiting() {
		return 0, ""
	}
	due := chaseDay(release, r.LastAsked())
	if r.State == RegNoReply {
		due = min(due, max(today, r.LastAsked()+1))
	}
	escalate := !release.IsZero() && today >= release-SecondChaseDays && r.Asked() > 0
	switch {
	case due > today:
		return due, "Ask the practice for its answer on " + due.String() + "."
	case escalate:
		return due, "Escalate: the practice was asked and has not answered, and release is near. Have the manager call it, or choose another practice today."
	case r.State == RegNoReply:
		return due, "Telephone the practice and record what it says, or choose another."
	}
	return due, fmt.Sprintf("Telephone the practice: it has had the form for %s and has not answered.", dayCount(today-r.SentOn()))
}

func dayCount(n Day) string {
	if n == 1 {
		return "1 day"
	}
	return fmt.Sprintf("%d days", n)
}

// ChaseDue is the day on which the practice is to be asked for its answer, as
// everybody may know it: from the line of the checklist alone, which says that
// the form was sent and when it was last asked about. Zero when none is waited
// for. One that was found to be silent is asked again the next day.
func (s *SharedPart) ChaseDue() Day {
	item := s.Item(ItemGP)
	if silent := factsOfRegistration(RegNoReply); item.State == silent.item && item.Note == silent.note && !item.At.IsZero() {
		return DayOf(item.At.Time()) + 1
	}
	if item.State != InProgress || item.Detail != factsOfRegistration(RegSent).detail || item.At.IsZero() {
		return 0
	}
	return chaseDay(s.Release.Day, DayOf(item.At.Time()))
}
