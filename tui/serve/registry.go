package serve

import (
	"context"
	"sync"

	"github.com/throughgate/throughgate/model"
)

// registry is every session that is going on.
type registry struct {
	most, each int // over SSH in all, and of one person
	here       int // windows and commands of this computer

	mu     sync.Mutex // guards what follows
	visits map[*visit]bool
	closed string // why nobody is let in any more
	empty  chan struct{}
}

func newRegistry(l Limits) registry {
	return registry{most: l.Sessions, each: l.PerPerson, here: l.Here, visits: make(map[*visit]bool), empty: make(chan struct{}, 1)}
}

// enter makes room for a session, or says why there is none.
func (r *registry) enter(v *visit) (refusal string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	switch {
	case r.closed != "":
		return r.closed
	case v.via == model.ViaAttached && r.by(v.via) >= r.here:
		return "Too many windows of this computer are open on this workstation. Close one of them first."
	case v.via == model.ViaSSH && r.by(v.via) >= r.most:
		return "Too many people work here at the moment. Try again when somebody has left."
	case v.owner != "" && r.of(v.owner) >= r.each:
		return "You have as many sessions open as one person may. Leave one of them first; one whose line was cut ends within a minute."
	}
	r.visits[v] = true
	return ""
}

func (r *registry) of(owner model.StaffID) int {
	return r.count(func(v *visit) bool { return v.owner == owner })
}

func (r *registry) by(via string) int {
	return r.count(func(v *visit) bool { return v.via == via })
}

func (r *registry) count(is func(*visit) bool) (n int) {
	for v := range r.visits {
		if is(v) {
			n++
		}
	}
	return n
}

func (r *registry) leave(v *visit) {
	r.mu.Lock()
	defer r.mu.Unlock()
	delete(r.visits, v)
	if len(r.visits) == 0 {
		select {
		case r.empty <- struct{}{}:
		default:
		}
	}
}

// endWhere ends the sessions of which it is so.
func (r *registry) endWhere(so func(*visit) bool, why string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	for v := range r.visits {
		if so(v) {
			v.end(why)
		}
	}
}

// close ends all sessions and lets nobody in any more.
func (r *registry) close(why string) {
	r.mu.Lock()
	r.closed = why
	r.mu.Unlock()
	r.endWhere(func(*visit) bool { return true }, why)
}

// wait waits until all sessions have left, or the context ends.
func (r *registry) wait(ctx context.Context) {
	for {
		r.mu.Lock()
		n := len(r.visits)
		r.mu.Unlock()
		if n == 0 {
			return
		}
		select {
		case <-r.empty:
		case <-ctx.Done():
			return
		}
	}
}
