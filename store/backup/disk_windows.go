package backup

import "golang.org/x/sys/windows"

const (
	errFull     = windows.ERROR_DISK_FULL
	errOverrun  = windows.ERROR_HANDLE_DISK_FULL
	errReadOnly = windows.ERROR_WRITE_PROTECT
)
