package hub

import (
	"cmp"
	"context"
	"slices"

	"github.com/throughgate/throughgate/model"
)

// VerifyQuestion asks for a piece of the verification of everything that the hub
// keeps. The zero cursor is the beginning.
type VerifyQuestion struct {
	Cursor VerifyCursor `json:"cursor"`
	// Heads are signed heads from elsewhere, such as desks print, to be held to
	// the log too.
	Heads [][]byte `json:"heads,omitempty"`
}

// The steps of a verification, in order.
const (
	verifyFeeds  = ""
	verifyChains = "chains"
	verifyAccess = "access"
	verifyDone   = "done"
)

// VerifyCursor is how far a verification has come.
type VerifyCursor struct {
	Step  string         `json:"step,omitempty"`
	Site  model.SiteCode `json:"site,omitempty"`
	After uint64         `json:"after,omitempty"` // the last number that was verified
	// Edge is the tree of the site's feed up to there, and Proven how much of it
	// is under a head that fits.
	Edge   []byte           `json:"edge,omitempty"`
	Proven uint64           `json:"proven,omitempty"`
	Holes  bool             `json:"holes,omitempty"` // places are missing
	Link   *model.ChainLink `json:"link,omitempty"`  // of the last number of a device
}

// VerifyAnswer is what a piece of a verification found, and where to go on; Done
// when it was the last.
type VerifyAnswer struct {
	Report model.AuditReport `json:"report"`
	Cursor VerifyCursor      `json:"cursor"`
	Done   bool              `json:"done"`
}

// The pieces of a verification: some seconds of work each.
const (
	verifyPlaces = 20_000
	verifyBytes  = 32 << 20
	verifyPage   = 2_000
)

// Verify goes through a piece of all that the hub keeps: every place of every
// feed against the tree, the chains and the author's signature; the trees against
// every head that was signed; every device's chain; the access logs. It changes
// nothing.
func (h *Hub) Verify(ctx context.Context, q VerifyQuestion) (VerifyAnswer, error) {
	sites, err := h.auditedSites("")
	if err != nil {
		return VerifyAnswer{}, err
	}
	v := &verification{hub: h, sites: sites, at: q.Cursor}
	v.report.At, v.report.Findings, v.report.Feeds = model.InstantOf(h.Now()), []model.Finding{}, []model.VerifiedFeed{}
	if v.at.Step == verifyFeeds && v.at.Site == "" {
		v.judgeBrought(q.Heads)
	}
	switch v.at.Step {
	case verifyFeeds:
		err = v.feeds(ctx, q.Heads)
	case verifyChains:
		err = v.chains(ctx)
	case verifyAccess:
		err = v.access(ctx)
	default:
		return VerifyAnswer{}, model.Invalid("There is no such step of a verification.", "")
	}
	return VerifyAnswer{Report: v.report, Cursor: v.at, Done: v.at.Step == verifyDone}, err
}

// verification is one piece under way.
type verification struct {
	hub    *Hub
	sites  []*site
	at     VerifyCursor
	report model.AuditReport
}

// site is the one that the cursor stands in, or the first; nil when the cursor
// stands behind the last.
func (v *verification) site() *site {
	i, _ := slices.BinarySearchFunc(v.sites, v.at.Site, func(s *site, code model.SiteCode) int { return cmp.Compare(s.Code, code) })
	if i == len(v.sites) {
		return nil
	}
	return v.sites[i]
}

// next goes to the site after one, or where there is none to another step.
func (v *verification) next(after model.SiteCode, step string) {
	for _, s := range v.sites {
		if s.Code > after {
			v.at = VerifyCursor{Step: v.at.Step, Site: s.Code}
			return
		}
	}
	v.at = VerifyCursor{Step: step}
}

// feeds goes on through the feed of the site the cursor stands in.
func (v *verification) feeds(ctx context.Context, brought [][]byte) error {
	s := v.site()
	if s == nil {
		v.at = VerifyCursor{Step: verifyChains}
		return nil
	}
	f := &feedVerification{verification: v, site: s, after: v.at.After, proven: v.at.Proven, holes: v.at.Holes}
	if len(v.at.Edge) > 0 {
		if err := f.edge.UnmarshalBinary(v.at.Edge); err != nil {
			return model.Invalid("There is no such step of a verification.", "")
		}
	}
	var err error
	if f.epoch, err = v.hub.log.Epoch(); err != nil {
		return err
	}
	if err := f.collectHeads(brought, v.at.After == 0); err != nil {
		return err
	}
	// Last, so that a hub that serves has signed for no more than that. What comes
	// in from here on is for the next verification.
	if f.last, err = v.hub.log.Last(s.Code); err != nil {
		return err
	}
	for n := 0; n < verifyPlaces && f.after < f.last; {
		page, err := v.hub.log.Audit(ctx, s.Code, f.after, verifyPage, verifyBytes)
		if err != nil {
			return err
		}
		page = slices.DeleteFunc(page, func(at model.AuditPlace) bool { return at.Seq > f.last })
		f.page(page)
		n += len(page)
		if len(page) == 0 {
			f.missing(f.last)
		}
	}
	if f.after < f.last {
		edge, _ := f.edge.AppendBinary(nil) // never fails
		v.at = VerifyCursor{Step: verifyFeeds, Site: s.Code, After: f.after, Edge: edge, Proven: f.proven, Holes: f.holes}
		return nil
	}
	if err := f.end(); err != nil {
		return err
	}
	v.next(s.Code, verifyChains)
	return nil
}

