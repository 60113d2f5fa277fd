package model

import (
	"slices"
	"strings"
	"time"
)

// TriageOutcome is what is done about a medicine that cannot wait.
type TriageOutcome string

// The outcomes.
const (
	TriageHas        TriageOutcome = "has-supply"
	TriagePrescribed TriageOutcome = "prescribed"
	TriageService    TriageOutcome = "service"
	TriageHospital   TriageOutcome = "hospital"
	TriageGP         TriageOutcome = "gp"
	TriageNotNeeded  TriageOutcome = "not-needed"
)

var triageOutcomes = []struct {
	code  TriageOutcome
	words string
}{
	{TriageHas, "The person has a supply with them"},
	{TriagePrescribed, "Prescribed to a pharmacy they can reach"},
	{TriageService, "The community service gives it"},
	{TriageHospital, "Sent to hospital, or called to come"},
	{TriageGP, "The GP was telephoned and prescribes it"},
	{TriageNotNeeded, "Not needed now, for a reason"},
}

// TriageOutcomes lists them in the order a form shows them.
func TriageOutcomes() []TriageOutcome {
	out := make([]TriageOutcome, len(triageOutcomes))
	for i, row := range triageOutcomes {
		out[i] = row.code
	}
	return out
}

// Words returns the outcome as it is shown.
func (o TriageOutcome) Words() string {
	for _, row := range triageOutcomes {
		if row.code == o {
			return row.words
		}
	}
	return "Outcome " + string(o)
}

// TriageAnswer is what was decided about one flag of one rescue.
type TriageAnswer struct {
	Of      Instant       `json:"of"` // Rescue.Known
	Outcome TriageOutcome `json:"outcome"`
	Note    string        `json:"note,omitempty"`
	By      Signed        `json:"by"`
}

// Frozen is the medicines list as it stood when somebody was released without
// notice. The list goes on changing; this does not.
type Frozen struct {
	Of         Instant        `json:"of"` // Rescue.Known
	List       Hash           `json:"list"`
	Medicines  []FrozenLine   `json:"medicines,omitempty"`
	Reconciled Reconciliation `json:"reconciled"` // by whom, and which list: another than List where it changed since
	By         Signed         `json:"by"`
}

// FrozenLine is a medicine of that list.
type FrozenLine struct {
	ID MedicineID `json:"id"`
	Prescribed
}

// FrozenOf returns the list that was frozen for a rescue.
func (h *HealthPart) FrozenOf(known Instant) (Frozen, bool) {
	i := slices.IndexFunc(h.Frozen, func(f Frozen) bool { return f.Of == known })
	if i < 0 {
		return Frozen{}, false
	}
	return h.Frozen[i], true
}

// Triaged returns what was decided about a flag in the rescue that is running.
func (r *Record) Triaged(flag string) (TriageAnswer, bool) {
	answer, is := r.health().Triage[flag]
	return answer, is && answer.Of == r.Shared.Rescue.Known
}

// Untriaged counts the flags of the present list without an answer.
func (r *Record) Untriaged() int {
	n := 0
	for _, flag := range r.CriticalFlags(r.health().CurrentMedicines()) {
		if _, is := r.Triaged(flag.ID); !is {
			n++
		}
	}
	return n
}

// rescued tells whether the health record says that a step is done.
func (h *HealthPart) rescued(step RescueStep, r *Record) bool {
	switch step {
	case RescueFreeze:
		_, is := h.FrozenOf(r.Shared.Rescue.Known)
		return is
	case RescueTriage:
		return r.Untriaged() == 0
	}
	return true
}

// followRescue brings the shared steps into agreement with the health record.
func followRescue(r *Record) []Change {
	if r.Health == nil || !r.Shared.Rescue.Running() {
		return nil
	}
	var out []Change
	if r.Health.rescued(RescueFreeze, r) && !r.Shared.Rescue.Steps[RescueFreeze].State.Settled() {
		out = append(out, &RescueStepSet{Step: RescueFreeze, State: Done})
	}
	have := r.Shared.Rescue.Steps[RescueTriage].State
	switch done := r.Health.rescued(RescueTriage, r); {
	case done && have != Done && len(r.Health.Triage) > 0:
		out = append(out, &RescueStepSet{Step: RescueTriage, State: Done})
	case !done && have == Done, !done && have == NotStarted && len(r.Health.Triage) > 0:
		out = append(out, &RescueStepSet{Step: RescueTriage, State: InProgress})
	}
	return out
}

