package serve_test

import (
	"context"
	"fmt"
	"sync"

	"github.com/throughgate/throughgate/model"
	"github.com/throughgate/throughgate/tui"
)

// desk is a workstation in memory with a board of invented people. What it lacks
// the tests of cmd/throughgate have: a store.
type desk struct {
	mu       sync.Mutex
	rows     []model.Row
	drafts   map[string][]byte
	watchers map[chan struct{}]bool
	open     int           // sessions
	vias     []string      // how gates were asked for
	fails    model.StaffID // whose every list fails that is read
}

func newDesk(people int) *desk {
	d := &desk{drafts: make(map[string][]byte), watchers: make(map[chan struct{}]bool)}
	for i := range people {
		id := model.PersonID{byte(i >> 8), byte(i), 1}
		shared := model.SharedPart{}
		shared.Name = model.PersonName{Family: fmt.Sprintf("Invented%03d", i), Given: []string{"Person"}}
		shared.Release = model.Release{Day: model.DayOf(morning) + model.Day(i%7), Time: "09:30"}
		d.rows = append(d.rows, model.RowOf(id, &shared))
	}
	return d
}

type gate struct {
	*desk
	via string
}

// SignIn implements tui.Gate. A passphrase is "open" and the staff id.
func (g gate) SignIn(_ context.Context, staff model.StaffID, passphrase string) (tui.Session, error) {
	if passphrase != "open "+string(staff) {
		return nil, model.Forbidden("The staff id or the passphrase is wrong.", "Try again.")
	}
	g.mu.Lock()
	defer g.mu.Unlock()
	g.open++
	g.vias = append(g.vias, g.via)
	return &session{desk: g.desk, staff: staff}, nil
}

// Status implements tui.Gate.
func (d *desk) Status() model.DeskStatus {
	return model.DeskStatus{SyncState: model.SyncState{Online: true}, People: len(d.rows)}
}

// Place implements tui.Gate.
func (d *desk) Place() tui.Place { return tui.Place{Site: "LEI", Name: "HMP Leeds"} }

// Watch implements tui.Gate.
func (d *desk) Watch() (<-chan struct{}, func()) {
	d.mu.Lock()
	defer d.mu.Unlock()
	tokens := make(chan struct{}, 1)
	d.watchers[tokens] = true
	return tokens, func() {
		d.mu.Lock()
		defer d.mu.Unlock()
		if d.watchers[tokens] {
			delete(d.watchers, tokens)
			close(tokens)
		}
	}
}

// news wakes every watcher.
func (d *desk) news() {
	d.mu.Lock()
	defer d.mu.Unlock()
	for tokens := range d.watchers {
		select {
		case tokens <- struct{}{}:
		default:
		}
	}
}

// sessions is how many are open.
func (d *desk) sessions() int {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.open
}

// session is somebody signed in. The methods it lacks are of screens that no
// test here opens.
type session struct {
	tui.Session
	desk   *desk
	staff  model.StaffID
	closed sync.Once
}

func (s *session) Actor() model.Actor {
	return model.Actor{Staff: s.staff, Role: model.RoleReception, Site: "LEI"}
}
func (s *session) Name() string     { return "KHAN, A" }
func (s *session) MustChange() bool { return false }
func (s *session) Over() error      { return nil }
func (s *session) Rows() []model.Row {
	s.desk.mu.Lock()
	fails := s.desk.fails == s.staff
	s.desk.mu.Unlock()
	if fails {
		panic("a fault in a screen")
	}
	return s.desk.rows
}
func (s *session) Find(string, int) []model.Row      { return nil }
func (s *session) Practices() *model.PracticeIndex   { return nil }
func (s *session) Products() *model.ProductIndex     { return nil }
func (s *session) StaffName(id model.StaffID) string { return string(id) }
func (s *session) Conflicts(context.Context) ([]model.PersonConflict, error) {
	return nil, nil
}
func (s *session) Refusals(context.Context) ([]model.Refusal, error) { return nil, nil }
func (s *session) Get(context.Context, model.PersonID) (*model.Record, error) {
	return nil, model.NotFound("Nobody here.", "")
}
func (s *session) Close() {
	s.closed.Do(func() {
		s.desk.mu.Lock()
		defer s.desk.mu.Unlock()
		s.desk.open--
	})
}

func (s *session) Draft(key string) ([]byte, bool) {
	s.desk.mu.Lock()
	defer s.desk.mu.Unlock()
	value, found := s.desk.drafts[key]
	return value, found
}

func (s *session) SaveDraft(key string, value []byte) error {
	s.desk.mu.Lock()
	defer s.desk.mu.Unlock()
	s.desk.drafts[key] = value
	return nil
}
