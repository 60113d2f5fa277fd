package model

import "slices"

// MovementType says which way and how somebody crosses the gate (NOMIS domain
// MOVE_TYPE).
type MovementType string

// The types in use.
const (
	MovementAdmission MovementType = "ADM"
	MovementRelease   MovementType = "REL"
	MovementCourt     MovementType = "CRT"
	MovementTemporary MovementType = "TAP"
	MovementTransfer  MovementType = "TRN"
)

var movementTypes = []struct {
	kind  MovementType
	words string
}{
	{MovementAdmission, "Admission"},
	{MovementRelease, "Release"},
	{MovementCourt, "Court"},
	{MovementTemporary, "Temporary absence"},
	{MovementTransfer, "Transfer"},
}

// MovementTypes lists the types in use.
func MovementTypes() []MovementType {
	all := make([]MovementType, len(movementTypes))
	for i, row := range movementTypes {
		all[i] = row.kind
	}
	return all
}

// Words returns the type in words, and the code itself for one no longer used.
func (t MovementType) Words() string {
	for _, row := range movementTypes {
		if row.kind == t {
			return row.words
		}
	}
	return "Movement " + string(t)
}

// Valid tells whether this is a type in use.
func (t MovementType) Valid() bool {
	return slices.ContainsFunc(MovementTypes(), func(known MovementType) bool { return known == t })
}

// MovementReason is why somebody crossed the gate (NOMIS domain MOVE_RSN). A
// code means something only together with the movement type.
type MovementReason struct {
	Code  string
	Words string // plain words; the official ones are long and dated
	Ended bool   // no longer given, but still on records
}

// MovementReasons lists the reasons given now for a type, for a form to offer.
func MovementReasons(t MovementType) []MovementReason {
	return slices.DeleteFunc(slices.Clone(reasonsOf(t)), func(r MovementReason) bool { return r.Ended })
}

// FindMovementReason returns the reason of a code, given now or formerly.
func FindMovementReason(t MovementType, code string) (MovementReason, bool) {
	all := reasonsOf(t)
	i := slices.IndexFunc(all, func(r MovementReason) bool { return r.Code == code })
	if i < 0 {
		return MovementReason{}, false
	}
	return all[i], true
}

// MovementReasonWords returns a reason in words; "Reason" and the code when
// NOMIS has brought in a code since.
func MovementReasonWords(t MovementType, code string) string {
	if r, ok := FindMovementReason(t, code); ok {
		return r.Words
	}
	return "Reason " + code
}

// CheckMovement refuses a type or a reason that NOMIS does not have. Reasons no
// longer given pass, because history holds them. An error is of KindInvalid.
func CheckMovement(t MovementType, code string) error {
	if !t.Valid() {
		return Invalid("There is no such type of movement.", "Choose admission, release, court, temporary absence or transfer.")
	}
	if _, ok := FindMovementReason(t, code); !ok {
		return Invalid("There is no such reason for this movement.", "Choose a reason from the list.")
	}
	return nil
}

func reasonsOf(t MovementType) []MovementReason {
	if t != MovementRelease {
		return movementReasons[t]
	}
	all := make([]MovementReason, len(releaseReasons))
	for i, r := range releaseReasons {
		all[i] = MovementReason{Code: r.Code, Words: r.Words, Ended: r.Ended}
	}
	return all
}
