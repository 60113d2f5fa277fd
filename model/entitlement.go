package model

// Entitlement is a sheet for the person: what a practice may not ask for, what
// to say at its desk, and whom to call (NHS England, primary medical care policy
// and guidance manual; in Wales the regulations on General Medical Services of
// 2023). Many practices still ask for papers: two thirds of those Nacro rang up
// wanted proof of address.
type Entitlement struct {
	Title    string
	Sections []EntitlementSection
}

// EntitlementSection is a heading with its lines, for reading aloud as well:
// short sentences.
type EntitlementSection struct {
	Heading string
	Lines   []string
	Say     bool // words for the person to say or show
}

// entitlementHeadings are the headings in English and in Welsh.
var entitlementHeadings = map[string]string{
	"You have a right to a GP": "Mae gennych hawl i feddyg teulu",
	"You can join a GP":        "Cewch gofrestru gyda meddyg teulu",
	"You do not need":          "Nid oes angen",
	"Say or show this":         "Dywedwch neu dangoswch hyn",
	"If they say no":           "Os ydyn nhw'n dweud na",
	"Who can help":             "Pwy all helpu",
	"Your practice":            "Eich practis",
}

// EntitlementFor makes the sheet for a person who leaves a prison. It names the
// practice, unless the person is restricted.
func EntitlementFor(r *Record, nation Nation) Entitlement {
	welsh := nation == Wales || r.health().GMS1[GMS1Person].Answers["language"].Text == "Welsh"
	heading := func(english string) string {
		if welsh {
			return english + " / " + entitlementHeadings[english]
		}
		return english
	}
	nhs, helpers := "the NHS in England", []string{
		"Ask for the practice manager first.",
		"NHS England: 0300 311 22 33. Say that a practice will not register you.",
		"Need care now? Call 111. In an emergency call 999.",
	}
	if nation == Wales {
		nhs, helpers = "the NHS in Wales", []string{
			"Ask for the practice manager first.",
			"Your local health board can find you a practice. It must, if every list is closed.",
			"Need care now? Call 111, also in Welsh. In an emergency call 999.",
		}
	}
	sections := []EntitlementSection{
		{Heading: heading("You can join a GP"), Lines: []string{
			"Everybody can. It is free.", "You can join if you have no home. You can join if you have just left prison.",
			"You can join before you leave. The prison sends the form.",
		}},
		{Heading: heading("You do not need"), Lines: []string{
			"an identity card, passport or driving licence", "a letter or bill that shows where you live", "an address: a hostel will do, or the practice's own address",
			"to show your immigration status", "your NHS number",
		}},
		{Heading: heading("Say or show this"), Say: true, Lines: []string{
			"I want to register with this practice. The rules of " + nhs + " say that I need no identity papers, no proof of address, no immigration papers and no NHS number.",
			"If you cannot register me, please give me the reason in writing.",
		}},
		{Heading: heading("If they say no"), Lines: []string{
			"They may say no if their list is closed, or if you live outside their area.", "They may not say no because of your papers, your home, your health or prison.",
			"Ask for the reason in writing, and for another practice near you.",
		}},
	}
	if p := r.health().Registration.Practice; !p.IsZero() && !r.Shared.Restricted {
		sections = append(sections, EntitlementSection{Heading: heading("Your practice"), Lines: p.Lines()})
	}
	sections = append(sections, EntitlementSection{Heading: heading("Who can help"), Lines: helpers})
	return Entitlement{Title: heading("You have a right to a GP"), Sections: sections}
}
