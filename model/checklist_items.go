package model

// The owners of the lines. A local authority, a probation officer and a
// resettlement worker have no sign-in here: the desk that talks to them has the
// line.
var (
	custodyDesk    = []Role{RoleReception, RoleOMU, RoleManager}
	clinicians     = []Role{RoleNurse, RolePrescriber, RolePharmacy, RoleSubstanceMisuse}
	letterDesk     = []Role{RolePrescriber, RoleNurse, RolePharmacy, RoleSubstanceMisuse, RoleHealthAdmin} // all who can put it out of date
	healthDesk     = []Role{RoleHealthAdmin, RoleNurse, RolePrescriber, RolePharmacy, RoleSubstanceMisuse}
	nursesFirst    = []Role{RoleNurse, RolePrescriber, RolePharmacy, RoleSubstanceMisuse, RoleHealthAdmin}
	pharmacyFirst  = []Role{RolePharmacy, RolePrescriber, RoleNurse, RoleSubstanceMisuse}
	substanceFirst = []Role{RoleSubstanceMisuse, RoleNurse, RolePrescriber, RolePharmacy}
)

// checklist is every line in the order in which it is worked. The lines, their
// owners and their days are those of the release timeline: NICE NG57 asks for
// health planning and help to register a month before release, the GMS contract
// (2017/18, clause 13.5B) lets a practice register from then on, RECONNECT takes
// people from twelve weeks before, and the NHS Standard Contract wants the letter
// with the GP within 24 hours. Days without such a source are this program's own,
// and a prison may set each.
//
// Again is the table's re-check days: the date, D-28, D-7 and D-1; drug treatment
// weekly from D-14 and finally D-2; the list, results and housing D-1; the ACCT on
// the day itself.
//
// Ways says by letter which ways of leaving the line is for: see the ways.
var checklist = []ItemFacts{
	{ID: ItemReleaseDate, Name: "Release date confirmed", Short: "Date", Owners: []Role{RoleOMU, RoleReception, RoleManager}, Due: -84, Again: []int{-28, -7, -1}, Ways: "PSNUOH", Blocks: true,
		Derive: deriveReleaseDate, Asked: (*SharedPart).Held, Wants: "a confirmed release date, and no hold"},
	{ID: ItemNHSNumber, Name: "NHS number traced", Short: "NHS", Owners: healthDesk, Due: -60, Ways: "PSNUH", Blocks: true,
		Derive: deriveNHSNumber, Wants: "a verified NHS number, or the reason there is none"},
	{ID: ItemNeedsReview, Name: "Health needs reviewed", Short: "Needs", Owners: nursesFirst, Due: -30, Ways: "PSU", Manual: true, Wants: "a signed plan for after release"},
	{ID: ItemConsent, Name: "Sharing consent asked", Short: "Consent", Owners: healthDesk, Due: -30, Ways: "PSNU", Blocks: true, Wants: "the person's answer on sharing with a GP"},
	{ID: ItemPrevention, Name: "Vaccines and screening", Short: "Prevent", Owners: nursesFirst, Due: -30, Ways: "PSU", Wants: "vaccines, tests and yearly reviews given or offered"},
	{ID: ItemPractice, Name: "Practice chosen", Short: "Practice", Owners: healthDesk, Due: -28, Ways: "PSNU", Wants: "a practice that is open to the person"},
	{ID: ItemGP, Name: "GP registration", Short: "GP", Owners: healthDesk, Due: -28, Ways: "PSNU", Blocks: true, Wants: "a practice that has accepted the person"},
	{ID: ItemReconnect, Name: "RECONNECT referral", Short: "RECONN", Owners: healthDesk, Due: -28, Ways: "PSNU", Only: England, Manual: true, Wants: "a referral, or why it is not needed"},
	{ID: ItemMentalHealth, Name: "Mental health hand-over", Short: "MH", Owners: nursesFirst, Due: -28, Ways: "PSNU", Manual: true, Wants: "a team that takes over, and the day of first contact"},
	{ID: ItemAccommodation, Name: "Accommodation known", Short: "Housing", Owners: []Role{RoleOMU, RoleReception, RoleHealthAdmin, RoleNurse, RoleManager}, Due: -28, Again: []int{-1}, Ways: "PSNU", Manual: true, Wants: "an address, or that there is none"},
	{ID: ItemSocialCare, Name: "Social care and equipment", Short: "Care", Owners: []Role{RoleHealthAdmin, RoleNurse, RoleOMU, RoleReception, RoleSaferCustody}, Due: -28, Ways: "PSNU", Manual: true,
		Asked: (*SharedPart).needsCare, Wants: "what the local authority's assessment came to"},
	{ID: ItemCommunication, Name: "Communication needs", Short: "Comm.", Owners: nursesFirst, Due: -28, Ways: "PSNUOH", Manual: true,
		Asked: (*SharedPart).needsHelpToTalk, Wants: "interpreter, easy read or Welsh agreed, and said in the letter"},
	{ID: ItemAppointments, Name: "Appointments booked", Short: "Appts", Owners: nursesFirst, Due: -14, Ways: "PSU", Wants: "date, time, place and contact of each appointment"},
	{ID: ItemOST, Name: "Drug treatment continues", Short: "OST", Owners: substanceFirst, Due: -14, Again: []int{-7, -2}, Ways: "PSNUOT", Wants: "who prescribes next, the appointment and the script dates"},
	{ID: ItemReconciled, Name: "Medicines reconciled", Short: "List", Owners: pharmacyFirst, Due: -7, Again: []int{-1}, Ways: "PSUOH", Blocks: true, Wants: "a final list that a prescriber has signed"},
	{ID: ItemSupplyDecided, Name: "Supply decided", Short: "Supply", Owners: []Role{RolePrescriber, RoleNurse, RolePharmacy, RoleSubstanceMisuse}, Due: -7, Ways: "PSNUOT", Blocks: true, Wants: "a supply decision for every medicine"},
	{ID: ItemNaloxone, Name: "Naloxone offered", Short: "Naloxone", Owners: substanceFirst, Due: -7, Ways: "PSNU", Wants: "a kit given with training, or refused"},
	{ID: ItemResults, Name: "Results chased", Short: "Results", Owners: nursesFirst, Due: -7, Again: []int{-1}, Ways: "PSNUOH", Wants: "each test and referral closed, or who follows it up"},
	{ID: ItemACCT, Name: "ACCT review before release", Short: "ACCT", Owners: []Role{RoleSaferCustody, RoleNurse, RolePrescriber, RoleManager}, Due: -7, Again: []int{0}, Ways: "PSNUOHT", Blocks: true, Manual: true,
		Asked: (*SharedPart).acctLive, Wants: "a last review that names who outside is told"},
	{ID: ItemMedicines, Name: "Medicines to take out", Short: "Meds", Owners: clinicians, Due: -1, Ways: "PSNUOT", Blocks: true, Over: bagsToReturn, Wants: "every supply packed or sent"},
	{ID: ItemLetter, Name: "Discharge letter", Short: "Letter", Owners: letterDesk, Due: 0, Ways: "PSNUOH", Blocks: true, Wants: "a signed letter"},

	{ID: ItemIdentity, Name: "Identity checked at release", Short: "Identity", Owners: custodyDesk, Due: 0, Ways: "PSNUOHT", Blocks: true, Stage: AtGate, Derive: deriveIdentity, Wants: "a check of face and two identifiers by two officers"},
	{ID: ItemHandover, Name: "Hand-over at the gate", Short: "Gate", Owners: []Role{RoleReception, RoleNurse, RoleManager}, Due: 0, Ways: "PSNUOHT", Blocks: true, Stage: AtGate, Derive: deriveHandover, Manual: true, Wants: "medicines and letter given to the person"},
	{ID: ItemPersonCopy, Name: "Letter given to the person", Short: "Copy", Owners: []Role{RoleNurse, RoleReception, RolePrescriber, RolePharmacy, RoleSubstanceMisuse, RoleHealthAdmin}, Due: 0, Ways: "PSNUOH", Stage: AtGate, Derive: derivePersonCopy, Manual: true, Wants: "a receipt signed or refused for letter and leaflet"},
	{ID: ItemProperty, Name: "Property returned", Short: "Property", Owners: custodyDesk, Due: 0, Ways: "PSNUOHDE", Stage: AtGate, Derive: deriveProperty, Manual: true, Wants: "the property list signed, with aids and medicines in possession"},

	{ID: ItemDeduction, Name: "Off the prison GP list", Short: "Deduct", Owners: healthDesk, Due: 0, Ways: "PSNUOHD", Stage: AfterRelease, Wants: "the prison registration ended"},
	{ID: ItemLetterDelivered, Name: "Letter delivered", Short: "Sent", Owners: healthDesk, Due: 0, Ways: "PSNUH", Stage: AfterRelease, Wants: "a receipt from the practice on the day"},
	{ID: ItemAfterRelease, Name: "Check after release", Short: "After", Owners: healthDesk, Due: 1, Ways: "PSNU", Stage: AfterRelease, Derive: deriveAfterRelease, Manual: true, Wants: "contact made, GP seen and script started"},
}

// Bit returns the line's bit in Row.Open, 0 when there is no such line. A store
// makes its rows anew for each program, so the bits follow the table.
func (id ItemID) Bit() uint32 {
	for i := range checklist {
		if checklist[i].ID == id {
			return 1 << i
		}
	}
	return 0
}

// blocking is the lines that keep a person from the gate while they are open, as
// bits like those of Row.Open.
var blocking = func() (bits uint32) {
	for i := range checklist {
		if checklist[i].Blocks && checklist[i].Stage == BeforeGate {
			bits |= 1 << i
		}
	}
	return bits
}()
