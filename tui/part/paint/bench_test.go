package paint_test

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/throughgate/throughgate/tui/part/paint"
)

// BenchmarkRepaint is one screen in place of another, and one that is as large as
// a window may be: what a key costs the server at most before it is sent. Blank
// lines stand in each for a list that may have moved, by however many lines.
func BenchmarkRepaint(b *testing.B) {
	for _, size := range [][2]int{{80, 24}, {120, 40}, {500, 200}} {
		b.Run(fmt.Sprintf("%dx%d", size[0], size[1]), func(b *testing.B) {
			was, is := full(1, size), full(2, size)
			for b.Loop() {
				paint.Repaint(was, is, size[0])
			}
		})
	}
}

// full is a frame of words from edge to edge.
func full(seed uint64, size [2]int) []string {
	r := rand.New(rand.NewPCG(seed, 0))
	words := strings.Fields("Not started For: Nurse, Pharmacy, due today overdue 3d \x1b[1;91mMeds\x1b[m \x1b[96mNO\x1b[m Conditional")
	frame := make([]string, size[1])
	for row := range frame {
		for letters(frame[row]) < size[0]-14 {
			frame[row] += words[r.IntN(len(words))] + " "
		}
	}
	for row := int(seed); row < size[1]; row += 8 + int(seed) {
		frame[row] = ""
	}
	return frame
}
