package store_test

import (
	"bytes"
	"path/filepath"
	"slices"
	"testing"

	"go.etcd.io/bbolt"

	"github.com/throughgate/throughgate/model"
	"github.com/throughgate/throughgate/store"
)

// spoil flips a byte in every snapshot of a store that is closed, the first, the
// last, or one in between.
func spoil(t *testing.T, dir string, at func(value []byte) int) {
	t.Helper()
	db, err := bbolt.Open(filepath.Join(dir, store.File), 0o600, nil)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	err = db.Update(func(tx *bbolt.Tx) error {
		snapshots := tx.Bucket([]byte(store.BucketSnapshots))
		changed := make(map[string][]byte)
		err := snapshots.ForEach(func(key, value []byte) error {
			value = bytes.Clone(value)
			value[at(value)] ^= 0x10
			changed[string(key)] = value
			return nil
		})
		for key, value := range changed {
			if err == nil {
				err = snapshots.Put([]byte(key), value)
			}
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

// TestASpoiltSnapshotIsMadeFromTheLog in everything that reads it: signing in,
// the board, a record, a write and what comes from other desks. Nothing shows but
// what the log says.
func TestASpoiltSnapshotIsMadeFromTheLog(t *testing.T) {
	for name, at := range map[string]func([]byte) int{
		"the row": func(v []byte) int { return 8 }, "the part": func(v []byte) int { return len(v) - 1 }, "the middle": func(v []byte) int { return len(v) / 2 },
		"the length of the row": func([]byte) int { return 2 },
	} {
		t.Run(name, func(t *testing.T) {
			s := newSite(t)
			other := s.author("other", model.RoleNurse)
			dir := t.TempDir()
			st := s.deskIn(dir)
			nurse := signIn(t, st, "nurse")
			id := newPerson(t, nurse, "A1234AA")
			do(t, nurse, id, &model.HealthNoted{Text: "first"}, &model.InstructionGiven{Text: "bottom bunk"})
			officer := signIn(t, st, "officer")
			do(t, officer, id, named("Smith", "John"))
			want, rows := toJSON(t, get(t, nurse, id)), toJSON(t, slices.Clone(nurse.Rows()))
			if err := st.Close(); err != nil {
				t.Fatal(err)
			}
			spoil(t, dir, at)
			st = s.reopen(dir)
			nurse = signIn(t, st, "nurse")
			if got := toJSON(t, get(t, nurse, id)); got != want {
				t.Errorf("the record is\n%s, want\n%s", got, want)
			}
			if got := toJSON(t, slices.Clone(nurse.Rows())); got != rows {
				t.Errorf("the board is\n%s, want\n%s", got, rows)
			}
			if err := st.Merge([]model.Envelope{other.write(id, morning, &model.HealthNoted{Text: "from elsewhere"})}, 1, "first"); err != nil {
				t.Fatal(err)
			}
			do(t, nurse, id, &model.HealthNoted{Text: "second"})
			if got := len(get(t, nurse, id).Health.Notes); got != 3 {
				t.Errorf("the record has %d notes, want 3", got)
			}
		})
	}
}

// TestASpoiltSnapshotWithoutEntriesIsNoEmptyRecord: where the log has nothing
// either, nobody is told that there are no allergies. Others are let in.
func TestASpoiltSnapshotWithoutEntriesIsNoEmptyRecord(t *testing.T) {
	for _, c := range []model.Compartment{model.Health, model.Shared} {
		s := newSite(t)
		dir := t.TempDir()
		st := s.deskIn(dir)
		nurse := signIn(t, st, "nurse")
		id := newPerson(t, nurse, "A1234AA")
		do(t, nurse, id, &model.HealthNoted{Text: "first"}, &model.InstructionGiven{Text: "bottom bunk"})
		if err := st.Close(); err != nil {
			t.Fatal(err)
		}
		spoil(t, dir, func(v []byte) int {
			if c == model.Shared {
				return 8 // the row
			}
			return len(v) - 1
		})
		withoutEntries(t, dir, append(id[:], byte(c)))
		nurse = signIn(t, s.reopen(dir), "nurse")
		if r, err := nurse.Get(t.Context(), id); c == model.Health && err == nil {
			t.Errorf("without entries the record is %s", toJSON(t, r))
		}
	}
}

// withoutEntries takes entries out of the log of a store that is closed.
func withoutEntries(t *testing.T, dir string, of []byte) {
	t.Helper()
	db, err := bbolt.Open(filepath.Join(dir, store.File), 0o600, nil)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	err = db.Update(func(tx *bbolt.Tx) error {
		c := tx.Bucket([]byte(store.BucketOps)).Cursor()
		for key, _ := c.Seek(of); bytes.HasPrefix(key, of); key, _ = c.Seek(of) {
			if err := c.Delete(); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// TestARecordPutBackByItselfIsNamed: what is shown of somebody is put back to
// what it was before a warning, or taken out, and the log stays whole.
func TestARecordPutBackByItselfIsNamed(t *testing.T) {
	s := newSite(t)
	dir := t.TempDir()
	st := s.deskIn(dir)
	nurse := signIn(t, st, "nurse")
	ann, bert := newPerson(t, nurse, "A1234AA"), newPerson(t, nurse, "A1234AB")
	do(t, nurse, ann, &model.InstructionGiven{Text: "bottom bunk"}, &model.HealthNoted{Text: "before"})
	do(t, nurse, bert, &model.HealthNoted{Text: "of another"})
	keys := map[string][]byte{}
	for _, c := range []model.Compartment{model.Shared, model.Health} {
		keys[c.String()] = append([]byte{byte(c)}, ann[:]...)
	}
	old := map[string][]byte{}
	err := st.DB().View(func(tx *bbolt.Tx) error {
		for name, key := range keys {
			old[name] = bytes.Clone(tx.Bucket([]byte(store.BucketSnapshots)).Get(key))
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	do(t, nurse, ann, &model.InstructionGiven{Text: "never alone"}, &model.HealthNoted{Text: "penicillin: anaphylaxis"})
	if err := st.Close(); err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		change func(snapshots *bbolt.Bucket) error
		want   int
	}{
		"nothing":              {func(*bbolt.Bucket) error { return nil }, 0},
		"health is put back":   {func(b *bbolt.Bucket) error { return b.Put(keys["health"], old["health"]) }, 1},
		"the rest is put back": {func(b *bbolt.Bucket) error { return b.Put(keys["shared"], old["shared"]) }, 1},
		"it is taken out":      {func(b *bbolt.Bucket) error { return b.Delete(keys["health"]) }, 1},
		"it is another's": {func(b *bbolt.Bucket) error {
			return b.Put(keys["health"], b.Get(append([]byte{byte(model.Health)}, bert[:]...)))
		}, 1},
		"it is of nobody known": {func(b *bbolt.Bucket) error {
			return b.Put(append([]byte{byte(model.Custody)}, bert[:]...), old["shared"])
		}, 1},
	} {
		t.Run(name, func(t *testing.T) {
			a := &audited{site: s, file: filepath.Join(dir, store.File)}
			r := a.after(t, t.TempDir(), func(tx *bbolt.Tx) error { return c.change(tx.Bucket([]byte(store.BucketSnapshots))) })
			if len(r.Findings) != c.want || c.want == 0 && r.Checked.Shown < 3 {
				t.Fatalf("it found %+v of %+v", r.Findings, r.Checked)
			}
			for _, f := range r.Findings {
				if f.What != model.FoundShown || f.Do == "" || f.Stamp == nil && name != "it is of nobody known" {
					t.Errorf("%+v", f)
				}
			}
		})
	}
}
