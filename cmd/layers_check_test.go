package cmd_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// A node is one package as the go tool lists it.
type node struct {
	ImportPath string
	Dir        string
	Standard   bool
	GoFiles    []string
	Imports    []string
}

// goList returns every package of ours and everything those reach on one
// system, tests left out.
func goList(tb testing.TB, system string) map[string]node {
	tb.Helper()
	list := exec.Command("go", "list", "-deps", "-json=ImportPath,Dir,Standard,GoFiles,Imports", module+"...")
	list.Env = append(os.Environ(), "GOOS="+system, "GOARCH=amd64", "CGO_ENABLED=0")
	out, err := list.Output()
	if err != nil {
		var exit *exec.ExitError
		if errors.As(err, &exit) {
			tb.Fatalf("go list: %v\n%s", err, exit.Stderr)
		}
		tb.Fatalf("go list: %v", err)
	}
	graph := map[string]node{}
	for decoder := json.NewDecoder(strings.NewReader(string(out))); ; {
		var n node
		if err := decoder.Decode(&n); errors.Is(err, io.EOF) {
			return graph
		} else if err != nil {
			tb.Fatalf("go list: %v", err)
		}
		graph[n.ImportPath] = n
	}
}

// below reports whether an import path is prefix or stands below it.
func below(path, prefix string) bool {
	return path == prefix || strings.HasPrefix(path, prefix+"/")
}

// matches reports whether a path within the module fits a pattern.
func matches(pattern, name string) bool {
	if prefix, ok := strings.CutSuffix(pattern, "/..."); ok {
		return below(name, prefix)
	}
	return pattern == name
}

// check returns one complaint for every import that no row allows and every
// wall that is climbed, sorted.
func check(graph map[string]node, layers []layer, walls []wall) []string {
	var complaints []string
	for path := range graph {
		name, ours := strings.CutPrefix(path, module)
		if !ours {
			continue
		}
		i := slices.IndexFunc(layers, func(l layer) bool { return matches(l.pattern, name) })
		if i < 0 {
			complaints = append(complaints, name+" stands in no row of the layer table")
			continue
		}
		complaints = append(complaints, checkImports(graph, name, layers[i])...)
		for _, w := range walls {
			if matches(w.from, name) {
				complaints = append(complaints, climb(graph, name, w)...)
			}
		}
	}
	slices.Sort(complaints)
	return complaints
}

// checkImports compares one package's direct imports with its row.
func checkImports(graph map[string]node, name string, row layer) []string {
	var complaints []string
	for _, imported := range graph[module+name].Imports {
		allowed := graph[imported].Standard
		if inner, ours := strings.CutPrefix(imported, module); ours {
			allowed = matches(row.pattern, inner) ||
				slices.ContainsFunc(row.ours, func(p string) bool { return matches(p, inner) })
		} else if !allowed {
			allowed = slices.ContainsFunc(row.third, func(p string) bool { return below(imported, p) })
		}
		if !allowed {
			complaints = append(complaints, fmt.Sprintf("%s imports %s, which its row does not allow (%s)",
				name, strings.TrimPrefix(imported, module), row.why))
		}
	}
	return complaints
}

// climb looks for a way from a package to what its wall forbids and returns
// that way, so that the reader sees which import to cut.
func climb(graph map[string]node, name string, w wall) []string {
	target := w.to
	if inner, ours := strings.CutPrefix(target, "./"); ours {
		target = module + inner
	}
	start := module + name
	cameFrom := map[string]string{start: ""}
	for queue := []string{start}; len(queue) > 0; queue = queue[1:] {
		at := queue[0]
		if at != start && below(at, target) {
			way := []string{}
			for p := at; p != ""; p = cameFrom[p] {
				way = append(way, strings.TrimPrefix(p, module))
			}
			slices.Reverse(way)
			return []string{fmt.Sprintf("%s reaches %s: %s (%s)", name, w.to, strings.Join(way, " > "), w.why)}
		}
		for _, next := range graph[at].Imports {
			if _, seen := cameFrom[next]; !seen {
				cameFrom[next] = at
				queue = append(queue, next)
			}
		}
	}
	return nil
}

// clocks are the functions of package time that ask the machine.
var clocks = []string{"Now", "Since", "Until", "Sleep", "After", "AfterFunc", "Tick", "NewTimer", "NewTicker"}

// impurities returns the places in one file that read a clock or start a
// goroutine.
func impurities(tb testing.TB, dir, name string) []string {
	tb.Helper()
	files := token.NewFileSet()
	file, err := parser.ParseFile(files, filepath.Join(dir, name), nil, parser.SkipObjectResolution)
	if err != nil {
		tb.Fatalf("parse: %v", err)
	}
	return impuritiesIn(files, file)
}

func impuritiesIn(files *token.FileSet, file *ast.File) []string {
	clock := importName(file, "time")
	var found []string
	ast.Inspect(file, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.GoStmt:
			found = append(found, fmt.Sprintf("%s: starts a goroutine", files.Position(n.Pos())))
		case *ast.SelectorExpr:
			pkg, ok := n.X.(*ast.Ident)
			if ok && clock != "" && pkg.Name == clock && slices.Contains(clocks, n.Sel.Name) {
				found = append(found, fmt.Sprintf("%s: reads the clock (time.%s); take the time as an argument",
					files.Position(n.Pos()), n.Sel.Name))
			}
		}
		return true
	})
	return found
}

// importName returns what a file calls an imported package, "" when it does
// not import it.
func importName(file *ast.File, path string) string {
	for _, spec := range file.Imports {
		if imported, err := strconv.Unquote(spec.Path.Value); err != nil || imported != path {
			continue
		}
		if spec.Name != nil {
			return spec.Name.Name
		}
		return path[strings.LastIndex(path, "/")+1:]
	}
	return ""
}
