package main

import (
	"net"

	"golang.org/x/sys/unix"
)

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
