package tui

import (
	"slices"
	"strings"

	"github.com/throughgate/throughgate/model"
)

// The names of the screens and forms about health, for drafts and for coming
// back to them. What one is about stands behind a slash.
const (
	gpScreen        = "gp"
	prisonGPForm    = "gp-prison"
	medicinesScreen = "medicines"
	medicineForm    = "medicine"
	stopForm        = "medicine-stop"
	supplyForm      = "supply"
	furtherForm     = "supply-further"
	packForm        = "packed"
	compareForm     = "medicines-compare"
	noneForm        = "medicines-none"
	possessionForm  = "possession"
	countForm       = "medicine-count"
	depotForm       = "depot"
	ostForm         = "ost"
	naloxoneForm    = "naloxone"
	consentScreen   = "consent"
	allergiesScreen = "allergies"
	allergyForm     = "allergy"
	allergyRemoval  = "allergy-remove"
	allergyAnswer   = "allergies-answer"
	newName         = "new" // of what is not in the record yet
)

// healthForm is the screen of a name about health, for coming back to it; nil
// when there is none any more or the role may not use it.
func healthForm(e *env, r *model.Record, name string) Screen {
	if r.Health == nil {
		return nil
	}
	what, rest, _ := strings.Cut(name, "/")
	allowed := func(c model.Change) bool { return e.allow(r, c) == "" }
	switch {
	case name == gpScreen:
		return newGP(e, r.ID)
	case name == medicinesScreen:
		return newMedicines(e, r.ID)
	case name == consentScreen:
		return newConsent(e, r.ID)
	case name == entriesScreen:
		return newEntries(e, r.ID)
	case name == allergiesScreen:
		return newAllergies(e, r.ID)
	case what == gpScreen && allowed(&model.GPStep{}):
		return stepNamed(e, r, model.RegistrationState(rest))
	case what == prisonGPForm && allowed(&model.PrisonGPSet{}):
		return newPrisonGPForm(e, r)
	case name == gms1Screen:
		return newGMS1(e, r.ID)
	case what == gms1Screen && allowed(&model.GMS1Set{}) && len(model.GMS1Questions(model.GMS1Page(rest))) > 0:
		return newGMS1Form(e, r, model.GMS1Page(rest))
	case what == keepForm && allowed(&model.GPKeep{}):
		return newKeepForm(e, r)
	case what == deductionForm && whyNotDeducted(e, r) == "":
		return newDeductionForm(e, r)
	case what == contactForm && whyNoContact(e, r) == "":
		return newContactForm(e, r)
	case what == consentScreen && allowed(&model.ConsentSet{}):
		return consentNamed(e, r, model.ConsentType(rest))
	case sortNamed(what).form != nil && allowed(sortNamed(what).may):
		return entryNamed(e, r, what, rest)
	case what == letterForm && allowed(&model.LetterDraft{}):
		return letterNamed(e, r, rest)
	case what == easyForm && rest == "":
		return newEasyReadForm(e, r, assembleLetter(e, r, false, ""), nil)
	case slices.Contains([]string{postForm, copyForm, riskForm, whyForm, seenOffForm, easyForm}, what):
		return letterWayNamed(e, r, what, rest)
	case slices.Contains([]string{allergyForm, allergyRemoval, allergyAnswer}, what) && allowed(&model.AllergiesSet{}):
		return allergyNamed(e, r, what, rest)
	case allowed(&model.MedicineSet{}):
		return medicineNamed(e, r, what, rest)
	}
	return nil
}

func stepNamed(e *env, r *model.Record, to model.RegistrationState) Screen {
	practices := e.Practices()
	for _, d := range gpDeeds(e, r, practices) {
		if d.id == string(to) && d.disabled == "" {
			return d.open()
		}
	}
	return nil
}

func consentNamed(e *env, r *model.Record, q model.ConsentType) Screen {
	if _, known := model.ConsentFactsOf(q); !known {
		return nil
	}
	return newConsentForm(e, r, q)
}

func letterNamed(e *env, r *model.Record, heading string) Screen {
	switch heading {
	case "":
		return newLetterForm(e, r, mainHeadings...)
	case lateName:
		return newLetterForm(e, r, lateWords...)
	}
	return newLetterForm(e, r, model.HeadingCode(heading))
}

// letterWayNamed is a form about a letter that is signed, or risk in one.
func letterWayNamed(e *env, r *model.Record, what, hash string) Screen {
	last, signed := r.Health.LastLetter()
	switch {
	case what == riskForm && e.allow(r, &model.LetterRisk{}) == "":
		return newRiskForm(e, r)
	case what == seenOffForm && e.allow(r, &model.LetterSeen{}) == "":
		return newSeenOffForm(e, r)
	case what == whyForm && signed && e.allow(r, &model.LetterSigned{}) == "":
		return newWhyForm(e, r)
	case what == copyForm && signed && last.Hash.String() == hash && e.allow(r, &model.CopyGiven{}) == "":
		return newCopyForm(e, r)
	}
	for _, s := range r.Health.AllLetters() {
		switch {
		case s.Hash.String() != hash:
		case what == postForm && e.allow(r, &model.LetterSent{}) == "":
			return newPostForm(e, r, s)
		case what == easyForm:
			return newEasyReadForm(e, r, model.Letter{}, &s)
		}
	}
	return nil
}

func allergyNamed(e *env, r *model.Record, what, substance string) Screen {
	at := slices.IndexFunc(r.Health.Allergies.List, func(a model.Allergy) bool { return a.Substance == substance })
	switch {
	case what == allergyAnswer:
		return newAllergyAnswer(e, r)
	case what == allergyForm && (substance == newName || at >= 0):
		return newAllergyForm(e, r, at)
	case what == allergyRemoval && at >= 0:
		return newAllergyRemoval(e, r, at)
	}
	return nil
}

func medicineNamed(e *env, r *model.Record, what, rest string) Screen {
	id, fingerprint, _ := strings.Cut(rest, "/")
	m, found := r.Health.Medicines[model.MedicineID(id)]
	switch {
	case what == packForm && len(r.WaitingSupplies()) > 0:
		return newPackForm(e, r)
	case what == compareForm && len(r.Health.CurrentMedicines()) > 0:
		return newCompareForm(e, r)
	case what == noneForm && len(r.Health.CurrentMedicines()) == 0:
		return newNoneForm(e, r)
	case what == possessionForm:
		return newPossessionForm(e, r)
	case what == ostForm:
		return newOSTForm(e, r)
	case what == naloxoneForm:
		return newNaloxoneForm(e, r)
	case what == medicineForm && id == newName:
		return newMedicineForm(e, r, model.Medicine{}, thenAdd)
	case !found:
		return nil
	case what == medicineForm:
		return newMedicineForm(e, r, m, "")
	case what == stopForm && m.Current():
		return newStopForm(e, r, m)
	case what == countForm && m.Current():
		return newCountForm(e, r, m)
	case what == depotForm && m.Current() && m.IsLongActing():
		return newDepotForm(e, r, m)
	case what == furtherForm && m.Current() && m.Fingerprint() == fingerprint && r.Health.Decided(m):
		return newFurtherForm(e, r, m)
	case what == supplyForm && m.Current() && m.Fingerprint() == fingerprint:
		return newSupplyForm(e, r, m.ID, nil)
	}
	return nil
}
