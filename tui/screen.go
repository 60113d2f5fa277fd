package tui

import (
	tea "github.com/charmbracelet/bubbletea"

	"github.com/throughgate/throughgate/model"
)

// Screen is one thing to look at. It is a pointer: Update changes it and
// returns only a command. View reads nothing but the screen itself.
type Screen interface {
	Title() string
	// Load reads what the screen shows. It is asked when the screen opens, and
	// again whenever something was written here or arrived from elsewhere.
	Load() tea.Cmd
	// Actions lists what can be done here now, the most wanted first.
	Actions() []Action
	// Update takes what the screen asked for, and the keys no action took.
	Update(msg tea.Msg) tea.Cmd
	View(width, height int) string
	// Speak is the screen in words, for who does not look at it (plain mode).
	Speak() Speech
}

// Typist is a screen in which somebody may be typing: then letters are text,
// never commands.
type Typist interface {
	Typing() bool
}

// Subject is a screen about one person: the frame shows their banner above it.
// The record is nil until it was read.
type Subject interface {
	Subject() *model.Record
}

// Leaver is a screen that has something to do or to ask when Escape leaves it.
// It returns true when it took the key for itself.
type Leaver interface {
	Leave() (tea.Cmd, bool)
}

// Holder is a screen that holds something beyond the session. Drop lets go of it
// for good: the screen was left, or the session was locked.
type Holder interface{ Drop() }

func drop(s Screen) {
	if holder, holds := s.(Holder); holds {
		holder.Drop()
	}
}

// Action is one key and what it does. Footer, help, palette and behaviour all
// come from it, so they cannot differ.
type Action struct {
	Key      string // as bubbletea names it: "enter", "g", "ctrl+s"
	Name     string // a word or two for the footer; "" keeps it out of there
	Word     string // what is typed for it in plain mode; "" is the Name
	Row      rowUse // whether it acts on the line under the cursor
	Says     string // a sentence for help
	Disabled string // why it cannot be done now; "" when it can
	Run      func() tea.Cmd
}

// rowUse is what an action wants of the line under the cursor. In plain mode
// there is no cursor: a line's number is typed behind the word.
type rowUse int

const (
	noRow  rowUse = iota
	onRow         // acts on that line and on nothing else
	mayRow        // acts on that line where it can, else on something it names
)

// The messages by which screens speak to the frame.
type (
	openMsg struct{ screen Screen }
	// replaceMsg puts a screen in the place of the one that is done.
	replaceMsg struct {
		screen Screen
		note   string
		from   Screen // as in closeMsg
	}
	closeMsg struct {
		note string
		// from is the screen that is done; where it is no longer the shown one,
		// nothing closes. Nil means the shown one.
		from Screen
	}
	noticeMsg struct {
		text    string
		outside bool // it is for whoever is there
	}
	failMsg struct{ err error }
	// confirmMsg asks for a typed word before something that cannot be undone.
	confirmMsg struct{ confirmation }
)

// confirmation is a question that only a typed word answers.
type confirmation struct {
	title string // what is about to happen
	text  string // what it means
	word  string // to be typed
	yes   func() tea.Cmd
}

// Notice is a message by which the program around the screens says something on
// them.
func Notice(text string) tea.Msg { return noticeMsg{text, true} }

func open(s Screen) tea.Cmd           { return func() tea.Msg { return openMsg{s} } }
func closeScreen(note string) tea.Cmd { return func() tea.Msg { return closeMsg{note: note} } }
func notice(text string) tea.Cmd      { return func() tea.Msg { return noticeMsg{text: text} } }
func fail(err error) tea.Cmd          { return func() tea.Msg { return failMsg{err} } }
func confirm(c confirmation) tea.Cmd  { return func() tea.Msg { return confirmMsg{c} } }
