package hub

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"

	"github.com/throughgate/throughgate/model"
)

// gap is a place where a device's access log does not hold together.
type gap struct {
	from    uint64 // the first entry after it
	missing uint64 // how many are not here; 0: the entry does not follow from what is
}

// takeAccess keeps a batch of a device's access log. Where entries are missing,
// or do not follow from those before them, it keeps what came all the same, for
// that is evidence, and puts an entry of its own beside it. It returns a sentence
// then.
func (h *Hub) takeAccess(ctx context.Context, d *device, batch []model.RawAccess) (broken string, err error) {
	kept := make([]model.KeptAccess, 0, len(batch))
	gaps, fresh, err := h.judgeAccess(ctx, d, batch)
	if err != nil {
		return "", err
	}
	if err := h.mayKeep(d.ID, h.Now(), len(fresh)); err != nil {
		return "", err
	}
	for _, e := range fresh {
		one, err := h.sealAccess(d.Site, d.ID, e.Seq, e.Raw)
		if err != nil {
			return "", err
		}
		kept = append(kept, one)
	}
	if len(gaps) == 0 {
		return "", h.log.AppendAccess(ctx, kept)
	}
	now := model.InstantOf(h.Now())
	marks := make([]model.Access, len(gaps))
	for i, g := range gaps {
		marks[i] = model.Access{What: model.AccessGap, At: now, Role: model.RoleHub, Of: d.ID, From: g.from, Many: g.missing}
	}
	h.Log.Warn("access log broken", "node", d.Node, "gaps", len(gaps), "first", gaps[0].from)
	return gaps[0].words(), h.ownAccess(ctx, d.Site, marks, kept)
}

// words tells a device what the hub found.
func (g gap) words() string {
	if g.missing == 1 {
		return fmt.Sprintf("1 entry is missing before entry %d of this workstation's access log. The hub has marked the gap.", g.from)
	}
	if g.missing > 0 {
		return fmt.Sprintf("%d entries are missing before entry %d of this workstation's access log. The hub has marked the gap.", g.missing, g.from)
	}
	return fmt.Sprintf("Entry %d of this workstation's access log does not follow from those before it. The hub has marked it.", g.from)
}

// maxVersions is how many entries of one device may claim one number: each stands
// for a copy of its data that went on from there.
const maxVersions = 64

var (
	errAccessOrder    = model.Invalid("The entries of the access log are not in order.", "Use a program of the hub's own version.")
	errAccessVersions = model.Invalid("There are too many entries of the access log with one number.", "Ask whoever runs the hub to look at this workstation.")
)

// judgeAccess holds a batch against what the hub has of the device, and returns
// what is new and where it does not hold together. It looks at the numbers that
// are in the batch and at no others: a device may have millions.
func (h *Hub) judgeAccess(ctx context.Context, d *device, batch []model.RawAccess) (gaps []gap, fresh []model.RawAccess, err error) {
	last := uint64(0) // number before the stretch, of those that are here
	for len(batch) > 0 {
		stretch := stretchOf(batch)
		batch = batch[len(stretch):]
		if len(batch) > 0 && batch[0].Seq <= stretch[len(stretch)-1].Seq {
			return nil, nil, errAccessOrder
		}
		one := stretchJudge{last: last}
		if err := one.judge(ctx, h, d, stretch); err != nil {
			return nil, nil, err
		}
		gaps, fresh = append(gaps, one.gaps...), append(fresh, one.fresh...)
		last = stretch[len(stretch)-1].Seq
	}
	return gaps, fresh, nil
}

// stretchOf is the beginning of a batch without a gap in its numbers.
func stretchOf(batch []model.RawAccess) []model.RawAccess {
	n := 1
	for n < len(batch) && batch[n].Seq == batch[n-1].Seq+1 {
		n++
	}
	return batch[:n]
}

// stretchJudge is judgeAccess for entries without a gap in their numbers.
type stretchJudge struct {
	last  uint64 // the last entry of the batch before them
	gaps  []gap
	fresh []model.RawAccess
}

func (j *stretchJudge) judge(ctx context.Context, h *Hub, d *device, stretch []model.RawAccess) error {
	first := stretch[0].Seq - min(stretch[0].Seq, 1)
	have, before, err := h.log.AccessChain(ctx, d.ID, first, stretch[len(stretch)-1].Seq)
	if err != nil {
		return err
	}
	before = max(before, j.last)
	for _, e := range stretch {
		hash := model.HashAccess(e.Raw)
		if slices.Contains(have[e.Seq], hash) {
			continue // it was sent again
		}
		if len(have[e.Seq]) >= maxVersions {
			return errAccessVersions
		}
		a, sound := e.Open()
		prior := have[e.Seq-min(e.Seq, 1)]
		follows := sound && (e.Seq == 1 && a.Prev == model.Hash{} || slices.Contains(prior, a.Prev))
		if !follows || len(have[e.Seq]) > 0 {
			j.gaps = append(j.gaps, gap{from: e.Seq, missing: missingBefore(e.Seq, len(prior) > 0, before)})
		}
		have[e.Seq] = append(have[e.Seq], hash)
		j.fresh = append(j.fresh, e)
	}
	return nil
}

// missingBefore counts the numbers below one that the hub does not have, where
// before is the last that it has below the one just before it.
func missingBefore(seq uint64, prior bool, before uint64) uint64 {
	if prior || seq == 0 || before >= seq-1 {
		return 0
	}
	return seq - 1 - before
}

// ownAccess adds entries to the hub's own chain of a site, with what they are
// about.
func (h *Hub) ownAccess(ctx context.Context, at model.SiteCode, own []model.Access, about []model.KeptAccess) error {
	h.looking.Lock()
	defer h.looking.Unlock()
	device := model.HubDevice(at)
	seq, prev, err := h.endOfOwn(ctx, device)
	if err != nil {
		return err
	}
	for _, a := range own {
		seq++
		a.Seq, a.Prev = seq, prev
		raw, err := json.Marshal(a)
		if err != nil {
			return internal("encode an access", err)
		}
		one, err := h.sealAccess(at, device, seq, raw)
		if err != nil {
			return err
		}
		prev, about = one.Hash, append(about, one)
	}
	return h.log.AppendAccess(ctx, about)
}

// endOfOwn finds the last entry of the hub's own chain. Two hubs over one log may
// both have written it: then either is what follows.
func (h *Hub) endOfOwn(ctx context.Context, device model.DeviceID) (seq uint64, prev model.Hash, err error) {
	const beyond = 1<<63 - 1
	_, seq, err = h.log.AccessChain(ctx, device, beyond, beyond)
	if err != nil || seq == 0 {
		return 0, model.Hash{}, err
	}
	have, _, err := h.log.AccessChain(ctx, device, seq, seq)
	if err != nil || len(have[seq]) == 0 {
		return 0, model.Hash{}, err
	}
	return seq, have[seq][0], nil
}
