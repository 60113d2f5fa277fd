package hub_test

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/klauspost/compress/zstd"

	"github.com/throughgate/throughgate/model"
	"github.com/throughgate/throughgate/sync"
)

// bomb is a small body that unpacks to more than any batch.
func bomb(tb testing.TB) []byte {
	tb.Helper()
	encoder, err := zstd.NewWriter(nil)
	if err != nil {
		tb.Fatal(err)
	}
	defer encoder.Close()
	return encoder.EncodeAll(make([]byte, 64<<20), nil)
}

// lying is a batch whose head says less than there is.
func lying(tb testing.TB) []byte {
	tb.Helper()
	var out bytes.Buffer
	encoder, err := zstd.NewWriter(&out)
	if err != nil {
		tb.Fatal(err)
	}
	for range 64 {
		if _, err := encoder.Write(make([]byte, 1<<20)); err != nil {
			tb.Fatal(err)
		}
	}
	if err := encoder.Close(); err != nil {
		tb.Fatal(err)
	}
	return out.Bytes()
}

func TestHostileRequestsAreAnsweredInOneSentence(t *testing.T) {
	s := newService(t)
	a, d := s.staff("first", "LEI", model.RoleReception), s.desk("LEI")
	good, _ := sync.EncodePush([]model.Envelope{d.write(a, ann, cell("1"))})
	d.seq, d.prev = 0, model.Hash{}
	client := d.http()
	for _, tt := range []struct {
		name, method, path, contentType string
		body                            []byte
		want                            int
	}{
		{"a web page", "POST", sync.PathOps, sync.TypePush, []byte("<html>Sign in</html>"), 400},
		{"nothing", "POST", sync.PathOps, sync.TypePush, nil, 400},
		{"cut short", "POST", sync.PathOps, sync.TypePush, good[:len(good)-5], 400},
		{"a bomb", "POST", sync.PathOps, sync.TypePush, bomb(t), 400},
		{"a lie about its size", "POST", sync.PathOps, sync.TypePush, lying(t), 400},
		{"huge", "POST", sync.PathOps, sync.TypePush, make([]byte, 2*sync.MaxBatch), 400},
		{"another thing", "POST", sync.PathOps, sync.TypePush, sync.Pack([]byte("F\x01")), 400},
		{"a form", "POST", sync.PathOps, "application/x-www-form-urlencoded", good, 400},
		{"no type", "POST", sync.PathOps, "", good, 400},
		{"no keyring", "PUT", sync.PathKeyrings, sync.TypeJSON, []byte(`[1]`), 400},
		{"a deep keyring", "PUT", sync.PathKeyrings, sync.TypeJSON, bytes.Repeat([]byte("["), 500_000), 400},
		{"a huge keyring", "PUT", sync.PathKeyrings, sync.TypeJSON, make([]byte, 2*sync.MaxJSON), 400},
		{"another method", "DELETE", sync.PathOps, "", nil, 404},
		{"another path", "GET", "/v1/../admin", "", nil, 404},
		{"a table that is a path", "GET", sync.PathReference + "..%2f..%2fhub.key", "", nil, 404},
		{"the admin's door", "POST", "/status", sync.TypeJSON, []byte("{}"), 404},
	} {
		request, err := http.NewRequest(tt.method, s.url+tt.path, bytes.NewReader(tt.body))
		if err != nil {
			t.Fatal(err)
		}
		if tt.contentType != "" {
			request.Header.Set("Content-Type", tt.contentType)
		}
		answer, err := client.Do(request)
		if err != nil {
			t.Errorf("%s: %v", tt.name, err)
			continue
		}
		text, _ := io.ReadAll(answer.Body)
		answer.Body.Close()
		var fault sync.Fault
		if answer.StatusCode != tt.want || json.Unmarshal(text, &fault) != nil || !strings.HasSuffix(fault.Msg, ".") {
			t.Errorf("%s: status %d: %.200s", tt.name, answer.StatusCode, text)
		}
		if answer.Header.Get(sync.HeaderTime) == "" {
			t.Errorf("%s: the answer has no time", tt.name)
		}
	}
	d.send(model.PushTaken, d.write(a, ann, cell("1"))) // the hub is as it was
}

func TestADeviceThatAsksTooMuchIsSlowedDown(t *testing.T) {
	s := newService(t)
	d, other := s.desk("LEI"), s.desk("LEI")
	client := d.http()
	for i := range 5001 {
		status, err := s.get(client, sync.PathOps+"?after=x")
		if err != nil {
			t.Fatal(err)
		}
		if busy := status == http.StatusTooManyRequests; busy != (i >= 5000) {
			t.Fatalf("request %d: status %d", i, status)
		}
	}
	other.pull(0)
}
