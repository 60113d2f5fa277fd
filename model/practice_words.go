package model

import "strings"

// wordsOfPractice gives every word a practice is found by, and where it stands.
func wordsOfPractice(p *Practice, add func(word string, place uint32)) {
	for _, line := range p.Address {
		addLine(line, inAddress, inAddress, add)
	}
	addLine(p.Name, beginsName, inName, add)
	if postcode := Fold(p.Postcode); postcode != "" {
		out, in, _ := strings.Cut(postcode, " ")
		add(out, inPostcode)
		if in != "" {
			add(in, inPostcode)
			add(out+in, inPostcode)
		}
	}
	add(strings.ToLower(string(p.Code)), inCode)
}

// addLine adds the words of a line; the first that is not an article or a title
// has a place of its own.
func addLine(line string, first, rest uint32, add func(string, uint32)) {
	place := first
	for word := range strings.FieldsSeq(Fold(line)) {
		add(word, place)
		for also := range strings.FieldsSeq(writtenOut[word]) {
			add(also, place)
		}
		if word != "the" && word != "dr" && word != "drs" {
			place = rest
		}
	}
}

// writtenOut are the short forms ODS squeezes into its lines, and the words
// people type for them.
var writtenOut = map[string]string{
	"ave":   "avenue",
	"bldg":  "building",
	"cl":    "close",
	"cntr":  "centre",
	"comm":  "community",
	"cres":  "crescent",
	"ct":    "court",
	"ctr":   "centre",
	"ctre":  "centre",
	"dr":    "drive doctor",
	"drs":   "doctors",
	"gdns":  "gardens",
	"gr":    "grove",
	"grp":   "group",
	"grt":   "great",
	"gt":    "great",
	"hc":    "health centre",
	"hlth":  "health",
	"hosp":  "hospital",
	"hse":   "house",
	"hth":   "health",
	"la":    "lane",
	"ln":    "lane",
	"mc":    "medical centre",
	"med":   "medical",
	"mp":    "medical practice",
	"mt":    "mount",
	"pk":    "park",
	"pl":    "place",
	"prac":  "practice",
	"pract": "practice",
	"rd":    "road",
	"sq":    "square",
	"st":    "street saint",
	"surg":  "surgery",
}
