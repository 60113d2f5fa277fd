package doctor

import (
	"os"
	"strings"

	"golang.org/x/sys/windows"
)

// measure writes a text at the left edge and asks the console where its cursor
// is then.
func measure(_, out *os.File, text string) (columns int, told bool) {
	if _, err := out.WriteString("\r" + text); err != nil {
		return 0, false
	}
	var info windows.ConsoleScreenBufferInfo
	err := windows.GetConsoleScreenBufferInfo(windows.Handle(out.Fd()), &info)
	_, _ = out.WriteString("\r" + strings.Repeat(" ", 2*len(text)) + "\r")
	return int(info.CursorPosition.X), err == nil
}
