//go:build !windows

package store

import "syscall"

const (
	errNoSpace  = syscall.ENOSPC
	errReadOnly = syscall.EROFS
)
