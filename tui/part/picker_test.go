package part_test

import (
	"strings"
	"testing"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/x/ansi"

	"github.com/throughgate/throughgate/tui/part"
)

func TestPickerView(t *testing.T) {
	picker := part.NewPicker(theme(part.Dark), findPractice)
	picker.Focus()
	write(picker, "leeds")
	press(picker, "down")
	requireGolden(t, picker.View)
}

func TestPickerChooses(t *testing.T) {
	var told part.Option
	picker := part.NewPicker(theme(part.Dark), findPractice)
	picker.OnChoose = func(o part.Option) tea.Cmd { told = o; return nil }
	write(picker, "leeds")
	press(picker, "down", "enter")
	if got, ok := picker.Chosen(); !ok || got.Value != "B86002" || told.Value != "B86002" {
		t.Errorf("chose %v %v, told %v", got, ok, told)
	}
	t.Run("until the text changes", func(t *testing.T) {
		press(picker, "backspace")
		if _, ok := picker.Chosen(); ok {
			t.Error("still chosen")
		}
	})
}

// TestPickerDropsStaleAnswers: answers come back in any order; only that to the last question
// counts, and before it is there nothing can be chosen.
func TestPickerDropsStaleAnswers(t *testing.T) {
	picker := part.NewPicker(theme(part.Dark), findPractice)
	first := picker.Ask("leeds")
	second := picker.Ask("llyn")
	press(picker, "enter")
	if _, ok := picker.Chosen(); ok {
		t.Fatal("something was chosen before any answer")
	}
	answerToSecond, answerToFirst := second(), first()
	picker.Update(answerToSecond)
	picker.Update(answerToFirst)
	press(picker, "enter")
	if got, _ := picker.Chosen(); got.Value != "W91006" {
		t.Errorf("chose %q", got.Value)
	}
}

func TestPickerTakesOnlyItsOwnAnswers(t *testing.T) {
	one, other := part.NewPicker(theme(part.Dark), findPractice), part.NewPicker(theme(part.Dark), findPractice)
	answer := one.Ask("leeds")()
	other.Ask("llyn")
	other.Update(answer)
	if view := ansi.Strip(other.View(80, 10)); strings.Contains(view, "Leeds") {
		t.Errorf("took an answer of another picker:\n%s", view)
	}
}

func TestPickerSaysWhatHappened(t *testing.T) {
	for _, c := range []struct {
		name  string
		found part.Found
		want  string
	}{
		{"nothing", part.Found{}, "Nothing found."},
		{"many", part.Found{Options: make([]part.Option, 3), Total: 128}, "3 of 128. Type more to narrow it down."},
		{"one", part.Found{Options: make([]part.Option, 1), Total: 1}, "1 found."},
		{"a problem", part.Found{Problem: "No practices have been imported yet."}, "No practices have been imported yet."},
	} {
		t.Run(c.name, func(t *testing.T) {
			picker := part.NewPicker(theme(part.Dark), func(string) part.Found { return c.found })
			write(picker, "x")
			if view := ansi.Strip(picker.View(80, 10)); !strings.Contains(view, c.want) {
				t.Errorf("%q is missing from:\n%s", c.want, view)
			}
		})
	}
}
