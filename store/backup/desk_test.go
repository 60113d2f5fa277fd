package backup_test

import (
	"archive/zip"
	"bytes"
	"crypto/sha256"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"filippo.io/age"
	"github.com/klauspost/compress/zstd"

	"github.com/throughgate/throughgate/model"
	"github.com/throughgate/throughgate/store"
	"github.com/throughgate/throughgate/store/backup"
)

var noon = time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)

var options = store.Options{Now: func() time.Time { return noon }}

// newDesk makes a store with a table in it that does not compress, so that a
// backup of it has many parts.
func newDesk(tb testing.TB) *store.Store {
	tb.Helper()
	desk, err := store.Create(tb.TempDir(), store.Identity{
		Device: model.DeviceID{7}, Incarnation: 77, Node: 3, Site: "LEI", SiteName: "HMP Leeds", HubURL: "https://hub.example:7443",
		KeyPEM: []byte("the device's private key"),
	}, options)
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() {
		if err := desk.Close(); err != nil {
			tb.Error(err)
		}
	})
	source := rand.New(rand.NewPCG(1, 2))
	rows := make([]byte, 200_000)
	for i := range rows {
		rows[i] = byte('a' + source.IntN(26))
	}
	if err := desk.PutReference("practices", 5, rows); err != nil {
		tb.Fatal(err)
	}
	return desk
}

// keyPair is somebody who can open backups.
func keyPair(tb testing.TB) (public string, key backup.Key) {
	tb.Helper()
	identity, err := age.GenerateX25519Identity()
	if err != nil {
		tb.Fatal(err)
	}
	return identity.Recipient().String(), keyOf(tb, identity)
}

func hybridPair(tb testing.TB) (public string, key backup.Key) {
	tb.Helper()
	identity, err := age.GenerateHybridIdentity()
	if err != nil {
		tb.Fatal(err)
	}
	return identity.Recipient().String(), keyOf(tb, identity)
}

func keyOf(tb testing.TB, identity fmt.Stringer) backup.Key {
	tb.Helper()
	key, err := backup.KeyOf(strings.NewReader("# a comment\n" + identity.String() + "\n"))
	if err != nil {
		tb.Fatal(err)
	}
	return key
}

func lockFor(tb testing.TB, keys ...string) backup.Lock {
	tb.Helper()
	lock, err := backup.LockFor(keys)
	if err != nil {
		tb.Fatal(err)
	}
	return lock
}

// write makes a backup and returns its path.
func write(tb testing.TB, desk *store.Store, lock backup.Lock) string {
	tb.Helper()
	path := filepath.Join(tb.TempDir(), "desk.age")
	if _, _, err := backup.Write(tb.Context(), desk, path, lock, noon); err != nil {
		tb.Fatal(err)
	}
	return path
}

// restored opens what came back.
func restored(tb testing.TB, path string, key backup.Key) *store.Store {
	tb.Helper()
	folder := filepath.Join(tb.TempDir(), "back")
	if _, err := backup.Restore(tb.Context(), path, folder, key, options); err != nil {
		tb.Fatal(err)
	}
	desk, err := store.Open(folder, options)
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() {
		if err := desk.Close(); err != nil {
			tb.Error(err)
		}
	})
	return desk
}

// refused tries to bring something back, which must fail with a sentence and
// leave nothing.
func refused(tb testing.TB, content []byte, key backup.Key, want string) {
	tb.Helper()
	path := filepath.Join(tb.TempDir(), "desk.age")
	if err := os.WriteFile(path, content, 0o600); err != nil {
		tb.Fatal(err)
	}
	folder := filepath.Join(tb.TempDir(), "back")
	_, err := backup.Restore(tb.Context(), path, folder, key, options)
	if err == nil || !strings.HasPrefix(err.Error(), want) {
		tb.Errorf("%v, want %q", err, want)
	}
	if left, err := os.ReadDir(folder); err == nil {
		tb.Errorf("the folder is there, with %v", left)
	}
}

// locked is what age makes of something for a public key.
func locked(tb testing.TB, public string, content []byte) []byte {
	tb.Helper()
	recipient, err := age.ParseX25519Recipient(public)
	if err != nil {
		tb.Fatal(err)
	}
	var out bytes.Buffer
	w, err := age.Encrypt(&out, recipient)
	if err == nil {
		_, err = w.Write(content)
	}
	if err == nil {
		err = w.Close()
	}
	if err != nil {
		tb.Fatal(err)
	}
	return out.Bytes()
}

func packed(tb testing.TB, content []byte) []byte {
	tb.Helper()
	encoder, err := zstd.NewWriter(nil)
	if err != nil {
		tb.Fatal(err)
	}
	return encoder.EncodeAll(content, nil)
}

// forged is a backup as the package writes it, of any bytes.
func forged(first string, about string, file []byte) []byte {
	all := append([]byte(first+"\n"+about+"\n"), file...)
	sum := sha256.Sum256(all)
	return append(all, sum[:]...)
}

func zipped(tb testing.TB) []byte {
	tb.Helper()
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	f, err := w.Create("a.txt")
	if err == nil {
		_, err = f.Write([]byte("hello"))
	}
	if err == nil {
		err = w.Close()
	}
	if err != nil {
		tb.Fatal(err)
	}
	return out.Bytes()
}
