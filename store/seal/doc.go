// Package seal encrypts, signs and wraps. It is a leaf: it knows bytes and
// keys, and nothing of people, ops or files, so that the little code on which
// every secret rests can be read in one sitting.
//
//   - A [Box] seals bytes under a [Key] (XChaCha20-Poly1305), as they are or
//     compressed first.
//   - A [SigningKey] signs bytes (Ed25519, RFC 8032); [Verify] checks them.
//   - A [BoxKey] opens what anybody seals to its public half (HPKE, RFC 9180).
//   - [Wrap] puts a secret under a passphrase (Argon2id, RFC 9106).
//
// What it refuses to do: choose an algorithm at run time, keep a key anywhere,
// print a key, log anything, or say more of a failure than which of the errors
// below it was. What it does not hide: how long a sealed message is, and so
// roughly how long the plain one was.
//
// Every format here is for ever: testdata/vectors.json holds one of each, and
// must open with every later version.
package seal

import "errors"

var (
	// ErrWrongKey says that sealed bytes did not authenticate: they were sealed
	// under another key, or with other associated data (moved from elsewhere),
	// or altered since. An AEAD cannot tell these apart, by design.
	ErrWrongKey = errors.New("seal: wrong key, or not the bytes that were sealed")

	// ErrWrongPassphrase says that the blob is whole and the passphrase is not
	// the one it was wrapped under.
	ErrWrongPassphrase = errors.New("seal: wrong passphrase")

	// ErrWiped says that the key of a box was overwritten: whoever it belonged to
	// has signed out.
	ErrWiped = errors.New("seal: the key is gone")

	// ErrDamaged says that the bytes are not what this package wrote, whatever
	// the key: cut short, altered, or with parameters nobody here would choose.
	ErrDamaged = errors.New("seal: damaged")

	// ErrNewer says that the bytes name a format or dictionary this version does
	// not know. They are most likely sound: keep them, and open them after an
	// upgrade.
	ErrNewer = errors.New("seal: written by a newer version")

	// ErrTooLarge says that a plain text is, or would unpack to, more than
	// [MaxCompact] bytes.
	ErrTooLarge = errors.New("seal: too large")

	// ErrParams says that [Wrap] was asked for stretching parameters that
	// [Unwrap] would refuse.
	ErrParams = errors.New("seal: stretching parameters out of range")

	// ErrNoPassphrase says that [Wrap] was given an empty passphrase.
	ErrNoPassphrase = errors.New("seal: empty passphrase")
)
