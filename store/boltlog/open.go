package boltlog

import (
	"context"
	"crypto/rand"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"runtime/debug"
	"time"

	"go.etcd.io/bbolt"
	bolterrors "go.etcd.io/bbolt/errors"

	"github.com/throughgate/throughgate/model"
	"github.com/throughgate/throughgate/store/pages"
)

// schema is the form of the file. A file of a later form is left alone.
const schema = 1

// The buckets. Numbers in keys are big-endian, so their order is that of the
// numbers.
var (
	bucketMeta = []byte("meta")
	// feeds holds a bucket for each site: number -> the envelope's bytes. Its
	// sequence is the last number given.
	bucketFeeds = []byte("feeds")
	// trees holds a bucket for each site: number -> what store/tree keeps of it.
	// It is as long as the feed.
	bucketTrees = []byte("trees")
	// placed: stamp, site -> number in the site's feed. A stamp belongs to one op
	// only, whatever the site.
	bucketPlaced = []byte("placed")
	// chain: device, incarnation, seq -> place.
	bucketChain = []byte("chain")
	// people: person, stamp -> site, number: where the op stands as its device
	// sent it.
	bucketPeople = []byte("people")
	// members: person, site -> nothing: whose feeds the person's ops belong in.
	bucketMembers = []byte("members")
	// access holds a bucket for each site: number -> an entry of a device's access
	// log: device, seq, hash, sealed.
	bucketAccess = []byte("access")
	// accesschain: device, seq, hash -> nothing: which entries there are.
	bucketAccessChain = []byte("accesschain")
	// registers holds a bucket for each table.
	bucketRegisters = []byte("registers")

	keySchema = []byte("schema")
	keyEpoch  = []byte("epoch")
)

// Options say how a log is opened.
type Options struct {
	Random io.Reader     // for the epoch; nil is crypto/rand
	Wait   time.Duration // for another process to let go of the file; 0 is one second
}

// Log is a hub's log in one file. It is safe for use by any number of
// goroutines.
type Log struct {
	db     *bbolt.DB
	random io.Reader
	bells  bells
}

// Open opens the log in a file, and makes it when there is none. The errors are
// *model.Error: KindLocked when another process holds the file, KindOutside
// when it cannot be read or written or is damaged.
func Open(path string, opts Options) (_ *Log, err error) {
	if opts.Random == nil {
		opts.Random = rand.Reader
	}
	if opts.Wait == 0 {
		opts.Wait = time.Second
	}
	// bbolt panics on some damaged files instead of saying so, and of one that was
	// cut it reads what is not there.
	defer debug.SetPanicOnFault(debug.SetPanicOnFault(true))
	defer func() {
		if r := recover(); r != nil {
			err = damaged(fmt.Errorf("%v", r))
		}
	}()
	if err := checkLength(path); err != nil {
		return nil, err
	}
	db, err := bbolt.Open(path, 0o600, &bbolt.Options{Timeout: opts.Wait, FreelistType: bbolt.FreelistMapType})
	if err != nil {
		return nil, openError(err)
	}
	if err := walk(path); err != nil {
		db.Close()
		return nil, err
	}
	log := &Log{db: db, random: opts.Random}
	for more := true; more; {
		err := db.Update(func(tx *bbolt.Tx) (err error) {
			if err = log.prepare(tx); err == nil {
				more, err = growTrees(tx, growBatch)
			}
			return err
		})
		if err != nil {
			db.Close()
			return nil, asError(err)
		}
	}
	return log, nil
}

// Close lets go of the file. What was answered for is in it already.
func (l *Log) Close() error { return l.db.Close() }

// prepare makes what a new file lacks and refuses a newer form.
func (l *Log) prepare(tx *bbolt.Tx) error {
	for _, name := range [][]byte{bucketMeta, bucketFeeds, bucketTrees, bucketPlaced, bucketChain, bucketPeople, bucketMembers, bucketAccess, bucketAccessChain, bucketRegisters} {
		if _, err := tx.CreateBucketIfNotExists(name); err != nil {
			return err
		}
	}
	meta := tx.Bucket(bucketMeta)
	have := meta.Get(keySchema)
	if have == nil {
		if err := l.drawEpoch(meta); err != nil {
			return err
		}
		return meta.Put(keySchema, binary.BigEndian.AppendUint32(nil, schema))
	}
	if len(have) != 4 || binary.BigEndian.Uint32(have) != schema {
		return &model.Error{Kind: model.KindOutside, Msg: "The hub's data were written by a newer version of this program.",
			Hint: "Run that version, or a later one."}
	}
	return nil
}

