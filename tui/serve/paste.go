package serve

import (
	"bytes"
	"strings"
	"unicode/utf8"
)

// mostPaste is how much of one paste is taken, in bytes: more than any field
// holds.
const mostPaste = 64 << 10

// longestSequence is how long a key's sequence may be; no terminal sends one of
// half the length.
const longestSequence = 32

const (
	pasteStart = "\x1b[200~"
	pasteEnd   = "\x1b[201~"
)

type tokenKind int

const (
	keyPress tokenKind = iota
	keyPaste           // with its marks
	keyCut             // the paste before it was longer
)

// token is one key as the line sent it.
type token struct {
	kind tokenKind
	text []byte
}

// parser takes what comes down a line apart into keys. What a terminal answers
// to questions nobody asked, and what somebody sends who wants to be taken for
// one, ends here.
type parser struct {
	held    []byte // the beginning of a key, or of the mark that ends a paste
	endless bool   // within a sequence longer than any key's
	pasting bool
	paste   []byte
	cut     bool
}

// parse returns the keys that are whole now.
func (p *parser) parse(chunk []byte) (keys []token) {
	data := append(p.held[:len(p.held):len(p.held)], chunk...)
	p.held = nil
	for len(data) > 0 {
		var n int
		switch {
		case p.endless:
			n = p.skip(data)
		case p.pasting:
			n = p.pasted(data, &keys)
		default:
			n = p.key(data, &keys)
		}
		if n == 0 {
			p.held = data
			return keys
		}
		data = data[n:]
	}
	return keys
}

// key takes the key at the start of data and returns how long it is, 0 when it
// is not whole.
func (p *parser) key(data []byte, keys *[]token) int {
	n, wanted := keyAt(data)
	if n == 0 {
		return 0
	}
	switch text := data[:n]; {
	case string(text) == pasteStart:
		p.pasting = true
	case wanted && string(text) != pasteEnd:
		*keys = append(*keys, token{keyPress, text})
	case n == len(data) && bytes.HasPrefix(text, []byte("\x1b[")):
		p.endless = inSequence(text[n-1])
	}
	return n
}

// skip passes over what goes on a sequence that is too long.
func (p *parser) skip(data []byte) (n int) {
	for n < len(data) && inSequence(data[n]) {
		n++
	}
	if n < len(data) {
		p.endless = false
		n++
	}
	return n
}

func inSequence(b byte) bool { return b >= 0x20 && b <= 0x3f }

// keyAt measures the key at the start of data and tells whether it is one.
func keyAt(data []byte) (n int, wanted bool) {
	switch first := data[0]; {
	case first == 0:
		return 1, false
	case first == '\x1b' && len(data) > 1:
		return escapeAt(data)
	case first < ' ' || first == 0x7f:
		return 1, true
	}
	if !utf8.FullRune(data) {
		return 0, false
	}
	r, n := utf8.DecodeRune(data)
	return n, !(r == utf8.RuneError && n == 1) && (r < 0x7f || r > 0x9f)
}

// escapeAt measures what begins with Escape and goes on.
func escapeAt(data []byte) (n int, wanted bool) {
	switch data[1] {
	case '[':
		return sequenceAt(data)
	case 'O': // F1 to F4, and the arrows of some terminals
		return min(3, len(data)), true
	case ']', 'P', 'X', '^', '_': // a text for a terminal, up to its end, or as much as came together
		n = len(data)
		for _, end := range []string{"\a", "\x1b\\"} {
			if at := bytes.Index(data[2:n], []byte(end)); at >= 0 {
				n = 2 + at + len(end)
			}
		}
		return n, false
	}
	n, wanted = keyAt(data[1:])
	return n + min(n, 1), wanted
}

// sequenceAt measures a control sequence (ECMA-48 section 5.4).
func sequenceAt(data []byte) (n int, wanted bool) {
	n = 2
	for n < len(data) && inSequence(data[n]) {
		n++
	}
	switch {
	case n == len(data) && n < longestSequence:
		return 0, false
	case n == len(data) || data[n] < 0x40 || data[n] > 0x7e:
		return n, false
	case n == 2 && data[n] == '[' && len(data) == 3: // a function key of the Linux console
		return 0, false
	case n == 2 && data[n] == '[':
		return 4, true
	}
	return n + 1, n < longestSequence
}

// pasted takes what belongs to a paste and returns how much that is.
func (p *parser) pasted(data []byte, keys *[]token) int {
	end := bytes.Index(data, []byte(pasteEnd))
	if end < 0 {
		whole := len(data) - beginning(data, pasteEnd)
		p.keep(data[:whole])
		return whole
	}
	p.keep(data[:end])
	text := append([]byte(pasteStart), p.paste...)
	*keys = append(*keys, token{keyPaste, append(text, pasteEnd...)})
	if p.cut {
		*keys = append(*keys, token{kind: keyCut})
	}
	p.pasting, p.paste, p.cut = false, nil, false
	return end + len(pasteEnd)
}

// keep adds to the paste, without what commands a terminal.
func (p *parser) keep(text []byte) {
	for _, b := range text {
		switch {
		case b < ' ' && b != '\t' && b != '\n' && b != '\r', b == 0x7f:
		case len(p.paste) >= mostPaste:
			p.cut = true
			return
		default:
			p.paste = append(p.paste, b)
		}
	}
}

// beginning is how many bytes at the end of data could begin a mark.
func beginning(data []byte, mark string) int {
	for n := min(len(data), len(mark)-1); n > 0; n-- {
		if strings.HasPrefix(mark, string(data[len(data)-n:])) {
			return n
		}
	}
	return 0
}
