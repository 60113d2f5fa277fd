package model_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/throughgate/throughgate/model"
)

const deskAlerts = "HA HA1 HA2 HC HS VU OFR MAS MEP MFL MHT MSI MSP HID PEEP PGWCP TM RCON RNO121 RSS XSA XRF RR46 V45 VOP VLES VIP XNR XEL XXRAY RKS PTD"

func TestOnlyTheDeskSetIsShared(t *testing.T) {
	shared := map[string]bool{}
	for code := range strings.FieldsSeq(deskAlerts) {
		shared[code] = true
		if _, ok := model.FindAlertCode(code); !ok {
			t.Errorf("%s has no row", code)
		}
	}
	for _, a := range model.AlertCodes() {
		if model.AlertIsShared(a.Code) != shared[a.Code] {
			t.Errorf("%s: shared is %v", a.Code, !shared[a.Code])
		}
	}
	if model.AlertIsShared("NEWCODE") || model.AlertIsShared("") {
		t.Error("a code not known here may be of type D, and must not be shared")
	}
}

func TestSecurityAlertsNeverReachThePerson(t *testing.T) {
	for _, code := range []string{"DCDO", "DCEO", "DOCGM", "XNR", "XSA", "XXRAY", "XEL", "XTACT", "NEWCODE"} {
		if model.AlertMayReachPerson(code) {
			t.Errorf("%s may reach the person", code)
		}
	}
	if !model.AlertMayReachPerson("HA") || !model.AlertMayReachPerson("PGWCP") {
		t.Error("self-harm and medical alerts may be spoken of")
	}
}

func TestAlertRowsAreWhole(t *testing.T) {
	seen := map[string]bool{}
	for _, a := range model.AlertCodes() {
		if seen[a.Code] || len(a.Code) > 12 || a.Words == "" || utf8.RuneCountInString(a.Words) > 60 {
			t.Errorf("%s: twice, too long, or words %q", a.Code, a.Words)
		}
		seen[a.Code] = true
		if strings.HasPrefix(model.AlertTypeWords(a.Type), "Alert type") {
			t.Errorf("%s: type %s has no words", a.Code, a.Type)
		}
	}
	if len(seen) < 100 || seen["SH"] || model.AlertWords("SH") != "Self-harm" {
		t.Error("an ended alert is not offered and keeps its words")
	}
	if model.AlertWords("NEWCODE") != "Alert NEWCODE" {
		t.Error("an unknown alert says its code")
	}
}

func TestAlertsThatAskBeforeARelease(t *testing.T) {
	for _, code := range []string{"XNR", "TG", "TM", "TSE", "TAH", "PTD", "XLDEPORT", "XSDEPORT"} {
		if !model.AlertStopsRelease(code) {
			t.Errorf("%s must be answered before a release", code)
		}
	}
	if model.AlertStopsRelease("MAS") {
		t.Error("asthma does not stop a release")
	}
	if !model.IsACCTOpen("HA") || model.IsACCTOpen("HA1") || model.IsACCTOpen("HA2") || !model.IsACCTPostClosure("HA1") {
		t.Error("HA is open, HA1 in follow-up, HA2 closed")
	}
	for _, code := range []string{"HA", "HA1", "HA2", "HC", "HS", "SH", "VU", "F1"} {
		if !model.AlertIsSelfHarm(code) {
			t.Errorf("%s is a sign of self-harm", code)
		}
	}
}
