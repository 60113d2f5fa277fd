package tui

import (
	"context"
	"fmt"
	"slices"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/throughgate/throughgate/model"
	"github.com/throughgate/throughgate/tui/part"
)

// letterName is how a list calls a signed letter.
func letterName(s model.SignedLetter) string {
	if s.Results {
		return fmt.Sprintf("Results letter %d", s.Number)
	}
	return fmt.Sprintf("Letter %d", s.Number)
}

// letterFile is the name of a file with a letter in it.
func letterFile(l model.Letter, signed *model.SignedLetter, sort, format string) string {
	state, kind := "draft", "letter"
	if signed != nil {
		state = "signed"
	}
	if l.Kind == model.LetterResults {
		kind = "results-letter"
	}
	return strings.ToLower(strings.ReplaceAll(fmt.Sprintf("%s-%s-%d-%s%s%s", kind, l.Person.Prison, l.Number, sort, state, format), " ", "-"))
}

// wayWords says how far a signed letter is.
func (s *letter) wayWords(signed model.SignedLetter) (string, part.Style) {
	t, h := s.env.theme, s.record.Health
	state, _ := h.LetterState(signed)
	last, _ := h.LastLetter()
	switch {
	case s.doubts[signed.Hash] != nil:
		return "NOT VERIFIED", t.Danger
	case state == model.LetterIsSuperseded || state == model.LetterIsEarlier:
		return state.Words(), t.Muted
	case signed.Hash == last.Hash && !h.LetterHolds():
		return "OUT OF DATE", t.Danger
	case state == model.LetterIsFailed:
		return state.Words(), t.Danger
	case state == model.LetterIsDelivered || state == model.LetterIsAcknowledged:
		return state.Words(), t.Good
	}
	return state.Words(), t.Warn
}

// signedWords is who signed a letter, and the last step it took.
func (s *letter) signedWords(signed model.SignedLetter) string {
	words := s.env.by(signed.By.Staff, signed.By.At)
	_, step := s.record.Health.LetterState(signed)
	if !step.By.IsZero() {
		words = postWords(step) + "; signed by " + words
	}
	return words
}

// postWords says a step with its time and what is known of it.
func postWords(step model.LetterStep) string {
	words := step.State.Words() + " " + step.At.String()
	for _, more := range []string{hyphenated(step.How), step.To, step.Who, step.Reason} {
		if more != "" {
			words += ", " + more
		}
	}
	return words
}

func hyphenated(h model.LetterHow) string {
	if h == "" {
		return ""
	}
	return strings.ToLower(h.Words()[:1]) + h.Words()[1:]
}

// isWithheld tells whether words on risk are left out, for want of agreement.
func (s *letter) isWithheld(h model.Heading) bool {
	return slices.ContainsFunc(s.record.Health.WithheldFromLetter(s.env.today()), func(w model.Heading) bool { return w.Code == h.Code })
}

// wayActions are what is done with a letter beside writing and signing it.
func (s *letter) wayActions() []Action {
	_, signed := s.record.Health.LastLetter()
	none := ""
	if !signed {
		none = "No letter is signed yet."
	}
	form := func(screen func() Screen) func() tea.Cmd { return func() tea.Cmd { return open(screen()) } }
	return []Action{
		{Key: "r", Name: "ready", Says: "Mark the letter as ready for who signs it.", Disabled: s.whyNotReady(), Run: s.markReady},
		{Key: "d", Word: "delivery", Row: mayRow, Says: "Record that the letter was sent, arrived or did not arrive.",
			Disabled: either(none, s.env.allow(s.record, &model.LetterSent{})), Run: form(func() Screen { return newPostForm(s.env, s.record, s.letterHere()) })},
		{Key: "c", Word: "copy", Says: "Record that the person was given a copy, or refused it.",
			Disabled: either(none, s.env.allow(s.record, &model.CopyGiven{})), Run: form(func() Screen { return newCopyForm(s.env, s.record) })},
		{Key: "e", Word: "easy read", Row: mayRow, Says: "Write the easy-read copy for the person, in large print.", Run: form(func() Screen { return s.easyRead() })},
		{Key: "o", Word: "risk", Says: "Say why risk is shared though the person has not agreed, or take that back.",
			Disabled: either(s.whyNotRisk(), s.env.allow(s.record, &model.LetterRisk{})), Run: form(func() Screen { return newRiskForm(s.env, s.record) })},
		{Key: "n", Word: "seen", Says: "Say whether the person was seen at discharge, and why not.",
			Disabled: s.env.allow(s.record, &model.LetterSeen{}), Run: form(func() Screen { return newSeenOffForm(s.env, s.record) })},
		{Key: "l", Word: "results", Says: "Write a letter on results that came after the discharge letter.", Disabled: none, Run: form(func() Screen { return newResultsLetter(s.env, s.id) })},
	}
}

