//go:build !race

// The race detector makes the runtime allocate more, so it is not counted then.

package seal_test

import (
	"testing"

	"github.com/throughgate/throughgate/store/seal"
)

// A sealed message costs its own bytes and nothing else; with room for them,
// nothing at all.
func TestSealingAllocatesTheOutputOnly(t *testing.T) {
	box := seal.NewBox(newKey(t, 1))
	eachForm(t, func(t *testing.T, f form) {
		aad, room := []byte("person/stamp"), make([]byte, 0, 1024)
		sealed, err := f.seal(box, nil, typical, aad)
		if err != nil {
			t.Fatal(err)
		}
		for _, row := range []struct {
			name string
			do   func() error
			most float64
		}{
			{"seal", func() error { _, err := f.seal(box, nil, typical, aad); return err }, 1},
			{"seal with room", func() error { _, err := f.seal(box, room, typical, aad); return err }, 0},
			{"open", func() error { _, err := f.open(box, nil, sealed, aad); return err }, 1},
			{"open with room", func() error { _, err := f.open(box, room, sealed, aad); return err }, 0},
		} {
			got := testing.AllocsPerRun(200, func() {
				if err := row.do(); err != nil {
					t.Fatal(err)
				}
			})
			if got > row.most {
				t.Errorf("%s: %v allocations, want at most %v", row.name, got, row.most)
			}
		}
	})
}
