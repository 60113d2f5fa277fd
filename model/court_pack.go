package model

import (
	"strconv"
	"strings"
)

// CourtPack is all that is needed when somebody is released at court and never
// comes back through the desk: who they are, what they take, what was decided
// for that case, who may be told, and whom to telephone. It is made of the
// record whenever it is asked for, so it is never out of date.
type CourtPack struct {
	Person     PersonID        `json:"id"`
	Day        Day             `json:"day"` // in court
	Court      string          `json:"court,omitempty"`
	Name       string          `json:"name"`
	Born       string          `json:"born"`
	Prison     string          `json:"prisonNumber"`
	NHS        string          `json:"nhsNumber"`
	Legal      string          `json:"legal"` // as prison IT has it: REMAND
	Cell       string          `json:"cell"`
	ACCT       bool            `json:"acctOpen"`
	Restricted bool            `json:"restricted"`
	From       LetterPrison    `json:"prison"`
	Parts      []CourtPart     `json:"parts"`
	Held       bool            `json:"heldByHealthcare"` // what follows was left out
	Critical   []string        `json:"critical"`         // medicines and conditions that cannot wait, in words
	List       string          `json:"list"`             // who compared the medicines list, and when
	Medicines  []CourtMedicine `json:"medicines"`
	Allergies  []string        `json:"allergies"`
	GP         []string        `json:"gp"`
	Consents   []CourtAnswer   `json:"consents"`
	Phones     []CourtAnswer   `json:"phones"`
}

// CourtPart is one thing the pack should have, and how far it is.
type CourtPart struct {
	Item  ItemID `json:"item"`
	Name  string `json:"name"`
	Ready bool   `json:"ready"`
	Words string `json:"words"`
}

// CourtMedicine is a medicine with what was decided in case of release.
type CourtMedicine struct {
	What     string `json:"what"`
	How      string `json:"how"`
	Critical string `json:"critical,omitempty"` // the class in words
	Supply   string `json:"supply"`
}

// CourtAnswer is a label with what stands behind it.
type CourtAnswer struct {
	Label string `json:"label"`
	Words string `json:"words"`
}

// CourtFacts is what a pack needs beside the record.
type CourtFacts struct {
	Day    Day // in court
	Prison LetterPrison
	Name   func(StaffID) string
}

// courtItems are the lines of the checklist that make a pack.
var courtItems = []ItemID{ItemNHSNumber, ItemConsent, ItemGP, "reconciled", "supply-decided", ItemMedicines, ItemLetter}

// CourtPackOf makes the pack of a person's record. Whoever does not hold the
// health record gets how far it is, and no more.
func CourtPackOf(r *Record, facts CourtFacts) CourtPack {
	s := &r.Shared
	pack := CourtPack{
		Person: r.ID, Day: facts.Day, Court: courtOf(s), Name: s.Name.OfficialFull(), Born: s.Born.String(), Prison: r.Number(SchemePrison),
		NHS: NHSNumber(r.Number(SchemeNHS)).Spaced(), Legal: s.Stay.LegalStatus, Cell: s.Stay.Cell, ACCT: s.ACCTOpen(), Restricted: s.Restricted,
		From: facts.Prison, Parts: courtParts(s), Held: r.Health == nil,
		Critical: []string{}, Medicines: []CourtMedicine{}, Allergies: []string{}, GP: []string{}, Consents: []CourtAnswer{}, Phones: []CourtAnswer{},
	}
	if facts.Prison.Phone != "" {
		pack.Phones = append(pack.Phones, CourtAnswer{strings.TrimSpace(facts.Prison.Name + " " + facts.Prison.Team), facts.Prison.Phone})
	}
	if r.Health != nil {
		pack.health(r, facts)
	}
	return pack
}

// Missing lists what the pack still lacks, by name.
func (p *CourtPack) Missing() []string {
	var out []string
	for _, part := range p.Parts {
		if !part.Ready {
			out = append(out, part.Name)
		}
	}
	return out
}

func courtParts(s *SharedPart) []CourtPart {
	var parts []CourtPart
	for _, id := range courtItems {
		facts, known := FactsOf(id)
		if !known {
			continue
		}
		item := s.Item(id)
		words := item.State.Words()
		if item.Detail != "" {
			words += ": " + item.Detail
		}
		parts = append(parts, CourtPart{Item: id, Name: facts.Name, Ready: item.State.Settled() && !s.disputed(id), Words: words})
	}
	return parts
}

// courtOf is the court the person is at, "" where nobody wrote it down.
func courtOf(s *SharedPart) string {
	for i := len(s.Movements) - 1; i >= 0; i-- {
		if s.Movements[i].Type == MovementCourt {
			return s.Movements[i].Other
		}
	}
	return ""
}

