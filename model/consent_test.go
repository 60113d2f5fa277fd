package model_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/throughgate/throughgate/model"
)

// answer is a change that records one answer as a form would have it.
func answer(t model.ConsentType, d model.ConsentDecision) *model.ConsentSet {
	c := consentTo(t, d)
	switch {
	case d == model.ConsentGiven && t.NeedsScope():
		c.Scope = "As the person said"
	case d == model.ConsentLacksCapacity:
		c.BestInterest, c.DoIt = "Dr Reid: would agree if well", true
	case d == model.ConsentNotAsked:
		c.Later, c.AskAgain = model.LaterWithdrawing, today+model.MostDaysPutOff
	}
	if t == model.ConsentSCR && c.Agreed() {
		c.Record = model.RecordCore
	}
	return c
}

// What each answer to each question changes elsewhere, as a page: whether it may
// be done from then on, which lines of the checklist move, and what is said.
func TestWhatAnAnswerChanges(t *testing.T) {
	var page strings.Builder
	for _, q := range model.ConsentQuestions() {
		fmt.Fprintf(&page, "%s (%s)\n", q.Name, q.Type)
		for _, decision := range model.ConsentDecisions() {
			d := newDesk(t, 1, model.RoleNurse)
			if decision == model.ConsentWithdrawn {
				d.must(morning, answer(q.Type, model.ConsentGiven))
			}
			before := linesOf(d)
			d.must(morning, answer(q.Type, decision))
			h, may := d.record().Health, "may not be done"
			if h.MayDo(q.Type, today) {
				may = "may be done"
			}
			outcome := h.Consents[q.Type].Outcome(today)
			fmt.Fprintf(&page, "  %s: %s\n    %s\n", decision.Words(), may, model.WhatFollows(q.Type, outcome))
			for _, line := range linesOf(d) {
				if !slices.Contains(before, line) {
					fmt.Fprintf(&page, "    line %s\n", line)
				}
			}
		}
		d := newDesk(t, 1, model.RoleNurse)
		limited := answer(q.Type, model.ConsentGiven)
		limited.Expires = today + 30
		d.must(morning, limited)
		h, after := d.record().Health, today+31
		if c := h.Consents[q.Type]; !c.Holds(today+30) || c.Holds(after) || c.Outcome(after) != model.OutcomeRanOut || !c.ToAsk(after) {
			t.Errorf("%s does not run out", q.Type)
		}
		fmt.Fprintf(&page, "  Run out: may be done: %v\n    %s\n", h.MayDo(q.Type, after), model.WhatFollows(q.Type, model.OutcomeRanOut))
	}
	golden(t, "consent-effects.txt", page.String())
}

func linesOf(d *desk) []string {
	var out []string
	for _, facts := range model.Checklist() {
		if item := d.record().Shared.Item(facts.ID); item.State != model.NotStarted {
			out = append(out, fmt.Sprintf("%s: %s %s %s", facts.ID, item.State.Words(), item.Word(), item.Note))
		}
	}
	return out
}

func TestAnAnswerIsPutOffForAWeekAtMost(t *testing.T) {
	d := newDesk(t, 1, model.RoleNurse)
	for name, tt := range map[string]struct {
		change func(c *model.ConsentSet)
		field  string
	}{
		"without a day":        {func(c *model.ConsentSet) { c.AskAgain = 0 }, "askAgain"},
		"for more than a week": {func(c *model.ConsentSet) { c.AskAgain = today + 8 }, "askAgain"},
		"into the past":        {func(c *model.ConsentSet) { c.AskAgain = today - 1 }, "askAgain"},
		"without a ground":     {func(c *model.ConsentSet) { c.Later = "because" }, "later"},
		"and given":            {func(c *model.ConsentSet) { c.Decision, c.How = model.ConsentGiven, model.ConsentSigned }, "askAgain"},
		"how much of nothing":  {func(c *model.ConsentSet) { c.Record = model.RecordFull }, "record"},
	} {
		c := answer(model.ConsentRegisterGP, model.ConsentNotAsked)
		tt.change(c)
		err := d.write(morning, c)
		if refused, is := err.(*model.Error); !is || refused.Field != tt.field {
			t.Errorf("%s: %v", name, err)
		}
	}
	if err := d.write(morning, consentTo(model.ConsentSCR, model.ConsentGiven)); model.KindOf(err) != model.KindInvalid {
		t.Error("nobody said how much of the Summary Care Record is shared")
	}
	d.must(morning, answer(model.ConsentRegisterGP, model.ConsentNotAsked))
	h := d.record().Health
	if len(h.ConsentsToAsk(today+6)) != 0 || len(h.ConsentsToAsk(today+7)) != 1 {
		t.Error("the person is not asked again on the day")
	}
	if item := d.record().Shared.Item(model.ItemConsent); item.Word() != "later" || item.Note != "to be asked on "+(today+7).String() {
		t.Errorf("the checklist says %+v", item)
	}
	if got := h.Consents[model.ConsentRegisterGP].Words(); got != "Not asked on 23-Nov-2026, ask on 30-Nov-2026" {
		t.Errorf("%q", got)
	}
	d.must(morning, answer(model.ConsentRegisterGP, model.ConsentGiven))
	if item := d.record().Shared.Item(model.ItemConsent); item.Word() != "NO" || item.State != model.InProgress {
		t.Errorf("once it is answered the checklist says %+v", item)
	}
}

