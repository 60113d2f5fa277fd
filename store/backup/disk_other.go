//go:build !windows

package backup

import "syscall"

const (
	errFull     = syscall.ENOSPC
	errOverrun  = syscall.EDQUOT
	errReadOnly = syscall.EROFS
)
