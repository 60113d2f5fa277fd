package tui

import (
	"time"

	"github.com/throughgate/throughgate/model"
	"github.com/throughgate/throughgate/tui/part"
)

// none is the answer that there is none, where an empty one would be no answer.
const none = "none"

// newReleaseForm sets the release date.
func newReleaseForm(e *env, r *model.Record) Screen {
	rel := r.Shared.Release
	bases := make([]part.Option, 0, 7)
	for _, b := range []model.Basis{model.BasisConfirmed, model.BasisParole, model.BasisHDC, model.BasisConditional, model.BasisAutomatic, model.BasisCourt} {
		bases = append(bases, part.Option{Value: string(b), Label: b.Words()})
	}
	bases = append(bases, part.Option{Value: none, Label: "There is no date"})
	dated := func(v part.Values) bool { return v["basis"] != "" && v["basis"] != none }
	day := dateField(e, "day", "Release date", "Enter the release date")
	day.ShowIf = dated
	return newForm(e, r, formSpec{
		title: "Release date", name: releaseForm, done: "The release date is set.", button: "Set the release date", compact: true,
		start: map[string]string{
			"basis": string(rel.Basis), "day": dayDraft(rel.Day), "time": rel.Time,
			"reason": reasonDraft(model.MovementRelease, rel.Reason), "destination": rel.Destination,
		},
		fields: []part.Field{
			{Key: "basis", Kind: part.ChoiceField, Label: "What does the date rest on?", Options: bases, Required: "Choose what the date rests on", Hint: "Only a confirmed date is final."},
			day,
			{Key: "time", Label: "Time", Optional: true, Hint: "Like 09:30.", ShowIf: dated, Max: 5},
			{Key: "reason", Kind: part.PickerField, Label: "Reason", Optional: true, Find: findOption(releaseReasons()), ShowIf: dated},
			{Key: "destination", Label: "Where to", Optional: true, ShowIf: dated, Max: 120},
		},
		build: func(v part.Values) ([]model.Change, error) { return releaseChange(r, e.now(), v) },
	})
}

// dayDraft is a day as a date field begins with it, "" when it is not set.
func dayDraft(day model.Day) string {
	if day.IsZero() {
		return ""
	}
	return day.String()
}

func releaseReasons() []part.Option {
	return append([]part.Option{{Value: none, Label: "Not known yet"}}, reasonOptions(model.MovementRelease)...)
}

// reasonDraft is a reason as a picker begins with it.
func reasonDraft(t model.MovementType, code string) string {
	if code == "" {
		return ""
	}
	return part.ChosenDraft(part.Option{Value: code, Label: model.MovementReasonWords(t, code)})
}

func releaseChange(r *model.Record, now time.Time, v part.Values) ([]model.Change, error) {
	change := &model.ReleaseSet{}
	if v["basis"] != none {
		day, err := model.ParseISODay(v["day"])
		if err != nil {
			return nil, fieldError{"day", err}
		}
		if v["time"] != "" {
			if _, err := clock(v["time"]); err != nil {
				return nil, fieldError{"time", err}
			}
		}
		*change = model.ReleaseSet{Day: day, Time: padClock(v["time"]), Basis: model.Basis(v["basis"]), Reason: v["reason"], Destination: v["destination"]}
		if change.Reason == none {
			change.Reason = ""
		}
	}
	if err := change.Check(r, now); err != nil {
		return nil, err
	}
	return []model.Change{change}, nil
}

// clock reads a time of day.
func clock(text string) (time.Time, error) {
	t, err := time.Parse("15:04", padClock(text))
	if err != nil {
		return time.Time{}, model.Invalid("The time must look like 09:30.", "")
	}
	return t, nil
}

// padClock reads 930 and 9:30 as 09:30.
func padClock(text string) string {
	if len(text) == 4 && text[1] == ':' {
		text = "0" + text
	}
	digits := len(text) == 3 || len(text) == 4
	for _, r := range text {
		digits = digits && r >= '0' && r <= '9'
	}
	if digits && len(text) == 3 {
		text = "0" + text
	}
	if digits {
		text = text[:2] + ":" + text[2:]
	}
	return text
}
