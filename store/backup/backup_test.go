package backup_test

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/throughgate/throughgate/model"
	"github.com/throughgate/throughgate/store"
	"github.com/throughgate/throughgate/store/backup"
)

func TestWhatComesBackIsTheStoreWithANewIncarnation(t *testing.T) {
	desk := newDesk(t)
	public, key := keyPair(t)
	other, otherKey := keyPair(t)
	path := filepath.Join(t.TempDir(), "desk.age")
	about, size, err := backup.Write(t.Context(), desk, path, lockFor(t, public, other), noon)
	if err != nil {
		t.Fatal(err)
	}
	info, err := os.Stat(path)
	if err != nil || info.Size() != size || size < 100_000 || about.Device != (model.DeviceID{7}) || about.Site != "LEI" || about.Made != model.InstantOf(noon) {
		t.Errorf("%+v, %d bytes, %v", about, size, err)
	}
	if runtime.GOOS != "windows" && info.Mode().Perm() != 0o600 {
		t.Errorf("others may read it: %v", info.Mode())
	}
	for _, k := range []backup.Key{key, otherKey} {
		back := restored(t, path, k)
		was, is := desk.Identity(), back.Identity()
		if is.Incarnation == was.Incarnation || is.Incarnation == 0 || is.Device != was.Device || string(is.KeyPEM) != string(was.KeyPEM) {
			t.Errorf("%+v came back as %+v", was, is)
		}
		if rows, revision, err := back.Reference("practices"); err != nil || revision != 5 || len(rows) != 200_000 {
			t.Errorf("the table: %d bytes of revision %d, %v", len(rows), revision, err)
		}
		if p, err := back.Passport(); err != nil || p.Restored != 77 {
			t.Errorf("the hub will not be told: %+v, %v", p, err)
		}
		looks, err := back.Accesses(0, 10)
		if err != nil || len(looks) != 1 || looks[0].What != model.AccessBackup {
			t.Errorf("the access log: %+v, %v", looks, err)
		}
	}
}

func TestEveryKindOfLockOpens(t *testing.T) {
	desk := newDesk(t)
	hybrid, hybridKey := hybridPair(t)
	restored(t, write(t, desk, lockFor(t, hybrid)), hybridKey)

	composed, err := backup.LockWith("caf\u00e9 caf\u00e9 caf\u00e9")
	if err != nil {
		t.Fatal(err)
	}
	decomposed, err := backup.KeyFrom("cafe\u0301 cafe\u0301 cafe\u0301") // the same as another keyboard types it
	if err != nil {
		t.Fatal(err)
	}
	path := write(t, desk, composed)
	restored(t, path, decomposed)

	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	wrong, err := backup.KeyFrom("another passphrase")
	if err != nil {
		t.Fatal(err)
	}
	refused(t, content, wrong, "This passphrase does not open the backup.")
	refused(t, content, hybridKey, "This backup opens with a passphrase, not with a key.")
}

func TestAWrongKeyIsSaidToBeWrong(t *testing.T) {
	public, _ := keyPair(t)
	_, stranger := keyPair(t)
	content, err := os.ReadFile(write(t, newDesk(t), lockFor(t, public)))
	if err != nil {
		t.Fatal(err)
	}
	refused(t, content, stranger, "This key does not open the backup.")
	passphrase, err := backup.KeyFrom("three random words")
	if err != nil {
		t.Fatal(err)
	}
	refused(t, content, passphrase, "This backup opens with a private key, not with a passphrase.")
}

// TestNothingSpoiltComesBack changes and cuts a backup at many places.
func TestNothingSpoiltComesBack(t *testing.T) {
	public, key := keyPair(t)
	content, err := os.ReadFile(write(t, newDesk(t), lockFor(t, public)))
	if err != nil {
		t.Fatal(err)
	}
	const spoilt = "This backup is damaged or cut short."
	step := len(content) / 40
	for at := 30; at < len(content); at += step { // behind the first line, which says what it is
		changed := append([]byte(nil), content...)
		changed[at] ^= 0x40
		want := spoilt
		if at < 200 { // the header's own letters: it may seem to be for somebody else
			want = "This "
		}
		refused(t, changed, key, want)
		refused(t, content[:at], key, want)
	}
	for _, cut := range []int{1, 16, 17, 64, 65536} {
		refused(t, content[:len(content)-cut], key, spoilt)
	}
	refused(t, append(append([]byte(nil), content...), content...), key, spoilt)
	refused(t, append(append([]byte(nil), content...), 0), key, spoilt)
}

