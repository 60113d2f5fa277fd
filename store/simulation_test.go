package store_test

import (
	"context"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/throughgate/throughgate/model"
	"github.com/throughgate/throughgate/store"
)

// world is two desks and a hub, moved at random. What the hub took is the
// oracle: a map of envelopes, opened and folded without a store.
type world struct {
	t      *testing.T
	s      *site
	random *rand.Rand
	desks  [2]*simDesk
	feed   []model.Envelope // what the hub took, in its order
	people []model.PersonID
	count  int
}

type simDesk struct {
	dir      string
	st       *store.Store
	sessions map[model.StaffID]*store.Session
	pulled   int
}

// TestAnyHistoryOfTwoDesksEndsInEqualRecords writes, pushes, has some of it
// refused, pulls in any order and twice, signs in and out, and closes and opens
// again; in the end both desks have what the hub took, and nothing else.
func TestAnyHistoryOfTwoDesksEndsInEqualRecords(t *testing.T) {
	for seed := range uint64(12) {
		w := &world{t: t, s: newSite(t), random: rand.New(rand.NewPCG(seed, 7))}
		for i := range w.desks {
			dir := t.TempDir()
			w.desks[i] = &simDesk{dir: dir, st: w.s.deskIn(dir), sessions: make(map[model.StaffID]*store.Session)}
		}
		for i := range 5 {
			w.people = append(w.people, model.PersonID{byte(i + 1)})
		}
		for range 80 {
			w.step()
		}
		w.end(seed)
	}
}

func (w *world) step() {
	d := w.desks[w.random.IntN(2)]
	w.s.clock.add(time.Duration(w.random.IntN(2000)-200) * time.Millisecond) // back, too
	switch w.random.IntN(10) {
	case 0:
		w.reopen(d)
	case 1:
		w.toggle(d)
	case 2:
		w.push(d)
	case 3:
		w.pull(d, w.random.IntN(2) == 0)
	default:
		w.write(d)
	}
}

func (w *world) reopen(d *simDesk) {
	if err := d.st.Close(); err != nil {
		w.t.Fatal(err)
	}
	clear(d.sessions)
	d.st = w.s.reopen(d.dir)
}

func (w *world) toggle(d *simDesk) {
	staff := []model.StaffID{"officer", "nurse", "prescriber"}[w.random.IntN(3)]
	if ss := d.sessions[staff]; ss != nil {
		ss.Close()
		delete(d.sessions, staff)
		return
	}
	d.sessions[staff] = signIn(w.t, d.st, staff)
}

func (w *world) session(d *simDesk, staff model.StaffID) *store.Session {
	if d.sessions[staff] == nil {
		d.sessions[staff] = signIn(w.t, d.st, staff)
	}
	return d.sessions[staff]
}

func (w *world) write(d *simDesk) {
	w.count++
	id, text := w.people[w.random.IntN(len(w.people))], fmt.Sprint("entry ", w.count)
	staff, change := model.StaffID("officer"), model.Change(&model.CustodyNoted{Text: text})
	switch w.random.IntN(4) {
	case 0:
		change = &model.LocationSet{Cell: fmt.Sprint("A-", w.random.IntN(3))}
	case 1:
		staff, change = "nurse", &model.InstructionGiven{Text: text}
	case 2:
		staff, change = "prescriber", &model.ItemSet{Item: model.ItemConsent, State: model.Problem, Note: text}
	}
	do(w.t, w.session(d, staff), id, change)
}

// push sends all; the hub refuses one in eight.
func (w *world) push(d *simDesk) {
	envs, err := d.st.Outgoing(1000)
	if err != nil {
		w.t.Fatal(err)
	}
	var results []model.PushResult
	for _, env := range envs {
		result := model.PushResult{Stamp: env.Stamp, Status: model.PushTaken}
		if w.random.IntN(8) == 0 {
			result = model.PushResult{Stamp: env.Stamp, Status: model.PushRefused, Reason: "Not today."}
		} else {
			w.feed = append(w.feed, env)
		}
		results = append(results, result)
	}
	if err := d.st.Settle(append(results, results...)); err != nil { // answers may come twice
		w.t.Fatal(err)
	}
}

func (w *world) pull(d *simDesk, again bool) {
	from := d.pulled
	if again {
		from = w.random.IntN(from + 1)
	}
	envs := slices.Clone(w.feed[from:])
	w.random.Shuffle(len(envs), func(i, j int) { envs[i], envs[j] = envs[j], envs[i] })
	if err := d.st.Merge(envs, uint64(len(w.feed)), "first"); err != nil {
		w.t.Fatal(err)
	}
	d.pulled = len(w.feed)
}

// end lets both desks meet the hub and compares everything with the oracle.
func (w *world) end(seed uint64) {
	for _, d := range w.desks {
		w.push(d)
	}
	for i, d := range w.desks {
		w.pull(d, false)
		officer, nurse := w.session(d, "officer"), w.session(d, "nurse")
		if after, epoch, err := d.st.Cursor(); err != nil || after != uint64(len(w.feed)) || epoch != "first" {
			w.t.Fatalf("seed %d: desk %d is at %d %q, %v", seed, i, after, epoch, err)
		}
		if status := d.st.Status(); status.Pending+status.Waiting+status.Quarantined != 0 {
			w.t.Fatalf("seed %d: desk %d: %+v", seed, i, status)
		}
		rows := make(map[model.PersonID]model.Row)
		for _, row := range officer.Rows() {
			rows[row.ID] = row
		}
		for _, id := range w.people {
			w.compare(seed, officer, id, rows[id])
			w.compare(seed, nurse, id, rows[id])
		}
		if err := d.st.Check(context.Background()); err != nil {
			w.t.Fatal(err)
		}
	}
}

func (w *world) compare(seed uint64, ss *store.Session, id model.PersonID, row model.Row) {
	w.t.Helper()
	readable := ss.Actor().Role.Compartments()
	want := model.FoldAll(id, readable, w.opsOf(id, readable))
	got, err := ss.Get(context.Background(), id)
	if err != nil && (model.KindOf(err) != model.KindNotFound || !want.Shared.Last.IsZero()) {
		w.t.Fatalf("seed %d: %v", seed, err)
	}
	if err == nil && toJSON(w.t, got) != toJSON(w.t, want) {
		w.t.Fatalf("seed %d: the record is\n%s, want\n%s", seed, toJSON(w.t, got), toJSON(w.t, want))
	}
	if wantRow := model.RowOf(id, &want.Shared); !want.Shared.Last.IsZero() && toJSON(w.t, row) != toJSON(w.t, wantRow) {
		w.t.Fatalf("seed %d: the row is\n%+v, want\n%+v", seed, row, wantRow)
	}
}

// opsOf opens what the hub has of a person, in stamp order.
func (w *world) opsOf(id model.PersonID, readable []model.Compartment) []*model.Op {
	var ops []*model.Op
	for _, env := range w.feed {
		if env.Person == id && slices.Contains(readable, env.Compartment) {
			ops = append(ops, opens(w.t, w.s, env))
		}
	}
	slices.SortFunc(ops, func(a, b *model.Op) int { return a.Stamp.Compare(b.Stamp) })
	return ops
}

func toJSON(t *testing.T, v any) string {
	t.Helper()
	b, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}
