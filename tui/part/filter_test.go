package part_test

import (
	"fmt"
	"slices"
	"testing"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/x/ansi"
	"pgregory.net/rapid"

	"github.com/throughgate/throughgate/tui/part"
)

func TestFilterTypesAndLetsGo(t *testing.T) {
	filter := part.NewFilter(theme(part.Dark))
	var told []string
	filter.OnChange = func(query string) tea.Cmd { told = append(told, query); return nil }
	press(filter, "a")
	if filter.Active() || len(told) > 0 {
		t.Fatal("took a letter before it was opened")
	}
	filter.Open()
	write(filter, "li")
	press(filter, "enter", "x")
	if filter.Typing() || !filter.Active() || filter.Query() != "li" {
		t.Errorf("after Enter: typing %v, active %v, %q", filter.Typing(), filter.Active(), filter.Query())
	}
	press(filter, "esc", "esc")
	if filter.Active() || !slices.Equal(told, []string{"l", "li", ""}) {
		t.Errorf("after Esc: active %v, told %q", filter.Active(), told)
	}
}

func TestFilterStaysInFrame(t *testing.T) {
	filter := part.NewFilter(theme(part.Dark))
	write(filter, "ignored")
	filter.Open()
	write(filter, "llŷr")
	want := fmt.Sprintf("/ %-20s  3 of 128", "llŷr")
	if got := ansi.Strip(filter.View(len("/   3 of 128")+20, 3, 128)); got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	rapid.Check(t, func(t *rapid.T) {
		filter.Update(paste(nasty().Draw(t, "text")))
		width := rapid.IntRange(1, 130).Draw(t, "width")
		requireFrame(t, filter.View(width, rapid.Int().Draw(t, "matching"), rapid.Int().Draw(t, "total")), width, 1)
	})
}
