// Package doctor looks at a workstation as a service desk would ask about it on
// the telephone: the folder, the disk, the store, the clock, the way to the hub,
// the terminal. Nobody needs to sign in, nothing that anybody wrote is changed,
// and no line ever says anything of a person.
package doctor

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/throughgate/throughgate/cmd/internal/settings"
	"github.com/throughgate/throughgate/store"
)

// State is how something stands.
type State string

// The states. A script may rely on their words.
const (
	OK   State = "ok"
	Warn State = "warn" // works, and should be looked at
	Fail State = "fail" // does not work
)

// Line is one thing that was looked at.
type Line struct {
	Check string `json:"check"` // its name, which stays
	State State  `json:"state"`
	Says  string `json:"says"`
	Do    string `json:"do,omitempty"` // what to do about it
}

// Patient is the workstation to look at.
type Patient struct {
	Folder   string
	Files    settings.Files
	Version  string
	Desk     *store.Store // open in this process already; nil opens it for the looking
	Terminal *Terminal    // nil where it is somebody else's
	Now      func() time.Time
	// LowRoom and NoRoom are how many free bytes of the disk are few and too few.
	LowRoom, NoRoom uint64
}

// The usual bounds of Patient.
const (
	LowRoom = 500 << 20
	NoRoom  = 50 << 20
)

// Look looks at everything, in the order in which a person would ask.
func Look(ctx context.Context, p Patient) []Line {
	lines := []Line{{"version", OK, "Throughgate " + p.Version + ".", ""}, p.settings(), p.folder(), p.disk()}
	desk, line := p.open()
	lines = append(lines, line)
	if desk != nil {
		lines = append(lines, inside(ctx, desk)...)
		lines = append(lines, p.standing(desk.Status())...)
		lines = append(lines, p.certificate(desk.Identity()))
		lines = append(lines, p.hub(ctx, desk)...)
		if desk != p.Desk {
			if err := desk.Close(); err != nil {
				lines = append(lines, failed("store", err))
			}
		}
	}
	return append(lines, p.Terminal.look()...)
}

// Worst is the worst state of all lines.
func Worst(lines []Line) State {
	for _, state := range []State{Fail, Warn} {
		if slices.ContainsFunc(lines, func(l Line) bool { return l.State == state }) {
			return state
		}
	}
	return OK
}

func ok(check, format string, args ...any) Line {
	return Line{check, OK, fmt.Sprintf(format, args...), ""}
}
func warn(check, says, do string) Line { return Line{check, Warn, says, do} }
func fail(check, says, do string) Line { return Line{check, Fail, says, do} }

// size is a number of bytes as people read it.
func size(bytes uint64) string {
	switch {
	case bytes < 10<<20:
		return fmt.Sprintf("%d KB", bytes>>10)
	case bytes < 10<<30:
		return fmt.Sprintf("%d MB", bytes>>20)
	}
	return fmt.Sprintf("%d GB", bytes>>30)
}

// ago is how long something is past, as people say it.
func ago(d time.Duration) string {
	switch {
	case d < 2*time.Minute:
		return "a moment ago"
	case d < 2*time.Hour:
		return fmt.Sprintf("%d minutes ago", int(d.Minutes()))
	case d < 48*time.Hour:
		return fmt.Sprintf("%d hours ago", int(d.Hours()))
	}
	return fmt.Sprintf("%d days ago", int(d.Hours()/24))
}
