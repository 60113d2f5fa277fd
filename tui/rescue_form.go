package tui

import (
	"cmp"
	"context"
	"slices"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/throughgate/throughgate/model"
	"github.com/throughgate/throughgate/tui/part"
)

// The names of the forms, for their drafts and for coming back.
const (
	letGoForm  = "let-go"
	rescueForm = "rescue/" // then the step
	triageForm = "triage/" // then the flag
)

// whyNoLetGo says why the person signed in may not record a release without
// notice, or why there is none to record of this person.
func whyNoLetGo(e *env, r *model.Record) string {
	if why := e.allow(r, &model.RescueStarted{}); why != "" {
		return why
	}
	s := &r.Shared
	switch {
	case !s.Deceased.IsZero():
		return "This person has died."
	case s.Rescue.Running():
		return "The rescue list is running already."
	case s.Stay.Out == string(model.MovementTransfer):
		return "This person has been transferred: the prison they are in records their release."
	}
	return ""
}

// newLetGoForm records that somebody was released without notice. The rescue
// list begins with it.
func newLetGoForm(e *env, r *model.Record) Screen {
	reasons := make([]part.Option, 0, 12)
	for _, reason := range model.NoNoticeReasons() {
		reasons = append(reasons, part.Option{Value: reason.Code, Label: reason.Words, Hint: reason.Code})
	}
	means := make([]part.Option, 0, 5)
	for _, m := range model.RescueWays() {
		means = append(means, part.Option{Value: string(m), Label: m.Words()})
	}
	return newForm(e, r, formSpec{
		title: "Released at court", name: letGoForm, done: "The release is recorded. The rescue list runs.", button: "Record the release", compact: true,
		start: map[string]string{"court": courtNow(r)},
		fields: []part.Field{
			{Key: "reason", Kind: part.PickerField, Label: "Why were they let go?", Find: findOption(reasons), Required: "Choose why they were let go"},
			{Key: "court", Label: "Court, or where", Optional: true, Max: 120},
			{Key: "left", Label: "Let go at", Max: 30, Required: "Enter the time they were let go", Hint: "Today like 11:40, or 23:40 yesterday, or 23:40 22/11/2026."},
			{Key: "known", Label: "You heard at", Optional: true, Max: 30, Hint: "Like 11:55, or 23:55 yesterday. Leave it empty for now. The clock runs from here."},
			{Key: "means", Kind: part.ChoiceField, Label: "How did you hear?", Options: means, Required: "Choose how you heard"},
			{Key: "told", Label: "Who said so?", Max: 120, Required: "Enter who said so", Hint: "A name or post, and where they can be called back."},
		},
		build:   func(v part.Values) ([]model.Change, error) { return letGoChange(e, r, v) },
		confirm: func(part.Values) *confirmation { return confirmLetGo(r) },
		next:    func(part.Values) (Screen, error) { return newRescue(e, r.ID), nil },
	})
}

func letGoChange(e *env, r *model.Record, v part.Values) ([]model.Change, error) {
	now := e.now()
	left, err := latelyAt(now, v["left"])
	if err != nil {
		return nil, fieldError{"left", err}
	}
	known, err := latelyAt(now, v["known"])
	if err != nil {
		return nil, fieldError{"known", err}
	}
	change := &model.RescueStarted{
		Known: model.InstantOf(known), Left: model.InstantOf(left), Reason: v["reason"], Court: v["court"], Told: v["told"], Means: model.RescueMeans(v["means"]),
	}
	return []model.Change{change}, change.Check(r, now)
}

// courtNow is the court the person was taken to today, "" where nobody said.
func courtNow(r *model.Record) string {
	if n := len(r.Shared.Movements); n > 0 && r.Shared.Stay.Out == string(model.MovementCourt) {
		return r.Shared.Movements[n-1].Other
	}
	return ""
}

func confirmLetGo(r *model.Record) *confirmation {
	here := ""
	if r.Shared.Stay.Out == "" {
		here = " The record has them HERE, not at court: who leaves from here goes through \"release now\"."
	}
	return &confirmation{
		title: "Released without notice", word: "LEAVES",
		text: personWords(r) +
			", was let go." + here + " It cannot be taken back. The rescue list starts, and its clock runs on every desk.",
	}
}

// newRescueStepForm says how far a step of the rescue list is.
func newRescueStepForm(e *env, r *model.Record, step model.RescueStep) Screen {
	facts, _ := model.RescueFactsOf(step)
	have := r.Shared.Rescue.Steps[step]
	states := make([]part.Option, 0, 5)
	for _, s := range []model.ItemState{model.Done, model.InProgress, model.NotNeeded, model.Problem, model.NotStarted} {
		states = append(states, part.Option{Value: stateValue(s), Label: s.Words()})
	}
	start := map[string]string{"note": have.Note}
	if !have.By.IsZero() {
		start["state"] = stateValue(have.State)
	}
	return newForm(e, r, formSpec{
		title: facts.Name, name: rescueForm + string(step), done: facts.Name + ": recorded.", button: "Record it", compact: true, start: start,
		fields: []part.Field{
			{Key: "what", Kind: part.InfoField, Label: facts.Says},
			{Key: "state", Kind: part.ChoiceField, Label: "How far is it?", Options: states, Required: "Choose how far it is"},
			{Key: "note", Label: "Note", Optional: true, Max: 240, Hint: "Whom you spoke to, and when. Everybody can read it: nothing clinical."},
		},
		build: func(v part.Values) ([]model.Change, error) {
			change := &model.RescueStepSet{Step: step, State: stateOf(v["state"]), Note: v["note"]}
			return []model.Change{change}, change.Check(r, e.now())
		},
	})
}

