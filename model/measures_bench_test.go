package model_test

import (
	"testing"
	"time"

	"github.com/throughgate/throughgate/model"
)

// BenchmarkMeasures counts half a year over 100,000 people, of whom every third
// has left.
func BenchmarkMeasures(b *testing.B) {
	now := time.Date(2026, time.November, 23, 8, 0, 0, 0, time.UTC)
	today := model.DayOf(now)
	rows := make([]model.Row, 100_000)
	for i := range rows {
		rows[i] = model.Row{ID: model.PersonID{byte(i), byte(i >> 8), byte(i >> 16)}, Open: uint32(i), Release: model.Release{Day: today + model.Day(i%120-20)}}
		if i%3 == 0 {
			at := (today - model.Day(i%182)).Start() + 36_000_000
			rows[i].Stay.Out = string(model.MovementRelease)
			rows[i].Departures = []model.Departure{{At: at, Class: model.ReleasePlanned, Done: map[model.ItemID]model.Instant{model.ItemGP: at - 1, model.ItemMedicines: at + model.Instant(i%7)}}}
		}
	}
	b.ReportAllocs()
	for b.Loop() {
		if m := model.MeasuresOf(rows, today-181, today, model.InstantOf(now), nil); m.Left == 0 {
			b.Fatal("nobody left")
		}
	}
}
