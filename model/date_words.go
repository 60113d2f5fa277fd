package model

import (
	"strconv"
	"strings"
	"unicode"
)

// dateWords splits a typed date at its separators, and where letters and digits
// meet ("3aug80"), and drops what carries no meaning ("of", "the", "3rd").
func dateWords(text string) []string {
	var words []string
	start, kind := 0, 0
	flush := func(end int) {
		if kind != 0 {
			words = appendDateWord(words, text[start:end])
		}
	}
	for i, r := range text {
		now := 3 // anything odd stays a word of its own, and is refused
		switch {
		case strings.ContainsRune(" /-.,\\_", r) || (r >= '\u2010' && r <= '\u2015'):
			now = 0
		case r >= '0' && r <= '9':
			now = 1
		case unicode.IsLetter(r):
			now = 2
		}
		if now != kind {
			flush(i)
			start, kind = i, now
		}
	}
	flush(len(text))
	return words
}

func appendDateWord(words []string, word string) []string {
	switch word {
	case "of", "the":
		return words
	case "st", "nd", "rd", "th":
		if len(words) > 0 && allDigits(words[len(words)-1]) {
			return words
		}
	}
	return append(words, word)
}

// readDateWords reads the words of a date without its weekday.
func readDateWords(words []string, today Day) ([]DateReading, error) {
	switch len(words) {
	case 1:
		return readRunTogether(words[0])
	case 2:
		return readTwoWords(words[0], words[1], today)
	case 3:
		return readThreeWords(words[0], words[1], words[2], today)
	}
	return nil, Invalid("This is not a date.", dateEntryHint)
}

// readRunTogether reads "1980", "140880", "14081980" and "19800814".
func readRunTogether(word string) ([]DateReading, error) {
	if !allDigits(word) {
		return nil, Invalid("This is not a date.", dateEntryHint)
	}
	switch len(word) {
	case 4:
		return oneReading(word, "", "", "")
	case 6:
		return readNumbers(word[:2], word[2:4], word[4:])
	case 8:
		readings, err := oneReading(word[4:], word[2:4], word[:2], "")
		if err == nil {
			return readings, nil
		}
		// Never both: a century read as a month is not one.
		if backwards, e := oneReading(word[:4], word[4:6], word[6:], "year first"); e == nil {
			return backwards, nil
		}
		return nil, err
	}
	return nil, Invalid("This number is not a date.", "Write 14081980 or 140880: day, month, year.")
}

// readTwoWords reads "aug 1980", "08/1980", "1980-08", and "3 aug", which
// lacks its year.
func readTwoWords(a, b string, today Day) ([]DateReading, error) {
	switch {
	case len(b) == 4 && allDigits(b):
		return oneReading(b, a, "", "")
	case len(a) == 4 && allDigits(a):
		return oneReading(a, b, "", "")
	}
	if _, named := monthNamed(a); named {
		a, b = b, a
	}
	if _, named := monthNamed(b); named || allDigits(a) && allDigits(b) {
		return nearestYears(b, a, today)
	}
	return nil, Invalid("This is not a date.", dateEntryHint)
}

// nearestYears reads a day and a month in the year that brings it nearest, and
// in the one that brings it next nearest.
func nearestYears(month, day string, today Day) ([]DateReading, error) {
	year, _, _ := today.Date()
	var readings []DateReading
	var err error
	for y := year - 1; y <= year+1; y++ {
		one, e := oneReading(strconv.Itoa(y), month, day, "with the year added")
		if e != nil {
			err = e
			continue
		}
		one[0].yearAdded = true
		readings = append(readings, one...)
	}
	if len(readings) == 0 {
		return nil, err
	}
	sortByNearness(readings, today)
	return readings[:min(2, len(readings))], nil
}

// readThreeWords reads a day, a month and a year in the orders people use.
func readThreeWords(a, b, c string, today Day) ([]DateReading, error) {
	if _, named := monthNamed(a); named {
		a, b = b, a
	}
	if len(a) == 4 && allDigits(a) {
		return oneReading(a, b, c, "")
	}
	readings, err := readNumbers(a, b, c)
	if len(readings) > 1 {
		sortByNearness(readings, today)
	}
	return readings, err
}
