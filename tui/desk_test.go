package tui_test

import (
	"cmp"
	"context"
	"crypto/sha256"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/throughgate/throughgate/model"
	"github.com/throughgate/throughgate/tui"
)

// desk is a workstation in memory. It keeps the log and folds it with the
// model, as the store does, and lacks only what the screens cannot see: files,
// seals and signatures.
type desk struct {
	now func() time.Time

	mu        sync.Mutex
	clock     model.Clock
	ops       map[model.PersonID][]*model.Op // in stamp order
	people    []model.PersonID               // as they became known
	staff     map[model.StaffID]*member
	drafts    map[string][]byte
	status    model.DeskStatus
	refusals  []model.Refusal
	watchers  map[chan struct{}]bool
	rows      []model.Row // nil when something changed
	named     int         // people made without a number
	papers    []tui.Document
	panes     []*pane
	practices *model.PracticeIndex
	products  *model.ProductIndex
	accesses  []model.Access // oldest first
	locks     int            // how often a screen was locked
	audited   int            // how often somebody read the audit

	// A test may make the desk misbehave.
	doFails    error         // what Do returns
	draftFails error         // what SaveDraft returns
	hold       chan struct{} // reads wait for it
	reads      int           // of Rows, Find and Get
	fixed      []model.Row   // everybody, instead of the log
}

// member is somebody on the roster.
type member struct {
	actor      model.Actor
	name       string
	passphrase string
	mustChange bool
	ended      error // why the sessions they have open are over
}

// deskNow is the moment at which every test's desk is looked at.
var deskNow = time.Date(2026, 11, 23, 9, 42, 0, 0, model.London)

func newDesk(now func() time.Time) *desk {
	d := &desk{
		now: now, clock: model.Clock{Node: 1}, ops: map[model.PersonID][]*model.Op{}, drafts: map[string][]byte{},
		watchers: map[chan struct{}]bool{}, staff: map[model.StaffID]*member{},
	}
	for id, who := range map[model.StaffID]struct {
		name string
		role model.Role
	}{
		"a.khan": {"KHAN, A", model.RoleReception}, "b.jones": {"JONES, B", model.RoleNurse},
		"c.reid": {"REID, C", model.RolePrescriber}, "d.osei": {"OSEI, D", model.RoleOMU},
		"e.wu": {"WU, E", model.RoleManager}, "f.ali": {"ALI, F", model.RoleHealthAdmin},
		"g.ng": {"NG, G", model.RoleSaferCustody}, "h.roy": {"ROY, H", model.RoleAuditor},
		"i.fox": {"FOX, I", model.RoleWing}, "j.lee": {"LEE, J", model.RolePharmacy}, "k.day": {"DAY, K", model.RoleSubstanceMisuse},
	} {
		d.staff[id] = &member{actor: model.Actor{Staff: id, Role: who.role, Site: "LEI"}, name: who.name, passphrase: "open " + string(id)}
	}
	d.status = model.DeskStatus{SyncState: model.SyncState{Online: true, Since: d.at(-time.Hour), LastSync: d.at(-time.Minute)}}
	return d
}

func (d *desk) at(ago time.Duration) model.Instant { return model.InstantOf(d.now().Add(ago)) }

// SignIn implements tui.Gate.
func (d *desk) SignIn(_ context.Context, staff model.StaffID, passphrase string) (tui.Session, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	m := d.staff[staff]
	if m == nil || m.passphrase != passphrase {
		return nil, model.Forbidden("The staff id or the passphrase is wrong.", "Try again.")
	}
	return &session{desk: d, member: m}, nil
}

