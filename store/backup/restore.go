package backup

import (
	"cmp"
	"context"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/throughgate/throughgate/model"
	"github.com/throughgate/throughgate/store"
)

// Restore brings a backup back into a folder that is empty or not there yet. All
// of it is read, opened as a store and looked through in a folder of its own
// before anything is put in place; whatever fails leaves the folder as it was.
// The store begins a new incarnation, so that nothing that is written from now
// on bears a number that the first one has given to something else.
func Restore(ctx context.Context, path, folder string, key Key, opt store.Options) (about About, err error) {
	file, err := os.Open(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return about, &model.Error{Kind: model.KindNotFound, Msg: "There is no such backup.", Hint: "Check its name and folder.", Err: err}
	case err != nil:
		return about, unreadable(err)
	}
	defer file.Close()
	r, err := open(file, key)
	if err != nil {
		return about, err
	}
	defer r.free()
	made, err := prepare(folder)
	if err != nil {
		return about, err
	}
	defer func() {
		if err != nil && made {
			_ = os.Remove(folder) // the failure before it is the one to tell
		}
	}()
	trial, err := os.MkdirTemp(folder, trialName+"*")
	if err != nil {
		return about, outside("The folder cannot be used.", err)
	}
	defer os.RemoveAll(trial)
	if err := unpack(ctx, r, filepath.Join(trial, store.File)); err != nil {
		return about, err
	}
	if err := tryOut(ctx, trial, r.About, opt); err != nil {
		return about, cmp.Or(ctx.Err(), err) // stopped is not damaged
	}
	if err := os.Rename(filepath.Join(trial, store.File), filepath.Join(folder, store.File)); err != nil {
		return about, outside("The store could not be put in place.", err)
	}
	syncFolder(folder)
	return r.About, nil
}

// trialName begins the name of the folder in which a backup is tried out.
const trialName = ".throughgate-restore-"

// prepare makes the folder, or sees that there is nothing in it but what a restore
// left that was killed, which it takes away.
func prepare(folder string) (made bool, err error) {
	entries, err := os.ReadDir(folder)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		if err := os.MkdirAll(folder, 0o700); err != nil {
			return false, outside("The folder could not be made.", err)
		}
		return true, nil
	case err != nil:
		return false, outside("The folder cannot be used.", err)
	case slices.ContainsFunc(entries, func(e fs.DirEntry) bool { return !strings.HasPrefix(e.Name(), trialName) }):
		return false, &model.Error{Kind: model.KindConflict, Msg: "This folder is not empty.", Hint: "A backup is brought back into an empty folder, beside what is there. Nothing was changed."}
	}
	for _, left := range entries {
		if err := os.RemoveAll(filepath.Join(folder, left.Name())); err != nil {
			return false, outside("The folder cannot be used.", err)
		}
	}
	return false, nil
}

// unpack writes the store's file, and believes it once its sum is right.
func unpack(ctx context.Context, r *reader, path string) error {
	file, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return outside("The store could not be written.", err)
	}
	_, err = io.Copy(&until{ctx, file}, r)
	if err == nil {
		err = r.finish()
	}
	err = errors.Join(err, file.Sync(), file.Close())
	var known *model.Error
	switch {
	case ctx.Err() != nil:
		return ctx.Err()
	case err == nil, errors.As(err, &known):
		return err
	}
	return outside("The store could not be written.", err)
}

// tryOut opens what was brought back, looks through all of it, and gives it its
// new incarnation.
func tryOut(ctx context.Context, folder string, about About, opt store.Options) (err error) {
	desk, err := store.Open(folder, opt)
	if err != nil {
		return unsound(err)
	}
	defer func() { err = errors.Join(err, desk.Close()) }()
	if err := errors.Join(desk.Check(ctx), desk.VerifyAccess()); err != nil {
		return unsound(err)
	}
	if id := desk.Identity(); id.Device != about.Device || id.Site != about.Site {
		return spoilt(errors.New("the store is another than it says"))
	}
	return desk.MarkRestored()
}

// unsound is a backup that was written well and holds a bad store. A store of a
// newer version has its own sentence.
func unsound(err error) error {
	var known *model.Error
	if errors.As(err, &known) && known.Msg != "The store's file is damaged." {
		return err
	}
	return spoilt(err)
}
