package fhir_test

import (
	"testing"

	"github.com/throughgate/throughgate/model"
	"github.com/throughgate/throughgate/model/fhir"
)

// Frozen bytes may come from any workstation. Those that are a letter at all
// make a sound document.
func FuzzFrozenLetter(f *testing.F) {
	for _, c := range cases(f) {
		frozen, _, err := c.letter.Freeze()
		if err != nil {
			f.Fatal(err)
		}
		f.Add(frozen)
	}
	f.Fuzz(func(t *testing.T, frozen []byte) {
		l, err := model.ThawLetter(frozen)
		if err != nil {
			return
		}
		out, err := fhir.Document(l, fhir.Options{})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := read(out); err != nil {
			t.Fatalf("%v\n%s", err, out)
		}
	})
}
