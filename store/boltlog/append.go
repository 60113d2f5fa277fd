package boltlog

import (
	"bytes"
	"context"
	"encoding/binary"
	"fmt"

	"go.etcd.io/bbolt"

	"github.com/throughgate/throughgate/model"
)

// feedFill leaves little room in the pages of a feed: they are only ever added
// to at the end.
const feedFill = 0.95

// Append writes a batch in one transaction and answers for each entry, in order,
// once it is on disk. An op the log has is known, and one it refused before is
// refused for the same reason, so a batch may be sent again. model.ErrGap says
// that nothing was kept because something is missing.
func (l *Log) Append(ctx context.Context, entries []model.LogEntry) ([]model.PushResult, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	results := make([]model.PushResult, len(entries))
	rung := make(map[model.SiteCode]bool)
	err := l.db.Update(func(tx *bbolt.Tx) error {
		w := newWriter(tx, rung)
		for i := range entries {
			answer, err := w.append(&entries[i])
			if err != nil {
				return err
			}
			results[i] = answer
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
	chain, placed, people, members, feeds *bbolt.Bucket
	feed                                  map[model.SiteCode]*bbolt.Bucket
	last                                  map[chainOf]place // where each chain ends by now
	rung                                  map[model.SiteCode]bool
}

func newWriter(tx *bbolt.Tx, rung map[model.SiteCode]bool) *writer {
	return &writer{
		chain: tx.Bucket(bucketChain), placed: tx.Bucket(bucketPlaced), people: tx.Bucket(bucketPeople),
		members: tx.Bucket(bucketMembers), feeds: tx.Bucket(bucketFeeds),
		feed: make(map[model.SiteCode]*bbolt.Bucket), last: make(map[chainOf]place), rung: rung,
	}
}

func (w *writer) append(e *model.LogEntry) (model.PushResult, error) {
	chain := chainOf{e.Device, e.Incarnation}
	last, err := w.end(chain)
	if err != nil {
		return model.PushResult{}, err
	}
	switch {
	case e.Seq == 0 || e.Seq > last.seq+1:
		return model.PushResult{}, model.ErrGap
	case e.Seq <= last.seq:
		return w.known(chain, e)
	}
	now := place{seq: e.Seq, hash: e.Hash, stamp: e.Stamp, reason: w.judge(e, last)}
	if err := w.chain.Put(chain.key(e.Seq), now.encode()); err != nil {
		return model.PushResult{}, err
	}
	w.last[chain] = now
	if now.reason != "" {
		return now.answer(), nil
	}
	return model.PushResult{Stamp: e.Stamp, Status: model.PushTaken}, w.take(e)
}

// end returns the last place of a chain; its seq is 0 when there is none.
func (w *writer) end(chain chainOf) (place, error) {
	if p, have := w.last[chain]; have {
		return p, nil
	}
	p, err := endOf(w.chain, chain)
	if err == nil {
		w.last[chain] = p
	}
	return p, err
}

func endOf(bucket *bbolt.Bucket, chain chainOf) (place, error) {
	first := chain.key(0)
	prefix := first[:len(first)-8]
	c := bucket.Cursor()
	// One past the last number of this chain, then one back.
	k, v := c.Seek(chain.key(^uint64(0)))
	if k == nil {
		k, v = c.Last()
	} else {
		k, v = c.Prev()
	}
	if !bytes.HasPrefix(k, prefix) {
		return place{}, nil
	}
	return decodePlace(binary.BigEndian.Uint64(k[len(prefix):]), v)
}

// known answers for a place that is taken: the same op again, or another one.
func (w *writer) known(chain chainOf, e *model.LogEntry) (model.PushResult, error) {
	have, err := decodePlace(e.Seq, w.chain.Get(chain.key(e.Seq)))
	if err != nil {
		return model.PushResult{}, err
	}
	if have.hash != e.Hash || have.stamp != e.Stamp {
		return model.PushResult{Stamp: e.Stamp, Status: model.PushRefused, Reason: model.ReasonOtherHash}, nil
	}
	return have.answer(), nil
}

// judge says why an op cannot be in its place, "" when it can. What a refused op
// said of itself is not proven, so it does not bind the one after it.
func (w *writer) judge(e *model.LogEntry, last place) string {
	switch {
	case e.Refused != "":
		return e.Refused
	case last.reason == "" && e.Prev != last.hash:
		return model.ReasonChain
	case w.stampTaken(e.Stamp):
		return model.ReasonStamp
	}
	return ""
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
	if e.Joins != "" {
		if err := w.members.Put(memberKey(e.Person, e.Joins), []byte{}); err != nil {
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
	seq, err := feed.NextSequence()
	if err != nil {
		return 0, err
	}
	if err := feed.Put(number(seq), raw); err != nil {
		return 0, err
	}
	w.rung[site] = true
	return seq, w.placed.Put(key, number(seq))
}

func (w *writer) feedOf(site model.SiteCode) (*bbolt.Bucket, error) {
	if feed := w.feed[site]; feed != nil {
		return feed, nil
	}
	if !site.Valid() {
		return nil, fmt.Errorf("boltlog: a feed of no site")
	}
	feed, err := w.feeds.CreateBucketIfNotExists([]byte(site))
	if err != nil {
		return nil, err
	}
	feed.FillPercent = feedFill
	w.feed[site] = feed
	return feed, nil
}
