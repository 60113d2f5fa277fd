package store

import (
	"fmt"
	"os"
	"path/filepath"
	"time"

	"github.com/throughgate/throughgate/model"
)

// lockPatience is how long opening waits for another process to let go.
const lockPatience = time.Second

func whoPath(dir string) string { return filepath.Join(dir, "throughgate.who") }

// sayWho leaves a readable note of which process holds the store. It only helps
// to word an error, so failing to write it stops nothing.
func sayWho(dir string, now time.Time) {
	note := fmt.Sprintf("process %d since %s", os.Getpid(), model.InstantOf(now))
	_ = os.WriteFile(whoPath(dir), []byte(note), 0o600)
}

func inUse(dir string, err error) error {
	hint := "Close the other Throughgate, or work in it."
	if note, readErr := os.ReadFile(whoPath(dir)); readErr == nil && len(note) > 0 && len(note) < 80 {
		hint = fmt.Sprintf("It is held by %s. %s", note, hint)
	}
	return &model.Error{Kind: model.KindLocked, Msg: "The store is in use by another program.", Hint: hint, Err: err}
}
