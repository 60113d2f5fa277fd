package boltlog

import (
	"bytes"
	"context"
	"encoding/binary"

	"go.etcd.io/bbolt"

	"github.com/throughgate/throughgate/model"
)

// Audit returns places of a site's feed after a number as Read does, each with
// what is kept of it elsewhere, for who holds the one to the other. Numbers that
// are not there are left out.
func (l *Log) Audit(ctx context.Context, site model.SiteCode, after uint64, ops, size int) ([]model.AuditPlace, error) {
	logged, err := l.Read(ctx, site, after, ops, size)
	if err != nil {
		return nil, err
	}
	out := make([]model.AuditPlace, len(logged))
	err = l.db.View(func(tx *bbolt.Tx) error {
		nodes := tx.Bucket(bucketTrees).Bucket([]byte(site))
		for i, at := range logged {
			one := &out[i]
			one.Logged = at
			if nodes != nil {
				copy(one.Leaf[:], nodes.Get(number(at.Seq)))
			}
			env, err := model.DecodeEnvelope(at.Raw)
			if err != nil {
				continue // whoever holds it to its leaf says so
			}
			key := chainOf{env.Device, env.Incarnation}.key(env.Seq)
			value := tx.Bucket(bucketChain).Get(key)
			if one.Chained = value != nil; !one.Chained {
				continue
			}
			if one.Chain, err = chainPlace(tx, key, value); err != nil {
				return err
			}
		}
		return nil
	})
	return out, asError(err)
}

// Chain returns at most n numbers of devices after one, in order of device,
// incarnation and number.
func (l *Log) Chain(ctx context.Context, after model.ChainKey, n int) ([]model.ChainPlace, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	var out []model.ChainPlace
	err := l.db.View(func(tx *bbolt.Tx) error {
		from := chainOf{after.Device, after.Incarnation}.key(after.Seq)
		c := tx.Bucket(bucketChain).Cursor()
		for k, v := c.Seek(from); k != nil && len(out) < n; k, v = c.Next() {
			if bytes.Equal(k, from) {
				continue
			}
			one, err := chainPlace(tx, k, v)
			if err != nil {
				return err
			}
			out = append(out, one)
		}
		return nil
	})
	return out, asError(err)
}

// chainPlace reads a number of a device and finds where its op stands.
func chainPlace(tx *bbolt.Tx, key, value []byte) (model.ChainPlace, error) {
	p, err := decodePlace(value)
	if err != nil {
		return model.ChainPlace{}, err
	}
	out := model.ChainPlace{Reason: p.reason, ChainLink: model.ChainLink{
		Device: model.DeviceID(key[:16]), Incarnation: binary.BigEndian.Uint32(key[16:]), Seq: binary.BigEndian.Uint64(key[20:]),
		Hash: p.hash, Prev: p.prev, Stamp: p.stamp, Open: p.reason == "", Refused: p.reason != "",
	}}
	if out.Refused {
		return out, nil
	}
	prefix := stampKey(p.stamp, "")
	c := tx.Bucket(bucketPlaced).Cursor()
	for k, v := c.Seek(prefix); bytes.HasPrefix(k, prefix); k, v = c.Next() {
		at := model.FeedPlace{Site: model.SiteCode(k[len(prefix):]), Seq: binary.BigEndian.Uint64(v)}
		feed := tx.Bucket(bucketFeeds).Bucket([]byte(at.Site))
		at.There = feed != nil && feed.Get(v) != nil
		out.Places = append(out.Places, at)
	}
	return out, nil
}
