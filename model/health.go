package model

// HealthPart is what healthcare roles may read.
type HealthPart struct {
	Log
	Allergies    Allergies                 `json:"allergies"`
	Consents     map[ConsentType]Consent   `json:"consents,omitempty"`
	Contact      Contact                   `json:"contact"`
	PrisonGP     PrisonRegistration        `json:"prisonGP"`     // care by the prison's own GP service
	Registration Registration              `json:"registration"` // with a practice outside
	KeepGP       KeepPractice              `json:"keepGP,omitzero"`
	Deducted     Deduction                 `json:"deducted,omitzero"` // from the prison's own GP service
	GMS1         map[GMS1Page]GMS1Filled   `json:"gms1,omitempty"`    // the registration form
	Medicines    map[MedicineID]Medicine   `json:"medicines,omitempty"`
	Supplies     map[MedicineID]Supply     `json:"supplies,omitempty"`
	SuppliesOut  map[MedicineID]SupplyOut  `json:"suppliesOut,omitempty"`
	Further      map[MedicineID]Supply     `json:"further,omitempty"` // second ways of supply
	FurtherOut   map[MedicineID]SupplyOut  `json:"furtherOut,omitempty"`
	Counted      map[MedicineID]Held       `json:"counted,omitempty"` // in the person's own keeping
	Possession   PersonPossession          `json:"possession,omitzero"`
	Compared     Comparison                `json:"compared,omitzero"`
	Witnessed    map[string]Witness        `json:"witnessed,omitempty"` // by BagKey
	OST          OSTPlan                   `json:"ost,omitzero"`
	Depots       map[MedicineID]DepotPlan  `json:"depots,omitempty"`
	Naloxone     Naloxone                  `json:"naloxone,omitzero"`
	NoMedicines  Signed                    `json:"noMedicines"`        // who stated that there are none
	NoneWith     string                    `json:"noneWith,omitempty"` // and what they knew it from
	Reconciled   Reconciliation            `json:"reconciled"`
	Draft        map[HeadingCode]DraftText `json:"draft,omitempty"`
	Letters      []SignedLetter            `json:"letters,omitempty"` // oldest first; the last one holds
	// What goes with letters: those of late results, oldest first; the mark for
	// who signs; why risk is shared against the rule; the way to the practice; and
	// the person's copy.
	ResultsLetters []SignedLetter          `json:"resultsLetters,omitempty"`
	Ready          ReadyMark               `json:"ready,omitzero"`
	RiskShared     RiskShared              `json:"riskShared,omitzero"`
	Seen           SeenOff                 `json:"seen,omitzero"`
	LetterSteps    []LetterStep            `json:"letterSteps,omitempty"`
	LetterCopy     LetterCopy              `json:"letterCopy,omitzero"`
	Appointments   map[EntryID]Appointment `json:"appointments,omitempty"`
	Results        map[EntryID]Result      `json:"results,omitempty"`
	Prevention     map[EntryID]Prevention  `json:"prevention,omitempty"`
	Problems       []string                `json:"problems,omitempty"`
	ProblemsBy     Signed                  `json:"problemsBy,omitzero"`
	Frozen         []Frozen                `json:"frozen,omitempty"` // lists, of releases without notice; oldest first
	Triage         map[string]TriageAnswer `json:"triage,omitempty"` // by CriticalFlag.ID
	Notes          []Note                  `json:"notes,omitempty"`  // oldest first
	// Before is everything, of a part that leaves out what was arranged before the
	// person came back: see Record.ThisStay.
	Before *HealthPart `json:"-"`
	// Leaving is the release date as it stands, zero once the person has left: see
	// Record.ThisStay too.
	Leaving Day `json:"-"`
}

// Signed is who recorded something, and when. The zero value means that nobody
// has.
type Signed struct {
	At    Stamp   `json:"at"`
	Staff StaffID `json:"staff,omitempty"`
	Role  Role    `json:"role,omitempty"`
}

// signedBy is the mark an op's author leaves.
func signedBy(op *Op) Signed {
	return Signed{At: op.Stamp, Staff: op.Actor.Staff, Role: op.Actor.Role}
}

// IsZero tells whether nobody has recorded it.
func (s Signed) IsZero() bool { return s.At.IsZero() }

// Instant is the moment it was recorded.
func (s Signed) Instant() Instant {
	if s.IsZero() {
		return 0
	}
	return InstantOf(s.At.Time())
}
