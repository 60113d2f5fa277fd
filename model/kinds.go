package model

import (
	"maps"
	"slices"
)

// kinds is every change by its name on the wire. A name is never reused.
var kinds = map[string]func() Change{
	"person.named":         func() Change { return new(PersonNamed) },
	"person.born":          func() Change { return new(PersonBorn) },
	"person.numbered":      func() Change { return new(PersonNumbered) },
	"person.restricted":    func() Change { return new(PersonRestricted) },
	"stay.set":             func() Change { return new(StaySet) },
	"stay.location":        func() Change { return new(LocationSet) },
	"movement.recorded":    func() Change { return new(MovementRecorded) },
	"release.set":          func() Change { return new(ReleaseSet) },
	"alert.set":            func() Change { return new(AlertSet) },
	"item.set":             func() Change { return new(ItemSet) },
	"item.checked":         func() Change { return new(ItemChecked) },
	"hold.set":             func() Change { return new(HoldSet) },
	"instruction.given":    func() Change { return new(InstructionGiven) },
	"custody.noted":        func() Change { return new(CustodyNoted) },
	"allergies.set":        func() Change { return new(AllergiesSet) },
	"consent.set":          func() Change { return new(ConsentSet) },
	"contact.set":          func() Change { return new(ContactSet) },
	"gp.prison":            func() Change { return new(PrisonGPSet) },
	"gp.step":              func() Change { return new(GPStep) },
	"gp.chased":            func() Change { return new(GPChased) },
	"gp.keep":              func() Change { return new(GPKeep) },
	"gms1.set":             func() Change { return new(GMS1Set) },
	"gp.deducted":          func() Change { return new(GPDeducted) },
	"medicine.set":         func() Change { return new(MedicineSet) },
	"medicine.stopped":     func() Change { return new(MedicineStopped) },
	"medicines.none":       func() Change { return new(MedicinesNone) },
	"medicines.reconciled": func() Change { return new(MedicinesReconciled) },
	"supply.set":           func() Change { return new(SupplySet) },
	"supply.packed":        func() Change { return new(SupplyPacked) },
	"medicines.compared":   func() Change { return new(MedicinesCompared) },
	"medicine.counted":     func() Change { return new(MedicineCounted) },
	"possession.set":       func() Change { return new(PossessionSet) },
	"supply.further":       func() Change { return new(SupplyFurther) },
	"supply.witnessed":     func() Change { return new(SupplyWitnessed) },
	"ost.set":              func() Change { return new(OSTSet) },
	"depot.set":            func() Change { return new(DepotSet) },
	"naloxone.set":         func() Change { return new(NaloxoneSet) },
	"bag.packed":           func() Change { return new(BagPackedUp) },
	"bag.checked":          func() Change { return new(BagCheckedUp) },
	"bag.given":            func() Change { return new(BagGiven) },
	"bag.returned":         func() Change { return new(BagReturn) },
	"bag.witnessed":        func() Change { return new(BagWitnessed) },
	"bag.alone":            func() Change { return new(BagAlone) },
	"letter.draft":         func() Change { return new(LetterDraft) },
	"letter.signed":        func() Change { return new(LetterSigned) },
	"letter.ready":         func() Change { return new(LetterReady) },
	"letter.risk":          func() Change { return new(LetterRisk) },
	"letter.seen":          func() Change { return new(LetterSeen) },
	"letter.results":       func() Change { return new(ResultsSigned) },
	"letter.sent":          func() Change { return new(LetterSent) },
	"letter.delivered":     func() Change { return new(LetterDelivered) },
	"letter.acknowledged":  func() Change { return new(LetterAcknowledged) },
	"letter.failed":        func() Change { return new(LetterFailed) },
	"letter.copied":        func() Change { return new(CopyGiven) },
	"appointment.set":      func() Change { return new(AppointmentSet) },
	"result.set":           func() Change { return new(ResultSet) },
	"prevention.set":       func() Change { return new(PreventionSet) },
	"problems.set":         func() Change { return new(ProblemsSet) },
	"health.noted":         func() Change { return new(HealthNoted) },
	"glass.broken":         func() Change { return new(GlassBroken) },
	"glass.reviewed":       func() Change { return new(GlassReviewed) },
	"gate.identity":        func() Change { return new(GateIdentified) },
	"gate.confirmed":       func() Change { return new(GateConfirmed) },
	"gate.property":        func() Change { return new(GatePropertySet) },
	"gate.signed":          func() Change { return new(GateReceiptSigned) },
	"gate.override":        func() Change { return new(GateOverridden) },
	"after.checked":        func() Change { return new(AfterChecked) },
	"rescue.started":       func() Change { return new(RescueStarted) },
	"rescue.step":          func() Change { return new(RescueStepSet) },
	"medicines.frozen":     func() Change { return new(MedicinesFrozen) },
	"triage.set":           func() Change { return new(TriageSet) },
	"conflict.settled":     nil, // set below: it decodes the others
}

func init() {
	kinds["conflict.settled"] = func() Change { return new(ConflictSettled) }
}

// Kinds lists every kind of change this program knows, sorted.
func Kinds() []string { return slices.Sorted(maps.Keys(kinds)) }
