//go:build !windows

package settings_test

import "syscall"

// pipe makes what waits for ever when it is opened.
func pipe(path string) error { return syscall.Mkfifo(path, 0o600) }
