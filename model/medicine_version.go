package model

import "slices"

// MedicineVersion is a medicine as it was prescribed before a change: a letter
// says what was changed during the stay, and why.
type MedicineVersion struct {
	Prescribed
	Reason  string `json:"reason,omitempty"`
	Stopped Stop   `json:"stopped,omitzero"` // where it was stopped, and started again since
	By      Signed `json:"by"`
}

// treatment is what the person takes; the rest of a prescription can change
// without any change of treatment.
type treatment struct{ name, dose, route, form, strength, frequency string }

func (p Prescribed) treatment() treatment {
	return treatment{p.Name, p.Dose, p.Route, p.Form, p.Strength, p.Frequency}
}

// earlier returns what came before a prescription that takes this one's place.
// Settling a conflict between two desks is no change of treatment: nobody ever
// gave what was not chosen.
func (m Medicine) earlier(next Prescribed, op *Op) []MedicineVersion {
	_, settles := op.Change.(*ConflictSettled)
	same := m.Current() && m.Prescribed.treatment() == next.treatment()
	if m.ID == "" || settles || same {
		return m.Was
	}
	return append(slices.Clone(m.Was), m.present())
}

// since returns who began the treatment as it is, and why: a stop, or a change of
// something else, has another author.
func (m Medicine) since() (by Signed, why string) {
	if m.Since.IsZero() { // recorded before this was kept
		return m.By, m.Reason
	}
	return m.Since, m.Why
}

func (m Medicine) present() MedicineVersion {
	by, why := m.since()
	return MedicineVersion{Prescribed: m.Prescribed, Reason: why, Stopped: m.Stopped, By: by}
}

// versions are all of a medicine, oldest first, the present one last.
func (m Medicine) versions() []MedicineVersion { return append(slices.Clone(m.Was), m.present()) }

// before returns the version with which a stay began: the last one written before
// the day of reception, else the first one there is.
func (m Medicine) before(received Day) (first MedicineVersion, later []MedicineVersion) {
	all := m.versions()
	at := 0
	for i, v := range all {
		if !received.IsZero() && DayOf(v.By.At.Time()) < received {
			at = i
		}
	}
	return all[at], all[at+1:]
}

// listAt returns the list as it stood at a moment: what was current, as it was
// prescribed then.
func (h *HealthPart) listAt(moment Stamp) []MedicineVersion {
	var out []MedicineVersion
	for _, m := range h.MedicineList() {
		then := m.asOf(moment)
		stopped := !then.Stopped.Day.IsZero() && then.Stopped.Day <= DayOf(moment.Time())
		if !then.By.IsZero() && !stopped {
			out = append(out, then)
		}
	}
	return out
}
