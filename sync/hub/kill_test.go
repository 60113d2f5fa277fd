package hub_test

import (
	"bufio"
	"context"
	"encoding/hex"
	"fmt"
	"math/rand/v2"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"go.uber.org/goleak"

	"github.com/throughgate/throughgate/model"
	"github.com/throughgate/throughgate/store/boltlog"
	"github.com/throughgate/throughgate/store/seal"
	"github.com/throughgate/throughgate/sync/hub"
)

// The variables that make this test's own program a hub to be killed.
const (
	victimFolder = "THROUGHGATE_TEST_HUB_FOLDER"
	victimKey    = "THROUGHGATE_TEST_HUB_KEY"
)

func TestMain(m *testing.M) {
	if folder := os.Getenv(victimFolder); folder != "" {
		if err := beVictim(folder); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		return
	}
	goleak.VerifyTestMain(m)
}

// beVictim serves a folder, says where, and waits to be killed.
func beVictim(folder string) error {
	raw, err := hex.DecodeString(os.Getenv(victimKey))
	if err != nil {
		return err
	}
	key, err := seal.KeyFromBytes(raw)
	if err != nil {
		return err
	}
	log, err := boltlog.Open(filepath.Join(folder, "hub.db"), boltlog.Options{})
	if err != nil {
		return err
	}
	h, err := hub.New(log, key, hub.Options{})
	if err != nil {
		return err
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	fmt.Println(listener.Addr())
	return h.Serve(context.Background(), listener)
}

// victim starts a hub in a process of its own and returns how to kill it.
func (s *service) victim() (kill func()) {
	s.tb.Helper()
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), victimFolder+"="+s.folder, victimKey+"="+hex.EncodeToString(s.key[:]))
	cmd.Stderr = os.Stderr
	out, err := cmd.StdoutPipe()
	if err != nil {
		s.tb.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		s.tb.Fatal(err)
	}
	line, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		s.tb.Fatal(err)
	}
	s.url = "https://" + strings.TrimSpace(line)
	return sync.OnceFunc(func() {
		_ = cmd.Process.Kill() // which cannot be caught
		_ = cmd.Wait()
	})
}

// TestAKilledHubHasWhatItAnsweredFor kills a hub at random moments in the middle
// of pushes. Every op that was answered must be there afterwards, in the feed
// without a gap, and the rest is taken when it is sent again.
func TestAKilledHubHasWhatItAnsweredFor(t *testing.T) {
	rounds := 12
	if testing.Short() {
		rounds = 3
	}
	moments := rand.New(rand.NewPCG(1, 2))
	s := begun(t, time.Now)
	if _, err := s.AddSite("LEI", "HMP Leeds"); err != nil {
		t.Fatal(err)
	}
	a, d := s.staff("first", "LEI", model.RoleReception), s.desk("LEI")
	s.stop()
	var answered, waiting []model.Envelope
	for range rounds {
		kill := s.victim()
		d.client()
		within := time.Duration(moments.IntN(60)) * time.Millisecond
		for dying := false; ; {
			for len(waiting) < 40 {
				waiting = append(waiting, d.write(a, ann, cell("A-1-001")))
			}
			results, err := d.Push(t.Context(), waiting)
			if err != nil {
				break // killed
			}
			for _, r := range results {
				if r.Status == model.PushRefused {
					t.Fatal(r.Reason)
				}
			}
			answered, waiting = append(answered, waiting[:len(results)]...), waiting[len(results):]
			if !dying { // every life answers at least once, however slow the machine
				dying = true
				time.AfterFunc(within, kill)
			}
		}
		kill()
	}
	s.open()
	d.client()
	d.send(model.PushKnown, answered[max(0, len(answered)-500):]...)
	results, err := d.Push(t.Context(), waiting)
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range results {
		if r.Status == model.PushRefused {
			t.Error(r.Reason)
		}
	}
	inFeed := map[model.Hash]bool{}
	for feed := d.pull(0); len(feed.Envelopes) > 0; feed = d.pull(feed.Next) {
		for _, e := range feed.Envelopes {
			inFeed[e.Hash] = true
		}
		if feed.Next != uint64(len(inFeed)) {
			t.Errorf("%d different ops up to number %d", len(inFeed), feed.Next)
		}
	}
	for i, e := range append(answered, waiting...) {
		if !inFeed[e.Hash] {
			t.Fatalf("op %d of %d is lost", i, len(answered))
		}
	}
	t.Logf("%d ops in %d lives", len(answered), rounds)
}
