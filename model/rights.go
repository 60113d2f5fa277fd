package model

import "slices"

var (
	everyone   = Roles()
	anyCustody = []Role{RoleReception, RoleWing, RoleOMU, RoleSaferCustody}
	reception  = []Role{RoleReception, RoleOMU, RoleHealthAdmin}
)

// rights says which roles may make which kind of change. It is the only place
// that says so; the golden file of the matrix shows what a line here changes.
var rights = map[string][]Role{
	"person.named":         reception,
	"person.born":          reception,
	"person.numbered":      {RoleReception, RoleOMU, RoleHealthAdmin, RoleNurse},
	"person.restricted":    {RoleReception, RoleOMU, RoleHealthAdmin, RoleNurse, RoleManager},
	"stay.set":             reception,
	"stay.location":        append([]Role{RoleHealthAdmin}, anyCustody...),
	"movement.recorded":    {RoleReception, RoleOMU, RoleManager},
	"release.set":          {RoleReception, RoleOMU, RoleHealthAdmin},
	"alert.set":            {RoleReception, RoleOMU, RoleSaferCustody},
	"item.set":             everyone, // by the item's owners
	"item.checked":         everyone, // by the item's owners
	"hold.set":             {RoleReception, RoleOMU, RoleSaferCustody},
	"instruction.given":    {RoleNurse, RolePrescriber, RolePharmacy, RoleSubstanceMisuse, RoleSaferCustody},
	"custody.noted":        anyCustody,
	"allergies.set":        clinicians,
	"consent.set":          healthDesk,
	"contact.set":          healthDesk,
	"gp.prison":            healthDesk,
	"gp.step":              healthDesk,
	"gp.chased":            healthDesk,
	"gp.keep":              healthDesk,
	"gp.deducted":          healthDesk,
	"gms1.set":             healthDesk,
	"medicine.set":         clinicians,
	"medicine.stopped":     clinicians,
	"medicines.none":       clinicians,
	"medicines.compared":   clinicians,
	"medicines.reconciled": {RolePrescriber}, // the signature under the list; others prepare it
	"medicine.counted":     clinicians,
	"possession.set":       clinicians,
	"supply.set":           clinicians,
	"supply.packed":        clinicians,
	"supply.further":       clinicians,
	"supply.witnessed":     clinicians, // of a bag somebody else packed
	"ost.set":              clinicians,
	"depot.set":            clinicians,
	"naloxone.set":         clinicians,
	"bag.packed":           clinicians,
	"bag.checked":          clinicians,
	"bag.given":            {RoleReception, RoleNurse, RoleManager, RolePrescriber, RolePharmacy, RoleSubstanceMisuse},
	"bag.witnessed":        {RoleReception, RoleWing, RoleOMU, RoleSaferCustody, RoleManager, RoleNurse, RolePrescriber, RolePharmacy, RoleSubstanceMisuse}, // of what somebody else handed over
	"bag.alone":            {RoleManager, RoleNurse, RolePrescriber},
	"bag.returned":         clinicians, // pharmacy's word that it is back
	"letter.draft":         clinicians,
	"letter.signed":        {RolePrescriber, RoleNurse},
	"letter.ready":         clinicians,
	"letter.risk":          {RolePrescriber, RoleNurse},
	"letter.seen":          clinicians,
	"letter.results":       {RolePrescriber, RoleNurse},
	"letter.sent":          healthDesk,
	"letter.delivered":     healthDesk,
	"letter.acknowledged":  healthDesk,
	"letter.failed":        healthDesk,
	"letter.copied":        healthDesk,
	"appointment.set":      healthDesk,
	"result.set":           healthDesk,
	"prevention.set":       clinicians,
	"problems.set":         clinicians,
	"health.noted":         healthDesk,
	"glass.broken":         {RoleSaferCustody, RoleManager, RoleNurse, RolePrescriber}, // of what Role.Glass says
	"glass.reviewed":       {RoleManager, RoleAuditor},                                 // of somebody else's
	"gate.identity":        custodyDesk,
	"gate.confirmed":       {RoleReception, RoleWing, RoleOMU, RoleSaferCustody, RoleManager}, // of somebody else's check
	"gate.property":        custodyDesk,
	"gate.signed":          {RoleReception, RoleOMU, RoleManager, RoleNurse},
	"gate.override":        {RoleManager, RoleNurse, RolePrescriber}, // by the line's owners
	"after.checked":        healthDesk,
	"rescue.started":       {RoleReception, RoleOMU, RoleHealthAdmin, RoleNurse, RolePrescriber, RolePharmacy, RoleSubstanceMisuse, RoleManager}, // whoever the court reaches
	"rescue.step":          append([]Role{RoleReception, RoleOMU, RoleManager, RoleSaferCustody}, healthDesk...),                                 // by the step's owners
	"medicines.frozen":     clinicians,
	"triage.set":           clinicians,
	"conflict.settled":     everyone, // by the right to the value that is kept
}

