package backup

import (
	"bytes"
	"io"
	"testing"

	"github.com/klauspost/compress/zstd"
)

// FuzzRead reads whatever somebody with the public key may have locked: it ends,
// never gives out more than the second line says, and what is believed has the
// sum of what was read.
func FuzzRead(f *testing.F) {
	encoder, err := zstd.NewWriter(nil)
	if err != nil {
		f.Fatal(err)
	}
	for _, seed := range []string{"", "throughgate backup 1\n", "throughgate backup 1\n{\"bytes\":4}\nabcd" + string(make([]byte, 32)), "throughgate backup 2\n{}\n", "\n\n\n"} {
		f.Add(encoder.EncodeAll([]byte(seed), nil))
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, packed []byte) {
		r, err := begin(bytes.NewReader(packed))
		if err != nil {
			return
		}
		defer r.free()
		n, err := io.Copy(io.Discard, io.LimitReader(r, 1<<20))
		if n > r.Bytes {
			t.Errorf("%d bytes of %d", n, r.Bytes)
		}
		if err == nil && n == r.Bytes {
			_ = r.finish() // it may be anything but a panic
		}
	})
}
