package store_test

import (
	"encoding/binary"
	"fmt"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"go.etcd.io/bbolt"

	"github.com/throughgate/throughgate/model"
	"github.com/throughgate/throughgate/store"
)

// custodyList is what an import writes of one person.
func custodyList(n int) []model.Change {
	family := []string{"Smith", "Jones", "O'Brien", "Llŷr-Evans", "Nowak", "Begum", "Taylor", "Williams"}[n%8]
	return []model.Change{
		numbered(prisonNumber(n)),
		named(family, fmt.Sprintf("Given%d", n), "Middle"),
		&model.StaySet{Site: "LEI", BookingID: fmt.Sprint(1000000 + n), LegalStatus: "SENTENCED", Status: "ACTIVE IN", Received: model.DayOf(morning) - 90},
		&model.LocationSet{Cell: fmt.Sprintf("A-%d-%03d", n%5, n%400)},
		&model.ReleaseSet{Day: model.DayOf(morning) + model.Day(n%90), Basis: model.BasisAutomatic},
	}
}

func prisonNumber(n int) string {
	const letters = "ACDEFGHJKLMNPQRTVWXYZ"
	digits := n % 10000
	n /= 10000
	return fmt.Sprintf("%c%04d%c%c", 'A'+byte(n/441%20), digits, letters[n/21%21], letters[n%21])
}

// listed makes the envelopes of n people, person after person.
func listed(s *site, n int) []model.Envelope {
	a := s.author("importer", model.RoleReception)
	var ops []*model.Op
	for i := range n {
		id := model.PersonIDOf(s.person, model.PrisonNumber(prisonNumber(i)))
		for _, change := range custodyList(i) {
			ops = append(ops, a.op(id, morning, change))
		}
	}
	return a.writeAll(ops)
}

// populate merges n people into a store.
func populate(tb testing.TB, s *site, to *store.Store, n int) {
	tb.Helper()
	envs := listed(s, n)
	if err := to.PutSite(s.data); err != nil {
		tb.Fatal(err)
	}
	officer := signIn(tb, to, "officer")
	defer officer.Close()
	merge(tb, to, envs)
	if status := to.Status(); status.People != n || status.Quarantined != 0 {
		tb.Fatalf("%+v", status)
	}
}

// ticker returns one tick on the checklist: check, sign, seal, append, fold,
// snapshot, queue, and the disk has it.
func ticker(b *testing.B) func() {
	s := newSite(b)
	st := s.desk()
	populate(b, s, st, 200)
	nurse := signIn(b, st, "nurse")
	rows := nurse.Rows()
	i := 0
	return func() {
		i++
		s.clock.add(time.Millisecond)
		w := model.Write{Person: rows[i%len(rows)].ID, Changes: []model.Change{
			&model.ItemSet{Item: model.ItemConsent, State: model.Problem, Note: fmt.Sprint("asked ", i)},
		}}
		if err := nurse.Do(b.Context(), w); err != nil {
			b.Fatal(err)
		}
	}
}

// barePutter returns what a tick costs without us: bbolt puts and syncs as many
// bytes as a tick keeps, in a file of the same size.
func barePutter(b *testing.B) func() {
	db, err := bbolt.Open(filepath.Join(b.TempDir(), "bare.db"), 0o600, &bbolt.Options{FreelistType: bbolt.FreelistMapType, NoStatistics: true})
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { _ = db.Close() })
	n, value := uint64(0), make([]byte, bytesOfOneDo)
	put := func() {
		n++
		err := db.Update(func(tx *bbolt.Tx) error {
			bucket, err := tx.CreateBucketIfNotExists([]byte("bare"))
			if err != nil {
				return err
			}
			return bucket.Put(binary.BigEndian.AppendUint64(nil, n*0x9E3779B97F4A7C15), value)
		})
		if err != nil {
			b.Fatal(err)
		}
	}
	for range 1000 {
		put()
	}
	return put
}

func BenchmarkDo(b *testing.B) {
	for tick := ticker(b); b.Loop(); {
		tick()
	}
}

