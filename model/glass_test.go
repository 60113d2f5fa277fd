package model_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/throughgate/throughgate/model"
)

// breaking is an override that any check takes at a moment.
func breaking(opens model.Compartment, at time.Time) *model.GlassBroken {
	return &model.GlassBroken{
		Opens: opens, Reason: model.GlassLife, Words: "found unconscious in the cell", Until: model.InstantOf(at.Add(model.GlassWindow)),
	}
}

// What a role opens by breaking the glass is never what it reads anyhow, and
// whoever may open something has the right to say so.
func TestGlassIsWhatARoleDoesNotRead(t *testing.T) {
	for _, role := range model.Roles() {
		actor := model.Actor{Staff: "a.khan", Role: role, Site: "LEI"}
		for _, c := range model.Compartments() {
			may := slices.Contains(role.Glass(), c)
			if may && role.MayRead(c) {
				t.Errorf("%s reads %s and breaks the glass for it", role, c)
			}
			if err := model.Allow(actor, breaking(c, morning), &model.Record{}); (err == nil) != may {
				t.Errorf("%s, %s: %v", role, c, err)
			}
		}
		asked := model.Allow(actor, &model.GlassBroken{}, &model.Record{})
		if (asked == nil) != (len(role.Glass()) > 0) {
			t.Errorf("%s: %v", role, asked)
		}
	}
}

func TestAnOverrideNeedsAReasonItsWordsAndAnEnd(t *testing.T) {
	for name, c := range map[string]struct {
		spoil func(*model.GlassBroken)
		field string
	}{
		"no compartment": {func(c *model.GlassBroken) { c.Opens = 0 }, "opens"},
		"the shared one": {func(c *model.GlassBroken) { c.Opens = model.Shared }, "opens"},
		"no reason":      {func(c *model.GlassBroken) { c.Reason = "" }, "reason"},
		"curiosity":      {func(c *model.GlassBroken) { c.Reason = "curiosity" }, "reason"},
		"too few words":  {func(c *model.GlassBroken) { c.Words = "asap  \n     " }, "words"},
		"too many":       {func(c *model.GlassBroken) { c.Words = strings.Repeat("a", model.MaxGlassWords+1) }, "words"},
		"an escape":      {func(c *model.GlassBroken) { c.Words = "found \x1b[2J unconscious" }, "words"},
		"over already":   {func(c *model.GlassBroken) { c.Until = model.InstantOf(morning) }, "until"},
		"without end":    {func(c *model.GlassBroken) { c.Until += 1 }, "until"},
	} {
		change := breaking(model.Health, morning)
		if err := change.Check(&model.Record{}, morning); err != nil {
			t.Fatal(err)
		}
		c.spoil(change)
		err, _ := change.Check(&model.Record{}, morning).(*model.Error)
		if err == nil || err.Kind != model.KindInvalid || err.Field != c.field {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestEveryReasonAndOutcomeHasWords(t *testing.T) {
	for _, reason := range model.GlassReasons() {
		if !reason.Valid() || strings.Contains(reason.Words(), string(reason)) {
			t.Errorf("%s is called %q", reason, reason.Words())
		}
	}
	if got := model.GlassReason("next-year").Words(); got != "Reason next-year" {
		t.Error(got)
	}
	for _, outcome := range model.GlassOutcomes() {
		if strings.HasPrefix(outcome.Words(), "Outcome") {
			t.Errorf("%s has no words", outcome)
		}
	}
}

// However long a program says an override lasts, the record shows no more than
// the window.
func TestAnOverrideEndsWithItsWindow(t *testing.T) {
	d := newDesk(t, 1, model.RoleSaferCustody)
	c := breaking(model.Health, morning)
	c.Until += model.Instant((24 * time.Hour).Milliseconds())
	d.do(morning, c)
	o := d.record().Glass()[0]
	if !o.IsOpen(morning.Add(model.GlassWindow-time.Second)) || o.IsOpen(morning.Add(model.GlassWindow)) {
		t.Errorf("open until %s", o.Until)
	}
}

func TestAnOverrideWaitsForAReviewBySomebodyElse(t *testing.T) {
	breaker, manager := newDesk(t, 1, model.RoleManager), newDesk(t, 2, model.RoleManager)
	manager.actor.Staff = "e.wu"
	op := breaker.do(morning, breaking(model.Health, morning))
	if o := breaker.record().Glass()[0]; o.Staff != "a.khan" || o.Role != model.RoleManager || o.Opens != model.Health || o.IsReviewed() {
		t.Fatalf("the record shows %+v", o)
	}
	review := &model.GlassReviewed{Of: op.Stamp, Outcome: model.GlassJustified}
	if err := model.Allow(breaker.actor, review, breaker.record()); model.KindOf(err) != model.KindForbidden {
		t.Errorf("their own: %v", err)
	}
	breaker.do(morning, review) // as a program of their own might
	if row := model.RowOf(model.PersonID{1}, &breaker.record().Shared); row.Glass != 1 {
		t.Error("nobody else has looked, and it is off the list")
	}
	breaker.meet(manager)
	if err := model.Allow(manager.actor, review, manager.record()); err != nil {
		t.Error(err)
	}
	manager.do(morning.Add(time.Hour), review)
	o, row := manager.record().Glass()[0], model.RowOf(model.PersonID{1}, &manager.record().Shared)
	if !o.IsReviewed() || o.Review.Staff != "e.wu" || o.Review.Outcome != model.GlassJustified || row.Glass != 0 {
		t.Errorf("after the review: %+v, %d to review", o, row.Glass)
	}
}

func TestAReviewIsOfAnOverrideThatIsThere(t *testing.T) {
	c := &model.GlassReviewed{Of: model.Stamp{Wall: 7}, Outcome: model.GlassJustified}
	if err := c.Check(&model.Record{}, morning); model.KindOf(err) != model.KindNotFound {
		t.Error(err)
	}
	d := newDesk(t, 1, model.RoleManager)
	d.do(morning, c)
	if len(d.record().Glass()) != 0 {
		t.Error("a review made an override")
	}
}

// Two reviewers who find differently have a conflict, as with anything else.
func TestTwoReviewsThatDifferArePutBeforeAPerson(t *testing.T) {
	one, two := newDesk(t, 1, model.RoleManager), newDesk(t, 2, model.RoleAuditor)
	breaker := newDesk(t, 3, model.RoleNurse)
	breaker.actor.Staff = "b.jones"
	op := breaker.do(morning, breaking(model.Custody, morning))
	breaker.meet(one)
	breaker.meet(two)
	one.do(morning.Add(time.Minute), &model.GlassReviewed{Of: op.Stamp, Outcome: model.GlassJustified})
	two.do(morning.Add(time.Hour), &model.GlassReviewed{Of: op.Stamp, Outcome: model.GlassNotJustified, Words: "the wing could have been asked"})
	one.meet(two)
	r := one.record()
	if len(r.Conflicts()) != 1 || r.Glass()[0].Review.Outcome != model.GlassNotJustified {
		t.Errorf("%d conflicts, %+v", len(r.Conflicts()), r.Glass()[0].Review)
	}
}

func TestAnOverrideIsToldInOneLine(t *testing.T) {
	c := breaking(model.Health, morning)
	c.Words = "found unconscious\n\nin the cell"
	if got := c.String(); got != "Broke the glass: opened the health record. Risk to the person's life: found unconscious in the cell" {
		t.Error(got)
	}
	review := &model.GlassReviewed{Outcome: model.GlassNotJustified, Words: "could have\nasked"}
	if got := review.String(); got != "Reviewed an override: not justified. could have asked" {
		t.Error(got)
	}
}
