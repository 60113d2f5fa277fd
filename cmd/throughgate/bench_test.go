package main

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/throughgate/throughgate/cmd/internal/demo"
)

// bench is an invented workstation to run commands on.
type bench struct {
	testing.TB
	*demo.Demo
	folder string
}

// newBench is a workstation with its hub. Everybody's SSH key is registered.
func newBench(tb testing.TB) *bench {
	tb.Helper()
	folder := tb.TempDir()
	d, err := demo.Build(tb.Context(), benchPlan(folder))
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() {
		if err := d.Close(); err != nil {
			tb.Error(err)
		}
	})
	if err := register(d); err != nil {
		tb.Fatal(err)
	}
	return &bench{tb, d, folder}
}

// newLoneBench is a workstation whose hub has gone: a copy of one that is built
// once. Under the race detector that takes a hundredth of building another.
func newLoneBench(tb testing.TB) *bench {
	tb.Helper()
	file, err := loneStore()
	if err != nil {
		tb.Fatal(err)
	}
	folder := tb.TempDir()
	b := &bench{tb, &demo.Demo{Desk: filepath.Join(folder, "workstation")}, folder}
	if err := os.Mkdir(b.Desk, 0o700); err != nil {
		tb.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(b.Desk, "throughgate.db"), file, 0o600); err != nil {
		tb.Fatal(err)
	}
	return b
}

// loneStore is the store file of a workstation whose hub has stopped.
var loneStore = sync.OnceValues(func() (file []byte, err error) {
	folder, err := os.MkdirTemp("", "throughgate-bench")
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(folder)) }()
	d, err := demo.Build(context.Background(), benchPlan(folder))
	if err != nil {
		return nil, err
	}
	if err := errors.Join(register(d), d.Close()); err != nil {
		return nil, err
	}
	return os.ReadFile(filepath.Join(d.Desk, "throughgate.db"))
})

func benchPlan(folder string) demo.Plan {
	return demo.Plan{Folder: folder, Seed: 1, People: 16, Now: time.Now}
}
