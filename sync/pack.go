package sync

import (
	"errors"
	"sync"

	"github.com/klauspost/compress/zstd"
)

var (
	errTooLarge = errors.New("more than the limit when unpacked")
	errNotOurs  = errors.New("not in the form a hub or desk writes")
)

// Sealed entries hardly compress, so the fastest level loses nothing. A single
// segment always says how long it is unpacked, which Unpack relies on.
var packer = sync.OnceValue(func() *zstd.Encoder {
	e, err := zstd.NewWriter(nil, zstd.WithEncoderLevel(zstd.SpeedFastest), zstd.WithSingleSegment(true))
	if err != nil {
		panic(err) // only options that make no sense fail
	}
	return e
})

// The cap limit is what bounds memory: one body may hold many zstd frames, each
// of which alone stays below any limit per frame.
var unpacker = sync.OnceValue(func() *zstd.Decoder {
	d, err := zstd.NewReader(nil, zstd.WithDecodeAllCapLimit(true), zstd.WithDecoderMaxWindow(MaxReference))
	if err != nil {
		panic(err)
	}
	return d
})

// Pack compresses a body. It is safe for use by many goroutines.
func Pack(plain []byte) []byte { return packer().EncodeAll(plain, nil) }

// Unpack reads what Pack wrote, and refuses, before any memory is taken, what
// would unpack to more than limit bytes. An empty body is refused: Pack is never
// given one, and it is what a broken middlebox answers.
func Unpack(packed []byte, limit int) ([]byte, error) {
	var head zstd.Header
	if err := head.Decode(packed); err != nil || !head.HasFCS {
		return nil, errNotOurs
	}
	if head.FrameContentSize > uint64(limit) {
		return nil, errTooLarge
	}
	plain, err := unpacker().DecodeAll(packed, make([]byte, 0, head.FrameContentSize))
	if err != nil {
		return nil, errNotOurs
	}
	return plain, nil
}
