package settings

import (
	"bytes"
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/pelletier/go-toml/v2"
	"github.com/pelletier/go-toml/v2/unstable"
)

// file is what one file says, before it is known what of it counts.
type file struct {
	name     string
	text     []byte
	read     []byte // text with blanks for the lines that cannot be read, and no more of it than can
	entries  []entry
	problems Problems
}

// entry is one setting in a file, or what stands where one should be.
type entry struct {
	key      string
	offset   int  // of the key, in bytes
	heading  bool // of a section
	repeated bool // in two pairs of brackets
	value    any
}

// parse takes a file apart. What cannot be read is passed over line by line, so
// that all that is wrong is said at once.
func parse(name string, text []byte) *file {
	f := &file{name: name, text: bytes.TrimPrefix(text, []byte("\xef\xbb\xbf"))}
	if bytes.HasPrefix(f.text, []byte("\xff\xfe")) || bytes.HasPrefix(f.text, []byte("\xfe\xff")) {
		f.complain(0, "This is UTF-16 text, not UTF-8.", hintUTF8)
		return f
	}
	f.read = bytes.Clone(f.text)
	f.letters()
	values := f.grammar()
	f.walk()
	for i := range f.entries {
		f.entries[i].value = lookUp(values, strings.Split(f.entries[i].key, "."))
	}
	f.strange()
	return f
}

// letters passes over lines that are not UTF-8.
func (f *file) letters() {
	at := 0
	for line := range bytes.Lines(f.text) {
		if !utf8.Valid(line) {
			f.complain(at+invalid(line), "This is not UTF-8 text.", hintUTF8)
			f.blank(at)
		}
		at += len(line)
	}
}

// invalid is where the first byte stands that is not UTF-8.
func invalid(line []byte) int {
	for i := 0; i < len(line); {
		r, size := utf8.DecodeRune(line[i:])
		if r == utf8.RuneError && size == 1 {
			return i
		}
		i += size
	}
	return len(line)
}

// blank passes over the line that begins at an offset. What stands below keeps
// its place.
func (f *file) blank(start int) {
	for i := start; i < len(f.read) && f.read[i] != '\n'; i++ {
		f.read[i] = ' '
	}
}

// mostBroken is after how many lines that cannot be read the rest is left alone.
const mostBroken = 20

// grammar reads the values, and complains of every line that is no TOML.
func (f *file) grammar() (values map[string]any) {
	for range mostBroken {
		values = nil
		err := toml.Unmarshal(f.read, &values)
		if err == nil {
			return values
		}
		if !f.passOver(err) {
			break
		}
	}
	f.read = nil
	return nil
}

const (
	hintUTF8    = "Save the file as UTF-8 in the editor."
	hintGrammar = `A line is a name, an equals sign and a value; text is in quotes: theme = "dark"`
	hintTwice   = "It stands there twice: keep one of them."
	hintBelow   = " What stands below was not looked at."
)

// passOver complains of a line that cannot be read and takes it out, and all
// below it where that cannot be understood without it: the name of a section, or
// a line within something longer. False is when nothing is left to read.
func (f *file) passOver(err error) bool {
	var where *toml.DecodeError
	if !errors.As(err, &where) {
		f.problems = append(f.problems, Problem{File: f.name, Msg: "This is not TOML.", Hint: hintGrammar})
		return false
	}
	row, column := where.Position()
	at := f.offset(row, column)
	start := bytes.LastIndexByte(f.text[:at], '\n') + 1
	line, _, _ := bytes.Cut(f.read[start:], []byte("\n"))
	msg, hint := broken(where.Error(), f.text[at:])
	whole := toml.Unmarshal(f.read[:start], new(map[string]any)) == nil
	above := bytes.HasPrefix(bytes.TrimSpace(line), []byte("["))
	if above && hint == hintTwice {
		hint = "Put its settings below the first of that name."
	}
	if above || !whole {
		hint += hintBelow
	}
	f.complain(at, msg, hint)
	switch {
	case !whole:
		return false
	case above:
		f.read = f.read[:start]
	default:
		f.blank(start)
	}
	return true
}

