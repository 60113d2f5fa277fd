package tui

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/throughgate/throughgate/model"
	"github.com/throughgate/throughgate/tui/part"
)

// entitled is what a desk may say to a practice that asks for papers (NHS
// England, primary medical care policy and guidance manual: registration needs
// no proof of identity, address or immigration status).
const entitled = "Nobody needs papers, an NHS number or a fixed address. A practice may refuse for a closed list, its area or another reasonable ground."

// nextOfRegistration says in words what comes next.
func nextOfRegistration(e *env, r *model.Record) (string, part.Style) {
	t, reg := e.theme, r.Health.Registration
	if words, blocked := consentWanted(e, r); blocked {
		return words, t.Danger
	}
	if trouble := reg.Trouble(e.Practices(), model.LivesAt(r)); trouble != "" {
		return trouble, t.Danger
	}
	switch reg.State {
	case model.RegNotStarted:
		return startWords(e, r), t.Warn
	case model.RegChoosing:
		return "Next: send the form (GMS1) to the practice, or telephone it first.", t.Warn
	case model.RegFormReady:
		return "Next: send the form to the practice.", t.Warn
	case model.RegSent:
		return sentWords(e, r)
	case model.RegAccepted:
		return "Done. When the national record shows the practice, that can be recorded too.", t.Good
	case model.RegActive:
		return "Done. Nothing more is to be recorded.", t.Good
	case model.RegKept:
		return "Done. The person keeps this practice: check that being in prison has not ended it.", t.Good
	case model.RegNone:
		return "Settled: nobody is looking for a practice.", t.Good
	case model.RegRejected:
		return "Next: call it again, or choose another. " + entitled, t.Danger
	case model.RegNoReply:
		_, words := reg.NextChase(r.Shared.Release.Day, e.today())
		return "Next: " + lowerFirst(words), t.Danger
	case model.RegMovedAgain:
		return movedWords(reg), t.Danger
	}
	return "Next: choose another practice.", t.Danger
}

// consentWanted says what the person has still to be asked, before anything is
// done in their name.
func consentWanted(e *env, r *model.Record) (string, bool) {
	answer := r.Health.Consents[model.ConsentRegisterGP]
	if item := r.Shared.Item(model.ItemGP); item.State == model.Done || r.Health.Registration.State == model.RegNone {
		return "", false
	}
	if r.Health.KeepGP.Wish == model.KeepYes && r.Health.Registration.State == model.RegNotStarted { // nobody is registered anew
		return "", false
	}
	switch {
	case r.Health.PracticeToTell():
		return "Next: tell the practice that the person does not want to be registered, and record who was told. Or record a new answer, if they changed their mind.", true
	case answer.Declined():
		return "Stopped: the person refused to be registered with a practice. Nothing is sent unless they change their answer.", true
	case !answer.Decision.Answered():
		return "Next: ask the person whether they want to be registered. Nothing is sent without their answer.", true
	case !answer.Holds(e.today()):
		return "Next: ask again, the person's consent has run out.", true
	}
	return "", false
}

func startWords(e *env, r *model.Record) string {
	if keep := r.Health.KeepGP.Wish; r.Shared.KeepMatters() && !keep.Settled() {
		return "Next: ask whether the person keeps the practice they have outside. They may be out again soon."
	}
	if r.Health.KeepGP.Wish == model.KeepYes {
		return "Next: record which practice the person keeps. On a short stay nothing else is needed."
	}
	words := "Next: choose a practice near where the person will live."
	if from := model.EarliestRegistration(r.Shared.Release.Day); from > e.today() {
		words += " A practice can register them from " + from.String() + ", a month before release."
	}
	return words
}

// sentWords is the practice's answer, or when it is asked for it. It is not
// promised more time than there is before release.
func sentWords(e *env, r *model.Record) (string, part.Style) {
	reg, release := r.Health.Registration, r.Shared.Release.Day
	due, words := reg.NextChase(release, e.today())
	until := reg.SentOn() + model.NoReplyDays
	had := e.today() - reg.SentOn()
	switch {
	case due <= e.today():
		return "Next: " + lowerFirst(words), e.theme.Danger
	case had < model.NoReplyDays && (release.IsZero() || until < release):
		return "Next: the practice's answer. Expect it by " + until.String() + ". Ask for it on " + due.String() + ".", e.theme.Warn
	case had == 0:
		return "Next: the practice's answer. Ask for it on " + due.String() + ".", e.theme.Warn
	}
	return fmt.Sprintf("Next: the practice has had %s and has not answered. %s", plural(int(had), "day", "days"), words), e.theme.Warn
}

// movedWords says first that the practice before is to be told: it keeps a place
// for somebody who will not come.
func movedWords(reg model.Registration) string {
	if steps := reg.Steps; len(steps) > 0 && !steps[len(steps)-1].Told {
		return "Next: tell the practice that the person will not come, and choose another."
	}
	return "Next: choose another practice. The one before has been told."
}

func lowerFirst(words string) string {
	if words == "" {
		return ""
	}
	return strings.ToLower(words[:1]) + words[1:]
}

