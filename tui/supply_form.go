package tui

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/throughgate/throughgate/model"
	"github.com/throughgate/throughgate/tui/part"
)

// newSupplyForm decides how one medicine is supplied at release. Who decides on
// one that was undecided goes straight on to the next; last is what they decided
// on the one before, and is offered first.
func newSupplyForm(e *env, r *model.Record, id model.MedicineID, last *model.SupplyDecision) Screen {
	h := r.Health
	m := h.Medicines[id]
	offered, why := offeredSupply(e, r, m, last)
	run := !h.Decided(m)
	spec := supplySpec(e, r, m, false, offered, why)
	spec.title, spec.name, spec.done = "Supply", supplyForm+"/"+string(id)+"/"+m.Fingerprint(), m.Name+": supply decided."
	if n := len(undecidedMedicines(h)); run && n > 1 {
		spec.title = fmt.Sprintf("Supply, %d to decide", n)
		spec.button = "Keep, then the next"
	}
	if run {
		spec.next = func(v part.Values) (Screen, error) { return nextSupply(e, r.ID, m, v) }
	}
	return newForm(e, r, spec)
}

// newFurtherForm decides on a second way of supply, such as a prescription after
// the doses that are handed over. It is offered for when the first is used up.
func newFurtherForm(e *env, r *model.Record, m model.Medicine) Screen {
	offered, why := furtherOffered(e, r, m)
	spec := supplySpec(e, r, m, true, offered, why)
	spec.title, spec.name, spec.done = "Further supply", furtherForm+"/"+string(m.ID)+"/"+m.Fingerprint(), m.Name+": further supply decided."
	return newForm(e, r, spec)
}

func furtherOffered(e *env, r *model.Record, m model.Medicine) (model.SupplyDecision, string) {
	if have, any := r.Health.Further[m.ID]; any && have.For == m.Fingerprint() {
		return have.SupplyDecision, "Decided by " + e.by(have.By.Staff, have.By.At) + "."
	}
	first := r.Health.Supplies[m.ID].SupplyDecision
	return model.SupplyDecision{Begins: r.Health.NextSupply(m, r.Leaves())}, "First: " + supplyWords(m, first, r.Leaves())
}

// supplySpec is what both forms share.
func supplySpec(e *env, r *model.Record, m model.Medicine, further bool, offered model.SupplyDecision, why string) formSpec {
	return formSpec{
		button: "Keep", compact: true, start: supplyStart(offered), fields: supplyFields(e, r, m, further, why),
		follow: func(before, now part.Values) map[string]string { return followDays(m, before, now) },
		build:  func(v part.Values) ([]model.Change, error) { return supplyChange(m, further, v) },
	}
}

// offeredSupply is what a form begins with, and where it comes from: what stands
// there, else what was decided on the medicine before, else the rule in force.
func offeredSupply(e *env, r *model.Record, m model.Medicine, last *model.SupplyDecision) (model.SupplyDecision, string) {
	if have, any := r.Health.Supplies[m.ID]; any {
		if r.Health.Decided(m) {
			return have.SupplyDecision, "Decided by " + e.by(have.By.Staff, have.By.At) + "."
		}
		again := model.SupplyDecision{Route: have.Route, Days: have.Days}
		return withNeeds(m, again), "DECIDE AGAIN, the medicine was changed. Before: " + supplyWords(m, have.SupplyDecision, 0)
	}
	leaves := r.Shared.Release.Day
	if leaves.IsZero() {
		leaves = e.today()
	}
	rule, source, found := model.SuggestSupply(e.place.Site, m, leaves)
	if last != nil && last.Route != model.SupplyNone && model.SupplyServiceOf(m) == model.SupplyGeneral && !m.CD().ThirtyDays() {
		return offerIn(r, m, model.SupplyDecision{Route: last.Route, Days: last.Days}), "Offered first: as on the medicine before." + e.keys(" Page Down and Enter keep it as it is.", "")
	}
	if !found {
		return model.SupplyDecision{}, ""
	}
	return offerIn(r, m, rule), "Offered first: " + source.Source + "."
}

// offerIn works a decision out, and begins it when what the person keeps is used
// up.
func offerIn(r *model.Record, m model.Medicine, d model.SupplyDecision) model.SupplyDecision {
	leaves := r.Leaves()
	if left := r.Health.Counted[m.ID].Left(leaves); left > 0 && !leaves.IsZero() && d.Days > 0 {
		d.Begins = leaves + model.Day(left)
	}
	if d.Route == model.SupplyNone && m.IsLongActing() {
		d.Reason = "Given by injection, nothing to take home"
	}
	return withNeeds(m, d)
}

// withNeeds works out the quantity of a decision where the dose says it.
func withNeeds(m model.Medicine, d model.SupplyDecision) model.SupplyDecision {
	if need, ok := m.Needs(d.Days); ok && d.Route != model.SupplyNone {
		d.Quantity, d.Unit = need.Quantity, need.Unit
	}
	return d
}