// BenchmarkGet is opening one record, with the entry of it on the disk.
func BenchmarkGet(b *testing.B) {
	s := newSite(b)
	st := s.desk()
	populate(b, s, st, 200)
	nurse := signIn(b, st, "nurse")
	rows := nurse.Rows()
	for i := 0; b.Loop(); i++ {
		if _, err := nurse.Get(b.Context(), rows[i%len(rows)].ID); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkBarePut(b *testing.B) {
	for put := barePutter(b); b.Loop(); {
		put()
	}
}

// BenchmarkDoAgainstBarePut does one after the other, so that both have the same
// disk on the same day, and reports how many times as long the one takes as the
// other, by their medians. It has to be 2 at the most.
func BenchmarkDoAgainstBarePut(b *testing.B) {
	tick, put := ticker(b), barePutter(b)
	var ticks, puts []time.Duration
	for b.Loop() {
		start := time.Now()
		tick()
		middle := time.Now()
		put()
		ticks, puts = append(ticks, middle.Sub(start)), append(puts, time.Since(middle))
	}
	slices.Sort(ticks)
	slices.Sort(puts)
	do, bare := ticks[len(ticks)/2], puts[len(puts)/2]
	b.ReportMetric(float64(do.Microseconds()), "us-do")
	b.ReportMetric(float64(bare.Microseconds()), "us-bare")
	b.ReportMetric(float64(do)/float64(bare), "times")
}

// bytesOfOneDo is the envelope, the snapshot, the row, the queue and the desk's
// own entry of one tick; TestOneDoKeepsThatManyBytes holds it to the truth.
const bytesOfOneDo = 1150

func BenchmarkOpen2000(b *testing.B)   { benchmarkOpen(b, 2000) }
func BenchmarkOpen100000(b *testing.B) { benchmarkOpen(b, 100000) }

// benchmarkOpen signs in and asks for everybody; the passphrase of the test
// costs next to nothing to stretch. A process of its own says what a program
// that has just been started takes, and how large its heap grows.
func benchmarkOpen(b *testing.B, people int) {
	s := newSite(b)
	dir := b.TempDir()
	st := s.deskIn(dir)
	populate(b, s, st, people)
	for b.Loop() {
		officer := signIn(b, st, "officer")
		if n := len(officer.Rows()); n != people {
			b.Fatal(n)
		}
		officer.Close()
	}
	if err := st.Close(); err != nil {
		b.Fatal(err)
	}
	milliseconds, heap := measured(b, dir, people)
	b.ReportMetric(float64(milliseconds), "ms-cold")
	b.ReportMetric(float64(heap)/1e6, "MB-heap")
}

// BenchmarkFind searches 100,000 people, and reads everybody again after one of
// them has changed.
func BenchmarkFind(b *testing.B) {
	s := newSite(b)
	st := s.desk()
	populate(b, s, st, 100000)
	officer := signIn(b, st, "officer")
	b.Run("rows after a tick", func(b *testing.B) {
		id := officer.Rows()[7].ID
		for b.Loop() {
			do(b, officer, id, &model.LocationSet{Cell: "A-1-001"})
			officer.Rows()
		}
	})
	for _, typed := range []string{"smi", "given99999", "obrien giv 1", "A 9999 AG", "nobody at all"} {
		b.Run(typed, func(b *testing.B) {
			for b.Loop() {
				officer.Find(typed, 20)
			}
		})
	}
}

// BenchmarkMerge is a pull at this end, verified, folded and durable: as an
// import arrives, person after person, and as a day's work does, every op about
// somebody else.
func BenchmarkMerge(b *testing.B) {
	const people = 2000
	s := newSite(b)
	together := listed(s, people)
	var apart []model.Envelope
	for i := range 5 {
		for n := range people {
			apart = append(apart, together[n*5+i])
		}
	}
	for name, envs := range map[string][]model.Envelope{"person after person": together, "all apart": apart} {
		b.Run(name, func(b *testing.B) { benchmarkMerge(b, s, envs) })
	}
}

func benchmarkMerge(b *testing.B, s *site, envs []model.Envelope) {
	var took time.Duration
	bytes := 0
	for _, env := range envs {
		wire, _ := env.AppendBinary(nil)
		bytes += len(wire)
	}
	n := 0
	for b.Loop() {
		b.StopTimer()
		st := s.desk()
		signIn(b, st, "officer")
		b.StartTimer()
		start := time.Now()
		for batch := 0; batch < len(envs); batch += 2000 {
			merge(b, st, envs[batch:min(batch+2000, len(envs))])
		}
		took += time.Since(start)
		n++
	}
	b.ReportMetric(float64(len(envs)*n)/took.Seconds(), "ops/s")
	b.ReportMetric(float64(bytes)/float64(len(envs)), "bytes/op")
}

// BenchmarkVerifyAudit goes through what a desk keeps of 100,000 ops, each of
// which it can open.
func BenchmarkVerifyAudit(b *testing.B) {
	const ops = 100_000
	s := newSite(b)
	s.pinned()
	h := &hubside{tb: b, s: s, epoch: "first", feed: listed(s, ops/5)}
	st := s.desk()
	officer := signIn(b, st, "officer")
	h.give(st, ops)
	b.ResetTimer()
	for b.Loop() {
		r, err := st.VerifyAudit(b.Context(), officer)
		if err != nil || r.Checked.Places != ops {
			b.Fatalf("%v: %+v", err, r)
		}
	}
	b.ReportMetric(float64(ops*b.N)/b.Elapsed().Seconds(), "ops/s")
}

// BenchmarkAudit is what a manager waits for over 100,000 entries of other desks:
// all of them, those of a day, and those about one person.
func BenchmarkAudit(b *testing.B) {
	const entries = 100_000
	s := newSite(b)
	st := s.desk()
	manager := signIn(b, st, "manager")
	at := s.clock.Now().Add(-30 * 24 * time.Hour)
	page := make([]model.RawAccess, 0, 5000)
	for i := range entries {
		page = append(page, elsewhere(b, uint64(i+1), at.Add(time.Duration(i)*25*time.Second), model.Access{
			What: model.AccessRecord, Staff: "b.jones", Role: model.RoleNurse, Via: model.ViaDesk,
			Person: model.PersonID{1, byte(i), byte(i >> 8)}, Parts: []model.Compartment{model.Shared, model.Health},
		}))
		if len(page) == cap(page) {
			mergeAccess(b, st, uint64(i+1), page...)
			page = page[:0]
		}
	}
	today := model.DayOf(s.clock.Now())
	day := model.AccessFilter{}
	day.Within(today-10, today-10)
	for name, f := range map[string]model.AccessFilter{"all": {}, "day": day, "person": {Person: model.PersonID{1, 7, 7}}} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				if found, err := st.AccessesNow(f, entries); err != nil || len(found) == 0 {
					b.Fatal(len(found), err)
				}
			}
		})
	}
	b.Run("alarms", func(b *testing.B) {
		for b.Loop() {
			if _, err := manager.Alarms(b.Context(), today-7); err != nil {
				b.Fatal(err)
			}
		}
	})
}
