package demo

import (
	"encoding/csv"
	"fmt"
	"strings"

	"github.com/throughgate/throughgate/model"
)

// products are generic names as everybody writes them, with the controlled-drug
// category, and a few invented brands. The codes are invented too: they check, and
// no dictionary has them.
var products = []string{
	"Amitriptyline 10mg tablets", "Amlodipine 5mg tablets", "Amoxicillin 500mg capsules", "Aspirin 75mg tablets", "Atorvastatin 20mg tablets",
	"Beclometasone 100micrograms/dose inhaler CFC free", "Bisoprolol 2.5mg tablets", "Citalopram 20mg tablets", "Clopidogrel 75mg tablets",
	"Folic acid 5mg tablets", "Furosemide 40mg tablets", "Ibuprofen 400mg tablets", "Insulin glargine 100units/ml solution for injection 3ml pre-filled pens",
	"Lansoprazole 30mg gastro-resistant capsules", "Levetiracetam 500mg tablets", "Levothyroxine sodium 50microgram tablets", "Metformin 500mg tablets",
	"Mirtazapine 15mg tablets", "Mirtazapine 30mg tablets", "Naloxone 1.26mg/0.1ml nasal spray", "Naproxen 250mg tablets", "Olanzapine 10mg tablets",
	"Omeprazole 20mg capsules", "Paracetamol 500mg tablets", "Paracetamol 250mg/5ml oral suspension sugar free", "Propranolol 40mg tablets",
	"Quetiapine 100mg tablets", "Ramipril 2.5mg capsules", "Ramipril 5mg capsules", "Risperidone 2mg tablets", "Salbutamol 100micrograms/dose inhaler CFC free",
	"Sertraline 25mg tablets", "Sertraline 50mg tablets", "Sertraline 100mg tablets", "Sertraline 50mg/5ml oral suspension", "Thiamine 100mg tablets",
	"Venlafaxine 75mg modified-release capsules", "Zuclopenthixol decanoate 200mg/1ml solution for injection ampoules",
	"Methadone 1mg/ml oral solution|0002", "Methadone 1mg/ml oral solution sugar free|0002", "Morphine sulfate 10mg modified-release capsules|0002",
	"Methylphenidate 18mg modified-release tablets|0002", "Lisdexamfetamine 30mg capsules|0002",
	"Buprenorphine 8mg sublingual tablets sugar free|0004", "Buprenorphine 8mg / Naloxone 2mg sublingual tablets sugar free|0004", "Pregabalin 75mg capsules|0005",
	"Pregabalin 150mg capsules|0005", "Gabapentin 300mg capsules|0005", "Tramadol 50mg capsules|0005", "Temazepam 10mg tablets|0007",
	"Diazepam 5mg tablets|0009", "Zopiclone 7.5mg tablets|0009", "Testosterone 50mg/5g gel|0008",
	"Codeine 30mg tablets|0010", "Co-codamol 8mg/500mg tablets|0010", "Dihydrocodeine 30mg tablets|0010", "Morphine sulfate 10mg/5ml oral solution|0010",
	"Millbrook Calm 50mg tablets (Invented Pharma Ltd)|0000|AMP", "Millbrook Ease 150mg capsules (Invented Pharma Ltd)|0005|AMP", "Sertraline 50mg tablets (Invented Pharma Ltd)|0000|AMP",
}

// ProductsCSV returns the medicines as a file that the hub imports.
func ProductsCSV() (string, error) {
	var out strings.Builder
	w := csv.NewWriter(&out)
	rows := [][]string{{"code", "name", "type", "catcd"}}
	for i, p := range products {
		name, rest, _ := strings.Cut(p, "|")
		category, kind, _ := strings.Cut(rest, "|")
		if category == "" {
			category = "0000"
		}
		if kind == "" {
			kind = string(model.GenericProduct)
		}
		rows = append(rows, []string{inventedCode(i), name, kind, category})
	}
	if err := w.WriteAll(rows); err != nil {
		return "", err
	}
	return out.String(), nil
}

// inventedCode is the nth code, with its check digit.
func inventedCode(n int) string {
	base := fmt.Sprintf("9999%06d10", n)
	for digit := range 10 {
		if code := base + fmt.Sprint(digit); model.ValidSNOMED(code) {
			return code
		}
	}
	panic("demo: no check digit fits") // one of ten always does
}

// coded gives a drug of the list its code: in what people write as prescribed the
// form stands in the singular and the strength apart.
func coded(p model.Prescribed) model.Prescribed {
	name := fmt.Sprintf("%s %s %ss", p.Name, strings.ReplaceAll(p.Strength, " ", ""), p.Form)
	for i, listed := range products {
		if listed, rest, _ := strings.Cut(listed, "|"); listed == name {
			p.Code = inventedCode(i)
			category, _, _ := strings.Cut(rest, "|")
			p.Category = model.CDCategory(category)
		}
	}
	return p
}
