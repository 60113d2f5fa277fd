package tui

import (
	"context"
	"fmt"
	"reflect"
	"time"

	tea "github.com/charmbracelet/bubbletea"
)

// Plain mode runs the commands of the screens as bubbletea would, and knows what
// bubbletea does not: when everything that a line set going has come to its
// end, so that its answer can be said in one piece.

type (
	// workedMsg says that a command has come to its end.
	workedMsg struct{}
	// brokenMsg says that one has panicked.
	brokenMsg struct{ err error }
)

// How long a person waits before they are told, and before they are asked for
// the next line all the same. What comes later is said before a later prompt.
const (
	slowWork    = time.Second
	longestWork = 10 * time.Second
)

// start runs a command.
func (p *Plain) start(cmd tea.Cmd) {
	if cmd == nil {
		return
	}
	p.pending++
	go func() {
		defer p.deliver(workedMsg{})
		defer func() {
			if broken := recover(); broken != nil {
				p.deliver(brokenMsg{fmt.Errorf("panic: %v", broken)})
			}
		}()
		p.perform(cmd)
	}()
}

// perform runs a command to its end. Those of a sequence run one after the
// other.
func (p *Plain) perform(cmd tea.Cmd) {
	if cmd == nil {
		return
	}
	msg := cmd()
	sequence, ok := sequenceOf(msg)
	if !ok {
		p.deliver(msg)
		return
	}
	for _, each := range sequence {
		p.perform(each)
	}
}

// sequenceOf unwraps the message of tea.Sequence, whose type has no name
// outside bubbletea.
func sequenceOf(msg tea.Msg) ([]tea.Cmd, bool) {
	if _, batch := msg.(tea.BatchMsg); batch {
		return nil, false
	}
	v := reflect.ValueOf(msg)
	if !v.IsValid() || !v.CanConvert(reflect.TypeFor[[]tea.Cmd]()) {
		return nil, false
	}
	return v.Convert(reflect.TypeFor[[]tea.Cmd]()).Interface().([]tea.Cmd), true
}

// deliver hands a message over, unless nobody takes any more.
func (p *Plain) deliver(msg tea.Msg) {
	select {
	case p.msgs <- msg:
	case <-p.over:
	}
}

// update is what a message does.
func (p *Plain) update(msg tea.Msg) {
	switch msg := msg.(type) {
	case nil:
	case workedMsg:
		p.pending--
	case brokenMsg:
		p.failed = errPanic(msg.err)
	case tea.BatchMsg:
		for _, each := range msg {
			p.start(each)
		}
	case laterMsg:
		p.later(msg)
	case tea.QuitMsg:
		p.left = true
	case findingMsg:
		p.found = msg.finding
	case cutMsg:
		p.cut = &msg.line
	case sessionMsg:
		_, cmd := p.app.Update(msg)
		p.start(tea.Batch(cmd, p.findCut()))
		p.hear()
	default:
		_, cmd := p.app.Update(msg)
		p.start(cmd)
		p.hear()
	}
}

// later lets time pass for a message. A screen that rests between two readings
// is at work; everything else only waits.
func (p *Plain) later(msg laterMsg) {
	_, rests := msg.msg.(restedMsg)
	if rests {
		p.pending++
	}
	time.AfterFunc(msg.after, func() {
		p.deliver(msg.msg)
		if rests {
			p.deliver(workedMsg{})
		}
	})
}

// token is news of a write, here or elsewhere.
func (p *Plain) token(more bool) {
	if !more {
		p.tokens = nil
		return
	}
	p.start(p.app.news())
}

// settle waits until all work is done. The token of a write is there before the
// write's own answer, so that what follows from it is waited for too.
func (p *Plain) settle(ctx context.Context) {
	slow, longest := time.NewTimer(slowWork), time.NewTimer(longestWork)
	defer slow.Stop()
	defer longest.Stop()
	for {
		select {
		case _, more := <-p.tokens:
			p.token(more)
			continue
		default:
		}
		if p.pending == 0 || p.failed != nil {
			return
		}
		select {
		case msg := <-p.msgs:
			p.update(msg)
		case _, more := <-p.tokens:
			p.token(more)
		case <-slow.C:
			p.say("Working.")
		case <-longest.C:
			return
		case <-ctx.Done():
			return
		}
	}
}
