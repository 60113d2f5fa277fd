package store

import "syscall"

// ERROR_DISK_FULL and ERROR_WRITE_PROTECT.
const (
	errNoSpace  = syscall.Errno(112)
	errReadOnly = syscall.Errno(19)
)
