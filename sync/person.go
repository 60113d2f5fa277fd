package sync

import (
	"context"
	"net/http"
	"strconv"

	"github.com/throughgate/throughgate/model"
)

// Comeback is how a desk gets somebody's whole record again whom its retention
// rule had removed.
type Comeback interface {
	// Wanted lists whose.
	Wanted() ([]model.PersonID, error)
	// Return takes in all entries of one of them.
	Return(id model.PersonID, envs []model.Envelope) error
}

// Person returns all entries of somebody in the site's feed.
func (c *Client) Person(ctx context.Context, id model.PersonID) ([]model.Envelope, error) {
	var all []model.Envelope
	for after := uint64(0); ; {
		r, err := c.exchange(ctx, ask{
			method: http.MethodGet, path: PathPeople + id.String(), query: map[string]string{ParamAfter: strconv.FormatUint(after, 10)},
			want: TypeFeed, limit: MaxBatch + MaxBatch/8,
		})
		if err != nil {
			return nil, err
		}
		some, last, err := decodePart(r.body, after)
		if err != nil {
			return nil, notTheHub(err)
		}
		if len(some) == 0 {
			return all, nil
		}
		all, after = append(all, some...), last
	}
}

// fetchWanted brings those back who came back. One whose record cannot be had now
// is tried again after the next pull, and stops nobody else.
func (a *Agent) fetchWanted(ctx context.Context) error {
	people, err := a.Desk.Wanted()
	if err != nil {
		return atDesk("wanted", err)
	}
	var lacking error
	for _, id := range people {
		envs, err := a.Hub.Person(ctx, id)
		if err == nil {
			if err := a.Desk.Return(id, envs); err != nil {
				return atDesk("return", err)
			}
		} else if lacking == nil && model.KindOf(err) != model.KindNotFound { // what was written here has still to be sent
			lacking = err
		}
	}
	return lacking
}
