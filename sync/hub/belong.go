package hub

import (
	"context"
	"slices"

	"github.com/throughgate/throughgate/model"
)

// A person belongs to the sites that have written of them, and to those that were
// said to hold or expect them. A site writes only of its own people; it makes
// somebody its own by saying that they are received there, which all their sites
// see. Somebody whom the hub does not know yet is of the site that writes first.

const reasonElsewhere = "This person is not at your prison. Record their reception here first, or ask the prison that holds them."

// settle finds which ops of a batch may be of their person, and in whose feeds
// they belong. Nobody is brought to another site until unlock is called, so that
// no op of theirs is written in between and missed.
func (h *Hub) settle(ctx context.Context, d *device, writes [][]model.Envelope, verdicts []verdict) (unlock func(), err error) {
	joins := func(v verdict) bool { return v.entry.Joins != "" }
	for alone := slices.ContainsFunc(verdicts, joins); ; alone = true {
		unlock := h.hold(alone)
		members, err := h.membersOf(ctx, verdicts)
		if err == nil && !alone && strangers(d.Site, verdicts, members) {
			unlock()
			continue
		}
		if err == nil {
			h.refuseElsewhere(d, writes, verdicts, members)
			err = h.place(ctx, verdicts, members)
		}
		if err != nil {
			unlock()
			return nil, err
		}
		return unlock, nil
	}
}

// hold keeps others from writing while somebody is brought to another site's
// feed, and from bringing somebody while this batch is written.
func (h *Hub) hold(alone bool) (unlock func()) {
	if alone {
		h.placing.Lock()
		return h.placing.Unlock
	}
	h.placing.RLock()
	return h.placing.RUnlock
}

// membersOf is the sites that the people of a batch belong to.
func (h *Hub) membersOf(ctx context.Context, verdicts []verdict) (map[model.PersonID][]model.SiteCode, error) {
	var people []model.PersonID
	for i := range verdicts {
		if verdicts[i].entry.Refused == "" {
			people = append(people, verdicts[i].entry.Person)
		}
	}
	return h.log.Members(ctx, people)
}

// strangers tells whether a batch is of somebody who does not belong to the site.
func strangers(at model.SiteCode, verdicts []verdict, members map[model.PersonID][]model.SiteCode) bool {
	return slices.ContainsFunc(verdicts, func(v verdict) bool {
		return v.entry.Refused == "" && !slices.Contains(members[v.entry.Person], at)
	})
}

// refuseElsewhere refuses writes of people who belong to other sites, and not to
// the device's, unless the write says that they are received there.
func (h *Hub) refuseElsewhere(d *device, writes [][]model.Envelope, verdicts []verdict, members map[model.PersonID][]model.SiteCode) {
	received := make(map[model.PersonID]bool) // by this batch
	for _, write := range writes {
		of := verdicts[:len(write)]
		verdicts = verdicts[len(write):]
		id := write[0].Person
		if of[0].entry.Refused != "" || received[id] || slices.Contains(members[id], d.Site) {
			continue
		}
		home := members[id]
		if len(home) > 0 && !slices.ContainsFunc(of, func(v verdict) bool { return receives(d.Site, &v) }) {
			refuseRest(of, reasonElsewhere)
			continue
		}
		received[id] = true
		if len(home) > 0 {
			h.Log.Info("person received from elsewhere", "node", d.Node, "to", string(d.Site), "sites", len(home))
		}
	}
}

// receives tells whether an op says that its person is held at the site now, or
// came in there: an admission is recorded where it takes place.
func receives(at model.SiteCode, v *verdict) bool {
	moved, ok := v.op.Change.(*model.MovementRecorded)
	return v.entry.Joins == at || ok && moved.Type == model.MovementAdmission
}
