package store_test

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"runtime"
	"testing"
	"time"

	"github.com/throughgate/throughgate/store"
)

// reportMemory signs in, asks for everybody and looks for one, as a program
// does that has just been started, and says how many milliseconds that took and
// how many bytes of heap it made the system give at the most.
func reportMemory(dir string) int {
	start := time.Now()
	st, err := store.Open(dir, store.Options{Stretch: quick})
	if err != nil {
		return failed(err)
	}
	officer, err := st.SignIn(context.Background(), "officer", passphraseOf("officer"))
	if err != nil {
		return failed(err)
	}
	n := len(officer.Rows())
	took := time.Since(start)
	officer.Find("smith", 20)
	return say(n, took)
}

// say is what measuredAs reads.
func say(n int, took time.Duration) int {
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	fmt.Println(n, took.Milliseconds(), m.HeapSys)
	return 0
}

// measured starts reportMemory in a process of its own.
func measured(tb testing.TB, dir string, people int) (milliseconds, heap int) {
	tb.Helper()
	n, milliseconds, heap := measuredAs(tb, "reader", dir)
	if n != people {
		tb.Fatalf("the child found %d people", n)
	}
	return milliseconds, heap
}

// measuredAs starts this program in a process of its own, which says a number,
// how many milliseconds it took, and how large its heap grew.
func measuredAs(tb testing.TB, role string, args ...string) (n, milliseconds, heap int) {
	tb.Helper()
	child := exec.Command(os.Args[0], args...)
	child.Env = append(os.Environ(), childRole+"="+role)
	child.Stderr = os.Stderr
	out, err := child.Output()
	if err == nil {
		_, err = fmt.Sscan(string(out), &n, &milliseconds, &heap)
	}
	if err != nil {
		tb.Fatalf("the child said %q: %v", out, err)
	}
	return n, milliseconds, heap
}
