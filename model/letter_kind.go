package model

import "strconv"

// LetterKind tells a discharge letter from a short one on results that came
// after it.
type LetterKind string

// The kinds. A discharge letter has none, as those of the first format.
const (
	LetterDischarge LetterKind = ""
	LetterResults   LetterKind = "results"
)

// LetterMore is what a letter says of itself.
type LetterMore struct {
	Kind     LetterKind      `json:"kind,omitempty"`
	Replaces *LetterReplaced `json:"replaces,omitempty"` // of a correction
	// NotSeen tells that the person left without notice, before healthcare had
	// seen them off.
	NotSeen    bool   `json:"notSeen,omitempty"`
	NotSeenWhy string `json:"notSeenWhy,omitempty"` // as a clinician said it
	// SharedWhy is why it goes to the practice against the person's answer.
	SharedWhy string `json:"sharedWhy,omitempty"`
	// Sharing names the person's answer on sharing that the letter was made on;
	// zero in letters that did not keep it.
	Sharing Hash `json:"sharing,omitzero"`
	// Care names the plans for opioid substitution, naloxone and injections that it
	// tells; zero in letters that did not keep it.
	Care Hash `json:"care,omitzero"`
}

// LetterReplaced is the letter that a correction takes the place of, and why.
type LetterReplaced struct {
	Number int     `json:"number"`
	At     Instant `json:"at"`
	Why    string  `json:"why"`
}

// LetterNotice is a statement in a box above everything else on the first page.
type LetterNotice struct{ Head, Text string }

// Notices are what a reader has to know before anything else.
func (l Letter) Notices() []LetterNotice {
	var out []LetterNotice
	switch {
	case l.Replaces != nil:
		out = append(out, LetterNotice{"Replaces letter " + strconv.Itoa(l.Replaces.Number) + " of " + l.Replaces.At.String(),
			"Do not use that letter any more. Why it is replaced: " + orNotRecorded(l.Replaces.Why)})
	case l.Supersedes > 0:
		out = append(out, LetterNotice{"Replaces letter " + strconv.Itoa(l.Supersedes), "Do not use that letter any more."})
	}
	if l.NotSeen {
		why := "The person left without notice, before healthcare saw them."
		if l.NotSeenWhy != "" {
			why = "Why: " + l.NotSeenWhy + "."
		}
		out = append(out, LetterNotice{"NOT SEEN AT DISCHARGE", why + " What is said here is what was known; it may have changed."})
	}
	if l.SharedWhy != "" {
		out = append(out, LetterNotice{"SHARED WITHOUT THE PERSON'S AGREEMENT", "Why: " + l.SharedWhy})
	}
	if l.Kind == LetterResults {
		out = append(out, LetterNotice{"Results that came after the discharge letter",
			"This letter adds to the discharge letter and does not replace it."})
	}
	return out
}