func TestAnotherProgramsFileIsNoBackup(t *testing.T) {
	public, key := keyPair(t)
	const notOurs = "This file is not a backup of Throughgate."
	for name, content := range map[string][]byte{
		"empty":             {},
		"text":              []byte("Dear Sir or Madam"),
		"zip":               zipped(t),
		"age":               locked(t, public, []byte("another secret")),
		"age of nothing":    locked(t, public, nil),
		"age of zstd":       locked(t, public, packed(t, []byte(strings.Repeat("something else\n", 1000)))),
		"age of a long one": locked(t, public, packed(t, []byte(strings.Repeat("x", 1<<20)))),
	} {
		t.Run(name, func(t *testing.T) { refused(t, content, key, notOurs) })
	}
	refused(t, locked(t, public, packed(t, forged("throughgate backup 2", "{}", nil))), key, "This backup was made by a newer version")
}

// TestAWellWrittenBackupOfABadStoreDoesNotComeBack: somebody with the public key
// can write what they like.
func TestAWellWrittenBackupOfABadStoreDoesNotComeBack(t *testing.T) {
	public, key := keyPair(t)
	const spoilt = "This backup is damaged or cut short."
	for name, inner := range map[string][]byte{
		"no store":    forged("throughgate backup 1", `{"bytes":9}`, []byte("not bbolt")),
		"zeros":       forged("throughgate backup 1", `{"bytes":65536}`, make([]byte, 65536)),
		"no length":   forged("throughgate backup 1", `{"bytes":0}`, nil),
		"negative":    forged("throughgate backup 1", `{"bytes":-5}`, nil),
		"too long":    forged("throughgate backup 1", `{"bytes":9223372036854775807}`, make([]byte, 4096)),
		"no JSON":     forged("throughgate backup 1", `bytes`, nil),
		"wrong sum":   append(forged("throughgate backup 1", `{"bytes":4}`, []byte("abc")), "dddddddddddddddddddddddddddddddd"...),
		"only begun":  []byte("throughgate backup 1\n"),
		"other store": forged("throughgate backup 1", `{"bytes":9,"device":"x"}`, []byte("not bbolt")),
	} {
		t.Run(name, func(t *testing.T) { refused(t, locked(t, public, packed(t, inner)), key, spoilt) })
	}
}

