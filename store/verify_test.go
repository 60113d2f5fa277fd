package store_test

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"go.etcd.io/bbolt"
	"pgregory.net/rapid"

	"github.com/throughgate/throughgate/model"
	"github.com/throughgate/throughgate/store"
	"github.com/throughgate/throughgate/store/tree"
)

// audited is a desk's file with what it read of a hub, and the feed it read: the
// work of another desk and its own, of which one op is still to be sent.
type audited struct {
	*site
	file  string
	hub   *hubside
	other *author
	own   model.Envelope // the op that is still to be sent
}

func newAudited(t *testing.T) *audited {
	t.Helper()
	s := newSite(t)
	s.pinned()
	a := &audited{site: s, hub: &hubside{tb: t, s: s, epoch: "first"}, other: s.author("other", model.RoleNurse)}
	dir := t.TempDir()
	st := s.deskIn(dir)
	nurse := signIn(t, st, "nurse")
	for i := range 40 {
		a.hub.feed = append(a.hub.feed, a.other.write(model.PersonID{byte(1 + i%5)}, morning, &model.InstructionGiven{Text: fmt.Sprint("of ", i)}))
		if i%4 == 0 {
			do(t, nurse, model.PersonID{byte(1 + i%7)}, &model.HealthNoted{Text: fmt.Sprint("own ", i)})
			a.hub.feed = append(a.hub.feed, carry(t, st)...)
		}
	}
	a.hub.give(st, 9)
	do(t, nurse, model.PersonID{1}, &model.InstructionGiven{Text: "not sent"})
	waiting, err := st.Outgoing(9)
	if err != nil || len(waiting) != 1 {
		t.Fatal(len(waiting), err)
	}
	a.own = waiting[0]
	if err := st.Close(); err != nil {
		t.Fatal(err)
	}
	a.file = filepath.Join(dir, "throughgate.db")
	return a
}

// changed opens a copy of the file that was changed.
func (a *audited) changed(tb rapid.TB, dir string, change func(*bbolt.Tx) error) *store.Store {
	tb.Helper()
	whole, err := os.ReadFile(a.file)
	if err != nil {
		tb.Fatal(err)
	}
	path := filepath.Join(dir, "throughgate.db")
	if err := os.WriteFile(path, whole, 0o600); err != nil {
		tb.Fatal(err)
	}
	db, err := bbolt.Open(path, 0o600, nil)
	if err == nil {
		err = db.Update(change)
	}
	if err != nil {
		tb.Fatal(err)
	}
	db.Close()
	st, err := store.Open(dir, a.options())
	if err != nil {
		tb.Fatal(err)
	}
	return st
}

// after is the report on a copy of the file that was changed.
func (a *audited) after(tb rapid.TB, dir string, change func(*bbolt.Tx) error) *model.AuditReport {
	tb.Helper()
	st := a.changed(tb, dir, change)
	defer st.Close()
	nurse, err := st.SignIn(a.tb.Context(), "nurse", passphraseOf("nurse"))
	if err != nil {
		tb.Fatal(err)
	}
	report, err := st.VerifyAudit(a.tb.Context(), nurse)
	if err != nil {
		tb.Fatal(err)
	}
	return report
}

// found lists findings as "what place", in order.
func found(r *model.AuditReport) []string {
	out := []string{}
	for _, f := range r.Findings {
		out = append(out, fmt.Sprint(f.What, " ", f.Place))
	}
	slices.Sort(out)
	return out
}

// others lists the places of the other desk, from 0.
func (a *audited) others() []int {
	var of []int
	for i, env := range a.hub.feed {
		if env.Device == a.other.device {
			of = append(of, i)
		}
	}
	return of
}

func at(what model.FindingWhat, place int) string { return fmt.Sprint(what, " ", place) }

