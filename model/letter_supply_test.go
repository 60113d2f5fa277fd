package model_test

import (
	"strings"
	"testing"
	"time"

	"github.com/throughgate/throughgate/model"
)

// The plan of the substance misuse team is in the letter, and a change of it puts
// the letter out of date.
func TestLetterTellsThePlanForSubstitutionAndNaloxone(t *testing.T) {
	d := leaver(t)
	writeUp(d, morning)
	plan := &model.OSTSet{
		Drug: "Methadone 1 mg/ml", Dose: "40 mg daily", LastDay: today, LastTime: "08:30", LastAmount: "40 mg", LastBy: "Nurse Jones", OnRelease: true,
		Service: "Forward Leeds", Phone: "0113 887 2477", Appointment: today + 1, At: "14:00", ScriptFrom: today + 1, ScriptTo: today + 14,
	}
	d.do(morning, plan)
	d.do(morning, &model.NaloxoneSet{Answer: model.NaloxoneGiven, Kit: "Prenoxad", Trained: true})
	s, _ := model.Assemble(d.record(), facts(d, morning)).Section("drug/substance-use")
	got := strings.Join(s.Lines, "\n")
	for _, want := range []string{"Methadone 1 mg/ml, 40 mg daily", "Last dose seen taken: 23-Nov-2026 08:30, 40 mg, Nurse Jones", "Forward Leeds, 0113 887 2477", "Tue 24-Nov-2026 14:00", "Take-home naloxone: given, and the person was shown", "Prenoxad"} {
		if !strings.Contains(got, want) {
			t.Errorf("it lacks %q:\n%s", want, got)
		}
	}
	if _, err := sign(d, morning.Add(time.Hour), clinicianKey); err != nil {
		t.Fatal(err)
	}
	d.do(morning.Add(2*time.Hour), &model.NaloxoneSet{Answer: model.NaloxoneRefused, Reason: "has one"})
	if d.record().Health.LetterHolds() {
		t.Error("a letter holds that says naloxone was given")
	}
}
