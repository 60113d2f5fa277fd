package tree

import (
	"crypto/ed25519"
	"encoding/base64"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"golang.org/x/mod/sumdb/note"

	"github.com/throughgate/throughgate/model"
)

// Name is whose signature a head bears.
const Name = "throughgate-hub"

// MaxHead bounds a signed head, in bytes.
const MaxHead = 1 << 10

// Head says what a site's feed was at a time: how many places, and the root over
// all of them. Epoch is the life of the hub's log that it belongs to: after a
// restore the log grows anew from an older state, under another epoch.
type Head struct {
	Site  model.SiteCode `json:"site"`
	Size  uint64         `json:"size"`
	Root  model.Hash     `json:"root"`
	Epoch string         `json:"epoch"`
	At    model.Instant  `json:"at"` // by the hub's clock
}

// Text is what is signed: five lines, of which the first says what they are.
func (h *Head) Text() string {
	return fmt.Sprintf("throughgate/%s\n%d\n%s\n%s\n%d\n", h.Site, h.Size,
		base64.StdEncoding.EncodeToString(h.Root[:]), h.Epoch, h.At.Time().UnixMilli())
}

var errHead = errors.New("tree: not a head")

// parse reads Text's form and nothing that differs from it in a single byte.
func parse(text string) (Head, error) {
	lines := strings.Split(text, "\n")
	if len(lines) != 6 {
		return Head{}, errHead
	}
	site, ours := strings.CutPrefix(lines[0], "throughgate/")
	size, errSize := strconv.ParseUint(lines[1], 10, 63)
	root, errRoot := base64.StdEncoding.DecodeString(lines[2])
	at, errAt := strconv.ParseInt(lines[4], 10, 64)
	if !ours || errSize != nil || errRoot != nil || errAt != nil || len(root) != len(model.Hash{}) {
		return Head{}, errHead
	}
	h := Head{Site: model.SiteCode(site), Size: size, Root: model.Hash(root), Epoch: lines[3], At: model.InstantOf(time.UnixMilli(at))}
	if !h.Site.Valid() || h.Epoch == "" || h.Text() != text {
		return Head{}, errHead
	}
	return h, nil
}

// Signer signs heads. Sign is the hub's, over whole texts.
type Signer struct {
	Public []byte // Ed25519
	Sign   func(message []byte) []byte
}

// Seal returns a head as a signed note: its text, and a line with the signature.
func (s Signer) Seal(h Head) ([]byte, error) {
	verifier, err := verifierOf(s.Public)
	if err != nil {
		return nil, err
	}
	return note.Sign(&note.Note{Text: h.Text()}, signing{verifier, s.Sign})
}

// signing is a note.Signer whose key stays where it is: note.NewSigner would
// have it as a string, which nobody can wipe.
type signing struct {
	note.Verifier
	sign func([]byte) []byte
}

// Sign implements note.Signer.
func (s signing) Sign(message []byte) ([]byte, error) { return s.sign(message), nil }

// Why a note is no head of the hub's.
var (
	ErrOtherKey = errors.New("tree: the head is signed with another key")
	ErrForged   = errors.New("tree: the head's signature is not good")
)

// Open returns the head of a signed note, when the holder of the public key
// signed it. Errors: ErrOtherKey, ErrForged, or that it is no head at all.
func Open(signed, public []byte) (Head, error) {
	if len(signed) > MaxHead {
		return Head{}, errHead
	}
	verifier, err := verifierOf(public)
	if err != nil {
		return Head{}, err
	}
	opened, err := note.Open(signed, note.VerifierList(verifier))
	var forged *note.InvalidSignatureError
	var unknown *note.UnverifiedNoteError
	switch {
	case errors.As(err, &forged):
		return Head{}, ErrForged
	case errors.As(err, &unknown):
		return Head{}, ErrOtherKey
	case err != nil:
		return Head{}, errHead
	}
	return parse(opened.Text)
}

// Claimed returns the head of a note whoever signed it: what it says, and
// nothing of whether it is so.
func Claimed(signed []byte) (Head, error) {
	text, _, found := strings.Cut(string(signed), "\n\n")
	if !found || len(signed) > MaxHead {
		return Head{}, errHead
	}
	return parse(text + "\n")
}

func verifierOf(public []byte) (note.Verifier, error) {
	key, err := note.NewEd25519VerifierKey(Name, ed25519.PublicKey(public))
	if err != nil {
		return nil, fmt.Errorf("tree: %w", err)
	}
	return note.NewVerifier(key)
}
