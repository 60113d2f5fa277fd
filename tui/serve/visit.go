package serve

import (
	"io"
	"sync"
	"sync/atomic"
	"time"

	"github.com/charmbracelet/ssh"
	gossh "golang.org/x/crypto/ssh"

	"github.com/throughgate/throughgate/model"
)

// visit is one session: who came, what their terminal is, and how it ends.
type visit struct {
	via   string
	conn  gossh.Conn
	guest *guest
	cut   <-chan struct{} // closed when the connection is
	key   string          // in the wire's form; empty at the attach socket
	owner model.StaffID   // of the key; empty where anybody may sign in

	asked   atomic.Pointer[terminal] // nil until a terminal was asked for
	command atomic.Bool              // it wants one to be run
	sizes   chan size                // the newest that the program does not know yet

	once  sync.Once
	why   string        // the sentence at the end
	ended chan struct{} // closed when somebody ends it
}

type visitKey struct{}

func visitOf(s ssh.Session) *visit { return s.Context().Value(visitKey{}).(*visit) }

// terminal is what the client said of its own.
type terminal struct {
	name  string // TERM
	theme string
	plain string // NO_COLOR
	lines string // THROUGHGATE_PLAIN
}

// inLines tells whether the screens are said in lines: where that was asked for,
// and on a terminal that can only print.
func (t *terminal) inLines() bool { return t.lines != "" && t.lines != "0" || t.name == "dumb" }

// end ends the session, with a sentence for whoever sits there. It does not wait.
func (v *visit) end(why string) {
	v.once.Do(func() {
		v.why = why
		close(v.ended)
	})
}

// session takes the one session of a connection. When it is over so is the
// connection.
func (s *Server) session(via string, srv *ssh.Server, conn *gossh.ServerConn, asked gossh.NewChannel, ctx ssh.Context) {
	ctx.Lock()
	second := ctx.Value(visitKey{}) != nil
	v := &visit{via: via, conn: conn, guest: ctx.Value(guestKey{}).(*guest), cut: ctx.Done(), sizes: make(chan size, 1), ended: make(chan struct{})}
	if key, ok := ctx.Value(ssh.ContextKeyPublicKey).(ssh.PublicKey); ok {
		v.key = string(key.Marshal())
	}
	if !second {
		ctx.SetValue(visitKey{}, v)
	}
	ctx.Unlock()
	if second {
		_ = asked.Reject(gossh.ResourceShortage, "one session at a time")
		return
	}
	ssh.DefaultSessionHandler(srv, conn, &screened{NewChannel: asked, visit: v, stray: func(what string) { s.noteStray(v.guest, what) }}, ctx)
	_ = conn.Close()
}

// say writes a sentence where the screens were, or instead of them.
func say(w io.Writer, sentence string) {
	_, _ = io.WriteString(w, sentence+"\r\n") // a line that is gone takes none
}

// askWhetherThere asks the client whether it is still there, and ends the
// connection when it does not answer. It returns when the connection is over.
func (s *Server) askWhetherThere(v *visit, over <-chan struct{}) {
	limits := s.opt.Limits
	every := time.NewTicker(limits.KeepAlive)
	defer every.Stop()
	for {
		select {
		case <-over:
			return
		case <-every.C:
		}
		patience := time.AfterFunc(limits.Patience, func() { _ = v.conn.Close() })
		_, _, err := v.conn.SendRequest("keepalive@openssh.com", true, nil)
		patience.Stop()
		if err != nil {
			return
		}
	}
}
