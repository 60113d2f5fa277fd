package serve

import (
	"strings"

	gossh "golang.org/x/crypto/ssh"
)

// screened is the session channel with what a client may ask for there, and
// nothing else. Everything refused is refused here, before the SSH library sees
// it: that would say yes to an agent and keep any number of variables.
type screened struct {
	gossh.NewChannel
	visit *visit
	stray func(what string)
}

// Accept implements gossh.NewChannel.
func (s *screened) Accept() (gossh.Channel, <-chan *gossh.Request, error) {
	channel, asked, err := s.NewChannel.Accept()
	if err != nil {
		return nil, nil, err
	}
	passed := make(chan *gossh.Request)
	go func() {
		defer close(passed)
		screen := screening{visit: s.visit, stray: s.stray}
		for request := range asked {
			if screen.passes(request) {
				passed <- request
			}
		}
	}()
	return channel, passed, nil
}

// The longest of what a client may say of itself, in bytes.
const (
	longestTerm     = 64
	longestVariable = 64
)

// screening is the requests of one channel, in their order.
type screening struct {
	visit *visit
	stray func(what string) // has what is not to be had written down
	said  terminal
	begun bool
}

// passes tells whether a request goes on to the library. What does not is
// answered here.
func (s *screening) passes(r *gossh.Request) bool {
	switch r.Type {
	case "pty-req":
		s.reply(r, !s.begun && s.terminal(r.Payload))
	case "env":
		s.reply(r, !s.begun && s.variable(r.Payload))
	case "window-change":
		s.reply(r, s.resized(r.Payload))
	case "shell", "exec":
		if s.begun {
			s.reply(r, false)
			return false
		}
		s.begun = true
		if r.Type == "exec" { // not run: a refusal here would be the client's own words
			s.visit.command.Store(true)
		} else if s.said.name != "" {
			said := s.said
			s.visit.asked.Store(&said)
		}
		return true
	case "subsystem", "auth-agent-req@openssh.com", "x11-req":
		s.stray(r.Type)
		s.reply(r, false)
	default: // signal, break …
		s.reply(r, false)
	}
	return false
}

func (s *screening) reply(r *gossh.Request, ok bool) {
	if r.WantReply {
		_ = r.Reply(ok, nil) // of a line that is gone
	}
}

func (s *screening) terminal(payload []byte) bool {
	var asked struct {
		Term          string
		Columns, Rows uint32
		Width, Height uint32
		Modes         string
	}
	if gossh.Unmarshal(payload, &asked) != nil || len(asked.Term) > longestTerm || s.said.name != "" {
		return false
	}
	s.said.name = "unknown"
	if asked.Term != "" && printable(asked.Term) {
		s.said.name = asked.Term
	}
	s.visit.resize(sizeOf(asked.Columns, asked.Rows))
	return true
}

// variable takes the few variables that say how to draw. LANG and COLORTERM,
// which many clients send, are taken and change nothing: the screens are UTF-8
// and keep to 16 colours.
func (s *screening) variable(payload []byte) bool {
	var asked struct{ Name, Value string }
	if gossh.Unmarshal(payload, &asked) != nil || len(asked.Value) > longestVariable || !printable(asked.Value) {
		return false
	}
	switch asked.Name {
	case "NO_COLOR":
		s.said.plain = asked.Value
	case "THROUGHGATE_THEME":
		s.said.theme = asked.Value
	case "THROUGHGATE_PLAIN":
		s.said.lines = asked.Value
	case "LANG", "COLORTERM":
	default:
		return false
	}
	return true
}

func (s *screening) resized(payload []byte) bool {
	var asked struct{ Columns, Rows, Width, Height uint32 }
	if gossh.Unmarshal(payload, &asked) != nil {
		return false
	}
	s.visit.resize(sizeOf(asked.Columns, asked.Rows))
	return true
}

func printable(s string) bool {
	return !strings.ContainsFunc(s, func(r rune) bool { return r < ' ' || r > '~' })
}

// size is a window, in columns and rows.
type size struct{ columns, rows int }

// The largest window that is drawn. A client may claim any; nobody can read
// more than this, and every column costs memory here.
const (
	mostColumns = 500
	mostRows    = 200
)

// sizeOf is the window as it is drawn. RFC 4254 section 6.2: zero says nothing.
func sizeOf(columns, rows uint32) size {
	s := size{int(min(columns, mostColumns)), int(min(rows, mostRows))}
	if columns == 0 || rows == 0 {
		s = size{80, 24}
	}
	return s
}

// resize lets the program know the newest size. One that it has not seen yet is
// forgotten: whoever drags a window's corner wants the last.
func (v *visit) resize(now size) {
	for {
		select {
		case v.sizes <- now:
			return
		default:
		}
		select {
		case <-v.sizes:
		default:
		}
	}
}
