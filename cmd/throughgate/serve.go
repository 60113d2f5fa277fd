package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"path/filepath"
	"sync"
	"time"

	"github.com/spf13/cobra"
	gossh "golang.org/x/crypto/ssh"

	"github.com/throughgate/throughgate/cmd/internal/edge"
	"github.com/throughgate/throughgate/cmd/internal/settings"
	"github.com/throughgate/throughgate/model"
	"github.com/throughgate/throughgate/store"
	"github.com/throughgate/throughgate/tui"
	"github.com/throughgate/throughgate/tui/part"
	"github.com/throughgate/throughgate/tui/serve"
)

// serveFlags is what serve was asked for.
type serveFlags struct {
	*data
	listen  string
	hubSync string
}

func serveCommand(d *data) *cobra.Command {
	s := serveFlags{data: d}
	cmd := &cobra.Command{
		Use:   "serve",
		Short: "Let several people work on this workstation at once",
		Long: "Let several people work on this workstation at once: over SSH, and in other windows of this computer. " +
			"It holds the store, keeps in step with the hub, and shows the screens to whoever comes with a registered key and knows their passphrase. " +
			"While it runs, throughgate opens a window on it, and every other command works beside it. It first prints the fingerprint of its SSH host key; its log, on the error output, holds nobody's data.",
		Example: "  throughgate serve --ssh 0.0.0.0:7422",
		Args:    cobra.NoArgs,
		RunE:    func(cmd *cobra.Command, _ []string) error { return s.run(cmd) },
	}
	cmd.Flags().StringVar(&s.listen, "ssh", "", "the address to serve SSH on; port 0 takes a free one (default: what the settings say, else no SSH)")
	cmd.Flags().StringVar(&s.hubSync, "hub-sync", "on", "on, or off to leave the hub alone")
	_ = cmd.RegisterFlagCompletionFunc("hub-sync", cobra.FixedCompletions([]string{"on", "off"}, cobra.ShellCompDirectiveNoFileComp))
	return cmd
}

// decide takes the settings, and the flags over them.
func (s *serveFlags) decide() (settings.Settings, error) {
	chosen, err := s.settings()
	if err != nil {
		return chosen, err
	}
	if s.hubSync != "on" && s.hubSync != "off" {
		return chosen, edge.UsageError("--hub-sync must be on or off", "")
	}
	if s.listen != "" {
		if _, _, err := net.SplitHostPort(s.listen); err != nil {
			return chosen, edge.UsageError("--ssh is not an address and a port", "Such as 0.0.0.0:7422.")
		}
		if chosen.Locked("ssh.listen") {
			return chosen, chosen.Override("ssh.listen", s.listen, "ssh")
		}
		chosen.SSH.Listen = s.listen // port 0, too, which settings may not have
	}
	return chosen, nil
}

func (s *serveFlags) run(cmd *cobra.Command) (err error) {
	if client, err := s.serving(); client != nil || err != nil || s.held != nil {
		if client != nil {
			err = client.Close()
		}
		return cmp.Or(err, errServed)
	}
	chosen, err := s.decide()
	if err != nil {
		return err
	}
	folder, err := s.path()
	if err != nil {
		return err
	}
	desk, err := s.open(store.Options{})
	if err != nil {
		return notEnrolled(err)
	}
	defer func() { err = errors.Join(err, desk.Close()) }()
	host, err := serve.HostKey(folder)
	if err != nil {
		return err
	}
	return s.serve(cmd, desk.Store, chosen, folder, host)
}

var errServed error = &model.Error{Kind: model.KindConflict, Msg: "This workstation is being served already.", Hint: "Open a window on it with: throughgate"}

