package hub

import (
	"encoding/json"
	"net/http"
	"time"

	"github.com/throughgate/throughgate/model"
	wire "github.com/throughgate/throughgate/sync"
)

// postEnrol trades a one-time code for a certificate. A wrong code is slow to
// be told so, and soon not listened to; which of its faults it has is not said.
func (h *Hub) postEnrol(w *reply, r *http.Request) error {
	from, now := h.address(r), h.Now()
	if from.TokensAt(now) < 1 || h.failures.TokensAt(now) < 1 {
		return busy()
	}
	// Before a place is taken: who sends slowly would hold it.
	text, err := body(w, r, wire.TypeJSON, wire.MaxJSON)
	if err != nil {
		return err
	}
	select {
	case h.enrolling <- struct{}{}:
		defer func() { <-h.enrolling }()
	default:
		return busy()
	}
	answer, err := h.enrolFrom(w, text)
	if err != nil {
		from.AllowN(now, 1)
		h.failures.AllowN(now, 1)
		h.pause(r)
		return err
	}
	return w.sendJSON(answer)
}

func (h *Hub) enrolFrom(w *reply, text []byte) (*wire.EnrolAnswer, error) {
	var asked wire.EnrolRequest
	if json.Unmarshal(text, &asked) != nil || len(asked.Secret) != wire.SecretSize {
		return nil, model.Invalid("This is not a request to enrol.", "Use throughgate enrol of the same version as the hub.")
	}
	request, err := parseRequest(asked.CSR)
	if err != nil {
		return nil, err
	}
	d, at, err := h.enrol(asked.Secret, request)
	if err != nil {
		return nil, err
	}
	w.node = d.Node
	h.Log.Info("device enrolled", "node", d.Node, "site", string(d.Site))
	return &wire.EnrolAnswer{
		Device: d.ID, Node: d.Node, Incarnation: d.Incarnation, Site: d.Site, SiteName: at.Name,
		Cert: certificatePEM(d.Certificate), CA: h.AuthorityPEM(),
	}, nil
}

// pause makes a failure slow, for as long as the client waits for it.
func (h *Hub) pause(r *http.Request) {
	timer := time.NewTimer(h.SlowFailure)
	defer timer.Stop()
	select {
	case <-timer.C:
	case <-r.Context().Done():
	case <-closing(r.Context()):
	}
}