// A refusal of RECONNECT settles its line, another answer opens it again, and
// what somebody wrote there by hand is left alone.
func TestARefusalOfReconnectCanBeTakenBack(t *testing.T) {
	d := newDesk(t, 1, model.RoleNurse)
	d.must(morning, answer(model.ConsentReconnect, model.ConsentRefused))
	if got := d.record().Shared.Item(model.ItemReconnect).State; got != model.Refused {
		t.Errorf("refused, and the line is %q", got)
	}
	d.must(morning, answer(model.ConsentReconnect, model.ConsentGiven))
	if got := d.record().Shared.Item(model.ItemReconnect).State; got != model.NotStarted {
		t.Errorf("agreed after all, and the line is %q", got)
	}
	d.must(morning, &model.ItemSet{Item: model.ItemReconnect, State: model.NotNeeded, Note: "Moves abroad"}, answer(model.ConsentReconnect, model.ConsentGiven))
	if got := d.record().Shared.Item(model.ItemReconnect).State; got != model.NotNeeded {
		t.Errorf("the line that was set by hand is %q", got)
	}
}

func TestAWithdrawalSaysWhatItCannotTakeBack(t *testing.T) {
	d := newDesk(t, 1, model.RoleNurse)
	yes := answer(model.ConsentRegisterGP, model.ConsentGiven)
	d.must(morning, yes, step(model.RegChoosing), step(model.RegFormReady))
	if got := d.record().Health.AlreadyDone(model.ConsentRegisterGP); got != "" {
		t.Errorf("nothing was sent, and it says %q", got)
	}
	for state, want := range map[model.RegistrationState]string{
		model.RegSent: "The form went to the practice on 23-Nov-2026", model.RegAccepted: "has accepted the person already", model.RegActive: "registered with the practice already",
	} {
		d := newDesk(t, 1, model.RoleNurse)
		d.must(morning, yes, step(model.RegChoosing), step(model.RegFormReady), step(model.RegSent))
		if state != model.RegSent {
			d.must(morning, step(model.RegAccepted))
		}
		if state == model.RegActive {
			d.must(morning, step(model.RegActive))
		}
		if got := d.record().Health.AlreadyDone(model.ConsentRegisterGP); !strings.Contains(got, want) {
			t.Errorf("%s: %q", state, got)
		}
	}
}

// A refusal after the form has gone leaves no line that says all is well: the
// practice has to be told, and the line is settled once that is recorded.
func TestAPracticeThatHasTheFormIsToldOfARefusal(t *testing.T) {
	steps := []model.RegistrationState{model.RegSent, model.RegAccepted, model.RegActive}
	for n := range steps {
		d := newDesk(t, 1, model.RoleNurse)
		d.must(morning, answer(model.ConsentRegisterGP, model.ConsentGiven), step(model.RegChoosing), step(model.RegFormReady))
		for _, state := range steps[:n+1] {
			d.must(morning, step(state))
		}
		d.must(morning, answer(model.ConsentRegisterGP, model.ConsentWithdrawn))
		if gp, practice := d.record().Shared.Item(model.ItemGP), d.record().Shared.Item(model.ItemPractice); gp.State != model.Problem || practice.State != model.Refused {
			t.Errorf("%s: the lines are %s and %s", steps[n], gp.State.Words(), practice.State.Words())
		}
		silent := &model.GPStep{State: model.RegNone, Day: today, Note: "withdrew"}
		if d.write(morning, silent) == nil {
			t.Errorf("%s: the registration ends and the practice is not told", steps[n])
		}
		told := *silent
		told.Told, told.Who, told.Method = true, "Ms Shaw, reception", model.MethodPhone
		d.must(morning, &told)
		if gp := d.record().Shared.Item(model.ItemGP); gp.State != model.Refused {
			t.Errorf("%s: told, and the line is %s", steps[n], gp.State.Words())
		}
	}
	d := newDesk(t, 1, model.RoleNurse)
	d.must(morning, answer(model.ConsentRegisterGP, model.ConsentGiven), step(model.RegChoosing), step(model.RegFormReady), step(model.RegSent))
	if d.record().Health.MayStep(model.RegNone) {
		t.Error("a form that was sent is given up without a refusal")
	}
}

