package part_test

import (
	"testing"

	"github.com/throughgate/throughgate/tui/part"
)

func TestMatches(t *testing.T) {
	for _, c := range []struct {
		query, text string
		want        bool
	}{
		{"", "anything", true},
		{"john smi", "SMITH, John", true},
		{"llyr", "PRYCE, Llŷr", true},
		{"Llŷr", "pryce llyr", true},
		{"obrien", "O’Brien", true},
		{"nguyen dan", "NGUYỄN, Đan", true},
		{"smith jones", "Smith-Jones", true},
		{"smyth", "SMITH, John", false},
		{"john smith x", "SMITH, John", false},
	} {
		if got := part.Matches(c.query, c.text); got != c.want {
			t.Errorf("Matches(%q, %q) = %v", c.query, c.text, got)
		}
	}
}
