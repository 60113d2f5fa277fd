package cmd_test

import (
	"go/parser"
	"go/token"
	"strings"
	"testing"
)

// invented builds a graph from lines of "package: import import ...", where a
// path of ours begins with "./" and one without a dot is of the standard library.
func invented(lines ...string) map[string]node {
	graph := map[string]node{}
	full := func(p string) string {
		p = strings.Replace(p, "./", module, 1)
		if _, known := graph[p]; !known {
			graph[p] = node{ImportPath: p, Standard: !strings.Contains(p, ".")}
		}
		return p
	}
	for _, line := range lines {
		name, imports, _ := strings.Cut(line, ":")
		n := graph[full(name)]
		for _, p := range strings.Fields(imports) {
			n.Imports = append(n.Imports, full(p))
		}
		graph[n.ImportPath] = n
	}
	return graph
}

// TestLayersCheckerComplains holds that the checker can fail: on an invented
// project, each forbidden thing gives its complaint and nothing else does.
func TestLayersCheckerComplains(t *testing.T) {
	for _, test := range []struct {
		name  string
		graph map[string]node
		want  string // part of the only complaint; "" for none
	}{
		{"a project in order", invented(
			"./model: fmt strings", "./store/seal: golang.org/x/crypto/argon2",
			"./store: ./model ./store/seal go.etcd.io/bbolt", "./sync: ./model github.com/go-resty/resty/v2",
			"./sync/hub: ./model ./model/letter ./sync ./store/seal net/http", "./model/letter: ./model ./model/sheet", "./model/sheet: codeberg.org/go-pdf/fpdf",
			"./tui/part: github.com/charmbracelet/bubbletea", "./tui: ./model ./tui/part",
			"./cmd/throughgate: ./store ./sync ./sync/hub ./tui ./cmd/internal/quiet", "./cmd/internal/quiet: os"), ""},
		{"model imports another module", invented("./model: github.com/oklog/ulid/v2"), "model imports github.com/oklog/ulid/v2"},
		{"model imports a layer above", invented("./model: ./store", "./store: fmt"), "model imports store"},
		{"a prefix is not a folder", invented("./store: go.etcd.io/bboltx"), "store imports go.etcd.io/bboltx"},
		{"seal imports the model", invented("./store/seal: ./model", "./model: fmt"), "store/seal imports model"},
		{"part knows the domain", invented("./tui/part: ./model", "./model: fmt"), "tui/part imports model"},
		{"quiet imports another module", invented("./cmd/internal/quiet: golang.org/x/sys/unix"), "cmd/internal/quiet imports golang.org/x/sys/unix"},
		{"a package nobody placed", invented("./pkg/util: fmt"), "pkg/util stands in no row"},
		{"test code is reached through another", invented(
			"./cmd/throughgate-hub: ./cmd/internal/look", "./cmd/internal/look: testing"),
			"cmd/throughgate-hub > cmd/internal/look > testing (no test code"},
		{"the store reaches the network", invented("./store: ./model", "./model: net/http"), "store reaches net/http: store > model > net/http"},
	} {
		t.Run(test.name, func(t *testing.T) {
			got := check(test.graph, layers, walls)
			switch {
			case test.want == "" && len(got) > 0:
				t.Errorf("complains without cause: %q", got)
			case test.want != "" && (len(got) != 1 || !strings.Contains(got[0], test.want)):
				t.Errorf("complaints %q, want one with %q", got, test.want)
			}
		})
	}
}

// TestLayersFindImpurities holds that a clock is found under another name, and
// a goroutine anywhere.
func TestLayersFindImpurities(t *testing.T) {
	const source = `package model
import clock "time"
type t struct{}
func (t) Now() {}
func f(time t) {
	time.Now()
	_ = clock.Now()
	_ = clock.UTC
	func() { go f(time) }()
}`
	files := token.NewFileSet()
	file, err := parser.ParseFile(files, "f.go", source, 0)
	if err != nil {
		t.Fatal(err)
	}
	got := strings.Join(impuritiesIn(files, file), "\n")
	want := "f.go:7:6: reads the clock (time.Now); take the time as an argument\nf.go:9:11: starts a goroutine"
	if got != want {
		t.Errorf("found:\n%s\nwant:\n%s", got, want)
	}
}
