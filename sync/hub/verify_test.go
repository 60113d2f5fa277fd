package hub_test

import (
	"bytes"
	"context"
	"crypto/ed25519"
	"encoding/binary"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	gosync "sync"
	"testing"

	"go.etcd.io/bbolt"
	"pgregory.net/rapid"

	"github.com/throughgate/throughgate/model"
	"github.com/throughgate/throughgate/store/boltlog"
	"github.com/throughgate/throughgate/store/tree"
	"github.com/throughgate/throughgate/sync/hub"
)

// auditedHub is a hub's file with the work of two desks, and the head that a desk got.
type auditedHub struct {
	*service
	file string
	feed []model.Envelope // of Leeds
	head []byte
}

func newAuditedHub(t *testing.T) *auditedHub {
	t.Helper()
	s := newService(t)
	a := &auditedHub{service: s, file: filepath.Join(s.folder, "hub.db")}
	by, here, there := s.staff("first", "LEI", model.RoleReception), s.desk("LEI"), s.desk("LEI")
	here.send(model.PushTaken, here.write(by, ann, heldAt("MDI")))
	for i := range 12 {
		here.send(model.PushTaken, here.write(by, ann, cell(fmt.Sprint("A-", i))), here.write(by, bert, cell("B")))
		there.send(model.PushTaken, there.write(by, bert, cell(fmt.Sprint("C-", i))))
	}
	feed := here.pull(0)
	a.feed, a.head = feed.Envelopes, feed.Head
	s.desk("MDI").pull(0)
	s.stop()
	s.stop = func() {}
	return a
}

// verify goes through all of a hub over a file.
func (a *auditedHub) verify(tb rapid.TB, file string, heads ...[]byte) *model.AuditReport {
	tb.Helper()
	log, err := boltlog.Open(file, boltlog.Options{})
	if err != nil {
		tb.Fatal(err)
	}
	defer log.Close()
	h, err := hub.New(log, a.key, hub.Options{Now: a.now, Stretch: quick})
	if err != nil {
		tb.Fatal(err)
	}
	return verified(tb, h, heads...)
}

func verified(tb rapid.TB, h *hub.Hub, heads ...[]byte) *model.AuditReport {
	tb.Helper()
	var report model.AuditReport
	for q := (hub.VerifyQuestion{Heads: heads}); ; {
		answer, err := h.Verify(context.Background(), q)
		if err != nil {
			tb.Fatal(err)
		}
		report.Join(&answer.Report)
		if answer.Done {
			return &report
		}
		q.Cursor = answer.Cursor
	}
}

// after is the report on a copy of the file that was changed.
func (a *auditedHub) after(tb rapid.TB, folder string, change func(*bbolt.Tx), heads ...[]byte) *model.AuditReport {
	tb.Helper()
	whole, err := os.ReadFile(a.file)
	path := filepath.Join(folder, "hub.db")
	if err == nil {
		err = os.WriteFile(path, whole, 0o600)
	}
	if err != nil {
		tb.Fatal(err)
	}
	db, err := bbolt.Open(path, 0o600, nil)
	if err == nil {
		err = db.Update(func(tx *bbolt.Tx) error {
			change(tx)
			return nil
		})
	}
	if err != nil {
		tb.Fatal(err)
	}
	db.Close()
	return a.verify(tb, path, heads...)
}

func found(r *model.AuditReport) []string {
	out := []string{}
	for _, f := range r.Findings {
		out = append(out, fmt.Sprint(f.What, " ", f.Site, " ", f.Place))
	}
	slices.Sort(out)
	return slices.Compact(out)
}

func lei(what model.FindingWhat, place int) string { return fmt.Sprint(what, " LEI ", place) }

func TestAWholeHubIsSaidToBeWhole(t *testing.T) {
	a := newAuditedHub(t)
	r := a.verify(t, a.file, a.head)
	if got := found(r); len(got) != 0 {
		t.Errorf("it found %+v", r.Findings)
	}
	if len(r.Feeds) != 2 || r.Feeds[0].Proven != 37 || r.Feeds[0].Size != 37 || r.Feeds[1].Proven != 13 || r.Checked.Chains != 2 || r.Checked.Ops != 50 {
		t.Errorf("%+v %+v", r.Feeds, r.Checked)
	}
}

