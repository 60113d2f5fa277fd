package model_test

import (
	"testing"

	"github.com/throughgate/throughgate/model"
)

func TestWhatCannotWait(t *testing.T) {
	for _, tt := range []struct {
		medicine model.Prescribed
		want     model.CriticalClass
	}{
		{model.Prescribed{Name: "Insulin glargine"}, model.CriticalInsulin},
		{model.Prescribed{Name: "NovoRapid FlexPen"}, model.CriticalInsulin},
		{model.Prescribed{Name: "Levetiracetam"}, model.CriticalAnticonvulsant},
		{model.Prescribed{Name: "Sodium valproate"}, model.CriticalAnticonvulsant},
		{model.Prescribed{Name: "Apixaban"}, model.CriticalAnticoagulant},
		{model.Prescribed{Name: "Clozapine"}, model.CriticalClozapine},
		{model.Prescribed{Name: "Zuclopenthixol decanoate"}, model.CriticalDepot},
		{model.Prescribed{Name: "Aripiprazole", Form: "prolonged-release suspension for injection"}, model.CriticalDepot},
		{model.Prescribed{Name: "Aripiprazole", Form: "tablets"}, ""},
		{model.Prescribed{Name: "Methadone", Form: "oral solution"}, model.CriticalOST},
		{model.Prescribed{Name: "Buvidal"}, model.CriticalOST},
		{model.Prescribed{Name: "Prednisolone", Form: "tablets"}, model.CriticalSteroid},
		{model.Prescribed{Name: "Hydrocortisone", Form: "cream"}, ""},
		{model.Prescribed{Name: "Dolutegravir"}, model.CriticalHIV},
		{model.Prescribed{Name: "Tacrolimus", Form: "capsules"}, model.CriticalTransplant},
		{model.Prescribed{Name: "Tacrolimus", Form: "ointment"}, ""},
		{model.Prescribed{Name: "Chlordiazepoxide"}, model.CriticalAlcohol},
		{model.Prescribed{Name: "Diazepam", Indication: "Alcohol detoxification"}, model.CriticalAlcohol},
		{model.Prescribed{Name: "Diazepam", Indication: "Back spasm"}, ""},
		{model.Prescribed{Name: "Sertraline"}, ""},
		{model.Prescribed{Name: "Omeprazole"}, ""},
	} {
		if got, _ := tt.medicine.CriticalClass(); got != tt.want {
			t.Errorf("%s %s is %q, want %q", tt.medicine.Name, tt.medicine.Form, got, tt.want)
		}
	}
}

func TestEveryCriticalClassSaysWhatIsAtStake(t *testing.T) {
	for _, class := range model.CriticalClasses() {
		if class.Words() == "" || class.Without() == "" {
			t.Errorf("%s has no words", class)
		}
	}
}

// A pregnancy is no medicine, and is flagged all the same; a medicine that was
// stopped is not.
func TestATriageAsksAboutPregnancyAndNotAboutWhatWasStopped(t *testing.T) {
	r := model.NewRecord(model.PersonID{1}, model.Compartments())
	r.Shared.Alerts = map[string]model.Alert{"PGWCP": {Active: true}}
	stopped := model.Medicine{ID: "2", Prescribed: model.Prescribed{Name: "Warfarin"}, Stopped: model.Stop{Day: 20000}}
	flags := r.CriticalFlags([]model.Medicine{{ID: "1", Prescribed: model.Prescribed{Name: "Insulin"}}, stopped})
	if len(flags) != 2 || flags[0].Class != model.CriticalInsulin || flags[1].Class != model.CriticalPregnancy {
		t.Errorf("flagged: %+v", flags)
	}
	r.Shared.Alerts = nil
	r.Health.Problems = []string{"Pregnant, 20 weeks"}
	if flags := r.CriticalFlags(nil); len(flags) != 1 {
		t.Errorf("a pregnancy among the problems gives %+v", flags)
	}
}
