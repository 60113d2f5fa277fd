package tui

import (
	"errors"
	"sync"

	tea "github.com/charmbracelet/bubbletea"
)

// draftBox writes what is typed in one place, in the order it was typed.
// Commands run side by side and in any order: each waits for the one before it,
// and writes nothing when a newer one has written already. So the newest is on
// disk as soon as the disk allows, and an old one never comes after it.
type draftBox struct {
	session Drafts
	key     string
	writing sync.Mutex // held by whoever writes; it comes before mu

	mu      sync.Mutex // guards what follows
	value   []byte
	waiting bool // value is not written yet
}

// put writes a draft in a command; nil forgets it.
func (d *draftBox) put(value []byte) tea.Cmd {
	d.set(value)
	return d.write()
}

// write writes what was set last, in a command.
func (d *draftBox) write() tea.Cmd {
	return func() tea.Msg {
		if err := d.flush(); err != nil {
			return failMsg{err}
		}
		return nil
	}
}

// forget takes the draft away, whatever was still to be written. It is for use
// inside a command.
func (d *draftBox) forget() error {
	d.set(nil)
	return d.flush()
}

func (d *draftBox) set(value []byte) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.value, d.waiting = value, true
}

// flush writes what was put last, unless it is written already.
func (d *draftBox) flush() error {
	d.writing.Lock()
	defer d.writing.Unlock()
	value, waiting := d.take()
	if !waiting {
		return nil
	}
	return d.session.SaveDraft(d.key, value)
}

func (d *draftBox) take() (value []byte, waiting bool) {
	d.mu.Lock()
	defer d.mu.Unlock()
	value, waiting = d.value, d.waiting
	d.waiting = false
	return value, waiting
}

// draftBoxes are all of one session, so that what is still to be written can be
// when the session ends: nobody waits for the commands of a program whose line
// was cut.
type draftBoxes struct {
	session Drafts
	mu      sync.Mutex // guards boxes
	boxes   map[string]*draftBox
}

func newDraftBoxes(s Drafts) *draftBoxes {
	return &draftBoxes{session: s, boxes: make(map[string]*draftBox)}
}

// of returns the box of a key, the same whoever asks.
func (d *draftBoxes) of(key string) *draftBox {
	d.mu.Lock()
	defer d.mu.Unlock()
	box := d.boxes[key]
	if box == nil {
		box = &draftBox{session: d.session, key: key}
		d.boxes[key] = box
	}
	return box
}

func (d *draftBoxes) flush() error {
	d.mu.Lock()
	defer d.mu.Unlock()
	var failed []error
	for _, box := range d.boxes {
		failed = append(failed, box.flush())
	}
	return errors.Join(failed...)
}
