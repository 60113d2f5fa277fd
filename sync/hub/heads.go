package hub

import (
	"context"
	"errors"
	"sync"
	"time"

	"github.com/throughgate/throughgate/model"
	"github.com/throughgate/throughgate/store/tree"
	wire "github.com/throughgate/throughgate/sync"
)

// Trees is what the hub asks of its log to vouch for it.
type Trees interface {
	// Root is the root over the first size places of a site's feed.
	Root(site model.SiteCode, size uint64) (model.Hash, error)
	// Audit and Chain give what is kept of feeds and devices, to be held to each
	// other.
	Audit(ctx context.Context, site model.SiteCode, after uint64, ops, size int) ([]model.AuditPlace, error)
	Chain(ctx context.Context, after model.ChainKey, n int) ([]model.ChainPlace, error)
}

// headLife is how long a signed head is given out again for the same size.
const headLife = time.Minute

// headPace is how often a head is kept. One a day stays.
const headPace = time.Hour

// keptHead is a head that the hub keeps of what it signed, so that its own log
// can be held to it later.
type keptHead struct {
	Site  model.SiteCode `json:"site"`
	Epoch string         `json:"epoch"`
	// Name is the day, as 2026-11-22, or headBegins for what an epoch began with.
	Name string `json:"name"`
	Head []byte `json:"head"` // the signed note
}

const headBegins = "begins"

func (k *keptHead) row() (string, string) {
	return tableHeads, string(k.Site) + "/" + k.Epoch + "/" + k.Name
}

// signed is a head with the note that says so.
type signed struct {
	tree.Head
	note []byte
}

// heads are the heads that the hub has signed, as far as it needs them again.
type heads struct {
	mu     sync.Mutex
	given  map[model.SiteCode]signed // last
	kept   map[model.SiteCode]signed // last, of the greatest size in its epoch
	begins map[model.SiteCode]map[string]signed
}

func (h *Hub) loadHeads() error {
	all := &h.signedHeads
	all.given, all.kept = make(map[model.SiteCode]signed), make(map[model.SiteCode]signed)
	all.begins = make(map[model.SiteCode]map[string]signed)
	return loadTable(h, tableHeads, func(k *keptHead) {
		if head, err := tree.Claimed(k.Head); err == nil { // audit verify says what is wrong with others
			all.learn(k.Name, signed{head, k.Head})
		}
	})
}

// learn takes a kept head into memory.
func (all *heads) learn(name string, s signed) {
	if name == headBegins {
		if all.begins[s.Site] == nil {
			all.begins[s.Site] = make(map[string]signed)
		}
		all.begins[s.Site][s.Epoch] = s
	}
	if s.At >= all.kept[s.Site].At {
		all.kept[s.Site] = s
	}
}

// head returns the hub's signed head of the first size places of a feed.
func (h *Hub) head(at model.SiteCode, size uint64, epoch string) ([]byte, error) {
	now := h.Now()
	all := &h.signedHeads
	all.mu.Lock()
	defer all.mu.Unlock()
	if s := all.given[at]; s.Size == size && s.Epoch == epoch && now.Sub(s.At.Time()).Abs() < headLife {
		return s.note, nil
	}
	s, err := h.sign(at, size, epoch, now)
	if err != nil {
		return nil, err
	}
	all.given[at] = s
	if kept := all.kept[at]; kept.Epoch != epoch || now.Sub(kept.At.Time()).Abs() >= headPace && kept.Size < size {
		err = h.keepHead(s)
	}
	return s.note, err
}

func (h *Hub) sign(at model.SiteCode, size uint64, epoch string, now time.Time) (signed, error) {
	root, err := h.log.Root(at, size)
	if err != nil {
		return signed{}, err
	}
	s := signed{Head: tree.Head{Site: at, Size: size, Root: root, Epoch: epoch, At: model.InstantOf(now)}}
	public := h.Notary()
	if s.note, err = (tree.Signer{Public: public[:], Sign: h.keep.notary.Sign}).Seal(s.Head); err != nil {
		return signed{}, internal("sign head", err)
	}
	return s, nil
}

// keepHead keeps a head in the place of the day's one before it, which it stands
// for: the log still has what that one said. Where it has not, the one before
// stays, to show it. The caller holds the lock of the heads.
func (h *Hub) keepHead(s signed) error {
	before := h.signedHeads.kept[s.Site]
	if before.Epoch == s.Epoch && before.Size <= s.Size {
		root, err := h.log.Root(s.Site, before.Size)
		if err != nil {
			return err
		}
		if root != before.Root {
			h.Log.Error("the log is not what the hub signed; run throughgate-hub audit verify", "site", string(s.Site), "size", before.Size)
			return nil
		}
	}
	name := s.At.Time().Format(time.DateOnly)
	if err := h.save(&keptHead{Site: s.Site, Epoch: s.Epoch, Name: name, Head: s.note}); err != nil {
		return err
	}
	h.signedHeads.learn(name, s)
	return nil
}

// begun returns the head that a life of the log began with, nil when there is
// none.
func (h *Hub) begun(at model.SiteCode, epoch string) []byte {
	h.signedHeads.mu.Lock()
	defer h.signedHeads.mu.Unlock()
	return h.signedHeads.begins[at][epoch].note
}

// beginEpoch begins another life of the log and signs what each feed begins it
// with.
func (h *Hub) beginEpoch(sites []model.SiteCode) error {
	all := &h.signedHeads
	all.mu.Lock()
	defer all.mu.Unlock()
	if err := h.log.NewEpoch(); err != nil {
		return err
	}
	epoch, err := h.log.Epoch()
	if err != nil {
		return err
	}
	var rows []row
	var begins []signed
	for _, at := range sites {
		last, err := h.log.Last(at)
		if err != nil {
			return err
		}
		s, err := h.sign(at, last, epoch, h.Now())
		if err != nil {
			return err
		}
		begins = append(begins, s)
		rows = append(rows, &keptHead{Site: at, Epoch: epoch, Name: headBegins, Head: s.note})
	}
	if err := h.save(rows...); err != nil {
		return err
	}
	for _, s := range begins {
		all.learn(headBegins, s)
	}
	return nil
}

// behind adds to the answer for a desk that knows more than the hub the hub's
// own signed word for what its log is up to there.
func (h *Hub) behind(at model.SiteCode, after uint64, said *model.Error) error {
	epoch, err := h.log.Epoch()
	if err != nil {
		return err
	}
	last, err := h.log.Last(at)
	if err != nil {
		return err
	}
	head, err := h.head(at, min(last, after), epoch)
	if err != nil {
		return err
	}
	out := *said
	out.Err = errors.Join(said.Err, &wire.Behind{Head: head})
	return &out
}
