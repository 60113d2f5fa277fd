package cmd_test

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// pages returns the project's own Markdown by path from the root, except what
// the programs wrote themselves when ours is true.
func pages(tb testing.TB, ours bool) map[string]string {
	tb.Helper()
	found := map[string]string{}
	err := filepath.WalkDir("..", func(path string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case entry.IsDir() && path != ".." && strings.HasPrefix(entry.Name(), "."):
			return fs.SkipDir
		case filepath.Ext(path) != ".md", ours && strings.Contains(filepath.ToSlash(path), "docs/cli/"):
			return nil
		}
		text, err := os.ReadFile(path)
		found[path] = string(text)
		return err
	})
	if err != nil {
		tb.Fatal(err)
	}
	return found
}

var link = regexp.MustCompile(`\]\(([^)#]+)[^)]*\)`)

// TestDocsLinkToWhatIsThere follows every link and picture that stays within
// the project.
func TestDocsLinkToWhatIsThere(t *testing.T) {
	for path, text := range pages(t, false) {
		for _, match := range link.FindAllStringSubmatch(text, -1) {
			if strings.Contains(match[1], "://") {
				continue
			}
			if _, err := os.Stat(filepath.Join(filepath.Dir(path), match[1])); err != nil {
				t.Errorf("%s links to %s, which is not there", path, match[1])
			}
		}
	}
}

// TestDocsShowCommandsThatExist compares every command line in the handwritten
// pages, in a block or between back quotes, with the commands and flags that
// the programs say they have.
func TestDocsShowCommandsThatExist(t *testing.T) {
	known := pages(t, false)
	for path, text := range pages(t, true) {
		for _, line := range commandLines(text) {
			words := strings.Fields(line)
			page, manual := words[0], ""
			for i, word := range words {
				if i > 0 {
					page += "_" + word
				}
				text, ok := known[filepath.Join("..", "docs", "cli", page+".md")]
				if !ok {
					break
				}
				manual = text
			}
			if len(words) > 1 && !strings.HasPrefix(words[1], "-") && strings.HasPrefix(manual, "## "+words[0]+"\n") {
				t.Errorf("%s shows %q, which is no command", path, line)
			}
			for _, word := range words {
				flag, _, _ := strings.Cut(word, "=")
				if strings.HasPrefix(flag, "--") && !strings.Contains(manual, flag+" ") {
					t.Errorf("%s shows %q, which has no %s", path, line, flag)
				}
			}
		}
	}
}

var quoted = regexp.MustCompile("`(throughgate(?:-hub)? [^`\n]+)`")

// commandLines returns what a page tells its reader to type. What follows a
// pipe or a redirection is the shell's.
func commandLines(text string) []string {
	var lines []string
	add := func(line string) {
		line, _, _ = strings.Cut(line, " |")
		line, _, _ = strings.Cut(line, " >")
		lines = append(lines, strings.TrimSpace(line))
	}
	for _, match := range quoted.FindAllStringSubmatch(text, -1) {
		add(match[1])
	}
	fenced := false
	for line := range strings.Lines(text) {
		if strings.HasPrefix(line, "```") {
			fenced = !fenced
		} else if fenced && (strings.HasPrefix(line, "throughgate ") || strings.HasPrefix(line, "throughgate-hub ")) {
			add(line)
		}
	}
	return lines
}
