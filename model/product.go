package model

import (
	"cmp"
	"io"
	"strings"
)

// Product is one line of the dictionary of medicines and devices (dm+d): a
// generic product (VMP) or a brand of one (AMP).
type Product struct {
	Code     string      `json:"code"` // SNOMED CT identifier
	Name     string      `json:"name"` // as dm+d writes it
	Type     ProductType `json:"type,omitempty"`
	Category CDCategory  `json:"cd,omitempty"`       // where the list says it
	Form     string      `json:"form,omitempty"`     // where the list says it, apart from the name
	Strength string      `json:"strength,omitempty"` // the same
}

// ProductType tells generic products from brands.
type ProductType string

// The types of the list; "" where it does not say.
const (
	GenericProduct ProductType = "VMP"
	BrandProduct   ProductType = "AMP"
)

// Words returns the type as it is shown.
func (t ProductType) Words() string {
	switch t {
	case GenericProduct:
		return "generic"
	case BrandProduct:
		return "brand"
	}
	return ""
}

// mostProductName is the most letters of a name: dm+d itself has no longer ones.
const mostProductName = 255

// ParseProducts reads a CSV file of dm+d products with a header that names at
// least code and name. type (VMP or AMP), vpid (of a brand, the code of its generic
// product), catcd (0000 to 0010), form and strength are read where they are there. A
// brand has the controlled-drug category, form and strength of its generic product
// where its own row says none: dm+d gives them to the latter alone. Rows that cannot be used are listed; an error,
// of KindInvalid or KindOutside, means that the file as a whole cannot.
func ParseProducts(r io.Reader) ([]Product, []RowError, error) {
	rows, err := newCSVReader(r)
	if err != nil {
		return nil, nil, err
	}
	columns, err := rows.readHeader("medicines", "code", "name")
	if err != nil {
		return nil, nil, err
	}
	generic := make(map[string]string) // by the code of a brand
	all, err := readRows(rows, nil, func(fields []string) (Product, string, string) {
		row, reason := productOfRow(columns, fields)
		if of := columns.get(fields, "vpid"); of != "" && reason == "" {
			generic[row.Code] = strings.Clone(of)
		}
		return row, row.Code, reason
	}, "Its code stands in an earlier row.")
	if err != nil {
		return nil, nil, err
	}
	if len(all) == 0 {
		return nil, rows.rejected(), Invalid("No row of this file is a medicine.", "Import dm+d products with the columns code and name.")
	}
	inheritGeneric(all, generic)
	return all, rows.rejected(), nil
}

// inheritGeneric gives each brand what its generic product has and its own row
// does not say. A list without vpid names the generic product at the beginning of
// the brand: "Sertraline 50mg tablets (Actavis UK Ltd)".
func inheritGeneric(all []Product, generic map[string]string) {
	byCode, byName := make(map[string]int), make(map[string]int)
	for i, p := range all {
		if p.Type != BrandProduct {
			byCode[p.Code], byName[Fold(p.Name)] = i, i
		}
	}
	for i := range all {
		p := &all[i]
		if p.Type != BrandProduct || p.Category != "" {
			continue
		}
		at, found := byCode[generic[p.Code]]
		if name, _, supplied := strings.Cut(p.Name, " ("); !found && generic[p.Code] == "" && supplied {
			at, found = byName[Fold(name)]
		}
		if found {
			p.Category, p.Form, p.Strength = all[at].Category, cmp.Or(p.Form, all[at].Form), cmp.Or(p.Strength, all[at].Strength)
		}
	}
}

// productOfRow reads one row, or says why it cannot be used.
func productOfRow(columns header, fields []string) (Product, string) {
	get := func(column string) string { return columns.get(fields, column) }
	category, known := ParseCDCategory(get("catcd"))
	p := Product{
		Code: get("code"), Name: get("name"), Type: ProductType(strings.ToUpper(get("type"))), Category: category,
		Form: get("form"), Strength: get("strength"),
	}
	switch {
	case !ValidSNOMED(p.Code):
		return Product{}, "Its code is not a SNOMED CT code: it needs 6 to 18 digits, of which the last must check."
	case p.Name == "":
		return Product{}, "It has no name."
	case len([]rune(p.Name)) > mostProductName:
		return Product{}, "Its name is longer than 255 letters."
	case strings.HasPrefix(p.Name, "VMP previous to "), strings.HasPrefix(p.Name, "VMP subsequent to "):
		return Product{}, "It stands in for another code and is no medicine."
	case p.Type != "" && p.Type.Words() == "":
		return Product{}, "Its type is neither VMP nor AMP."
	case !known:
		return Product{}, "Its controlled-drug category is none of 0000 to 0010."
	case len(p.Form) > 80 || len(p.Strength) > 80:
		return Product{}, "Its form or strength is longer than 80 letters."
	}
	p.Code, p.Name = strings.Clone(p.Code), strings.Clone(p.Name) // or each row keeps the whole line of the file
	return p, ""
}
