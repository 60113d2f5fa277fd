package part_test

import (
	"errors"
	"fmt"
	"maps"
	"strings"
	"testing"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/x/ansi"
	"pgregory.net/rapid"

	"github.com/throughgate/throughgate/tui/part"
)

// readDate is a small reader of dates as a screen would inject one.
func readDate(text string) ([]part.Reading, error) {
	third := part.Reading{Value: "1980-08-03", Label: "3-Aug-1980"}
	switch strings.ToLower(text) {
	case "3 aug 1980", "3-aug-1980":
		return []part.Reading{third}, nil
	case "03/08/80":
		return []part.Reading{third, {Value: "1980-03-08", Label: "8-Mar-1980"}}, nil
	case "3 1980":
		return nil, errors.New("Date of birth must include a month")
	}
	return nil, nil
}

// findPractice searches three practices.
func findPractice(query string) part.Found {
	all := []part.Option{
		{Value: "B86001", Label: "Leeds City Medical Practice", Hint: "LS1 4AB"},
		{Value: "B86002", Label: "Leeds Road Surgery", Hint: "LS9 7TF"},
		{Value: "W91006", Label: "Meddygfa Llŷn", Hint: "LL53 6AA"},
	}
	var found part.Found
	for _, o := range all {
		if part.Matches(query, o.Label+" "+o.Hint) {
			found.Options = append(found.Options, o)
		}
	}
	found.Total = len(found.Options)
	return found
}

func registration() []part.Field {
	return []part.Field{
		{Kind: part.InfoField, Label: "Everyone who leaves needs a GP practice."},
		{Key: "name", Kind: part.TextField, Label: "Full name", Max: 40},
		{Key: "born", Kind: part.DateField, Label: "Date of birth", Hint: "For example 3 aug 1980", Required: "Enter a date of birth", Read: readDate},
		{Key: "status", Kind: part.ChoiceField, Label: "GP registration", Options: []part.Option{
			{Value: "kept", Label: "Kept their practice"}, {Value: "new", Label: "Registered with a new practice"},
			{Value: "unknown", Label: "I do not know"}, {Value: "gone", Label: "Left the country", Disabled: "no release date yet"},
		}},
		{Key: "practice", Kind: part.PickerField, Label: "Practice", Find: findPractice,
			ShowIf: func(v part.Values) bool { return v["status"] == "new" }},
		{Key: "consent", Kind: part.ChoiceField, Label: "May the record be shared?", Inline: true, Options: []part.Option{
			{Value: "yes", Label: "Yes"}, {Value: "no", Label: "No"}, {Value: "declined", Label: "Declined"},
		}},
		{Key: "needs", Kind: part.MultiField, Label: "Needs", Optional: true, Options: []part.Option{
			{Value: "interpreter", Label: "An interpreter"}, {Value: "large", Label: "Large print"},
			{Value: "none", Label: "None of these", Exclusive: true},
		}},
		{Key: "note", Kind: part.LongField, Label: "Note", Optional: true, Max: 300},
	}
}

func newForm() *part.Form { return part.NewForm(theme(part.Dark), registration()...) }

// fill answers the whole registration form and stops on its button.
func fill(form *part.Form) {
	write(form, "Siân Llŷr")
	press(form, "enter")
	write(form, "3 aug 1980")
	press(form, "enter", "down", "enter")
	write(form, "llyn")
	press(form, "enter", "right", "enter", "down", " ", "enter")
	write(form, "Knows the way.")
	press(form, "tab")
}

func TestFormIsFilledWithTheKeyboard(t *testing.T) {
	form := newForm()
	var sent part.Values
	form.OnSubmit = func(v part.Values) tea.Cmd {
		sent = v
		return nil
	}
	fill(form)
	press(form, "enter")
	want := part.Values{"name": "Siân Llŷr", "born": "1980-08-03", "status": "new", "practice": "W91006",
		"consent": "no", "needs": "large", "note": "Knows the way."}
	if !maps.Equal(sent, want) {
		t.Errorf("sent %v\nwant %v\n%s", sent, want, ansi.Strip(form.View(80, 60)))
	}
}

func TestFormView(t *testing.T) {
	form := newForm()
	write(form, "Siân Llŷr")
	press(form, "tab")
	write(form, "03/08/80")
	requireGolden(t, form.View)
}

func TestFormProblemsView(t *testing.T) {
	form := newForm()
	write(form, "Siân Llŷr")
	press(form, "tab")
	write(form, "3 1980")
	press(form, "shift+tab", "shift+tab", "enter")
	requireGolden(t, form.View)
}

