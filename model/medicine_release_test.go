package model_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/throughgate/throughgate/model"
)

// leaving sets the day of release of the desk's person.
func (d *desk) leaving(day model.Day) {
	d.tb.Helper()
	d.do(morning, &model.ReleaseSet{Day: day, Basis: model.BasisConfirmed, Reason: "CR"})
}

// as makes the desk write as another member of staff.
func (d *desk) as(staff model.StaffID, role model.Role) *desk {
	d.actor = model.Actor{Staff: staff, Role: role, Site: "LEI"}
	return d
}

func reconciled(d *desk) *model.MedicinesReconciled {
	return &model.MedicinesReconciled{List: d.record().Health.ListHash()}
}

// One prepares the list, a prescriber signs that same list, and whatever is
// written on it afterwards opens it again.
func TestAListIsPreparedByOneAndSignedByAPrescriber(t *testing.T) {
	d := newDesk(t, 1, model.RolePharmacy)
	d.must(morning, medicine(1, "Sertraline"))
	if err := d.write(morning, reconciled(d)); model.KindOf(err) != model.KindForbidden {
		t.Fatalf("pharmacy signed: %v", err)
	}
	d.must(morning, &model.MedicinesCompared{List: d.record().Health.ListHash(), With: "GP summary and chart"})
	if h := d.record().Health; h.ListCompared().IsZero() || h.IsReconciled() {
		t.Error("a compared list is not prepared, or counts as signed")
	}
	d.as("p.shah", model.RolePrescriber).must(morning, reconciled(d))
	if !d.record().Health.IsReconciled() {
		t.Error("a signed list is not reconciled")
	}
	stale := reconciled(d)
	for name, change := range map[string]model.Change{
		"another medicine": medicine(2, "Omeprazole"),
		"a stop":           &model.MedicineStopped{ID: medicine(1, "").ID, Day: today, Reason: "rash"},
	} {
		e := newDesk(t, 1, model.RolePrescriber)
		e.must(morning, medicine(1, "Sertraline"))
		e.must(morning, reconciled(e), change)
		if e.record().Health.IsReconciled() {
			t.Errorf("%s leaves the list signed", name)
		}
		if err := e.write(morning, stale); model.KindOf(err) != model.KindConflict && model.KindOf(err) != model.KindInvalid {
			t.Errorf("%s: the old list could be signed: %v", name, err)
		}
	}
}

// A nurse's word from before prescribers had to sign is a comparison now.
func TestAnOldNursesReconciliationWaitsForTheSignature(t *testing.T) {
	d := newDesk(t, 1, model.RoleNurse)
	d.must(morning, medicine(1, "Sertraline"))
	d.do(morning, reconciled(d))
	if h := d.record().Health; h.IsReconciled() || h.ListCompared().Role != model.RoleNurse {
		t.Errorf("reconciled %v, compared by %q", h.IsReconciled(), h.ListCompared().Role)
	}
}

