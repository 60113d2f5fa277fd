package model_test

import (
	"strings"
	"testing"
	"time"

	"github.com/throughgate/throughgate/model"
)

var noneLines = []model.ItemID{model.ItemMedicines, model.ItemReconciled, model.ItemSupplyDecided}

// What a nurse alone says of an empty list settles nothing: a prescriber confirms
// it as they sign a list, and whatever is written on the list afterwards ends it.
func TestNoMedicinesHoldOnceAPrescriberConfirmsThem(t *testing.T) {
	nurse, prescriber := newDesk(t, 1, model.RoleNurse), newDesk(t, 2, model.RolePrescriber)
	states := func(d *desk, want model.ItemState) {
		t.Helper()
		for _, line := range noneLines {
			if item := d.record().Shared.Item(line); item.State != want {
				t.Errorf("%s is %s, want %s", line, item.State.Words(), want.Words())
			}
		}
	}
	nurse.must(morning, &model.MedicinesNone{With: "GP record"})
	states(nurse, model.InProgress)
	if item := nurse.record().Shared.Item(model.ItemMedicines); item.Note != "To be confirmed by a prescriber." {
		t.Errorf("the line says %q", item.Note)
	}
	if state := nurse.record().Shared.Item(model.ItemOST).State; state.Settled() {
		t.Errorf("substitution is %s on a nurse's word", state.Words())
	}
	nurse.meet(prescriber)
	prescriber.must(morning.Add(time.Hour), &model.MedicinesReconciled{List: prescriber.record().Health.ListHash()})
	states(prescriber, model.Done)
	prescriber.meet(nurse)
	nurse.must(morning.Add(2*time.Hour), medicine(1, "Sertraline"))
	if nurse.record().Health.NoMedicinesStated() || nurse.record().Shared.Item(model.ItemMedicines).State != model.InProgress {
		t.Error("a medicine did not open the list again")
	}
}

// A signature that was there before somebody stated anything confirms nothing.
func TestASignatureBeforeTheStatementConfirmsNothing(t *testing.T) {
	d := newDesk(t, 1, model.RolePrescriber)
	m := medicine(1, "Sertraline")
	d.must(morning, m, &model.MedicineStopped{ID: m.ID, Day: today, Reason: "ended"}, &model.MedicinesNone{With: "Prison chart"})
	if !d.record().Health.NoMedicinesConfirmed() {
		t.Error("a prescriber's own statement is not their signature")
	}
	d.must(morning.Add(time.Minute), &model.MedicinesReconciled{List: d.record().Health.ListHash()})
	nurse := newDesk(t, 2, model.RoleNurse)
	d.meet(nurse)
	nurse.must(morning.Add(time.Hour), &model.MedicinesNone{With: "What the person says"})
	if nurse.record().Health.NoMedicinesConfirmed() {
		t.Error("stated anew, and taken for confirmed")
	}
}

func TestNoMedicinesSayWhatTheyAreKnownFrom(t *testing.T) {
	for with, ok := range map[string]bool{"": false, " ": false, "GP record": true, strings.Repeat("x", 161): false, "a\x1b[2Jb": false} {
		d := newDesk(t, 1, model.RoleNurse)
		if err := d.write(morning, &model.MedicinesNone{With: with}); (err == nil) != ok {
			t.Errorf("%q: %v", with, err)
		}
	}
	old := newDesk(t, 1, model.RoleNurse)
	old.do(morning, &model.MedicinesNone{}) // as it was written before a source was asked for
	h := old.record().Health
	if words := h.NoneWords(func(by model.Signed) string { return string(by.Role) }); !h.NoMedicinesStated() || h.NoMedicinesConfirmed() || words != "No medicines, stated by nurse. Not confirmed by a prescriber" {
		t.Errorf("an old statement is %q", words)
	}
}
