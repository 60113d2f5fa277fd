package tui

import (
	"slices"
	"strings"
	"time"

	"github.com/throughgate/throughgate/model"
	"github.com/throughgate/throughgate/tui/part"
)

// newMovementForm records a crossing of the gate.
func newMovementForm(e *env, r *model.Record) Screen {
	types := make([]part.Option, 0, len(model.MovementTypes()))
	for _, t := range model.MovementTypes() {
		types = append(types, part.Option{Value: string(t), Label: t.Words()})
	}
	fields := []part.Field{{Key: "type", Kind: part.ChoiceField, Label: "What happened?", Options: types, Required: "Choose what happened"}}
	for _, t := range model.MovementTypes() {
		fields = append(fields, part.Field{
			Key: "reason/" + string(t), Kind: part.PickerField, Label: "Reason", Required: "Choose a reason",
			Find:   findOption(reasonOptions(t)),
			ShowIf: func(v part.Values) bool { return v["type"] == string(t) },
		})
	}
	fields = append(fields,
		part.Field{Key: "time", Label: "Time", Optional: true, Max: 5, Hint: "Today, like 09:30. Leave it empty for now."},
		part.Field{Key: "note", Label: "Note", Optional: true, Max: 240},
	)
	return newForm(e, r, formSpec{
		title: "Movement", name: movementForm, done: "The movement is recorded.", fields: fields, button: "Record the movement", compact: true,
		build: func(v part.Values) ([]model.Change, error) { return movementChange(e, r, v) },
		confirm: func(v part.Values) *confirmation {
			return confirmMovement(e, r, model.MovementType(v["type"]), v["reason/"+v["type"]])
		},
	})
}

func movementChange(e *env, r *model.Record, v part.Values) ([]model.Change, error) {
	at, err := todayAt(e.now(), v["time"])
	if err != nil {
		return nil, fieldError{"time", err}
	}
	kind := model.MovementType(v["type"])
	change := &model.MovementRecorded{Movement: model.Movement{Type: kind, Reason: v["reason/"+v["type"]], At: model.InstantOf(at), Note: v["note"]}}
	if err := change.Check(r, e.now()); err != nil {
		return nil, fieldError{"time", err}
	}
	if passesTheGate(r, change) && len(r.BeforeLeaving()) > 0 {
		return nil, model.Invalid("Nobody is released here before the walk through the gate is done.", "Go back to the person's page and choose release now. What is left to do stands there.")
	}
	return []model.Change{change}, nil
}

// passesTheGate tells of a release by which somebody who is here walks out. Who
// died, escaped or was taken to hospital did not, nor who is out at court.
func passesTheGate(r *model.Record, c *model.MovementRecorded) bool {
	class := model.ReleaseClassOf(c.Reason)
	return c.Type == model.MovementRelease && r.Shared.Stay.Out == "" && class != model.ReleaseNotCare && class != model.ReleaseToHospital
}

// todayAt is a time of today, in London; now when none was given.
func todayAt(now time.Time, text string) (time.Time, error) {
	if text == "" {
		return now, nil
	}
	t, err := clock(text)
	if err != nil {
		return time.Time{}, err
	}
	return onClock(now, model.DayOf(now), t), nil
}

// onClock is when the clocks in London show a time of a day. In the night when they
// go back they show an hour of times twice: it is the first of the two while the
// second is still to come.
func onClock(now time.Time, day model.Day, t time.Time) time.Time {
	y, m, d := day.Date()
	at := time.Date(y, m, d, t.Hour(), t.Minute(), 0, 0, model.London)
	if first := at.Add(-time.Hour); at.After(now) && first.Hour() == at.Hour() {
		return first
	}
	return at
}

