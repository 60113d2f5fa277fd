package part_test

import (
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"github.com/throughgate/throughgate/tui/part"
)

func supplyForm() *part.Form {
	f := part.NewForm(theme(part.Dark),
		part.Field{Kind: part.InfoField, Label: "Sertraline 50 mg tablets, 50 mg oral once a day"},
		part.Field{Key: "route", Kind: part.ChoiceField, Label: "Supply", Options: []part.Option{{Value: "TTO", Label: "Handed over (TTO)"}, {Value: "EPS", Label: "Electronic prescription (EPS)"}}},
		part.Field{Key: "days", Label: "Days covered", Max: 3, Hint: "From 1 to 84."},
		part.Field{Key: "reason", Label: "Reason why it is so few or so many", Optional: true},
		part.Field{Kind: part.InfoField, Say: func(v part.Values) string {
			if v["days"] == "" {
				return ""
			}
			return "Enough for " + v["days"] + " days"
		}},
	)
	f.Compact = true
	return f
}

func TestCompactFormView(t *testing.T) {
	f := supplyForm()
	press(f, "down", "enter", "2", "8", "down", "down", "enter")
	f.SetProblems(map[string]string{"days": "Enter how many days the quantity covers"})
	press(f, "enter")
	requireGolden(t, f.View)
}

// A hint comes and goes with the focus; nothing else may move with it.
func TestTheFocusMovesNoLineOfACompactForm(t *testing.T) {
	f := supplyForm()
	lineOf := func() int {
		for i, line := range strings.Split(ansi.Strip(f.View(80, 18)), "\n") {
			if strings.Contains(line, "[ Continue ]") {
				return i
			}
		}
		return -1
	}
	before := lineOf()
	for range 4 {
		press(f, "tab")
		if at := lineOf(); at != before {
			t.Fatalf("the button moved from line %d to %d", before, at)
		}
	}
}

// What an InfoField says follows from the answers, and takes no room before.
func TestSaidWordsFollowTheAnswers(t *testing.T) {
	f := supplyForm()
	if strings.Contains(f.View(80, 24), "Enough for") {
		t.Fatal("it speaks before there is an answer")
	}
	press(f, "down", "enter", "7")
	if !strings.Contains(f.View(80, 24), "Enough for 7 days") {
		t.Fatalf("it does not speak:\n%s", f.View(80, 24))
	}
}
