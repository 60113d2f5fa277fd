//go:build unix

package cmd_test

import (
	"context"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/creack/pty"
)

// programs are what this project ships.
var programs = []string{"throughgate", "throughgate-hub"}

// buildPrograms builds both as they are shipped and returns their folder.
func buildPrograms(tb testing.TB) string {
	tb.Helper()
	folder := tb.TempDir()
	build := exec.Command("go", "build", "-o", folder, "./throughgate", "./throughgate-hub")
	build.Env = append(os.Environ(), "CGO_ENABLED=0")
	if out, err := build.CombinedOutput(); err != nil {
		tb.Fatalf("build: %v\n%s", err, out)
	}
	return folder
}

// TestProgramsAskNothingOfASilentTerminal starts both programs on a terminal
// that never answers: bubbletea would wait five seconds (see cmd/internal/quiet).
func TestProgramsAskNothingOfASilentTerminal(t *testing.T) {
	folder := buildPrograms(t)
	for _, program := range programs {
		t.Run(program, func(t *testing.T) {
			ctx, cancel := context.WithTimeout(t.Context(), 4*time.Second)
			defer cancel()
			cmd := exec.CommandContext(ctx, filepath.Join(folder, program), "--version")
			cmd.Env = append(slices.DeleteFunc(os.Environ(), func(v string) bool {
				return strings.HasPrefix(v, "CI=")
			}), "TERM=xterm-256color")
			terminal, err := pty.Start(cmd)
			if err != nil {
				t.Fatal(err)
			}
			defer terminal.Close()
			// Linux ends a terminal whose program has gone with EIO, not EOF.
			out, _ := io.ReadAll(terminal)
			if err := cmd.Wait(); err != nil {
				t.Fatalf("--version waited for its terminal: %v", err)
			}
			if !strings.HasPrefix(string(out), program+" version ") || strings.Contains(string(out), "\x1b") {
				t.Errorf("the terminal saw %q", out)
			}
		})
	}
}

// TestProgramsShowAnExampleOfEveryCommand reads the pages that the programs
// write of themselves: a command that can be run shows how, as one would type it.
func TestProgramsShowAnExampleOfEveryCommand(t *testing.T) {
	folder, pages := buildPrograms(t), t.TempDir()
	for _, program := range programs {
		if out, err := exec.Command(filepath.Join(folder, program), "docs", pages).CombinedOutput(); err != nil {
			t.Fatalf("%s docs: %v\n%s", program, err, out)
		}
	}
	entries, err := os.ReadDir(pages)
	if err != nil {
		t.Fatal(err)
	}
	if len(entries) < len(programs) {
		t.Fatalf("%d pages of %d programs", len(entries), len(programs))
	}
	for _, entry := range entries {
		page, err := os.ReadFile(filepath.Join(pages, entry.Name()))
		if err != nil {
			t.Fatal(err)
		}
		name := strings.ReplaceAll(strings.TrimSuffix(entry.Name(), ".md"), "_", " ")
		program, rest, _ := strings.Cut(name, " ")
		// A page with a synopsis is of a command that runs; cobra wrote the
		// pages of completion, which hold their examples in the text.
		runs := strings.Contains(string(page), "\n```\n"+name)
		if runs && !strings.HasPrefix(rest, "completion") && !strings.Contains(string(page), "### Examples\n\n```\n  "+program) {
			t.Errorf("%s --help shows no example", name)
		}
	}
}