func TestFormChecksOnlyOnContinue(t *testing.T) {
	form := newForm()
	form.OnSubmit = func(part.Values) tea.Cmd { t.Error("sent though answers are missing"); return nil }
	press(form, "tab", "3", "tab", "tab")
	if view := ansi.Strip(form.View(80, 60)); strings.Contains(strings.ToLower(view), "problem") {
		t.Errorf("a problem is shown before Continue:\n%s", view)
	}
	press(form, "shift+tab", "shift+tab", "shift+tab", "shift+tab", "enter")
	view := ansi.Strip(form.View(80, 60))
	for _, want := range []string{
		"There is a problem", "Enter full name", "Problem: Enter full name", "Date of birth cannot be read as a date",
		"Choose GP registration", "[3",
	} {
		if !strings.Contains(view, want) {
			t.Errorf("%q is missing from:\n%s", want, view)
		}
	}
	if strings.Contains(view, "Needs: ") || strings.Contains(view, "Choose needs") {
		t.Error("an optional field is asked for")
	}
	t.Run("a line of the summary leads to its field", func(t *testing.T) {
		press(form, "down", "enter")
		if got := form.Focused(); got != "born" {
			t.Errorf("the focus is on %q", got)
		}
	})
}

func TestFormNeverAnswersForAnybody(t *testing.T) {
	form := newForm()
	for range 20 {
		press(form, "tab")
	}
	if got := form.Values(); len(got) != 0 {
		t.Errorf("passing through answered %v", got)
	}
}

func TestFormOptionThatIsNotPossible(t *testing.T) {
	form := newForm()
	form.Focus("status")
	press(form, "down", "down", "down", "enter")
	if got := form.Values()["status"]; got != "" {
		t.Errorf("chose %q", got)
	}
	if view := ansi.Strip(form.View(80, 60)); !strings.Contains(view, "(no release date yet)") {
		t.Errorf("the reason is missing from:\n%s", view)
	}
}

func TestFormExclusiveOption(t *testing.T) {
	form := newForm()
	form.Focus("needs")
	press(form, " ", "down", " ", "down", " ")
	if got := form.Values()["needs"]; got != "none" {
		t.Errorf("got %q", got)
	}
	press(form, "up", " ", "up", " ")
	if got := form.Values().List("needs"); fmt.Sprint(got) != "[interpreter large]" {
		t.Errorf("got %v", got)
	}
}

func TestFormAmbiguousDateAsks(t *testing.T) {
	form := newForm()
	form.Focus("born")
	write(form, "03/08/80")
	if got := form.Values()["born"]; got != "" {
		t.Errorf("took %q though it can mean two days", got)
	}
	press(form, "down", "down", "enter")
	if got := form.Values()["born"]; got != "1980-03-08" {
		t.Errorf("got %q", got)
	}
	if got := form.Focused(); got != "status" {
		t.Errorf("the focus is on %q", got)
	}
}

func TestFormDraftComesBack(t *testing.T) {
	form := newForm()
	fill(form)
	form.Focus("note")
	again := newForm()
	settle(again, again.Restore(form.Draft()))
	if !maps.Equal(again.Values(), form.Values()) {
		t.Errorf("values %v, want %v", again.Values(), form.Values())
	}
	if again.Focused() != "note" {
		t.Errorf("the focus came back to %q", again.Focused())
	}
	if !maps.Equal(again.Draft(), form.Draft()) {
		t.Errorf("draft %v, want %v", again.Draft(), form.Draft())
	}
}

// TestFormDraftKeepsTheDay: what was typed as "today" yesterday still means yesterday.
func TestFormDraftKeepsTheDay(t *testing.T) {
	today := part.Reading{Value: "2026-11-23", Label: "23-Nov-2026"}
	read := func(text string) ([]part.Reading, error) {
		switch text {
		case "today":
			return []part.Reading{today}, nil
		case "23-Nov-2026":
			return []part.Reading{{Value: "2026-11-23", Label: text}}, nil
		}
		return nil, nil
	}
	field := part.Field{Key: "seen", Kind: part.DateField, Label: "Seen on", Read: read}
	form := part.NewForm(theme(part.Dark), field)
	write(form, "today")
	draft := form.Draft()

	today = part.Reading{Value: "2026-11-24", Label: "24-Nov-2026"}
	again := part.NewForm(theme(part.Dark), field)
	again.Restore(draft)
	if got := again.Values()["seen"]; got != "2026-11-23" {
		t.Errorf("the draft came back as %q", got)
	}
}

