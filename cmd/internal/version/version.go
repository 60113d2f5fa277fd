// Package version says which build this is.
package version

import (
	"fmt"
	"runtime"
	"runtime/debug"
)

// stamped is set by the Makefile with -ldflags -X, from git describe.
var stamped string

// String returns the version: as stamped at the build, else the module version
// or commit that the go tool recorded, else "dev".
func String() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		info = &debug.BuildInfo{}
	}
	return choose(stamped, info)
}

// Line is what --version prints after the program's name.
func Line() string {
	return fmt.Sprintf("%s (%s %s/%s)", String(), runtime.Version(), runtime.GOOS, runtime.GOARCH)
}

func choose(stamped string, info *debug.BuildInfo) string {
	if stamped != "" && stamped != "dev" {
		return stamped
	}
	if v := info.Main.Version; v != "" && v != "(devel)" {
		return v
	}
	commit, dirty := "", ""
	for _, s := range info.Settings {
		switch {
		case s.Key == "vcs.revision":
			commit = s.Value[:min(len(s.Value), 12)]
		case s.Key == "vcs.modified" && s.Value == "true":
			dirty = "-dirty"
		}
	}
	if commit == "" {
		return "dev"
	}
	return commit + dirty
}
