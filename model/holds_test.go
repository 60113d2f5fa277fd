package model_test

import (
	"strings"
	"testing"

	"github.com/throughgate/throughgate/model"
)

// What only custody may read holds the person for everybody, and says no more.
func TestAHoldOfCustodyIsKnownWithoutItsReason(t *testing.T) {
	for _, code := range strings.Fields("TG TSE TAH XLDEPORT XSDEPORT") {
		officer := newDesk(t, 1, model.RoleReception)
		officer.do(morning, &model.ReleaseSet{Day: 20000, Basis: model.BasisConfirmed})
		follow(officer, morning, &model.AlertSet{Code: code, Active: true})
		r := officer.record()
		if held := r.StandingHolds(); len(held) != 1 || held[0].Code != code || held[0].Whose == "" || !r.Shared.Held() {
			t.Errorf("%s: an officer sees %+v", code, held)
		}
		if model.Ready(&r.Shared) || r.Shared.Item(model.ItemReleaseDate).State != model.Problem {
			t.Errorf("%s does not stop the release", code)
		}
		nurse := &model.Record{Shared: r.Shared, Health: &model.HealthPart{}}
		seen := toJSON(t, nurse.Shared) + toJSON(t, nurse.StandingHolds())
		if strings.Contains(seen, code) || strings.Contains(seen, model.AlertWords(code)) || !strings.Contains(seen, "A hold by custody") {
			t.Errorf("%s: a nurse can read %s", code, seen)
		}
		follow(officer, morning, &model.AlertSet{Code: code})
		if officer.record().Shared.Held() {
			t.Errorf("%s has ended, and holds", code)
		}
	}
}

// Nobody ticks a hold away: it ends with its alert.
func TestAHoldIsNotSetAsideByHand(t *testing.T) {
	for _, code := range strings.Fields("XNR TM PTD") {
		d := newDesk(t, 1, model.RoleReception)
		d.do(morning, &model.ReleaseSet{Day: 20000, Basis: model.BasisConfirmed})
		d.do(morning, &model.AlertSet{Code: code, Active: true})
		d.do(morning, &model.ItemSet{Item: model.ItemReleaseDate, State: model.NotNeeded, Note: "no"})
		if got := d.record().Shared.Item(model.ItemReleaseDate); got.State != model.Problem {
			t.Errorf("%s: %+v", code, got)
		}
		d.do(morning, &model.AlertSet{Code: code})
		if got := d.record().Shared.Item(model.ItemReleaseDate); got.State == model.Problem {
			t.Errorf("%s has ended: %+v", code, got)
		}
	}
	d := newDesk(t, 1, model.RoleReception)
	follow(d, morning, &model.AlertSet{Code: "TG", Active: true})
	if err := (&model.HoldSet{}).Check(d.record(), morning); err == nil {
		t.Error("a hold was lifted while its alert stands")
	}
}

// Social care is one of custody's alerts; that somebody must see to it is not.
func TestASocialCareAlertBeginsTheLine(t *testing.T) {
	d := newDesk(t, 1, model.RoleReception)
	facts, _ := model.FactsOf(model.ItemSocialCare)
	follow(d, morning, &model.AlertSet{Code: "ADSC", Active: true})
	if !facts.Applies(&d.record().Shared) || strings.Contains(toJSON(t, d.record().Shared), "ADSC") {
		t.Error("the line does not apply, or says which alert asked for it")
	}
}
