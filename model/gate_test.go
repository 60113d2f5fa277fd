package model_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/throughgate/throughgate/model"
)

// by has somebody else write the next entries at the same desk.
func (d *desk) by(staff model.StaffID, role model.Role) *desk {
	d.actor.Staff, d.actor.Role = staff, role
	return d
}

// toLeave is somebody with a confirmed date today and nothing done.
func toLeave(t *testing.T) *desk {
	d := newDesk(t, 1, model.RoleReception)
	for _, c := range []model.Change{
		&model.PersonNamed{Name: model.PersonName{Family: "Smith", Given: []string{"John"}}},
		&model.StaySet{Site: "LEI", LegalStatus: "SENTENCED"},
		&model.ReleaseSet{Day: model.DayOf(morning), Basis: model.BasisConfirmed, Reason: "CR"},
	} {
		d.do(morning, c)
	}
	return d
}

var twoIdentifiers = &model.GateIdentified{Photo: true, Identifiers: []string{"born", "prison-number"}}

// walkThrough does what is done at the gate, by two officers.
func walkThrough(d *desk, at time.Time) {
	d.by("a.khan", model.RoleReception).follow(at, twoIdentifiers)
	d.by("i.fox", model.RoleWing).follow(at, &model.GateConfirmed{Of: d.record().Shared.Gate.Identity.By.At})
	d.by("a.khan", model.RoleReception).follow(at, &model.GatePropertySet{Listed: "Card 114", Possession: model.HeldNone})
	d.follow(at, &model.GateReceiptSigned{Signature: model.SignatureGiven, Letter: "given"})
}

// overrideAll has those who may override every line that is in the way.
func overrideAll(d *desk, at time.Time) {
	for _, m := range model.GateBlocks(&d.record().Shared) {
		role := model.RoleManager
		if slices.Contains(m.Item.Overriders(), model.RoleNurse) {
			role = model.RoleNurse
		}
		d.by("x.over", role).follow(at, &model.GateOverridden{Item: m.Item.ID, Reason: model.OverrideLawful, Words: "Healthcare telephones tomorrow"})
	}
}

var outOfTheGate = &model.MovementRecorded{Movement: model.Movement{Type: model.MovementRelease, Reason: "CR", At: model.InstantOf(morning.Add(2 * time.Hour))}}

func TestNobodyLeavesBeforeTwoOfficersKnowWhoItIs(t *testing.T) {
	d := toLeave(t)
	d.follow(morning, twoIdentifiers)
	if item := d.record().Shared.Item(model.ItemIdentity); item.State != model.InProgress {
		t.Errorf("after one officer the line is %s", item.State)
	}
	of := d.record().Shared.Gate.Identity.By.At
	self := &model.GateConfirmed{Of: of}
	if model.Allow(d.actor, self, d.record()) == nil {
		t.Error("an officer confirms their own check")
	}
	d.do(morning.Add(time.Minute), self) // by a program of their own
	if d.record().Shared.Gate.IdentityConfirmed() {
		t.Error("an altered program confirms its own check")
	}
	second := model.Actor{Staff: "i.fox", Role: model.RoleWing, Site: "LEI"}
	if err := model.Allow(second, self, d.record()); err != nil {
		t.Errorf("a second officer: %v", err)
	}
	d.by("i.fox", model.RoleWing).follow(morning.Add(2*time.Minute), self)
	if item := d.record().Shared.Item(model.ItemIdentity); item.State != model.Done || item.Staff != "i.fox" {
		t.Errorf("after two the line is %+v", item)
	}
}

// A second check takes a second confirmation: the first was of another.
func TestANewCheckIsConfirmedAnew(t *testing.T) {
	d := toLeave(t)
	walkThrough(d, morning)
	old := d.record().Shared.Gate.Identity.By.At
	d.by("b.two", model.RoleReception).follow(morning.Add(time.Minute), twoIdentifiers)
	if d.record().Shared.Gate.IdentityConfirmed() {
		t.Error("an old confirmation stands for a new check")
	}
	if err := (&model.GateConfirmed{Of: old}).Check(d.record(), morning); model.KindOf(err) != model.KindConflict {
		t.Errorf("the old check is confirmed: %v", err)
	}
}

