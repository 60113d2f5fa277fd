package fhir_test

import (
	"bytes"
	"fmt"
	"testing"

	"github.com/throughgate/throughgate/model"
	"github.com/throughgate/throughgate/model/fhir"
	"github.com/throughgate/throughgate/model/letter"
)

// A letter of 40 medicines becomes a PDF and a document with it within 100 ms.
func BenchmarkLetterOf40MedicinesToPDFAndFHIR(b *testing.B) {
	changes := leaver(b)
	for i := range 36 {
		m := &model.MedicineSet{ID: model.NewMedicineID([8]byte{1, byte(i)}), Prescribed: model.Prescribed{
			Name: fmt.Sprintf("Medicine number %d", i), Strength: "50 mg", Form: "tablets", Dose: "50 mg", Route: "by mouth", Frequency: "twice a day",
		}}
		changes = append(changes, m, &model.SupplySet{ID: m.ID, For: m.Fingerprint(), SupplyDecision: model.SupplyDecision{
			Route: model.SupplyTTO, Quantity: 5600, Unit: "tablets", Days: 28}})
	}
	l := letterOf(record(changes...), leeds)
	o := signed(b, l)
	for b.Loop() {
		var pdf bytes.Buffer
		if err := letter.PDF(&pdf, l, letter.Options{Signed: o.Signed}); err != nil {
			b.Fatal(err)
		}
		if _, err := fhir.Document(l, fhir.Options{Signed: o.Signed, PDF: pdf.Bytes()}); err != nil {
			b.Fatal(err)
		}
	}
}
