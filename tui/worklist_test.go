package tui_test

import "testing"

func TestWorklistScreen(t *testing.T) {
	requireScreen(t, officer, func(d *driver) { d.press("w") })
}

func TestWorklistOfANurseFilteredScreen(t *testing.T) {
	requireScreen(t, nurse, func(d *driver) {
		d.press("w", "/")
		d.write("smith")
	})
}

func TestAWorklistOpensThePersonAtTheLine(t *testing.T) {
	inBubble(t, nurse, func(d *driver) {
		d.press("w", "/")
		d.write("smith results")
		d.press("enter", "enter")
		d.sees("SMITH, John  Born", "> Results chased")
		d.press("esc")
		d.sees("HMP Leeds  Worklist", "/ smith results")
		d.press("esc", "esc")
		d.sees("HMP Leeds  Releases")
	})
}
