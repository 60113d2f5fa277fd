package model

import "strings"

// CriticalClass is a group of medicines, or a condition, that cannot wait until
// the person has found a doctor: days without can kill or undo years.
type CriticalClass string

// The classes, from the rescue list of a release without notice. The list is
// this program's own; whoever adopts it has it confirmed by a clinician.
const (
	CriticalInsulin        CriticalClass = "insulin"
	CriticalAnticonvulsant CriticalClass = "anticonvulsant"
	CriticalAnticoagulant  CriticalClass = "anticoagulant"
	CriticalClozapine      CriticalClass = "clozapine"
	CriticalDepot          CriticalClass = "depot"
	CriticalOST            CriticalClass = "ost"
	CriticalSteroid        CriticalClass = "steroid"
	CriticalHIV            CriticalClass = "hiv"
	CriticalTransplant     CriticalClass = "transplant"
	CriticalAlcohol        CriticalClass = "alcohol"
	CriticalPregnancy      CriticalClass = "pregnancy"
)

type criticalFacts struct {
	class    CriticalClass
	words    string
	without  string   // what days without it can do
	prefixes []string // of words of the name, in lower case
}

// critical is who is in which class: substances and the brand names met most,
// as words of a medicine's name begin.
var critical = []criticalFacts{
	{CriticalInsulin, "Insulin", "ketoacidosis within a day", []string{
		"insulin", "novorapid", "humalog", "lantus", "levemir", "tresiba", "humulin", "novomix", "abasaglar", "toujeo", "fiasp", "apidra", "insulatard", "semglee", "actrapid"}},
	{CriticalAnticonvulsant, "Anticonvulsant", "seizures", []string{
		"levetiracetam", "keppra", "valproate", "epilim", "carbamazepine", "tegretol", "lamotrigine", "lamictal", "phenytoin", "epanutin", "topiramate", "topamax",
		"lacosamide", "vimpat", "phenobarbital", "clobazam", "zonisamide", "oxcarbazepine", "perampanel", "brivaracetam", "eslicarbazepine", "primidone", "ethosuximide"}},
	{CriticalAnticoagulant, "Anticoagulant", "a clot or a stroke", []string{
		"warfarin", "apixaban", "eliquis", "rivaroxaban", "xarelto", "edoxaban", "lixiana", "dabigatran", "pradaxa", "enoxaparin", "clexane", "inhixa", "dalteparin", "fragmin", "tinzaparin", "acenocoumarol", "phenindione"}},
	{CriticalClozapine, "Clozapine", "relapse; after 48 hours it must be started anew", []string{"clozapine", "clozaril", "denzapine", "zaponex"}},
	{CriticalDepot, "Depot antipsychotic", "relapse", []string{
		"zuclopenthixol", "clopixol", "flupentixol", "depixol", "paliperidone", "xeplion", "trevicta", "fluphenazine", "modecate", "piportil", "okedi", "maintena"}},
	{CriticalOST, "Opioid substitution", "withdrawal, and overdose on a lost tolerance", nil}, // by IsOpioidSubstitute
	{CriticalSteroid, "Steroid", "an adrenal crisis", []string{"prednisolone", "hydrocortisone", "dexamethasone", "fludrocortisone", "prednisone", "methylprednisolone", "plenadren"}},
	{CriticalHIV, "HIV medicine", "resistance of the virus", []string{
		"biktarvy", "bictegravir", "dolutegravir", "tivicay", "triumeq", "dovato", "juluca", "darunavir", "symtuza", "rezolsta", "prezista", "raltegravir", "isentress", "emtricitabine",
		"tenofovir", "truvada", "descovy", "efavirenz", "atripla", "rilpivirine", "odefsey", "eviplera", "abacavir", "kivexa", "lamivudine", "atazanavir", "cabotegravir", "doravirine", "delstrigo", "genvoya", "stribild", "nevirapine"}},
	{CriticalTransplant, "Transplant medicine", "loss of the transplant", []string{
		"tacrolimus", "prograf", "adoport", "advagraf", "envarsus", "ciclosporin", "neoral", "capimune", "mycophenolate", "cellcept", "myfortic", "sirolimus", "rapamune", "azathioprine", "everolimus", "certican"}},
	{CriticalAlcohol, "Alcohol withdrawal", "seizures and delirium", []string{"chlordiazepoxide", "librium", "pabrinex", "acamprosate", "disulfiram"}},
	{CriticalPregnancy, "Pregnancy", "loss of antenatal care", nil}, // by the alert
}

