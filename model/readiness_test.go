package model_test

import (
	"testing"

	"github.com/throughgate/throughgate/model"
)

// Everything that blocks must be settled, in whatever order, before anybody is
// ready; what does not block may be left.
func TestReadyMeansThatOnlyTheGateAndFollowUpsAreLeft(t *testing.T) {
	d := newDesk(t, 1, model.RoleNurse)
	d.do(morning, &model.AlertSet{Code: "HA", Active: true})
	blocking := 0
	for _, facts := range model.Checklist() {
		if facts.Blocks && facts.Stage == model.BeforeGate {
			blocking++
		}
	}
	for _, facts := range model.Checklist() {
		s := &d.record().Shared
		row := model.RowOf(model.PersonID{1}, s)
		if want := blocking == 0; row.Ready() != want || model.Ready(s) != want || row.Blocking() < blocking {
			t.Errorf("before %s, ready = %v, want %v", facts.Name, row.Ready(), want)
		}
		if !facts.Blocks || facts.Stage != model.BeforeGate {
			continue
		}
		d.do(morning, &model.ItemSet{Item: facts.ID, State: model.NotNeeded, Note: "settled"})
		blocking--
	}
	if missing := model.Timeline(nil).Readiness(&d.record().Shared); len(missing) == 0 {
		t.Error("follow-ups and the gate are still to do")
	}
}