// bucketOf is Leeds' bucket of feeds or of trees.
func bucketOf(tx *bbolt.Tx, name string) *bbolt.Bucket {
	return tx.Bucket([]byte(name)).Bucket([]byte("LEI"))
}

func key(place int) []byte { return binary.BigEndian.AppendUint64(nil, uint64(place)) }

func must(err error) {
	if err != nil {
		panic(err)
	}
}

// hubAttacks are what somebody with the hub's file, and without its key, can do
// to it.
var hubAttacks = map[string]func(a *auditedHub, tx *bbolt.Tx, draw func(string, int) int) []string{
	"a bit of an op is flipped": func(a *auditedHub, tx *bbolt.Tx, draw func(string, int) int) []string {
		n := 1 + draw("op", len(a.feed))
		raw := bytes.Clone(bucketOf(tx, "feeds").Get(key(n)))
		raw[len(raw)-1-draw("byte", 60)] ^= 1 << draw("bit", 8)
		must(bucketOf(tx, "feeds").Put(key(n), raw))
		return []string{lei(model.FoundAltered, n)}
	},
	"an op is dropped": func(a *auditedHub, tx *bbolt.Tx, draw func(string, int) int) []string {
		n := 1 + draw("op", len(a.feed))
		must(bucketOf(tx, "feeds").Delete(key(n)))
		return []string{lei(model.FoundNoPlace, n), lei(model.FoundMissing, n)}
	},
	"an op is dropped with its leaf": func(a *auditedHub, tx *bbolt.Tx, draw func(string, int) int) []string {
		n := 1 + draw("op", len(a.feed)-1)
		must(bucketOf(tx, "feeds").Delete(key(n)))
		must(bucketOf(tx, "trees").Delete(key(n)))
		return []string{lei(model.FoundNoPlace, n), lei(model.FoundMissing, n)}
	},
	"two ops' sealed bytes are swapped": func(a *auditedHub, tx *bbolt.Tx, draw func(string, int) int) []string {
		n := draw("one", len(a.feed)-1)
		one, other := a.feed[n], a.feed[n+1]
		one.Sealed, other.Sealed = other.Sealed, one.Sealed
		for i, env := range []model.Envelope{one, other} {
			raw, _ := env.AppendBinary(nil)
			must(bucketOf(tx, "feeds").Put(key(n+1+i), raw))
		}
		return []string{lei(model.FoundAltered, n+1), lei(model.FoundAltered, n+2)}
	},
	"an op is moved to another person": func(a *auditedHub, tx *bbolt.Tx, draw func(string, int) int) []string {
		n := draw("op", len(a.feed))
		moved := a.feed[n]
		moved.Person = model.PersonID{99}
		raw, _ := moved.AppendBinary(nil)
		must(bucketOf(tx, "feeds").Put(key(n+1), raw))
		return []string{lei(model.FoundAltered, n+1)}
	},
	"an op is changed with the tree over it": func(a *auditedHub, tx *bbolt.Tx, draw func(string, int) int) []string {
		n := 1 + draw("op", len(a.feed))
		raw := bytes.Clone(bucketOf(tx, "feeds").Get(key(n)))
		raw[len(raw)-1] ^= 1
		must(bucketOf(tx, "feeds").Put(key(n), raw))
		regrow(tx)
		return []string{lei(model.FoundAltered, n), lei(model.FoundOtherTree, 1)}
	},
	"two places are swapped with the tree over them": func(a *auditedHub, tx *bbolt.Tx, draw func(string, int) int) []string {
		n := 1 + draw("place", len(a.feed)-1)
		feed := bucketOf(tx, "feeds")
		one, other := bytes.Clone(feed.Get(key(n))), bytes.Clone(feed.Get(key(n+1)))
		must(feed.Put(key(n), other))
		must(feed.Put(key(n+1), one))
		regrow(tx)
		return []string{lei(model.FoundTwice, n), lei(model.FoundTwice, n+1), lei(model.FoundOtherTree, 1)}
	},
	"an op is replayed at the end": func(a *auditedHub, tx *bbolt.Tx, draw func(string, int) int) []string {
		feed := bucketOf(tx, "feeds")
		raw := bytes.Clone(feed.Get(key(1 + draw("op", len(a.feed)))))
		must(feed.SetSequence(uint64(len(a.feed) + 1)))
		must(feed.Put(key(len(a.feed)+1), raw))
		regrow(tx)
		return []string{lei(model.FoundTwice, len(a.feed)+1)}
	},
	"a device's chain is cut": func(a *auditedHub, tx *bbolt.Tx, draw func(string, int) int) []string {
		env := a.feed[draw("op", len(a.feed)-2)]
		at := append(bytes.Clone(env.Device[:]), binary.BigEndian.AppendUint32(nil, env.Incarnation)...)
		place := 1 + slices.IndexFunc(a.feed, func(e model.Envelope) bool { return e.Hash == env.Hash })
		must(tx.Bucket([]byte("chain")).Delete(binary.BigEndian.AppendUint64(at, env.Seq)))
		want := []string{lei(model.FoundUnplaced, place)}
		if slices.ContainsFunc(a.feed, func(e model.Envelope) bool { return e.Device == env.Device && e.Seq == env.Seq+1 }) {
			want = append(want, "gap  0")
		}
		if env.Person == ann {
			want = append(want, "unplaced MDI")
		}
		return want
	},
}

