package hub

import (
	"net/http"
	"slices"
	"strconv"

	"github.com/throughgate/throughgate/model"
	wire "github.com/throughgate/throughgate/sync"
)

// getPerson gives a desk all entries of one of its site's people, as they stand in
// the site's feed, for a desk whose retention rule had removed them.
func (h *Hub) getPerson(w *reply, r *http.Request, d *device) error {
	var id model.PersonID
	if err := id.UnmarshalText([]byte(r.PathValue("person"))); err != nil {
		return model.Invalid("This is not what a workstation asks.", "Check that workstation and hub are of the same version.")
	}
	after, _, err := pullParams(r)
	if err != nil {
		return err
	}
	members, err := h.log.Members(r.Context(), []model.PersonID{id})
	if err != nil {
		return err
	}
	if !slices.Contains(members[id], d.Site) {
		return model.NotFound("The hub has nobody like this at your prison.", "")
	}
	done, err := h.work(r.Context(), d.ID)
	if err != nil {
		return err
	}
	defer done()
	page, err := h.log.Person(r.Context(), d.Site, id, after, wire.MaxOps, wire.MaxBatch)
	if err != nil {
		return err
	}
	entries := make([]wire.Entry, len(page))
	for i, at := range page {
		entries[i] = wire.Entry(at)
	}
	packed, n := wire.EncodeFeed(entries)
	if n > 0 {
		after = entries[n-1].Seq
	}
	w.Header().Set(wire.HeaderNext, strconv.FormatUint(after, 10))
	return w.send(http.StatusOK, wire.TypeFeed, packed)
}
