// Command mkdict builds a zstd dictionary for store/seal out of invented
// messages: samples.txt holds one template a line, words.txt what may stand
// where a template says $family and the like. Templates further down are the
// more common ones; zstd reaches them with shorter codes.
//
// To make a better dictionary later: add lines in the shape of the messages of
// the day, take the next -id, and see dictionary.go in store/seal for the order
// in which to ship it. The same input gives the same dictionary, byte for byte.
package main

import (
	_ "embed"
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"strings"

	"github.com/klauspost/compress/zstd"
)

//go:embed samples.txt
var samples string

//go:embed words.txt
var words string

func main() {
	id := flag.Uint("id", 0, "number of the dictionary, 1 to 255")
	out := flag.String("out", "", "file to write")
	flag.Parse()
	if err := run(uint32(*id), *out); err != nil {
		fmt.Fprintln(os.Stderr, "mkdict:", err)
		os.Exit(1)
	}
}

func run(id uint32, out string) error {
	if id < 1 || id > 255 || out == "" {
		return fmt.Errorf("needs -id from 1 to 255 and -out FILE")
	}
	dictionary, err := build(id)
	if err != nil {
		return err
	}
	return os.WriteFile(out, dictionary, 0o644)
}

// build puts every word, and every template filled in twice, into the text that
// messages may refer back to, and lets zstd learn its code tables from many
// more.
func build(id uint32) ([]byte, error) {
	random := rand.New(rand.NewPCG(1, 1))
	history := strings.Join(render(random, 2), "\n")
	var contents [][]byte
	for _, line := range render(random, 20) {
		contents = append(contents, []byte(line))
	}
	return zstd.BuildDict(zstd.BuildDictOptions{
		ID:       id,
		Contents: contents,
		History:  []byte(wordList() + history),
		Offsets:  [3]int{1, 4, 8},
		Level:    zstd.SpeedFastest,
	})
}

// render fills in every template n times, keeping their order.
func render(random *rand.Rand, n int) []string {
	fill := newFiller(random)
	var lines []string
	for template := range strings.Lines(samples) {
		for range n {
			lines = append(lines, fill.in(strings.TrimSpace(template)))
		}
	}
	return lines
}

// wordList is every word once, quoted as it stands in a message.
func wordList() string {
	var all strings.Builder
	for line := range strings.Lines(words) {
		_, list, _ := strings.Cut(strings.TrimSpace(line), ": ")
		for word := range strings.SplitSeq(list, "|") {
			fmt.Fprintf(&all, "%q,", word)
		}
	}
	return all.String()
}
