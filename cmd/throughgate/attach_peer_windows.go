package main

import (
	"net"
	"unsafe"

	"golang.org/x/sys/windows"
)

// peerProcess is SIO_AF_UNIX_GETPEERPID of afunix.h: whose process is at the
// other end.
const peerProcess = 0x58000100

// isAnothers tells whether another user's process is at the other end of a
// socket. The rights of the file do not say so: os.Chmod changes none of them
// here, and a data folder outside the user's own is often everybody's.
func isAnothers(conn net.Conn) bool {
	pid, known := peerOf(conn)
	return known && !isOwnProcess(pid)
}

// peerOf asks the system. A Windows that cannot tell leaves it to the rights of
// the data folder.
func peerOf(conn net.Conn) (pid uint32, known bool) {
	socket, ok := conn.(*net.UnixConn)
	if !ok {
		return 0, false
	}
	raw, err := socket.SyscallConn()
	if err != nil {
		return 0, true // no process has this number
	}
	var said uint32
	if controlErr := raw.Control(func(handle uintptr) {
		err = windows.WSAIoctl(windows.Handle(handle), peerProcess, nil, 0, (*byte)(unsafe.Pointer(&pid)), uint32(unsafe.Sizeof(pid)), &said, nil, 0)
	}); controlErr != nil {
		return 0, true
	}
	return pid, err == nil
}

// isOwnProcess tells whether a process is of the user who runs this one. Nobody
// but an administrator may ask about another user's, so one that cannot be asked
// about is not.
func isOwnProcess(pid uint32) bool {
	process, err := windows.OpenProcess(windows.PROCESS_QUERY_LIMITED_INFORMATION, false, pid)
	if err != nil {
		return false
	}
	defer windows.CloseHandle(process)
	var token windows.Token
	if windows.OpenProcessToken(process, windows.TOKEN_QUERY, &token) != nil {
		return false
	}
	defer token.Close()
	peer, err := token.GetTokenUser()
	if err != nil {
		return false
	}
	self, err := windows.GetCurrentProcessToken().GetTokenUser()
	return err == nil && peer.User.Sid.Equals(self.User.Sid)
}
