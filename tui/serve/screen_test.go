package serve_test

import "testing"

// addedBySSH is how many bytes the cipher and the channel add to each packet at
// most; the budgets of the screens leave room for them.
const addedBySSH = 52

// What the screens paint for a key goes down the line in one packet, and nothing
// beside it.
func TestSSHAddsLittleToWhatIsPainted(t *testing.T) {
	s := newServer(t, nil)
	var p proxy
	s.addr = p.between(t, s.addr)
	w := s.open("a.khan")
	w.signIn("a.khan")
	w.write("\x1b[B")
	w.sees("> no no.  INVENTED007")
	before := len(w.sent())
	p.reset()
	const keys = 12
	for n := range keys {
		was := len(w.sent())
		w.write([]string{"\x1b[B", "\x1b[A"}[n%2])
		w.until(func() bool { return len(w.sent()) > was }, "the cursor")
	}
	painted := len(w.sent()) - before
	if added := int(p.down.Load()) - painted; added > keys*addedBySSH || painted == 0 {
		t.Errorf("%d keys paint %d bytes, and SSH adds %d", keys, painted, added)
	}
}
