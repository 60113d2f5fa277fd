package serve

import (
	"bytes"
	"io"
	"strings"
	"testing"
	"testing/iotest"

	"pgregory.net/rapid"
)

// typed reads everything a keyboard lets through, and whether a paste was cut.
func typed(line io.Reader) (through string, cuts int) {
	k := newKeyboard(line, func() {}, func() { cuts++ })
	defer k.stop()
	k.pace.SetBurst(1 << 30)
	k.pace.SetLimit(1 << 30)
	var all bytes.Buffer
	p := make([]byte, mostRead)
	for {
		n, err := k.Read(p)
		all.Write(p[:n])
		if err != nil {
			return all.String(), cuts
		}
	}
}

func TestKeysComeThroughWhole(t *testing.T) {
	for _, c := range []struct{ name, line, through string }{
		{"letters", "Llŷr O'Brien", "Llŷr O'Brien"},
		{"keys", "\r\t\x7f\x03\x1b[A\x1b[1;5C\x1bOP\x1b[15~\x1b[Z", "\r\t\x7f\x03\x1b[A\x1b[1;5C\x1bOP\x1b[15~\x1b[Z"},
		{"console function keys", "\x1b[[Ax", "\x1b[[Ax"},
		{"escape", "\x1b", "\x1b"},
		{"a chord", "\x1bd\x1bŷ", "\x1bd\x1bŷ"},
		{"paste", "a\x1b[200~b\nc\x1b[201~d", "a\x1b[200~b\nc\x1b[201~d"},
		{"commands in a paste", "\x1b[200~b\x1b]0;x\a\x00c\x1b[201~", "\x1b[200~b]0;xc\x1b[201~"},
		{"an end without a paste", "a\x1b[201~b", "ab"},
		{"answers", "\x1b]11;rgb:0/0/0\x1b\\a\x1bP1$r\x1b\\b\x1b_x\ac", "abc"},
		{"an answer without an end", "a\x1b]11;rgb", "a"},
		{"a sequence too long", "\x1b[" + strings.Repeat("9", 9000) + "ma", "a"},
		{"broken", "a\xffb\x00c\u0085d", "abcd"},
	} {
		if through, cuts := typed(strings.NewReader(c.line)); through != c.through || cuts != 0 {
			t.Errorf("%s: %q comes through, not %q", c.name, through, c.through)
		}
	}
}

// However a line cuts what is sent into pieces, what comes through is the same.
// A lone Escape is a key, so the pieces end behind one only where it stands alone.
func TestPiecesMakeNoDifference(t *testing.T) {
	keys := []string{"a", "ŷ", "日", "\r", "\x1b[A", "\x1b[1;5C", "\x1b[200~x\r\ny\x1b[20\x1b[201~", "\x1b[15~"}
	rapid.Check(t, func(t *rapid.T) {
		line := strings.Join(rapid.SliceOf(rapid.SampledFrom(keys)).Draw(t, "keys"), "")
		whole, _ := typed(strings.NewReader(line))
		var p parser
		var pieces bytes.Buffer
		for rest := line; rest != ""; {
			n := rapid.IntRange(1, len(rest)).Draw(t, "piece")
			for n < len(rest) && rest[n-1] == '\x1b' {
				n++
			}
			for _, key := range p.parse([]byte(rest[:n])) {
				pieces.Write(key.text)
			}
			rest = rest[n:]
		}
		if pieces.String() != whole {
			t.Fatalf("%q becomes %q in pieces, %q whole", line, pieces.String(), whole)
		}
	})
}

func TestALongPasteIsCutAndSaidOnce(t *testing.T) {
	line := pasteStart + strings.Repeat("x", 10<<20) + pasteEnd + "y"
	through, cuts := typed(iotest.HalfReader(strings.NewReader(line)))
	if want := pasteStart + strings.Repeat("x", mostPaste) + pasteEnd + "y"; through != want || cuts != 1 {
		t.Errorf("%d bytes come through, and it is said %d times", len(through), cuts)
	}
}

// Whatever a client sends, what reaches the program is bounded and every read
// ends with a whole key.
func FuzzKeyboard(f *testing.F) {
	f.Add([]byte("a\x1b[A\x1b[200~x\x1b[201~\x1b]0;x\a\xff"))
	f.Fuzz(func(t *testing.T, line []byte) {
		if through, _ := typed(bytes.NewReader(line)); len(through) > len(line)+len(pasteEnd) {
			t.Errorf("%d bytes become %d", len(line), len(through))
		}
	})
}
