package demo

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"path/filepath"
	"strings"
	"time"

	"github.com/throughgate/throughgate/cmd/internal/hubdata"
	"github.com/throughgate/throughgate/model"
	"github.com/throughgate/throughgate/store/seal"
	"github.com/throughgate/throughgate/sync"
	"github.com/throughgate/throughgate/sync/hub"
)

// cheap stretches a passphrase for hardly a millisecond, so that the
// demonstration starts at once. It protects nothing: everybody knows the
// passphrase, and nobody in the folder exists.
var cheap = seal.Params{Time: 1, MemoryKiB: 1024, Threads: 1}

// Plan is what a demonstration is to have.
type Plan struct {
	Folder string // in which "hub" and "workstation" are made
	Seed   uint64
	People int
	Now    func() time.Time
}

// Demo is a hub that runs in this process and an enrolled workstation's folder,
// full of invented people.
type Demo struct {
	URL       string // of the hub
	Desk      string // the workstation's folder
	HubFolder string
	Stretch   seal.Params // for passphrases that are changed in the demonstration

	hub     *hub.Hub
	data    io.Closer
	stop    context.CancelFunc
	stopped chan error
}

// Build makes a demonstration. Close stops its hub; the folder stays.
func Build(ctx context.Context, p Plan) (*Demo, error) {
	d := &Demo{Desk: filepath.Join(p.Folder, "workstation"), HubFolder: filepath.Join(p.Folder, "hub"), Stretch: cheap}
	if err := d.serve(p); err != nil {
		return nil, err
	}
	if err := d.fill(ctx, p); err != nil {
		return nil, errors.Join(err, d.Close())
	}
	return d, nil
}

// serve starts the hub on a free port of this computer.
func (d *Demo) serve(p Plan) error {
	h, data, err := hubdata.Open(hubdata.Source{Folder: d.HubFolder, Make: true, Options: hub.Options{Now: p.Now, Stretch: cheap}})
	if err != nil {
		return err
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return errors.Join(&model.Error{Kind: model.KindOutside, Msg: "The demonstration's hub could not listen on this computer.", Err: err}, data.Close())
	}
	ctx, stop := context.WithCancel(context.Background())
	d.hub, d.data, d.stop, d.stopped = h, data, stop, make(chan error, 1)
	d.URL = "https://" + listener.Addr().String()
	go func() { d.stopped <- h.Serve(ctx, listener) }()
	return nil
}

// Hub is the demonstration's own, to be looked after as any hub is.
func (d *Demo) Hub() *hub.Hub { return d.hub }

// Close stops the hub and lets go of its files.
func (d *Demo) Close() error {
	d.stop()
	return errors.Join(<-d.stopped, d.data.Close())
}

// fill writes the site's past and brings it to the workstation.
func (d *Demo) fill(ctx context.Context, p Plan) error {
	first, err := d.people()
	if err != nil {
		return err
	}
	if err := d.references(); err != nil {
		return err
	}
	custody, err := d.enrol(ctx)
	if err != nil {
		return err
	}
	defer custody.Close()
	care, err := d.enrol(ctx)
	if err != nil {
		return err
	}
	defer care.Close()
	t, err := move(ctx, custody, first)
	if err != nil {
		return err
	}
	t.desks = [2]*desk{custody.desk(), care.desk()}
	t.looksFrom = p.Now().Add(-looksBack)
	for _, s := range invent(p.Seed, p.People, p.Now()) {
		if err := t.write(s); err != nil {
			return err
		}
	}
	if err := errors.Join(custody.send(ctx, t.desks[0].out), care.send(ctx, t.desks[1].out)); err != nil {
		return err
	}
	if err := errors.Join(custody.tell(ctx, t.desks[0].looks), care.tell(ctx, t.desks[1].looks)); err != nil {
		return err
	}
	return d.workstation(ctx)
}

// people makes the site and its staff, and returns everybody's first
// passphrase.
func (d *Demo) people() (map[model.StaffID]string, error) {
	if _, err := d.hub.AddSite(Site, SiteName); err != nil {
		return nil, err
	}
	first := make(map[model.StaffID]string)
	for _, s := range Staff() {
		given, err := d.hub.AddStaff(hub.NewStaff{ID: s.ID, Site: Site, Role: s.Role, Name: s.Name})
		if err != nil {
			return nil, err
		}
		first[s.ID] = given.Passphrase
	}
	return first, nil
}

// visitor is an invented workstation's connection to the hub.
type visitor struct {
	*sync.Client
	id sync.Identity
}

func (d *Demo) enrol(ctx context.Context) (*visitor, error) {
	code, err := d.hub.AddCode(Site)
	if err != nil {
		return nil, err
	}
	id, err := sync.Enrol(ctx, d.URL, code.Code, sync.Options{})
	if err != nil {
		return nil, err
	}
	client, err := sync.NewClient(id, sync.Options{})
	if err != nil {
		return nil, err
	}
	return &visitor{client, id}, nil
}

func (v *visitor) desk() *desk {
	return &desk{id: v.id.Device, incarnation: v.id.Incarnation, clock: model.Clock{Node: v.id.Node}}
}

// send pushes everything. The hub judges it like anybody's, so a demonstration
// that starts has kept every rule.
func (v *visitor) send(ctx context.Context, envelopes []model.Envelope) error {
	for len(envelopes) > 0 {
		answers, err := v.Push(ctx, envelopes)
		if err != nil {
			return err
		}
		for _, a := range answers {
			if a.Status == model.PushRefused {
				return fmt.Errorf("demo: the hub refused an entry: %s", a.Reason)
			}
		}
		envelopes = envelopes[len(answers):]
	}
	return nil
}

// references gives the hub the invented practices and medicines, which reach the
// workstation as real ones do.
func (d *Demo) references() error {
	if err := give(d, "practices", PracticesCSV, model.ParsePractices); err != nil {
		return err
	}
	if err := give(d, "outcodes", OutcodesCSV, model.ParseOutcodes); err != nil {
		return err
	}
	return give(d, "medicines", ProductsCSV, model.ParseProducts)
}

func give[Row any](d *Demo, table string, write func() (string, error), parse func(io.Reader) ([]Row, []model.RowError, error)) error {
	file, err := write()
	if err != nil {
		return err
	}
	rows, bad, err := parse(strings.NewReader(file))
	if err != nil || len(bad) > 0 {
		return errors.Join(err, fmt.Errorf("demo: %d %s are none", len(bad), table))
	}
	var lines bytes.Buffer
	encoder := json.NewEncoder(&lines)
	for _, row := range rows {
		if err := encoder.Encode(row); err != nil {
			return err
		}
	}
	_, err = d.hub.SetReference(hub.Reference{Table: table, Lines: lines.Bytes()})
	return err
}
