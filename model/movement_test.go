package model_test

import (
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/throughgate/throughgate/model"
)

func TestReleaseClasses(t *testing.T) {
	for class, codes := range map[model.ReleaseClass]string{
		model.ReleasePlanned:      "CR NP SC PD CE D1 D2 D3 D4 D5 D6 IF IR HR HU HD HE PX AR",
		model.ReleaseShortNotice:  "BD PF ER RW",
		model.ReleaseNoNotice:     "NCS NG DS AU DA BL HC",
		model.ReleaseOutOfCountry: "DD DE DL RE EX ETR",
		model.ReleaseToHospital:   "HP",
		model.ReleaseNotCare:      "DEC ESCP UAL UAL_ECL MRG AV AS 99",
		model.ReleaseTemporary:    "RO R2 R3 FB 3 C3 C4 C5 C6 PC",
		model.ReleaseUnclassed:    "REL ZZZ N",
	} {
		for code := range strings.FieldsSeq(codes) {
			if got := model.ReleaseClassOf(code); got != class {
				t.Errorf("%s: class %q, want %q", code, got, class)
			}
		}
		if class.Words() == "" {
			t.Errorf("class %q has no words", class)
		}
	}
	if got := model.ReleaseClassesOf("BL"); !slices.Equal(got, []model.ReleaseClass{model.ReleaseNoNotice, model.ReleaseShortNotice}) {
		t.Errorf("bail can be %v", got)
	}
	if got := model.ReleaseClassesOf("ZZZ"); got != nil {
		t.Errorf("an unknown reason can be %v", got)
	}
}

func TestTheGPIsLeftOutOnlyForKnownReasons(t *testing.T) {
	if !model.ReleaseClassOf("").NeedsGP() || !model.ReleaseClassOf("BL").NeedsGP() || model.ReleaseClassOf("DD").NeedsGP() || model.ReleaseClassOf("HP").NeedsGP() {
		t.Error("a release without a known reason still needs a GP")
	}
	if !model.ReleaseClassOf("DD").NeedsMedicines() || model.ReleaseClassOf("DEC").NeedsMedicines() {
		t.Error("the deported leave with medicines, the dead do not")
	}
}

// The list of RequestToReleasePrisoner in prison-api.
func TestReleaseReasonsAccepted(t *testing.T) {
	const accepted = "AR AU BD BL CE CR D1 D2 D3 D4 D5 D6 DA DD DE DEC DL DS ER ESCP ETR EX HC HD HE HP HR HU IF MRG NCS NG NP PD PF PX RE RW SC UAL"
	for code := range strings.FieldsSeq(accepted) {
		if !model.ReleaseAccepted(code) {
			t.Errorf("%s must be accepted", code)
		}
	}
	for _, code := range []string{"AS", "AV", "UAL_ECL", "99", "REL", "IR", "ZZZ", "", "C5"} {
		if model.ReleaseAccepted(code) {
			t.Errorf("%s must not be accepted", code)
		}
	}
}

func TestMovementReasonsAreWhole(t *testing.T) {
	for _, kind := range model.MovementTypes() {
		reasons := model.MovementReasons(kind)
		if len(reasons) < 10 || strings.HasPrefix(kind.Words(), "Movement") {
			t.Errorf("%s: %d reasons, words %q", kind, len(reasons), kind.Words())
		}
		seen := map[string]bool{}
		for _, r := range reasons {
			if seen[r.Code] || r.Words == "" || r.Ended || utf8.RuneCountInString(r.Words) > 50 {
				t.Errorf("%s %s: twice, ended, or words %q", kind, r.Code, r.Words)
			}
			seen[r.Code] = true
			if err := model.CheckMovement(kind, r.Code); err != nil {
				t.Errorf("%s %s: %v", kind, r.Code, err)
			}
			if kind == model.MovementRelease && len(model.ReleaseReasonShort(r.Code)) > 12 {
				t.Errorf("%s: %q is too long for the board", r.Code, model.ReleaseReasonShort(r.Code))
			}
			if _, both := model.FindMovementReason(model.MovementTemporary, r.Code); both && kind == model.MovementRelease {
				t.Errorf("%s is a release and a temporary absence, so its class is not clear", r.Code)
			}
		}
	}
}

func TestMovementsOfHistoryPassAndInventionsDoNot(t *testing.T) {
	for _, c := range []struct {
		kind model.MovementType
		code string
		ok   bool
	}{
		{model.MovementTemporary, "1", true}, // no longer given
		{model.MovementAdmission, "TRNCRT", true},
		{model.MovementCourt, "CRT", true},
		{model.MovementAdmission, "CRT", false},
		{"XXX", "CRT", false},
		{model.MovementRelease, "", false},
	} {
		if err := model.CheckMovement(c.kind, c.code); (err == nil) != c.ok {
			t.Errorf("%s %s: %v", c.kind, c.code, err)
		}
	}
	if got := model.MovementReasonWords(model.MovementRelease, "NEW"); got != "Reason NEW" {
		t.Errorf("an unknown reason reads %q", got)
	}
	if got := model.MovementReasonWords(model.MovementRelease, "CR"); got != "Conditional release" {
		t.Errorf("CR reads %q", got)
	}
}
