package model

import (
	"strings"
	"unicode/utf8"
)

// productWords gives the words a medicine is found by, in their order, folded
// like Fold, but with numbers whole: "2.5mg" is one word and no beginning of it
// is "5mg", and "1,000units" is "1000units". Micrograms are one word however
// they are written.
func productWords(text string, add func(word string)) {
	var word []byte
	end := func() {
		if len(word) > 0 {
			add(microgram(string(word)))
			word = word[:0]
		}
	}
	for i, r := range text {
		next := byte(0)
		if after := i + utf8.RuneLen(r); r != utf8.RuneError && after < len(text) {
			next = text[after]
		}
		numbered := len(word) > 0 && isDigit(word[len(word)-1])
		switch {
		case r == '.' && numbered && isDigit(next):
			word = append(word, '.')
		case r == ',' && numbered && isDigit(next):
		case r == '%' && numbered:
			word = append(word, '%')
		default:
			letters, kind := foldRune(r)
			switch {
			case kind == foldSpace:
				end()
			case kind == foldKeep && letters != "":
				word = append(word, letters...)
			case kind == foldKeep:
				word = utf8.AppendRune(word, searchCase(r))
			}
		}
	}
	end()
}

func isDigit(c byte) bool { return c >= '0' && c <= '9' }

// microgram writes the short forms of a microgram behind a number out.
func microgram(word string) string {
	if !isDigit(word[0]) {
		return word
	}
	for _, short := range []string{"mcg", "ug", "μg"} {
		if number, is := strings.CutSuffix(word, short); is {
			return number + "microgram"
		}
	}
	return word
}

// productUnits are what a number may be typed apart from: "50 mg" is "50mg".
var productUnits = []string{"mg", "g", "ml", "mcg", "micrograms", "nanograms", "units", "mmol", "%"}

// queryWords are the words of a query. A number takes the unit behind it, also
// one that is being typed.
func queryWords(text string) []string {
	var words []string
	productWords(text, func(word string) {
		last := len(words) - 1
		if last >= 0 && isNumber(words[last]) && beginsUnit(word) {
			words[last] = microgram(words[last] + word)
			return
		}
		words = append(words, word)
	})
	return words[:min(len(words), mostSearchWords)]
}

func isNumber(word string) bool { return strings.Trim(word, "0123456789.") == "" }

func beginsUnit(word string) bool {
	for _, unit := range productUnits {
		if strings.HasPrefix(unit, word) {
			return true
		}
	}
	return false
}

// sortableName is a name to sort by: its words, with numbers by their size and
// not by their digits, so that 25mg comes before 100mg, and tablets of 50mg
// before a mixture of 50mg/5ml.
func sortableName(name string) string {
	const digits = 7
	key := make([]byte, 0, len(name)+2*digits)
	numbered := false
	productWords(name, func(word string) {
		if isDigit(word[0]) {
			if numbered {
				key = append(key, '~') // behind every letter
			}
			numbered = true
			whole := len(word) - len(strings.TrimLeft(word, "0123456789"))
			for range digits - whole {
				key = append(key, '0')
			}
		}
		key = append(append(key, word...), ' ')
	})
	return string(key)
}

// nearlyBegins tells whether a word begins with what was typed but for so many
// slips: a letter wrong, left out, too many, or two changed round. The first
// letter counts as right.
func nearlyBegins(word, typed string, slips int) bool {
	i := 0
	for i < len(typed) && i < len(word) && typed[i] == word[i] {
		i++
	}
	typed, word = typed[i:], word[i:]
	switch {
	case typed == "":
		return true
	case slips == 0 || i == 0:
		return false
	case word == "":
		return len(typed) <= slips
	}
	return nearlyRest(word, typed, slips)
}

func nearlyRest(word, typed string, slips int) bool {
	begins := func(word, typed string) bool {
		for len(typed) > 0 && len(word) > 0 && typed[0] == word[0] {
			typed, word = typed[1:], word[1:]
		}
		switch {
		case typed == "":
			return true
		case word == "":
			return len(typed) < slips
		case slips > 1:
			return nearlyRest(word, typed, slips-1)
		}
		return false
	}
	if begins(word[1:], typed[1:]) || begins(word, typed[1:]) || begins(word[1:], typed) {
		return true
	}
	changed := len(word) > 1 && len(typed) > 1 && word[0] == typed[1] && word[1] == typed[0]
	return changed && begins(word[2:], typed[2:])
}

// slipsAllowed is how many slips a typed word may hold. A number holds none:
// a strength that is nearly right is another strength.
func slipsAllowed(typed string) int {
	switch {
	case strings.ContainsAny(typed, "0123456789"):
		return 0
	case len(typed) >= 8:
		return 2
	case len(typed) >= 5:
		return 1
	}
	return 0
}