// latelyAt is a time of today or of a day before it, in London: "23:40",
// "23:40 yesterday", "22/11/2026 23:40". Courts sit late, and desks hear of it after
// midnight. Now when none was given.
func latelyAt(now time.Time, text string) (time.Time, error) {
	words := strings.Fields(text)
	if len(words) < 2 {
		at, err := todayAt(now, text)
		if err == nil && at.After(now) {
			err = model.Invalid("This time is still to come today.", "Of yesterday, write it like "+words[0]+" yesterday.")
		}
		return at, err
	}
	first, last := words[0], words[len(words)-1]
	t, err := clock(first)
	day := words[1:]
	if err != nil || !strings.ContainsAny(first, ":") {
		t, err = clock(last)
		day = words[:len(words)-1]
	}
	if err != nil {
		return time.Time{}, err
	}
	on, err := dayBefore(strings.Join(day, " "), model.DayOf(now))
	if err != nil {
		return time.Time{}, err
	}
	return onClock(now, on, t), nil
}

// dayBefore reads a day that is today or past. Where the text can mean several, it
// is the latest of those.
func dayBefore(text string, today model.Day) (model.Day, error) {
	found, err := model.ReadDate(text, today)
	if err != nil {
		return 0, err
	}
	best := model.Day(0)
	for _, r := range found {
		if day, full := r.Date.Day(); full && day <= today && (best.IsZero() || day > best) {
			best = day
		}
	}
	if best.IsZero() {
		return 0, model.Invalid("This day is still to come.", "Write yesterday, or a date before today.")
	}
	return best, nil
}

// confirmMovement asks before somebody goes out of the gate for good: movements
// only add up, so this one cannot be taken back.
func confirmMovement(e *env, r *model.Record, kind model.MovementType, reason string) *confirmation {
	if kind == model.MovementRelease && model.WayOf(reason) == model.WayDied {
		return &confirmation{title: model.WayDied.Words(), word: "DIED", text: personWords(r) +
			", has died. The checklist stops, nothing more is supplied, and bags that are packed go back to pharmacy."}
	}
	if kind != model.MovementRelease && kind != model.MovementTransfer {
		return nil
	}
	text := personWords(r) +
		", leaves this prison. It cannot be taken back."
	if kind == model.MovementRelease {
		text += leavingWords(e, r)
	}
	return &confirmation{title: kind.Words(), text: text, word: "LEAVES"}
}

// leavingWords is what to see before somebody is let go: that it is not the day
// they are due (of 262 people released in error in 2024-25 some went too early),
// and what is not done. What can only be done afterwards is not missing.
func leavingWords(e *env, r *model.Record) string {
	words := ""
	if early := notDueYet(e, r); early != "" {
		words = " CHECK: " + early
	}
	missing := slices.DeleteFunc(e.timeline.Readiness(&r.Shared), func(m model.Missing) bool { return m.Item.Stage == model.AfterRelease })
	if len(missing) > 0 {
		words += " Still missing: " + missingNames(missing) + "."
	}
	return words
}

// notDueYet says that somebody who is to go out of the gate has no date for it, or
// a later one.
func notDueYet(e *env, r *model.Record) string {
	switch day := r.Shared.Release.Day; {
	case day.IsZero():
		return "there is no release date."
	case day > e.today():
		return "the release date is " + day.Long() + ", " + e.dueWords(day) + "."
	}
	return ""
}

// personWords names somebody so that nobody else is meant.
func personWords(r *model.Record) string {
	return r.Shared.Name.OfficialFull() + ", born " + r.Shared.Born.String() + ", prison number " + orNot(r.Number(model.SchemePrison))
}

func missingNames(missing []model.Missing) string {
	out := ""
	for i, m := range missing {
		if i > 0 {
			out += ", "
		}
		out += m.Item.Name
	}
	return out
}

func reasonOptions(t model.MovementType) []part.Option {
	var out []part.Option
	for _, m := range model.MovementReasons(t) {
		if t != model.MovementRelease || model.ReleaseAccepted(m.Code) {
			out = append(out, part.Option{Value: m.Code, Label: m.Words, Hint: m.Code})
		}
	}
	return out
}
