package tui_test

import "testing"

func TestBoardScreen(t *testing.T) {
	requireScreen(t, scene{signedIn: "a.khan"}, func(*driver) {})
}