// broken says why a line cannot be read, and what to do about it.
func broken(why string, from []byte) (msg, hint string) {
	why = strings.TrimPrefix(why, "toml: ")
	r, _ := utf8.DecodeRune(from)
	switch {
	case strings.ContainsRune("\u201c\u201d\u201e\u2018\u2019", r):
		return "This line cannot be read: its quotes are not plain ones.", `Type the quotes anew, in a text editor: theme = "dark"`
	case strings.Contains(why, "already"):
		return "This line cannot be read: " + why + ".", hintTwice
	}
	return "This line cannot be read: " + why + ".", hintGrammar
}

// offset is the place in bytes of a line and a column in bytes, both from 1.
func (f *file) offset(row, column int) int {
	at := 0
	for ; row > 1; row-- {
		at += bytes.IndexByte(f.text[at:], '\n') + 1
	}
	return min(at+column-1, len(f.text))
}

// walk notes where each key stands. What is read is known to be good TOML.
func (f *file) walk() {
	var p unstable.Parser
	p.Reset(f.read)
	var section []string
	for p.NextExpression() {
		node := p.Expression()
		switch node.Kind {
		case unstable.Table, unstable.ArrayTable:
			var at int
			section, at = keyOf(node)
			f.entries = append(f.entries, entry{key: strings.Join(section, "."), offset: at, heading: true, repeated: node.Kind == unstable.ArrayTable})
		case unstable.KeyValue:
			f.pair(section, node)
		}
	}
}

// pair notes a key and its value, or what is within a table on one line.
func (f *file) pair(section []string, node *unstable.Node) {
	key, at := keyOf(node)
	path := slices.Concat(section, key)
	if value := node.Value(); value.Kind == unstable.InlineTable && len(path) == 1 && slices.Contains(sections(), path[0]) {
		for it := value.Children(); it.Next(); {
			f.pair(path, it.Node())
		}
		return
	}
	f.entries = append(f.entries, entry{key: strings.Join(path, "."), offset: at})
}

func keyOf(node *unstable.Node) (key []string, offset int) {
	for it := node.Key(); it.Next(); {
		if len(key) == 0 {
			offset = int(it.Node().Raw.Offset)
		}
		key = append(key, string(it.Node().Data))
	}
	return key, offset
}

func lookUp(values map[string]any, path []string) any {
	value := values[path[0]]
	if len(path) == 1 {
		return value
	}
	inner, _ := value.(map[string]any)
	return lookUp(inner, path[1:])
}

// strange complains of what is no setting, once for a section and all in it, and
// keeps the rest.
func (f *file) strange() {
	wrong := map[string]bool{}
	f.entries = slices.DeleteFunc(f.entries, func(e entry) bool {
		section, _, nested := strings.Cut(e.key, ".")
		if nested && wrong[section] {
			return true
		}
		msg, hint := misplaced(e)
		if msg != "" {
			wrong[e.key] = true
			f.complain(e.offset, msg, hint)
		}
		return msg != "" || e.heading
	})
}

// misplaced says why nothing can stand where an entry stands.
func misplaced(e entry) (msg, hint string) {
	_, isSetting := fieldOf(e.key)
	isSection := slices.Contains(sections(), e.key)
	switch {
	case isSection && e.heading && !e.repeated, isSetting && !e.heading:
		return "", ""
	case isSection:
		return e.key + " is a section, not a setting.", fmt.Sprintf("Write [%s] on a line of its own, and its settings below.", e.key)
	case isSetting:
		return e.key + " is a setting, not a section.", "Write it without brackets, with an equals sign and a value."
	}
	return fmt.Sprintf("There is no setting %s.", quote(e.key)), suggestion(e.key)
}

func (f *file) complain(offset int, msg, hint string) {
	before := f.text[:offset]
	start := bytes.LastIndexByte(before, '\n') + 1
	line, _, _ := bytes.Cut(f.text[start:], []byte("\n"))
	f.problems = append(f.problems, Problem{
		File: f.name, Line: bytes.Count(before, []byte("\n")) + 1, Column: utf8.RuneCount(before[start:]) + 1,
		Text: quote(string(line)), Msg: msg, Hint: hint,
	})
}

// apply gives the settings what the file says, and complains of what they
// cannot be.
func (f *file) apply(s *Settings, given func(key string)) {
	for _, e := range f.entries {
		setting, _ := fieldOf(e.key)
		if wrong := setting.give(s, e.value); wrong != "" {
			f.complain(e.offset, fmt.Sprintf("%s %s.", e.key, wrong), "")
			continue
		}
		given(e.key)
	}
	slices.SortStableFunc(f.problems, func(a, b Problem) int { return a.Line - b.Line })
}
