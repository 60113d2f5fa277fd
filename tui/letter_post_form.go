package tui

import (
	"cmp"
	"context"
	"fmt"
	"time"

	"github.com/throughgate/throughgate/model"
	"github.com/throughgate/throughgate/tui/part"
)

// The forms about a letter that is written; drafts and coming back know them by
// these names.
const (
	postForm    = "letter-post"
	copyForm    = "letter-copy"
	riskForm    = "letter-risk"
	whyForm     = "letter-why"
	easyForm    = "letter-easy"
	seenOffForm = "letter-seen"
)

// newPostForm records one step of a signed letter on its way to the practice.
func newPostForm(e *env, r *model.Record, signed model.SignedLetter) Screen {
	is := func(states ...model.LetterState) func(part.Values) bool {
		return func(v part.Values) bool {
			for _, s := range states {
				if v["step"] == string(s) {
					return true
				}
			}
			return false
		}
	}
	state, last := r.Health.LetterState(signed)
	now := state.Words()
	if !last.By.IsZero() {
		now = postWords(last)
	}
	day := dateField(e, "day", "On which day?", "Enter the day")
	return newForm(e, r, formSpec{
		title: letterName(signed) + " to the practice", name: postForm + "/" + signed.Hash.String(), button: "Keep", done: "The step is kept.", compact: true,
		start: map[string]string{"to": r.Health.Registration.Practice.Name, "day": "today"},
		fields: []part.Field{
			{Key: "now", Kind: part.InfoField, Label: letterName(signed) + ", signed by " + e.by(signed.By.Staff, signed.By.At), Hint: "Until now: " + now + ".", Strong: true},
			{Key: "step", Kind: part.ChoiceField, Label: "What happened?", Options: stepOptions(r.Health, signed), Required: "Choose what happened"},
			{Key: "how", Kind: part.ChoiceField, Label: "How?", Options: howOptions(), Required: "Say how it was sent", ShowIf: is(model.LetterIsSent)},
			{Key: "to", Label: "To whom?", Max: 120, Required: "Enter whom it was sent to", ShowIf: is(model.LetterIsSent)},
			{Key: "who", Label: "Who says so?", Max: 120, Required: "Enter who confirmed it at the practice", Hint: "A name, or a name and a role.", ShowIf: is(model.LetterIsDelivered, model.LetterIsAcknowledged)},
			{Key: "reason", Label: "Why not?", Max: 240, Required: "Enter why it did not arrive", ShowIf: is(model.LetterIsFailed)},
			day,
			{Key: "time", Label: "Time", Optional: true, Max: 5, Hint: "Like 14:30. Leave it empty for now."},
		},
		build: func(v part.Values) ([]model.Change, error) { return postChange(e, r, signed, v) },
	})
}

func stepOptions(h *model.HealthPart, signed model.SignedLetter) []part.Option {
	state, last := h.LetterState(signed)
	notSent := ""
	if last.By.IsZero() || state == model.LetterIsSigned {
		notSent = "it has not been sent yet"
	}
	return []part.Option{
		{Value: string(model.LetterIsSent), Label: "It was sent"},
		{Value: string(model.LetterIsDelivered), Label: "The practice has it", Disabled: notSent},
		{Value: string(model.LetterIsAcknowledged), Label: "The practice has filed it", Disabled: notSent},
		{Value: string(model.LetterIsFailed), Label: "It did not arrive", Disabled: notSent},
	}
}

func howOptions() []part.Option {
	var out []part.Option
	for _, h := range model.LetterHows() {
		out = append(out, part.Option{Value: string(h), Label: h.Words()})
	}
	return out
}

func postChange(e *env, r *model.Record, signed model.SignedLetter, v part.Values) ([]model.Change, error) {
	day, err := model.ParseISODay(v["day"])
	if err != nil {
		return nil, fieldError{"day", err}
	}
	at, err := dayAt(e.now(), day, v["time"])
	if err != nil {
		return nil, fieldError{"time", err}
	}
	post := model.LetterPost{Letter: signed.Hash, At: at, To: v["to"], Who: v["who"], Reason: v["reason"], How: model.LetterHow(v["how"])}
	var change model.Change
	switch model.LetterState(v["step"]) {
	case model.LetterIsSent:
		change = &model.LetterSent{LetterPost: post}
	case model.LetterIsDelivered:
		post.To, post.How = "", ""
		change = &model.LetterDelivered{LetterPost: post}
	case model.LetterIsAcknowledged:
		post.To, post.How = "", ""
		change = &model.LetterAcknowledged{LetterPost: post}
	default:
		post.To, post.How = "", ""
		change = &model.LetterFailed{LetterPost: post}
	}
	return []model.Change{change}, atDay(change.Check(r, e.now()))
}

