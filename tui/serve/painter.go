package serve

import (
	"bytes"
	"io"
	"strings"
	"sync"
	"time"

	"golang.org/x/time/rate"

	"github.com/throughgate/throughgate/tui/part/paint"
)

// How often a screen is drawn in a second: as much as a line bears, and as a
// terminal of this computer can show.
const (
	framesOnLine = 15
	framesHere   = 120
)

// framesAtOnce may follow each other closely after a rest, so that the first keys
// are seen at once and do not wait for a clock.
const framesAtOnce = 8

// What takes the terminal for the screens, and gives it back.
const (
	takeTerminal = "\x1b[?1049h\x1b[?25l\x1b[?2004h"
	giveTerminal = "\x1b[?2004l\x1b[?25h\x1b[?1049l"
)

// painter sends a screen down the line: of each frame only what differs from the
// one before, and of frames that come too fast only the last. Bubbletea's own
// renderer draws on a clock, so that a key waits for up to a frame, and sends
// whole lines.
type painter struct {
	out   io.Writer
	pace  *rate.Limiter
	wake  chan struct{}
	ended chan struct{}

	mu    sync.Mutex // guards what follows
	frame string
	size  size // zero until it is known
	sized bool // since the last frame

	sent []string // as the terminal shows it; of run alone
}

// newPainter draws so many frames a second in the long run.
func newPainter(out io.Writer, frames int) *painter {
	return &painter{
		out: out, pace: rate.NewLimiter(rate.Limit(frames), framesAtOnce),
		wake: make(chan struct{}, 1), ended: make(chan struct{}),
	}
}

// show takes the next frame. It never waits for the line.
func (p *painter) show(frame string) {
	p.mu.Lock()
	news := p.size != size{} && (p.sized || frame != p.frame)
	p.frame = frame
	p.mu.Unlock()
	if news {
		p.stir()
	}
}

// resize says how large the window is from the next frame on.
func (p *painter) resize(now size) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.size, p.sized = now, true
}

func (p *painter) stir() {
	select {
	case p.wake <- struct{}{}:
	default:
	}
}

// end makes run draw what is left and return.
func (p *painter) end() { close(p.ended) }

// run draws until the end, or until the line takes nothing any more.
func (p *painter) run() {
	if _, err := io.WriteString(p.out, takeTerminal); err != nil {
		return
	}
	for p.await() {
		if p.draw() != nil {
			return
		}
	}
	_ = p.draw()
	_, _ = io.WriteString(p.out, giveTerminal)
}

// await waits for a frame and for its turn. It is false at the end.
func (p *painter) await() bool {
	select {
	case <-p.wake:
	case <-p.ended:
		return false
	}
	turn := p.pace.Reserve().Delay()
	if turn == 0 {
		return true
	}
	timer := time.NewTimer(turn)
	defer timer.Stop()
	select {
	case <-timer.C:
		return true
	case <-p.ended:
		return false
	}
}

func (p *painter) draw() error {
	p.mu.Lock()
	frame, size, anew := p.frame, p.size, p.sized
	p.sized = false
	p.mu.Unlock()
	if size.rows == 0 {
		return nil
	}
	lines := strings.Split(frame, "\n")
	if len(lines) > size.rows {
		lines = lines[:size.rows]
	}
	var b bytes.Buffer
	if anew {
		b.WriteString("\x1b[m\x1b[2J")
		p.sent = nil
	}
	b.Write(paint.Repaint(p.sent, lines, size.columns))
	p.sent = lines
	if b.Len() == 0 {
		return nil
	}
	_, err := p.out.Write(b.Bytes())
	return err
}
