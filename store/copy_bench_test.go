package store_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"filippo.io/age"

	"github.com/throughgate/throughgate/model"
	"github.com/throughgate/throughgate/store"
	"github.com/throughgate/throughgate/store/backup"
)

// BenchmarkCopy100000 backs a store of 100,000 people up and brings it back, each
// in a process of its own, and says how large their heaps grow. Then it backs it up
// beside somebody at work, and says how long they waited at the longest. It is for
// the holder of a key: stretching a passphrase takes 256 MB alone.
func BenchmarkCopy100000(b *testing.B) {
	const people = 100_000
	s := newSite(b)
	dir := b.TempDir()
	key, err := age.GenerateX25519Identity()
	if err != nil {
		b.Fatal(err)
	}
	public := key.Recipient().String()
	st := s.deskIn(dir)
	populate(b, s, st, people)
	if err := st.Close(); err != nil {
		b.Fatal(err)
	}
	info, err := os.Stat(filepath.Join(dir, store.File))
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		path := filepath.Join(b.TempDir(), "desk.age")
		entries, milliseconds, heap := measuredAs(b, "backup", dir, path, public)
		b.ReportMetric(float64(milliseconds), "ms-backup")
		b.ReportMetric(float64(heap)/1e6, "MB-backup")
		back, milliseconds, heap := measuredAs(b, "restore", path, filepath.Join(b.TempDir(), "back"), key.String())
		b.ReportMetric(float64(milliseconds), "ms-restore")
		b.ReportMetric(float64(heap)/1e6, "MB-restore")
		if entries != back || entries < people {
			b.Fatalf("%d entries came back of %d", back, entries)
		}
	}
	b.ReportMetric(float64(info.Size())/1e6, "MB-file")
	st = s.reopen(dir)
	b.ReportMetric(float64(longestWait(b, st, public).Milliseconds()), "ms-wait")
}

// longestWait backs a store up while somebody writes, and returns how long they
// waited at the longest.
func longestWait(b *testing.B, st *store.Store, public string) (longest time.Duration) {
	nurse := signIn(b, st, "nurse")
	id := nurse.Rows()[7].ID
	done := make(chan error, 1)
	path := filepath.Join(b.TempDir(), "desk.age")
	go func() {
		_, err := backedUp(b.Context(), st, path, public)
		done <- err
	}()
	for i := 0; ; i++ {
		select {
		case err := <-done:
			if err != nil {
				b.Fatal(err)
			}
			return longest
		default:
		}
		start := time.Now()
		do(b, nurse, id, &model.ItemSet{Item: model.ItemConsent, State: model.Problem, Note: fmt.Sprint(i)})
		longest = max(longest, time.Since(start))
	}
}

func backedUp(ctx context.Context, st *store.Store, path, public string) (backup.About, error) {
	lock, err := backup.LockFor([]string{public})
	if err != nil {
		return backup.About{}, err
	}
	about, _, err := backup.Write(ctx, st, path, lock, morning)
	return about, err
}

// reportBackup backs up a store, and reportRestore brings it back.
func reportBackup(dir, path, public string) int {
	start := time.Now()
	st, err := store.Open(dir, store.Options{})
	if err != nil {
		return failed(err)
	}
	about, err := backedUp(context.Background(), st, path, public)
	if err != nil {
		return failed(err)
	}
	return say(about.Entries, time.Since(start))
}

func reportRestore(path, dir, private string) int {
	start := time.Now()
	key, err := backup.KeyOf(strings.NewReader(private))
	if err != nil {
		return failed(err)
	}
	about, err := backup.Restore(context.Background(), path, dir, key, store.Options{})
	if err != nil {
		return failed(err)
	}
	return say(about.Entries, time.Since(start))
}
