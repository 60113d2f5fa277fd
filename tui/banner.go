package tui

import (
	"fmt"

	"github.com/throughgate/throughgate/model"
	"github.com/throughgate/throughgate/tui/part"
)

// notRecorded stands wherever something is missing: never a blank, never "?".
const notRecorded = "Not recorded"

// personBanner is the two lines that say whose record this is, as the NHS
// common user interface lays them out.
func personBanner(e *env, r *model.Record, width int) string {
	first, second := bannerFacts(e, r)
	return part.Banner(e.theme, width, first, second)
}

// bannerFacts are what stands in the two lines.
func bannerFacts(e *env, r *model.Record) (first, second part.Sides) {
	t, s := e.theme, &r.Shared
	first = part.Sides{
		Left: []part.Fragment{
			{Text: orNot(s.Name.Official()), Style: t.BannerName},
			{Text: e.born(s)},
			{Text: s.Sex.Words(), Rank: 3},
			{Text: orNot(r.Number(model.SchemePrison))},
		},
		Right: []part.Fragment{{Text: orNot(s.Stay.Cell), Rank: 2}},
	}
	second = part.Sides{Left: []part.Fragment{
		{Text: nhsNumber(s)},
		{Text: allergies(r), Style: allergyStyle(t, r)}, // never left out
	}}
	second.Right = warnings(t, s)
	return first, second
}

func orNot(s string) string {
	if s == "" {
		return notRecorded
	}
	return s
}

// born is the date of birth with the age.
func (e *env) born(s *model.SharedPart) string {
	if s.Born.IsZero() {
		return "Born: " + notRecorded
	}
	least, most := s.Born.Age(e.today())
	years := e.keys("y", " years")
	if least == most {
		return fmt.Sprintf("Born %s (%d%s)", s.Born, least, years)
	}
	return fmt.Sprintf("Born %s (%d to %d%s)", s.Born, least, most, years)
}

// nhsNumber shows the number in threes with its trace state: a number nobody
// has traced may be somebody else's.
func nhsNumber(s *model.SharedPart) string {
	trace := s.Numbers[string(model.SchemeNHS)]
	switch {
	case trace.Value == "" && trace.Status == "":
		return "NHS No. " + notRecorded
	case trace.Value == "":
		return "NHS No. none: " + trace.Status.Words()
	case trace.Status.Verified():
		return "NHS No. " + model.NHSNumber(trace.Value).Spaced()
	}
	return "NHS No. " + model.NHSNumber(trace.Value).Spaced() + " (not verified)"
}

// heldByHealthcare stands where clinical facts would, for roles without them.
const heldByHealthcare = "Held by healthcare"

func warnings(t *part.Theme, s *model.SharedPart) []part.Fragment {
	var out []part.Fragment
	if !s.Deceased.IsZero() {
		out = append(out, part.Fragment{Text: "DECEASED " + s.Deceased.String(), Style: t.BannerStrong})
	}
	if s.Restricted {
		out = append(out, part.Fragment{Text: "RESTRICTED", Style: t.BannerStrong})
	}
	if s.ACCTOpen() {
		out = append(out, part.Fragment{Text: "! ACCT open", Style: t.BannerStrong})
	}
	return out
}

// allergies reads exactly one of known, none known, not recorded and
// unavailable; roles without the health record see who holds it.
func allergies(r *model.Record) string {
	if r.Health == nil {
		return "Allergies: " + heldByHealthcare
	}
	return allergyBanner(r.Health.Allergies)
}

// allergyStyle makes what somebody reacts to stand out. The words say it too.
func allergyStyle(t *part.Theme, r *model.Record) part.Style {
	if r.Health != nil && r.Health.Allergies.State == model.AllergiesKnown {
		return t.BannerStrong
	}
	return part.Style{}
}
