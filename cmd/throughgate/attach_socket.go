package main

import (
	"errors"
	"io/fs"
	"net"
	"os"
	"path/filepath"
	"time"

	"github.com/throughgate/throughgate/model"
	"github.com/throughgate/throughgate/tui/serve"
)

// attachSocket is where a serving Throughgate is found by the same user's other
// windows and commands.
const attachSocket = "attach.sock"

// longestSocket is the longest path a socket may have, in bytes, on every system
// that has them.
const longestSocket = 100

// listenAttached opens the socket. Whoever calls it holds the store, so a socket
// that is there already was left by a process that is gone.
func listenAttached(folder string) (net.Listener, error) {
	path := filepath.Join(folder, attachSocket)
	if len(path) > longestSocket {
		return nil, &model.Error{Kind: model.KindOutside, Msg: "The path of the data folder is too long to be reached from other windows.",
			Hint: "Choose a shorter one with --data."}
	}
	if err := os.Remove(path); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, noSocket(err)
	}
	l, err := net.Listen("unix", path)
	if err != nil {
		return nil, noSocket(err)
	}
	if err := os.Chmod(path, 0o600); err != nil {
		return nil, noSocket(errors.Join(err, l.Close()))
	}
	return ownListener{l}, nil
}

func noSocket(err error) error {
	return &model.Error{Kind: model.KindOutside, Msg: "Other windows of this computer cannot be let in.",
		Hint: "Look whether the data folder may be written to.", Err: err}
}

// ownListener lets nobody in but the user who runs this process, whatever the
// rights of the folder.
type ownListener struct{ net.Listener }

// Accept implements net.Listener.
func (l ownListener) Accept() (net.Conn, error) {
	for {
		conn, err := l.Listener.Accept()
		if err != nil {
			return nil, err
		}
		if !isAnothers(conn) {
			return conn, nil
		}
		_ = conn.Close()
	}
}

var errOthersSocket = &model.Error{Kind: model.KindForbidden, Msg: "Another user of this computer serves in this data folder.",
	Hint: "Nothing was sent to them. Tell whoever looks after this computer."}

// serving returns the Throughgate that serves this workstation, nil when none
// does: then a socket is one that was left behind.
func (d *data) serving() (*serve.Client, error) {
	if d.held != nil {
		return nil, nil
	}
	folder, err := d.path()
	if err != nil {
		return nil, err
	}
	path := filepath.Join(folder, attachSocket)
	if _, err := os.Lstat(path); err != nil {
		return nil, nil
	}
	host, err := serve.ReadHostKey(folder)
	if err != nil {
		return nil, nil // who serves has one
	}
	conn, err := net.DialTimeout("unix", path, time.Second)
	if err != nil {
		return nil, nil
	}
	if isAnothers(conn) { // who would be given passphrases
		return nil, errors.Join(errOthersSocket, conn.Close())
	}
	client, err := serve.Attach(conn, host.PublicKey())
	if err != nil {
		return nil, &model.Error{Kind: model.KindOutside, Msg: "The Throughgate that serves this workstation does not answer as it should.",
			Hint: "Try again. If it goes on, stop it and start it again.", Err: err}
	}
	return client, nil
}
