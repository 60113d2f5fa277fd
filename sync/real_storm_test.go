package sync_test

import (
	"fmt"
	"math/rand/v2"
	"net"
	gosync "sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/throughgate/throughgate/model"
)

// TestRealDesksEndEqual has real stores and the real hub in one process, on a
// network that breaks every connection sooner or later and is now and then not
// there at all, while officers and nurses write to the same people at all desks.
func TestRealDesksEndEqual(t *testing.T) {
	warm(t)
	for seed := range uint64(3) {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) { realStorm(t, seed) })
		})
	}
}

// warm uses everything once outside a false clock: what the packages make at
// first use and share must not belong to one test's bubble.
func warm(t *testing.T) {
	w := newService(t, loopback(t)).workstation(t, 1)
	w.do(w.officer, w.person(), named("Warm"))
	w.once()
}

func realStorm(t *testing.T, seed uint64) {
	random := rand.New(rand.NewPCG(seed, 1))
	network := newPipes()
	service := newService(t, network)
	var desks []*workstation
	for n := range 3 {
		w := service.workstation(t, n)
		w.agent.Jitter = func() float64 { return 0.5 }
		desks = append(desks, w)
	}
	people := begin(t, desks)
	breakAll(network, seed)
	for _, w := range desks {
		defer w.run()()
	}
	for range 12 {
		for _, w := range desks {
			for range random.IntN(8) {
				w.writeAnything(random, people[random.IntN(len(people))])
			}
		}
		pass(time.Duration(random.IntN(4000)) * time.Millisecond)
		switch random.IntN(5) {
		case 0:
			network.pull(true)
		case 1:
			network.pull(false)
		}
	}
	network.mu.Lock()
	network.wrap = nil
	network.mu.Unlock()
	network.pull(false)
	pass(5 * time.Minute)
	synctest.Wait()
	same(t, people, desks...)
}

// begin makes a few people that all desks know.
func begin(t *testing.T, desks []*workstation) (people []model.PersonID) {
	for i := range 6 {
		id := desks[0].person()
		desks[0].do(desks[0].officer, id, named(fmt.Sprintf("Person%c", 'A'+i)))
		people = append(people, id)
	}
	for range 2 {
		for _, w := range desks {
			w.once()
		}
	}
	return people
}

func (w *workstation) writeAnything(random *rand.Rand, id model.PersonID) {
	words := fmt.Sprintf("note %d", random.IntN(1000))
	switch random.IntN(5) {
	case 0:
		w.do(w.officer, id, named(fmt.Sprintf("Name%c", 'A'+random.IntN(26))))
	case 1:
		w.do(w.officer, id, &model.CustodyNoted{Text: words})
	case 2:
		w.do(w.nurse, id, &model.HealthNoted{Text: words})
	case 3:
		w.do(w.nurse, id, &model.ProblemsSet{Problems: []string{words}})
	default:
		w.do(w.officer, id, &model.ItemSet{Item: model.ItemAccommodation, State: model.Done, Detail: words})
	}
}

// breakAll lets every connection from now on break after some bytes.
func breakAll(network *pipes, seed uint64) {
	var mu gosync.Mutex
	random := rand.New(rand.NewPCG(seed, 2))
	network.mu.Lock()
	defer network.mu.Unlock()
	network.wrap = func(c net.Conn) net.Conn {
		mu.Lock()
		defer mu.Unlock()
		return &frail{cable: c.(*cable), left: 200 + random.IntN(1<<(10+random.IntN(8)))}
	}
}
