package model_test

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"runtime"
	"slices"
	"strings"
	"testing"

	"github.com/throughgate/throughgate/model"
	"pgregory.net/rapid"
)

func TestTheCheckDigitOfACodeFindsASlip(t *testing.T) {
	for code, want := range map[string]bool{
		"138875005": true, "373942005": true, "999000031000000106": true, // the root concept, a composition type, a UK module
		"138875006": false, "138875": false, "13887500": false, "": false, "0138875005": false, "13887500x": false, "9990000310000001060": false,
	} {
		if got := model.ValidSNOMED(code); got != want {
			t.Errorf("%s: %v", code, got)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		code := []byte(rapid.SampledFrom([]string{"138875005", "999000031000000106"}).Draw(t, "code"))
		at := rapid.IntRange(1, len(code)-2).Draw(t, "at")
		if rapid.Bool().Draw(t, "changed round") {
			if code[at] == code[at+1] {
				return
			}
			code[at], code[at+1] = code[at+1], code[at]
		} else {
			code[at] = '0' + (code[at]-'0'+byte(rapid.IntRange(1, 9).Draw(t, "by")))%10
		}
		if model.ValidSNOMED(string(code)) {
			t.Fatalf("%s passes", code)
		}
	})
}

func TestCategoriesStandForSchedules(t *testing.T) {
	for text, want := range map[string]model.Schedule{
		"0000": model.ScheduleNone, "0001": model.Schedule2, "0002": model.Schedule2, "0003": model.Schedule2, "0004": model.Schedule3,
		"0005": model.Schedule3, "0006": model.Schedule3, "0007": model.Schedule3,
		"0008": model.Schedule4Part2, "0009": model.Schedule4Part1, // as the BNF has it: benzodiazepines are part 1
		"0010": model.Schedule5, "10": model.Schedule5, "2": model.Schedule2, "": model.ScheduleByTable,
	} {
		c, known := model.ParseCDCategory(text)
		if !known || c.Schedule() != want {
			t.Errorf("%q: %q, %v", text, c.Schedule(), known)
		}
	}
	for _, text := range []string{"0011", "x", "00002", "Sch 2"} {
		if _, known := model.ParseCDCategory(text); known {
			t.Errorf("%q is a category", text)
		}
	}
}

func TestMedicinesAreReadFromTheirFile(t *testing.T) {
	file := strings.Join([]string{
		"\ufeffCode,Name,Type,CATCD,Form,Strength,sources",
		"138875005,Sertraline 50mg tablets,VMP,0,,,x",
		`373942005,"Methadone 1mg/ml oral, solution",vmp,0002,oral solution,1mg/ml,x`,
		"138875006,Wrong digit,VMP,,,,",
		"138875005,Again,VMP,,,,",
		"404684003,,VMP,,,,",
		"404684003,A pack,VMPP,,,,",
		"404684003,A drug,AMP,77,,,",
		"404684003,VMP previous to 138875005,VMP,,,,",
		"404684003,Zy\x1b[31mdol\a 50mg capsules,AMP",
		"71388002," + strings.Repeat("x", 256) + ",AMP",
		`64572001,"not closed`,
	}, "\n")
	all, bad, err := model.ParseProducts(strings.NewReader(file))
	if err != nil {
		t.Fatal(err)
	}
	want := []model.Product{
		{Code: "138875005", Name: "Sertraline 50mg tablets", Type: model.GenericProduct, Category: "0000"},
		{Code: "373942005", Name: "Methadone 1mg/ml oral, solution", Type: model.GenericProduct, Category: "0002", Form: "oral solution", Strength: "1mg/ml"},
		{Code: "404684003", Name: "Zydol 50mg capsules", Type: model.BrandProduct},
	}
	if !slices.Equal(all, want) {
		t.Errorf("read %+v", all)
	}
	reasons := []string{"the last must check", "an earlier row", "no name", "neither VMP nor AMP", "none of 0000 to 0010", "stands in for another code", "longer than 255", "quotation mark"}
	for i, line := range []int{4, 5, 6, 7, 8, 9, 11, 12} {
		if i >= len(bad) || bad[i].Row != line || !strings.Contains(bad[i].Reason, reasons[i]) {
			t.Fatalf("line %d: %+v", line, bad)
		}
	}
	for _, file := range []string{"", "code,title\n1,2", "code,name\n1,x"} {
		if _, _, err := model.ParseProducts(strings.NewReader(file)); err == nil {
			t.Errorf("%q is a file of medicines", file)
		}
	}
}

