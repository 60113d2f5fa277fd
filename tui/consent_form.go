package tui

import (
	"github.com/throughgate/throughgate/model"
	"github.com/throughgate/throughgate/tui/part"
)

// newConsentForm records one answer to one question. It begins empty, even
// where there is an answer: what was said today is said today.
func newConsentForm(e *env, r *model.Record, q model.ConsentType) Screen {
	facts, _ := model.ConsentFactsOf(q)
	return newForm(e, r, formSpec{
		title: facts.Name, name: consentScreen + "/" + string(q), button: "Keep this answer", done: facts.Name + ": kept.", compact: true,
		fields: consentFields(e, r, facts), start: map[string]string{"askAgain": (e.today() + model.MostDaysPutOff).String()},
		build: func(v part.Values) ([]model.Change, error) { return consentChange(q, v) },
	})
}

func consentFields(e *env, r *model.Record, facts model.ConsentFacts) []part.Field {
	is := func(d ...model.ConsentDecision) func(part.Values) bool {
		return func(v part.Values) bool {
			for _, one := range d {
				if v["decision"] == string(one) {
					return true
				}
			}
			return false
		}
	}
	given, lacks, later := is(model.ConsentGiven), is(model.ConsentLacksCapacity), is(model.ConsentNotAsked)
	answered := is(model.ConsentGiven, model.ConsentRefused, model.ConsentWithdrawn)
	expires := dateField(e, "expires", "Holds until", "")
	expires.Optional, expires.ShowIf = true, is(model.ConsentGiven, model.ConsentLacksCapacity)
	expires.Hint = "The last day on which it holds; empty means until it is withdrawn. " + expires.Hint
	again := dateField(e, "askAgain", "Ask again on", "")
	again.Optional, again.ShowIf, again.Hint = true, later, "Within a week. "+again.Hint
	fields := []part.Field{
		{Key: "question", Kind: part.InfoField, Label: "\"" + facts.Question + "\"", Strong: true, Hint: standingConsent(e, r, facts.Type)},
		{Key: "decision", Kind: part.ChoiceField, Label: "The person's answer", Options: decisionOptions(r, facts.Type), Required: "Choose the person's answer", Hint: "When the person cannot decide now, for intoxication or distress, choose not asked and ask again within a week."},
		{Key: "follows", Kind: part.InfoField, Say: func(v part.Values) string { return consentFollows(r.Health, consentAnswer(facts.Type, v)) }},
		laterField(later), again,
		{Key: "doIt", Kind: part.ChoiceField, Label: "In their best interest", Inline: true, ShowIf: lacks, Required: "Choose what was decided in the person's best interest", Options: []part.Option{
			{Value: "yes", Label: "To do it"}, {Value: "no", Label: "Not to do it"},
		}},
		{Key: "bestInterest", Label: "Why, and by whom?", Max: 1000, ShowIf: lacks, Required: "Enter the best-interest decision", Hint: "What was decided for the person, by whom and why (Mental Capacity Act 2005, section 4)."},
		howField("how", false, given), howField("howNot", true, is(model.ConsentRefused, model.ConsentWithdrawn)),
	}
	if facts.Type == model.ConsentSCR {
		fields = append(fields, recordField(func(v part.Values) bool { return consentAnswer(facts.Type, v).Agreed() }))
	}
	if facts.Scope != "" {
		fields = append(fields, part.Field{Key: "scope", Label: "For what?", Optional: !facts.Type.NeedsScope(), Required: "Enter what the person agreed to", Max: 240, Hint: facts.Scope + ".", ShowIf: is(model.ConsentGiven, model.ConsentLacksCapacity)})
	}
	return append(fields,
		part.Field{Key: "reason", Label: "Reason", Optional: true, Max: 500, Hint: "As the person gave it, or why they were not asked."},
		part.Field{Key: "language", Label: "Language", Optional: true, Max: 80, Hint: "In which it was asked. Empty means English.", ShowIf: answered},
		part.Field{Key: "interpreter", Label: "Interpreter", Optional: true, Max: 80, Hint: "Who, and how, such as by telephone. Empty means none.", ShowIf: answered},
		part.Field{Key: "witness", Label: "Witness", Optional: true, Max: 80, ShowIf: answered},
		part.Field{Key: "askedBy", Label: "Asked by", Optional: true, Max: 80, Hint: "Where it was not you.", ShowIf: answered},
		part.Field{Key: "text", Label: "Text version", Optional: true, Max: 40, Hint: "Of the wording that was read or shown, such as GMS1 06/25.", ShowIf: answered},
		expires,
	)
}

