package model

import (
	"maps"
	"slices"
	"time"
)

// GMS1Page is a page of what the registration form asks and the record does not
// hold otherwise. GMS1 is the form by which somebody joins a GP practice in
// England; practices in Wales ask the same on GMS1W.
type GMS1Page string

// The pages. Their names are on the wire.
const (
	GMS1Person  GMS1Page = "person"
	GMS1Before  GMS1Page = "before"
	GMS1People  GMS1Page = "people"
	GMS1Health  GMS1Page = "health"
	GMS1Choices GMS1Page = "choices"
)

// GMS1Key names a question of the form, for ever.
type GMS1Key string

// GMS1Said tells an answer from none.
type GMS1Said string

// What was said. "Not asked" and "declined" are answers; neither is a no.
const (
	GMS1NotAsked GMS1Said = ""
	GMS1Answered GMS1Said = "answered"
	GMS1Declined GMS1Said = "declined"
)

// GMS1Answer is the answer to one question.
type GMS1Answer struct {
	Said GMS1Said `json:"said,omitempty"`
	Text string   `json:"text,omitempty"` // of a question with options: the option's value
}

// GMS1Filled is a page as it was last kept.
type GMS1Filled struct {
	Answers map[GMS1Key]GMS1Answer `json:"answers,omitempty"`
	By      Signed                 `json:"by"`
}

// GMS1Set keeps the answers of one page, all at once.
type GMS1Set struct {
	Page    GMS1Page               `json:"page"`
	Answers map[GMS1Key]GMS1Answer `json:"answers,omitempty"`
}

// Kind implements Change.
func (*GMS1Set) Kind() string { return "gms1.set" }

// Slot implements Change: two desks may fill two pages at a time.
func (c *GMS1Set) Slot() string { return "gms1/" + string(c.Page) }

// Compartment implements Change.
func (*GMS1Set) Compartment() Compartment { return Health }

// gms1Longest is how much one answer may hold: the form has a line for each.
const gms1Longest = 240

// Check implements Change.
func (c *GMS1Set) Check(*Record, time.Time) error {
	questions := GMS1Questions(c.Page)
	if len(questions) == 0 {
		return Invalid("The form has no such page.", "")
	}
	for _, key := range slices.Sorted(maps.Keys(c.Answers)) {
		at := slices.IndexFunc(questions, func(q GMS1Question) bool { return q.Key == key })
		if at < 0 {
			return Invalid("The page has no such question.", "")
		}
		if err := questions[at].check(c.Answers[key]); err != nil {
			return err
		}
	}
	return nil
}

func (q GMS1Question) check(a GMS1Answer) error {
	field := string(q.Key)
	switch {
	case a.Said != GMS1NotAsked && a.Said != GMS1Answered && a.Said != GMS1Declined:
		return Invalid("There is no such sort of answer.", "").At(field)
	case a.Said != GMS1Answered && a.Text != "":
		return Invalid("What was not answered has no words.", "").At(field)
	case a.Said == GMS1Answered && a.Text == "":
		return Invalid("An answer needs words.", "Leave it out when it was not asked.").At(field)
	case a.Said == GMS1Answered && len(q.Options) > 0 && q.Option(a.Text) == "":
		return Invalid("There is no such answer to "+q.Label+".", "").At(field)
	}
	return at(field, checkLine(q.Label, a.Text, gms1Longest))
}

// Apply implements Change.
func (c *GMS1Set) Apply(r *Record, op *Op) {
	if r.Health.GMS1 == nil {
		r.Health.GMS1 = make(map[GMS1Page]GMS1Filled)
	}
	answers := maps.Clone(c.Answers)
	if len(answers) == 0 {
		answers = nil
	}
	r.Health.GMS1[c.Page] = GMS1Filled{Answers: answers, By: signedBy(op)}
}

// String implements Change.
func (c *GMS1Set) String() string { return "Registration form: " + c.Page.Words() }

// Answer is what is kept for a question. What the person said of it when they
// were asked for consent counts as well: the later word holds.
func (h *HealthPart) Answer(q GMS1Question) GMS1Answer {
	page := h.GMS1[q.Page]
	own := page.Answers[q.Key]
	if a, at := h.consentAnswer(q.Key); a.Said != GMS1NotAsked && (own.Said == GMS1NotAsked || at.After(page.By.At)) {
		return a
	}
	return own
}
