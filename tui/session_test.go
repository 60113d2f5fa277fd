package tui_test

import (
	"context"
	"crypto/sha256"
	"maps"
	"slices"
	"strings"

	"github.com/throughgate/throughgate/model"
	"github.com/throughgate/throughgate/tui"
)

// session is one person signed in to a desk.
type session struct {
	*desk
	*member
	over bool
}

func (s *session) Actor() model.Actor { return s.actor }
func (s *session) Name() string       { return s.name }
func (s *session) MustChange() bool   { return s.mustChange }
func (s *session) Close()             { s.over = true }

func (s *session) Over() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.ended
}

func (s *session) Locked(context.Context) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.locks++
	return nil
}

func (s *session) Accesses(_ context.Context, f model.AccessFilter, limit int) ([]model.Access, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := model.AllowAudit(s.actor.Role); err != nil {
		return nil, err
	}
	s.audited++
	var found []model.Access
	for _, a := range slices.Backward(s.accesses) {
		if f.Fits(&a) && len(found) < limit {
			found = append(found, a)
		}
	}
	return found, nil
}

func (s *session) Alarms(_ context.Context, since model.Day) ([]model.Alarm, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := model.AllowAudit(s.actor.Role); err != nil {
		return nil, err
	}
	var found []model.Alarm
	for _, a := range model.Alarms(s.accesses, model.AlarmFacts{Rows: s.everybody()}) {
		if a.To == 0 || a.To >= since.Start() {
			found = append(found, a)
		}
	}
	return found, nil
}

func (s *session) ChangePassphrase(_ context.Context, old, new string) error {
	switch {
	case old != s.passphrase:
		return model.Forbidden("The passphrase you have now is not that.", "Type it again.")
	case len(new) < 12:
		return model.Invalid("The new passphrase is too short.", "Use at least 12 characters.")
	}
	s.passphrase, s.mustChange = new, false
	return nil
}

// read counts, and waits as long as a test holds the desk.
func (d *desk) read() {
	d.mu.Lock()
	d.reads++
	hold := d.hold
	d.mu.Unlock()
	if hold != nil {
		<-hold
	}
}

func (s *session) Rows() []model.Row {
	s.read()
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.everybody()
}

func (s *session) Find(query string, limit int) []model.Row {
	s.read()
	s.mu.Lock()
	defer s.mu.Unlock()
	var found []model.Row
	for _, r := range s.everybody() {
		if query != "" && len(found) < limit && matches(query, r.SearchText()) {
			found = append(found, r)
		}
	}
	slices.SortFunc(found, func(a, b model.Row) int { return strings.Compare(a.Name, b.Name) })
	return found
}

func matches(query, text string) bool {
	for _, word := range strings.Fields(model.Fold(query)) {
		if !strings.Contains(" "+text, " "+word) {
			return false
		}
	}
	return true
}

func (s *session) Get(_ context.Context, id model.PersonID) (*model.Record, error) {
	s.read()
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.ops[id] == nil {
		return nil, model.NotFound("There is no such person here.", "")
	}
	return s.record(id, s.actor.Role), nil
}

func (s *session) History(_ context.Context, id model.PersonID) ([]*model.Op, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	var out []*model.Op
	for _, op := range s.ops[id] {
		if s.actor.Role.MayRead(op.Compartment) {
			out = append(out, op)
		}
	}
	return out, nil
}

func (s *session) Conflicts(context.Context) ([]model.PersonConflict, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	var out []model.PersonConflict
	for _, id := range s.people {
		r := s.record(id, s.actor.Role)
		for _, c := range r.Conflicts() {
			pc := model.PersonConflict{Row: model.RowOf(id, &r.Shared), Conflict: c}
			for _, h := range c.Heads {
				i := slices.IndexFunc(s.ops[id], func(op *model.Op) bool { return op.Stamp == h.Stamp() })
				pc.Ops = append(pc.Ops, s.ops[id][i])
			}
			out = append(out, pc)
		}
	}
	return out, nil
}

func (s *session) Overrides(context.Context) ([]model.PersonOverride, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := model.Allow(s.actor, &model.GlassReviewed{}, nil); err != nil {
		return nil, err
	}
	var out []model.PersonOverride
	for _, id := range s.people {
		r := s.record(id, s.actor.Role)
		for _, o := range r.Glass() {
			if !o.IsReviewed() {
				out = append(out, model.PersonOverride{Row: model.RowOf(id, &r.Shared), Override: o})
			}
		}
	}
	return out, nil
}

