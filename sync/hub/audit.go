package hub

import (
	"cmp"
	"context"
	"errors"
	"slices"

	"github.com/throughgate/throughgate/model"
)

// MaxAudit is how many entries one audit gives at most, the newest: an answer of
// some 60 MB. Who wants more asks for fewer days at a time.
const MaxAudit = 200_000

// AuditQuestion is which entries of the audit are wanted. The site is "" for all.
type AuditQuestion struct {
	Site   model.SiteCode     `json:"site,omitempty"`
	Filter model.AccessFilter `json:"filter"`
	Number string             `json:"number,omitempty"` // prison number of the person, instead of the filter's id
	Reads  bool               `json:"reads,omitempty"`
	Writes bool               `json:"writes,omitempty"`
	Limit  int                `json:"limit,omitempty"` // 0 is MaxAudit
}

// SiteAccess is an entry of an access log with the site it was made at.
type SiteAccess struct {
	Site model.SiteCode `json:"site"`
	model.Access
}

// SiteWritten is an entry of a record with the site whose feed it is in.
type SiteWritten struct {
	Site model.SiteCode `json:"site"`
	model.Written
}

// AuditAnswer is what was found, newest first.
type AuditAnswer struct {
	Person model.PersonID `json:"person,omitzero"` // of the number that was asked for
	Reads  []SiteAccess   `json:"reads"`
	Writes []SiteWritten  `json:"writes"`
}

// Audit reads what was written down at all sites, or at one: who looked at whose
// record, and who changed what kind of thing. That whoever runs the hub read it
// is an entry at each of the sites, for its managers to see; it is kept before
// anything is given out.
func (h *Hub) Audit(ctx context.Context, q AuditQuestion) (AuditAnswer, error) {
	out := AuditAnswer{Reads: []SiteAccess{}, Writes: []SiteWritten{}}
	sites, err := h.auditedSites(q.Site)
	if err != nil {
		return out, err
	}
	if q.Number != "" {
		number, err := model.ParsePrisonNumber(q.Number)
		if err != nil {
			return out, err
		}
		h.keep.mu.RLock()
		q.Filter.Person = model.PersonIDOf(h.keep.service.PersonKey, number)
		h.keep.mu.RUnlock()
		out.Person = q.Filter.Person
	}
	most := MaxAudit
	if q.Reads && q.Writes {
		most /= 2
	}
	if q.Limit <= 0 || q.Limit > most {
		q.Limit = most
	}
	reads := newest[SiteAccess]{most: q.Limit, at: func(a *SiteAccess) model.Instant { return a.At }}
	writes := newest[SiteWritten]{most: q.Limit, at: func(w *SiteWritten) model.Instant { return w.At() }}
	seen := make(map[model.Stamp]bool)
	for _, s := range sites {
		if q.Reads {
			err = errors.Join(err, h.auditReads(ctx, s.Code, &q.Filter, reads.add))
		}
		if q.Writes {
			err = errors.Join(err, h.auditWrites(ctx, s, &q.Filter, seen, writes.add))
		}
		if err != nil {
			return out, err
		}
	}
	out.Reads, out.Writes = reads.sorted(), writes.sorted()
	return out, h.noteAudit(ctx, sites, &out, q.Filter.Person)
}

func (h *Hub) auditedSites(at model.SiteCode) ([]*site, error) {
	h.keep.mu.RLock()
	defer h.keep.mu.RUnlock()
	var sites []*site
	for _, s := range h.keep.sites {
		if at == "" || s.Code == at {
			sites = append(sites, s)
		}
	}
	if at != "" && len(sites) == 0 {
		return nil, unknownSite()
	}
	slices.SortFunc(sites, func(a, b *site) int { return cmp.Compare(a.Code, b.Code) })
	return sites, nil
}

// The pages in which an audit reads the log.
const (
	auditEntries = 2000
	auditBytes   = 4 << 20
)

func (h *Hub) auditReads(ctx context.Context, at model.SiteCode, f *model.AccessFilter, take func(SiteAccess)) error {
	for after := uint64(0); ; {
		page, err := h.log.ReadAccess(ctx, at, after, auditEntries, auditBytes)
		if err != nil || len(page) == 0 {
			return err
		}
		for _, kept := range page {
			after = kept.Place
			if f.Device != (model.DeviceID{}) && f.Device != kept.Device {
				continue
			}
			raw, err := h.openAccess(kept)
			if err != nil {
				return err
			}
			one := model.RawAccess{Device: kept.Device, Seq: kept.Seq, Raw: raw}
			if a, sound := one.Open(); sound && f.Fits(&a) {
				take(SiteAccess{at, a})
			}
		}
	}
}

// auditWrites goes through a site's feed. What is in several feeds is told once.
func (h *Hub) auditWrites(ctx context.Context, s *site, f *model.AccessFilter, seen map[model.Stamp]bool, take func(SiteWritten)) error {
	byAnybody := *f
	byAnybody.Staff = ""
	for after := uint64(0); ; {
		page, err := h.log.Read(ctx, s.Code, after, auditEntries, auditBytes)
		if err != nil || len(page) == 0 {
			return err
		}
		for _, at := range page {
			after = at.Seq
			env, err := model.DecodeEnvelope(at.Raw)
			if err != nil {
				return internal("read a feed", err)
			}
			w := model.WrittenOf(&env, nil)
			if !byAnybody.FitsWritten(&w) || seen[env.Stamp] {
				continue
			}
			if w, err = s.written(&env); err != nil {
				return err
			}
			if f.FitsWritten(&w) {
				seen[env.Stamp] = true
				take(SiteWritten{s.Code, w})
			}
		}
	}
}

// written opens an op of the site's feed as far as the audit shows it.
func (s *site) written(e *model.Envelope) (model.Written, error) {
	box := s.boxes[keyName{e.Compartment, e.KeyVersion}]
	if box == nil {
		return model.WrittenOf(e, nil), nil
	}
	signed, err := box.OpenCompact(nil, e.Sealed, e.Head())
	if err != nil {
		return model.Written{}, internal("open an entry", err)
	}
	op, _, _, err := model.DecodeOp(signed)
	if err != nil {
		return model.Written{}, internal("read an entry", err)
	}
	return model.WrittenOf(e, op), nil
}

// noteAudit writes down at each site how much of it was read.
func (h *Hub) noteAudit(ctx context.Context, sites []*site, found *AuditAnswer, person model.PersonID) error {
	many := make(map[model.SiteCode]uint64)
	for i := range found.Reads {
		many[found.Reads[i].Site]++
	}
	for i := range found.Writes {
		many[found.Writes[i].Site]++
	}
	now := model.InstantOf(h.Now())
	for _, s := range sites {
		entry := model.Access{
			What: model.AccessAudit, At: now, Role: model.RoleHub, Via: model.ViaCommand, Person: person, Many: many[s.Code],
		}
		if err := h.ownAccess(ctx, s.Code, []model.Access{entry}, nil); err != nil {
			return err
		}
	}
	return nil
}

// newest keeps the latest of what it is given, in memory for twice as many.
type newest[T any] struct {
	most int
	at   func(*T) model.Instant
	all  []T
}

func (n *newest[T]) add(one T) {
	if n.all = append(n.all, one); len(n.all) >= 2*n.most {
		n.all = n.sorted()
	}
}

func (n *newest[T]) sorted() []T {
	slices.SortStableFunc(n.all, func(a, b T) int { return cmp.Compare(n.at(&b), n.at(&a)) })
	if n.all == nil {
		n.all = []T{}
	}
	return n.all[:min(len(n.all), n.most)]
}
