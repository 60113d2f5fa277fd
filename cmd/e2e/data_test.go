//go:build e2e && unix

package e2e_test

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/throughgate/throughgate/model"
)

// The files to import: those of the folder in THROUGHGATE_DATA, else small ones
// of our own in the same formats.

func practicesFile() string {
	if folder := os.Getenv("THROUGHGATE_DATA"); folder != "" {
		return filepath.Join(folder, "reference", "epraccur.csv")
	}
	return filepath.Join("testdata", "epraccur.csv")
}

// productsFile is a list of medicines. What the script gives is in both, or is
// taken as it is typed.
func productsFile() string {
	if folder := os.Getenv("THROUGHGATE_DATA"); folder != "" {
		return filepath.Join(folder, "reference", "dmd-subset.csv")
	}
	return filepath.Join("testdata", "medicines.csv")
}

func custodyFiles(tb testing.TB) []string {
	tb.Helper()
	pattern := filepath.Join("testdata", "custody*.json")
	if folder := os.Getenv("THROUGHGATE_DATA"); folder != "" {
		pattern = filepath.Join(folder, "hmpps", "stubs", "prisoner-search-*.json")
	}
	files, err := filepath.Glob(pattern)
	if err != nil || len(files) == 0 {
		tb.Fatalf("no files at %s: %v", pattern, err)
	}
	return files
}

// firstOf returns the prison number of the first person in a file.
func firstOf(tb testing.TB, path string) string {
	tb.Helper()
	file, err := os.Open(path)
	if err != nil {
		tb.Fatal(err)
	}
	defer file.Close()
	row, err := model.NewCustodyReader(file, model.DayOf(time.Now())).Next()
	if err != nil {
		tb.Fatal(err)
	}
	return string(row.Number)
}

// practice is one that takes people, of the file that is imported.
type practice struct{ code, name string }

// near and far are two of them.
func near() practice {
	if os.Getenv("THROUGHGATE_DATA") != "" {
		return practice{"A81001", "The Densham Surgery"}
	}
	return practice{"Z90001", "The Millbrook Surgery"}
}

func far() practice {
	if os.Getenv("THROUGHGATE_DATA") != "" {
		return practice{"A81002", "Queens Park Medical Centre"}
	}
	return practice{"Z90003", "Station Road Practice"}
}
