package serve

import (
	"cmp"
	"runtime/debug"
	"slices"
	"time"

	"github.com/charmbracelet/ssh"
	"github.com/charmbracelet/wish"

	"github.com/throughgate/throughgate/model"
)

// steps is everything a session passes through before the screens, from the
// outside in. What comes before it, in this order: the door (so many
// connections, so many at once from one address, so long until they are a
// session), the key exchange and the key (policy), and what the client may ask
// for (channel).
func (s *Server) steps(via string) []wish.Middleware {
	if via == model.ViaAttached { // the user of this process, in another window
		return []wish.Middleware{
			s.begun,     // it is a session in time, and its connection ends with it
			s.recovered, // a fault in one session ends that one alone
			s.withoutCommand,
			s.onTerminal,
			s.counted, // so many of this computer, whoever is there over SSH
			s.alive,   // a client that is gone takes its session along
		}
	}
	return []wish.Middleware{
		s.begun,
		s.recovered,
		s.recognised, // the key is somebody's, still
		s.notTooOften,
		s.withoutCommand,
		s.onTerminal,
		s.counted, // so many over SSH in all, and of one person
		s.alive,
	}
}

// through puts a handler behind the steps.
func through(h ssh.Handler, steps ...wish.Middleware) ssh.Handler {
	for _, step := range slices.Backward(steps) {
		h = step(h)
	}
	return h
}

// refuse ends a session that never began, and has it written down.
func (s *Server) refuse(sess ssh.Session, why string) {
	if v := visitOf(sess); s.told.allows(v.guest.from) {
		s.opt.Log.Info("a session was refused", "via", v.via, "why", why)
	}
	say(sess, why)
	_ = sess.Exit(1)
}

func (s *Server) begun(next ssh.Handler) ssh.Handler {
	return func(sess ssh.Session) {
		v := visitOf(sess)
		v.guest.settle()
		defer time.AfterFunc(s.opt.Limits.Patience, func() { _ = v.conn.Close() }) // a client need not agree that it is over
		next(sess)
	}
}

func (s *Server) recovered(next ssh.Handler) ssh.Handler {
	return func(sess ssh.Session) {
		defer func() {
			if fault := recover(); fault != nil {
				s.opt.Log.Error("a session failed", "stack", string(debug.Stack()))
				s.refuse(sess, "This session failed. What you saw as kept is kept. Come in again.")
			}
		}()
		next(sess)
	}
}

func (s *Server) recognised(next ssh.Handler) ssh.Handler {
	return func(sess ssh.Session) {
		v := visitOf(sess)
		if v.owner = s.roster.owner(v.key); v.owner == "" {
			s.refuse(sess, "Your key is not registered here. Ask whoever runs the hub.")
			return
		}
		next(sess)
	}
}

func (s *Server) notTooOften(next ssh.Handler) ssh.Handler {
	return func(sess ssh.Session) {
		v := visitOf(sess)
		if !s.keys.allows(v.key) || !s.homes.allows(v.guest.from) {
			s.refuse(sess, "There were too many log-ins with your key or from your address. Wait a minute.")
			return
		}
		next(sess)
	}
}

func (s *Server) withoutCommand(next ssh.Handler) ssh.Handler {
	return func(sess ssh.Session) {
		if visitOf(sess).command.Load() {
			s.refuse(sess, "Nothing is run here and no file is passed: there are the screens alone. With OpenSSH: ssh -t, and no command.")
			return
		}
		next(sess)
	}
}

func (s *Server) onTerminal(next ssh.Handler) ssh.Handler {
	return func(sess ssh.Session) {
		if visitOf(sess).asked.Load() == nil {
			s.refuse(sess, "The screens need a terminal. With OpenSSH: ssh -t.")
			return
		}
		next(sess)
	}
}

func (s *Server) counted(next ssh.Handler) ssh.Handler {
	return func(sess ssh.Session) {
		v := visitOf(sess)
		if why := s.registry.enter(v); why != "" {
			s.refuse(sess, why)
			return
		}
		defer s.registry.leave(v)
		if v.via == model.ViaSSH && s.roster.owner(v.key) != v.owner {
			v.end("Your key is no longer registered here.") // withdrawn between two steps
		}
		s.opt.Log.Info("a session began", "via", v.via)
		next(sess)
		s.opt.Log.Info("a session ended", "via", v.via, "why", cmp.Or(v.whyOver(nil), "Its user left, or the line was cut."))
	}
}

func (s *Server) alive(next ssh.Handler) ssh.Handler {
	return func(sess ssh.Session) {
		over := make(chan struct{})
		defer close(over)
		go s.askWhetherThere(visitOf(sess), over)
		next(sess)
	}
}