// dm+d gives the category to the generic product alone; a brand without it would
// be no controlled drug.
func TestABrandHasTheCategoryOfItsGenericProduct(t *testing.T) {
	file := strings.Join([]string{
		"code,name,type,vpid,catcd,form,strength",
		"64572001,Zzbrand,AMP,138875005,,,", // before its generic product
		"138875005,Flunitrazepam 1mg tablets,VMP,,0009,tablets,1mg",
		"404684003,Flunitrazepam 1mg tablets (Roche Products Ltd),AMP,,,,",
		"373942005,Flunitrazepam 1mg tablets (Own Ltd),AMP,,0000,,",
		"71388002,Flunitrazepam 1mg tablets (Far Away Ltd),AMP,900000000000207008,,,", // of a product that the list lacks
	}, "\n")
	all, bad, err := model.ParseProducts(strings.NewReader(file))
	if err != nil || len(bad) > 0 {
		t.Fatal(err, bad)
	}
	got := map[string]model.CDCategory{}
	for _, p := range all {
		got[p.Code] = p.Category
	}
	for code, want := range map[string]model.CDCategory{"64572001": "0009", "138875005": "0009", "404684003": "0009", "373942005": "0000", "71388002": ""} {
		if got[code] != want {
			t.Errorf("%s has %q, want %q", code, got[code], want)
		}
	}
	if brand := all[0]; brand.Form != "tablets" || brand.Strength != "1mg" {
		t.Errorf("the brand is %+v", brand)
	}
}

func TestNamesOfProductsAreTakenApart(t *testing.T) {
	for name, want := range map[string]model.ProductName{
		"Sertraline 50mg tablets":                                   {Substance: "Sertraline", Strength: "50mg", Form: "tablets"},
		"Sertraline 50mg tablets (Actavis UK Ltd)":                  {Substance: "Sertraline", Strength: "50mg", Form: "tablets"},
		"Bisoprolol 10mg tablets (APC (Europe) Ltd)":                {Substance: "Bisoprolol", Strength: "10mg", Form: "tablets"},
		"Methadone 1mg/ml oral solution sugar free":                 {Substance: "Methadone", Strength: "1mg/ml", Form: "oral solution sugar free"},
		"Morphine sulfate 10mg/5ml oral solution":                   {Substance: "Morphine sulfate", Strength: "10mg/5ml", Form: "oral solution"},
		"Buprenorphine 8mg / Naloxone 2mg sublingual tablets":       {Substance: "Buprenorphine", Strength: "8mg/2mg", Form: "sublingual tablets"},
		"Amiloride 10mg/5ml / Furosemide 125mg/5ml oral suspension": {Substance: "Amiloride", Strength: "10mg/5ml / 125mg/5ml", Form: "oral suspension"},
		"Co-codamol 8mg/500mg tablets":                              {Substance: "Co-codamol", Strength: "8mg/500mg", Form: "tablets"},
		"Salbutamol 100micrograms/dose inhaler CFC free":            {Substance: "Salbutamol", Strength: "100micrograms/dose", Form: "inhaler CFC free"},
		"Fentanyl 12micrograms/hour transdermal patches":            {Substance: "Fentanyl", Strength: "12micrograms/hour", Form: "transdermal patches"},
		"Moxonidine 0.2mg tablets":                                  {Substance: "Moxonidine", Strength: "0.2mg", Form: "tablets"},
		"Hydrocortisone 1% cream":                                   {Substance: "Hydrocortisone", Strength: "1%", Form: "cream"},
		"Colecalciferol 1,000unit capsules":                         {Substance: "Colecalciferol", Strength: "1,000unit", Form: "capsules"},
		"Dilzem SR 60 capsules":                                     {Substance: "Dilzem SR 60", Form: "capsules"},
		"Oramorph 20mg/ml concentrated oral solution":               {Substance: "Oramorph", Strength: "20mg/ml", Form: "concentrated oral solution"},
		"Microgynon 30 tablets":                                     {Substance: "Microgynon 30", Form: "tablets"},
		"Glandosane":                                                {Substance: "Glandosane"},
		"Sertraline":                                                {Substance: "Sertraline"},
		"":                                                          {},
		"50mg":                                                      {Strength: "50mg"},
		"(((":                                                       {Substance: "((("}, "x)": {Substance: "x)"},
	} {
		if got := model.ParseProductName(name); got != want {
			t.Errorf("%q: %+v", name, got)
		}
	}
}

