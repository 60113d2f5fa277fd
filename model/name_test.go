package model_test

import (
	"encoding/json"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/throughgate/throughgate/model"
	"pgregory.net/rapid"
)

func TestOfficialNameIsFamilyInCapitalsThenGiven(t *testing.T) {
	for _, c := range []struct {
		family, want, full, natural string
		given                       []string
	}{
		{family: "Smith", given: []string{"John", "William"}, want: "SMITH, John", full: "SMITH, John William", natural: "John Smith"},
		{family: "Nguyễn", given: []string{"Thị Minh Khai"}, want: "NGUYỄN, Thị", full: "NGUYỄN, Thị Minh Khai", natural: "Thị Nguyễn"},
		{family: "O'Brien", given: []string{"Siân"}, want: "O'BRIEN, Siân", full: "O'BRIEN, Siân", natural: "Siân O'Brien"},
		{family: "Weiß", given: []string{"Jörg"}, want: "WEISS, Jörg", full: "WEISS, Jörg", natural: "Jörg Weiß"},
		{family: "Yılmaz", given: []string{"İsmail"}, want: "YILMAZ, İsmail", full: "YILMAZ, İsmail", natural: "İsmail Yılmaz"},
		{family: "ბერიძე", given: []string{"ნინო"}, want: "ბერიძე, ნინო", full: "ბერიძე, ნინო", natural: "ნინო ბერიძე"},
		{family: "Sukarno", want: "SUKARNO", full: "SUKARNO", natural: "Sukarno"},
		{given: []string{"Madonna"}, want: "MADONNA", full: "MADONNA", natural: "Madonna"},
		{family: "山田", given: []string{"太郎"}, want: "山田, 太郎", full: "山田, 太郎", natural: "太郎 山田"},
		{family: "محمد", given: []string{"علی\u200cرضا"}, want: "محمد, علی\u200cرضا", full: "محمد, علی\u200cرضا", natural: "علی\u200cرضا محمد"},
	} {
		name, err := model.ParsePersonName(c.family, c.given...)
		if err != nil {
			t.Errorf("%s: %v", c.want, err)
			continue
		}
		if name.Official() != c.want || name.OfficialFull() != c.full || name.Natural() != c.natural {
			t.Errorf("got %q, %q, %q; want %q", name.Official(), name.OfficialFull(), name.Natural(), c.want)
		}
	}
	if got := (model.PersonName{}).Official(); got != "Not recorded" {
		t.Errorf("no name is shown as %q", got)
	}
}

func TestNameSurvivesTheWire(t *testing.T) {
	name := model.PersonName{Family: "Pryce", Given: []string{"Llŷr", "Siân"}}
	bytes, err := json.Marshal(name)
	if err != nil {
		t.Fatal(err)
	}
	if string(bytes) != `{"family":"Pryce","given":["Llŷr","Siân"]}` {
		t.Errorf("wire form %s", bytes)
	}
	var back model.PersonName
	if err := json.Unmarshal(bytes, &back); err != nil || !back.Equal(name) {
		t.Errorf("came back as %v, %v", back, err)
	}
}

func TestNamesThatCannotBeKeptAreRefused(t *testing.T) {
	for said, name := range map[string][]string{
		"Enter a name.":                               {"", "", " "},
		"A name needs a letter.":                      {".", "-"},
		"A name may have 80 characters at most.":      {strings.Repeat("ŵ", 81)},
		"There are too many given names.":             {"A", strings.Repeat("B ", 21)},
		"Some letters of the name could not be read.": {"Si\xe2n"},
		"": {strings.Repeat("ŵ", 80), strings.Repeat("John ", 20)},
		"Some letters of the name could not be read. ": {"Jo\ue000hn"},
	} {
		_, err := model.ParsePersonName(name[0], name[1:]...)
		got := ""
		if err != nil {
			got = err.(*model.Error).Msg
		}
		if got != strings.TrimSpace(said) {
			t.Errorf("%q: said %q, want %q", name, got, said)
		}
	}
}

func TestCustodyNamesAreReadable(t *testing.T) {
	for _, c := range []struct{ first, middle, last, want string }{
		{"JOHN", " ", "SMITH", "SMITH, John"},
		{"JOHN    ", "WILLIAM HENRY", " SMITH", "SMITH, John William Henry"},
		{"LLŶR", "", "AP HUW", "AP HUW, Llŷr"},
		{"ANNE-MARIE", "", "O'BRIEN", "O'BRIEN, Anne-Marie"},
		{"Siân", "", "MCDONALD", "MCDONALD, Siân"},
		{"", "", "PRINCE", "PRINCE"},
		{"TEST", "J117", "USER25", "USER25, Test J117"},
		{"D'ANGELO", "", "", "D'ANGELO"},
		{"TE'O", "", "SMITH", "SMITH, Te'o"},
		{"DE\u2019ANDRE", "", "SMITH", "SMITH, De\u2019andre"},
		{"J", "R", "SMITH", "SMITH, J R"},
	} {
		name, err := model.NameFromCustody(c.first, c.middle, c.last)
		if err != nil || name.OfficialFull() != c.want {
			t.Errorf("%q %q %q: got %q, %v", c.first, c.middle, c.last, name.OfficialFull(), err)
		}
	}
	if name, _ := model.NameFromCustody("X", "", "MCDONALD"); name.Family != "McDonald" {
		t.Errorf("family name %q", name.Family)
	}
}

