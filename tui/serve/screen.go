package serve

import (
	"context"
	"errors"
	"io"
	"sync"
	"time"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/ssh"
	gossh "golang.org/x/crypto/ssh"

	"github.com/throughgate/throughgate/model"
	"github.com/throughgate/throughgate/tui"
	"github.com/throughgate/throughgate/tui/part"
)

// screen shows the screens to a session until its user leaves, somebody ends it
// or the line is cut. The session with the store is closed either way, as a lock
// would: what was typed stays a draft, and who comes back finds it in its place.
func (s *Server) screen(sess ssh.Session) {
	v := visitOf(sess)
	line := &line{out: sess, conn: v.conn, patience: s.opt.Limits.Patience}
	show := s.show
	if v.asked.Load().inLines() {
		show = s.speak
	}
	if why := show(v, sess, line); why != "" {
		say(line, why)
		_ = sess.Exit(1)
	}
}

// show runs the program and returns why it ended, empty when its user left it.
func (s *Server) show(v *visit, in io.Reader, out io.Writer) (why string) {
	app := tui.New(s.gateFor(v), s.optionsFor(v))
	defer app.Close()
	touched, stop := s.hangUpWhenIdle(v)
	defer stop()

	var program *tea.Program
	keys := newKeyboard(in,
		touched,
		func() { program.Send(tui.Notice("What you pasted is too long: only its beginning was taken.")) })
	paint := newPainter(out, framesFor(v.via))
	program = tea.NewProgram(&painted{app, paint}, tea.WithInput(keys), tea.WithOutput(io.Discard), tea.WithoutRenderer(), tea.WithoutSignalHandler())

	over := make(chan struct{})
	var beside sync.WaitGroup
	beside.Go(paint.run)
	beside.Go(func() { v.attend(program, keys.gone, over) })
	_, err := program.Run()
	app.Close()
	close(over)
	keys.stop()
	paint.end()
	beside.Wait()
	return v.whyOver(err)
}

// hangUpWhenIdle ends a session over SSH when nothing was typed for too long. A
// window of this computer locks and stays, as it does without a server.
func (s *Server) hangUpWhenIdle(v *visit) (touched, stop func()) {
	if v.via == model.ViaAttached {
		return func() {}, func() {}
	}
	idle := time.AfterFunc(s.opt.Limits.Idle, func() {
		v.end("Nobody was there for a long time, so this session has ended. What you saw as kept is kept, and so is what you typed.")
	})
	return func() { idle.Reset(s.opt.Limits.Idle) }, func() { idle.Stop() }
}

// lastWords is how long what was typed may take to reach the program once the
// line is cut. It is far more than a person types, and little for who sends
// more than that.
const lastWords = 2 * time.Second

// attend tells the program what happens to its terminal. That it should end
// comes after the keys that were typed before.
func (v *visit) attend(program *tea.Program, gone, over <-chan struct{}) {
	cut := v.cut
	var late <-chan time.Time
	for {
		select {
		case now := <-v.sizes:
			program.Send(tea.WindowSizeMsg{Width: now.columns, Height: now.rows})
		case <-v.ended:
			program.Quit()
			return
		case <-gone:
			program.Quit()
			return
		case <-cut: // what came before it is still being typed
			cut = nil
			timer := time.NewTimer(lastWords)
			defer timer.Stop()
			late = timer.C
		case <-late:
			program.Quit()
			return
		case <-over:
			return
		}
	}
}

func (v *visit) whyOver(err error) string {
	select {
	case <-v.ended:
		return v.why
	default:
	}
	if errors.Is(err, tea.ErrProgramPanic) {
		return "The screens failed. What you saw as kept is kept. Come in again."
	}
	return ""
}

func framesFor(via string) int {
	if via == model.ViaAttached {
		return framesHere
	}
	return framesOnLine
}

// optionsFor is the screens as this client's terminal can show them. Nothing is
// asked of it, nor of the terminal this process runs on.
func (s *Server) optionsFor(v *visit) tui.Options {
	options, terminal := s.opt.Screens, v.asked.Load()
	theme, err := part.ParseTheme(terminal.theme)
	if err != nil || terminal.theme == "" {
		theme = s.opt.Theme
	}
	options.Theme, options.Staff = part.ThemeFor(theme, terminal.name, terminal.plain), v.owner
	options.Still = v.via == model.ViaSSH // a window of this computer has no line
	return options
}

func (s *Server) gateFor(v *visit) tui.Gate {
	gate := s.opt.Gate(v.via)
	if v.via == model.ViaSSH {
		return ownersGate{gate, v.owner}
	}
	return gate
}

// ownersGate lets in nobody but the owner of the key, whatever the screens ask
// for.
type ownersGate struct {
	tui.Gate
	owner model.StaffID
}

// SignIn implements tui.Gate.
func (g ownersGate) SignIn(ctx context.Context, staff model.StaffID, passphrase string) (tui.Session, error) {
	if staff != g.owner || staff == "" {
		return nil, model.Forbidden("Your key is not this person's.", "Sign in as yourself.")
	}
	return g.Gate.SignIn(ctx, staff, passphrase)
}

// painted is the screens with the painter in place of bubbletea's own.
type painted struct {
	*tui.App
	paint *painter
}

// Update implements tea.Model.
func (p *painted) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	if window, ok := msg.(tea.WindowSizeMsg); ok {
		p.paint.resize(size{window.Width, window.Height})
	}
	_, cmd := p.App.Update(msg)
	return p, cmd
}

// View implements tea.Model.
func (p *painted) View() string {
	p.paint.show(p.App.View())
	return ""
}

// line is what a session writes to. A client that takes nothing for too long is
// gone, even if it answers when it is asked.
type line struct {
	out      io.Writer
	conn     gossh.Conn
	patience time.Duration
}

// Write implements io.Writer.
func (l *line) Write(p []byte) (int, error) {
	patience := time.AfterFunc(l.patience, func() { _ = l.conn.Close() })
	defer patience.Stop()
	return l.out.Write(p)
}