func smallProducts(tb testing.TB) *model.ProductIndex {
	tb.Helper()
	var all []model.Product
	for i, row := range []string{
		"Sertraline 25mg tablets|VMP", "Sertraline 50mg tablets|VMP", "Sertraline 100mg tablets|VMP", "Sertraline 50mg tablets (Actavis UK Ltd)|AMP",
		"Sertraline 50mg/5ml oral suspension|VMP", "Lustral 50mg tablets|AMP", "Ramipril 5mg capsules|VMP", "Ramipril 2.5mg capsules|VMP",
		"Levetiracetam 500mg tablets|VMP", "Methadone 1mg/ml oral solution|VMP", "Physeptone 1mg/ml oral solution|AMP",
		"Colecalciferol 1,000unit capsules|VMP", "Fentanyl 100microgram sublingual tablets|VMP", "Café-prim 5mg tablets|", "Hydrocortisone 1% cream|VMP",
		"Dilzem SR 60 capsules (Teva UK Ltd)|AMP", "Testosterone 50mg gel sachets|VMP",
	} {
		name, kind, _ := strings.Cut(row, "|")
		all = append(all, model.Product{Code: fmt.Sprint(1000000 + i), Name: name, Type: model.ProductType(kind)})
	}
	return model.NewProductIndex(slices.Values(all))
}

func namesOf(hits []model.ProductHit) string {
	var names []string
	for _, h := range hits {
		names = append(names, h.Name)
	}
	return strings.Join(names, "; ")
}

func TestMedicinesAreFoundAsTyped(t *testing.T) {
	x := smallProducts(t)
	for text, want := range map[string]string{
		"sert":                "Sertraline 25mg tablets; Sertraline 50mg tablets; Sertraline 50mg/5ml oral suspension; Sertraline 100mg tablets; Sertraline 50mg tablets (Actavis UK Ltd)",
		"SERTRALINE 50":       "Sertraline 50mg tablets; Sertraline 50mg/5ml oral suspension; Sertraline 50mg tablets (Actavis UK Ltd)",
		"sertraline 50 mg t":  "Sertraline 50mg tablets; Sertraline 50mg tablets (Actavis UK Ltd)",
		"sertraline 50 m":     "Sertraline 50mg tablets; Sertraline 50mg/5ml oral suspension; Sertraline 50mg tablets (Actavis UK Ltd)",
		"50mg sert tab":       "Sertraline 50mg tablets; Sertraline 50mg tablets (Actavis UK Ltd)",
		"tablets lustral":     "Lustral 50mg tablets",
		"ramipril 5":          "Ramipril 5mg capsules", // and not 2.5mg
		"ramipril 2.5mg":      "Ramipril 2.5mg capsules",
		"ramipril":            "Ramipril 2.5mg capsules; Ramipril 5mg capsules",
		"1000 unit":           "Colecalciferol 1,000unit capsules",
		"fentanyl 100mcg":     "Fentanyl 100microgram sublingual tablets",
		"fentanyl 100 mcg":    "Fentanyl 100microgram sublingual tablets",
		"cafe prim":           "Café-prim 5mg tablets",
		"hydro 1%":            "Hydrocortisone 1% cream",
		"1mg/ml":              "Methadone 1mg/ml oral solution; Physeptone 1mg/ml oral solution", // generic first
		"dilzem sr":           "Dilzem SR 60 capsules (Teva UK Ltd)",
		"1000009":             "Methadone 1mg/ml oral solution", // a code
		"sertaline 25":        "Sertraline 25mg tablets",        // a letter left out
		"sertrlaine 25mg":     "Sertraline 25mg tablets",        // two changed round
		"sertralinne 25mg":    "Sertraline 25mg tablets",        // one too many
		"levotiracetam":       "Levetiracetam 500mg tablets",    // one wrong
		"levitiracetem":       "Levetiracetam 500mg tablets",    // two wrong
		"methodon":            "Methadone 1mg/ml oral solution",
		"sertaline 35mg":      "", // a strength holds no slip
		"nothing like it":     "",
		"xertraline":          "",
		"":                    "",
		" -- ":                "",
		"sertraline nothing":  "",
		"a b c d e f g h i j": "",
	} {
		hits, total := x.Search(text, 20)
		if got := namesOf(hits); got != want || total != len(hits) {
			t.Errorf("%q (%d):\n got %s\nwant %s", text, total, got, want)
		}
	}
	hits, total := x.Search("tablets", 2)
	if len(hits) != 2 || total != 8 {
		t.Errorf("%d of %d", len(hits), total)
	}
	if hits, _ := x.Search("sertaline", 1); !hits[0].Near {
		t.Error("a slip is not told from what was typed")
	}
	if _, found := x.Find("999"); found || x.Len() != 17 {
		t.Error("a code that is not there is found")
	}
	if none, total := model.NewProductIndex(slices.Values([]model.Product{})).Search("x", 5); none != nil || total != 0 {
		t.Error("an empty index finds something")
	}
}

