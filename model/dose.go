package model

import (
	"regexp"
	"strings"
)

// Needed is what a medicine comes to over some days, worked out from its dose.
type Needed struct {
	Quantity Quantity
	Unit     string // "tablets", "ml"
	Each     string // one dose: "2 tablets"
}

// Needs works out how much of a medicine some days take, where the dose and how
// often it is taken say so in plain numbers. It would rather say nothing than
// guess: ranges, "when needed", "as directed", tapering doses, and strengths that
// do not divide into the dose are for a person to work out.
func (p Prescribed) Needs(days int) (Needed, bool) {
	times, plain := timesADay[Fold(p.Frequency)]
	each, unit, ok := p.perDose()
	if !plain || !ok || days <= 0 || days > MaxSupplyDays {
		return Needed{}, false
	}
	total := each * Quantity(times*days)
	if total > MaxQuantity {
		return Needed{}, false
	}
	one := unit
	if each == 100 {
		one = strings.TrimSuffix(unit, "s")
	}
	return Needed{Quantity: total, Unit: unit, Each: each.String() + " " + one}, true
}

// timesADay is how often, in the words and Latin letters prescribers use, folded.
var timesADay = map[string]int{
	"once a day": 1, "once daily": 1, "daily": 1, "every day": 1, "each day": 1, "1 time a day": 1, "od": 1, "o d": 1,
	"at night": 1, "every night": 1, "nocte": 1, "on": 1, "in the morning": 1, "every morning": 1, "mane": 1, "om": 1,
	"once a day in the morning": 1, "once a day at night": 1, "in the evening": 1, "at bedtime": 1,
	"twice a day": 2, "twice daily": 2, "2 times a day": 2, "two times a day": 2, "bd": 2, "b d": 2, "bid": 2, "every 12 hours": 2, "morning and night": 2,
	"three times a day": 3, "three times daily": 3, "3 times a day": 3, "tds": 3, "tid": 3, "every 8 hours": 3,
	"four times a day": 4, "four times daily": 4, "4 times a day": 4, "qds": 4, "qid": 4, "every 6 hours": 4,
}

// The digits are bounded so that what they come to fits 64 bits.
var (
	amountPattern   = regexp.MustCompile(`^(\d{1,4}(?:\.\d{1,2})?) ?([a-z]+)$`)
	strengthPattern = regexp.MustCompile(`^(\d{1,5}(?:\.\d{1,2})?) ?([a-z]+)(?: ?(?:/|per|in) ?(\d{0,4}(?:\.\d{1,2})?) ?(ml))?$`)
)

// masses are in micrograms.
var masses = map[string]int64{"microgram": 1, "micrograms": 1, "mcg": 1, "mg": 1_000, "g": 1_000_000}

// counted are the units a supply is counted in, by the words a dose may use.
var counted = map[string]string{
	"tablet": "tablets", "tablets": "tablets", "tab": "tablets", "tabs": "tablets",
	"capsule": "capsules", "capsules": "capsules", "cap": "capsules", "caps": "capsules",
	"ml": "ml", "sachet": "sachets", "sachets": "sachets",
}

// perDose is one dose in hundredths of the unit of supply.
func (p Prescribed) perDose() (each Quantity, unit string, ok bool) {
	dose := amountPattern.FindStringSubmatch(plainWords(p.Dose))
	if dose == nil {
		return 0, "", false
	}
	amount, err := ParseQuantity(dose[1])
	if err != nil || amount == 0 {
		return 0, "", false
	}
	if unit, ok := counted[dose[2]]; ok {
		return amount, unit, true
	}
	mass, ok := masses[dose[2]]
	if !ok {
		return 0, "", false
	}
	return p.ofStrength(int64(amount) * mass)
}

// ofStrength turns a mass, in hundredths of a microgram, into units of the
// strength. A tablet is halved at the most, and nothing but a tablet is.
func (p Prescribed) ofStrength(mass int64) (each Quantity, unit string, ok bool) {
	strength := strengthPattern.FindStringSubmatch(plainWords(p.Strength))
	if strength == nil {
		return 0, "", false
	}
	per, err := ParseQuantity(strength[1])
	scale, known := masses[strength[2]]
	if err != nil || per == 0 || !known {
		return 0, "", false
	}
	one := int64(per) * scale
	unit, volume, ok := p.holder(strength[3], strength[4])
	hundredths := mass * volume / one
	switch {
	case !ok || mass*volume%one != 0 || hundredths == 0 || hundredths > int64(MaxQuantity):
		return 0, "", false
	case unit == "tablets" && hundredths%50 != 0, unit != "tablets" && unit != "ml" && hundredths%100 != 0:
		return 0, "", false
	}
	return Quantity(hundredths), unit, true
}

// holder is what the strength is of: a tablet or capsule, or so many ml, in
// hundredths.
func (p Prescribed) holder(volume, liquid string) (unit string, hundredths int64, ok bool) {
	if liquid != "" {
		if volume == "" {
			return "ml", 100, true
		}
		q, err := ParseQuantity(volume)
		return "ml", int64(q), err == nil && q > 0
	}
	form := Fold(p.Form)
	for _, solid := range []string{"tablet", "capsule", "sachet"} {
		if strings.Contains(form, solid) {
			return solid + "s", 100, true
		}
	}
	return "", 0, false
}

func plainWords(s string) string { return strings.Join(strings.Fields(strings.ToLower(s)), " ") }
