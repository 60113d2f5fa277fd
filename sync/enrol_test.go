package sync_test

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"

	"github.com/throughgate/throughgate/model"
	"github.com/throughgate/throughgate/sync"
)

func TestEnrolMakesAWorkstation(t *testing.T) {
	h := newHub(t, loopback(t))
	id, err := sync.Enrol(t.Context(), strings.TrimPrefix(h.url, "https://")+"/", h.newCode(), h.options())
	if err != nil {
		t.Fatal(err)
	}
	if id.Site != "LEI" || id.SiteName != "Leeds" || id.Node != 1 || id.Incarnation != 1001 || id.HubURL != h.url {
		t.Errorf("%+v", id.Site)
	}
	c, err := sync.NewClient(id, h.options())
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	if _, err := c.Site(t.Context()); err != nil {
		t.Errorf("the new workstation is not let in: %v", err)
	}
}

func TestCodeWorksOnce(t *testing.T) {
	h := newHub(t, loopback(t))
	code := h.newCode()
	for i, want := range []model.Kind{"", model.KindForbidden} {
		if _, err := sync.Enrol(t.Context(), h.url, code, h.options()); model.KindOf(err) != want {
			t.Errorf("use %d: %v", i+1, err)
		}
	}
}

// TestLostAnswerDoesNotSpendTheCode cuts the first answer off.
func TestLostAnswerDoesNotSpendTheCode(t *testing.T) {
	h := newHub(t, loopback(t))
	first := true
	h.meddle = func(w http.ResponseWriter, r *http.Request) bool {
		if !first {
			return false
		}
		first = false
		if err := h.serveEnrol(discard{w}, r); err != nil {
			t.Error(err)
		}
		panic(http.ErrAbortHandler)
	}
	if _, err := sync.Enrol(t.Context(), h.url, h.newCode(), h.options()); err != nil || h.nodes != 1 {
		t.Fatalf("%d devices, %v", h.nodes, err)
	}
}

// discard takes a handler's answer out of the line.
type discard struct{ http.ResponseWriter }

func (discard) Header() http.Header         { return http.Header{} }
func (discard) WriteHeader(int)             {}
func (discard) Write(b []byte) (int, error) { return len(b), nil }

func TestEnrolRefusesWhatItDidNotAskFor(t *testing.T) {
	h, other := newHub(t, loopback(t)), newAuthority(t)
	cases := map[string]func(a *sync.EnrolAnswer, csr string){
		"another authority": func(a *sync.EnrolAnswer, _ string) { a.CA = asPEM(other.cert.Raw) },
		"two authorities":   func(a *sync.EnrolAnswer, _ string) { a.CA += asPEM(other.cert.Raw) },
		"signed by another": func(a *sync.EnrolAnswer, csr string) {
			raw, err := other.device(a.Device, csr)
			if err != nil {
				t.Error(err)
			}
			a.Cert = asPEM(raw)
		},
		"for another key": func(a *sync.EnrolAnswer, _ string) { a.Cert = string(h.enrol().CertPEM) },
		"no certificate":  func(a *sync.EnrolAnswer, _ string) { a.Cert = "" },
		"no device":       func(a *sync.EnrolAnswer, _ string) { a.Device = model.DeviceID{} },
		"the hub's node":  func(a *sync.EnrolAnswer, _ string) { a.Node = 0 },
		"no site":         func(a *sync.EnrolAnswer, _ string) { a.Site = "nowhere" },
	}
	for name, spoil := range cases {
		t.Run(name, func(t *testing.T) {
			code := h.newCode()
			h.mu.Lock()
			once := true
			h.meddle = func(w http.ResponseWriter, r *http.Request) bool {
				if !once {
					return false
				}
				once = false
				var ask sync.EnrolRequest
				if err := json.NewDecoder(r.Body).Decode(&ask); err != nil {
					t.Error(err)
				}
				raw, err := h.authority.device(model.DeviceID{9}, ask.CSR)
				if err != nil {
					t.Error(err)
				}
				a := sync.EnrolAnswer{Device: model.DeviceID{9}, Node: 9, Site: "LEI", Cert: asPEM(raw), CA: asPEM(h.authority.cert.Raw)}
				spoil(&a, ask.CSR)
				body, _ := json.Marshal(a)
				return send(w, sync.TypeJSON, body) == nil
			}
			h.mu.Unlock()
			_, err := sync.Enrol(t.Context(), h.url, code, h.options())
			wantError(t, err, model.KindOutside, "Something other")
		})
	}
}

func TestEnrolSaysWhatIsWrongWithTheCommand(t *testing.T) {
	h := newHub(t, loopback(t))
	code := h.newCode()
	for name, c := range map[string]struct{ url, code, words string }{
		"no address":      {" ", code, "hub's address"},
		"no TLS":          {"http://hub.example", code, "begins with https"},
		"not an address":  {"https://", code, "not a hub's address"},
		"with a password": {"https://a:b@hub.example", code, "not a hub's address"},
		"with a query":    {"https://hub.example?x=1", code, "not a hub's address"},
		"no code":         {h.url, "", "enrolment code"},
		"half a code":     {h.url, code[:20], "enrolment code"},
	} {
		if _, err := sync.Enrol(t.Context(), c.url, c.code, h.options()); model.KindOf(err) != model.KindInvalid || !strings.Contains(err.Error(), c.words) {
			t.Errorf("%s: %v", name, err)
		}
	}
	l := loopback(t)
	l.Close()
	_, err := sync.Enrol(t.Context(), "https://"+l.Addr().String(), code, h.options())
	wantError(t, err, model.KindOffline, "cannot be reached")
	if strings.Contains(err.Error(), "kept here") {
		t.Errorf("nothing is kept before enrolment: %v", err)
	}
}

func TestDamagedIdentityIsOneSentence(t *testing.T) {
	h := newHub(t, loopback(t))
	for name, spoil := range map[string]func(*sync.Identity){
		"no key":    func(id *sync.Identity) { id.KeyPEM = nil },
		"no roots":  func(id *sync.Identity) { id.CAPEM = []byte("x") },
		"other key": func(id *sync.Identity) { id.KeyPEM = h.enrol().KeyPEM },
	} {
		id := h.enrol()
		spoil(&id)
		_, err := sync.NewClient(id, sync.Options{})
		if model.KindOf(err) != model.KindOutside || !strings.Contains(err.Error(), "Enrol the workstation again") {
			t.Errorf("%s: %v", name, err)
		}
	}
}
