package logtest

import (
	"testing"

	"github.com/throughgate/throughgate/model"
)

// everyFeedHasItsTree grows two feeds side by side, in batches whose ends fall on
// every side of a whole subtree, with refused ops and placements among them, and
// holds all roots again after reopening.
func everyFeedHasItsTree(t *testing.T, open Open) {
	folder := t.TempDir()
	log := open(t, folder)
	d := newDevice(1, "LEI")
	var lei, mdi [][]byte
	for size := range 12 {
		batch := d.several(size)
		for i := range batch {
			if i%5 == 4 {
				batch[i].Refused = "No."
				continue
			}
			lei = append(lei, batch[i].Raw)
			if i%3 == 0 {
				batch[i].Also = []model.Placement{in("MDI", batch[i])}
				mdi = append(mdi, batch[i].Also[0].Raw)
			}
		}
		appended(t, log, batch...)
		expectTree(t, log, "LEI", lei)
		expectTree(t, log, "MDI", mdi)
	}
	if err := log.Close(); err != nil {
		t.Fatal(err)
	}
	log = open(t, folder)
	defer log.Close()
	expectTree(t, log, "LEI", lei)
	expectTree(t, log, "MDI", mdi)
	expectTree(t, log, "PVI", nil)
}
