package model

// followRegistration is what any step of a registration moves.
func followRegistration(r *Record) []Change {
	if r.Health == nil {
		return nil
	}
	return followItems(r, r.Health.registrationItem())
}
