package version

import (
	"runtime/debug"
	"testing"
)

func TestTheBestKnownVersionIsChosen(t *testing.T) {
	build := func(main string, settings ...debug.BuildSetting) *debug.BuildInfo {
		return &debug.BuildInfo{Main: debug.Module{Version: main}, Settings: settings}
	}
	commit := debug.BuildSetting{Key: "vcs.revision", Value: "0123456789abcdef0123456789abcdef01234567"}
	dirty := debug.BuildSetting{Key: "vcs.modified", Value: "true"}
	clean := debug.BuildSetting{Key: "vcs.modified", Value: "false"}
	for _, test := range []struct {
		name    string
		stamped string
		info    *debug.BuildInfo
		want    string
	}{
		{"stamped", "v0.1.0-3-gabcdef0", build("v9.9.9"), "v0.1.0-3-gabcdef0"},
		{"installed as a module", "", build("v0.1.0"), "v0.1.0"},
		{"no git at stamping", "dev", build("v0.1.0"), "v0.1.0"},
		{"built in a checkout", "", build("(devel)", commit, clean), "0123456789ab"},
		{"built in a changed checkout", "", build("(devel)", commit, dirty), "0123456789ab-dirty"},
		{"nothing known", "", build(""), "dev"},
	} {
		t.Run(test.name, func(t *testing.T) {
			if got := choose(test.stamped, test.info); got != test.want {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
}
