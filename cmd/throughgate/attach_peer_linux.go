package main

import (
	"net"
	"os"

	"golang.org/x/sys/unix"
)

// isAnothers tells whether another user's process is at the other end of a socket.
func isAnothers(conn net.Conn) bool {
	uid, known := peerOf(conn)
	return known && !isSelf(uid, os.Geteuid())
}

// isSelf tells whether a peer is the user who runs this process. An
// administrator is not: who may read every file needs no socket.
func isSelf(peer uint32, self int) bool { return self >= 0 && int64(peer) == int64(self) }

// peerOf asks the system whose process is at the other end of a socket.
func peerOf(conn net.Conn) (uid uint32, known bool) {
	socket, ok := conn.(*net.UnixConn)
	if !ok {
		return 0, false
	}
	raw, err := socket.SyscallConn()
	if err != nil {
		return nobody, true
	}
	peer := &unix.Ucred{Uid: nobody}
	if controlErr := raw.Control(func(fd uintptr) { peer, err = unix.GetsockoptUcred(int(fd), unix.SOL_SOCKET, unix.SO_PEERCRED) }); controlErr != nil || err != nil {
		return nobody, true
	}
	return peer.Uid, true
}

// nobody is no user's number: who cannot be told is not let in.
const nobody = 1<<32 - 1
