package tui_test

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/throughgate/throughgate/tui/part"
)

var seenWord = regexp.MustCompile(`[\p{L}\p{N}][\p{L}\p{N}'’/.:-]*`)

// onlySeen is what is for the eye: a text that is read aloud to its end needs no
// word for it, and a line that was cut says that it was.
var onlySeen = regexp.MustCompile(`End of the letter|End of the list\. Enter signs it.*|\S*…|oldest from week`)

// richly are further ways, to screens with more on them than screenWays has.
var richly = map[string]way{
	"a nurse's person":   {scene: nurse, lines: []string{"2"}},
	"a pharmacy's bags":  {scene: scene{signedIn: "i.fox", desk: bagAtTheGate}, lines: []string{"1", "bags"}},
	"an officer's gate":  {scene: officerLetsGo, lines: []string{"3", "release now"}},
	"a signed letter":    onWardAs("b.jones", signedLetter()...),
	"medicines to hand":  {scene: scene{signedIn: "b.jones", desk: with(methadone(0), decided(methadone(0), methadoneToHand))}, lines: []string{"1", "medicines"}},
	"a depot":            {scene: scene{signedIn: "b.jones", desk: with(depot(0))}, lines: []string{"1", "medicines"}},
	"a form that waits":  {scene: scene{signedIn: "b.jones", desk: with(sent(3)...)}, lines: []string{"1", "gp"}},
	"everybody":          {scene: officer, lines: []string{"everybody"}},
	"a nurse's worklist": {scene: nurse, lines: []string{"worklist"}},
	"a manager's board":  {scene: manager},
	"a manager's person": {scene: manager, lines: []string{"2"}},
}

// TestPlainSaysAllThatIsSeen goes to every screen, and to every line of it, and
// looks at it as well: no word may stand there that is not said.
func TestPlainSaysAllThatIsSeen(t *testing.T) {
	ways := maps.Clone(screenWays)
	maps.Copy(ways, richly)
	for name, w := range ways {
		t.Run(name, func(t *testing.T) {
			plainly(t, w.scene, func(k *talk) {
				k.come(w)
				if key, _ := k.plain.Asking(); key != "" {
					return // TestPlainAsksEveryField has the forms
				}
				said, seen := k.readsAll()
				for _, word := range slices.Sorted(maps.Keys(seen)) {
					if !strings.Contains(said, word) {
						t.Errorf("%q of %q is not said", word, seen[word])
					}
				}
			})
		})
	}
}

// readsAll has the shown screen said to its end, line by line, and returns that
// and the words that stand on it meanwhile, each with its line.
func (k *talk) readsAll() (said string, seen map[string]string) {
	from := len(k.all())
	seen = make(map[string]string)
	read := make(map[string]bool) // the lines that stand there from one look to the next
	look := func() {
		const wide, high = 159, 400
		for _, line := range strings.Split(k.plain.Seen(wide, high), "\n") {
			if read[line] {
				continue
			}
			read[line] = true
			for _, word := range seenWord.FindAllString(part.Fold(onlySeen.ReplaceAllString(line, "")), -1) {
				seen[strings.TrimRight(word, ".:")] = strings.TrimSpace(line)
			}
		}
	}
	k.types("again")
	look()
	for range 50 {
		if strings.Contains(k.types("more"), "There is no more.") {
			break
		}
	}
	for i := range k.plain.Rows() {
		k.types(fmt.Sprintf("read %d", i+1))
		look()
	}
	return part.Fold(k.all()[from:]), seen
}