// What a list says of form, strength and category comes back with its product.
func TestAProductComesBackAsItWent(t *testing.T) {
	all := []model.Product{
		{Code: "138875005", Name: "Methadone mixture", Type: model.GenericProduct, Category: "0002", Form: "oral solution", Strength: "1mg/ml"},
		{Code: "373942005", Name: "Aspirin 75mg tablets", Type: model.BrandProduct},
		{Code: "404684003", Name: "Zopiclone 7.5mg tablets", Category: "0009"},
	}
	x := model.NewProductIndex(slices.Values(all))
	for _, want := range all {
		if got, found := x.Find(want.Code); !found || got != want {
			t.Errorf("%+v came back as %+v", want, got)
		}
	}
}

// Whatever beginnings of words are typed in whatever order, the product they
// were taken from is among the answers, and every answer has all of them.
func TestEveryProductIsFoundByBeginningsOfItsWords(t *testing.T) {
	products := inventedProducts(2000)
	x := model.NewProductIndex(slices.Values(products))
	rapid.Check(t, func(t *rapid.T) {
		p := rapid.SampledFrom(products).Draw(t, "product")
		words := strings.Fields(strings.NewReplacer("(", " ", ")", " ", "/", " ", "-", " ").Replace(strings.ToLower(p.Name)))
		typed := rapid.Permutation(words).Draw(t, "order")[:rapid.IntRange(1, min(4, len(words))).Draw(t, "words")]
		for i, w := range typed {
			if w[0] >= 'a' {
				typed[i] = w[:rapid.IntRange(1, len(w)).Draw(t, "letters")]
			}
		}
		hits, total := x.Search(strings.Join(typed, " "), 500)
		if total <= 500 && !slices.ContainsFunc(hits, func(h model.ProductHit) bool { return h.Code == p.Code }) {
			t.Fatalf("%q does not find %s among %d", typed, p.Name, total)
		}
	})
}

