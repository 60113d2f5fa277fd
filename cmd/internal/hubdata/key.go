package hubdata

import (
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/throughgate/throughgate/model"
	"github.com/throughgate/throughgate/store/seal"
)

// KeyVariable is the environment variable that may hold the hub's key: 64
// hexadecimal digits.
const KeyVariable = "THROUGHGATE_HUB_KEY"

const keyFile = "hub.key"

// key finds the hub's key: in the file that was named, in the environment, or in
// the folder, where one is drawn when nothing was kept under another yet.
func (s Source) key(fresh bool) (seal.Key, error) {
	if s.KeyFile != "" {
		return readKey(s.KeyFile)
	}
	if text := os.Getenv(KeyVariable); text != "" {
		return parseKey(text, "the variable "+KeyVariable)
	}
	path := filepath.Join(s.Folder, keyFile)
	key, err := readKey(path)
	if !fresh || !errors.Is(err, fs.ErrNotExist) {
		return key, err
	}
	if key, err = seal.NewKey(s.random()); err != nil {
		return seal.Key{}, err
	}
	if err := writeWhole(path, hex.AppendEncode(nil, key[:])); err != nil {
		return seal.Key{}, outside("The hub's key could not be written.", err)
	}
	return key, nil
}

func readKey(path string) (seal.Key, error) {
	file, err := os.Open(path)
	if errors.Is(err, fs.ErrNotExist) {
		return seal.Key{}, &model.Error{Kind: model.KindNotFound, Msg: "The file with the hub's key is missing.",
			Hint: "Put it back, or name it with --key-file. Without it nothing here can be opened.", Err: err}
	}
	if err != nil {
		return seal.Key{}, outside("The file with the hub's key could not be read.", err)
	}
	defer file.Close()
	text, err := io.ReadAll(io.LimitReader(file, 1<<10))
	if err != nil {
		return seal.Key{}, outside("The file with the hub's key could not be read.", err)
	}
	return parseKey(string(text), "the file")
}

// parseKey never quotes what it was given.
func parseKey(text, where string) (seal.Key, error) {
	raw, err := hex.DecodeString(strings.TrimSpace(text))
	if err != nil || len(raw) != seal.KeySize {
		return seal.Key{}, model.Invalid("What "+where+" holds is not a hub's key.", "A key is 64 hexadecimal digits.")
	}
	return seal.KeyFromBytes(raw)
}

// writeWhole makes a file that only its owner may read, so that it is there
// entirely or not at all, whenever the power goes.
func writeWhole(path string, content []byte) error {
	file, err := os.CreateTemp(filepath.Dir(path), filepath.Base(path)+".*")
	if err != nil {
		return err
	}
	defer os.Remove(file.Name()) // fails once it bears its own name
	_, err = file.Write(append(content, '\n'))
	err = errors.Join(err, file.Sync(), file.Close())
	if err != nil {
		return err
	}
	if err := os.Rename(file.Name(), path); err != nil {
		return err
	}
	syncFolder(filepath.Dir(path))
	return nil
}

// syncFolder writes down that a file has come. Windows has no such thing, and
// needs none.
func syncFolder(path string) {
	if folder, err := os.Open(path); err == nil {
		_ = folder.Sync()
		folder.Close()
	}
}

func outside(msg string, err error) error {
	return &model.Error{Kind: model.KindOutside, Msg: msg, Hint: "Check that the folder is there, belongs to this user, and has room.",
		Err: fmt.Errorf("hub data: %w", err)}
}