// deedTable is everything that can be done to a registration, the way forward
// first.
var deedTable = []struct {
	state       model.RegistrationState
	label, says string
}{
	{model.RegSent, "The form was sent to the practice", "Record how and when it was sent."},
	{model.RegAccepted, "The practice accepted", "Record who at the practice said so, how and when."},
	{model.RegActive, "The national record shows the practice", "Record that PDS shows the person registered there. Registering itself is the practice's to do."},
	{model.RegRejected, "The practice refused", "Record the reason and who gave it. " + entitled},
	{model.RegNoReply, "The practice has not answered", "Record that it let a week go by, so that somebody calls or chooses another."},
	{model.RegChoosing, "Choose a practice", "Find one by name, town, postcode or code."},
	{model.RegFormReady, "The form is ready, and not sent yet", "Say that the form can go, when somebody else will send it."},
	{model.RegMovedAgain, "The person will live elsewhere", "Record it, and whether the practice was told, so that another is chosen."},
	{model.RegKept, "The person keeps a practice they have outside", "Record which one. On a short remand nothing else is needed."},
	{model.RegNone, "No practice will be sought", "Record the person's reason."},
	{model.RegClosed, "The practice has closed", "Record it, so that the checklist shows it and another is chosen."},
}

// gpDeeds lists what the state of the registration allows, and what it does not
// allow only for now.
func gpDeeds(e *env, r *model.Record, practices *model.PracticeIndex) []gpDeed {
	var deeds []gpDeed
	have := r.Health.Registration.State
	if _, blocked := consentWanted(e, r); blocked {
		deeds = append(deeds, gpDeed{
			id: "consent", label: "Record the person's answer on being registered", says: "Ask, and record the answer as it was given.",
			disabled: e.allow(r, &model.ConsentSet{}), open: func() Screen { return newConsentForm(e, r, model.ConsentRegisterGP) },
		})
	}
	if r.Shared.KeepMatters() && !r.Health.KeepGP.Wish.Settled() {
		deeds = append(deeds, keepDeed(e, r))
	}
	for _, row := range deedTable {
		if !canFollow(have, row.state) && !r.Health.MayStep(row.state) {
			continue
		}
		label := row.label
		if row.state == model.RegChoosing && !r.Health.Registration.Practice.IsZero() {
			label = "Choose another practice"
		}
		if row.state == model.RegSent && !r.Health.Registration.SentOn().IsZero() && have != model.RegChoosing && have != model.RegFormReady {
			label = "The form was sent again"
		}
		if row.state == model.RegNone && r.Health.PracticeToTell() {
			label = "The practice was told that it stops"
		}
		if row.state == model.RegMovedAgain && have == model.RegMovedAgain {
			label = "The practice before was told"
		}
		deeds = append(deeds, gpDeed{
			id: string(row.state), label: label, says: row.says, disabled: whyNotStep(e, r, row.state, practices),
			open: func() Screen { return newStepForm(e, r, row.state, label, practices) },
		})
		if row.state == model.RegRejected && r.Health.Registration.Waiting() { // after the answers, before giving up
			deeds = append(deeds, chaseDeed(e, r))
		}
	}
	return urgentFirst(deeds, r, practices)
}

// urgentFirst puts forward what has come up since the practice was chosen: it
// closed, or it has still to be told that the person will not come.
func urgentFirst(deeds []gpDeed, r *model.Record, practices *model.PracticeIndex) []gpDeed {
	reg, urgent := r.Health.Registration, model.RegistrationState("")
	switch {
	case reg.Closed(practices):
		urgent = model.RegClosed
	case r.Health.PracticeToTell():
		urgent = model.RegNone
	case reg.State == model.RegMovedAgain && !reg.Steps[len(reg.Steps)-1].Told:
		urgent = model.RegMovedAgain
	}
	slices.SortStableFunc(deeds, func(a, b gpDeed) int {
		return cmp.Compare(btoi(b.id == string(urgent)), btoi(a.id == string(urgent)))
	})
	return deeds
}

func btoi(is bool) int {
	if is {
		return 1
	}
	return 0
}

// canFollow is the model's state machine, with one short cut: a form that was
// sent had been ready.
func canFollow(have, to model.RegistrationState) bool {
	return have.MayBecome(to) || have == model.RegChoosing && to == model.RegSent
}

// whyNotStep asks the model about a step that has every answer, so that only
// what stands in its way now is left.
func whyNotStep(e *env, r *model.Record, to model.RegistrationState, practices *model.PracticeIndex) string {
	if to == model.RegSent && r.Health.Registration.State == model.RegChoosing {
		to = model.RegFormReady
	}
	probe := &model.GPStep{State: to, Method: model.MethodPhone, Who: "-", Day: e.today(), Note: "-", Told: to == model.RegNone}
	if why := e.allow(r, probe); why != "" {
		return why
	}
	if practices == nil && (to == model.RegChoosing || to == model.RegKept) {
		return noPractices
	}
	if to == model.RegKept {
		return ""
	}
	if err := probe.Check(r, e.now()); err != nil {
		return err.Error()
	}
	return ""
}
