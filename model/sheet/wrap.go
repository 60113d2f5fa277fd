package sheet

import "strings"

// wrapWords breaks text into lines that fit, at spaces where there are any and
// inside a word that is longer than a line. It returns one empty line for an
// empty text.
func wrapWords(text string, fits func(string) bool) []string {
	var lines []string
	line := ""
	for _, word := range boxed(strings.Fields(text)) {
		switch {
		case line == "" && fits(word):
			line = word
		case line != "" && fits(line+" "+word):
			line += " " + word
		default:
			if line != "" {
				lines = append(lines, line)
			}
			var full []string
			full, line = breakWord(word, fits)
			lines = append(lines, full...)
		}
	}
	return append(lines, line)
}

// boxed keeps a box to tick on the line of the word it belongs to: at the end of
// a line it would be taken for that of the word before.
func boxed(words []string) []string {
	var out []string
	for i, word := range words {
		if i > 0 && (words[i-1] == Unticked || words[i-1] == Ticked) {
			out[len(out)-1] += " " + word
			continue
		}
		out = append(out, word)
	}
	return out
}

// breakWord cuts a word into pieces that fill a line each, and the rest.
func breakWord(word string, fits func(string) bool) (full []string, rest string) {
	for _, letter := range word {
		next := rest + string(letter)
		if rest != "" && !fits(next) {
			full = append(full, rest)
			next = string(letter)
		}
		rest = next
	}
	return full, rest
}
