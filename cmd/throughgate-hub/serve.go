package main

import (
	"context"
	"crypto/rand"
	"io"
	"log/slog"
	"net"
	"os"

	"github.com/spf13/cobra"

	"github.com/throughgate/throughgate/cmd/internal/edge"
	"github.com/throughgate/throughgate/cmd/internal/hubdata"
	"github.com/throughgate/throughgate/model"
	"github.com/throughgate/throughgate/sync/hub"
)

// serving is what serve was asked for.
type serving struct {
	data
	listen, readyFile string
	names             []string
	verbose           bool
}

func serveCommand() *cobra.Command {
	var s serving
	var out show
	cmd := &cobra.Command{
		Use:   "serve",
		Short: "Serve the desks until stopped",
		Long: "Serve the desks until stopped. It first prints the address and the fingerprint of the hub's authority; " +
			"port 0 takes a free port. A hub begins with its first site (throughgate-hub site add); a folder without one is refused, for it was mistyped. Its log, on the error output, holds nobody's data.",
		Example: "  throughgate-hub serve --data /var/lib/throughgate --listen 0.0.0.0:7443",
		Args:    cobra.NoArgs,
		RunE:    func(cmd *cobra.Command, _ []string) error { return s.run(cmd, &out) },
	}
	s.flags(cmd)
	out.flag(cmd)
	cmd.Flags().StringVar(&s.listen, "listen", "127.0.0.1:7443", "the address to serve on")
	cmd.Flags().StringSliceVar(&s.names, "name", nil, "a further name or address for the hub's certificate")
	cmd.Flags().StringVar(&s.readyFile, "ready-file", "", "write the address into this file once the hub serves")
	cmd.Flags().BoolVar(&s.verbose, "verbose", false, "log every request")
	return cmd
}

func (s *serving) run(cmd *cobra.Command, out *show) error {
	host, _, err := net.SplitHostPort(s.listen)
	if err != nil {
		return edge.UsageError("--listen is not an address and a port", "Such as 0.0.0.0:7443.")
	}
	source := s.source()
	source.Options = hub.Options{Log: s.logger(cmd.ErrOrStderr())}
	h, closer, err := hubdata.Open(source)
	if err != nil {
		return err
	}
	defer closer.Close()
	listener, err := net.Listen("tcp", s.listen)
	if err != nil {
		return &model.Error{Kind: model.KindOutside, Msg: "The hub cannot listen at this address.",
			Hint: "Another program may have it, or it is not this computer's.", Err: err}
	}
	ctx, stop := context.WithCancel(cmd.Context())
	defer stop()
	door, err := hubdata.ServeAdmin(ctx, s.folder, h, rand.Reader)
	if err != nil {
		listener.Close()
		return err
	}
	if err := s.ready(cmd, out, h, urlOf(listener.Addr(), host)); err != nil {
		listener.Close()
		return err
	}
	err = h.Serve(ctx, listener, append(s.names, host)...)
	stop()
	<-door // so that the folder has no door when it is let go of
	return err
}

// logger writes JSON lines for machines: what happened, never to whom.
func (s *serving) logger(to io.Writer) *slog.Logger {
	level := slog.LevelInfo
	if s.verbose {
		level = slog.LevelDebug
	}
	return slog.New(slog.NewJSONHandler(to, &slog.HandlerOptions{Level: level}))
}

// readiness is what serve prints before it serves.
type readiness struct {
	URL         string `json:"url"`
	Fingerprint string `json:"fingerprint"`
}

func (s *serving) ready(cmd *cobra.Command, out *show, h *hub.Hub, url string) error {
	r := readiness{URL: url, Fingerprint: h.Fingerprint()}
	if s.readyFile != "" {
		if err := os.WriteFile(s.readyFile, []byte(url+"\n"), 0o644); err != nil {
			return &model.Error{Kind: model.KindOutside, Msg: "The ready file could not be written.",
				Hint: "Check its folder.", Err: err}
		}
	}
	return out.print(cmd, r, func(w io.Writer) {
		line(w, "Serving %s\nAuthority %s", r.URL, r.Fingerprint)
	})
}

// urlOf is where desks reach the hub. A hub that listens everywhere is reached by
// the computer's name.
func urlOf(addr net.Addr, host string) string {
	_, port, err := net.SplitHostPort(addr.String())
	if err != nil {
		return "https://" + addr.String()
	}
	if ip := net.ParseIP(host); host == "" || ip != nil && ip.IsUnspecified() {
		if host, err = os.Hostname(); err != nil {
			host = "localhost"
		}
	}
	return "https://" + net.JoinHostPort(host, port)
}
