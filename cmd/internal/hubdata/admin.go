package hubdata

import (
	"bytes"
	"context"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/hex"
	"encoding/json"
	"errors"
	"io"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/throughgate/throughgate/model"
	"github.com/throughgate/throughgate/sync"
	"github.com/throughgate/throughgate/sync/hub"
)

// The door beside a running hub: HTTP on the loopback, for who can read the file
// that says where it is and which token opens it. Whoever can read that file can
// read the hub's key beside it, so it gives nobody anything. It is the same on
// every system, which a socket in the folder is not.
const adminFile = "admin.json"

const (
	maxAdmin  = 128 << 20 // a reference table, as base64
	adminTime = 2 * time.Minute
)

// door is the content of adminFile.
type door struct {
	Address string `json:"address"`
	Token   string `json:"token"`
}

// Admin is the administration of a hub: of one opened here, or of one that runs.
type Admin interface {
	Call(verb string, in []byte) ([]byte, error)
}

// Call does one thing of a hub's administration.
func Call[Out any](admin Admin, verb string, in any) (out Out, err error) {
	body, err := json.Marshal(in)
	if err != nil {
		return out, err
	}
	answer, err := admin.Call(verb, body)
	if err != nil {
		return out, err
	}
	return out, json.Unmarshal(answer, &out)
}

// Connect opens the administration of the hub in a folder, or reaches the hub
// that runs on it.
func Connect(s Source) (Admin, io.Closer, error) {
	// A hub that is starting or stopping holds the file without a door.
	const tries = 3
	for try := 1; ; try++ {
		s.Wait = time.Duration(try) * 200 * time.Millisecond
		h, closer, err := Open(s)
		if err == nil {
			return local{h}, closer, nil
		}
		if model.KindOf(err) != model.KindLocked {
			return nil, nil, err
		}
		running, reached := knock(s.Folder)
		if reached == nil {
			return running, io.NopCloser(nil), nil
		}
		if try == tries {
			return nil, nil, err
		}
	}
}

// ServeAdmin answers Connect until the context ends. It returns once it can be
// reached; done gets what ended it.
func ServeAdmin(ctx context.Context, folder string, h *hub.Hub, random io.Reader) (done <-chan error, err error) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, outside("The hub could not open its door for commands.", err)
	}
	token := make([]byte, 32)
	if _, err := io.ReadFull(random, token); err != nil {
		listener.Close()
		return nil, err
	}
	d := door{Address: listener.Addr().String(), Token: hex.EncodeToString(token)}
	text, err := json.Marshal(d)
	if err != nil {
		listener.Close()
		return nil, err
	}
	path := filepath.Join(folder, adminFile)
	if err := writeWhole(path, text); err != nil {
		listener.Close()
		return nil, outside("The hub could not open its door for commands.", err)
	}
	server := &http.Server{Handler: adminHandler(h, d.Token), ReadTimeout: adminTime, WriteTimeout: adminTime, MaxHeaderBytes: 8 << 10}
	ended := make(chan error, 1)
	go func() {
		err := server.Serve(listener)
		os.Remove(path)
		ended <- err
	}()
	context.AfterFunc(ctx, func() { server.Close() })
	return ended, nil
}

func adminHandler(h *hub.Hub, token string) http.Handler {
	want := sha256.Sum256([]byte("Bearer " + token))
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		got := sha256.Sum256([]byte(r.Header.Get("Authorization")))
		if subtle.ConstantTimeCompare(got[:], want[:]) != 1 || r.Method != http.MethodPost {
			http.Error(w, "forbidden", http.StatusForbidden)
			return
		}
		in, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxAdmin))
		var out []byte
		if err == nil {
			out, err = local{h}.Call(strings.TrimPrefix(r.URL.Path, "/"), in)
		}
		w.Header().Set("Content-Type", sync.TypeJSON)
		if err != nil {
			w.WriteHeader(http.StatusUnprocessableEntity)
			out, _ = json.Marshal(sync.FaultOf(err)) // strings only
		}
		_, _ = w.Write(out) // a command that went away asks again
	})
}

// running is a hub in another process.
type running struct {
	door
	client *http.Client
}

var errNoDoor = errors.New("hub data: no hub answers")

// knock finds the running hub of a folder.
func knock(folder string) (*running, error) {
	text, err := os.ReadFile(filepath.Join(folder, adminFile))
	if err != nil {
		return nil, err
	}
	r := &running{client: &http.Client{Timeout: adminTime, Transport: &http.Transport{}}} // no proxy stands before the loopback
	if json.Unmarshal(text, &r.door) != nil {
		return nil, errNoDoor
	}
	if host, _, err := net.SplitHostPort(r.Address); err != nil || !net.ParseIP(host).IsLoopback() {
		return nil, errNoDoor
	}
	if _, err := r.Call(hub.VerbStatus, []byte("{}")); err != nil {
		return nil, errNoDoor
	}
	return r, nil
}

// Call implements Admin.
func (r *running) Call(verb string, in []byte) ([]byte, error) {
	request, err := http.NewRequest(http.MethodPost, "http://"+r.Address+"/"+verb, bytes.NewReader(in))
	if err != nil {
		return nil, err
	}
	request.Header.Set("Authorization", "Bearer "+r.Token)
	answer, err := r.client.Do(request)
	if err != nil {
		return nil, stopped(err)
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(io.LimitReader(answer.Body, maxAdmin))
	if err != nil {
		return nil, stopped(err)
	}
	if answer.StatusCode == http.StatusOK {
		return body, nil
	}
	var fault sync.Fault
	if json.Unmarshal(body, &fault) != nil || fault.Msg == "" {
		return nil, stopped(errNoDoor)
	}
	return nil, fault.Error()
}

func stopped(err error) error {
	return &model.Error{Kind: model.KindOffline, Msg: "The running hub stopped answering.", Hint: "See whether it runs, and try again.", Err: err}
}