func supplyStart(d model.SupplyDecision) map[string]string {
	start := map[string]string{"route": string(d.Route), "unit": d.Unit, "instalment": d.Instalment, "reason": d.Reason, "overlap": d.Overlap}
	if d.Route == model.SupplyNone {
		start["whyNone"], start["reason"] = d.Reason, ""
	}
	for key, day := range map[string]model.Day{"begins": d.Begins, "issued": d.Issued} {
		if !day.IsZero() {
			start[key] = day.String()
		}
	}
	if d.Quantity != 0 {
		start["quantity"] = d.Quantity.String()
	}
	if d.Days != 0 {
		start["days"] = strconv.Itoa(d.Days)
	}
	return start
}

func supplyFields(e *env, r *model.Record, m model.Medicine, further bool, why string) []part.Field {
	supplied := func(v part.Values) bool { return v["route"] != "" && v["route"] != string(model.SupplyNone) }
	none := func(v part.Values) bool { return v["route"] == string(model.SupplyNone) }
	release := r.Leaves()
	twice := func(v part.Values) []model.Overlap {
		return r.Health.OverlapsWith(m, supplyOf(v), further, release)
	}
	begins, issued := dateField(e, "begins", "First day", ""), dateField(e, "issued", "Dated", "")
	begins.Optional, begins.Hint = true, "Of this supply; empty is the day of release. It begins when what is in hand is used up."
	if r.LeavesLate() {
		begins.Hint = "Of this supply; empty is today, for the release date has passed. It begins when what is in hand is used up."
	}
	begins.ShowIf = func(v part.Values) bool { return supplied(v) && hasOtherSource(r, m, further) }
	issued.Optional, issued.Hint = true, "The date on the prescription. A controlled drug's is valid for 28 days."
	issued.ShowIf = func(v part.Values) bool { return m.CD().ThirtyDays() && model.SupplyRoute(v["route"]).IsPrescription() }
	options := routeOptions(e, m, r.Health.Supplies[m.ID].Route)
	if further {
		first := string(r.Health.Supplies[m.ID].Route)
		options = slices.DeleteFunc(routeOptions(e, m, r.Health.Further[m.ID].Route), func(o part.Option) bool { return o.Value == first })
	}
	return append(aboutMedicine(m), []part.Field{
		{Key: "route", Kind: part.ChoiceField, Label: "Supply", Options: options, Required: "Choose how the medicine is supplied", Hint: why},
		{Key: "days", Label: "Days covered", Max: 2, Required: "Enter how many days it covers", Hint: fmt.Sprintf("From 1 to %d. Less than %d needs a reason.", model.MaxSupplyDays, model.MinSupplyDays), ShowIf: supplied},
		{Key: "quantity", Label: "Quantity", Max: 8, Required: "Enter the quantity", Hint: "A number, such as 28 or 52.5.", ShowIf: supplied},
		{Key: "unit", Label: "Unit", Max: 30, Required: "Enter the unit of the quantity", Hint: "Such as tablets or ml.", ShowIf: supplied},
		{Key: "instalment", Label: "Instalments", Max: 120, Required: "Enter the amount and interval of the instalments", Hint: "Such as: 40 ml daily, Sunday's dose collected on Saturday.",
			ShowIf: func(v part.Values) bool { return v["route"] == string(model.SupplyFP10MDA) }},
		{Key: "comes", Kind: part.InfoField, Say: func(v part.Values) string { return comesTo(m, v, release) }},
		begins,
		{Key: "twice", Kind: part.InfoField, Strong: true, Say: func(v part.Values) string { return overlapWords(twice(v)) }},
		{Key: "overlap", Label: "Why both?", Max: 160, Required: "Enter why both are needed, or begin it later", Hint: "Such as: the prescription may be late. It is kept with the decision.",
			ShowIf: func(v part.Values) bool { return len(twice(v)) > 0 }},
		issued,
		{Key: "reason", Label: "Reason", Optional: true, Max: 240, Hint: fmt.Sprintf("Needed for less than %d days, and for more than 30 days of a controlled drug.", model.MinSupplyDays), ShowIf: supplied},
		{Key: "whyNone", Label: "Why no supply?", Max: 240, Required: "Enter why nothing is supplied", Hint: "Such as: keeps 20 tablets in possession.", ShowIf: none},
		{Key: "paper", Kind: part.InfoField, Say: func(v part.Values) string { return paperWords(m, v, release) }},
	}...)
}

// hasOtherSource tells whether the person has the medicine from elsewhere too.
func hasOtherSource(r *model.Record, m model.Medicine, further bool) bool {
	if further || r.Health.Counted[m.ID].Days > 0 {
		return true
	}
	return len(r.Health.SupplyLines(m)) > 1
}

// overlapWords says which days are covered twice.
func overlapWords(all []model.Overlap) string {
	words := ""
	for _, o := range all {
		words = strings.TrimSpace(words + " TWICE: " + o.String())
	}
	return words
}

