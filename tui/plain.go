package tui

import (
	"context"
	"errors"
	"io"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/throughgate/throughgate/model"
	"github.com/throughgate/throughgate/tui/part"
)

// Console is where plain mode says things and is answered, line by line.
type Console interface {
	io.Writer
	// Line waits for the next line and gives it without its end. The error is
	// io.EOF when there are no more.
	Line() (string, error)
	// Hide has a terminal show nothing of what is typed, until Secret has an
	// answer. It comes before the question: a quick hand begins to type when it
	// sees that.
	Hide()
	// Secret is Line for what nobody may read over a shoulder: a terminal does
	// not show it.
	Secret() (string, error)
	// Unended is what was typed of a line that has no end yet; "" of a secret, and
	// where the terminal keeps it to itself.
	Unended() string
	// Shows tells whether what is typed stands behind the prompt, as it does on
	// a terminal and does not in a pipe.
	Shows() bool
}

// Plain is the screens for who does not look at them: somebody who hears a
// screen reader or feels a braille line, a terminal that can only print, a
// script. It is a second frame around the same App and the same screens, with
// the same rules. It says things once, in lines; it moves no cursor, paints
// nothing, writes no control byte but line feeds, and asks for one line at a
// time.
//
// What it refuses to do: speak while somebody types. What happens meanwhile is
// said before the next prompt.
type Plain struct {
	app     *App
	console Console

	// The work of commands: see plain_work.go.
	msgs    chan tea.Msg
	over    chan struct{} // closed when nobody takes messages any more
	tokens  <-chan struct{}
	pending int
	failed  error
	left    bool

	// What was said: see plain_tell.go.
	notes  []string // what there is to say before anything else
	shown  Screen   // the last that was said
	visits map[Screen]*visit
	names  map[string]bool // the columns that were named
	banner string          // whose record it is, as it was said
	asked  *part.Confirm   // the last question for a typed word that was put
	found  *finding        // what a search found; nil when something else was done since
	walk   walk            // the form that is being asked
	held   heldLine        // what was typed at a question just as it locked
	cut    *cutLine        // what was typed as the line was cut, to tell of
	acted  bool            // something was done, so what is shown may have changed
	known  standing
}

// NewPlain makes plain mode over a workstation. Its theme paints nothing,
// whatever the options say.
func NewPlain(gate Gate, options Options, console Console) *Plain {
	options.Theme, options.plain = part.Unpainted(), true
	app := New(gate, options)
	return &Plain{
		app: app, console: console, tokens: app.tokens,
		msgs: make(chan tea.Msg), over: make(chan struct{}),
		visits: make(map[Screen]*visit), names: make(map[string]bool),
	}
}

// Run asks and answers until somebody leaves, the input ends or the context
// does. However it ends, what was kept is kept, and what was being typed is a
// draft. It closes the session.
func (p *Plain) Run(ctx context.Context) (err error) {
	defer p.app.Close()
	defer close(p.over)
	p.say("Throughgate, " + p.app.gate.Place().Name + ". Plain mode: type ? for what can be done, help for how it works.")
	if s := p.app.options.SignedIn; s != nil {
		p.start(tea.Batch(p.app.enter(s), p.findCut()))
	}
	for {
		p.settle(ctx)
		if p.failed != nil || p.left {
			return p.failed
		}
		p.tell()
		line, err := p.await(ctx)
		if err != nil {
			p.keepCut(p.console.Unended())
			p.end(err)
			return nil
		}
		p.take(line)
	}
}

// end says why nothing more is asked.
func (p *Plain) end(err error) {
	p.breakLine()
	why := "Told to end."
	if errors.Is(err, io.EOF) {
		why = "The input has ended."
	}
	if p.app.present() {
		why += " Locked. What you saw as kept is kept, and what you were typing is a draft."
	}
	p.say(why)
}

// await puts the prompt and waits for a line. Messages are taken meanwhile, in
// silence.
func (p *Plain) await(ctx context.Context) (string, error) {
	type answer struct {
		line string
		err  error
	}
	read := p.console.Line
	if p.prompt() {
		read = p.console.Secret
	}
	answers := make(chan answer, 1)
	go func() {
		line, err := read()
		answers <- answer{line, err}
	}()
	minute := time.NewTicker(time.Minute)
	defer minute.Stop()
	for {
		select {
		case a := <-answers:
			return a.line, a.err
		case msg := <-p.msgs:
			p.update(msg)
		case _, more := <-p.tokens:
			p.token(more)
		case <-minute.C:
			p.start(p.app.minute())
		case <-ctx.Done():
			return "", ctx.Err()
		}
	}
}

// take does what a line asks for. One that comes when the screens have locked
// meanwhile is nobody's: it may be anybody's.
func (p *Plain) take(line string) {
	p.hearNews()
	wasLocked := p.shown == Screen(p.app.signIn)
	locked := p.app.lockWhenIdle()
	p.start(locked)
	if locked != nil || p.app.locked && !wasLocked {
		p.hold(line)
		return
	}
	p.app.touch()
	p.acted = false
	screen := p.app.top()
	speech := screen.Speak()
	switch question := p.question(speech); {
	case question != nil:
		p.settleQuestion(question, line)
	case speech.Form != nil:
		p.answer(screen, speech, line)
	default:
		p.command(screen, speech, line)
	}
	p.hear()
}

// question is what only a typed word answers, nil when nothing is asked so.
func (p *Plain) question(speech Speech) *part.Confirm {
	if o, ok := p.app.overlay.(*confirmOverlay); ok {
		return o.question
	}
	return speech.Confirm
}

// settleQuestion takes the word, or goes back.
func (p *Plain) settleQuestion(c *part.Confirm, line string) {
	_, _, word := c.Asks()
	switch part.Fold(line) {
	case "":
		return
	case "no", wordBack, wordCancel:
		p.do(c.Refuse())
		p.note("Nothing was done.")
	default:
		cmd, right := c.Answer(line)
		if !right {
			p.note("That is not the word " + word + ". Nothing was done.")
			return
		}
		p.do(cmd)
	}
	if o, ok := p.app.overlay.(*confirmOverlay); ok && o.done {
		p.app.overlay = nil
	}
}

// do starts a command after which the screen may say something else.
func (p *Plain) do(cmd tea.Cmd) {
	p.acted = true
	p.start(cmd)
}

// leave ends plain mode. It begins at the board next time; drafts stay.
func (p *Plain) leave() {
	if p.app.present() {
		p.start(p.app.places.forget())
	}
	p.say("Left. Everything you saw as kept is kept.")
	p.left = true
}

// errPanic is what Run returns when a command failed as no command should.
func errPanic(cause error) error {
	return &model.Error{Kind: model.KindInternal, Msg: "The program failed.", Hint: "What you saw as kept is kept. Start Throughgate again.", Err: cause}
}
