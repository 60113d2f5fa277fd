package model_test

import (
	"strings"
	"testing"
	"time"

	"github.com/throughgate/throughgate/model"
)

func hba1c(state model.ResultState) *model.ResultSet {
	return &model.ResultSet{ID: model.NewEntryID([8]byte{1}), Of: model.ResultTest, What: "HbA1c", Asked: today - 4, State: state}
}

func vaccine(n byte, state model.PreventionState) *model.PreventionSet {
	return &model.PreventionSet{ID: model.NewEntryID([8]byte{n}), Of: model.PreventionVaccine, What: "Hepatitis B dose 2", State: state, Day: today - 2, Batch: "AB12", Next: today + 150}
}

// The line of results is done when each is closed or has somebody who follows it
// up, and that of prevention when nothing is due that was not offered.
func TestTheLinesOfResultsAndPreventionFollowFromThem(t *testing.T) {
	d := leaver(t)
	for _, item := range []model.ItemID{model.ItemResults, model.ItemPrevention} {
		if err := d.write(morning, &model.ItemSet{Item: item, State: model.Done}); err == nil {
			t.Errorf("a hand ticks %s though nothing is recorded", item)
		}
	}
	awaited, owned, came := hba1c(model.ResultAwaited), hba1c(model.ResultAwaited), hba1c(model.ResultCame)
	owned.Who, owned.Due, came.Result = "GP", today+14, "48 mmol/mol"
	for _, step := range []struct {
		change model.Change
		item   model.ItemID
		state  model.ItemState
	}{
		{awaited, model.ItemResults, model.InProgress}, {owned, model.ItemResults, model.Done}, {came, model.ItemResults, model.Done},
		{vaccine(1, model.PreventionDue), model.ItemPrevention, model.InProgress}, {vaccine(1, model.PreventionDeclined), model.ItemPrevention, model.Done},
	} {
		d.must(morning, step.change)
		if got := d.record().Shared.Item(step.item); got.State != step.state || got.Note != "" {
			t.Errorf("after %s the line is %+v, want %s", step.change, got, step.state)
		}
	}
}

func TestResultsAndPreventionAreCheckedBeforeTheyAreKept(t *testing.T) {
	came, future, nameless := hba1c(model.ResultCame), hba1c(model.ResultAwaited), hba1c(model.ResultAwaited)
	future.Asked, nameless.What = today+1, ""
	undated, ahead := vaccine(1, model.PreventionGiven), vaccine(1, model.PreventionGiven)
	undated.Day, ahead.Day = 0, today+1
	for _, tt := range []struct {
		change model.Change
		field  string
	}{{came, "result"}, {future, "asked"}, {nameless, "what"}, {hba1c("maybe"), "state"}, {undated, "day"}, {ahead, "day"}, {vaccine(1, "perhaps"), "state"}} {
		err := leaver(t).write(morning, tt.change)
		if e, is := err.(*model.Error); !is || e.Field != tt.field {
			t.Errorf("%s is answered %v", tt.change, err)
		}
	}
}

func TestLetterTellsResultsAndVaccines(t *testing.T) {
	d := leaver(t)
	writeUp(d, morning)
	awaited, kept := hba1c(model.ResultAwaited), hba1c(model.ResultCame)
	awaited.ID, awaited.What, awaited.Who, awaited.Due = model.NewEntryID([8]byte{2}), "Liver function", "Prison healthcare", today+7
	kept.Result = "48 mmol/mol"
	hiv := &model.PreventionSet{ID: model.NewEntryID([8]byte{3}), Of: model.PreventionVirus, What: "HIV test", State: model.PreventionGiven, Day: today - 1, Unsaid: true}
	hepC := &model.PreventionSet{ID: model.NewEntryID([8]byte{4}), Of: model.PreventionVirus, What: "Hepatitis C test", State: model.PreventionGiven, Day: today - 1}
	d.must(morning, kept, awaited, hiv, hepC, vaccine(5, model.PreventionGiven))
	for code, wants := range map[model.HeadingCode][]string{
		"investigation-results": {"HbA1c (19-Nov-2026): 48 mmol/mol", "From the health record, by KHAN, A"},
		"outstanding-issues":    {"Prison healthcare: Test: Liver function (19-Nov-2026), by 30-Nov-2026", "Prison healthcare: Blood-borne virus test: Hepatitis C test (22-Nov-2026)"},
		"vaccinations":          {"Hepatitis B dose 2: given 21-Nov-2026, batch AB12; next due 22-Apr-2027"},
		model.HeadingPlan:       {"Prison healthcare / Outstanding: Test: Liver function (19-Nov-2026) / 30-Nov-2026", "Outstanding: Blood-borne virus test: Hepatitis C test"},
	} {
		got := section(t, d, code)
		for _, want := range wants {
			if !strings.Contains(got, want) {
				t.Errorf("%s lacks %q:\n%s", code, want, got)
			}
		}
		if strings.Contains(got, "HIV") {
			t.Errorf("%s tells what the person wanted left out:\n%s", code, got)
		}
	}
}

// A result that the letter told as awaited goes into a letter on late results, and
// leaves the discharge letter as it is.
func TestALateResultDoesNotReopenTheLetter(t *testing.T) {
	d := leaver(t)
	writeUp(d, morning)
	d.must(morning, hba1c(model.ResultAwaited))
	if _, err := sign(d, morning.Add(time.Hour), clinicianKey); err != nil {
		t.Fatal(err)
	}
	came := hba1c(model.ResultCame)
	came.Result = "61 mmol/mol"
	d.must(morning.Add(48*time.Hour), came)
	h := d.record().Health
	if !h.LetterHolds() {
		t.Error("the discharge letter is to be written again")
	}
	if got := h.LateResultLines(); len(got) != 1 || got[0] != "HbA1c (19-Nov-2026): 61 mmol/mol" {
		t.Errorf("the letter on late results begins with %q", got)
	}
	d.must(morning.Add(49*time.Hour), vaccine(9, model.PreventionGiven))
	if d.record().Health.LetterHolds() {
		t.Error("a vaccine that the letter does not tell leaves it as it is")
	}
}

// So does that of a test for a virus, which the letter told as awaited too.
func TestALateResultOfATestForAVirusIsTold(t *testing.T) {
	d := leaver(t)
	writeUp(d, morning)
	test := model.PreventionSet{ID: model.NewEntryID([8]byte{4}), Of: model.PreventionVirus, What: "Hepatitis C test", State: model.PreventionGiven, Day: today - 1}
	hidden := model.PreventionSet{ID: model.NewEntryID([8]byte{3}), Of: model.PreventionVirus, What: "HIV test", State: model.PreventionGiven, Day: today - 1, Unsaid: true}
	d.must(morning, &test, &hidden)
	if _, err := sign(d, morning.Add(time.Hour), clinicianKey); err != nil {
		t.Fatal(err)
	}
	test.Result, hidden.Result = "antibody positive", "negative"
	d.must(morning.Add(48*time.Hour), &test, &hidden)
	h := d.record().Health
	if got := h.LateResultLines(); !h.LetterHolds() || len(got) != 1 || !strings.HasSuffix(got[0], "antibody positive") {
		t.Errorf("the letter holds %v, the one on late results begins with %q", h.LetterHolds(), got)
	}
}
