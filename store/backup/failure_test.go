package backup

import (
	"fmt"
	"io/fs"
	"os"
	"strings"
	"testing"
)

// TestADisksFailureNamesItsCause: what to do differs for a full disk, one that
// may only be read, a folder of somebody else's and a disk that broke.
func TestADisksFailureNamesItsCause(t *testing.T) {
	for hint, cause := range map[string]error{
		"The disk is full":                     errFull,
		"The disk is full: make room":          errOverrun,
		"This disk may only be read":           errReadOnly,
		"There is no such folder":              fs.ErrNotExist,
		"This folder may not be written to":    fs.ErrPermission,
		"Look whether its disk is still there": os.ErrClosed,
	} {
		wrapped := &fs.PathError{Op: "write", Path: "x", Err: cause}
		if got := outside("It could not be written.", fmt.Errorf("step: %w", wrapped)); !strings.Contains(got.Error(), hint) {
			t.Errorf("%v: %v", cause, got)
		}
	}
}