func TestPersonAndDrugTogetherDecideWhatIsKept(t *testing.T) {
	for _, c := range []struct {
		person model.PossessionLevel
		drug   model.Possession
		want   string
	}{
		{"", "", "Not assessed"}, {"", model.PossessionYes, "May be kept; the person is not assessed"},
		{model.LevelWeekly, "", "Not assessed"}, {model.LevelWeekly, model.PossessionYes, "In possession, weekly"},
		{model.LevelMonthly, model.PossessionYes, "In possession, 28 days"}, {model.LevelMonthly, model.PossessionNo, "Supervised"},
		{model.LevelNone, model.PossessionYes, "Supervised: the person keeps nothing"}, {"", model.PossessionNo, "Supervised"},
	} {
		d := newDesk(t, 1, model.RoleNurse)
		if c.person != "" {
			d.must(morning, &model.PossessionSet{Level: c.person, Reason: "assessed", Review: today + 30})
		}
		m := medicine(1, "Sertraline")
		m.Possession = c.drug
		d.must(morning, m)
		h := d.record().Health
		if got := h.KeepWords(h.Medicines[m.ID]); got != c.want {
			t.Errorf("person %q, drug %q: %q, want %q", c.person, c.drug, got, c.want)
		}
	}
	d := newDesk(t, 1, model.RoleNurse)
	for name, bad := range map[string]*model.PossessionSet{
		"no level": {Reason: "x"}, "another level": {Level: "hourly", Reason: "x"}, "no reason": {Level: model.LevelDaily, Reason: " "},
		"review today": {Level: model.LevelDaily, Reason: "x", Review: today}, "review in years": {Level: model.LevelDaily, Reason: "x", Review: today + 900},
	} {
		if err := d.write(morning, bad); model.KindOf(err) != model.KindInvalid {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// twice is a medicine with a supply, a further one and what is in possession.
func TestDaysCoveredTwiceAreSeenBeforeTheyAreKept(t *testing.T) {
	m := medicine(1, "Sertraline")
	held := &model.MedicineCounted{ID: m.ID, Quantity: 1000, Unit: "tablets", Days: 10, Day: today}
	decide := func(route model.SupplyRoute, days int, begins model.Day, why string) *model.SupplySet {
		s := supply(m, route, days)
		s.Begins, s.Overlap = begins, why
		return s
	}
	further := func(s *model.SupplySet) *model.SupplyFurther {
		return &model.SupplyFurther{ID: s.ID, For: s.For, SupplyDecision: s.SupplyDecision}
	}
	out := today + 4 // six days of what is counted today are left then
	for _, c := range []struct {
		name    string
		before  []model.Change
		last    model.Change
		refused string // "" when it is kept
		lines   []string
		next    model.Day
	}{
		{"one supply", nil, decide(model.SupplyTTO, 7, 0, ""), "", nil, out + 7},
		{"in possession as well", []model.Change{held}, decide(model.SupplyEPS, 28, 0, ""), "In possession and EPS both cover 27-Nov-2026 to 02-Dec-2026: 6 days twice.", nil, 0},
		{"with a reason", []model.Change{held}, decide(model.SupplyEPS, 28, 0, "the script may be late"), "",
			[]string{"In possession and EPS both cover 27-Nov-2026 to 02-Dec-2026: 6 days twice."}, out + 28},
		{"begun when it is used up", []model.Change{held}, decide(model.SupplyEPS, 28, out+6, ""), "", nil, out + 34},
		{"begun a day early", []model.Change{held}, decide(model.SupplyEPS, 28, out+5, ""), "In possession and EPS both cover 02-Dec-2026: 1 day twice.", nil, 0},
		{"a further one", []model.Change{decide(model.SupplyTTO, 7, 0, "")}, further(decide(model.SupplyEPS, 28, 0, "")), "TTO and EPS both cover 27-Nov-2026 to 03-Dec-2026: 7 days twice.", nil, 0},
		{"a further one afterwards", []model.Change{decide(model.SupplyTTO, 7, 0, "")}, further(decide(model.SupplyEPS, 28, out+7, "")), "", nil, out + 35},
		{"a further one after a gap", []model.Change{decide(model.SupplyTTO, 7, 0, "")}, further(decide(model.SupplyEPS, 28, out+9, "")), "", nil, out + 7},
		{"a further one the same way", []model.Change{decide(model.SupplyTTO, 7, 0, "")}, further(decide(model.SupplyTTO, 7, out+7, "")), "The first supply is made in this way already.", nil, 0},
		{"a further one alone", nil, further(decide(model.SupplyEPS, 28, 0, "")), "There is no first supply yet.", nil, 0},
		{"begun before the release", nil, decide(model.SupplyEPS, 28, out-1, ""), "The supply must begin between", nil, 0},
		{"counted after it was decided", []model.Change{decide(model.SupplyTTO, 7, 0, "")}, held, "",
			[]string{"TTO and In possession both cover 27-Nov-2026 to 02-Dec-2026: 6 days twice."}, out + 7},
	} {
		t.Run(c.name, func(t *testing.T) {
			d := newDesk(t, 1, model.RolePrescriber)
			d.leaving(out)
			d.must(morning, append([]model.Change{m}, c.before...)...)
			err := d.write(morning, c.last)
			if c.refused != "" {
				if err == nil || !strings.Contains(err.Error(), c.refused) {
					t.Fatalf("%v, want %q", err, c.refused)
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			h := d.record().Health
			var said []string
			for _, o := range model.OverlapsOf(h, out) {
				said = append(said, o.String())
			}
			if !slices.Equal(said, c.lines) {
				t.Errorf("said %q, want %q", said, c.lines)
			}
			if got := h.NextSupply(h.Medicines[m.ID], out); got != c.next {
				t.Errorf("next supply %s, want %s", got, c.next)
			}
		})
	}
}

// The letter says the days that two sources cover.
func TestTheLetterSaysWhatIsCoveredTwice(t *testing.T) {
	m := medicine(1, "Sertraline")
	eps := supply(m, model.SupplyEPS, 28)
	eps.Overlap = "the script may be late"
	d := newDesk(t, 1, model.RolePrescriber)
	d.leaving(today)
	d.must(morning, m, &model.MedicineCounted{ID: m.ID, Quantity: 1000, Unit: "tablets", Days: 10, Day: today}, eps)
	section, _ := model.Assemble(d.record(), model.LetterFacts{Author: d.actor, Now: morning}).Section("medications-and-medical-devices")
	want := "Sertraline: In possession and EPS both cover 23-Nov-2026 to 02-Dec-2026: 10 days twice, because: the script may be late."
	if !slices.Contains(section.Lines, want) {
		t.Errorf("it says %q", section.Lines)
	}
}

func TestWhatIsCountedIsHeldToTheRules(t *testing.T) {
	m := medicine(1, "Sertraline")
	for name, c := range map[string]struct {
		count model.MedicineCounted
		ok    bool
	}{
		"ten tablets":       {model.MedicineCounted{ID: m.ID, Quantity: 1000, Unit: "tablets", Days: 10, Day: today}, true},
		"nothing":           {model.MedicineCounted{ID: m.ID, Day: today}, true},
		"nothing for a day": {model.MedicineCounted{ID: m.ID, Days: 1, Day: today}, false},
		"a lorry load":      {model.MedicineCounted{ID: m.ID, Quantity: model.MaxQuantity + 1, Unit: "tablets", Days: 1, Day: today}, false},
		"less than none":    {model.MedicineCounted{ID: m.ID, Quantity: -1, Unit: "tablets", Day: today}, false},
		"no unit":           {model.MedicineCounted{ID: m.ID, Quantity: 100, Day: today}, false},
		"tomorrow":          {model.MedicineCounted{ID: m.ID, Day: today + 1}, false},
		"no day":            {model.MedicineCounted{ID: m.ID}, false},
		"for a year":        {model.MedicineCounted{ID: m.ID, Quantity: 100, Unit: "tablets", Days: 365, Day: today}, false},
		"another's":         {model.MedicineCounted{ID: medicine(9, "").ID, Day: today}, false},
	} {
		d := newDesk(t, 1, model.RoleNurse)
		d.must(morning, m)
		if err := d.write(morning, &c.count); (err == nil) != c.ok {
			t.Errorf("%s: %v", name, err)
		}
	}
	for _, c := range []struct {
		q    model.Quantity
		unit string
		days int
		ok   bool
	}{{1000, "tablets", 10, true}, {1050, "tablet", 10, true}, {50, "tablets", 0, true}, {1000, "ml", 0, false}, {0, "tablets", 0, false}, {model.MaxQuantity, "tablets", model.MaxSupplyDays, true}} {
		if days, ok := m.Lasts(c.q, c.unit); days != c.days || ok != c.ok {
			t.Errorf("%s %s last %d days, %v", c.q, c.unit, days, ok)
		}
	}
}

// A prescription for a controlled drug lapses 28 days after its date.
func TestAPrescriptionThatLapsesBeforeItIsNeededIsRefused(t *testing.T) {
	plain, cd := medicine(1, "Sertraline"), medicine(2, "Pregabalin")
	for _, c := range []struct {
		name   string
		of     *model.MedicineSet
		route  model.SupplyRoute
		issued model.Day
		leaves model.Day
		ok     bool
	}{
		{"dated today", cd, model.SupplyEPS, today, today + 28, true},
		{"a day too old", cd, model.SupplyEPS, today - 1, today + 28, false},
		{"not dated", cd, model.SupplyEPS, 0, today + 40, true},
		{"no controlled drug", plain, model.SupplyEPS, today - 1, today + 60, true},
		{"a bag has no date", plain, model.SupplyTTO, today, today + 1, false},
		{"dated far ahead", cd, model.SupplyFP10, today + 29, today + 30, false},
	} {
		d := newDesk(t, 1, model.RolePrescriber)
		d.leaving(c.leaves)
		d.must(morning, c.of)
		s := supply(c.of, c.route, 14)
		s.Issued = c.issued
		if err := d.write(morning, s); (err == nil) != c.ok {
			t.Errorf("%s: %v", c.name, err)
		}
	}
}

func TestSafeCustodyBySchedule(t *testing.T) {
	for name, want := range map[string]string{
		"Methadone": "Safe custody: yes", "Buprenorphine": "Safe custody: yes", "Temazepam": "Safe custody: yes",
		"Tramadol": "Safe custody: no", "Gabapentin": "Safe custody: no", "Pregabalin": "Safe custody: no", "Midazolam": "Safe custody: no",
		"Phenobarbital": "Safe custody: no", "Diazepam": "Safe custody: no", "Codeine": "Safe custody: no", "Sertraline": "",
	} {
		if got := (model.Prescribed{Name: name}).CustodyWords(); got != want {
			t.Errorf("%s: %q, want %q", name, got, want)
		}
	}
}

// leaver is somebody who leaves today with methadone in a bag.
func bagged(t *testing.T, m *model.MedicineSet, register string) (*desk, *model.SupplyPacked) {
	d := newDesk(t, 1, model.RoleNurse)
	d.leaving(today)
	s := supply(m, model.SupplyTTO, 7)
	d.must(morning, m, s)
	return d, &model.SupplyPacked{ID: m.ID, Reference: "BAG-17", Of: s.SupplyDecision, Register: register}
}

func TestAControlledDrugTakesTwoSignatures(t *testing.T) {
	d, pack := bagged(t, methadone(), "")
	if err := d.write(morning, pack); err == nil {
		t.Fatal("packed without an entry in the register")
	}
	pack.Register = "CD2 page 41"
	d.must(morning, pack)
	if word := d.word(model.ItemMedicines); word != "pack" {
		t.Errorf("the line says %q before the second signature", word)
	}
	second := &model.SupplyWitnessed{Bag: "bag 17", Contents: d.record().Health.BagContents("BAG-17")}
	if err := d.write(morning, second); model.KindOf(err) != model.KindForbidden {
		t.Fatalf("who packed signed a second time: %v", err)
	}
	d.do(morning, second) // as an altered program would
	if d.record().Health.BagWitnessed("BAG-17") {
		t.Error("the same signature counts twice")
	}
	d.as("p.shah", model.RolePharmacy).must(morning, second)
	if word, bag := d.word(model.ItemMedicines), d.record().Shared.Bags["BAG17"]; word != "yes" || bag.State != model.BagChecked || bag.Checker.Staff != "p.shah" {
		t.Errorf("the line says %q, the bag is %+v", word, bag)
	}
	d.as("r.jones", model.RolePharmacy).do(morning, pack)
	if d.record().Health.BagWitnessed("BAG-17") {
		t.Error("the second signature holds for a bag that was opened and packed again")
	}
	more := medicine(2, "Sertraline")
	decision := supply(more, model.SupplyTTO, 7)
	d.must(morning, more, decision, &model.SupplyPacked{ID: more.ID, Reference: "BAG-17", Of: decision.SupplyDecision})
	if d.record().Health.BagWitnessed("BAG-17") || d.record().Shared.Bags["BAG17"].State != model.BagPacked {
		t.Error("the second signature holds for what was put in later")
	}
}

func TestABagGoesFromPackingToTheGateOrBack(t *testing.T) {
	given := func(c model.BagGiven) *model.BagGiven { return &c }
	back := &model.BagReturn{Number: "BAG-17", Reason: "not released"}
	hand := given(model.BagGiven{Number: "bag 17", Signature: "signed"})
	refuse := given(model.BagGiven{Number: "BAG-17", Refused: true, Reason: "did not want it"})
	for _, c := range []struct {
		name  string
		moves []model.Change // the last one is tried
		ok    bool
		state model.BagState
		word  string
	}{
		{"handed over", []model.Change{hand}, true, model.BagHanded, "yes"},
		{"not signed for", []model.Change{given(model.BagGiven{Number: "BAG-17", Signature: "refused to sign"})}, true, model.BagHanded, "yes"},
		{"neither", []model.Change{given(model.BagGiven{Number: "BAG-17"})}, false, model.BagPacked, "yes"},
		{"somebody else's", []model.Change{given(model.BagGiven{Number: "BAG-18", Signature: "signed"})}, false, model.BagPacked, "yes"},
		{"no number", []model.Change{given(model.BagGiven{Signature: "signed"})}, false, model.BagPacked, "yes"},
		{"refused", []model.Change{refuse}, true, model.BagRefused, "return"},
		{"refused in one's own words", []model.Change{given(model.BagGiven{Number: "BAG-17", Refused: true, Reason: "hates methadone"})}, false, model.BagPacked, "yes"},
		{"refused and back", []model.Change{refuse, back}, true, model.BagReturned, "pack"},
		{"handed over twice", []model.Change{hand, hand}, false, model.BagHanded, "yes"},
		{"back after it was handed over", []model.Change{hand, back}, false, model.BagHanded, "yes"},
		{"back twice", []model.Change{back, back}, false, model.BagReturned, "pack"},
		{"back in one's own words", []model.Change{&model.BagReturn{Number: "BAG-17", Reason: "overdose"}}, false, model.BagPacked, "yes"},
	} {
		t.Run(c.name, func(t *testing.T) {
			d, pack := bagged(t, medicine(1, "Sertraline"), "")
			d.must(morning, pack)
			last := len(c.moves) - 1
			d.must(morning, c.moves[:last]...)
			if err := d.write(morning, c.moves[last]); (err == nil) != c.ok {
				t.Fatalf("%v", err)
			}
			if bag := d.record().Shared.Bags["BAG17"]; bag.State != c.state {
				t.Errorf("the bag is %q, want %q", bag.State, c.state)
			}
			if word := d.word(model.ItemMedicines); word != c.word {
				t.Errorf("the line says %q, want %q", word, c.word)
			}
		})
	}
}

func TestABagNumberIsANumber(t *testing.T) {
	for number, ok := range map[string]bool{"BAG-17": true, "17": true, "a 1/2": true, "BAG": false, "methadone 40 mg for John": false, "17\x1b": false, "": false, "--1": true, "Nº17": false} {
		d, pack := bagged(t, medicine(1, "Sertraline"), "")
		pack.Reference = number
		if err := d.write(morning, pack); (err == nil) != ok {
			t.Errorf("%q: %v", number, err)
		}
	}
}

// A bag with something in it that is not to be given is a problem until it is
// back.
func TestABagThatDoesNotHoldWhatIsDecidedGoesBack(t *testing.T) {
	m := medicine(1, "Sertraline")
	dose := medicine(1, "Sertraline")
	dose.Dose, dose.Reason = "100 mg", "mood"
	for name, c := range map[string]struct {
		change model.Change
		after  string // the word once the bag is back
	}{
		"stopped":        {&model.MedicineStopped{ID: m.ID, Day: today, Reason: "rash"}, "NO"},
		"another dose":   {dose, "NO"},
		"another supply": {supply(m, model.SupplyEPS, 28), "pack"},
		"none any more":  {&model.SupplySet{ID: m.ID, For: m.Fingerprint(), SupplyDecision: model.SupplyDecision{Route: model.SupplyNone, Reason: "keeps 40"}}, "yes"},
	} {
		d, pack := bagged(t, m, "")
		d.must(morning, pack, c.change)
		item := d.record().Shared.Item(model.ItemMedicines)
		if item.State != model.Problem || item.Word() != "return" || !strings.Contains(item.Note, "BAG-17") {
			t.Errorf("%s: the line is %+v", name, item)
		}
		if bags := d.record().BagsToReturn(); !slices.Equal(bags, []string{"BAG-17"}) {
			t.Errorf("%s: to return %q", name, bags)
		}
		d.must(morning, &model.BagReturn{Number: "BAG-17", Reason: "contents changed"})
		if word := d.word(model.ItemMedicines); word != c.after {
			t.Errorf("%s: the line says %q afterwards, want %q", name, word, c.after)
		}
		if err := d.write(morning, pack); err == nil {
			t.Errorf("%s: the used number was taken again", name)
		}
	}
}

// Two desks that put the same medicine into two bags see both.
func TestTwoDesksThatPackTheBagSeeBoth(t *testing.T) {
	one, pack := bagged(t, medicine(1, "Sertraline"), "")
	two := newDesk(t, 2, model.RoleNurse)
	one.meet(two)
	other := *pack
	other.Reference = "BAG-18"
	one.must(morning, pack)
	two.must(morning.Add(time.Second), &other)
	one.meet(two)
	r := one.record()
	var clinical []string
	for _, c := range r.Conflicts() {
		if c.Clinical() {
			clinical = append(clinical, c.Slot)
		}
	}
	if want := []string{"supply/" + string(pack.ID) + "/packed"}; !slices.Equal(clinical, want) {
		t.Errorf("in conflict: %q, want %q", clinical, want)
	}
	if bags := r.Shared.WaitingBags(); len(bags) != 2 {
		t.Errorf("%d bags wait, want both", len(bags))
	}
	if bags := r.BagsToReturn(); !slices.Equal(bags, []string{"BAG-17"}) {
		t.Errorf("to return: %q, want the one that was overwritten", bags)
	}
}

// Nothing is supplied to the dead, and what is packed goes back.
func TestADeathStopsTheSupply(t *testing.T) {
	m := medicine(1, "Sertraline")
	d, pack := bagged(t, m, "")
	d.must(morning, pack)
	r := d.record()
	r.Shared.Deceased = today
	again := supply(m, model.SupplyEPS, 28)
	for _, c := range []model.Change{again, pack, &model.BagGiven{Number: "BAG-17", Signature: "signed"}, &model.NaloxoneSet{Answer: model.NaloxoneGiven, Kit: "Nyxoid", Lot: "A1", Expiry: today + 90}} {
		if err := c.Check(r, morning); err == nil || !strings.Contains(err.Error(), "died") {
			t.Errorf("%s: %v", c, err)
		}
	}
	if bags := r.BagsToReturn(); !slices.Equal(bags, []string{"BAG-17"}) {
		t.Errorf("to return: %q", bags)
	}
	if item := r.Shared.Item(model.ItemMedicines); item.State != model.Problem {
		t.Errorf("the line is %+v", item)
	}
	if err := (&model.BagReturn{Number: "BAG-17", Reason: "died"}).Check(r, morning); err != nil {
		t.Error(err)
	}
}

func TestNaloxoneIsHeldToTheRules(t *testing.T) {
	kit := model.NaloxoneSet{Answer: model.NaloxoneGiven, Kit: "Prenoxad", Lot: "A123", Expiry: today + 300, Trained: true}
	change := func(f func(*model.NaloxoneSet)) model.NaloxoneSet { c := kit; f(&c); return c }
	for name, c := range map[string]struct {
		set  model.NaloxoneSet
		ok   bool
		word string
	}{
		"given":          {kit, true, "yes"},
		"not trained":    {change(func(c *model.NaloxoneSet) { c.Trained = false }), true, "NO"},
		"expired":        {change(func(c *model.NaloxoneSet) { c.Expiry = today - 1 }), false, "NO"},
		"no lot":         {change(func(c *model.NaloxoneSet) { c.Lot = "" }), false, "NO"},
		"no kit":         {change(func(c *model.NaloxoneSet) { c.Kit = " " }), false, "NO"},
		"no expiry":      {change(func(c *model.NaloxoneSet) { c.Expiry = 0 }), false, "NO"},
		"refused":        {model.NaloxoneSet{Answer: model.NaloxoneRefused, Reason: "has one"}, true, "refused"},
		"offered":        {model.NaloxoneSet{Answer: model.NaloxoneOffered}, true, "NO"},
		"refused a kit":  {change(func(c *model.NaloxoneSet) { c.Answer = model.NaloxoneRefused }), false, "NO"},
		"no answer":      {model.NaloxoneSet{}, false, "NO"},
		"another answer": {model.NaloxoneSet{Answer: "sold"}, false, "NO"},
	} {
		d := newDesk(t, 1, model.RoleSubstanceMisuse)
		if err := d.write(morning, &c.set); (err == nil) != c.ok {
			t.Errorf("%s: %v", name, err)
		}
		if word := d.word(model.ItemNaloxone); word != c.word {
			t.Errorf("%s: the line says %q, want %q", name, word, c.word)
		}
	}
}

func TestADepotNeedsSomebodyToGiveIt(t *testing.T) {
	depot := medicine(1, "Zuclopenthixol decanoate")
	for name, c := range map[string]struct {
		due   model.Day
		plan  *model.DepotSet
		words string
	}{
		"not recorded":       {0, nil, "is not recorded"},
		"soon, nobody":       {today + 5, nil, "nobody is named"},
		"soon, somebody":     {today + 5, &model.DepotSet{ID: depot.ID, Who: "CMHT", Day: today + 5}, ""},
		"too late":           {today + 5, &model.DepotSet{ID: depot.ID, Who: "CMHT", Day: today + 9}, "the appointment is on"},
		"far away":           {today + 80, nil, ""},
		"before the release": {today + 1, nil, "to be given here"},
	} {
		d := newDesk(t, 1, model.RoleNurse)
		m := *depot
		m.NextDue = c.due
		d.must(morning, &m)
		if c.plan != nil {
			d.must(morning, c.plan)
		}
		h := d.record().Health
		got := h.DepotWarning(h.Medicines[m.ID], today+2)
		if c.words == "" && got != "" || !strings.Contains(got, c.words) {
			t.Errorf("%s: %q, want %q", name, got, c.words)
		}
	}
	if (model.Prescribed{Name: "Insulin glargine", Form: "solution for injection"}).IsLongActing() {
		t.Error("insulin is taken for a depot")
	}
}

// Who is still here after their release date lives on what is supplied from the day
// on which they are looked at.
func TestASupplyIsCountedFromTodayOnceTheReleaseHasPassed(t *testing.T) {
	today := model.DayOf(morning)
	for _, c := range []struct {
		name   string
		shared model.SharedPart
		want   model.Day
		late   bool
	}{
		{"still to come", model.SharedPart{Release: model.Release{Day: today + 3}}, today + 3, false},
		{"today", model.SharedPart{Release: model.Release{Day: today}}, today, false},
		{"passed", model.SharedPart{Release: model.Release{Day: today - 4}}, today, true},
		{"left then", left(today-4, -4), today - 4, false},
		{"left two days early", left(today+2, 0), today, false},
		{"no date", model.SharedPart{}, 0, false},
		{"died", model.SharedPart{Release: model.Release{Day: today - 4}, Deceased: today - 1}, today - 4, false},
	} {
		r := &model.Record{Shared: c.shared}
		if read := r.On(today); read.Leaves() != c.want || read.LeavesLate() != c.late {
			t.Errorf("%s: %s, %v", c.name, read.Leaves(), read.LeavesLate())
		}
		if got := r.Leaves(); c.late && got != today-4 {
			t.Errorf("%s: an entry is applied by the clock: %s", c.name, got)
		}
	}
}

// left is the shared part of somebody who went out of the gate so many days after
// the desk's morning.
func left(planned model.Day, days int) model.SharedPart {
	return model.SharedPart{
		Release: model.Release{Day: planned}, Stay: model.Stay{Out: string(model.MovementRelease)},
		Movements: []model.Movement{{Type: model.MovementRelease, At: model.InstantOf(morning.AddDate(0, 0, days))}},
	}
}

// What became of each medicine since a signature is told from the medicine itself,
// whoever signed in between.
func TestWhatBecameOfAMedicineSinceItWasSigned(t *testing.T) {
	kept := medicine(5, "Metformin")
	details, dose, again := *medicine(2, "Omeprazole"), *medicine(3, "Ramipril"), *medicine(4, "Aspirin")
	details.Indication, details.Reason = "reflux", "It was not said what it is for"
	dose.Dose, dose.Reason = "75 mg", "Blood pressure"
	again.Reason = "It was stopped by mistake"
	d := newDesk(t, 1, model.RolePrescriber)
	d.must(morning, medicine(1, "Sertraline"), medicine(2, "Omeprazole"), medicine(3, "Ramipril"), medicine(4, "Aspirin"), kept)
	d.must(morning, reconciled(d))
	signed := d.record().Health.Reconciled.By.At
	d.must(morning, &model.MedicineStopped{ID: medicine(1, "").ID, Day: today, Reason: "rash"}, &details, &dose,
		&model.MedicineStopped{ID: again.ID, Day: today, Reason: "bleeding"}, medicine(6, "Folic acid"))
	d.must(morning, &again)
	for id, want := range map[byte]model.MedicineNews{
		1: model.NewsStopped, 2: model.NewsDetails, 3: model.NewsChanged, 4: model.NewsResumed, 5: model.NewsNone, 6: model.NewsAdded,
	} {
		m := d.record().Health.Medicines[medicine(id, "").ID]
		got, was := m.NewsSince(signed)
		if got != want {
			t.Errorf("%s: %q, want %q", m.Name, got, want)
		}
		if want == model.NewsChanged && was.Dose != medicine(3, "").Dose {
			t.Errorf("%s was %s", m.Name, was.Dose)
		}
	}
}
