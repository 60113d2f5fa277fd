package serve

import (
	"crypto/ed25519"
	"crypto/rand"
	"encoding/pem"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"

	gossh "golang.org/x/crypto/ssh"

	"github.com/throughgate/throughgate/model"
)

// hostKeyFile is the server's own key in the data folder.
const hostKeyFile = "ssh_host_ed25519_key"

// mostHostKey bounds what is read, in bytes: such a key has some 400.
const mostHostKey = 16 << 10

// HostKey returns the key by which clients know this server again. It is made
// when the folder has none. One that is there and cannot be read is an error,
// never replaced: every client would take the new one for an attack.
func HostKey(folder string) (gossh.Signer, error) {
	path := filepath.Join(folder, hostKeyFile)
	signer, err := ReadHostKey(folder)
	if model.KindOf(err) != model.KindNotFound {
		return signer, err
	}
	_, private, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		return nil, keyFailure(err)
	}
	block, err := gossh.MarshalPrivateKey(private, "")
	if err != nil {
		return nil, keyFailure(err)
	}
	if err := putKey(path, pem.EncodeToMemory(block)); err != nil {
		return nil, keyFailure(err)
	}
	return ReadHostKey(folder)
}

// ReadHostKey returns the key that is there: NotFound when there is none.
func ReadHostKey(folder string) (gossh.Signer, error) {
	path := filepath.Join(folder, hostKeyFile)
	info, err := os.Stat(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, model.NotFound("This workstation has no SSH host key yet.", "It is made when throughgate serve first runs.")
	case err != nil:
		return nil, keyFailure(err)
	case runtime.GOOS != "windows" && info.Mode().Perm()&0o077 != 0:
		return nil, &model.Error{Kind: model.KindOutside, Msg: "Others may read this workstation's SSH host key.",
			Hint: "Take their rights away: chmod 600 " + hostKeyFile + " in the data folder. If somebody may have copied it, delete it and tell everybody that the key is a new one."}
	case !info.Mode().IsRegular() || info.Size() > mostHostKey:
		return nil, damagedKey(nil)
	}
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, keyFailure(err)
	}
	signer, err := gossh.ParsePrivateKey(text)
	if err != nil {
		return nil, damagedKey(err)
	}
	if signer.PublicKey().Type() != gossh.KeyAlgoED25519 {
		return nil, damagedKey(nil)
	}
	return signer, nil
}

// putKey writes the file whole or not at all, for this user alone. Whoever holds
// the store is the only one to do so.
func putKey(path string, text []byte) error {
	part, err := os.CreateTemp(filepath.Dir(path), hostKeyFile+".*")
	if err != nil {
		return err
	}
	defer os.Remove(part.Name())
	_, err = part.Write(text)
	if err = errors.Join(err, part.Sync(), part.Close()); err != nil {
		return err
	}
	return os.Rename(part.Name(), path)
}

func damagedKey(err error) error {
	return &model.Error{Kind: model.KindOutside, Msg: "This workstation's SSH host key is damaged.",
		Hint: "Bring " + hostKeyFile + " back from a backup of the data folder. Without one delete it, and tell everybody that the key they are asked about is a new one.", Err: err}
}

func keyFailure(err error) error {
	return &model.Error{Kind: model.KindOutside, Msg: "The SSH host key could not be read or made.",
		Hint: "Look whether the disk is full or the data folder read-only.", Err: err}
}
