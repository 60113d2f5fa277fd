package model_test

import (
	"encoding/json"
	"testing"

	"github.com/throughgate/throughgate/model"
)

func TestEveryWhatHasWordsAndIsRead(t *testing.T) {
	for _, what := range model.AccessWhats() {
		if got, err := model.ParseAccessWhat(string(what)); err != nil || got != what {
			t.Errorf("%s is read as %s, %v", what, got, err)
		}
		if what.Words() == string(what) {
			t.Errorf("%s has no words", what)
		}
	}
	if _, err := model.ParseAccessWhat("looked"); model.KindOf(err) != model.KindInvalid {
		t.Errorf("a word that is none: %v", err)
	}
}

// TestAnEntryHoldsWhatItMustAndNoMore is the form other programs rely on: the
// chain is over these bytes.
func TestAnEntryHoldsWhatItMustAndNoMore(t *testing.T) {
	for want, a := range map[string]model.Access{
		`{"seq":1,"at":5,"what":"signed-in","staff":"a.khan","role":"nurse","via":"desk","person":"00000000000000000000000000000000","prev":"0000000000000000000000000000000000000000000000000000000000000000"}`: {
			Seq: 1, At: 5, What: model.AccessSignedIn, Staff: "a.khan", Role: model.RoleNurse, Via: model.ViaDesk},
		`{"seq":2,"at":6,"what":"glass","staff":"a.khan","person":"01000000000000000000000000000000","parts":"AQM=","kin":true,"reason":"R1","device":"02000000000000000000000000000000","prev":"0000000000000000000000000000000000000000000000000000000000000000"}`: {
			Seq: 2, At: 6, What: model.AccessGlass, Staff: "a.khan", Person: model.PersonID{1}, Parts: []model.Compartment{model.Shared, model.Health},
			Kin: true, Reason: "R1", Device: model.DeviceID{2}},
	} {
		if got, err := json.Marshal(a); err != nil || string(got) != want {
			t.Errorf("got %s, %v\nwant %s", got, err, want)
		}
	}
}

func TestAFilterTakesWhatFits(t *testing.T) {
	day := model.NewDay(2026, 11, 23)
	a := model.Access{At: day.Start(), What: model.AccessRecord, Staff: "a.khan", Person: model.PersonID{1}, Device: model.DeviceID{2}}
	days := func(since, until model.Day) (f model.AccessFilter) {
		f.Within(since, until)
		return f
	}
	for name, c := range map[string]struct {
		f    model.AccessFilter
		want bool
	}{
		"nothing asked":     {model.AccessFilter{}, true},
		"the day alone":     {days(day, day), true},
		"the day before":    {days(day-1, day-1), false},
		"the day after on":  {days(day+1, 0), false},
		"open at the start": {days(0, day), true},
		"all of it":         {model.AccessFilter{What: model.AccessRecord, Staff: "a.khan", Person: model.PersonID{1}, Device: model.DeviceID{2}}, true},
		"another kind":      {model.AccessFilter{What: model.AccessHistory}, false},
		"somebody else":     {model.AccessFilter{Staff: "b.jones"}, false},
		"about another":     {model.AccessFilter{Person: model.PersonID{9}}, false},
		"another desk":      {model.AccessFilter{Device: model.DeviceID{9}}, false},
	} {
		if got := c.f.Fits(&a); got != c.want {
			t.Errorf("%s: %v", name, got)
		}
	}
}

// TestADayBeginsAtMidnightInLondon, also where clocks change.
func TestADayBeginsAtMidnightInLondon(t *testing.T) {
	for day, want := range map[model.Day]string{
		model.NewDay(2026, 1, 5):   "2026-01-05T00:00:00Z",
		model.NewDay(2026, 7, 5):   "2026-07-04T23:00:00Z",
		model.NewDay(2026, 3, 29):  "2026-03-29T00:00:00Z",
		model.NewDay(2026, 10, 25): "2026-10-24T23:00:00Z",
	} {
		if got := day.Start().Time().Format("2006-01-02T15:04:05Z"); got != want {
			t.Errorf("%s begins at %s, want %s", day, got, want)
		}
	}
}

func TestOnlyManagersAndAuditorsReadTheAudit(t *testing.T) {
	for _, role := range model.Roles() {
		may := role == model.RoleManager || role == model.RoleAuditor
		if err := model.AllowAudit(role); may != (err == nil) || !may && model.KindOf(err) != model.KindForbidden {
			t.Errorf("%s: %v", role, err)
		}
	}
}
