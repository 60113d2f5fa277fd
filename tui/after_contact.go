package tui

import "github.com/throughgate/throughgate/model"

// afterContact says to healthcare whether the person may be contacted after the
// release, as they answered. Nobody else reads the answer.
func afterContact(e *env, r *model.Record) telling {
	if r.Health == nil {
		return telling{}
	}
	answer := r.Health.Consents[model.ConsentContactAfter]
	switch {
	case answer.Holds(e.today()) && answer.Scope != "":
		return telling{"They agreed to be contacted: " + answer.Scope + ".", e.theme.Text}
	case answer.Holds(e.today()):
		return telling{"They agreed to be contacted.", e.theme.Text}
	case answer.Declined():
		return telling{"DO NOT CONTACT THEM: they refused it. Ask the practice and the services instead.", e.theme.Danger}
	case answer.RanOut(e.today()):
		return telling{"DO NOT CONTACT THEM: their consent ran out on " + answer.Expires.String() + ". Ask the practice and the services instead.", e.theme.Danger}
	}
	return telling{"Nobody asked whether they may be contacted. Ask the practice and the services instead.", e.theme.Warn}
}
