package model_test

import (
	"bytes"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/throughgate/throughgate/model"
)

// A letter that was signed before format 2 keeps its bytes, and so its hash and
// its signature, when this program reads it.
func TestALetterOfFormat1KeepsItsBytes(t *testing.T) {
	frozen, err := os.ReadFile("testdata/letter-format1.json")
	if err != nil {
		t.Fatal(err)
	}
	old, err := model.ThawLetter(frozen)
	if err != nil || old.Format != 1 || old.Data != nil {
		t.Fatalf("format %d, data %v, %v", old.Format, old.Data, err)
	}
	if again, _, err := old.Freeze(); err != nil || !bytes.Equal(again, frozen) {
		t.Errorf("it froze to other bytes, %v:\n%s", err, again)
	}
}

func TestLetterDataIsWhatTheSectionsSay(t *testing.T) {
	d := leaver(t)
	writeUp(d, morning)
	data := model.Assemble(d.record(), facts(d, morning)).Data
	if data.NHS != (model.Trace{Value: "9434765919", Status: model.TraceVerified}) || data.Born.ISO() != "1980-08-14" || data.Prison != "A1234AA" {
		t.Errorf("the person: %+v", data)
	}
	if len(data.Medicines) != 3 || data.Medicines[2].Current() || data.Medicines[2].Stopped.Reason != "weight gain" {
		t.Fatalf("medicines: %+v", data.Medicines)
	}
	methadone := data.Medicines[0]
	if methadone.Schedule != model.Schedule2 || methadone.Supply == nil || methadone.Supply.Route != model.SupplyFP10MDA || methadone.Supply.Next != today+1+14 {
		t.Errorf("methadone: %+v, %+v", methadone, methadone.Supply)
	}
	if data.Allergies != model.AllergiesKnown || len(data.AllergyList) != 1 || len(data.Problems) != 2 || len(data.Consents) != 2 || !data.Consents[0].Agreed {
		t.Errorf("allergies, problems, consents: %+v", data)
	}
	if _, err := sign(d, morning, clinicianKey); err != nil {
		t.Error(err)
	}
}

func TestLetterDataOfARestrictedPersonHasNoAddressAndNoPractice(t *testing.T) {
	d := leaver(t)
	d.do(morning, &model.PersonRestricted{Restricted: true})
	data := model.Assemble(d.record(), facts(d, morning)).Data
	if !data.Restricted || len(data.Contact.Lines()) > 0 || !data.Practice.IsZero() {
		t.Errorf("%+v", data)
	}
}

func TestALetterThatReplacesAnotherNamesItsHash(t *testing.T) {
	d := leaver(t)
	writeUp(d, morning)
	first, err := sign(d, morning, clinicianKey)
	if err != nil {
		t.Fatal(err)
	}
	if next := model.Assemble(d.record(), facts(d, morning)); next.Supersedes != 1 || next.Data.Replaces != first.Hash {
		t.Errorf("it replaces letter %d, %s", next.Supersedes, next.Data.Replaces)
	}
}

// Tablets handed over, a prescription and what the person keeps are counted
// three times over by a practice that is not told of each.
func TestLetterTellsEverySupplyOfAMedicine(t *testing.T) {
	d := leaver(t)
	r := d.record()
	m := r.Health.Medicines[medicine(1, "Sertraline").ID]
	leaves := today + 1
	r.Health.Further = map[model.MedicineID]model.Supply{m.ID: {For: m.Fingerprint(), SupplyDecision: model.SupplyDecision{
		Route: model.SupplyEPS, Quantity: 2800, Unit: "tablets", Days: 28, Begins: leaves + 28}}}
	r.Health.Counted = map[model.MedicineID]model.Held{m.ID: {Quantity: 600, Unit: "tablets", Days: 6, Day: today}}
	letter := model.Assemble(r, facts(d, morning))
	section, _ := letter.Section(model.HeadingMedicines)
	var cells []string
	for _, row := range section.Table.Rows {
		if strings.HasPrefix(row[0], "Sertraline") {
			cells = row[4:]
		}
	}
	want := []string{"28 tablets; and keeps 6 tablets, 5 days left", "Electronic prescription (EPS): 28 tablets; from 22-Dec-2026", "28; and 28; and 5 kept", "19-Jan-2027"}
	if !slices.Equal(cells, want) {
		t.Errorf("%q, want %q", cells, want)
	}
	for _, one := range letter.Data.Medicines {
		if one.ID == m.ID && (one.Further == nil || one.Further.Route != model.SupplyEPS || one.Kept == nil || one.Kept.Days != 5 || one.Supply.Next != leaves+56) {
			t.Errorf("%+v, %+v, %+v", one.Supply, one.Further, one.Kept)
		}
	}
}