// pane is a compartment of one person that was opened by breaking the glass.
type pane struct {
	session *session
	asked   model.GlassRequest
	until   model.Instant
	closed  bool
}

func (s *session) BreakGlass(_ context.Context, asked model.GlassRequest, passphrase string) (tui.Glass, error) {
	s.read()
	s.mu.Lock()
	defer s.mu.Unlock()
	if passphrase != s.passphrase {
		return nil, model.Forbidden("The passphrase is wrong.", "Capitals matter.").At("passphrase")
	}
	change := asked.Change(model.InstantOf(s.now()))
	if err := s.do(s.actor, model.Write{Person: asked.Person, Changes: []model.Change{change}}); err != nil {
		return nil, err
	}
	p := &pane{session: s, asked: asked, until: change.Until}
	s.panes = append(s.panes, p)
	return p, nil
}

func (p *pane) Until() model.Instant { return p.until }

func (p *pane) Get(context.Context) (*model.Record, error) {
	s := p.session
	s.mu.Lock()
	defer s.mu.Unlock()
	if p.closed || !model.InstantOf(s.now()).Before(p.until) {
		return nil, &model.Error{Kind: model.KindLocked, Msg: "The 15 minutes are over."}
	}
	parts := append(slices.Clone(s.actor.Role.Compartments()), p.asked.Opens)
	return model.FoldAll(p.asked.Person, parts, s.ops[p.asked.Person]), nil
}

func (p *pane) Close() {
	p.session.mu.Lock()
	defer p.session.mu.Unlock()
	p.closed = true
}

// open counts what was opened by breaking the glass and is not closed again.
func (d *desk) open() int {
	d.mu.Lock()
	defer d.mu.Unlock()
	n := 0
	for _, p := range d.panes {
		if !p.closed {
			n++
		}
	}
	return n
}

func (s *session) Do(_ context.Context, w model.Write) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.doFails != nil {
		return s.doFails
	}
	return s.do(s.actor, w)
}

func (s *session) NewPerson(number string) (model.PersonID, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if number == "" {
		s.named++
		number = "unnumbered " + strings.Repeat("x", s.named)
	}
	return personID(number), nil
}

func (s *session) Sign(message []byte) []byte {
	sum := sha256.Sum256(message)
	return append(sum[:], sum[:]...)
}

func (s *session) Refusals(context.Context) ([]model.Refusal, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.refusals), nil
}

func (s *session) Dismiss(_ context.Context, stamp model.Stamp) error {
	s.set(func() {
		s.refusals = slices.DeleteFunc(s.refusals, func(r model.Refusal) bool { return r.Stamp == stamp })
	})
	return nil
}

func (s *session) Draft(key string) ([]byte, bool) {
	s.read()
	s.mu.Lock()
	defer s.mu.Unlock()
	value, found := s.drafts[string(s.actor.Staff)+"/"+key]
	return value, found
}

func (s *session) SaveDraft(key string, value []byte) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	key = string(s.actor.Staff) + "/" + key
	switch {
	case s.draftFails != nil:
		return s.draftFails
	case value == nil:
		delete(s.drafts, key)
	default:
		s.drafts[key] = slices.Clone(value)
	}
	return nil
}

func (s *session) Practices() *model.PracticeIndex { return s.practices }

func (s *session) Products() *model.ProductIndex { return s.products }
func (s *session) PracticeMemory(context.Context) (model.PracticeMemory, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	memory := model.PracticeMemory{}
	for _, id := range s.people {
		if r := s.record(id, s.actor.Role); r.Health != nil && !r.Shared.Restricted {
			memory.Add(r.Health.Registration, model.DayOf(s.now()))
		}
	}
	return memory, nil
}

func (s *session) StaffName(id model.StaffID) string {
	if m := s.staff[id]; m != nil {
		return m.name
	}
	return string(id)
}

// VerifyLetter believes every letter: this desk's sessions sign with no key.
func (s *session) VerifyLetter(model.SignedLetter) error { return nil }

func (s *session) Export(_ context.Context, d tui.Document) (string, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.papers = append(s.papers, d)
	return "papers/" + d.Name, nil
}

// draftsOf are the keys of what a person has not finished.
func (d *desk) draftsOf(staff model.StaffID) []string {
	d.mu.Lock()
	defer d.mu.Unlock()
	var keys []string
	for _, key := range slices.Sorted(maps.Keys(d.drafts)) {
		if rest, mine := strings.CutPrefix(key, string(staff)+"/"); mine {
			keys = append(keys, rest)
		}
	}
	return keys
}

var (
	_ tui.Gate    = (*desk)(nil)
	_ tui.Session = (*session)(nil)
)
