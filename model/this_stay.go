package model

import "maps"

// Somebody who was released and is in prison again has a record that began
// before. What was arranged for the last release is not arranged for the next:
// Resettlement Passport begins its plans anew on RECALL_TO_PRISON too. So what
// belongs to one stay is looked at through ThisStay, which leaves out what was
// recorded before the person came back. Nothing is lost by it: the record keeps
// all, and every part folds by itself.

// ThisStay returns the record as it counts now: without what was arranged
// before the person came back to prison, and with the release date beside the
// letter that was signed for one. It must not be folded on.
func (r *Record) ThisStay() *Record {
	if r.Health == nil {
		return r
	}
	out, health := *r, *r.Health
	if back := r.Shared.Back; !back.IsZero() && health.Before == nil {
		health = *r.Health.since(back)
	}
	if _, gone := r.Shared.Gone(); !gone {
		health.Leaving = r.Shared.Release.Day
	}
	out.Health = &health
	return &out
}

// since is the health part without what was arranged before a moment. What is
// true of the person stays: allergies, problems, medicines, where they live, and
// what they said to being shared; the answers are to be asked for once more.
func (h *HealthPart) since(back Instant) *HealthPart {
	out := *h
	out.Before = h
	out.Consents = h.consentsSince(back)
	out.Registration = h.Registration.since(back)
	out.PrisonGP = kept(h.PrisonGP, h.PrisonGP.By, back)
	out.KeepGP = kept(h.KeepGP, h.KeepGP.By, back)
	out.Deducted = kept(h.Deducted, h.Deducted.By, back)
	out.GMS1 = mapSince(h.GMS1, back, func(g GMS1Filled) Signed { return g.By })
	out.Results = resultsSince(h.Results, back)
	out.Appointments = appointmentsSince(h.Appointments, back)
	out.medicinesSince(h, back)
	out.lettersSince(h, back)
	return &out
}

// everything is the health part with what was arranged in earlier stays.
func (h *HealthPart) everything() *HealthPart {
	if h.Before != nil {
		return h.Before
	}
	return h
}

// medicinesSince keeps the list itself, which has to be compared and signed
// anew, and of what was decided on it only what was decided since.
func (h *HealthPart) medicinesSince(all *HealthPart, back Instant) {
	bySupply := func(s Supply) Signed { return s.By }
	byOut := func(s SupplyOut) Signed { return s.By }
	h.Supplies, h.SuppliesOut = mapSince(all.Supplies, back, bySupply), mapSince(all.SuppliesOut, back, byOut)
	h.Further, h.FurtherOut = mapSince(all.Further, back, bySupply), mapSince(all.FurtherOut, back, byOut)
	h.Counted = mapSince(all.Counted, back, func(k Held) Signed { return k.By })
	h.Witnessed = mapSince(all.Witnessed, back, func(w Witness) Signed { return w.By })
	h.Depots = mapSince(all.Depots, back, func(d DepotPlan) Signed { return d.By })
	h.Possession = kept(all.Possession, all.Possession.By, back)
	h.Compared = kept(all.Compared, all.Compared.By, back)
	h.OST = kept(all.OST, all.OST.By, back)
	h.Naloxone = kept(all.Naloxone, all.Naloxone.By, back)
	h.NoMedicines = kept(all.NoMedicines, all.NoMedicines, back)
	h.NoneWith = kept(all.NoneWith, all.NoMedicines, back)
	h.Reconciled = kept(all.Reconciled, all.Reconciled.By, back)
}

// lettersSince begins a letter anew. The numbers of letters go on: see
// nextLetter.
func (h *HealthPart) lettersSince(all *HealthPart, back Instant) {
	byLetter := func(s SignedLetter) Signed { return s.By }
	h.Letters, h.ResultsLetters = listSince(all.Letters, back, byLetter), listSince(all.ResultsLetters, back, byLetter)
	h.LetterSteps = listSince(all.LetterSteps, back, func(s LetterStep) Signed { return s.By })
	h.Draft = mapSince(all.Draft, back, func(d DraftText) Signed { return d.By })
	h.Ready = kept(all.Ready, all.Ready.By, back)
	h.RiskShared = kept(all.RiskShared, all.RiskShared.By, back)
	h.Seen = kept(all.Seen, all.Seen.By, back)
	h.LetterCopy = kept(all.LetterCopy, all.LetterCopy.By, back)
}

// since is the registration that was begun since: the one before was with a
// practice that the person has left.
func (r Registration) since(back Instant) Registration {
	steps := listSince(r.Steps, back, func(s RegistrationStep) Signed { return s.By })
	if len(steps) == 0 {
		return Registration{}
	}
	out := Registration{State: r.State, By: r.By, Steps: steps, Chases: listSince(r.Chases, back, func(c Chase) Signed { return c.By })}
	for i := range steps {
		if !steps[i].Practice.IsZero() {
			out.Practice, out.For = steps[i].Practice, steps[i].For
		}
	}
	return out
}

// consentsSince keeps every answer, since a refusal holds until another answer
// is given, and marks those that are to be asked for again.
func (h *HealthPart) consentsSince(back Instant) map[ConsentType]Consent {
	out := maps.Clone(h.Consents)
	for t, c := range out {
		c.Earlier = !since(c.By, back)
		out[t] = c
	}
	return out
}

// since tells whether something was recorded no earlier than a moment.
func since(by Signed, back Instant) bool { return !by.IsZero() && !by.Instant().Before(back) }

func kept[T any](v T, by Signed, back Instant) T {
	if since(by, back) {
		return v
	}
	var none T
	return none
}

func mapSince[K comparable, V any](all map[K]V, back Instant, by func(V) Signed) map[K]V {
	var out map[K]V
	for key, v := range all {
		if !since(by(v), back) {
			continue
		}
		if out == nil {
			out = make(map[K]V)
		}
		out[key] = v
	}
	return out
}

func listSince[V any](all []V, back Instant, by func(V) Signed) []V {
	var out []V
	for _, v := range all {
		if since(by(v), back) {
			out = append(out, v)
		}
	}
	return out
}
