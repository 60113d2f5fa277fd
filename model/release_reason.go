package model

// ReleaseReason is why somebody leaves a prison for good, or is taken off its
// roll.
type ReleaseReason struct {
	Code     string
	Words    string
	Short    string       // at most 12 characters
	Class    ReleaseClass // what it usually is
	Or       ReleaseClass // what it can also be, "" when nothing else
	Accepted bool         // prison-api takes it for a release
	Ended    bool         // no longer given, but still on records
}

// releaseReasons are the release reasons of NOMIS (domain MOVE_RSN), those with
// the longest notice first.
var releaseReasons = []ReleaseReason{
	{Code: "CR", Words: "Conditional release", Short: "Conditional", Class: ReleasePlanned, Accepted: true},
	{Code: "CE", Words: "Conditional release, extended sentence", Short: "Conditional", Class: ReleasePlanned, Accepted: true},
	{Code: "AR", Words: "Automatic release (before 2003)", Short: "Automatic", Class: ReleasePlanned, Accepted: true, Ended: true},
	{Code: "NP", Words: "Non-parole release date", Short: "Non-parole", Class: ReleasePlanned, Accepted: true},
	{Code: "PX", Words: "Parole", Short: "Parole", Class: ReleasePlanned, Or: ReleaseShortNotice, Accepted: true},
	{Code: "SC", Words: "Sentence or contempt served", Short: "Served", Class: ReleasePlanned, Accepted: true},
	{Code: "PD", Words: "Released after recall", Short: "Post-recall", Class: ReleasePlanned, Accepted: true},
	{Code: "HR", Words: "Home detention curfew", Short: "Curfew", Class: ReleasePlanned, Or: ReleaseShortNotice, Accepted: true},
	{Code: "HU", Words: "Home detention curfew, unconditional", Short: "Curfew", Class: ReleasePlanned, Accepted: true},
	{Code: "HD", Words: "Curfew again after recall, conditional", Short: "Curfew", Class: ReleasePlanned, Accepted: true},
	{Code: "HE", Words: "Curfew again after recall, unconditional", Short: "Curfew", Class: ReleasePlanned, Accepted: true},
	{Code: "IF", Words: "Intermittent custody, final release", Short: "Intermittent", Class: ReleasePlanned, Accepted: true},
	{Code: "IR", Words: "Intermittent custody, release", Short: "Intermittent", Class: ReleasePlanned},
	{Code: "D1", Words: "Detention and training, 2 months early", Short: "Training", Class: ReleasePlanned, Accepted: true},
	{Code: "D2", Words: "Detention and training, 1 month early", Short: "Training", Class: ReleasePlanned, Accepted: true},
	{Code: "D3", Words: "Detention and training, mid-term", Short: "Training", Class: ReleasePlanned, Accepted: true},
	{Code: "D4", Words: "Detention and training, 1 month late", Short: "Training", Class: ReleasePlanned, Accepted: true},
	{Code: "D5", Words: "Detention and training, 2 months late", Short: "Training", Class: ReleasePlanned, Accepted: true},
	{Code: "D6", Words: "Detention and training, released again", Short: "Training", Class: ReleasePlanned, Accepted: true},
	{Code: "BD", Words: "Immigration bail", Short: "Imm. bail", Class: ReleaseShortNotice, Accepted: true},
	{Code: "PF", Words: "Fine paid", Short: "Fine paid", Class: ReleaseShortNotice, Accepted: true},
	{Code: "ER", Words: "Executive release", Short: "Executive", Class: ReleaseShortNotice, Accepted: true},
	{Code: "RW", Words: "Royal warrant", Short: "Warrant", Class: ReleaseShortNotice, Accepted: true},
	{Code: "BL", Words: "Bail", Short: "Bail", Class: ReleaseNoNotice, Or: ReleaseShortNotice, Accepted: true},
	{Code: "NCS", Words: "Sentence without custody", Short: "No custody", Class: ReleaseNoNotice, Accepted: true},
	{Code: "NG", Words: "Found not guilty", Short: "Not guilty", Class: ReleaseNoNotice, Accepted: true},
	{Code: "DS", Words: "Charges withdrawn", Short: "Withdrawn", Class: ReleaseNoNotice, Accepted: true},
	{Code: "AU", Words: "Appeal upheld", Short: "Appeal", Class: ReleaseNoNotice, Accepted: true},
	{Code: "DA", Words: "Discharged on appeal at court", Short: "Appeal", Class: ReleaseNoNotice, Accepted: true},
	{Code: "HC", Words: "Invalid committal or habeas corpus", Short: "Invalid", Class: ReleaseNoNotice, Accepted: true},
	{Code: "DD", Words: "Deported at end of sentence", Short: "Deported", Class: ReleaseOutOfCountry, Accepted: true},
	{Code: "DE", Words: "Deported without sentence", Short: "Deported", Class: ReleaseOutOfCountry, Accepted: true},
	{Code: "DL", Words: "Deported on licence", Short: "Deported", Class: ReleaseOutOfCountry, Accepted: true},
	{Code: "RE", Words: "Repatriated", Short: "Repatriated", Class: ReleaseOutOfCountry, Accepted: true},
	{Code: "EX", Words: "Extradited", Short: "Extradited", Class: ReleaseOutOfCountry, Accepted: true},
	{Code: "ETR", Words: "Early removal scheme", Short: "Removal", Class: ReleaseOutOfCountry, Accepted: true},
	{Code: "HP", Words: "Psychiatric hospital", Short: "Hospital", Class: ReleaseToHospital, Accepted: true},
	{Code: "DEC", Words: "Died", Short: "Died", Class: ReleaseNotCare, Accepted: true},
	{Code: "ESCP", Words: "Escaped", Short: "Escaped", Class: ReleaseNotCare, Accepted: true},
	{Code: "UAL", Words: "Absconded", Short: "Absconded", Class: ReleaseNotCare, Accepted: true},
	{Code: "UAL_ECL", Words: "Absconded from end of custody licence", Short: "Absconded", Class: ReleaseNotCare},
	{Code: "MRG", Words: "Records merged", Short: "Merged", Class: ReleaseNotCare, Accepted: true},
	{Code: "AV", Words: "Accumulated visits", Short: "Visits", Class: ReleaseNotCare},
	{Code: "AS", Words: "Accumulated visits with a stopover", Short: "Visits", Class: ReleaseNotCare},
	{Code: "REL", Words: "Release, reason not given", Short: "Release", Class: ReleaseUnclassed, Ended: true},
	{Code: "99", Words: "Discharged, not a release", Short: "Discharged", Class: ReleaseNotCare, Ended: true},
}