// atDay puts what is wrong with the moment beside the day.
func atDay(err error) error {
	if err == nil {
		return nil
	}
	if refused, ok := err.(*model.Error); ok && refused.Field == "at" {
		return fieldError{"day", err}
	}
	return err
}

// dayAt is a time of a day in London; of today without a time it is now, and of
// another day its noon.
func dayAt(now time.Time, day model.Day, text string) (model.Instant, error) {
	if text == "" && day == model.DayOf(now) {
		return model.InstantOf(now), nil
	}
	at := day.Start().Time().Add(12 * time.Hour)
	if text != "" {
		t, err := clock(text)
		if err != nil {
			return 0, err
		}
		at = onClock(now, day, t)
	}
	return model.InstantOf(at), nil
}

// newCopyForm records what became of the person's own copy.
func newCopyForm(e *env, r *model.Record) Screen {
	last, _ := r.Health.LastLetter()
	var answers []part.Option
	for _, a := range model.CopyAnswers() {
		answers = append(answers, part.Option{Value: string(a), Label: a.Words()})
	}
	unsigned := func(v part.Values) bool { return v["answer"] != "" && v["answer"] != string(model.CopySigned) }
	return newForm(e, r, formSpec{
		title: "The person's copy", name: copyForm + "/" + last.Hash.String(), button: "Keep", done: "Kept.", compact: true,
		fields: []part.Field{
			{Key: "which", Kind: part.InfoField, Label: letterName(last) + ", signed by " + e.by(last.By.Staff, last.By.At), Strong: true},
			{Key: "answer", Kind: part.ChoiceField, Label: "What became of it?", Options: answers, Required: "Say what became of the copy"},
			{Key: "easy", Kind: part.ChoiceField, Label: "In easy read?", Inline: true, Options: yesNo(), Required: "Say whether it was in easy read",
				ShowIf: func(v part.Values) bool { return v["answer"] != "" && v["answer"] != string(model.CopyRefused) }},
			{Key: "note", Label: "Why not signed for?", Max: 240, Required: "Enter why it is not signed for", Hint: "In the person's words where you can.", ShowIf: unsigned},
		},
		build: func(v part.Values) ([]model.Change, error) {
			return []model.Change{&model.CopyGiven{Letter: last.Hash, Answer: model.CopyAnswer(v["answer"]), EasyRead: v["easy"] == "yes", Note: v["note"]}}, nil
		},
	})
}

func yesNo() []part.Option {
	return []part.Option{{Value: "yes", Label: "Yes"}, {Value: "no", Label: "No"}}
}

// newRiskForm says why risk is shared against the person's answer.
func newRiskForm(e *env, r *model.Record) Screen {
	standing := r.Health.RiskShared.Reason
	grounds := make([]part.Option, 0, 5)
	for _, g := range model.RiskGrounds() {
		grounds = append(grounds, part.Option{Value: string(g), Label: g.Words()})
	}
	return newForm(e, r, formSpec{
		title: "Share risk without agreement", name: riskForm, button: "Keep", done: "Kept.", compact: true, start: map[string]string{"ground": string(r.Health.RiskShared.Ground), "reason": standing},
		fields: []part.Field{
			{Key: "what", Kind: part.InfoField, Label: "The person has not agreed that the letter is shared.",
				Hint: "What it says of risk goes out all the same only to prevent serious harm, and the letter says why. Tell the person unless that is not safe."},
			{Key: "ground", Kind: part.ChoiceField, Label: "On what ground?", Options: grounds, Optional: standing != "", Required: "Choose on what ground"},
			{Key: "reason", Label: "Why must it be shared?", Max: 240, Optional: standing != "", Required: "Enter why it must be shared", Hint: "Empty takes it back."},
		},
		build: func(v part.Values) ([]model.Change, error) {
			return []model.Change{riskChange(v)}, nil
		},
	})
}

// riskChange is the reason with its ground, or neither.
func riskChange(v part.Values) *model.LetterRisk {
	if v["reason"] == "" {
		return &model.LetterRisk{}
	}
	return &model.LetterRisk{Ground: model.RiskGround(v["ground"]), Reason: v["reason"]}
}

