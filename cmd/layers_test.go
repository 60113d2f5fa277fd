package cmd_test

import (
	"slices"
	"strings"
	"testing"
)

// module is what every import path of ours begins with.
const module = "github.com/throughgate/throughgate/"

// A layer says what the packages of one pattern may import.
type layer struct {
	// pattern is an import path within the module; "/..." at its end stands
	// for the package and everything below it. The first row that matches a
	// package decides.
	pattern string
	// ours are the patterns of this module's packages that it may import
	// directly. Packages of one pattern may always import one another.
	ours []string
	// third are the import path prefixes it may import from other modules.
	third []string
	why   string
}

// screens is what draws on a terminal.
var screens = []string{
	"github.com/charmbracelet/bubbletea", "github.com/charmbracelet/bubbles",
	"github.com/charmbracelet/lipgloss", "github.com/charmbracelet/x",
	"github.com/muesli/termenv", "github.com/rivo/uniseg", "github.com/mattn/go-runewidth",
	"golang.org/x/text",
}

// layers is who may import whom. A package that matches no row fails the test:
// whoever adds it decides here where it stands.
var layers = []layer{
	{"model", nil, nil,
		"the meaning of every word: pure, so that desk, hub and test agree"},
	{"model/sheet/...", nil, []string{"codeberg.org/go-pdf/fpdf"},
		"paper and plain text for every document; only it needs a PDF library, and it knows nothing of what it prints"},
	{"model/letter/...", []string{"model", "model/sheet"}, nil,
		"the letter is a pure function of the record"},
	{"model/papers/...", []string{"model", "model/sheet"}, nil,
		"so are the papers of a desk"},
	{"model/...", []string{"model"}, nil,
		"mappings of the model to other forms are pure too"},

	{"store/seal", nil, []string{
		"golang.org/x/crypto", "golang.org/x/text/unicode/norm", "github.com/klauspost/compress"},
		"encryption knows bytes and keys, never what they mean; sealed bytes do not compress, so it packs first, and one passphrase typed on two keyboards is made one"},
	{"store/tree", []string{"model"}, []string{"golang.org/x/mod/sumdb"},
		"the tree of a feed and its signed heads, the same at desk, hub and for who compares them; it keeps nothing and has no key"},
	{"store/pages", nil, nil,
		"looks at a bbolt file's pages before bbolt believes them"},
	{"store/boltlog", []string{"model", "store/pages", "store/seal", "store/tree"}, []string{"go.etcd.io/bbolt"},
		"one of the hub's logs"},
	{"store/pglog", []string{"model", "store/seal", "store/tree"}, []string{"github.com/jackc/pgx", "github.com/pressly/goose"},
		"the only package that knows PostgreSQL"},
	{"store/logtest", []string{"model", "store/seal", "store/tree"}, []string{"pgregory.net/rapid"},
		"the contract every log of the hub must keep"},
	{"store/...", []string{"model", "store/pages", "store/seal", "store/tree"}, []string{
		"go.etcd.io/bbolt", "golang.org/x/crypto", "golang.org/x/sys", "golang.org/x/text",
		"github.com/klauspost/compress", "github.com/oklog/ulid", "filippo.io/age"},
		"the store never learns of screens or networks; cmd joins them"},

	{"sync/hub/...", []string{"model/...", "sync", "store/seal", "store/tree"}, []string{
		"github.com/klauspost/compress", "golang.org/x/crypto", "golang.org/x/time", "github.com/oklog/ulid",
		"github.com/danielgtaylor/huma", "github.com/prometheus/client_golang"},
		"the hub states the log it needs; cmd gives it boltlog or pglog"},
	{"sync/outside/...", []string{"model", "model/fhir"}, []string{"github.com/go-resty/resty"},
		"a client of one outside service and its faithful fake"},
	{"sync/...", []string{"model"}, []string{
		"github.com/go-resty/resty", "github.com/klauspost/compress", "github.com/oklog/ulid", "golang.org/x/time"},
		"the wire, its client and the agent carry sealed entries and need no key"},

	{"tui/part/...", nil, screens,
		"widgets know no domain, so any screen can use them"},
	{"tui/serve/...", []string{"model", "tui", "tui/part/..."}, append([]string{
		"github.com/charmbracelet/wish", "github.com/charmbracelet/ssh", "golang.org/x/crypto", "golang.org/x/time"}, screens...),
		"the same screens over SSH"},
	{"tui/...", []string{"model", "tui/part/..."}, screens,
		"screens state the few methods they need of a store; cmd joins them"},

	{"cmd/internal/quiet", nil, nil,
		"must be initialised before any third-party package"},
	{"cmd/...", []string{"model/...", "store/...", "sync/...", "tui/...", "cmd/..."}, append([]string{
		"github.com/spf13/cobra", "github.com/spf13/pflag", "github.com/pelletier/go-toml",
		"golang.org/x/term", "golang.org/x/sys", "golang.org/x/crypto"}, screens...),
		"the only place where the layers meet"},
}