// MedicinesFrozen keeps the list as it stands, with its content, for a rescue.
type MedicinesFrozen struct {
	Of        Instant      `json:"of"`
	List      Hash         `json:"list"`
	Medicines []FrozenLine `json:"medicines,omitempty"`
}

// FreezeList is the change that freezes the present list of a record.
func FreezeList(r *Record) *MedicinesFrozen {
	h := r.health()
	c := &MedicinesFrozen{Of: r.Shared.Rescue.Known, List: h.ListHash()}
	for _, m := range h.CurrentMedicines() {
		c.Medicines = append(c.Medicines, FrozenLine{m.ID, m.Prescribed})
	}
	return c
}

// Kind implements Change.
func (*MedicinesFrozen) Kind() string { return "medicines.frozen" }

// Slot implements Change.
func (*MedicinesFrozen) Slot() string { return "medicines/frozen" }

// Compartment implements Change.
func (*MedicinesFrozen) Compartment() Compartment { return Health }

// Check implements Change.
func (c *MedicinesFrozen) Check(r *Record, _ time.Time) error {
	switch {
	case !r.Shared.Rescue.Running() || c.Of != r.Shared.Rescue.Known:
		return Invalid("There is no rescue list to freeze the medicines for.", "It begins when a release without notice is recorded.")
	case c.List != r.health().ListHash():
		return &Error{Kind: KindConflict, Msg: "The list changed while you were looking at it.", Hint: "Look at it once more."}
	}
	if _, is := r.health().FrozenOf(c.Of); is {
		return &Error{Kind: KindConflict, Msg: "The list was frozen already.", Hint: "Go on with the triage."}
	}
	return nil
}

// Apply implements Change. The first that was frozen for a rescue stays.
func (c *MedicinesFrozen) Apply(r *Record, op *Op) {
	h := r.Health
	if _, is := h.FrozenOf(c.Of); is {
		return
	}
	h.Frozen = append(h.Frozen, Frozen{Of: c.Of, List: c.List, Medicines: c.Medicines, Reconciled: h.Reconciled, By: signedBy(op)})
}

// Follows moves the step of the rescue list.
func (*MedicinesFrozen) Follows(r *Record) []Change { return followRescue(r) }

// String implements Change.
func (c *MedicinesFrozen) String() string { return "Medicines list frozen" }

// TriageSet records what is done about one flag.
type TriageSet struct {
	Of      Instant       `json:"of"`
	Flag    string        `json:"flag"`
	Outcome TriageOutcome `json:"outcome"`
	Note    string        `json:"note,omitempty"`
}

// Kind implements Change.
func (*TriageSet) Kind() string { return "triage.set" }

// Slot implements Change.
func (c *TriageSet) Slot() string { return "triage/" + c.Flag }

// Compartment implements Change.
func (*TriageSet) Compartment() Compartment { return Health }

// Check implements Change.
func (c *TriageSet) Check(r *Record, _ time.Time) error {
	switch {
	case !r.Shared.Rescue.Running() || c.Of != r.Shared.Rescue.Known:
		return Invalid("There is no rescue list to triage for.", "It begins when a release without notice is recorded.")
	case !slices.ContainsFunc(r.CriticalFlags(r.health().CurrentMedicines()), func(f CriticalFlag) bool { return f.ID == c.Flag }):
		return NotFound("This is not flagged any more.", "Look at the list as it is now.")
	case !slices.Contains(TriageOutcomes(), c.Outcome):
		return Invalid("Choose what is done.", "").At("outcome")
	case c.Outcome == TriageNotNeeded && strings.TrimSpace(c.Note) == "":
		return Invalid("Enter why it is not needed now.", "").At("note")
	}
	return at("note", checkText("The note", c.Note, 500))
}

// Apply implements Change.
func (c *TriageSet) Apply(r *Record, op *Op) {
	if r.Health.Triage == nil {
		r.Health.Triage = make(map[string]TriageAnswer)
	}
	r.Health.Triage[c.Flag] = TriageAnswer{Of: c.Of, Outcome: c.Outcome, Note: c.Note, By: signedBy(op)}
}

// Follows freezes the list with the first answer, if nobody has, and moves the
// steps of the rescue list.
func (*TriageSet) Follows(r *Record) []Change {
	if r.Health == nil || !r.Shared.Rescue.Running() {
		return nil
	}
	out := followRescue(r)
	if _, is := r.Health.FrozenOf(r.Shared.Rescue.Known); !is {
		out = append(out, FreezeList(r))
	}
	return out
}

// String implements Change.
func (c *TriageSet) String() string { return "Triage: " + c.Outcome.Words() }