// consentFollows says what an answer will change elsewhere, before it is kept,
// and what it comes too late for.
func consentFollows(h *model.HealthPart, a model.ConsentAnswer) string {
	outcome := a.Outcome()
	words := h.WhatFollows(a.Type, outcome)
	label := map[model.ConsentOutcome]string{
		model.OutcomeAgreed: "If agreed: ", model.OutcomeRefused: "If refused: ", model.OutcomeWithdrawn: "If withdrawn: ", model.OutcomeLater: "Until then: ",
	}[outcome]
	if words == "" {
		return ""
	}
	if done := h.AlreadyDone(a.Type); done != "" && a.Declined() {
		words += " " + done
	}
	return label + words
}

func laterField(showIf func(part.Values) bool) part.Field {
	f := part.Field{Key: "later", Kind: part.ChoiceField, Label: "Why not now?", ShowIf: showIf, Required: "Choose why the person was not asked"}
	for _, l := range model.ConsentLaters() {
		f.Options = append(f.Options, part.Option{Value: string(l), Label: l.Words()})
	}
	return f
}

func recordField(showIf func(part.Values) bool) part.Field {
	f := part.Field{Key: "record", Kind: part.ChoiceField, Label: "How much of it?", ShowIf: showIf, Required: "Choose how much of the record is shared", Hint: "For none choose refused."}
	for _, c := range []model.RecordChoice{model.RecordFull, model.RecordCore} {
		f.Options = append(f.Options, part.Option{Value: string(c), Label: c.Words()})
	}
	return f
}

// howField asks how an answer was given. A yes has to be signed or verbal; a no
// may be left without.
func howField(key string, optional bool, showIf func(part.Values) bool) part.Field {
	return part.Field{Key: key, Kind: part.ChoiceField, Label: "How?", Inline: true, Optional: optional, ShowIf: showIf, Required: "Say how consent was given", Options: []part.Option{
		{Value: string(model.ConsentSigned), Label: "Signed"}, {Value: string(model.ConsentVerbal), Label: "Verbal"},
	}}
}

// decisionOptions lists the answers. There is nothing to withdraw where nothing
// was given.
func decisionOptions(r *model.Record, q model.ConsentType) []part.Option {
	var options []part.Option
	for _, d := range model.ConsentDecisions() {
		o := part.Option{Value: string(d), Label: d.Words()}
		if d == model.ConsentWithdrawn && !r.Health.Consents[q].Agreed() {
			o.Disabled = "nothing was given"
		}
		options = append(options, o)
	}
	return options
}

func standingConsent(e *env, r *model.Record, q model.ConsentType) string {
	answer := r.Health.Consents[q]
	if answer.Decision == model.ConsentNotRecorded {
		return ""
	}
	return "Until now: " + answer.Words() + ", " + e.by(answer.By.Staff, answer.By.At) + "."
}

// consentAnswer is the answer of a form, without its days.
func consentAnswer(q model.ConsentType, v part.Values) model.ConsentAnswer {
	return model.ConsentAnswer{
		Type: q, Decision: model.ConsentDecision(v["decision"]), Scope: v["scope"], BestInterest: v["bestInterest"], DoIt: v["doIt"] == "yes",
		Witness: v["witness"], Language: v["language"], TextVersion: v["text"], How: model.ConsentHow(v["how"] + v["howNot"]), Reason: v["reason"],
		Interpreter: v["interpreter"], AskedBy: v["askedBy"], Record: model.RecordChoice(v["record"]), Later: model.ConsentLater(v["later"]),
	}
}

func consentChange(q model.ConsentType, v part.Values) ([]model.Change, error) {
	answer := consentAnswer(q, v)
	for key, day := range map[string]*model.Day{"expires": &answer.Expires, "askAgain": &answer.AskAgain} {
		if v[key] == "" {
			continue
		}
		var err error
		if *day, err = model.ParseISODay(v[key]); err != nil {
			return nil, fieldError{key, err}
		}
	}
	return []model.Change{&model.ConsentSet{ConsentAnswer: answer}}, nil
}
