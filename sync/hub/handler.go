package hub

import (
	"encoding/json"
	"errors"
	"io"
	"mime"
	"net/http"
	"runtime/debug"
	"strconv"
	"time"

	"github.com/throughgate/throughgate/model"
	wire "github.com/throughgate/throughgate/sync"
)

// Handler is the hub's API without its server. It must be reached over TLS with
// client certificates verified against the hub's authority, as Serve does.
func (h *Hub) Handler() http.Handler {
	mux := http.NewServeMux()
	mux.Handle("GET /healthz", h.answers(h.health))
	mux.Handle("POST "+wire.PathEnrol, h.answers(h.postEnrol))
	mux.Handle("POST "+wire.PathOps, h.answers(h.known(h.postOps)))
	mux.Handle("GET "+wire.PathOps, h.answers(h.known(h.getOps)))
	mux.Handle("GET "+wire.PathPeople+"{person}", h.answers(h.known(h.getPerson)))
	mux.Handle("POST "+wire.PathErased, h.answers(h.postErased))
	mux.Handle("GET "+wire.PathSite, h.answers(h.known(h.getSite)))
	mux.Handle("PUT "+wire.PathKeyrings, h.answers(h.known(h.putKeyrings)))
	mux.Handle("POST "+wire.PathAccess, h.answers(h.known(h.postAccess)))
	mux.Handle("GET "+wire.PathAccess, h.answers(h.known(h.getAccess)))
	mux.Handle("GET "+wire.PathReference+"{table}", h.answers(h.known(h.getReference)))
	mux.Handle("/", h.answers(func(*reply, *http.Request) error {
		return model.NotFound("The hub has nothing at this address.", "Check the address, and that workstation and hub are of the same version.")
	}))
	return mux
}

// reply is an answer on its way. Everything written passes send, so that every
// answer bears the hub's time as it leaves.
type reply struct {
	http.ResponseWriter
	hub    *Hub
	node   uint32  // of the device that asks, 0 when none is known
	caller *caller // what it shows of itself
	status int
	size   int
	unread bool // the request has a body that nobody has read
}

func (w *reply) send(status int, contentType string, body []byte) error {
	// Sockets know the computer's clock only.
	control := http.NewResponseController(w.ResponseWriter)
	_ = control.SetWriteDeadline(time.Now().Add(bodyTime))
	if w.unread {
		// net/http reads what was not asked for before it answers, for as long as
		// it takes: anybody could hold a connection for ever by never sending it.
		_ = control.SetReadDeadline(time.Now().Add(unreadTime))
	}
	header := w.Header()
	header.Set(wire.HeaderTime, strconv.FormatInt(w.hub.Now().UnixMilli(), 10))
	header.Set("Cache-Control", "no-store")
	header.Set("X-Content-Type-Options", "nosniff")
	header.Set("Content-Length", strconv.Itoa(len(body)))
	if contentType != "" {
		header.Set("Content-Type", contentType)
	}
	w.WriteHeader(status)
	w.status, w.size = status, len(body)
	_, _ = w.Write(body) // a client that went away asks again
	return nil
}

func (w *reply) sendJSON(value any) error {
	body, err := json.Marshal(value)
	if err != nil {
		return internal("encode answer", err)
	}
	return w.send(http.StatusOK, wire.TypeJSON, body)
}

// answers turns what a handler returns into an answer, once, and writes the one
// log line of a request.
func (h *Hub) answers(handle func(*reply, *http.Request) error) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		began := h.Now()
		out := &reply{ResponseWriter: w, hub: h, unread: r.ContentLength != 0}
		err := safely(handle, out, r)
		if err != nil && out.status == 0 {
			out.sendFault(err)
		}
		line := h.Log.With("method", r.Method, "path", r.Pattern, "status", out.status, "bytes", out.size,
			"node", out.node, "ms", h.Now().Sub(began).Milliseconds())
		if kind := model.KindOf(err); r.Context().Err() == nil && (kind == model.KindInternal || kind == model.KindOutside) {
			line.Error("request failed", "cause", causeOf(err))
			return
		}
		line.Debug("request")
	})
}

// safely keeps a mistake in one request from ending the others.
func safely(handle func(*reply, *http.Request) error, w *reply, r *http.Request) (err error) {
	defer func() {
		if p := recover(); p != nil {
			if p == http.ErrAbortHandler {
				panic(p)
			}
			w.hub.Log.Error("panic", "stack", string(debug.Stack()))
			err = internal("panic", errors.New("see the stack"))
		}
	}()
	return handle(w, r)
}

// causeOf is what the log is told of a failure: the operation and what the
// system said, which hold nobody's data.
func causeOf(err error) string {
	var known *model.Error
	if errors.As(err, &known) && known.Err != nil {
		return known.Msg + " " + known.Err.Error()
	}
	return err.Error()
}

func (w *reply) sendFault(err error) {
	status := statusOf(err)
	if status == http.StatusTooManyRequests {
		w.Header().Set("Retry-After", "5")
	}
	body, jsonErr := json.Marshal(wire.FaultOf(err))
	if jsonErr != nil {
		body, status = nil, http.StatusInternalServerError
	}
	_ = w.send(status, wire.TypeJSON, body)
}

func statusOf(err error) int {
	if errors.Is(err, errBusy) {
		return http.StatusTooManyRequests
	}
	if errors.Is(err, errUnknownDevice) {
		return http.StatusUnauthorized
	}
	if errors.Is(err, errEpoch) {
		return http.StatusPreconditionFailed // and not a conflict, which desks blame on an op
	}
	switch model.KindOf(err) {
	case model.KindInvalid:
		return http.StatusBadRequest
	case model.KindForbidden:
		return http.StatusForbidden
	case model.KindNotFound:
		return http.StatusNotFound
	case model.KindConflict:
		return http.StatusConflict
	case model.KindLocked, model.KindOffline:
		return http.StatusServiceUnavailable
	}
	return http.StatusInternalServerError
}

// body reads the whole body of a request: of the type it must have, within its
// limit and in time.
func body(w *reply, r *http.Request, contentType string, most int64) ([]byte, error) {
	if got, _, err := mime.ParseMediaType(r.Header.Get("Content-Type")); err != nil || got != contentType {
		return nil, model.Invalid("This is not what a workstation sends.", "Check that workstation and hub are of the same version.")
	}
	control := http.NewResponseController(w.ResponseWriter)
	_ = control.SetReadDeadline(time.Now().Add(bodyTime)) // the computer's clock: see send
	defer func() { _ = control.SetReadDeadline(time.Time{}) }()
	all, err := io.ReadAll(http.MaxBytesReader(w.ResponseWriter, r.Body, most))
	var tooLarge *http.MaxBytesError
	switch {
	case errors.As(err, &tooLarge):
		return nil, model.Invalid("The request is larger than the hub takes.", "Send less at a time.")
	case err != nil:
		return nil, model.Invalid("The request came only in part.", "Send it again.")
	}
	w.unread = false
	return all, nil
}

// health says that the hub is up and can read its log, and nothing else.
func (h *Hub) health(w *reply, _ *http.Request) error {
	if _, err := h.log.Epoch(); err != nil {
		return err
	}
	return w.sendJSON(map[string]string{"status": "ok"})
}
