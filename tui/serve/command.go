package serve

import (
	"context"
	"encoding/json"
	"io"
	"runtime/debug"
	"time"

	"github.com/charmbracelet/ssh"
	gossh "golang.org/x/crypto/ssh"

	"github.com/throughgate/throughgate/model"
)

// The channels of the attach socket that no SSH server elsewhere has: a command
// to run, which the client opens, and a question to whoever started it, which
// the server opens.
const (
	channelCommand  = "command@throughgate"
	channelQuestion = "question@throughgate"
)

// mostAnswer is the longest answer to a question, in bytes.
const mostAnswer = 4 << 10

// Command is what the same user started in another window, to be run here.
type Command struct {
	Args     []string
	Terminal bool // somebody is there who can be asked
	In       io.Reader
	Out, Err io.Writer
	// Ask asks whoever started it. Secret answers are not shown while typed.
	Ask func(question string, secret bool) (string, error)
}

// asked is a Command as it comes in.
type asked struct {
	Args     []string `json:"args"`
	Terminal bool     `json:"terminal"`
}

// question is what the client is asked.
type question struct {
	Text   string `json:"text"`
	Secret bool   `json:"secret"`
}

// command runs one command. It ends when its client does.
func (s *Server) command(_ *ssh.Server, conn *gossh.ServerConn, offered gossh.NewChannel, sctx ssh.Context) {
	var a asked
	if s.opt.Command == nil || json.Unmarshal(offered.ExtraData(), &a) != nil {
		_ = offered.Reject(gossh.Prohibited, "not a command")
		return
	}
	v := &visit{via: model.ViaAttached, conn: conn, guest: sctx.Value(guestKey{}).(*guest), ended: make(chan struct{})}
	if why := s.registry.enter(v); why != "" {
		_ = offered.Reject(gossh.ResourceShortage, why)
		return
	}
	defer s.registry.leave(v)
	v.guest.settle()
	channel, requests, err := offered.Accept()
	if err != nil {
		return
	}
	defer time.AfterFunc(s.opt.Limits.Patience, func() { _ = conn.Close() })
	ctx, stop := context.WithCancel(sctx)
	defer stop()
	go stopWhenAsked(requests, stop)
	go func() {
		select {
		case <-v.ended:
			stop()
		case <-ctx.Done():
		}
	}()
	exit := s.run(ctx, Command{
		Args: a.Args, Terminal: a.Terminal, In: channel, Out: channel, Err: channel.Stderr(),
		Ask: func(text string, secret bool) (string, error) { return ask(conn, question{text, secret}) },
	})
	_, _ = channel.SendRequest("exit-status", false, gossh.Marshal(struct{ Status uint32 }{uint32(exit)})) // a client that is gone needs none
	_ = channel.Close()
}

// run keeps a fault in a command to itself.
func (s *Server) run(ctx context.Context, c Command) (exit int) {
	defer func() {
		if fault := recover(); fault != nil {
			s.opt.Log.Error("a command failed", "stack", string(debug.Stack()))
			_, _ = io.WriteString(c.Err, "throughgate: The command failed. What was kept before is kept.\n")
			exit = 1
		}
	}()
	return s.opt.Command(ctx, c)
}

// stopWhenAsked ends a command at an interrupt, and when its channel is closed.
func stopWhenAsked(requests <-chan *gossh.Request, stop func()) {
	defer stop()
	for r := range requests {
		if r.Type == "signal" {
			stop()
		}
		if r.WantReply {
			_ = r.Reply(r.Type == "signal", nil)
		}
	}
}

// ask opens a channel to the client and reads the answer from it.
func ask(conn gossh.Conn, q question) (string, error) {
	text, err := json.Marshal(q)
	if err != nil {
		return "", err
	}
	channel, requests, err := conn.OpenChannel(channelQuestion, text)
	if err != nil {
		return "", err
	}
	defer channel.Close()
	go gossh.DiscardRequests(requests)
	answer, err := io.ReadAll(io.LimitReader(channel, mostAnswer))
	return string(answer), err
}
