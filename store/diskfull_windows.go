package store

import "syscall"

// errNoSpace is ERROR_DISK_FULL.
const errNoSpace = syscall.Errno(112)
