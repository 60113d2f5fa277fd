package hub

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"sync"

	"github.com/throughgate/throughgate/model"
	"github.com/throughgate/throughgate/store/seal"
)

// The tables of the registers, by what their keys are.
const (
	tableService   = "service"   // one row
	tableSites     = "sites"     // site code
	tableStaff     = "staff"     // staff id
	tableDevices   = "devices"   // device id
	tableCodes     = "codes"     // hash of a one-time code
	tableReference = "reference" // table name
	tableHeads     = "heads"     // site code, epoch, day
)

const serviceKey = "hub"

// registry is everything but the ops, in memory. Its values are never changed
// in place: a new one is saved and put in the old one's stead, so what was read
// under the lock may be used after it.
type registry struct {
	mu        sync.RWMutex
	service   service
	authority *authority
	notary    seal.SigningKey
	sites     map[model.SiteCode]*site
	staff     map[model.StaffID]*member
	devices   map[model.DeviceID]*device
	codes     map[string]*code
	tables    map[string]*table
	bells     bells
}

// service is what the hub has one of.
type service struct {
	Authority    []byte `json:"authority"` // certificate, DER
	AuthorityKey []byte `json:"key"`       // PKCS #8
	PersonKey    []byte `json:"person"`
	Notary       []byte `json:"notary"` // seed of the key that signs grants and the heads of feeds
	LastNode     uint32 `json:"node"`   // the last device number given
}

// row is a value of a table, with its key there.
type row interface {
	row() (table, key string)
}

func (*service) row() (string, string) { return tableService, serviceKey }

// aad ties a sealed value to its place, so that none can be moved to another.
func aad(table, key string) []byte { return []byte("throughgate hub 1\n" + table + "\n" + key) }

// save keeps rows, all or none. The caller holds the registry's lock and puts
// them into memory afterwards.
func (h *Hub) save(rows ...row) error {
	values := make([]model.Register, len(rows))
	for i, r := range rows {
		table, key := r.row()
		plain, err := json.Marshal(r)
		if err != nil {
			return internal("encode "+table, err)
		}
		sealed, err := h.box.SealCompact(nil, plain, aad(table, key))
		seal.Zero(plain)
		if errors.Is(err, seal.ErrTooLarge) {
			return model.Invalid("This is more than the hub can keep in one piece.", "Import a smaller file.")
		}
		if err != nil {
			return internal("seal "+table, err)
		}
		values[i] = model.Register{Table: table, Key: key, Value: sealed}
	}
	return h.log.Save(values...)
}

// loadTable opens every row of a table and gives each to take.
func loadTable[R any](h *Hub, table string, take func(*R)) error {
	rows, err := h.log.Load(table)
	if err != nil {
		return err
	}
	for key, sealed := range rows {
		plain, err := h.box.OpenCompact(nil, sealed, aad(table, key))
		if errors.Is(err, seal.ErrWrongKey) {
			return &model.Error{Kind: model.KindForbidden, Msg: "The hub's key does not open its data.",
				Hint: "Use the key that these data were begun with.", Err: err}
		}
		if err != nil {
			return internal("open "+table, err)
		}
		value := new(R)
		err = json.Unmarshal(plain, value)
		seal.Zero(plain)
		if err != nil {
			return internal("decode "+table, errors.New("not what it should be")) // the cause could quote a key
		}
		take(value)
	}
	return nil
}

// load fills the registry, and begins the service where there is none yet.
func (h *Hub) load() error {
	k := &h.keep
	k.sites, k.staff = make(map[model.SiteCode]*site), make(map[model.StaffID]*member)
	k.devices, k.codes = make(map[model.DeviceID]*device), make(map[string]*code)
	k.tables = make(map[string]*table)
	begun := false
	err := errors.Join(
		loadTable(h, tableService, func(v *service) { k.service, begun = *v, true }),
		loadTable(h, tableSites, func(v *site) { k.sites[v.Code] = v.ready() }),
		loadTable(h, tableStaff, func(v *member) { k.staff[v.ID] = v.ready() }),
		loadTable(h, tableDevices, func(v *device) { k.devices[v.ID] = v }),
		loadTable(h, tableCodes, func(v *code) { k.codes[v.Hash] = v }),
		loadTable(h, tableReference, func(v *table) { k.tables[v.Name] = v.ready() }),
	)
	if err != nil {
		var known *model.Error
		if errors.As(err, &known) {
			return known
		}
		return err
	}
	if !begun {
		if err := h.begin(); err != nil {
			return err
		}
	}
	if err := errors.Join(h.readyNotary(), h.loadHeads()); err != nil {
		return err
	}
	k.authority, err = authorityOf(k.service.Authority, k.service.AuthorityKey)
	return err
}

// begin makes what every hub has one of.
func (h *Hub) begin() error {
	certificate, key, err := newAuthority(h.Now())
	if err != nil {
		return internal("begin", err)
	}
	s := service{Authority: certificate, AuthorityKey: key, PersonKey: make([]byte, model.SecretSize)}
	if _, err := io.ReadFull(h.Random, s.PersonKey); err != nil {
		return internal("begin", fmt.Errorf("person key: %w", err))
	}
	h.keep.service = s
	return h.save(&s)
}

// Fresh tells whether no hub was begun in these registers yet.
func Fresh(registers Registers) (bool, error) {
	rows, err := registers.Load(tableService)
	return len(rows) == 0, err
}
