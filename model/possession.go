package model

import (
	"fmt"
	"strings"
	"time"
)

// PossessionLevel is how much of their medicines a person may keep at once. It
// is decided for the person; Possession is decided for each medicine; both must
// allow it.
type PossessionLevel string

// The levels prisons use.
const (
	LevelNotAssessed PossessionLevel = ""
	LevelNone        PossessionLevel = "none"
	LevelDaily       PossessionLevel = "daily"
	LevelWeekly      PossessionLevel = "weekly"
	LevelMonthly     PossessionLevel = "28-day"
)

// PossessionLevels lists those a form offers.
func PossessionLevels() []PossessionLevel {
	return []PossessionLevel{LevelNone, LevelDaily, LevelWeekly, LevelMonthly}
}

// Words returns the level as it is shown.
func (l PossessionLevel) Words() string {
	switch l {
	case LevelNone:
		return "None: every dose supervised"
	case LevelDaily:
		return "Daily"
	case LevelWeekly:
		return "Weekly"
	case LevelMonthly:
		return "28 days"
	}
	return "Not assessed"
}

// PersonPossession is the decision on the person.
type PersonPossession struct {
	Level  PossessionLevel `json:"level,omitempty"`
	Reason string          `json:"reason,omitempty"`
	Review Day             `json:"review,omitzero"`
	By     Signed          `json:"by"`
}

// KeepWords says what person and medicine together allow.
func (h *HealthPart) KeepWords(m Medicine) string {
	level := h.Possession.Level
	switch {
	case m.Possession == PossessionNo:
		return "Supervised"
	case level == LevelNone:
		return "Supervised: the person keeps nothing"
	case m.Possession == PossessionYes && level == LevelNotAssessed:
		return "May be kept; the person is not assessed"
	case m.Possession == PossessionYes:
		return "In possession, " + strings.ToLower(level.Words())
	}
	return "Not assessed"
}

// PossessionSet decides how much of their medicines the person may keep.
type PossessionSet struct {
	Level  PossessionLevel `json:"level"`
	Reason string          `json:"reason"`
	Review Day             `json:"review,omitzero"`
}

// Kind implements Change.
func (*PossessionSet) Kind() string { return "possession.set" }

// Slot implements Change.
func (*PossessionSet) Slot() string { return "possession" }

// Compartment implements Change.
func (*PossessionSet) Compartment() Compartment { return Health }

// Check implements Change.
func (c *PossessionSet) Check(r *Record, now time.Time) error {
	switch today := DayOf(now); {
	case c.Level == LevelNotAssessed || c.Level.Words() == "Not assessed":
		return Invalid("Choose how much the person may keep.", "None, daily, weekly or 28 days.").At("level")
	case strings.TrimSpace(c.Reason) == "":
		return Invalid("Enter what the decision rests on.", "Such as: no overdose, no debt, locked cupboard.").At("reason")
	case !c.Review.IsZero() && c.Review <= today:
		return Invalid("The review must be after today.", "Leave it empty when none is planned.").At("review")
	case c.Review > today+366:
		return Invalid("The review is more than a year ahead.", "Check the date.").At("review")
	}
	return at("reason", checkLine("The reason", c.Reason, 240))
}

// Apply implements Change.
func (c *PossessionSet) Apply(r *Record, op *Op) {
	r.Health.Possession = PersonPossession{Level: c.Level, Reason: c.Reason, Review: c.Review, By: signedBy(op)}
}

// String implements Change.
func (c *PossessionSet) String() string { return "In possession: " + c.Level.Words() + ", " + c.Reason }

// Held is how much of a medicine somebody counted in the person's own keeping.
type Held struct {
	Quantity Quantity `json:"quantity,omitempty"`
	Unit     string   `json:"unit,omitempty"`
	Days     int      `json:"days,omitempty"` // it lasts, from Day on
	Day      Day      `json:"day,omitzero"`
	By       Signed   `json:"by"`
}

// Left returns how many days of it are left on a day.
func (k Held) Left(on Day) int { return max(0, k.Days-max(0, int(on-k.Day))) }

// MedicineCounted records what the person keeps of a medicine. On release they
// take it with them: it is supply in hand.
type MedicineCounted struct {
	ID       MedicineID `json:"id"`
	Quantity Quantity   `json:"quantity,omitempty"` // zero: nothing is left
	Unit     string     `json:"unit,omitempty"`
	Days     int        `json:"days,omitempty"` // it lasts
	Day      Day        `json:"day"`            // of the count
}

// Kind implements Change.
func (*MedicineCounted) Kind() string { return "medicine.counted" }

// Slot implements Change.
func (c *MedicineCounted) Slot() string { return "counted/" + string(c.ID) }

// Compartment implements Change.
func (*MedicineCounted) Compartment() Compartment { return Health }

// Check implements Change.
func (c *MedicineCounted) Check(r *Record, now time.Time) error {
	m, exists := r.health().Medicines[c.ID]
	switch {
	case !exists:
		return NotFound("This medicine is not on the list.", "Open the list again.")
	case c.Quantity < 0 || c.Quantity > MaxQuantity:
		return Invalid("Enter how much there is.", "Nothing is 0; at most 10,000.").At("quantity")
	case c.Day.IsZero() || c.Day > DayOf(now):
		return Invalid("Enter the day of the count.", "It must not be in the future.").At("day")
	case c.Quantity == 0 && c.Days != 0:
		return Invalid("Nothing lasts no days.", "Clear the days, or enter how much there is.").At("days")
	case c.Quantity == 0:
		return nil
	case strings.TrimSpace(c.Unit) == "":
		return Invalid("Enter the unit of the quantity.", "Such as tablets or ml.").At("unit")
	case c.Days < 0 || c.Days > MaxSupplyDays:
		return Invalid("Enter how many days it lasts.", fmt.Sprintf("From 0 to %d.", MaxSupplyDays)).At("days")
	case !m.Current():
		return Invalid("This medicine has been stopped.", "What is left goes back to pharmacy.")
	}
	return at("unit", checkLine("The unit", c.Unit, 30))
}

// Apply implements Change.
func (c *MedicineCounted) Apply(r *Record, op *Op) {
	if r.Health.Counted == nil {
		r.Health.Counted = make(map[MedicineID]Held)
	}
	r.Health.Counted[c.ID] = Held{Quantity: c.Quantity, Unit: c.Unit, Days: c.Days, Day: c.Day, By: signedBy(op)}
}

// Follows moves the letter's line: it says what the person keeps.
func (*MedicineCounted) Follows(r *Record) []Change { return followMedicines(r) }

// String implements Change.
func (c *MedicineCounted) String() string {
	if c.Quantity == 0 {
		return "Counted: nothing in possession"
	}
	return fmt.Sprintf("Counted: %s %s in possession on %s", c.Quantity, c.Unit, c.Day)
}

// Lasts works out how many whole days a quantity lasts, where the dose says it.
func (p Prescribed) Lasts(q Quantity, unit string) (int, bool) {
	day, ok := p.Needs(1)
	if !ok || q <= 0 || Fold(strings.TrimSuffix(unit, "s")) != Fold(strings.TrimSuffix(day.Unit, "s")) {
		return 0, false
	}
	return min(int(q/day.Quantity), MaxSupplyDays), true
}
