package tui_test

import "testing"

func TestWhyThePersonWasNotSeenIsWritten(t *testing.T) {
	onWard(t, "b.jones", "l", ward, func(d *driver) {
		d.press("n", "down", "enter")
		d.answer("Left at 07:30, before the clinic")
		d.press("enter")
		d.says("The letter says NOT SEEN AT DISCHARGE.")
		d.press("p")
		d.says("NOT SEEN AT DISCHARGE", "Why: Left at 07:30, before the clinic.")
	})
}

func TestSharingAgainstTheAnswerAsksForItsGround(t *testing.T) {
	onWard(t, "b.jones", "l", ward, func(d *driver) {
		d.press("o")
		d.says("On what ground?")
		d.press("enter")
		d.answer("Told a nurse of a plan to end his life")
		d.press("enter", "p")
		d.says("SHARED WITHOUT THE PERSON'S AGREEMENT", "Why: Risk to life: Told a nurse of a plan to end his life")
	})
}