// health fills in what healthcare holds.
func (p *CourtPack) health(r *Record, facts CourtFacts) {
	h := r.Health
	p.List = "Not reconciled: the list may be wrong or incomplete"
	if h.IsReconciled() {
		by := h.Reconciled.By
		p.List = "Reconciled by " + facts.Name(by.Staff) + " (" + by.Role.Words() + ") " + by.Instant().String()
	}
	list := h.CurrentMedicines()
	if len(list) == 0 {
		p.List = "No medicines are recorded"
		if h.NoMedicinesStated() {
			p.List = h.NoneWords(func(by Signed) string { return facts.Name(by.Staff) + " " + by.Instant().String() })
		}
	}
	for _, m := range list {
		line := CourtMedicine{What: m.What(), How: m.How(), Supply: h.supplyWords(m)}
		if class, is := m.CriticalClass(); is {
			line.Critical = class.Words()
		}
		p.Medicines = append(p.Medicines, line)
	}
	for _, flag := range r.CriticalFlags(list) {
		p.Critical = append(p.Critical, flag.Words())
	}
	p.Allergies = append(p.Allergies, h.Allergies.Words())
	p.consents(h)
	p.whom(h)
}

// Words says what is flagged, as what, and what days without it can do.
func (f CriticalFlag) Words() string {
	out := f.Class.Words()
	if f.What != "" {
		out = f.What + " (" + lowerFirst(out) + ")"
	}
	return out + ": without it, " + f.Class.Without()
}

// supplyWords is what was decided for a medicine if the person is released.
func (h *HealthPart) supplyWords(m Medicine) string {
	if !h.Decided(m) {
		return "Not decided"
	}
	d := h.Supplies[m.ID].SupplyDecision
	if d.Route == SupplyNone {
		return "None: " + d.Reason
	}
	out := d.Route.Words()
	if amount := d.Amount(m.CD()); amount != "" {
		out += ", " + amount
	}
	if d.Days > 0 {
		out += ", " + strconv.Itoa(d.Days) + " days"
	}
	if ready := h.SuppliesOut[m.ID]; h.SupplyReady(m) && ready.Reference != "" {
		out += ", ready: " + ready.Reference
	}
	return out
}

func (p *CourtPack) consents(h *HealthPart) {
	for _, t := range consentsInLetter {
		c := h.Consents[t]
		if c.Decision == ConsentNotRecorded && t != ConsentShareGP && t != ConsentRegisterGP {
			continue
		}
		facts, _ := ConsentFactsOf(t)
		p.Consents = append(p.Consents, CourtAnswer{facts.Name, c.Words()})
	}
}

// whom is the practice, and whom to telephone. Of a restricted person neither is
// said (NHS Personal Demographics Service, security label R).
func (p *CourtPack) whom(h *HealthPart) {
	reg := h.Registration
	if p.Restricted {
		p.GP = append(p.GP, "Withheld: the record is restricted")
		return
	}
	if reg.Practice.IsZero() {
		p.GP = append(p.GP, "None chosen. Registration: "+lowerFirst(reg.State.Words()))
	} else {
		p.GP = append(p.GP, reg.State.Words()+": "+reg.Practice.Name+" ("+string(reg.Practice.Code)+")")
		p.GP = append(p.GP, reg.Practice.Lines()[1:]...)
	}
	if reg.Practice.Phone != "" {
		p.Phones = append(p.Phones, CourtAnswer{"The practice", reg.Practice.Phone})
	}
	if plan := h.OST; plan.Service != "" && plan.Phone != "" {
		p.Phones = append(p.Phones, CourtAnswer{plan.Service, plan.Phone})
	}
	if c := h.Contact; c.Phone != "" {
		words := c.Phone
		if c.Safe != "" {
			words += " (" + c.Safe + ")"
		}
		p.Phones = append(p.Phones, CourtAnswer{"The person", words})
	}
}

// CouldBeReleased tells whether a court may let somebody go who is held on this
// footing: on remand, not sentenced yet, or on one that prison IT did not give.
func CouldBeReleased(legalStatus string) bool {
	switch legalStatus {
	case "SENTENCED", "INDETERMINATE_SENTENCE", "RECALL", "DEAD":
		return false
	}
	return true
}

// DueAtCourt lists who is due at court on a day, or is out there today, and
// could be released, in the order of the board.
func DueAtCourt(rows []Row, day, today Day) []Row {
	var out []Row
	for i := range rows {
		r := &rows[i]
		there := r.Release.Basis == BasisCourt && r.Release.Day == day || day == today && r.Stay.Out == string(MovementCourt)
		if there && !r.Left() && !r.Deceased && CouldBeReleased(r.Stay.LegalStatus) {
			out = append(out, *r)
		}
	}
	sorted := make([]boardRow, len(out))
	for i := range out {
		sorted[i].Row = &out[i]
	}
	sortRows(sorted)
	return newGroup(day, true, sorted).Rows
}

// CourtMissing lists the lines of a court pack that are not settled.
func (r *Row) CourtMissing() []ItemFacts {
	var out []ItemFacts
	for _, facts := range r.MissingItems() {
		for _, id := range courtItems {
			if facts.ID == id {
				out = append(out, facts)
			}
		}
	}
	return out
}
