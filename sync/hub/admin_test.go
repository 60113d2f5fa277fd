package hub_test

import (
	"encoding/json"
	"testing"

	"github.com/throughgate/throughgate/model"
	"github.com/throughgate/throughgate/sync/hub"
)

func TestEveryVerbAnswers(t *testing.T) {
	s := newService(t)
	d := s.desk("LEI")
	s.staff("first", "LEI", model.RoleNurse)
	for _, tt := range []struct{ verb, in string }{
		{hub.VerbAddSite, `{"code":"WWI","name":"HMP Wandsworth"}`},
		{hub.VerbSites, `{}`},
		{hub.VerbAddStaff, `{"id":"a.khan","site":"WWI","role":"nurse","name":"Khan, A"}`},
		{hub.VerbStaff, `{"site":"WWI"}`},
		{hub.VerbStaff, `{}`},
		{hub.VerbDisableStaff, `"a.khan"`},
		{hub.VerbDisableStaff, `"a.khan"`},
		{hub.VerbStaffEnable, `"a.khan"`},
		{hub.VerbStaffRole, `{"id":"a.khan","role":"wing"}`},
		{hub.VerbStaffReset, `"a.khan"`},
		{hub.VerbStaffMove, `{"id":"a.khan","site":"LEI"}`},
		{hub.VerbSSHKeyAdd, `{"id":"a.khan","key":"` + skLine + `"}`},
		{hub.VerbSSHKeys, `"a.khan"`},
		{hub.VerbSSHKeyRemove, `{"id":"a.khan","key":"` + skLine + `"}`},
		{hub.VerbRotate, `{"site":"WWI","compartment":"health"}`},
		{hub.VerbAddCode, `{"site":"WWI"}`},
		{hub.VerbDevices, `{"site":"LEI"}`},
		{hub.VerbWithdrawDevice, `"` + d.Device.String() + `"`},
		{hub.VerbWithdrawDevice, `"` + d.Device.String() + `"`},
		{hub.VerbSetReference, `{"table":"prisons","lines":"e30K"}`},
		{hub.VerbStatus, `{}`},
		{hub.VerbRestored, `{}`},
	} {
		out, err := s.Call(tt.verb, []byte(tt.in))
		if err != nil || !json.Valid(out) {
			t.Errorf("%s %s: %s, %v", tt.verb, tt.in, out, err)
		}
	}
}

func TestVerbsRefuseWhatTheyDoNotKnow(t *testing.T) {
	s := newService(t)
	for _, tt := range []struct {
		verb, in string
		want     model.Kind
	}{
		{"site.burn", `{}`, model.KindNotFound},
		{"", ``, model.KindNotFound},
		{hub.VerbSites, ``, model.KindInvalid},
		{hub.VerbSites, `<html>`, model.KindInvalid},
		{hub.VerbAddSite, `{"code":"WWI","name":"HMP Wandsworth","colour":"red"}`, model.KindInvalid},
		{hub.VerbStaff, `{"site":"WWI"}`, model.KindNotFound},
		{hub.VerbDevices, `{"site":"WWI"}`, model.KindNotFound},
		{hub.VerbWithdrawDevice, `"x"`, model.KindInvalid},
	} {
		if _, err := s.Call(tt.verb, []byte(tt.in)); model.KindOf(err) != tt.want {
			t.Errorf("%s %s: %v, want %s", tt.verb, tt.in, err, tt.want)
		}
	}
}
