package model_test

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/throughgate/throughgate/model"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// golden compares with testdata/name, or writes it with -update.
func golden(t *testing.T, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		if err := os.MkdirAll("testdata", 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if got != strings.ReplaceAll(string(want), "\r\n", "\n") {
		t.Errorf("%s is not what stands in the golden file; run make golden and read the difference\n%s", name, got)
	}
}

// sampleOf returns a change of a kind whose right depends on nothing else.
func sampleOf(t *testing.T, kind string) model.Change {
	t.Helper()
	c, err := model.DecodeChange(kind, []byte("{}"))
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// TestRightsMatrix is who may do what, to be read by people: a line here is a
// decision.
func TestRightsMatrix(t *testing.T) {
	var out strings.Builder
	roles := model.Roles()
	fmt.Fprintf(&out, "%-26s", "")
	for _, role := range roles {
		fmt.Fprintf(&out, " %-9.9s", role)
	}
	line := func(name string, c model.Change) {
		fmt.Fprintf(&out, "\n%-26s", name)
		for _, role := range roles {
			word := "-"
			if model.Allow(model.Actor{Staff: "a.khan", Role: role, Site: "LEI"}, c, &model.Record{}) == nil {
				word = "yes"
			}
			fmt.Fprintf(&out, " %-9s", word)
		}
	}
	for _, kind := range model.Kinds() {
		switch kind {
		case "item.set":
			for _, f := range model.Checklist() {
				line("item.set "+string(f.ID), &model.ItemSet{Item: f.ID})
			}
		case "item.checked":
			for _, f := range model.Checklist() {
				if len(f.Again) > 0 {
					line("item.checked "+string(f.ID), &model.ItemChecked{Item: f.ID})
				}
			}
		case "alert.set":
			line("alert.set HA", &model.AlertSet{Code: "HA"})
			line("alert.set XEL", &model.AlertSet{Code: "XEL"})
		case "conflict.settled": // has the right of the value that is kept
		default:
			line(kind, sampleOf(t, kind))
		}
	}
	lines := strings.Split(out.String(), "\n")
	for i := range lines {
		lines[i] = strings.TrimRight(lines[i], " ")
	}
	golden(t, "rights.txt", strings.Join(lines, "\n")+"\n")
}

// TestKindNames holds the names on the wire, and that each kind calls itself by
// the name it is known under.
func TestKindNames(t *testing.T) {
	golden(t, "kinds.txt", strings.Join(model.Kinds(), "\n")+"\n")
	for _, kind := range model.Kinds() {
		if got := sampleOf(t, kind).Kind(); got != kind {
			t.Errorf("%s calls itself %s", kind, got)
		}
	}
}

// What brings other changes with it must be allowed them, whoever may do it:
// the store writes both or neither.
func TestWhoMayChangeMayAlsoMoveTheLine(t *testing.T) {
	medicineLines := []model.ItemID{model.ItemMedicines, model.ItemLetter, model.ItemReconciled, model.ItemSupplyDecided, model.ItemOST}
	owners := map[string][]model.ItemID{
		"alert.set": {model.ItemSocialCare}, "allergies.set": {model.ItemLetter},
		"consent.set": {model.ItemConsent, model.ItemGP, model.ItemPractice, model.ItemLetter, model.ItemLetterDelivered, model.ItemReconnect}, "gp.step": {model.ItemGP, model.ItemPractice}, "gp.chased": {model.ItemGP},
		"gp.prison": {model.ItemDeduction}, "gp.deducted": {model.ItemDeduction},
		"medicine.set": medicineLines, "medicine.stopped": medicineLines, "medicines.none": medicineLines, "medicine.counted": medicineLines,
		"supply.set": medicineLines, "supply.packed": medicineLines, "supply.further": medicineLines, "supply.witnessed": medicineLines,
		"ost.set": medicineLines, "depot.set": medicineLines, "bag.returned": medicineLines,
		"medicines.compared": {model.ItemReconciled}, "medicines.reconciled": {model.ItemReconciled}, "naloxone.set": {model.ItemNaloxone, model.ItemLetter},
		"triage.set": {}, "medicines.frozen": {}, // steps of the rescue list, held by a test of their own
		"letter.draft": {model.ItemLetter}, "letter.signed": {model.ItemLetter, model.ItemPersonCopy, model.ItemLetterDelivered},
		"letter.ready": {model.ItemLetter}, "letter.risk": {model.ItemLetter, model.ItemLetterDelivered}, "letter.seen": {model.ItemLetter},
		"letter.sent": {model.ItemLetterDelivered}, "letter.delivered": {model.ItemLetterDelivered},
		"letter.acknowledged": {model.ItemLetterDelivered}, "letter.failed": {model.ItemLetterDelivered},
		"letter.copied": {model.ItemPersonCopy}, "appointment.set": {model.ItemAppointments, model.ItemLetter},
		"result.set": {model.ItemResults, model.ItemLetter}, "prevention.set": {model.ItemPrevention, model.ItemLetter},
	}
	for _, kind := range model.Kinds() {
		c := sampleOf(t, kind)
		if _, follower := c.(model.Follower); follower && owners[kind] == nil && kind != "conflict.settled" {
			t.Errorf("%s moves lines that this test does not know", kind)
		}
		for _, role := range model.Roles() {
			actor := model.Actor{Staff: "a.khan", Role: role, Site: "LEI"}
			if model.Allow(actor, c, &model.Record{}) != nil {
				continue
			}
			for _, id := range owners[kind] {
				if err := model.Allow(actor, &model.ItemSet{Item: id}, &model.Record{}); err != nil {
					t.Errorf("%s may do %s but not move %s", role, kind, id)
				}
			}
		}
	}
}