func TestWhatAnIdentityCheckNeeds(t *testing.T) {
	for _, bad := range []model.GateIdentified{
		{}, {Photo: true}, {Photo: true, Identifiers: []string{"born"}}, {Photo: true, Identifiers: []string{"born", "born"}},
		{Photo: true, Identifiers: []string{"born", "smell"}}, {Identifiers: []string{"born", "name"}},
	} {
		if bad.Check(toLeave(t).record(), morning) == nil {
			t.Errorf("%+v is enough", bad)
		}
	}
	if (&model.ItemSet{Item: model.ItemIdentity, State: model.Done}).Check(toLeave(t).record(), morning) == nil {
		t.Error("identity is ticked without a walk")
	}
}

func TestWhatIsInTheWayBlocksUntilItIsDoneOrOverridden(t *testing.T) {
	d := toLeave(t)
	walkThrough(d, morning)
	rest := d.record().BeforeLeaving()
	if len(rest) == 0 || !strings.Contains(strings.Join(rest, "; "), "Discharge letter") {
		t.Fatalf("in the way: %q", rest)
	}
	overrideAll(d, morning.Add(time.Minute))
	if rest := d.record().BeforeLeaving(); len(rest) != 0 {
		t.Errorf("still in the way: %q", rest)
	}
	if item := d.record().Shared.Item(model.ItemLetter); item.State.Settled() {
		t.Error("an override counts as done")
	}
}

// A hold is ended by whoever answers for it, and overridden by nobody.
func TestAHoldIsOverriddenByNobody(t *testing.T) {
	d := toLeave(t)
	d.do(morning, &model.AlertSet{Code: "TG", Active: true})
	walkThrough(d, morning)
	overrideAll(d, morning.Add(time.Minute))
	rest := d.record().BeforeLeaving()
	if len(rest) == 0 || !strings.Contains(rest[0], "governor") {
		t.Errorf("in the way: %q", rest)
	}
	for _, item := range []model.ItemID{model.ItemReleaseDate, model.ItemIdentity, model.ItemHandover} {
		for _, role := range model.Roles() {
			c := &model.GateOverridden{Item: item, Reason: model.OverrideLawful, Words: "It is written here"}
			if model.Allow(model.Actor{Staff: "a.b", Role: role}, c, &model.Record{}) == nil {
				t.Errorf("%s overrides %s", role, item)
			}
		}
	}
}

// Custody's lines are a manager's to override, healthcare's a nurse's or a
// prescriber's: they know what it means.
func TestWhoOverridesWhat(t *testing.T) {
	for _, facts := range model.Checklist() {
		if !facts.Blocks || facts.Stage != model.BeforeGate || facts.ID == model.ItemReleaseDate {
			continue
		}
		for _, role := range model.Roles() {
			got := model.Allow(model.Actor{Staff: "a.b", Role: role}, &model.GateOverridden{Item: facts.ID}, &model.Record{}) == nil
			want := role == model.RoleManager
			if facts.Owners[0].MayRead(model.Health) {
				want = role == model.RoleNurse || role == model.RolePrescriber
			}
			if got != want {
				t.Errorf("%s overrides %s: %v", role, facts.ID, got)
			}
		}
	}
}

func TestWhatIsOverriddenIsFollowedUpAfterTheRelease(t *testing.T) {
	d := toLeave(t)
	walkThrough(d, morning)
	overrideAll(d, morning.Add(time.Minute))
	if len(model.Timeline(nil).FollowUps(&d.record().Shared)) != 0 {
		t.Error("somebody who is here is followed up")
	}
	d.by("a.khan", model.RoleReception).follow(morning.Add(3*time.Hour), outOfTheGate)
	s := &d.record().Shared
	first := model.Timeline(nil).FollowUps(s)[0]
	if first.Override.By.Staff != "x.over" || first.Due != model.DayOf(morning)+1 {
		t.Errorf("first to follow up: %+v", first)
	}
	for _, f := range model.Timeline(nil).FollowUps(s) {
		if f.Item.Stage == model.AtGate {
			t.Errorf("%s can be done at the gate only", f.Item.ID)
		}
	}
	row := model.RowOf(model.PersonID{1}, s)
	if row.After.On != 1 || row.After.Overridden == 0 || !row.After.Shown(model.DayOf(morning)+28) || row.After.Shown(model.DayOf(morning)+29) {
		t.Errorf("on the board: %+v", row.After)
	}
}

