package boltlog

import (
	"bytes"
	"context"
	"encoding/binary"
	"fmt"
	"slices"

	"go.etcd.io/bbolt"

	"github.com/throughgate/throughgate/model"
)

// Read returns the places of a site's feed after a number, in order: at most
// ops of them and, after the first, no more than bytes in all. The memory is the
// caller's.
func (l *Log) Read(ctx context.Context, site model.SiteCode, after uint64, ops, size int) ([]model.Logged, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	var out []model.Logged
	err := l.db.View(func(tx *bbolt.Tx) error {
		feed := tx.Bucket(bucketFeeds).Bucket([]byte(site))
		if feed == nil || after >= feed.Sequence() {
			return nil
		}
		c := feed.Cursor()
		for k, v := c.Seek(number(after + 1)); k != nil && len(out) < ops; k, v = c.Next() {
			if size -= len(v); size < 0 && len(out) > 0 {
				return nil
			}
			// bbolt's memory ends with the transaction.
			out = append(out, model.Logged{Seq: binary.BigEndian.Uint64(k), Raw: bytes.Clone(v)})
		}
		return nil
	})
	return out, asError(err)
}

// Last returns the highest number given in a site's feed, 0 when it is empty.
func (l *Log) Last(site model.SiteCode) (last uint64, err error) {
	err = l.db.View(func(tx *bbolt.Tx) error {
		if feed := tx.Bucket(bucketFeeds).Bucket([]byte(site)); feed != nil {
			last = feed.Sequence()
		}
		return nil
	})
	return last, asError(err)
}

// News returns a channel that is closed when something is next placed in a
// site's feed. Ask for it before reading, so that nothing falls between.
func (l *Log) News(site model.SiteCode) <-chan struct{} { return l.bells.of(site) }

// History returns every op of a person in stamp order, each as it stands in the
// feed of the site it came from.
func (l *Log) History(ctx context.Context, person model.PersonID) ([]model.Placement, error) {
	var out []model.Placement
	err := l.db.View(func(tx *bbolt.Tx) error {
		feeds := tx.Bucket(bucketFeeds)
		c := tx.Bucket(bucketPeople).Cursor()
		for k, v := c.Seek(person[:]); bytes.HasPrefix(k, person[:]); k, v = c.Next() {
			site := v[:len(v)-8]
			raw := feeds.Bucket(site).Get(v[len(site):])
			if raw == nil {
				return damaged(fmt.Errorf("boltlog: an op is missing from a feed"))
			}
			out = append(out, model.Placement{Site: model.SiteCode(site), Raw: bytes.Clone(raw)})
		}
		return ctx.Err()
	})
	return out, asError(err)
}

// Person returns the places of a person's ops in a site's feed after a number, in
// order, within the limits of Read.
func (l *Log) Person(ctx context.Context, site model.SiteCode, person model.PersonID, after uint64, ops, size int) ([]model.Logged, error) {
	var out []model.Logged
	err := l.db.View(func(tx *bbolt.Tx) error {
		feed := tx.Bucket(bucketFeeds).Bucket([]byte(site))
		if feed == nil {
			return nil
		}
		for _, seq := range placesOf(tx, site, person, after) {
			raw := feed.Get(number(seq))
			if raw == nil {
				return damaged(fmt.Errorf("boltlog: an op is missing from a feed"))
			}
			if size -= len(raw); len(out) == ops || size < 0 && len(out) > 0 {
				return nil
			}
			out = append(out, model.Logged{Seq: seq, Raw: bytes.Clone(raw)})
		}
		return ctx.Err()
	})
	return out, asError(err)
}

// placesOf lists the numbers of a person's ops in a site's feed after one of them.
func placesOf(tx *bbolt.Tx, site model.SiteCode, person model.PersonID, after uint64) []uint64 {
	var places []uint64
	placed := tx.Bucket(bucketPlaced)
	c := tx.Bucket(bucketPeople).Cursor()
	for k, _ := c.Seek(person[:]); bytes.HasPrefix(k, person[:]); k, _ = c.Next() {
		key := append(bytes.Clone(k[len(person):]), site...)
		if at := placed.Get(key); at != nil && binary.BigEndian.Uint64(at) > after {
			places = append(places, binary.BigEndian.Uint64(at))
		}
	}
	slices.Sort(places)
	return places
}

// Members returns, for each of the people, the sites whose feeds their ops
// belong in, sorted.
func (l *Log) Members(ctx context.Context, people []model.PersonID) (map[model.PersonID][]model.SiteCode, error) {
	out := make(map[model.PersonID][]model.SiteCode, len(people))
	err := l.db.View(func(tx *bbolt.Tx) error {
		c := tx.Bucket(bucketMembers).Cursor()
		for _, id := range people {
			if _, done := out[id]; done {
				continue
			}
			var sites []model.SiteCode
			for k, _ := c.Seek(id[:]); bytes.HasPrefix(k, id[:]); k, _ = c.Next() {
				sites = append(sites, model.SiteCode(k[len(id):]))
			}
			out[id] = sites
		}
		return ctx.Err()
	})
	return out, asError(err)
}
