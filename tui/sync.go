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
	return s.ask(s, func() (tea.Msg, error) {
		refused, err := s.env.Refusals(context.Background())
		return syncMsg{s.env.status(), refused}, err
	})
}

// Actions implements Screen.
func (s *syncScreen) Actions() []Action {
	none := ""
	if s.list.Index() < 0 {
		none = "Nothing refused is under the cursor."
	}
	return []Action{
		{Key: part.KeyEnter, Name: "open person", Says: "Open the person, to make the refused change anew.", Disabled: none, Run: func() tea.Cmd {
			return open(newPerson(s.env, s.refused[s.list.Index()].Person))
		}},
		{Key: "x", Name: "let it go", Says: "Take the refused entry off this list. It stays in the log.", Disabled: none, Run: s.dismiss},
	}
}

func (s *syncScreen) dismiss() tea.Cmd {
	stamp := s.refused[s.list.Index()].Stamp
	return func() tea.Msg {
		if err := s.env.Dismiss(context.Background(), stamp); err != nil {
			return failMsg{err}
		}
		return noticeMsg{"Taken off the list."}
	}
}

// Update implements Screen.
func (s *syncScreen) Update(msg tea.Msg) tea.Cmd {
	answer, ok := msg.(syncMsg)
	if !ok {
		return s.list.Update(msg)
	}
	s.status, s.refused, s.read = answer.status, answer.refused, true
	s.list.SetRows(part.Rows{Len: len(s.refused), ID: func(i int) string { return s.refused[i].Stamp.String() }, Line: s.line})
	return nil
}

func (s *syncScreen) line(i, width int) part.Line {
	r := s.refused[i]
	what := "An entry this role may not read"
	if r.Op != nil && r.Op.Change != nil {
		what = r.Op.Change.String()
	}
	return part.SidesLine(width, part.Sides{
		Left:  []part.Fragment{{Text: r.At.String(), Style: s.env.theme.Muted}, {Text: what}},
		Right: []part.Fragment{{Text: r.Reason, Style: s.env.theme.Warn}},
	})
}

// View implements Screen.
func (s *syncScreen) View(width, height int) string {
	if !s.read {
		return ""
	}
	var lines []string
	for _, l := range s.standing() {
		lines = append(lines, part.Wrap(l, width)...)
	}
	lines = append(lines, "", s.env.theme.Title.Render("Refused by the hub"))
	return joinLines(lines) + "\n" + s.list.View(width, max(height-len(lines), 1))
}

// standing is how things are, a fact a line.
func (s *syncScreen) standing() []string {
	st := s.status
	lines := []string{onlineSentence(st, s.env.now())}
	if st.Err != "" {
		lines = append(lines, st.Err)
	}
	lines = append(lines,
		sendSentence(st.Pending),
		fmt.Sprintf("Last exchange with the hub: %s", st.LastSync),
		fmt.Sprintf("People with a record here: %d", st.People),
	)
	if st.Waiting > 0 {
		lines = append(lines, plural(st.Waiting, "entry is", "entries are")+" kept sealed until somebody signs in who may read it.")
	}
	if st.Quarantined > 0 {
		lines = append(lines, plural(st.Quarantined, "entry", "entries")+" came that cannot be believed and was put aside. Tell whoever runs the service.")
	}
	return append(lines, clockSentence(st.SyncState))
}

func onlineSentence(st model.DeskStatus, now time.Time) string {
	if st.Online {
		return "Online: what is written here reaches other desks at once."
	}
	if st.Since.IsZero() {
		return "Offline. Go on working: everything is kept here and sent when the hub can be reached."
	}
	return "Offline for " + st.Since.Ago(now) + ". Go on working: everything is kept here and sent when the hub can be reached."
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
