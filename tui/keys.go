package tui

import (
	tea "github.com/charmbracelet/bubbletea"

	"github.com/throughgate/throughgate/tui/part"
)

// keyLock locks at once, on every screen.
const keyLock = "ctrl+l"

// key is the one place where a key becomes a deed.
func (a *App) key(msg tea.KeyMsg) tea.Cmd {
	key := part.PressedKey(msg)
	if key == part.KeyQuit {
		return a.leave()
	}
	a.leaving = false
	if locked := a.lockWhenIdle(); locked != nil {
		return locked // the computer slept: this may be anybody's key
	}
	a.touch()
	if key == keyLock && a.present() { // also over a question, and in a window too small to read
		return a.lock("Locked.")
	}
	if a.tooSmall() {
		return nil // nobody acts on what cannot be seen
	}
	screen := a.top()
	typist, ok := screen.(Typist)
	typing := ok && typist.Typing()
	if a.overlay != nil {
		a.hush()
		return a.toOverlay(msg)
	}
	a.hushOn(key, typing)
	if cmd, taken := a.everywhere(screen, key, typing); taken {
		return cmd
	}
	if action, found := find(screen.Actions(), key, typing); found {
		return a.inTurn(a.run(action))
	}
	return a.unclaimed(screen, msg, typing)
}

// everywhere is the keys that work whatever the screen is.
func (a *App) everywhere(screen Screen, key string, typing bool) (tea.Cmd, bool) {
	switch {
	case key == part.KeyF1, key == part.KeyHelp && !typing:
		a.overlay = newHelp(a.options.Theme, screen.Title(), screen.Actions(), a.everywhereActions())
		return nil, true
	case key == part.KeyPalette && a.mayRoam():
		return a.look(""), true
	}
	return nil, false
}

// mayRoam tells whether the person may go to other screens: not while the first
// passphrase, which somebody else has seen, is still theirs.
func (a *App) mayRoam() bool { return a.present() && !a.env.MustChange() }

// unclaimed is a key that no action took: the screen's own widgets get it, and
// Escape leaves.
func (a *App) unclaimed(screen Screen, msg tea.KeyMsg, typing bool) tea.Cmd {
	if part.PressedKey(msg) == part.KeyEscape {
		return a.escape(screen)
	}
	if !typing && part.PressedKey(msg) == "" {
		return nil // a paste or a burst outside a field is nobody's command
	}
	return screen.Update(msg)
}

func (a *App) escape(screen Screen) tea.Cmd {
	if leaver, ok := screen.(Leaver); ok {
		if cmd, taken := leaver.Leave(); taken {
			return cmd
		}
	}
	switch {
	case !a.present():
	case len(a.stack) > 1:
		return a.pop()
	default:
		a.note(a.env.keys("This is the first screen. Ctrl+L locks it, Ctrl+C leaves the program.", "This is the first screen. Type lock to lock it, quit to leave the program."))
	}
	return nil
}

// find looks a key up. While somebody types, only keys that are no text count.
// An action without Run is one that a widget of the screen answers itself.
func find(actions []Action, key string, typing bool) (Action, bool) {
	if key == "" || typing && isText(key) {
		return Action{}, false
	}
	for _, action := range actions {
		if action.Key == key && action.Run != nil {
			return action, true
		}
	}
	return Action{}, false
}

func isText(key string) bool { return len([]rune(key)) == 1 }

func (a *App) run(action Action) tea.Cmd {
	if action.Disabled != "" {
		a.refuse(action)
		return nil
	}
	return action.Run()
}

// everywhereActions is what works on every screen, for help.
func (a *App) everywhereActions() []Action {
	var all []Action
	if a.mayRoam() {
		all = append(all, Action{Key: part.KeyPalette, Says: "Find any person, screen or action."})
	}
	if a.present() {
		says := "Lock at once. You come back to where you are"
		if a.options.Staff == "" {
			says += "; somebody else may sign in meanwhile"
		}
		all = append(all, Action{Key: keyLock, Says: says + "."})
	}
	return append(all,
		Action{Key: part.KeyF1, Says: "This help. ? does the same while you are not typing."},
		Action{Key: part.KeyQuit, Says: "Leave the program. Everything you saw as kept is kept."},
	)
}

// keyWords is a key as people read it on a keyboard.
func keyWords(key string) string {
	if words, known := keyNames[key]; known {
		return words
	}
	if len(key) == 6 && key[:5] == "ctrl+" {
		return "Ctrl+" + string(key[5]-'a'+'A')
	}
	if len(key) > 1 && key[0] == 'f' && key[1] >= '0' && key[1] <= '9' {
		return "F" + key[1:]
	}
	return key
}

var keyNames = map[string]string{
	part.KeyEnter: "Enter", part.KeyEscape: "Esc", part.KeyTab: "Tab", part.KeyBackTab: "Shift+Tab",
	part.KeySpace: "Space", part.KeyUp: "Up", part.KeyDown: "Down", part.KeyPageUp: "Page Up",
	part.KeyPageDown: "Page Down", part.KeyHome: "Home", part.KeyEnd: "End",
}

// back is Escape, where it does nothing but go back.
func back() Action {
	return Action{Key: part.KeyEscape, Name: "back", Says: "Go back to where you were."}
}

// moving is the keys by which every list is walked, for help.
func moving() []Action {
	return []Action{
		{Key: part.KeyDown, Says: "Move down; j does the same. Up and k move up."},
		{Key: part.KeyPageDown, Says: "Move a page down; Page Up a page up, Ctrl+D and Ctrl+U half a page."},
		{Key: part.KeyHome, Says: "Move to the first line; End to the last."},
	}
}
