package tui

import (
	"context"
	"fmt"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/throughgate/throughgate/model"
	"github.com/throughgate/throughgate/tui/part"
)

// syncScreen says how this workstation stands with the hub, and lists what the
// hub refused.
type syncScreen struct {
	asker
	env     *env
	list    *part.List
	status  model.DeskStatus
	refused []model.Refusal
	read    bool
}

type syncMsg struct {
	status  model.DeskStatus
	refused []model.Refusal
}

func newSyncScreen(e *env) *syncScreen {
	s := &syncScreen{env: e, list: part.NewList(e.theme)}
	s.list.Empty = "The hub has refused nothing."
	return s
}

// Title implements Screen.
func (*syncScreen) Title() string { return "Sync" }

// Load implements Screen.
func (s *syncScreen) Load() tea.Cmd {
	return s.load(s, func() (tea.Msg, error) {
		refused, err := s.env.Refusals(context.Background())
		return syncMsg{s.env.status(), refused}, err
	})
}

// Actions implements Screen.
func (s *syncScreen) Actions() []Action {
	none := ""
	if s.list.Index() < 0 {
		none = "There is nothing refused under the cursor."
	}
	actions := []Action{
		{Key: part.KeyEnter, Name: "open person", Word: "open", Row: onRow, Says: "Open the person, to make the refused change anew.", Disabled: none, Run: func() tea.Cmd {
			return open(newPerson(s.env, s.refused[s.list.Index()].Person))
		}},
		{Key: "x", Name: "let it go", Row: onRow, Says: "Take the refused entry off this list. It stays in the log.", Disabled: none, Run: s.askDismiss},
		back(),
	}
	return append(actions, moving()...)
}

// askDismiss asks first: nothing else reminds anybody of a refused entry.
func (s *syncScreen) askDismiss() tea.Cmd {
	r := s.refused[s.list.Index()]
	return confirm(confirmation{
		title: "Take it off the list?", word: "LET GO",
		text: refusedWords(r) + ". The hub refused it: " + r.Reason + " No desk shows it, and nothing will remind you of it again.",
		yes: func() tea.Cmd {
			return s.deed(s, func() (tea.Msg, error) {
				return saidMsg("Taken off the list."), s.env.Dismiss(context.Background(), r.Stamp)
			})
		},
	})
}

// Update implements Screen.
func (s *syncScreen) Update(msg tea.Msg) tea.Cmd {
	if said, ok := msg.(saidMsg); ok {
		return tea.Batch(notice(string(said)), s.Load())
	}
	answer, ok := msg.(syncMsg)
	if !ok {
		return s.list.Update(msg)
	}
	s.status, s.refused, s.read = answer.status, answer.refused, true
	s.list.SetRows(part.Rows{Len: len(s.refused), ID: func(i int) string { return s.refused[i].Stamp.String() }, Line: s.line})
	return nil
}

// refusedWords is what was refused, as far as its reader may know.
func refusedWords(r model.Refusal) string {
	if r.Op == nil {
		return "An entry this role may not read"
	}
	return opWords(r.Op)
}

// detail says whose it was too: who settles it may be somebody else.
func (s *syncScreen) detail(r model.Refusal) string {
	said := refusedWords(r) + ". "
	if r.Op != nil {
		said += "Written by " + s.env.by(r.Op.Actor.Staff, r.Op.Stamp) + ". "
	}
	return said + r.Reason
}

func (s *syncScreen) line(i, width int) part.Line {
	r := s.refused[i]
	return part.SidesLine(width, part.Sides{
		Left:  []part.Fragment{{Text: r.At.String(), Style: s.env.theme.Muted}, {Text: refusedWords(r)}},
		Right: []part.Fragment{{Text: r.Reason, Style: s.env.theme.Warn}},
	})
}

// View implements Screen.
func (s *syncScreen) View(width, height int) string {
	if !s.read {
		return ""
	}
	t := s.env.theme
	var lines []string
	for _, l := range s.standing() {
		lines = append(lines, part.Wrap(l, width)...)
	}
	lines = append(lines, "", t.Title.Render("Refused by the hub"))
	var detail []string
	if i := s.list.Index(); i >= 0 {
		r := s.refused[i]
		detail = append([]string{part.Rule(t, width)}, part.Notices(width, s.detail(r), t.Text, saidMost)...)
	}
	room := max(height-len(lines)-len(detail), 1)
	lines = append(lines, fill(s.list.View(width, room), room))
	return joinLines(append(lines, detail...))
}

// Speak implements Screen.
func (s *syncScreen) Speak() Speech {
	if !s.read {
		return Speech{}
	}
	return Speech{Head: append(s.standing(), "Refused by the hub:"), List: s.list, Detail: func() []string {
		r := s.refused[s.list.Index()]
		return []string{s.detail(r)}
	}}
}

// standing is how things are, a fact a line.
func (s *syncScreen) standing() []string {
	st := s.status
	lines := []string{onlineSentence(st, s.env.now())}
	if st.Err != "" && st.Err != st.Stopped {
		lines = append(lines, st.Err)
	}
	lines = append(lines,
		sendSentence(st.Pending),
		fmt.Sprintf("Last exchange with the hub: %s", st.LastSync),
		fmt.Sprintf("People with a record here: %d", st.People),
	)
	if st.Waiting > 0 {
		lines = append(lines, plural(st.Waiting, "entry stays", "entries stay")+" sealed until somebody signs in who may read what is in them.")
	}
	if st.Quarantined > 0 {
		lines = append(lines, plural(st.Quarantined, "entry that cannot be believed, or that its record has no room for, was", "entries that cannot be believed, or that their record has no room for, were")+" put aside. Tell whoever runs the service.")
	}
	if !st.Retention.At.IsZero() {
		lines = append(lines, st.Retention.Words())
	}
	return append(append(lines, feedSentences(st.Feed)...), clockSentence(st.SyncState))
}

// feedSentences say what the hub has vouched for of its log, and what does not
// fit.
func feedSentences(f model.FeedState) []string {
	var lines []string
	if f.Doubt != "" {
		lines = append(lines, f.Doubt+" Tell whoever runs the service, and have the log verified: throughgate audit verify. Go on working meanwhile.")
	}
	if f.Proven > 0 {
		lines = append(lines, fmt.Sprintf("Of %s read from the hub it has signed for %d, last on %s.", plural(int(f.Read), "entry", "entries"), f.Proven, f.ProvenAt))
	}
	if said := f.PutBack.String(); said != "" {
		lines = append(lines, said)
	}
	return lines
}

func onlineSentence(st model.DeskStatus, now time.Time) string {
	if st.Stopped != "" {
		return st.Stopped + " Until then nothing can be written here and nothing is sent."
	}
	if st.Online {
		return "Online: what is written here reaches other desks at once."
	}
	if st.Since.IsZero() {
		return "Offline. Go on working: everything is kept here and sent when the hub can be reached."
	}
	since := "Offline since " + st.Since.String() + " (" + st.Since.Ago(now) + ")"
	return since + ". Go on working: everything is kept here and sent when the hub can be reached."
}

func sendSentence(n int) string {
	if n == 0 {
		return "Everything written here has been sent."
	}
	return plural(n, "entry waits", "entries wait") + " to be sent."
}

func clockSentence(st model.SyncState) string {
	if st.ClockWrong() {
		return fmt.Sprintf("This computer's clock is wrong by %s. Nothing can be written until it is right: ask whoever looks after the computer.", st.Skew.Round(time.Second))
	}
	return fmt.Sprintf("This computer's clock and the hub's differ by %s.", st.Skew.Round(time.Millisecond))
}