func TestChecksAfterAReleaseAreDueOneAfterTheOther(t *testing.T) {
	day := model.DayOf(morning)
	for _, tt := range []struct {
		name string
		made []model.AfterChecked
		next int
		item model.ItemState
	}{
		{"nothing yet", nil, 1, model.NotStarted},
		{"not reached", []model.AfterChecked{{On: 1, Outcome: model.AfterNotReached}}, 7, model.InProgress},
		{"goes on", []model.AfterChecked{{On: 1, Outcome: model.AfterContact}, {On: 7, Outcome: model.AfterGPSeen}}, 14, model.InProgress},
		{"all three", []model.AfterChecked{{On: 1, Outcome: model.AfterContact}, {On: 7, Outcome: model.AfterGPSeen}, {On: 14, Outcome: model.AfterNotReached}}, 0, model.Done},
		{"back in prison", []model.AfterChecked{{On: 1, Outcome: model.AfterBack}}, 0, model.Done},
		{"died", []model.AfterChecked{{On: 7, Outcome: model.AfterDied}}, 0, model.Done},
		{"the supply goes on", []model.AfterChecked{{On: 1, Outcome: model.AfterStarted}}, 0, model.Done},
	} {
		d := toLeave(t)
		d.follow(morning.Add(3*time.Hour), outOfTheGate)
		d.by("b.jones", model.RoleNurse)
		for _, c := range tt.made {
			d.follow(morning.Add(27*time.Hour), &c)
		}
		s := &d.record().Shared
		row := model.RowOf(model.PersonID{1}, s).After
		if row.On != tt.next || tt.next > 0 && model.Timeline(nil).CheckDue(row) != day+model.Day(tt.next) {
			t.Errorf("%s: next is day %d", tt.name, row.On)
		}
		if got := s.Item(model.ItemAfterRelease).State; got != tt.item {
			t.Errorf("%s: the line is %q", tt.name, got)
		}
	}
}

// Of who died, escaped, went to hospital or left the country nobody asks how
// they are on day 1.
func TestNobodyChecksOnWhoDidNotGoHome(t *testing.T) {
	for reason, checked := range map[string]bool{"CR": true, "HR": true, "NG": true, "DEC": false, "ESCP": false, "UAL": false, "HP": false, "DD": false, "MRG": false} {
		d := toLeave(t)
		d.follow(morning.Add(3*time.Hour), &model.MovementRecorded{Movement: model.Movement{Type: model.MovementRelease, Reason: reason, At: model.InstantOf(morning.Add(2 * time.Hour))}})
		if got := len(model.Timeline(nil).ChecksDue(&d.record().Shared)) > 0; got != checked {
			t.Errorf("%s: checks are due: %v", reason, got)
		}
	}
}

func TestTheWalkEndsWithDeathTransferAndARelease(t *testing.T) {
	for name, change := range map[string]func(*model.Record){
		"death":    func(r *model.Record) { r.Shared.Deceased = model.DayOf(morning) },
		"transfer": func(r *model.Record) { r.Shared.Stay.Out = string(model.MovementTransfer) },
		"release":  func(r *model.Record) { r.Shared.Stay.Out = string(model.MovementRelease) },
	} {
		r := toLeave(t).record()
		change(r)
		for _, c := range []model.Change{twoIdentifiers, &model.GatePropertySet{None: true, Possession: model.HeldNone}, &model.GateReceiptSigned{Signature: model.SignatureGiven, Letter: "none"},
			&model.GateOverridden{Item: model.ItemLetter, Reason: model.OverrideLawful, Words: "It is written here"}} {
			if c.Check(r, morning) == nil {
				t.Errorf("after a %s %s is done", name, c.Kind())
			}
		}
	}
}

