package hubdata

import (
	"context"
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/throughgate/throughgate/model"
	"github.com/throughgate/throughgate/store/boltlog"
	"github.com/throughgate/throughgate/sync/hub"
)

// VerbBackup copies the hub's data into a file, beside the verbs of package hub,
// which knows no files. It takes a Backup and answers with one.
const VerbBackup = "backup"

// Backup is a copy of a hub's data. Path is absolute: a hub that runs has a
// working folder of its own.
type Backup struct {
	Path  string `json:"path"`
	Bytes int64  `json:"bytes"` // of the copy
}

// local is a hub in this process.
type local struct{ *hub.Hub }

// Call implements Admin.
func (l local) Call(verb string, in []byte) ([]byte, error) {
	if verb != VerbBackup {
		return l.Hub.Call(verb, in)
	}
	var b Backup
	if json.Unmarshal(in, &b) != nil || !filepath.IsAbs(b.Path) {
		return nil, model.Invalid("This is not a place for a backup.", "Name a file.")
	}
	size, err := backup(l.Hub, b.Path)
	if err != nil {
		return nil, err
	}
	return json.Marshal(Backup{Path: b.Path, Bytes: size})
}

// backup writes a copy beside where it is to be, looks through all of it, and
// only then gives it its name: a file of that name is a backup that can be
// opened.
func backup(h *hub.Hub, path string) (size int64, err error) {
	if _, err := os.Lstat(path); !errors.Is(err, fs.ErrNotExist) {
		return 0, &model.Error{Kind: model.KindConflict, Msg: "There is a file of this name.", Hint: "Name another, such as with today's date.", Err: err}
	}
	file, err := os.CreateTemp(filepath.Dir(path), ".hub-backup-*")
	if err != nil {
		return 0, outside("The backup could not be written.", err)
	}
	defer os.Remove(file.Name()) // fails once it bears its own name
	err = errors.Join(h.Backup(file), file.Sync(), file.Close())
	if err != nil {
		return 0, outside("The backup could not be written.", err)
	}
	if err := check(file.Name()); err != nil {
		return 0, err
	}
	info, err := os.Stat(file.Name())
	if err != nil {
		return 0, outside("The backup could not be read again.", err)
	}
	if err := os.Rename(file.Name(), path); err != nil {
		return 0, outside("The backup could not be given its name.", err)
	}
	syncFolder(filepath.Dir(path))
	return info.Size(), nil
}

// check opens a copy and goes through all of it.
func check(path string) error {
	log, err := boltlog.Open(path, boltlog.Options{})
	if err != nil {
		return err
	}
	return errors.Join(log.Check(context.Background()), log.Close())
}