// letterHere is the signed letter under the cursor, else the one that holds.
func (s *letter) letterHere() model.SignedLetter {
	if row := s.chosen(); row.signed != nil {
		return *row.signed
	}
	last, _ := s.record.Health.LastLetter()
	return last
}

func (s *letter) whyNotReady() string {
	h := s.record.Health
	switch missing := s.letter.MissingToSign(); {
	case len(missing) > 0:
		return "Not written yet: " + strings.Join(missing, ", ") + "."
	case h.LetterHolds():
		return "It is signed, and the record still says the same."
	case h.IsLetterReady():
		return "It is marked as ready, by " + s.env.by(h.Ready.By.Staff, h.Ready.By.At) + "."
	}
	return s.env.allow(s.record, &model.LetterReady{})
}

func (s *letter) whyNotRisk() string {
	if s.record.Health.Consents[model.ConsentShareGP].Holds(s.env.today()) {
		return "The person has agreed that the letter is shared."
	}
	return ""
}

// markReady keeps the mark at once; what it is about is on the screen.
func (s *letter) markReady() tea.Cmd {
	change := &model.LetterReady{Clinical: s.letter.Clinical, Text: s.letter.Text}
	return s.deed(s, func() (tea.Msg, error) {
		return saidMsg("The letter is marked as ready to sign."), s.env.Do(context.Background(), model.Write{Person: s.id, Seen: s.record, Changes: []model.Change{change}})
	})
}

// verdict says in words how far the letter is.
func (s *letter) verdict(width int) []string {
	text, style := s.verdictWords()
	t := s.env.theme
	said := []telling{{text, style}}
	if s.letter.NotSeen && !s.late {
		said = append(said, telling{"The letter says NOT SEEN AT DISCHARGE." + s.env.keys(" n says why, or that they were seen.", " Type seen to say why, or that they were seen."), t.Warn})
	}
	if withheld := s.record.Health.WithheldFromLetter(s.env.today()); len(withheld) > 0 && !s.late {
		said = append(said, telling{"Left out, as the person has not agreed to share: " + headingNames(withheld) + "." + s.env.keys(" o gives a reason to share it.", " Type risk to give a reason to share it."), t.Warn})
	}
	if n := s.gaps(); n > 0 {
		said = append(said, telling{plural(n, "action does", "actions do") + " not say who, or by when. Write: who: what | by when.", t.Warn})
	}
	return append(wrapped(width, 8, said...), "")
}

// gaps counts actions of the plan without a name or a time.
func (s *letter) gaps() int {
	code := model.HeadingPlan
	if s.late {
		code = model.LatePlan
	}
	n := 0
	for _, a := range model.ParseActions(s.record.Health.Draft[code].Text) {
		if !a.Complete() {
			n++
		}
	}
	return n
}

func headingNames(all []model.Heading) string {
	names := make([]string, len(all))
	for i, h := range all {
		names[i] = h.Name
	}
	return strings.Join(names, ", ")
}

func (s *letter) verdictWords() (string, part.Style) {
	t, h := s.env.theme, s.record.Health
	missing := s.letter.MissingToSign()
	last, signed := h.LastLetter()
	switch {
	case len(missing) > 0 && (s.late || !signed):
		return "Not ready to sign. To be written: " + strings.Join(missing, ", ") + ".", t.Warn
	case s.late:
		return "Ready to sign. It adds to the discharge letter and does not replace it.", t.Good
	case signed && s.doubts[last.Hash] != nil:
		return fmt.Sprintf("Letter %d is NOT VERIFIED: %s", last.Number, s.doubts[last.Hash]), t.Danger
	case h.LetterHolds():
		return fmt.Sprintf("Letter %d is signed and says what the record says.", last.Number), t.Good
	case h.IsLetterReady():
		return "Ready to sign, says " + s.env.by(h.Ready.By.Staff, h.Ready.By.At) + "." + s.env.keys(" s signs it.", ""), t.Good
	case signed:
		return fmt.Sprintf("Letter %d is OUT OF DATE: medicines, allergies, consent or its text have changed. Sign a new one.", last.Number), t.Danger
	}
	return "Ready to sign. Read it " + s.env.with("p", "letter") + ", then sign it " + s.env.with("s", "sign") + ".", t.Good
}
