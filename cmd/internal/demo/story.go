package demo

import (
	"cmp"
	"math/rand/v2"
	"slices"
	"time"

	"github.com/throughgate/throughgate/model"
)

// step is one entry in a person's story: what somebody wrote, and how long ago.
type step struct {
	number model.PrisonNumber
	by     model.StaffID
	at     time.Time
	blind  bool // written at the other desk, without having seen the last write of the slot
	do     func(p *pen) []model.Change
}

// pen is what writing an entry needs to know.
type pen struct {
	record *model.Record
	today  model.Day
	actor  model.Actor
	sign   func(message []byte) []byte
	name   func(model.StaffID) string
	now    time.Time
}

// story collects the steps of one person.
type story struct {
	sketch
	*numbers
	rnd    *rand.Rand
	number model.PrisonNumber
	now    time.Time
	today  model.Day
	steps  []step

	bagNumber string
}

// tell adds a step so many hours ago, give or take an hour.
func (s *story) tell(by model.StaffID, hoursAgo int, do func(p *pen) []model.Change) {
	at := s.now.Add(-time.Duration(hoursAgo)*time.Hour - time.Duration(s.rnd.IntN(3600))*time.Second)
	if n := len(s.steps); n > 0 && !at.After(s.steps[n-1].at) {
		at = s.steps[n-1].at.Add(time.Second)
	}
	s.steps = append(s.steps, step{number: s.number, by: by, at: at, do: do})
}

// disagree adds a step that the other desk made without knowing of the last
// one.
func (s *story) disagree(by model.StaffID, hoursAgo int, do func(p *pen) []model.Change) {
	s.tell(by, hoursAgo, do)
	s.steps[len(s.steps)-1].blind = true
}

func just(changes ...model.Change) func(*pen) []model.Change {
	return func(*pen) []model.Change { return changes }
}

// invent makes the steps of so many people, in the order they were written.
// The same seed, moment and count give the same.
func invent(seed uint64, people int, now time.Time) []step {
	rnd := rand.New(rand.NewPCG(seed, 20261123))
	numbers := newNumbers(rnd)
	var steps []step
	for i := range people {
		person, past := sketch{}, 0
		if i < len(cast) {
			person = cast[i]
			if person.recalled {
				past = recalledLeft
			}
		} else {
			person = crowd(rnd)
			if days, has := goneDays(rnd); has {
				person, past = gone(rnd, person, days), days
			}
		}
		s := &story{sketch: person, numbers: numbers, rnd: rnd, number: model.PrisonNumber(numbers.prison()), now: now, today: model.DayOf(now)}
		s.ago(past)
		s.custody()
		s.care()
		s.timeline()
		s.leaving()
		s.deducted()
		s.back(past)
		steps = append(steps, s.steps...)
	}
	slices.SortStableFunc(steps, func(a, b step) int { return cmp.Compare(a.at.UnixNano(), b.at.UnixNano()) })
	return steps
}
