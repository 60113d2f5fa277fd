package store_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/throughgate/throughgate/model"
	"github.com/throughgate/throughgate/store/seal"
)

// TestOnePersonsFullRecordStopsNobodyElse sends more letters for one person than
// a part of a record has room for, among work on that person and another.
func TestOnePersonsFullRecordStopsNobodyElse(t *testing.T) {
	if underRace {
		t.Skip("one person's letters, one after the other, by the megabyte: make test sends them")
	}
	s := newSite(t)
	a := s.author("author", model.RolePrescriber)
	flooded, other := model.PersonID{1}, model.PersonID{2}
	st := s.desk()
	nurse := signIn(t, st, "nurse")
	merge(t, st, []model.Envelope{a.write(flooded, morning, &model.HealthNoted{Text: "before"})})

	var envs []model.Envelope
	const frozen = model.MaxBody / 2
	for i := range 2 * seal.MaxCompact / frozen {
		text := strings.Repeat(string(rune('A'+i%26)), frozen) + strings.Repeat("b", i)
		envs = append(envs, a.write(flooded, morning, &model.LetterSigned{Number: i, Frozen: []byte(text)}))
	}
	envs = append(envs, a.write(flooded, morning, &model.HealthNoted{Text: "after"}), a.write(other, morning, &model.HealthNoted{Text: "seen"}))
	merge(t, st, envs)
	for id, want := range map[model.PersonID][]string{flooded: {"before", "after"}, other: {"seen"}} {
		var got []string
		for _, n := range get(t, nurse, id).Health.Notes {
			got = append(got, n.Text)
		}
		if !slices.Equal(got, want) {
			t.Errorf("the notes are %q, want %q", got, want)
		}
	}
	if n := st.Status().Quarantined; n != len(envs)-2 {
		t.Errorf("%d are put aside, want %d", n, len(envs)-2)
	}
	merge(t, st, envs) // all again
	do(t, nurse, flooded, &model.HealthNoted{Text: "here"})
	if n := len(get(t, nurse, flooded).Health.Notes); n != 3 || st.Status().Quarantined != len(envs)-2 {
		t.Errorf("%d notes, %+v", n, st.Status())
	}
	signIn(t, st, "officer") // and tried again
	if all := expectFound(t, st, model.TroubleAsideRoom); all[0].Many != uint64(len(envs)-2) {
		t.Errorf("%d are written down as put aside, want %d", all[0].Many, len(envs)-2)
	}
}

func TestAnEntryLargerThanItsKindIsNotMade(t *testing.T) {
	s := newSite(t)
	nurse := signIn(t, s.desk(), "nurse")
	id := model.PersonID{1}
	err := nurse.Do(t.Context(), model.Write{Person: id, Changes: []model.Change{&model.HealthNoted{Text: strings.Repeat("<", 4000)}}})
	if model.KindOf(err) != model.KindInvalid || !strings.Contains(err.Error(), "16 KB") {
		t.Errorf("%v", err)
	}
}