// Status implements tui.Gate.
func (d *desk) Status() model.DeskStatus {
	d.mu.Lock()
	defer d.mu.Unlock()
	s := d.status
	s.Refused, s.People = len(d.refusals), len(d.people)
	return s
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

// news wakes every watcher, as a commit or a change of the sync state does.
func (d *desk) news() {
	d.rows = nil
	for tokens := range d.watchers {
		select {
		case tokens <- struct{}{}:
		default:
		}
	}
}

// set changes the desk's own state and says so.
func (d *desk) set(change func()) {
	d.mu.Lock()
	defer d.mu.Unlock()
	change()
	d.news()
}

// record folds what a role may read of a person.
func (d *desk) record(id model.PersonID, role model.Role) *model.Record {
	return model.FoldAll(id, role.Compartments(), d.ops[id]).ThisStay()
}

// do makes changes as the store does: the rights, the checks, then one op each,
// and what follows from them.
func (d *desk) do(actor model.Actor, w model.Write) error {
	if d.status.ClockWrong() {
		return &model.Error{Kind: model.KindLocked, Msg: "This computer's clock is wrong.", Hint: "Ask whoever looks after the computer."}
	}
	r := d.record(w.Person, actor.Role)
	written, before := map[string]model.Stamp{}, len(d.ops[w.Person])
	for n, pending := 0, w.Changes; len(pending) > 0; n, pending = n+1, pending[1:] {
		c := pending[0]
		err := model.Allow(actor, c, r)
		if err == nil && n < len(w.Changes) { // what follows is not asked whether it is sensible
			err = c.Check(r, d.now())
		}
		if err != nil {
			d.ops[w.Person] = d.ops[w.Person][:before]
			return err
		}
		base := r.Seen(c.Compartment(), c.Slot())
		if w.Seen != nil {
			base = w.Seen.Seen(c.Compartment(), c.Slot())
		}
		if s, mine := written[c.Slot()]; mine {
			base = s
		}
		op := d.append(actor, w.Person, base, c)
		written[c.Slot()] = op.Stamp
		r.Fold(op)
		if f, ok := c.(model.Follower); ok {
			pending = append(slices.Clone(pending), f.Follows(r)...)
		}
	}
	d.news()
	return nil
}

// append adds one op to the log.
func (d *desk) append(actor model.Actor, id model.PersonID, base model.Stamp, c model.Change) *model.Op {
	body, err := model.EncodeChange(c)
	if err != nil {
		panic(err) // a change of the model that cannot be encoded
	}
	fresh, err := model.DecodeChange(c.Kind(), body)
	if err != nil {
		panic(err)
	}
	op := &model.Op{
		Stamp: d.clock.Next(d.now()), Actor: actor, Person: id, Base: base, Kind: c.Kind(), Body: body,
		Change: fresh, Compartment: c.Compartment(),
	}
	if _, known := d.ops[id]; !known {
		d.people = append(d.people, id)
	}
	d.ops[id] = append(d.ops[id], op)
	return op
}

// write does something at this desk as a member of staff, outside any screen.
func (d *desk) write(t testing.TB, staff model.StaffID, id model.PersonID, changes ...model.Change) {
	t.Helper()
	d.mu.Lock()
	defer d.mu.Unlock()
	if err := d.do(d.staff[staff].actor, model.Write{Person: id, Changes: changes}); err != nil {
		t.Fatalf("%s cannot write: %v", staff, err)
	}
}

// farAway writes at another desk, by somebody who has not seen what is in the
// slot here.
func (d *desk) farAway(staff model.StaffID, id model.PersonID, changes ...model.Change) {
	d.mu.Lock()
	defer d.mu.Unlock()
	for _, c := range changes {
		d.append(d.staff[staff].actor, id, model.Stamp{}, c)
	}
	d.news()
}

// everybody is a row of each.
func (d *desk) everybody() []model.Row {
	if d.fixed != nil {
		return d.fixed
	}
	if d.rows == nil {
		d.rows = make([]model.Row, 0, len(d.people))
		for _, id := range d.people {
			r := d.record(id, model.RoleManager)
			d.rows = append(d.rows, model.RowOf(id, &r.Shared))
		}
	}
	return d.rows
}

// person gives somebody a record: name, birth, number, cell and release.
func (d *desk) person(t testing.TB, p invented) model.PersonID {
	t.Helper()
	id := personID(p.number)
	name, err := model.ParsePersonName(p.family, p.given)
	if err != nil {
		t.Fatal(err)
	}
	born, err := model.ParsePartialDate(cmp.Or(p.born, "1980-08-14"))
	if err != nil {
		t.Fatal(err)
	}
	d.write(t, "a.khan", id,
		&model.PersonNamed{Name: name}, &model.PersonBorn{Date: born, Sex: "M"},
		&model.StaySet{Site: "LEI", Received: model.DayOf(d.now()) - 90, LegalStatus: p.legal},
		&model.LocationSet{Cell: cmp.Or(p.cell, "A-2-014")},
		&model.PersonNumbered{Scheme: model.SchemePrison, Value: p.number},
	)
	if p.basis != "" {
		d.write(t, "a.khan", id, &model.ReleaseSet{Day: model.DayOf(d.now()) + model.Day(p.in), Time: p.time, Basis: p.basis, Reason: p.reason})
	}
	d.farAway("b.jones", id, p.nurse...)
	if p.atCourt {
		d.write(t, "a.khan", id, &model.MovementRecorded{Movement: model.Movement{Type: model.MovementCourt, Reason: "CRT", At: d.at(-time.Hour)}})
	}
	return id
}

// invented is somebody for a test's desk.
type invented struct {
	family, given, number, born, cell, legal string
	in                                       int // days until release
	time                                     string
	basis                                    model.Basis
	reason                                   string
	atCourt                                  bool
	nurse                                    []model.Change // what the nurse wrote
}

func personID(number string) model.PersonID {
	sum := sha256.Sum256([]byte(number))
	return model.PersonID(sum[:16])
}
