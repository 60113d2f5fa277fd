package store_test

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"runtime"
	"strconv"
	"strings"
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
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	officer, err := st.SignIn(context.Background(), "officer", passphraseOf("officer"))
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	n := len(officer.Rows())
	took := time.Since(start)
	officer.Find("smith", 20)
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	fmt.Println(n, took.Milliseconds(), m.HeapSys)
	return 0
}

// measured starts reportMemory in a process of its own.
func measured(tb testing.TB, dir string, people int) (milliseconds, heap int) {
	tb.Helper()
	child := exec.Command(os.Args[0], dir)
	child.Env = append(os.Environ(), childRole+"=reader")
	child.Stderr = os.Stderr
	out, err := child.Output()
	if err != nil {
		tb.Fatal(err)
	}
	fields := strings.Fields(string(out))
	if len(fields) != 3 || fields[0] != strconv.Itoa(people) {
		tb.Fatalf("the child said %q", out)
	}
	milliseconds, err = strconv.Atoi(fields[1])
	if err == nil {
		heap, err = strconv.Atoi(fields[2])
	}
	if err != nil {
		tb.Fatal(err)
	}
	return milliseconds, heap
}
