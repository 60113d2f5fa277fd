package sync

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"net"
	"net/http"
	"strings"

	"github.com/throughgate/throughgate/model"
)

const keptHere = "Everything is kept here and will be sent when the hub is back."

// status is the HTTP status of a refusal, for the log and for the agent.
type status struct {
	code int
	told bool // in the hub's own words
	err  error
}

func (s *status) Error() string { return fmt.Sprintf("status %d", s.code) }
func (s *status) Unwrap() error { return s.err }

// statusOf returns the HTTP status that an error came with, 0 when none did.
func statusOf(err error) int {
	var s *status
	if errors.As(err, &s) {
		return s.code
	}
	return 0
}

// saidByHub returns the status of a refusal in the hub's own words, 0 for any
// other error.
func saidByHub(err error) int {
	var s *status
	if errors.As(err, &s) && s.told {
		return s.code
	}
	return 0
}

// lost says why no answer came, or only a part of one.
func (l *line) lost(ctx, within context.Context, err error) error {
	if ctx.Err() != nil {
		return context.Cause(ctx)
	}
	if cause := context.Cause(within); cause != nil {
		err = cause
	}
	return failure(err)
}

// failure turns an error of the network or of TLS into one sentence.
func failure(err error) *model.Error {
	var (
		invalid  x509.CertificateInvalidError
		untrust  *tls.CertificateVerificationError
		record   tls.RecordHeaderError
		operate  *net.OpError
		dns      *net.DNSError
		isRemote = errors.As(err, &operate) && operate.Op == "remote error"
	)
	switch {
	case errors.As(err, &invalid) && invalid.Reason == x509.Expired:
		return outside("The hub's certificate is not valid today.", "Check this computer's clock, then ask who runs the hub.", err)
	case errors.As(err, &untrust), errors.As(err, &record), errors.Is(err, http.ErrSchemeMismatch), errors.Is(err, errNotPinned):
		return notTheHub(err)
	case isRemote && strings.Contains(operate.Err.Error(), "certificate"):
		return &model.Error{Kind: model.KindForbidden, Err: err,
			Msg: "The hub does not accept this workstation's certificate.", Hint: "Ask who runs the hub for a new enrolment code."}
	case strings.Contains(err.Error(), "protocol version"), strings.Contains(err.Error(), "malformed HTTP"):
		return notTheHub(err)
	case errors.As(err, &dns) && dns.IsNotFound:
		return offline("The hub's address cannot be found.", err)
	case errors.Is(err, errSilent):
		return offline("The hub does not answer.", err)
	}
	return offline("The hub cannot be reached.", err)
}

func offline(msg string, err error) *model.Error {
	return &model.Error{Kind: model.KindOffline, Msg: msg, Hint: keptHere, Err: err}
}

func outside(msg, hint string, err error) *model.Error {
	return &model.Error{Kind: model.KindOutside, Msg: msg, Hint: hint, Err: err}
}

// notTheHub is for whatever cannot have come from a hub of this version.
func notTheHub(err error) *model.Error {
	return outside("Something other than the hub answered at its address.",
		"Check the network's sign-in page or proxy, and that the hub is not newer than this program. Everything is kept here.", err)
}

func redirected(code int) *model.Error {
	return outside("The hub's address sends this workstation somewhere else.",
		"Check the network's sign-in page or proxy. Everything is kept here.", &status{code: code})
}

// unready is a refusal without the hub's own words.
func unready(code int) *model.Error {
	switch code {
	case http.StatusTooManyRequests, http.StatusBadGateway, http.StatusServiceUnavailable, http.StatusGatewayTimeout:
		return offline("The hub is not ready.", &status{code: code})
	}
	e := notTheHub(nil)
	e.Err = &status{code: code}
	return e
}

// refused is a refusal in the hub's own words. Where the status says "later",
// trying later is what the kind must say.
func refused(code int, fault Fault) *model.Error {
	e := fault.Error()
	switch code {
	case http.StatusTooManyRequests, http.StatusBadGateway, http.StatusServiceUnavailable, http.StatusGatewayTimeout:
		e.Kind = model.KindOffline
	}
	e.Err = &status{code: code, told: true, err: e.Err}
	return e
}
