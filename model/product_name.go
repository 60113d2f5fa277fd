package model

import (
	"regexp"
	"strings"
)

// ProductName is the name of a dm+d product taken apart: "Sertraline 50mg
// tablets (Actavis UK Ltd)" is Sertraline, 50mg, tablets.
type ProductName struct {
	Substance string // what stands before the first strength
	Strength  string // several are joined: "20mg/10mg"; "" where the name has none
	Form      string // "" where the name has none that is known
}

// productStrength is a number with its unit and what it is in: "50mg",
// "10mg/5ml", "100micrograms/dose", "0.1%", "1.5million units".
var productStrength = regexp.MustCompile(`(?:^| )(\d[\d,.]*(?:million)? ?` + strengthUnit + `(?:/[\d,.]*(?:` + strengthUnit + `|dose|hour|actuation|24hours|hours))*)(?: |$|\))`)

const strengthUnit = `(?:micrograms?|nanograms?|mg|g|ml|litres?|units?|%|mmol|kg|mcg)`

// ParseProductName takes a name apart. It would rather leave a part empty than
// guess: "Dilzem SR 60 capsules" has no strength, for 60 has no unit.
func ParseProductName(name string) ProductName {
	name = withoutSupplier(CleanText(name))
	var p ProductName
	var strengths []string
	from, last := -1, 0
	for rest := 0; rest < len(name); {
		at := productStrength.FindStringSubmatchIndex(name[rest:])
		if at == nil {
			break
		}
		if from < 0 {
			from = rest + at[2]
		}
		strengths = append(strengths, name[rest+at[2]:rest+at[3]])
		last = rest + at[3]
		rest = last
	}
	if from < 0 {
		p.Substance, p.Form = splitForm(name)
		return p
	}
	p.Substance = strings.TrimSpace(name[:from])
	p.Strength = joinStrengths(strengths)
	if form := strings.TrimSpace(name[last:]); isForm(form) {
		p.Form = form
	} else if _, form := splitForm(form); form != "" {
		p.Form = form
	}
	return p
}

// withoutSupplier leaves out what stands in brackets at the end: who makes or
// sells it, and now and then what it is.
func withoutSupplier(name string) string {
	for strings.HasSuffix(name, ")") {
		depth, from := 0, -1
		for i := len(name) - 1; i > 0 && from < 0; i-- {
			switch name[i] {
			case ')':
				depth++
			case '(':
				if depth--; depth == 0 {
					from = i
				}
			}
		}
		if from < 0 {
			break
		}
		name = strings.TrimSpace(name[:from])
	}
	return name
}

// joinStrengths writes several as one; those that are in something stay apart.
func joinStrengths(all []string) string {
	between := "/"
	for _, s := range all {
		if strings.Contains(s, "/") {
			between = " / "
		}
	}
	return strings.Join(all, between)
}

// splitForm splits a name before the words at its end that tell the form.
func splitForm(name string) (substance, form string) {
	words := strings.Fields(name)
	from := len(words)
	for from > 0 && formWords[strings.ToLower(words[from-1])] {
		from--
	}
	form = strings.Join(words[from:], " ")
	if !isForm(form) {
		return name, ""
	}
	return strings.Join(words[:from], " "), form
}

// isForm tells whether words name a form, and not only how one is made.
func isForm(words string) bool { return doseFormOf(words) != nil }

// formWords are the words dm+d tells forms with.
var formWords = func() map[string]bool {
	out := make(map[string]bool)
	for word := range strings.FieldsSeq(`tablets tablet caplets capsules capsule modified-release prolonged-release gastro-resistant
		chewable dispersible orodispersible soluble effervescent sublingual buccal m/r e/c oral solution suspension liquid
		syrup elixir linctus mixture emulsion drops sugar free paediatric concentrated concentrate powder granules sachets sachet
		for injection infusion ampoules vials pre-filled syringes pens cartridges inhaler autohaler evohaler accuhaler turbohaler
		breath actuated cfc dry cfc-free nebuliser nebules liquid inhalation patches patch transdermal plasters medicated
		cream ointment gel lotion foam spray nasal eye ear suppositories pessaries enema rectal lozenges pastilles films film
		wafers lyophilisates hard soft shampoo paste mouthwash and solvent unit dose scalp cutaneous vaginal`) {
		out[word] = true
	}
	return out
}()
