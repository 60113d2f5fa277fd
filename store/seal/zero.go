package seal

import "runtime"

// Zero overwrites b with zeros, and is not optimised away.
//
// It is a best effort and no more. It shortens the time for which a secret can
// be found in this one buffer. It does not reach copies: those the runtime made
// when a slice or stack grew, registers spilled to the stack, the memory Argon2
// worked in, strings (a passphrase), or pages already
// written to swap or a crash dump. What keeps a stolen, signed-out workstation
// safe is that its file holds sealed bytes only; this is the belt, not the
// braces.
func Zero(b []byte) {
	clear(b)
	runtime.KeepAlive(b)
}
