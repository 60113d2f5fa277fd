package serve

import (
	"sync"

	"golang.org/x/time/rate"
)

// mostPaces bounds how many are remembered. Forgetting those who have waited
// long enough changes nothing for them.
const mostPaces = 4096

// pace lets each of many, such as addresses, do something so often and no more.
type pace struct {
	rate  rate.Limit // a second
	burst int

	mu  sync.Mutex
	who map[string]*rate.Limiter
}

// newPace allows perSecond in the long run, after a burst at once.
func newPace(perSecond, burst float64) *pace {
	return &pace{rate: rate.Limit(perSecond), burst: max(1, int(burst)), who: make(map[string]*rate.Limiter)}
}

// allows tells whether it is not too soon for one of them, and counts it.
func (p *pace) allows(name string) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	limiter := p.who[name]
	if limiter == nil {
		p.forget()
		limiter = rate.NewLimiter(p.rate, p.burst)
		p.who[name] = limiter
	}
	return limiter.Allow()
}

// forget makes room. Where nobody has waited long enough somebody is forgotten
// all the same: who can come from so many addresses is not held up by this.
func (p *pace) forget() {
	if len(p.who) < mostPaces {
		return
	}
	for name, limiter := range p.who {
		if limiter.Tokens() >= float64(p.burst) {
			delete(p.who, name)
		}
	}
	for name := range p.who {
		if len(p.who) < mostPaces {
			return
		}
		delete(p.who, name)
	}
}

// told bounds what is written down of refusals, of one address and of all: who is
// refused costs nothing to be so again, and a disk that is full of it stops the
// desk.
type told struct {
	each *pace
	all  *rate.Limiter
}

func newTold() *told {
	return &told{each: newPace(0.1, 30), all: rate.NewLimiter(1, 200)}
}

func (t *told) allows(from string) bool { return t.each.allows(from) && t.all.Allow() }
