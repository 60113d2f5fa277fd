//go:build unix

package quiet_test

import (
	"bytes"
	"context"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/creack/pty"
)

// patience is well below the five seconds that bubbletea would wait.
const patience = 4 * time.Second

// build compiles one of the programs in testdata and returns its path.
func build(tb testing.TB, name string) string {
	tb.Helper()
	program := filepath.Join(tb.TempDir(), name)
	if out, err := exec.Command("go", "build", "-o", program, "./testdata/"+name).CombinedOutput(); err != nil {
		tb.Fatalf("build %s: %v\n%s", name, err, out)
	}
	return program
}

// start runs a program on a terminal that never answers, with the given
// variables and without the CI of whoever runs this test.
func start(ctx context.Context, tb testing.TB, program string, env ...string) (*exec.Cmd, io.Reader) {
	tb.Helper()
	cmd := exec.CommandContext(ctx, program)
	for _, v := range os.Environ() {
		if !strings.HasPrefix(v, "CI=") {
			cmd.Env = append(cmd.Env, v)
		}
	}
	cmd.Env = append(append(cmd.Env, "TERM=xterm-256color"), env...)
	terminal, err := pty.Start(cmd)
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() { terminal.Close() })
	return cmd, terminal
}

func TestNothingIsAskedOfASilentTerminal(t *testing.T) {
	program := build(t, "calm")
	for _, test := range []struct {
		name string
		env  []string
		want string
	}{
		{"CI was not set", nil, `held "1" after "" false`},
		{"CI was set", []string{"CI=true"}, `held "1" after "true" true`},
		{"CI was set to nothing", []string{"CI="}, `held "1" after "" true`},
	} {
		t.Run(test.name, func(t *testing.T) {
			ctx, cancel := context.WithTimeout(t.Context(), patience)
			defer cancel()
			cmd, terminal := start(ctx, t, program, test.env...)
			// Linux ends a terminal whose program has gone with EIO, not EOF.
			out, _ := io.ReadAll(terminal)
			if err := cmd.Wait(); err != nil {
				t.Fatalf("the program waited for its terminal: %v", err)
			}
			if string(out) != test.want {
				t.Errorf("the terminal saw %q, want %q", out, test.want)
			}
		})
	}
}

// TestWithoutItTheQuestionIsAsked holds that the test above can fail, and says
// when bubbletea stops asking so that this package can go.
func TestWithoutItTheQuestionIsAsked(t *testing.T) {
	program := build(t, "asking")
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	cmd, terminal := start(ctx, t, program)
	var seen []byte
	for buf := make([]byte, 256); !bytes.Contains(seen, []byte("\x1b]11;?")); {
		n, err := terminal.Read(buf)
		seen = append(seen, buf[:n]...)
		if err != nil {
			t.Fatalf("bubbletea no longer asks for the background colour (saw %q): is this package still needed?", seen)
		}
	}
	cancel()
	cmd.Wait()
}