// A wall is something that must not be reached, directly or through others.
type wall struct {
	from string // pattern within the module
	to   string // import path prefix; of ours when it begins with "./"
	why  string
}

var walls = []wall{
	{"cmd/throughgate", "github.com/jackc/pgx", "a workstation never links PostgreSQL"},
	{"cmd/throughgate", "./store/pglog", "a workstation never links PostgreSQL"},
	{"cmd/throughgate", "./sync/outside", "a workstation never talks to NHS or HMPPS systems, only to the hub"},
	{"sync/hub/...", "github.com/charmbracelet/bubbletea", "the service has no screen; only the command that administers it does"},
	{"store/...", "net/http", "the store has no network"},
	{"store/...", "./sync", "store and sync never import one another"},
	{"store/...", "./tui", "store and tui never import one another"},
	{"sync/...", "./tui", "sync and tui never import one another"},
	{"sync", "./sync/hub", "a desk's half of sync never needs the hub's"},
	{"sync", "./store", "sync carries sealed entries; it must not be able to open one"},
	{"tui/...", "./store", "tui and store never import one another"},
	{"tui/...", "./sync", "tui and sync never import one another"},
	{"tui", "net/http", "a screen does no I/O of its own"},
	{"cmd/throughgate", "testing", "no test code in what is shipped"},
	{"cmd/throughgate-hub", "testing", "no test code in what is shipped"},
}

// pureOnly are the packages whose direct imports and calls are held to what a
// pure function needs. (Through fmt everything reaches os, so reach says
// nothing here.)
const pureOnly = "model/..."

// impure are the standard packages, with all below them, that no pure package imports.
var impure = []string{
	"os", "net", "math/rand", "crypto/rand", "syscall", "log", "sync", "context", "os/exec", "runtime", "unsafe", "flag", "testing",
}

func TestLayersHold(t *testing.T) {
	for _, system := range []string{"linux", "windows"} {
		for _, complaint := range check(goList(t, system), layers, walls) {
			t.Errorf("%s: %s", system, complaint)
		}
	}
}

// TestLayersModelIsPure holds what imports alone cannot: no clock, no goroutine.
func TestLayersModelIsPure(t *testing.T) {
	for path, pkg := range goList(t, "linux") {
		name, ours := strings.CutPrefix(path, module)
		if !ours || !matches(pureOnly, name) {
			continue
		}
		for _, imported := range pkg.Imports {
			if slices.ContainsFunc(impure, func(p string) bool { return below(imported, p) }) {
				t.Errorf("%s imports %s: the model has no I/O, clock, randomness, locks or goroutines", name, imported)
			}
		}
		for _, file := range pkg.GoFiles {
			for _, complaint := range impurities(t, pkg.Dir, file) {
				t.Error(complaint)
			}
		}
	}
}
