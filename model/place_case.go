package model

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// TitleCasePlace turns the name or the address line of an organisation, which
// ODS writes in capitals, into one that can be read: "THE DENSHAM SURGERY" to
// "The Densham Surgery", "STOCKTON ON TEES" to "Stockton on Tees". Initials such
// as NHS and GP stay. Text with any small letter in it is left alone.
func TitleCasePlace(s string) string {
	if !allCapitals(s) {
		return s
	}
	var b strings.Builder
	b.Grow(len(s))
	start, first := 0, true
	for i, r := range s {
		if unicode.IsLetter(r) || unicode.IsMark(r) || unicode.IsNumber(r) || isApostrophe(r) {
			continue
		}
		if i > start {
			writePlaceWord(&b, s[start:i], first)
			first = false
		}
		b.WriteRune(r)
		first = first || r == '(' || r == ','
		start = i + utf8.RuneLen(r)
	}
	if start < len(s) {
		writePlaceWord(&b, s[start:], first)
	}
	return b.String()
}

func writePlaceWord(b *strings.Builder, word string, first bool) {
	switch {
	case placeSmall[word] && !first:
		b.WriteString(strings.ToLower(word))
	case placeInitials[word] || hasNoVowel(word) && !placeShort[word]:
		b.WriteString(word)
	case word[0] >= '0' && word[0] <= '9':
		writeNumbered(b, word)
	default:
		writeTitled(b, word)
	}
}

// writeNumbered writes "1ST" as "1st" and keeps the letters of "2A" and "24HR".
func writeNumbered(b *strings.Builder, word string) {
	digits := strings.TrimRight(word, "ABCDEFGHIJKLMNOPQRSTUVWXYZ")
	switch word[len(digits):] {
	case "ST", "ND", "RD", "TH":
		word = strings.ToLower(word)
	}
	b.WriteString(word)
}

// hasNoVowel tells initials from words. Y is a vowel, as in Bryn, and so is W
// inside a word, as in Cwm.
func hasNoVowel(word string) bool {
	for i, r := range word {
		inside := i > 0 && i < len(word)-1
		if r >= utf8.RuneSelf || strings.ContainsRune("AEIOUY0123456789", r) || isApostrophe(r) || r == 'W' && inside {
			return false
		}
	}
	return len(word) > 1
}

var (
	placeSmall = wordSet("AND AT BY CUM DE EN FOR IN LE NEXT OF ON OR THE TO UNDER UPON WITH Y YN YR")

	// placeInitials look like words, and are not.
	placeInitials = wordSet(`ADHD AQP APMS BMI CAMHS CIC COPD ENT EPUT GP GPSI HIV HMP HMYOI IAPT ICB IRC IUC
		LHB MIU NE NHS NW OOH PCT PMS SE SW UCC UK UTC WIC YOI II III IV VI`)

	// placeShort are words written short, and not initials.
	placeShort = wordSet(`BLDG BLK CL CNTR CT CTR DR DRS FL FLR FT GDNS GR GRP GRT HLTH HTH JR LN LTD MR MRS MS MT NR PK PL
		RD SQ SR ST STN STR SUPP TH TN`)
)
