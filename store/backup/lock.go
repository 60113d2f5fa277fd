package backup

import (
	"bytes"
	"errors"
	"io"
	"runtime/debug"
	"strings"
	"unicode/utf8"

	"filippo.io/age"
	"golang.org/x/text/unicode/norm"

	"github.com/throughgate/throughgate/model"
	"github.com/throughgate/throughgate/store"
)

// Lock is who can open a backup: the holders of some private keys, or whoever
// knows a passphrase.
type Lock struct {
	recipients []age.Recipient
	passphrase string
}

// LockFor makes a backup open to the holders of age public keys' other halves.
func LockFor(keys []string) (Lock, error) {
	recipients, err := ParseRecipients(keys)
	if err != nil {
		return Lock{}, model.Invalid("The backup's keys cannot be used: "+err.Error()+".", "Give the public keys, which begin with age1.")
	}
	if len(recipients) == 0 {
		return Lock{}, model.Invalid("Nobody could open this backup.", "Give a public key or a passphrase.")
	}
	return Lock{recipients: recipients}, nil
}

// LockWith makes a backup open to whoever knows a passphrase. Somebody with the
// file may try passphrases for as long as they like.
func LockWith(passphrase string) (Lock, error) {
	if utf8.RuneCountInString(passphrase) < store.MinPassphrase {
		return Lock{}, model.Invalid("The backup's passphrase is too short.", "Use at least 12 characters; three random words are good.")
	}
	return Lock{passphrase: typed(passphrase)}, nil
}

// typed makes one passphrase of the same one typed on two keyboards.
func typed(passphrase string) string { return norm.NFKC.String(passphrase) }

// encrypt begins an age file. The key that it returns opens the file while it is
// in memory and is written nowhere.
//
// With public keys alone this program could not read back what it wrote. A
// further recipient of its own would do, and would stay in the file; so the file
// key is taken note of instead on its way to the recipients, and forgotten after
// the reading. What that cannot prove is that the recipients still have their
// private keys.
func (l Lock) encrypt(w io.Writer) (io.WriteCloser, age.Identity, error) {
	if l.passphrase != "" {
		recipient, err := age.NewScryptRecipient(l.passphrase)
		if err != nil {
			return nil, nil, err
		}
		identity, err := age.NewScryptIdentity(l.passphrase)
		if err != nil {
			return nil, nil, err
		}
		out, err := age.Encrypt(w, recipient)
		debug.FreeOSMemory() // stretching took 256 MB, and reading back takes as much again
		return out, identity, err
	}
	recipients := append([]age.Recipient(nil), l.recipients...)
	first := &attentive{Recipient: recipients[0]}
	recipients[0] = first
	out, err := age.Encrypt(w, recipients...)
	return out, age.NewInjectedFileKeyIdentity(first.fileKey), err
}

// attentive is a recipient that takes note of the file key.
type attentive struct {
	age.Recipient
	fileKey []byte
}

// WrapWithLabels implements age.RecipientWithLabels, through which a recipient
// says with which others it may be mixed.
func (a *attentive) WrapWithLabels(fileKey []byte) ([]*age.Stanza, []string, error) {
	a.fileKey = bytes.Clone(fileKey)
	if labelled, is := a.Recipient.(age.RecipientWithLabels); is {
		return labelled.WrapWithLabels(fileKey)
	}
	stanzas, err := a.Wrap(fileKey)
	return stanzas, nil, err
}

// Key opens backups.
type Key struct {
	identities []age.Identity
	passphrase bool
}

// maxWork bounds what a file may ask of this computer before its passphrase is
// known to be right: 2 to this power, times one KB of memory.
const maxWork = 20

// KeyOf reads a file of age private keys, as age-keygen writes it.
func KeyOf(file io.Reader) (Key, error) {
	identities, err := age.ParseIdentities(file)
	if err != nil {
		return Key{}, &model.Error{Kind: model.KindInvalid, Msg: "This is not a file of age private keys.",
			Hint: "It holds lines that begin with AGE-SECRET-KEY-, as age-keygen writes them.", Err: errors.New("backup: no age private keys")}
	}
	return Key{identities: identities}, nil
}

// KeyFrom is a passphrase.
func KeyFrom(passphrase string) (Key, error) {
	identity, err := age.NewScryptIdentity(typed(passphrase))
	if err != nil {
		return Key{}, model.Invalid("There is no passphrase.", "Give the one that the backup was made with.")
	}
	identity.SetMaxWorkFactor(maxWork)
	return Key{identities: []age.Identity{identity}, passphrase: true}, nil
}

// why says why this key does not open a file with such a header.
func (k Key) why(header []byte, err error) error {
	byPassphrase := strings.Contains(string(header), "\n-> scrypt ")
	msg, hint := "This key does not open the backup.", "Use the private key of one of those for whom it was made."
	switch {
	case byPassphrase && !k.passphrase:
		msg, hint = "This backup opens with a passphrase, not with a key.", "Give it with --passphrase-file."
	case !byPassphrase && k.passphrase:
		msg, hint = "This backup opens with a private key, not with a passphrase.", "Give the key's file with --identity."
	case k.passphrase:
		msg, hint = "This passphrase does not open the backup.", "Try the one it was made with."
	}
	return &model.Error{Kind: model.KindForbidden, Msg: msg, Hint: hint, Err: err}
}
