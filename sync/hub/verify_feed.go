package hub

import (
	"cmp"
	"encoding/json"
	"math"
	"runtime"
	"slices"
	"sync"

	"github.com/throughgate/throughgate/model"
	"github.com/throughgate/throughgate/store/seal"
	"github.com/throughgate/throughgate/store/tree"
)

// feedVerification is a site's feed being verified.
type feedVerification struct {
	*verification
	site  *site
	epoch string

	after, last, proven uint64
	holes               bool // places are missing
	edge                tree.Edge
	heads               []claim // still to be met, by size
}

// claim is a head that the feed is held to.
type claim struct {
	tree.Head
	brought bool // from elsewhere
}

// page verifies some places.
func (f *feedVerification) page(page []model.AuditPlace) {
	verdicts := f.judge(page)
	for i := range page {
		at := &page[i]
		if at.Seq != f.after+1 {
			f.missing(at.Seq - 1)
		}
		f.after = at.Seq
		f.report.Checked.Places++
		f.edge.Add(at.Leaf) // where the entry's own is another, that was found
		for _, what := range verdicts[i] {
			f.found(what, at)
		}
		f.meet()
	}
}

// missing reports places that are not there. Nothing after them can be held to a
// head any more.
func (f *feedVerification) missing(upto uint64) {
	f.report.Find(model.Finding{What: model.FoundNoPlace, Site: f.site.Code, Place: f.after + 1, Upto: upto, Do: doHub})
	f.after, f.holes = upto, true
}

func (f *feedVerification) found(what model.FindingWhat, at *model.AuditPlace) {
	found := model.Finding{What: what, Site: f.site.Code, Place: at.Seq, Do: doHub}
	if env, err := model.DecodeEnvelope(at.Raw); err == nil {
		found = found.Of(&env)
	}
	f.report.Find(found)
}

// judge looks at places on all processors: a signature takes longer than all the
// rest.
func (f *feedVerification) judge(page []model.AuditPlace) [][]model.FindingWhat {
	out := make([][]model.FindingWhat, len(page))
	workers := runtime.GOMAXPROCS(0)
	var all sync.WaitGroup
	for w := range workers {
		all.Go(func() {
			for i := w; i < len(page); i += workers {
				out[i] = f.hub.auditPlace(f.site, &page[i])
			}
		})
	}
	all.Wait()
	f.report.Checked.Ops += len(page)
	return out
}

// auditPlace says what is wrong with one place of a site's feed.
func (h *Hub) auditPlace(s *site, at *model.AuditPlace) (wrong []model.FindingWhat) {
	if tree.Leaf(at.Raw) != at.Leaf {
		return []model.FindingWhat{model.FoundAltered}
	}
	env, err := model.DecodeEnvelope(at.Raw)
	if err != nil {
		return []model.FindingWhat{model.FoundAltered}
	}
	switch link := &at.Chain; {
	case !at.Chained || link.Hash != env.Hash || link.Stamp != env.Stamp || link.Refused:
		wrong = append(wrong, model.FoundUnplaced)
	case !slices.ContainsFunc(link.Places, func(p model.FeedPlace) bool { return p.Site == s.Code && p.Seq == at.Seq }):
		wrong = append(wrong, model.FoundTwice)
	}
	box := s.boxes[keyName{env.Compartment, env.KeyVersion}]
	if box == nil {
		return append(wrong, model.FoundAltered)
	}
	signed, err := box.OpenCompact(nil, env.Sealed, env.Head())
	if err != nil {
		return append(wrong, model.FoundAltered) // or sealed for another person, part or time
	}
	op, encoded, signature, err := model.DecodeOp(signed)
	switch {
	case err != nil || !env.Agrees(op, signed):
		wrong = append(wrong, model.FoundMoved)
	case !h.hadKey(op.Actor.Staff, encoded, signature):
		wrong = append(wrong, model.FoundForged)
	case at.Chained && op.Prev != at.Chain.Prev:
		wrong = append(wrong, model.FoundChain)
	}
	return wrong
}

// hadKey tells whether one of the keys that somebody ever had made a signature.
func (h *Hub) hadKey(staff model.StaffID, message, signature []byte) bool {
	m := h.keep.member(staff)
	if m == nil {
		return false
	}
	_, theirs := m.signer(message, signature)
	return theirs
}

// collectHeads lists the heads that the rest of the feed is held to: those that
// were kept, and those that were brought. What is wrong with one by itself is
// reported the first time.
func (f *feedVerification) collectHeads(brought [][]byte, first bool) error {
	kept, err := f.hub.keptHeads(f.site.Code)
	if err != nil {
		return err
	}
	public := f.hub.Notary()
	survived := f.survived(kept)
	for i := range kept {
		h, err := tree.Open(kept[i].Head, public[:])
		if err == nil && h.Site == f.site.Code {
			f.expect(claim{Head: h}, first, survived)
		} else if first {
			f.report.Find(model.Finding{What: model.FoundHead, Site: f.site.Code, Do: doHub})
		}
	}
	for _, signed := range brought {
		h, err := tree.Open(signed, public[:])
		if err != nil || h.Site != f.site.Code {
			continue // see judgeBrought
		}
		if _, known := survived[h.Epoch]; !known && first {
			f.report.Find(model.Finding{What: model.FoundDiffers, Site: h.Site, Place: h.Size,
				Says: "The head that was brought is of a life of the log that this hub never had."})
		}
		f.expect(claim{h, true}, first, survived)
	}
	slices.SortFunc(f.heads, func(a, b claim) int { return cmp.Compare(a.Size, b.Size) })
	return nil
}