// regrow makes the tree of Leeds anew, as somebody who hides a change would.
func regrow(tx *bbolt.Tx) {
	must(tx.Bucket([]byte("trees")).DeleteBucket([]byte("LEI")))
}

func TestEveryAttackOnTheHubsFileIsNamed(t *testing.T) {
	a := newAuditedHub(t)
	for name, attack := range hubAttacks {
		t.Run(name, func(t *testing.T) {
			rapid.Check(t, func(rt *rapid.T) {
				folder, err := os.MkdirTemp(t.TempDir(), "")
				if err != nil {
					rt.Fatal(err)
				}
				defer os.RemoveAll(folder)
				var want []string
				r := a.after(rt, folder, func(tx *bbolt.Tx) {
					want = attack(a, tx, func(what string, n int) int { return rapid.IntRange(0, n-1).Draw(rt, what) })
				})
				got := found(r)
				for _, one := range want {
					if !slices.ContainsFunc(got, func(g string) bool { return g == one || len(g) > len(one) && g[:len(one)+1] == one+" " }) {
						rt.Fatalf("it found %q, want %q", got, want)
					}
				}
				if len(got) != len(want) {
					rt.Fatalf("it found %q, want %q: %+v", got, want, r.Findings)
				}
			})
		})
	}
}

// TestAHubThatWasPutBackIsGivenAwayByADesksHead verifies an older file, which is
// whole by itself, with a head that a desk got since; and the same after it went
// another way than the desk saw.
func TestAHubThatWasPutBackIsGivenAwayByADesksHead(t *testing.T) {
	s := newService(t)
	by, d := s.staff("first", "LEI", model.RoleReception), s.desk("LEI")
	d.send(model.PushTaken, d.write(by, ann, cell("1")))
	d.pull(0)
	var old bytes.Buffer
	must(s.Backup(&old))
	seq, prev := d.seq, d.prev
	d.send(model.PushTaken, d.write(by, ann, cell("2")), d.write(by, ann, cell("3")))
	head := d.pull(0).Head
	if r := verified(t, s.Hub, head); len(r.Findings) != 0 {
		t.Errorf("%+v", r.Findings)
	}
	s.stop()
	must(os.WriteFile(filepath.Join(s.folder, "hub.db"), old.Bytes(), 0o600))
	s.open()
	if r := verified(t, s.Hub); len(r.Findings) != 0 {
		t.Errorf("by itself: %+v", r.Findings)
	}
	if got := found(verified(t, s.Hub, head)); !slices.Equal(got, []string{lei(model.FoundShort, 2)}) {
		t.Errorf("with the desk's head: %q", got)
	}
	d.client()
	d.seq, d.prev = seq, prev // another history
	d.send(model.PushTaken, d.write(by, bert, cell("8")), d.write(by, bert, cell("9")), d.write(by, bert, cell("10")))
	if r := verified(t, s.Hub); len(r.Findings) != 0 {
		t.Errorf("the other history by itself: %+v", r.Findings)
	}
	if got := found(verified(t, s.Hub, head)); !slices.Equal(got, []string{lei(model.FoundDiffers, 3)}) {
		t.Errorf("the other history with the desk's head: %q", got)
	}
}

