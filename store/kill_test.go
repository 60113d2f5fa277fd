package store_test

import (
	"bufio"
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"strconv"
	"testing"
	"time"

	"github.com/throughgate/throughgate/model"
)

// killed is about whom the process writes that is going to be killed.
var killed = model.PersonID{1}

// TestAKilledProcessLosesNothingItAcknowledged kills a process at random moments
// while it writes, again and again on the same file.
func TestAKilledProcessLosesNothingItAcknowledged(t *testing.T) {
	s := newSite(t)
	dir := t.TempDir()
	if err := s.deskIn(dir).Close(); err != nil {
		t.Fatal(err)
	}
	s.clock.add(time.Since(s.clock.Now())) // the child's clock is the real one
	random := rand.New(rand.NewPCG(2, 3))
	kills := 25
	if underRace {
		kills = 5
	}
	for range kills {
		said := writeAndKill(t, dir, 1+random.IntN(40), time.Duration(random.IntN(3000))*time.Microsecond)
		st := s.reopen(dir)
		nurse := signIn(t, st, "nurse")
		r := get(t, nurse, killed)
		for i, instruction := range r.Shared.Instruction {
			if instruction.Text != strconv.Itoa(i) {
				t.Fatalf("entry %d is %q", i, instruction.Text)
			}
		}
		// One more may have been on the disk when the process had not said so yet.
		if n := len(r.Shared.Instruction); n != said+1 && n != said+2 {
			t.Fatalf("the process said that it kept %d, and %d are there", said+1, n)
		}
		if got, want := r.Shared.Items[model.ItemConsent].Note, fmt.Sprint(len(r.Shared.Instruction)-1); got != want {
			t.Fatalf("a write of two changes is there by half: %q, %q", got, want)
		}
		for _, err := range []error{st.Check(context.Background()), st.VerifyAccess(), st.Close()} {
			if err != nil {
				t.Fatal(err)
			}
		}
	}
}

// writeAndKill starts the writer, lets it write n times and a moment more, kills
// it and returns the last number it said.
func writeAndKill(t *testing.T, dir string, n int, moment time.Duration) (said int) {
	t.Helper()
	child := exec.Command(os.Args[0], dir)
	child.Env = append(os.Environ(), childRole+"=writer")
	child.Stderr = os.Stderr
	out, err := child.StdoutPipe()
	if err == nil {
		err = child.Start()
	}
	if err != nil {
		t.Fatal(err)
	}
	said = -1
	lines := bufio.NewScanner(out)
	for i := 0; lines.Scan(); i++ {
		if said, err = strconv.Atoi(lines.Text()); err != nil {
			t.Fatal(err)
		}
		if i == n {
			time.AfterFunc(moment, func() { _ = child.Process.Kill() })
		}
	}
	if err := child.Wait(); err == nil || child.ProcessState.Exited() {
		t.Fatalf("the writer ended by itself: %v", err)
	}
	return said
}
