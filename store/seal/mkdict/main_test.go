package main

import (
	"bytes"
	"math/rand/v2"
	"testing"

	"github.com/klauspost/compress/zstd"
)

func TestTheSameDictionaryEveryTime(t *testing.T) {
	first, err := build(9)
	if err != nil {
		t.Fatal(err)
	}
	if again, err := build(9); err != nil || !bytes.Equal(again, first) {
		t.Errorf("%d bytes, then %d, %v", len(first), len(again), err)
	}
}

// A dictionary is worth its place when messages it has not seen, ids and all,
// become less than half as long, where zstd alone saves a tenth or so.
func TestADictionaryHalvesWhatItHasNotSeen(t *testing.T) {
	dictionary, err := build(9)
	if err != nil {
		t.Fatal(err)
	}
	encoder, err := zstd.NewWriter(nil, zstd.WithEncoderDict(dictionary), zstd.WithEncoderLevel(zstd.SpeedFastest))
	if err != nil {
		t.Fatal(err)
	}
	var plain, packed int
	for _, line := range render(rand.New(rand.NewPCG(2, 2)), 3) {
		plain += len(line)
		packed += len(encoder.EncodeAll([]byte(line), nil))
	}
	if packed > plain/2 {
		t.Errorf("%d bytes became %d", plain, packed)
	}
}

func TestTheNumberMustFitAByte(t *testing.T) {
	for _, id := range []uint32{0, 256} {
		if err := run(id, t.TempDir()+"/x"); err == nil {
			t.Errorf("number %d was taken", id)
		}
	}
}
