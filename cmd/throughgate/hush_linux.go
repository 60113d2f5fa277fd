package main

import (
	"os"

	"golang.org/x/sys/unix"
)

// hush has a terminal show nothing of what is typed, until restore is called. It
// comes before the question: a quick hand begins to type when it sees that.
func hush(in *os.File) (restore func()) {
	fd := int(in.Fd())
	was, err := unix.IoctlGetTermios(fd, unix.TCGETS)
	if err != nil {
		return func() {} // no terminal, so nothing is shown
	}
	hidden := *was
	hidden.Lflag &^= unix.ECHO
	_ = unix.IoctlSetTermios(fd, unix.TCSETS, &hidden) // reading hides it all the same
	return func() { _ = unix.IoctlSetTermios(fd, unix.TCSETS, was) }
}
