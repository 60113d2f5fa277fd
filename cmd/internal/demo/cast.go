package demo

import "github.com/throughgate/throughgate/model"

// cast are the people a newcomer should meet: every state the screens know, the
// most telling first, because a small demonstration has only the first of them.
var cast = []sketch{
	{
		family: "Smith", given: "John", sex: model.SexMale, age: 46, leaves: 0, time: "09:30", basis: model.BasisConfirmed, reason: "CR",
		destination: "Approved premises, Harrowby", legal: "SENTENCED", alerts: []string{"HA"}, nhs: model.TraceVerified,
		consent: model.ConsentGiven, gp: model.RegAccepted, practice: 7, allergies: model.AllergiesKnown,
		allergy:   model.Allergy{Substance: "Penicillin", Reaction: "anaphylaxis", Severity: model.SeveritySevere},
		medicines: []drug{sertraline, omeprazole}, supply: medicinesListed, letter: letterDraft, problems: []string{"Depression", "Reflux"},
		needs: "On an open ACCT: speak to safer custody before he leaves",
	},
	{
		family: "Okafor", given: "Daniel", sex: model.SexMale, age: 31, leaves: 0, time: "10:00", basis: model.BasisConfirmed, reason: "HR",
		legal: "SENTENCED", nhs: model.TraceVerified, consent: model.ConsentGiven, gp: model.RegActive, practice: 0,
		allergies: model.AllergiesNone, medicines: []drug{salbutamol}, supply: suppliesPacked, letter: letterSigned, problems: []string{"Asthma"}, atGate: true, handed: true,
	},
	{
		family: "Nováková", given: "Jana", sex: model.SexFemale, age: 34, leaves: 0, time: "11:15", basis: model.BasisConfirmed, reason: "CR",
		legal: "SENTENCED", nhs: model.TraceNotTraced, consent: model.ConsentRefused, allergies: model.AllergiesNotRecorded,
		medicines: []drug{mirtazapine, pregabalin}, supply: suppliesPacked, letter: letterSigned, handed: true,
	},
	{
		family: "Pryce", given: "Llŷr", sex: model.SexMale, age: 27, leaves: noDate, legal: "REMAND", out: model.MovementCourt,
		nhs: model.TraceVerified, consent: model.ConsentGiven, gp: model.RegKept, practice: 19, allergies: model.AllergiesNone,
		medicines: []drug{levetiracetam}, supply: suppliesDecided, letter: letterDraft, problems: []string{"Epilepsy"},
	},
	{
		family: "Nguyễn-O'Brien", given: "Llŷr Thị Minh", sex: model.SexMale, age: 39, leaves: 1, time: "09:00", basis: model.BasisConfirmed, reason: "CR",
		legal: "SENTENCED", nhs: model.TraceVerified, consent: model.ConsentGiven, gp: model.RegSent, practice: 3,
		allergies: model.AllergiesKnown, allergy: model.Allergy{Substance: "Latex", Reaction: "rash", Severity: model.SeverityMild},
		medicines: []drug{metformin, ramipril, atorvastatin}, supply: medicinesListed,
		problems: []string{"Type 2 diabetes", "High blood pressure"}, clash: clashRelease,
	},
	{
		family: "Oluwaseun-Featherstonehaugh-Cholmondeley", given: "Adaeze Chimamanda Olivia-Rose", sex: model.SexFemale, age: 23, leaves: 1, time: "10:30",
		basis: model.BasisConditional, reason: "CR", legal: "SENTENCED", nhs: model.TraceVerified, consent: model.ConsentGiven,
		gp: model.RegFormReady, practice: 8, allergies: model.AllergiesNone, letter: letterDraft,
	},
	{
		family: "Hughes", given: "Angharad Fflur", sex: model.SexFemale, age: 52, leaves: 2, basis: model.BasisConfirmed, reason: "SC", legal: "SENTENCED",
		nhs: model.TraceVerified, consent: model.ConsentGiven, gp: model.RegAccepted, practice: 20, allergies: model.AllergiesUnavailable,
		medicines: []drug{methadone, quetiapine, pregabalin, omeprazole, naproxen}, supply: suppliesDecided, letter: letterDraft,
		problems: []string{"Opioid dependence", "Chronic back pain"}, clash: clashSupply,
	},
	{
		family: "Doe", given: "Alex", sex: model.SexNotSpecified, age: 29, leaves: 3, basis: model.BasisConfirmed, reason: "CR", legal: "SENTENCED",
		restricted: true, nhs: model.TraceVerified, consent: model.ConsentGiven, gp: model.RegAccepted, practice: 9,
		allergies: model.AllergiesNone, medicines: []drug{sertraline}, supply: suppliesDecided,
	},
	{
		family: "Sukarno", given: "", sex: model.SexMale, age: 61, leaves: 6, basis: model.BasisConditional, legal: "SENTENCED",
		consent: model.ConsentNotAsked, allergies: model.AllergiesNotRecorded,
	},
	{
		family: "Wiśniewski", given: "Zbigniew", sex: model.SexMale, age: 44, leaves: 9, basis: model.BasisConfirmed, reason: "DD", legal: "IMMIGRATION_DETAINEE",
		destination: "Immigration removal centre", nhs: model.TraceNotNeeded, allergies: model.AllergiesNone, medicines: []drug{ramipril}, supply: suppliesDecided,
	},
	{
		family: "Campbell", given: "Leroy", sex: model.SexMale, age: 38, leaves: 12, basis: model.BasisParole, reason: "PX", legal: "INDETERMINATE_SENTENCE",
		nhs: model.TraceVerified, consent: model.ConsentGiven, gp: model.RegListClosed, practice: 4, allergies: model.AllergiesNone,
		medicines: []drug{sertraline, mirtazapine, omeprazole}, supply: medicinesListed, letter: letterRedo,
	},
	{
		family: "McDonald", given: "Siân", sex: model.SexFemale, age: 35, leaves: 20, basis: model.BasisHDC, reason: "HR", legal: "SENTENCED",
		nhs: model.TraceNoMatch, consent: model.ConsentWithdrawn, gp: model.RegNone, allergies: model.AllergiesNone, supply: suppliesDecided,
	},
	{
		family: "Begum", given: "Aaliyah", sex: model.SexFemale, age: 19, leaves: noDate, legal: "REMAND", out: model.MovementCourt,
		nhs: model.TraceVerified, consent: model.ConsentGiven, allergies: model.AllergiesNone, alerts: []string{"HA1"},
	},
	{
		family: "Taylor", given: "Wayne", sex: model.SexMale, age: 57, leaves: -1, basis: model.BasisConfirmed, reason: "CR", legal: "SENTENCED",
		nhs: model.TraceVerified, consent: model.ConsentGiven, gp: model.RegRejected, practice: 11, allergies: model.AllergiesNone, letter: letterDraft,
	},
	{
		family: "van der Merwe", given: "Johannes", sex: model.SexMale, age: 49, leaves: noDate, legal: "REMAND", out: model.MovementTemporary,
		nhs: model.TraceRequired, needs: "Bed watch at the hospital until further notice",
	},
	{
		family: "Björnsdóttir", given: "Katrín", sex: model.SexFemale, age: 41, leaves: 0, time: "08:45", basis: model.BasisConfirmed, reason: "CR", legal: "SENTENCED",
		nhs: model.TraceVerified, consent: model.ConsentGiven, gp: model.RegAccepted, practice: 1, allergies: model.AllergiesNone,
		medicines: []drug{mirtazapine}, supply: suppliesPacked, letter: letterSent, out: model.MovementRelease, atGate: true, handed: true,
	},
	{
		family: "Reece", given: "Gwen Mair", sex: model.SexFemale, age: 33, leaves: 1, basis: model.BasisCourt, legal: "REMAND",
		nhs: model.TraceVerified, consent: model.ConsentGiven, gp: model.RegKept, practice: 12, allergies: model.AllergiesNone,
		medicines: []drug{methadone, sertraline}, supply: suppliesDecided, letter: letterDraft, problems: []string{"Opioid dependence", "Depression"},
	},
	{
		family: "Kaya", given: "Deniz", sex: model.SexMale, age: 37, leaves: noDate, legal: "REMAND", out: model.MovementCourt, letGo: true,
		nhs: model.TraceVerified, consent: model.ConsentGiven, gp: model.RegKept, practice: 5, allergies: model.AllergiesNone,
		medicines: []drug{levetiracetam, methadone, omeprazole}, supply: suppliesDecided, letter: letterDraft, problems: []string{"Epilepsy", "Opioid dependence"},
	},
	{
		family: "Lewis", given: "Jermaine", sex: model.SexMale, age: 30, leaves: 0, time: "09:00", basis: model.BasisConfirmed, reason: "CR", legal: "SENTENCED",
		nhs: model.TraceVerified, consent: model.ConsentGiven, gp: model.RegAccepted, practice: 2, allergies: model.AllergiesNone,
		medicines: []drug{sertraline, salbutamol}, supply: suppliesPacked, letter: letterSent, problems: []string{"Asthma", "Depression"},
		out: model.MovementRelease, atGate: true, handed: true, recalled: true,
	},
}
