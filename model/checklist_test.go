package model_test

import (
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/throughgate/throughgate/model"
)

// leavers is somebody for each way of leaving.
func leavers() map[model.Way]model.SharedPart {
	released := func(reason string) model.SharedPart {
		return model.SharedPart{Release: model.Release{Day: 20000, Basis: model.BasisConfirmed, Reason: reason, Class: model.ReleaseClassOf(reason)}}
	}
	away := model.SharedPart{}
	away.Stay.Out = string(model.MovementTemporary)
	dead := released("CR")
	dead.Deceased = 19000
	return map[model.Way]model.SharedPart{
		model.WayPlanned: released("CR"), model.WayShortNotice: released("BD"), model.WayNoNotice: released("NCS"), model.WayUnclassed: released(""),
		model.WayOutOfCountry: released("DD"), model.WayHospital: released("HP"), model.WayTemporary: away, model.WayDied: dead,
		model.WayEscaped: released("ESCP"), model.WayNone: released("MRG"),
	}
}

// TestChecklistByWayAndNation is which line is for whom, to be read by people.
// "alert" is a line that only an alert, or somebody who begins it, asks for.
func TestChecklistByWayAndNation(t *testing.T) {
	var out strings.Builder
	all := leavers()
	for _, way := range model.Ways() {
		shared := all[way]
		if got := shared.Way(); got != way {
			t.Errorf("%s: way %c", way.Words(), got)
		}
		fmt.Fprintf(&out, "%c %s\n", way, way.Words())
	}
	fmt.Fprintf(&out, "\n%-17s %-13s %4s %-6s %-7s", "line", "owner", "due", "stage", "blocks")
	for _, nation := range []model.Nation{model.England, model.Wales} {
		out.WriteString("  " + string(nation[:1]) + ":")
		for _, way := range model.Ways() {
			fmt.Fprintf(&out, " %-5c", way)
		}
	}
	out.WriteString("\n")
	for _, facts := range model.Checklist() {
		stage := []string{"before", "gate", "after"}[facts.Stage]
		fmt.Fprintf(&out, "%-17s %-13.13s %4d %-6s %-7v", facts.ID, facts.Owners[0], facts.Due, stage, facts.Blocks)
		for _, site := range []model.SiteCode{"LEI", "CFI"} {
			out.WriteString("    ")
			for _, way := range model.Ways() {
				shared := all[way]
				shared.Stay.Site = site
				fmt.Fprintf(&out, " %-5s", asked(facts, shared))
			}
		}
		out.WriteString("\n")
	}
	lines := strings.Split(out.String(), "\n")
	for i := range lines {
		lines[i] = strings.TrimRight(lines[i], " ")
	}
	golden(t, "checklist.txt", strings.Join(lines, "\n"))
}

func asked(facts model.ItemFacts, s model.SharedPart) string {
	if facts.Applies(&s) {
		return "yes"
	}
	s.Alerts = map[string]model.Alert{}
	for _, code := range strings.Fields("HA PEEP VLES PTD") {
		s.Alerts[code] = model.Alert{Code: code, Active: true}
	}
	if facts.Applies(&s) {
		return "alert"
	}
	return "-"
}

func TestTheChecklistIsWhole(t *testing.T) {
	seen := map[model.ItemID]bool{}
	var bits uint32
	for _, facts := range model.Checklist() {
		if seen[facts.ID] || facts.Name == "" || len([]rune(facts.Name)) > 27 || facts.Wants == "" || len(facts.Owners) == 0 || facts.Ways == "" || len(facts.Short) > 8 {
			t.Errorf("%s: twice, or not whole", facts.ID)
		}
		seen[facts.ID] = true
		if facts.ID.Bit() == 0 || bits&facts.ID.Bit() != 0 {
			t.Errorf("%s has no bit of its own", facts.ID)
		}
		bits |= facts.ID.Bit()
		if facts.Stage == model.BeforeGate && facts.Due > 0 || facts.Stage == model.AfterRelease && (facts.Due < 0 || facts.Blocks) {
			t.Errorf("%s is due on day %d", facts.ID, facts.Due)
		}
	}
	if len(seen) != 28 {
		t.Errorf("%d lines, not the 28 of the release timeline", len(seen))
	}
}

func TestALineThatOnlySomeNeedAppliesOnceItIsBegun(t *testing.T) {
	d := newDesk(t, 1, model.RoleNurse)
	facts, _ := model.FactsOf(model.ItemSocialCare)
	if facts.Applies(&d.record().Shared) || facts.WhyNot(&d.record().Shared) == "" {
		t.Error("nothing asks for social care")
	}
	d.do(morning, &model.ItemSet{Item: model.ItemSocialCare, State: model.InProgress})
	if !facts.Applies(&d.record().Shared) {
		t.Error("somebody has begun it")
	}
}

// Whatever is set, the row, Ready and the list of what is missing say the same of
// a record.
func TestRowReadyAndMissingAgree(t *testing.T) {
	people := leavers()
	rapid.Check(t, func(rt *rapid.T) {
		s := people[rapid.SampledFrom(model.Ways()).Draw(rt, "way")]
		s.Stay.Site = rapid.SampledFrom([]model.SiteCode{"LEI", "CFI", ""}).Draw(rt, "site")
		s.Alerts, s.Items = map[string]model.Alert{}, map[model.ItemID]model.Item{}
		for _, code := range rapid.SliceOf(rapid.SampledFrom(strings.Fields("HA HA1 PEEP VLES XNR TM PTD MAS"))).Draw(rt, "alerts") {
			s.Alerts[code] = model.Alert{Code: code, Active: true}
		}
		s.Hold.Active = rapid.Bool().Draw(rt, "hold")
		for _, facts := range model.Checklist() {
			s.Items[facts.ID] = model.Item{State: rapid.SampledFrom(model.ItemStates()).Draw(rt, string(facts.ID))}
		}
		row, missing := model.RowOf(model.PersonID{1}, &s), model.Timeline(nil).Readiness(&s)
		blocks := 0
		for i, m := range missing {
			if row.MissingItems()[i].ID != m.Item.ID || m.State.Settled() {
				rt.Fatalf("line %d: %s and %s, %s", i, row.MissingItems()[i].ID, m.Item.ID, m.State)
			}
			if m.Item.Blocks && m.Item.Stage == model.BeforeGate {
				blocks++
			}
		}
		if row.Missing() != len(missing) || row.Blocking() != blocks || row.Ready() != (blocks == 0) || model.Ready(&s) != row.Ready() || int(row.Of) < len(missing) {
			rt.Fatalf("row %+v, missing %d, blocking %d", row, len(missing), blocks)
		}
		if way := s.Way(); s.Held() && row.Ready() && way != model.WayDied && way != model.WayNone {
			rt.Fatalf("ready under a hold")
		}
	})
}