func TestCleanTextLeavesNothingThatMovesACursor(t *testing.T) {
	for in, want := range map[string]string{
		"  John   Smith ":                  "John Smith",
		"\x1b[31mJohn\x1b[0m":              "John",
		"\x1b[200~John\x1b[201~":           "John",
		"\u009b31mJohn":                    "John",
		"\x1b]0;owned\x07John":             "John",
		"\x1b]0;owned\x1b\\John":           "John",
		"\x1b]John":                        "John",
		"John\x1b":                         "John",
		"Jo\x00hn":                         "John",
		"John\nSmith\tJones":               "John Smith Jones",
		"\u202eJohn\u202c":                 "John",
		"Jo\u200bhn\ufeff\u00ad":           "John",
		"Jo\u200dhn":                       "John",
		"علی\u200cرضا":                     "علی\u200cرضا",
		"علی \u200cرضا":                    "علی رضا",
		"Siân":                             "Siân",
		"Z" + strings.Repeat("\u0301", 99): "Z" + strings.Repeat("\u0301", 4),
		"\u0301John":                       "John",
		"Nguyễn\u00a0Thị":                  "Nguyễn Thị",
		"Si\xe2n":                          "Si\ufffdn",
		"\u3164":                           "",
		"👩\u200d⚕":                         "👩⚕",
	} {
		if got := model.CleanText(in); got != want {
			t.Errorf("%q: got %q, want %q", in, got, want)
		}
	}
}

func TestTitleCaseKeepsWhatWasWrittenWithCare(t *testing.T) {
	for in, want := range map[string]string{
		"JOHN": "John", "van der Berg": "van der Berg", "VAN DER BERG": "Van Der Berg", "O'BRIEN": "O'Brien",
		"LLŶR": "Llŷr", "ŻÓŁĆ": "Żółć", "MCKAY": "McKay", "MC": "Mc", "J": "J", "": "", "山田": "山田", "Ó": "Ó",
	} {
		if got := model.TitleCaseName(in); got != want {
			t.Errorf("%q: got %q, want %q", in, got, want)
		}
	}
}

func TestFoldFindsNamesHoweverTheyAreTyped(t *testing.T) {
	for in, want := range map[string]string{
		"O'Brien": "obrien", "O\u2019BRIEN": "obrien", "Anne-Marie": "anne marie", "  A1234AA ": "a1234aa",
		"Siân": "sian", "Sian\u0302": "sian", "Llŷr Ŵyn": "llyr wyn", "Nguyễn Thị": "nguyen thi", "Łukasz Żółć": "lukasz zolc",
		"Şahin YILMAZ": "sahin yilmaz", "Yılmaz İsmail": "yilmaz ismail", "Åse Bjørn Ærø": "ase bjorn aero", "Weiß": "weiss", "WEIẞ": "weiss",
		"Đorđe": "dorde", "Þór Guðmundsson": "thor gudmundsson", "ﬁona": "fiona", "ＳＭＩＴＨ　１": "smith 1",
		"Ёлкин": "елкин", "Μαρία": "μαρια", "Νίκος": "νικοσ", "أحمد": "احمد", "مُحَمَّد": "محمد", "علی\u200cرضا": "عليرضا",
		"कुमार": "कुमार", "山田": "山田", "": "", "---": "", "St. Paul's": "st pauls", "\xff": "", "K\u212a": "kk",
	} {
		if got := model.Fold(in); got != want {
			t.Errorf("%q: got %q, want %q", in, got, want)
		}
	}
}

func TestEveryRuneFoldsToSomethingStable(t *testing.T) {
	for r := rune(1); r <= 0x1ffff; r++ { // beyond are ideographs, which have no case
		once := model.Fold("a" + string(r) + "b")
		if twice := model.Fold(once); twice != once {
			t.Fatalf("U+%04X: %q folds on to %q", r, once, twice)
		}
		if upper := model.Fold(model.UpperName(string(r))); upper != model.Fold(string(r)) && r < 0x250 {
			t.Errorf("U+%04X: %q folds to %q, its capital to %q", r, r, model.Fold(string(r)), upper)
		}
	}
}

func TestTextRulesHoldForAnyText(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		checkTextRules(t, rapid.String().Draw(t, "text"))
	})
}

type failer interface {
	Helper()
	Fatalf(format string, args ...any)
}

func checkTextRules(t failer, s string) {
	t.Helper()
	if once := model.Fold(s); model.Fold(once) != once || strings.TrimSpace(once) != once || strings.Contains(once, "  ") {
		t.Fatalf("Fold of %q gives %q", s, once)
	}
	once := model.CleanText(s)
	if model.CleanText(once) != once || !utf8.ValidString(once) {
		t.Fatalf("CleanText of %q gives %q, then %q", s, once, model.CleanText(once))
	}
	if strings.ContainsAny(once, "\x1b\u009b\r\n\t\u202e") {
		t.Fatalf("CleanText of %q leaves control characters", s)
	}
	if titled := model.TitleCaseName(once); model.TitleCaseName(titled) != titled {
		t.Fatalf("TitleCaseName of %q is not stable", once)
	}
	if name, err := model.ParsePersonName(s, s); err == nil {
		if again, err := model.ParsePersonName(name.Family, name.Given...); err != nil || !again.Equal(name) {
			t.Fatalf("name of %q does not parse back: %v", s, err)
		}
		_, _, _ = name.Official(), name.Natural(), name.SortKey()
	}
}

func FuzzNames(f *testing.F) {
	for _, seed := range []string{"O'BRIEN", "Llŷr", "\x1b[31mx\x1b]0;a\x07", "علی\u200cرضا", "Z\u0301\u0301\u0301\u0301\u0301\u0301", "\xff\xfe", "\u009d1"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, s string) { checkTextRules(t, s) })
}
