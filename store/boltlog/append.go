package boltlog

import (
	"bytes"
	"context"
	"encoding/binary"
	"fmt"

	"go.etcd.io/bbolt"

	"github.com/throughgate/throughgate/model"
)

// Append writes a batch in one transaction and answers for each entry, in order,
// once it is on disk. An op the log has is known, and one it refused before is
// refused for the same reason, so a batch may be sent again.
func (l *Log) Append(ctx context.Context, entries []model.LogEntry) ([]model.PushResult, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	writes, err := wholes(entries)
	if err != nil {
		return nil, err
	}
	results := make([]model.PushResult, 0, len(entries))
	rung := make(map[model.SiteCode]bool)
	err = l.db.Update(func(tx *bbolt.Tx) error {
		w := newWriter(tx, rung)
		for _, write := range writes {
			answers, err := w.append(write)
			if err != nil {
				return err
			}
			results = append(results, answers...)
		}
		return nil
	})
	if err != nil {
		return nil, asError(err)
	}
	l.bells.ring(rung)
	return results, nil
}

// writer is one transaction of Append.
type writer struct {
	chain, placed, people, members, feeds, trees *bbolt.Bucket
	feed                                         map[model.SiteCode]feed
	rung                                         map[model.SiteCode]bool
}

func newWriter(tx *bbolt.Tx, rung map[model.SiteCode]bool) *writer {
	return &writer{
		chain: tx.Bucket(bucketChain), placed: tx.Bucket(bucketPlaced), people: tx.Bucket(bucketPeople),
		members: tx.Bucket(bucketMembers), feeds: tx.Bucket(bucketFeeds), trees: tx.Bucket(bucketTrees),
		feed: make(map[model.SiteCode]feed), rung: rung,
	}
}

// wholes divides entries into the writes they are of. Whoever appends has seen to
// it that each is there as a whole.
func wholes(entries []model.LogEntry) ([][]model.LogEntry, error) {
	envelopes := make([]model.Envelope, len(entries))
	for i := range entries {
		envelopes[i] = entries[i].Envelope
	}
	parts, err := model.Wholes(envelopes)
	if err != nil {
		return nil, fmt.Errorf("boltlog: %w", err)
	}
	out := make([][]model.LogEntry, len(parts))
	for i, part := range parts {
		out[i], entries = entries[:len(part)], entries[len(part):]
	}
	return out, nil
}

// append takes or refuses the entries of one write. Each gets its place in the
// chain first, because they are held against each other; only then are they
// taken, or refused all together.
func (w *writer) append(write []model.LogEntry) ([]model.PushResult, error) {
	answers := make([]model.PushResult, len(write))
	refused := false
	stamps := make(map[model.Stamp]bool, len(write))
	for i := range write {
		var err error
		if answers[i], err = w.claim(&write[i], stamps[write[i].Stamp]); err != nil {
			return nil, err
		}
		refused = refused || answers[i].Status == model.PushRefused
		stamps[write[i].Stamp] = true
	}
	for i := range write {
		if answers[i].Status != model.PushTaken {
			continue
		}
		if !refused {
			if err := w.take(&write[i]); err != nil {
				return nil, err
			}
			continue
		}
		now := placeOf(&write[i], model.ReasonWrite)
		if err := w.chain.Put(chainOf{write[i].Device, write[i].Incarnation}.key(write[i].Seq), now.encode()); err != nil {
			return nil, err
		}
		answers[i] = now.answer()
	}
	return answers, nil
}

// claim gives an entry its place in the chain, or says what has it. twice tells
// that its stamp stands in the same write already.
func (w *writer) claim(e *model.LogEntry, twice bool) (model.PushResult, error) {
	chain := chainOf{e.Device, e.Incarnation}
	have, taken, err := w.at(chain, e.Seq)
	if err != nil {
		return model.PushResult{}, err
	}
	if taken && (have.hash != e.Hash || have.stamp != e.Stamp) {
		return model.PushResult{Stamp: e.Stamp, Status: model.PushRefused, Reason: model.ReasonOtherHash}, nil
	}
	if taken {
		return have.answer(), nil
	}
	reason, err := w.judge(chain, e)
	if err != nil {
		return model.PushResult{}, err
	}
	if reason == "" && twice {
		reason = model.ReasonStamp
	}
	now := placeOf(e, reason)
	if err := w.chain.Put(chain.key(e.Seq), now.encode()); err != nil {
		return model.PushResult{}, err
	}
	if reason != "" {
		return now.answer(), nil
	}
	return model.PushResult{Stamp: e.Stamp, Status: model.PushTaken}, nil
}

