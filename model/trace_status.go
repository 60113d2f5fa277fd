package model

// TraceStatus says how far an NHS number can be trusted. It always stands
// beside the number, because an untraced one may be somebody else's.
type TraceStatus string

// The codes of the NHS number status indicator (NHS Data Dictionary), and the
// one that the Welsh register adds (UK Core code systems
// NHSNumberVerificationStatusEngland and -Wales).
const (
	TraceVerified   TraceStatus = "01"
	TraceNotTraced  TraceStatus = "02"
	TraceRequired   TraceStatus = "03"
	TraceNoMatch    TraceStatus = "04"
	TraceConflict   TraceStatus = "05"
	TraceInProgress TraceStatus = "06"
	TraceNotNeeded  TraceStatus = "07"
	TracePostponed  TraceStatus = "08"
	TraceWelsh      TraceStatus = "nn"
)

var traceWords = []struct {
	status TraceStatus
	words  string
}{
	{TraceVerified, "Number present and verified"},
	{TraceNotTraced, "Number present, not traced"},
	{TraceRequired, "Trace required"},
	{TraceNoMatch, "Trace tried: no match, or several"},
	{TraceConflict, "Number and details disagree"},
	{TraceInProgress, "Trace in progress"},
	{TraceNotNeeded, "No number, trace not needed"},
	{TracePostponed, "Trace postponed (baby under six weeks)"},
	{TraceWelsh, "Number present and traced in the Welsh register"},
}

// TraceStatuses lists every status in the order of its code.
func TraceStatuses() []TraceStatus {
	all := make([]TraceStatus, len(traceWords))
	for i, row := range traceWords {
		all[i] = row.status
	}
	return all
}

// Words returns the status in words; "Not recorded" when there is none, and
// the code itself when it is one this program does not know.
func (s TraceStatus) Words() string {
	if s == "" {
		return "Not recorded"
	}
	for _, row := range traceWords {
		if row.status == s {
			return row.words
		}
	}
	return "Trace status " + string(s)
}

// Valid tells whether this is a status of the code systems.
func (s TraceStatus) Valid() bool {
	for _, row := range traceWords {
		if row.status == s {
			return true
		}
	}
	return false
}

// Verified tells whether the number was matched to the person by a national
// register, which is what sending letters and prescriptions by it asks for.
func (s TraceStatus) Verified() bool { return s == TraceVerified || s == TraceWelsh }
