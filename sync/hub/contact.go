package hub

import (
	"sync"

	"github.com/throughgate/throughgate/model"
)

// contact is when and how a device last asked for something.
type contact struct {
	At      model.Instant `json:"at"`
	Address string        `json:"address,omitempty"`
	Version string        `json:"version,omitempty"` // of its program
	Pending int           `json:"pending,omitempty"` // what it said waits to be sent
}

// contacts are in memory; the last one of a device is kept with its tokens, so
// after a restart the hub knows it to within some minutes.
type contacts struct {
	mu   sync.Mutex
	last map[model.DeviceID]contact
}

func (c *contacts) note(id model.DeviceID, now contact) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.last == nil {
		c.last = make(map[model.DeviceID]contact)
	}
	c.last[id] = now
}

// of is a device's last contact, as far as is known.
func (c *contacts) of(d *device) contact {
	c.mu.Lock()
	defer c.mu.Unlock()
	if last, here := c.last[d.ID]; here {
		return last
	}
	return d.Contact
}