func placeOf(e *model.LogEntry, reason string) place {
	return place{hash: e.Hash, prev: e.Prev, stamp: e.Stamp, reason: reason}
}

// at returns what has a place in a chain, and whether anything has.
func (w *writer) at(chain chainOf, seq uint64) (p place, taken bool, err error) {
	value := w.chain.Get(chain.key(seq))
	if value == nil {
		return place{}, false, nil
	}
	p, err = decodePlace(value)
	return p, true, err
}

// judge says why an op cannot be in its place, "" when it can.
func (w *writer) judge(chain chainOf, e *model.LogEntry) (string, error) {
	if e.Refused != "" {
		return e.Refused, nil
	}
	follows, err := w.follows(chain, e)
	switch {
	case err != nil:
		return "", err
	case !follows:
		return model.ReasonChain, nil
	case w.stampTaken(e.Stamp):
		return model.ReasonStamp, nil
	}
	return "", nil
}

// follows holds an op against its neighbours in the chain, which name each other
// by hash under their authors' signatures, and whose stamps rise as a clock
// does: nobody dates an entry before one they made earlier. A neighbour that is not there says
// nothing: a desk does not send again what was refused, not even to a hub that
// lost it. Neither does one that was refused: what it said is not proven.
func (w *writer) follows(chain chainOf, e *model.LogEntry) (bool, error) {
	if e.Seq == 0 || e.Seq == 1 && e.Prev != (model.Hash{}) {
		return false, nil
	}
	before, have, err := w.at(chain, e.Seq-1)
	if err != nil || have && before.reason == "" && (before.hash != e.Prev || before.stamp.After(e.Stamp)) {
		return false, err
	}
	after, have, err := w.at(chain, e.Seq+1)
	return !have || after.reason != "" || after.prev == e.Hash && !e.Stamp.After(after.stamp), err
}

func (w *writer) stampTaken(s model.Stamp) bool {
	prefix := stampKey(s, "")
	k, _ := w.placed.Cursor().Seek(prefix)
	return bytes.HasPrefix(k, prefix)
}

// take places an op in every feed it belongs in.
func (w *writer) take(e *model.LogEntry) error {
	seq, err := w.place(e.Site, e.Stamp, e.Raw)
	if err != nil {
		return err
	}
	if err := w.people.Put(personKey(e.Person, e.Stamp), append([]byte(e.Site), number(seq)...)); err != nil {
		return err
	}
	for _, site := range []model.SiteCode{e.Site, e.Joins} {
		if site == "" {
			continue
		}
		if err := w.members.Put(memberKey(e.Person, site), []byte{}); err != nil {
			return err
		}
	}
	for _, also := range e.Also {
		head, err := model.DecodeEnvelope(also.Raw)
		if err != nil {
			return fmt.Errorf("boltlog: placement: %w", err)
		}
		if _, err := w.place(also.Site, head.Stamp, also.Raw); err != nil {
			return err
		}
	}
	return nil
}

// place puts an op at the end of a site's feed, unless it is in it.
func (w *writer) place(site model.SiteCode, s model.Stamp, raw []byte) (uint64, error) {
	key := stampKey(s, site)
	if at := w.placed.Get(key); at != nil {
		return binary.BigEndian.Uint64(at), nil
	}
	feed, err := w.feedOf(site)
	if err != nil {
		return 0, err
	}
	seq, err := feed.add(raw)
	if err != nil {
		return 0, err
	}
	w.rung[site] = true
	return seq, w.placed.Put(key, number(seq))
}

func (w *writer) feedOf(site model.SiteCode) (feed, error) {
	if have, open := w.feed[site]; open {
		return have, nil
	}
	if !site.Valid() {
		return feed{}, fmt.Errorf("boltlog: a feed of no site")
	}
	made, err := openFeed(w.feeds, w.trees, []byte(site))
	if err == nil {
		w.feed[site] = made
	}
	return made, err
}
