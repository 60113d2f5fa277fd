package backup

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"filippo.io/age"

	"github.com/throughgate/throughgate/model"
	"github.com/throughgate/throughgate/store"
)

// Write copies a store that is open, and may be in use, into a new file at path.
// The file bears its name only after all of it has been read back and found to
// be what was written: a file of that name is a backup that can be opened. size
// is its length in bytes.
func Write(ctx context.Context, desk *store.Store, path string, lock Lock, now time.Time) (about About, size int64, err error) {
	if err := isFree(path); err != nil {
		return about, 0, err
	}
	sweep(filepath.Dir(path), now)
	file, err := os.CreateTemp(filepath.Dir(path), halfName+"*") // only this user can read it
	if err != nil {
		return about, 0, outside("The backup could not be written.", err)
	}
	defer os.Remove(file.Name()) // fails once it bears its own name
	about, key, err := write(ctx, desk, file, lock, now)
	err = errors.Join(err, file.Sync(), file.Close())
	if ctx.Err() != nil {
		return about, 0, ctx.Err()
	}
	if err != nil {
		return about, 0, unwritten(err)
	}
	if size, err = readBack(file.Name(), key, about); err != nil {
		return about, 0, err
	}
	if err := isFree(path); err != nil { // somebody else may have been quicker
		return about, 0, err
	}
	if err := os.Rename(file.Name(), path); err != nil {
		return about, 0, outside("The backup could not be given its name.", err)
	}
	syncFolder(filepath.Dir(path))
	return about, size, nil
}

// halfName begins the name of a backup that is being written.
const halfName = ".throughgate-backup-"

// tooOld is the age of a half backup that nobody writes any more.
const tooOld = 24 * time.Hour

// sweep takes away what backups left that were killed, so that a disk they are
// made on every night does not fill. What cannot be taken away stays.
func sweep(folder string, now time.Time) {
	entries, _ := os.ReadDir(folder) // a folder that cannot be read says so in a moment
	for _, e := range entries {
		info, err := e.Info()
		if err == nil && strings.HasPrefix(e.Name(), halfName) && info.Mode().IsRegular() && now.Sub(info.ModTime()) > tooOld {
			_ = os.Remove(filepath.Join(folder, e.Name()))
		}
	}
}

func isFree(path string) error {
	if _, err := os.Lstat(path); !errors.Is(err, fs.ErrNotExist) {
		return &model.Error{Kind: model.KindConflict, Msg: "There is a file of this name already.", Hint: "Name another, such as with today's date.", Err: err}
	}
	return nil
}

func write(ctx context.Context, desk *store.Store, file io.Writer, lock Lock, now time.Time) (about About, key age.Identity, err error) {
	id := desk.Identity()
	err = desk.Snapshot(ctx, func(snapshot *store.Snapshot) error {
		about = About{Made: model.InstantOf(now), Device: id.Device, Site: id.Site, Entries: snapshot.Entries, Bytes: snapshot.Size()}
		locked, opens, err := lock.encrypt(&until{ctx, file})
		if err != nil {
			return err
		}
		key = opens
		return errors.Join(encode(locked, about, snapshot), locked.Close())
	})
	return about, key, err
}

// readBack reads a backup to its end.
func readBack(path string, key age.Identity, want About) (size int64, err error) {
	file, err := os.Open(path)
	if err != nil {
		return 0, unreadable(err)
	}
	defer file.Close()
	r, err := open(file, Key{identities: []age.Identity{key}})
	if err != nil {
		return 0, err
	}
	defer r.free()
	if _, err := io.Copy(io.Discard, r); err != nil {
		return 0, err
	}
	if err := r.finish(); err != nil {
		return 0, err
	}
	if r.About != want {
		return 0, spoilt(errors.New("it says something else of itself"))
	}
	info, err := file.Stat()
	if err != nil {
		return 0, unreadable(err)
	}
	return info.Size(), nil
}

// until is a writer that fails once its context has ended.
type until struct {
	ctx context.Context
	to  io.Writer
}

// Write implements io.Writer.
func (u *until) Write(p []byte) (int, error) {
	if err := u.ctx.Err(); err != nil {
		return 0, err
	}
	return u.to.Write(p)
}

// syncFolder writes down that a file has come. Windows has no such thing, and
// needs none.
func syncFolder(path string) {
	if folder, err := os.Open(path); err == nil {
		_ = folder.Sync()
		folder.Close()
	}
}
