package model

import "maps"

// WithoutPlaces is the health record without what tells where a restricted person
// is: address, telephone and practice, in the registrations and on the form (NHS
// Personal Demographics Service, security label R). Letters repeat none of them.
func (h *HealthPart) WithoutPlaces() *HealthPart {
	out := *h
	out.Contact.ContactDetails = ContactDetails{}
	out.Registration.Practice, out.Registration.For = ChosenPractice{}, LivingPlace{}
	out.Registration.Steps = nil
	for _, step := range h.Registration.Steps {
		step.Practice, step.For = ChosenPractice{}, LivingPlace{}
		out.Registration.Steps = append(out.Registration.Steps, step)
	}
	out.GMS1 = maps.Clone(h.GMS1)
	for page, filled := range out.GMS1 {
		filled.Answers = maps.Clone(filled.Answers)
		for _, q := range GMS1Questions(page) {
			if q.Where {
				delete(filled.Answers, q.Key)
			}
		}
		out.GMS1[page] = filled
	}
	return &out
}
