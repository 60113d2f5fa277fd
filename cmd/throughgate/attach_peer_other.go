//go:build !linux && !windows

package main

import "net"

// isAnothers knows nobody here: the rights of the data folder and of the socket
// keep others out.
func isAnothers(net.Conn) bool { return false }