// chains goes on through the chains of all devices.
func (v *verification) chains(ctx context.Context) error {
	restored := v.hub.wasRestored()
	var after model.ChainKey
	var before model.ChainLink
	if v.at.Link != nil {
		before = *v.at.Link
		after = model.ChainKey{Device: before.Device, Incarnation: before.Incarnation, Seq: before.Seq}
	}
	for n := 0; n < verifyPlaces; {
		page, err := v.hub.log.Chain(ctx, after, verifyPage)
		if err != nil {
			return err
		}
		if len(page) == 0 {
			v.at = VerifyCursor{Step: verifyAccess}
			return nil
		}
		for i := range page {
			link := &page[i]
			if link.Device != before.Device || link.Incarnation != before.Incarnation {
				before = model.ChainLink{}
				v.report.Checked.Chains++
			}
			v.report.VerifyLink(&before, &link.ChainLink, !restored)
			v.placed(link)
			before = link.ChainLink
		}
		n += len(page)
		after = model.ChainKey{Device: before.Device, Incarnation: before.Incarnation, Seq: before.Seq}
	}
	v.at = VerifyCursor{Step: verifyChains, Link: &before}
	return nil
}

// placed holds an op that was taken to the feeds it must stand in.
func (v *verification) placed(link *model.ChainPlace) {
	f := model.Finding{What: model.FoundMissing, Device: &link.Device, Incarnation: link.Incarnation, Seq: link.Seq, Stamp: &link.Stamp, Do: doHub}
	switch {
	case link.Refused:
		v.report.Checked.Refused++
	case len(link.Places) == 0:
		f.Says = "The entry was taken and stands in no feed."
		v.report.Find(f)
	}
	for _, at := range link.Places {
		if !at.There {
			f.Site, f.Place = at.Site, at.Seq
			v.report.Find(f)
		}
	}
}

// wasRestored tells whether the log was ever put back. The desks do not send
// again what it had refused before, so numbers of devices may stay open.
func (h *Hub) wasRestored() bool {
	h.signedHeads.mu.Lock()
	defer h.signedHeads.mu.Unlock()
	return len(h.signedHeads.begins) > 0
}

// access goes on through the access logs of the site the cursor stands in.
func (v *verification) access(ctx context.Context) error {
	s := v.site()
	if s == nil {
		v.at = VerifyCursor{Step: verifyDone}
		return nil
	}
	for n := 0; n < verifyPlaces; {
		page, err := v.hub.log.ReadAccess(ctx, s.Code, v.at.After, verifyPage, verifyBytes)
		if err != nil {
			return err
		}
		if len(page) == 0 {
			v.next(s.Code, verifyDone)
			return nil
		}
		for i := range page {
			if err := v.accessEntry(ctx, &page[i]); err != nil {
				return err
			}
		}
		n += len(page)
	}
	v.at.Site = s.Code
	return nil
}

// accessEntry holds an entry of an access log to the one before it.
func (v *verification) accessEntry(ctx context.Context, e *model.KeptAccess) error {
	f := model.Finding{What: model.FoundAccess, Site: e.Site, Place: e.Place, Device: &e.Device, Seq: e.Seq, Do: doHub}
	if e.Place != v.at.After+1 {
		gone := f
		gone.Device, gone.Seq, gone.Place, gone.Upto = nil, 0, v.at.After+1, e.Place-1
		gone.Says = "Entries of the site's access log are missing."
		v.report.Find(gone)
	}
	v.at.After = e.Place
	v.report.Checked.Access++
	raw, err := v.hub.openAccess(*e)
	if err != nil {
		f.Says = "The entry of the access log was altered."
		v.report.Find(f)
		return nil
	}
	one := model.RawAccess{Device: e.Device, Seq: e.Seq, Raw: raw}
	a, sound := one.Open()
	if !sound {
		v.report.Find(f)
		return nil
	}
	if e.Seq <= 1 {
		return nil
	}
	have, _, err := v.hub.log.AccessChain(ctx, e.Device, e.Seq-1, e.Seq-1)
	if err == nil && !slices.Contains(have[e.Seq-1], a.Prev) {
		f.Says = "The entry of the access log does not follow from the one before it."
		v.report.Find(f)
	}
	return err
}

// doHub is what to do about what is wrong at the hub.
const doHub = "Keep a copy of the hub's folder. Verify the newest backups with throughgate-hub audit verify on a copy, bring back the last that is whole, and run throughgate-hub restored: the desks bring what came since."
