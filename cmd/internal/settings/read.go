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

// parse takes a file apart. Grammar comes first: what follows a broken line may
// be read wrongly, so that line alone is reported.
func parse(name string, text []byte) *file {
	f := &file{name: name, text: bytes.TrimPrefix(text, []byte("\xef\xbb\xbf"))}
	if !utf8.Valid(f.text) {
		f.complain(f.invalid(), "This is not UTF-8 text.", "Save the file as UTF-8 in the editor.")
		return f
	}
	var values map[string]any
	if err := toml.Unmarshal(f.text, &values); err != nil {
		f.grammar(err)
		return f
	}
	f.walk()
	for i := range f.entries {
		f.entries[i].value = lookUp(values, strings.Split(f.entries[i].key, "."))
	}
	f.strange()
	return f
}

// invalid is where the first byte stands that is not UTF-8.
func (f *file) invalid() int {
	for i := 0; i < len(f.text); {
		r, size := utf8.DecodeRune(f.text[i:])
		if r == utf8.RuneError && size == 1 {
			return i
		}
		i += size
	}
	return len(f.text)
}

func (f *file) grammar(err error) {
	var where *toml.DecodeError
	if !errors.As(err, &where) {
		f.problems = append(f.problems, Problem{File: f.name, Msg: "This is not TOML.", Hint: hintGrammar})
		return
	}
	row, column := where.Position()
	f.complain(f.offset(row, column), "This line cannot be read: "+strings.TrimPrefix(where.Error(), "toml: ")+".", hintGrammar)
}

const hintGrammar = `A line is a name, an equals sign and a value; text is in quotes: theme = "dark"`

// offset is the place in bytes of a line and a column in bytes, both from 1.
func (f *file) offset(row, column int) int {
	at := 0
	for ; row > 1; row-- {
		at += bytes.IndexByte(f.text[at:], '\n') + 1
	}
	return min(at+column-1, len(f.text))
}

// walk notes where each key stands. The text is known to be good TOML.
func (f *file) walk() {
	var p unstable.Parser
	p.Reset(f.text)
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
