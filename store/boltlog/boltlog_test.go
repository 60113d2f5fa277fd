package boltlog_test

import (
	"bytes"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"
	"time"

	"go.etcd.io/bbolt"

	"github.com/throughgate/throughgate/model"
	"github.com/throughgate/throughgate/store/boltlog"
	"github.com/throughgate/throughgate/store/logtest"
)

func open(tb testing.TB, folder string) *boltlog.Log {
	tb.Helper()
	log, err := boltlog.Open(filepath.Join(folder, "hub.db"), boltlog.Options{})
	if err != nil {
		tb.Fatal(err)
	}
	return log
}

// checked is a log whose file is gone through before it is closed.
type checked struct {
	*boltlog.Log
	tb testing.TB
}

func (c checked) Close() error {
	if err := c.Check(c.tb.Context()); err != nil && c.tb.Context().Err() == nil {
		c.tb.Error(err)
	}
	return c.Log.Close()
}

func TestContract(t *testing.T) {
	logtest.Run(t, func(tb testing.TB, folder string) logtest.Log { return checked{open(tb, folder), tb} })
}

func TestTheFileIsHeldByOneProcess(t *testing.T) {
	folder := t.TempDir()
	log := open(t, folder)
	defer log.Close()
	_, err := boltlog.Open(filepath.Join(folder, "hub.db"), boltlog.Options{Wait: time.Millisecond})
	if model.KindOf(err) != model.KindLocked {
		t.Errorf("a second program got %v", err)
	}
}

func TestWhatIsNoLogIsRefused(t *testing.T) {
	folder := t.TempDir()
	newer := filepath.Join(folder, "newer.db")
	db, err := bbolt.Open(newer, 0o600, nil)
	if err != nil {
		t.Fatal(err)
	}
	if err := db.Update(func(tx *bbolt.Tx) error {
		meta, err := tx.CreateBucket([]byte("meta"))
		if err != nil {
			return err
		}
		return meta.Put([]byte("schema"), []byte{0, 0, 0, 9})
	}); err != nil {
		t.Fatal(err)
	}
	db.Close()
	html := filepath.Join(folder, "html.db")
	if err := os.WriteFile(html, bytes.Repeat([]byte("<html>"), 5000), 0o600); err != nil {
		t.Fatal(err)
	}
	for path, want := range map[string]model.Kind{
		newer:                                 model.KindOutside,
		html:                                  model.KindOutside,
		filepath.Join(folder, "no", "hub.db"): model.KindNotFound,
		folder:                                model.KindOutside,
	} {
		log, err := boltlog.Open(path, boltlog.Options{})
		if model.KindOf(err) != want {
			t.Errorf("%s: %v", filepath.Base(path), err)
		}
		if log != nil {
			log.Close()
		}
	}
}

func TestABackupIsAWholeLog(t *testing.T) {
	log := open(t, t.TempDir())
	defer log.Close()
	if err := log.Save(model.Register{Table: "sites", Key: "LEI", Value: []byte("x")}); err != nil {
		t.Fatal(err)
	}
	folder := t.TempDir()
	file, err := os.Create(filepath.Join(folder, "hub.db"))
	if err != nil {
		t.Fatal(err)
	}
	if err := log.Backup(file); err != nil {
		t.Fatal(err)
	}
	if err := file.Close(); err != nil {
		t.Fatal(err)
	}
	copied := open(t, folder)
	defer copied.Close()
	if rows, err := copied.Load("sites"); err != nil || string(rows["LEI"]) != "x" {
		t.Errorf("the copy holds %q, %v", rows, err)
	}
}

// TestAFileThatWasCutOrFlippedIsASentence cuts a hub's file and flips bits where
// its pages say what they are: it opens whole, or is refused with a sentence.
func TestAFileThatWasCutOrFlippedIsASentence(t *testing.T) {
	folder := t.TempDir()
	log := open(t, folder)
	for i := range 60 {
		if err := log.Save(model.Register{Table: fmt.Sprint("table ", i%3), Key: fmt.Sprint("key ", i), Value: make([]byte, 700)}); err != nil {
			t.Fatal(err)
		}
	}
	if err := log.Close(); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(folder, "hub.db")
	whole, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	random, refused := rand.New(rand.NewPCG(5, 6)), 0
	for i := range 150 {
		b := bytes.Clone(whole)
		at := random.IntN(len(b)/os.Getpagesize()-2)*os.Getpagesize() + 2*os.Getpagesize() + random.IntN(64)
		if b[at] ^= 1 << random.IntN(8); i%10 == 0 {
			b = b[:at]
		}
		if err := os.WriteFile(path, b, 0o600); err != nil {
			t.Fatal(err)
		}
		log, err := boltlog.Open(path, boltlog.Options{})
		if err == nil {
			err = errors.Join(log.Check(t.Context()), log.Close())
		}
		if err == nil {
			continue
		}
		refused++
		if known := new(model.Error); !errors.As(err, &known) || known.Kind != model.KindOutside || known.Hint == "" {
			t.Fatalf("it says %v", err)
		}
	}
	if refused < 50 {
		t.Errorf("%d of 150 were refused: this tests little", refused)
	}
}