func TestTheRealListOfMedicinesIsReadAndFound(t *testing.T) {
	file := realFile(t, "dmd-subset.csv")
	if file == nil {
		return
	}
	all, bad, err := model.ParseProducts(bytes.NewReader(file))
	if err != nil || len(all) < 6000 {
		t.Fatal(len(all), err)
	}
	for _, b := range bad {
		if !strings.Contains(b.Reason, "stands in for another code") {
			t.Errorf("%s", b.Error())
		}
	}
	whole, formed := 0, 0
	for _, p := range all {
		got := model.ParseProductName(p.Name)
		if got.Strength != "" {
			whole++
		}
		if got.Form != "" {
			formed++
		}
		if got.Substance == "" || strings.Contains(got.Form, "(") {
			t.Errorf("%q is %+v", p.Name, got)
		}
	}
	t.Logf("%d names, %d with strength, %d with form, %d rows left out", len(all), whole, formed, len(bad))
	if whole < len(all)*97/100 || formed < len(all)*97/100 {
		t.Error("too few names are taken apart")
	}
	x := model.NewProductIndex(slices.Values(all))
	for text, first := range map[string]string{
		"methadone 40mg amp": "Methadone 40mg/1ml solution for injection ampoules",
		"ramipril 5mg caps":  "Ramipril 5mg capsules",
		"ramipirl 5mg caps":  "Ramipril 5mg capsules",
	} {
		hits, _ := x.Search(text, 5)
		if len(hits) == 0 || !strings.HasPrefix(hits[0].Name, first) || hits[0].Type != model.GenericProduct {
			t.Errorf("%q: %s", text, namesOf(hits))
		}
	}
}

// inventedProducts makes names of the shape and variety of the whole list: some
// thousands of substances, each in strengths, forms and brands.
func inventedProducts(n int) []model.Product {
	random := rand.New(rand.NewPCG(20240401, 2))
	pick := func(words ...string) string { return words[random.IntN(len(words))] }
	syllable := func() string {
		return pick("ser", "tra", "li", "ne", "met", "for", "min", "ome", "pra", "zol", "ami", "trip", "ty", "qui", "lev", "eti", "cet", "am", "do", "xa")
	}
	suppliers := make([]string, 400)
	for i := range suppliers {
		suppliers[i] = " (" + strings.ToUpper(syllable()[:1]) + syllable() + syllable() + syllable() + pick(" Ltd", " UK Ltd", " Healthcare Ltd", " Pharmaceuticals Plc") + ")"
	}
	out := make([]model.Product, 0, n)
	for len(out) < n {
		substance := strings.ToUpper(syllable()[:1]) + syllable() + syllable() + syllable() + pick("", "ine", "ol", "ide", "")
		form := pick("tablets", "tablets", "tablets", "capsules", "modified-release tablets", "oral solution", "oral suspension sugar free", "solution for injection ampoules", "cream")
		for range 1 + random.IntN(12) {
			name := fmt.Sprintf("%s %s%s %s", substance, pick("2.5", "5", "10", "20", "25", "50", "100", "250", "500", "1,000"), pick("mg", "mg", "mg", "microgram", "mg/5ml"), form)
			out = append(out, model.Product{Code: fmt.Sprint(1_000_000_000 + len(out)), Name: name, Type: model.GenericProduct, Category: "0000"})
			for range random.IntN(8) {
				out = append(out, model.Product{Code: fmt.Sprint(1_000_000_000 + len(out)), Name: name + pick(suppliers...), Type: model.BrandProduct, Category: "0000"})
			}
		}
	}
	return out[:n]
}

const wholeList = 200_000

// A key of the picker over a list of the size of the whole of dm+d: single
// letters, common words, and slips, which look at every word.
func BenchmarkProductSearch(b *testing.B) {
	x := model.NewProductIndex(slices.Values(inventedProducts(wholeList)))
	for _, text := range []string{"s", "t", "tab", "se ta", "m m m", "sertra 50mg tab", "tablets ltd uk mg", "sertaline tablets", "zzqqxxyy", "1000000007"} {
		b.Run(text, func(b *testing.B) {
			for b.Loop() {
				x.Search(text, 50)
			}
		})
	}
}

func BenchmarkProductIndexBuild(b *testing.B) {
	products := inventedProducts(wholeList)
	for b.Loop() {
		model.NewProductIndex(slices.Values(products))
	}
}

// The whole list is kept in memory for as long as the program runs.
func TestTheIndexOfTheWholeListIsSmall(t *testing.T) {
	before := heapNow()
	x := model.NewProductIndex(slices.Values(inventedProducts(wholeList)))
	used := (heapNow() - before) >> 10
	t.Logf("%d KiB for %d names", used, x.Len())
	if used > 60<<10 {
		t.Errorf("the index of %d names takes %d KiB", x.Len(), used)
	}
	runtime.KeepAlive(x)
}