// Allow says whether an actor may make a change to this record. It is one pure
// function asked in three places: by the screen, to say why a key does nothing;
// by the store, before it writes; and by the hub, on the actor whose signature
// it verified. A nil answer is yes.
func Allow(a Actor, c Change, r *Record) error {
	if a.Role == RoleHub {
		return nil
	}
	if !a.Role.MayRead(c.Compartment()) {
		return Forbidden("The "+c.Compartment().String()+" record is not open to your role.", "Ask a colleague who works with it.")
	}
	if told, is := c.(*InstructionGiven); is && told.ofFamily() && slices.Contains(rights["consent.set"], a.Role) {
		return nil
	}
	if !slices.Contains(rights[c.Kind()], a.Role) {
		return Forbidden(a.Role.Words()+" may not do this.", "It is for: "+roleWords(rights[c.Kind()])+".")
	}
	switch c := c.(type) {
	case *LetterSigned:
		return allowLetter(a, c.Frozen)
	case *ResultsSigned:
		return allowLetter(a, c.Frozen)
	case *LetterSent:
		return allowPost(&c.LetterPost)
	case *LetterDelivered:
		return allowPost(&c.LetterPost)
	case *LetterAcknowledged:
		return allowPost(&c.LetterPost)
	case *LetterFailed:
		return allowPost(&c.LetterPost)
	case *ItemSet:
		return allowItem(a, c)
	case *ItemChecked:
		return allowChecked(a, c)
	case *GateConfirmed:
		return allowConfirm(a, c, r)
	case *GateOverridden:
		return allowOverride(a, c)
	case *BagWitnessed:
		return allowBagWitness(a, c, r)
	case *RescueStepSet:
		return allowRescue(a, c)
	case *SupplyWitnessed:
		return allowWitness(a, c, r)
	case *GlassBroken:
		return allowGlass(a, c)
	case *GlassReviewed:
		return allowReview(a, c, r)
	case *ConflictSettled:
		return allowSettle(a, c, r)
	}
	return nil
}

func allowItem(a Actor, c *ItemSet) error {
	facts, known := FactsOf(c.Item)
	if !known {
		return Forbidden("There is no such line on the checklist.", "")
	}
	if c.Item == ItemIdentity && c.State == Done {
		return Forbidden("Two officers check the identity, in the walk through the gate.", "Choose release now on the person's page.")
	}
	if !slices.Contains(facts.Owners, a.Role) {
		return Forbidden(a.Role.Words()+" may not set "+facts.Name+".", "It is for: "+roleWords(facts.Owners)+".")
	}
	return nil
}

// allowChecked lets whoever may say that a line is done say that it still is.
func allowChecked(a Actor, c *ItemChecked) error {
	facts, known := FactsOf(c.Item)
	if !known || len(facts.Again) == 0 {
		return Forbidden("There is no such line to check again.", "")
	}
	if !slices.Contains(facts.Owners, a.Role) {
		return Forbidden(a.Role.Words()+" may not check "+facts.Name+".", "It is for: "+roleWords(facts.Owners)+".")
	}
	return nil
}

// allowLetter asks for the signer's own name in the letter: it is what is
// printed under it. A screen that asks whether a letter may be signed has none
// yet.
func allowLetter(a Actor, frozen []byte) error {
	if len(frozen) == 0 {
		return nil
	}
	if letter, err := ThawLetter(frozen); err != nil || letter.Author.Staff != a.Staff {
		return Forbidden("The letter is in somebody else's name.", "Assemble it again, then sign.")
	}
	return nil
}

// allowPost keeps for the hub what only the hub can know.
func allowPost(c *LetterPost) error {
	if c.How == LetterByMESH {
		return Forbidden("Only the hub sends by MESH.", "Say how you sent it.")
	}
	return nil
}

// allowSettle asks for the right to the value that is kept: choosing it is
// writing it.
func allowSettle(a Actor, c *ConflictSettled, r *Record) error {
	kept := c.Kept()
	if kept == nil {
		return Forbidden("This program is too old to settle this conflict.", "Settle it at a desk with a newer version.")
	}
	if !c.fits(kept) { // or the right to one line would be the right to every other
		return errKeptElsewhere
	}
	if _, letter := kept.(*LetterSigned); letter { // a colleague's may be kept: Apply adds none
		kept = new(LetterSigned)
	}
	return Allow(a, kept, r)
}

func roleWords(rs []Role) string {
	out := ""
	for i, r := range rs {
		if i > 0 {
			out += ", "
		}
		out += r.Words()
	}
	return out
}
