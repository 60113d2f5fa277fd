package sync

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"time"
)

// toldWithin is how long a desk that has erased its data tries to tell the hub.
const toldWithin = 10 * time.Second

// Erased is the body of POST PathErased.
type Erased struct {
	Unsent int `json:"unsent"` // entries and keyrings that the hub never had
}

// Erased tells the hub that this device, which it has withdrawn, has erased what
// it held.
func (c *Client) Erased(ctx context.Context, unsent int) error {
	body, err := json.Marshal(Erased{Unsent: unsent})
	if err != nil {
		return err
	}
	_, err = c.exchange(ctx, ask{method: http.MethodPost, path: PathErased, body: body, bodyType: TypeJSON})
	return err
}

// obey erases the desk when err is a hub's that has withdrawn it, and tells the
// hub so, once: who has erased its data has nothing to try again with. It returns
// what ended the agent.
func (a *Agent) obey(ctx context.Context, err error) error {
	if !errors.Is(err, ErrWithdrawn) {
		return err
	}
	unsent := a.Desk.Status().Pending
	if err := a.Desk.Erase(words(err)); err != nil {
		return atDesk("erase", err)
	}
	// Also when the program is just being closed.
	telling, cancel := context.WithTimeout(context.WithoutCancel(ctx), toldWithin)
	defer cancel()
	if err := a.Hub.Erased(telling, unsent); err != nil {
		a.Log.Warn("the hub was not told that the data were erased", "err", err)
	}
	return err
}
