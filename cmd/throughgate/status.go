package main

import (
	"errors"
	"io"
	"time"

	"github.com/spf13/cobra"

	"github.com/throughgate/throughgate/model"
	"github.com/throughgate/throughgate/store"
)

func statusCommand(d *data) *cobra.Command {
	var out output
	cmd := &cobra.Command{
		Use:     "status",
		Short:   "How this workstation stands",
		Long:    "How this workstation stands: where it belongs, when it last reached the hub, and what waits. Nobody needs to sign in.",
		Example: "  throughgate status --json",
		Args:    cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) (err error) {
			desk, err := d.open(store.Options{})
			if err != nil {
				return err
			}
			defer func() { err = errors.Join(err, desk.Close()) }()
			s := standingOf(desk.Store)
			return out.print(cmd, s, s.lines)
		},
	}
	out.flags(cmd)
	return cmd
}

// standing is how a workstation stands. Its JSON is part of the command line's
// contract.
type standing struct {
	Site        model.SiteCode `json:"site"`
	SiteName    string         `json:"siteName"`
	Device      model.DeviceID `json:"device"`
	Hub         string         `json:"hub"`
	LastSync    *time.Time     `json:"lastSync"`    // null before the first
	SkewSeconds float64        `json:"skewSeconds"` // this computer's clock less the hub's, at the last sync
	ClockWrong  bool           `json:"clockWrong"`
	People      int            `json:"people"`
	Pending     int            `json:"pending"`
	Refused     int            `json:"refused"`
	Waiting     int            `json:"waiting"`
	Quarantined int            `json:"quarantined"`
	LastError   string         `json:"lastError,omitempty"`
	Stopped     string         `json:"stopped,omitempty"` // why the hub stopped it until a person decides
	Damaged     string         `json:"damaged,omitempty"`
	Read        uint64         `json:"read"`   // entries read from the hub's log
	Proven      uint64         `json:"proven"` // of them, those the hub has signed for
	Doubt       string         `json:"doubt,omitempty"`
	PutBack     string         `json:"putBack,omitempty"` // the hub's log, to an older state
}

func standingOf(desk *store.Store) standing {
	id, s := desk.Identity(), desk.Status()
	out := standing{
		Site: id.Site, SiteName: id.SiteName, Device: id.Device, Hub: id.HubURL,
		SkewSeconds: s.Skew.Seconds(), ClockWrong: s.ClockWrong(), People: s.People, Pending: s.Pending,
		Refused: s.Refused, Waiting: s.Waiting, Quarantined: s.Quarantined, LastError: s.Err, Stopped: s.Stopped, Damaged: s.Damaged,
	}
	out.Read, out.Proven, out.Doubt, out.PutBack = s.Feed.Read, s.Feed.Proven, s.Feed.Doubt, s.Feed.PutBack.String()
	if name := desk.Site().Name; name != "" {
		out.SiteName = name
	}
	if !s.LastSync.IsZero() {
		at := s.LastSync.Time()
		out.LastSync = &at
	}
	return out
}

func (s standing) lines(w io.Writer) {
	line(w, "Site\t%s (%s)", plain(s.SiteName), s.Site)
	line(w, "Workstation\t%s", s.Device)
	line(w, "Hub\t%s", plain(s.Hub))
	if s.LastSync == nil {
		line(w, "Last sync\tnever")
	} else {
		line(w, "Last sync\t%s", model.InstantOf(*s.LastSync))
	}
	line(w, "People\t%d", s.People)
	line(w, "To send\t%d", s.Pending)
	for _, more := range []struct {
		n     int
		words string
	}{
		{s.Refused, "Refused by the hub\t%d, to settle on the Sync screen"},
		{s.Waiting, "Sealed\t%d, until somebody signs in who may read them"},
		{s.Quarantined, "Put aside\t%d that could not be believed or kept"},
	} {
		if more.n > 0 {
			line(w, more.words, more.n)
		}
	}
	if s.ClockWrong {
		line(w, "Clock\t%s from the hub's: set this computer's date and time", time.Duration(s.SkewSeconds)*time.Second)
	}
	if s.Stopped != "" {
		line(w, "Stopped\t%s", plain(s.Stopped))
	}
	if s.LastError != "" && s.LastError != s.Stopped {
		line(w, "Last failure\t%s", plain(s.LastError))
	}
	if s.Proven > 0 {
		line(w, "Hub's log\t%d entries read, %d signed by the hub", s.Read, s.Proven)
	}
	for _, said := range []string{s.Doubt, s.PutBack} {
		if said != "" {
			line(w, "\t%s", plain(said))
		}
	}
	if s.Damaged != "" {
		line(w, "Damaged\t%s", plain(s.Damaged))
	}
}
