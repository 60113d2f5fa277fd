//go:build !linux

package main

import "net"

// peerOf knows nobody here: the rights of the data folder and of the socket keep
// others out.
func peerOf(net.Conn) (uid uint32, known bool) { return 0, false }