// newTriageForm says what is done about a medicine that cannot wait.
func newTriageForm(e *env, r *model.Record, flag model.CriticalFlag) Screen {
	outcomes := make([]part.Option, 0, 6)
	for _, o := range model.TriageOutcomes() {
		outcomes = append(outcomes, part.Option{Value: string(o), Label: o.Words()})
	}
	start := map[string]string{}
	if have, is := r.Triaged(flag.ID); is {
		start["outcome"], start["note"] = string(have.Outcome), have.Note
	}
	return newForm(e, r, formSpec{
		title: "Triage", name: triageForm + flag.ID, done: "Recorded.", button: "Record it", start: start,
		fields: []part.Field{
			{Key: "what", Kind: part.InfoField, Label: flag.Words() + ".", Strong: true},
			{Key: "outcome", Kind: part.ChoiceField, Label: "What is done about it?", Options: outcomes, Required: "Choose what is done"},
			{Key: "note", Label: "Note", Optional: true, Max: 240, Hint: "Which pharmacy, service or hospital, and whom you spoke to."},
		},
		build: func(v part.Values) ([]model.Change, error) {
			change := &model.TriageSet{Of: r.Shared.Rescue.Known, Flag: flag.ID, Outcome: model.TriageOutcome(v["outcome"]), Note: v["note"]}
			return []model.Change{change}, change.Check(r, e.now())
		},
	})
}

// rescueForms makes a form of the rescue list by its name; nil when it is none.
func rescueForms(e *env, r *model.Record, name string) Screen {
	if step := model.RescueStep(trimPrefix(name, rescueForm)); step != "" && e.allow(r, &model.RescueStepSet{Step: step}) == "" {
		return newRescueStepForm(e, r, step)
	}
	if id := trimPrefix(name, triageForm); id != "" && r.Health != nil {
		for _, flag := range r.CriticalFlags(r.Health.CurrentMedicines()) {
			if flag.ID == id && e.allow(r, &model.TriageSet{}) == "" {
				return newTriageForm(e, r, flag)
			}
		}
	}
	if name == letGoForm && whyNoLetGo(e, r) == "" {
		return newLetGoForm(e, r)
	}
	return nil
}

// whyNobodyLetGo says why the person signed in may record no release without
// notice of anybody.
func whyNobodyLetGo(e *env) string { return e.allow(&model.Record{}, &model.RescueStarted{}) }

// letGoWhoForm names the form, for coming back to it.
const letGoWhoForm = "let-go-who"

// newLetGoWho asks who was released, from any screen.
func newLetGoWho(e *env) *formScreen {
	var chosen model.PersonID
	return newForm(e, nil, formSpec{
		title: "Released at court", name: letGoWhoForm, button: "Continue", compact: true,
		fields: []part.Field{
			{Key: "who", Kind: part.PickerField, Label: "Who was released?", Required: "Choose who was released", Find: findPeople(e), Hint: "Type a name or a number."},
		},
		build: func(v part.Values) ([]model.Change, error) {
			if err := chosen.UnmarshalText([]byte(v["who"])); err != nil {
				return nil, fieldError{"who", model.NotFound("This person is no longer here.", "Search again.")}
			}
			return nil, nil
		},
		write: func(ctx context.Context, _ []model.Change) (Screen, error) { return letGoScreen(ctx, e, chosen) },
	})
}

// findPeople finds anybody, those first who are at court today.
func findPeople(e *env) func(string) part.Found {
	return func(query string) part.Found {
		rows, today := e.Find(query, paletteMost), e.today()
		slices.SortStableFunc(rows, func(a, b model.Row) int { return cmp.Compare(away(&a, today), away(&b, today)) })
		var found part.Found
		for _, r := range rows {
			o := personOption(r)
			o.Value, o.Kind = r.ID.String(), ""
			found.Options = append(found.Options, o)
		}
		found.Total = len(found.Options)
		return found
	}
}

// away orders people by whether they are at court.
func away(r *model.Row, today model.Day) int {
	if r.AtCourt(today) {
		return 0
	}
	return 1
}

// letGoScreen is the form on a person, or their rescue list where it runs.
func letGoScreen(ctx context.Context, e *env, id model.PersonID) (Screen, error) {
	r, err := e.Get(ctx, id)
	if err != nil {
		return nil, err
	}
	if listOpens(e, r) {
		return newRescue(e, id), nil
	}
	if why := whyNoLetGo(e, r); why != "" {
		return nil, model.Invalid(why, "Look at the person's page.")
	}
	return newLetGoForm(e, r), nil
}

// openLetGo opens the form on a person from a list.
func openLetGo(a *asker, to Screen, e *env, id model.PersonID) tea.Cmd {
	return a.deed(to, func() (tea.Msg, error) {
		screen, err := letGoScreen(context.Background(), e, id)
		return openMsg{screen}, err
	})
}
