package model_test

import (
	"testing"
	"time"

	"github.com/throughgate/throughgate/model"
)

// A curfew that is approved two days before it begins comes at short notice: no
// line is late that nobody could have done. One that was known in time is planned,
// and stays so when it is confirmed or moves by a few days.
func TestACurfewOrAParoleDateComesAtShortNoticeWhenItIsKnownLate(t *testing.T) {
	today := model.DayOf(morning)
	type set struct {
		after  int // days after today on which it was written
		day    model.Day
		reason string
	}
	for name, c := range map[string]struct {
		sets []set
		want model.ReleaseClass
	}{
		"a curfew in two days":                          {[]set{{0, today + 2, "HR"}}, model.ReleaseShortNotice},
		"a parole decision for next week":               {[]set{{0, today + 7, "PX"}}, model.ReleaseShortNotice},
		"a curfew in two weeks":                         {[]set{{0, today + 14, "HR"}}, model.ReleasePlanned},
		"known for months, confirmed the day before":    {[]set{{0, today + 60, "HR"}, {59, today + 60, "HR"}}, model.ReleasePlanned},
		"known for months, moved back a week":           {[]set{{0, today + 60, "HR"}, {59, today + 67, "HR"}}, model.ReleasePlanned},
		"a curfew long before the date of the sentence": {[]set{{0, today + 200, "CR"}, {1, today + 3, "HR"}}, model.ReleaseShortNotice},
		"at short notice, then a day earlier":           {[]set{{0, today + 2, "HR"}, {0, today + 1, "HR"}}, model.ReleaseShortNotice},
		"at short notice, then a day later":             {[]set{{0, today + 2, "HR"}, {1, today + 3, "HR"}}, model.ReleaseShortNotice},
		"a sentence served in two days":                 {[]set{{0, today + 2, "CR"}}, model.ReleasePlanned},
		"bail":                                          {[]set{{0, today + 2, "BL"}}, model.ReleaseNoNotice},
	} {
		d := newDesk(t, 1, model.RoleOMU)
		for i, s := range c.sets {
			at := morning.AddDate(0, 0, s.after).Add(time.Duration(i) * time.Minute)
			d.do(at, &model.ReleaseSet{Day: s.day, Basis: model.BasisConfirmed, Reason: s.reason})
		}
		if got := d.record().Shared.Release.Class; got != c.want {
			t.Errorf("%s: %s, not %s", name, got.Words(), c.want.Words())
		}
	}
}
