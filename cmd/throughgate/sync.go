package main

import (
	"cmp"
	"context"
	"errors"
	"io"

	"github.com/spf13/cobra"

	"github.com/throughgate/throughgate/cmd/internal/version"
	"github.com/throughgate/throughgate/model"
	"github.com/throughgate/throughgate/store"
	wire "github.com/throughgate/throughgate/sync"
)

// syncing is what sync was asked for.
type syncing struct {
	*data
	output
	once bool
}

func syncCommand(d *data) *cobra.Command {
	s := syncing{data: d}
	cmd := &cobra.Command{
		Use:   "sync",
		Short: "Send what was done here to the hub, and fetch what others did",
		Long: "Send what was done here to the hub, and fetch what others did: once, or until stopped. " +
			"Throughgate does this by itself while it is open. Nobody needs to sign in, for what is carried stays sealed.",
		Example: "  throughgate sync --once",
		Args:    cobra.NoArgs,
		RunE:    s.run,
	}
	s.output.flags(cmd)
	cmd.Flags().BoolVar(&s.once, "once", false, "end when this workstation and the hub are in step")
	return cmd
}

func (s *syncing) run(cmd *cobra.Command, _ []string) (err error) {
	desk, err := s.open(store.Options{})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, desk.Close()) }()
	if !s.once && desk.held {
		return &model.Error{Kind: model.KindConflict, Msg: "The Throughgate that serves this workstation keeps it in step already.", Hint: "To be sure at once: throughgate sync --once"}
	}
	if !s.once {
		return syncUntil(cmd.Context(), desk.Store)
	}
	before := desk.Status()
	once := func(ctx context.Context) error { return syncOnce(ctx, desk.Store) }
	if s.keeper != nil {
		err = s.keeper.between(cmd.Context(), once)
	} else {
		err = once(cmd.Context())
	}
	if err != nil {
		return err
	}
	done := syncedNow(standingOf(desk.Store), before.Pending, before.Refused)
	return s.print(cmd, done, done.lines)
}

// agentOf joins a workstation's store with its hub.
func agentOf(desk *store.Store) (agent *wire.Agent, stop func(), err error) {
	client, err := wire.NewClient(wire.Identity(desk.Identity()), wire.Options{Version: version.String()})
	if err != nil {
		return nil, nil, err
	}
	return &wire.Agent{Desk: desk, Hub: client}, client.Close, nil
}

func syncOnce(ctx context.Context, desk *store.Store) error {
	agent, stop, err := agentOf(desk)
	if err != nil {
		return err
	}
	defer stop()
	err = agent.Once(ctx)
	return cmp.Or(erasedBy(err, desk), err)
}

// syncUntil ends with the context, which is how it is meant to end.
func syncUntil(ctx context.Context, desk *store.Store) error {
	agent, stop, err := agentOf(desk)
	if err != nil {
		return err
	}
	defer stop()
	err = agent.Run(ctx)
	if gone := erasedBy(err, desk); gone != nil || ctx.Err() != nil {
		return gone
	}
	return err
}

// synced is what one exchange came to. Its JSON is part of the command line's
// contract.
type synced struct {
	standing
	Sent       int `json:"sent"`
	NowRefused int `json:"nowRefused"`
}

func syncedNow(s standing, pending, refused int) synced {
	now := s.Refused - refused
	return synced{standing: s, Sent: pending - s.Pending, NowRefused: now}
}

func (s synced) lines(w io.Writer) {
	line(w, "In step with the hub.")
	line(w, "Sent\t%d", s.Sent)
	if s.NowRefused > 0 {
		line(w, "Refused\t%d, of them now %d", s.Refused, s.NowRefused)
		line(w, "The Sync screen says why: their authors settle them, or a colleague of the same record.")
	}
}
