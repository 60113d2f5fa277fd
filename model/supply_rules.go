package model

import (
	"slices"
	"time"
)

// MinSupplyDays is the least a person is given when leaving: "a minimum of 7
// days' prescribed medicines or an FP10 prescription" (NICE QS156, statement 5).
const MinSupplyDays = 7

// Nation is whose health service a prison belongs to. Prescribing rules differ.
type Nation string

// The nations this program knows rules of.
const (
	England Nation = "England"
	Wales   Nation = "Wales"
)

// welshPrisons are the establishments in Wales by their NOMIS agency id: Berwyn,
// Cardiff, Parc (two), Swansea, Usk and Prescoed.
var welshPrisons = []SiteCode{"BWI", "CFI", "PRI", "PYI", "SWI", "UKI", "UPI"}

// NationOf returns the nation of a prison.
func NationOf(site SiteCode) Nation {
	if slices.Contains(welshPrisons, site) {
		return Wales
	}
	return England
}

// SupplyService is what sort of treatment a rule of supply is for.
type SupplyService string

// The services.
const (
	SupplyGeneral SupplyService = "general"
	SupplyOST     SupplyService = "opioid substitution"
	SupplyDepot   SupplyService = "long-acting injection"
)

// SupplyServiceOf returns the service a medicine belongs to.
func SupplyServiceOf(m Medicine) SupplyService {
	if m.IsLongActing() {
		return SupplyDepot
	}
	if IsOpioidSubstitute(m.Name) {
		return SupplyOST
	}
	return SupplyGeneral
}

// SupplyRule is what a form offers first. It is a default and never a limit:
// the prescriber decides.
type SupplyRule struct {
	Nation  Nation
	Service SupplyService
	From    Day // first day of release it is for
	Route   SupplyRoute
	Days    int
	Source  string
}

// supplyRules is dated, because the rule has moved twice in two years. A later
// row of the same nation and service replaces an earlier one.
var supplyRules = []SupplyRule{
	{England, SupplyGeneral, NewDay(2017, time.September, 6), SupplyTTO, 7,
		"NICE QS156 statement 5 (6 September 2017): at least 7 days' medicines or an FP10"},
	// The update is undated on its page and stood there at the end of 2025.
	{England, SupplyGeneral, NewDay(2025, time.December, 1), SupplyEPS, 28,
		"NHS England HJIS, Detained estate EPS prescribing, medicines supply process update (Community Pharmacy England): 28 days by EPS, normally without nomination; the person keeps what they hold"},
	{England, SupplyOST, NewDay(2017, time.September, 6), SupplyFP10MDA, 14,
		"NHS England letter on early releases (2 September 2024) and NHSBSA FP10MDA: opioid substitution by FP10MDA for up to 14 days"},
	{Wales, SupplyGeneral, NewDay(2017, time.September, 6), SupplyTTO, 7,
		"NICE QS156 statement 5 as the floor; EPS from Welsh prisons is not confirmed, paper is WP10"},
	{Wales, SupplyOST, NewDay(2017, time.September, 6), SupplyWP10, 7,
		"NICE QS156 statement 5 as the floor; Welsh instalment forms are agreed with the community service"},
	{England, SupplyDepot, NewDay(2017, time.September, 6), SupplyNone, 0,
		"A long-acting injection is given by a service and not taken home: name who gives the next one"},
	{Wales, SupplyDepot, NewDay(2017, time.September, 6), SupplyNone, 0,
		"A long-acting injection is given by a service and not taken home: name who gives the next one"},
}

// SupplyRules lists every rule, for a page that shows where defaults come from.
func SupplyRules() []SupplyRule { return slices.Clone(supplyRules) }

// SupplyRuleFor returns the rule for a release on a day; false when none had
// begun.
func SupplyRuleFor(nation Nation, service SupplyService, release Day) (SupplyRule, bool) {
	var best SupplyRule
	for _, rule := range supplyRules {
		if rule.Nation == nation && rule.Service == service && rule.From <= release && rule.From >= best.From {
			best = rule
		}
	}
	return best, best.Route != SupplyUndecided
}

// SuggestSupply returns what a form offers first for a medicine: route and days
// of the rule, no quantity.
func SuggestSupply(site SiteCode, m Medicine, release Day) (SupplyDecision, SupplyRule, bool) {
	rule, ok := SupplyRuleFor(NationOf(site), SupplyServiceOf(m), release)
	return SupplyDecision{Route: rule.Route, Days: rule.Days}, rule, ok
}

// SupplyEnds returns the first day for which the person has nothing left: the
// next supply must have been made by then. Zero when nothing was supplied or the
// day of release is not known.
func SupplyEnds(d SupplyDecision, release Day) Day {
	if d.Days == 0 || release.IsZero() {
		return 0
	}
	return d.begins(release) + Day(d.Days)
}

// SupplyBy is the day of a next supply in words. Where practices are shut on it
// the words say on which working day it is to be got.
func SupplyBy(day Day) string {
	if IsWorkingDay(day) {
		return day.Long()
	}
	return day.Long() + ", when practices are shut: by " + WorkingDayBefore(day).Long()
}
