package model

// GlassRequest is what somebody says before a compartment of a person's record
// is opened to them by breaking the glass.
type GlassRequest struct {
	Person PersonID
	Opens  Compartment
	Reason GlassReason
	Words  string
}

// Change is the entry that the request makes, lasting from a moment on.
func (g GlassRequest) Change(now Instant) *GlassBroken {
	return &GlassBroken{Opens: g.Opens, Reason: g.Reason, Words: g.Words, Until: now + Instant(GlassWindow.Milliseconds())}
}

// PersonOverride is an override with what a list shows of whose record it is.
type PersonOverride struct {
	Row      Row
	Override Override
}
