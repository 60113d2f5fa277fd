package serve

import (
	"net"

	"github.com/charmbracelet/ssh"
	gossh "golang.org/x/crypto/ssh"
)

// What the server speaks: nothing that the NCSC or OpenSSH advise against.
// Agreement on keys withstands a quantum computer where the client can do it
// too. The authentication codes are for clients that insist on naming one; the
// ciphers bring their own.
var (
	keyExchanges = []string{gossh.KeyExchangeMLKEM768X25519, gossh.KeyExchangeCurve25519, "curve25519-sha256@libssh.org"}
	ciphers      = []string{gossh.CipherChaCha20Poly1305, gossh.CipherAES256GCM, gossh.CipherAES128GCM}
	macs         = []string{gossh.HMACSHA512ETM, gossh.HMACSHA256ETM}
	userKeys     = []string{
		gossh.KeyAlgoED25519, gossh.KeyAlgoECDSA256, gossh.KeyAlgoECDSA384, gossh.KeyAlgoECDSA521,
		gossh.KeyAlgoRSASHA256, gossh.KeyAlgoRSASHA512, gossh.KeyAlgoSKED25519, gossh.KeyAlgoSKECDSA256,
	}
)

// authTries is how many keys a client may offer on one connection.
const authTries = 3

// version is what the server says it is. It names no release, which would help
// only somebody who looks for an old one.
const version = "throughgate"

func policy() *gossh.ServerConfig {
	return &gossh.ServerConfig{
		Config:                  gossh.Config{KeyExchanges: keyExchanges, Ciphers: ciphers, MACs: macs},
		PublicKeyAuthAlgorithms: userKeys,
		MaxAuthTries:            authTries,
	}
}

// speaks makes a server for those who come in one way. Every kind of channel and
// request that is not named here is refused: forwarding of ports, agents and
// displays among them.
func (s *Server) speaks(via string) *ssh.Server {
	door := newDoor(s.opt.Limits, s.opt.Log)
	s.doors = append(s.doors, door)
	return &ssh.Server{
		Handler:     through(s.screen, s.steps(via)...),
		HostSigners: []ssh.Signer{s.opt.HostKey},
		Version:     version,
		ConnCallback: func(ctx ssh.Context, conn net.Conn) net.Conn {
			guest := door.enter(conn)
			if guest == nil {
				return nil
			}
			ctx.SetValue(guestKey{}, guest)
			return guest
		},
		ServerConfigCallback: func(ssh.Context) *gossh.ServerConfig { return policy() },
		ChannelHandlers: map[string]ssh.ChannelHandler{
			"session": func(srv *ssh.Server, conn *gossh.ServerConn, asked gossh.NewChannel, ctx ssh.Context) {
				s.session(via, srv, conn, asked, ctx)
			},
			"default": func(_ *ssh.Server, _ *gossh.ServerConn, asked gossh.NewChannel, ctx ssh.Context) {
				s.noteStray(ctx.Value(guestKey{}).(*guest), asked.ChannelType())
				_ = asked.Reject(gossh.UnknownChannelType, "there is nothing but the screens")
			},
		},
		RequestHandlers: map[string]ssh.RequestHandler{
			"tcpip-forward":                   s.noForwarding,
			"streamlocal-forward@openssh.com": s.noForwarding,
		},
		SubsystemHandlers: map[string]ssh.SubsystemHandler{},
	}
}

func (s *Server) noForwarding(ctx ssh.Context, _ *ssh.Server, asked *gossh.Request) (bool, []byte) {
	s.noteStray(ctx.Value(guestKey{}).(*guest), asked.Type)
	return false, nil
}

// noteStray writes down that a client asked for what is not to be had, such as a
// command or a forwarded port: once for each connection, or the log could be
// filled with it.
func (s *Server) noteStray(from *guest, what string) {
	if !from.strayed.Swap(true) && s.told.allows(from.from) {
		s.opt.Log.Warn("something else than the screens was asked for, and refused", "what", what[:min(len(what), longestTerm)])
	}
}

// welcome is what a client shows before it offers its keys, for a refusal itself
// is the client's own words and says nothing of what to do.
func welcome(ssh.Context) string {
	return "Throughgate lets in who has a registered SSH key. Refused? Ask the service desk to register yours.\r\n"
}

// mayEnter tells whether a key is registered. It decides nothing else: a client
// may ask about several keys and come with another.
func (s *Server) mayEnter(ctx ssh.Context, key ssh.PublicKey) bool {
	known := s.roster.owner(string(key.Marshal())) != ""
	if from := ctx.Value(guestKey{}).(*guest).from; !known && s.told.allows(from) {
		s.opt.Log.Info("a key that is not registered was offered", "fingerprint", gossh.FingerprintSHA256(key))
	}
	return known
}
