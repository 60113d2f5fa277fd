//go:build unix

package tui_test

import (
	"context"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/creack/pty"
)

// localFrames is how often a local terminal is painted in a second; cmd uses
// the same.
const localFrames = 120

// A key pressed at a terminal, until the first byte of the new picture comes
// back: bubbletea's frame clock is most of it, so a program that only counts
// keys stands beside.
func BenchmarkKeyToPaint(b *testing.B) {
	b.Run("bare", func(b *testing.B) { keyToPaint(b, &counter{}, "0 keys") })
	for _, n := range people {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			keyToPaint(b, openOn(b, n, "everybody").app, "Everybody")
		})
	}
}

// counter is the least a bubbletea program can do with a key.
type counter struct{ keys int }

func (c *counter) Init() tea.Cmd { return nil }

func (c *counter) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	if _, ok := msg.(tea.KeyMsg); ok {
		c.keys++
	}
	return c, nil
}

func (c *counter) View() string { return fmt.Sprintf("%d keys", c.keys) }

// keyToPaint runs a program on a pty and reports the middle and the 99th percentile
// of what a key takes.
func keyToPaint(b *testing.B, model tea.Model, first string) {
	desk, screen := terminal(b)
	ctx, stop := context.WithCancel(b.Context())
	ended := make(chan error, 1)
	program := tea.NewProgram(model, tea.WithContext(ctx), tea.WithInput(screen), tea.WithOutput(screen),
		tea.WithFPS(localFrames), tea.WithoutSignalHandler())
	go func() {
		_, err := program.Run()
		ended <- err
	}()
	b.Cleanup(func() {
		stop()
		<-ended
	})
	out := painted(desk)
	for seen := ""; !strings.Contains(seen, first); {
		seen += <-out
	}
	took := make([]time.Duration, 0, b.N)
	for b.Loop() {
		drain(out)
		began := time.Now()
		if _, err := desk.WriteString([]string{"j", "k"}[len(took)%2]); err != nil {
			b.Fatal(err)
		}
		<-out
		took = append(took, time.Since(began))
	}
	slices.Sort(took)
	b.ReportMetric(float64(took[len(took)/2].Microseconds())/1000, "ms-p50")
	b.ReportMetric(float64(took[len(took)*99/100].Microseconds())/1000, "ms-p99")
}

func terminal(b *testing.B) (desk, screen *os.File) {
	desk, screen, err := pty.Open()
	if err != nil {
		b.Fatal(err)
	}
	if err := pty.Setsize(desk, &pty.Winsize{Cols: 80, Rows: 24}); err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() {
		_ = screen.Close()
		_ = desk.Close()
	})
	return desk, screen
}

// painted is what comes to the terminal, as it comes.
func painted(desk *os.File) <-chan string {
	out := make(chan string, 1024)
	go func() {
		defer close(out)
		for buf := make([]byte, 64<<10); ; {
			n, err := desk.Read(buf)
			if err != nil {
				return // the terminal is closed
			}
			out <- string(buf[:n])
		}
	}()
	return out
}

// drain drops what is left of the picture before.
func drain(out <-chan string) {
	for {
		select {
		case <-out:
		default:
			return
		}
	}
}
