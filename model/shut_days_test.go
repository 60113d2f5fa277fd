package model_test

import (
	"testing"

	"github.com/throughgate/throughgate/model"
)

func TestANextSupplyOnAShutDayNamesTheWorkingDayBefore(t *testing.T) {
	for day, want := range map[model.Day]string{
		model.NewDay(2026, 12, 10): "Thu 10-Dec-2026",
		model.NewDay(2026, 12, 5):  "Sat 05-Dec-2026, when practices are shut: by Fri 04-Dec-2026",
		model.NewDay(2026, 12, 26): "Sat 26-Dec-2026, when practices are shut: by Thu 24-Dec-2026",
	} {
		if got := model.SupplyBy(day); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}

func TestAPlanForASubstitutionThatIsNotOnTheListStaysOpen(t *testing.T) {
	d := newDesk(t, 1, model.RolePrescriber)
	d.must(morning, &model.MedicinesNone{With: "GP record"})
	if state := d.record().Shared.Item(model.ItemOST).State; state != model.NotNeeded {
		t.Fatalf("without medicines it is %q", state.Words())
	}
	d.do(morning, &model.OSTSet{Drug: "Methadone 1 mg/ml", Dose: "40 mg daily"})
	for _, c := range (&model.OSTSet{}).Follows(d.record()) {
		d.do(morning, c)
	}
	if h := d.record().Health; !h.OSTPlanAlone() || d.record().Shared.Item(model.ItemOST).State != model.InProgress {
		t.Error("a plan without its medicine is hidden")
	}
	d.must(morning, methadone())
	if d.record().Health.OSTPlanAlone() {
		t.Error("the plan's medicine is on the list now")
	}
}
