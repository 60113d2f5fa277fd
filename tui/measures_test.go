package tui_test

import (
	"testing"

	"github.com/throughgate/throughgate/model"
)

// leftAlready is a manager's morning after a few weeks of releases.
var leftAlready = scene{signedIn: "e.wu", desk: func(t testing.TB, d *desk) {
	morning(t, d)
	today := model.DayOf(deskNow)
	for i := range 90 {
		row := model.Row{ID: model.PersonID{0xee, byte(i)}, Name: "GONE, Somebody", Stay: model.Stay{Site: "LEI", Out: string(model.MovementRelease)}}
		at := (today - model.Day(i)).Start() + 10*3_600_000
		left := model.Departure{At: at, Class: model.ReleasePlanned, Done: map[model.ItemID]model.Instant{model.ItemMedicines: at - 1}}
		if i%7 == 0 {
			left.Class = model.ReleaseNoNotice
		}
		if i%3 > 0 {
			left.Done[model.ItemLetter] = at
		}
		if i%4 > 0 {
			left.Done[model.ItemGP] = at - 1
		} else if i%8 == 0 {
			left.Other = map[model.ItemID]model.ItemState{model.ItemGP: model.Refused}
		}
		row.Departures = []model.Departure{left}
		d.fixed = append(d.fixed, row)
	}
	for i := range 9 {
		d.fixed = append(d.fixed, model.Row{ID: model.PersonID{0xef, byte(i)}, Name: "STILL, Here", Stay: model.Stay{Site: "LEI"}, Open: model.ItemGP.Bit() | model.ItemNHSNumber.Bit() | model.ItemMedicines.Bit(), Release: model.Release{Day: today + model.Day(3*i)}})
	}
}}

func TestMeasuresScreen(t *testing.T) {
	requireScreen(t, leftAlready, func(d *driver) { d.press("m", "down") })
}

func TestMeasuresOverdueScreen(t *testing.T) {
	requireScreen(t, leftAlready, func(d *driver) { d.press("m", "end") })
}

func TestMeasuresWeeksScreen(t *testing.T) {
	requireScreen(t, leftAlready, func(d *driver) { d.press("m", "w") })
}

func TestMeasuresOfNobodyScreen(t *testing.T) {
	newcomer := scene{signedIn: "a.khan", desk: func(t testing.TB, d *desk) {
		morning(t, d)
		d.fixed = []model.Row{{ID: model.PersonID{0xef}, Name: "STILL, Here", Stay: model.Stay{Site: "LEI"}}}
	}}
	requireScreen(t, newcomer, func(d *driver) { d.press("m") })
}

func TestMeasuresLookAtTheWeeksAskedFor(t *testing.T) {
	inBubble(t, leftAlready, func(d *driver) {
		d.press("m")
		d.sees("78 releases") // eleven weeks and this Monday
		d.press("w", "up", "up", "enter", "enter", "enter")
		d.sees("22 releases")
	})
}
