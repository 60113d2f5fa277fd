package model_test

import (
	"strings"
	"testing"
	"time"

	"github.com/throughgate/throughgate/model"
)

func TestHoursGoOverMidnightAndBySummerTime(t *testing.T) {
	day, night := model.Hours{From: 7*60 + 30, To: 19 * 60}, model.Hours{From: 21 * 60, To: 6 * 60}
	for _, c := range []struct {
		at         time.Time // in London
		day, night bool
	}{
		{time.Date(2026, 11, 23, 7, 29, 59, 0, model.London), false, false},
		{time.Date(2026, 11, 23, 7, 30, 0, 0, model.London), true, false},
		{time.Date(2026, 7, 20, 7, 30, 0, 0, model.London), true, false}, // 06:30 UTC
		{time.Date(2026, 11, 23, 19, 0, 0, 0, model.London), false, false},
		{time.Date(2026, 11, 23, 21, 0, 0, 0, model.London), false, true},
		{time.Date(2026, 11, 24, 5, 59, 0, 0, model.London), false, true},
		{time.Date(2026, 11, 24, 6, 0, 0, 0, model.London), false, false},
	} {
		if at := model.InstantOf(c.at); day.Has(at) != c.day || night.Has(at) != c.night {
			t.Errorf("%v: by day %v, by night %v", c.at, day.Has(at), night.Has(at))
		}
	}
	if day.String() != "07:30 to 19:00" {
		t.Errorf("%v", day)
	}
}

func TestASiteHasHoursOfItsOwn(t *testing.T) {
	broken := []model.Access{{What: model.AccessGlass, Staff: "a.khan", At: model.InstantOf(time.Date(2026, 11, 23, 20, 0, 0, 0, model.London)), Reason: "court-order"}}
	if found := model.Alarms(broken, model.AlarmFacts{Hours: model.Hours{From: 6 * 60, To: 22 * 60}}); len(found) != 0 {
		t.Errorf("%+v", found)
	}
	found := model.Alarms(broken, model.AlarmFacts{Hours: model.Hours{From: 8 * 60, To: 17*60 + 30}})
	if len(found) != 1 || !strings.Contains(found[0].Says, "outside 08:00 to 17:30") {
		t.Errorf("%+v", found)
	}
}
