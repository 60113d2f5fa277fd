package store_test

import (
	"bytes"
	"compress/gzip"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/throughgate/throughgate/model"
)

// unpackOld puts a file that an earlier version wrote where a store is looked
// for.
func unpackOld(tb testing.TB, name, dir string) {
	tb.Helper()
	packed, err := os.Open(filepath.Join("testdata", name))
	if err != nil {
		tb.Fatal(err)
	}
	defer packed.Close()
	plain, err := gzip.NewReader(packed)
	if err != nil {
		tb.Fatal(err)
	}
	file, err := io.ReadAll(plain)
	if err != nil {
		tb.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "throughgate.db"), file, 0o600); err != nil {
		tb.Fatal(err)
	}
}

// TestAStoreOfTheFirstSchemaGoesOn opens a file that was written while keys
// stood in the keyrings: an officer and a nurse have written of one person, a
// cell is not sent yet, and the nurse's changed passphrase is not either. Its
// compartment keys are 32 times the compartment's number.
func TestAStoreOfTheFirstSchemaGoesOn(t *testing.T) {
	s := newSite(t)
	s.keys = nil
	for _, c := range model.Compartments() {
		s.keys = append(s.keys, model.CompartmentKey{Compartment: c, Version: 1, Key: bytes.Repeat([]byte{byte(c)}, 32)})
	}
	s.person = bytes.Repeat([]byte{9}, 32)
	dir := t.TempDir()
	unpackOld(t, "schema1.db.gz", dir)
	st := s.reopen(dir)
	for staff, passphrase := range map[model.StaffID]string{"officer": passphraseOf("officer"), "nurse": "another three words"} {
		err := try(st, staff, passphrase)
		if staff == "nurse" { // her changed keyring could not be sent; the one before it is what is left
			continue
		}
		if model.KindOf(err) != model.KindOutside || !strings.Contains(err.Error(), "earlier version") || !strings.Contains(err.Error(), "Ask the service desk for a new passphrase.") {
			t.Errorf("an old keyring: %v", err)
		}
	}
	if left, err := st.OutgoingKeyrings(); err != nil || len(left) != 0 {
		t.Errorf("%d keyrings wait that the hub would not take, %v", len(left), err)
	}
	if status := st.Status(); status.Pending != 1 || status.People != 1 {
		t.Errorf("%+v", status)
	}
	// The hub has given everybody a new passphrase; who wrote what is still known.
	for _, m := range st.Site().Staff {
		for i := range s.data.Staff {
			if s.data.Staff[i].ID == m.ID {
				s.data.Staff[i].Keys = append(m.Keys, s.data.Staff[i].Keys...)
			}
		}
	}
	for i := range s.data.Keyrings {
		s.data.Keyrings[i].Serial = 1 << 16
	}
	s.change(func(*model.Staff) {})
	s.putSite(st)
	officer, nurse := signIn(t, st, "officer"), signIn(t, st, "nurse")
	id := model.PersonIDOf(s.person, "A1234AA")
	if r := get(t, officer, id); r.Shared.Name.Family == "" || len(r.Custody.Notes) != 1 || r.Shared.Stay.Cell != "A-1-001" {
		t.Errorf("the officer reads %+v", r.Shared)
	}
	if r := get(t, nurse, id); len(r.Health.Notes) != 1 {
		t.Errorf("the nurse reads %+v", r.Health.Notes)
	}
	if err := st.VerifyAccess(); err != nil {
		t.Error(err)
	}
	do(t, nurse, id, &model.HealthNoted{Text: "and again"})
}
