package hub

import (
	"bytes"
	"crypto/rsa"
	"slices"
	"strings"

	"golang.org/x/crypto/ssh"

	"github.com/throughgate/throughgate/model"
)

const (
	maxSSHKeys = 5    // of one person
	minRSABits = 3072 // NIST SP 800-57 part 1, table 2: 128 bits of strength
	maxSSHLine = 8 << 10
)

// SSHKey is a key that somebody may reach a desk with. It opens nothing by
// itself: the passphrase is asked for all the same.
type SSHKey struct {
	ID  model.StaffID `json:"id"`
	Key string        `json:"key"` // a line as ssh-keygen writes it; to remove one its fingerprint does too
}

// SSHKeyInfo is a registered key as the administration shows it.
type SSHKeyInfo struct {
	Fingerprint string `json:"fingerprint"` // as ssh-keygen -l prints it
	Type        string `json:"type"`        // "ssh-ed25519"
	Line        string `json:"line"`        // type and base64
}

func sshKeyInfo(key ssh.PublicKey) SSHKeyInfo {
	return SSHKeyInfo{
		Fingerprint: ssh.FingerprintSHA256(key), Type: key.Type(),
		Line: strings.TrimSpace(string(ssh.MarshalAuthorizedKey(key))),
	}
}

// parseSSHKey reads one line of the form of authorized_keys. Options have no
// place in it: what a key may do at a desk is for the desk to say.
func parseSSHKey(line string) (ssh.PublicKey, error) {
	if strings.Contains(line, "PRIVATE KEY") {
		return nil, model.Invalid("This is a private key, which nobody but its owner may have.",
			"Give the public half, from the file whose name ends in .pub. Make a new pair: this one has been shown.")
	}
	if len(line) > maxSSHLine {
		return nil, notASSHKey()
	}
	key, _, options, rest, err := ssh.ParseAuthorizedKey([]byte(line))
	switch {
	case err != nil:
		return nil, notASSHKey()
	case len(bytes.TrimSpace(rest)) > 0:
		return nil, model.Invalid("There is more than one line.", "Register one key at a time.")
	case len(options) > 0:
		return nil, model.Invalid("The key has options in front of it.", "Give it from its type on, such as: ssh-ed25519 AAAA…")
	}
	return key, checkSSHKey(key)
}

func notASSHKey() error {
	return model.Invalid("This is not an SSH public key.", "Give the one line of the file that ssh-keygen wrote, whose name ends in .pub.")
}

func checkSSHKey(key ssh.PublicKey) error {
	switch key.Type() {
	case ssh.KeyAlgoED25519, ssh.KeyAlgoSKED25519, ssh.KeyAlgoSKECDSA256,
		ssh.KeyAlgoECDSA256, ssh.KeyAlgoECDSA384, ssh.KeyAlgoECDSA521:
		return nil
	case ssh.KeyAlgoRSA:
		if inside, is := key.(ssh.CryptoPublicKey); is {
			if public, is := inside.CryptoPublicKey().(*rsa.PublicKey); is && public.N.BitLen() >= minRSABits {
				return nil
			}
		}
		return model.Invalid("This RSA key is too short.", "Use 3072 bits or more, or better: ssh-keygen -t ed25519.")
	}
	return model.Invalid("Keys of this type are not taken.", "Make one with: ssh-keygen -t ed25519.")
}

// AddSSHKey registers a key for somebody. A key belongs to one person in the
// whole service, for it says who they are.
func (h *Hub) AddSSHKey(add SSHKey) (SSHKeyInfo, error) {
	key, err := parseSSHKey(add.Key)
	if err != nil {
		return SSHKeyInfo{}, err
	}
	info := sshKeyInfo(key)
	h.keep.mu.Lock()
	defer h.keep.mu.Unlock()
	m, err := h.keep.findMember(add.ID)
	if err != nil {
		return SSHKeyInfo{}, err
	}
	if slices.Contains(m.SSHKeys, info.Line) {
		return info, nil
	}
	for _, other := range h.keep.staff {
		if slices.Contains(other.SSHKeys, info.Line) {
			return SSHKeyInfo{}, &model.Error{Kind: model.KindConflict, Msg: "This key is registered to somebody else.",
				Hint: "A key says who somebody is, so each person needs their own: ssh-keygen -t ed25519."}
		}
	}
	if len(m.SSHKeys) >= maxSSHKeys {
		return SSHKeyInfo{}, &model.Error{Kind: model.KindConflict, Msg: "They have five keys already.",
			Hint: "Remove one that is not used: throughgate-hub staff ssh-key list."}
	}
	next := *m
	next.SSHKeys = append(slices.Clone(m.SSHKeys), info.Line)
	if err := h.noteStaff(m.Site, model.StaffSSHAdded, m.ID, ""); err != nil {
		return SSHKeyInfo{}, err
	}
	return info, h.saveMembers([]*member{&next})
}

// RemoveSSHKey takes a key back, named by its line or its fingerprint.
func (h *Hub) RemoveSSHKey(remove SSHKey) (SSHKeyInfo, error) {
	h.keep.mu.Lock()
	defer h.keep.mu.Unlock()
	m, err := h.keep.findMember(remove.ID)
	if err != nil {
		return SSHKeyInfo{}, err
	}
	for i, line := range m.SSHKeys {
		info := infoOfLine(line)
		if !info.isNamed(remove.Key) {
			continue
		}
		next := *m
		next.SSHKeys = slices.Delete(slices.Clone(m.SSHKeys), i, i+1)
		if err := h.noteStaff(m.Site, model.StaffSSHRemoved, m.ID, ""); err != nil {
			return SSHKeyInfo{}, err
		}
		return info, h.saveMembers([]*member{&next})
	}
	return SSHKeyInfo{}, model.NotFound("They have no such key.", "See: throughgate-hub staff ssh-key list.")
}

// SSHKeys lists somebody's keys, the oldest first.
func (h *Hub) SSHKeys(id model.StaffID) ([]SSHKeyInfo, error) {
	h.keep.mu.RLock()
	defer h.keep.mu.RUnlock()
	m, err := h.keep.findMember(id)
	if err != nil {
		return nil, err
	}
	out := []SSHKeyInfo{}
	for _, line := range m.SSHKeys {
		out = append(out, infoOfLine(line))
	}
	return out, nil
}

// infoOfLine reads a line that was checked when it was registered.
func infoOfLine(line string) SSHKeyInfo {
	key, _, _, _, err := ssh.ParseAuthorizedKey([]byte(line))
	if err != nil {
		return SSHKeyInfo{Line: line}
	}
	return sshKeyInfo(key)
}

// isNamed tells whether somebody means this key: by its fingerprint, or by its
// line with or without the comment behind it.
func (i SSHKeyInfo) isNamed(name string) bool {
	name = strings.TrimSpace(name)
	return name != "" && (name == i.Fingerprint || name == i.Line || strings.HasPrefix(name, i.Line+" "))
}
