package model_test

import (
	"testing"

	"github.com/throughgate/throughgate/model"
)

func TestReadyMeansThatOnlyTheGateIsLeft(t *testing.T) {
	d := newDesk(t, 1, model.RoleNurse)
	for _, facts := range model.Checklist() {
		row := model.RowOf(model.PersonID{1}, &d.record().Shared)
		if row.Ready() != facts.AtGate {
			t.Errorf("before %s, ready = %v", facts.Name, row.Ready())
		}
		if facts.AtGate {
			break
		}
		d.do(morning, &model.ItemSet{Item: facts.ID, State: model.NotNeeded, Note: "settled"})
	}
}
