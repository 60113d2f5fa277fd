package seal

import (
	"crypto/subtle"
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"io"

	"golang.org/x/crypto/argon2"
	"golang.org/x/crypto/chacha20poly1305"
	"golang.org/x/text/unicode/norm"
)

// Params says how hard a passphrase is stretched (Argon2id, RFC 9106).
type Params struct {
	Time      uint32 // passes over the memory
	MemoryKiB uint32 // memory of one stretching, in KiB
	Threads   uint8  // lanes worked on side by side
}

// DefaultParams is the first choice of the OWASP Password Storage Cheat Sheet
// for Argon2id: 46 MiB, one pass, one thread. About 30 ms on a desktop. Each
// stretching holds its memory while it runs; whoever stretches for many people
// at once must bound how many.
var DefaultParams = Params{Time: 1, MemoryKiB: 46 * 1024, Threads: 1}

// The largest parameters worked with. They come from a blob that may be
// hostile and are used before anything of it is authenticated, so they must
// not be able to exhaust a workstation: these bounds hold it for seconds.
const (
	maxTime      = 16
	maxMemoryKiB = 256 * 1024
	maxThreads   = 16
)

func (p Params) sane() bool {
	return p.Time >= 1 && p.Time <= maxTime &&
		p.Threads >= 1 && p.Threads <= maxThreads &&
		p.MemoryKiB >= 8*uint32(p.Threads) && p.MemoryKiB <= maxMemoryKiB
}

// A wrapped blob, big-endian:
//
//	0   3  "TGW"
//	3   1  version, 1
//	4   4  Params.Time
//	8   4  Params.MemoryKiB
//	12  1  Params.Threads
//	13 16  salt
//	29 32  proof of the passphrase
//	61  4  CRC-32C of bytes 0 to 60
//	65     nonce (24), then the plain text under XChaCha20-Poly1305 and its tag
//	       (16), with bytes 0 to 64 and the caller's aad as associated data
//
// Argon2id gives 64 bytes: the first 32 are the key, the last 32 the proof.
//
// Why an error can be told from a typing mistake: whoever has only the blob can
// spoil the checksum by accident but hardly keep it, so a bad checksum is
// damage. With a good one the header is as written, and the proof matches just
// when the passphrase does; so a proof that does not match is a wrong
// passphrase, and a body that then fails to authenticate is damage, or a blob
// moved from another place (other aad). Somebody who alters the header on
// purpose can make the right passphrase look wrong, and gain nothing by it.
//
// Why the proof may stand in the open: to test a guess against it costs the
// same stretching as to test it against the body's tag, and the two halves of
// Argon2's output tell nothing of one another. It also commits the blob to one
// passphrase, which XChaCha20-Poly1305 alone does not (one blob could be made
// to open under many).
const (
	wrapMagic    = "TGW"
	wrapVersion  = 1
	saltAt       = 13
	proofAt      = saltAt + 16
	sumAt        = proofAt + 32
	headerSize   = sumAt + 4
	wrapOverhead = headerSize + Overhead
)

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

// Wrap puts plain under a passphrase. The same aad must be given to Unwrap. The
// passphrase is taken in Unicode's NFKC form, so that it may be typed on a
// keyboard or system that spells its letters in another way (é as one code
// point or two, full-width digits, a no-break space). random is
// crypto/rand.Reader outside tests. Errors: ErrParams, ErrNoPassphrase, or
// random's own.
func Wrap(passphrase string, plain, aad []byte, p Params, random io.Reader) ([]byte, error) {
	if !p.sane() {
		return nil, ErrParams
	}
	if passphrase == "" {
		return nil, ErrNoPassphrase
	}
	out := make([]byte, headerSize+chacha20poly1305.NonceSizeX, wrapOverhead+len(plain))
	header, nonce := out[:headerSize], out[headerSize:]
	writeParams(header, p)
	for _, part := range [][]byte{header[saltAt:proofAt], nonce} {
		if _, err := io.ReadFull(random, part); err != nil {
			return nil, fmt.Errorf("seal: wrap: %w", err)
		}
	}
	key, proof := stretch(passphrase, header[saltAt:proofAt], p)
	defer Zero(key)
	copy(header[proofAt:], proof)
	binary.BigEndian.PutUint32(header[sumAt:], crc32.Checksum(header[:sumAt], castagnoli))
	aead, err := chacha20poly1305.NewX(key)
	if err != nil {
		return nil, fmt.Errorf("seal: wrap: %w", err)
	}
	return aead.Seal(out, nonce, plain, bind(header, aad)), nil
}

// Unwrap returns what was wrapped under the passphrase. Errors:
// ErrWrongPassphrase; ErrDamaged, also for other aad and for parameters that
// would cost more than a workstation has; ErrNewer. It takes as long and as
// much memory as the blob's Params say, and only when the header is sound.
func Unwrap(passphrase string, wrapped, aad []byte) ([]byte, error) {
	p, err := readHeader(wrapped)
	if err != nil {
		return nil, err
	}
	header, body := wrapped[:headerSize], wrapped[headerSize:]
	key, proof := stretch(passphrase, header[saltAt:proofAt], p)
	defer Zero(key)
	if subtle.ConstantTimeCompare(proof, header[proofAt:sumAt]) != 1 {
		return nil, ErrWrongPassphrase
	}
	aead, err := chacha20poly1305.NewX(key)
	if err != nil {
		return nil, fmt.Errorf("seal: unwrap: %w", err)
	}
	nonce, body := body[:chacha20poly1305.NonceSizeX], body[chacha20poly1305.NonceSizeX:]
	plain, err := aead.Open(nil, nonce, body, bind(header, aad))
	if err != nil {
		return nil, ErrDamaged
	}
	return plain, nil
}

func writeParams(header []byte, p Params) {
	copy(header, wrapMagic)
	header[3] = wrapVersion
	binary.BigEndian.PutUint32(header[4:], p.Time)
	binary.BigEndian.PutUint32(header[8:], p.MemoryKiB)
	header[12] = p.Threads
}

// readHeader checks all that can be checked before the stretching.
func readHeader(wrapped []byte) (Params, error) {
	if len(wrapped) < len(wrapMagic)+1 || string(wrapped[:len(wrapMagic)]) != wrapMagic {
		return Params{}, ErrDamaged
	}
	if version := wrapped[3]; version > wrapVersion {
		return Params{}, ErrNewer
	}
	if len(wrapped) < wrapOverhead ||
		binary.BigEndian.Uint32(wrapped[sumAt:]) != crc32.Checksum(wrapped[:sumAt], castagnoli) {
		return Params{}, ErrDamaged
	}
	p := Params{
		Time:      binary.BigEndian.Uint32(wrapped[4:]),
		MemoryKiB: binary.BigEndian.Uint32(wrapped[8:]),
		Threads:   wrapped[12],
	}
	if wrapped[3] != wrapVersion || !p.sane() {
		return Params{}, ErrDamaged
	}
	return p, nil
}

// stretch turns a passphrase into a key and the proof that it was the same.
func stretch(passphrase string, salt []byte, p Params) (key, proof []byte) {
	typed := norm.NFKC.AppendString(nil, passphrase)
	defer Zero(typed)
	both := argon2.IDKey(typed, salt, p.Time, p.MemoryKiB, p.Threads, KeySize+sumAt-proofAt)
	return both[:KeySize:KeySize], both[KeySize:]
}

// bind joins header and aad; the header's length is fixed, so no two pairs give
// the same bytes.
func bind(header, aad []byte) []byte {
	return append(header[:headerSize:headerSize], aad...)
}
