package pages

import (
	"encoding/binary"
	"io"
	"math"
)

// Root is what a sound meta page of a file says of it.
type Root struct {
	size     int64  // of a page, in bytes
	bucket   uint64 // page of the bucket of buckets
	freelist uint64
	high     uint64 // the first number that is no page's
	commit   uint64
}

// noFreelist stands for the freelist in a file that does not keep one.
const noFreelist = 1<<64 - 1

// Length is the length in bytes that a file needs for what its newest sound root
// says, 0 when neither of its two roots is sound: then bbolt itself refuses the
// file.
func Length(f io.ReaderAt) int64 {
	r, found := NewestRoot(f)
	if !found {
		return 0
	}
	return r.length()
}

// length is what the pages of a root need. Of a root that no file can have, it is
// more than any file has: the two numbers are whoever wrote the file's, and their
// product need not fit.
func (r Root) length() int64 {
	const smallest, largest = 512, 1 << 24
	if r.size < smallest || r.size > largest || r.high > math.MaxInt64/largest {
		return math.MaxInt64
	}
	return r.size * int64(r.high)
}

// NewestRoot reads bbolt's two roots and returns the newer one; none is found when
// neither is sound. A page begins with 16 bytes of header; of
// the root that follows, bytes 0 to 3 are a magic, 8 to 11 the page size, 16 to 23
// the root bucket's page, 32 to 39 the freelist's, 40 to 47 the number of pages,
// 48 to 55 the transaction, and 56 to 63 an FNV-1a sum of what is before.
func NewestRoot(f io.ReaderAt) (newest Root, found bool) {
	const magic, length = 0xED0CDAED, 64
	for _, at := range []int64{0, 4096, 8192, 16384, 32768, 65536} {
		page := make([]byte, headerSize+length)
		if _, err := f.ReadAt(page, at); err != nil {
			break
		}
		b := page[headerSize:]
		r := Root{
			size:   int64(binary.NativeEndian.Uint32(b[8:])),
			bucket: binary.NativeEndian.Uint64(b[16:]), freelist: binary.NativeEndian.Uint64(b[32:]),
			high: binary.NativeEndian.Uint64(b[40:]), commit: binary.NativeEndian.Uint64(b[48:]),
		}
		if binary.NativeEndian.Uint32(b) != magic || at != 0 && at != r.size || fnv1a(b[:56]) != binary.NativeEndian.Uint64(b[56:]) {
			continue
		}
		if !found || r.commit >= newest.commit {
			newest, found = r, true
		}
	}
	return newest, found
}

func fnv1a(b []byte) uint64 {
	sum := uint64(14695981039346656037)
	for _, c := range b {
		sum = (sum ^ uint64(c)) * 1099511628211
	}
	return sum
}