// TestARestoreThatWasSaidIsNoFinding puts a hub back and says so: heads of the
// epoch before hold as far as the log was put back to.
func TestARestoreThatWasSaidIsNoFinding(t *testing.T) {
	s := newService(t)
	by, d := s.staff("first", "LEI", model.RoleReception), s.desk("LEI")
	d.send(model.PushTaken, d.write(by, ann, cell("1")))
	early := d.pull(0).Head
	var old bytes.Buffer
	must(s.Backup(&old))
	d.send(model.PushTaken, d.write(by, ann, cell("2")), d.write(by, ann, cell("3")))
	late := d.pull(0).Head
	s.stop()
	must(os.WriteFile(filepath.Join(s.folder, "hub.db"), old.Bytes(), 0o600))
	s.open()
	must(s.Restored())
	if r := verified(t, s.Hub, early, late); len(r.Findings) != 0 || r.Feeds[0].Proven != 1 {
		t.Errorf("%+v %+v", r.Findings, r.Feeds)
	}
}

func TestAHeadOfAnotherKeyIsNotTheHubs(t *testing.T) {
	a := newAuditedHub(t)
	claimed, err := tree.Claimed(a.head)
	must(err)
	public, private, err := ed25519.GenerateKey(nil)
	must(err)
	forged, err := tree.Signer{Public: public, Sign: func(m []byte) []byte { return ed25519.Sign(private, m) }}.Seal(claimed)
	must(err)
	bent := bytes.Replace(a.head, []byte("\n37\n"), []byte("\n36\n"), 1)
	for name, head := range map[string][]byte{"another key": forged, "another size": bent, "no head": []byte("throughgate/LEI\n")} {
		r := a.verify(t, a.file, head)
		if len(r.Findings) != 1 || r.Findings[0].What != model.FoundHead {
			t.Errorf("%s: %+v", name, r.Findings)
		}
	}
}

// TestAHubIsVerifiedWhileItServes verifies again and again while a desk pushes
// and pulls, with a head that is new each time.
func TestAHubIsVerifiedWhileItServes(t *testing.T) {
	s := newService(t)
	by, d := s.staff("first", "LEI", model.RoleReception), s.desk("LEI")
	done := make(chan struct{})
	var verifying gosync.WaitGroup
	defer verifying.Wait()
	defer close(done)
	verifying.Go(func() {
		for q := (hub.VerifyQuestion{}); ; {
			select {
			case <-done:
				return
			default:
			}
			answer, err := s.Verify(t.Context(), q)
			if err != nil || len(answer.Report.Findings) != 0 {
				t.Errorf("%v %+v", err, answer.Report.Findings)
				return
			}
			q.Cursor = answer.Cursor
			if answer.Done {
				q.Cursor = hub.VerifyCursor{}
			}
		}
	})
	for i := range 12 { // a device may not ask much more often at once
		d.send(model.PushTaken, d.write(by, ann, cell(fmt.Sprint("A-", i))), d.write(by, bert, cell("B")))
		d.pull(uint64(2 * i))
	}
}

// growing is a log to which something is added whenever it is audited.
type growing struct {
	*boltlog.Log
	add func()
}

func (g *growing) Audit(ctx context.Context, site model.SiteCode, after uint64, ops, size int) ([]model.AuditPlace, error) {
	g.add()
	return g.Log.Audit(ctx, site, after, ops, size)
}

// TestWhatComesInDuringAVerificationIsNoFinding has an entry come in after the
// verification has asked how long the feed is and before it reads it.
func TestWhatComesInDuringAVerificationIsNoFinding(t *testing.T) {
	s := newService(t)
	by := s.staff("first", "LEI", model.RoleReception)
	s.stop()
	log, err := boltlog.Open(filepath.Join(s.folder, "hub.db"), boltlog.Options{})
	must(err)
	disk := &growing{Log: log, add: func() {}}
	s.openOver(disk)
	d := s.desk("LEI")
	d.send(model.PushTaken, d.write(by, ann, cell("1")))
	d.pull(0)
	d.send(model.PushTaken, d.write(by, ann, cell("2"))) // no head is kept of it
	disk.add = func() { d.send(model.PushTaken, d.write(by, ann, cell("3"))) }
	if r := verified(t, s.Hub); len(r.Findings) != 0 {
		t.Errorf("%+v", r.Findings)
	}
}
