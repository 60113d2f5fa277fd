package model

import (
	"slices"
	"strings"
)

// AlertCode is one kind of alert that HMPPS keeps on a person.
type AlertCode struct {
	Code  string // at most 12 characters
	Type  string // one letter, AlertTypeWords tells what it stands for
	Words string // plain words for a desk, at most 60 characters
}

var alertTypes = map[string]string{
	"A": "Social care",
	"B": "End of custody temporary release",
	"C": "Child contact",
	"D": "Security, do not share with the person",
	"E": "Financial exemption",
	"F": "Armed forces veteran",
	"H": "Self-harm",
	"L": "Care leaver",
	"M": "Medical",
	"N": "County lines",
	"O": "Other",
	"P": "MAPPA",
	"R": "Risk",
	"S": "Sexual offence",
	"T": "Hold against transfer",
	"U": "COVID unit management",
	"V": "Vulnerability",
	"W": "Warrant",
	"X": "Security",
}

// alertsForEveryDesk is the least that every desk must see to keep people safe:
// self-harm, health needs that show, risks to and from others, and what stands
// against a release. The choice is this program's own and a safety officer's to
// confirm; every other alert, and all of type D, stays with custody roles.
var alertsForEveryDesk = wordSet(`
	HA HA1 HA2 HC HS VU OFR
	MAS MEP MFL MHT MSI MSP HID PEEP PGWCP
	TM
	RCON RNO121 RSS XSA XRF RR46
	V45 VOP VLES VIP
	XNR XEL XXRAY
	RKS
	PTD`)

// alertsAgainstRelease ask "should this person be released?" before anybody
// opens a gate, as the Person Escort Record asks.
var alertsAgainstRelease = wordSet("XNR TG TM TSE TAH PTD XLDEPORT XSDEPORT")

// alertsOfSelfHarm answer the escort record's self-harm question with yes.
var alertsOfSelfHarm = wordSet("HA HA1 HA2 HC HS SH VU F1")

var alertsByCode = func() map[string]AlertCode {
	byCode := make(map[string]AlertCode, len(alertCodes))
	for _, a := range alertCodes {
		byCode[a.Code] = a
	}
	return byCode
}()

// wordSet makes a set of the words of a text.
func wordSet(words string) map[string]bool {
	set := make(map[string]bool)
	for word := range strings.FieldsSeq(words) {
		set[word] = true
	}
	return set
}

// FindAlertCode returns the alert kind of a code, given now or formerly.
func FindAlertCode(code string) (AlertCode, bool) {
	a, ok := alertsByCode[code]
	return a, ok
}

// AlertCodes lists the alerts that are given now, in the order of their types.
func AlertCodes() []AlertCode {
	return slices.DeleteFunc(slices.Clone(alertCodes), func(a AlertCode) bool {
		return slices.Contains(alertCodesEnded, a.Code)
	})
}

// AlertWords returns an alert in words; "Alert" and the code when HMPPS has
// brought in a code since.
func AlertWords(code string) string {
	if a, ok := alertsByCode[code]; ok {
		return a.Words
	}
	return "Alert " + code
}

// AlertTypeWords returns what the letter of an alert type stands for.
func AlertTypeWords(letter string) string {
	if words, ok := alertTypes[letter]; ok {
		return words
	}
	return "Alert type " + letter
}

// AlertIsShared tells whether every desk may know of the alert, its code and
// its words. A code this program does not know is not shared: it may be of
// type D.
func AlertIsShared(code string) bool {
	a, ok := alertsByCode[code]
	return ok && a.Type != "D" && alertsForEveryDesk[code]
}

// AlertMayReachPerson tells whether the alert may stand on anything the person
// can read or hear, such as a letter. Types D and X never may, even those every
// desk sees; nor may one this program does not know.
func AlertMayReachPerson(code string) bool {
	a, ok := alertsByCode[code]
	return ok && a.Type != "D" && a.Type != "X"
}

// AlertStopsRelease tells whether somebody must answer the alert before a
// release: not for release, holds, power to detain, deportation.
func AlertStopsRelease(code string) bool { return alertsAgainstRelease[code] }

// AlertIsSelfHarm tells whether the alert is a sign of self-harm or suicide, as
// the Person Escort Record counts them.
func AlertIsSelfHarm(code string) bool { return alertsOfSelfHarm[code] }

// IsACCTOpen tells whether the alert says that an ACCT, the plan that keeps a
// person at risk of self-harm safe, is open.
func IsACCTOpen(code string) bool { return code == "HA" }

// IsACCTPostClosure tells whether the alert says that an ACCT was closed lately
// and is still being followed up.
func IsACCTPostClosure(code string) bool { return code == "HA1" }
