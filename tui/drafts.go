package tui

import (
	"sync"
	"sync/atomic"

	tea "github.com/charmbracelet/bubbletea"
)

// draftBox writes what is typed in one place, in the order it was typed.
// Commands run side by side and in any order: each waits for the one before it,
// and writes nothing when a newer one is waiting too. So the newest is on disk
// as soon as the disk allows, and an old one never comes after it.
type draftBox struct {
	session Drafts
	key     string
	newest  atomic.Int64
	writing sync.Mutex
}

func newDraftBox(s Drafts, key string) *draftBox { return &draftBox{session: s, key: key} }

// put writes a draft in a command; nil forgets it.
func (d *draftBox) put(value []byte) tea.Cmd {
	turn := d.newest.Add(1)
	return func() tea.Msg {
		if err := d.write(turn, value); err != nil {
			return failMsg{err}
		}
		return nil
	}
}

// forget takes the draft away, whatever was still to be written. It is for use
// inside a command.
func (d *draftBox) forget() error { return d.write(d.newest.Add(1), nil) }

func (d *draftBox) write(turn int64, value []byte) error {
	d.writing.Lock()
	defer d.writing.Unlock()
	if d.newest.Load() != turn {
		return nil
	}
	return d.session.SaveDraft(d.key, value)
}
