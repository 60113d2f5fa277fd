package serve

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"net"
	"sync"
	"time"

	gossh "golang.org/x/crypto/ssh"

	"github.com/throughgate/throughgate/model"
)

// greeting is how long the other end of an attach socket may take to say who it
// is.
const greeting = 5 * time.Second

// Client is this process beside a serving one.
type Client struct{ conn *gossh.Client }

// Attach speaks to the process at the other end, which must be the one with the
// data folder's host key. It closes the connection where that fails.
func Attach(conn net.Conn, host gossh.PublicKey) (*Client, error) {
	_ = conn.SetDeadline(time.Now().Add(greeting)) // one that cannot have any just waits
	config := &gossh.ClientConfig{HostKeyCallback: gossh.FixedHostKey(host)}
	policy := policy()
	config.KeyExchanges, config.Ciphers, config.MACs = policy.KeyExchanges, policy.Ciphers, policy.MACs
	mux, channels, requests, err := gossh.NewClientConn(conn, "", config)
	if err != nil {
		_ = conn.Close()
		return nil, err
	}
	_ = conn.SetDeadline(time.Time{})
	return &Client{gossh.NewClient(mux, channels, requests)}, nil
}

// Close hangs up.
func (c *Client) Close() error { return c.conn.Close() }

// errHungUp is the other process ending before it has said how.
func errHungUp(err error) error {
	return &model.Error{Kind: model.KindOutside, Msg: "The Throughgate that serves this workstation has stopped.",
		Hint: "What you saw as kept is kept. Start it again, or go on without it.", Err: err}
}

// Run has the other process run a command, and returns its exit code. When the
// context ends it is asked to stop.
func (c *Client) Run(ctx context.Context, command Command) (exit int, err error) {
	what, err := json.Marshal(asked{Args: command.Args, Terminal: command.Terminal})
	if err != nil {
		return 0, err
	}
	if questions := c.conn.HandleChannelOpen(channelQuestion); questions != nil {
		go answer(questions, command.Ask)
	}
	channel, requests, err := c.conn.OpenChannel(channelCommand, what)
	var refused *gossh.OpenChannelError
	if errors.As(err, &refused) && refused.Reason == gossh.ResourceShortage {
		return 0, &model.Error{Kind: model.KindLocked, Msg: refused.Message, Err: err}
	}
	if err != nil {
		return 0, errHungUp(err)
	}
	defer context.AfterFunc(ctx, func() {
		_, _ = channel.SendRequest("signal", false, gossh.Marshal(struct{ Name string }{"INT"}))
	})()
	return carry(channel, requests, command)
}

// carry passes on what a command reads and says, until it has ended.
func carry(channel gossh.Channel, requests <-chan *gossh.Request, command Command) (exit int, err error) {
	go func() {
		if command.In != nil {
			_, _ = io.Copy(channel, command.In) // a command need not read it all
		}
		_ = channel.CloseWrite()
	}()
	var said sync.WaitGroup
	said.Go(func() { _, _ = io.Copy(command.Out, channel) })
	said.Go(func() { _, _ = io.Copy(command.Err, channel.Stderr()) })
	ended := false
	for r := range requests {
		var status struct{ Status uint32 }
		if r.Type == "exit-status" && gossh.Unmarshal(r.Payload, &status) == nil {
			exit, ended = int(status.Status), true
		}
		if r.WantReply {
			_ = r.Reply(false, nil)
		}
	}
	said.Wait()
	if !ended {
		return 0, errHungUp(nil)
	}
	return exit, nil
}

// answer asks whoever started the command.
func answer(questions <-chan gossh.NewChannel, ask func(string, bool) (string, error)) {
	for offered := range questions {
		var q question
		if ask == nil || json.Unmarshal(offered.ExtraData(), &q) != nil {
			_ = offered.Reject(gossh.Prohibited, "nobody to ask")
			continue
		}
		text, err := ask(q.Text, q.Secret)
		if err != nil {
			_ = offered.Reject(gossh.ConnectionFailed, "no answer")
			continue
		}
		channel, requests, err := offered.Accept()
		if err != nil {
			return
		}
		go gossh.DiscardRequests(requests)
		_, _ = io.WriteString(channel, text)
		_ = channel.Close()
	}
}

// Window is a terminal of this process, raw already.
type Window struct {
	In            io.Reader
	Out           io.Writer
	Term          string
	Env           map[string]string // what the server takes, such as NO_COLOR
	Columns, Rows int
	Resized       <-chan [2]int // columns and rows; nil when that cannot be known
}

// Show shows the other process's screens in a window until they end, or the
// context does, and returns the exit code.
func (c *Client) Show(ctx context.Context, w Window) (exit int, err error) {
	session, err := c.conn.NewSession()
	if err != nil {
		return 0, errHungUp(err)
	}
	defer session.Close()
	for name, value := range w.Env {
		_ = session.Setenv(name, value) // one that it does not take changes nothing
	}
	session.Stdout, session.Stderr = w.Out, w.Out
	keys, err := session.StdinPipe()
	if err == nil {
		err = session.RequestPty(w.Term, w.Rows, w.Columns, nil)
	}
	if err == nil {
		err = session.Shell()
	}
	if err != nil {
		return 0, errHungUp(err)
	}
	go func() { _, _ = io.Copy(keys, w.In) }()
	over := make(chan struct{})
	defer close(over)
	go follow(session, w.Resized, over)
	defer context.AfterFunc(ctx, func() { _ = c.conn.Close() })()

	err = session.Wait()
	var ended *gossh.ExitError
	switch {
	case err == nil, ctx.Err() != nil:
		return 0, nil
	case errors.As(err, &ended):
		return ended.ExitStatus(), nil
	}
	return 0, errHungUp(err)
}

func follow(session *gossh.Session, resized <-chan [2]int, over <-chan struct{}) {
	for {
		select {
		case now := <-resized:
			_ = session.WindowChange(now[1], now[0])
		case <-over:
			return
		}
	}
}

// GiveBack is what puts a terminal right that the screens left without saying
// goodbye.
const GiveBack = giveTerminal
