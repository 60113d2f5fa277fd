package hubdata

import (
	"crypto/rand"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"github.com/throughgate/throughgate/model"
	"github.com/throughgate/throughgate/store/boltlog"
	"github.com/throughgate/throughgate/sync/hub"
)

// Source says where a hub's data are.
type Source struct {
	Folder  string
	KeyFile string // with the hub's key, "" for the environment or the folder
	Make    bool   // begin a hub where there is none
	Options hub.Options
	Wait    time.Duration // for another process to let go; 0 is one second
}

func (s Source) random() io.Reader {
	if s.Options.Random != nil {
		return s.Options.Random
	}
	return rand.Reader
}

// Open opens a hub's data; with Make it makes folder, log and key where there are
// none. The hub and what closes its data are the caller's.
func Open(s Source) (*hub.Hub, io.Closer, error) {
	if s.Folder == "" {
		return nil, nil, model.Invalid("No folder was named.", "Say where the hub's data are with --data.")
	}
	if !s.Make && !exists(s.Folder) {
		return nil, nil, model.NotFound("There is no hub in this folder.", "Begin one with: throughgate-hub site add CODE --name NAME --data FOLDER.")
	}
	if err := os.MkdirAll(s.Folder, 0o700); err != nil {
		return nil, nil, outside("The folder could not be made.", err)
	}
	log, err := boltlog.Open(filepath.Join(s.Folder, "hub.db"), boltlog.Options{Random: s.Options.Random, Wait: s.Wait})
	if err != nil {
		return nil, nil, err
	}
	h, err := s.over(log)
	if err != nil {
		log.Close()
		return nil, nil, err
	}
	return h, log, nil
}

// over makes the hub of an open log. The log's lock is held, so no other process
// draws a key at the same time.
func (s Source) over(log *boltlog.Log) (*hub.Hub, error) {
	fresh, err := hub.Fresh(log)
	if err != nil {
		return nil, err
	}
	key, err := s.key(fresh)
	if err != nil {
		return nil, err
	}
	defer key.Zero()
	return hub.New(log, key, s.Options)
}

func exists(folder string) bool {
	_, err := os.Stat(filepath.Join(folder, "hub.db"))
	return !errors.Is(err, fs.ErrNotExist)
}
