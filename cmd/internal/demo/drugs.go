package demo

import "github.com/throughgate/throughgate/model"

// drug is a medicine people in prison are often given, with what a supply of it
// is counted in.
type drug struct {
	model.Prescribed
	unit   string
	perDay int // hundredths of a unit
}

func oral(name, strength, form, dose, frequency, indication string, perDay int) drug {
	return drug{coded(model.Prescribed{
		Name: name, Strength: strength, Form: form, Dose: dose, Route: "oral", Frequency: frequency, Indication: indication,
		Possession: model.PossessionYes,
	}), form + "s", perDay * 100}
}

var (
	sertraline    = oral("Sertraline", "50 mg", "tablet", "100 mg", "once a day", "depression", 2)
	mirtazapine   = oral("Mirtazapine", "30 mg", "tablet", "30 mg", "at night", "depression", 1)
	omeprazole    = oral("Omeprazole", "20 mg", "capsule", "20 mg", "once a day", "reflux", 1)
	metformin     = oral("Metformin", "500 mg", "tablet", "1 g", "twice a day", "type 2 diabetes", 4)
	ramipril      = oral("Ramipril", "5 mg", "capsule", "5 mg", "once a day", "high blood pressure", 1)
	atorvastatin  = oral("Atorvastatin", "20 mg", "tablet", "20 mg", "at night", "", 1)
	levetiracetam = oral("Levetiracetam", "500 mg", "tablet", "500 mg", "twice a day", "epilepsy", 2)
	quetiapine    = oral("Quetiapine", "100 mg", "tablet", "100 mg", "at night", "", 1)
	naproxen      = oral("Naproxen", "250 mg", "tablet", "250 mg", "twice a day", "back pain", 2)
	pregabalin    = oral("Pregabalin", "150 mg", "capsule", "150 mg", "twice a day", "nerve pain", 2)
	salbutamol    = drug{model.Prescribed{
		Name: "Salbutamol", Strength: "100 micrograms/dose", Form: "inhaler", Dose: "2 puffs", Route: "inhaled",
		Frequency: "when needed", Indication: "asthma", Possession: model.PossessionYes,
	}, "inhaler", 4}
	methadone = drug{model.Prescribed{
		Name: "Methadone", Strength: "1 mg/ml", Form: "oral solution", Dose: "40 mg", Route: "oral", Frequency: "once a day",
		Indication: "opioid dependence", Possession: model.PossessionNo,
	}, "ml", 4000}
)

var commonDrugs = []drug{sertraline, mirtazapine, omeprazole, metformin, ramipril, atorvastatin, levetiracetam, quetiapine, naproxen, salbutamol}