// CriticalClasses lists them in the order in which a triage works them.
func CriticalClasses() []CriticalClass {
	out := make([]CriticalClass, len(critical))
	for i, row := range critical {
		out[i] = row.class
	}
	return out
}

// Words returns the class as it is shown.
func (c CriticalClass) Words() string { return factsOfCritical(c).words }

// Without says what days without it can do.
func (c CriticalClass) Without() string { return factsOfCritical(c).without }

func factsOfCritical(c CriticalClass) criticalFacts {
	for _, row := range critical {
		if row.class == c {
			return row
		}
	}
	return criticalFacts{words: "Class " + string(c)}
}

// depotWords are found in the form or name of an injection that lasts for weeks.
var depotWords = []string{"depot", "decanoate", "long-acting injection", "prolonged-release suspension for injection", "prolonged-release injection"}

// antipsychotics that come as a depot and as tablets: only the former is meant.
var antipsychotics = []string{"haloperidol", "aripiprazole", "risperidone", "olanzapine"}

// CriticalClass tells whether a medicine is of those that cannot wait, and of
// which class. A word that stands for a class anywhere in the name is enough:
// a flag too many costs a minute.
func (p Prescribed) CriticalClass() (CriticalClass, bool) {
	if IsOpioidSubstitute(p.Name) {
		return CriticalOST, true
	}
	if p.isDepot() {
		return CriticalDepot, true
	}
	if isTopical(p) {
		return "", false
	}
	words := nameWords(p.Name)
	for _, row := range critical {
		if hasPrefixOf(words, row.prefixes) {
			return row.class, true
		}
	}
	if ScheduleOf(p.Name, p.Strength) == Schedule4Part1 && strings.Contains(strings.ToLower(p.Indication), "alcohol") {
		return CriticalAlcohol, true
	}
	return "", false
}

func (p Prescribed) isDepot() bool {
	if !hasPrefixOf(nameWords(p.Name), antipsychotics) {
		return false
	}
	text := strings.ToLower(p.Name + " " + p.Form)
	for _, word := range depotWords {
		if strings.Contains(text, word) {
			return true
		}
	}
	return false
}

// isTopical tells of what is put on the skin, into the eye or breathed in: a
// steroid cream can wait.
func isTopical(p Prescribed) bool {
	text := strings.ToLower(p.Form + " " + p.Route)
	for _, word := range []string{"cream", "ointment", "lotion", "shampoo", "eye", "ear", "nasal", "topical", "inhal", "gel"} {
		if hasPrefixOf(nameWords(text), []string{word}) {
			return true
		}
	}
	return false
}

func nameWords(name string) []string {
	return strings.FieldsFunc(strings.ToLower(name), func(r rune) bool { return !('a' <= r && r <= 'z') && r != '-' })
}

func hasPrefixOf(words, prefixes []string) bool {
	for _, word := range words {
		for _, prefix := range prefixes {
			if strings.HasPrefix(word, prefix) {
				return true
			}
		}
	}
	return false
}

// CriticalFlag is one thing that a triage must answer: a medicine, or a
// condition that is none.
type CriticalFlag struct {
	ID    string // of the medicine; of a condition, its class
	Class CriticalClass
	What  string // "Levetiracetam 500 mg tablets"; "" for a condition
}

// alertPregnant is PGWCP, pregnant with a care plan (HMPPS alert code).
const alertPregnant = "PGWCP"

// CriticalFlags lists what a triage must answer of a list of medicines, in the
// order of the list. Pregnancy is known by its alert or among the problems.
func (r *Record) CriticalFlags(list []Medicine) []CriticalFlag {
	var out []CriticalFlag
	for _, m := range list {
		if class, is := m.CriticalClass(); is && m.Current() {
			out = append(out, CriticalFlag{ID: string(m.ID), Class: class, What: m.What()})
		}
	}
	if r.pregnant() {
		out = append(out, CriticalFlag{ID: string(CriticalPregnancy), Class: CriticalPregnancy})
	}
	return out
}

func (r *Record) pregnant() bool {
	if r.Shared.Alerts[alertPregnant].Active {
		return true
	}
	if r.Health == nil {
		return false
	}
	for _, problem := range r.Health.Problems {
		if hasPrefixOf(nameWords(problem), []string{"pregnan"}) {
			return true
		}
	}
	return false
}
