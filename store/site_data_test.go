package store_test

import (
	"os"
	"path/filepath"
	"slices"
	"testing"

	"go.etcd.io/bbolt"

	"github.com/throughgate/throughgate/model"
	"github.com/throughgate/throughgate/store"
)

func TestAnotherSitesStaffAreRefused(t *testing.T) {
	s := newSite(t)
	st := s.desk()
	other := s.data
	other.Site = "MDI"
	if err := st.PutSite(other); model.KindOf(err) != model.KindOutside {
		t.Errorf("another site's staff: %v", err)
	}
	if st.Site().Site != "LEI" || len(st.Site().Keyrings) != 0 {
		t.Errorf("the roster is %+v", st.Site())
	}
}

func TestWhoLeftTheRosterCannotSignInAndTheirWorkStays(t *testing.T) {
	s := newSite(t)
	st := s.desk()
	nurse, prescriber := signIn(t, st, "nurse"), signIn(t, st, "prescriber")
	id := model.PersonID{1}
	do(t, nurse, id, &model.InstructionGiven{Text: "bottom bunk"})
	left := s.data
	left.Staff, left.Keyrings = slices.Clone(s.data.Staff), slices.Clone(s.data.Keyrings)
	for i := range left.Staff {
		if left.Staff[i].ID == "nurse" {
			left.Staff[i].Disabled = true
			left.Keyrings = slices.Delete(left.Keyrings, i, i+1)
		}
	}
	if err := st.PutSite(left); err != nil {
		t.Fatal(err)
	}
	if err := try(st, "nurse", passphraseOf("nurse")); model.KindOf(err) != model.KindForbidden {
		t.Errorf("somebody who left signed in: %v", err)
	}
	err := nurse.Do(t.Context(), model.Write{Person: id, Changes: []model.Change{&model.InstructionGiven{Text: "x"}}})
	if model.KindOf(err) != model.KindForbidden {
		t.Errorf("somebody who left and is still signed in wrote: %v", err)
	}
	if got := instructions(t, prescriber, id); len(got) != 1 {
		t.Errorf("their work is %q", got)
	}
}

func TestADeskWithoutARosterSaysWhatItNeeds(t *testing.T) {
	s := newSite(t)
	st, err := store.Create(t.TempDir(), s.identity(), s.options())
	if err != nil {
		t.Fatal(err)
	}
	s.closeAtEnd(st)
	if err := try(st, "nurse", passphraseOf("nurse")); model.KindOf(err) != model.KindNotFound {
		t.Errorf("nobody is known yet: %v", err)
	}
}

// TestAnUnfinishedStoreIsMadeAgain is about a process that was killed while it
// enrolled: the file is there and holds nothing.
func TestAnUnfinishedStoreIsMadeAgain(t *testing.T) {
	s := newSite(t)
	dir := t.TempDir()
	db, err := bbolt.Open(filepath.Join(dir, "throughgate.db"), 0o600, nil)
	if err == nil {
		err = db.Close()
	}
	if err != nil {
		t.Fatal(err)
	}
	if _, err := store.Open(dir, s.options()); model.KindOf(err) != model.KindNotFound {
		t.Errorf("opening it: %v", err)
	}
	signIn(t, s.deskIn(dir), "nurse")
}

func TestAnIdentityThatIsNoneIsRefused(t *testing.T) {
	s := newSite(t)
	for name, spoil := range map[string]func(*store.Identity){
		"no device":      func(id *store.Identity) { id.Device = model.DeviceID{} },
		"no node":        func(id *store.Identity) { id.Node = 0 },
		"no incarnation": func(id *store.Identity) { id.Incarnation = 0 },
		"no site":        func(id *store.Identity) { id.Site = "" },
	} {
		id := s.identity()
		spoil(&id)
		dir := filepath.Join(t.TempDir(), "desk")
		if _, err := store.Create(dir, id, s.options()); model.KindOf(err) != model.KindInvalid {
			t.Errorf("%s: %v", name, err)
		}
		if _, err := os.Stat(dir); err == nil {
			t.Errorf("%s: something was made all the same", name)
		}
	}
}