func TestAWholeLogIsSaidToBeWhole(t *testing.T) {
	a := newAudited(t)
	r := a.after(t, t.TempDir(), func(*bbolt.Tx) error { return nil })
	if got := found(r); len(got) != 0 || r.Err() != nil {
		t.Errorf("it found %+v", r.Findings)
	}
	f := r.Feeds[0]
	if f.Size != uint64(len(a.hub.feed)) || f.Proven != f.Size || r.Checked.Ops != len(a.hub.feed)+1 || r.Checked.Access == 0 || r.Checked.Heads != 1 {
		t.Errorf("%+v %+v", f, r.Checked)
	}
}

// TestAFlippedBitIsSeenWithoutAKey is for doctor, at which nobody signs in.
func TestAFlippedBitIsSeenWithoutAKey(t *testing.T) {
	a := newAudited(t)
	for name, c := range map[string]struct {
		change func(*bbolt.Tx) error
		sound  bool
	}{
		"nothing": {func(*bbolt.Tx) error { return nil }, true},
		"a bit of what is sealed": {func(tx *bbolt.Tx) error {
			ops, key := tx.Bucket([]byte(store.BucketOps)), store.OpKey(&a.hub.feed[7])
			raw := bytes.Clone(ops.Get(key))
			raw[len(raw)-1] ^= 1
			return ops.Put(key, raw)
		}, false},
	} {
		st := a.changed(t, t.TempDir(), c.change)
		defer st.Close()
		if err := st.Check(t.Context()); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		if err := st.CheckFeed(t.Context()); (err == nil) != c.sound {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// deskAttacks are what somebody with the desk's file can do to it. Each changes
// the file at one or two places that are drawn, and says what is to be found.
var deskAttacks = map[string]func(a *audited, tx *bbolt.Tx, draw func(string, int) int) []string{
	"a bit of an op is flipped": func(a *audited, tx *bbolt.Tx, draw func(string, int) int) []string {
		n := draw("op", len(a.hub.feed))
		ops, key := tx.Bucket([]byte(store.BucketOps)), store.OpKey(&a.hub.feed[n])
		raw := bytes.Clone(ops.Get(key))
		sealed := len(raw) - len(a.hub.feed[n].Sealed)
		raw[sealed+draw("byte", len(raw)-sealed)] ^= 1 << draw("bit", 8)
		put(ops, key, raw)
		return []string{at(model.FoundAltered, n+1)}
	},
	"an op is dropped": func(a *audited, tx *bbolt.Tx, draw func(string, int) int) []string {
		n := draw("op", len(a.hub.feed))
		_ = tx.Bucket([]byte(store.BucketOps)).Delete(store.OpKey(&a.hub.feed[n]))
		return []string{at(model.FoundMissing, n+1)}
	},
	"two ops' sealed bytes are swapped": func(a *audited, tx *bbolt.Tx, draw func(string, int) int) []string {
		n, m := two(draw, len(a.hub.feed))
		one, other := a.hub.feed[n], a.hub.feed[m]
		one.Sealed, other.Sealed = other.Sealed, one.Sealed
		putOp(tx, one)
		putOp(tx, other)
		return []string{at(model.FoundAltered, n+1), at(model.FoundAltered, m+1)}
	},
	"an op is moved to another person": func(a *audited, tx *bbolt.Tx, draw func(string, int) int) []string {
		n := draw("op", len(a.hub.feed))
		moved := a.hub.feed[n]
		_ = tx.Bucket([]byte(store.BucketOps)).Delete(store.OpKey(&moved))
		moved.Person = model.PersonID{99}
		putOp(tx, moved)
		return []string{at(model.FoundAltered, 0), at(model.FoundMissing, n+1)}
	},
	"an op is put under another person's name": func(a *audited, tx *bbolt.Tx, draw func(string, int) int) []string {
		n := draw("op", len(a.hub.feed))
		raw, _ := a.hub.feed[n].AppendBinary(nil)
		other := a.hub.feed[n]
		other.Person = model.PersonID{99}
		put(tx.Bucket([]byte(store.BucketOps)), store.OpKey(&other), raw)
		return []string{at(model.FoundMoved, 0)}
	},
	"an op is replayed at a later time": func(a *audited, tx *bbolt.Tx, draw func(string, int) int) []string {
		again := a.hub.feed[draw("op", len(a.hub.feed))]
		again.Stamp.Wall += int64(1 + draw("later", 1000))
		putOp(tx, again)
		return []string{at(model.FoundAltered, 0)}
	},
	"an op is put in that the hub never had": func(a *audited, tx *bbolt.Tx, _ func(string, int) int) []string {
		putOp(tx, a.other.write(model.PersonID{1}, morning, &model.InstructionGiven{Text: "never said"}))
		return []string{at(model.FoundUnplaced, 0)}
	},
	"an op is put in that its author did not sign": func(a *audited, tx *bbolt.Tx, _ func(string, int) int) []string {
		op := a.other.op(model.PersonID{1}, morning, &model.InstructionGiven{Text: "never said"})
		op.Actor.Staff = "manager"
		putOp(tx, seals(a.tb, a.site, op, a.other.key))
		return []string{at(model.FoundForged, 0)}
	},
	"two places of one device are swapped": func(a *audited, tx *bbolt.Tx, draw func(string, int) int) []string {
		of := a.others()
		n := draw("place", len(of)-1)
		feed := tx.Bucket([]byte(store.BucketFeed))
		k1, k2 := store.PlaceKey(1, uint64(of[n]+1)), store.PlaceKey(1, uint64(of[n+1]+1))
		v1, v2 := bytes.Clone(feed.Get(k1)), bytes.Clone(feed.Get(k2))
		put(feed, k1, v2)
		put(feed, k2, v1)
		return []string{at(model.FoundOtherTree, 1), at(model.FoundReordered, of[n+1]+1)}
	},
	"a place is taken out": func(a *audited, tx *bbolt.Tx, draw func(string, int) int) []string {
		of := a.others()
		n := of[draw("place", len(of)-1)]
		_ = tx.Bucket([]byte(store.BucketFeed)).Delete(store.PlaceKey(1, uint64(n+1)))
		return []string{at(model.FoundNoPlace, n+1), at(model.FoundUnplaced, 0)}
	},
	"the tail is cut off": func(a *audited, tx *bbolt.Tx, draw func(string, int) int) []string {
		n := len(a.hub.feed) - 1 - draw("places", 5)
		want := []string{at(model.FoundShort, n+1)}
		for i := n; i < len(a.hub.feed); i++ {
			_ = tx.Bucket([]byte(store.BucketFeed)).Delete(store.PlaceKey(1, uint64(i+1)))
			_ = tx.Bucket([]byte(store.BucketOps)).Delete(store.OpKey(&a.hub.feed[i]))
			if a.hub.feed[i].Device != a.other.device {
				want = append(want, at(model.FoundGap, 0))
			}
		}
		return want
	},
	"the hub's head is forged": func(a *audited, tx *bbolt.Tx, draw func(string, int) int) []string {
		key := store.PlaceKey(1, uint64(len(a.hub.feed)))
		heads := tx.Bucket([]byte(store.BucketHeads))
		forged := bytes.Clone(heads.Get(key))
		forged[draw("byte", 60)] ^= 1
		put(heads, key, forged)
		return []string{at(model.FoundHead, len(a.hub.feed))}
	},
	"an op that was not sent is dropped": func(a *audited, tx *bbolt.Tx, _ func(string, int) int) []string {
		_ = tx.Bucket([]byte(store.BucketOps)).Delete(store.OpKey(&a.own))
		_ = tx.Bucket([]byte(store.BucketOutbox)).Delete(store.OpKey(&a.own)[17:])
		return []string{at(model.FoundGap, 0)}
	},
	"an entry of the access log is dropped": func(_ *audited, tx *bbolt.Tx, _ func(string, int) int) []string {
		access := tx.Bucket([]byte(store.BucketAccess))
		key, _ := access.Cursor().First()
		_ = access.Delete(key)
		return []string{at(model.FoundAccess, 0)}
	},
}

func put(b *bbolt.Bucket, key, value []byte) {
	if err := b.Put(key, value); err != nil {
		panic(err)
	}
}

func putOp(tx *bbolt.Tx, env model.Envelope) {
	raw, _ := env.AppendBinary(nil)
	put(tx.Bucket([]byte(store.BucketOps)), store.OpKey(&env), raw)
}

func two(draw func(string, int) int, n int) (int, int) {
	a := draw("one", n)
	b := draw("other", n-1)
	if b >= a {
		b++
	}
	return a, b
}

func TestEveryAttackOnADesksFileIsNamed(t *testing.T) {
	for name, attack := range deskAttacks {
		t.Run(name, func(t *testing.T) {
			a := newAudited(t)
			rapid.Check(t, func(rt *rapid.T) {
				dir, err := os.MkdirTemp(t.TempDir(), "")
				if err != nil {
					rt.Fatal(err)
				}
				var want []string
				r := a.after(rt, dir, func(tx *bbolt.Tx) error {
					want = attack(a, tx, func(what string, n int) int { return rapid.IntRange(0, n-1).Draw(rt, what) })
					return nil
				})
				slices.Sort(want)
				if got := found(r); !slices.Equal(slices.Compact(got), slices.Compact(want)) || r.Err() == nil {
					rt.Fatalf("it found %q, want %q: %+v", got, want, r.Findings)
				}
				for _, f := range r.Findings {
					if f.Says == "" || f.Do == "" {
						rt.Fatalf("%+v says nothing", f)
					}
				}
				_ = os.RemoveAll(dir)
			})
		})
	}
}

// TestAHeadThatDoesNotFitIsKeptAsEvidence gives a desk, which has read a feed,
// every sort of head that is not of it.
func TestAHeadThatDoesNotFitIsKeptAsEvidence(t *testing.T) {
	for want, head := range map[model.EvidenceWhat]func(h *hubside) []byte{
		model.HeadMissing:    func(*hubside) []byte { return nil },
		model.HeadForged:     func(h *hubside) []byte { return bytes.Replace(h.head(10, nil), []byte("\n10\n"), []byte("\n12\n"), 1) },
		model.HeadOtherSite:  func(h *hubside) []byte { return h.head(10, func(t *tree.Head) { t.Site = "MDI" }) },
		model.HeadOtherEpoch: func(h *hubside) []byte { return h.head(10, func(t *tree.Head) { t.Epoch = "second" }) },
		model.HeadShorter:    func(h *hubside) []byte { return h.head(9, nil) },
		model.HeadOtherLog:   func(h *hubside) []byte { return h.head(10, func(t *tree.Head) { t.Root[3] ^= 4 }) },
		model.HeadOtherKey: func(h *hubside) []byte {
			other := *h.s
			other.notary = h.s.author("else", model.RoleNurse).key
			return (&hubside{tb: h.tb, s: &other, epoch: h.epoch, feed: h.feed}).head(10, nil)
		},
	} {
		t.Run(string(want), func(t *testing.T) {
			s := newSite(t)
			s.pinned()
			h := &hubside{tb: t, s: s, epoch: "first"}
			author := s.author("author", model.RoleNurse)
			for i := range 10 {
				h.feed = append(h.feed, author.write(model.PersonID{byte(i)}, morning, &model.InstructionGiven{Text: "x"}))
			}
			st := s.desk()
			nurse := signIn(t, st, "nurse")
			h.give(st, 4)
			if f := st.Status().Feed; f.Proven != 10 || f.Doubt != "" {
				t.Fatalf("%+v", f)
			}
			for range 2 { // the second time it is not kept again
				if err := st.PutHead(head(h)); err != nil {
					t.Fatal(err)
				}
			}
			r, err := st.VerifyAudit(t.Context(), nurse)
			if err != nil || len(r.Evidence) != 1 || r.Evidence[0].What != want || st.Status().Feed.Doubt != r.Evidence[0].String() {
				t.Errorf("%+v, %v; %+v", r.Evidence, err, st.Status().Feed)
			}
			h.feed = append(h.feed, author.write(model.PersonID{1}, morning, &model.InstructionGiven{Text: "the work goes on"}))
			h.give(st, 4)
			if f := st.Status().Feed; f.Read != 11 || f.Proven != 11 || f.Doubt == "" {
				t.Errorf("afterwards %+v", f)
			}
		})
	}
}
