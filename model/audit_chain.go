package model

import (
	"cmp"
	"slices"
)

// ChainLink is what is known of one op's place in its device's chain.
type ChainLink struct {
	Device      DeviceID
	Incarnation uint32
	Seq         uint64
	Hash        Hash
	Stamp       Stamp
	Prev        Hash
	Open        bool // whether Prev is known: it stands inside the op
	Refused     bool // the hub would not have it; what it said is not proven
}

// Chain is the links of one device in one incarnation.
type Chain []ChainLink

// VerifyChain says where a chain does not hold together. A chain that must be
// whole has every number from 1; of another's chain a desk has only what is of
// its site. Links are sorted here.
func (r *AuditReport) VerifyChain(chain Chain, whole bool) {
	slices.SortFunc(chain, func(a, b ChainLink) int { return cmp.Compare(a.Seq, b.Seq) })
	r.Checked.Chains++
	var before ChainLink
	for i := range chain {
		r.VerifyLink(&before, &chain[i], whole)
		before = chain[i]
	}
}

// VerifyLink says whether a link may stand after another of its chain; before is
// zero for the first.
func (r *AuditReport) VerifyLink(before, link *ChainLink, whole bool) {
	switch {
	case link.Seq == before.Seq && link.Hash == before.Hash: // the same op, seen twice
	case link.Seq == before.Seq:
		r.Find(link.finding(FoundTwoInPlace))
	case whole && link.Seq != before.Seq+1:
		r.Find(link.finding(FoundGap))
	case !link.follows(before):
		r.Find(link.finding(FoundChain))
	}
}

// follows tells whether a link may stand after another of its chain; before is
// zero for the first.
func (l *ChainLink) follows(before *ChainLink) bool {
	switch {
	case l.Seq == 1:
		return !l.Open || l.Refused || l.Prev == Hash{}
	case before.Seq != l.Seq-1 || before.Refused || l.Refused:
		return true // its neighbour is not known here
	case l.Open && l.Prev != before.Hash:
		return false
	}
	return !before.Stamp.After(l.Stamp)
}

func (l *ChainLink) finding(what FindingWhat) Finding {
	return Finding{What: what, Device: &l.Device, Incarnation: l.Incarnation, Seq: l.Seq, Stamp: &l.Stamp}
}