// Safer custody runs the ACCT and holds no health key: what they must do about
// the family is told them, and not what the person answered.
func TestSaferCustodyIsToldToAskBeforeTheFamilyIsInvolved(t *testing.T) {
	d := newDesk(t, 1, model.RoleNurse)
	told := func() string {
		all := d.record().Shared.Instruction
		if len(all) == 0 {
			return ""
		}
		return fmt.Sprint(len(all), " ", all[len(all)-1].Text)
	}
	for i, c := range []struct {
		decision model.ConsentDecision
		want     string
	}{
		{model.ConsentGiven, ""},
		{model.ConsentWithdrawn, "1 ACCT: do not involve the family before asking healthcare."},
		{model.ConsentRefused, "1 ACCT: do not involve the family before asking healthcare."},
		{model.ConsentGiven, "2 ACCT: ask healthcare whom of the family may be involved."},
	} {
		d.must(morning.Add(time.Duration(i)*time.Minute), answer(model.ConsentFamilyACCT, c.decision))
		if got := told(); got != c.want {
			t.Errorf("%d %s: told %q", i, c.decision, got)
		}
	}
	for _, role := range model.Roles() {
		if model.Allow(model.Actor{Staff: "a.b", Role: role}, &model.ConsentSet{}, &model.Record{}) != nil {
			continue
		}
		if err := model.Allow(model.Actor{Staff: "a.b", Role: role}, &model.InstructionGiven{Text: "ACCT: do not involve the family before asking healthcare."}, &model.Record{}); err != nil {
			t.Errorf("%s may record the answer and not tell of it: %v", role, err)
		}
	}
	if model.Allow(model.Actor{Staff: "a.b", Role: model.RoleHealthAdmin}, &model.InstructionGiven{Text: "Let him out"}, &model.Record{}) == nil {
		t.Error("health administration gives any instruction")
	}
}

// The answers are the person's own, and go with them to the next prison.
func TestConsentsAreCarriedOverATransfer(t *testing.T) {
	d := newDesk(t, 1, model.RoleNurse)
	d.must(morning, answer(model.ConsentContactAfter, model.ConsentRefused), answer(model.ConsentRegisterGP, model.ConsentNotAsked))
	before := d.record().Health.Consents
	d.do(morning.Add(time.Hour), &model.MovementRecorded{Movement: model.Movement{Type: model.MovementTransfer, Reason: "NOTR", At: model.InstantOf(morning), Other: "MDI"}})
	d.do(morning.Add(2*time.Hour), &model.StaySet{Site: "MDI", Received: today})
	after := d.record().Health.Consents
	if len(after) != 2 || after[model.ConsentContactAfter] != before[model.ConsentContactAfter] || after[model.ConsentRegisterGP] != before[model.ConsentRegisterGP] {
		t.Errorf("carried over: %+v", after)
	}
}

// A consent that has run out counts as none, and its line of the checklist is
// open again on every list, though nobody has written anything.
func TestAConsentThatRunsOutReopensItsLine(t *testing.T) {
	d := newDesk(t, 1, model.RoleNurse)
	register, share := answer(model.ConsentRegisterGP, model.ConsentGiven), answer(model.ConsentShareGP, model.ConsentGiven)
	register.Expires, share.Expires = today+20, today+10
	d.must(morning, register, share)
	r := d.record()
	r.Shared.Release.Day = today + 12
	row := model.RowOf(r.ID, &r.Shared)
	for day, state := range map[model.Day]model.ItemState{today: model.Done, today + 10: model.Done, today + 11: model.InProgress} {
		shared, rowThen := r.Shared.On(day), row.On(day)
		if got := shared.Item(model.ItemConsent); got.State != state {
			t.Errorf("after %d days the line is %q, %s", day-today, got.State.Words(), got.Note)
		}
		open := slices.ContainsFunc(model.Timeline(nil).Readiness(&shared), func(m model.Missing) bool { return m.Item.ID == model.ItemConsent })
		onRow := slices.ContainsFunc(rowThen.MissingItems(), func(f model.ItemFacts) bool { return f.ID == model.ItemConsent })
		groups := model.Board([]model.Row{row}, model.RoleReception, nil, day, 28)
		onBoard := len(groups) == 1 && groups[0].Rows[0].Open&model.ItemConsent.Bit() != 0
		if want := state != model.Done; open != want || onRow != want || onBoard != want {
			t.Errorf("after %d days it is open: %v, on the row %v, on the board %v", day-today, open, onRow, onBoard)
		}
	}
	if r.Shared.Item(model.ItemConsent).State != model.Done {
		t.Error("reading has changed the record")
	}
	forGood := answer(model.ConsentShareGP, model.ConsentGiven)
	register.Expires = 0
	d.must(morning, register, forGood)
	if item := d.record().Shared.Item(model.ItemConsent); item.State != model.Done || !item.Until.IsZero() {
		t.Errorf("two answers for good: %+v", item)
	}
}

func TestAWithdrawalOfSharingSaysThatTheLetterIsOut(t *testing.T) {
	d, s := signedLeaver(t)
	if got := d.record().Health.AlreadyDone(model.ConsentShareGP); got != "" {
		t.Errorf("nothing was sent, and it says %q", got)
	}
	at := morning.Add(2 * time.Hour)
	sent := post(s, at)
	sent.How, sent.To = model.LetterBySecureEmail, "Park Surgery"
	d.must(at, &model.LetterSent{LetterPost: sent})
	if got := d.record().Health.AlreadyDone(model.ConsentShareGP); got != "A letter went to the practice on 23-Nov-2026, and cannot be called back." {
		t.Errorf("%q", got)
	}
}
