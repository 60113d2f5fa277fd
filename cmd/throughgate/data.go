package main

import (
	"os"
	"path/filepath"
	"runtime"

	"github.com/spf13/cobra"

	"github.com/throughgate/throughgate/cmd/internal/settings"
	"github.com/throughgate/throughgate/model"
	"github.com/throughgate/throughgate/store"
)

// data is which workstation's folder a command works on: --data, which every
// command has.
type data struct {
	folder string
	// held is the store that this process has open for everybody, nil where each
	// command opens it for itself.
	held   *store.Store
	keeper *keeper // of the store that is held
	site   string  // the file of the site's settings
}

func (d *data) flags(cmd *cobra.Command) {
	cmd.PersistentFlags().StringVar(&d.folder, "data", "", "the folder with this workstation's data (default: "+defaultFolderWords()+")")
	_ = cmd.MarkPersistentFlagDirname("data") // fails for a flag that is not there
}

// path is the folder that was given, else the user's own.
func (d *data) path() (string, error) {
	if d.folder != "" {
		return d.folder, nil
	}
	folder, err := defaultFolder()
	if err != nil {
		return "", &model.Error{Kind: model.KindInvalid, Msg: "This computer does not say where your data belong.", Hint: "Give the folder with --data.", Err: err}
	}
	return folder, nil
}

// opened is a workstation's store for one command, which closes it. One that is
// held for others too stays open.
type opened struct {
	*store.Store
	held bool
}

// Close lets go of the store, unless others work in it.
func (o opened) Close() error {
	if o.held {
		return nil
	}
	return o.Store.Close()
}

// files are where this workstation's settings are.
func (d *data) files() (settings.Files, error) {
	folder, err := d.path()
	files := settings.FilesOf(folder)
	files.Site = d.site
	return files, err
}

// settings are what this workstation was told to do differently.
func (d *data) settings() (settings.Settings, error) {
	files, err := d.files()
	if err != nil {
		return settings.Settings{}, err
	}
	return files.Load()
}

// dueDays are the days on which lines of the checklist are due here, for whatever
// a command says of them. Settings that are wrong stop it: a day that nobody set
// would be believed.
func (d *data) dueDays() (model.Timeline, error) {
	chosen, err := d.settings()
	return chosen.Due.Timeline(), err
}

// open opens the workstation's store.
func (d *data) open(opt store.Options) (opened, error) {
	if d.held != nil {
		return opened{d.held, true}, nil
	}
	folder, err := d.path()
	if err != nil {
		return opened{}, err
	}
	if chosen, err := d.settings(); err == nil { // what is wrong in them stops the screens, not a command
		opt.Hours = chosen.Hours.Day()
	}
	desk, err := store.Open(folder, opt)
	return opened{Store: desk}, err
}

// defaultFolder is where a program of this user keeps data that stay on this
// computer, by the rules of the system.
func defaultFolder() (string, error) {
	if runtime.GOOS == "windows" || runtime.GOOS == "darwin" {
		folder, err := os.UserCacheDir() // %LocalAppData%, which does not roam
		if runtime.GOOS == "darwin" {
			folder, err = os.UserConfigDir() // ~/Library/Application Support
		}
		return filepath.Join(folder, "Throughgate"), err
	}
	if folder := os.Getenv("XDG_DATA_HOME"); filepath.IsAbs(folder) {
		return filepath.Join(folder, "throughgate"), nil
	}
	home, err := os.UserHomeDir()
	return filepath.Join(home, ".local", "share", "throughgate"), err
}

// defaultFolderWords names the default without the user's own path, so that the
// manual is the same wherever it is written.
func defaultFolderWords() string {
	return "the user's own, such as ~/.local/share/throughgate or %LocalAppData%\\Throughgate"
}
