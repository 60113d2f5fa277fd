package main

import (
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"

	"github.com/throughgate/throughgate/cmd/internal/demo"
	"github.com/throughgate/throughgate/cmd/internal/edge"
	"github.com/throughgate/throughgate/model"
	"github.com/throughgate/throughgate/store"
	"github.com/throughgate/throughgate/tui"
)

func newGate(t *testing.T) *gate {
	t.Helper()
	b := newLoneBench(t)
	desk, err := store.Open(b.Desk, store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := desk.Close(); err != nil {
			t.Error(err)
		}
	})
	return &gate{desk: desk, tables: newTables(desk), papers: filepath.Join(b.folder, "papers")}
}

func TestScreensFindPracticesAndMedicinesOfTheHub(t *testing.T) {
	g := newGate(t)
	s, err := g.SignIn(t.Context(), "admin", demo.Passphrase)
	if err != nil {
		t.Fatal(err)
	}
	if s.Practices() != nil {
		t.Error("practices before they were indexed")
	}
	g.tables.renewPractices()
	if index := s.Practices(); index == nil || index.Len() != 22 {
		t.Error("the practices of the demonstration are not there")
	}
	g.tables.renewProducts()
	if hits, _ := s.Products().Search("sertraline 50 tab", 5); len(hits) != 2 || hits[0].Name != "Sertraline 50mg tablets" {
		t.Errorf("of the medicines of the demonstration came %v", hits)
	}
	if name := s.StaffName("nurse"); name != "BOATENG, Grace" {
		t.Errorf("the nurse is called %q", name)
	}
	if place := g.Place(); place.Site != demo.Site || place.Name != demo.SiteName {
		t.Errorf("%+v", place)
	}
}

func TestALetterOnPaperIsTheSignersOrNone(t *testing.T) {
	g := newGate(t)
	s, err := g.SignIn(t.Context(), "nurse", demo.Passphrase)
	if err != nil {
		t.Fatal(err)
	}
	var signed model.SignedLetter
	for _, row := range s.Rows() {
		if r, err := s.Get(t.Context(), row.ID); err == nil {
			if last, is := r.Health.LastLetter(); is {
				signed = last
			}
		}
	}
	letter, err := model.ThawLetter(signed.Frozen)
	if err != nil {
		t.Fatal(err)
	}
	doc := tui.Document{Name: "../../letter Nováková.pdf", Letter: letter, Signed: &signed}
	path, err := s.Export(t.Context(), doc)
	if err != nil || path != filepath.Join(g.papers, "letter-Nováková.pdf") {
		t.Errorf("%q, %v", path, err)
	}
	if content, err := os.ReadFile(path); err != nil || !strings.HasPrefix(string(content), "%PDF-") {
		t.Errorf("no PDF: %v", err)
	}
	forged := signed
	forged.Signature = append([]byte{signed.Signature[0] ^ 1}, signed.Signature[1:]...)
	doc.Signed, doc.Name = &forged, "forged.pdf"
	if _, err := s.Export(t.Context(), doc); model.KindOf(err) != model.KindInvalid {
		t.Errorf("a letter nobody signed: %v", err)
	}
	if runtime.GOOS == "windows" {
		return // only an administrator can make a link there
	}
	elsewhere := t.TempDir()
	if err := errors.Join(os.RemoveAll(g.papers), os.Symlink(elsewhere, g.papers)); err != nil {
		t.Fatal(err)
	}
	doc.Signed, doc.Name = &signed, "letter.pdf"
	if _, err := s.Export(t.Context(), doc); model.KindOf(err) != model.KindOutside {
		t.Errorf("a folder for letters that leads elsewhere: %v", err)
	}
	if left, err := os.ReadDir(elsewhere); err != nil || len(left) != 0 {
		t.Errorf("written elsewhere: %v, %v", left, err)
	}
}

func TestDemonstrationThatIsKept(t *testing.T) {
	b := newBench(t)
	folder := filepath.Join(b.folder, "kept")
	code, out, errout := b.run("demo", "--people", "3", "--keep", folder)
	if code != edge.Done || !strings.Contains(out, filepath.Join(folder, "workstation")) || !strings.Contains(out, "officer") {
		t.Errorf("exit %d, %q, %q", code, out, errout)
	}
	code, out, errout = b.run("demo", "--keep", folder)
	b.refused(edge.Refused, "This folder is not empty.", code, out, errout)
	code, out, errout = b.run("demo", "--sign-in", "nobody")
	b.refused(edge.Usage, "nobody in the demonstration", code, out, errout)
	code, out, errout = b.run("demo", "--people", "0")
	b.refused(edge.Usage, "--people", code, out, errout)
	code, out, errout = b.run()
	b.refused(edge.Usage, "need a terminal", code, out, errout)
}

// inCare is somebody about whom healthcare has written.
func inCare(t *testing.T, g *gate) model.PersonID {
	t.Helper()
	nurse, err := g.SignIn(t.Context(), "nurse", demo.Passphrase)
	if err != nil {
		t.Fatal(err)
	}
	defer nurse.Close()
	for _, row := range nurse.Rows() {
		if r, err := nurse.Get(t.Context(), row.ID); err == nil && !r.Health.Log.Last.IsZero() {
			return row.ID
		}
	}
	t.Fatal("healthcare has written about nobody")
	return model.PersonID{}
}

func byManager(o model.Override) bool { return o.Staff == "manager" }

// The demonstration's own hub made the keys that are held apart: a manager sees
// behind the glass what the nurse wrote, and nothing before.
func TestAManagerBreaksTheGlassAtTheDesk(t *testing.T) {
	g := newGate(t)
	s, err := g.SignIn(t.Context(), "manager", demo.Passphrase)
	if err != nil {
		t.Fatal(err)
	}
	asked := model.GlassRequest{Person: inCare(t, g), Opens: model.Health, Reason: model.GlassLife, Words: "found unconscious in the cell"}
	if opened, err := s.BreakGlass(t.Context(), asked, "wrong"); err == nil || opened != nil {
		t.Error("opened with a wrong passphrase")
	}
	opened, err := s.BreakGlass(t.Context(), asked, demo.Passphrase)
	if err != nil {
		t.Fatal(err)
	}
	defer opened.Close()
	if r, err := opened.Get(t.Context()); err != nil || r.Health == nil || r.Health.Log.Last.IsZero() {
		t.Errorf("behind the glass: %v", err)
	}
	if r, err := s.Get(t.Context(), asked.Person); err != nil || r.Health != nil || !slices.ContainsFunc(r.Glass(), byManager) {
		t.Errorf("the session itself: %+v, %v", r, err)
	}
}
