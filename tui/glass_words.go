package tui

import (
	"slices"
	"strings"

	"github.com/throughgate/throughgate/model"
)

// openedRemarks is what a compartment holds of a person, to be read from top to
// bottom: what keeps somebody safe comes first.
func openedRemarks(e *env, r *model.Record, opened model.Compartment) []remark {
	switch {
	case opened == model.Custody && r.Custody != nil:
		return append(custodyAlerts(e, r.Custody), custodyNotes(e, r.Custody)...)
	case opened == model.Health && r.Health != nil:
		return healthRemarks(e, r)
	}
	return nil
}

func healthRemarks(e *env, r *model.Record) []remark {
	h := r.Health
	var out []remark
	section := func(name string, lines ...string) {
		out = append(out, remark{name, e.theme.Heading})
		for _, line := range lines {
			out = append(out, remark{"  " + line, e.theme.Text})
		}
	}
	section("Allergies: "+h.Allergies.State.Words(), allergyLines(h)...)
	if len(h.Problems) > 0 {
		section("Problems", h.Problems...)
	}
	section(medicinesHeading(h), medicineLines(r)...)
	if len(h.Notes) > 0 {
		section("Health notes", noteLines(e, h.Notes)...)
	}
	section("Consent", consentLines(h)...)
	section("GP registration", registrationLines(r)...)
	if lines := contactLines(r); len(lines) > 0 {
		section("Contact after release", lines...)
	}
	if lines := draftLines(h); len(lines) > 0 {
		section("Written for the discharge letter", lines...)
	}
	section("Discharge letter", letterLines(e, h)...)
	return out
}

func allergyLines(h *model.HealthPart) []string {
	lines := make([]string, len(h.Allergies.List))
	for i, a := range h.Allergies.List {
		lines[i] = a.String()
	}
	return lines
}

func medicinesHeading(h *model.HealthPart) string {
	if h.IsReconciled() {
		return "Medicines"
	}
	return "Medicines, NOT RECONCILED"
}

func medicineLines(r *model.Record) []string {
	h := r.Health
	var lines []string
	for _, m := range h.CurrentMedicines() {
		line := medicineWords(m, h.KeepWords(m))
		if supply, any := h.Supplies[m.ID]; any && h.Decided(m) {
			line += " " + supplyWords(m, supply.SupplyDecision, r.Shared.Release.Day)
		}
		lines = append(lines, line)
	}
	if len(lines) == 0 {
		lines = append(lines, "No medicine is on the list.")
	}
	for _, m := range h.StoppedMedicines() {
		lines = append(lines, "Stopped: "+m.What()+", "+m.Stopped.Day.String()+": "+m.Stopped.Reason)
	}
	return lines
}

// noteLines are notes, the newest first.
func noteLines(e *env, notes []model.Note) []string {
	var lines []string
	for _, n := range slices.Backward(notes) {
		lines = append(lines, e.by(n.Staff, n.At)+": "+n.Text)
	}
	return lines
}

func consentLines(h *model.HealthPart) []string {
	var lines []string
	for _, q := range model.ConsentQuestions() {
		if answer := h.Consents[q.Type]; answer.Decision != model.ConsentNotRecorded {
			lines = append(lines, q.Name+": "+answer.Words())
		}
	}
	return append(lines, "Every other question: "+notRecorded)
}

func registrationLines(r *model.Record) []string {
	reg := r.Health.Registration
	return []string{registrationStanding(reg), "Practice: " + practiceWords(reg.Practice, r.Shared.Restricted), "Prison GP: " + prisonGPWords(r.Health)}
}

func contactLines(r *model.Record) []string {
	lines := r.Health.Contact.Lines()
	if r.Shared.Restricted && len(lines) > 0 {
		return []string{withheld}
	}
	return lines
}

// draftLines are the clinician's own words, by heading.
func draftLines(h *model.HealthPart) []string {
	var lines []string
	for _, heading := range model.Headings() {
		if text := strings.Join(strings.Fields(h.Draft[heading.Code].Text), " "); text != "" {
			lines = append(lines, heading.Name+": "+text)
		}
	}
	return lines
}

func letterLines(e *env, h *model.HealthPart) []string {
	last, any := h.LastLetter()
	if !any {
		return []string{"None is signed."}
	}
	return []string{"Last signed by " + e.by(last.By.Staff, last.By.At) + "."}
}
