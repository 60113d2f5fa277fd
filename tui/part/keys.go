package part

import tea "github.com/charmbracelet/bubbletea"

// Key names as tea.KeyMsg.String gives them, for parts and screens alike. No chord goes beyond
// Ctrl and a letter, or F1 to F10: plain consoles lose the rest.
const (
	KeyUp        = "up"
	KeyDown      = "down"
	KeyLeft      = "left"
	KeyRight     = "right"
	KeyPageUp    = "pgup"
	KeyPageDown  = "pgdown"
	KeyHalfUp    = "ctrl+u"
	KeyHalfDown  = "ctrl+d"
	KeyHome      = "home"
	KeyEnd       = "end"
	KeyEnter     = "enter"
	KeyTab       = "tab"
	KeyBackTab   = "shift+tab"
	KeyEscape    = "esc"
	KeySpace     = " "
	KeyBackspace = "backspace"
	KeyDelete    = "delete"
	KeyHelp      = "?"
	KeyF1        = "f1"
	KeyPalette   = "ctrl+k"
	KeyFilter    = "/"
	KeyQuit      = "ctrl+c"

	// keyLineFeed is what the lines of a paste end with where a terminal does not say that it is
	// one. Nobody types it.
	keyLineFeed = "ctrl+j"
)

// PressedKey is the name of the key in msg, or "" when msg is not one key press. A paste, and a
// burst of letters that arrived together, are never commands: outside a field they are dropped.
func PressedKey(msg tea.Msg) string {
	key, ok := msg.(tea.KeyMsg)
	if !ok || key.Paste || key.Alt || len(key.Runes) > 1 {
		return ""
	}
	return key.String()
}
