package model_test

import (
	"testing"

	"github.com/throughgate/throughgate/model"
)

// However somebody left, person page, worklist and the follow-ups say of a line the
// same day, and none of them calls overdue what nobody could have done before.
func TestWhatIsLeftAfterAReleaseIsDueOnOneDayEverywhere(t *testing.T) {
	own := model.Timeline{model.ItemAfterRelease: 2, model.ItemLetterDelivered: 3, model.ItemReconciled: 4}
	for name, c := range map[string]struct{ planned, left, reason string }{
		"as planned":            {"2026-11-27", "2026-11-27 10:00", "CR"},
		"two days early":        {"2026-11-27", "2026-11-25 10:00", "HD"},
		"a day late":            {"2026-11-27", "2026-11-28 10:00", "CR"},
		"without any date":      {"", "2026-11-26 15:00", "NG"},
		"to court and let go":   {"2026-12-20", "2026-11-25 15:00", "NG"},
		"before a bank holiday": {"2026-12-24", "2026-12-24 09:00", "CR"},
	} {
		s := newStory()
		if c.planned != "" {
			s.at(t, "2026-11-02 10:00", &model.ReleaseSet{Day: isoDay(t, c.planned), Basis: model.BasisConfirmed, Reason: "CR"})
		}
		s.at(t, c.left, leaves(t, c.left, c.reason))
		left := isoDay(t, c.left[:len("2006-01-02")])
		for _, timeline := range []model.Timeline{nil, own} {
			follow := make(map[model.ItemID]model.Day)
			for _, f := range timeline.FollowUps(&s.record.Shared) {
				follow[f.Item.ID] = f.Due
			}
			if _, is := follow[model.ItemProperty]; !is {
				t.Errorf("%s: property that was not given back is no follow-up", name)
			}
			for _, m := range timeline.Readiness(&s.record.Shared) {
				due, is := follow[m.Item.ID]
				if !is {
					continue
				}
				if m.Due != due || m.Due < left || m.Overdue(left) || m.Now(left+9) {
					t.Errorf("%s: %s is due %s on the person's page, %s as a follow-up; left %s", name, m.Item.ID, m.Due, due, left)
				}
				row := s.row()
				for _, task := range model.Worklist([]model.Row{row}, m.Whose, timeline, left+9, model.WorklistDays) {
					if task.Item.ID == m.Item.ID && (task.Due != due || task.Now || task.Overdue(left+9) != m.Overdue(left+9)) {
						t.Errorf("%s: %s is due %s on the worklist, elsewhere %s", name, m.Item.ID, task.Due, due)
					}
				}
			}
			if checks := timeline.ChecksDue(&s.record.Shared); len(checks) > 0 && checks[0].Day != follow[model.ItemAfterRelease] {
				t.Errorf("%s: the next check is on %s, and on the list %s", name, checks[0].Day, follow[model.ItemAfterRelease])
			}
		}
	}
}
