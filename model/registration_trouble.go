package model

import "strings"

// holdsPractice tells whether the registration counts on its practice, or works
// towards it.
func (r Registration) holdsPractice() bool {
	switch r.State {
	case RegChoosing, RegFormReady, RegSent, RegNoReply, RegAccepted, RegActive, RegKept:
		return !r.Practice.IsZero()
	}
	return false
}

// Closed tells whether the practice that was chosen can take nobody by now, as
// the list of practices has it. A practice that is not in the list says nothing:
// a list may be cut.
func (r Registration) Closed(x *PracticeIndex) bool {
	return r.closedWords(x) != ""
}

func (r Registration) closedWords(x *PracticeIndex) string {
	if x == nil || !r.holdsPractice() {
		return ""
	}
	if p, found := x.Find(r.Practice.Code); found {
		return p.WhyNot()
	}
	return ""
}

// PracticeClosedFollows is what a practice that closed makes true of the shared lines,
// though nobody has recorded it yet: they are not done any more, for officers too, who
// cannot see why. Every desk that finds it writes the same words, those of the step
// that records it, and none once they stand. Who has left keeps their lines.
func PracticeClosedFollows(r *Record, x *PracticeIndex) []Change {
	if r.Health == nil || r.Partial || !r.Health.Registration.Closed(x) {
		return nil
	}
	if _, gone := r.Shared.Gone(); gone || r.Shared.disputed(ItemGP) || r.Shared.disputed(ItemPractice) {
		return nil
	}
	return followClosed(r)
}

func followClosed(r *Record) []Change {
	closed := HealthPart{Registration: Registration{State: RegClosed}}
	return followItems(r, closed.registrationItem(), closed.practiceItem())
}

// saysClosed tells whether the shared lines say that the practice has closed, and
// nobody has recorded it or chosen another since. Whatever is not a step of the
// registration opens no practice again, and leaves the lines as they are.
func (r *Record) saysClosed() bool {
	h := r.Health
	return h.Registration.holdsPractice() && !h.declinedGP() && !h.PracticeToTell() && len(followClosed(r)) == 0
}

// RefusedThis is the practices that refused this very person, with the step that
// says so. One that was out of the area of another place may be in that of this one,
// and one that has accepted since refuses no more.
func (r Registration) RefusedThis(now LivingPlace) map[ODSCode]RegistrationStep {
	out := make(map[ODSCode]RegistrationStep)
	var code ODSCode
	var place LivingPlace
	for _, step := range r.Steps {
		if !step.Practice.IsZero() {
			code, place = step.Practice.Code, step.For
		}
		switch step.State {
		case RegOutOfArea:
			if !place.Moved(now) {
				out[code] = step
			}
		case RegRejected, RegListClosed:
			out[code] = step
		case RegAccepted:
			delete(out, code)
		}
	}
	delete(out, "")
	return out
}

// Trouble says what has come between the person and the practice since it was
// chosen, "" when nothing has: it closed, or the person is to live elsewhere.
// Both are found when the record is read, so that they show on a desk that was
// offline when they happened. The words name neither practice nor place.
func (r Registration) Trouble(x *PracticeIndex, now LivingPlace) string {
	if why := r.closedWords(x); why != "" {
		return "The practice can take nobody any more: " + strings.ToLower(why[:1]) + why[1:] + ". Record it, and choose another."
	}
	if r.holdsPractice() && r.For.Moved(now) {
		return "The person is to live elsewhere than when this practice was chosen. Ask whether it still fits; if not, record that they will live elsewhere."
	}
	return ""
}