// newSeenOffForm says whether healthcare saw the person before they left. The record
// knows of a release without notice, and of nothing else that may come between.
func newSeenOffForm(e *env, r *model.Record) Screen {
	const byRecord = "record" // the answer that is empty on the wire
	options := make([]part.Option, 0, 3)
	value := func(a model.SeenAnswer) string { return cmp.Or(string(a), byRecord) }
	for _, a := range model.SeenAnswers() {
		options = append(options, part.Option{Value: value(a), Label: a.Words()})
	}
	said := func(v part.Values) bool { return v["answer"] != "" && v["answer"] != byRecord }
	seen := r.Health.Seen
	return newForm(e, r, formSpec{
		title: "Seen at discharge?", name: seenOffForm, button: "Keep", done: "Kept.", compact: true,
		start: map[string]string{"answer": value(seen.Answer), "why": seen.Why},
		fields: []part.Field{
			{Key: "answer", Kind: part.ChoiceField, Label: "Did healthcare see them?", Options: options, Required: "Choose one", Hint: "The record has who leaves without notice as not seen."},
			{Key: "why", Label: "Why, or by whom", Max: 240, Required: "Enter why they were not seen, or by whom they were", Hint: "The letter says it. Nothing of the offence.", ShowIf: said},
		},
		build: func(v part.Values) ([]model.Change, error) {
			change := &model.LetterSeen{Why: v["why"]}
			if said(v) {
				change.Answer = model.SeenAnswer(v["answer"])
			}
			return []model.Change{change}, nil
		},
	})
}

// newWhyForm asks why a letter is replaced, then shows the new one to sign.
func newWhyForm(e *env, r *model.Record) Screen {
	last, _ := r.Health.LastLetter()
	return newForm(e, r, formSpec{
		title: "Replace a letter", name: whyForm, button: "Read it, then sign", compact: true,
		fields: []part.Field{
			{Key: "what", Kind: part.InfoField, Label: letterName(last) + ", signed by " + e.by(last.By.Staff, last.By.At) + ", is replaced.", Hint: "It stays as it was signed. The new letter says on its first page which one it replaces, and why.", Strong: true},
			{Key: "why", Label: "Why?", Max: 240, Required: "Enter why the letter is replaced", Hint: "Such as: the dose of sertraline was wrong."},
		},
		build: func(part.Values) ([]model.Change, error) { return nil, nil },
		write: func(context.Context, []model.Change) (Screen, error) { return nil, nil },
		next: func(v part.Values) (Screen, error) {
			return newSigning(e, r, assembleLetter(e, r, false, v["why"])), nil
		},
	})
}

// easyRead offers the easy-read copy of the letter under the cursor, of the one
// that holds, else of the draft.
func (s *letter) easyRead() Screen {
	signed := s.chosen().signed
	if last, any := s.record.Health.LastLetter(); signed == nil && any && s.record.Health.LetterHolds() {
		signed = &last
	}
	return newEasyReadForm(s.env, s.record, s.letter, signed)
}

// newEasyReadForm writes the easy-read copy into a file.
func newEasyReadForm(e *env, r *model.Record, draft model.Letter, signed *model.SignedLetter) Screen {
	of, name, words := draft, easyForm, "Of the draft. It says on every page that it is one."
	if signed != nil {
		name, words = easyForm+"/"+signed.Hash.String(), "Of "+letterName(*signed)+"."
	}
	var doc Document
	var form *formScreen
	form = newForm(e, r, formSpec{
		title: "Easy-read copy", name: name, button: "Write the file", done: "The easy-read copy is written.", compact: true,
		fields: []part.Field{
			{Key: "of", Kind: part.InfoField, Label: words, Hint: "Short sentences in large print: medicines, GP, appointments, and whom to call. Nothing of risk or custody."},
			{Key: "welsh", Kind: part.ChoiceField, Label: "Welsh headings too?", Inline: true, Options: yesNo(), Required: "Say whether the headings are in Welsh too"},
			{Key: "format", Kind: part.ChoiceField, Label: "As what?", Inline: true, Required: "Choose PDF or text", Options: []part.Option{{Value: ".pdf", Label: "PDF"}, {Value: ".txt", Label: "Text"}}},
		},
		build: func(v part.Values) ([]model.Change, error) {
			if signed != nil {
				thawed, err := model.ThawLetter(signed.Frozen)
				if err != nil {
					return nil, err
				}
				of = thawed
			}
			doc = Document{Person: r.ID, Name: letterFile(of, signed, "easy-read-", v["format"]), Letter: of, Signed: signed, Easy: true, Welsh: v["welsh"] == "yes"}
			return nil, nil
		},
		write: func(ctx context.Context, _ []model.Change) (Screen, error) {
			path, err := e.Export(ctx, doc)
			form.spec.done = fmt.Sprintf("Written to %s", path)
			return nil, err
		},
	})
	return form
}
