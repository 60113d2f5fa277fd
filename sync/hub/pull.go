package hub

import (
	"context"
	"encoding/base64"
	"net/http"
	"strconv"
	"sync"
	"time"

	"github.com/throughgate/throughgate/model"
	wire "github.com/throughgate/throughgate/sync"
)

// maxWait is the longest a pull is kept waiting for news. Middleboxes cut
// connections that are silent for longer.
const maxWait = time.Minute

// told remembers which revisions each device was last answered with, so that a
// change between two of its questions is not left until the wait is over.
type told struct {
	mu   sync.Mutex
	last map[model.DeviceID]revision
}

type revision struct {
	site   uint64
	tables string
}

func (t *told) same(id model.DeviceID, now revision) bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.last[id] == now
}

func (t *told) set(id model.DeviceID, now revision) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.last == nil {
		t.last = make(map[model.DeviceID]revision)
	}
	t.last[id] = now
}

func (k *registry) revision(at model.SiteCode) revision {
	k.mu.RLock()
	defer k.mu.RUnlock()
	r := revision{tables: k.revisions().String()}
	if s := k.sites[at]; s != nil {
		r.site = s.Revision
	}
	return r
}

// getOps answers with what is after a cursor in the site's feed: at once when
// there is something, else when there is, when a revision moves on, or when the
// wait is over.
func (h *Hub) getOps(w *reply, r *http.Request, d *device) error {
	after, wait, err := pullParams(r)
	if err != nil {
		return err
	}
	epoch, err := h.log.Epoch()
	if err != nil {
		return err
	}
	switch theirs := r.Header.Get(wire.HeaderEpoch); {
	case theirs != "" && theirs != epoch:
		return h.sendEpoch(w, d, epoch)
	case theirs == epoch && d.Epoch != epoch:
		if err := h.knows(d.ID, epoch); err != nil {
			return err
		}
	}
	if err := h.notBeyond(d.Site, after); err != nil {
		return err
	}
	page, err := h.awaitNews(r.Context(), d, after, wait)
	if err != nil {
		return err
	}
	now, err := h.log.Epoch()
	if err != nil {
		return err
	}
	if now != epoch { // the hub was told of a restore meanwhile
		return h.sendEpoch(w, d, now)
	}
	return h.sendFeed(w, d, epoch, page, after)
}

func pullParams(r *http.Request) (after uint64, wait time.Duration, err error) {
	bad := model.Invalid("This is not what a workstation asks.", "Check that workstation and hub are of the same version.")
	query := r.URL.Query()
	if text := query.Get(wire.ParamAfter); text != "" {
		if after, err = strconv.ParseUint(text, 10, 63); err != nil {
			return 0, 0, bad
		}
	}
	if text := query.Get(wire.ParamWait); text != "" {
		if wait, err = time.ParseDuration(text); err != nil || wait < 0 {
			return 0, 0, bad
		}
	}
	return after, min(wait, maxWait), nil
}

// notBeyond notices a hub that was put back to an older state without being told
// so: a desk has seen numbers that it has not given out.
func (h *Hub) notBeyond(at model.SiteCode, after uint64) error {
	last, err := h.log.Last(at)
	if err != nil || after <= last {
		return err
	}
	return h.behind(at, after, putBack())
}

func putBack() *model.Error {
	return &model.Error{Kind: model.KindConflict, Msg: "The hub was put back to an older state.",
		Hint: "Nothing is lost. Whoever runs it: throughgate-hub restored."}
}

// awaitNews returns the next page of the feed, empty when the wait is over first.
func (h *Hub) awaitNews(ctx context.Context, d *device, after uint64, wait time.Duration) ([]model.Logged, error) {
	if wait > 0 {
		done, err := h.wait(d.ID)
		if err != nil {
			return nil, err
		}
		defer done()
	}
	over := time.NewTimer(wait)
	defer over.Stop()
	for last := false; ; {
		// Both are asked for before reading, so that nothing falls between.
		news, bell := h.log.News(d.Site), h.keep.bells.of(d.Site)
		if err := h.stillGood(d.ID); err != nil {
			return nil, err
		}
		page, err := h.page(ctx, d, after)
		if err != nil || len(page) > 0 || last || !h.told.same(d.ID, h.keep.revision(d.Site)) {
			return page, err
		}
		select {
		case <-news:
		case <-bell:
			// Whatever it rang for, the answer's headers tell it.
			last = true
		case <-over.C:
			last = true
		case <-closing(ctx):
			last = true
		case <-ctx.Done():
			return nil, ctx.Err()
		}
	}
}

// page reads the next page of a feed.
func (h *Hub) page(ctx context.Context, d *device, after uint64) ([]model.Logged, error) {
	done, err := h.work(ctx, d.ID)
	if err != nil {
		return nil, err
	}
	defer done()
	return h.log.Read(ctx, d.Site, after, wire.MaxOps, wire.MaxBatch)
}

// sendFeed packs a page of the feed as it is and sends it.
func (h *Hub) sendFeed(w *reply, d *device, epoch string, page []model.Logged, after uint64) error {
	entries := make([]wire.Entry, len(page))
	for i, at := range page {
		entries[i] = wire.Entry(at)
	}
	packed, n := wire.EncodeFeed(entries)
	if n > 0 {
		after = entries[n-1].Seq
	}
	head, err := h.head(d.Site, after, epoch)
	if err != nil {
		return err
	}
	return h.sendPacked(w, d, epoch, packed, after, head)
}

// sendEpoch tells a desk of another life of the log than it knows, and what that
// began with.
func (h *Hub) sendEpoch(w *reply, d *device, epoch string) error {
	packed, _ := wire.EncodeFeed(nil)
	return h.sendPacked(w, d, epoch, packed, 0, h.begun(d.Site, epoch))
}

func (h *Hub) sendPacked(w *reply, d *device, epoch string, packed []byte, after uint64, head []byte) error {
	if err := h.handTurn(w, d.ID, w.caller); err != nil {
		return err
	}
	now := h.keep.revision(d.Site)
	header := w.Header()
	header.Set(wire.HeaderEpoch, epoch)
	if head != nil {
		header.Set(wire.HeaderHead, base64.StdEncoding.EncodeToString(head))
	}
	header.Set(wire.HeaderNext, strconv.FormatUint(after, 10))
	header.Set(wire.HeaderSiteRevision, strconv.FormatUint(now.site, 10))
	header.Set(wire.HeaderReferenceRevision, now.tables)
	h.told.set(d.ID, now)
	return w.send(http.StatusOK, wire.TypeFeed, packed)
}
