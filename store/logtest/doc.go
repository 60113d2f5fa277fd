// Package logtest is the contract of the hub's log, as one suite of tests that
// every log passes. What it does not test is not promised.
//
//   - A batch is one transaction: all of it is kept, or nothing, and it is on
//     disk when the answer comes.
//   - An op has one place in its device's chain (device, incarnation, seq). The
//     same op again is known; another one in its place is refused, and so is one
//     that is not next to its neighbours by hash. A chain may have gaps, and they
//     may be filled later.
//   - A refused op leaves its place taken and is in no feed.
//   - The ops of one write stand or fall together. Whoever appends gives a write
//     as a whole; one that comes in part is that program's mistake.
//   - An entry of an access log is kept once, by device, number and hash, in its
//     site's list, whose places are numbered as a feed's are.
//   - A person belongs to every site that an op of theirs was taken from, and to
//     every site that one was said to join.
//   - Each site's feed is numbered 1, 2, 3 … in the order of commits: who has
//     read up to a number has missed nothing before it.
//   - Each feed has the root of the tree (store/tree) over its first n places, for
//     every n, from the moment place n is there.
package logtest

import (
	"context"
	"encoding/binary"
	"testing"

	"github.com/throughgate/throughgate/model"
)

// Log is what a hub asks of its log.
type Log interface {
	Append(ctx context.Context, entries []model.LogEntry) ([]model.PushResult, error)
	Read(ctx context.Context, site model.SiteCode, after uint64, ops, size int) ([]model.Logged, error)
	Last(site model.SiteCode) (uint64, error)
	Root(site model.SiteCode, size uint64) (model.Hash, error)
	Audit(ctx context.Context, site model.SiteCode, after uint64, ops, size int) ([]model.AuditPlace, error)
	Chain(ctx context.Context, after model.ChainKey, n int) ([]model.ChainPlace, error)
	News(site model.SiteCode) <-chan struct{}
	History(ctx context.Context, person model.PersonID) ([]model.Placement, error)
	Person(ctx context.Context, site model.SiteCode, person model.PersonID, after uint64, ops, size int) ([]model.Logged, error)
	Members(ctx context.Context, people []model.PersonID) (map[model.PersonID][]model.SiteCode, error)
	Epoch() (string, error)
	NewEpoch() error
	Load(table string) (map[string][]byte, error)
	Save(values ...model.Register) error
	AppendAccess(ctx context.Context, entries []model.KeptAccess) error
	ReadAccess(ctx context.Context, site model.SiteCode, after uint64, entries, size int) ([]model.KeptAccess, error)
	LastAccess(site model.SiteCode) (uint64, error)
	AccessChain(ctx context.Context, device model.DeviceID, from, to uint64) (hashes map[uint64][]model.Hash, before uint64, err error)
	Close() error
}

// Open opens the log that is kept in a folder, making it when there is none.
type Open func(tb testing.TB, folder string) Log

// Run holds a log to its contract.
func Run(t *testing.T, open Open) {
	tests := []struct {
		name string
		test func(*testing.T, Open)
	}{
		{"AnEmptyLogHasNothing", anEmptyLogHasNothing},
		{"AnOpSentAgainIsKnown", anOpSentAgainIsKnown},
		{"AnotherOpInATakenPlaceIsRefused", anotherOpInATakenPlaceIsRefused},
		{"ABatchIsKeptWholeOrNotAtAll", aBatchIsKeptWholeOrNotAtAll},
		{"AGapCanBeFilledLater", aGapCanBeFilledLater},
		{"ARefusedOpKeepsItsPlaceAndIsInNoFeed", aRefusedOpKeepsItsPlace},
		{"AWriteStandsOrFallsTogether", aWriteStandsOrFallsTogether},
		{"AnOpThatDoesNotFollowIsRefused", anOpThatDoesNotFollowIsRefused},
		{"AStampIsGivenOnce", aStampIsGivenOnce},
		{"NothingIsDatedBack", nothingIsDatedBack},
		{"AnIncarnationBeginsItsOwnChain", anIncarnationBeginsItsOwnChain},
		{"FeedsAreNumberedWithoutGaps", feedsAreNumberedWithoutGaps},
		{"ReadingStopsAtItsLimits", readingStopsAtItsLimits},
		{"NewsComesWithTheCommit", newsComesWithTheCommit},
		{"TheLogIsTheSameAfterReopening", theLogIsTheSameAfterReopening},
		{"ManyAppendAtOnce", manyAppendAtOnce},
		{"AReaderThatFollowsMissesNothing", aReaderThatFollowsMissesNothing},
		{"AnOpIsPlacedInOtherFeedsOnce", anOpIsPlacedInOtherFeedsOnce},
		{"EveryFeedHasItsTree", everyFeedHasItsTree},
		{"WhatIsKeptCanBeHeldToEachOther", whatIsKeptCanBeHeldToEachOther},
		{"APersonsPlacesAreThoseOfTheFeed", aPersonsPlacesAreThoseOfTheFeed},
		{"HistoryIsInStampOrder", historyIsInStampOrder},
		{"RegistersAreSavedTogether", registersAreSavedTogether},
		{"AccessesAreListedOnce", accessesAreListedOnce},
		{"AccessesAreKeptWholeOrNotAtAll", accessesAreKeptWholeOrNotAtAll},
		{"AccessChainsShowGapsAndForks", accessChainsShowGapsAndForks},
		{"AnyHistoryAgreesWithTheOracle", anyHistoryAgreesWithTheOracle},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) { tt.test(t, open) })
	}
}

// device makes the entries of one workstation. Nothing in them is sealed: a log
// never looks inside.
type device struct {
	id          model.DeviceID
	node        uint32
	incarnation uint32
	site        model.SiteCode
	seq         uint64
	prev        model.Hash
	tick        int64
}

func newDevice(node uint32, site model.SiteCode) *device {
	d := &device{node: node, incarnation: 1, site: site}
	binary.BigEndian.PutUint32(d.id[:], node)
	return d
}

// next is the device's next op, on a person.
func (d *device) next(person byte) model.LogEntry {
	d.seq++
	d.tick++
	e := model.LogEntry{Site: d.site, Prev: d.prev}
	e.Device, e.Incarnation, e.Seq = d.id, d.incarnation, d.seq
	e.Person, e.Compartment, e.KeyVersion = model.PersonID{person}, model.Shared, 1
	e.Stamp = model.Stamp{Wall: 1_000 + d.tick, Node: d.node}
	e.Hash = model.HashOp(binary.BigEndian.AppendUint64([]byte{byte(d.node), byte(d.incarnation), person}, d.seq))
	e.Sealed = []byte("sealed")
	d.prev = e.Hash
	return raw(e)
}

func (d *device) several(n int) []model.LogEntry {
	out := make([]model.LogEntry, n)
	for i := range out {
		out[i] = d.next(byte(i))
	}
	return out
}

// raw sets the entry's bytes anew.
func raw(e model.LogEntry) model.LogEntry {
	e.Raw, _ = e.AppendBinary(nil) // never fails
	return e
}

// in is the entry as another site's feed has it.
func in(site model.SiteCode, e model.LogEntry) model.Placement {
	e.Sealed = []byte("sealed for " + site)
	return model.Placement{Site: site, Raw: raw(e).Raw}
}
