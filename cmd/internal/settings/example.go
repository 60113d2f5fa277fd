package settings

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"reflect"
	"strings"

	"github.com/throughgate/throughgate/model"
)

// Example is a file with every setting as it is by itself, each behind a comment
// mark, with what it does and may be.
func Example() string {
	var b strings.Builder
	b.WriteString("# What this workstation does differently. Take the # away from a line to decide it.\n" +
		"# After a change: throughgate config check\n")
	standard, section := Default(), ""
	for _, f := range fields {
		key := f.key
		if in, rest, nested := strings.Cut(f.key, "."); nested {
			if key = rest; in != section {
				section = in
				fmt.Fprintf(&b, "\n[%s]\n", section)
			}
		}
		fmt.Fprintf(&b, "\n# %s\n# %s\n#%s = %s\n", f.words, sentence(f.allowed), key, literal(valueAt(f.at(&standard))))
	}
	return b.String()
}

func sentence(words string) string { return strings.ToUpper(words[:1]) + words[1:] + "." }

// literal writes a value as TOML does.
func literal(value any) string {
	switch v := value.(type) {
	case string:
		return fmt.Sprintf("%q", v)
	case TimeOfDay:
		return fmt.Sprintf("%q", v.String())
	case []string:
		if len(v) == 0 {
			return "[]"
		}
		return fmt.Sprintf(`["%s"]`, strings.Join(v, `", "`))
	}
	return fmt.Sprint(value)
}

func sameValue(a, b any) bool { return reflect.DeepEqual(a, b) }

// Init writes the example where there is no file yet.
func Init(path string) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return unwritten(err)
	}
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if errors.Is(err, fs.ErrExist) {
		return &model.Error{Kind: model.KindConflict, Msg: "There is a " + filepath.Base(path) + " already.", Hint: "Nothing was changed. throughgate config show says what it decides.", Err: err}
	}
	if err != nil {
		return unwritten(err)
	}
	_, err = f.WriteString(Example())
	return unwritten(errors.Join(err, f.Close()))
}

func unwritten(err error) error {
	if err == nil {
		return nil
	}
	return &model.Error{Kind: model.KindOutside, Msg: "The settings file could not be written.", Hint: "Look whether the disk is full or the folder read-only.", Err: err}
}
