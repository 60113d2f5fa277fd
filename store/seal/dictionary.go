package seal

import (
	_ "embed"
	"sync"

	"github.com/klauspost/compress/zstd"
)

// The dictionaries hold what our messages have in common, so that a message of
// 300 bytes need not say it again. A dictionary may never change once something
// has been sealed with it: a better one gets the next number, ships in a version
// that only opens it, and is written from the version after that, or a desk not
// yet upgraded could not read what another wrote.
//
//go:generate go run ./mkdict -id 1 -out dictionary1.zdict

//go:embed dictionary1.zdict
var dictionary1 []byte

// newest is the dictionary that is written.
const newest = 1

// windowSize is how far back in a message, in bytes, repetition is looked for.
// The encoder keeps a few times as much for each processor: about 1 MiB.
const windowSize = 256 << 10

// The encoder and the decoders are made at their first use, so that a program
// that seals nothing pays nothing, and serve all goroutines from then on.
var (
	encoder = sync.OnceValue(func() *zstd.Encoder {
		made, err := zstd.NewWriter(nil,
			zstd.WithEncoderDict(dictionary1),
			zstd.WithEncoderLevel(zstd.SpeedFastest),
			zstd.WithWindowSize(windowSize),
			zstd.WithSingleSegment(true), // no window in the frame, one byte less
			zstd.WithEncoderCRC(false),
		)
		return must(made, err)
	})
	decoders = map[byte]func() *zstd.Decoder{
		1: sync.OnceValue(func() *zstd.Decoder { return newDecoder(dictionary1) }),
	}
)

func newDecoder(dictionary []byte) *zstd.Decoder {
	made, err := zstd.NewReader(nil,
		zstd.WithDecoderDicts(dictionary),
		zstd.WithDecoderMaxMemory(MaxCompact),
		zstd.WithDecoderConcurrency(0), // as many at once as there are processors
	)
	return must(made, err)
}

// must panics for what only constant options or an embedded file could cause,
// and any test would show.
func must[T any](made T, err error) T {
	if err != nil {
		panic("seal: " + err.Error())
	}
	return made
}
