package tui

import (
	"context"
	"fmt"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/throughgate/throughgate/model"
	"github.com/throughgate/throughgate/tui/part"
)

// glassPage shows what was opened by breaking the glass, to be read and nothing
// else, for as long as the override lasts. It holds the only way to it: left or
// locked, it lets go, and there is no coming back without another override.
type glassPage struct {
	asker
	env    *env
	seen   *model.Record // without what was opened
	asked  model.GlassRequest
	glass  Glass
	record *model.Record // nil before it was read, and when it is over
	read   *reading
	timed  bool
	over   bool
}

// glassOverMsg tells a page that its time is over.
type glassOverMsg struct{ page *glassPage }

func newGlassPage(e *env, seen *model.Record, asked model.GlassRequest, glass Glass) *glassPage {
	s := &glassPage{env: e, seen: seen, asked: asked, glass: glass, read: newReading(e.theme)}
	s.read.list.Empty = "Nothing is recorded there."
	return s
}

// Title implements Screen.
func (s *glassPage) Title() string { return recordWords(s.asked.Opens) }

// Subject implements Subject.
func (s *glassPage) Subject() *model.Record {
	if s.record == nil || s.isOver() {
		return s.seen
	}
	return s.record
}

func (s *glassPage) left() time.Duration { return s.glass.Until().Time().Sub(s.env.now()) }

func (s *glassPage) isOver() bool { return s.over || s.left() <= 0 }

// Load implements Screen. The first time it also begins to wait for the end.
func (s *glassPage) Load() tea.Cmd {
	if s.isOver() {
		return s.end()
	}
	reading := s.load(s, func() (tea.Msg, error) {
		r, err := s.glass.Get(context.Background())
		if model.KindOf(err) == model.KindLocked {
			return glassOverMsg{s}, nil
		}
		return recordMsg{r}, err
	})
	if s.timed {
		return reading
	}
	s.timed = true
	return tea.Batch(reading, later(s.left(), glassOverMsg{s}))
}

// Drop implements Holder.
func (s *glassPage) Drop() {
	s.over, s.record = true, nil
	s.read.show(nil)
	s.glass.Close()
}

// end closes the page. Under another screen it stays, empty, and closes when it
// is shown again.
func (s *glassPage) end() tea.Cmd {
	s.Drop()
	return func() tea.Msg { return closeMsg{"The 15 minutes are over. What was open is closed.", s} }
}

// Actions implements Screen.
func (s *glassPage) Actions() []Action {
	return append([]Action{
		{Key: part.KeyEscape, Name: "close", Says: "Close what you opened. Opening it again takes another override."},
	}, moving()...)
}

// Update implements Screen.
func (s *glassPage) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case glassOverMsg:
		if msg.page == s && !s.over {
			return s.end()
		}
		return nil
	case recordMsg:
		if !s.isOver() {
			s.record = msg.record
			s.read.show(openedRemarks(s.env, s.record, s.asked.Opens))
		}
		return nil
	}
	return s.read.list.Update(msg)
}

// banner says what this is, and for how long.
func (s *glassPage) banner() []telling {
	t := s.env.theme
	minutes := int((s.left() + time.Minute - 1) / time.Minute)
	words := fmt.Sprintf("GLASS BROKEN: %s left, until %s. To be read only; every look is written down.", plural(minutes, "minute", "minutes"), s.glass.Until().Clock())
	return []telling{{words, t.Danger}, {s.asked.Reason.Words() + ": " + s.asked.Words, t.Muted}}
}

// Speak implements Screen.
func (s *glassPage) Speak() Speech {
	if s.record == nil || s.isOver() {
		return Speech{}
	}
	speech := s.read.speak()
	speech.Head = append(told(s.banner()), speech.Head...)
	return speech
}

// View implements Screen.
func (s *glassPage) View(width, height int) string {
	if s.isOver() {
		return joinLines(part.Notices(width, "The 15 minutes are over.", s.env.theme.Warn, 1))
	}
	var lines []string
	for _, words := range s.banner() {
		lines = append(lines, wrapped(width, height/3, words)...) // the reason is read back whole
	}
	lines = append(lines, "")
	if s.record != nil {
		lines = append(lines, s.read.view(width, height-len(lines)))
	}
	return joinLines(lines)
}