// expect has the rest of the feed held to a head, unless what it was signed for
// was lost when the log was put back, which is known.
func (f *feedVerification) expect(c claim, first bool, survived map[string]uint64) {
	if first {
		f.report.Checked.Heads++
	}
	if c.Size > f.after && c.Size <= survived[c.Epoch] {
		f.heads = append(f.heads, c)
	}
}

// judgeBrought reports heads from elsewhere that are not this hub's.
func (v *verification) judgeBrought(brought [][]byte) {
	public := v.hub.Notary()
	for _, signed := range brought {
		h, err := tree.Open(signed, public[:])
		claimed, _ := tree.Claimed(signed) // nothing, where it is no head
		switch {
		case err != nil:
			v.report.Find(model.Finding{What: model.FoundHead, Site: claimed.Site, Place: claimed.Size,
				Says: "The head that was brought is not signed by this hub.",
				Do:   "Ask at the desk which hub it is enrolled at: throughgate status. Where it is this one, somebody signs in its name."})
		case !slices.ContainsFunc(v.sites, func(s *site) bool { return s.Code == h.Site }):
			v.report.Find(model.Finding{What: model.FoundDiffers, Site: h.Site, Place: h.Size, Says: "The head that was brought is of a site that this hub does not have."})
		}
	}
}

// survived says up to which place what was signed in each epoch must still be so:
// a log that was put back lost what came after the place where the next epoch
// began.
func (f *feedVerification) survived(kept []keptHead) map[string]uint64 {
	type life struct {
		epoch  string
		begins tree.Head
	}
	var lives []life
	out := map[string]uint64{f.epoch: math.MaxUint64}
	for i := range kept {
		h, err := tree.Claimed(kept[i].Head)
		if err != nil {
			continue
		}
		if _, known := out[h.Epoch]; !known {
			out[h.Epoch] = math.MaxUint64
		}
		if kept[i].Name == headBegins {
			lives = append(lives, life{h.Epoch, h})
		}
	}
	began := make(map[string]model.Instant)
	for _, l := range lives {
		began[l.epoch] = l.begins.At
	}
	for epoch := range out {
		for _, l := range lives {
			if l.epoch != epoch && l.begins.At > began[epoch] {
				out[epoch] = min(out[epoch], l.begins.Size)
			}
		}
	}
	return out
}

// meet holds the tree, which has just grown, to the heads of its size.
func (f *feedVerification) meet() {
	for len(f.heads) > 0 && f.heads[0].Size <= f.after {
		h := f.heads[0]
		f.heads = f.heads[1:]
		switch {
		case f.holes:
		case h.Root == f.edge.Root():
			f.proven = max(f.proven, h.Size)
		case h.brought:
			f.report.Find(model.Finding{What: model.FoundDiffers, Site: f.site.Code, Place: h.Size})
		default:
			f.report.Find(model.Finding{What: model.FoundOtherTree, Site: f.site.Code, Place: f.proven + 1, Upto: h.Size, Do: doHub})
			f.proven = max(f.proven, h.Size)
		}
	}
}

// end holds the end of the feed to the tree that is kept, and to heads that reach
// further.
func (f *feedVerification) end() error {
	root, err := f.hub.log.Root(f.site.Code, f.last)
	if err != nil && model.KindOf(err) != model.KindInvalid && model.KindOf(err) != model.KindOutside {
		return err
	}
	if !f.holes && (err != nil || root != f.edge.Root()) && f.proven < f.last {
		f.report.Find(model.Finding{What: model.FoundOtherTree, Site: f.site.Code, Place: f.proven + 1, Upto: f.last,
			Says: "The tree that is kept beside these places is not theirs.", Do: doHub})
	}
	for _, h := range f.heads {
		if h.Size > f.last {
			f.report.Find(model.Finding{What: model.FoundShort, Site: f.site.Code, Place: f.last + 1, Upto: h.Size, Do: doHub})
		}
	}
	f.report.Feeds = append(f.report.Feeds, model.VerifiedFeed{
		Site: f.site.Code, Epoch: f.epoch, Size: f.last, Root: f.edge.Root(), Proven: f.proven,
	})
	return nil
}

// keptHeads reads the heads that the hub kept of a site.
func (h *Hub) keptHeads(at model.SiteCode) ([]keptHead, error) {
	rows, err := h.log.Load(tableHeads)
	if err != nil {
		return nil, err
	}
	var out []keptHead
	for key, sealed := range rows {
		if len(key) < len(at) || key[:len(at)] != string(at) {
			continue
		}
		plain, err := h.box.OpenCompact(nil, sealed, aad(tableHeads, key))
		if err != nil {
			return nil, internal("open "+tableHeads, err)
		}
		var one keptHead
		if err := json.Unmarshal(plain, &one); err != nil {
			return nil, internal("decode "+tableHeads, err)
		}
		seal.Zero(plain)
		out = append(out, one)
	}
	return out, nil
}
