package main

import (
	"fmt"
	"math/rand/v2"
	"os"
	"strings"
)

// filler puts something invented in the place of each $name of a template.
type filler struct {
	random *rand.Rand
	lists  map[string][]string
}

func newFiller(random *rand.Rand) filler {
	lists := map[string][]string{}
	for line := range strings.Lines(words) {
		name, list, _ := strings.Cut(strings.TrimSpace(line), ": ")
		lists[name] = strings.Split(list, "|")
	}
	return filler{random, lists}
}

func (f filler) in(template string) string {
	return os.Expand(template, func(name string) string {
		if list := f.lists[name]; list != nil {
			return list[f.random.IntN(len(list))]
		}
		return f.invent(name)
	})
}

// invent makes what no list can hold. None of it is a number that could belong
// to somebody: prison numbers end in ZZ, NHS numbers start with 999 (reserved
// for tests), telephone numbers are Ofcom's for drama.
func (f filler) invent(name string) string {
	switch name {
	case "ulid":
		return "01K" + f.chars("0123456789ABCDEFGHJKMNPQRSTVWXYZ", 23)
	case "hash":
		return f.chars("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/", 43)
	case "node":
		return f.chars("0123456789abcdef", 8)
	case "wall":
		return "17" + f.chars("0123456789", 11)
	case "digit":
		return f.chars("0123456789", 1)
	case "n":
		return fmt.Sprint(1 + f.random.IntN(999))
	case "date":
		return fmt.Sprintf("202%d-%02d-%02d", 5+f.random.IntN(4), 1+f.random.IntN(12), 1+f.random.IntN(28))
	case "birth":
		return fmt.Sprintf("%d-%02d-%02d", 1945+f.random.IntN(63), 1+f.random.IntN(12), 1+f.random.IntN(28))
	case "partial":
		return fmt.Sprintf("20%02d", f.random.IntN(27))
	case "time":
		return f.invent("date") + fmt.Sprintf("T%02d:%02d:%02dZ", 6+f.random.IntN(15), f.random.IntN(60), f.random.IntN(60))
	case "noms":
		return "A" + f.chars("0123456789", 4) + "ZZ"
	case "nhs":
		return "999" + f.chars("0123456789", 7)
	case "ods":
		return f.chars("ABCDEFGHJKLMNPWY", 1) + f.chars("0123456789", 5)
	case "snomed":
		return f.chars("123456789", 1) + f.chars("0123456789", 8)
	case "phone":
		return "0113 496 0" + f.chars("0123456789", 3)
	case "mobile":
		return "07700 900" + f.chars("0123456789", 3)
	}
	panic("mkdict: a template names $" + name + ", which is neither a list nor invented")
}

func (f filler) chars(from string, n int) string {
	var b strings.Builder
	for range n {
		b.WriteByte(from[f.random.IntN(len(from))])
	}
	return b.String()
}