func (l *Log) drawEpoch(meta *bbolt.Bucket) error {
	var epoch [16]byte
	if _, err := io.ReadFull(l.random, epoch[:]); err != nil {
		return fmt.Errorf("boltlog: epoch: %w", err)
	}
	return meta.Put(keyEpoch, hex.AppendEncode(nil, epoch[:]))
}

// Epoch names this life of the log: desks that have a cursor of another one
// begin again.
func (l *Log) Epoch() (epoch string, err error) {
	err = l.db.View(func(tx *bbolt.Tx) error {
		epoch = string(tx.Bucket(bucketMeta).Get(keyEpoch))
		return nil
	})
	return epoch, asError(err)
}

// NewEpoch begins another life of the log, as it must after a restore: numbers
// that were given out once may be given to other ops now.
func (l *Log) NewEpoch() error {
	return asError(l.db.Update(func(tx *bbolt.Tx) error { return l.drawEpoch(tx.Bucket(bucketMeta)) }))
}

// Backup writes a copy of the whole file as it is at one moment, while the log
// goes on.
func (l *Log) Backup(w io.Writer) error {
	return asError(l.db.View(func(tx *bbolt.Tx) error {
		_, err := tx.WriteTo(w)
		return err
	}))
}

// checkLength refuses a file that is shorter than its own root says.
func checkLength(path string) error {
	f, err := os.Open(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil // it is made
	}
	if err != nil {
		return openError(err)
	}
	defer f.Close()
	need := pages.Length(f) // before how long it is: it may be growing, and grows before its root says so
	info, err := f.Stat()
	if err != nil || info.Size() == 0 {
		return asError(err)
	}
	if info.Size() < need {
		return damaged(fmt.Errorf("%d bytes of %d", info.Size(), need))
	}
	return nil
}

// walk looks whether bbolt can walk a file to which nobody writes.
func walk(path string) error {
	f, err := os.Open(path)
	if err != nil {
		return openError(err)
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return asError(err)
	}
	if err := pages.Walk(f, info.Size()); err != nil {
		return damaged(err)
	}
	return nil
}

// Check goes through the whole file and reports the first thing that is wrong
// in it.
func (l *Log) Check(ctx context.Context) error {
	return asError(l.db.View(func(tx *bbolt.Tx) error {
		var first error
		for err := range tx.Check() { // must be read to its end, or bbolt's goroutine stays
			if first == nil {
				first = damaged(err)
			}
		}
		return errors.Join(first, ctx.Err())
	}))
}

func openError(err error) error {
	switch {
	case errors.Is(err, bolterrors.ErrTimeout):
		return &model.Error{Kind: model.KindLocked, Msg: "Another program holds the hub's data.",
			Hint: "It is most likely the hub itself, starting or stopping. Try again.", Err: err}
	case errors.Is(err, fs.ErrPermission):
		return &model.Error{Kind: model.KindOutside, Msg: "The hub's data may not be opened by this user.",
			Hint: "Run the command as the user the hub runs as.", Err: err}
	case errors.Is(err, fs.ErrNotExist):
		return &model.Error{Kind: model.KindNotFound, Msg: "There is no such folder.", Hint: "Check the --data folder.", Err: err}
	case errors.Is(err, bolterrors.ErrInvalid), errors.Is(err, bolterrors.ErrVersionMismatch), errors.Is(err, bolterrors.ErrChecksum):
		return damaged(err)
	}
	return asError(err)
}

func damaged(err error) error {
	return &model.Error{Kind: model.KindOutside, Msg: "The hub's data are damaged.",
		Hint: "Keep the file as it is and bring back the last backup.", Err: err}
}

// asError gives what the disk said a sentence; what has one keeps it.
func asError(err error) error {
	var known *model.Error
	if err == nil || errors.As(err, &known) || errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) {
		return err
	}
	return &model.Error{Kind: model.KindOutside, Msg: "The hub's data could not be read or written.",
		Hint: "Check that the disk has room and the folder can be written to.", Err: err}
}