// serve serves until the context ends, or a listener fails.
func (s *serveFlags) serve(cmd *cobra.Command, desk *store.Store, chosen settings.Settings, folder string, host gossh.Signer) error {
	log := slog.New(slog.NewJSONHandler(cmd.ErrOrStderr(), nil))
	ctx, stop := context.WithCancel(cmd.Context())
	shared := newTables(desk)
	var beside sync.WaitGroup
	defer beside.Wait()
	defer stop()
	beside.Go(func() { shared.keep(ctx) })
	erased := make(chan error, 1)
	keep := newKeeper(onlyWhenTold)
	if s.hubSync == "on" {
		keep.keep = func(ctx context.Context) error { return keepInStep(ctx, desk, log) }
	}
	beside.Go(func() {
		defer stop() // without a store there is nothing to serve
		erased <- keep.run(ctx)
	})
	options, err := serverOptions(desk, chosen)
	if err != nil {
		return err
	}
	options.Gate = func(via string) tui.Gate {
		return &gate{desk: desk, tables: shared, papers: filepath.Join(folder, store.PapersFolder), via: via, retain: chosen.Retention.Days, due: chosen.Due.Timeline()}
	}
	around := *s.data
	around.keeper = keep
	options.Command = func(ctx context.Context, c serve.Command) int { return runHere(ctx, c, around, desk) }
	options.HostKey, options.Log = host, log
	if err := s.listenAndServe(ctx, cmd.OutOrStdout(), serve.New(options), chosen.SSH.Listen, folder, host); err != nil {
		return err
	}
	stop()
	return <-erased
}

// lastWords is how long sessions have to end when the server is stopped.
const lastWords = 10 * time.Second

func (s *serveFlags) listenAndServe(ctx context.Context, out io.Writer, server *serve.Server, address, folder string, host gossh.Signer) error {
	defer func() {
		ending, stop := context.WithTimeout(context.WithoutCancel(ctx), lastWords)
		defer stop()
		server.Shutdown(ending)
	}()
	ended := make(chan error, 2)
	attached, err := listenAttached(folder)
	if err != nil {
		return err
	}
	go func() { ended <- server.ServeAttached(attached) }()
	where := "Serving other windows of this computer"
	if address != "" {
		listener, err := net.Listen("tcp", address)
		if err != nil {
			return &model.Error{Kind: model.KindOutside, Msg: "SSH cannot be served at this address.",
				Hint: "Another program may have it, or it is not this computer's.", Err: err}
		}
		go func() { ended <- server.Serve(listener) }()
		where = "Serving SSH at " + listener.Addr().String() + ", and other windows of this computer"
	}
	if _, err := fmt.Fprintf(out, "%s.\nHost key %s\n", where, gossh.FingerprintSHA256(host.PublicKey())); err != nil {
		return err
	}
	select {
	case <-ctx.Done():
		return nil
	case err := <-ended:
		return &model.Error{Kind: model.KindOutside, Msg: "Nobody can be let in any more.", Hint: "Start it again.", Err: cmp.Or(err, net.ErrClosed)}
	}
}

// serverOptions is what the settings and the roster say.
func serverOptions(desk *store.Store, chosen settings.Settings) (serve.Options, error) {
	theme, err := part.ParseTheme(chosen.Theme)
	return serve.Options{
		Staff: func() []serve.Member { return visitors(desk.Site()) },
		Watch: desk.Watch,
		Theme: theme,
		Screens: tui.Options{
			Now: time.Now, Idle: time.Duration(chosen.IdleMinutes) * time.Minute, Timeline: chosen.Due.Timeline(),
		},
		Limits: serve.Limits{
			Sessions: chosen.SSH.Sessions, PerPerson: chosen.SSH.SessionsPerPerson,
			Idle: time.Duration(chosen.SSH.IdleMinutes) * time.Minute,
		},
	}, err
}

// visitors is who may come over SSH: whoever works at this prison, has registered
// a key and is not disabled. The roster has others, for what they wrote.
func visitors(site model.SiteData) []serve.Member {
	var all []serve.Member
	for _, m := range site.Staff {
		if m.Site == site.Site && !m.Disabled && len(m.SSHKeys) > 0 {
			all = append(all, serve.Member{Staff: m.ID, Keys: m.SSHKeys})
		}
	}
	return all
}