// Released, recalled and released again within a week: the second walk begins at
// its beginning, and the record holds three movements.
func TestASecondReleaseIsWalkedAnew(t *testing.T) {
	d := toLeave(t)
	walkThrough(d, morning)
	overrideAll(d, morning.Add(time.Minute))
	d.by("a.khan", model.RoleReception).follow(morning.Add(3*time.Hour), outOfTheGate)
	d.by("b.jones", model.RoleNurse).follow(morning.Add(27*time.Hour), &model.AfterChecked{On: 1, Outcome: model.AfterNotReached})
	d.by("a.khan", model.RoleReception).follow(morning.Add(50*time.Hour), &model.MovementRecorded{Movement: model.Movement{Type: model.MovementAdmission, Reason: "L", At: model.InstantOf(morning.Add(50 * time.Hour))}})
	s := &d.record().Shared
	if _, gone := s.Gone(); gone || s.Item(model.ItemIdentity).State != model.NotStarted || s.Item(model.ItemProperty).State != model.NotStarted || len(s.After) > 0 {
		t.Fatalf("after the recall: %+v", s.Gate)
	}
	if len(d.record().BeforeLeaving()) < 5 {
		t.Errorf("before the second release: %q", d.record().BeforeLeaving())
	}
	d.do(morning.Add(60*time.Hour), &model.ReleaseSet{Day: model.DayOf(morning) + 3, Basis: model.BasisConfirmed, Reason: "CR"})
	walkThrough(d, morning.Add(72*time.Hour))
	overrideAll(d, morning.Add(73*time.Hour))
	d.by("a.khan", model.RoleReception).follow(morning.Add(75*time.Hour), &model.MovementRecorded{Movement: model.Movement{Type: model.MovementRelease, Reason: "CR", At: model.InstantOf(morning.Add(74 * time.Hour))}})
	s = &d.record().Shared
	if len(s.Movements) != 3 || model.Timeline(nil).CheckDue(model.RowOf(model.PersonID{1}, s).After) != model.DayOf(morning)+4 {
		t.Errorf("%d movements, next check %+v", len(s.Movements), model.RowOf(model.PersonID{1}, s).After)
	}
}

// The same entries give the same walk in whatever order they come.
func TestTwoDesksThatWalkAgree(t *testing.T) {
	one := toLeave(t)
	two := newDesk(t, 2, model.RoleReception)
	one.meet(two)
	one.follow(morning.Add(time.Minute), twoIdentifiers)
	two.by("b.two", model.RoleReception).follow(morning.Add(2*time.Minute), &model.GateIdentified{Photo: true, Identifiers: []string{"name", "born"}})
	one.meet(two)
	for _, d := range []*desk{one, two} {
		r := d.record()
		if r.Shared.Gate.Identity.By.Staff != "b.two" || len(r.Conflicts()) != 1 {
			t.Errorf("the check is %s's, with %d conflicts", r.Shared.Gate.Identity.By.Staff, len(r.Conflicts()))
		}
	}
}

// A bag is handed to nobody before two officers know who it is, and nobody leaves
// while one waits. A refusal is recorded, and the bag goes back.
func TestNobodyLeavesWhileABagWaits(t *testing.T) {
	d := toLeave(t)
	d.by("p.pharm", model.RolePharmacy).do(morning, &model.BagPackedUp{Number: "BAG-114"})
	d.do(morning, &model.BagPackedUp{Number: "BAG-115"})
	if step := d.record().GateSteps()[3]; step.State != model.CannotStart {
		t.Errorf("before the identity the bags are %q", step.State)
	}
	walkThrough(d, morning)
	overrideAll(d, morning.Add(time.Minute))
	if rest := d.record().BeforeLeaving(); len(rest) != 1 || rest[0] != "Bags of medicines" {
		t.Fatalf("in the way: %q", rest)
	}
	d.by("a.khan", model.RoleReception)
	if (&model.BagGiven{Number: "BAG-999", Signature: "signed"}).Check(d.record(), morning) == nil {
		t.Error("somebody else's bag is handed over")
	}
	d.follow(morning.Add(2*time.Minute), &model.BagGiven{Number: "bag 114", Signature: "signed"})
	if item := d.record().Shared.Item(model.ItemHandover); item.State != model.InProgress {
		t.Errorf("after one of two the hand-over is %q", item.State)
	}
	d.follow(morning.Add(3*time.Minute), &model.BagGiven{Number: "BAG-115", Refused: true, Reason: model.BagReasons[0]})
	r := d.record()
	if len(r.BeforeLeaving()) != 0 || r.Shared.Item(model.ItemHandover).State != model.Done {
		t.Errorf("in the way: %q", r.BeforeLeaving())
	}
	if words := r.GateSteps()[3].Words; words != "1 handed over, 1 refused: back to pharmacy" {
		t.Errorf("said: %q", words)
	}
	d.follow(morning.Add(4*time.Hour), outOfTheGate)
	d.follow(morning.Add(50*time.Hour), &model.MovementRecorded{Movement: model.Movement{Type: model.MovementAdmission, Reason: "L", At: model.InstantOf(morning.Add(50 * time.Hour))}})
	if item := d.record().Shared.Item(model.ItemHandover); item.State != model.NotStarted {
		t.Errorf("after a recall the last hand-over stands: %q", item.State)
	}
}
