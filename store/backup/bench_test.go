package backup_test

import (
	"path/filepath"
	"strconv"
	"testing"

	"github.com/throughgate/throughgate/store/backup"
)

// BenchmarkWrite backs up a store of 24 MB that does not compress, and reads it
// back.
func BenchmarkWrite(b *testing.B) {
	desk := newDesk(b)
	rows := make([]byte, 24<<20)
	state := uint32(1)
	for i := range rows {
		state = state*1664525 + 1013904223
		rows[i] = byte(state >> 24)
	}
	if err := desk.PutReference("outcodes", 1, rows); err != nil {
		b.Fatal(err)
	}
	public, _ := keyPair(b)
	lock, folder := lockFor(b, public), b.TempDir()
	b.SetBytes(int64(len(rows)))
	n := 0
	for b.Loop() {
		n++
		if _, _, err := backup.Write(b.Context(), desk, filepath.Join(folder, strconv.Itoa(n)), lock, noon); err != nil {
			b.Fatal(err)
		}
	}
}
