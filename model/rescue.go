package model

import (
	"slices"
	"strings"
	"time"
)

// Rescue is what is done for somebody who was released without notice, at court
// or by error, and never came back through the desk. It begins the moment the
// release is known.
type Rescue struct {
	Known  Instant                   `json:"known"` // when the prison heard of it: the clock runs from here
	Left   Instant                   `json:"left"`  // when they were let go
	Reason string                    `json:"reason"`
	Court  string                    `json:"court,omitempty"`
	Told   string                    `json:"told,omitempty"`  // who said so
	Means  RescueMeans               `json:"means,omitempty"` // and how
	Steps  map[RescueStep]RescueMark `json:"steps,omitempty"`
	Back   Instant                   `json:"back,omitempty"` // when the person was in prison again
	By     Signed                    `json:"by"`
}

// RescueMark is how far a step is.
type RescueMark struct {
	State ItemState `json:"state"`
	Note  string    `json:"note,omitempty"`
	By    Signed    `json:"by"`
}

// Running tells whether there is a rescue list that nobody's return has ended.
func (r *Rescue) Running() bool { return !r.Known.IsZero() && r.Back.IsZero() }

// RescueMeans is how the prison heard.
type RescueMeans string

// The means.
const (
	MeansPhone  RescueMeans = "phone"
	MeansEscort RescueMeans = "escort"
	MeansEmail  RescueMeans = "email"
	MeansSystem RescueMeans = "system"
	MeansPerson RescueMeans = "person"
)

var rescueMeans = []struct {
	code  RescueMeans
	words string
}{
	{MeansPhone, "By telephone from the court"}, {MeansEscort, "From the escort"}, {MeansEmail, "By email or warrant"},
	{MeansSystem, "From prison IT"}, {MeansPerson, "From the person or their family"},
}

// RescueWays lists them in the order a form shows them.
func RescueWays() []RescueMeans {
	out := make([]RescueMeans, len(rescueMeans))
	for i, row := range rescueMeans {
		out[i] = row.code
	}
	return out
}

// Words returns the means as it is shown.
func (m RescueMeans) Words() string {
	for _, row := range rescueMeans {
		if row.code == m {
			return row.words
		}
	}
	return "Not said"
}

// NoNoticeReasons are the reasons by which somebody is let go with no notice:
// those of that class, and two that usually have notice and need not: a sentence
// that was served already when it was passed, and a parole or executive order.
func NoNoticeReasons() []ReleaseReason {
	var out []ReleaseReason
	for _, r := range releaseReasons {
		if r.Accepted && !r.Ended && (r.Class == ReleaseNoNotice || r.Code == "SC" || r.Code == "ER" || r.Code == "PF") {
			out = append(out, r)
		}
	}
	slices.SortStableFunc(out, func(a, b ReleaseReason) int {
		return compareBool(a.Class == ReleaseNoNotice, b.Class == ReleaseNoNotice)
	})
	return out
}

// RescueStarted says that somebody was released without notice. It records the
// release, and starts the rescue list.
type RescueStarted struct {
	Known  Instant     `json:"known"`
	Left   Instant     `json:"left"`
	Reason string      `json:"reason"`
	Court  string      `json:"court,omitempty"`
	Told   string      `json:"told"`
	Means  RescueMeans `json:"means"`
}

// Kind implements Change.
func (*RescueStarted) Kind() string { return "rescue.started" }

// Slot implements Change.
func (*RescueStarted) Slot() string { return "rescue" }

// Compartment implements Change.
func (*RescueStarted) Compartment() Compartment { return Shared }

// Check implements Change.
func (c *RescueStarted) Check(r *Record, now time.Time) error {
	s := &r.Shared
	switch {
	case !s.Deceased.IsZero():
		return Invalid("This person has died.", "")
	case s.Rescue.Running() && s.Stay.Out == string(MovementRelease):
		return &Error{Kind: KindConflict, Msg: "The rescue list of this release is running already.", Hint: "Open it and go on there."}
	case s.Stay.Out == string(MovementTransfer):
		return Invalid("This person has been transferred.", "The prison they are in records their release.")
	case c.Known.Time().After(now):
		return Invalid("The time you heard of it must not be in the future.", "").At("known")
	case c.Left.Time().After(now):
		return Invalid("The time of release must not be in the future.", "").At("left")
	case c.Known.Before(c.Left):
		return Invalid("You cannot have heard of it before it happened.", "Check the two times.").At("left")
	}
	if n := len(s.Movements); n > 0 && s.Stay.Out != string(MovementRelease) && c.Left.Before(s.Movements[n-1].At) {
		return Invalid("The release is before the last movement recorded.", "Check the time; the person went out at "+s.Movements[n-1].At.String()+".").At("left")
	}
	return c.checkForm()
}

// checkForm is what needs no record.
func (c *RescueStarted) checkForm() error {
	if !slices.ContainsFunc(NoNoticeReasons(), func(r ReleaseReason) bool { return r.Code == c.Reason }) {
		return Invalid("Choose why the person was released.", "").At("reason")
	}
	if strings.TrimSpace(c.Told) == "" {
		return Invalid("Enter who said so.", "A name or a post, and where they can be called back.").At("told")
	}
	if !slices.Contains(RescueWays(), c.Means) {
		return Invalid("Say how you heard.", "").At("means")
	}
	if err := at("told", checkLine("Who said so", c.Told, 120)); err != nil {
		return err
	}
	return at("court", checkLine("The court", c.Court, 120))
}

// Apply implements Change. The release is confirmed by it, with no notice, and
// recorded once, whoever records it.
func (c *RescueStarted) Apply(r *Record, op *Op) {
	s := &r.Shared
	steps := s.Rescue.Steps
	if !s.Rescue.Running() {
		steps = nil
	}
	at := InstantOf(op.Stamp.Time())
	known, left := notAfter(c.Known, at), notAfter(c.Left, at)
	if s.Rescue.Running() { // one release that two desks tell of: its clock and what was answered for it stand
		known = s.Rescue.Known
	}
	s.Rescue = Rescue{Known: known, Left: left, Reason: c.Reason, Court: c.Court, Told: c.Told, Means: c.Means, Steps: steps, By: signedBy(op)}
	s.Release = Release{
		Day: DayOf(left.Time()), Time: left.Clock(), Basis: BasisConfirmed, Reason: c.Reason, Class: ReleaseNoNotice, Destination: s.Release.Destination,
	}
	if s.Stay.Out == string(MovementRelease) {
		return
	}
	s.Movements = append(s.Movements, Movement{Type: MovementRelease, Reason: c.Reason, At: left, Other: c.Court, By: op.Actor.Staff})
	s.Stay.Out = string(MovementRelease)
}

// notAfter is a moment that its author put no later than they wrote it; whatever
// else a program says is the moment of writing.
func notAfter(said, written Instant) Instant {
	if said <= 0 || said > written {
		return written
	}
	return said
}

// String implements Change.
func (c *RescueStarted) String() string {
	out := "Released without notice: " + MovementReasonWords(MovementRelease, c.Reason)
	if c.Court != "" {
		out += ", " + c.Court
	}
	return out + ". Told by " + c.Told
}