// routeOptions lists the ways this medicine can be supplied by a prison of this
// nation, and the one that stands there.
func routeOptions(e *env, m model.Medicine, have model.SupplyRoute) []part.Option {
	welsh := model.NationOf(e.place.Site) == model.Wales
	var options []part.Option
	for _, route := range model.SupplyRoutes() {
		english := route == model.SupplyFP10 || route == model.SupplyFP10MDA
		if route != have && (english && welsh || route == model.SupplyWP10 && !welsh) {
			continue
		}
		if route == model.SupplyFP10MDA && !m.CD().ThirtyDays() {
			continue // instalments are for controlled drugs only
		}
		options = append(options, part.Option{Value: string(route), Label: route.Words()})
	}
	return options
}

// followDays keeps a quantity that was worked out in step with the days. One
// that a person wrote stays theirs.
func followDays(m model.Medicine, before, now part.Values) map[string]string {
	if before["days"] == now["days"] {
		return nil
	}
	was, _ := m.Needs(number(before["days"]))
	need, ok := m.Needs(number(now["days"]))
	worked := now["quantity"] == "" || was.Quantity != 0 && now["quantity"] == was.Quantity.String()
	switch {
	case !worked:
		return nil
	case !ok:
		return map[string]string{"quantity": ""} // what the other days came to would be wrong
	}
	return map[string]string{"quantity": need.Quantity.String(), "unit": need.Unit}
}

func number(s string) int {
	n, err := strconv.Atoi(strings.TrimSpace(s))
	if err != nil {
		return 0
	}
	return n
}

// comesTo says what the answers mean: how the quantity compares with the dose,
// and until when it lasts.
func comesTo(m model.Medicine, v part.Values, release model.Day) string {
	days := number(v["days"])
	if v["route"] == "" || v["route"] == string(model.SupplyNone) || days == 0 {
		return ""
	}
	next := strings.TrimSpace(nextSupplyWords(supplyOf(v), release))
	need, ok := m.Needs(days)
	if !ok {
		return "Work the quantity out yourself: the dose does not say it in plain numbers. " + next
	}
	words := fmt.Sprintf("%s %s for %s: %s %s.", need.Each, m.Frequency, plural(days, "day", "days"), need.Quantity, need.Unit)
	if q, err := model.ParseQuantity(v["quantity"]); err == nil && (q != need.Quantity || v["unit"] != need.Unit) {
		words = "CHECK: " + words
	}
	return words + " " + next
}

// paperWords says what must be right on a prescription, and until when one for a
// controlled drug is dispensed.
func paperWords(m model.Medicine, v part.Values, release model.Day) string {
	d := supplyOf(v)
	words := model.RouteAdvice(d.Route, m)
	until := d.ValidUntil(m.CD())
	switch {
	case until.IsZero():
		return words
	case !d.LapsesBefore(m.CD(), release).IsZero():
		return "TOO OLD: valid until " + until.String() + ", needed later. " + words
	}
	return "Valid until " + until.String() + ". " + words
}

// supplyOf is the decision of a form's answers so far; what cannot be read is
// left out.
func supplyOf(v part.Values) model.SupplyDecision {
	d := model.SupplyDecision{Route: model.SupplyRoute(v["route"]), Unit: v["unit"], Instalment: v["instalment"], Reason: v["reason"] + v["whyNone"], Overlap: v["overlap"], Days: number(v["days"])}
	d.Quantity, _ = model.ParseQuantity(v["quantity"])
	d.Begins, _ = model.ParseISODay(v["begins"])
	d.Issued, _ = model.ParseISODay(v["issued"])
	return d
}

func supplyChange(m model.Medicine, further bool, v part.Values) ([]model.Change, error) {
	if _, err := strconv.Atoi(v["days"]); v["days"] != "" && err != nil {
		return nil, model.Invalid("The days are not a number.", "Such as 28.").At("days")
	}
	if _, err := model.ParseQuantity(v["quantity"]); v["quantity"] != "" && err != nil {
		return nil, fieldError{"quantity", err}
	}
	if further {
		return []model.Change{&model.SupplyFurther{ID: m.ID, For: m.Fingerprint(), SupplyDecision: supplyOf(v)}}, nil
	}
	return []model.Change{&model.SupplySet{ID: m.ID, For: m.Fingerprint(), SupplyDecision: supplyOf(v)}}, nil
}

// nextSupply is the form of the next medicine without a decision, nil when that
// was the last.
func nextSupply(e *env, person model.PersonID, done model.Medicine, v part.Values) (Screen, error) {
	r, err := e.Get(context.Background(), person)
	if err != nil || r.Health == nil {
		return nil, err
	}
	left := undecidedMedicines(r.Health)
	if len(left) == 0 {
		return nil, nil
	}
	next := left[0]
	for _, m := range left { // go on down the list before beginning again at its top
		if after(m, done) {
			next = m
			break
		}
	}
	last := &model.SupplyDecision{Route: model.SupplyRoute(v["route"]), Days: number(v["days"])}
	return newSupplyForm(e, r, next.ID, last), nil
}

// after tells whether a stands below b in the list.
func after(a, b model.Medicine) bool {
	if by := strings.Compare(model.Fold(a.Name), model.Fold(b.Name)); by != 0 {
		return by > 0
	}
	return a.ID > b.ID
}
