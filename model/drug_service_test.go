package model_test

import (
	"maps"
	"strings"
	"testing"

	"github.com/throughgate/throughgate/model"
)

// Opioid substitution goes on with the service that is named. A practice that was
// asked for it too would prescribe it twice.
func TestTheLetterAsksTheDrugServiceForItsMedicineAndThePracticeForTheRest(t *testing.T) {
	asked := func(service string) map[string]string {
		d := leaver(t) // takes methadone for 14 days and more for 28
		writeUp(d, morning)
		d.do(morning, &model.OSTSet{Drug: "Methadone", Dose: "40 mg", Service: service})
		s, _ := model.Assemble(d.record(), facts(d, morning)).Section(model.HeadingPlan)
		byWhen := make(map[string]string)
		for _, row := range s.Table.Rows {
			if strings.HasPrefix(row[1], "Continue ") {
				byWhen[row[0]] = row[1] + " | " + row[2]
			}
		}
		return byWhen
	}
	const practice = "Continue the medicines below: the first supply ends and the next is due | "
	for service, want := range map[string]map[string]string{
		"Forward Leeds": {
			"GP practice":   practice + "Tue 22-Dec-2026",
			"Forward Leeds": "Continue Methadone 1 mg/ml oral solution: the supply ends and the next is due | Tue 08-Dec-2026",
		},
		"": {"GP practice": practice + "Tue 08-Dec-2026"},
	} {
		if got := asked(service); !maps.Equal(got, want) {
			t.Errorf("with %q as the service: %q", service, got)
		}
	}
}

// Who leaves without a bag signs for what they have, and nothing is left to hand over.
func TestAReceiptStandsForTheHandOverWhereNothingIsPacked(t *testing.T) {
	d := toLeave(t)
	d.do(morning, &model.ItemSet{Item: model.ItemMedicines, State: model.NotNeeded, Note: "none"})
	if item := d.record().Shared.Item(model.ItemHandover); item.State != model.NotStarted {
		t.Errorf("before anybody signed it is %q", item.State.Words())
	}
	d.do(morning.Add(1), &model.GateReceiptSigned{Signature: model.SignatureGiven, Letter: "given"})
	if item := d.record().Shared.Item(model.ItemHandover); item.State != model.Done || item.Staff == "" {
		t.Errorf("after the receipt it is %q, %q", item.State.Words(), item.Staff)
	}
}
