package settings

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/throughgate/throughgate/model"
)

// Name is what the user's file is called, in the data folder.
const Name = "throughgate.toml"

// Files are where the settings of a workstation are.
type Files struct {
	User string // may be missing
	Site string // may be missing; its values win
}

// FilesOf returns where the settings of the workstation in a data folder are.
func FilesOf(dataFolder string) Files {
	return Files{User: filepath.Join(dataFolder, Name), Site: SiteFile()}
}

// Load reads the settings of the workstation in a data folder. An error is a
// *model.Error that names the first line that is wrong.
func Load(dataFolder string) (Settings, error) { return FilesOf(dataFolder).Load() }

// Load reads the settings. Missing files say nothing; anything wrong in one of
// them gives no settings at all, since half of what was decided may be worse
// than none.
func (f Files) Load() (Settings, error) {
	s, problems, err := f.Check()
	switch {
	case err != nil:
		return Settings{}, err
	case len(problems) > 0:
		return Settings{}, problems.asError()
	}
	return s, nil
}

// Check reads the settings and returns everything that is wrong with them. An
// error is of a file that cannot be read at all.
func (f Files) Check() (Settings, Problems, error) {
	s := Default()
	s.from, s.mine = map[string]Source{}, map[string]any{}
	user, err := open(f.User)
	if err != nil {
		return s, nil, err
	}
	site, err := open(f.Site)
	if err != nil {
		return s, nil, err
	}
	user.apply(&s, func(key string) { s.from[key] = FromUser })
	own := s
	site.apply(&s, func(key string) {
		if s.from[key] == FromUser {
			setting, _ := fieldOf(key)
			s.mine[key] = valueAt(setting.at(&own))
		}
		s.from[key] = FromSite
	})
	return s, append(site.problems, user.problems...), nil
}

// maxFile bounds what is read of a file, in bytes.
const maxFile = 64 << 10

func open(path string) (*file, error) {
	there, err := isThere(path)
	if err != nil || !there {
		return &file{}, err
	}
	f, err := os.Open(path)
	if err != nil {
		return nil, unreadable(path, err)
	}
	defer f.Close()
	text, err := io.ReadAll(io.LimitReader(f, maxFile+1))
	if err != nil {
		return nil, unreadable(path, err)
	}
	if len(text) > maxFile {
		return nil, model.Invalid(filepath.Base(path)+" is too long for settings.", "Look whether it is the right file.")
	}
	return parse(filepath.Base(path), text), nil
}

// isThere tells whether there is a file to read. A link to nothing is not taken
// for no file: a site would believe that what it decided holds. What is no file
// at all, such as a pipe, might be waited for without end.
func isThere(path string) (bool, error) {
	if path == "" {
		return false, nil
	}
	info, err := os.Stat(path)
	_, linkErr := os.Lstat(path)
	name := filepath.Base(path)
	switch {
	case errors.Is(err, fs.ErrNotExist) && linkErr == nil:
		return false, &model.Error{Kind: model.KindOutside, Msg: name + " is a link to a file that is not there.", Hint: "Put the file back, or take the link away.", Err: err}
	case errors.Is(err, fs.ErrNotExist), noFolder(filepath.Dir(path)):
		return false, nil
	case err != nil:
		return false, unreadable(path, err)
	case !info.Mode().IsRegular():
		return false, &model.Error{Kind: model.KindOutside, Msg: name + " is not a file.", Hint: "Put a text file in its place, or take it away."}
	}
	return true, nil
}

// noFolder tells whether a file stands where a folder should: then nothing is in
// it.
func noFolder(path string) bool {
	info, err := os.Stat(path)
	return err == nil && !info.IsDir()
}

func unreadable(path string, err error) error {
	return &model.Error{Kind: model.KindOutside, Msg: filepath.Base(path) + " cannot be read.",
		Hint: "Ask for the right to read it.", Err: err}
}

// Override gives a setting the value of a flag. A flag is stronger than the
// user's file and never stronger than the site's: then the error says so. Plain
// mode alone may always be asked for, here as over SSH: who hears the screens
// could do no work without it.
func (s *Settings) Override(key string, value any, flag string) error {
	setting, known := fieldOf(key)
	if !known {
		return &model.Error{Kind: model.KindInternal, Msg: "There is no setting " + key + "."}
	}
	changed := *s
	raw := asTOML(value)
	if wrong := setting.give(&changed, raw); wrong != "" {
		return model.Invalid("--"+flag+" "+wrong+".", "")
	}
	if s.Locked(key) && !(key == "plain" && value == true) {
		if sameValue(valueAt(setting.at(s)), valueAt(setting.at(&changed))) {
			return nil
		}
		return model.Forbidden("The site has decided "+strings.ReplaceAll(key, "_", " ")+" for this computer; --"+flag+" cannot change it.",
			"Leave out --"+flag+", or ask whoever looks after this computer.")
	}
	setting.give(s, raw)
	if s.from == nil { // nothing was read from any file
		s.from = make(map[string]Source)
	}
	s.from[key] = FromFlag
	return nil
}

// asTOML is a value of a flag as the reader of TOML would give it.
func asTOML(value any) any {
	switch v := value.(type) {
	case int:
		return int64(v)
	case []string:
		all := make([]any, len(v))
		for i, text := range v {
			all[i] = text
		}
		return all
	}
	return value
}
