package model

// LetterState is how far a letter is. A draft has none of its own: it is what
// the record says now.
type LetterState string

// The states of a letter, in the order in which it goes through them.
const (
	LetterIsDraft        LetterState = "draft"
	LetterIsReady        LetterState = "ready" // written, and waiting for who signs
	LetterIsSigned       LetterState = "signed"
	LetterIsSent         LetterState = "sent"
	LetterIsDelivered    LetterState = "delivered"    // the practice has it
	LetterIsAcknowledged LetterState = "acknowledged" // the practice has filed it
	LetterIsFailed       LetterState = "failed"       // it did not arrive
	LetterIsSuperseded   LetterState = "superseded"   // a correction has taken its place
	LetterIsEarlier      LetterState = "earlier"      // of a release before the person came back
)

// Words returns the state as screens show it.
func (s LetterState) Words() string {
	switch s {
	case LetterIsDraft:
		return "Draft"
	case LetterIsReady:
		return "Ready to sign"
	case LetterIsSigned:
		return "Signed, not sent"
	case LetterIsSent:
		return "Sent"
	case LetterIsDelivered:
		return "Delivered"
	case LetterIsAcknowledged:
		return "Filed by the practice"
	case LetterIsFailed:
		return "NOT DELIVERED"
	case LetterIsSuperseded:
		return "Replaced"
	case LetterIsEarlier:
		return "Earlier release"
	}
	return "Unknown state"
}

// LetterState returns how far a signed letter is, with the last step it took; a
// zero step when it took none.
func (h *HealthPart) LetterState(s SignedLetter) (LetterState, LetterStep) {
	var last LetterStep
	for _, step := range h.everything().LetterSteps {
		if step.Letter == s.Hash {
			last = step
		}
	}
	if _, current := h.FindLetter(s.Hash); !current {
		return LetterIsEarlier, last
	}
	if h.isReplaced(s) {
		return LetterIsSuperseded, last
	}
	if last.By.IsZero() {
		return LetterIsSigned, last
	}
	return last.State, last
}

// isReplaced tells whether a discharge letter was signed after this one. A letter
// of late results replaces none and is replaced by none.
func (h *HealthPart) isReplaced(s SignedLetter) bool {
	last, any := h.LastLetter()
	return any && !s.Results && last.Hash != s.Hash
}

// AllLetters returns every signed letter, discharge letters and those of late
// results, in the order in which they were signed; those of earlier releases too,
// which are kept to be read and do not count any more.
func (h *HealthPart) AllLetters() []SignedLetter {
	h = h.everything()
	all := make([]SignedLetter, 0, len(h.Letters)+len(h.ResultsLetters))
	late := h.ResultsLetters
	for _, s := range h.Letters {
		for len(late) > 0 && s.By.At.After(late[0].By.At) {
			all, late = append(all, late[0]), late[1:]
		}
		all = append(all, s)
	}
	return append(all, late...)
}

// FindLetter returns the signed letter of a hash. Those of earlier releases are
// not found: nothing more happens to them.
func (h *HealthPart) FindLetter(hash Hash) (SignedLetter, bool) {
	for _, all := range [][]SignedLetter{h.Letters, h.ResultsLetters} {
		for _, s := range all {
			if s.Hash == hash {
				return s, true
			}
		}
	}
	return SignedLetter{}, false
}
