package tui

import (
	tea "github.com/charmbracelet/bubbletea"

	"github.com/throughgate/throughgate/tui/part"
)

// The keys that mean the same on every screen.
const (
	keyLock    = "ctrl+l"
	keyRefresh = "f5"
)

// key is the one place where a key becomes a deed.
func (a *App) key(msg tea.KeyMsg) tea.Cmd {
	a.touched = a.options.Now()
	if part.PressedKey(msg) == part.KeyQuit {
		return tea.Quit
	}
	if _, small := part.TooSmall(a.width, a.height, MinWidth, MinHeight); small {
		return nil // nobody acts on what cannot be seen
	}
	if a.overlay != nil {
		return a.toOverlay(msg)
	}
	if cmd, taken := a.everywhere(msg); taken {
		return cmd
	}
	screen := a.top()
	typist, ok := screen.(Typist)
	typing := ok && typist.Typing()
	if action, found := find(screen.Actions(), part.PressedKey(msg), typing); found {
		a.note, a.problem = "", nil
		return a.run(action)
	}
	return a.unclaimed(screen, msg, typing)
}

// everywhere is the keys that work whatever the screen is.
func (a *App) everywhere(msg tea.KeyMsg) (tea.Cmd, bool) {
	screen := a.top()
	typist, ok := screen.(Typist)
	typing := ok && typist.Typing()
	switch key := part.PressedKey(msg); {
	case key == part.KeyF1, key == part.KeyHelp && !typing:
		a.overlay = newHelp(a.options.Theme, screen.Title(), screen.Actions(), a.everywhereActions())
		return nil, true
	case key == part.KeyPalette && a.env != nil && !a.locked:
		palette, cmd := newPalette(a.env, screen.Actions(), a.run)
		a.overlay = palette
		return cmd, true
	case key == keyLock && a.env != nil && !a.locked:
		return a.lock("Locked."), true
	}
	return nil, false
}

// unclaimed is a key that no action took: the screen's own widgets get it, and
// Escape leaves.
func (a *App) unclaimed(screen Screen, msg tea.KeyMsg, typing bool) tea.Cmd {
	if part.PressedKey(msg) == part.KeyEscape {
		if leaver, ok := screen.(Leaver); ok {
			if cmd, taken := leaver.Leave(); taken {
				return cmd
			}
		}
		if !a.locked && len(a.stack) > 1 {
			a.note, a.problem = "", nil
			return a.pop()
		}
	}
	if !typing && (msg.Paste || len(msg.Runes) > 1) {
		return nil // a paste outside a field is nobody's command
	}
	return screen.Update(msg)
}

// find looks a key up. While somebody types, only keys that are no text count.
func find(actions []Action, key string, typing bool) (Action, bool) {
	if key == "" || typing && isText(key) {
		return Action{}, false
	}
	for _, action := range actions {
		if action.Key == key {
			return action, true
		}
	}
	return Action{}, false
}

func isText(key string) bool { return len([]rune(key)) == 1 }

func (a *App) run(action Action) tea.Cmd {
	if action.Disabled != "" {
		a.note = action.Disabled
		return nil
	}
	return action.Run()
}

// everywhereActions is what works on every screen, for help.
func (a *App) everywhereActions() []Action {
	var all []Action
	if a.env != nil && !a.locked {
		all = append(all,
			Action{Key: part.KeyPalette, Says: "Find any person, screen or action."},
			Action{Key: keyLock, Says: "Lock at once. Another person may sign in over it."},
			Action{Key: part.KeyEscape, Says: "Go back, or close what is open."},
		)
	}
	return append(all,
		Action{Key: part.KeyHelp, Says: "This help. F1 does the same while you are typing."},
		Action{Key: part.KeyQuit, Says: "Leave the program. Everything you saw as kept is kept."},
	)
}

// keyWords is a key as people read it on a keyboard.
func keyWords(key string) string {
	switch key {
	case part.KeyEnter:
		return "Enter"
	case part.KeyEscape:
		return "Esc"
	case part.KeyTab:
		return "Tab"
	case part.KeyBackTab:
		return "Shift+Tab"
	case part.KeySpace:
		return "Space"
	}
	if len(key) > 5 && key[:5] == "ctrl+" {
		return "Ctrl+" + string(key[5]-'a'+'A') + key[6:]
	}
	if len(key) > 1 && key[0] == 'f' && key[1] >= '0' && key[1] <= '9' {
		return "F" + key[1:]
	}
	return key
}
