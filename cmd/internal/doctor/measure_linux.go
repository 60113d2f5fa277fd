package doctor

import (
	"os"
	"regexp"
	"strconv"

	"golang.org/x/sys/unix"
	"golang.org/x/term"
)

var cursor = regexp.MustCompile(`\x1b\[\d+;(\d+)R`)

// measure writes a text at the left edge and asks the terminal where its cursor
// is then. A terminal that does not answer within half a second is one that does
// not tell.
func measure(in, out *os.File, text string) (columns int, told bool) {
	fd := int(in.Fd())
	before, err := term.MakeRaw(fd)
	if err != nil {
		return 0, false
	}
	defer func() { _ = term.Restore(fd, before) }()
	raw, err := unix.IoctlGetTermios(fd, unix.TCGETS)
	if err != nil {
		return 0, false
	}
	raw.Cc[unix.VMIN], raw.Cc[unix.VTIME] = 0, 5 // tenths of a second
	if unix.IoctlSetTermios(fd, unix.TCSETS, raw) != nil {
		return 0, false
	}
	if _, err := out.WriteString("\r" + text + "\x1b[6n"); err != nil {
		return 0, false
	}
	defer func() { _, _ = out.WriteString("\r\x1b[K") }()
	var heard []byte
	for len(heard) < 256 {
		piece := make([]byte, 64)
		n, err := unix.Read(fd, piece)
		if err == unix.EINTR {
			continue
		}
		if err != nil || n <= 0 {
			return 0, false
		}
		heard = append(heard, piece[:n]...)
		if found := cursor.FindSubmatch(heard); found != nil {
			column, err := strconv.Atoi(string(found[1]))
			return column - 1, err == nil
		}
	}
	return 0, false
}