func TestNoFileIsOverwrittenAndNoHalfOneIsLeft(t *testing.T) {
	desk := newDesk(t)
	public, _ := keyPair(t)
	folder := t.TempDir()
	path := filepath.Join(folder, "desk.age")
	if err := os.WriteFile(path, []byte("precious"), 0o600); err != nil {
		t.Fatal(err)
	}
	_, _, err := backup.Write(t.Context(), desk, path, lockFor(t, public), noon)
	if content, _ := os.ReadFile(path); model.KindOf(err) != model.KindConflict || string(content) != "precious" {
		t.Errorf("%v, %q", err, content)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, _, err = backup.Write(ctx, desk, path+"2", lockFor(t, public), noon); !errors.Is(err, context.Canceled) {
		t.Errorf("stopped: %v", err)
	}
	if _, _, err = backup.Write(t.Context(), desk, filepath.Join(folder, "none", "x"), lockFor(t, public), noon); err == nil || err.Error() != "The backup could not be written. There is no such folder." {
		t.Errorf("no folder: %v", err)
	}
	if left, err := os.ReadDir(folder); err != nil || len(left) != 1 {
		t.Errorf("left: %v, %v", left, err)
	}
}

func TestAFolderThatIsUsedStaysAsItIs(t *testing.T) {
	public, key := keyPair(t)
	path := write(t, newDesk(t), lockFor(t, public))
	folder := t.TempDir()
	if err := os.WriteFile(filepath.Join(folder, "mine"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	_, err := backup.Restore(t.Context(), path, folder, key, options)
	if left, _ := os.ReadDir(folder); model.KindOf(err) != model.KindConflict || len(left) != 1 {
		t.Errorf("%v, %v", err, left)
	}
	if _, err := backup.Restore(t.Context(), path+"x", t.TempDir(), key, options); model.KindOf(err) != model.KindNotFound {
		t.Errorf("no backup: %v", err)
	}
	empty := t.TempDir()
	if _, err := backup.Restore(t.Context(), path, empty, key, options); err != nil {
		t.Errorf("an empty folder: %v", err)
	}
	if left, _ := os.ReadDir(empty); len(left) != 1 || left[0].Name() != store.File {
		t.Errorf("left: %v", left)
	}
}

// TestABackupIsOfOneMoment makes backups while somebody writes: each can be
// opened, and holds what was there when it began or later.
func TestABackupIsOfOneMoment(t *testing.T) {
	desk := newDesk(t)
	public, key := keyPair(t)
	ctx, cancel := context.WithCancel(t.Context())
	var writing sync.WaitGroup
	writing.Go(func() {
		for i := uint64(6); ctx.Err() == nil; i++ {
			if err := desk.PutReference("outcodes", i, []byte(strings.Repeat("y", int(i%50)*1000))); err != nil {
				t.Error(err)
				return
			}
		}
	})
	var last uint64
	for range 4 {
		_, before, err := desk.Reference("outcodes")
		if err != nil {
			t.Fatal(err)
		}
		back := restored(t, write(t, desk, lockFor(t, public)), key)
		rows, revision, err := back.Reference("outcodes")
		if err != nil || revision < before || revision < last || revision > 0 && len(rows) != int(revision%50)*1000 {
			t.Errorf("revision %d with %d bytes, after %d and %d, %v", revision, len(rows), before, last, err)
		}
		last = revision
	}
	cancel()
	writing.Wait()
}

func TestLocksThatOpenToNobodyAreRefused(t *testing.T) {
	public, _ := keyPair(t)
	hybrid, _ := hybridPair(t)
	for _, keys := range [][]string{{}, {"age1nonsense"}, {public, ""}, {public, hybrid}, {"AGE-SECRET-KEY-1QQQQ"}} {
		if _, err := backup.LockFor(keys); model.KindOf(err) != model.KindInvalid {
			t.Errorf("%d keys: %v", len(keys), err)
		}
	}
	if _, err := backup.LockWith("too short"); model.KindOf(err) != model.KindInvalid {
		t.Errorf("%v", err)
	}
	if _, err := backup.KeyOf(strings.NewReader(public)); err == nil || strings.Contains(err.Error(), public) {
		t.Errorf("a public key as a private one: %v", err)
	}
}

// stopping is a context that ends the n-th time it is asked.
type stopping struct {
	context.Context
	left *int
}

func (s stopping) Err() error {
	if *s.left--; *s.left < 0 {
		return context.Canceled
	}
	return nil
}

// TestARestoreThatIsStoppedSaysSo: at whatever step, a good backup is not called
// damaged, and the folder is as it was.
func TestARestoreThatIsStoppedSaysSo(t *testing.T) {
	desk := newDesk(t)
	public, key := keyPair(t)
	path := write(t, desk, lockFor(t, public))
	for n := 0; ; n += 1 + n/4 {
		folder := filepath.Join(t.TempDir(), "desk")
		left := n
		_, err := backup.Restore(stopping{t.Context(), &left}, path, folder, key, options)
		if left >= 0 {
			if err != nil || n < 3 {
				t.Fatalf("after %d steps: %v", n, err)
			}
			return
		}
		if !errors.Is(err, context.Canceled) || strings.Contains(err.Error(), "damaged") {
			t.Errorf("stopped at step %d: %v", n, err)
		}
		if _, err := os.Stat(folder); !errors.Is(err, fs.ErrNotExist) {
			t.Errorf("stopped at step %d, it leaves the folder", n)
		}
	}
}

// TestWhatAKilledOneLeftIsInNobodysWay: a restore into the same folder works, and
// a backup takes away the half ones of more than a day ago.
func TestWhatAKilledOneLeftIsInNobodysWay(t *testing.T) {
	desk := newDesk(t)
	public, key := keyPair(t)
	folder := t.TempDir()
	old, young := filepath.Join(folder, ".throughgate-backup-1"), filepath.Join(folder, ".throughgate-backup-2")
	for path, at := range map[string]time.Time{old: noon.Add(-25 * time.Hour), young: noon.Add(-time.Hour)} {
		if err := errors.Join(os.WriteFile(path, []byte("half"), 0o600), os.Chtimes(path, at, at)); err != nil {
			t.Fatal(err)
		}
	}
	path := filepath.Join(folder, "desk.age")
	if _, _, err := backup.Write(t.Context(), desk, path, lockFor(t, public), noon); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(old); !errors.Is(err, fs.ErrNotExist) {
		t.Error("the old half one is there still")
	}
	if _, err := os.Stat(young); err != nil {
		t.Error("one that may be being written is gone")
	}
	into := t.TempDir()
	if err := os.Mkdir(filepath.Join(into, ".throughgate-restore-1"), 0o700); err != nil {
		t.Fatal(err)
	}
	if _, err := backup.Restore(t.Context(), path, into, key, options); err != nil {
		t.Error(err)
	}
	if entries, err := os.ReadDir(into); err != nil || len(entries) != 1 {
		t.Errorf("%v, %v", entries, err)
	}
}
