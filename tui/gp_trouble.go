package tui

import (
	"strings"

	"github.com/throughgate/throughgate/model"
)

// gpTrouble is what has come between the person and the practice that was chosen,
// "" when nothing has, or when the role may not know. It is found whenever the
// record is shown, so that a line that was done shows as a problem on a desk that
// was offline when the practice closed.
func gpTrouble(e *env, r *model.Record) string {
	if r.Health == nil {
		return ""
	}
	return r.Health.Registration.Trouble(e.Practices(), model.LivesAt(r))
}

// troubled is a line of the checklist with what came between: it is not done any
// more, though nobody has recorded it yet.
func (s *person) troubled(id model.ItemID, item model.Item) model.Item {
	if s.trouble != "" && (id == model.ItemGP || id == model.ItemPractice) && item.State != model.Problem {
		item.State, item.Detail = model.Problem, ""
		item.Note, _, _ = strings.Cut(s.trouble, ".")
	}
	return item
}
