package tui

import (
	"strings"

	"github.com/throughgate/throughgate/model"
	"github.com/throughgate/throughgate/tui/part"
)

// noProducts is said where somebody would pick a medicine.
const noProducts = "No list of medicines has come to this workstation yet, so names are kept as typed. The service imports it at the hub (throughgate-hub import medicines FILE)."

// productMost is how many answers a search shows, besides the name as typed.
const productMost = 19

// productField asks for a medicine, found as one types over the whole of dm+d.
// What is typed can always be taken as it stands: a medicine that the list does
// not have is prescribed all the same.
func productField(e *env) part.Field {
	return part.Field{
		Key: "name", Kind: part.PickerField, Label: "Medicine", Inline: true, Rows: 7, Required: "Choose the medicine",
		Hint: "Beginnings of words in any order, such as sert 50 tab, or its code. Not in the list? Choose it as typed.", Keys: "Tab takes it as typed.", Find: findProducts(e), Typed: productAsTyped,
	}
}

func findProducts(e *env) func(string) part.Found {
	return func(query string) part.Found {
		x := e.Products()
		var found part.Found
		if x == nil {
			found.Problem = noProducts
		} else {
			hits, total := x.Search(query, productMost)
			found.Total = total
			for _, hit := range hits {
				found.Options = append(found.Options, productOption(hit))
			}
		}
		if option := productAsTyped(query); option.Label != "" {
			found.Options = append(found.Options, option)
			found.Total++
		}
		return found
	}
}

// productAsTyped is a medicine by the name somebody typed: as prescribed, with no
// code.
func productAsTyped(text string) part.Option {
	typed := strings.Join(strings.Fields(part.Clean(text)), " ")
	return part.Option{Value: answerOfProduct("", typed), Label: typed, Hint: "as typed, without a code"}
}

// productOption is a product in one line. One found only by allowing for a slip
// says so, for names that are nearly the same may be different medicines.
func productOption(hit model.ProductHit) part.Option {
	var hints []string
	if hit.Near {
		hints = append(hints, "CHECK: nearly as typed")
	}
	if cd := (model.Prescribed{Name: hit.Name, Category: hit.Category}).CD(); cd != model.ScheduleNone {
		hints = append(hints, "CD"+string(cd))
	}
	return part.Option{Value: answerOfProduct(hit.Code, hit.Name), Label: hit.Name, Hint: strings.Join(hints, "  "), Kind: hit.Type.Words()}
}

// answerOfProduct is how the form holds which medicine: its code, "" where it
// has none, and its name.
func answerOfProduct(code, name string) string { return code + "\t" + name }

func productAnswer(answer string) (code, name string) {
	code, name, _ = strings.Cut(answer, "\t")
	return code, name
}

// pickedProduct is the medicine that an answer names, with what the list and its
// name say of it.
func pickedProduct(x *model.ProductIndex, answer string) model.Product {
	code, name := productAnswer(answer)
	p := model.Product{Code: code, Name: name}
	if x != nil && code != "" {
		if listed, found := x.Find(code); found {
			p.Category, p.Form, p.Strength = listed.Category, listed.Form, listed.Strength
		}
	}
	parts := model.ParseProductName(name)
	if p.Form == "" {
		p.Form = parts.Form
	}
	if p.Strength == "" {
		p.Strength = parts.Strength
	}
	return p
}

// productFollows lets strength and form follow from the medicine that was just
// chosen. What somebody typed there stays, unless the new name says otherwise.
func productFollows(e *env) func(before, now part.Values) map[string]string {
	return func(before, now part.Values) map[string]string {
		if before["name"] == now["name"] {
			return nil
		}
		x := e.Products()
		was, is := pickedProduct(x, before["name"]), pickedProduct(x, now["name"])
		out := make(map[string]string)
		for _, f := range []struct{ key, was, is string }{{"strength", was.Strength, is.Strength}, {"form", was.Form, is.Form}} {
			if f.is != "" || f.was != "" && now[f.key] == f.was {
				out[f.key] = f.is
			}
		}
		return out
	}
}
