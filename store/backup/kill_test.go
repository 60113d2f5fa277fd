package backup_test

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/throughgate/throughgate/store"
	"github.com/throughgate/throughgate/store/backup"
)

// childRole tells a test binary that was started by a test what to be.
const childRole = "THROUGHGATE_BACKUP_CHILD"

func TestMain(m *testing.M) {
	if os.Getenv(childRole) != "" {
		os.Exit(backUpUntilKilled(os.Args[len(os.Args)-3], os.Args[len(os.Args)-2], os.Args[len(os.Args)-1]))
	}
	os.Exit(m.Run())
}

// backUpUntilKilled makes one backup after another and says each number when it
// bears its name.
func backUpUntilKilled(dir, folder, public string) int {
	err := func() error {
		desk, err := store.Open(dir, options)
		if err != nil {
			return err
		}
		lock, err := backup.LockFor([]string{public})
		for i := 0; err == nil; i++ {
			_, _, err = backup.Write(context.Background(), desk, filepath.Join(folder, fmt.Sprint(i, ".age")), lock, noon)
			fmt.Println(i)
		}
		return err
	}()
	fmt.Fprintln(os.Stderr, err)
	return 1
}

// TestAKilledBackupLeavesNoHalfOneUnderItsName kills a process that makes
// backups: every file that bears a backup's name comes back.
func TestAKilledBackupLeavesNoHalfOneUnderItsName(t *testing.T) {
	desk := newDesk(t)
	public, key := keyPair(t)
	dir, folder := t.TempDir(), t.TempDir()
	first := write(t, desk, lockFor(t, public))
	if _, err := backup.Restore(t.Context(), first, filepath.Join(dir, "desk"), key, options); err != nil {
		t.Fatal(err)
	}
	for round := 1; round <= 5; round++ {
		made := filepath.Join(folder, fmt.Sprint(round))
		if err := os.Mkdir(made, 0o700); err != nil {
			t.Fatal(err)
		}
		killedAfter(t, round, filepath.Join(dir, "desk"), made, public)
		named, err := filepath.Glob(filepath.Join(made, "*.age"))
		if err != nil || len(named) < round {
			t.Fatalf("%d backups, %v", len(named), err)
		}
		for _, path := range named {
			restored(t, path, key)
		}
	}
}

// killedAfter runs backUpUntilKilled until it has said some numbers.
func killedAfter(t *testing.T, numbers int, args ...string) {
	t.Helper()
	child := exec.Command(os.Args[0], append([]string{"-test.run=none", "--"}, args...)...)
	child.Env = append(os.Environ(), childRole+"=1")
	var complaint strings.Builder
	child.Stderr = &complaint
	out, err := child.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := child.Start(); err != nil {
		t.Fatal(err)
	}
	said := bufio.NewScanner(out)
	for range numbers {
		if !said.Scan() {
			t.Fatalf("it ended by itself: %s", complaint.String())
		}
	}
	var exit *exec.ExitError
	if err := child.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	if err := child.Wait(); !errors.As(err, &exit) {
		t.Fatal(err)
	}
}
