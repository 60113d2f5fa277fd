package hub

import (
	"context"
	"errors"
	"slices"

	"github.com/throughgate/throughgate/model"
)

// heldAt is the site that a change says somebody is held or expected at, "" when
// it says nothing of it or the service does not have the site.
func (h *Hub) heldAt(c model.Change) model.SiteCode {
	if settled, ok := c.(*model.ConflictSettled); ok {
		c = settled.Kept()
	}
	stay, ok := c.(*model.StaySet)
	if !ok {
		return ""
	}
	h.keep.mu.RLock()
	defer h.keep.mu.RUnlock()
	if h.keep.sites[stay.Site] == nil {
		return ""
	}
	return stay.Site
}

// placer finds in which other sites' feeds the ops of a batch belong.
//
// A person's ops belong in the feed of every site that has written of them, and of
// every site that some op has said they are held or expected at. The first such
// op brings all earlier ones with it. They do not leave a feed again.
type placer struct {
	hub      *Hub
	verdicts []verdict
	members  map[model.PersonID][]model.SiteCode
	batch    map[model.PersonID][]int // which verdicts are of whom, so far
	guests   map[model.SiteCode]map[model.StaffID]bool
}

// place adds to each op of a batch that is to be taken its places in other
// sites' feeds.
func (h *Hub) place(ctx context.Context, verdicts []verdict, members map[model.PersonID][]model.SiteCode) error {
	p := &placer{hub: h, verdicts: verdicts, members: members,
		batch: make(map[model.PersonID][]int), guests: make(map[model.SiteCode]map[model.StaffID]bool)}
	for i := range verdicts {
		if verdicts[i].entry.Refused != "" {
			continue
		}
		if err := p.one(ctx, i); err != nil {
			return err
		}
	}
	return h.addGuests(p.guests)
}

func (p *placer) one(ctx context.Context, i int) error {
	e := &p.verdicts[i].entry
	for _, joins := range []model.SiteCode{e.Site, e.Joins} {
		if joins == "" || slices.Contains(p.members[e.Person], joins) {
			continue
		}
		p.members[e.Person] = append(slices.Clone(p.members[e.Person]), joins)
		if err := p.bring(ctx, i, joins); err != nil {
			return err
		}
	}
	for _, to := range p.members[e.Person] {
		if to != e.Site {
			if err := p.add(e, to, p.verdicts[i].op, p.verdicts[i].signed); err != nil {
				return err
			}
		}
	}
	p.batch[e.Person] = append(p.batch[e.Person], i)
	return nil
}

// bring places what was there of a person before they joined a site: what the
// log has, and what came earlier in this batch.
func (p *placer) bring(ctx context.Context, i int, to model.SiteCode) error {
	e := &p.verdicts[i].entry
	history, err := p.hub.log.History(ctx, e.Person)
	if err != nil {
		return err
	}
	for _, at := range history {
		if at.Site == to {
			continue
		}
		op, signed, err := p.hub.opened(at)
		if err != nil {
			return err
		}
		if err := p.add(e, to, op, signed); err != nil {
			return err
		}
	}
	for _, earlier := range p.batch[e.Person] {
		v := &p.verdicts[earlier]
		if v.entry.Site != to {
			if err := p.add(&v.entry, to, v.op, v.signed); err != nil {
				return err
			}
		}
	}
	return nil
}

// add seals an op for another site and places it there together with an entry.
func (p *placer) add(with *model.LogEntry, to model.SiteCode, op *model.Op, signed []byte) error {
	p.hub.keep.mu.RLock()
	target, author := p.hub.keep.sites[to], p.hub.keep.staff[op.Actor.Staff]
	p.hub.keep.mu.RUnlock()
	version, box := target.newest(op.Compartment)
	if box == nil {
		return internal("place", errors.New("a site without a key"))
	}
	head := model.EnvelopeFor(op, op.Compartment, version, signed)
	sealed, err := box.SealCompact(nil, signed, head.Head())
	if err != nil {
		return internal("place", err)
	}
	head.Sealed = sealed
	raw, _ := head.AppendBinary(nil) // never fails
	with.Also = append(with.Also, model.Placement{Site: to, Raw: raw})
	if author != nil && author.Site != to && !slices.Contains(target.Guests, author.ID) {
		if p.guests[to] == nil {
			p.guests[to] = make(map[model.StaffID]bool)
		}
		p.guests[to][author.ID] = true
	}
	return nil
}

// opened is an op out of a site's feed.
func (h *Hub) opened(at model.Placement) (*model.Op, []byte, error) {
	e, err := model.DecodeEnvelope(at.Raw)
	if err != nil {
		return nil, nil, internal("open", err)
	}
	h.keep.mu.RLock()
	from := h.keep.sites[at.Site]
	h.keep.mu.RUnlock()
	if from == nil || from.boxes[keyName{e.Compartment, e.KeyVersion}] == nil {
		return nil, nil, internal("open", errors.New("a key is missing"))
	}
	signed, err := from.boxes[keyName{e.Compartment, e.KeyVersion}].OpenCompact(nil, e.Sealed, e.Head())
	if err != nil {
		return nil, nil, internal("open", err)
	}
	op, _, _, err := model.DecodeOp(signed)
	if err != nil {
		return nil, nil, internal("open", err)
	}
	op.Compartment = e.Compartment
	return op, signed, nil
}

// addGuests lets a site's desks know the public keys of authors from elsewhere,
// before their first op is in its feed.
func (h *Hub) addGuests(guests map[model.SiteCode]map[model.StaffID]bool) error {
	if len(guests) == 0 {
		return nil
	}
	h.keep.mu.Lock()
	defer h.keep.mu.Unlock()
	var rows []row
	var touched []*site
	for code, ids := range guests {
		next := h.keep.sites[code].changed()
		next.Guests = slices.Clone(next.Guests)
		for id := range ids {
			if !slices.Contains(next.Guests, id) {
				next.Guests = append(next.Guests, id)
			}
		}
		slices.Sort(next.Guests)
		rows, touched = append(rows, next), append(touched, next)
	}
	if err := h.save(rows...); err != nil {
		return err
	}
	for _, s := range touched {
		h.keep.sites[s.Code] = s
		h.keep.bells.ring(s.Code)
	}
	return nil
}
