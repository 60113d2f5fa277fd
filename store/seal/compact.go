package seal

import (
	"errors"
	"sync"

	"github.com/klauspost/compress/zstd"
)

// MaxCompact is the largest plain text, in bytes, that SealCompact takes and
// OpenCompact gives: 16 MiB. It bounds what a hostile blob can unpack to.
const MaxCompact = 16 << 20

// The first byte of a compact message's plain text is 0 when the rest stands as
// it was, otherwise the number of the dictionary it was packed with (zstd). A
// frame is kept without its first four bytes, which are always the same, and
// without a checksum, because the seal is a better one.
const formRaw = 0

const zstdMagic = "\x28\xb5\x2f\xfd"

// SealCompact is Seal with compression first, where that makes it shorter. It
// returns ErrTooLarge for more than MaxCompact bytes. Open it with OpenCompact.
//
// Compressing before encrypting lets the length depend on the content. That
// tells secrets where an attacker can have chosen text sealed together with
// them, many times over, and see the lengths. Seal one author's one change at a
// time, not a stranger's text beside a secret.
func (b *Box) SealCompact(dst, plain, aad []byte) ([]byte, error) {
	if len(plain) > MaxCompact {
		return nil, ErrTooLarge
	}
	buf := borrow()
	defer buf.giveBack()
	return b.Seal(dst, buf.pack(plain), aad)
}

// OpenCompact appends to dst what SealCompact sealed. It returns ErrWrongKey or
// ErrDamaged as Open does; ErrTooLarge when it would unpack to more than
// MaxCompact bytes; ErrNewer for a dictionary of a later version.
func (b *Box) OpenCompact(dst, sealed, aad []byte) ([]byte, error) {
	buf := borrow()
	defer buf.giveBack()
	// Three bytes are left free in front: with the one that names the form they
	// make room for the frame's magic.
	opened, err := b.Open(buf.room(len(zstdMagic)-1), sealed, aad)
	if err != nil {
		return nil, err
	}
	buf.bytes = opened
	return unpack(dst, opened)
}

// pack returns the form byte and the packed plain text, in the buffer.
func (s *scratch) pack(plain []byte) []byte {
	s.bytes = encoder().EncodeAll(plain, s.bytes[:0])
	if packed := len(s.bytes) - len(zstdMagic); packed <= 0 || packed >= len(plain) {
		s.bytes = append(append(s.bytes[:0], formRaw), plain...)
		return s.bytes
	}
	s.bytes[len(zstdMagic)-1] = newest
	return s.bytes[len(zstdMagic)-1:]
}

// unpack appends to dst the plain text of opened, which has three free bytes in
// front of the form byte.
func unpack(dst, opened []byte) ([]byte, error) {
	if len(opened) < len(zstdMagic) {
		return nil, ErrDamaged
	}
	form := opened[len(zstdMagic)-1]
	if form == formRaw {
		rest := opened[len(zstdMagic):]
		if len(rest) > MaxCompact {
			return nil, ErrTooLarge
		}
		return append(dst, rest...), nil
	}
	decoder, known := decoders[form]
	if !known {
		return nil, ErrNewer
	}
	copy(opened, zstdMagic)
	plain, err := decoder().DecodeAll(opened, dst)
	switch {
	case err == nil:
		return plain, nil
	case errors.Is(err, zstd.ErrDecoderSizeExceeded), errors.Is(err, zstd.ErrWindowSizeExceeded):
		return nil, ErrTooLarge
	}
	return nil, ErrDamaged
}

// scratch is a buffer between compression and sealing. It has held plain text,
// so it is overwritten before anyone else may have it.
type scratch struct{ bytes []byte }

// maxKept is the largest buffer kept for later, so that one letter does not
// hold memory for ever.
const maxKept = 64 << 10

var scratches = sync.Pool{New: func() any { return &scratch{bytes: make([]byte, 0, 2048)} }}

func borrow() *scratch { return scratches.Get().(*scratch) }

// room returns the buffer with n bytes in use.
func (s *scratch) room(n int) []byte { return s.bytes[:n] }

func (s *scratch) giveBack() {
	Zero(s.bytes[:cap(s.bytes)])
	if cap(s.bytes) <= maxKept {
		s.bytes = s.bytes[:0]
		scratches.Put(s)
	}
}
