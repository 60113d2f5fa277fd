package hub

import (
	"context"
	"net/http"
	"runtime"
	"slices"
	"sync"
	"sync/atomic"

	"github.com/throughgate/throughgate/model"
	wire "github.com/throughgate/throughgate/sync"
)

// packedSlack is how much larger than its content a packed batch can be.
const packedSlack = 64 << 10

// postOps judges a batch, keeps it and answers for each op.
func (h *Hub) postOps(w *reply, r *http.Request, d *device) error {
	packed, err := body(w, r, wire.TypePush, wire.MaxBatch+packedSlack)
	if err != nil {
		return err
	}
	if err := h.inStep(d); err != nil {
		return err
	}
	done, err := h.work(r.Context(), d.ID)
	if err != nil {
		return err
	}
	defer done()
	batch, err := wire.DecodePush(packed)
	if err != nil {
		return model.Invalid("The entries were damaged on the way.", "They will be sent again.")
	}
	results, err := h.push(r.Context(), d, batch)
	if err != nil {
		return err
	}
	return w.send(http.StatusOK, wire.TypeAnswers, wire.EncodeAnswers(results))
}

// push judges a batch and keeps it. The answers are in its order.
func (h *Hub) push(ctx context.Context, d *device, batch []model.Envelope) ([]model.PushResult, error) {
	writes, err := model.Wholes(batch)
	if err != nil {
		return nil, model.Invalid("The entries of one write came apart.", "Use a program of the hub's own version.")
	}
	verdicts := h.judgeAll(d, batch)
	refuseWhole(writes, verdicts)
	unlock, err := h.settle(ctx, d, writes, verdicts)
	if err != nil {
		return nil, err
	}
	defer unlock()
	if err := h.mayKeep(d.ID, h.Now(), countRefused(verdicts)); err != nil {
		return nil, err
	}
	// What is not of this device has no place in its chain and is only answered.
	kept := make([]model.LogEntry, 0, len(verdicts))
	for i := range verdicts {
		if !verdicts[i].foreign {
			kept = append(kept, verdicts[i].entry)
		}
	}
	answers, err := h.log.Append(ctx, kept)
	if err != nil {
		return nil, err
	}
	results := make([]model.PushResult, len(verdicts))
	for i := range verdicts {
		if v := &verdicts[i]; v.foreign {
			results[i] = model.PushResult{Stamp: v.entry.Stamp, Status: model.PushRefused, Reason: v.entry.Refused}
		} else {
			results[i], answers = answers[0], answers[1:]
		}
	}
	if forked(d, verdicts, results) {
		// What became of the entries is not told: they stay queued until a person
		// has decided which copy goes on.
		return nil, h.stop(d.ID, model.DeviceTwoInOnePlace)
	}
	h.count(d, results)
	return results, h.noteSuspects(ctx, d, h.suspectsIn(d, verdicts, results))
}

// refuseWhole refuses every entry of a write of which one is refused: what was
// done together stands together.
func refuseWhole(writes [][]model.Envelope, verdicts []verdict) {
	for _, write := range writes {
		of := verdicts[:len(write)]
		verdicts = verdicts[len(write):]
		refused := func(v verdict) bool { return v.entry.Refused != "" }
		if !slices.ContainsFunc(of, refused) {
			continue
		}
		refuseRest(of, model.ReasonWrite)
	}
}

// refuseRest refuses what is not refused yet.
func refuseRest(of []verdict, reason string) {
	for i := range of {
		if of[i].entry.Refused == "" {
			of[i].entry.Refused, of[i].entry.Joins = reason, ""
		}
	}
}

// countRefused counts what is refused, of which the log keeps that it was.
func countRefused(verdicts []verdict) (n int) {
	for i := range verdicts {
		if verdicts[i].entry.Refused != "" {
			n++
		}
	}
	return n
}

// parallelFrom is from how many ops on judging is shared between processors.
const parallelFrom = 16

// judgeAll judges each op of a batch, on all processors: verifying signatures is
// most of the work of a push.
func (h *Hub) judgeAll(d *device, batch []model.Envelope) []verdict {
	j := h.judgeFor(d)
	verdicts := make([]verdict, len(batch))
	workers := min(runtime.GOMAXPROCS(0), len(batch)/parallelFrom)
	if workers < 2 {
		for i := range batch {
			verdicts[i] = j.judge(&batch[i])
		}
		return verdicts
	}
	var next atomic.Int64
	var all sync.WaitGroup
	for range workers {
		all.Go(func() {
			for i := next.Add(1) - 1; i < int64(len(batch)); i = next.Add(1) - 1 {
				verdicts[i] = j.judge(&batch[i])
			}
		})
	}
	all.Wait()
	return verdicts
}

// count says in the log how a push went: numbers and no more.
func (h *Hub) count(d *device, results []model.PushResult) {
	n := map[model.PushStatus]int{}
	for _, r := range results {
		n[r.Status]++
	}
	line := h.Log.Debug
	if n[model.PushRefused] > 0 {
		line = h.Log.Warn
	}
	line("push", "node", d.Node, "taken", n[model.PushTaken], "known", n[model.PushKnown], "refused", n[model.PushRefused])
}