func TestFormDraftLeavesSecretsOut(t *testing.T) {
	form := part.NewForm(theme(part.Dark), part.Field{Key: "pass", Kind: part.SecretField, Label: "Passphrase"})
	write(form, "correct horse")
	if text := fmt.Sprint(form.Draft()); strings.Contains(text, "horse") {
		t.Error("a secret stands in the draft")
	}
	if got := form.Values()["pass"]; got != "correct horse" {
		t.Errorf("got %q", got)
	}
}

func TestFormTellsWhenItChanged(t *testing.T) {
	form := newForm()
	changes := 0
	form.OnChange = func() tea.Cmd { changes++; return nil }
	for _, c := range []struct {
		key  string
		want int
	}{{"a", 1}, {"home", 1}, {"enter", 2}, {"tab", 3}, {" ", 4}, {"f1", 4}} {
		press(form, c.key)
		if changes != c.want {
			t.Errorf("after %q: %d changes, want %d", c.key, changes, c.want)
		}
	}
}

func TestFormTooLongIsKeptAndSaid(t *testing.T) {
	form := newForm()
	write(form, strings.Repeat("ŷ", 45))
	if view := ansi.Strip(form.View(80, 60)); !strings.Contains(view, "5 characters too many") {
		t.Errorf("not said while typing:\n%s", view)
	}
	press(form, "shift+tab", "enter")
	if view := ansi.Strip(form.View(80, 60)); !strings.Contains(view, "Full name must be 40 characters or fewer") {
		t.Errorf("not said on Continue:\n%s", view)
	}
	if got := len([]rune(form.Values()["name"])); got != 45 {
		t.Errorf("%d letters were kept", got)
	}
}

func TestFormShowsProblemsFromBehind(t *testing.T) {
	form := newForm()
	form.SetProblems(map[string]string{"name": "Somebody else changed this name", "elsewhere": "The store is full"})
	view := ansi.Strip(form.View(80, 60))
	for _, want := range []string{"> Somebody else changed this name", "  The store is full", "Problem: Somebody"} {
		if !strings.Contains(view, want) {
			t.Errorf("%q is missing from:\n%s", want, view)
		}
	}
	form.SetProblems(nil)
	if form.Focused() != "name" {
		t.Errorf("the focus went to %q", form.Focused())
	}
}

func TestFormKeepsFocusInSight(t *testing.T) {
	form := newForm()
	for _, height := range []int{5, 8, 24} {
		for range 12 {
			press(form, "tab")
			if view := ansi.Strip(form.View(60, height)); !strings.Contains("\n"+view, "\n> ") && !strings.Contains(view, "  > ") {
				t.Errorf("the focus on %q is out of sight in %d lines:\n%s", form.Focused(), height, view)
			}
		}
	}
}

func TestFormStaysInFrame(t *testing.T) {
	keys := append([]string{"tab", "shift+tab", "pgup", "pgdown"}, editing...)
	rapid.Check(t, func(t *rapid.T) {
		fields := registration()
		for i := range fields {
			if rapid.Bool().Draw(t, "swap") {
				fields[i].Label, fields[i].Hint = nasty().Draw(t, "label"), nasty().Draw(t, "hint")
			}
		}
		form := part.NewForm(theme(rapid.SampledFrom(part.ThemeNames()).Draw(t, "theme")), fields...)
		width, height := rapid.IntRange(10, 130).Draw(t, "width"), rapid.IntRange(5, 40).Draw(t, "height")
		for range rapid.IntRange(1, 25).Draw(t, "steps") {
			if rapid.IntRange(0, 3).Draw(t, "kind") == 0 {
				settle(form, form.Update(paste(nasty().Draw(t, "text"))))
			} else {
				press(form, rapid.SampledFrom(keys).Draw(t, "key"))
			}
			requireFrame(t, form.View(width, height), width, height)
		}
		again := part.NewForm(theme(part.Dark), fields...)
		settle(again, again.Restore(form.Draft()))
		if !maps.Equal(again.Values(), form.Values()) {
			t.Fatalf("a draft of %v came back as %v", form.Values(), again.Values())
		}
	})
}

// BenchmarkFormKeyAndView is one letter typed in a form, and the paint after it.
func BenchmarkFormKeyAndView(b *testing.B) {
	form := newForm()
	letter, back := key("ŷ"), key("backspace")
	for b.Loop() {
		form.Update(letter)
		form.View(80, 20)
		form.Update(back)
		form.View(80, 20)
	}
}
