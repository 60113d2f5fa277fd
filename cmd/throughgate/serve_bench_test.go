package main

import (
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"testing"
	"time"

	"github.com/throughgate/throughgate/cmd/internal/demo"
	"github.com/throughgate/throughgate/cmd/internal/settings"
)

// BenchmarkServe holds what a served workstation costs with its real store:
// fifty sessions in under 300 MB, a key of one under 20 ms at the 99th
// percentile while another types, and the first frame of the board within 100 ms
// of the passphrase's Enter.
func BenchmarkServe(b *testing.B) {
	const sessions = 50
	bench := newLoneBench(b)
	var staff []string
	for _, s := range demo.Staff() {
		staff = append(staff, string(s.ID))
	}
	if err := os.WriteFile(filepath.Join(bench.Desk, settings.Name), []byte("[ssh]\nsessions = 200\nsessions_per_person = 20\n"), 0o600); err != nil {
		b.Fatal(err)
	}
	s := bench.serve()
	before := heap()
	var panes []*pane
	var signIns []time.Duration
	for i := range sessions {
		who := staff[i%len(staff)]
		p := s.open(who)
		p.sees("You sign in as " + who)
		p.types(demo.Passphrase)
		p.sees("[**** ")
		began := time.Now()
		p.types("\r")
		p.sees("Releases", "Today")
		signIns = append(signIns, time.Since(began))
		panes = append(panes, p)
	}
	used := heap() - before
	b.Run("keys", func(b *testing.B) {
		var took []time.Duration
		moves := []string{"\x1b[B", "\x1b[A"}
		pace := time.NewTicker(90 * time.Millisecond)
		defer pace.Stop()
		for n := 0; b.Loop(); n++ {
			<-pace.C
			for _, other := range panes[1:10] {
				other.types(moves[n%2])
			}
			before := panes[0].sent()
			began := time.Now()
			panes[0].types(moves[n%2])
			panes[0].await(b, func() bool { return panes[0].sent() > before }, "the cursor")
			took = append(took, time.Since(began))
		}
		slices.Sort(took)
		b.ReportMetric(ms(took[len(took)*99/100]), "ms-p99")
		b.ReportMetric(float64(used)/(1<<20), "MB-for-50")
		slices.Sort(signIns)
		b.ReportMetric(ms(signIns[len(signIns)/2]), "ms-sign-in-p50")
		b.ReportMetric(ms(signIns[len(signIns)-1]), "ms-sign-in-most")
	})
}

func (p *pane) sent() int { return len(p.transcript.String()) }

func ms(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }

// heap is what this process holds, the windows of the benchmark's clients too.
func heap() int64 {
	runtime.GC()
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return int64(m.HeapInuse + m.StackInuse)
}
